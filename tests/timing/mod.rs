//! How long work takes, whoever else uses the machine.

use cpu_time::ThreadTime;
use std::time::Duration;

/// What `work` gives, and the processor time it takes on one thread.
///
/// The wall said "quadratic" of linear code whenever the machine was busy.
pub(crate) fn timed<T: Send>(work: impl FnOnce() -> T + Send) -> (T, Duration) {
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("one more thread");
    alone.install(|| {
        let start = ThreadTime::now();
        let result = work();
        (result, start.elapsed())
    })
}
