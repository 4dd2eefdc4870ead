//! Work spread over threads without a trace in the result: what comes out is in the order of what
//! went in. Without the feature `rayon` these are the plain loops of [`in_turn`], and with it
//! where there is one thread.

#[cfg(not(feature = "rayon"))]
pub(crate) use in_turn::*;
#[cfg(feature = "rayon")]
pub(crate) use spread::*;

/// Plain loops.
mod in_turn {
    /// `work(0), …, work(count - 1)` in this order.
    #[cfg(not(feature = "rayon"))]
    pub(crate) fn map_ordered<T>(count: usize, work: impl Fn(usize) -> T) -> Vec<T> {
        (0..count).map(work).collect()
    }

    /// As [`map_ordered`]; `state` makes what is kept between two calls, on which no result may
    /// depend.
    pub(crate) fn map_with<S, T>(
        count: usize,
        state: impl Fn() -> S,
        work: impl Fn(&mut S, usize) -> T,
    ) -> Vec<T> {
        let mut kept = state();
        (0..count).map(|number| work(&mut kept, number)).collect()
    }

    /// `work` of each item, in their order.
    pub(crate) fn map_items<I, T>(items: &[I], work: impl Fn(&I) -> T) -> Vec<T> {
        items.iter().map(work).collect()
    }

    /// `work` of each item and its number, in their order; each item is given away, so that its
    /// memory is free when its work is done. `state` makes what is kept between two calls, on which no
    /// result may depend.
    pub(crate) fn map_owned<S, I, T>(
        items: Vec<I>,
        state: impl Fn() -> S,
        work: impl Fn(&mut S, usize, I) -> T,
    ) -> Vec<T> {
        let mut kept = state();
        // Not collected from the items themselves, whose memory would be kept for what may be smaller.
        let mut done = Vec::with_capacity(items.len());
        let items = items.into_iter().enumerate();
        done.extend(items.map(|(number, item)| work(&mut kept, number, item)));
        done
    }

    /// Calls `work` with each item.
    pub(crate) fn for_each_item<I>(items: &mut [I], work: impl Fn(&mut I)) {
        items.iter_mut().for_each(work);
    }

    /// Sorts values of which equal ones cannot be told apart.
    pub(crate) fn sort<T: Ord + Copy>(values: &mut [T]) {
        values.sort_unstable();
    }

    /// Calls `work` with each row of `width` values, the record of the same number, and that number.
    /// `state` makes what is kept between two calls, on which no result may depend.
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
}

/// The same by the threads of the caller's pool.
#[cfg(feature = "rayon")]
mod spread {
    use super::in_turn;
    use rayon::prelude::*;

    /// Whether the pool has one thread, which would do what its caller can do instead of waiting, and
    /// in a heap of its own: that of any but the first thread of a program grows by a system call every
    /// few pages (glibc).
    fn is_alone() -> bool {
        rayon::current_num_threads() == 1
    }

    /// `work(0), …, work(count - 1)` in this order.
    pub(crate) fn map_ordered<T: Send>(
        count: usize,
        work: impl Fn(usize) -> T + Sync + Send,
    ) -> Vec<T> {
        map_with(count, || (), |(), number| work(number))
    }

    /// As [`map_ordered`]; `state` makes what a thread keeps between two calls, on which no result
    /// may depend.
    pub(crate) fn map_with<S, T: Send>(
        count: usize,
        state: impl Fn() -> S + Sync + Send,
        work: impl Fn(&mut S, usize) -> T + Sync + Send,
    ) -> Vec<T> {
        if is_alone() {
            return in_turn::map_with(count, state, work);
        }
        (0..count).into_par_iter().map_init(state, work).collect()
    }

    /// `work` of each item, in their order.
    pub(crate) fn map_items<I: Sync, T: Send>(
        items: &[I],
        work: impl Fn(&I) -> T + Sync + Send,
    ) -> Vec<T> {
        if is_alone() {
            return in_turn::map_items(items, work);
        }
        items.par_iter().map(work).collect()
    }

    /// `work` of each item and its number, in their order; each item is given away, so that its
    /// memory is free when its work is done. `state` makes what a thread keeps between two calls, on
    /// which no result may depend.
    pub(crate) fn map_owned<S, I: Send, T: Send>(
        items: Vec<I>,
        state: impl Fn() -> S + Sync + Send,
        work: impl Fn(&mut S, usize, I) -> T + Sync + Send,
    ) -> Vec<T> {
        if is_alone() {
            return in_turn::map_owned(items, state, work);
        }
        let items = items.into_par_iter().enumerate();
        items.map_init(state, |kept, (number, item)| work(kept, number, item)).collect()
    }

    /// Calls `work` with each item.
    pub(crate) fn for_each_item<I: Send>(items: &mut [I], work: impl Fn(&mut I) + Sync + Send) {
        if is_alone() {
            return in_turn::for_each_item(items, work);
        }
        items.par_iter_mut().for_each(work);
    }

    /// Sorts values of which equal ones cannot be told apart.
    pub(crate) fn sort<T: Ord + Send + Copy>(values: &mut [T]) {
        if is_alone() {
            return in_turn::sort(values);
        }
        values.par_sort_unstable();
    }

    /// Rows that a task takes at least: what a thread keeps is made once a task.
    const ROWS_A_TASK: usize = 32;

    /// Calls `work` with each row of `width` values, the record of the same number, and that number.
    /// `state` makes what is kept between two calls, on which no result may depend.
    pub(crate) fn fill_rows<S, V: Send, R: Send>(
        rows: &mut [V],
        width: usize,
        records: &mut [R],
        state: impl Fn() -> S + Sync + Send,
        work: impl Fn(&mut S, usize, &mut [V], &mut R) + Sync + Send,
    ) {
        if is_alone() {
            return in_turn::fill_rows(rows, width, records, state, work);
        }
        rows.par_chunks_exact_mut(width)
            .zip(records)
            .enumerate()
            .with_min_len(ROWS_A_TASK)
            .for_each_init(state, |kept, (number, (row, record))| work(kept, number, row, record));
    }
}
