//! Fingerprints of a text: a sample of its 8-token windows that any copied stretch shares.
//!
//! Winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document
//! fingerprinting", SIGMOD 2003): of every 4 windows in a row the one with the smallest hash is
//! kept, the last of equals. Which one depends on nothing but the 11 tokens under them, so two
//! texts that share 11 tokens in a row keep a common window: about two windows in five are kept,
//! and the guarantee is exact.

use crate::text::{Kernel, SHORT_TEXT_TOKENS, Token, window_hashes};

pub(crate) use crate::text::WINDOW_TOKENS;

/// Windows in a row of which one is kept.
pub(crate) const WINNOWED: usize = 4;
/// Any run of this many tokens that two texts share gives them a common fingerprint.
#[cfg(test)]
pub(crate) const GUARANTEED_RUN: usize = WINDOW_TOKENS + WINNOWED - 1;

/// The fingerprints of a text, in their order. A text under 8 tokens has none; one under 50 tokens
/// keeps every window, so that two such texts share a fingerprint from a common run of 8.
pub(crate) fn fingerprints(tokens: &[Token]) -> Vec<u64> {
    fingerprints_in(tokens, &mut Vec::new())
}

/// [`fingerprints`], read in a list that is written over. What is returned is as long as the fingerprints
/// and not as the windows: the lists of all texts wait for one another.
pub(crate) fn fingerprints_in(tokens: &[Token], windows: &mut Vec<u64>) -> Vec<u64> {
    read_windows(tokens, windows);
    if tokens.len() < SHORT_TEXT_TOKENS {
        return windows.clone();
    }
    // Kept ones are written over the windows, of which there are never fewer.
    let mut kept = 0;
    let mut last = usize::MAX;
    for at in 0..windows.len().saturating_sub(WINNOWED - 1) {
        let Some((place, hash)) = least(windows, at) else { break };
        // Written each time, because a branch on whether it is a new one would be foretold wrongly.
        if let Some(slot) = windows.get_mut(kept) {
            // A group before `at` never reads again what stood in front of it.
            *slot = hash;
        }
        kept += usize::from(place != last);
        last = place;
    }
    windows.get(..kept).unwrap_or(&[]).to_vec()
}

/// The windows that winnowing keeps, in their order: the first group of windows that keeps each, and
/// its hash. Each is kept by the groups from its first to that of the next.
pub(crate) fn kept(tokens: &[Token]) -> Vec<(u32, u64)> {
    let mut windows = Vec::with_capacity(tokens.len());
    read_windows(tokens, &mut windows);
    let mut kept = Vec::with_capacity(windows.len() / 2);
    let mut last = usize::MAX;
    for at in 0..windows.len().saturating_sub(WINNOWED - 1) {
        let Some((place, hash)) = least(&windows, at) else { break };
        if place != last {
            kept.push((at as u32, hash));
            last = place;
        }
    }
    kept
}

/// The smallest of the group of windows from `at` on, the last of equals. By two comparisons of two:
/// which is smallest is as good as random, and a branch is foretold wrongly half the time.
fn least(windows: &[u64], at: usize) -> Option<(usize, u64)> {
    let &[first, second, third, fourth] = windows.get(at..)?.first_chunk::<WINNOWED>()?;
    let lesser = |(place, hash): (usize, u64), (later, other): (usize, u64)| {
        if other <= hash { (later, other) } else { (place, hash) }
    };
    Some(lesser(lesser((at, first), (at + 1, second)), lesser((at + 2, third), (at + 3, fourth))))
}

/// Writes the hash of each window of 8 tokens over `windows`.
fn read_windows(tokens: &[Token], windows: &mut Vec<u64>) {
    windows.clear();
    windows.extend(tokens.iter().map(|token| token.hash));
    window_hashes(Kernel::detect(), windows);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TokenShape;
    use proptest::prelude::*;

    fn tokens(hashes: &[u64]) -> Vec<Token> {
        hashes
            .iter()
            .map(|&hash| Token { hash, start: 0, end: 0, shape: TokenShape::default() })
            .collect()
    }

    proptest! {
        #[test]
        fn a_shared_run_of_the_guaranteed_length_shares_a_fingerprint(
            run in prop::collection::vec(0u64..40, GUARANTEED_RUN),
            sides in prop::array::uniform4(prop::collection::vec(0u64..40, 0..90)),
        ) {
            let [before_a, after_a, before_b, after_b] = sides;
            let a = fingerprints(&tokens(&[before_a, run.clone(), after_a].concat()));
            let b = fingerprints(&tokens(&[before_b, run, after_b].concat()));
            prop_assert!(a.iter().any(|hash| b.contains(hash)));
        }

        #[test]
        fn ordinary_texts_keep_about_two_windows_in_five(seed in any::<u64>()) {
            let hashes: Vec<u64> = (0..4000u64).map(|i| (i ^ seed).wrapping_mul(0xd6e8_feb8_6659_fd93)).collect();
            let share = fingerprints(&tokens(&hashes)).len() as f64 / 4000.0;
            prop_assert!((0.36..0.44).contains(&share), "{share}");
        }
    }

    #[test]
    fn texts_under_a_window_have_no_fingerprint_and_short_ones_have_all() {
        assert!(fingerprints(&tokens(&[1, 2, 3, 4, 5, 6, 7])).is_empty());
        let forty_nine: Vec<u64> = (0..49).collect();
        assert_eq!(fingerprints(&tokens(&forty_nine)).len(), 42);
    }
}
