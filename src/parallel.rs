//! Work spread over threads without a trace in the result: what comes out is in the order of what
//! went in. Without the feature `rayon` these are plain loops.

/// `work(0), …, work(count - 1)` in this order.
#[cfg(feature = "rayon")]
pub(crate) fn map_ordered<T: Send>(
    count: usize,
    work: impl Fn(usize) -> T + Sync + Send,
) -> Vec<T> {
    map_with(count, || (), |(), number| work(number))
}

/// `work(0), …, work(count - 1)` in this order.
#[cfg(not(feature = "rayon"))]
pub(crate) fn map_ordered<T>(count: usize, work: impl Fn(usize) -> T) -> Vec<T> {
    map_with(count, || (), |(), number| work(number))
}

/// As [`map_ordered`]; `state` makes what a thread keeps between two calls, on which no result may
/// depend.
#[cfg(feature = "rayon")]
pub(crate) fn map_with<S, T: Send>(
    count: usize,
    state: impl Fn() -> S + Sync + Send,
    work: impl Fn(&mut S, usize) -> T + Sync + Send,
) -> Vec<T> {
    use rayon::prelude::*;
    (0..count).into_par_iter().map_init(state, work).collect()
}

/// As [`map_ordered`]; `state` makes what is kept between two calls, on which no result may depend.
#[cfg(not(feature = "rayon"))]
pub(crate) fn map_with<S, T>(
    count: usize,
    state: impl Fn() -> S,
    work: impl Fn(&mut S, usize) -> T,
) -> Vec<T> {
    let mut kept = state();
    (0..count).map(|number| work(&mut kept, number)).collect()
}

/// `work` of each item, in their order.
#[cfg(feature = "rayon")]
pub(crate) fn map_items<I: Sync, T: Send>(
    items: &[I],
    work: impl Fn(&I) -> T + Sync + Send,
) -> Vec<T> {
    use rayon::prelude::*;
    items.par_iter().map(work).collect()
}

/// `work` of each item, in their order.
#[cfg(not(feature = "rayon"))]
pub(crate) fn map_items<I, T>(items: &[I], work: impl Fn(&I) -> T) -> Vec<T> {
    items.iter().map(work).collect()
}

/// `work` of each item and its number, in their order; each item is given away, so that its memory
/// is free when its work is done.
#[cfg(feature = "rayon")]
pub(crate) fn map_owned<I: Send, T: Send>(
    items: Vec<I>,
    work: impl Fn(usize, I) -> T + Sync + Send,
) -> Vec<T> {
    use rayon::prelude::*;
    items.into_par_iter().enumerate().map(|(number, item)| work(number, item)).collect()
}

/// `work` of each item and its number, in their order; each item is given away, so that its memory
/// is free when its work is done.
#[cfg(not(feature = "rayon"))]
pub(crate) fn map_owned<I, T>(items: Vec<I>, work: impl Fn(usize, I) -> T) -> Vec<T> {
    items.into_iter().enumerate().map(|(number, item)| work(number, item)).collect()
}

/// Calls `work` with each item.
#[cfg(feature = "rayon")]
pub(crate) fn for_each_item<I: Send>(items: &mut [I], work: impl Fn(&mut I) + Sync + Send) {
    use rayon::prelude::*;
    items.par_iter_mut().for_each(work);
}

/// Calls `work` with each item.
#[cfg(not(feature = "rayon"))]
pub(crate) fn for_each_item<I>(items: &mut [I], work: impl Fn(&mut I)) {
    items.iter_mut().for_each(work);
}

/// Sorts values of which equal ones cannot be told apart.
#[cfg(feature = "rayon")]
pub(crate) fn sort<T: Ord + Send + Copy>(values: &mut [T]) {
    use rayon::prelude::*;
    values.par_sort_unstable();
}

/// Sorts values of which equal ones cannot be told apart.
#[cfg(not(feature = "rayon"))]
pub(crate) fn sort<T: Ord + Copy>(values: &mut [T]) {
    values.sort_unstable();
}

/// Rows that a task takes at least: what a thread keeps is made once a task.
#[cfg(feature = "rayon")]
const ROWS_A_TASK: usize = 32;

/// Calls `work` with each row of `width` values, the record of the same number, and that number.
/// `state` makes what is kept between two calls, on which no result may depend.
#[cfg(feature = "rayon")]
pub(crate) fn fill_rows<S, V: Send, R: Send>(
    rows: &mut [V],
    width: usize,
    records: &mut [R],
    state: impl Fn() -> S + Sync + Send,
    work: impl Fn(&mut S, usize, &mut [V], &mut R) + Sync + Send,
) {
    use rayon::prelude::*;
    rows.par_chunks_exact_mut(width)
        .zip(records)
        .enumerate()
        .with_min_len(ROWS_A_TASK)
        .for_each_init(state, |kept, (number, (row, record))| work(kept, number, row, record));
}

/// Calls `work` with each row of `width` values, the record of the same number, and that number.
/// `state` makes what is kept between two calls, on which no result may depend.
#[cfg(not(feature = "rayon"))]
pub(crate) fn fill_rows<S, V, R>(
    rows: &mut [V],
    width: usize,
    records: &mut [R],
    state: impl Fn() -> S,
    work: impl Fn(&mut S, usize, &mut [V], &mut R),
) {
    let mut kept = state();
    for (number, (row, record)) in rows.chunks_exact_mut(width).zip(records).enumerate() {
        work(&mut kept, number, row, record);
    }
}
