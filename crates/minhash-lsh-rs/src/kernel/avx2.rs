//! AVX2: the portable body, compiled for 256-bit vectors.

use super::mixer::HashKeys;
use super::scalar;

#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
pub(super) fn absorb(keys: &HashKeys, elements: &[u64], lanes: &mut [u32]) {
    scalar::body(keys, elements, lanes);
}
