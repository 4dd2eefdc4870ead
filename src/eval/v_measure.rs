//! V-measure: homogeneity and completeness by entropy.

use super::contingency::total;
use super::{Contingency, Partition};
use crate::error::Result;

/// Homogeneity, completeness and V, each 0 to 1.
#[derive(Clone, Copy, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct VMeasure {
    /// 1 − H(gold | predicted) / H(gold): predicted clusters hold items of one gold cluster only.
    pub homogeneity: f64,
    /// 1 − H(predicted | gold) / H(predicted): items of a gold cluster are all in one predicted cluster.
    pub completeness: f64,
    /// Harmonic mean of the two (β = 1), which is the normalised mutual information with the arithmetic mean.
    pub v: f64,
}

/// V-measure with β = 1.
///
/// Source: Rosenberg and Hirschberg, "V-Measure: a conditional entropy-based external cluster evaluation measure",
/// EMNLP 2007. Complexity: O(items · log items). It is not corrected for chance: many small clusters score high. Edge
/// cases: an entropy of 0 (one cluster, or no item) makes its share 1, so all alone against one gold cluster has
/// homogeneity 1, completeness 0.
///
/// ```
/// use wirecopy::eval::{Partition, v_measure};
/// let gold = Partition::from_labels([0, 0, 1, 1]);
/// let split = Partition::from_labels([0, 0, 1, 2]);
/// let score = v_measure(&gold, &split)?;
/// assert_eq!(score.homogeneity, 1.0);
/// assert!((score.completeness - 2.0 / 3.0).abs() < 1e-12); // H(predicted) = 1.5 bits, H(predicted | gold) = 0.5
/// # Ok::<(), wirecopy::Error>(())
/// ```
///
/// # Errors
/// `is_input` when the partitions have different numbers of items.
pub fn v_measure(gold: &Partition, predicted: &Partition) -> Result<VMeasure> {
    Ok(v_measure_of(&total(&v_measure_parts(&Contingency::new(gold, predicted)?))))
}

/// For each gold cluster, the sums over its items of: ln gold size, ln predicted size, ln cell size, and 1.
///
/// All four entropies follow from the totals: H(gold) = ln n − Σ ln gold / n, H(gold | predicted) = (Σ ln predicted −
/// Σ ln cell) / n, and the same with the sides exchanged.
pub fn v_measure_parts(table: &Contingency) -> Vec<[f64; 4]> {
    table.by_gold_cluster(|shared, gold, predicted| {
        [
            shared * libm::log(gold),
            shared * libm::log(predicted),
            shared * libm::log(shared),
            shared,
        ]
    })
}

/// The measure of a total of [`v_measure_parts`].
pub fn v_measure_of(&[gold, predicted, cell, items]: &[f64; 4]) -> VMeasure {
    let whole = if items > 0.0 { items * libm::log(items) } else { 0.0 };
    let homogeneity = explained(predicted - cell, whole - gold, whole);
    let completeness = explained(gold - cell, whole - predicted, whole);
    let sum = homogeneity + completeness;
    let v = if sum > 0.0 { 2.0 * homogeneity * completeness / sum } else { 0.0 };
    VMeasure { homogeneity, completeness, v }
}

/// 1 − conditional / entropy, with rounding noise of an entropy that is really 0 taken for 0.
fn explained(conditional: f64, entropy: f64, scale: f64) -> f64 {
    if entropy <= 1e-12 * scale.max(1.0) {
        1.0
    } else {
        (1.0 - conditional / entropy).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degenerate_partitions() {
        let alone = Partition::from_labels(0..6);
        let one = Partition::from_labels([0; 6]);
        let score = v_measure(&one, &alone).unwrap();
        assert!(score.homogeneity == 1.0 && score.completeness < 1e-12 && score.v < 1e-12);
        let score = v_measure(&alone, &one).unwrap();
        assert!(score.homogeneity < 1e-12 && score.completeness == 1.0 && score.v < 1e-12);
        assert_eq!(v_measure(&one, &one).unwrap().v, 1.0);
        assert_eq!(v_measure(&alone, &alone).unwrap().v, 1.0);
        let none = Partition::from_labels::<u8>([]);
        assert_eq!(v_measure(&none, &none).unwrap().v, 1.0);
    }

    #[test]
    fn independent_partitions_explain_nothing() {
        let gold = Partition::from_labels([0, 0, 1, 1]);
        let across = Partition::from_labels([0, 1, 0, 1]);
        let score = v_measure(&gold, &across).unwrap();
        assert!(score.homogeneity < 1e-12 && score.completeness < 1e-12);
    }
}
