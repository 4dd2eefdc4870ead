//! The inner loops: one scalar reference, which every faster path has to equal bit by bit.
//!
//! | file | what it is |
//! |---|---|
//! | `mixer` | the hash functions of the sketch, and why these |
//! | `scalar` | the reference: safe, portable, and what `neon` compiles again |
//! | `avx2`, `avx512` | the same in `std::arch`, with the gain and what did not help |
//! | `agreement` | how many lanes agree: one safe body, compiled for each set of instructions |
//! | `line` | which words of a cache line of the index match |
//! | `prefetch` | a hint to the cache |
//! | `choice` | which of them runs, asked of the CPU or of a variable |
//! | `guarded` | tests between pages that may not be touched |
//!
//! Another kernel is a file beside these and an arm in [`absorb`]; `tests/kernels.rs` holds it to the
//! reference.
#![cfg_attr(
    any(target_arch = "x86_64", all(target_arch = "aarch64", target_endian = "little"), test),
    expect(unsafe_code, reason = "vector instructions; each block states why it is sound")
)]

mod agreement;
#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod choice;
#[cfg(all(test, unix))]
mod guarded;
mod line;
mod mixer;
#[cfg(all(target_arch = "aarch64", target_endian = "little"))]
mod neon;
mod prefetch;
mod scalar;

pub(crate) use agreement::agreeing;
pub use choice::Kernel;
pub(crate) use line::matching;
pub(crate) use mixer::HashKeys;
pub(crate) use prefetch::prefetch;

/// Bits of a lane below the round: the value that is minimised.
pub(crate) const VALUE_BITS: u32 = 24;
/// The most lanes a sketch has.
#[cfg(target_arch = "x86_64")]
const MAX_LANES: usize = crate::Scheme::MAX_K;
/// Lanes of an empty set. No element can produce it: the last round is at most 128.
pub(crate) const EMPTY_LANE: u32 = u32::MAX;

/// A candidate `round << 24 | value` and the lane it falls into.
#[cfg(target_arch = "x86_64")]
type Entry = [u32; 2];

/// Adds `elements` to the sketch in `lanes`: the lanes become those of the union.
///
/// `lanes` holds as many lanes as `keys` was made for; all [`EMPTY_LANE`] is the empty set.
pub(crate) fn absorb(kernel: Kernel, keys: &HashKeys, elements: &[u64], lanes: &mut [u32]) {
    match kernel {
        // SAFETY: the kernel is available, so the CPU has the features of `avx2::absorb`.
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx2 if kernel.is_available() => unsafe { avx2::absorb(keys, elements, lanes) },
        // SAFETY: as above, for `avx512::absorb`.
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx512 if kernel.is_available() => unsafe { avx512::absorb(keys, elements, lanes) },
        // SAFETY: as above, for `neon::absorb`.
        #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
        Kernel::Neon if kernel.is_available() => unsafe { neon::absorb(keys, elements, lanes) },
        _ => scalar::absorb(keys, elements, lanes),
    }
}
