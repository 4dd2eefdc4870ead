//! Two signatures → the estimated similarity of their sets.

use std::rc::Rc;

use super::{Amount, Task};
use crate::fixture::{K, planted, signatures};

const ARTICLES: usize = 5_000;

pub(crate) fn tasks() -> Vec<Task> {
    let matrix = Rc::new(signatures(ARTICLES));
    let truth = planted(ARTICLES);
    // The estimator's error: sqrt(J(1 − J) / k) for classic MinHash; fast similarity sketching is no worse.
    let (mut squares, mut expected) = (0.0, 0.0);
    for pair in &truth {
        let estimate = matrix.estimate(pair.a, pair.b).expect("both are rows").jaccard().get();
        squares += (estimate - pair.jaccard).powi(2);
        expected += pair.jaccard * (1.0 - pair.jaccard) / K as f64;
    }
    let ratio = (squares / expected).sqrt();
    assert!((0.5..1.05).contains(&ratio), "error {ratio:.3} of that of classic MinHash");

    let pairs: Rc<Vec<(usize, usize)>> = Rc::new(
        (0..50_000).map(|i| (i * 7_919 % ARTICLES, (i * 104_729 + 1) % ARTICLES)).collect(),
    );
    let amount =
        Amount { elements: pairs.len() as u64, unit: "pairs", bytes: (pairs.len() * K * 8) as u64 };
    let (rows, read) = (matrix.clone(), pairs.clone());
    let lane_by_lane = move || {
        let agree = |&(a, b): &(usize, usize)| {
            let row = |at: usize| &rows.lanes()[at * K..(at + 1) * K];
            row(a).iter().zip(row(b)).filter(|(a, b)| a == b).count()
        };
        read.iter().map(agree).sum::<usize>()
    };
    let estimates = move || {
        let jaccard = |&(a, b): &(usize, usize)| matrix.estimate(a, b).map(|e| e.jaccard().get());
        pairs.iter().flat_map(jaccard).sum::<f64>()
    };
    let task = Task::new("articles", amount);
    vec![task.yardstick("lane_by_lane", lane_by_lane).variant("estimate", estimates)]
}
