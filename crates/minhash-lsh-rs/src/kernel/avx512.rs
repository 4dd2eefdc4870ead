//! AVX-512, eight elements a vector, in `std::arch`.
//!
//! The compiler vectorises little of the portable body. Here later rounds of long sets are filtered
//! by a bitmap of the empty lanes, so that only elements that fall into one touch memory; short
//! sets are thrown for several rounds at a time.
//!
//! At k = 128, 650 elements take 345 ns on a Zen 5 core: 70 for the mixes, 30 for candidates and
//! lanes, 180 to 200 for the scattered minima of the first round, and 50 for the second round, which
//! every other set needs. What did not lower the scattered minima: two to eight arrays of lanes (2
//! to 6 %, and the merge costs as much), minima in vector registers, gather and scatter (1.7 times
//! slower), and throwing the smallest values first to skip most of the others, in vectors of 64 and
//! of 32 bits (compressing costs what it saves up to 650 elements, 10 % faster at 2,000).

use std::arch::x86_64::*;
use std::mem::MaybeUninit;
use std::ops::Range;

use super::mixer::{
    FIRST_MULTIPLIER, FRACTION_SHIFT, HashKeys, ODD_WORD_SHIFT, SECOND_MULTIPLIER, SHIFT,
};
use super::{EMPTY_LANE, Entry, MAX_LANES, VALUE_BITS};

/// Elements of a vector.
const WIDTH: usize = 8;
/// Elements whose mixes and candidates are kept at a time: 16 KiB of the L1 cache.
const BLOCK: usize = 1024;
/// From 2 k elements on the rounds after the first are filtered by a bitmap of the empty lanes.
/// Below, the looks at the lanes and the filter cost more than they save.
const FILTERED_FROM: usize = 2;
/// Random lanes are filled by 5 k throws every other time; before, nobody looks whether they are.
const THROWS_A_LANE: usize = 5;
/// While less than one of 32 lanes is empty, a vector holds an element for one every other time at
/// most.
const RARE: usize = 32;
/// How many vectors the throwing stays behind the hashing of the first round, so that both run side
/// by side: 5 % of a sketch of 650 elements.
const BEHIND: usize = 4;

#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
#[target_feature(enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2")]
pub(super) fn absorb(keys: &HashKeys, elements: &[u64], lanes: &mut [u32]) {
    assert!(lanes.len() <= MAX_LANES, "the bitmap of empty lanes holds no more");
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
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi2,popcnt")]
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
        if throws_to_fill == 0 && EmptyLanes::are_none(lanes, next) {
            return true;
        }
    }
    // SAFETY: as above.
    unsafe { buffers.lower(0..listed, lanes) };
    false
}

/// The random rounds where the first reaches most lanes. Returns whether they filled every lane.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi2,popcnt")]
fn throw_many(keys: &HashKeys, elements: &[u64], lanes: &mut [u32]) -> bool {
    let mut buffers = Buffers::new();
    let mut empty = EmptyLanes::new();
    for (&key, round) in keys.pairs.iter().zip((0..keys.random_rounds).step_by(2)) {
        for block in elements.chunks(BLOCK) {
            if round == 0 {
                buffers.mix_and_throw(block, key, round, lanes);
            } else {
                buffers.mix(block, key);
                buffers.throw_into::<0>(round, &empty, lanes);
            }
        }
        let mut found = empty.find(lanes, round + 1);
        if found == 0 {
            return true;
        }
        if round + 1 < keys.random_rounds {
            for block in elements.chunks(BLOCK) {
                if elements.len() > BLOCK {
                    buffers.mix(block, key);
                }
                if RARE * found <= lanes.len() {
                    buffers.throw_odd_into_rare(round + 1, &empty, lanes);
                } else {
                    buffers.throw_into::<ODD_WORD_SHIFT>(round + 1, &empty, lanes);
                }
            }
            found = empty.find(lanes, round + 2);
            if found == 0 {
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
    #[target_feature(enable = "avx512f")]
    fn mix(&mut self, block: &[u64], key: u64) {
        assert!(block.len() <= BLOCK, "a block has {} elements", block.len());
        let key = _mm512_set1_epi64(key.cast_signed());
        let (vectors, rest) = block.as_chunks::<WIDTH>();
        for (vector, slot) in vectors.iter().zip(&mut self.mixed) {
            store(slot, mix(_mm512_xor_si512(load(vector), key)));
        }
        if let Some(slot) = self.mixed.get_mut(vectors.len()) {
            store(slot, mix(_mm512_xor_si512(load_part(rest), key)));
        }
        self.length = block.len();
    }

    /// Mixes a block of at most [`BLOCK`] elements and throws all of them for an even round.
    #[inline]
    #[target_feature(enable = "avx512f,avx512vbmi2")]
    fn mix_and_throw(&mut self, block: &[u64], key: u64, round: u32, lanes: &mut [u32]) {
        assert!(block.len() <= BLOCK, "a block has {} elements", block.len());
        let key = _mm512_set1_epi64(key.cast_signed());
        let (k, round) = (vector_of(lanes.len() as u32), vector_of(round));
        let (vectors, rest) = block.as_chunks::<WIDTH>();
        for (at, vector) in vectors.iter().enumerate() {
            let mixed = mix(_mm512_xor_si512(load(vector), key));
            store(&mut self.mixed[at], mixed);
            self.store_entries(at * WIDTH, entries_of(_mm512_mul_epu32(mixed, k), round));
            if at >= BEHIND {
                let eight = (at - BEHIND) * WIDTH..(at - BEHIND + 1) * WIDTH;
                // SAFETY: stored BEHIND passes ago, and made for as many lanes as there are.
                unsafe { self.lower(eight, lanes) };
            }
        }
        if !rest.is_empty() {
            let mixed = mix(_mm512_xor_si512(load_part(rest), key));
            store(&mut self.mixed[vectors.len()], mixed);
            let entries = entries_of(_mm512_mul_epu32(mixed, k), round);
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
    #[target_feature(enable = "avx512f,avx512vbmi2")]
    fn list_both(&mut self, elements: &[u64], key: u64, round: u32, k: usize, at: usize) {
        let key = _mm512_set1_epi64(key.cast_signed());
        let (k, even, odd) = (vector_of(k as u32), vector_of(round), vector_of(round + 1));
        let odd_at = at + elements.len();
        let (vectors, rest) = elements.as_chunks::<WIDTH>();
        let both = |vector| {
            let mixed = mix(_mm512_xor_si512(vector, key));
            let words = _mm512_srli_epi64::<ODD_WORD_SHIFT>(mixed);
            let of_even = entries_of(_mm512_mul_epu32(mixed, k), even);
            (of_even, entries_of(_mm512_mul_epu32(words, k), odd))
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
    #[target_feature(enable = "avx512f")]
    fn mixed(&self, at: usize) -> __m512i {
        assert!(at * WIDTH < self.length);
        // SAFETY: `mix` wrote every vector that the `length` elements reach into.
        unsafe { _mm512_loadu_si512(self.mixed[at].as_ptr().cast()) }
    }

    /// Throws the mixed elements whose lane is `empty`, for a round whose word starts at bit `WORD`
    /// of a mix.
    #[inline]
    #[target_feature(enable = "avx512f,avx512vbmi2,popcnt")]
    fn throw_into<const WORD: u32>(&mut self, round: u32, empty: &EmptyLanes, lanes: &mut [u32]) {
        let (k, round) = (vector_of(lanes.len() as u32), vector_of(round));
        let mut count = 0;
        for at in 0..self.length.div_ceil(WIDTH) {
            let product = _mm512_mul_epu32(_mm512_srli_epi64::<WORD>(self.mixed(at)), k);
            let hit = empty.hit_by(product) & first(self.length - at * WIDTH);
            self.store_entries(count, _mm512_maskz_compress_epi64(hit, entries_of(product, round)));
            count += hit.count_ones() as usize;
        }
        // SAFETY: `count` entries were stored one after the other, for as many lanes as there are.
        unsafe { self.lower(0..count, lanes) };
    }

    /// The same where elements that fall into an empty lane are so rare that branching for each is
    /// cheaper than compressing them: as after the first round of a long set.
    #[inline]
    #[target_feature(enable = "avx512f,avx512vbmi2,popcnt")]
    fn throw_odd_into_rare(&mut self, round: u32, empty: &EmptyLanes, lanes: &mut [u32]) {
        let (k, round) = (vector_of(lanes.len() as u32), vector_of(round));
        for at in 0..self.length.div_ceil(WIDTH) {
            let words = _mm512_srli_epi64::<ODD_WORD_SHIFT>(self.mixed(at));
            let product = _mm512_mul_epu32(words, k);
            let hit = empty.hit_by(product);
            if hit != 0 {
                let hit = hit & first(self.length - at * WIDTH);
                let entries = _mm512_maskz_compress_epi64(hit, entries_of(product, round));
                self.store_entries(0, entries);
                // SAFETY: stored just now, for as many lanes as there are.
                unsafe { self.lower(0..hit.count_ones() as usize, lanes) };
            }
        }
    }

    #[inline]
    #[target_feature(enable = "avx512f")]
    fn store_entries(&mut self, at: usize, entries: __m512i) {
        let slots = &mut self.entries[at..at + WIDTH];
        // SAFETY: `slots` is WIDTH entries of eight bytes long.
        unsafe { _mm512_storeu_si512(slots.as_mut_ptr().cast(), entries) };
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
        for eight in whole {
            eight.iter().for_each(&mut lower);
        }
        rest.iter().for_each(lower);
    }
}

/// Products word · k as entries: the fraction in the lower half becomes the candidate, with the
/// round above it, and the lane in the upper half stays.
#[inline]
#[target_feature(enable = "avx512f,avx512vbmi2")]
fn entries_of(products: __m512i, round: __m512i) -> __m512i {
    const LOWER_HALVES: __mmask16 = 0x5555;
    const BITS: i32 = FRACTION_SHIFT as i32;
    _mm512_mask_shrdi_epi32::<BITS>(products, LOWER_HALVES, products, round)
}

#[inline]
#[target_feature(enable = "avx512f")]
fn vector_of(value: u32) -> __m512i {
    // In this shape the compiler sees that the upper halves are zero, and multiplies by `vpmuludq`
    // instead of `vpmullq`, which takes three times as long on Intel's cores.
    _mm512_maskz_set1_epi32(0x5555, value.cast_signed())
}

/// Which lanes no round before has filled, a bit a lane.
struct EmptyLanes([u64; MAX_LANES / 64]);

impl EmptyLanes {
    fn new() -> Self {
        Self([0; MAX_LANES / 64])
    }

    /// Finds the lanes that are not below `round`, and returns how many they are. No later round
    /// can lower the others, and this holds for lanes that were filled before the call too, which
    /// makes an update exact.
    #[inline]
    #[target_feature(enable = "avx512f,avx512vl,popcnt")]
    fn find(&mut self, lanes: &[u32], round: u32) -> usize {
        let mut found = 0;
        for (bits, lanes) in self.0.iter_mut().zip(lanes.chunks(64)) {
            *bits = not_below(lanes, round);
            found += bits.count_ones() as usize;
        }
        found
    }

    /// Whether all lanes are below `round`.
    #[inline]
    #[target_feature(enable = "avx512f,avx512vl")]
    fn are_none(lanes: &[u32], round: u32) -> bool {
        for lanes in lanes.chunks(64) {
            if not_below(lanes, round) != 0 {
                return false;
            }
        }
        true
    }

    /// For lanes in the upper halves of `products`: which of them are empty.
    #[inline]
    #[target_feature(enable = "avx512f")]
    fn hit_by(&self, products: __m512i) -> __mmask8 {
        let [low, high] = [0, 8].map(|at| {
            // SAFETY: eight of the sixteen values from the first or from the ninth.
            unsafe { _mm512_loadu_si512(self.0.as_ptr().add(at).cast()) }
        });
        // The index and the rotation take the bits they need: five each, modulo 32.
        let word = _mm512_permutex2var_epi32(low, _mm512_srli_epi32::<5>(products), high);
        let bit = _mm512_rorv_epi32(word, products);
        _mm512_test_epi64_mask(bit, _mm512_set1_epi64(1 << 32))
    }
}

/// Which of at most 64 lanes, a multiple of eight, are not below `round`.
#[inline]
#[target_feature(enable = "avx512f,avx512vl")]
fn not_below(lanes: &[u32], round: u32) -> u64 {
    let limit = _mm512_set1_epi32((round << VALUE_BITS).cast_signed());
    let (sixteens, rest) = lanes.as_chunks::<16>();
    let mut bits = 0;
    for (at, sixteen) in sixteens.iter().enumerate() {
        // SAFETY: an array of sixteen u32 is 64 bytes long.
        let sixteen = unsafe { _mm512_loadu_si512(sixteen.as_ptr().cast()) };
        bits |= u64::from(_mm512_cmpge_epu32_mask(sixteen, limit)) << (16 * at);
    }
    if let Some(eight) = rest.first_chunk::<8>() {
        // SAFETY: an array of eight u32 is 32 bytes long.
        let eight = unsafe { _mm256_loadu_si256(eight.as_ptr().cast()) };
        let mask = _mm256_cmpge_epu32_mask(eight, _mm512_castsi512_si256(limit));
        bits |= u64::from(mask) << (16 * sixteens.len());
    }
    bits
}

/// The last round: every lane that no random round reached takes the minimum over all elements
/// under a hash function of its own, as classic MinHash does.
///
/// Many lanes are empty only where elements are few, so eight lanes go side by side, not elements.
#[inline]
#[target_feature(enable = "avx512f,avx512vl,bmi1")]
fn settle(elements: &[u64], keys: &HashKeys, lanes: &mut [u32]) {
    let rounds = keys.random_rounds;
    let mut waiting = [0; WIDTH];
    let mut count = 0;
    for start in (0..lanes.len()).step_by(64) {
        let end = lanes.len().min(start + 64);
        let mut bits = not_below(&lanes[start..end], rounds);
        while bits != 0 {
            waiting[count] = start + bits.trailing_zeros() as usize;
            bits &= bits - 1;
            count += 1;
            if count == WIDTH {
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
#[target_feature(enable = "avx512f,avx512vl")]
fn settle_eight(elements: &[u64], keys: &HashKeys, waiting: &[usize; WIDTH], lanes: &mut [u32]) {
    let own = load(&waiting.map(|lane| keys.last_round[lane]));
    let mut smallest = _mm512_set1_epi64(-1);
    for element in elements {
        let element = _mm512_set1_epi64(element.cast_signed());
        // The upper halves are never looked at.
        smallest = _mm512_min_epu32(smallest, mix(_mm512_xor_si512(element, own)));
    }
    let values = _mm512_cvtepi64_epi32(_mm512_srli_epi32::<FRACTION_SHIFT>(smallest));
    let mut found = [0_u32; WIDTH];
    // SAFETY: an array of eight u32 is 32 bytes long.
    unsafe { _mm256_storeu_si256(found.as_mut_ptr().cast(), values) };
    let tag = keys.random_rounds << VALUE_BITS;
    for (&lane, value) in waiting.iter().zip(found) {
        lanes[lane] = (tag | value).min(lanes[lane]);
    }
}

/// [`mixer::mix`](super::mixer::mix) of eight keyed elements.
#[inline]
#[target_feature(enable = "avx512f")]
fn mix(keyed: __m512i) -> __m512i {
    let first = fold_multiply::<FIRST_MULTIPLIER>(keyed);
    let shifted = _mm512_srli_epi64::<SHIFT>(first);
    fold_multiply::<SECOND_MULTIPLIER>(_mm512_xor_si512(first, shifted))
}

#[inline]
#[target_feature(enable = "avx512f")]
fn fold_multiply<const MULTIPLIER: u64>(state: __m512i) -> __m512i {
    let high = _mm512_srli_epi64::<32>(state);
    let multiplier = _mm512_set1_epi64(MULTIPLIER.cast_signed());
    let product = _mm512_mul_epu32(_mm512_xor_si512(state, high), multiplier);
    _mm512_add_epi64(product, high)
}

#[inline]
#[target_feature(enable = "avx512f")]
fn load(elements: &[u64; WIDTH]) -> __m512i {
    // SAFETY: an array of eight u64 is 64 bytes long.
    unsafe { _mm512_loadu_si512(elements.as_ptr().cast()) }
}

/// At most eight elements; the others are zero.
#[inline]
#[target_feature(enable = "avx512f")]
fn load_part(elements: &[u64]) -> __m512i {
    let mask = first(elements.len());
    // SAFETY: the mask selects as many u64 as `elements` has, or eight where it has more.
    unsafe { _mm512_maskz_loadu_epi64(mask, elements.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn store(slot: &mut MaybeUninit<[u64; WIDTH]>, vector: __m512i) {
    // SAFETY: the slot is 64 bytes long.
    unsafe { _mm512_storeu_si512(slot.as_mut_ptr().cast(), vector) }
}

/// The mask of the first `count` of eight.
#[inline]
fn first(count: usize) -> __mmask8 {
    ((1_u32 << count.min(WIDTH)) - 1) as u8
}
