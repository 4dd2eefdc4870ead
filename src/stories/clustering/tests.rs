//! Both steps against a literal reading of their definitions.

use super::super::linkage::Link;
use super::*;
use proptest::prelude::*;

/// Similarities in 64ths, so that all sums are exact in any order.
#[derive(Clone, Debug)]
struct Matrix {
    values: Vec<Vec<u8>>,
    days: Vec<Option<u8>>,
    all: Vec<u32>,
}

const DAY: i64 = 86_400;

impl Matrix {
    fn new(count: usize, values: &[u8], days: Vec<Option<u8>>) -> Matrix {
        let at = |a: usize, b: usize| values[(a.min(b) * count + a.max(b)) % values.len()] % 65;
        let values = (0..count).map(|a| (0..count).map(|b| at(a, b)).collect()).collect();
        Matrix { values, days, all: (0..count as u32).collect() }
    }
}

impl Relation for Matrix {
    fn similarity(&self, a: u32, b: u32) -> f64 {
        f64::from(self.values[a as usize][b as usize]) / 64.0
    }

    // An article is its own candidate here, which must change nothing.
    fn candidates(&self, _: u32) -> &[u32] {
        &self.all
    }

    fn period(&self, a: u32) -> Option<Period> {
        let day = i64::from((*self.days.get(a as usize)?)?);
        Some(Period::at(day * DAY))
    }
}

fn naive_gap(matrix: &Matrix, a: &[u32], b: &[u32]) -> i64 {
    let days = |group: &[u32]| -> Vec<i64> {
        group.iter().filter_map(|&x| matrix.period(x)).map(|period| period.from).collect()
    };
    let (a, b) = (days(a), days(b));
    match (a.iter().min(), a.iter().max(), b.iter().min(), b.iter().max()) {
        (Some(a0), Some(a1), Some(b0), Some(b1)) => (b0 - a1).max(a0 - b1),
        _ => 0,
    }
}

/// Average link with at most three days of silence.
fn linkage(threshold: f64, longest_period: i64) -> Linkage {
    Linkage { threshold, link: Link::Average, longest_gap: 3 * DAY, longest_period }
}

fn naive_may_meet(matrix: &Matrix, a: &[u32], b: &[u32], linkage: &Linkage) -> bool {
    let both = a.iter().chain(b).filter_map(|&x| matrix.period(x)).map(|period| period.from);
    let (first, last) = (both.clone().min().unwrap_or(0), both.max().unwrap_or(0));
    naive_gap(matrix, a, b) <= linkage.longest_gap
        && (last - first <= linkage.longest_period || !both_dated(matrix, a, b))
}

fn both_dated(matrix: &Matrix, a: &[u32], b: &[u32]) -> bool {
    [a, b].iter().all(|group| group.iter().any(|&x| matrix.period(x).is_some()))
}

fn naive_mean(matrix: &Matrix, a: &[u32], b: &[u32]) -> f64 {
    let pairs = a.iter().flat_map(|&x| b.iter().map(move |&y| matrix.similarity(x, y)));
    let sum: f64 = pairs.sum();
    sum / (a.len() as f64 * b.len() as f64)
}

/// The mean, less what the looser group is closer than it by, with four pairs more of that mean.
fn naive_similarity(matrix: &Matrix, a: &[u32], b: &[u32], link: Link) -> f64 {
    let mean = naive_mean(matrix, a, b);
    if link == Link::Average || both_dated(matrix, a, b) {
        return mean;
    }
    let closeness = |group: &[u32]| {
        let pairs = group
            .iter()
            .enumerate()
            .flat_map(|(at, &x)| group[at + 1..].iter().map(move |&y| matrix.similarity(x, y)));
        let (count, sum) = pairs.fold((0.0, 0.0), |(count, sum), it| (count + 1.0, sum + it));
        (sum + 4.0 * mean) / (count + 4.0)
    };
    mean - (closeness(a).min(closeness(b)) - mean).max(0.0)
}

/// Every similarity of every two groups anew after each merge: O(n³) and more.
fn naive_merging(matrix: &Matrix, mut groups: Vec<Vec<u32>>, linkage: Linkage) -> Vec<Vec<u32>> {
    loop {
        groups.iter_mut().for_each(|group| group.sort_unstable());
        groups.sort();
        let mut best: Option<(f64, usize, usize)> = None;
        for a in 0..groups.len() {
            for b in a + 1..groups.len() {
                let mean = naive_similarity(matrix, &groups[a], &groups[b], linkage.link);
                let near = naive_may_meet(matrix, &groups[a], &groups[b], &linkage);
                let enough = mean >= linkage.threshold;
                if near && enough && best.is_none_or(|best| mean > best.0) {
                    best = Some((mean, a, b));
                }
            }
        }
        let Some((_, a, b)) = best else { return groups };
        let moved = groups.remove(b);
        groups[a].extend(moved);
    }
}

fn naive_single_pass(
    matrix: &Matrix,
    order: &[u32],
    threshold: f64,
    linkage: Linkage,
) -> Vec<Vec<u32>> {
    let mut groups: Vec<Vec<u32>> = Vec::new();
    for &article in order {
        let mut best: Option<(f64, usize)> = None;
        for (at, group) in groups.iter().enumerate() {
            let mean = naive_mean(matrix, group, &[article]);
            let near = naive_may_meet(matrix, group, &[article], &linkage);
            if near && mean >= threshold && best.is_none_or(|best| mean > best.0) {
                best = Some((mean, at));
            }
        }
        match best {
            Some((_, at)) => groups[at].push(article),
            None => groups.push(vec![article]),
        }
    }
    groups
}

fn matrices() -> impl Strategy<Value = Matrix> {
    (1_usize..16).prop_flat_map(|count| {
        let values = prop::collection::vec(0_u8..65, count * count);
        let days = prop::collection::vec(prop::option::of(0_u8..12), count);
        (values, days).prop_map(move |(values, days)| Matrix::new(count, &values, days))
    })
}

proptest! {
    #[test]
    fn merging_takes_the_most_similar_groups_first(
        matrix in matrices(),
        threshold in 1_u8..60,
        days in 0_i64..12,
        link in prop::sample::select(vec![Link::Average, Link::Contrast]),
    ) {
        let linkage = Linkage { link, ..linkage(f64::from(threshold) / 64.0, days * DAY) };
        let alone: Vec<Vec<u32>> = matrix.all.iter().map(|&article| vec![article]).collect();
        prop_assert_eq!(
            groups(&matrix, &matrix.all, &[], f64::INFINITY, linkage).groups,
            naive_merging(&matrix, alone, linkage)
        );
    }

    #[test]
    fn both_steps_are_what_they_say(
        matrix in matrices(),
        single_pass in 20_u8..64,
        threshold in 1_u8..60,
        reversed in any::<bool>(),
    ) {
        let linkage = linkage(f64::from(threshold) / 64.0, i64::MAX);
        let single_pass = f64::from(single_pass) / 64.0;
        let mut order = matrix.all.clone();
        if reversed {
            order.reverse();
        }
        let passed = naive_single_pass(&matrix, &order, single_pass, linkage);
        prop_assert_eq!(
            groups(&matrix, &order, &[], single_pass, linkage).groups,
            naive_merging(&matrix, passed, linkage)
        );
    }

    #[test]
    fn no_group_is_silent_for_longer_than_the_gap_nor_lasts_longer_than_it_may(
        matrix in matrices(),
        link in prop::sample::select(vec![Link::Average, Link::Contrast, Link::Centroid]),
        longest in 0_i64..12,
    ) {
        let linkage = Linkage { link, ..linkage(0.1, longest * DAY) };
        for group in groups(&matrix, &matrix.all, &[], 0.1, linkage).groups {
            let mut days: Vec<i64> =
                group.iter().filter_map(|&a| matrix.period(a)).map(|p| p.from).collect();
            days.sort_unstable();
            prop_assert!(days.windows(2).all(|pair| pair[1] - pair[0] <= 3 * DAY));
            let (first, last) = (days.first().unwrap_or(&0), days.last().unwrap_or(&0));
            prop_assert!(last - first <= longest * DAY);
        }
    }

    #[test]
    fn merging_widens_groups_and_never_cuts_them(
        matrix in matrices(),
        finer in 1_u8..60,
        wider in 1_u8..60,
        link in prop::sample::select(vec![Link::Average, Link::Contrast, Link::Centroid]),
    ) {
        let of = |threshold| Linkage { link, ..linkage(f64::from(threshold) / 64.0, i64::MAX) };
        let fine = groups(&matrix, &matrix.all, &[], 0.5, of(finer)).groups;
        let wide = merged(&matrix, fine.clone(), &[], of(wider)).groups;
        let mut members: Vec<u32> = wide.iter().flatten().copied().collect();
        members.sort_unstable();
        prop_assert_eq!(&members, &matrix.all);
        for group in fine {
            prop_assert_eq!(wide.iter().filter(|it| it.contains(&group[0])).count(), 1);
            let holder = wide.iter().find(|it| it.contains(&group[0])).unwrap();
            prop_assert!(group.iter().all(|article| holder.contains(article)));
        }
    }
}

#[test]
fn two_stories_are_not_chained_by_an_article_between_them() {
    // 0 1 | 2 | 3 4: the middle is alike to one of each side.
    let mut matrix = Matrix::new(5, &[0], vec![None; 5]);
    for (a, b, value) in [(0, 1, 60), (3, 4, 60), (1, 2, 30), (2, 3, 30)] {
        matrix.values[a][b] = value;
        matrix.values[b][a] = value;
    }
    let found = groups(&matrix, &matrix.all, &[], 0.8, linkage(0.4, i64::MAX)).groups;
    assert_eq!(found, [vec![0, 1], vec![2], vec![3, 4]]);
}

#[test]
fn undated_groups_that_are_closer_than_they_are_to_each_other_stay_apart() {
    let two_groups = |within: u8, day: Option<u8>| {
        let mut matrix = Matrix::new(8, &[40], vec![day; 8]);
        for (a, b) in (0..4).flat_map(|a| (0..4).map(move |b| (a, b))) {
            matrix.values[a][b] = within;
            matrix.values[a + 4][b + 4] = within;
        }
        let linkage = Linkage { link: Link::Contrast, ..linkage(0.55, i64::MAX) };
        groups(&matrix, &matrix.all, &[], f64::INFINITY, linkage).groups.len()
    };
    assert_eq!(two_groups(60, None), 2);
    assert_eq!(two_groups(42, None), 1);
    assert_eq!(two_groups(60, Some(1)), 1);
}

#[test]
fn large_groups_are_compared_by_a_sample_and_still_merge() {
    let matrix = Matrix::new(400, &[40], vec![Some(1); 400]);
    for link in [Link::Average, Link::Contrast, Link::Centroid] {
        let linkage = Linkage { link, ..linkage(0.5, i64::MAX) };
        let found = groups(&matrix, &matrix.all, &[], f64::INFINITY, linkage);
        assert_eq!(found.groups, std::slice::from_ref(&matrix.all));
    }
}

#[test]
fn neighbours_beside_the_candidates_are_merged_too() {
    struct Hidden(Matrix);
    impl Relation for Hidden {
        fn similarity(&self, a: u32, b: u32) -> f64 {
            self.0.similarity(a, b)
        }
        fn candidates(&self, _: u32) -> &[u32] {
            &[]
        }
        fn period(&self, a: u32) -> Option<Period> {
            self.0.period(a)
        }
    }
    let matrix = Hidden(Matrix::new(3, &[40], vec![None; 3]));
    let alone = vec![vec![0], vec![1], vec![2]];
    let linkage = linkage(0.5, i64::MAX);
    assert_eq!(merged(&matrix, alone.clone(), &[], linkage).groups, alone);
    let neighbours = [vec![], vec![], vec![0]];
    assert_eq!(merged(&matrix, alone, &neighbours, linkage).groups, [vec![0, 2], vec![1]]);
}
