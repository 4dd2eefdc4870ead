//! The shapes of parallel work; without the feature `rayon` they are plain loops, and with it where
//! the pool has one thread: the caller works instead of waiting for it, and in its own heap. Work runs
//! in the pool of the caller. All keep the order of their input, so results do not depend on the number
//! of threads.

/// How many threads the caller's pool has.
pub(crate) fn threads() -> usize {
    #[cfg(feature = "rayon")]
    {
        rayon::current_num_threads()
    }
    #[cfg(not(feature = "rayon"))]
    1
}

/// Calls `work` for each row of `k` lanes beside its input.
pub(crate) fn for_each_row<T: Sync>(
    lanes: &mut [u32],
    k: usize,
    inputs: &[T],
    work: impl Fn(&mut [u32], &T) + Sync + Send,
) {
    #[cfg(feature = "rayon")]
    if threads() > 1 {
        use rayon::prelude::*;
        lanes.par_chunks_exact_mut(k).zip(inputs).for_each(|(row, input)| work(row, input));
        return;
    }
    for (row, input) in lanes.chunks_exact_mut(k).zip(inputs) {
        work(row, input);
    }
}

/// `work(0), …, work(count - 1)`.
pub(crate) fn map<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    #[cfg(feature = "rayon")]
    if threads() > 1 {
        use rayon::prelude::*;
        return (0..count).into_par_iter().map(work).collect();
    }
    (0..count).map(work).collect()
}

/// `work` of each item.
pub(crate) fn map_items<I: Send, T: Send>(
    items: Vec<I>,
    work: impl Fn(I) -> T + Sync + Send,
) -> Vec<T> {
    #[cfg(feature = "rayon")]
    if threads() > 1 {
        use rayon::prelude::*;
        return items.into_par_iter().map(work).collect();
    }
    items.into_iter().map(work).collect()
}
