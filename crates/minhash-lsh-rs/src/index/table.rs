//! A hash table of 32-bit references, one cache line a look-up.

use crate::kernel::{matching, prefetch};

/// References in one line.
const LINE: usize = 15;
/// No reference, and no further line.
const UNUSED: u32 = u32::MAX;
/// Bits of a reference in a table of one line. Each doubling adds one.
const FIRST_REFERENCE_BITS: u32 = 6;
/// A table of so wide references is not doubled any more: its chains grow instead.
const MOST_REFERENCE_BITS: u32 = 31;
/// Bits that references take of the tags before the lines are doubled for them: 2²² lines can be had
/// then, and a reference without a word costs half a byte at most.
const MOST_WIDENED_BITS: u32 = 3;
/// References lie below this.
pub(super) const REFERENCE_LIMIT: u32 = (1 << MOST_REFERENCE_BITS) - 1;

/// A multimap from 32-bit hashes to references: numbers below [`REFERENCE_LIMIT`].
///
/// The high bits of a hash choose a line of 64 bytes; each of its words holds a reference and, in
/// the bits that references do not need yet, the hash bits that follow as a tag. So a look-up costs
/// one cache miss, and what a matching tag proposes is wrong once in 2^(tag bits) words: at
/// 1 million sets the tag has 9 bits, and one bit less with each doubling. Full lines go on in
/// overflow lines, as in CLHT (T. David, R. Guerraoui and V. Trigonakis, "Asynchronized
/// concurrency", ASPLOS 2015).
///
/// Lines are doubled at 15 references each. The first bit of the tag then tells which half a
/// reference goes to, so that doubling reads the table in order and nothing else: no signature is
/// hashed again. Memory is 4.3 to 8.5 bytes a reference and about 3 in overflow lines when full.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// 2^`line_bits` lines.
    lines: Vec<Line>,
    line_bits: u32,
    /// Where full lines go on. Of a chain all lines but the last are full, and none is empty.
    overflow: Vec<Line>,
    /// The first line of the overflow that no chain needs; it names the next where others say how
    /// they go on.
    spare: u32,
    reference_bits: u32,
    len: usize,
}

/// One cache line: references with their tags, then where in the overflow the line goes on.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Line([u32; LINE + 1]);

impl Line {
    const EMPTY: Self = Self([UNUSED; LINE + 1]);

    fn words(&self) -> &[u32] {
        &self.0[..LINE]
    }

    fn words_mut(&mut self) -> &mut [u32] {
        &mut self.0[..LINE]
    }

    fn used(&self) -> impl Iterator<Item = u32> {
        self.words().iter().copied().filter(|&word| word != UNUSED)
    }

    fn more(&self) -> usize {
        self.0[LINE] as usize
    }

    /// One bit for each word that equals `wanted` in the bits of `mask`.
    #[inline]
    fn matching(&self, wanted: u32, mask: u32) -> u32 {
        matching(&self.0, wanted, mask) & ((1 << LINE) - 1)
    }

    /// The place of a word.
    #[inline]
    fn place_of(&self, word: u32) -> Option<usize> {
        let place = self.matching(word, u32::MAX).trailing_zeros() as usize;
        (place < LINE).then_some(place)
    }
}

impl Table {
    /// A table for `references`; it grows beyond them.
    pub(super) fn with_capacity(references: usize) -> Self {
        let most_lines = MOST_REFERENCE_BITS - FIRST_REFERENCE_BITS;
        let line_bits = references.div_ceil(LINE).max(1).next_power_of_two().ilog2();
        let line_bits = line_bits.min(most_lines);
        Self {
            lines: vec![Line::EMPTY; 1 << line_bits],
            line_bits,
            overflow: Vec::new(),
            spare: UNUSED,
            reference_bits: FIRST_REFERENCE_BITS + line_bits,
            len: 0,
        }
    }

    /// Makes room for so many more references at once.
    pub(super) fn reserve(&mut self, references: usize) {
        let references = self.len + references;
        if self.len == 0 && references > LINE * self.lines.len() {
            *self = Self::with_capacity(references);
        }
        while references > LINE * self.lines.len() && self.reference_bits < MOST_REFERENCE_BITS {
            self.double();
        }
    }

    /// Bytes on the heap.
    pub(super) fn memory(&self) -> usize {
        (self.lines.capacity() + self.overflow.capacity()) * size_of::<Line>()
    }

    /// Begins to load the line of `hash`, so that a look-up that follows need not wait for it.
    #[inline]
    pub(super) fn prefetch(&self, hash: u32) {
        prefetch(&self.lines, self.line_of(hash));
    }

    /// Begins to load where the line of `hash` goes on, once that line is there.
    #[inline]
    pub(super) fn prefetch_overflow(&self, hash: u32) {
        if let Some(line) = self.lines.get(self.line_of(hash)) {
            prefetch(&self.overflow, line.more());
        }
    }

    /// References inserted under `hash`, and rarely some inserted under others.
    #[inline]
    pub(super) fn proposed(&self, hash: u32) -> Proposed<'_> {
        let (tag, tag_mask) = (self.tag_of(hash), self.tag_mask());
        let line = self.lines.get(self.line_of(hash));
        let matching = line.map_or(0, |line| line.matching(tag, tag_mask));
        Proposed { overflow: &self.overflow, line, matching, tag, tag_mask }
    }

    /// Adds a reference below [`REFERENCE_LIMIT`].
    pub(super) fn insert(&mut self, hash: u32, reference: u32) {
        self.make_room(reference);
        let (line, word) = (self.line_of(hash), self.tag_of(hash) | reference);
        self.place(line, word);
        self.len += 1;
    }

    /// As [`insert`](Self::insert), if nothing is [proposed](Self::proposed) under `hash` yet, and
    /// tells whether it did. In one pass over the line.
    #[inline]
    pub(super) fn insert_first(&mut self, hash: u32, reference: u32) -> bool {
        self.make_room(reference);
        let (tag, tag_mask) = (self.tag_of(hash), self.tag_mask());
        let first = self.line_of(hash);
        let Some(mut line) = self.lines.get_mut(first) else { return false };
        let mut last = None;
        loop {
            if line.matching(tag, tag_mask) != 0 {
                return false;
            }
            let more = line.more();
            if more == UNUSED as usize {
                break;
            }
            let Some(next) = self.overflow.get_mut(more) else { return false };
            (line, last) = (next, Some(more));
        }
        match line.place_of(UNUSED) {
            Some(place) => line.0[place] = tag | reference,
            None => self.lengthen(first, last, tag | reference),
        }
        self.len += 1;
        true
    }

    #[inline]
    fn make_room(&mut self, reference: u32) {
        if reference >= (1 << self.reference_bits) - 1 {
            self.widen_references(reference);
        }
        if self.len >= LINE * self.lines.len() && self.reference_bits < MOST_REFERENCE_BITS {
            self.double();
        }
    }

    /// Removes a reference and tells whether it was there.
    ///
    /// The last word of the chain takes its place, and a line that this leaves empty is used again.
    /// With holes in place of that, every line had overflowed once after some time of inserts and
    /// removals, and a table took twice the memory.
    pub(super) fn remove(&mut self, hash: u32, reference: u32) -> bool {
        let wanted = self.tag_of(hash) | reference;
        let first = self.line_of(hash);
        let (mut found, mut before, mut last) = (None, None, None);
        while let Some(line) = self.chained(first, last) {
            found = found.or_else(|| line.place_of(wanted).map(|place| (last, place)));
            if line.more() == UNUSED as usize {
                break;
            }
            (before, last) = (last, Some(line.more()));
        }
        let Some((holder, hole)) = found else { return false };
        let Some(line) = self.chained(first, last) else { return false };
        let end = line.place_of(UNUSED).unwrap_or(LINE).saturating_sub(1);
        let word = std::mem::replace(&mut line.0[end], UNUSED);
        if let Some(holder) = self.chained(first, holder)
            && holder.0[hole] == wanted
        {
            holder.0[hole] = word;
        }
        if let Some(number) = last.filter(|_| end == 0) {
            self.overflow[number].0[LINE] = self.spare;
            self.spare = number as u32;
            if let Some(line) = self.chained(first, before) {
                line.0[LINE] = UNUSED;
            }
        }
        self.len -= 1;
        true
    }

    /// A line of the chain of `first`: itself, or one of the overflow.
    fn chained(&mut self, first: usize, further: Option<usize>) -> Option<&mut Line> {
        match further {
            None => self.lines.get_mut(first),
            Some(number) => self.overflow.get_mut(number),
        }
    }

    fn line_of(&self, hash: u32) -> usize {
        ((u64::from(hash) << self.line_bits) >> 32) as usize
    }

    /// The hash bits after those that choose the line, in their place in a word.
    fn tag_of(&self, hash: u32) -> u32 {
        (hash << self.line_bits) & self.tag_mask()
    }

    fn tag_mask(&self) -> u32 {
        u32::MAX << self.reference_bits
    }

    /// Puts `word` into the first unused place of the chain of `first`.
    fn place(&mut self, first: usize, word: u32) {
        let mut last = None;
        while let Some(line) = self.chained(first, last) {
            if let Some(place) = line.place_of(UNUSED) {
                line.0[place] = word;
                return;
            }
            if line.more() == UNUSED as usize {
                break;
            }
            last = Some(line.more());
        }
        self.lengthen(first, last, word);
    }

    /// Goes on with `word` after the line `last` of the chain of `first`, which is full.
    fn lengthen(&mut self, first: usize, last: Option<usize>, word: u32) {
        let mut further = Line::EMPTY;
        further.0[0] = word;
        let mut number = self.spare;
        if let Some(line) = self.overflow.get_mut(number as usize) {
            self.spare = line.0[LINE];
            *line = further;
        } else {
            number = self.overflow.len() as u32;
            self.overflow.push(further);
        }
        if let Some(line) = self.chained(first, last) {
            line.0[LINE] = number;
        }
    }

    /// Makes words wide enough for `reference`, which is larger than the table is long: sets that
    /// are empty or in large buckets have slots, and no word.
    ///
    /// The tags give bits for it, but no more than [`MOST_WIDENED_BITS`], because these are the
    /// halves of doublings to come. If they gave all, a table could not grow beyond 2¹² lines after
    /// 2¹⁸ sets in one large bucket, and the chains of a million others would be 18 lines long.
    #[cold]
    fn widen_references(&mut self, reference: u32) {
        while reference >= (1 << self.reference_bits) - 1 {
            if self.reference_bits >= FIRST_REFERENCE_BITS + self.line_bits + MOST_WIDENED_BITS {
                self.double();
                continue;
            }
            let keep = !(1 << self.reference_bits);
            let lines = self.lines.iter_mut().chain(&mut self.overflow);
            let words = lines.flat_map(Line::words_mut);
            words.filter(|word| **word != UNUSED).for_each(|word| *word &= keep);
            self.reference_bits += 1;
        }
    }

    /// Doubles the lines; each tag gives its first bit to them and its last one to the references.
    #[cold]
    fn double(&mut self) {
        let reference_mask = !self.tag_mask();
        let old_overflow = std::mem::take(&mut self.overflow);
        self.spare = UNUSED;
        let old_lines = self.lines.len();
        self.lines.reserve_exact(old_lines);
        self.lines.resize(2 * old_lines, Line::EMPTY);
        self.line_bits += 1;
        self.reference_bits += 1;
        let tag_mask = self.tag_mask();
        let mut overflowing = Vec::new();
        // In place and from the end, where there is room: a table of its own for the new lines
        // would cost more in fresh pages of memory than the rest of the doubling.
        for number in (0..old_lines).rev() {
            let (mut halves, mut lengths) = ([Line::EMPTY; 2], [0; 2]);
            let old_line = self.lines[number];
            let mut line = Some(&old_line);
            while let Some(found) = line {
                for word in found.used() {
                    let half = (word >> 31) as usize;
                    let word = ((word << 1) & tag_mask) | (word & reference_mask);
                    match halves[half].words_mut().get_mut(lengths[half]) {
                        Some(place) => *place = word,
                        None => overflowing.push((2 * number + half, word)),
                    }
                    lengths[half] += 1;
                }
                line = old_overflow.get(found.more());
            }
            self.lines[2 * number..2 * number + 2].copy_from_slice(&halves);
            overflowing.drain(..).for_each(|(line, word)| self.place(line, word));
        }
    }
}

/// What [`Table::proposed`] finds.
pub(super) struct Proposed<'a> {
    overflow: &'a [Line],
    line: Option<&'a Line>,
    /// One bit for each word of the line that is still to come.
    matching: u32,
    tag: u32,
    tag_mask: u32,
}

impl Iterator for Proposed<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        loop {
            let line = self.line?;
            if self.matching == 0 {
                self.line = self.overflow.get(line.more());
                self.matching = self.line.map_or(0, |line| line.matching(self.tag, self.tag_mask));
                continue;
            }
            let place = self.matching.trailing_zeros() as usize;
            self.matching &= self.matching - 1;
            // An unused word matches the tag of ones alone.
            if let Some(&word) = line.0.get(place).filter(|&&word| word != UNUSED) {
                return Some(word & !self.tag_mask);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::collections::btree_map::Entry;

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// Hashes of few different values, so that lines overflow and tags collide.
    fn hashes() -> impl Strategy<Value = u32> {
        prop_oneof![any::<u32>(), (0_u32..4).prop_map(|h| h << 30), (0_u32..9).prop_map(|h| h << 9)]
    }

    fn references() -> impl Strategy<Value = u32> {
        prop_oneof![8 => 0_u32..500, 1 => 60_000_u32..60_009]
    }

    proptest! {
        #[test]
        fn a_table_holds_what_was_inserted_and_not_removed(
            steps in vec((hashes(), references(), 0_u8..4), 0..600), capacity in 0_usize..300,
        ) {
            let mut table = Table::with_capacity(capacity);
            let mut model = BTreeMap::new();
            for (hash, reference, kind) in steps {
                if kind == 0 {
                    let hash = model.remove(&reference);
                    prop_assert!(hash.is_none_or(|hash| table.remove(hash, reference)));
                } else if let Entry::Vacant(entry) = model.entry(reference) {
                    entry.insert(hash);
                    table.insert(hash, reference);
                }
                prop_assert_eq!(table.len, model.len());
            }
            for (&reference, &hash) in &model {
                let found = table.proposed(hash).filter(|&found| found == reference).count();
                prop_assert!(found >= 1, "{reference} is missing");
            }
            let all = table.lines.iter().chain(&table.overflow);
            prop_assert_eq!(all.flat_map(Line::used).count(), model.len());
            for first in &table.lines {
                let further = |line: &&Line| table.overflow.get(line.more());
                for line in std::iter::successors(Some(first), further) {
                    prop_assert!(line.more() == UNUSED as usize || line.used().count() == LINE);
                    prop_assert!(std::ptr::eq(line, first) || line.used().next().is_some());
                }
            }
            for (reference, hash) in model {
                prop_assert!(table.remove(hash, reference));
            }
            prop_assert!((0..64).all(|hash| table.proposed(hash << 26).next().is_none()));
        }
    }

    /// Slots of empty sets and of members of large buckets are in no table, so a table may hold few
    /// references that are large, and then many.
    #[test]
    fn chains_stay_short_after_large_references() {
        let hash = |reference: u32| reference.wrapping_mul(0x9e37_79b9);
        for before in [1, 1 << 12, 1 << 18] {
            let mut table = Table::with_capacity(0);
            table.insert(hash(before), before);
            for reference in before + 1..before + 300_000 {
                table.insert(hash(reference), reference);
            }
            let lines = table.lines.len() + table.overflow.len();
            let longest = (0..table.lines.len()).map(|line| {
                let chain = std::iter::successors(table.lines.get(line), |line| {
                    table.overflow.get(line.more())
                });
                chain.count()
            });
            let longest = longest.max().unwrap_or_default();
            assert!(longest <= 4, "{longest} lines in a chain of {lines}, from {before}");
        }
    }

    /// A window over a feed: as many references go as come.
    #[test]
    fn references_that_come_and_go_leave_no_memory_behind() {
        let hash = |reference: u32| reference.wrapping_mul(0x9e37_79b9) ^ reference << 7;
        let (mut table, window) = (Table::with_capacity(0), 60_000);
        (0..window).for_each(|reference| table.insert(hash(reference), reference));
        let lines = |table: &Table| {
            let used = table.overflow.iter().filter(|line| line.used().next().is_some());
            (table.lines.len(), used.count(), table.overflow.len())
        };
        let (first, _, overflow) = lines(&table);
        for round in 1..=40 {
            for slot in 0..window {
                let old = hash(slot + (round - 1) * window);
                assert!(table.remove(old, slot));
                table.insert(hash(slot + round * window), slot);
            }
            let (now, used, all) = lines(&table);
            assert_eq!((now, table.len), (first, window as usize));
            assert!(all <= overflow + first / 8 && used >= all * 3 / 4, "{used} of {all} lines");
        }
        let last = 40 * window;
        assert!((0..window).all(|slot| table.proposed(hash(slot + last)).any(|s| s == slot)));
        assert!((0..window).all(|slot| table.remove(hash(slot + last), slot)));
        let all = table.lines.iter().chain(&table.overflow);
        assert_eq!(all.flat_map(Line::used).count(), 0);
        assert!(table.lines.iter().all(|line| line.0[LINE] == UNUSED));
    }

    #[test]
    fn doubling_keeps_every_reference_under_its_hash() {
        let hash = |reference: u32| reference.wrapping_mul(0x9e37_79b9);
        let mut table = Table::with_capacity(0);
        let mut lines = 1;
        for reference in 0..20_000 {
            table.insert(hash(reference), reference);
            if table.lines.len() > lines {
                lines = table.lines.len();
                for earlier in 0..=reference {
                    assert!(table.proposed(hash(earlier)).any(|found| found == earlier));
                }
            }
        }
        assert!(lines >= 1_024, "{lines}");
        assert!(table.memory() <= 9 * 20_000 + 64, "{} bytes", table.memory());
        // Tags let through little of what lies in the same line.
        let proposed: usize =
            (0..20_000).map(|reference| table.proposed(hash(reference)).count()).sum();
        assert!(proposed < 21_000, "{proposed}");
    }
}
