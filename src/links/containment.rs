//! Candidate pairs by containment: texts that share a telling fingerprint, however different they
//! are as wholes.

use super::align::canonical_order;
use super::{LinkConfig, winnow};
use crate::parallel::map_with;
use crate::text::{SHORT_TEXT_TOKENS, Token};
use ahash::AHashSet;

/// Contexts from which a fingerprint is formula: the same words among different neighbours.
pub(crate) const FORMULA_CONTEXTS: usize = 3;

/// Common fingerprints from which two texts are one context of each of them: a run of about 18
/// tokens. A formula ("said in an interview on Monday with the daily …") is shorter, a dispatch cut
/// to a paragraph longer.
const SAME_CONTEXT: u32 = 4;
/// The same run where both texts are short, so that every window counts and not two in five.
const SAME_CONTEXT_SHORT: u32 = 10;

/// Texts of a fingerprint up to which it proposes each pair of them, and texts of a wider one that
/// every other text of it is compared with whatever else they share. A site's furniture stands in
/// ever more texts of a growing collection: all pairs of up to `posting_cap` texts were 10 a text
/// among 10,000 texts, where there had been 1 among 1,000. With 16 two of 131 judged pairs, both
/// series, are no links any more; with 32 none.
const WIDE: usize = 32;
/// Common fingerprints, as a share of those of the text with fewer, from which two texts of wide
/// fingerprints are compared up to `posting_cap`: more than furniture is of a text, less than a copy,
/// a cut or a bulletin's template.
const MUCH_COMMON: f64 = 0.25;

/// What the index found.
pub(crate) struct Found {
    /// For each text the later texts that it is to be compared with, ascending.
    pub(crate) partners: Vec<Vec<u32>>,
    /// Fingerprints that are formula.
    pub(crate) formula: AHashSet<u64>,
    /// Whether each text holds one of them.
    pub(crate) holds_formula: Vec<bool>,
    /// Pairs left out because their common fingerprints are over a cap; a pair may be counted for
    /// several.
    pub(crate) pairs_over_cap: u64,
    /// Fingerprints with more contexts than the cap, which proposed nothing.
    pub(crate) unselective: u64,
}

/// Finds the pairs of `texts` (no two identical) that share a fingerprint which is not too common.
///
/// How common a fingerprint is, is counted in contexts and not in texts: from the shortest text on,
/// of equally long ones in the order of their words, a text is a new context (an anchor) of its
/// fingerprint unless an earlier anchor of the same fingerprint shares at least four with it (ten
/// where both are short). So a dispatch that 200 sites cut and extend is one context, and a formula
/// that three dispatches share among different neighbours is three.
///
/// Guarantee: two texts that share 11 tokens in a row (8 where both have under 50) are a pair,
/// unless each fingerprint they share has more than `max_document_frequency` contexts, or stands in
/// more than `posting_cap` texts of which neither is one of its anchors, or in more than 32 of which
/// neither is one of its first 32 anchors while they share under a quarter of the fingerprints of the
/// text with fewer.
///
/// Cost: O(fingerprints × (cap + max_document_frequency)), and a sort of the fingerprints.
pub(crate) fn candidates(texts: &[&[Token]], config: &LinkConfig) -> Found {
    let index = Index::new(texts);
    let anchors = index.anchors(texts, config);
    let partners = map_with(
        texts.len(),
        || Common::new(texts.len()),
        |common, text| index.partners(text as u32, &anchors, common, config),
    );
    let mut found = Found {
        pairs_over_cap: partners.iter().map(|partners| partners.left_out).sum(),
        partners: partners.into_iter().map(|partners| partners.later).collect(),
        formula: AHashSet::new(),
        holds_formula: vec![false; texts.len()],
        unselective: 0,
    };
    for (number, list) in (0u32..).zip(&index.lists) {
        let anchors = anchors.of(list, number).len();
        if anchors >= FORMULA_CONTEXTS {
            found.formula.insert(list.fingerprint);
            for &text in index.texts_of(list) {
                if let Some(holds) = found.holds_formula.get_mut(text as usize) {
                    *holds = true;
                }
            }
        }
        let (texts, anchors) = (list.texts().len() as u64, anchors as u64);
        if anchors > config.max_document_frequency() as u64 {
            found.unselective += 1;
            found.pairs_over_cap += texts * (texts - 1) / 2;
        } else if texts > config.posting_cap() as u64 {
            let others = texts - anchors;
            found.pairs_over_cap += others * others.saturating_sub(1) / 2;
        }
    }
    found
}

/// The texts of one fingerprint.
struct List {
    fingerprint: u64,
    start: usize,
    end: usize,
}

impl List {
    fn texts(&self) -> std::ops::Range<usize> {
        self.start..self.end
    }
}

/// The fingerprints that at least two texts share, both ways. Flat: a list of its own for each of
/// millions of fingerprints left the heap in pieces, which every later allocation walked through.
struct Index {
    lists: Vec<List>,
    /// The texts of all lists, ascending within each.
    postings: Vec<u32>,
    /// The lists of all texts.
    lists_by_text: Vec<u32>,
    /// Where those of each text start, and where the last end.
    starts: Vec<usize>,
    /// Fingerprints of each text, of whatever list.
    fingerprints: Vec<u32>,
}

impl Index {
    fn new(texts: &[&[Token]]) -> Index {
        let by_text = map_with(texts.len(), Vec::new, |space, text| {
            let tokens = texts.get(text);
            tokens.map_or_else(Vec::new, |tokens| winnow::fingerprints_in(tokens, space))
        });
        let (shared, fingerprints) = shared(by_text);
        let mut lists = Vec::new();
        let mut postings = Vec::new();
        for group in shared.iter().flat_map(|part| part.chunk_by(|x, y| x.0 == y.0)) {
            let (&[(fingerprint, _), _, ..], start) = (group, postings.len()) else { continue };
            postings.extend(group.iter().map(|&(_, text)| text));
            lists.push(List { fingerprint, start, end: postings.len() });
        }
        let (lists_by_text, starts) = by_text_of(&lists, &postings, texts.len());
        Index { lists, postings, lists_by_text, starts, fingerprints }
    }

    fn texts_of(&self, list: &List) -> &[u32] {
        self.postings.get(list.texts()).unwrap_or(&[])
    }

    /// The lists of a text with their numbers, ascending.
    fn lists_of(&self, text: u32) -> impl Iterator<Item = (u32, &List)> {
        let range = (self.starts.get(text as usize), self.starts.get(text as usize + 1));
        let numbers = match range {
            (Some(&start), Some(&end)) => self.lists_by_text.get(start..end).unwrap_or(&[]),
            _ => &[],
        };
        numbers.iter().filter_map(|&number| Some((number, self.lists.get(number as usize)?)))
    }

    /// For each list its anchors, ascending; one more than the cap at most, which is as good as any
    /// number over it.
    fn anchors(&self, texts: &[&[Token]], config: &LinkConfig) -> Anchors {
        let mut order: Vec<u32> = (0..texts.len() as u32).collect();
        // Equally long ones by their words and not by their names, on which no kind may depend.
        let tokens = |text: u32| texts.get(text as usize).map_or(&[][..], |tokens| tokens);
        order.sort_unstable_by(|&x, &y| canonical_order(tokens(x), tokens(y)).then(x.cmp(&y)));
        let is_short =
            |text: u32| texts.get(text as usize).is_some_and(|t| t.len() < SHORT_TEXT_TOKENS);
        let mut anchors =
            Anchors { texts: vec![0; self.postings.len()], counts: vec![0; self.lists.len()] };
        let mut common = Common::new(texts.len());
        for text in order {
            for (number, list) in self.lists_of(text) {
                anchors.of(list, number).iter().for_each(|&anchor| common.add(anchor));
            }
            for (number, list) in self.lists_of(text) {
                let known = anchors.of(list, number);
                let same = |&anchor: &u32| {
                    let short = is_short(text) && is_short(anchor);
                    let least = if short { SAME_CONTEXT_SHORT } else { SAME_CONTEXT };
                    common.of(anchor) >= least
                };
                if known.len() <= config.max_document_frequency() && !known.iter().any(same) {
                    anchors.push(list, number, text);
                }
            }
            common.clear();
        }
        for (number, list) in (0u32..).zip(&self.lists) {
            anchors.of_mut(list, number).sort_unstable();
        }
        anchors
    }

    fn partners(
        &self,
        text: u32,
        anchors: &Anchors,
        common: &mut Common,
        config: &LinkConfig,
    ) -> Partners {
        let mut partners = Vec::new();
        for (number, list) in self.lists_of(text) {
            let anchors = anchors.of(list, number);
            let texts = self.texts_of(list);
            if anchors.len() > config.max_document_frequency() {
                continue;
            }
            let later = |texts: &'_ [u32]| texts.partition_point(|&other| other <= text);
            let all = texts.len() <= config.posting_cap() || anchors.binary_search(&text).is_ok();
            let compared = if all { texts } else { anchors };
            let compared = compared.get(later(compared)..).unwrap_or(&[]);
            // Each of a few is compared with each, each of many with some that stand for them.
            let hubs = if texts.len() <= WIDE { texts } else { anchors };
            let hubs = hubs.get(..WIDE.min(hubs.len())).unwrap_or(&[]);
            if hubs.binary_search(&text).is_ok() {
                partners.extend_from_slice(compared);
            } else {
                compared.iter().for_each(|&other| common.add(other));
                partners.extend_from_slice(hubs.get(later(hubs)..).unwrap_or(&[]));
            }
        }
        let prints = |text: u32| self.fingerprints.get(text as usize).copied().unwrap_or(0);
        let own = prints(text);
        let much = |other: u32, count: u32| {
            f64::from(count) >= MUCH_COMMON * f64::from(own.min(prints(other)))
        };
        partners.sort_unstable();
        partners.dedup();
        let mut left_out = 0;
        let proposed = partners.len();
        for (other, count) in common.all() {
            let known = partners.get(..proposed).is_some_and(|p| p.binary_search(&other).is_ok());
            if !known && much(other, count) {
                partners.push(other);
            } else if !known {
                left_out += 1;
            }
        }
        common.clear();
        partners.sort_unstable();
        Partners { later: partners, left_out }
    }
}

/// What the index proposes for a text.
struct Partners {
    /// The later texts to compare it with, ascending.
    later: Vec<u32>,
    /// Later texts that share too little with it but furniture or formula.
    left_out: u64,
}

/// Bits by which fingerprints are parted before they are compared.
const PARTED_BITS: u32 = 11;

/// The fingerprints that may be shared with their texts, in parts, ascending within and between them and
/// each once; and for each text the number of its different fingerprints.
///
/// Parted by their upper bits first: parts of 2,048 fit into the nearest cache, where a sort of millions
/// misses it at each step. Most fingerprints stand in one text alone, which a filter tells before the
/// sort.
fn shared(by_text: Vec<Vec<u64>>) -> (Vec<Vec<(u64, u32)>>, Vec<u32>) {
    let mut fingerprints = vec![0; by_text.len()];
    let part_of = |print: u64| (print >> (u64::BITS - PARTED_BITS)) as usize;
    let mut ends = vec![0usize; 1 << PARTED_BITS];
    for (prints, count) in by_text.iter().zip(&mut fingerprints) {
        *count = prints.len() as u32;
        for print in prints {
            if let Some(count) = ends.get_mut(part_of(*print)) {
                *count += 1;
            }
        }
    }
    let mut start = 0;
    for end in &mut ends {
        start += std::mem::replace(end, start);
    }
    // Apart, because together they would take 16 bytes and not 12.
    let (mut prints, mut texts) = (vec![0; start], vec![0; start]);
    for (text, own) in (0u32..).zip(by_text) {
        for print in own {
            let Some(end) = ends.get_mut(part_of(print)) else { continue };
            if let (Some(slot), Some(of)) = (prints.get_mut(*end), texts.get_mut(*end)) {
                (*slot, *of) = (print, text);
            }
            *end += 1;
        }
    }
    let parts = map_with(ends.len(), Vec::new, |filter, part| {
        let start = part.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
        let range = start..ends.get(part).copied().unwrap_or(start);
        let (prints, texts) = (prints.get(range.clone()), texts.get(range));
        shared_of_part(prints.unwrap_or(&[]), texts.unwrap_or(&[]), filter)
    });
    // A fingerprint that stands in one text twice is one.
    for part in &parts {
        for &text in &part.repeated {
            if let Some(count) = fingerprints.get_mut(text as usize) {
                *count -= 1;
            }
        }
    }
    (parts.into_iter().map(|part| part.shared).collect(), fingerprints)
}

/// What [`shared`] finds in a part.
struct Part {
    shared: Vec<(u64, u32)>,
    /// For each fingerprint of a text that is one of its others the text.
    repeated: Vec<u32>,
}

/// Fingerprints that stand once in a part are left out, but for one in sixteen or so. `filter` is written
/// over.
fn shared_of_part(prints: &[u64], texts: &[u32], filter: &mut Vec<u64>) -> Part {
    // A word for each two to four fingerprints, of 32 bits for having met one and 32 for having met another.
    let words = (prints.len() / 2).next_power_of_two().max(2);
    filter.clear();
    filter.resize(words, 0);
    let place = |print: u64| ((print as usize >> 6) & (words - 1), print & 31);
    for &print in prints {
        let (word, bit) = place(print);
        if let Some(word) = filter.get_mut(word) {
            *word |= (*word >> bit & 1) << (32 + bit) | 1 << bit;
        }
    }
    let mut shared = Vec::with_capacity(prints.len());
    for (&print, &text) in prints.iter().zip(texts) {
        let (word, bit) = place(print);
        if filter.get(word).is_some_and(|word| word >> (32 + bit) & 1 == 1) {
            shared.push((print, text));
        }
    }
    shared.sort_unstable();
    let repeats = shared.iter().zip(shared.iter().skip(1)).filter(|(x, y)| x == y);
    let repeated = repeats.map(|(_, &(_, text))| text).collect();
    shared.dedup();
    shared.shrink_to_fit();
    Part { shared, repeated }
}

/// For each text its lists, ascending, one text after the other, and where each starts.
fn by_text_of(lists: &[List], postings: &[u32], texts: usize) -> (Vec<u32>, Vec<usize>) {
    let mut starts = vec![0; texts + 1];
    for &text in postings {
        if let Some(count) = starts.get_mut(text as usize + 1) {
            *count += 1;
        }
    }
    let mut end = 0;
    for start in &mut starts {
        end += *start;
        *start = end;
    }
    let mut next = starts.clone();
    let mut by_text = vec![0; postings.len()];
    for (number, list) in (0u32..).zip(lists) {
        for &text in postings.get(list.texts()).unwrap_or(&[]) {
            let Some(place) = next.get_mut(text as usize) else { continue };
            if let Some(slot) = by_text.get_mut(*place) {
                *slot = number;
            }
            *place += 1;
        }
    }
    (by_text, starts)
}

/// The anchors of each list, at the places of its texts: there are no more of them.
struct Anchors {
    texts: Vec<u32>,
    counts: Vec<u32>,
}

impl Anchors {
    fn range(&self, list: &List, number: u32) -> std::ops::Range<usize> {
        let count = self.counts.get(number as usize).map_or(0, |&count| count as usize);
        list.start..list.start + count
    }

    fn of(&self, list: &List, number: u32) -> &[u32] {
        self.texts.get(self.range(list, number)).unwrap_or(&[])
    }

    fn of_mut(&mut self, list: &List, number: u32) -> &mut [u32] {
        let range = self.range(list, number);
        self.texts.get_mut(range).unwrap_or_default()
    }

    fn push(&mut self, list: &List, number: u32, text: u32) {
        let end = self.range(list, number).end;
        if let (Some(place), Some(count)) =
            (self.texts.get_mut(end), self.counts.get_mut(number as usize))
        {
            *place = text;
            *count += 1;
        }
    }
}

/// Common fingerprints with each text, in one array that is cleared by what was touched.
struct Common {
    counts: Vec<u32>,
    touched: Vec<u32>,
}

impl Common {
    fn new(texts: usize) -> Common {
        Common { counts: vec![0; texts], touched: Vec::new() }
    }

    fn add(&mut self, text: u32) {
        if let Some(count) = self.counts.get_mut(text as usize) {
            if *count == 0 {
                self.touched.push(text);
            }
            *count += 1;
        }
    }

    fn of(&self, text: u32) -> u32 {
        self.counts.get(text as usize).copied().unwrap_or(0)
    }

    fn all(&self) -> impl Iterator<Item = (u32, u32)> {
        self.touched.iter().map(|&text| (text, self.of(text)))
    }

    fn clear(&mut self) {
        for text in self.touched.drain(..) {
            if let Some(count) = self.counts.get_mut(text as usize) {
                *count = 0;
            }
        }
    }
}
