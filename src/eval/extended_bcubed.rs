//! Extended BCubed: BCubed for clusters that overlap.

use super::{Memberships, Score};
use crate::error::{Error, Result};

/// Extended BCubed precision, recall and F1.
///
/// For two items that share *c* predicted and *g* gold clusters, multiplicity precision is min(c, g)/c and recall
/// min(c, g)/g. The precision of an item is the mean of the former over all items (itself too) that share a predicted
/// cluster with it; its recall the mean of the latter over those that share a gold cluster; both are averaged over items.
/// On partitions it is [`bcubed`](super::bcubed()).
///
/// Source: Amigó, Gonzalo, Artiles and Verdejo, "A comparison of extrinsic clustering evaluation metrics based on formal
/// constraints", 2009, section 6. Complexity: items with the same memberships on both sides are taken together as one
/// *profile*; the cost is O(items · log items) plus, for each (predicted, gold) pair of clusters, the square of its number of
/// distinct profiles, which is 1 where nothing overlaps. Edge cases: an item in no cluster is alone; no item scores 1.
///
/// ```
/// use wirecopy::eval::{Memberships, extended_bcubed};
/// // An article that hosts two dispatches was found in one of them only.
/// let gold = Memberships::new(3, [[0, 1], [1, 2]])?;
/// let predicted = Memberships::new(3, [[0, 1]])?;
/// let score = extended_bcubed(&gold, &predicted)?;
/// assert_eq!(score.precision, 1.0);
/// assert!((score.recall - (1.0 + (0.5 + 1.0 + 0.0) / 3.0 + 0.5) / 3.0).abs() < 1e-12);
/// # Ok::<(), wirecopy::Error>(())
/// ```
///
/// # Errors
/// `is_input` when the two sides have different numbers of items.
pub fn extended_bcubed(gold: &Memberships, predicted: &Memberships) -> Result<Score> {
    if gold.len() != predicted.len() {
        return Err(Error::input(format!(
            "the gold memberships have {} items and the predicted ones {}; score the same items in the same order",
            gold.len(),
            predicted.len()
        )));
    }
    if gold.is_empty() {
        return Ok(Score::new(1.0, 1.0));
    }
    let profiles = profiles(gold, predicted);
    let shared = shared_sums(&profiles);
    let predicted_company = company(&profiles, |profile| profile.predicted);
    let gold_company = company(&profiles, |profile| profile.gold);
    let mut precision = 0.0;
    let mut recall = 0.0;
    for (index, profile) in profiles.iter().enumerate() {
        let items = profile.items as f64;
        precision += items * shared[index].0 / predicted_company[index] as f64;
        recall += items * shared[index].1 / gold_company[index] as f64;
    }
    let items = gold.len() as f64;
    Ok(Score::new(precision / items, recall / items))
}

/// Items with the same clusters on both sides.
struct Profile<'a> {
    predicted: &'a [usize],
    gold: &'a [usize],
    items: usize,
}

fn profiles<'a>(gold: &'a Memberships, predicted: &'a Memberships) -> Vec<Profile<'a>> {
    let mut items: Vec<_> =
        (0..gold.len()).map(|item| (predicted.of(item), gold.of(item))).collect();
    items.sort_unstable();
    items
        .chunk_by(|x, y| x == y)
        .map(|run| Profile { predicted: run[0].0, gold: run[0].1, items: run.len() })
        .collect()
}

/// For each profile the sums of multiplicity precision and recall over all items. Only items that share a cluster on
/// both sides add to them, so it is enough to look into the profile's own cells (predicted cluster × gold cluster).
fn shared_sums(profiles: &[Profile<'_>]) -> Vec<(f64, f64)> {
    let mut cells: Vec<(usize, usize, usize)> = Vec::new();
    for (index, profile) in profiles.iter().enumerate() {
        for &predicted in profile.predicted {
            cells.extend(profile.gold.iter().map(|&gold| (predicted, gold, index)));
        }
    }
    cells.sort_unstable();
    let mut neighbours: Vec<Vec<usize>> = vec![Vec::new(); profiles.len()];
    for cell in cells.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)) {
        for &(_, _, index) in cell {
            neighbours[index].extend(cell.iter().map(|&(_, _, other)| other));
        }
    }
    neighbours
        .into_iter()
        .zip(profiles)
        .map(|(mut others, profile)| {
            others.sort_unstable();
            others.dedup();
            let mut sums = (0.0, 0.0);
            for other in others.into_iter().filter_map(|other| profiles.get(other)) {
                let predicted = in_both(profile.predicted, other.predicted) as f64;
                let gold = in_both(profile.gold, other.gold) as f64;
                let right = predicted.min(gold) * other.items as f64;
                sums.0 += right / predicted;
                sums.1 += right / gold;
            }
            sums
        })
        .collect()
}

/// For each profile the number of items that share at least one cluster with it, on one side.
fn company<'a>(profiles: &[Profile<'a>], side: impl Fn(&Profile<'a>) -> &'a [usize]) -> Vec<usize> {
    // Profiles that agree on this side are one: a set of clusters and its number of items.
    let mut order: Vec<usize> = (0..profiles.len()).collect();
    order.sort_by_key(|&index| side(&profiles[index]));
    let mut sets: Vec<(&[usize], usize)> = Vec::new();
    let mut set_of = vec![0; profiles.len()];
    for index in order {
        let clusters = side(&profiles[index]);
        match sets.last_mut() {
            Some((last, items)) if *last == clusters => *items += profiles[index].items,
            _ => sets.push((clusters, profiles[index].items)),
        }
        set_of[index] = sets.len() - 1;
    }
    let clusters = sets.iter().flat_map(|(set, _)| set.iter()).max().map_or(0, |last| last + 1);
    let mut sets_of_cluster: Vec<Vec<usize>> = vec![Vec::new(); clusters];
    let mut items_of_cluster = vec![0; clusters];
    for (number, (set, items)) in sets.iter().enumerate() {
        for &cluster in *set {
            sets_of_cluster[cluster].push(number);
            items_of_cluster[cluster] += items;
        }
    }
    let together: Vec<usize> = sets
        .iter()
        .map(|(set, _)| match set {
            [cluster] => items_of_cluster[*cluster],
            _ => {
                let mut others: Vec<usize> = set
                    .iter()
                    .flat_map(|&cluster| sets_of_cluster[cluster].iter().copied())
                    .collect();
                others.sort_unstable();
                others.dedup();
                others.into_iter().map(|other| sets[other].1).sum()
            }
        })
        .collect();
    set_of.into_iter().map(|set| together[set]).collect()
}

/// Number of values in both of two ascending lists.
fn in_both(mut a: &[usize], mut b: &[usize]) -> usize {
    let mut count = 0;
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
        count += usize::from(x == y);
        if x <= y {
            a = rest_a;
        }
        if y <= x {
            b = rest_b;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_superfluous_membership_costs_precision_alone() {
        let gold = Memberships::new(2, [[0, 1]]).unwrap();
        let predicted = Memberships::new(2, [[0, 1], [0, 1]]).unwrap();
        let score = extended_bcubed(&gold, &predicted).unwrap();
        assert_eq!((score.precision, score.recall), (0.5, 1.0));
    }

    #[test]
    fn lone_items_agree_with_lone_items() {
        let none = Memberships::new(5, Vec::<Vec<usize>>::new()).unwrap();
        let alone = Memberships::new(5, [[3], [1]]).unwrap();
        assert_eq!(extended_bcubed(&none, &alone).unwrap().f1, 1.0);
        let empty = Memberships::new(0, Vec::<Vec<usize>>::new()).unwrap();
        assert_eq!(extended_bcubed(&empty, &empty).unwrap().f1, 1.0);
        assert!(extended_bcubed(&none, &empty).unwrap_err().is_input());
    }

    #[test]
    fn a_hundred_thousand_lone_items_in_one_cluster_stay_cheap() {
        let alone = Memberships::new(100_000, Vec::<Vec<usize>>::new()).unwrap();
        let one = Memberships::new(100_000, [(0..100_000).collect::<Vec<_>>()]).unwrap();
        let score = extended_bcubed(&alone, &one).unwrap();
        assert!((score.precision - 1e-5).abs() < 1e-12 && score.recall == 1.0);
    }
}
