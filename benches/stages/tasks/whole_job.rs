//! Raw texts → verified duplicates.

use std::sync::Arc;

use minhash_lsh::{Banding, Kernel};
use wirecopy::duplicates::{DuplicateConfig, Duplicates, find_duplicates};
use wirecopy_bench_corpus::{Answer, naive};

use super::{Amount, Task};
use crate::elsewhere::{self, Elsewhere};
use crate::fixture::{BANDS, K, ROWS, THRESHOLD, Texts, pairs_of, planted};

const ARTICLES: usize = 2_000;

pub(crate) fn tasks() -> Vec<Task> {
    let texts = Texts::mixed(ARTICLES);
    let pairs = assert_answers(&texts.texts);
    let amount = Amount { elements: ARTICLES as u64, unit: "articles", bytes: texts.bytes() };
    let texts = Arc::new(texts);
    let read = texts.clone();
    let mut task = Task::new(format!("{ARTICLES}_articles"), amount)
        .yardstick("naive", move || {
            naive::duplicates(&read.texts, K, BANDS, ROWS, THRESHOLD).len()
        });
    for &kernel in Kernel::available().iter().filter(|&&kernel| kernel != Kernel::detect()) {
        let mut elsewhere = Elsewhere::new(kernel);
        assert_eq!(elsewhere.run().0, pairs, "{kernel}");
        task = task.elsewhere(kernel.name(), move || Some(elsewhere.run().1));
    }
    let read = texts.clone();
    task = task.variant(Kernel::detect().name(), move || duplicates(&read.texts).pairs().len());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    // A task of its own, because the processor time of four threads says nothing of how long they take.
    let on_all = Task::new(format!("{ARTICLES}_articles_{threads}_threads"), amount)
        .variant(Kernel::detect().name(), move || {
            pool.install(|| duplicates(&texts.texts).pairs().len())
        });
    vec![task, on_all]
}

/// Does the job on the kernel of this process whenever another asks for it.
pub(crate) fn serve() {
    let texts = Texts::mixed(ARTICLES);
    elsewhere::serve(|| duplicates(&texts.texts).pairs().len());
}

fn duplicates(texts: &[String]) -> Duplicates {
    let banding = Banding::new(BANDS, ROWS).expect("16 bands of 8 rows");
    let config = DuplicateConfig::new().with_banding(banding).expect("128 lanes");
    find_duplicates(texts, &config).expect("short texts")
}

/// Recall is that of the plan, which the naive way shares; nothing under 0.6 is in a group. Returns the number of pairs.
fn assert_answers(texts: &[String]) -> usize {
    let truth = planted(ARTICLES);
    let naively = naive::duplicates(texts, K, BANDS, ROWS, THRESHOLD);
    let naively = Answer::of(&naively, &truth, THRESHOLD);
    let duplicates = duplicates(texts);
    let found = pairs_of(&duplicates);
    let answer = Answer::of(&found, &truth, THRESHOLD);
    assert!(answer.planted > 100, "{answer:?}");
    assert!(answer.recall() > 0.97, "recall {:.4}: {answer:?}", answer.recall());
    assert!(answer.recall() > naively.recall() - 0.01, "{answer:?}, naively {naively:?}");
    let precision = Answer::of(&found, &truth, 0.59).precision();
    assert!(precision > 0.999, "precision {precision:.4}: {answer:?}");
    duplicates.pairs().len()
}
