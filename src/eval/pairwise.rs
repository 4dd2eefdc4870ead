//! Pairwise precision and recall: the share of pairs put together rightly.

use super::contingency::total;
use super::{Contingency, Partition, Score};
use crate::error::{Error, Result};
use ahash::AHashSet;

/// Precision, recall and F1 over all unordered pairs of items: a pair is right when it is together on both sides.
///
/// A cluster of n items has n(n−1)/2 pairs, so large clusters rule this score; see [`pairwise_without_largest`] and
/// [`bcubed`](super::bcubed()).
///
/// Complexity: O(items · log items), by counting pairs in cells. Edge cases: all alone on both sides, or no item, scores 1;
/// all alone on one side only scores 0.
///
/// ```
/// use wirecopy::eval::{Partition, pairwise};
/// let gold = Partition::from_labels(["quake", "quake", "quake", "strike"]);
/// let predicted = Partition::from_labels([0, 0, 1, 1]);
/// let score = pairwise(&gold, &predicted)?;
/// assert_eq!(score.precision, 0.5); // 1 of 2 pairs
/// assert!((score.recall - 1.0 / 3.0).abs() < 1e-12); // 1 of 3 pairs
/// # Ok::<(), wirecopy::Error>(())
/// ```
///
/// # Errors
/// `is_input` when the partitions have different numbers of items.
pub fn pairwise(gold: &Partition, predicted: &Partition) -> Result<Score> {
    Ok(pairwise_of(&total(&pairwise_parts(&Contingency::new(gold, predicted)?))))
}

/// [`pairwise`] over the items that are in none of the `count` largest gold clusters (ties: the cluster whose first item
/// comes first is the larger).
///
/// # Errors
/// As [`pairwise`].
pub fn pairwise_without_largest(
    gold: &Partition,
    predicted: &Partition,
    count: usize,
) -> Result<Score> {
    if gold.len() != predicted.len() {
        return Err(Error::input(format!(
            "the gold partition has {} items and the predicted one {}",
            gold.len(),
            predicted.len()
        )));
    }
    let left_out: AHashSet<usize> = gold.largest(count).into_iter().collect();
    let keep = |item: usize| !left_out.contains(&gold.cluster_of()[item]);
    pairwise(&gold.retain(keep), &predicted.retain(keep))
}

/// For each gold cluster: its right pairs, predicted pairs and gold pairs. A predicted pair across two gold clusters
/// counts half in each.
pub fn pairwise_parts(table: &Contingency) -> Vec<[f64; 3]> {
    table.by_gold_cluster(|shared, gold, predicted| {
        [
            shared * (shared - 1.0) / 2.0,
            // An item is in `predicted − 1` pairs, and half of each pair is its own.
            shared * (predicted - 1.0) / 2.0,
            shared * (gold - 1.0) / 2.0,
        ]
    })
}

/// The score of a total of [`pairwise_parts`].
pub fn pairwise_of(total: &[f64; 3]) -> Score {
    Score::of_counts(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaving_out_the_largest_cluster_leaves_the_rest_alone() {
        let gold = Partition::from_labels([0, 0, 0, 0, 1, 1, 2, 2]);
        let predicted = Partition::from_labels([0, 0, 1, 1, 2, 2, 3, 4]);
        let score = pairwise_without_largest(&gold, &predicted, 1).unwrap();
        assert_eq!((score.precision, score.recall), (1.0, 0.5));
        assert_eq!(pairwise_without_largest(&gold, &predicted, 3).unwrap().f1, 1.0);
    }

    #[test]
    fn all_alone_on_both_sides_is_perfect_and_on_one_side_nothing() {
        let alone = Partition::from_labels(0..4);
        let one = Partition::from_labels([0; 4]);
        assert_eq!(pairwise(&alone, &alone).unwrap().f1, 1.0);
        assert_eq!(pairwise(&one, &alone).unwrap().f1, 0.0);
        assert_eq!(pairwise(&alone, &one).unwrap().f1, 0.0);
    }
}
