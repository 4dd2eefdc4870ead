//! Both steps against a literal reading of their definitions.

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
        Some(Period { from: day * DAY, to: day * DAY })
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

fn naive_mean(matrix: &Matrix, a: &[u32], b: &[u32]) -> f64 {
    let sum: f64 = a.iter().flat_map(|&x| b.iter().map(move |&y| matrix.similarity(x, y))).sum();
    sum / (a.len() as f64 * b.len() as f64)
}

/// Every mean of every two groups anew after each merge: O(n³) and more.
fn naive_average_link(
    matrix: &Matrix,
    mut groups: Vec<Vec<u32>>,
    thresholds: Thresholds,
) -> Vec<Vec<u32>> {
    loop {
        groups.iter_mut().for_each(|group| group.sort_unstable());
        groups.sort();
        let mut best: Option<(f64, usize, usize)> = None;
        for a in 0..groups.len() {
            for b in a + 1..groups.len() {
                let mean = naive_mean(matrix, &groups[a], &groups[b]);
                let near = naive_gap(matrix, &groups[a], &groups[b]) <= thresholds.longest_gap;
                if near && mean >= thresholds.repair && best.is_none_or(|best| mean > best.0) {
                    best = Some((mean, a, b));
                }
            }
        }
        let Some((_, a, b)) = best else { return groups };
        let moved = groups.remove(b);
        groups[a].extend(moved);
    }
}

fn naive_single_pass(matrix: &Matrix, order: &[u32], thresholds: Thresholds) -> Vec<Vec<u32>> {
    let mut groups: Vec<Vec<u32>> = Vec::new();
    for &article in order {
        let mut best: Option<(f64, usize)> = None;
        for (at, group) in groups.iter().enumerate() {
            let mean = naive_mean(matrix, group, &[article]);
            let near = naive_gap(matrix, group, &[article]) <= thresholds.longest_gap;
            if near && mean >= thresholds.single_pass && best.is_none_or(|best| mean > best.0) {
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
    fn repair_is_average_link(matrix in matrices(), repair in 1_u8..60) {
        let thresholds = Thresholds {
            single_pass: f64::INFINITY,
            repair: f64::from(repair) / 64.0,
            longest_gap: 3 * DAY,
        };
        let alone = matrix.all.iter().map(|&article| vec![article]).collect();
        prop_assert_eq!(
            groups(&matrix, &matrix.all, thresholds),
            naive_average_link(&matrix, alone, thresholds)
        );
    }

    #[test]
    fn both_steps_are_what_they_say(
        matrix in matrices(),
        single_pass in 20_u8..64,
        repair in 1_u8..60,
        reversed in any::<bool>(),
    ) {
        let thresholds = Thresholds {
            single_pass: f64::from(single_pass) / 64.0,
            repair: f64::from(repair) / 64.0,
            longest_gap: 3 * DAY,
        };
        let mut order = matrix.all.clone();
        if reversed {
            order.reverse();
        }
        let passed = naive_single_pass(&matrix, &order, thresholds);
        prop_assert_eq!(
            groups(&matrix, &order, thresholds),
            naive_average_link(&matrix, passed, thresholds)
        );
    }

    #[test]
    fn no_story_is_silent_for_longer_than_the_gap(matrix in matrices()) {
        let thresholds = Thresholds { single_pass: 0.1, repair: 0.1, longest_gap: 3 * DAY };
        for group in groups(&matrix, &matrix.all, thresholds) {
            let mut days: Vec<i64> =
                group.iter().filter_map(|&a| matrix.period(a)).map(|p| p.from).collect();
            days.sort_unstable();
            prop_assert!(days.windows(2).all(|pair| pair[1] - pair[0] <= 3 * DAY));
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
    let thresholds = Thresholds { single_pass: 0.8, repair: 0.4, longest_gap: DAY };
    assert_eq!(groups(&matrix, &matrix.all, thresholds), [vec![0, 1], vec![2], vec![3, 4]]);
}

#[test]
fn large_groups_are_compared_by_a_sample_and_still_merge() {
    let matrix = Matrix::new(400, &[40], vec![Some(1); 400]);
    let thresholds = Thresholds { single_pass: f64::INFINITY, repair: 0.5, longest_gap: DAY };
    assert_eq!(groups(&matrix, &matrix.all, thresholds), std::slice::from_ref(&matrix.all));
}
