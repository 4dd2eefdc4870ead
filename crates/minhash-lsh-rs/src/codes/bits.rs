//! How many bits are kept of a lane.

use std::fmt;

use crate::{Error, Jaccard, Scheme};

/// The width of a code: 1, 2, 4, 8 or 16 bits.
///
/// Fewer bits take less memory and err more, because codes of different lanes agree by chance with
/// probability 2⁻ᵇ. For a given memory few bits of many lanes are better than many bits of few, as
/// long as similar sets are looked for (Li and König 2010); sketching more lanes takes more time.
/// Of 128 bytes a set of 650 elements, measured:
///
/// | bits | lanes | RMSE at J = .5 | at J = .8 | unlike pairs in a plan for recall .99 at .8 |
/// |---|---|---|---|---|
/// | 1 | 1024 | .0250 | .0164 | 1.1 · 10⁻⁵ |
/// | 2 | 512 | .0249 | .0175 | 5.4 · 10⁻⁷ |
/// | 4 | 256 | .0291 | .0220 | 4.1 · 10⁻¹⁰ |
/// | 8 | 128 | .0410 | .0319 | 5.7 · 10⁻¹⁴ |
/// | 16 | 64 | .0596 | .0468 | 9.9 · 10⁻²⁴ |
///
/// ```
/// use minhash_lsh::{CodeBits, Jaccard};
///
/// let bits = CodeBits::new(8)?;
/// assert_eq!(bits.bytes(128), 128); // a quarter of the 512 bytes of full lanes
/// let half = Jaccard::new(0.5)?;
/// assert!(bits.standard_error(half, 128) < 1.005 * (0.5_f64 * 0.5 / 128.0).sqrt());
/// assert!(CodeBits::new(3).unwrap_err().is_config());
/// # Ok::<(), minhash_lsh::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "u8", into = "u8"))]
pub struct CodeBits(u8);

impl CodeBits {
    /// Every width, ascending.
    pub const ALL: [Self; 5] = [Self(1), Self(2), Self(4), Self(8), Self(16)];

    /// Codes of `bits` bits.
    ///
    /// # Errors
    /// [`Error::is_config`] unless `bits` is 1, 2, 4, 8 or 16.
    pub fn new(bits: u8) -> Result<Self, Error> {
        Self::ALL.into_iter().find(|width| width.0 == bits).ok_or_else(|| {
            Error::config(format!(
                "codes of {bits} bits are not supported; use 1, 2, 4, 8 or 16, or compare the \
                 signatures themselves, which have 32"
            ))
        })
    }

    /// The number of bits.
    #[must_use]
    pub fn get(self) -> u8 {
        self.0
    }

    /// Bytes that `k` codes take, k being a multiple of 8 as in every [`Scheme`].
    #[must_use]
    pub fn bytes(self, k: usize) -> usize {
        // In eighths of k, so that no k overflows before the result does.
        (k / 8).saturating_mul(usize::from(self.0))
    }

    /// 2⁻ᵇ: the probability that the codes of two different lanes agree.
    #[must_use]
    pub fn chance(self) -> f64 {
        1.0 / f64::from(1_u32 << self.0)
    }

    /// J + (1 − J) · 2⁻ᵇ: the probability that the codes of a lane agree in sets of similarity
    /// `jaccard`.
    #[must_use]
    pub fn agreement(self, jaccard: Jaccard) -> f64 {
        let chance = self.chance();
        // Monotonous, and exactly 1 at J = 1.
        chance + jaccard.get() * (1.0 - chance)
    }

    /// The standard error of an estimate from `k` codes of independent lanes, at similarity
    /// `jaccard`: √(c(1 − c)/k)/(1 − 2⁻ᵇ) with c = [`agreement`](Self::agreement), which is
    /// √((J(1 − J) + (1 − J)/(2ᵇ − 1))/k).
    ///
    /// The second term is the price of the width. The first is that of full lanes, of which this
    /// sketch has a factor of 0.5 to 1, depending on the sizes of the sets (see
    /// [`Estimate::standard_error`](crate::Estimate::standard_error)), so the true error is smaller.
    ///
    /// It is 0 for `k` = 0, where there is nothing to estimate.
    #[must_use]
    pub fn standard_error(self, jaccard: Jaccard, k: usize) -> f64 {
        self.error_of(self.agreement(jaccard), k)
    }

    /// √(c(1 − c)/k)/(1 − 2⁻ᵇ) for a share c of codes that agree.
    pub(super) fn error_of(self, agreement: f64, k: usize) -> f64 {
        if k == 0 {
            return 0.0;
        }
        (agreement * (1.0 - agreement) / k as f64).sqrt() / (1.0 - self.chance())
    }

    /// (c − 2⁻ᵇ)/(1 − 2⁻ᵇ): the similarity at which a share c of codes is expected to agree.
    pub(super) fn similarity_of(self, agreement: f64) -> f64 {
        let chance = self.chance();
        (agreement - chance) / (1.0 - chance)
    }

    /// Refuses to compare codes of different schemes or widths.
    pub(super) fn require_same(
        self,
        scheme: &Scheme,
        other: Self,
        other_scheme: &Scheme,
    ) -> Result<(), Error> {
        scheme.require_same(other_scheme)?;
        if self == other {
            return Ok(());
        }
        Err(Error::incompatible(format!(
            "codes of {self} and of {other} cannot be compared; make both from their signatures \
             with one width"
        )))
    }
}

/// For example `8 bits`.
impl fmt::Display for CodeBits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bit{}", self.0, if self.0 == 1 { "" } else { "s" })
    }
}

impl TryFrom<u8> for CodeBits {
    type Error = Error;

    fn try_from(bits: u8) -> Result<Self, Error> {
        Self::new(bits)
    }
}

impl From<CodeBits> for u8 {
    fn from(bits: CodeBits) -> Self {
        bits.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_five_widths_exist() {
        let found: Vec<u8> = (0..=u8::MAX).filter(|&bits| CodeBits::new(bits).is_ok()).collect();
        assert_eq!(found, [1, 2, 4, 8, 16]);
        assert!(CodeBits::new(32).unwrap_err().is_config());
    }

    #[test]
    fn the_two_forms_of_the_standard_error_agree() {
        for bits in CodeBits::ALL {
            for step in 0..=20 {
                let j = f64::from(step) / 20.0;
                let price = (1.0 - j) / (f64::from(1_u32 << bits.get()) - 1.0);
                let expected = ((j * (1.0 - j) + price) / 128.0).sqrt();
                let found = bits.standard_error(Jaccard::new(j).unwrap(), 128);
                assert!((found - expected).abs() < 1e-12, "{bits} at {j}: {found}, {expected}");
            }
        }
    }

    #[test]
    fn similarity_undoes_agreement() {
        for bits in CodeBits::ALL {
            assert_eq!(bits.agreement(Jaccard::ONE), 1.0);
            assert_eq!(bits.agreement(Jaccard::ZERO), bits.chance());
            for step in 0..=20 {
                let jaccard = Jaccard::from_ratio(step, 20);
                let back = bits.similarity_of(bits.agreement(jaccard));
                assert!((back - jaccard.get()).abs() < 1e-12);
            }
        }
    }
}
