//! What the codes of two sets tell about their similarity.

use std::fmt;

use super::CodeBits;
use crate::Jaccard;
use crate::estimate::wilson;

/// A Jaccard similarity estimated from codes: (c − 2⁻ᵇ)/(1 − 2⁻ᵇ), where c is the share of codes
/// that agree.
///
/// Codes of different lanes agree by chance with probability 2⁻ᵇ, so c is expected to be
/// J + (1 − J) · 2⁻ᵇ, and the estimate has no bias beyond that of full lanes
/// ([`Estimate`](crate::Estimate)). Source: P. Li and A. C. König, "b-bit minwise hashing", WWW 2010,
/// with the collision probability of a hashed lane in place of that of the lane's own low bits.
///
/// The empty set is similar to nothing, itself included: none of its codes counts as agreeing.
///
/// ```
/// use minhash_lsh::{CodeBits, Scheme, Sketcher};
///
/// let sketcher = Sketcher::new(Scheme::new(256)?);
/// let bits = CodeBits::new(4)?;
/// let a = sketcher.sketch(&(0..300).collect::<Vec<_>>()).codes(bits);
/// let b = sketcher.sketch(&(100..400).collect::<Vec<_>>()).codes(bits);
/// let estimate = a.estimate(&b)?; // truly 200 of 400
/// assert!((estimate.jaccard().get() - 0.5).abs() < 4.0 * estimate.standard_error());
/// # Ok::<(), minhash_lsh::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CodeEstimate {
    matches: u32,
    k: u32,
    bits: CodeBits,
}

impl CodeEstimate {
    pub(super) fn new(matches: u32, k: u32, bits: CodeBits) -> Self {
        Self { matches, k, bits }
    }

    /// The estimated similarity; 0 where fewer codes agree than chance makes agree.
    #[must_use]
    pub fn jaccard(&self) -> Jaccard {
        similarity(self.unclamped())
    }

    /// (c − 2⁻ᵇ)/(1 − 2⁻ᵇ) as it comes out: below 0 where fewer codes agree than by chance.
    ///
    /// Average this one: the mean of estimates that were cut off at 0 is too high. It is at most 1,
    /// and at least −1/(2ᵇ − 1), which is −1 for b = 1.
    #[must_use]
    pub fn unclamped(&self) -> f64 {
        self.bits.similarity_of(self.agreement())
    }

    /// √(c(1 − c)/k)/(1 − 2⁻ᵇ), the standard error of the codes of `k` independent lanes.
    ///
    /// The lanes of this sketch repel each other, so the true error is smaller: its square is
    /// (s² · J(1 − J) + (1 − J)/(2ᵇ − 1))/k, where s is the factor by which the error of full lanes
    /// is smaller (0.7 to 1, see [`Estimate::standard_error`](crate::Estimate::standard_error)); only
    /// the agreement by chance is independent from lane to lane. Here s counts as 1.
    #[must_use]
    pub fn standard_error(&self) -> f64 {
        self.bits.error_of(self.agreement(), self.k as usize)
    }

    /// The interval of similarities that lie within `z` standard errors of the estimate: Wilson's
    /// interval of c, carried over. `z` = 1.96 covers 95 %. Never empty.
    ///
    /// A negative or non-finite `z` counts as 0.
    #[must_use]
    pub fn interval(&self, z: f64) -> (Jaccard, Jaccard) {
        let (low, high) = wilson(self.matches, self.k, z);
        let carried = |agreement| similarity(self.bits.similarity_of(agreement));
        (carried(low), carried(high))
    }

    /// Codes that agree, those that do so by chance included.
    #[must_use]
    pub fn matches(&self) -> u32 {
        self.matches
    }

    /// Codes compared.
    #[must_use]
    pub fn k(&self) -> u32 {
        self.k
    }

    /// Bits of a code.
    #[must_use]
    pub fn bits(&self) -> CodeBits {
        self.bits
    }

    fn agreement(&self) -> f64 {
        Jaccard::from_ratio(self.matches as usize, self.k as usize).get()
    }
}

fn similarity(value: f64) -> Jaccard {
    Jaccard::new(value.clamp(0.0, 1.0)).unwrap_or(Jaccard::ZERO)
}

/// For example `0.5078 ± 0.0462`.
impl fmt::Display for CodeEstimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.4} ± {:.4}", self.jaccard(), self.standard_error())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_holds_the_estimate_and_stays_in_range() {
        for bits in CodeBits::ALL {
            for matches in 0..=64 {
                let estimate = CodeEstimate::new(matches, 64, bits);
                assert!(estimate.unclamped() <= 1.0);
                for z in [0.0, 1.0, 1.96, 5.0, 1e300, f64::NAN, -1.0] {
                    let (low, high) = estimate.interval(z);
                    let p = estimate.jaccard().get();
                    assert!(low.get() <= p + 1e-12 && p <= high.get() + 1e-12, "{matches} {z}");
                }
            }
            assert_eq!(CodeEstimate::new(64, 64, bits).jaccard(), Jaccard::ONE);
            assert_eq!(CodeEstimate::new(0, 64, bits).jaccard(), Jaccard::ZERO);
        }
    }
}
