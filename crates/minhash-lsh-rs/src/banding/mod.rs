//! Which lanes must agree for two sets to be compared.

mod cost;
mod curve;
mod hasher;

use std::fmt;

use crate::codec::{Reader, Tag, Writer};
use crate::{Error, Jaccard, Scheme};

pub use cost::BandingCost;
pub use curve::Curve;
pub(crate) use curve::{points_of, write_table};
pub(crate) use hasher::BandHasher;

const TAG: Tag = *b"mhbd";

/// A division of signatures into `bands` of `rows` lanes each. Two sets are a *candidate pair* if
/// all lanes of at least one band agree, which happens with probability 1 − (1 − Jʳ)ᵇ.
///
/// Banding is due to Indyk and Motwani (STOC 1998) and Gionis, Indyk and Motwani (VLDB 1999); the
/// analysis is section 3.4 of Leskovec, Rajaraman and Ullman, *Mining of Massive Datasets*.
///
/// Ask for a recall rather than for numbers of bands:
///
/// ```
/// use minhash_lsh::{Banding, Jaccard};
///
/// let banding = Banding::for_recall(Jaccard::new(0.8)?, 0.99, 128)?;
/// assert_eq!((banding.bands(), banding.rows()), (16, 6));
/// # Ok::<(), minhash_lsh::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "RawBanding"))]
pub struct Banding {
    bands: u32,
    rows: u32,
}

impl Banding {
    /// `bands` bands of `rows` lanes each.
    ///
    /// # Errors
    /// [`Error::is_config`] if either is zero or they need more than 1024 lanes.
    pub fn new(bands: usize, rows: usize) -> Result<Self, Error> {
        let lanes = bands.checked_mul(rows).filter(|lanes| (1..=Scheme::MAX_K).contains(lanes));
        match (lanes, u32::try_from(bands), u32::try_from(rows)) {
            (Some(_), Ok(bands), Ok(rows)) => Ok(Self { bands, rows }),
            _ => Err(Error::config(format!(
                "{bands} bands of {rows} rows do not take 1 to {} lanes; both must be at least 1 \
                 and their product at most the k of the signatures",
                Scheme::MAX_K
            ))),
        }
    }

    /// The banding of at most `k` lanes that makes a pair of similarity `jaccard` a candidate with
    /// probability at least `recall`, and dissimilar pairs as rarely as possible.
    ///
    /// It takes the most rows with which `k` lanes reach the recall (more rows, steeper curve, so
    /// fewer candidates below the threshold), and then the fewest bands. All alternatives are given by
    /// [`all_for_recall`](Self::all_for_recall). O(k log k).
    ///
    /// # Errors
    /// [`Error::is_unreachable`] (an [`Error::is_config`]) if no banding of `k` lanes reaches the
    /// recall; [`Error::is_config`] unless `recall` is in (0, 1] and `k` in 1..=1024.
    pub fn for_recall(jaccard: Jaccard, recall: f64, k: usize) -> Result<Self, Error> {
        require_recall_and_k(recall, k)?;
        (1..=k)
            .rev()
            .find_map(|rows| fewest_bands(jaccard, recall, rows, k))
            .ok_or_else(|| unreachable(jaccard, recall, k))
    }

    /// For every number of rows with which `k` lanes reach the recall, the banding with the fewest
    /// bands, by descending rows; the first is [`for_recall`](Self::for_recall).
    ///
    /// ```
    /// use minhash_lsh::{Banding, Jaccard};
    ///
    /// let j = Jaccard::new(0.8)?;
    /// for banding in Banding::all_for_recall(j, 0.99, 128)? {
    ///     assert!(banding.probability(j) >= 0.99);
    /// }
    /// # Ok::<(), minhash_lsh::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`for_recall`](Self::for_recall).
    pub fn all_for_recall(jaccard: Jaccard, recall: f64, k: usize) -> Result<Vec<Self>, Error> {
        require_recall_and_k(recall, k)?;
        let found: Vec<_> =
            (1..=k).rev().filter_map(|rows| fewest_bands(jaccard, recall, rows, k)).collect();
        if found.is_empty() { Err(unreachable(jaccard, recall, k)) } else { Ok(found) }
    }

    /// How many bands there are.
    #[must_use]
    pub fn bands(&self) -> usize {
        self.bands as usize
    }

    /// Lanes of a band.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows as usize
    }

    /// Lanes in use: bands × rows. Lanes of a signature beyond these are left out.
    #[must_use]
    pub fn lanes(&self) -> usize {
        self.bands() * self.rows()
    }

    /// The probability that a pair of similarity `jaccard` is a candidate: 1 − (1 − Jʳ)ᵇ.
    ///
    /// Computed by multiplications alone, so the same on every machine, and exact to the last few
    /// bits also where it is tiny.
    #[must_use]
    pub fn probability(&self, jaccard: Jaccard) -> f64 {
        at_least_once(all_of(jaccard.get(), self.rows), self.bands)
    }

    /// The probability of being a candidate over the range of similarities; it prints as a table.
    #[must_use]
    pub fn curve(&self) -> Curve {
        Curve::of(self)
    }

    /// What candidate search costs among `sets` sets of which two unrelated ones have the
    /// similarity `unrelated`.
    #[must_use]
    pub fn cost(&self, sets: u64, unrelated: Jaccard) -> BandingCost {
        BandingCost::new(self.bands(), sets, unrelated, self.probability(unrelated))
    }

    /// Refuses signatures with fewer lanes than the bands take.
    pub(crate) fn require_lanes(&self, scheme: &Scheme) -> Result<(), Error> {
        if self.lanes() <= scheme.k() {
            return Ok(());
        }
        Err(Error::config(format!(
            "{self} take {} lanes, but the signatures have k = {}; plan with that k or sketch \
             with more lanes",
            self.lanes(),
            scheme.k()
        )))
    }

    /// The bands of a signature, in order.
    pub(crate) fn split<'a>(&self, lanes: &'a [u32]) -> impl Iterator<Item = &'a [u32]> {
        lanes.chunks_exact(self.rows()).take(self.bands())
    }

    /// The banding as 12 bytes, little-endian: `"mhbd"`, bands u32, rows u32.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new(TAG, 8);
        writer.u32(self.bands);
        writer.u32(self.rows);
        writer.finish()
    }

    /// Reads what [`Banding::encode`] wrote, and nothing else.
    ///
    /// # Errors
    /// [`Error::is_corrupt`] for bytes that were never written.
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, TAG, "banding")?;
        let (bands, rows) = (reader.u32()?, reader.u32()?);
        reader.finish()?;
        Self::new(bands as usize, rows as usize)
            .map_err(|error| Error::corrupt(format!("stored banding: {error}")))
    }
}

/// For example `16 bands × 8 rows`.
impl fmt::Display for Banding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |count: u32| if count == 1 { "" } else { "s" };
        let Self { bands, rows } = *self;
        write!(f, "{bands} band{} × {rows} row{}", plural(bands), plural(rows))
    }
}

#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBanding {
    bands: u32,
    rows: u32,
}

#[cfg(feature = "serde")]
impl TryFrom<RawBanding> for Banding {
    type Error = Error;

    fn try_from(raw: RawBanding) -> Result<Self, Error> {
        Self::new(raw.bands as usize, raw.rows as usize)
    }
}

/// pⁿ: the probability that all of `n` independent events happen.
fn all_of(p: f64, n: u32) -> f64 {
    by_doubling(p, n, 1.0, |a, b| a * b)
}

/// 1 − (1 − p)ⁿ: the probability that at least one of `n` independent events happens.
///
/// The naive formula loses everything below 10⁻¹⁶; P(A or B) = a + b(1 − a) loses nothing.
fn at_least_once(p: f64, n: u32) -> f64 {
    by_doubling(p, n, 0.0, |a, b| a + b * (1.0 - a))
}

/// Combines `n` copies of `one` by square and multiply.
fn by_doubling(one: f64, mut n: u32, nothing: f64, combine: impl Fn(f64, f64) -> f64) -> f64 {
    let (mut result, mut power) = (nothing, one);
    while n > 0 {
        if n % 2 == 1 {
            result = combine(result, power);
        }
        power = combine(power, power);
        n /= 2;
    }
    result
}

/// The banding of `rows` rows with the fewest bands that reaches the recall with `k` lanes.
fn fewest_bands(jaccard: Jaccard, recall: f64, rows: usize, k: usize) -> Option<Banding> {
    let band = all_of(jaccard.get(), rows as u32);
    let most = (k / rows) as u32;
    let reaches = |bands: u32| at_least_once(band, bands) >= recall;
    if most == 0 || !reaches(most) {
        return None;
    }
    // The probability grows with the bands, so bisect: `low` bands miss the recall, `high` reach it.
    let (mut low, mut high) = (0, most);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if reaches(middle) { high = middle } else { low = middle }
    }
    Some(Banding { bands: high, rows: rows as u32 })
}

fn require_recall_and_k(recall: f64, k: usize) -> Result<(), Error> {
    if !(recall > 0.0 && recall <= 1.0) {
        return Err(Error::config(format!(
            "{recall} is not a recall; give a number above 0 and up to 1, such as 0.99"
        )));
    }
    if !(1..=Scheme::MAX_K).contains(&k) {
        return Err(Error::config(format!(
            "k = {k} lanes cannot be divided into bands; pass the k of the signatures, \
             {} to {}",
            Scheme::MIN_K,
            Scheme::MAX_K
        )));
    }
    Ok(())
}

/// What to do where k lanes, which reach `reached(k)`, are too few for `recall`.
pub(crate) fn way_out(recall: f64, k: usize, reached: impl Fn(usize) -> f64) -> String {
    match (k..=Scheme::MAX_K).find(|&k| k.is_multiple_of(8) && reached(k) >= recall) {
        Some(k) => format!("use k ≥ {k}, a higher threshold or a lower recall"),
        None => format!(
            "no k up to {} reaches it; use a higher threshold or a lower recall",
            Scheme::MAX_K
        ),
    }
}

/// Says how far `k` lanes come, and what would come far enough.
fn unreachable(jaccard: Jaccard, recall: f64, k: usize) -> Error {
    // One row a band gives the highest probability there is.
    let reached = |lanes: usize| at_least_once(jaccard.get(), lanes as u32);
    let way_out = way_out(recall, k, reached);
    Error::unreachable(format!(
        "recall {recall} at Jaccard {jaccard} is out of reach with k = {k} lanes, which reach {:.4}; \
         {way_out}",
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
    fn probability_is_the_banding_formula() {
        for (bands, rows) in [(1, 1), (16, 8), (20, 5), (1, 1024), (1024, 1), (31, 33)] {
            let banding = Banding::new(bands, rows).unwrap();
            for step in 0..=20 {
                let s = f64::from(step) / 20.0;
                let expected = 1.0 - (1.0 - s.powi(rows as i32)).powi(bands as i32);
                let found = banding.probability(j(s));
                assert!((found - expected).abs() < 1e-12, "{banding} at {s}");
            }
        }
    }

    #[test]
    fn tiny_probabilities_are_not_lost() {
        // 16 · 0.001⁸ = 1.6e-23, where 1 − (1 − p)¹⁶ is 0 in floating point.
        let found = Banding::new(16, 8).unwrap().probability(j(0.001));
        assert!((found / 1.6e-23 - 1.0).abs() < 1e-9, "{found}");
    }

    #[test]
    fn a_plan_reaches_its_recall_and_no_neighbour_with_more_rows_or_fewer_bands_does() {
        for k in [8, 64, 128, 1024] {
            for threshold in [0.1, 0.3, 0.5, 0.8, 0.95, 1.0] {
                for recall in [0.5, 0.9, 0.99, 0.9999] {
                    check_plan(k, j(threshold), recall);
                }
            }
        }
    }

    fn check_plan(k: usize, threshold: Jaccard, recall: f64) {
        let reaches = |bands: usize, rows: usize| {
            Banding::new(bands, rows).is_ok_and(|plan| plan.probability(threshold) >= recall)
        };
        match Banding::for_recall(threshold, recall, k) {
            Ok(plan) => {
                assert!(plan.lanes() <= k && plan.probability(threshold) >= recall);
                let all = Banding::all_for_recall(threshold, recall, k).unwrap();
                assert_eq!(all.first(), Some(&plan));
                for plan in all {
                    assert!(reaches(plan.bands(), plan.rows()));
                    assert!(!reaches(plan.bands() - 1, plan.rows()), "{plan}: a band too many");
                }
                for rows in plan.rows() + 1..=k {
                    assert!(!reaches(k / rows, rows), "{plan}: {rows} rows would do");
                }
            }
            Err(error) => {
                assert!(error.is_unreachable() && error.is_config());
                assert!((1..=k).all(|rows| !reaches(k / rows, rows)), "{error}");
            }
        }
    }

    #[test]
    fn what_cannot_be_reached_says_what_can() {
        let error = Banding::for_recall(j(0.02), 0.99, 128).unwrap_err().to_string();
        assert!(error.contains("k ≥ 232"), "{error}");
        let error = Banding::for_recall(j(0.0), 0.5, 128).unwrap_err().to_string();
        assert!(error.contains("no k up to 1024"), "{error}");
    }

    #[test]
    fn senseless_plans_are_refused() {
        for (bands, rows) in [(0, 1), (1, 0), (0, 0), (1025, 1), (2, 513), (usize::MAX, 2)] {
            assert!(Banding::new(bands, rows).unwrap_err().is_config(), "{bands} × {rows}");
        }
        for recall in [0.0, -1.0, 1.01, f64::NAN] {
            assert!(Banding::for_recall(j(0.5), recall, 128).unwrap_err().is_config());
        }
        for k in [0, 1025] {
            assert!(Banding::for_recall(j(0.5), 0.9, k).unwrap_err().is_config());
        }
    }

    #[test]
    fn decoding_accepts_exactly_what_encoding_writes() {
        let banding = Banding::new(16, 8).unwrap();
        let bytes = banding.encode();
        assert_eq!(Banding::decode(&bytes).unwrap(), banding);
        for cut in 0..bytes.len() {
            assert!(Banding::decode(&bytes[..cut]).unwrap_err().is_corrupt());
        }
        assert!(Banding::decode(b"mhbd\0\0\0\0\x08\0\0\0").unwrap_err().is_corrupt());
    }
}
