//! Bootstrap intervals: how far a figure may be luck of the draw.

use super::contingency::total;
use crate::error::{Error, Result};

/// A closed interval of a figure.
#[derive(Clone, Copy, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Interval {
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// Percentile bootstrap at 95 %: draws parts with replacement, sums them, and computes the figure of each sum.
///
/// A *part* is what one independent unit adds: a gold cluster, a document, a group of pairs that share an article. Resampling
/// items instead of clusters would take articles of one story for independent and give intervals that are too narrow.
///
/// Source: Efron 1979; resampling of clusters: Davison and Hinkley, "Bootstrap methods and their application", 1997, section
/// 3.8. Complexity: O(resamples · parts). Deterministic: SplitMix64 (Steele, Lea and Flood 2014) from the seed.
///
/// ```
/// use wirecopy::eval::{Bootstrap, Score};
/// // right, reported, to find: one part a document.
/// let documents = [[1.0, 1.0, 1.0], [1.0, 2.0, 1.0], [0.0, 1.0, 1.0], [2.0, 2.0, 3.0]];
/// let bootstrap = Bootstrap::default();
/// let f1 = bootstrap.interval(&documents, |sum| Some(Score::of_counts(sum).f1)).expect("there are parts");
/// assert!(f1.low < 2.0 / 3.0 && 2.0 / 3.0 < f1.high);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bootstrap {
    seed: u64,
    resamples: usize,
}

impl Default for Bootstrap {
    /// 2,000 resamples from seed 1.
    fn default() -> Bootstrap {
        Bootstrap { seed: 1, resamples: 2_000 }
    }
}

impl Bootstrap {
    /// With another number of resamples.
    ///
    /// # Errors
    /// `is_config` below 40: the 2.5 % quantile would be the smallest value.
    pub fn with_resamples(self, resamples: usize) -> Result<Bootstrap> {
        if resamples < 40 {
            return Err(Error::config(format!(
                "{resamples} resamples cannot show a 95 % interval; take at least 40, better 1000"
            )));
        }
        Ok(Bootstrap { resamples, ..self })
    }

    /// With another seed.
    #[must_use]
    pub fn with_seed(self, seed: u64) -> Bootstrap {
        Bootstrap { seed, ..self }
    }

    /// The 95 % interval of a figure of the sum of the parts. Resamples in which it is undefined (`None` or not finite) are
    /// left out; `None` without parts or when it is never defined.
    pub fn interval<const N: usize>(
        &self,
        parts: &[[f64; N]],
        figure: impl Fn(&[f64; N]) -> Option<f64>,
    ) -> Option<Interval> {
        self.resampled(parts, figure)
    }

    /// The 95 % interval of what system `b` gains over system `a`, both scored on the same parts in the same order. The
    /// same draw is taken of both, so what is hard for both does not widen it.
    ///
    /// # Errors
    /// `is_input` when the numbers of parts differ.
    pub fn gain<const N: usize>(
        &self,
        a: &[[f64; N]],
        b: &[[f64; N]],
        figure: impl Fn(&[f64; N]) -> Option<f64>,
    ) -> Result<Option<Interval>> {
        if a.len() != b.len() {
            return Err(Error::input(format!(
                "a paired gain needs the same parts of both systems; there are {} and {}",
                a.len(),
                b.len()
            )));
        }
        let mut figures = Vec::with_capacity(self.resamples);
        let mut draws = SplitMix64(self.seed);
        let mut drawn = Vec::with_capacity(a.len());
        for _ in 0..self.resamples {
            drawn.clear();
            drawn.extend((0..a.len()).map(|_| draws.below(a.len())));
            let of_a = figure(&total(&pick(a, &drawn)));
            let of_b = figure(&total(&pick(b, &drawn)));
            figures.extend(of_a.zip(of_b).map(|(a, b)| b - a));
        }
        Ok(percentiles(figures))
    }

    fn resampled<const N: usize>(
        &self,
        parts: &[[f64; N]],
        figure: impl Fn(&[f64; N]) -> Option<f64>,
    ) -> Option<Interval> {
        let mut figures = Vec::with_capacity(self.resamples);
        let mut draws = SplitMix64(self.seed);
        for _ in 0..self.resamples {
            let mut sum = [0.0; N];
            for _ in parts {
                let part = parts.get(draws.below(parts.len()))?;
                for (sum, value) in sum.iter_mut().zip(part) {
                    *sum += value;
                }
            }
            figures.extend(figure(&sum));
        }
        if parts.is_empty() { None } else { percentiles(figures) }
    }
}

fn pick<const N: usize>(parts: &[[f64; N]], drawn: &[usize]) -> Vec<[f64; N]> {
    drawn.iter().filter_map(|&part| parts.get(part).copied()).collect()
}

/// The 2.5 % and 97.5 % quantiles, interpolated between neighbours (type 7 of Hyndman and Fan 1996).
fn percentiles(mut figures: Vec<f64>) -> Option<Interval> {
    figures.retain(|figure| figure.is_finite());
    figures.sort_by(f64::total_cmp);
    let quantile = |share: f64| {
        let place = share * (figures.len().checked_sub(1)?) as f64;
        let below = *figures.get(place as usize)?;
        let above = *figures.get(place as usize + 1).unwrap_or(&below);
        Some(below + (above - below) * place.fract())
    };
    Some(Interval { low: quantile(0.025)?, high: quantile(0.975)? })
}

struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`; its bias is under limit / 2⁶⁴.
    fn below(&mut self, limit: usize) -> usize {
        ((u128::from(self.next()) * limit as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Known answers of the reference implementation in C (Vigna), seed 1234567.
    #[test]
    fn splitmix_gives_the_published_sequence() {
        let mut draws = SplitMix64(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| draws.next()).collect();
        assert_eq!(
            first,
            vec![6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn the_interval_of_a_mean_is_near_the_normal_one() {
        // 400 coin throws, 160 heads: .4 ± 1.96 · √(.24/400) = .352 to .448.
        let parts: Vec<[f64; 2]> = (0..400).map(|i| [f64::from(u8::from(i < 160)), 1.0]).collect();
        let interval = Bootstrap::default().interval(&parts, |[x, n]| Some(x / n)).unwrap();
        assert!((interval.low - 0.352).abs() < 0.008, "{interval:?}");
        assert!((interval.high - 0.448).abs() < 0.008, "{interval:?}");
    }

    #[test]
    fn a_constant_gain_is_certain() {
        let a: Vec<[f64; 2]> = (0..50).map(|i| [f64::from(i % 7), 1.0]).collect();
        let b: Vec<[f64; 2]> = a.iter().map(|[x, n]| [x + 2.0, *n]).collect();
        let gain = Bootstrap::default().gain(&a, &b, |[x, n]| Some(x / n)).unwrap().unwrap();
        assert!((gain.low - 2.0).abs() < 1e-9 && (gain.high - 2.0).abs() < 1e-9, "{gain:?}");
        let alone = Bootstrap::default().interval(&a, |[x, n]| Some(x / n)).unwrap();
        assert!(alone.high - alone.low > 0.5, "{alone:?}");
    }

    #[test]
    fn no_parts_no_interval() {
        assert_eq!(Bootstrap::default().interval::<1>(&[], |_| Some(1.0)), None);
        assert_eq!(Bootstrap::default().interval(&[[1.0]], |_| None), None);
        assert!(Bootstrap::default().gain(&[[1.0]], &[], |_| None).is_err());
        assert!(Bootstrap::default().with_resamples(39).unwrap_err().is_config());
    }
}
