//! The job as one writes it in an afternoon: the yardstick of the ratios, and an oracle for the answers.
//!
//! Each part is what tutorials show, written with care for allocation but without tricks: lower-case, split, join five
//! words, hash; one minimum for each of k hash functions; a hash map for each band; hash sets to verify.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hasher};

use ahash::RandomState;

/// Shingles of five words, hashed with ahash.
#[derive(Clone, Debug)]
pub struct NaiveShingler {
    state: RandomState,
}

impl Default for NaiveShingler {
    fn default() -> NaiveShingler {
        NaiveShingler { state: RandomState::with_seeds(1, 2, 3, 4) }
    }
}

impl NaiveShingler {
    /// The hashes of the shingles of a text, in order; of a text of fewer than five words, one of all of them.
    pub fn shingles(&self, text: &str) -> Vec<u64> {
        let lower = text.to_lowercase();
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        words
            .windows(5.min(words.len()).max(1))
            .map(|shingle| self.hash(&shingle.join(" ")))
            .collect()
    }

    fn hash(&self, shingle: &str) -> u64 {
        let mut hasher = self.state.build_hasher();
        hasher.write(shingle.as_bytes());
        hasher.finish()
    }
}

/// Classic MinHash: lane `i` is the least value of hash function `i` over the set (Broder, "On the resemblance and
/// containment of documents", 1997), with the functions h ↦ (aᵢ·h + bᵢ) mod 2⁶⁴, of which the upper half is kept.
#[derive(Clone, Debug)]
pub struct ClassicMinHash {
    functions: Vec<(u64, u64)>,
}

impl ClassicMinHash {
    /// Of `k` hash functions.
    pub fn new(k: usize) -> ClassicMinHash {
        let mut state = 0u64;
        let mut next = || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z ^ (z >> 31)
        };
        ClassicMinHash { functions: (0..k).map(|_| (next() | 1, next())).collect() }
    }

    /// The signature of a set of hashes.
    pub fn sketch(&self, set: &[u64]) -> Vec<u32> {
        let mut lanes = vec![u32::MAX; self.functions.len()];
        for &element in set {
            for (lane, &(a, b)) in lanes.iter_mut().zip(&self.functions) {
                *lane = (*lane).min((a.wrapping_mul(element).wrapping_add(b) >> 32) as u32);
            }
        }
        lanes
    }
}

/// The pairs of signatures that agree in all lanes of some band, by one hash map a band.
///
/// `lanes` holds `k` lanes a signature; bands of `rows` lanes from the first on.
pub fn band_pairs(lanes: &[u32], k: usize, bands: usize, rows: usize) -> HashSet<(u32, u32)> {
    let mut pairs = HashSet::new();
    for band in 0..bands {
        let mut buckets: HashMap<&[u32], Vec<u32>> = HashMap::new();
        for (row, signature) in lanes.chunks_exact(k).enumerate() {
            let bucket = buckets.entry(&signature[band * rows..(band + 1) * rows]).or_default();
            pairs.extend(bucket.iter().map(|&earlier| (earlier, row as u32)));
            bucket.push(row as u32);
        }
    }
    pairs
}

/// The Jaccard similarity of two sets of hashes, by hash sets.
pub fn jaccard(a: &[u64], b: &[u64]) -> f64 {
    let [a, b] = [a, b].map(|set| set.iter().copied().collect::<HashSet<u64>>());
    crate::similarity(&a, &b).0
}

/// The whole job: the pairs of texts with a similarity of at least `threshold`, among those that share a band.
pub fn duplicates<T: AsRef<str>>(
    texts: &[T],
    k: usize,
    bands: usize,
    rows: usize,
    threshold: f64,
) -> HashSet<(usize, usize)> {
    let shingler = NaiveShingler::default();
    let minhash = ClassicMinHash::new(k);
    let sets: Vec<Vec<u64>> = texts.iter().map(|text| shingler.shingles(text.as_ref())).collect();
    let lanes: Vec<u32> = sets.iter().flat_map(|set| minhash.sketch(set)).collect();
    band_pairs(&lanes, k, bands, rows)
        .into_iter()
        .map(|(a, b)| (a as usize, b as usize))
        .filter(|&(a, b)| jaccard(&sets[a], &sets[b]) >= threshold)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Answer, Corpus};

    #[test]
    fn the_whole_job_finds_the_planted_copies() {
        let corpus = Corpus::new(1);
        let texts: Vec<String> = corpus.articles(500).map(|article| article.text).collect();
        let truth: Vec<_> = corpus.planted_pairs(500).collect();
        let answer = Answer::of(&duplicates(&texts, 128, 16, 8, 0.8), &truth, 0.8);
        assert!(answer.recall() > 0.95 && answer.precision() > 0.95, "{answer:?}");
    }

    #[test]
    fn lanes_agree_as_often_as_the_sets_are_similar() {
        let minhash = ClassicMinHash::new(4_096);
        let mix = |i: u64| (i + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31);
        let set = |from: u64| (from..from + 300).map(mix).collect::<Vec<_>>();
        let (a, b) = (minhash.sketch(&set(0)), minhash.sketch(&set(100)));
        let agree = a.iter().zip(&b).filter(|(a, b)| a == b).count() as f64 / 4_096.0;
        assert!((agree - 0.5).abs() < 0.04, "{agree}");
    }
}
