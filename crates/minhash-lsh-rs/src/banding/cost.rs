//! What a banding costs to run.

use std::fmt;

use crate::Jaccard;

/// The expected cost of candidate search, made by [`Banding::cost`](crate::Banding::cost)
/// or [`CodeBanding::cost`](crate::CodeBanding::cost).
///
/// ```
/// use minhash_lsh::{Banding, Jaccard};
///
/// let cost = Banding::new(16, 8)?.cost(1_000_000, Jaccard::new(0.02)?);
/// assert_eq!(cost.inserts_per_set(), 16);
/// assert!(cost.unrelated_pairs() < 1.0); // 5 · 10¹¹ pairs, 16 · 0.02⁸ each
/// # Ok::<(), minhash_lsh::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct BandingCost {
    sets: u64,
    unrelated: Jaccard,
    inserts_per_set: usize,
    probability: f64,
}

impl BandingCost {
    /// For `bands` bands that make unrelated sets candidates with `probability`.
    pub(crate) fn new(bands: usize, sets: u64, unrelated: Jaccard, probability: f64) -> Self {
        Self { sets, unrelated, inserts_per_set: bands, probability }
    }

    /// Band inserts for each set: the number of bands.
    #[must_use]
    pub fn inserts_per_set(&self) -> usize {
        self.inserts_per_set
    }

    /// The probability that two unrelated sets are a candidate pair.
    #[must_use]
    pub fn unrelated_probability(&self) -> f64 {
        self.probability
    }

    /// The expected number of candidate pairs among unrelated sets, before any bucket cap.
    #[must_use]
    pub fn unrelated_pairs(&self) -> f64 {
        self.sets as f64 * self.unrelated_per_set() / 2.0
    }

    /// The expected number of unrelated candidates of one set.
    #[must_use]
    pub fn unrelated_per_set(&self) -> f64 {
        self.sets.saturating_sub(1) as f64 * self.probability
    }
}

/// For example `16 band inserts a set; among 1000000 sets of unrelated Jaccard 0.1 …`.
impl fmt::Display for BandingCost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} band inserts a set; among {} sets of unrelated Jaccard {}, {:.3e} \
             unrelated candidates a set and {:.3e} pairs in all",
            self.inserts_per_set,
            self.sets,
            self.unrelated,
            self.unrelated_per_set(),
            self.unrelated_pairs()
        )
    }
}
