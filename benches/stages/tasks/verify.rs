//! Two shingle sets → their exact similarity.

use std::rc::Rc;

use minhash_lsh::{Jaccard, PreparedSet};
use wirecopy_bench_corpus::naive;

use super::{Amount, Task};
use crate::fixture::{Texts, planted, shingle_sets};

const ARTICLES: usize = 3_000;

pub(crate) fn tasks() -> Vec<Task> {
    let sets = shingle_sets(&Texts::mixed(ARTICLES).texts);
    let truth = planted(ARTICLES);
    for pair in &truth {
        let jaccard = Jaccard::between(&sets[pair.a], &sets[pair.b]).get();
        assert_eq!(jaccard, prepared(&sets[pair.a], &sets[pair.b]));
        assert!((jaccard - naive::jaccard(&sets[pair.a], &sets[pair.b])).abs() < 1e-12);
        // The truth takes accents and characters for what they are; the library folds some away.
        assert!((jaccard - pair.jaccard).abs() < 0.02, "{jaccard} for {pair:?}");
    }
    let shingles: usize = truth.iter().map(|pair| sets[pair.a].len() + sets[pair.b].len()).sum();
    let amount =
        Amount { elements: truth.len() as u64, unit: "pairs", bytes: (shingles * 8) as u64 };
    let (sets, pairs) = (Rc::new(sets), Rc::new(truth));
    let ready: Vec<PreparedSet> = sets.iter().map(|set| PreparedSet::of(set)).collect();
    let (one, two, three) = (sets.clone(), sets.clone(), sets);
    let (those, these, them) = (pairs.clone(), pairs.clone(), pairs.clone());
    vec![
        Task::new("planted_pairs", amount)
            .yardstick("hash_sets", move || {
                those.iter().map(|p| naive::jaccard(&one[p.a], &one[p.b])).sum::<f64>()
            })
            .variant("between", move || {
                these.iter().map(|p| Jaccard::between(&two[p.a], &two[p.b]).get()).sum::<f64>()
            })
            .variant("prepare_both", move || {
                them.iter().map(|p| prepared(&three[p.a], &three[p.b])).sum::<f64>()
            })
            .variant("prepared", move || {
                pairs.iter().map(|p| ready[p.a].jaccard(&ready[p.b]).get()).sum::<f64>()
            }),
    ]
}

fn prepared(a: &[u64], b: &[u64]) -> f64 {
    PreparedSet::of(a).jaccard(&PreparedSet::of(b)).get()
}
