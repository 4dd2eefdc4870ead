//! Overlapping clusters: each item in none, one or several.

use crate::error::{Error, Result};

/// Items in 0..n clusters each, such as articles in dispatches. Items are numbered from 0.
///
/// An item in no cluster is alone: it counts as a cluster of its own.
///
/// ```
/// use wirecopy::eval::Memberships;
/// let memberships = Memberships::new(4, [vec![0, 1], vec![1, 2]])?; // 1 hosts two dispatches, 3 carries none
/// assert_eq!(memberships.of(1), [0, 1]);
/// assert_eq!(memberships.of(3).len(), 1);
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Memberships {
    clusters_of: Vec<Vec<usize>>,
}

impl Memberships {
    /// The given clusters of `items` items. O(items + memberships).
    ///
    /// # Errors
    /// `is_input` when an item is twice in one cluster or is not below `items`.
    pub fn new<C: AsRef<[usize]>>(
        items: usize,
        clusters: impl IntoIterator<Item = C>,
    ) -> Result<Memberships> {
        let mut clusters_of = vec![Vec::new(); items];
        let mut count = 0;
        for cluster in clusters {
            for &item in cluster.as_ref() {
                let of_item = clusters_of.get_mut(item).ok_or_else(|| {
                    Error::input(format!(
                        "cluster {count} names item {item}, but there are only {items} items"
                    ))
                })?;
                // Clusters come in ascending number, so each list is sorted and a repetition is its last.
                if of_item.last() == Some(&count) {
                    return Err(Error::input(format!("cluster {count} names item {item} twice")));
                }
                of_item.push(count);
            }
            count += 1;
        }
        for of_item in clusters_of.iter_mut().filter(|of_item| of_item.is_empty()) {
            of_item.push(count);
            count += 1;
        }
        Ok(Memberships { clusters_of })
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.clusters_of.len()
    }

    /// Whether there is no item.
    pub fn is_empty(&self) -> bool {
        self.clusters_of.is_empty()
    }

    /// The clusters of an item, ascending; empty only for an item that does not exist. The number of a lone item's own
    /// cluster comes after those of the given ones.
    pub fn of(&self, item: usize) -> &[usize] {
        self.clusters_of.get(item).map(Vec::as_slice).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_twice_in_one_cluster_is_an_error() {
        assert!(Memberships::new(2, [vec![0], vec![1, 1]]).unwrap_err().is_input());
        assert!(Memberships::new(2, [[2]]).unwrap_err().is_input());
    }
}
