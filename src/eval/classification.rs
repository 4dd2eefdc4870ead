//! Classification: which kinds are taken for which.

use super::Score;
use std::collections::BTreeMap;

/// A confusion matrix: how often a gold kind was predicted as which kind.
///
/// Where a reader accepts several kinds, the prediction is compared with all of them: one of them is right and is counted
/// as if it were the gold kind; none of them is a mistake for the first.
///
/// Complexity: O(log kinds) an item. Edge cases: of no item, accuracy and every score are 1.
///
/// ```
/// use wirecopy::eval::Confusion;
/// let mut confusion = Confusion::new();
/// confusion.add("copy", &[], "copy");
/// confusion.add("update", &["copy"], "copy"); // the reader takes both
/// confusion.add("series", &[], "copy");
/// assert_eq!(confusion.accuracy(), 2.0 / 3.0);
/// assert_eq!(confusion.count(&"series", &"copy"), 1);
/// assert_eq!(confusion.score(|kind| *kind == "copy").precision, 2.0 / 3.0);
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Confusion<K: Ord> {
    counts: BTreeMap<(K, K), usize>,
}

impl<K: Ord + Clone> Confusion<K> {
    /// Of no item.
    pub fn new() -> Confusion<K> {
        Confusion { counts: BTreeMap::new() }
    }

    /// One item: its gold kind, further kinds that count as right too, and the prediction. Returns the gold kind it was
    /// counted under.
    pub fn add(&mut self, gold: K, also: &[K], predicted: K) -> K {
        let gold = if also.contains(&predicted) { predicted.clone() } else { gold };
        *self.counts.entry((gold.clone(), predicted)).or_insert(0) += 1;
        gold
    }

    /// How often `gold` was predicted as `predicted`.
    pub fn count(&self, gold: &K, predicted: &K) -> usize {
        self.counts
            .iter()
            .find(|((g, p), _)| g == gold && p == predicted)
            .map_or(0, |(_, count)| *count)
    }

    /// The non-zero counts by ascending (gold, predicted).
    pub fn iter(&self) -> impl Iterator<Item = (&K, &K, usize)> {
        self.counts.iter().map(|((gold, predicted), count)| (gold, predicted, *count))
    }

    /// All kinds that occur on either side, ascending.
    pub fn kinds(&self) -> Vec<K> {
        let both = self.counts.keys().flat_map(|(gold, predicted)| [gold, predicted]);
        let mut kinds: Vec<K> = both.cloned().collect();
        kinds.sort();
        kinds.dedup();
        kinds
    }

    /// Number of items.
    pub fn items(&self) -> usize {
        self.counts.values().sum()
    }

    /// Number of items predicted rightly.
    pub fn right(&self) -> usize {
        self.counts.iter().filter(|((gold, predicted), _)| gold == predicted).map(|(_, n)| n).sum()
    }

    /// Share of items predicted rightly, 0 to 1.
    pub fn accuracy(&self) -> f64 {
        match self.items() {
            0 => 1.0,
            items => self.right() as f64 / items as f64,
        }
    }

    /// Precision, recall and F1 of "is of this class" for a class of one or several kinds.
    pub fn score(&self, class: impl Fn(&K) -> bool) -> Score {
        let mut counts = [0.0; 3];
        for ((gold, predicted), &count) in &self.counts {
            let (gold, predicted) = (class(gold), class(predicted));
            for (sum, holds) in counts.iter_mut().zip([gold && predicted, predicted, gold]) {
                *sum += if holds { count as f64 } else { 0.0 };
            }
        }
        Score::of_counts(&counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alternative_is_right_only_when_it_is_the_prediction() {
        let mut confusion = Confusion::new();
        assert_eq!(confusion.add("partial", &["update"], "none"), "partial");
        assert_eq!(confusion.add("partial", &["update"], "update"), "update");
        assert_eq!(confusion.right(), 1);
        assert_eq!(confusion.count(&"partial", &"none"), 1);
        assert_eq!(confusion.kinds(), vec!["none", "partial", "update"]);
    }

    #[test]
    fn a_class_of_two_kinds_does_not_mind_their_confusion() {
        let mut confusion = Confusion::new();
        confusion.add("copy", &[], "update");
        confusion.add("update", &[], "copy");
        assert_eq!(confusion.accuracy(), 0.0);
        assert_eq!(confusion.score(|kind| matches!(*kind, "copy" | "update")).f1, 1.0);
    }
}
