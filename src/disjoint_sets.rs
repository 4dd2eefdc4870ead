//! Disjoint sets of numbers, united pair by pair.

/// A partition of the numbers below some length: union-find with path halving (Tarjan and van Leeuwen 1984).
///
/// The smallest number of a set is its root, so the result does not depend on the order of the unions. Without ranks a
/// union costs O(log length) amortised.
#[derive(Debug)]
pub(crate) struct DisjointSets {
    parent: Vec<usize>,
}

impl DisjointSets {
    /// Each number below `length` in a set of its own.
    pub(crate) fn new(length: usize) -> DisjointSets {
        DisjointSets { parent: (0..length).collect() }
    }

    /// Makes the sets of two numbers one.
    pub(crate) fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.smallest(a), self.smallest(b));
        self.parent[a.max(b)] = a.min(b);
    }

    /// The smallest number in the set of `number`.
    pub(crate) fn smallest(&mut self, mut number: usize) -> usize {
        while self.parent[number] != number {
            self.parent[number] = self.parent[self.parent[number]];
            number = self.parent[number];
        }
        number
    }

    /// How many sets there are.
    pub(crate) fn count(&self) -> usize {
        self.parent.iter().enumerate().filter(|(number, parent)| number == *parent).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn sets_are_those_of_relabelling_at_each_union(
            unions in prop::collection::vec((0usize..20, 0usize..20), 0..30),
        ) {
            let mut sets = DisjointSets::new(20);
            let mut label: Vec<usize> = (0..20).collect();
            for (a, b) in unions {
                sets.unite(a, b);
                let (from, to) = (label[a].max(label[b]), label[a].min(label[b]));
                label.iter_mut().filter(|l| **l == from).for_each(|l| *l = to);
            }
            let found: Vec<usize> = (0..20).map(|number| sets.smallest(number)).collect();
            prop_assert_eq!(sets.count(), label.iter().collect::<BTreeSet<_>>().len());
            prop_assert_eq!(found, label);
        }
    }
}
