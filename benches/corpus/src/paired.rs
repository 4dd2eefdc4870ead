//! Times variants of one task against one another.
//!
//! A machine that others use runs now faster, now slower, by a factor of two and more. Two things are done about it. Time is
//! processor time of the process: what a run costs, not how long it waited its turn. And all variants run once a round, in
//! an order that rotates; what is timed in the same moment is slowed alike, so the ratio of two variants within one round
//! says more than either time. The ratio reported is the median over the rounds, with the quartiles beside it.
//!
//! ```
//! use wirecopy_bench_corpus::paired::Comparison;
//!
//! let numbers: Vec<u64> = (0..10_000).collect();
//! let mut comparison = Comparison::new("sum");
//! comparison.add("forwards", || numbers.iter().sum::<u64>());
//! comparison.add("backwards", || numbers.iter().rev().sum::<u64>());
//! let times = comparison.run(5);
//! let ratio = times.ratio("forwards", "backwards").expect("both were added");
//! assert!(ratio.lower <= ratio.median && ratio.median <= ratio.upper);
//! ```

use std::fmt;
use std::hint::black_box;
use std::time::Duration;

use cpu_time::ProcessTime;

/// Least time of one variant in one round: below, the clock and cold caches are part of what is measured.
const LEAST_TURN: Duration = Duration::from_millis(20);

/// Variants of one task, to be timed in turns.
pub struct Comparison<'a> {
    task: String,
    variants: Vec<Variant<'a>>,
}

struct Variant<'a> {
    name: String,
    /// Runs once, and says how long that took if it does not take place in this process.
    run: Box<dyn FnMut() -> Option<Duration> + 'a>,
}

impl<'a> Comparison<'a> {
    /// A task without variants.
    pub fn new(task: impl Into<String>) -> Comparison<'a> {
        Comparison { task: task.into(), variants: Vec::new() }
    }

    /// Adds a variant; what it returns is kept from being optimised away.
    pub fn add<T>(&mut self, name: impl Into<String>, mut run: impl FnMut() -> T + 'a) {
        self.add_timed(name, move || {
            black_box(run());
            None
        });
    }

    /// Adds a variant that says how long a run took: work that another process does. `None` is the time of this process.
    pub fn add_timed(
        &mut self,
        name: impl Into<String>,
        run: impl FnMut() -> Option<Duration> + 'a,
    ) {
        self.variants.push(Variant { name: name.into(), run: Box::new(run) });
    }

    /// Runs every variant once unmeasured and then in each of `rounds` rounds; a variant that takes less than 20 ms is
    /// repeated within its turn.
    pub fn run(mut self, rounds: usize) -> Times {
        let repeats: Vec<u32> = self.variants.iter_mut().map(Variant::repeats).collect();
        let mut seconds = vec![Vec::with_capacity(rounds); self.variants.len()];
        for round in 0..rounds {
            for turn in 0..self.variants.len() {
                let place = (round + turn) % self.variants.len();
                seconds[place].push(self.variants[place].turn(repeats[place]));
            }
        }
        let names = self.variants.into_iter().map(|variant| variant.name);
        Times { task: self.task, variants: names.zip(seconds).collect() }
    }
}

impl fmt::Debug for Comparison<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.variants.iter().map(|variant| &variant.name);
        f.debug_struct("Comparison")
            .field("task", &self.task)
            .field("variants", &names.collect::<Vec<_>>())
            .finish()
    }
}

impl Variant<'_> {
    fn repeats(&mut self) -> u32 {
        self.turn(1); // warms caches, tables and branch predictors
        let once = self.turn(1).max(20e-9);
        (LEAST_TURN.as_secs_f64() / once) as u32 + 1
    }

    /// Seconds of one run.
    fn turn(&mut self, repeats: u32) -> f64 {
        let start = ProcessTime::now();
        let mut elsewhere = None;
        for _ in 0..repeats {
            if let Some(time) = (self.run)() {
                *elsewhere.get_or_insert(Duration::ZERO) += time;
            }
        }
        elsewhere.unwrap_or_else(|| start.elapsed()).as_secs_f64() / f64::from(repeats)
    }
}

/// What a [`Comparison`] measured.
#[derive(Clone, Debug)]
pub struct Times {
    task: String,
    variants: Vec<(String, Vec<f64>)>,
}

/// Median and quartiles over the rounds.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Spread {
    /// A quarter of the rounds lies below.
    pub lower: f64,
    /// Half of the rounds.
    pub median: f64,
    /// A quarter lies above.
    pub upper: f64,
}

impl Times {
    /// What was timed.
    pub fn task(&self) -> &str {
        &self.task
    }

    /// Names of the variants, as added.
    pub fn variants(&self) -> impl Iterator<Item = &str> {
        self.variants.iter().map(|(name, _)| name.as_str())
    }

    /// Seconds of one run of a variant; `None` for a name that was not added.
    pub fn seconds(&self, variant: &str) -> Option<Spread> {
        Spread::of(self.rounds(variant)?.to_vec())
    }

    /// How many times as long `slower` takes as `faster`, round by round; `None` for a name that was not added.
    pub fn ratio(&self, slower: &str, faster: &str) -> Option<Spread> {
        let rounds = self.rounds(slower)?.iter().zip(self.rounds(faster)?);
        Spread::of(rounds.map(|(slower, faster)| slower / faster).collect())
    }

    /// A Markdown table: each variant's time, its rates for `amount` of `unit` and for `bytes` a run, and how many times
    /// as fast as `yardstick` it is.
    pub fn table(&self, yardstick: &str, amount: f64, unit: &str, bytes: u64) -> String {
        let mut table = format!(
            "| {} | ms | {unit}/s | MB/s | × {yardstick} (quartiles) |\n|---|---|---|---|---|\n",
            self.task
        );
        for (name, _) in &self.variants {
            let (Some(seconds), Some(ratio)) = (self.seconds(name), self.ratio(yardstick, name))
            else {
                continue;
            };
            table += &format!(
                "| {name} | {} | {} | {} | {ratio} |\n",
                significant(seconds.median * 1e3),
                significant(amount / seconds.median),
                significant(bytes as f64 / 1e6 / seconds.median),
            );
        }
        table
    }

    fn rounds(&self, variant: &str) -> Option<&[f64]> {
        let found = self.variants.iter().find(|(name, _)| name == variant)?;
        Some(&found.1)
    }
}

impl Spread {
    /// Of the rounds; `None` when there are none.
    pub fn of(mut rounds: Vec<f64>) -> Option<Spread> {
        rounds.sort_by(f64::total_cmp);
        let last = rounds.len().checked_sub(1)?;
        let at = |quarters: usize| rounds[(last * quarters + 2) / 4];
        Some(Spread { lower: at(1), median: at(2), upper: at(3) })
    }
}

/// "12.3 (11.9–12.8)".
impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [median, lower, upper] = [self.median, self.lower, self.upper].map(significant);
        write!(f, "{median} ({lower}–{upper})")
    }
}

/// Three significant digits, which is what such measurements carry.
pub fn significant(value: f64) -> String {
    let size = value.abs();
    let digits = if size >= 99.95 {
        0
    } else if size >= 9.995 {
        1
    } else if size >= 0.9995 {
        2
    } else {
        3
    };
    format!("{value:.digits$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_are_rounds_in_order() {
        let spread = Spread::of(vec![5.0, 1.0, 4.0, 2.0, 3.0]).unwrap();
        assert_eq!(spread, Spread { lower: 2.0, median: 3.0, upper: 4.0 });
        assert_eq!(Spread::of(Vec::new()), None);
    }

    #[test]
    fn a_variant_that_does_ten_times_the_work_takes_about_ten_times_as_long() {
        let work = |times: u64| {
            let mut state = 1u64;
            for _ in 0..times * 20_000 {
                state = black_box(state).wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            }
            state
        };
        let mut comparison = Comparison::new("work");
        comparison.add("ten", move || work(10));
        comparison.add("one", move || work(1));
        let ratio = comparison.run(5).ratio("ten", "one").unwrap();
        assert!((5.0..20.0).contains(&ratio.median), "{ratio}");
    }

    #[test]
    fn numbers_are_printed_with_three_significant_digits() {
        assert_eq!(
            [1234.5, 99.96, 12.34, 1.234, 0.1234].map(significant),
            ["1234", "100", "12.3", "1.23", "0.123"]
        );
    }
}
