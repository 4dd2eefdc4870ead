//! All scores of clusters with their intervals.

use super::contingency::total;
use super::{
    Bootstrap, Contingency, Interval, Partition, Score, adjusted_rand_index_of,
    adjusted_rand_index_parts, bcubed_of, bcubed_parts, pairwise_of, pairwise_parts, v_measure_of,
    v_measure_parts, wilson,
};
use crate::error::Result;

/// A figure with its 95 % interval.
#[derive(Clone, Copy, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Where it lies with 95 % confidence.
    pub interval: Interval,
}

/// Precision, recall and F1 with their 95 % intervals.
#[derive(Clone, Copy, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ScoreEstimate {
    /// The figures.
    pub score: Score,
    /// Interval of the precision.
    pub precision_interval: Interval,
    /// Interval of the recall.
    pub recall_interval: Interval,
    /// Interval of F1.
    pub f1_interval: Interval,
}

/// Homogeneity, completeness and V with their 95 % intervals.
#[derive(Clone, Copy, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct VMeasureEstimate {
    /// Homogeneity.
    pub homogeneity: Estimate,
    /// Completeness.
    pub completeness: Estimate,
    /// Their harmonic mean.
    pub v: Estimate,
}

/// How well a predicted partition agrees with the gold one.
#[derive(Clone, Copy, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ClusteringScores {
    /// Number of items.
    pub items: usize,
    /// Number of gold clusters.
    pub gold_clusters: usize,
    /// Number of predicted clusters.
    pub predicted_clusters: usize,
    /// See [`bcubed`](super::bcubed()).
    pub bcubed: ScoreEstimate,
    /// See [`adjusted_rand_index`](super::adjusted_rand_index).
    pub adjusted_rand_index: Estimate,
    /// See [`v_measure`](super::v_measure()).
    pub v_measure: VMeasureEstimate,
    /// See [`pairwise`](super::pairwise()).
    pub pairwise: ScoreEstimate,
}

impl ScoreEstimate {
    /// The score of a sum of parts and its intervals. Without parts each interval is 0 to 1: nothing is known. Where all
    /// parts are perfect, or all wrong, resampling shows no doubt, and the interval is [`wilson`]'s of so many parts.
    pub fn of_parts<const N: usize>(
        parts: &[[f64; N]],
        score: impl Fn(&[f64; N]) -> Score,
        bootstrap: &Bootstrap,
    ) -> ScoreEstimate {
        let interval = |figure: fn(Score) -> f64| {
            let found = bootstrap.interval(parts, |sum| Some(figure(score(sum))));
            found.map_or(Interval { low: 0.0, high: 1.0 }, |found| not_a_point(found, parts))
        };
        ScoreEstimate {
            score: score(&total(parts)),
            precision_interval: interval(|score| score.precision),
            recall_interval: interval(|score| score.recall),
            f1_interval: interval(|score| score.f1),
        }
    }
}

impl Estimate {
    /// The figure of a sum of parts and its interval, `None` when the figure itself is undefined. Without parts the
    /// interval is the figure alone; a figure of 0 or 1 in every resample has [`wilson`]'s interval of so many parts.
    pub fn of_parts<const N: usize>(
        parts: &[[f64; N]],
        figure: impl Fn(&[f64; N]) -> Option<f64>,
        bootstrap: &Bootstrap,
    ) -> Option<Estimate> {
        let value = figure(&total(parts))?;
        let interval =
            bootstrap.interval(parts, figure).unwrap_or(Interval { low: value, high: value });
        Some(Estimate { value, interval: not_a_point(interval, parts) })
    }
}

/// Where all parts are perfect, or none has anything right, every draw is the same and the bootstrap would claim to be
/// certain. Then the interval is Wilson's of so many parts; those that are 0 throughout say nothing and do not count.
fn not_a_point<const N: usize>(interval: Interval, parts: &[[f64; N]]) -> Interval {
    let near =
        |value: f64| (interval.low - value).abs() < 1e-9 && (interval.high - value).abs() < 1e-9;
    let units = parts.iter().filter(|part| part.iter().any(|value| *value != 0.0)).count();
    let widened = if near(1.0) {
        wilson(units, units)
    } else if near(0.0) {
        wilson(0, units)
    } else {
        None
    };
    widened.unwrap_or(interval)
}

/// BCubed, adjusted Rand index, V-measure and pairwise scores of a prediction, each with its 95 % interval by resampling
/// gold clusters.
///
/// Complexity: O(items · log items + resamples · gold clusters).
///
/// ```
/// use wirecopy::eval::{Bootstrap, Partition, clustering};
/// let gold = Partition::from_labels([0, 0, 0, 1, 1, 2, 3, 3]);
/// let predicted = Partition::from_labels([0, 0, 1, 2, 2, 3, 4, 5]);
/// let scores = clustering(&gold, &predicted, &Bootstrap::default())?;
/// assert_eq!((scores.gold_clusters, scores.predicted_clusters), (4, 6));
/// assert!(scores.bcubed.f1_interval.low < scores.bcubed.score.f1);
/// # Ok::<(), wirecopy::Error>(())
/// ```
///
/// # Errors
/// `is_input` when the partitions have different numbers of items.
pub fn clustering(
    gold: &Partition,
    predicted: &Partition,
    bootstrap: &Bootstrap,
) -> Result<ClusteringScores> {
    let table = Contingency::new(gold, predicted)?;
    let rand = adjusted_rand_index_parts(&table);
    let entropies = v_measure_parts(&table);
    // Each figure is defined for every sum, so the fallbacks of `Option` are never taken.
    let figure = |found: Option<Estimate>| {
        found.unwrap_or(Estimate { value: 1.0, interval: Interval { low: 0.0, high: 1.0 } })
    };
    let v =
        |of: fn(&[f64; 4]) -> Option<f64>| figure(Estimate::of_parts(&entropies, of, bootstrap));
    Ok(ClusteringScores {
        items: table.items(),
        gold_clusters: table.gold_clusters(),
        predicted_clusters: table.predicted_clusters(),
        bcubed: ScoreEstimate::of_parts(&bcubed_parts(&table), bcubed_of, bootstrap),
        adjusted_rand_index: figure(Estimate::of_parts(
            &rand,
            |sum| Some(adjusted_rand_index_of(sum)),
            bootstrap,
        )),
        v_measure: VMeasureEstimate {
            homogeneity: v(|sum| Some(v_measure_of(sum).homogeneity)),
            completeness: v(|sum| Some(v_measure_of(sum).completeness)),
            v: v(|sum| Some(v_measure_of(sum).v)),
        },
        pairwise: ScoreEstimate::of_parts(&pairwise_parts(&table), pairwise_of, bootstrap),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_perfect_score_of_a_small_set_is_no_certainty() {
        let copies = vec![[1.0, 1.0, 1.0]; 17];
        let silent = vec![[0.0; 3]; 100];
        let parts = [copies, silent].concat();
        let it = ScoreEstimate::of_parts(&parts, Score::of_counts, &Bootstrap::default());
        assert_eq!(it.score.f1, 1.0);
        assert!((it.recall_interval.low - 0.816).abs() < 1e-3, "{it:?}");
        let one = Partition::from_labels([0, 0, 1]);
        let all = clustering(&one, &one, &Bootstrap::default()).unwrap();
        assert!(all.v_measure.v.interval.low < 0.5 && all.bcubed.f1_interval.low < 0.5);
        assert_eq!(all.adjusted_rand_index.interval.high, 1.0);
    }
}
