//! A partition of items into clusters.

use crate::error::{Error, Result};
use ahash::AHashMap;
use std::hash::Hash;

/// Each item in exactly one cluster. Items are numbered from 0; clusters from 0 in the order of their first item.
///
/// Two partitions are equal when they group alike, whatever the labels were.
///
/// ```
/// use wirecopy::eval::Partition;
/// let by_label = Partition::from_labels(["flood", "vote", "flood"]);
/// let by_cluster = Partition::from_clusters(3, [[0, 2]])?; // item 1 is in none: alone
/// assert_eq!(by_label, by_cluster);
/// assert_eq!(by_label.clusters(), 2);
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Partition {
    cluster_of: Vec<usize>,
    sizes: Vec<usize>,
}

impl Partition {
    /// Items with equal labels are together. O(items).
    pub fn from_labels<L: Eq + Hash>(labels: impl IntoIterator<Item = L>) -> Partition {
        let mut numbers: AHashMap<L, usize> = AHashMap::new();
        let mut sizes = Vec::new();
        let cluster_of = labels
            .into_iter()
            .map(|label| {
                let number = *numbers.entry(label).or_insert(sizes.len());
                match sizes.get_mut(number) {
                    Some(size) => *size += 1,
                    None => sizes.push(1),
                }
                number
            })
            .collect();
        Partition { cluster_of, sizes }
    }

    /// The given clusters of `items` items; an item in none of them is alone. O(items).
    ///
    /// # Errors
    /// `is_input` when an item is in two clusters or is not below `items`.
    pub fn from_clusters<C: AsRef<[usize]>>(
        items: usize,
        clusters: impl IntoIterator<Item = C>,
    ) -> Result<Partition> {
        // Labels below `items` are lone items by their own number; the clusters count on from there.
        let mut labels: Vec<usize> = (0..items).collect();
        for (number, cluster) in clusters.into_iter().enumerate() {
            for &item in cluster.as_ref() {
                match labels.get_mut(item) {
                    Some(label) if *label < items => *label = items + number,
                    Some(_) => {
                        return Err(Error::input(format!(
                            "item {item} is in two clusters (or twice in cluster {number}); a partition holds it \
                             once, use Memberships for overlapping clusters"
                        )));
                    }
                    None => {
                        return Err(Error::input(format!(
                            "cluster {number} names item {item}, but there are only {items} items"
                        )));
                    }
                }
            }
        }
        Ok(Partition::from_labels(labels))
    }

    /// The items for which `keep` is true, renumbered in order: how items without a sure label are left out. Call it
    /// on both partitions.
    #[must_use]
    pub fn retain(&self, mut keep: impl FnMut(usize) -> bool) -> Partition {
        let kept = self.cluster_of.iter().enumerate().filter(|(item, _)| keep(*item));
        Partition::from_labels(kept.map(|(_, cluster)| *cluster))
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.cluster_of.len()
    }

    /// Whether there is no item.
    pub fn is_empty(&self) -> bool {
        self.cluster_of.is_empty()
    }

    /// Number of clusters, those of one item among them.
    pub fn clusters(&self) -> usize {
        self.sizes.len()
    }

    /// The cluster of each item.
    pub fn cluster_of(&self) -> &[usize] {
        &self.cluster_of
    }

    /// The size of each cluster.
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// The `count` largest clusters, largest first; ties go to the smaller number.
    pub fn largest(&self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.sizes.len()).collect();
        order.sort_by_key(|&cluster| (std::cmp::Reverse(self.sizes[cluster]), cluster));
        order.truncate(count);
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_in_two_clusters_is_an_error() {
        let error = Partition::from_clusters(3, [vec![0, 1], vec![1, 2]]).unwrap_err();
        assert!(error.is_input() && error.to_string().contains("item 1"), "{error}");
    }

    #[test]
    fn an_item_out_of_range_is_an_error() {
        let error = Partition::from_clusters(2, [[0, 2]]).unwrap_err();
        assert!(error.is_input() && error.to_string().contains("only 2 items"), "{error}");
    }

    #[test]
    fn largest_breaks_ties_by_number() {
        let partition = Partition::from_labels([5, 6, 6, 7, 7, 8]);
        assert_eq!(partition.largest(3), vec![1, 2, 0]);
    }

    #[test]
    fn retained_items_keep_their_company() {
        let partition = Partition::from_labels(["a", "b", "a", "b", "c"]);
        assert_eq!(partition.retain(|item| item != 0), Partition::from_labels([2, 1, 2, 3]));
    }
}
