//! Resemblance of two sets.

use std::cmp::Ordering;
use std::fmt;

use crate::{Error, PreparedSet};

/// A Jaccard similarity |A ∩ B| / |A ∪ B|: a number in [0, 1], never NaN.
///
/// The resemblance of Broder, "On the resemblance and containment of documents" (SEQUENCES 1997).
///
/// ```
/// use minhash_lsh::Jaccard;
///
/// assert_eq!(Jaccard::new(0.5)?.get(), 0.5);
/// assert!(Jaccard::new(1.2).unwrap_err().is_config());
/// assert!(Jaccard::new(f64::NAN).is_err());
/// # Ok::<(), minhash_lsh::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "f64", into = "f64"))]
pub struct Jaccard(f64);

impl Jaccard {
    /// Nothing in common.
    pub const ZERO: Self = Self(0.0);
    /// The same, non-empty set.
    pub const ONE: Self = Self(1.0);

    /// Checks that `value` lies in [0, 1].
    ///
    /// # Errors
    /// [`Error::is_config`] for a value outside [0, 1] or NaN.
    pub fn new(value: f64) -> Result<Self, Error> {
        if (0.0..=1.0).contains(&value) {
            // Adding +0 turns -0 into +0, so that equal values have equal bits.
            Ok(Self(value + 0.0))
        } else {
            Err(Error::config(format!(
                "{value} is not a Jaccard similarity; give a number from 0 to 1, \
                 such as 0.5 for half of the union in common"
            )))
        }
    }

    /// For values that are quotients of counts and lie in [0, 1] by construction.
    pub(crate) fn from_ratio(part: usize, whole: usize) -> Self {
        if whole == 0 { Self::ZERO } else { Self(part.min(whole) as f64 / whole as f64) }
    }

    /// The number, in [0, 1].
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }

    /// The exact similarity of two sets given as hashes in any order; repeats count once.
    ///
    /// Two empty sets share nothing that could be evidence: their similarity is 0 here.
    /// O(n + m) time in expectation and memory. To compare a set with many, make it a
    /// [`PreparedSet`] once.
    ///
    /// ```
    /// use minhash_lsh::Jaccard;
    ///
    /// assert_eq!(Jaccard::between(&[1, 2, 3], &[3, 2, 4, 4]).get(), 0.5);
    /// assert_eq!(Jaccard::between(&[], &[]).get(), 0.0);
    /// ```
    #[must_use]
    pub fn between(a: &[u64], b: &[u64]) -> Self {
        PreparedSet::of(a).jaccard(&PreparedSet::of(b))
    }
}

impl Eq for Jaccard {}

impl Ord for Jaccard {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Jaccard {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl TryFrom<f64> for Jaccard {
    type Error = Error;

    fn try_from(value: f64) -> Result<Self, Error> {
        Self::new(value)
    }
}

impl From<Jaccard> for f64 {
    fn from(value: Jaccard) -> Self {
        value.0
    }
}

/// The number; a precision may be given as for any `f64`.
impl fmt::Display for Jaccard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_from_zero_to_one_are_similarities() {
        for good in [0.0, -0.0, f64::MIN_POSITIVE, 0.5, 1.0] {
            assert_eq!(Jaccard::new(good).unwrap().get(), good);
        }
        for bad in [-f64::MIN_POSITIVE, 1.0 + f64::EPSILON, f64::NAN, f64::INFINITY] {
            assert!(Jaccard::new(bad).unwrap_err().is_config(), "{bad}");
        }
        assert_eq!(Jaccard::new(-0.0).unwrap().get().to_bits(), 0);
    }

    #[test]
    fn exact_similarity_counts_distinct_hashes() {
        assert_eq!(Jaccard::between(&[5, 5, 5], &[5]), Jaccard::ONE);
        assert_eq!(Jaccard::between(&[1], &[2]), Jaccard::ZERO);
        assert_eq!(Jaccard::between(&[1], &[]), Jaccard::ZERO);
        assert_eq!(Jaccard::between(&[4, 1, 3, 2], &[9, 2, 4]).get(), 0.4);
    }
}
