//! The scalar reference: safe, portable, and the definition of every other path.

use super::VALUE_BITS;
use super::mixer::{HashKeys, even_word, lane_and_value, last_value, mix, odd_word};

/// Elements hashed before any of them touches a lane, so that the compiler vectorises the hashing
/// and the scattered minima do not wait for it.
const BLOCK: usize = 16;

pub(super) fn absorb(keys: &HashKeys, elements: &[u64], lanes: &mut [u32]) {
    if elements.is_empty() {
        return;
    }
    let rounds = keys.random_rounds;
    for (round, &key) in (0..).step_by(2).zip(&keys.pairs) {
        throw(elements, key, even_word, round << VALUE_BITS, lanes);
        // No later round can lower a lane that this or an earlier one has filled. This holds for
        // lanes that were filled before the call too, which makes an update exact.
        if highest(lanes) < (round + 1) << VALUE_BITS {
            return;
        }
        if round + 1 < rounds {
            throw(elements, key, odd_word, (round + 1) << VALUE_BITS, lanes);
            if highest(lanes) < (round + 2) << VALUE_BITS {
                return;
            }
        }
    }
    settle(elements, &keys.last_round, rounds << VALUE_BITS, lanes);
}

/// One random round: every element goes to one lane, which keeps the smallest.
#[inline(always)]
fn throw(
    elements: &[u64],
    key: u64,
    word: impl Fn(u64) -> u32 + Copy,
    tag: u32,
    lanes: &mut [u32],
) {
    let k = lanes.len() as u32;
    let (blocks, rest) = elements.as_chunks::<BLOCK>();
    for block in blocks {
        let words = block.map(|element| word(mix(element ^ key)));
        for word in words {
            lower(lanes, word, k, tag);
        }
    }
    for element in rest {
        lower(lanes, word(mix(element ^ key)), k, tag);
    }
}

#[inline(always)]
fn lower(lanes: &mut [u32], word: u32, k: u32, tag: u32) {
    let (lane, value) = lane_and_value(word, k);
    // `lane` is below k for every word: (2³² − 1) · k >> 32 < k.
    let kept = &mut lanes[lane as usize];
    *kept = (tag | value).min(*kept);
}

/// The last round: every lane that no random round reached takes the minimum over all elements
/// under a hash function of its own, as classic MinHash does.
fn settle(elements: &[u64], keys: &[u64], tag: u32, lanes: &mut [u32]) {
    for (lane, &key) in lanes.iter_mut().zip(keys) {
        if *lane >= tag {
            let values = elements.iter().map(|element| last_value(mix(element ^ key)));
            let smallest = values.fold(u32::MAX, u32::min);
            *lane = (*lane).min(tag | smallest);
        }
    }
}

fn highest(lanes: &[u32]) -> u32 {
    lanes.iter().copied().fold(0, u32::max)
}
