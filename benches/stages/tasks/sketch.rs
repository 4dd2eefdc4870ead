//! Sets of hashes → signatures, beside classic MinHash.

use std::rc::Rc;

use minhash_lsh::{Kernel, Sketcher};
use wirecopy_bench_corpus::naive::ClassicMinHash;

use super::{Amount, Task};
use crate::fixture::{K, Texts, shingle_sets, sketcher};

pub(crate) fn tasks() -> Vec<Task> {
    let articles = shingle_sets(&Texts::mixed(1_000).texts);
    let cut = |length: usize| {
        let hashes: Vec<u64> = articles.iter().flatten().copied().collect();
        hashes.chunks_exact(length).take(300_000 / length).map(<[u64]>::to_vec).collect::<Vec<_>>()
    };
    vec![task("650_hashes", cut(650)), task("20_hashes", cut(20)), task("articles", articles)]
}

fn task(input: &str, sets: Vec<Vec<u64>>) -> Task {
    assert_equal(&sets);
    let hashes = sets.iter().map(|set| set.len() as u64).sum();
    let amount = Amount { elements: hashes, unit: "hashes", bytes: hashes * 8 };
    let sets = Rc::new(sets);
    let read = sets.clone();
    let classic = ClassicMinHash::new(K);
    let mut task = Task::new(input, amount).yardstick("classic_minhash", move || {
        read.iter().map(|set| classic.sketch(set)[0] as u64).sum::<u64>()
    });
    for &kernel in Kernel::available() {
        let sketcher = on(kernel);
        let read = sets.clone();
        let mut lanes = [0; K];
        task = task.variant(kernel.name(), move || {
            let sketch = |set: &Vec<u64>| {
                sketcher.sketch_into(set, &mut lanes).expect("K lanes");
                u64::from(lanes[0])
            };
            read.iter().map(sketch).sum::<u64>()
        });
    }
    task
}

fn on(kernel: Kernel) -> Sketcher {
    sketcher().with_kernel(kernel).expect("it is available")
}

fn assert_equal(sets: &[Vec<u64>]) {
    let scalar = on(Kernel::Scalar);
    for &kernel in Kernel::available() {
        let other = on(kernel);
        for set in sets {
            assert_eq!(scalar.sketch(set), other.sketch(set), "{kernel}");
        }
    }
}
