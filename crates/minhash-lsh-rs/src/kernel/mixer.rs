//! The hash functions of the sketch.
//!
//! Each (pair of rounds, element) is hashed by one mixer applied to `element ^ key`. It gives 56
//! good bits of 64, and a round needs 32: the highest choose the lane, the 24 after them are the
//! value (fewer where k > 256). So one mix serves two rounds, which halves the hashing of short
//! sets.
//!
//! **Speed.** AVX2 and NEON multiply 32 × 32 → 64 bits but not 64 × 64, and AVX-512's 64-bit
//! multiply is three operations on Intel. ns an element for a word and its lane and value, one
//! core of a Zen 5 server, `std::arch` for AVX-512, the compiler's vectors for the others:
//!
//! | mixer | SSE2 | AVX2 | AVX-512 |
//! |---|---|---|---|
//! | two fold-multiplies, one xorshift (this one) | 0.75 | 0.38 | 0.147 |
//! | three fold-multiplies | 0.90 | 0.46 | |
//! | two 64-bit multiplies, two xorshifts | 1.03 | 0.53 | 0.100 |
//! | SplitMix64 finaliser | 1.24 | 0.63 | |
//!
//! What is left is the scattered minimum, 0.30 to 0.35 ns an element on every kernel.
//!
//! **Avalanche.** The largest |P(output bit flips) − ½| over the 64 input bits, 2¹⁸ samples, where
//! pure noise gives about .004, on random and on consecutive inputs: .003 for the output bits 25
//! to 55, .006 for 8 to 24, which are the lower bits of the even round's value. Bits 0 to 7
//! reach .5; they only decide between values that are equal in 17 higher bits. Bits 56 to 63 reach
//! .28 and are not used. The constants are the best of 9,500 random triples (10 to 60 finalists of
//! each batch measured with more samples). Dropping the xorshift leaves .21 on consecutive inputs.
//! The tests at the end of this file repeat the measurement, and that the two words of a mix and
//! the same word under two keys are independent.

/// The first multiplier: odd, above 2³¹.
pub(super) const FIRST_MULTIPLIER: u64 = 0xb88c_64e1;
/// The second multiplier: odd, above 2³¹.
pub(super) const SECOND_MULTIPLIER: u64 = 0xdaad_34a5;
/// How far the state is shifted between the multiplications.
pub(super) const SHIFT: u32 = 11;
/// How far the word of the odd round lies above that of the even round. They share eight bits:
/// the highest of the even word, which choose its lane, are the lowest of the odd one, which are
/// the end of its value.
pub(super) const ODD_WORD_SHIFT: u32 = 24;
/// Bits of a lane's fraction below the value.
pub(super) const FRACTION_SHIFT: u32 = 32 - super::VALUE_BITS;
const LOW_HALF: u64 = 0xffff_ffff;

/// 56 well-mixed bits in the lower part of 64.
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

/// The 32 bits of a mixed element that an even round uses, and the last one.
#[inline(always)]
pub(crate) fn even_word(mixed: u64) -> u32 {
    mixed as u32
}

/// The 32 bits of a mixed element that an odd round uses.
#[inline(always)]
pub(crate) fn odd_word(mixed: u64) -> u32 {
    (mixed >> ODD_WORD_SHIFT) as u32
}

/// The lane, 0 to k − 1, and the 24-bit value of a word in a random round: the whole part and the
/// fraction of word · k / 2³².
#[cfg(test)]
pub(crate) fn lane_and_value(word: u32, k: u32) -> (u32, u32) {
    let product = u64::from(word) * u64::from(k);
    ((product >> 32) as u32, product as u32 >> FRACTION_SHIFT)
}

/// The 24-bit value of a mixed element in the last round.
#[inline(always)]
pub(crate) fn last_value(mixed: u64) -> u32 {
    even_word(mixed) >> FRACTION_SHIFT
}

/// One key for each pair of random rounds and one for each lane of the last round: outputs of
/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) started at the seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HashKeys {
    pub(crate) random_rounds: u32,
    pub(crate) pairs: Box<[u64]>,
    pub(crate) last_round: Box<[u64]>,
}

impl HashKeys {
    pub(crate) fn new(seed: u64, random_rounds: usize, k: usize) -> Self {
        let mut state = seed;
        let mut take = |count| (0..count).map(|_| split_mix(&mut state)).collect();
        let pairs = take(random_rounds.div_ceil(2));
        Self { random_rounds: random_rounds as u32, pairs, last_round: take(k) }
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

    /// Where the bits that reach a lane or a value lie, without the last bits of the even value.
    const USED: std::ops::Range<usize> = 8..56;

    fn worst_flip_bias(mut sample: impl FnMut(u32) -> u64) -> f64 {
        let mut flips = [[0_u32; 64]; 64];
        for t in 0..SAMPLES {
            let x = sample(t);
            for (input_bit, counts) in flips.iter_mut().enumerate() {
                let difference = mix(x) ^ mix(x ^ (1 << input_bit));
                for (output_bit, count) in counts.iter_mut().enumerate() {
                    *count += (difference >> output_bit) as u32 & 1;
                }
            }
        }
        let bias = |count: &u32| (f64::from(*count) / f64::from(SAMPLES) - 0.5).abs();
        flips.iter().flat_map(|counts| &counts[USED]).map(bias).fold(0.0, f64::max)
    }

    #[test]
    fn every_input_bit_flips_every_used_output_bit_half_the_time() {
        let mut state = 1;
        let random = worst_flip_bias(|_| split_mix(&mut state));
        assert!(random < 0.014, "random inputs: {random}");
        let consecutive = worst_flip_bias(|t| u64::from(t) ^ split_mix(&mut state));
        assert!(consecutive < 0.014, "consecutive inputs, many keys: {consecutive}");
    }

    #[test]
    fn consecutive_inputs_under_one_key_avalanche() {
        // One key leaves fewer free bits than many keys do, so the limit is wider.
        for key in [0, 0x0123_4567_89ab_cdef, u64::MAX, 0xe220_a839_7b1d_cdaf] {
            let bias = worst_flip_bias(|t| u64::from(t) ^ key);
            assert!(bias < 0.03, "key {key:#x}: {bias}");
        }
    }

    /// How many standard deviations the joint distribution of the seven highest bits of two words
    /// is from independent and uniform.
    fn dependence(mut words: impl FnMut(u64) -> (u32, u32)) -> f64 {
        const CELLS: usize = 1 << 14;
        const PAIRS: u64 = 1 << 20;
        let mut counts = vec![0_u32; CELLS];
        for t in 0..PAIRS {
            let (a, b) = words(t);
            counts[((a >> 25 << 7) | (b >> 25)) as usize] += 1;
        }
        let expected = PAIRS as f64 / CELLS as f64;
        let chi_squared: f64 =
            counts.iter().map(|&count| (f64::from(count) - expected).powi(2) / expected).sum();
        let degrees = (CELLS - 1) as f64;
        (chi_squared - degrees) / (2.0 * degrees).sqrt()
    }

    /// Differential: what two rounds, two lanes of the last round, a lane and its value, and two
    /// neighbouring elements get are as good as independent, on consecutive integers too.
    #[test]
    fn words_are_independent_of_each_other() {
        let mut state = 7;
        let (key, other) = (split_mix(&mut state), split_mix(&mut state));
        type Input = fn(u64) -> u64;
        let inputs: [(&str, Input); 3] = [
            ("random", |t| split_mix(&mut { t })),
            ("consecutive", |t| t),
            ("multiples of 2^32", |t| t << 32),
        ];
        for (name, input) in inputs {
            let check = |what: &str, deviation: f64| {
                assert!(deviation.abs() < 4.5, "{what}, {name} inputs: {deviation}");
            };
            let both = |t| (even_word(mix(input(t) ^ key)), odd_word(mix(input(t) ^ key)));
            check("the words of a mix", dependence(both));
            let value = |word| lane_and_value(word, 128).1 << FRACTION_SHIFT;
            check("their values", dependence(|t| (value(both(t).0), value(both(t).1))));
            check("lane and value, even", dependence(|t| (both(t).0, value(both(t).0))));
            check("lane and value, odd", dependence(|t| (both(t).1, value(both(t).1))));
            check("lane and the other value", dependence(|t| (both(t).0, value(both(t).1))));
            let keyed = |t, key| even_word(mix(input(t) ^ key));
            check("two keys", dependence(|t| (keyed(t, key), keyed(t, other))));
            check("neighbours", dependence(|t| (keyed(2 * t, key), keyed(2 * t + 1, key))));
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
