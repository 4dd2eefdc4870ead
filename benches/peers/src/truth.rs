//! The pairs that there are to find, by exact comparison, and what a peer found of them.

use std::collections::HashSet;

use crate::peer::{Pair, Rows};
use crate::{BANDS, ROWS};

/// A pair of sets and the Jaccard similarity of the two, exactly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Similar {
    /// The sets.
    pub pair: Pair,
    /// |A ∩ B| / |A ∪ B|.
    pub jaccard: f64,
}

/// All pairs of sets with a similarity of `least` and more: nothing is sampled, nothing planted is
/// believed.
///
/// Prefix filtering (Bayardo, Ma and Srikant, WWW 2007): with the elements of every set in one
/// order, rarest first, two sets of similarity t share an element among the first
/// |A| − ⌈t·|A|⌉ + 1 of each, so only those are indexed. Equality of the result with the comparison
/// of all pairs is tested below.
pub fn similar_pairs(sets: &[Vec<u64>], least: f64) -> Vec<Similar> {
    let mut frequency = ahash::AHashMap::<u64, u32>::new();
    let mut sets: Vec<Vec<u64>> = sets.to_vec();
    for set in &mut sets {
        set.sort_unstable();
        set.dedup();
        for &element in &*set {
            *frequency.entry(element).or_default() += 1;
        }
    }
    let mut holders = ahash::AHashMap::<u64, Vec<u32>>::new();
    let mut found = Vec::new();
    for (b, set) in (0_u32..).zip(&sets) {
        let mut rarest = set.clone();
        rarest.sort_unstable_by_key(|element| (frequency[element], *element));
        let overlap = (least * set.len() as f64 - 1e-9).ceil() as usize;
        rarest.truncate((set.len() + 1).saturating_sub(overlap));
        let mut candidates = Vec::new();
        for element in rarest {
            let holders = holders.entry(element).or_default();
            candidates.extend_from_slice(holders);
            holders.push(b);
        }
        candidates.sort_unstable();
        candidates.dedup();
        for a in candidates {
            let jaccard = jaccard(&sets[a as usize], set);
            if jaccard >= least {
                found.push(Similar { pair: (a, b), jaccard });
            }
        }
    }
    found
}

/// Of two ascending slices without repeats; empty sets are similar to nothing.
fn jaccard(a: &[u64], b: &[u64]) -> f64 {
    let (mut i, mut j, mut shared) = (0, 0, 0_usize);
    while i < a.len() && j < b.len() {
        shared += usize::from(a[i] == b[j]);
        let (left, right) = (a[i], b[j]);
        i += usize::from(left <= right);
        j += usize::from(right <= left);
    }
    let union = a.len() + b.len() - shared;
    if union == 0 { 0.0 } else { shared as f64 / union as f64 }
}

/// All pairs of rows that agree in a whole band, in ascending order: what each LSH stage must give.
pub fn band_pairs(rows: &Rows) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for band in 0..BANDS {
        let mut buckets = ahash::AHashMap::<&[u32], Vec<u32>>::new();
        for (id, row) in (0..).zip(rows.iter()) {
            buckets.entry(&row[band * ROWS..][..ROWS]).or_default().push(id);
        }
        for ids in buckets.values() {
            for (place, &a) in ids.iter().enumerate() {
                pairs.extend(ids[place + 1..].iter().map(|&b| (a, b)));
            }
        }
    }
    sorted(pairs)
}

/// Each pair once, ascending.
pub fn sorted(mut pairs: Vec<Pair>) -> Vec<Pair> {
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// How much of what there is was found, and how much of what was found is right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Share of the wanted pairs that were found.
    pub recall: f64,
    /// Share of the found pairs that are right; 1 when nothing was found.
    pub precision: f64,
    /// Pairs found.
    pub found: usize,
}

impl Score {
    /// Recall over the pairs of `truth` with at least `wanted`; a found pair is right when it is in
    /// `truth` with at least `right`.
    pub fn of(found: &[Pair], truth: &[Similar], wanted: f64, right: f64) -> Self {
        let set: HashSet<Pair> = found.iter().copied().collect();
        let at_least = |least: f64| truth.iter().filter(move |similar| similar.jaccard >= least);
        let hits = at_least(wanted).filter(|similar| set.contains(&similar.pair)).count();
        let correct = at_least(right).filter(|similar| set.contains(&similar.pair)).count();
        let share = |part: usize, whole: usize| {
            if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
        };
        Self {
            recall: share(hits, at_least(wanted).count()),
            precision: share(correct, set.len()),
            found: set.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Random;

    #[test]
    fn the_join_gives_what_the_comparison_of_all_pairs_gives() {
        let mut random = Random::new(5);
        let sets: Vec<Vec<u64>> = (0..120)
            .map(|_| (0..1 + random.below(12)).map(|_| random.below(14) as u64).collect())
            .collect();
        for least in [0.3, 0.5, 0.7, 1.0] {
            let mut naive = Vec::new();
            for b in 0..sets.len() {
                for a in 0..b {
                    let (x, y): (HashSet<u64>, HashSet<u64>) =
                        (sets[a].iter().copied().collect(), sets[b].iter().copied().collect());
                    let jaccard = x.intersection(&y).count() as f64 / x.union(&y).count() as f64;
                    if jaccard >= least {
                        naive.push(Similar { pair: (a as u32, b as u32), jaccard });
                    }
                }
            }
            assert!(!naive.is_empty());
            assert_eq!(similar_pairs(&sets, least), naive);
        }
    }

    #[test]
    fn a_score_counts_wanted_and_right_pairs_apart() {
        let truth = [
            Similar { pair: (0, 1), jaccard: 0.9 },
            Similar { pair: (2, 3), jaccard: 0.8 },
            Similar { pair: (4, 5), jaccard: 0.7 },
        ];
        let score = Score::of(&[(0, 1), (4, 5), (6, 7)], &truth, 0.8, 0.7);
        assert_eq!(score, Score { recall: 0.5, precision: 2.0 / 3.0, found: 3 });
    }
}
