//! The scalar reference: safe, portable, and the definition of every other path.
//!
//! [`body`] is also what the NEON kernel compiles, so it is written for the compiler to vectorise:
//! all that can be done side by side is done for a block of elements before any of them touches a
//! lane, in plain loops (with `array::map` LLVM 21 vectorises nothing: 10 % at 650 elements).

use super::mixer::{FRACTION_SHIFT, HashKeys, even_word, last_value, mix, odd_word};
use super::{EMPTY_LANE, VALUE_BITS};

/// The lanes of a usual signature, for which the loops are compiled a second time.
const USUAL_LANES: usize = 128;
/// Elements hashed before any of them touches a lane.
const BLOCK: usize = 16;
/// Lanes among which the last round looks for empty ones at a time.
const LANES_A_PIECE: usize = 128;
/// Lanes that the last round fills side by side.
const LANES_AT_ONCE: usize = 8;
/// k lanes are filled by 5 k random throws every other time. Up to this many throws a lane both
/// rounds of a pair are thrown, and nobody looks whether the lanes are full.
const THROWS_A_LANE: usize = 5;
/// Up to this many elements a lane the mixes of a first round are kept for the second, which is
/// then needed once in twenty times and less.
const KEPT_A_LANE: usize = 8;
/// While at most this many lanes are empty, blocks of which no element falls into one are skipped.
const FEW: usize = 4;

pub(super) fn absorb(keys: &HashKeys, elements: &[u64], lanes: &mut [u32]) {
    // Where the number of lanes is known, choosing one is a shift and needs no check of bounds: 6 %
    // of the time of 20 elements, a tenth of that of 100.
    match <&mut [u32; USUAL_LANES]>::try_from(&mut *lanes) {
        Ok(lanes) => body(keys, elements, lanes),
        Err(_) => body(keys, elements, lanes),
    }
}

#[inline(always)]
pub(super) fn body(keys: &HashKeys, elements: &[u64], lanes: &mut [u32]) {
    if elements.is_empty() {
        return;
    }
    let filled = if elements.len() <= THROWS_A_LANE * lanes.len() {
        throw_few(keys, elements, lanes)
    } else {
        throw_many(keys, elements, lanes)
    };
    if !filled {
        settle(elements, keys, lanes);
    }
}

/// The random rounds in pairs. Returns whether every lane was filled.
#[inline(always)]
fn throw_few(keys: &HashKeys, elements: &[u64], lanes: &mut [u32]) -> bool {
    // A signature that is being updated may be full at once.
    let mut throws_to_fill = match lanes.first() {
        Some(&EMPTY_LANE) => THROWS_A_LANE * lanes.len(),
        _ => 0,
    };
    for (&key, round) in keys.pairs.iter().zip((0..keys.random_rounds).step_by(2)) {
        let both = round + 1 < keys.random_rounds;
        let (blocks, rest) = elements.as_chunks::<BLOCK>();
        for block in blocks {
            throw_pair(&mix_all(block, key), round, both, lanes);
        }
        let (fours, rest) = rest.as_chunks::<4>();
        for block in fours {
            throw_pair(&mix_all(block, key), round, both, lanes);
        }
        for element in rest {
            throw_pair(&[mix(element ^ key)], round, both, lanes);
        }
        throws_to_fill = throws_to_fill.saturating_sub(2 * elements.len());
        let next = (round + 2).min(keys.random_rounds);
        if throws_to_fill == 0 && all_below(lanes, next) {
            return true;
        }
    }
    false
}

#[inline(always)]
fn throw_pair<const N: usize>(mixed: &[u64; N], round: u32, both: bool, lanes: &mut [u32]) {
    throw(&mixed.map(even_word), round, lanes);
    if both {
        throw(&mixed.map(odd_word), round + 1, lanes);
    }
}

/// The random rounds one by one, where the first reaches most lanes. Returns whether every lane
/// was filled.
#[inline(always)]
fn throw_many(keys: &HashKeys, elements: &[u64], lanes: &mut [u32]) -> bool {
    let kept = elements.len() <= KEPT_A_LANE * lanes.len();
    let mut mixes = Vec::with_capacity(if kept { elements.len().div_ceil(BLOCK) } else { 0 });
    let (blocks, rest) = elements.as_chunks::<BLOCK>();
    for (&key, round) in keys.pairs.iter().zip((0..keys.random_rounds).step_by(2)) {
        mixes.clear();
        for block in blocks {
            let mixed = mix_all(block, key);
            if kept {
                mixes.push(mixed);
            }
            throw(&mixed.map(even_word), round, lanes);
        }
        for element in rest {
            throw(&[even_word(mix(element ^ key))], round, lanes);
        }
        if all_below(lanes, round + 1) {
            return true;
        }
        if round + 1 == keys.random_rounds {
            break;
        }
        let empty = FewLanes::not_below(lanes, round + 1);
        let mut throw_odd = |mixed: &[u64; BLOCK]| {
            let words = mixed.map(odd_word);
            if empty.as_ref().is_none_or(|empty| empty.any_hit_by(&words, lanes.len() as u32)) {
                throw(&words, round + 1, lanes);
            }
        };
        if kept {
            mixes.iter().for_each(throw_odd);
        } else {
            blocks.iter().for_each(|block| throw_odd(&mix_all(block, key)));
        }
        for element in rest {
            throw(&[odd_word(mix(element ^ key))], round + 1, lanes);
        }
        if all_below(lanes, round + 2) {
            return true;
        }
    }
    false
}

#[inline(always)]
fn mix_all<const N: usize>(block: &[u64; N], key: u64) -> [u64; N] {
    let mut mixed = [0; N];
    for (mixed, element) in mixed.iter_mut().zip(block) {
        *mixed = mix(element ^ key);
    }
    mixed
}

/// Every word goes to one lane, which keeps the smallest candidate.
#[inline(always)]
fn throw<const N: usize>(words: &[u32; N], round: u32, lanes: &mut [u32]) {
    let k = lanes.len() as u64;
    for &word in words {
        // The whole part of word · k / 2³² is the lane, the first 24 bits of the fraction the
        // value. The lane is below k for every word: (2³² − 1) · k >> 32 < k.
        let product = u64::from(word) * k;
        let candidate = round << VALUE_BITS | product as u32 >> FRACTION_SHIFT;
        let kept = &mut lanes[(product >> 32) as usize];
        *kept = candidate.min(*kept);
    }
}

/// Whether every lane was filled before round `round`. No later round can then lower one, and this
/// holds for lanes that were filled before the call too, which makes an update exact.
#[inline(always)]
fn all_below(lanes: &[u32], round: u32) -> bool {
    // In pieces: while many lanes are empty the first piece tells.
    let limit = round << VALUE_BITS;
    lanes.chunks(32).all(|piece| piece.iter().fold(true, |all, &lane| all & (lane < limit)))
}

/// At most [`FEW`] lanes; the last is repeated.
struct FewLanes([u32; FEW]);

impl FewLanes {
    /// The lanes that are not below `round`, if they are few.
    #[inline(always)]
    fn not_below(lanes: &[u32], round: u32) -> Option<Self> {
        let mut found = (0..).zip(lanes).filter(|&(_, &lane)| lane >= round << VALUE_BITS);
        let (first, _) = found.next()?;
        let mut few = [first; FEW];
        for (slot, (lane, _)) in few[1..].iter_mut().zip(&mut found) {
            *slot = lane;
        }
        found.next().is_none().then_some(Self(few))
    }

    /// Whether any of the words falls into one of these lanes.
    #[inline(always)]
    fn any_hit_by(&self, words: &[u32; BLOCK], k: u32) -> bool {
        let [a, b, c, d] = self.0.map(u64::from);
        words.iter().fold(false, |any, &word| {
            let lane = (u64::from(word) * u64::from(k)) >> 32;
            any | (lane == a) | (lane == b) | (lane == c) | (lane == d)
        })
    }
}

/// The last round: every lane that no random round reached takes the minimum over all elements
/// under a hash function of its own, as classic MinHash does.
///
/// Many lanes are empty only where elements are few, so the lanes go side by side, not the elements.
#[inline(always)]
fn settle(elements: &[u64], keys: &HashKeys, lanes: &mut [u32]) {
    let tag = keys.random_rounds << VALUE_BITS;
    for (lanes, keys) in lanes.chunks_mut(LANES_A_PIECE).zip(keys.last_round.chunks(LANES_A_PIECE))
    {
        // Without a branch, which would be mispredicted at every empty lane: a sixth of the time of
        // 20 elements.
        let (mut empty, mut count) = ([0_u8; LANES_A_PIECE], 0);
        for (lane, &value) in (0..).zip(&*lanes) {
            empty[count] = lane;
            count += usize::from(value >= tag);
        }
        let (groups, rest) = empty[..count].as_chunks::<LANES_AT_ONCE>();
        for waiting in groups {
            lower_waiting(elements, keys, tag, waiting, lanes);
        }
        if 2 * rest.len() > LANES_AT_ONCE {
            let mut waiting = [rest[0]; LANES_AT_ONCE];
            waiting[..rest.len()].copy_from_slice(rest);
            lower_waiting(elements, keys, tag, &waiting, lanes);
        } else {
            for &lane in rest {
                let key = keys[usize::from(lane)];
                let values = elements.iter().map(|element| last_value(mix(element ^ key)));
                let smallest = values.map(u32::cast_signed).fold(i32::MAX, i32::min);
                lower(&mut lanes[usize::from(lane)], tag, smallest);
            }
        }
    }
}

/// Gives each of the lanes `waiting`, which may repeat, the minimum under its key.
#[inline(always)]
fn lower_waiting(
    elements: &[u64],
    keys: &[u64],
    tag: u32,
    waiting: &[u8; LANES_AT_ONCE],
    lanes: &mut [u32],
) {
    let mut own_keys = [0; LANES_AT_ONCE];
    for (own, &lane) in own_keys.iter_mut().zip(waiting) {
        *own = keys[usize::from(lane)];
    }
    let smallest = smallest_under_each(elements, &own_keys);
    for (&lane, smallest) in waiting.iter().zip(smallest) {
        lower(&mut lanes[usize::from(lane)], tag, smallest);
    }
}

#[inline(always)]
fn lower(lane: &mut u32, tag: u32, smallest: i32) {
    *lane = (tag | smallest.cast_unsigned()).min(*lane);
}

#[inline(always)]
fn smallest_under_each(elements: &[u64], keys: &[u64; LANES_AT_ONCE]) -> [i32; LANES_AT_ONCE] {
    // Signed, because SSE2 compares nothing else; values have 24 bits.
    let mut smallest = [i32::MAX; LANES_AT_ONCE];
    for element in elements {
        for (kept, key) in smallest.iter_mut().zip(keys) {
            *kept = last_value(mix(element ^ key)).cast_signed().min(*kept);
        }
    }
    smallest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_lanes_are_hit_by_words_that_fall_into_them_and_by_no_others() {
        const K: u32 = 128;
        for count in 0..=FEW + 1 {
            let empty: Vec<u32> = (0..count as u32).map(|at| 3 + 31 * at % K).collect();
            let lanes: Vec<u32> =
                (0..K).map(|lane| if empty.contains(&lane) { EMPTY_LANE } else { 5 }).collect();
            let Some(few) = FewLanes::not_below(&lanes, 1) else {
                assert!(count == 0 || count > FEW, "{count} lanes are few");
                continue;
            };
            assert!((1..=FEW).contains(&count));
            for lane in 0..K {
                // All words of a block fall into lane 0, but for one in the middle of `lane`.
                let mut words = [0; BLOCK];
                words[7] = (lane << 25) + 12_345;
                assert_eq!(few.any_hit_by(&words, K), empty.contains(&lane), "{count}, {lane}");
            }
        }
    }
}
