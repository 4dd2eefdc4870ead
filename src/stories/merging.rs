//! Merging of groups, the most similar first.
//!
//! A heap holds what may be merged; what it holds of groups that have grown since is void and passed
//! over. A group remembers the sums of similarities to its neighbours, so that those of two groups
//! together are sums of sums, and only what one of them never met is compared anew, by samples.

use super::clustering::{GroupOf, Grouped, Relation};
use super::group::Group;
use super::linkage::{Link, Linkage};
use crate::parallel;
use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BinaryHeap};

/// Neighbours under this share of the threshold are forgotten. A mean never exceeds the greater of
/// the means it is made of, so where the arithmetic mean decides nothing is lost; a centroid can
/// come nearer while its group grows.
const WORTH_KEEPING: f64 = 0.5;

/// Neighbours kept of a group, the most similar.
const MOST_NEIGHBOURS: usize = 256;

/// Two groups that may be merged. Greater is merged first: the more similar, then the smaller
/// numbers.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Merge {
    similarity: f64,
    pair: Reverse<(u32, u32)>,
}

impl Eq for Merge {}

impl Ord for Merge {
    fn cmp(&self, other: &Merge) -> Ordering {
        self.similarity.total_cmp(&other.similarity).then(self.pair.cmp(&other.pair))
    }
}

impl PartialOrd for Merge {
    fn partial_cmp(&self, other: &Merge) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

pub(super) struct Merging<'r, R> {
    relation: &'r R,
    linkage: Linkage,
    /// What is worth keeping.
    least: f64,
    groups: Vec<Group>,
    /// For each group its neighbours, with the sums of the similarities of all pairs.
    sums: Vec<BTreeMap<u32, f64>>,
    heap: BinaryHeap<Merge>,
    dropped: usize,
}

impl<'r, R: Relation> Merging<'r, R> {
    /// `groups` by ascending smallest member, each ascending.
    pub(super) fn new(
        relation: &'r R,
        groups: Vec<Vec<u32>>,
        neighbours: &[Vec<u32>],
        linkage: Linkage,
    ) -> Merging<'r, R> {
        let pairs = later_neighbours(relation, &groups, neighbours);
        let groups = parallel::map_items(&groups, |members| match members.as_slice() {
            [article] => Group::alone(*article, relation.period(*article)),
            _ => Group::of(members.clone(), relation),
        });
        let mut merging = Merging {
            relation,
            linkage,
            least: WORTH_KEEPING * linkage.threshold,
            sums: vec![BTreeMap::new(); groups.len()],
            groups,
            heap: BinaryHeap::new(),
            dropped: 0,
        };
        let sums = parallel::map_ordered(pairs.len(), |a| {
            let later = pairs.get(a).into_iter().flatten();
            later.map(|&b| (b, merging.compared(a as u32, b))).collect::<Vec<(u32, f64)>>()
        });
        for (a, later) in (0u32..).zip(sums) {
            for (b, sum) in later {
                if merging.similarity(a, b, sum).is_some_and(|it| it >= merging.least) {
                    merging.set_sum(a, b, sum);
                    merging.offer(a, b);
                }
            }
        }
        for group in 0..merging.groups.len() as u32 {
            merging.forget_least(group);
        }
        merging
    }

    pub(super) fn run(mut self) -> Grouped {
        while let Some(Merge { similarity, pair: Reverse((a, b)) }) = self.heap.pop() {
            // An offer made before one of the groups grew is void; the new one is in the heap too.
            if self.known_similarity(a, b) == Some(similarity) && self.may_meet(a, b) {
                self.merge(a, b);
            }
        }
        let mut groups: Vec<Vec<u32>> =
            self.groups.into_iter().map(|g| g.members).filter(|m| !m.is_empty()).collect();
        groups.iter_mut().for_each(|members| members.sort_unstable());
        groups.sort_unstable_by_key(|members| members.first().copied());
        Grouped { groups, dropped: self.dropped }
    }

    fn group(&self, at: u32) -> Option<&Group> {
        self.groups.get(at as usize)
    }

    /// The sum of the similarities of all pairs, from a sample of large groups.
    fn compared(&self, a: u32, b: u32) -> f64 {
        let (Some(x), Some(y)) = (self.group(a), self.group(b)) else { return 0.0 };
        x.mean(y, self.relation, self.least) * x.size() * y.size()
    }

    /// The similarity of two groups whose pairs have this sum.
    fn similarity(&self, a: u32, b: u32, sum: f64) -> Option<f64> {
        let (x, y) = (self.group(a)?, self.group(b)?);
        Some(match self.linkage.link {
            Link::Average => sum / (x.size() * y.size()),
            Link::Centroid => sum / (x.within * y.within).sqrt(),
        })
    }

    fn known_similarity(&self, a: u32, b: u32) -> Option<f64> {
        self.similarity(a, b, *self.sums.get(a as usize)?.get(&b)?)
    }

    fn may_meet(&self, a: u32, b: u32) -> bool {
        match (self.group(a), self.group(b)) {
            (Some(x), Some(y)) => self.linkage.may_meet(x.period, y.period),
            _ => false,
        }
    }

    fn set_sum(&mut self, a: u32, b: u32, sum: f64) {
        for (from, to) in [(a, b), (b, a)] {
            if let Some(sums) = self.sums.get_mut(from as usize) {
                sums.insert(to, sum);
            }
        }
    }

    fn forget(&mut self, a: u32, b: u32) {
        for (from, to) in [(a, b), (b, a)] {
            if let Some(sums) = self.sums.get_mut(from as usize) {
                sums.remove(&to);
            }
        }
    }

    fn offer(&mut self, a: u32, b: u32) {
        let (a, b) = (a.min(b), a.max(b));
        if let Some(similarity) =
            self.known_similarity(a, b).filter(|&it| it >= self.linkage.threshold)
        {
            self.heap.push(Merge { similarity, pair: Reverse((a, b)) });
        }
    }

    /// Moves group `b` into group `a`.
    fn merge(&mut self, a: u32, b: u32) {
        let of_a = self.sums.get_mut(a as usize).map(std::mem::take).unwrap_or_default();
        let of_b = self.sums.get_mut(b as usize).map(std::mem::take).unwrap_or_default();
        let between = of_a.get(&b).copied().unwrap_or_default();
        let mut neighbours: Vec<u32> = of_a.keys().chain(of_b.keys()).copied().collect();
        neighbours.sort_unstable();
        neighbours.dedup();
        neighbours.retain(|&c| c != a && c != b);
        let sums: Vec<(u32, f64)> = neighbours
            .into_iter()
            .map(|c| {
                let with_a = of_a.get(&c).copied().unwrap_or_else(|| self.compared(a, c));
                let with_b = of_b.get(&c).copied().unwrap_or_else(|| self.compared(b, c));
                (c, with_a + with_b)
            })
            .collect();
        let moved =
            self.groups.get_mut(b as usize).map(|group| std::mem::replace(group, Group::none()));
        if let (Some(moved), Some(group)) = (moved, self.groups.get_mut(a as usize)) {
            group.take(moved, between);
        }
        for (c, sum) in sums {
            if let Some(sums) = self.sums.get_mut(c as usize) {
                sums.remove(&a);
                sums.remove(&b);
            }
            if self.similarity(a, c, sum).is_some_and(|similarity| similarity >= self.least) {
                self.set_sum(a, c, sum);
                self.offer(a, c);
            }
        }
        self.forget_least(a);
    }

    /// Forgets the least similar neighbours of a group that has too many.
    fn forget_least(&mut self, a: u32) {
        let Some(sums) = self.sums.get(a as usize).filter(|sums| sums.len() > MOST_NEIGHBOURS)
        else {
            return;
        };
        let mut neighbours: Vec<(f64, u32)> = sums
            .iter()
            .map(|(&b, &sum)| (self.similarity(a, b, sum).unwrap_or_default(), b))
            .collect();
        neighbours.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        for (_, b) in neighbours.split_off(MOST_NEIGHBOURS) {
            self.forget(a, b);
            self.dropped += 1;
        }
    }
}

/// For each group the neighbours of greater number, ascending.
fn later_neighbours(
    relation: &impl Relation,
    groups: &[Vec<u32>],
    neighbours: &[Vec<u32>],
) -> Vec<Vec<u32>> {
    let group_of = GroupOf::of_groups(groups);
    let mut later = parallel::map_ordered(groups.len(), |a| {
        let members = groups.get(a).into_iter().flatten();
        let others = members.flat_map(|&article| relation.candidates(article));
        let others = others.filter_map(|&other| group_of.get(other));
        others.filter(|&b| b > a).map(|b| b as u32).collect::<Vec<u32>>()
    });
    for (a, others) in (0u32..).zip(neighbours) {
        for &b in others.iter().filter(|&&b| b != a) {
            if let Some(later) = later.get_mut(a.min(b) as usize) {
                later.push(a.max(b));
            }
        }
    }
    for later in &mut later {
        later.sort_unstable();
        later.dedup();
    }
    later
}
