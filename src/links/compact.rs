//! Texts as numbers of 32 bits, so that reading a text for a comparison reads a third of its tokens.
//!
//! A pair is aligned by looks at scattered places of both texts, and a set of 100,000 texts is far
//! larger than the caches: on tokens of 24 bytes an aligned pair took three times as long there as
//! among 10,000.

use super::seeds::SEED_TOKENS;
use crate::parallel::for_each_item;

/// Some texts as numbers of words and hashes of seeds, one text after the other. 4 bytes a token
/// beside the numbers.
pub(crate) struct CompactTexts<'w> {
    /// The numbers of each text's words, equal where the tokens' frozen hashes are.
    words: Vec<&'w [u32]>,
    seeds: Vec<u32>,
    /// Where the seeds of each text start, and where the last end.
    starts: Vec<usize>,
}

/// A text as numbers of words.
#[derive(Clone, Copy, Default)]
pub(crate) struct CompactText<'t> {
    pub(crate) words: &'t [u32],
    /// The hash of the seed of four words at each place, as far as there are four.
    pub(crate) seeds: &'t [u32],
}

impl<'w> CompactTexts<'w> {
    /// Reads the texts, of those that are not `wanted` no seeds. O(tokens).
    pub(crate) fn new(words: Vec<&'w [u32]>, wanted: impl Fn(usize) -> bool) -> CompactTexts<'w> {
        let mut starts = vec![0];
        let mut end = 0;
        for (number, text) in words.iter().enumerate() {
            end += if wanted(number) { text.len().saturating_sub(SEED_TOKENS - 1) } else { 0 };
            starts.push(end);
        }
        let mut seeds = vec![0; end];
        let mut rows: Vec<(&mut [u32], &[u32])> = Vec::with_capacity(words.len());
        let mut rest = seeds.as_mut_slice();
        for (range, &text) in starts.windows(2).zip(&words) {
            let &[start, end] = range else { continue };
            let (row, after) = rest.split_at_mut(end - start);
            rest = after;
            rows.push((row, text));
        }
        for_each_item(&mut rows, |(seeds, words)| {
            for (seed, words) in seeds.iter_mut().zip(words.windows(SEED_TOKENS)) {
                *seed = words.first_chunk().map_or(0, seed_hash);
            }
        });
        CompactTexts { words, seeds, starts }
    }

    /// A text by its number.
    pub(crate) fn of(&self, text: usize) -> CompactText<'_> {
        match (self.starts.get(text), self.starts.get(text + 1)) {
            (Some(&start), Some(&end)) => CompactText {
                words: self.words.get(text).copied().unwrap_or(&[]),
                seeds: self.seeds.get(start..end).unwrap_or(&[]),
            },
            _ => CompactText::default(),
        }
    }
}

impl CompactText<'_> {
    /// The words of the seed at a place.
    pub(crate) fn seed(&self, place: u32) -> Option<&[u32; SEED_TOKENS]> {
        self.words.get(place as usize..)?.first_chunk()
    }
}

/// A factor for each word of a seed: odd, and of random bits.
const FACTORS: [u64; SEED_TOKENS] =
    [0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93, 0xa076_1d64_78bd_642f, 0xe703_7ed1_a0b4_28db];

/// Seeds of one hash are compared word by word. In memory only: not part of the frozen scheme.
///
/// The upper bits of a sum of products (Dietzfelbinger, "Universal hashing and k-wise independent random
/// variables via integer arithmetic without primes", STACS 1996), of which no product waits for another.
fn seed_hash(words: &[u32; SEED_TOKENS]) -> u32 {
    let products = words.iter().zip(FACTORS).map(|(&word, f)| u64::from(word).wrapping_mul(f));
    (products.fold(0, u64::wrapping_add) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_are_not_wanted_and_short_ones_have_no_seed() {
        let texts: [&[u32]; 3] = [&[0, 1, 2], &[0, 1, 2, 3], &[0, 1, 2, 3, 4, 5]];
        let compact = CompactTexts::new(texts.to_vec(), |text| text != 1);
        assert_eq!((compact.of(0).words.len(), compact.of(0).seeds.len()), (3, 0));
        assert!(compact.of(1).seeds.is_empty() && compact.of(7).words.is_empty());
        assert_eq!((compact.of(2).words, compact.of(2).seeds.len()), (texts[2], 3));
        assert_eq!(compact.of(2).seed(2), Some(&[2, 3, 4, 5]));
    }
}
