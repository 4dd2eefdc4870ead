//! A group of articles and the sample that stands for it.

use super::clustering::Relation;
use super::period::{Period, hull};
use super::similarity::Compared;

/// Members of a group that are compared with another group at most.
const MOST_COMPARED: usize = 24;

/// Those of them that a first look takes.
const FIRST_LOOK: usize = 4;

/// Pairs that a group is thought to have beside its own where it is asked how close it is: two
/// articles alone do not tell how alike those of their story are. From 2 to 8 ECB+ train has the same
/// BCubed F1 to 0.003.
const UNSEEN_PAIRS: f64 = 4.0;

/// A group that grows.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// In whatever order.
    pub(super) members: Vec<u32>,
    pub(super) period: Option<Period>,
    /// Sum of the similarities of all ordered pairs of members, an article with itself being 1.
    pub(super) within: f64,
    /// The members that come first by a hash of their number, with it: a fair sample, and that of two
    /// groups together is known from those of each (bottom-k; Cohen and Kaplan, PODC 2007).
    sample: Vec<(u64, u32)>,
}

impl Group {
    /// Means of the similarities of the pairs of this group and each of `others`: one article of this
    /// one is compared with many of the others at once. `least` is the mean under which nobody asks
    /// how much it is: where a first look at large groups is under it, that is the answer. O(members
    /// compared).
    pub(super) fn means(
        &self,
        others: &[&Group],
        relation: &impl Relation,
        least: f64,
        compared: &mut Compared,
    ) -> Vec<f64> {
        let is_large =
            |other: &Group| self.sample.len() * other.sample.len() > FIRST_LOOK * FIRST_LOOK;
        let first = |other: &Group| if is_large(other) { FIRST_LOOK } else { MOST_COMPARED };
        let looks: Vec<(&Group, usize)> = others.iter().map(|&it| (it, first(it))).collect();
        let mut means = self.means_of_samples(&looks, relation, compared);
        let again = |(&mean, &other): (&f64, &&Group)| is_large(other) && mean >= least;
        let more: Vec<bool> = means.iter().zip(others).map(again).collect();
        let looks: Vec<(&Group, usize)> = others
            .iter()
            .zip(&more)
            .filter(|&(_, &more)| more)
            .map(|(&other, _)| (other, MOST_COMPARED))
            .collect();
        let whole = self.means_of_samples(&looks, relation, compared);
        let places = means.iter_mut().zip(&more).filter(|&(_, &more)| more);
        places.zip(whole).for_each(|((mean, _), whole)| *mean = whole);
        means
    }

    /// Means over the first members of both samples, as many as stand beside each other group.
    fn means_of_samples(
        &self,
        others: &[(&Group, usize)],
        relation: &impl Relation,
        compared: &mut Compared,
    ) -> Vec<f64> {
        let mut sums = vec![(0.0, 0.0); others.len()];
        let (mut partners, mut values) = (Vec::new(), Vec::new());
        for (at, &(_, x)) in self.sample.iter().enumerate() {
            let beside = |most: usize| if at < most { most } else { 0 };
            partners.clear();
            for &(other, most) in others {
                partners.extend(other.sample.iter().take(beside(most)).map(|&(_, y)| y));
            }
            if partners.is_empty() {
                break;
            }
            relation.similarities(x, &partners, compared, &mut values);
            let mut values = values.iter();
            for (sum, &(other, most)) in sums.iter_mut().zip(others) {
                for value in values.by_ref().take(other.sample.len().min(beside(most))) {
                    sum.0 += value;
                    sum.1 += 1.0;
                }
            }
        }
        let mean = |(sum, count): (f64, f64)| if count > 0.0 { sum / count } else { 0.0 };
        sums.into_iter().map(mean).collect()
    }
}

impl Group {
    /// What is left of a group that was moved into another.
    pub(super) fn none() -> Group {
        Group { members: Vec::new(), period: None, within: 0.0, sample: Vec::new() }
    }

    pub(super) fn alone(article: u32, period: Option<Period>) -> Group {
        Group {
            members: vec![article],
            period,
            within: 1.0,
            sample: vec![(mixed(article), article)],
        }
    }

    /// A group of several. O(members · log members), and the similarities of a sample.
    pub(super) fn of(
        members: Vec<u32>,
        relation: &impl Relation,
        compared: &mut Compared,
    ) -> Group {
        let mut sample: Vec<(u64, u32)> = members.iter().map(|&m| (mixed(m), m)).collect();
        sample.sort_unstable();
        sample.truncate(MOST_COMPARED);
        let period = members.iter().fold(None, |period, &m| hull(period, relation.period(m)));
        let mut group = Group { members, period, within: 0.0, sample };
        let (mut sum, mut pairs) = (0.0, 0.0);
        let (mut later, mut values) = (Vec::new(), Vec::new());
        for (at, &(_, x)) in group.sample.iter().enumerate() {
            later.clear();
            later.extend(group.sample.iter().skip(at + 1).map(|&(_, y)| y));
            relation.similarities(x, &later, compared, &mut values);
            values.iter().for_each(|value| sum += value);
            pairs += values.len() as f64;
        }
        let size = group.size();
        let mean = if pairs > 0.0 { sum / pairs } else { 0.0 };
        group.within = size + size * (size - 1.0) * mean;
        group
    }

    pub(super) fn size(&self) -> f64 {
        self.members.len() as f64
    }

    /// Mean similarity of the pairs of members, with [`UNSEEN_PAIRS`] more of the similarity `unseen`.
    pub(super) fn closeness(&self, unseen: f64) -> f64 {
        let size = self.size();
        let (pairs, sum) = (size * (size - 1.0) / 2.0, (self.within - size) / 2.0);
        (sum + UNSEEN_PAIRS * unseen) / (pairs + UNSEEN_PAIRS)
    }

    /// Takes in the members of another; `between` is the sum of the similarities of the pairs
    /// of the two. O(members of the smaller).
    pub(super) fn take(&mut self, mut other: Group, between: f64) {
        if other.members.len() > self.members.len() {
            std::mem::swap(&mut self.members, &mut other.members);
        }
        self.members.append(&mut other.members);
        self.period = hull(self.period, other.period);
        self.within += other.within + 2.0 * between;
        self.sample.append(&mut other.sample);
        self.sample.sort_unstable();
        self.sample.truncate(MOST_COMPARED);
    }
}

/// SplitMix64's finaliser (Steele, Lea and Flood, OOPSLA 2014): neighbours in number are neighbours
/// in id, and often in outlet and time.
fn mixed(article: u32) -> u64 {
    let mut z = u64::from(article).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
