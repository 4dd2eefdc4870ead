//! Seconds and bytes.

use std::time::Instant;

use cpu_time::ProcessTime;

/// What was measured, in the order of the columns: seconds, bytes an article, shares.
pub(crate) type Figures = Vec<(&'static str, f64)>;

/// Work is repeated until it has taken so many seconds.
const LEAST_SECONDS: f64 = 0.5;

/// How long one run of some work took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seconds {
    /// That all threads together spent on a CPU: what the work costs, also while others use the machine.
    pub(crate) cpu: f64,
    /// By the clock on the wall.
    pub(crate) wall: f64,
}

/// The mean time of a run of `work`, and the result of the last.
pub(crate) fn seconds<T>(mut work: impl FnMut() -> T) -> (Seconds, T) {
    let (seconds, ((), result)) = seconds_with(|| (), |()| work());
    (seconds, result)
}

/// The mean time of a run of `work` on what `make` made for this run alone, both of the last run; the
/// time of `make` does not count.
///
/// What is worked on may keep what it is asked for the first time: work that is repeated on it finds
/// that done.
pub(crate) fn seconds_with<I, T>(
    mut make: impl FnMut() -> I,
    mut work: impl FnMut(&I) -> T,
) -> (Seconds, (I, T)) {
    let (mut wall, mut cpu, mut runs) = (0.0, 0.0, 0.0);
    loop {
        let input = make();
        let (start, cpu_start) = (Instant::now(), ProcessTime::now());
        let result = work(&input);
        wall += start.elapsed().as_secs_f64();
        cpu += cpu_start.elapsed().as_secs_f64();
        runs += 1.0;
        if wall >= LEAST_SECONDS {
            return (Seconds { cpu: cpu / runs, wall: wall / runs }, (input, result));
        }
    }
}

/// Resident memory of this process: now, and at its peak. 0 where the system does not tell (it is Linux that does).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Memory {
    pub(crate) now: f64,
    pub(crate) peak: f64,
}

impl Memory {
    pub(crate) fn read() -> Memory {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let bytes = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name));
            let kibibytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
            kibibytes.unwrap_or(0.0) * 1024.0
        };
        Memory { now: bytes("VmRSS:"), peak: bytes("VmHWM:") }
    }
}
