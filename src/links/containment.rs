//! Candidate pairs by containment: texts that share a telling fingerprint, however different they
//! are as wholes.

use super::{LinkConfig, winnow};
use crate::parallel::{map_ordered, sort};
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

/// What the index found.
pub(crate) struct Found {
    /// For each text the later texts that it is to be compared with, ascending.
    pub(crate) partners: Vec<Vec<u32>>,
    /// Fingerprints that are formula.
    pub(crate) formula: AHashSet<u64>,
    /// Pairs left out because their common fingerprints are over a cap; a pair may be counted for
    /// several.
    pub(crate) pairs_over_cap: u64,
    /// Fingerprints with more contexts than the cap, which proposed nothing.
    pub(crate) unselective: u64,
}

/// Finds the pairs of `texts` (no two identical) that share a fingerprint which is not too common.
///
/// How common a fingerprint is, is counted in contexts and not in texts: from the shortest text on,
/// a text is a new context (an anchor) of its fingerprint unless an earlier anchor of the same
/// fingerprint shares at least four with it (ten where both are short). So a dispatch that 200
/// sites cut and extend is one context, and a formula that three dispatches share among
/// different neighbours is three.
///
/// Guarantee: two texts that share 11 tokens in a row (8 where both have under 50) are a pair,
/// unless each fingerprint they share has more than `max_document_frequency` contexts, or stands in
/// more than `posting_cap` texts of which neither is one of its anchors.
///
/// Cost: O(fingerprints × (cap + max_document_frequency)), and a sort of the fingerprints.
pub(crate) fn candidates(texts: &[&[Token]], config: &LinkConfig) -> Found {
    let index = Index::new(texts);
    let anchors = index.anchors(texts, config);
    let partners = map_ordered(texts.len(), |text| index.partners(text as u32, &anchors, config));
    let mut found = Found { partners, formula: AHashSet::new(), pairs_over_cap: 0, unselective: 0 };
    for (list, anchors) in index.lists.iter().zip(&anchors) {
        if anchors.len() >= FORMULA_CONTEXTS {
            found.formula.insert(list.fingerprint);
        }
        let (texts, anchors) = (list.texts().len() as u64, anchors.len() as u64);
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

/// The fingerprints that at least two texts share, both ways.
struct Index {
    lists: Vec<List>,
    /// The texts of all lists, ascending within each.
    postings: Vec<u32>,
    /// For each text its lists.
    of_text: Vec<Vec<u32>>,
}

impl Index {
    fn new(texts: &[&[Token]]) -> Index {
        let fingerprints = map_ordered(texts.len(), |text| {
            texts.get(text).map_or_else(Vec::new, |tokens| winnow::fingerprints(tokens))
        });
        let mut all: Vec<(u64, u32)> = Vec::with_capacity(fingerprints.iter().map(Vec::len).sum());
        for (text, prints) in (0u32..).zip(fingerprints) {
            all.extend(prints.into_iter().map(|print| (print, text)));
        }
        sort(&mut all);
        let mut lists = Vec::new();
        let mut postings = Vec::new();
        let mut of_text: Vec<Vec<u32>> = vec![Vec::new(); texts.len()];
        for group in all.chunk_by(|x, y| x.0 == y.0) {
            let (&[(fingerprint, _), _, ..], start) = (group, postings.len()) else { continue };
            for &(_, text) in group {
                postings.push(text);
                if let Some(own) = of_text.get_mut(text as usize) {
                    own.push(lists.len() as u32);
                }
            }
            lists.push(List { fingerprint, start, end: postings.len() });
        }
        Index { lists, postings, of_text }
    }

    fn texts_of(&self, list: u32) -> &[u32] {
        let list = self.lists.get(list as usize);
        list.and_then(|list| self.postings.get(list.texts())).unwrap_or(&[])
    }

    fn lists_of(&self, text: u32) -> &[u32] {
        self.of_text.get(text as usize).map_or(&[], Vec::as_slice)
    }

    /// For each list its anchors, ascending; one more than the cap at most, which is as good as any
    /// number over it.
    fn anchors(&self, texts: &[&[Token]], config: &LinkConfig) -> Vec<Vec<u32>> {
        let mut order: Vec<u32> = (0..texts.len() as u32).collect();
        order.sort_by_key(|&text| (texts.get(text as usize).map_or(0, |t| t.len()), text));
        let is_short =
            |text: u32| texts.get(text as usize).is_some_and(|t| t.len() < SHORT_TEXT_TOKENS);
        let mut anchors: Vec<Vec<u32>> = vec![Vec::new(); self.lists.len()];
        let mut common = vec![0u32; texts.len()];
        for text in order {
            let lists = self.lists_of(text);
            let mut touched = Vec::new();
            for &list in lists {
                for &anchor in anchors.get(list as usize).map_or(&[][..], Vec::as_slice) {
                    if let Some(count) = common.get_mut(anchor as usize) {
                        *count += 1;
                        touched.push(anchor);
                    }
                }
            }
            for &list in lists {
                let Some(known) = anchors.get_mut(list as usize) else { continue };
                let same = |&anchor: &u32| {
                    let least = if is_short(text) && is_short(anchor) {
                        SAME_CONTEXT_SHORT
                    } else {
                        SAME_CONTEXT
                    };
                    common.get(anchor as usize).is_some_and(|&count| count >= least)
                };
                if known.len() <= config.max_document_frequency() && !known.iter().any(same) {
                    known.push(text);
                }
            }
            for anchor in touched {
                if let Some(count) = common.get_mut(anchor as usize) {
                    *count = 0;
                }
            }
        }
        for list in &mut anchors {
            list.sort_unstable();
        }
        anchors
    }

    fn partners(&self, text: u32, anchors: &[Vec<u32>], config: &LinkConfig) -> Vec<u32> {
        let mut partners = Vec::new();
        for &list in self.lists_of(text) {
            let anchors = anchors.get(list as usize).map_or(&[][..], Vec::as_slice);
            let texts = self.texts_of(list);
            if anchors.len() > config.max_document_frequency() {
                continue;
            }
            let all = texts.len() <= config.posting_cap() || anchors.binary_search(&text).is_ok();
            let compared = if all { texts } else { anchors };
            let later = compared.partition_point(|&other| other <= text);
            partners.extend_from_slice(compared.get(later..).unwrap_or(&[]));
        }
        partners.sort_unstable();
        partners.dedup();
        partners
    }
}
