//! The variants of each stage against one another, timed in turns: `cargo bench --bench ratios -- GROUP`.
//!
//! Prints the Markdown tables of BENCHMARKS.md: processor time, and the median over the rounds of how many times as fast
//! a variant is as the yardstick, with the quartiles. `--test` runs one round.

#[path = "../stages/elsewhere.rs"]
mod elsewhere;
#[path = "../stages/fixture.rs"]
mod fixture;
#[path = "../stages/tasks/mod.rs"]
mod tasks;

use tasks::{GROUPS, Task};
use wirecopy_bench_corpus::paired::Comparison;

const ROUNDS: usize = 15;

fn main() {
    fixture::use_one_thread();
    if elsewhere::is_asked_to_serve() {
        return tasks::whole_job::serve();
    }
    let rounds = if std::env::args().any(|argument| argument == "--test") { 1 } else { ROUNDS };
    for (name, tasks) in GROUPS {
        if fixture::is_asked_for(name, &GROUPS.map(|(name, _)| name)) {
            tasks().into_iter().for_each(|task| compare(name, task, rounds));
        }
    }
}

/// Prints the table of one task; a task whose variants do different things has none.
fn compare(group: &str, task: Task, rounds: usize) {
    let Some(yardstick) = task.yardstick else { return };
    let amount = task.amount;
    let mut comparison = Comparison::new(format!("{group}, {}", task.input));
    for variant in task.variants {
        comparison.add_timed(variant.name, variant.run);
    }
    let times = comparison.run(rounds);
    let unit = format!("M {}", amount.unit);
    println!("{}", times.table(yardstick, amount.elements as f64 / 1e6, &unit, amount.bytes));
}
