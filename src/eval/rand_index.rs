//! The adjusted Rand index: agreement on pairs, corrected for chance.

use super::contingency::total;
use super::{Contingency, Partition};
use crate::error::Result;

/// The adjusted Rand index: 1 for equal partitions, 0 on average for random ones of the same cluster sizes,
/// negative for worse than random.
///
/// With *t* the pairs together on both sides, *g* and *p* those together in gold and in the prediction, and *m* all
/// pairs: (t − gp/m) / ((g + p)/2 − gp/m).
///
/// Source: Hubert and Arabie, "Comparing partitions", 1985. Complexity: O(items · log items). Edge cases: where the
/// denominator is 0 both sides are one cluster or both are all alone, which agree: 1. Fewer than two items: 1. All alone
/// against one cluster: 0.
///
/// ```
/// use wirecopy::eval::{Partition, adjusted_rand_index};
/// let gold = Partition::from_labels([0, 0, 1, 1]);
/// assert_eq!(adjusted_rand_index(&gold, &Partition::from_labels(["b", "b", "a", "a"]))?, 1.0);
/// let across = adjusted_rand_index(&gold, &Partition::from_labels([0, 1, 0, 1]))?;
/// assert!((across + 0.5).abs() < 1e-12);
/// # Ok::<(), wirecopy::Error>(())
/// ```
///
/// # Errors
/// `is_input` when the partitions have different numbers of items.
pub fn adjusted_rand_index(gold: &Partition, predicted: &Partition) -> Result<f64> {
    let table = Contingency::new(gold, predicted)?;
    Ok(adjusted_rand_index_of(&total(&adjusted_rand_index_parts(&table))))
}

/// For each gold cluster: pairs together on both sides, in the prediction, in gold, and the number of items.
pub fn adjusted_rand_index_parts(table: &Contingency) -> Vec<[f64; 4]> {
    table.by_gold_cluster(|shared, gold, predicted| {
        [
            shared * (shared - 1.0) / 2.0,
            shared * (predicted - 1.0) / 2.0,
            shared * (gold - 1.0) / 2.0,
            shared,
        ]
    })
}

/// The index of a total of [`adjusted_rand_index_parts`].
pub fn adjusted_rand_index_of(&[both, predicted, gold, items]: &[f64; 4]) -> f64 {
    let pairs = items * (items - 1.0) / 2.0;
    if pairs <= 0.0 {
        return 1.0;
    }
    let expected = gold * predicted / pairs;
    let best = (gold + predicted) / 2.0;
    if best == expected { 1.0 } else { (both - expected) / (best - expected) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hand_computed_example() {
        let gold = Partition::from_labels([0, 0, 0, 1, 1, 1]);
        let predicted = Partition::from_labels([0, 0, 1, 1, 2, 2]);
        // t = 1 + 1 = 2, g = 6, p = 3, m = 15: (2 − 1.2) / (4.5 − 1.2).
        let index = adjusted_rand_index(&gold, &predicted).unwrap();
        assert!((index - 0.8 / 3.3).abs() < 1e-12, "{index}");
    }

    #[test]
    fn degenerate_partitions() {
        let alone = Partition::from_labels(0..5);
        let one = Partition::from_labels([0; 5]);
        assert_eq!(adjusted_rand_index(&alone, &alone).unwrap(), 1.0);
        assert_eq!(adjusted_rand_index(&one, &one).unwrap(), 1.0);
        assert_eq!(adjusted_rand_index(&one, &alone).unwrap(), 0.0);
        let none = Partition::from_labels::<u8>([]);
        assert_eq!(adjusted_rand_index(&none, &none).unwrap(), 1.0);
    }
}
