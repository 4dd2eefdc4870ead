//! A hint to the cache.

/// Begins to load the cache line of `values[index]`; does nothing beyond the end.
///
/// A look-up in 16 tables that fit no cache then waits once, not 16 times. Reading one word of each
/// line beforehand does it too, but keeps the reads in the queue of the processor until they are
/// done: inserting into an index of 1 million sets took 46–49 ns a band with this and 55–57 with
/// reading, interleaved.
#[cfg_attr(
    target_arch = "x86_64",
    expect(unsafe_code, reason = "a hint, which touches no memory that the program sees")
)]
#[inline(always)]
pub(crate) fn prefetch<T>(values: &[T], index: usize) {
    #[cfg(target_arch = "x86_64")]
    if let Some(value) = values.get(index) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: the instruction belongs to SSE, which every x86-64 has. It faults for no address.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(value).cast()) };
    }
    // Other targets have no stable intrinsic.
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (values, index);
}
