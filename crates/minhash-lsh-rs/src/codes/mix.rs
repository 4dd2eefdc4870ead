//! The hash function between a lane and its code.
//!
//! A code is the low b bits of a permutation of *all* 32 bits of the lane. The top bits of the lane
//! itself would not do: they name the round, in which the lanes of unlike sets agree far more often
//! than 2⁻ᵇ (estimates come out too high by 0.3 to 0.5). Its low bits would leave out the round, and
//! are uneven in large sets, where the minima that lanes are lie together near zero.
//!
//! The permutation is `lowbias32` of Chris Wellons, found by a search for low avalanche bias
//! (<https://github.com/skeeto/hash-prospector>, public domain). Measured on the lanes a sketch of
//! k = 128 can have, for the 16 low output bits, before any golden value was written: largest
//! |P(output bit flips) − ½| over all input bits of 16.8 million lanes, where noise gives .0004,
//! and the time to make 128 codes of 8 bits:
//!
//! | permutation | bias | ns |
//! |---|---|---|
//! | `lowbias32` | .0006 | 59 |
//! | MurmurHash3's 32-bit finaliser | .0008 | 58 |
//! | `triple32`, of the same search | .0004 | 90 |

/// A permutation of 32-bit integers in which every input bit reaches every output bit.
#[inline(always)]
pub(super) fn mix(lane: u32) -> u32 {
    let mut x = lane;
    x ^= x >> 16;
    x = x.wrapping_mul(0x7feb_352d);
    x ^= x >> 15;
    x = x.wrapping_mul(0x846c_a68b);
    x ^ (x >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::VALUE_BITS;

    #[test]
    fn every_lane_bit_flips_every_code_bit_half_the_time() {
        // The lanes of 17 rounds, as k = 128 has: 29 bits.
        let lanes: Vec<u32> = (0..17 << VALUE_BITS).step_by(251).collect();
        for input_bit in 0..29 {
            let mut flips = [0_u32; 16];
            for &lane in &lanes {
                let difference = mix(lane) ^ mix(lane ^ (1 << input_bit));
                for (output_bit, count) in flips.iter_mut().enumerate() {
                    *count += (difference >> output_bit) & 1;
                }
            }
            for (output_bit, &count) in flips.iter().enumerate() {
                let bias = (f64::from(count) / lanes.len() as f64 - 0.5).abs();
                // Six standard deviations of the noise of 1.1 million lanes.
                assert!(bias < 0.003, "lane bit {input_bit}, code bit {output_bit}: {bias}");
            }
        }
    }

    /// The lanes of large sets are small numbers next to each other.
    #[test]
    fn codes_of_consecutive_lanes_are_as_good_as_random() {
        for bits in [1, 2, 4, 8] {
            let cells = 1_usize << bits;
            let mut counts = vec![0_u64; cells];
            let lanes = 1_u64 << 12;
            (0..lanes as u32).for_each(|lane| counts[mix(lane) as usize % cells] += 1);
            let equal: u64 = counts.iter().map(|count| count * count.saturating_sub(1)).sum();
            let probability = equal as f64 / (lanes * (lanes - 1)) as f64;
            assert!((probability - 1.0 / cells as f64).abs() < 0.001, "{bits} bits: {probability}");
        }
    }

    #[test]
    fn it_is_a_permutation() {
        // The inverse that Wellons gives beside the function.
        let inverse = |code: u32| {
            let mut x = code ^ (code >> 16);
            x = x.wrapping_mul(0x4302_1123);
            x ^= (x >> 15) ^ (x >> 30);
            x = x.wrapping_mul(0x1d69_e2a5);
            x ^ (x >> 16)
        };
        for lane in (0..=u32::MAX).step_by(65_537) {
            assert_eq!(inverse(mix(lane)), lane);
        }
    }
}
