//! Which codes must agree for two sets to be compared.

use std::fmt;

use super::{CodeBits, CodeCurve};
use crate::banding::way_out;
use crate::codec::{Reader, Tag, Writer};
use crate::{Banding, BandingCost, Error, Jaccard, Scheme};

const TAG: Tag = *b"mhcb";

/// A [`Banding`] of codes: two sets are a *candidate pair* if all codes of at least one band agree,
/// which happens with probability 1 − (1 − cʳ)ᵇᵃⁿᵈˢ, where c = J + (1 − J) · 2⁻ᵇ.
///
/// Codes agree by chance, so a plan of full lanes does not hold for them. In few bits, similar
/// sets are found just as well with more rows, but unlike sets become candidates far more often:
/// a band of r rows agrees by chance with probability 2⁻ʳᵇ, whatever the recall. Look at
/// [`cost`](Self::cost) before using 1 or 2 bits for more than some thousand sets.
///
/// ```
/// use minhash_lsh::{CodeBanding, CodeBits, Jaccard};
///
/// let at = Jaccard::new(0.8)?;
/// let eight = CodeBanding::for_recall(at, 0.99, 128, CodeBits::new(8)?)?;
/// let one = CodeBanding::for_recall(at, 0.99, 128, CodeBits::new(1)?)?;
/// assert_eq!(eight.to_string(), "16 bands × 6 rows of 8 bits");
/// assert_eq!(one.to_string(), "11 bands × 10 rows of 1 bit");
/// assert!(eight.probability(at) >= 0.99 && one.probability(at) >= 0.99);
/// // Of two unlike sets, every hundredth pair is a candidate with 1 bit, and none with 8.
/// assert!(one.probability(Jaccard::ZERO) > 0.01);
/// assert!(eight.probability(Jaccard::ZERO) < 1e-12);
/// # Ok::<(), minhash_lsh::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct CodeBanding {
    banding: Banding,
    bits: CodeBits,
}

impl CodeBanding {
    /// `bands` bands of `rows` codes of `bits` bits each.
    ///
    /// # Errors
    /// [`Error::is_config`] if either number is zero or they need more than 1024 codes.
    pub fn new(bands: usize, rows: usize, bits: CodeBits) -> Result<Self, Error> {
        Ok(Self { banding: Banding::new(bands, rows)?, bits })
    }

    /// The banding of at most `k` codes that makes a pair of similarity `jaccard` a candidate with
    /// probability at least `recall`, and dissimilar pairs as rarely as possible; chosen as
    /// [`Banding::for_recall`] does. O(k log k).
    ///
    /// # Errors
    /// [`Error::is_unreachable`] (an [`Error::is_config`]) if no banding of `k` codes reaches the
    /// recall; [`Error::is_config`] unless `recall` is in (0, 1] and `k` in 1..=1024.
    pub fn for_recall(
        jaccard: Jaccard,
        recall: f64,
        k: usize,
        bits: CodeBits,
    ) -> Result<Self, Error> {
        match Banding::for_recall(agreement(bits, jaccard), recall, k) {
            Ok(banding) => Ok(Self { banding, bits }),
            Err(error) if error.is_unreachable() => Err(unreachable(jaccard, recall, k, bits)),
            Err(error) => Err(error),
        }
    }

    /// For every number of rows with which `k` codes reach the recall, the banding with the fewest
    /// bands, by descending rows; the first is [`for_recall`](Self::for_recall).
    ///
    /// # Errors
    /// As [`for_recall`](Self::for_recall).
    pub fn all_for_recall(
        jaccard: Jaccard,
        recall: f64,
        k: usize,
        bits: CodeBits,
    ) -> Result<Vec<Self>, Error> {
        match Banding::all_for_recall(agreement(bits, jaccard), recall, k) {
            Ok(found) => Ok(found.into_iter().map(|banding| Self { banding, bits }).collect()),
            Err(error) if error.is_unreachable() => Err(unreachable(jaccard, recall, k, bits)),
            Err(error) => Err(error),
        }
    }

    /// How many bands there are.
    #[must_use]
    pub fn bands(&self) -> usize {
        self.banding.bands()
    }

    /// Codes of a band.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.banding.rows()
    }

    /// Bits of a code.
    #[must_use]
    pub fn bits(&self) -> CodeBits {
        self.bits
    }

    /// Codes in use: bands × rows. Codes of a set beyond these are left out.
    #[must_use]
    pub fn lanes(&self) -> usize {
        self.banding.lanes()
    }

    /// The probability that a pair of similarity `jaccard` is a candidate: 1 − (1 − cʳ)ᵇᵃⁿᵈˢ with
    /// c = [`CodeBits::agreement`].
    ///
    /// Computed by multiplications alone, so the same on every machine, and exact to the last few
    /// bits also where it is tiny.
    #[must_use]
    pub fn probability(&self, jaccard: Jaccard) -> f64 {
        self.banding.probability(agreement(self.bits, jaccard))
    }

    /// The probability of being a candidate over the range of similarities; it prints as a table.
    #[must_use]
    pub fn curve(&self) -> CodeCurve {
        CodeCurve::of(self)
    }

    /// What candidate search costs among `sets` sets of which two unrelated ones have the
    /// similarity `unrelated`.
    ///
    /// ```
    /// use minhash_lsh::{CodeBanding, CodeBits, Jaccard};
    ///
    /// let unrelated = Jaccard::new(0.02)?;
    /// let pairs = |bands, rows, bits| -> Result<f64, minhash_lsh::Error> {
    ///     let banding = CodeBanding::new(bands, rows, CodeBits::new(bits)?)?;
    ///     Ok(banding.cost(1_000_000, unrelated).unrelated_pairs())
    /// };
    /// assert!(pairs(16, 6, 8)? < 2_000.0);
    /// assert!(pairs(11, 10, 1)? > 5e9); // more than a hundredth of 5 · 10¹¹ pairs
    /// # Ok::<(), minhash_lsh::Error>(())
    /// ```
    #[must_use]
    pub fn cost(&self, sets: u64, unrelated: Jaccard) -> BandingCost {
        BandingCost::new(self.bands(), sets, unrelated, self.probability(unrelated))
    }

    /// Refuses codes of another width, and fewer of them than the bands take.
    pub(super) fn require_codes(&self, scheme: &Scheme, bits: CodeBits) -> Result<(), Error> {
        if bits != self.bits {
            return Err(Error::incompatible(format!(
                "{self} do not hold for codes of {bits}; plan with the width of the codes"
            )));
        }
        if self.lanes() > scheme.k() {
            return Err(Error::config(format!(
                "{self} take {} codes, but there are k = {}; plan with that k or sketch with more \
                 lanes",
                self.lanes(),
                scheme.k()
            )));
        }
        Ok(())
    }

    /// The banding as 16 bytes, little-endian: `"mhcb"`, bands u32, rows u32, bits u32.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new(TAG, 12);
        writer.u32(self.bands() as u32);
        writer.u32(self.rows() as u32);
        writer.u32(u32::from(self.bits.get()));
        writer.finish()
    }

    /// Reads what [`CodeBanding::encode`] wrote, and nothing else.
    ///
    /// # Errors
    /// [`Error::is_corrupt`] for bytes that were never written.
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, TAG, "banding of codes")?;
        let (bands, rows, bits) = (reader.u32()?, reader.u32()?, reader.u32()?);
        reader.finish()?;
        CodeBits::new(u8::try_from(bits).unwrap_or(u8::MAX))
            .and_then(|bits| Self::new(bands as usize, rows as usize, bits))
            .map_err(|error| Error::corrupt(format!("stored banding of codes: {error}")))
    }
}

/// For example `16 bands × 6 rows of 8 bits`.
impl fmt::Display for CodeBanding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.banding, self.bits)
    }
}

/// The agreement of codes as the similarity that full lanes would need for it.
fn agreement(bits: CodeBits, jaccard: Jaccard) -> Jaccard {
    Jaccard::new(bits.agreement(jaccard).clamp(0.0, 1.0)).unwrap_or(Jaccard::ZERO)
}

/// Says how far `k` codes come, and what would come far enough.
fn unreachable(jaccard: Jaccard, recall: f64, k: usize, bits: CodeBits) -> Error {
    // One row a band gives the highest probability there is.
    let reached =
        |k: usize| CodeBanding::new(k, 1, bits).map_or(0.0, |banding| banding.probability(jaccard));
    let way_out = way_out(recall, k, reached);
    Error::unreachable(format!(
        "recall {recall} at Jaccard {jaccard} is out of reach with k = {k} codes of {bits}, which \
         reach {:.4}; {way_out}",
        reached(k)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn j(value: f64) -> Jaccard {
        Jaccard::new(value).unwrap()
    }

    #[test]
    fn probability_is_the_banding_formula_of_the_agreement() {
        for bits in CodeBits::ALL {
            for (bands, rows) in [(1, 1), (16, 8), (12, 10), (1024, 1), (1, 1024)] {
                let banding = CodeBanding::new(bands, rows, bits).unwrap();
                for step in 0..=20 {
                    let s = f64::from(step) / 20.0;
                    let c = s + (1.0 - s) * 0.5_f64.powi(i32::from(bits.get()));
                    let expected = 1.0 - (1.0 - c.powi(rows as i32)).powi(bands as i32);
                    let found = banding.probability(j(s));
                    assert!((found - expected).abs() < 1e-12, "{banding} at {s}");
                }
            }
        }
    }

    #[test]
    fn a_plan_reaches_its_recall_and_no_plan_with_more_rows_does() {
        for bits in CodeBits::ALL {
            for threshold in [0.1, 0.5, 0.8, 1.0] {
                for recall in [0.5, 0.9, 0.99] {
                    let plan = CodeBanding::for_recall(j(threshold), recall, 64, bits);
                    let reaches = |bands: usize, rows: usize| {
                        CodeBanding::new(bands, rows, bits)
                            .is_ok_and(|plan| plan.probability(j(threshold)) >= recall)
                    };
                    match plan {
                        Ok(plan) => {
                            assert!(reaches(plan.bands(), plan.rows()) && plan.lanes() <= 64);
                            assert!((plan.rows() + 1..=64).all(|rows| !reaches(64 / rows, rows)));
                            assert!(!reaches(plan.bands() - 1, plan.rows()));
                            let all = CodeBanding::all_for_recall(j(threshold), recall, 64, bits);
                            assert_eq!(all.unwrap().first(), Some(&plan));
                        }
                        Err(error) => {
                            assert!(error.is_unreachable(), "{error}");
                            assert!((1..=64).all(|rows| !reaches(64 / rows, rows)));
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn what_cannot_be_reached_names_the_similarity_asked_for_and_what_would_do() {
        let bits = CodeBits::new(16).unwrap();
        let error = CodeBanding::for_recall(j(0.02), 0.99, 128, bits).unwrap_err();
        assert!(error.is_unreachable() && error.is_config());
        assert!(error.to_string().contains("Jaccard 0.02"), "{error}");
        assert!(error.to_string().contains("k ≥ 232"), "{error}");
        assert!(CodeBanding::for_recall(j(0.5), 1.5, 128, bits).unwrap_err().is_config());
    }

    #[test]
    fn decoding_accepts_exactly_what_encoding_writes() {
        let banding = CodeBanding::new(12, 10, CodeBits::new(2).unwrap()).unwrap();
        let bytes = banding.encode();
        assert_eq!(CodeBanding::decode(&bytes).unwrap(), banding);
        for cut in 0..bytes.len() {
            assert!(CodeBanding::decode(&bytes[..cut]).unwrap_err().is_corrupt());
        }
        for (at, value) in [(0, b'x'), (4, 0), (12, 3), (13, 1)] {
            let mut changed = bytes.clone();
            changed[at] = value;
            assert!(CodeBanding::decode(&changed).unwrap_err().is_corrupt(), "byte {at}");
        }
    }
}
