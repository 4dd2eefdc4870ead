//! A hash table of 32-bit references, one cache line a look-up.

use crate::kernel::prefetch;

/// References in one line.
const LINE: usize = 15;
/// No reference, and no further line.
const UNUSED: u32 = u32::MAX;
/// Bits of a reference in a table of one line. Each doubling adds one.
const FIRST_REFERENCE_BITS: u32 = 6;
/// A table of so wide references is not doubled any more: its chains grow instead.
const MOST_REFERENCE_BITS: u32 = 31;
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
/// Lines are doubled at 15 references each, and where a reference needs a bit more. The first bit of
/// the tag then tells which half a reference goes to, so that doubling reads the table in order and
/// nothing else: no signature is hashed again. Memory is 4.3 to 8.5 bytes a reference and about 3 in overflow lines when full.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// 2^`line_bits` lines.
    lines: Vec<Line>,
    line_bits: u32,
    overflow: Vec<Line>,
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

    /// One bit for each word that equals `wanted` in the bits of `mask`. Over all sixteen words and
    /// without branches, so that the compiler compares them four or more at once.
    #[inline]
    fn matching(&self, wanted: u32, mask: u32) -> u32 {
        let mut matching = 0;
        for (place, &word) in self.0.iter().enumerate() {
            matching |= u32::from(word & mask == wanted) << place;
        }
        matching & ((1 << LINE) - 1)
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
            reference_bits: FIRST_REFERENCE_BITS + line_bits,
            len: 0,
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
        let Some(line) = self.lines.get_mut(first) else { return false };
        let mut chain = line.matching(tag, tag_mask);
        let mut more = line.more();
        while let Some(line) = self.overflow.get(more) {
            chain |= line.matching(tag, tag_mask);
            more = line.more();
        }
        if chain != 0 {
            return false;
        }
        match line.place_of(UNUSED) {
            Some(place) => line.0[place] = tag | reference,
            None => self.place(first, tag | reference),
        }
        self.len += 1;
        true
    }

    /// Doubles the lines until the table has a place for one more and `reference` fits into a word.
    ///
    /// References can be larger than the table is long: those of slots are, whose sets are empty or
    /// in large buckets. Taking bits of the tags for them would be cheaper, but these bits tell the
    /// halves of the doublings to come: after 2¹⁸ sets in one large bucket, a table could not grow
    /// beyond 2¹² lines, and the chains of a million others would be 18 lines long.
    #[inline]
    fn make_room(&mut self, reference: u32) {
        while (reference >= (1 << self.reference_bits) - 1 || self.len >= LINE * self.lines.len())
            && self.reference_bits < MOST_REFERENCE_BITS
        {
            self.double();
        }
    }

    /// Removes a reference and tells whether it was there.
    pub(super) fn remove(&mut self, hash: u32, reference: u32) -> bool {
        let wanted = self.tag_of(hash) | reference;
        let mut line = self.line_of(hash);
        let mut lines = &mut self.lines;
        while let Some(found) = lines.get_mut(line) {
            if let Some(place) = found.place_of(wanted) {
                found.0[place] = UNUSED;
                self.len -= 1;
                return true;
            }
            line = found.more();
            lines = &mut self.overflow;
        }
        false
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

    /// Puts `word` into the first unused place of the chain of `line`.
    fn place(&mut self, line: usize, word: u32) {
        let next = self.overflow.len() as u32;
        let (mut lines, mut line) = (&mut self.lines, line);
        // The chain ends after at most all lines of the overflow.
        while let Some(found) = lines.get_mut(line) {
            if let Some(place) = found.place_of(UNUSED) {
                found.0[place] = word;
                return;
            }
            if found.more() == UNUSED as usize {
                found.0[LINE] = next;
            }
            line = found.more();
            lines = &mut self.overflow;
        }
        let mut last = Line::EMPTY;
        last.0[0] = word;
        self.overflow.push(last);
    }

    /// Doubles the lines; each tag gives its first bit to them and its last one to the references.
    #[cold]
    fn double(&mut self) {
        let reference_mask = !self.tag_mask();
        let old_overflow = std::mem::take(&mut self.overflow);
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
