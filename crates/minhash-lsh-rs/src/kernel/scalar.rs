//! The scalar reference: safe, portable, and the definition of every other path.

use super::VALUE_BITS;
use super::mixer::{HashKeys, lane_of, mix, value_of};

/// Elements hashed before any of them touches a lane, so that the compiler vectorises the hashing
/// and the scattered minima do not wait for it.
const BLOCK: usize = 16;

pub(super) fn absorb(keys: &HashKeys, elements: &[u64], lanes: &mut [u32]) {
    if elements.is_empty() {
        return;
    }
    let mut round = 0;
    for &key in &keys.random_rounds {
        throw(elements, key, round << VALUE_BITS, lanes);
        round += 1;
        // No later round can lower a lane that this or an earlier one has filled. This holds for
        // lanes that were filled before the call too, which makes an update exact.
        if highest(lanes) < round << VALUE_BITS {
            return;
        }
    }
    settle(elements, &keys.last_round, round << VALUE_BITS, lanes);
}

/// One random round: every element goes to one lane, which keeps the smallest.
fn throw(elements: &[u64], key: u64, tag: u32, lanes: &mut [u32]) {
    let k = lanes.len() as u64;
    let (blocks, rest) = elements.as_chunks::<BLOCK>();
    for block in blocks {
        let mixed = block.map(|element| mix(element ^ key));
        for mixed in mixed {
            lower(lanes, lane_of(mixed, k), tag | value_of(mixed));
        }
    }
    for element in rest {
        let mixed = mix(element ^ key);
        lower(lanes, lane_of(mixed, k), tag | value_of(mixed));
    }
}

#[inline(always)]
fn lower(lanes: &mut [u32], lane: usize, candidate: u32) {
    // `lane_of` is below the number of lanes for every input: (2³² − 1) · k >> 32 < k.
    let kept = &mut lanes[lane];
    *kept = candidate.min(*kept);
}

/// The last round: every lane that no random round reached takes the minimum over all elements
/// under a hash function of its own, as classic MinHash does.
fn settle(elements: &[u64], keys: &[u64], tag: u32, lanes: &mut [u32]) {
    for (lane, &key) in lanes.iter_mut().zip(keys) {
        if *lane >= tag {
            let values = elements.iter().map(|element| value_of(mix(element ^ key)));
            let smallest = values.fold(u32::MAX, u32::min);
            *lane = (*lane).min(tag | smallest);
        }
    }
}

fn highest(lanes: &[u32]) -> u32 {
    lanes.iter().copied().fold(0, u32::max)
}
