//! Work spread over threads without a trace in the result.

/// `f(0), …, f(count - 1)` in this order.
#[cfg(feature = "rayon")]
pub(crate) fn map_ordered<T: Send>(count: usize, f: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    use rayon::prelude::*;
    (0..count).into_par_iter().map(f).collect()
}

/// `f(0), …, f(count - 1)` in this order.
#[cfg(not(feature = "rayon"))]
pub(crate) fn map_ordered<T>(count: usize, f: impl Fn(usize) -> T) -> Vec<T> {
    (0..count).map(f).collect()
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
