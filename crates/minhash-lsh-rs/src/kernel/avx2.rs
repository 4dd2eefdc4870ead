//! AVX2, four elements a vector, in `std::arch`: twice as fast as the portable body compiled for
//! 256-bit vectors, of which the compiler vectorises little.
//!
//! The structure is that of `avx512.rs`, without its compression: later rounds look by a bitmap of
//! the empty lanes which elements fall into one, and take these one by one.

use std::arch::x86_64::*;
use std::mem::MaybeUninit;
use std::ops::Range;

use super::mixer::{
    FIRST_MULTIPLIER, FRACTION_SHIFT, HashKeys, ODD_WORD_SHIFT, SECOND_MULTIPLIER, SHIFT,
};
use super::{EMPTY_LANE, Entry, VALUE_BITS};

/// Elements of a vector.
const WIDTH: usize = 4;
/// Elements whose mixes and candidates are kept at a time: 16 KiB of the L1 cache.
const BLOCK: usize = 1024;
/// From 3 k elements on the rounds after the first are filtered by a bitmap of the empty lanes.
const FILTERED_FROM: usize = 3;
/// The most lanes for which the bitmap fits into a vector; above, nothing is filtered.
const FILTERED_LANES: usize = 256;
/// Random lanes are filled by 5 k throws every other time; before, nobody looks whether they are.
const THROWS_A_LANE: usize = 5;
/// How many vectors the throwing stays behind the hashing of the first round, so that both run side
/// by side.
const BEHIND: usize = 8;

#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
pub(super) fn absorb(keys: &HashKeys, elements: &[u64], lanes: &mut [u32]) {
    if elements.is_empty() {
        return;
    }
    let filled = if elements.len() < BLOCK / 2 && elements.len() < FILTERED_FROM * lanes.len() {
        throw_few(keys, elements, lanes)
    } else {
        throw_many(keys, elements, lanes)
    };
    if !filled {
        settle(elements, keys, lanes);
    }
}

/// The random rounds for less than half a block of elements, several rounds at a time: hashes are
/// not made to wait for looks at the lanes. Returns whether every lane was filled.
#[inline]
#[target_feature(enable = "avx2")]
fn throw_few(keys: &HashKeys, elements: &[u64], lanes: &mut [u32]) -> bool {
    let mut buffers = Buffers::new();
    let mut listed = 0;
    // A signature that is being updated may be full at once.
    let mut throws_to_fill = match lanes.first() {
        Some(&EMPTY_LANE) => THROWS_A_LANE * lanes.len(),
        _ => 0,
    };
    for (&key, round) in keys.pairs.iter().zip((0..keys.random_rounds).step_by(2)) {
        buffers.list_both(elements, key, round, lanes.len(), listed);
        let both = round + 1 < keys.random_rounds;
        let added = if both { 2 * elements.len() } else { elements.len() };
        listed += added;
        throws_to_fill = throws_to_fill.saturating_sub(added);
        if throws_to_fill > 0 && both && listed + added <= BLOCK {
            continue;
        }
        // SAFETY: `list_both` stored that many, for as many lanes as there are.
        unsafe { buffers.lower(0..listed, lanes) };
        listed = 0;
        let next = if both { round + 2 } else { round + 1 };
        if throws_to_fill == 0 && all_below(lanes, next) {
            return true;
        }
    }
    // SAFETY: as above.
    unsafe { buffers.lower(0..listed, lanes) };
    false
}

/// The random rounds where the first reaches most lanes. Returns whether they filled every lane.
#[inline]
#[target_feature(enable = "avx2,bmi1")]
fn throw_many(keys: &HashKeys, elements: &[u64], lanes: &mut [u32]) -> bool {
    let mut buffers = Buffers::new();
    for (&key, round) in keys.pairs.iter().zip((0..keys.random_rounds).step_by(2)) {
        for block in elements.chunks(BLOCK) {
            buffers.mix_and_throw(block, key, round, lanes);
        }
        if all_below(lanes, round + 1) {
            return true;
        }
        if round + 1 < keys.random_rounds {
            for block in elements.chunks(BLOCK) {
                if elements.len() > BLOCK {
                    buffers.mix(block, key);
                }
                if lanes.len() <= FILTERED_LANES {
                    let empty = EmptyLanes::of(lanes, round + 1);
                    buffers.throw_odd_into(round + 1, &empty, lanes);
                } else {
                    buffers.throw_odd(round + 1, lanes);
                }
            }
            if all_below(lanes, round + 2) {
                return true;
            }
        }
    }
    false
}

/// Mixed elements of a block, and their entries. Never initialised as a whole: clearing it would
/// cost as much as a short sketch.
struct Buffers {
    mixed: [MaybeUninit<[u64; WIDTH]>; BLOCK / WIDTH],
    /// How many elements `mixed` holds; they fill its vectors from the start, and every vector they
    /// reach into is written whole.
    length: usize,
    entries: [MaybeUninit<Entry>; BLOCK + WIDTH],
}

impl Buffers {
    #[inline]
    fn new() -> Self {
        Self {
            mixed: [const { MaybeUninit::uninit() }; BLOCK / WIDTH],
            length: 0,
            entries: [const { MaybeUninit::uninit() }; BLOCK + WIDTH],
        }
    }

    /// Mixes a block of at most [`BLOCK`] elements.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn mix(&mut self, block: &[u64], key: u64) {
        assert!(block.len() <= BLOCK, "a block has {} elements", block.len());
        let key = _mm256_set1_epi64x(key.cast_signed());
        let (vectors, rest) = block.as_chunks::<WIDTH>();
        for (vector, slot) in vectors.iter().zip(&mut self.mixed) {
            store(slot, mix(_mm256_xor_si256(load(vector), key)));
        }
        if !rest.is_empty() {
            store(&mut self.mixed[vectors.len()], mix(_mm256_xor_si256(load_part(rest), key)));
        }
        self.length = block.len();
    }

    /// Mixes a block of at most [`BLOCK`] elements and throws all of them for an even round.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn mix_and_throw(&mut self, block: &[u64], key: u64, round: u32, lanes: &mut [u32]) {
        assert!(block.len() <= BLOCK, "a block has {} elements", block.len());
        let key = _mm256_set1_epi64x(key.cast_signed());
        let (k, tag) = (vector_of(lanes.len() as u32), vector_of(round << VALUE_BITS));
        let (vectors, rest) = block.as_chunks::<WIDTH>();
        for (at, vector) in vectors.iter().enumerate() {
            let mixed = mix(_mm256_xor_si256(load(vector), key));
            store(&mut self.mixed[at], mixed);
            self.store_entries(at * WIDTH, entries_of(_mm256_mul_epu32(mixed, k), tag));
            if at >= BEHIND {
                let four = (at - BEHIND) * WIDTH..(at - BEHIND + 1) * WIDTH;
                // SAFETY: stored BEHIND passes ago, and made for as many lanes as there are.
                unsafe { self.lower(four, lanes) };
            }
        }
        if !rest.is_empty() {
            let mixed = mix(_mm256_xor_si256(load_part(rest), key));
            store(&mut self.mixed[vectors.len()], mixed);
            let entries = entries_of(_mm256_mul_epu32(mixed, k), tag);
            self.store_entries(vectors.len() * WIDTH, entries);
        }
        self.length = block.len();
        let lowered = vectors.len().saturating_sub(BEHIND) * WIDTH;
        // SAFETY: the vectors above hold an entry for every element of the block.
        unsafe { self.lower(lowered..block.len(), lanes) };
    }

    /// Lists the entries of all elements for both rounds of a pair, from entry `at` on: those of
    /// the even round and then those of the odd one.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn list_both(&mut self, elements: &[u64], key: u64, round: u32, k: usize, at: usize) {
        let key = _mm256_set1_epi64x(key.cast_signed());
        let k = vector_of(k as u32);
        let (even, odd) = (vector_of(round << VALUE_BITS), vector_of((round + 1) << VALUE_BITS));
        let odd_at = at + elements.len();
        let (vectors, rest) = elements.as_chunks::<WIDTH>();
        let both = |vector| {
            let mixed = mix(_mm256_xor_si256(vector, key));
            let words = _mm256_srli_epi64::<ODD_WORD>(mixed);
            let of_even = entries_of(_mm256_mul_epu32(mixed, k), even);
            (of_even, entries_of(_mm256_mul_epu32(words, k), odd))
        };
        // The end first, because what its vectors have too much is overwritten.
        if !rest.is_empty() {
            let (of_even, of_odd) = both(load_part(rest));
            self.store_entries(at + vectors.len() * WIDTH, of_even);
            self.store_entries(odd_at + vectors.len() * WIDTH, of_odd);
        }
        for (number, vector) in vectors.iter().enumerate() {
            let (of_even, of_odd) = both(load(vector));
            self.store_entries(at + number * WIDTH, of_even);
            self.store_entries(odd_at + number * WIDTH, of_odd);
        }
    }

    /// Vector `at` of the mixed elements, of which there are `length / WIDTH` rounded up.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn mixed(&self, at: usize) -> __m256i {
        assert!(at * WIDTH < self.length);
        // SAFETY: `mix` wrote every vector that the `length` elements reach into.
        unsafe { _mm256_loadu_si256(self.mixed[at].as_ptr().cast()) }
    }

    /// Throws all mixed elements into their lanes for an odd round.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn throw_odd(&mut self, round: u32, lanes: &mut [u32]) {
        let (k, tag) = (vector_of(lanes.len() as u32), vector_of(round << VALUE_BITS));
        for at in 0..self.length.div_ceil(WIDTH) {
            let words = _mm256_srli_epi64::<ODD_WORD>(self.mixed(at));
            self.store_entries(at * WIDTH, entries_of(_mm256_mul_epu32(words, k), tag));
        }
        // SAFETY: the vectors above hold `length` entries, made for as many lanes as there are.
        unsafe { self.lower(0..self.length, lanes) };
    }

    /// The same for those whose lane is `empty`.
    #[inline]
    #[target_feature(enable = "avx2,bmi1")]
    fn throw_odd_into(&mut self, round: u32, empty: &EmptyLanes, lanes: &mut [u32]) {
        let (k, tag) = (vector_of(lanes.len() as u32), vector_of(round << VALUE_BITS));
        for at in 0..self.length.div_ceil(WIDTH) {
            let words = _mm256_srli_epi64::<ODD_WORD>(self.mixed(at));
            let products = _mm256_mul_epu32(words, k);
            let mut hit = empty.hit_by(products) & first(self.length - at * WIDTH);
            if hit != 0 {
                self.store_entries(0, entries_of(products, tag));
                while hit != 0 {
                    let place = hit.trailing_zeros() as usize;
                    hit &= hit - 1;
                    // SAFETY: one of the entries just stored, made for as many lanes as there are.
                    unsafe { self.lower(place..place + 1, lanes) };
                }
            }
        }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn store_entries(&mut self, at: usize, entries: __m256i) {
        let slots = &mut self.entries[at..at + WIDTH];
        // SAFETY: `slots` is WIDTH entries of eight bytes long.
        unsafe { _mm256_storeu_si256(slots.as_mut_ptr().cast(), entries) };
    }

    /// Lowers the lanes of the entries in `range` to their candidates.
    ///
    /// # Safety
    /// These entries are stored, and were made for a k of `lanes.len()`.
    #[inline]
    unsafe fn lower(&self, range: Range<usize>, lanes: &mut [u32]) {
        let (whole, rest) = self.entries[range].as_chunks::<WIDTH>();
        let mut lower = |entry: &MaybeUninit<Entry>| {
            // SAFETY: stored, as the caller promises.
            let [candidate, lane] = unsafe { entry.assume_init() };
            // SAFETY: the lane is word · k >> 32 of a 32-bit word, so below k = `lanes.len()`.
            let kept = unsafe { lanes.get_unchecked_mut(lane as usize) };
            *kept = candidate.min(*kept);
        };
        // Unrolled: a fifth faster than one by one.
        for four in whole {
            four.iter().for_each(&mut lower);
        }
        rest.iter().for_each(lower);
    }
}

/// Which of at most [`FILTERED_LANES`] lanes no round before has filled, a bit a lane.
struct EmptyLanes(__m256i);

impl EmptyLanes {
    /// The lanes that are not below `round`.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn of(lanes: &[u32], round: u32) -> Self {
        let mut bits = [0_u64; FILTERED_LANES / 64];
        for (bits, lanes) in bits.iter_mut().zip(lanes.chunks(64)) {
            *bits = not_below(lanes, round);
        }
        Self(load(&bits))
    }

    /// For lanes in the upper halves of `products`: which of them are empty.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn hit_by(&self, products: __m256i) -> u32 {
        // The permutation takes the three bits it needs.
        let word = _mm256_permutevar8x32_epi32(self.0, _mm256_srli_epi32::<5>(products));
        // Bit (lane mod 32) goes to the top.
        let left = _mm256_andnot_si256(products, _mm256_set1_epi32(31));
        let hit = _mm256_sllv_epi32(word, left);
        _mm256_movemask_pd(_mm256_castsi256_pd(hit)).cast_unsigned()
    }
}

/// Whether every lane was filled before round `round`. No later round can then lower one, and this
/// holds for lanes that were filled before the call too, which makes an update exact.
#[inline]
#[target_feature(enable = "avx2")]
fn all_below(lanes: &[u32], round: u32) -> bool {
    for lanes in lanes.chunks(64) {
        if not_below(lanes, round) != 0 {
            return false;
        }
    }
    true
}

/// Which of at most 64 lanes, a multiple of eight, are not below `round`.
#[inline]
#[target_feature(enable = "avx2")]
fn not_below(lanes: &[u32], round: u32) -> u64 {
    let limit = _mm256_set1_epi32((round << VALUE_BITS).cast_signed());
    let mut bits = 0;
    for (at, eight) in lanes.as_chunks::<8>().0.iter().enumerate() {
        // SAFETY: an array of eight u32 is 32 bytes long.
        let eight = unsafe { _mm256_loadu_si256(eight.as_ptr().cast()) };
        let reached = _mm256_cmpeq_epi32(_mm256_max_epu32(eight, limit), eight);
        let mask = _mm256_movemask_ps(_mm256_castsi256_ps(reached)).cast_unsigned();
        bits |= u64::from(mask) << (8 * at);
    }
    bits
}

/// The last round: every lane that no random round reached takes the minimum over all elements
/// under a hash function of its own, as classic MinHash does.
///
/// Many lanes are empty only where elements are few, so eight lanes go side by side, not elements.
#[inline]
#[target_feature(enable = "avx2,bmi1")]
fn settle(elements: &[u64], keys: &HashKeys, lanes: &mut [u32]) {
    let mut waiting = [0; 2 * WIDTH];
    let mut count = 0;
    for start in (0..lanes.len()).step_by(64) {
        let end = lanes.len().min(start + 64);
        let mut bits = not_below(&lanes[start..end], keys.random_rounds);
        while bits != 0 {
            waiting[count] = start + bits.trailing_zeros() as usize;
            bits &= bits - 1;
            count += 1;
            if count == waiting.len() {
                settle_eight(elements, keys, &waiting, lanes);
                count = 0;
            }
        }
    }
    if count > 0 {
        let first = waiting[0];
        waiting[count..].fill(first);
        settle_eight(elements, keys, &waiting, lanes);
    }
}

/// Fills the lanes `waiting`; one may be named again.
#[inline]
#[target_feature(enable = "avx2")]
fn settle_eight(
    elements: &[u64],
    keys: &HashKeys,
    waiting: &[usize; 2 * WIDTH],
    lanes: &mut [u32],
) {
    let own = waiting.map(|lane| keys.last_round[lane]);
    let (own, _) = own.as_chunks::<WIDTH>();
    let own = [load(&own[0]), load(&own[1])];
    let mut smallest = [_mm256_set1_epi32(-1); 2];
    for element in elements {
        let element = _mm256_set1_epi64x(element.cast_signed());
        for (smallest, own) in smallest.iter_mut().zip(own) {
            // The upper halves are never looked at.
            *smallest = _mm256_min_epu32(*smallest, mix(_mm256_xor_si256(element, own)));
        }
    }
    let tag = keys.random_rounds << VALUE_BITS;
    for (waiting, smallest) in waiting.as_chunks::<WIDTH>().0.iter().zip(smallest) {
        let mut found = [0_u64; WIDTH];
        // SAFETY: an array of four u64 is 32 bytes long.
        unsafe { _mm256_storeu_si256(found.as_mut_ptr().cast(), smallest) };
        for (&lane, found) in waiting.iter().zip(found) {
            lanes[lane] = (tag | found as u32 >> FRACTION_SHIFT).min(lanes[lane]);
        }
    }
}

/// Products word · k as entries: the fraction in the lower half becomes the candidate, with the
/// round above it, and the lane in the upper half stays.
#[inline]
#[target_feature(enable = "avx2")]
fn entries_of(products: __m256i, tag: __m256i) -> __m256i {
    const UPPER_HALVES: i32 = 0b1010_1010;
    const BITS: i32 = FRACTION_SHIFT as i32;
    let values = _mm256_or_si256(_mm256_srli_epi32::<BITS>(products), tag);
    _mm256_blend_epi32::<UPPER_HALVES>(values, products)
}

const ODD_WORD: i32 = ODD_WORD_SHIFT as i32;

/// [`mixer::mix`](super::mixer::mix) of four keyed elements.
#[inline]
#[target_feature(enable = "avx2")]
fn mix(keyed: __m256i) -> __m256i {
    const BITS: i32 = SHIFT as i32;
    let first = fold_multiply::<FIRST_MULTIPLIER>(keyed);
    fold_multiply::<SECOND_MULTIPLIER>(_mm256_xor_si256(first, _mm256_srli_epi64::<BITS>(first)))
}

#[inline]
#[target_feature(enable = "avx2")]
fn fold_multiply<const MULTIPLIER: u64>(state: __m256i) -> __m256i {
    let high = _mm256_srli_epi64::<32>(state);
    let multiplier = _mm256_set1_epi64x(MULTIPLIER.cast_signed());
    _mm256_add_epi64(_mm256_mul_epu32(_mm256_xor_si256(state, high), multiplier), high)
}

#[inline]
#[target_feature(enable = "avx2")]
fn vector_of(value: u32) -> __m256i {
    _mm256_set1_epi64x(i64::from(value))
}

#[inline]
#[target_feature(enable = "avx2")]
fn load(elements: &[u64; WIDTH]) -> __m256i {
    // SAFETY: an array of four u64 is 32 bytes long.
    unsafe { _mm256_loadu_si256(elements.as_ptr().cast()) }
}

/// At most four elements; the others are zero.
#[inline]
#[target_feature(enable = "avx2")]
fn load_part(elements: &[u64]) -> __m256i {
    let element = |at: usize| elements.get(at).map_or(0, |element| element.cast_signed());
    _mm256_setr_epi64x(element(0), element(1), element(2), element(3))
}

#[inline]
#[target_feature(enable = "avx2")]
fn store(slot: &mut MaybeUninit<[u64; WIDTH]>, vector: __m256i) {
    // SAFETY: the slot is 32 bytes long.
    unsafe { _mm256_storeu_si256(slot.as_mut_ptr().cast(), vector) }
}

/// The mask of the first `count` of four.
#[inline]
fn first(count: usize) -> u32 {
    (1 << count.min(WIDTH)) - 1
}
