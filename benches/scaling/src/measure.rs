//! Seconds and bytes.

use std::time::Instant;

/// What was measured, in the order of the columns: seconds, bytes an article, shares.
pub(crate) type Figures = Vec<(&'static str, f64)>;

/// Work on fewer articles than this takes milliseconds, so it is repeated and the median taken.
const REPEAT_BELOW: usize = 50_000;

/// The seconds that `work` takes, and its last result.
pub(crate) fn seconds<T>(articles: usize, mut work: impl FnMut() -> T) -> (f64, T) {
    let mut timed = || {
        let start = Instant::now();
        let result = work();
        (start.elapsed().as_secs_f64(), result)
    };
    let (first, mut result) = timed();
    let mut all = vec![first];
    if articles < REPEAT_BELOW {
        for _ in 0..4 {
            let (again, latest) = timed();
            all.push(again);
            result = latest;
        }
    }
    all.sort_by(f64::total_cmp);
    (all.get(all.len() / 2).copied().unwrap_or(first), result)
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
