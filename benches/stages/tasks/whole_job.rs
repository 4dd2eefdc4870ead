//! Raw texts → verified duplicates.

use std::sync::Arc;

use minhash_lsh::Banding;
use wirecopy::duplicates::{DuplicateConfig, Duplicates, find_duplicates};
use wirecopy_bench_corpus::{Answer, naive};

use super::{Amount, Task};
use crate::fixture::{BANDS, K, ROWS, THRESHOLD, Texts, pairs_of, planted};

const ARTICLES: usize = 2_000;

pub(crate) fn tasks() -> Vec<Task> {
    let texts = Texts::mixed(ARTICLES);
    assert_answers(&texts.texts);
    let amount = Amount { elements: ARTICLES as u64, unit: "articles", bytes: texts.bytes() };
    let texts = Arc::new(texts);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let (one, two, three) = (texts.clone(), texts.clone(), texts);
    vec![
        Task::new(format!("{ARTICLES}_articles"), amount)
            .yardstick("naive", move || {
                naive::duplicates(&one.texts, K, BANDS, ROWS, THRESHOLD).len()
            })
            .variant("one_thread", move || duplicates(&two.texts).pairs().len())
            .variant(format!("{threads}_threads"), move || {
                pool.install(|| duplicates(&three.texts).pairs().len())
            }),
    ]
}

fn duplicates(texts: &[String]) -> Duplicates {
    let banding = Banding::new(BANDS, ROWS).expect("16 bands of 8 rows");
    let config = DuplicateConfig::new().with_banding(banding).expect("128 lanes");
    find_duplicates(texts, &config).expect("short texts")
}

/// Recall is that of the plan, which the naive way shares; nothing under 0.6 is in a group.
fn assert_answers(texts: &[String]) {
    let truth = planted(ARTICLES);
    let naively = naive::duplicates(texts, K, BANDS, ROWS, THRESHOLD);
    let naively = Answer::of(&naively, &truth, THRESHOLD);
    let found = pairs_of(&duplicates(texts));
    let answer = Answer::of(&found, &truth, THRESHOLD);
    assert!(answer.planted > 100, "{answer:?}");
    assert!(answer.recall() > 0.97, "recall {:.4}: {answer:?}", answer.recall());
    assert!(answer.recall() > naively.recall() - 0.01, "{answer:?}, naively {naively:?}");
    let precision = Answer::of(&found, &truth, 0.59).precision();
    assert!(precision > 0.999, "precision {precision:.4}: {answer:?}");
}
