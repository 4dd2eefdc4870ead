//! The frozen hashes of tokens and shingles.
//!
//! Both are in `docs/tokenisation.md` with known-answer vectors. A token is read in pairs of
//! eight-byte lanes, and each pair costs one 64 × 64 → 128-bit multiplication folded to 64 bits (the
//! step of wyhash and rapidhash), the one multiplication that every 64-bit CPU has at full speed.
//! In news all but one word in two thousand fit one pair, so a kernel hashes them without a branch
//! on their length; with a lane a multiplication one French word in eight has a second lane, and a
//! mispredicted branch. A shingle is a polynomial in its token hashes: it rolls, and it vectorises.

/// The first digits of π after the point.
const TOKEN_SEED: u64 = 0x243f_6a88_85a3_08d3;
/// The next ones; made odd.
const PAIR_FACTOR: u64 = 0x1319_8a2e_0370_7345;
const LENGTH_FACTOR: u64 = 0xa409_3822_299f_31d1;
pub(super) const SHINGLE_FACTOR: u64 = 0x082e_fa98_ec4e_6c89;
const WIDTH_FACTOR: u64 = 0x4528_21e6_38d0_1377;
/// Seeds of the two halves of a digest.
const DIGEST_SEEDS: [u64; 2] = [0xbe54_66cf_34e9_0c6c, 0xc0ac_29b7_c97c_50dd];

/// Both halves of the 128-bit product, xored.
#[inline]
fn multiply_fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

/// Hashes a folded token pair by pair of lanes.
///
/// No word can be made to zero the product: its first pair would have to hold the bytes of a
/// constant, and those are control characters, which no token holds.
#[derive(Clone, Copy)]
pub(super) struct PairHasher(u64);

impl PairHasher {
    #[inline]
    pub(super) fn new() -> PairHasher {
        PairHasher(TOKEN_SEED)
    }

    /// Takes in sixteen bytes, the first in the lowest bits of `low`; the last pair is filled up
    /// with zeros.
    #[inline]
    pub(super) fn pair(&mut self, low: u64, high: u64) {
        self.0 = multiply_fold(self.0 ^ low, PAIR_FACTOR ^ high);
    }

    #[inline]
    fn take(&mut self, pair: [u8; 16]) {
        let pair = u128::from_le_bytes(pair);
        self.pair(pair as u64, (pair >> 64) as u64);
    }

    /// The hash of `length` bytes.
    #[inline]
    pub(super) fn finish(self, length: usize) -> u64 {
        multiply_fold(self.0 ^ length as u64, LENGTH_FACTOR)
    }
}

/// The hash of the UTF-8 bytes of a folded token.
pub(super) fn token_hash(folded: &[u8]) -> u64 {
    seeded(TOKEN_SEED, folded)
}

fn seeded(seed: u64, bytes: &[u8]) -> u64 {
    let mut hasher = PairHasher(seed);
    let (pairs, tail) = bytes.as_chunks::<16>();
    for pair in pairs {
        hasher.take(*pair);
    }
    if !tail.is_empty() {
        let mut pair = [0; 16];
        for (to, from) in pair.iter_mut().zip(tail) {
            *to = *from;
        }
        hasher.take(pair);
    }
    hasher.finish(bytes.len())
}

/// Sixteen bytes that name a description: two token hashes under other seeds, little-endian.
pub(super) fn digest(description: &str) -> [u8; 16] {
    let [low, high] = DIGEST_SEEDS.map(|seed| u128::from(seeded(seed, description.as_bytes())));
    (low | high << 64).to_le_bytes()
}

/// What [`finish_shingle`] adds and the two it multiplies by.
#[inline(always)]
pub(super) fn finish_factors(width: usize) -> [u64; 3] {
    [WIDTH_FACTOR.wrapping_mul(width as u64), 0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb]
}

/// The width makes a short text's one shingle differ from a longer one that begins with the same
/// sum; the rest is the finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014, David Stafford's
/// variant 13).
#[inline(always)]
pub(super) fn finish_shingle(sum: u64, width: usize) -> u64 {
    let [width, first, second] = finish_factors(width);
    let x = sum.wrapping_add(width);
    let x = (x ^ x >> 30).wrapping_mul(first);
    let x = (x ^ x >> 27).wrapping_mul(second);
    x ^ x >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_of_all_words_of_up_to_four_characters_collide() {
        let alphabet = b"abcdefghijklmnopqrstuvwxyz0123456789";
        let mut hashes = Vec::new();
        let mut words: Vec<Vec<u8>> = vec![vec![]];
        for _ in 0..4 {
            words = words
                .iter()
                .flat_map(|w| alphabet.iter().map(move |&c| [w.as_slice(), &[c]].concat()))
                .collect();
            hashes.extend(words.iter().map(|w| token_hash(w)));
        }
        hashes.extend((0x80..=0x10_ffff).filter_map(char::from_u32).map(|c| {
            let mut buffer = [0; 4];
            token_hash(c.encode_utf8(&mut buffer).as_bytes())
        }));
        let all = hashes.len();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), all);
        // Sketches take the upper half of a hash for the lane and the lower for the value: the
        // birthday bound holds in each. 2.8 million words in 2^32 cells leave about n²/2^33
        // = 930 equal pairs.
        for half in [0, 32] {
            let mut halves: Vec<u32> = hashes.iter().map(|h| (h >> half) as u32).collect();
            halves.sort_unstable();
            halves.dedup();
            let expected = (all as f64).powi(2) / 2f64.powi(33);
            let equal = (all - halves.len()) as f64;
            assert!((equal - expected).abs() < 6.0 * expected.sqrt(), "{equal} of {expected}");
        }
    }

    /// Flips every bit of words of 1 to 20 bytes and counts how often each bit of the hash follows.
    #[test]
    fn every_bit_of_a_word_moves_every_bit_of_its_hash_half_the_time() {
        for length in [1usize, 3, 5, 8, 9, 12, 16, 17, 20, 33] {
            let rounds = 4_000u64;
            let mut flips = vec![[0u32; 64]; length * 8];
            for round in 0..rounds {
                let word: Vec<u8> =
                    (0..length).map(|at| seeded(round, &[at as u8]) as u8).collect();
                let hash = token_hash(&word);
                for (bit, counts) in flips.iter_mut().enumerate() {
                    let mut other = word.clone();
                    other[bit / 8] ^= 1 << (bit % 8);
                    let moved = hash ^ token_hash(&other);
                    for (at, count) in counts.iter_mut().enumerate() {
                        *count += (moved >> at & 1) as u32;
                    }
                }
            }
            // A one-byte word has 256 values, so its rounds repeat and the error is that of 128
            // pairs.
            let tolerance = if length == 1 { 0.26 } else { 0.05 };
            for (bit, counts) in flips.iter().enumerate() {
                for (at, &count) in counts.iter().enumerate() {
                    let share = f64::from(count) / rounds as f64;
                    assert!(
                        (share - 0.5).abs() < tolerance,
                        "{length} bytes: {bit} → {at}: {share}"
                    );
                }
            }
        }
    }

    /// The two lanes of a pair are the two factors of a product, which does not know their order;
    /// the constants must.
    #[test]
    fn words_of_equal_parts_in_another_place_differ() {
        let parts = ["abcdefgh", "ijklmnop", "qrstuvwx", "aaaaaaaa", "00000000", "haaaaaab"];
        let mut hashes = Vec::new();
        for a in parts {
            hashes.push(token_hash(a.as_bytes()));
            for b in parts {
                hashes.push(token_hash([a, b].concat().as_bytes()));
                for c in parts {
                    hashes.push(token_hash([a, b, c].concat().as_bytes()));
                    hashes.extend(parts.map(|d| token_hash([a, b, c, d].concat().as_bytes())));
                }
            }
        }
        let all = hashes.len();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), all);
    }

    /// Long words that differ in one byte of each lane.
    #[test]
    fn no_two_words_that_differ_in_both_lanes_collide() {
        let mut hashes = Vec::new();
        for place in 0..8 {
            for (a, b) in (1..=255u8).flat_map(|a| (1..=255u8).map(move |b| (a, b))) {
                let mut word = *b"communicationnel";
                word[place] ^= a;
                word[15 - place] ^= b;
                hashes.push(token_hash(&word));
            }
        }
        let all = hashes.len();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), all);
    }
}
