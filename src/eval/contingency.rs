//! The contingency table of two partitions: what every score of clusters is computed from.

use super::Partition;
use crate::error::{Error, Result};

/// Items that one gold and one predicted cluster share.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Cell {
    /// The gold cluster.
    pub gold: usize,
    /// The predicted cluster.
    pub predicted: usize,
    /// How many items they share, at least 1.
    pub items: usize,
}

/// The non-empty cells of the table gold × predicted.
///
/// There are at most as many cells as items, so scores computed from it cost O(items) where a definition over pairs of
/// items would cost its square. Building: O(items · log items).
///
/// ```
/// use wirecopy::eval::{Contingency, Partition};
/// let gold = Partition::from_labels([0, 0, 1]);
/// let predicted = Partition::from_labels([0, 1, 1]);
/// let table = Contingency::new(&gold, &predicted)?;
/// assert_eq!(table.cells().len(), 3);
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Contingency {
    cells: Vec<Cell>,
    gold_sizes: Vec<usize>,
    predicted_sizes: Vec<usize>,
    items: usize,
}

impl Contingency {
    /// The table of two partitions of the same items.
    ///
    /// # Errors
    /// `is_input` when they do not have the same number of items.
    pub fn new(gold: &Partition, predicted: &Partition) -> Result<Contingency> {
        if gold.len() != predicted.len() {
            return Err(Error::input(format!(
                "the gold partition has {} items and the predicted one {}; score the same items in the same order",
                gold.len(),
                predicted.len()
            )));
        }
        let mut pairs: Vec<(usize, usize)> =
            gold.cluster_of().iter().copied().zip(predicted.cluster_of().iter().copied()).collect();
        pairs.sort_unstable();
        let cells = pairs
            .chunk_by(|x, y| x == y)
            .map(|run| Cell { gold: run[0].0, predicted: run[0].1, items: run.len() })
            .collect();
        Ok(Contingency {
            cells,
            gold_sizes: gold.sizes().to_vec(),
            predicted_sizes: predicted.sizes().to_vec(),
            items: gold.len(),
        })
    }

    /// The non-empty cells, by ascending (gold, predicted).
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Number of items.
    pub fn items(&self) -> usize {
        self.items
    }

    /// Number of gold clusters.
    pub fn gold_clusters(&self) -> usize {
        self.gold_sizes.len()
    }

    /// Number of predicted clusters.
    pub fn predicted_clusters(&self) -> usize {
        self.predicted_sizes.len()
    }

    /// For each gold cluster the sum of `summands(items in the cell, gold size, predicted size)` over its cells.
    pub(crate) fn by_gold_cluster<const N: usize>(
        &self,
        summands: impl Fn(f64, f64, f64) -> [f64; N],
    ) -> Vec<[f64; N]> {
        let mut parts = vec![[0.0; N]; self.gold_sizes.len()];
        for cell in &self.cells {
            // Cell indices come from the partitions the sizes were taken from.
            let gold = self.gold_sizes[cell.gold] as f64;
            let predicted = self.predicted_sizes[cell.predicted] as f64;
            let addend = summands(cell.items as f64, gold, predicted);
            for (sum, value) in parts[cell.gold].iter_mut().zip(addend) {
                *sum += value;
            }
        }
        parts
    }
}

/// The sum of the parts, in their order.
pub(crate) fn total<const N: usize>(parts: &[[f64; N]]) -> [f64; N] {
    let mut sum = [0.0; N];
    for part in parts {
        for (sum, value) in sum.iter_mut().zip(part) {
            *sum += value;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_numbers_of_items_are_an_error() {
        let error = Contingency::new(&Partition::from_labels([1, 2]), &Partition::from_labels([1]))
            .unwrap_err();
        assert!(error.is_input(), "{error}");
    }
}
