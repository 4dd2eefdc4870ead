//! BCubed: for each item, how pure and how complete the cluster is that it was put into.

use super::contingency::total;
use super::{Contingency, Partition, Score};
use crate::error::Result;

/// BCubed precision, recall and F1.
///
/// For an item with gold cluster *G* and predicted cluster *C*, precision is |C ∩ G| / |C| and recall |C ∩ G| / |G|,
/// the item itself counted; both are averaged over all items, F1 is that of the averages. Clusters of one item count.
///
/// Source: Bagga and Baldwin, "Entity-based cross-document coreferencing using the vector space model", 1998.
/// Complexity: O(items · log items). Edge cases: no item at all scores 1; all items alone on both sides scores 1.
///
/// ```
/// use wirecopy::eval::{Partition, bcubed};
/// let gold = Partition::from_labels(["quake", "quake", "strike"]);
/// let merged = Partition::from_labels([0, 0, 0]);
/// let score = bcubed(&gold, &merged)?;
/// assert!((score.precision - 5.0 / 9.0).abs() < 1e-12); // (2/3 + 2/3 + 1/3) / 3
/// assert_eq!(score.recall, 1.0);
/// # Ok::<(), wirecopy::Error>(())
/// ```
///
/// # Errors
/// `is_input` when the partitions have different numbers of items.
pub fn bcubed(gold: &Partition, predicted: &Partition) -> Result<Score> {
    Ok(bcubed_of(&total(&bcubed_parts(&Contingency::new(gold, predicted)?))))
}

/// For each gold cluster: the sums over its items of precision, of recall, and their number.
pub fn bcubed_parts(table: &Contingency) -> Vec<[f64; 3]> {
    table.by_gold_cluster(|shared, gold, predicted| {
        [shared * shared / predicted, shared * shared / gold, shared]
    })
}

/// The score of a total of [`bcubed_parts`].
pub fn bcubed_of(&[precision, recall, items]: &[f64; 3]) -> Score {
    if items > 0.0 { Score::new(precision / items, recall / items) } else { Score::new(1.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hand_computed_example() {
        let gold = Partition::from_labels([0, 0, 0, 0, 1, 1, 2]);
        let predicted = Partition::from_labels([0, 0, 0, 1, 1, 1, 1]);
        let score = bcubed(&gold, &predicted).unwrap();
        // precision: 3·1, then 1/4, 2·2/4, 1/4; recall: 3·3/4, 1/4, 2·1, 1.
        assert!((score.precision - (3.0 + 0.25 + 1.0 + 0.25) / 7.0).abs() < 1e-12);
        assert!((score.recall - (2.25 + 0.25 + 2.0 + 1.0) / 7.0).abs() < 1e-12);
    }

    #[test]
    fn no_item_scores_one() {
        let none = Partition::from_labels::<u8>([]);
        assert_eq!(bcubed(&none, &none).unwrap().f1, 1.0);
    }

    #[test]
    fn all_alone_against_one_cluster() {
        let alone = Partition::from_labels(0..10);
        let one = Partition::from_labels([0; 10]);
        let score = bcubed(&alone, &one).unwrap();
        assert!((score.precision - 0.1).abs() < 1e-12 && score.recall == 1.0);
        let score = bcubed(&one, &alone).unwrap();
        assert!((score.recall - 0.1).abs() < 1e-12 && score.precision == 1.0);
    }
}
