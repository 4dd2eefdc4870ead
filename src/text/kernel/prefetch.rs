//! A hint to the cache.

/// A cache line of x86-64, in bytes.
const LINE: usize = 64;

/// Begins to load all of `values`.
///
/// An article that is compared is one of thousands and in no cache; the places where its terms stand
/// are known two articles earlier. 300 ns a pair of articles with 128 terms became 170, interleaved.
#[inline]
pub(crate) fn prefetch<T>(values: &[T]) {
    #[cfg(target_arch = "x86_64")]
    for value in values.iter().step_by((LINE / size_of::<T>().max(1)).max(1)) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: the instruction belongs to SSE, which every x86-64 has. It faults for no address.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(value).cast()) };
    }
    // Other targets have no stable intrinsic.
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (values, LINE);
}
