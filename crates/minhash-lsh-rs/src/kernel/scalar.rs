//! The scalar reference: safe, portable, and the definition of every other path.
//!
//! [`body`] is also what the AVX2 kernel compiles, so it is written for the compiler to vectorise:
//! elements are hashed in blocks before any of them touches a lane, which also keeps the scattered
//! minima from waiting for the hashes.

use super::VALUE_BITS;
use super::mixer::{HashKeys, even_word, lane_and_value, last_value, mix, odd_word};

/// Elements hashed before any of them touches a lane.
const BLOCK: usize = 16;
/// Lanes that the last round fills side by side.
const LANES_AT_ONCE: usize = 8;
/// Up to this many elements a lane, both rounds of a pair are thrown before the lanes are looked
/// at: at 5 k elements the second round is needed every other time, and hashing anew for it
/// costs more than throwing in vain.
const ELEMENTS_A_LANE_FOR_BOTH: usize = 5;

pub(super) fn absorb(keys: &HashKeys, elements: &[u64], lanes: &mut [u32]) {
    body(keys, elements, lanes);
}

#[inline(always)]
pub(super) fn body(keys: &HashKeys, elements: &[u64], lanes: &mut [u32]) {
    if elements.is_empty() {
        return;
    }
    let both = elements.len() <= ELEMENTS_A_LANE_FOR_BOTH * lanes.len();
    for (&key, round) in keys.pairs.iter().zip((0..keys.random_rounds).step_by(2)) {
        let paired = round + 1 < keys.random_rounds;
        if both && paired {
            throw_both(elements, key, round, lanes);
        } else {
            throw(elements, key, even_word, round, lanes);
            if all_below(lanes, round + 1) {
                return;
            }
            if paired {
                throw(elements, key, odd_word, round + 1, lanes);
            }
        }
        if all_below(lanes, (round + 2).min(keys.random_rounds)) {
            return;
        }
    }
    settle(elements, keys, lanes);
}

/// Whether every lane was filled before round `round`. No later round can then lower one, and this
/// holds for lanes that were filled before the call too, which makes an update exact.
#[inline(always)]
pub(super) fn all_below(lanes: &[u32], round: u32) -> bool {
    // In small pieces: while many lanes are empty the first piece tells.
    let limit = round << VALUE_BITS;
    lanes
        .chunks(LANES_AT_ONCE)
        .all(|piece| piece.iter().fold(true, |all, &lane| all & (lane < limit)))
}

/// One random round: every element goes to one lane, which keeps the smallest.
#[inline(always)]
fn throw(
    elements: &[u64],
    key: u64,
    word: impl Fn(u64) -> u32 + Copy,
    round: u32,
    lanes: &mut [u32],
) {
    let k = lanes.len() as u32;
    let (blocks, rest) = elements.as_chunks::<BLOCK>();
    for block in blocks {
        let words = block.map(|element| word(mix(element ^ key)));
        lower_all(lanes, k, round, &words);
    }
    for element in rest {
        lower_all(lanes, k, round, &[word(mix(element ^ key))]);
    }
}

/// Both random rounds of a pair, from one mix an element.
#[inline(always)]
fn throw_both(elements: &[u64], key: u64, round: u32, lanes: &mut [u32]) {
    let k = lanes.len() as u32;
    let (blocks, rest) = elements.as_chunks::<BLOCK>();
    for block in blocks {
        let mixed = block.map(|element| mix(element ^ key));
        lower_all(lanes, k, round, &mixed.map(even_word));
        lower_all(lanes, k, round + 1, &mixed.map(odd_word));
    }
    for element in rest {
        let mixed = mix(element ^ key);
        lower_all(lanes, k, round, &[even_word(mixed)]);
        lower_all(lanes, k, round + 1, &[odd_word(mixed)]);
    }
}

#[inline(always)]
fn lower_all<const N: usize>(lanes: &mut [u32], k: u32, round: u32, words: &[u32; N]) {
    for &word in words {
        let (lane, value) = lane_and_value(word, k);
        // `lane` is below k for every word: (2³² − 1) · k >> 32 < k.
        let kept = &mut lanes[lane as usize];
        *kept = (round << VALUE_BITS | value).min(*kept);
    }
}

/// The last round: every lane that no random round reached takes the minimum over all elements
/// under a hash function of its own, as classic MinHash does.
///
/// Many lanes are empty only where elements are few, so the lanes go side by side, not the elements.
#[inline(always)]
fn settle(elements: &[u64], keys: &HashKeys, lanes: &mut [u32]) {
    let tag = keys.random_rounds << VALUE_BITS;
    let (mut waiting, mut own_keys, mut count) = ([0; LANES_AT_ONCE], [0; LANES_AT_ONCE], 0);
    for lane in 0..lanes.len().min(keys.last_round.len()) {
        if lanes[lane] >= tag {
            waiting[count] = lane;
            own_keys[count] = keys.last_round[lane];
            count += 1;
            if count == LANES_AT_ONCE {
                let smallest = smallest_under_each(elements, &own_keys);
                lower_waiting(lanes, tag, &waiting, &smallest);
                count = 0;
            }
        }
    }
    if 2 * count > LANES_AT_ONCE {
        let smallest = smallest_under_each(elements, &own_keys);
        lower_waiting(lanes, tag, &waiting[..count], &smallest);
    } else {
        for (&lane, &key) in waiting[..count].iter().zip(&own_keys) {
            let smallest = elements.iter().map(|element| last_value(mix(element ^ key)));
            lower_waiting(lanes, tag, &[lane], &[smallest.fold(u32::MAX, u32::min)]);
        }
    }
}

#[inline(always)]
fn smallest_under_each(elements: &[u64], keys: &[u64; LANES_AT_ONCE]) -> [u32; LANES_AT_ONCE] {
    let mut smallest = [u32::MAX; LANES_AT_ONCE];
    for element in elements {
        for (kept, key) in smallest.iter_mut().zip(keys) {
            *kept = last_value(mix(element ^ key)).min(*kept);
        }
    }
    smallest
}

#[inline(always)]
fn lower_waiting(lanes: &mut [u32], tag: u32, waiting: &[usize], smallest: &[u32]) {
    for (&lane, &value) in waiting.iter().zip(smallest) {
        lanes[lane] = (tag | value).min(lanes[lane]);
    }
}
