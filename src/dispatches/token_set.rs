//! Sets of tokens of one article, as ranges.

use std::ops::Range;

/// A set of token positions of one article's body: ascending ranges that neither overlap nor touch.
///
/// Ranges and not bit sets, because a passage is one range whatever its length: union and intersection cost the
/// number of passages and not the number of words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct TokenSet {
    ranges: Vec<Range<u32>>,
}

impl TokenSet {
    /// The first `tokens` positions.
    pub(crate) fn whole(tokens: usize) -> TokenSet {
        TokenSet::from_ranges(std::iter::once(0..tokens as u32))
    }

    /// The union of ranges given in any order.
    pub(crate) fn from_ranges(ranges: impl Iterator<Item = Range<u32>>) -> TokenSet {
        let mut ranges: Vec<Range<u32>> = ranges.filter(|range| range.start < range.end).collect();
        ranges.sort_unstable_by_key(|range| (range.start, range.end));
        ranges.dedup_by(|next, last| {
            let meets = next.start <= last.end;
            if meets {
                last.end = last.end.max(next.end);
            }
            meets
        });
        TokenSet { ranges }
    }

    /// The ranges, ascending.
    pub(crate) fn ranges(&self) -> &[Range<u32>] {
        &self.ranges
    }

    /// Every position, ascending.
    pub(crate) fn positions(&self) -> impl Iterator<Item = usize> {
        self.ranges.iter().flat_map(|range| range.start as usize..range.end as usize)
    }

    /// Whether it holds a position. O(log ranges).
    pub(crate) fn contains(&self, position: u32) -> bool {
        let next = self.ranges.partition_point(|range| range.end <= position);
        self.ranges.get(next).is_some_and(|range| range.start <= position)
    }

    /// Number of positions.
    pub(crate) fn len(&self) -> usize {
        self.ranges.iter().map(|range| (range.end - range.start) as usize).sum()
    }

    /// Whether it holds none.
    pub(crate) fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Takes in another set.
    pub(crate) fn insert(&mut self, other: &TokenSet) {
        if self.is_empty() {
            return self.ranges.clone_from(&other.ranges);
        }
        let both = self.ranges.drain(..).chain(other.ranges.iter().cloned());
        *self = TokenSet::from_ranges(both);
    }

    /// The parts of `range` in it, ascending. O(log ranges) and the parts.
    pub(crate) fn inside(&self, range: Range<u32>) -> impl Iterator<Item = Range<u32>> {
        let first = self.ranges.partition_point(|mine| mine.end <= range.start);
        let there = self.ranges[first..].iter().take_while(move |mine| mine.start < range.end);
        there
            .map(move |mine| mine.start.max(range.start)..mine.end.min(range.end))
            .filter(|part| part.start < part.end)
    }

    /// The positions of it that are not in another.
    pub(crate) fn minus(&self, other: &TokenSet) -> TokenSet {
        let end = self.ranges.last().map_or(0, |range| range.end as usize);
        let outside = other.complement(end);
        TokenSet::from_ranges(self.ranges.iter().flat_map(|range| outside.inside(range.clone())))
    }

    /// The positions below `tokens` that are not in it.
    pub(crate) fn complement(&self, tokens: usize) -> TokenSet {
        let starts = std::iter::once(0).chain(self.ranges.iter().map(|range| range.end));
        let ends = self.ranges.iter().map(|range| range.start).chain([tokens as u32]);
        TokenSet::from_ranges(starts.zip(ends).map(|(start, end)| start..end.min(tokens as u32)))
    }

    /// Number of positions in both. O(the fewer ranges × log the more, and the ranges that meet).
    pub(crate) fn common(&self, other: &TokenSet) -> usize {
        // A host's edge to another host may have a range for each of hundreds of dispatches, and its part in one has one.
        let (few, many) =
            if self.ranges.len() < other.ranges.len() { (self, other) } else { (other, self) };
        let both = few.ranges.iter().flat_map(|range| many.inside(range.clone()));
        both.map(|range| (range.end - range.start) as usize).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn sets() -> impl Strategy<Value = Vec<Range<u32>>> {
        prop::collection::vec((0u32..40, 0u32..9), 0..6)
            .prop_map(|pairs| pairs.into_iter().map(|(at, len)| at..at + len).collect())
    }

    fn naive(ranges: &[Range<u32>]) -> BTreeSet<u32> {
        ranges.iter().cloned().flatten().collect()
    }

    proptest! {
        #[test]
        fn ranges_behave_as_sets_of_positions(a in sets(), b in sets()) {
            let (x, y) = (naive(&a), naive(&b));
            let (s, t) = (TokenSet::from_ranges(a.into_iter()), TokenSet::from_ranges(b.into_iter()));
            prop_assert_eq!(s.len(), x.len());
            prop_assert_eq!(s.is_empty(), x.is_empty());
            prop_assert_eq!(s.common(&t), x.intersection(&y).count());
            let outside: BTreeSet<usize> = s.complement(45).positions().collect();
            let expected: BTreeSet<usize> =
                (0..45).filter(|p| !x.contains(&(*p as u32))).collect();
            prop_assert_eq!(outside, expected);
            let left: BTreeSet<usize> = s.minus(&t).positions().collect();
            let expected: BTreeSet<usize> = x.difference(&y).map(|p| *p as usize).collect();
            prop_assert_eq!(left, expected);
            let mut union = s.clone();
            union.insert(&t);
            let positions: Vec<usize> = union.positions().collect();
            let expected: Vec<usize> = x.union(&y).map(|p| *p as usize).collect();
            prop_assert_eq!(positions, expected);
            prop_assert!(union.ranges().windows(2).all(|pair| pair[0].end < pair[1].start));
        }
    }
}
