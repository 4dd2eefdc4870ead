//! Merging of groups, the most similar first.
//!
//! A heap holds what may be merged; what it holds of groups that have grown since is void and passed
//! over. A group remembers the sums of similarities to its neighbours, so that those of two groups
//! together are sums of sums. What one of the two never met is taken for as similar as it is to the
//! other, which is mostly too much: were it more, it would be a neighbour. Only where that comes near
//! the threshold are the groups compared, by samples.

use super::clustering::{GroupOf, Grouped, Relation};
use super::group::Group;
use super::linkage::{Link, Linkage};
use super::similarity::Compared;
use crate::parallel;
use ahash::AHashMap;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::sync::{Mutex, PoisonError};

/// Neighbours under this share of the threshold are forgotten. A mean never exceeds the greater of
/// the means it is made of, so where the arithmetic mean decides nothing is lost; a centroid can
/// come nearer while its group grows.
const WORTH_KEEPING: f64 = 0.5;

/// From this share of the threshold on, what is not known of two groups is compared: the guess is no
/// bound where their articles, years apart, were never candidates. From the whole threshold on the
/// figures are the same to 0.001.
const NEARLY: f64 = 0.8;

/// Mean similarity of the pairs under which centroids say nothing. The wider a group, the less is
/// asked of what joins it: of 36,152 articles of ten years a third became one topic at a threshold of
/// 0.4, and a sixth at 0.44. With this floor the largest topic has 469. Of 0, 0.15, 0.2, 0.25, 0.3 and
/// 0.35 it is the best on half 0 of the RSS week too, by the mean over the thresholds from 0.36 to 0.44.
const LEAST_MEAN: f64 = 0.2;

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

/// The sum of the similarities of all pairs of two groups.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Sum {
    value: f64,
    /// Whether all pairs were looked at, themselves or by a sample; else it is at most `value`.
    compared: bool,
}

pub(super) struct Merging<'r, R> {
    relation: &'r R,
    linkage: Linkage,
    /// What is worth keeping.
    least: f64,
    groups: Vec<Group>,
    /// For each group the classes of decisions in it.
    classes: Vec<Vec<u32>>,
    /// For each group its neighbours. What is done with all of them is done in the order of their
    /// numbers or similarities, never in that of the map; in ordered maps a fifth of the time on
    /// short texts of few words went to taking neighbours out.
    sums: Vec<AHashMap<u32, Sum>>,
    heap: BinaryHeap<Merge>,
    dropped: usize,
    /// For comparisons of two groups alone.
    space: Mutex<Compared>,
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
        let of_members = |members: &Vec<u32>| {
            relation.bonds().map(|bonds| bonds.classes(members)).unwrap_or_default()
        };
        let classes = groups.iter().map(of_members).collect();
        let groups = parallel::map_with(groups.len(), Compared::default, |compared, number| {
            match groups.get(number).map_or(&[][..], Vec::as_slice) {
                [article] => Group::alone(*article, relation.period(*article)),
                members => Group::of(members.to_vec(), relation, compared),
            }
        });
        let mut merging = Merging {
            relation,
            linkage,
            least: WORTH_KEEPING * linkage.threshold,
            sums: vec![AHashMap::new(); groups.len()],
            groups,
            classes,
            heap: BinaryHeap::new(),
            dropped: 0,
            space: Mutex::default(),
        };
        let sums = parallel::map_with(pairs.len(), Compared::default, |compared, a| {
            merging.compared_with(a as u32, pairs.get(a).map_or(&[], Vec::as_slice), compared)
        });
        let mut neighbours = Vec::new();
        for (a, later) in (0u32..).zip(sums) {
            neighbours.clear();
            for (b, value) in later {
                if merging.bound(a, b, value).is_some_and(|it| it >= merging.least) {
                    merging.set_sum(a, b, Sum { value, compared: true });
                    neighbours.push(b);
                }
            }
            merging.offer(a, &neighbours);
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

    fn within(&self, at: u32) -> f64 {
        self.group(at).map_or(0.0, |group| group.within)
    }

    /// The sum of group `c` to two groups that become one with `within`, of which it never met the
    /// second: that to the first is `known`, that to the second is taken for as similar. `None` where
    /// that can matter: then the two are to be compared.
    fn with_unknown(&self, known: &Sum, (a, b, c): (u32, u32, u32), within: f64) -> Option<Sum> {
        let size = |at: u32| self.group(at).map_or(0.0, Group::size);
        let both = size(a) + size(b);
        let at_most = known.value * both / size(a).max(1.0);
        let similarity = match self.linkage.link {
            Link::Average | Link::Contrast => at_most / (both * size(c)),
            Link::Centroid => at_most / (within * self.within(c)).sqrt(),
        };
        let may_matter = known.compared && similarity >= NEARLY * self.linkage.threshold;
        (!may_matter).then_some(Sum { value: at_most, compared: false })
    }

    /// The sums of the similarities of all pairs of a group and each of `others`, from samples of
    /// large groups.
    fn compared(&self, a: u32, others: &[u32]) -> Vec<(u32, f64)> {
        if others.is_empty() {
            return Vec::new();
        }
        // Nobody else holds it: groups are merged one after the other.
        let mut space = self.space.lock().unwrap_or_else(PoisonError::into_inner);
        self.compared_with(a, others, &mut space)
    }

    /// Each of `others` with the sum of the similarities of its pairs with group `a`.
    fn compared_with(&self, a: u32, others: &[u32], compared: &mut Compared) -> Vec<(u32, f64)> {
        let Some(group) = self.group(a) else { return Vec::new() };
        let others = others.iter().filter_map(|&b| Some((b, self.group(b)?)));
        let (numbers, others): (Vec<u32>, Vec<&Group>) = others.unzip();
        let means = group.means(&others, self.relation, self.least, compared);
        let sums = others.iter().zip(means).map(|(it, mean)| mean * group.size() * it.size());
        numbers.into_iter().zip(sums).collect()
    }

    /// The similarity of two groups whose pairs have this sum.
    fn similarity(&self, a: u32, b: u32, sum: f64) -> Option<f64> {
        let (x, y) = (self.group(a)?, self.group(b)?);
        let bound = self.bound(a, b, sum)?;
        let undated = x.period.is_none() || y.period.is_none();
        Some(match self.linkage.link {
            Link::Contrast if undated => {
                bound - (x.closeness(bound).min(y.closeness(bound)) - bound).max(0.0)
            }
            _ => bound,
        })
    }

    /// What the similarity of two groups with this sum can come to while they grow: the contrast with
    /// what they are among themselves may lessen.
    fn bound(&self, a: u32, b: u32, sum: f64) -> Option<f64> {
        let (x, y) = (self.group(a)?, self.group(b)?);
        Some(match self.linkage.link {
            Link::Average | Link::Contrast => sum / (x.size() * y.size()),
            Link::Centroid if sum < LEAST_MEAN * x.size() * y.size() => 0.0,
            Link::Centroid => sum / (x.within * y.within).sqrt(),
        })
    }

    fn known_similarity(&self, a: u32, b: u32) -> Option<f64> {
        self.similarity(a, b, self.sum(a, b)?.value)
    }

    fn sum(&self, a: u32, b: u32) -> Option<Sum> {
        self.sums.get(a as usize)?.get(&b).copied()
    }

    fn may_meet(&self, a: u32, b: u32) -> bool {
        match (self.group(a), self.group(b)) {
            (Some(x), Some(y)) => {
                self.linkage.may_meet(x.period, y.period) && !self.are_apart(a, b)
            }
            _ => false,
        }
    }

    fn are_apart(&self, a: u32, b: u32) -> bool {
        match (self.relation.bonds(), self.classes.get(a as usize), self.classes.get(b as usize)) {
            (Some(bonds), Some(x), Some(y)) => bonds.are_apart(x, y),
            _ => false,
        }
    }

    fn set_sum(&mut self, a: u32, b: u32, sum: Sum) {
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

    /// Offers a group to be merged with each of `others` that is similar enough.
    fn offer(&mut self, a: u32, others: &[u32]) {
        let similarity = |merging: &Self, b: u32| {
            let (a, b) = (a.min(b), a.max(b));
            merging.known_similarity(a, b).filter(|&it| it >= merging.linkage.threshold)
        };
        let may_merge = |&b: &u32| similarity(self, b).is_some() && self.may_meet(a, b);
        let others: Vec<u32> = others.iter().copied().filter(may_merge).collect();
        let is_guess = |&b: &u32| self.sum(a, b).is_some_and(|sum| !sum.compared);
        let guesses: Vec<u32> = others.iter().copied().filter(is_guess).collect();
        for (b, value) in self.compared(a, &guesses) {
            self.set_sum(a, b, Sum { value, compared: true });
        }
        for b in others {
            if let Some(similarity) = similarity(self, b) {
                self.heap.push(Merge { similarity, pair: Reverse((a.min(b), a.max(b))) });
            }
        }
    }

    /// Moves group `b` into group `a`.
    fn merge(&mut self, a: u32, b: u32) {
        let moved = self.classes.get_mut(b as usize).map(std::mem::take).unwrap_or_default();
        if let Some(classes) = self.classes.get_mut(a as usize) {
            classes.extend(moved);
        }
        let of_a = self.sums.get_mut(a as usize).map(std::mem::take).unwrap_or_default();
        let of_b = self.sums.get_mut(b as usize).map(std::mem::take).unwrap_or_default();
        let between = of_a.get(&b).map_or(0.0, |sum| sum.value);
        let mut neighbours: Vec<u32> = of_a.keys().chain(of_b.keys()).copied().collect();
        neighbours.sort_unstable();
        neighbours.dedup();
        neighbours.retain(|&c| c != a && c != b);
        let within = self.within(a) + self.within(b) + 2.0 * between;
        // What each of the two is to be compared with: all at once, so that the terms of one article
        // are laid out for all.
        let mut unknown = [(a, Vec::new()), (b, Vec::new())];
        let mut sums: Vec<(u32, Sum)> = Vec::with_capacity(neighbours.len());
        for c in neighbours {
            let [unknown_to_a, unknown_to_b] = &mut unknown;
            let (known, others, unknown) = match (of_a.get(&c), of_b.get(&c)) {
                (Some(x), Some(y)) => {
                    let compared = x.compared && y.compared;
                    sums.push((c, Sum { value: x.value + y.value, compared }));
                    continue;
                }
                (Some(x), None) => (x, (a, b, c), unknown_to_b),
                (None, Some(y)) => (y, (b, a, c), unknown_to_a),
                (None, None) => continue,
            };
            let sum = self.with_unknown(known, others, within).unwrap_or_else(|| {
                unknown.1.push(c);
                *known
            });
            sums.push((c, sum));
        }
        for (group, others) in unknown {
            for (c, value) in self.compared(group, &others) {
                if let Ok(at) = sums.binary_search_by_key(&c, |sum| sum.0)
                    && let Some((_, sum)) = sums.get_mut(at)
                {
                    sum.value += value;
                }
            }
        }
        let moved =
            self.groups.get_mut(b as usize).map(|group| std::mem::replace(group, Group::none()));
        if let (Some(moved), Some(group)) = (moved, self.groups.get_mut(a as usize)) {
            group.take(moved, between);
        }
        let mut neighbours = Vec::with_capacity(sums.len());
        for (c, sum) in sums {
            if let Some(sums) = self.sums.get_mut(c as usize) {
                sums.remove(&a);
                sums.remove(&b);
            }
            if self.bound(a, c, sum.value).is_some_and(|it| it >= self.least) {
                self.set_sum(a, c, sum);
                neighbours.push(c);
            }
        }
        self.offer(a, &neighbours);
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
            .map(|(&b, sum)| (self.bound(a, b, sum.value).unwrap_or_default(), b))
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
