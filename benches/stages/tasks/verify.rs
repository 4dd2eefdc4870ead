//! Two shingle sets → their exact similarity.

use std::rc::Rc;

use minhash_lsh::Jaccard;
use wirecopy_bench_corpus::naive;

use super::{Amount, Task};
use crate::fixture::{Texts, planted, shingle_sets};

const ARTICLES: usize = 3_000;

pub(crate) fn tasks() -> Vec<Task> {
    let sets = shingle_sets(&Texts::mixed(ARTICLES).texts);
    let truth = planted(ARTICLES);
    for pair in &truth {
        let jaccard = Jaccard::between(&sets[pair.a], &sets[pair.b]).get();
        assert!((jaccard - naive::jaccard(&sets[pair.a], &sets[pair.b])).abs() < 1e-12);
        // The truth takes accents and characters for what they are; the library folds some away.
        assert!((jaccard - pair.jaccard).abs() < 0.02, "{jaccard} for {pair:?}");
    }
    let shingles: usize = truth.iter().map(|pair| sets[pair.a].len() + sets[pair.b].len()).sum();
    let amount =
        Amount { elements: truth.len() as u64, unit: "pairs", bytes: (shingles * 8) as u64 };
    let (sets, pairs) = (Rc::new(sets), Rc::new(truth));
    let (read, these) = (sets.clone(), pairs.clone());
    vec![
        Task::new("planted_pairs", amount)
            .yardstick("hash_sets", move || {
                these.iter().map(|p| naive::jaccard(&read[p.a], &read[p.b])).sum::<f64>()
            })
            .variant("sort_and_merge", move || {
                pairs.iter().map(|p| Jaccard::between(&sets[p.a], &sets[p.b]).get()).sum::<f64>()
            }),
    ]
}
