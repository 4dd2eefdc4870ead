//! The inner loops: one scalar reference, which every faster path has to equal bit by bit.

mod choice;
mod mixer;
mod scalar;

pub use choice::Kernel;
pub(crate) use mixer::HashKeys;

/// Bits of a lane below the round: the value that is minimised.
pub(crate) const VALUE_BITS: u32 = 24;
/// Lanes of an empty set. No element can produce it: the last round is at most 128.
pub(crate) const EMPTY_LANE: u32 = u32::MAX;

/// Adds `elements` to the sketch in `lanes`: the lanes become those of the union.
///
/// `lanes` holds as many lanes as `keys` was made for; all [`EMPTY_LANE`] is the empty set.
pub(crate) fn absorb(kernel: Kernel, keys: &HashKeys, elements: &[u64], lanes: &mut [u32]) {
    match kernel {
        // No other kernel of the sketch is written yet.
        Kernel::Scalar | Kernel::Neon | Kernel::Avx2 | Kernel::Avx512 => {
            scalar::absorb(keys, elements, lanes);
        }
    }
}
