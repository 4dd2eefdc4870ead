//! Interleaved rounds, as in [`wirecopy_bench_corpus::paired`], for jobs whose input is made anew
//! each time off the clock: an index that swallows its signatures needs them copied first.
//!
//! Time is processor time of the process, all threads. Every job runs on one thread, so on an idle
//! machine it is the wall's; on a busy one it leaves out the waiting for a core, which made walls
//! three times as long.

use std::time::Duration;

use cpu_time::ProcessTime;
use wirecopy_bench_corpus::paired::Spread;

/// Shortest time that a round measures a contender; faster ones are repeated.
const SHORTEST: Duration = Duration::from_millis(10);

/// What runs in a round and returns the time that counts.
pub type Contender<'a> = Box<dyn FnMut() -> Duration + 'a>;

/// Seconds a run, by contender and round.
pub struct Rounds {
    seconds: Vec<Vec<f64>>,
}

/// The processor time of one call, whose result is dropped off the clock.
pub fn timed<T>(job: impl FnOnce() -> T) -> Duration {
    let start = ProcessTime::now();
    let result = std::hint::black_box(job());
    let elapsed = start.elapsed();
    drop(result);
    elapsed
}

/// Runs every contender once a round, in an order that shifts by one each round. The first run of
/// each is a warm-up that says how often a round must repeat it.
pub fn interleave(rounds: usize, contenders: &mut [Contender<'_>]) -> Rounds {
    let repeats: Vec<u32> = contenders
        .iter_mut()
        .map(|run| (SHORTEST.as_secs_f64() / run().as_secs_f64().max(1e-9)).ceil().max(1.0) as u32)
        .collect();
    let count = contenders.len();
    let mut seconds = vec![Vec::with_capacity(rounds); count];
    for round in 0..rounds {
        for turn in 0..count {
            let place = (round + turn) % count;
            let total: Duration = (0..repeats[place]).map(|_| contenders[place]()).sum();
            seconds[place].push(total.as_secs_f64() / f64::from(repeats[place]));
        }
    }
    Rounds { seconds }
}

impl Rounds {
    /// Seconds a run of a contender.
    pub fn seconds(&self, contender: usize) -> Spread {
        spread(self.seconds[contender].clone())
    }

    /// How many times the time of `base` a contender takes, round by round.
    pub fn ratio(&self, contender: usize, base: usize) -> Spread {
        let pairs = self.seconds[contender].iter().zip(&self.seconds[base]);
        spread(pairs.map(|(a, b)| a / b).collect())
    }
}

fn spread(rounds: Vec<f64>) -> Spread {
    Spread::of(rounds).expect("there is at least one round")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_taken_within_a_round() {
        let rounds = Rounds { seconds: vec![vec![1.0, 10.0, 2.0], vec![3.0, 20.0, 8.0]] };
        assert_eq!(rounds.ratio(1, 0).median, 3.0);
        assert_eq!(rounds.seconds(0).median, 2.0);
    }

    #[test]
    fn every_contender_runs_in_every_round() {
        let mut runs = [0, 0];
        let [a, b] = &mut runs;
        let second = Duration::from_secs(1);
        interleave(
            4,
            &mut [
                Box::new(|| {
                    *a += 1;
                    second
                }),
                Box::new(|| {
                    *b += 1;
                    second
                }),
            ],
        );
        assert_eq!(runs, [5, 5]);
    }
}
