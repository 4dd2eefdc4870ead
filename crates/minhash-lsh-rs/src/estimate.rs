//! What two signatures tell about the similarity of their sets.

use std::fmt;

use crate::Jaccard;
use crate::kernel::{Kernel, agreeing};

/// An estimated Jaccard similarity: the share of lanes in which two signatures agree.
///
/// Unbiased up to ties of the values, which add less than n / (k · 2²⁵) for sets of n elements (n /
/// 2³³ where k > 256): under 0.001 up to 4 million elements at k = 128.
///
/// The empty set is similar to nothing, itself included: its estimate against anything is 0.
///
/// ```
/// use minhash_lsh::{Scheme, Sketcher};
///
/// let sketcher = Sketcher::new(Scheme::new(128)?);
/// let a = sketcher.sketch(&(0..300).collect::<Vec<_>>());
/// let b = sketcher.sketch(&(100..400).collect::<Vec<_>>());
/// let estimate = a.estimate(&b)?; // truly 200 of 400
/// assert!((estimate.jaccard().get() - 0.5).abs() < 4.0 * estimate.standard_error());
/// # Ok::<(), minhash_lsh::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Estimate {
    matches: u32,
    k: u32,
}

impl Estimate {
    /// Compares lanes of equal length.
    pub(crate) fn of_lanes(a: &[u32], b: &[u32]) -> Self {
        Self { matches: agreeing(Kernel::detect(), a, b), k: a.len() as u32 }
    }

    /// The estimated similarity: matches / k.
    #[must_use]
    pub fn jaccard(&self) -> Jaccard {
        Jaccard::from_ratio(self.matches as usize, self.k as usize)
    }

    /// √(Ĵ(1 − Ĵ)/k), the standard error of `k` independent lanes.
    ///
    /// The lanes of this sketch repel each other, so the true error is smaller: at k = 128 by 20 to
    /// 30 % for sets of up to 200 elements, by 7 to 10 % at 600, by nothing at many thousand.
    /// It is 0 when all or no lanes agree; [`interval`](Self::interval) is not.
    #[must_use]
    pub fn standard_error(&self) -> f64 {
        let p = self.jaccard().get();
        (p * (1.0 - p) / f64::from(self.k)).sqrt()
    }

    /// The interval of similarities that lie within `z` standard errors of the estimate
    /// (Wilson 1927): `z` = 1.96 covers 95 %. Never empty, also when all or no lanes agree.
    ///
    /// A negative or non-finite `z` counts as 0.
    ///
    /// ```
    /// use minhash_lsh::{Scheme, Sketcher};
    ///
    /// let sketcher = Sketcher::new(Scheme::new(128)?);
    /// let (low, high) = sketcher.sketch(&[1]).estimate(&sketcher.sketch(&[1]))?.interval(1.96);
    /// assert!(low.get() > 0.97 && high.get() == 1.0);
    /// # Ok::<(), minhash_lsh::Error>(())
    /// ```
    #[must_use]
    pub fn interval(&self, z: f64) -> (Jaccard, Jaccard) {
        let (low, high) = wilson(self.matches, self.k, z);
        let checked = |p| Jaccard::new(p).unwrap_or(Jaccard::ZERO);
        (checked(low), checked(high))
    }

    /// Lanes that agree.
    #[must_use]
    pub fn matches(&self) -> u32 {
        self.matches
    }

    /// Lanes compared.
    #[must_use]
    pub fn k(&self) -> u32 {
        self.k
    }
}

/// For example `0.5078 ± 0.0442`.
impl fmt::Display for Estimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.4} ± {:.4}", self.jaccard(), self.standard_error())
    }
}

/// Wilson's interval, within [0, 1], of a probability of which `matches` of `k` trials are known.
pub(crate) fn wilson(matches: u32, k: u32, z: f64) -> (f64, f64) {
    if k == 0 {
        return (0.0, 1.0);
    }
    let z = if z.is_finite() && z > 0.0 { z.min(1e6) } else { 0.0 };
    let trials = f64::from(k);
    let p = f64::from(matches) / trials;
    let scale = 1.0 + z * z / trials;
    let centre = (p + z * z / (2.0 * trials)) / scale;
    let half = z / scale * (p * (1.0 - p) / trials + z * z / (4.0 * trials * trials)).sqrt();
    let low = if matches == 0 { 0.0 } else { centre - half };
    let high = if matches == k { 1.0 } else { centre + half };
    (low.clamp(0.0, 1.0), high.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::EMPTY_LANE;

    #[test]
    fn empty_lanes_agree_with_nothing() {
        let empty = [EMPTY_LANE; 8];
        assert_eq!(Estimate::of_lanes(&empty, &empty).jaccard(), Jaccard::ZERO);
        assert_eq!(Estimate::of_lanes(&empty, &[1; 8]).matches(), 0);
        assert_eq!(Estimate::of_lanes(&[1; 8], &[1; 8]).jaccard(), Jaccard::ONE);
    }

    #[test]
    fn the_interval_holds_the_estimate_and_stays_in_range() {
        for matches in 0..=64 {
            let estimate = Estimate { matches, k: 64 };
            for z in [0.0, 1.0, 1.96, 5.0, 1e300, f64::NAN, -1.0] {
                let (low, high) = estimate.interval(z);
                let p = estimate.jaccard().get();
                assert!(low.get() <= p + 1e-12 && p <= high.get() + 1e-12, "{matches} {z}");
            }
            let (low, high) = estimate.interval(1.96);
            assert!(high.get() - low.get() > 0.03);
        }
    }
}
