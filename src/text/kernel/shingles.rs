//! Token hashes → shingle hashes.

use minhash_lsh::Kernel;

#[cfg(target_arch = "x86_64")]
use super::avx512;
use crate::text::hash::{SHINGLE_FACTOR, finish_shingle};

/// The width that AVX-512 has code of its own for: the default one.
#[cfg(target_arch = "x86_64")]
pub(super) const USUAL_WIDTH: usize = 5;

/// Replaces the hashes of tokens by those of every run of `width` of them, in order; fewer tokens
/// than that by one hash of them all.
pub(in crate::text) fn shingles(kernel: Kernel, hashes: &mut Vec<u64>, width: usize) {
    let width = width.min(hashes.len());
    if width == 0 {
        return;
    }
    #[cfg(target_arch = "x86_64")]
    let done = match avx512::Avx512::detect() {
        Some(vectors) if width == USUAL_WIDTH && kernel == Kernel::Avx512 => {
            vectors.shingles_of_five(hashes)
        }
        _ => 0,
    };
    #[cfg(not(target_arch = "x86_64"))]
    let (done, _) = (0, kernel);
    if let Some(rest) = hashes.get_mut(done..) {
        roll(rest, width);
    }
    hashes.truncate(hashes.len() + 1 - width);
}

/// The polynomial of each run from that of the run before: two multiplications, whatever the
/// width, but one after the other. The whole of it where 64-bit multiplications are scalar: four
/// emulated ones cost AVX2 as much.
fn roll(hashes: &mut [u64], width: usize) {
    let oldest_factor = (0..width).fold(1u64, |power, _| power.wrapping_mul(SHINGLE_FACTOR));
    let Some((first, _)) = hashes.split_at_checked(width) else { return };
    let sum =
        first.iter().fold(0u64, |sum, token| sum.wrapping_mul(SHINGLE_FACTOR).wrapping_add(*token));
    let mut sum = sum;
    for at in 0..hashes.len() - width {
        let (oldest, newest) = (hashes[at], hashes[at + width]);
        hashes[at] = finish_shingle(sum, width);
        // Grouped so that only one multiplication and one addition wait for the last sum.
        let change = newest.wrapping_sub(oldest.wrapping_mul(oldest_factor));
        sum = sum.wrapping_mul(SHINGLE_FACTOR).wrapping_add(change);
    }
    let last = hashes.len() - width;
    hashes[last] = finish_shingle(sum, width);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash::token_hash;

    fn shingles_of(words: &[&str], width: usize) -> Vec<u64> {
        let mut out = words.iter().map(|w| token_hash(w.as_bytes())).collect();
        shingles(Kernel::Scalar, &mut out, width);
        out
    }

    #[test]
    fn a_shingle_knows_where_its_words_end_and_their_order() {
        assert_ne!(shingles_of(&["ab", "c"], 2), shingles_of(&["a", "bc"], 2));
        assert_ne!(shingles_of(&["a", "b"], 2), shingles_of(&["b", "a"], 2));
        assert_ne!(shingles_of(&["a", "a"], 5), shingles_of(&["a", "a", "a"], 5));
        assert_ne!(shingles_of(&["a"], 5), shingles_of(&["a"; 5], 5));
        assert_ne!(shingles_of(&["a"], 1), vec![token_hash(b"a")]);
    }

    #[test]
    fn a_rolled_shingle_equals_one_computed_alone() {
        let words = ["la", "grue", "du", "port", "de", "la", "ville", "haute", "penche"];
        for width in 1..=words.len() {
            let rolled = shingles_of(&words, width);
            let alone: Vec<u64> =
                words.windows(width).flat_map(|w| shingles_of(w, width)).collect();
            assert_eq!(rolled, alone, "width {width}");
        }
    }

    #[test]
    fn no_words_have_no_shingle() {
        assert_eq!(shingles_of(&[], 5), Vec::<u64>::new());
    }

    #[test]
    fn every_kernel_gives_the_same_shingles_at_every_length_and_width() {
        for &kernel in Kernel::available() {
            for length in 0..=3 * 8 + 5 {
                for width in 1..=8 {
                    let tokens: Vec<u64> =
                        (0..length as u64).map(|i| token_hash(&i.to_le_bytes())).collect();
                    let (mut expected, mut got) = (tokens.clone(), tokens);
                    shingles(Kernel::Scalar, &mut expected, width);
                    shingles(kernel, &mut got, width);
                    assert_eq!(got, expected, "{kernel}: {length} tokens, width {width}");
                }
            }
        }
    }
}
