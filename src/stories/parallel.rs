//! One function over many numbers, on several threads where the crate has them; the results come in
//! order either way.

/// `work` of every number below `count`; `state` makes what a thread keeps between two of them.
#[cfg(feature = "rayon")]
pub(super) fn map<S, T: Send>(
    count: usize,
    state: impl Fn() -> S + Sync + Send,
    work: impl Fn(&mut S, usize) -> T + Sync + Send,
) -> Vec<T> {
    use rayon::prelude::*;
    (0..count).into_par_iter().map_init(state, work).collect()
}

/// `work` of every number below `count`; `state` makes what is kept between two of them.
#[cfg(not(feature = "rayon"))]
pub(super) fn map<S, T>(
    count: usize,
    state: impl Fn() -> S,
    work: impl Fn(&mut S, usize) -> T,
) -> Vec<T> {
    let mut kept = state();
    (0..count).map(|number| work(&mut kept, number)).collect()
}
