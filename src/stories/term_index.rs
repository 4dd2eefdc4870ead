//! Which items share heavy terms: an inverted index of the heaviest terms of each.

use std::cmp::Ordering;
use std::ops::Range;

/// Heaviest terms by which an item is found.
pub(super) const TERMS_INDEXED: usize = 24;

/// Items of one term that are looked at. The term of a longer list says little, but where all tell of
/// one flood every term of theirs is such: of longer lists the [`NEAREST`] are looked at, so that
/// nobody is left without candidates.
const LONGEST_LIST: usize = 4_000;
const NEAREST: u32 = 256;

/// The items that have each term among their heaviest, by the numbers of both.
pub(super) struct Index {
    /// The heaviest terms of each item.
    heaviest: Vec<Vec<(u32, f32)>>,
    /// Where the list of each term starts in `entries`, and where the last ends.
    starts: Vec<usize>,
    /// Item and weight; each list ascends.
    entries: Vec<(u32, f32)>,
}

impl Index {
    /// Of items with these heaviest terms, whose numbers are under `terms`. O(entries).
    pub(super) fn of(heaviest: Vec<Vec<(u32, f32)>>, terms: usize) -> Index {
        let mut starts = vec![0; terms + 1];
        for &(term, _) in heaviest.iter().flatten() {
            if let Some(count) = starts.get_mut(term as usize + 1) {
                *count += 1;
            }
        }
        let mut end = 0;
        for start in &mut starts {
            end += *start;
            *start = end;
        }
        let mut entries = vec![(0, 0.0); end];
        let mut next = starts.clone();
        for (item, terms) in (0u32..).zip(&heaviest) {
            for &(term, weight) in terms {
                let Some(place) = next.get_mut(term as usize) else { continue };
                if let Some(entry) = entries.get_mut(*place) {
                    *entry = (item, weight);
                }
                *place += 1;
            }
        }
        Index { heaviest, starts, entries }
    }

    /// Number of terms of which not all items are looked at.
    pub(super) fn long_lists(&self) -> usize {
        let lengths = self.starts.windows(2).map(|ends| match ends {
            [start, end] => end - start,
            _ => 0,
        });
        lengths.filter(|&length| length > LONGEST_LIST).count()
    }

    /// The items of `windows` that share terms with `item`, with the sum of the products of their
    /// weights where it is at least `least`, in the order they were met.
    pub(super) fn sharing<'s>(
        &self,
        item: u32,
        windows: &[Range<u32>],
        least: f32,
        scores: &'s mut Scores,
    ) -> impl Iterator<Item = (u32, f32)> + use<'s> {
        for &(term, weight) in self.heaviest.get(item as usize).into_iter().flatten() {
            for window in windows {
                for &(other, other_weight) in self.list(term, item, window) {
                    if other != item {
                        scores.add(other, weight * other_weight);
                    }
                }
            }
        }
        scores.take().filter(move |&(_, sum)| sum >= least)
    }

    /// What is looked at of a term's list.
    fn list(&self, term: u32, item: u32, window: &Range<u32>) -> &[(u32, f32)] {
        let term = term as usize;
        let (Some(&start), Some(&end)) = (self.starts.get(term), self.starts.get(term + 1)) else {
            return &[];
        };
        let whole = self.entries.get(start..end).unwrap_or(&[]);
        let place = |item: u32| whole.partition_point(|entry| entry.0 < item);
        let (from, to) = (place(window.start), place(window.end));
        if to.saturating_sub(from) <= LONGEST_LIST {
            return whole.get(from..to).unwrap_or(&[]);
        }
        let here = place(item).clamp(from, to);
        let nearest = NEAREST as usize;
        // As many on each side; at an end of the list more of the other.
        let from = here.saturating_sub(nearest).max(from).min(to.saturating_sub(2 * nearest));
        whole.get(from..(from + 2 * nearest).min(to)).unwrap_or(&[])
    }
}

/// The heaviest terms of a vector, heaviest first; of equals those of smaller number. Weights are not
/// negative. Sorted as integers, as what is kept of the vectors themselves is.
pub(super) fn heaviest(entries: impl IntoIterator<Item = (u32, f32)>) -> Vec<(u32, f32)> {
    // The bits of floats that are not negative are in their order.
    let order = |(term, weight): (u32, f32)| (u64::from(!weight.to_bits()) << 32) | u64::from(term);
    let mut orders: Vec<u64> = entries.into_iter().map(order).collect();
    keep_first(&mut orders, TERMS_INDEXED, u64::cmp);
    orders.sort_unstable();
    let entry = |order: u64| (order as u32, f32::from_bits(!((order >> 32) as u32)));
    orders.into_iter().map(entry).collect()
}

/// Keeps the first `count` in the order of `compare`, in whatever order. O(items), where a sort of
/// thousands of candidates of which 64 stay was a seventh of the stage.
pub(super) fn keep_first<T>(
    items: &mut Vec<T>,
    count: usize,
    compare: impl Fn(&T, &T) -> Ordering,
) {
    if items.len() > count {
        items.select_nth_unstable_by(count, compare);
        items.truncate(count);
    }
}

/// Sums by item, in one array that is cleared by what was touched.
pub(super) struct Scores {
    sums: Vec<f32>,
    touched: Vec<u32>,
}

impl Scores {
    pub(super) fn new(items: usize) -> Scores {
        Scores { sums: vec![0.0; items], touched: Vec::new() }
    }

    fn add(&mut self, item: u32, score: f32) {
        if let Some(sum) = self.sums.get_mut(item as usize) {
            if *sum == 0.0 {
                self.touched.push(item);
            }
            *sum += score;
        }
    }

    fn take(&mut self) -> impl Iterator<Item = (u32, f32)> + use<'_> {
        let sums = &mut self.sums;
        self.touched
            .drain(..)
            .map(move |item| (item, sums.get_mut(item as usize).map_or(0.0, std::mem::take)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_kept_first_is_what_a_sort_has_first(
            mut items in prop::collection::vec((0_u32..20, 0_u32..1000), 0..60),
            count in 0_usize..70,
        ) {
            let mut sorted = items.clone();
            sorted.sort_unstable();
            sorted.truncate(count);
            keep_first(&mut items, count, |a, b| a.cmp(b));
            items.sort_unstable();
            prop_assert_eq!(items, sorted);
        }
    }

    #[test]
    fn in_a_flood_the_nearest_are_looked_at_and_nobody_is_left_alone() {
        let count = LONGEST_LIST as u32 + 100;
        let index = Index::of(vec![vec![(0, 1.0)]; count as usize], 1);
        assert_eq!(index.long_lists(), 1);
        let mut scores = Scores::new(count as usize);
        for item in [0, 1, 700, count - 1] {
            let shared: Vec<u32> = index
                .sharing(item, std::slice::from_ref(&(0..count)), 0.03, &mut scores)
                .map(|found| found.0)
                .collect();
            assert!(shared.len() as u32 >= 2 * NEAREST - 1, "{item}: {}", shared.len());
            assert!(shared.iter().all(|&other| other.abs_diff(item) <= 2 * NEAREST));
        }
    }
}
