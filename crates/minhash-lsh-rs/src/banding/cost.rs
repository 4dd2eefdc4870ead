//! What a banding costs to run.

use std::fmt;

use super::Banding;
use crate::Jaccard;

/// The expected cost of candidate search with a [`Banding`], made by [`Banding::cost`].
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
    pub(super) fn of(banding: &Banding, sets: u64, unrelated: Jaccard) -> Self {
        Self {
            sets,
            unrelated,
            inserts_per_set: banding.bands(),
            probability: banding.probability(unrelated),
        }
    }

    /// Band inserts for each set: the number of bands.
    #[must_use]
    pub fn inserts_per_set(&self) -> usize {
        self.inserts_per_set
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
