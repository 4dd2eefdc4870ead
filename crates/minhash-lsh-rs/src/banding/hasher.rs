//! 32-bit hashes of bands and whole rows, keyed at random.

use std::hash::{BuildHasher, RandomState};

/// Keyed hashes of the bands of a signature, and of the whole of it.
///
/// The hash of a band is ⌊(c + Σ keyᵢ · laneᵢ mod 2⁶⁴) / 2³²⌋ with random 64-bit keys: MULTILINEAR
/// of D. Lemire and O. Kaser, "Strongly universal string hashing is fast", Computer Journal 57
/// (2014), [arXiv 1202.4961](https://arxiv.org/abs/1202.4961). It is strongly universal: whoever
/// chooses the lanes without knowing the keys makes two bands collide with probability 2⁻³², so
/// crafted signatures cannot pile up. Answers never depend on the keys: what collides is compared.
///
/// A product a lane, no chain of dependent multiplications, and the hash of the whole row is the sum
/// that the bands have made already.
#[derive(Debug, Clone)]
pub(crate) struct BandHasher {
    constant: u64,
    keys: Box<[u64]>,
    rows: usize,
}

impl BandHasher {
    /// New random keys for rows of `k` words in bands of `rows` words.
    pub(crate) fn new(k: usize, rows: usize) -> Self {
        let state = RandomState::new();
        let keys = (0..k).map(|lane| state.hash_one(lane)).collect();
        Self { constant: state.hash_one("constant"), keys, rows }
    }

    /// Words of a band.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// Writes the hash of each band into `hashes`, as many as it has places for.
    #[inline]
    pub(crate) fn hash_bands(&self, words: &[u32], hashes: &mut [u32]) {
        let bands = words.chunks_exact(self.rows).zip(self.keys.chunks_exact(self.rows));
        for (hash, (words, keys)) in hashes.iter_mut().zip(bands) {
            *hash = self.finish(sum(words, keys));
        }
    }

    /// The hash of all words.
    #[inline]
    pub(crate) fn hash_all(&self, words: &[u32]) -> u32 {
        self.finish(sum(words, &self.keys))
    }

    /// The sum of `length` products from word `start`. Sums of several stretches add up to that of
    /// all, wrapping.
    #[inline(always)]
    pub(crate) fn sum(&self, words: &[u32], start: usize, length: usize) -> u64 {
        let end = start + length;
        sum(words.get(start..end).unwrap_or(&[]), self.keys.get(start..end).unwrap_or(&[]))
    }

    /// The hash of the words that `sum` is of.
    #[inline(always)]
    pub(crate) fn finish(&self, sum: u64) -> u32 {
        (self.constant.wrapping_add(sum) >> 32) as u32
    }

    /// Bytes on the heap.
    pub(crate) fn memory(&self) -> usize {
        size_of_val::<[u64]>(&self.keys)
    }
}

#[inline(always)]
fn sum(words: &[u32], keys: &[u64]) -> u64 {
    // By fours, so that the compiler unrolls the loop.
    let ((words, last_words), (keys, last_keys)) = (words.as_chunks::<4>(), keys.as_chunks::<4>());
    let whole = words.iter().zip(keys).fold(0, |sum, (words, keys)| add(sum, words, keys));
    add(whole, last_words, last_keys)
}

#[inline(always)]
fn add(sum: u64, words: &[u32], keys: &[u64]) -> u64 {
    let products = words.iter().zip(keys).map(|(&word, key)| key.wrapping_mul(u64::from(word)));
    products.fold(sum, u64::wrapping_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_bands_and_rows_hash_alike_and_unequal_ones_do_not() {
        for (k, rows) in [(8, 1), (8, 3), (16, 16), (24, 5)] {
            let hasher = BandHasher::new(k, rows);
            let words: Vec<u32> = (0..k as u32).map(|lane| lane * 77_777).collect();
            let mut hashes = vec![0; k / rows];
            hasher.hash_bands(&words, &mut hashes);
            let row = hasher.hash_all(&words);
            let of_bands = (0..k / rows).map(|band| hasher.sum(&words, band * rows, rows));
            let total = of_bands.fold(0, |total: u64, sum| {
                assert!(hashes.contains(&hasher.finish(sum)));
                total.wrapping_add(sum)
            });
            let rest = hasher.sum(&words, k / rows * rows, k % rows);
            assert_eq!(hasher.finish(total.wrapping_add(rest)), row);
            for changed in 0..k {
                let mut other = words.clone();
                other[changed] += 1;
                let mut others = vec![0; k / rows];
                // Each comparison fails by chance once in 2³² runs.
                assert_ne!(hasher.hash_all(&other), row);
                hasher.hash_bands(&other, &mut others);
                for band in 0..k / rows {
                    assert_eq!(others[band] != hashes[band], changed / rows == band);
                }
            }
        }
    }

    #[test]
    fn high_bits_and_low_bits_of_the_hash_spread_rows_that_differ_in_little() {
        // Consecutive lanes: 4,096 hashes into 4,096 places leave 37 % empty by chance.
        let hasher = BandHasher::new(8, 8);
        let (mut low, mut high) = (vec![false; 4_096], vec![false; 4_096]);
        for row in 0..4_096_u32 {
            let mut hash = [0];
            hasher.hash_bands(&[7, 7, 7, 7, row % 16, row / 16 % 16, row / 256, 7], &mut hash);
            low[hash[0] as usize % 4_096] = true;
            high[(hash[0] >> 20) as usize] = true;
        }
        for places in [low, high] {
            let hit = places.iter().filter(|&&hit| hit).count();
            assert!(hit > 1_000, "{hit} of 4096 places");
        }
    }
}
