//! Scores of clusters against their definitions over all pairs of items, and their laws.

use proptest::prelude::*;
use wirecopy::eval::{
    Bootstrap, Memberships, Partition, adjusted_rand_index, bcubed, clustering, extended_bcubed,
    pairwise, pairwise_without_largest, v_measure,
};

/// Two labels an item, few enough that clusters form.
fn labels() -> impl Strategy<Value = Vec<(u8, u8)>> {
    (1u8..8, 1u8..8)
        .prop_flat_map(|(gold, predicted)| prop::collection::vec((0..gold, 0..predicted), 0..40))
}

fn partitions(labels: &[(u8, u8)]) -> (Partition, Partition) {
    (
        Partition::from_labels(labels.iter().map(|x| x.0)),
        Partition::from_labels(labels.iter().map(|x| x.1)),
    )
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

/// Mean over items of the share of `of` company that is also `and` company.
fn naive_bcubed(labels: &[(u8, u8)], of: fn(&(u8, u8)) -> u8, and: fn(&(u8, u8)) -> u8) -> f64 {
    let of_item = |item: &(u8, u8)| {
        let company: Vec<_> = labels.iter().filter(|other| of(other) == of(item)).collect();
        let right = company.iter().filter(|other| and(other) == and(item)).count();
        right as f64 / company.len() as f64
    };
    labels.iter().map(of_item).sum::<f64>() / labels.len() as f64
}

/// Counts of pairs: together on both sides, in the prediction, in gold, all.
fn naive_pairs(labels: &[(u8, u8)]) -> [f64; 4] {
    let mut counts = [0.0; 4];
    for (i, x) in labels.iter().enumerate() {
        for y in &labels[..i] {
            let (gold, predicted) = (x.0 == y.0, x.1 == y.1);
            for (count, holds) in counts.iter_mut().zip([gold && predicted, predicted, gold, true])
            {
                *count += f64::from(u8::from(holds));
            }
        }
    }
    counts
}

/// Entropy of the labels `of` given those of `given`, by the definition over distinct values.
fn naive_entropy(labels: &[(u8, u8)], of: fn(&(u8, u8)) -> u8, given: fn(&(u8, u8)) -> u8) -> f64 {
    let n = labels.len() as f64;
    let mut entropy = 0.0;
    for outer in 0..=u8::MAX {
        let inside: Vec<_> = labels.iter().filter(|x| given(x) == outer).collect();
        for inner in 0..=u8::MAX {
            let both = inside.iter().filter(|x| of(x) == inner).count() as f64;
            if both > 0.0 {
                entropy -= both / n * (both / inside.len() as f64).ln();
            }
        }
    }
    entropy
}

/// Extended BCubed as Amigó et al. define it, over all ordered pairs. `x` and `y` are bit sets of clusters, 0 for none.
fn naive_extended(items: &[(u8, u8)], of: fn(&(u8, u8)) -> u8, and: fn(&(u8, u8)) -> u8) -> f64 {
    let shared = |i: usize, j: usize, side: fn(&(u8, u8)) -> u8| {
        let (x, y) = (side(&items[i]), side(&items[j]));
        if i == j && x == 0 { 1 } else { (x & y).count_ones() }
    };
    let mut sum = 0.0;
    for i in 0..items.len() {
        let company: Vec<usize> = (0..items.len()).filter(|&j| shared(i, j, of) > 0).collect();
        let of_pair = |&j: &usize| {
            let (x, y) = (shared(i, j, of), shared(i, j, and));
            f64::from(x.min(y)) / f64::from(x)
        };
        sum += company.iter().map(of_pair).sum::<f64>() / company.len() as f64;
    }
    sum / items.len() as f64
}

fn memberships(bits: impl Iterator<Item = u8> + Clone) -> Memberships {
    let clusters = (0..8).map(|cluster| {
        let holds = bits.clone().enumerate().filter(move |(_, bits)| bits >> cluster & 1 == 1);
        holds.map(|(item, _)| item).collect::<Vec<_>>()
    });
    Memberships::new(bits.clone().count(), clusters).expect("each item is once in a cluster")
}

proptest! {
    #[test]
    fn bcubed_equals_its_definition(labels in labels()) {
        prop_assume!(!labels.is_empty());
        let (gold, predicted) = partitions(&labels);
        let score = bcubed(&gold, &predicted).unwrap();
        prop_assert!(close(score.precision, naive_bcubed(&labels, |x| x.1, |x| x.0)));
        prop_assert!(close(score.recall, naive_bcubed(&labels, |x| x.0, |x| x.1)));
    }

    #[test]
    fn pairwise_and_rand_equal_their_definitions(labels in labels()) {
        let (gold, predicted) = partitions(&labels);
        let [both, by_predicted, by_gold, all] = naive_pairs(&labels);
        let score = pairwise(&gold, &predicted).unwrap();
        if by_predicted > 0.0 {
            prop_assert!(close(score.precision, both / by_predicted));
        }
        if by_gold > 0.0 {
            prop_assert!(close(score.recall, both / by_gold));
        }
        let index = adjusted_rand_index(&gold, &predicted).unwrap();
        let expected = by_gold * by_predicted / all;
        let best = (by_gold + by_predicted) / 2.0;
        if all > 0.0 && (best - expected).abs() > 1e-9 {
            prop_assert!(close(index, (both - expected) / (best - expected)));
        } else {
            prop_assert_eq!(index, 1.0);
        }
    }

    #[test]
    fn v_measure_equals_its_definition(labels in labels()) {
        prop_assume!(!labels.is_empty());
        let (gold, predicted) = partitions(&labels);
        let score = v_measure(&gold, &predicted).unwrap();
        let share = |conditional: f64, entropy: f64| {
            if entropy < 1e-9 { 1.0 } else { 1.0 - conditional / entropy }
        };
        let homogeneity = share(
            naive_entropy(&labels, |x| x.0, |x| x.1),
            naive_entropy(&labels, |x| x.0, |_| 0),
        );
        let completeness = share(
            naive_entropy(&labels, |x| x.1, |x| x.0),
            naive_entropy(&labels, |x| x.1, |_| 0),
        );
        prop_assert!(close(score.homogeneity, homogeneity), "{score:?} {homogeneity}");
        prop_assert!(close(score.completeness, completeness), "{score:?} {completeness}");
    }

    #[test]
    fn leaving_out_the_largest_equals_scoring_the_rest(labels in labels(), count in 0usize..4) {
        let (gold, predicted) = partitions(&labels);
        let mut sizes: Vec<(usize, u8)> = Vec::new();
        for (label, _) in &labels {
            match sizes.iter_mut().find(|(_, seen)| seen == label) {
                Some((size, _)) => *size += 1,
                None => sizes.push((1, *label)),
            }
        }
        sizes.sort_by_key(|(size, _)| std::cmp::Reverse(*size)); // stable: first seen first
        let out: Vec<u8> = sizes.iter().take(count).map(|(_, label)| *label).collect();
        let rest: Vec<_> = labels.iter().copied().filter(|x| !out.contains(&x.0)).collect();
        let (rest_gold, rest_predicted) = partitions(&rest);
        prop_assert_eq!(
            pairwise_without_largest(&gold, &predicted, count).unwrap(),
            pairwise(&rest_gold, &rest_predicted).unwrap()
        );
    }

    #[test]
    fn extended_bcubed_equals_its_definition(
        items in prop::collection::vec((0u8..16, 0u8..16), 1..24)
    ) {
        let gold = memberships(items.iter().map(|x| x.0));
        let predicted = memberships(items.iter().map(|x| x.1));
        let score = extended_bcubed(&gold, &predicted).unwrap();
        prop_assert!(close(score.precision, naive_extended(&items, |x| x.1, |x| x.0)));
        prop_assert!(close(score.recall, naive_extended(&items, |x| x.0, |x| x.1)));
    }

    #[test]
    fn extended_bcubed_of_partitions_is_bcubed(labels in labels()) {
        let (gold, predicted) = partitions(&labels);
        let overlapping = |side: fn(&(u8, u8)) -> u8| {
            memberships(labels.iter().map(side).map(|label| 1 << label).collect::<Vec<_>>().into_iter())
        };
        let score = bcubed(&gold, &predicted).unwrap();
        let extended = extended_bcubed(&overlapping(|x| x.0), &overlapping(|x| x.1)).unwrap();
        prop_assert!(close(score.precision, extended.precision));
        prop_assert!(close(score.recall, extended.recall));
    }

    #[test]
    fn a_perfect_prediction_scores_one_under_any_names(labels in labels(), shift in any::<u8>()) {
        let (gold, _) = partitions(&labels);
        let renamed = Partition::from_labels(labels.iter().map(|x| x.0.wrapping_mul(37).wrapping_add(shift)));
        prop_assert_eq!(bcubed(&gold, &renamed).unwrap().f1, 1.0);
        prop_assert_eq!(pairwise(&gold, &renamed).unwrap().f1, 1.0);
        prop_assert_eq!(adjusted_rand_index(&gold, &renamed).unwrap(), 1.0);
        prop_assert!(close(v_measure(&gold, &renamed).unwrap().v, 1.0));
    }

    #[test]
    fn order_of_items_changes_nothing(labels in labels(), turn in 0usize..40) {
        let (gold, predicted) = partitions(&labels);
        let mut turned = labels.clone();
        turned.rotate_left(turn.min(labels.len()));
        turned.reverse();
        let (gold2, predicted2) = partitions(&turned);
        prop_assert!(close(bcubed(&gold, &predicted).unwrap().f1, bcubed(&gold2, &predicted2).unwrap().f1));
        prop_assert_eq!(pairwise(&gold, &predicted).unwrap(), pairwise(&gold2, &predicted2).unwrap());
        prop_assert_eq!(
            adjusted_rand_index(&gold, &predicted).unwrap(),
            adjusted_rand_index(&gold2, &predicted2).unwrap()
        );
        prop_assert!(close(v_measure(&gold, &predicted).unwrap().v, v_measure(&gold2, &predicted2).unwrap().v));
    }

    #[test]
    fn exchanging_the_sides_exchanges_precision_and_recall(labels in labels()) {
        let (gold, predicted) = partitions(&labels);
        let (there, back) = (bcubed(&gold, &predicted).unwrap(), bcubed(&predicted, &gold).unwrap());
        prop_assert!(close(there.precision, back.recall) && close(there.recall, back.precision));
        let (there, back) = (pairwise(&gold, &predicted).unwrap(), pairwise(&predicted, &gold).unwrap());
        prop_assert_eq!((there.precision, there.recall), (back.recall, back.precision));
        prop_assert!(close(
            adjusted_rand_index(&gold, &predicted).unwrap(),
            adjusted_rand_index(&predicted, &gold).unwrap()
        ));
    }

    #[test]
    fn intervals_hold_ordered_bounds_and_single_scores(labels in labels()) {
        let (gold, predicted) = partitions(&labels);
        let bootstrap = Bootstrap::default().with_resamples(50).unwrap();
        let all = clustering(&gold, &predicted, &bootstrap).unwrap();
        prop_assert_eq!(all.bcubed.score, bcubed(&gold, &predicted).unwrap());
        prop_assert_eq!(all.pairwise.score, pairwise(&gold, &predicted).unwrap());
        prop_assert_eq!(all.adjusted_rand_index.value, adjusted_rand_index(&gold, &predicted).unwrap());
        prop_assert_eq!(all.v_measure.v.value, v_measure(&gold, &predicted).unwrap().v);
        for interval in [all.bcubed.f1_interval, all.pairwise.f1_interval, all.v_measure.v.interval] {
            prop_assert!(0.0 <= interval.low && interval.low <= interval.high && interval.high <= 1.0 + 1e-9);
        }
        prop_assert_eq!(all, clustering(&gold, &predicted, &bootstrap).unwrap());
    }
}

/// A small generator of its own, so that these tests do not lean on the one under test.
fn pseudo_random(seed: u64) -> impl Iterator<Item = u64> {
    let mut state = seed;
    std::iter::from_fn(move || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Some(state >> 33)
    })
}

#[test]
fn random_partitions_have_an_adjusted_rand_index_of_zero_on_average() {
    let rounds = 400;
    let mut numbers = pseudo_random(7);
    let mut sum = 0.0;
    for _ in 0..rounds {
        let mut draw = |clusters: u64| {
            Partition::from_labels(
                (0..60).map(|_| numbers.next().unwrap() % clusters).collect::<Vec<_>>(),
            )
        };
        sum += adjusted_rand_index(&draw(6), &draw(9)).unwrap();
    }
    // One index has a standard deviation of about .02 here; the mean of 400 is within .004 at 4 sigma.
    assert!((sum / f64::from(rounds)).abs() < 0.004, "{}", sum / f64::from(rounds));
}

#[test]
fn the_interval_holds_the_truth_about_as_often_as_it_says() {
    // Worlds of clusters of 1 to 5 items, each cluster kept whole with chance .7 or split to pieces. The truth of BCubed
    // recall is that of one very large world.
    let world = |clusters: usize, numbers: &mut dyn Iterator<Item = u64>| {
        let (mut gold, mut predicted) = (Vec::new(), Vec::new());
        for cluster in 0..clusters {
            let size = 1 + numbers.next().unwrap() % 5;
            let whole = numbers.next().unwrap() % 10 < 7;
            for item in 0..size {
                gold.push(cluster);
                predicted.push((cluster, if whole { 0 } else { item }));
            }
        }
        (Partition::from_labels(gold), Partition::from_labels(predicted))
    };
    let mut numbers = pseudo_random(99);
    let (gold, predicted) = world(200_000, &mut numbers);
    let truth = bcubed(&gold, &predicted).unwrap().recall;
    let bootstrap = Bootstrap::default().with_resamples(300).unwrap();
    let worlds = 300;
    let held = (0..worlds)
        .filter(|_| {
            let (gold, predicted) = world(80, &mut numbers);
            let found = clustering(&gold, &predicted, &bootstrap).unwrap().bcubed.recall_interval;
            found.low <= truth && truth <= found.high
        })
        .count();
    // 95 % asked; the percentile interval of 80 clusters holds a little less. Binomial noise is 1.3 points.
    assert!((267..=298).contains(&held), "{held} of {worlds}");
}
