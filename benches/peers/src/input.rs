//! Inputs whose similar pairs are known. All deterministic.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use wirecopy_bench_corpus::{Corpus, five_grams, words};

use crate::peer::Rows;
use crate::truth::{Similar, similar_pairs};
use crate::{K, REPORTED};

/// SplitMix64.
pub struct Random(u64);

impl Random {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// Below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.bits()) * bound as u128) >> 64) as usize
    }

    /// In [0, 1).
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Sets of `size` hashes, in pairs of neighbours (0, 1), (2, 3), … whose similarities run evenly
/// from 0.5 to 1; and those similarities. Other pairs share nothing.
pub fn paired_sets(pairs: usize, size: usize, seed: u64) -> (Vec<Vec<u64>>, Vec<Similar>) {
    let mut random = Random::new(seed);
    let mut sets = Vec::with_capacity(2 * pairs);
    let mut truth = Vec::with_capacity(pairs);
    for pair in 0..pairs {
        let jaccard = 0.5 + 0.5 * (pair as f64 + 0.5) / pairs as f64;
        let shared = (2.0 * size as f64 * jaccard / (1.0 + jaccard)).round() as usize;
        let common: Vec<u64> = (0..shared).map(|_| random.bits()).collect();
        for _ in 0..2 {
            let mut set = common.clone();
            set.extend((shared..size).map(|_| random.bits()));
            for last in (1..set.len()).rev() {
                set.swap(last, random.below(last + 1)); // the shared ones are not the first ones
            }
            sets.push(set);
        }
        let first = 2 * pair as u32;
        let jaccard = shared as f64 / (2 * size - shared) as f64;
        truth.push(Similar { pair: (first, first + 1), jaccard });
    }
    (sets, truth)
}

/// `count` sets of `size` hashes, of which one in ten is followed by one that it shares hashes with;
/// the similarities of these pairs run from 0.5 to 1. And the pairs.
pub fn scattered_sets(count: usize, size: usize, seed: u64) -> (Vec<Vec<u64>>, Vec<Similar>) {
    let mut random = Random::new(seed);
    let pairs = count / 11;
    let (paired, similarities) = paired_sets(pairs, size, seed ^ 1);
    let (mut sets, mut truth) = (Vec::with_capacity(count), Vec::with_capacity(pairs));
    for (pair, similar) in paired.chunks_exact(2).zip(similarities) {
        let first = sets.len() as u32;
        sets.extend_from_slice(pair);
        truth.push(Similar { pair: (first, first + 1), ..similar });
        let alone = sets.len() + 9;
        sets.resize_with(alone.min(count), || (0..size).map(|_| random.bits()).collect());
    }
    sets.resize_with(count, || (0..size).map(|_| random.bits()).collect());
    (sets, truth)
}

/// Random signatures: one row in twenty is followed by one to four of its kind that agree with it
/// in each lane with a probability between 0.75 and 1. No two rows are equal, because libraries
/// differ in what they call the pairs of three equal rows.
pub fn signatures(count: usize, seed: u64) -> Rows {
    let mut random = Random::new(seed);
    let mut lanes = Vec::with_capacity(count * K);
    // Only the equality of lanes matters, so 24 random bits do; wirecopy refuses lanes that its
    // sketch cannot have made, and these it can (round 0).
    let lane = |random: &mut Random| (random.bits() >> 40) as u32;
    while lanes.len() < count * K {
        let first = lanes.len();
        lanes.extend((0..K).map(|_| lane(&mut random)));
        let copies = if random.below(20) == 0 { 1 + random.below(4) } else { 0 };
        for _ in 0..copies {
            if lanes.len() == count * K {
                break;
            }
            let agreement = 0.75 + 0.25 * random.unit();
            let other = random.below(K); // differs always
            for place in 0..K {
                let kept = place != other && random.unit() < agreement;
                let value = if kept { lanes[first + place] } else { lane(&mut random) };
                lanes.push(value);
            }
        }
    }
    Rows { lanes }
}

/// The first texts of the corpus of the benchmarks and all their pairs with J ≥ 0.7.
pub struct Texts {
    /// The texts.
    pub texts: Vec<String>,
    /// The pairs, with their exact similarity.
    pub truth: Vec<Similar>,
}

impl Texts {
    /// The first `count` of them.
    ///
    /// # Panics
    /// If a planted pair is not among those that the exact comparison finds.
    pub fn new(count: usize) -> Self {
        let corpus = Corpus::new(1);
        let texts: Vec<String> = corpus.articles(count).map(|article| article.text).collect();
        let hashing = BuildHasherDefault::<DefaultHasher>::default();
        let sets: Vec<Vec<u64>> = texts
            .iter()
            .map(|text| five_grams(&words(text)).iter().map(|run| hashing.hash_one(run)).collect())
            .collect();
        let truth = similar_pairs(&sets, REPORTED);
        for planted in corpus.planted_pairs(count).filter(|pair| pair.jaccard >= REPORTED) {
            let pair = (planted.a as u32, planted.b as u32);
            let similar = truth.iter().find(|similar| similar.pair == pair);
            let jaccard = similar.expect("a planted pair is similar").jaccard;
            assert!((jaccard - planted.jaccard).abs() < 1e-9, "{pair:?} has {jaccard}");
        }
        Self { texts, truth }
    }

    /// The texts as the jobs take them.
    pub fn borrowed(&self) -> Vec<&str> {
        self.texts.iter().map(String::as_str).collect()
    }

    /// Bytes of all texts.
    pub fn bytes(&self) -> usize {
        self.texts.iter().map(String::len).sum()
    }
}
