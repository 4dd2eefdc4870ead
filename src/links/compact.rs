//! Words of a set in 32 bits, so that reading a text for a comparison reads a sixth of its tokens.
//!
//! A pair is aligned by looks at scattered places of both texts, and a set of 100,000 texts is far
//! larger than the caches: on tokens of 24 bytes an aligned pair took three times as long there as
//! among 10,000.

use super::seeds::SEED_TOKENS;
use crate::parallel::for_each_item;
use crate::text::Token;
use ahash::AHashMap;

/// A number of 32 bits for each token hash of a set: two are equal where the hashes are.
///
/// It is the lower half of the hash, but for the few of a set's words whose lower half another one
/// has: among a million words about a hundred.
#[derive(Default)]
pub(crate) struct Numbers {
    renamed: AHashMap<u64, u32>,
    /// A bit for each value of the lowest bits that a renamed hash has.
    marks: Vec<u64>,
}

/// Bits of a hash by which the renamed are marked: 8 KB of marks.
const MARKED_BITS: u32 = 16;

impl Numbers {
    /// The numbers of these token hashes, each given at least once. O(hashes), and a sort of them.
    pub(crate) fn new(hashes: impl Iterator<Item = u64>) -> Numbers {
        let mut by_half: Vec<u64> = hashes.map(|hash| hash.rotate_left(32)).collect();
        by_half.sort_unstable();
        by_half.dedup();
        let half = |turned: u64| (turned >> 32) as u32;
        let is_taken = |number: u32| {
            let at = by_half.partition_point(|&turned| half(turned) < number);
            by_half.get(at).is_some_and(|&turned| half(turned) == number)
        };
        let mut numbers = Numbers::default();
        let mut free = 0u32;
        for group in by_half.chunk_by(|&x, &y| half(x) == half(y)) {
            for &turned in group.iter().skip(1) {
                while is_taken(free) {
                    free = free.wrapping_add(1);
                }
                numbers.rename(turned.rotate_left(32), free);
                free = free.wrapping_add(1);
            }
        }
        numbers
    }

    fn rename(&mut self, hash: u64, number: u32) {
        self.renamed.insert(hash, number);
        self.marks.resize(1 << (MARKED_BITS - 6), 0);
        let mark = hash & ((1 << MARKED_BITS) - 1);
        if let Some(marks) = self.marks.get_mut((mark / 64) as usize) {
            *marks |= 1 << (mark % 64);
        }
    }

    fn of(&self, hash: u64) -> u32 {
        let mark = hash & ((1 << MARKED_BITS) - 1);
        let marked =
            self.marks.get((mark / 64) as usize).is_some_and(|m| m >> (mark % 64) & 1 == 1);
        let renamed = if marked { self.renamed.get(&hash) } else { None };
        renamed.copied().unwrap_or(hash as u32)
    }
}

/// Some texts as numbers of words and hashes of seeds, one text after the other. 8 bytes a token.
pub(crate) struct CompactTexts {
    words: Vec<u32>,
    seeds: Vec<u32>,
    /// Where each text starts, and where the last ends.
    starts: Vec<usize>,
}

/// A text as numbers of words.
#[derive(Clone, Copy, Default)]
pub(crate) struct CompactText<'t> {
    pub(crate) words: &'t [u32],
    /// The hash of the seed of four words at each place, as far as there are four.
    pub(crate) seeds: &'t [u32],
}

impl CompactTexts {
    /// Reads the `texts` that are `wanted`; the others are empty. O(tokens).
    pub(crate) fn new(
        texts: &[&[Token]],
        numbers: &Numbers,
        wanted: impl Fn(usize) -> bool,
    ) -> CompactTexts {
        let mut starts = vec![0];
        let mut end = 0;
        for (number, text) in texts.iter().enumerate() {
            end += if wanted(number) { text.len() } else { 0 };
            starts.push(end);
        }
        let (mut words, mut seeds) = (vec![0; end], vec![0; end]);
        let mut rows: Vec<(&mut [u32], &mut [u32], &[Token])> = Vec::with_capacity(texts.len());
        let (mut rest_of_words, mut rest_of_seeds) = (words.as_mut_slice(), seeds.as_mut_slice());
        for (range, &text) in starts.windows(2).zip(texts) {
            let &[start, end] = range else { continue };
            let (row_of_words, words) = rest_of_words.split_at_mut(end - start);
            let (row_of_seeds, seeds) = rest_of_seeds.split_at_mut(end - start);
            (rest_of_words, rest_of_seeds) = (words, seeds);
            rows.push((row_of_words, row_of_seeds, text));
        }
        for_each_item(&mut rows, |(words, seeds, text)| {
            for (word, token) in words.iter_mut().zip(*text) {
                *word = numbers.of(token.hash);
            }
            for (seed, words) in seeds.iter_mut().zip(words.windows(SEED_TOKENS)) {
                *seed = seed_hash(words);
            }
        });
        CompactTexts { words, seeds, starts }
    }

    /// A text by its number.
    pub(crate) fn of(&self, text: usize) -> CompactText<'_> {
        let (Some(&start), Some(&end)) = (self.starts.get(text), self.starts.get(text + 1)) else {
            return CompactText::default();
        };
        let with_seed = end.saturating_sub(SEED_TOKENS - 1).max(start);
        CompactText {
            words: self.words.get(start..end).unwrap_or(&[]),
            seeds: self.seeds.get(start..with_seed).unwrap_or(&[]),
        }
    }
}

impl CompactText<'_> {
    /// The words of the seed at a place.
    pub(crate) fn seed(&self, place: u32) -> &[u32] {
        let place = place as usize;
        self.words.get(place..place + SEED_TOKENS).unwrap_or(&[])
    }
}

/// Seeds of one hash are compared word by word. In memory only: not part of the frozen scheme.
fn seed_hash(words: &[u32]) -> u32 {
    let folded = words.iter().fold(0u64, |hash, &word| {
        (hash.rotate_left(23) ^ u64::from(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    });
    (folded >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_are_equal_where_hashes_are(
            // Few lower halves, so that most hashes share theirs with another.
            hashes in prop::collection::vec((0u64..40, 0u64..6), 0..120),
        ) {
            let hashes: Vec<u64> = hashes.iter().map(|(upper, lower)| upper << 32 | lower).collect();
            let numbers = Numbers::new(hashes.iter().copied());
            for &x in &hashes {
                for &y in &hashes {
                    prop_assert_eq!(numbers.of(x) == numbers.of(y), x == y);
                }
            }
        }
    }

    #[test]
    fn texts_that_are_not_wanted_are_empty_and_short_ones_have_no_seed() {
        use crate::text::TokenShape;
        let token = |hash| Token { hash, start: 0, end: 0, shape: TokenShape::default() };
        let texts: Vec<Vec<Token>> =
            [3, 4, 6].iter().map(|&length| (0..length).map(token).collect()).collect();
        let texts: Vec<&[Token]> = texts.iter().map(Vec::as_slice).collect();
        let numbers = Numbers::new(0..6);
        let compact = CompactTexts::new(&texts, &numbers, |text| text != 1);
        assert_eq!((compact.of(0).words.len(), compact.of(0).seeds.len()), (3, 0));
        assert!(compact.of(1).words.is_empty() && compact.of(7).words.is_empty());
        assert_eq!((compact.of(2).words, compact.of(2).seeds.len()), (&[0, 1, 2, 3, 4, 5][..], 3));
        assert_eq!(compact.of(2).seed(2), [2, 3, 4, 5]);
    }
}
