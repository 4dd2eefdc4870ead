//! Each stage of the way from text to stories, timed by criterion: `cargo bench --bench stages -- GROUP`.
//!
//! One thread, unless a name says otherwise. Every task checks the answers of its variants before any of them is timed.

mod elsewhere;
mod fixture;
#[expect(dead_code, reason = "yardsticks and units are for the tables of the ratios")]
mod tasks;

use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput};
use tasks::GROUPS;

fn main() {
    fixture::use_one_thread();
    if elsewhere::is_asked_to_serve() {
        return tasks::whole_job::serve();
    }
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args();
    for (name, tasks) in GROUPS {
        if !fixture::is_asked_for(name, &GROUPS.map(|(name, _)| name)) {
            continue;
        }
        let mut group = criterion.benchmark_group(name);
        for task in tasks() {
            let (elements, bytes) = (task.amount.elements, task.amount.bytes);
            group.throughput(Throughput::ElementsAndBytes { elements, bytes });
            for mut variant in task.variants {
                let id = BenchmarkId::new(&variant.name, &task.input);
                group.bench_function(id, |bencher| bencher.iter(|| (variant.run)()));
            }
        }
        group.finish();
    }
    criterion.final_summary();
}
