//! The hash functions of the sketch.
//!
//! Each (round, element) pair is hashed by one mixer applied to `element ^ key`. The mixer was
//! chosen in two measurements before any golden value was written.
//!
//! **Speed.** AVX2 and NEON multiply 32 × 32 → 64 bits but not 64 × 64. ns an element, compiler
//! vectorised, one core of a Zen 5 server:
//!
//! | mixer | SSE2 | AVX2 | AVX-512 |
//! |---|---|---|---|
//! | two fold-multiplies, one xorshift (this one) | 0.75 | 0.38 | 0.39 |
//! | three fold-multiplies | 0.90 | 0.46 | 0.46 |
//! | two 64-bit multiplies, two xorshifts | 1.03 | 0.53 | 0.19 |
//! | SplitMix64 finaliser | 1.24 | 0.63 | 0.25 |
//!
//! **Avalanche.** The largest |P(output bit flips) − ½| over the 64 input bits and the 34 output
//! bits in use (ten bits choose the lane, 24 are the value), 65,536 samples, where pure noise gives
//! about .007: .0065 on random and on consecutive inputs for the constants below, which are the
//! best of 1,500 random pairs. The median pair leaves .07 in the topmost value bits; dropping the
//! xorshift leaves .21 on consecutive inputs; two 64-bit multiplies leave .42. The test at the end
//! of this file repeats the measurement.

/// The first multiplier: odd, above 2³¹.
const FIRST_MULTIPLIER: u64 = 0xaed6_9c99;
/// The second multiplier: odd, above 2³¹.
const SECOND_MULTIPLIER: u64 = 0xb253_6991;
/// How far the state is shifted between the multiplications.
const SHIFT: u32 = 9;
const LOW_HALF: u64 = 0xffff_ffff;

/// 64 well-mixed bits: the *low* 32 choose the lane, bits 32 to 55 are the value.
///
/// The low half of a product is well mixed at its top, the high half at its bottom, so the lane
/// comes from the top of the low half (and costs no shift before its multiplication) and the value
/// from the bottom of the high half.
#[inline(always)]
pub(crate) fn mix(keyed: u64) -> u64 {
    let first = fold_multiply(keyed, FIRST_MULTIPLIER);
    fold_multiply(first ^ (first >> SHIFT), SECOND_MULTIPLIER)
}

/// `multiplier · (high ⊕ low) + high`: both halves reach the product. It cannot overflow:
/// (2³² − 1)² + 2³² − 1 < 2⁶⁴.
#[inline(always)]
fn fold_multiply(state: u64, multiplier: u64) -> u64 {
    let high = state >> 32;
    multiplier * ((state ^ high) & LOW_HALF) + high
}

/// The lane, 0 to k − 1, that a mixed element falls into.
#[inline(always)]
pub(crate) fn lane_of(mixed: u64, k: u64) -> usize {
    (((mixed & LOW_HALF) * k) >> 32) as usize
}

/// The 24-bit value of a mixed element.
#[inline(always)]
pub(crate) fn value_of(mixed: u64) -> u32 {
    (mixed >> 32) as u32 & ((1 << super::VALUE_BITS) - 1)
}

/// One key for each random round and one for each lane of the last round: outputs of SplitMix64
/// (Steele, Lea and Flood, OOPSLA 2014) started at the seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HashKeys {
    pub(crate) random_rounds: Box<[u64]>,
    pub(crate) last_round: Box<[u64]>,
}

impl HashKeys {
    pub(crate) fn new(seed: u64, random_rounds: usize, k: usize) -> Self {
        let mut state = seed;
        let mut take = |count| (0..count).map(|_| split_mix(&mut state)).collect();
        Self { random_rounds: take(random_rounds), last_round: take(k) }
    }
}

fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = *state;
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLES: u32 = 1 << 16;

    /// The ten bits that choose among 1,024 lanes, and the 24 of the value.
    fn used_bits(x: u64) -> u64 {
        let mixed = mix(x);
        lane_of(mixed, 1024) as u64 | (u64::from(value_of(mixed)) << 10)
    }

    fn worst_flip_bias(mut sample: impl FnMut(u32) -> u64) -> f64 {
        let mut flips = [[0_u32; 34]; 64];
        for t in 0..SAMPLES {
            let x = sample(t);
            for (input_bit, counts) in flips.iter_mut().enumerate() {
                let difference = used_bits(x) ^ used_bits(x ^ (1 << input_bit));
                for (output_bit, count) in counts.iter_mut().enumerate() {
                    *count += (difference >> output_bit) as u32 & 1;
                }
            }
        }
        let bias = |count: &u32| (f64::from(*count) / f64::from(SAMPLES) - 0.5).abs();
        flips.iter().flatten().map(bias).fold(0.0, f64::max)
    }

    #[test]
    fn every_input_bit_flips_every_used_output_bit_half_the_time() {
        let mut state = 1;
        let random = worst_flip_bias(|_| split_mix(&mut state));
        assert!(random < 0.011, "random inputs: {random}");
        let consecutive = worst_flip_bias(|t| u64::from(t) ^ split_mix(&mut state));
        assert!(consecutive < 0.011, "consecutive inputs, many keys: {consecutive}");
    }

    #[test]
    fn consecutive_inputs_under_one_key_avalanche() {
        // One key leaves fewer free bits than many keys do, so the limit is wider.
        for key in [0, 0x0123_4567_89ab_cdef, u64::MAX, 0xe220_a839_7b1d_cdaf] {
            let bias = worst_flip_bias(|t| u64::from(t) ^ key);
            assert!(bias < 0.1, "key {key:#x}: {bias}");
        }
    }

    #[test]
    fn split_mix_gives_its_published_first_outputs() {
        let mut state = 1_234_567;
        let first: [u64; 3] = std::array::from_fn(|_| split_mix(&mut state));
        let published =
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!(first, published);
    }
}
