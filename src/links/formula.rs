//! How much of a passage is formula: words that the collection has in several contexts.

use super::winnow::{self, WINDOW_TOKENS, WINNOWED};
use crate::text::{SHORT_TEXT_TOKENS, Token};
use ahash::AHashSet;
use std::ops::Range;

/// The fingerprints of a text and which of them are formula, read once for all its passages.
///
/// The fingerprints of a part of a text are those of the whole that a group of windows inside the part
/// keeps, so that the share of a part is a count and no winnowing. Memory: 4 bytes a fingerprint.
pub(crate) struct FormulaPlaces {
    /// For each fingerprint, in their order, the first group of windows that keeps it, twice, and 1
    /// for formula. `None` where some repeat, which count once, or the text is short.
    kept: Option<Vec<u32>>,
    /// Groups of windows.
    groups: u32,
}

impl FormulaPlaces {
    /// Reads a text; `formula`: the fingerprints that are formula. O(tokens).
    pub(crate) fn new(tokens: &[Token], formula: &AHashSet<u64>) -> FormulaPlaces {
        let groups = (tokens.len() + 2).saturating_sub(WINDOW_TOKENS + WINNOWED) as u32;
        if tokens.len() < SHORT_TEXT_TOKENS {
            return FormulaPlaces { kept: None, groups };
        }
        let kept = winnow::kept(tokens);
        let flagged =
            |&(group, print): &(u32, u64)| 2 * group + u32::from(formula.contains(&print));
        FormulaPlaces {
            kept: all_differ(&kept).then(|| kept.iter().map(flagged).collect()),
            groups,
        }
    }

    /// Those of a text of which no fingerprint is formula: nothing of it is read.
    pub(crate) fn none() -> FormulaPlaces {
        FormulaPlaces { kept: Some(Vec::new()), groups: 0 }
    }

    /// The share of the fingerprints of the tokens in `range` that are formula; 0 where it is too
    /// short to have any. `tokens` and `formula` are those that it was read from.
    pub(crate) fn share(
        &self,
        tokens: &[Token],
        range: &Range<u32>,
        formula: &AHashSet<u64>,
    ) -> f64 {
        let Some(kept) = self.kept.as_ref().filter(|_| range.len() >= SHORT_TEXT_TOKENS) else {
            let part = tokens.get(range.start as usize..range.end as usize).unwrap_or(&[]);
            return share_of(part, formula);
        };
        // The groups inside the range, and those that keep a fingerprint: to the next one's first.
        let groups = range.start..(range.end + 2).saturating_sub((WINDOW_TOKENS + WINNOWED) as u32);
        let after = kept.partition_point(|&kept| kept / 2 < groups.end.min(self.groups));
        let first = kept.partition_point(|&kept| kept / 2 <= groups.start).saturating_sub(1);
        let inside = kept.get(first..after).unwrap_or(&[]);
        let found: u32 = inside.iter().map(|kept| kept & 1).sum();
        if inside.is_empty() { 0.0 } else { f64::from(found) / inside.len() as f64 }
    }
}

/// Whether no fingerprint stands in the list twice. A table and no sort, which takes three times as long.
fn all_differ(kept: &[(u32, u64)]) -> bool {
    let mut slots = vec![None; (2 * kept.len()).next_power_of_two()];
    let mask = slots.len() - 1;
    kept.iter().all(|&(_, print)| {
        let mut at = print as usize & mask;
        while let Some(slot) = slots.get_mut(at) {
            match slot {
                Some(other) if *other == print => return false,
                Some(_) => at = (at + 1) & mask,
                None => {
                    *slot = Some(print);
                    break;
                }
            }
        }
        true
    })
}

fn share_of(tokens: &[Token], formula: &AHashSet<u64>) -> f64 {
    let mut prints = winnow::fingerprints(tokens);
    prints.sort_unstable();
    prints.dedup();
    if prints.is_empty() {
        return 0.0;
    }
    let found = prints.iter().filter(|print| formula.contains(print)).count();
    found as f64 / prints.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TokenShape;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_share_of_a_part_is_that_of_its_own_fingerprints(
            hashes in prop::collection::vec(0u64..1000, 0..160),
            formula in prop::collection::vec((0usize..160, 0usize..160), 0..4),
            parts in prop::collection::vec((0usize..160, 0usize..160), 1..9),
        ) {
            let token = |&hash: &u64| Token { hash, start: 0, end: 0, shape: TokenShape::default() };
            let tokens: Vec<Token> = hashes.iter().map(token).collect();
            let part = |&(x, y): &(usize, usize)| {
                let (x, y) = (x.min(tokens.len()), y.min(tokens.len()));
                x.min(y)..x.max(y)
            };
            let said = formula.iter().flat_map(|at| winnow::fingerprints(&tokens[part(at)]));
            let formula: AHashSet<u64> = said.collect();
            let places = FormulaPlaces::new(&tokens, &formula);
            for range in parts.iter().map(part).chain(std::iter::once(0..tokens.len())) {
                let expected = share_of(&tokens[range.clone()], &formula);
                let range = range.start as u32..range.end as u32;
                prop_assert_eq!(places.share(&tokens, &range, &formula), expected);
                if !winnow::fingerprints(&tokens).iter().any(|print| formula.contains(print)) {
                    let none = FormulaPlaces::none().share(&tokens, &range, &formula);
                    prop_assert_eq!(none, expected);
                }
            }
        }
    }
}
