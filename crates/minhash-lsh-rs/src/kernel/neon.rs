//! NEON: the portable body, compiled for 128-bit vectors.
//!
//! NEON is part of every AArch64, so this differs from the portable kernel only where a build
//! turns it off. Nothing is written in `std::arch` before it can be measured.

use super::mixer::HashKeys;
use super::scalar;

#[target_feature(enable = "neon")]
pub(super) fn absorb(keys: &HashKeys, elements: &[u64], lanes: &mut [u32]) {
    scalar::body(keys, elements, lanes);
}
