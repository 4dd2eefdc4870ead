//! Codes side by side in bytes, and how many of them agree.
//!
//! The code of lane l stands at bits l·b to l·b + b − 1 of the row read as one little-endian
//! integer. k is a multiple of 8, so a row is whole bytes for every b.

use super::CodeBits;
use super::mix::mix;

/// Appends the codes of a row of lanes, of which there is a multiple of 8.
pub(super) fn pack(bits: CodeBits, lanes: &[u32], packed: &mut Vec<u8>) {
    match bits.get() {
        16 => packed.extend(lanes.iter().flat_map(|&lane| (mix(lane) as u16).to_le_bytes())),
        8 => packed.extend(lanes.iter().map(|&lane| mix(lane) as u8)),
        4 => pack_in_bytes::<2, 4>(lanes, packed),
        2 => pack_in_bytes::<4, 2>(lanes, packed),
        _ => pack_in_bytes::<8, 1>(lanes, packed),
    }
}

/// `PER_BYTE` codes of `BITS` bits in each byte.
fn pack_in_bytes<const PER_BYTE: usize, const BITS: u32>(lanes: &[u32], packed: &mut Vec<u8>) {
    let (groups, _) = lanes.as_chunks::<PER_BYTE>();
    packed.extend(groups.iter().map(|group| {
        let mask = (1 << BITS) - 1;
        let codes = group.iter().rev().map(|&lane| mix(lane) & mask);
        codes.fold(0_u32, |byte, code| (byte << BITS) | code) as u8
    }));
}

/// The code of lane `lane` in a packed row, or `None` beyond its end.
pub(super) fn code(bits: CodeBits, row: &[u8], lane: usize) -> Option<u16> {
    let bits = usize::from(bits.get());
    let place = lane.checked_mul(bits)?;
    let low = u16::from(*row.get(place / 8)?);
    if bits == 16 {
        return Some(low | (u16::from(*row.get(place / 8 + 1)?) << 8));
    }
    Some((low >> (place % 8)) & ((1 << bits) - 1))
}

/// How many codes agree in two packed rows of equal length.
///
/// An exclusive or leaves zero where codes agree. Its bits are or-ed within each code, so that one
/// bit a code is left, and counted, 64 bits at a time. Codes of whole bytes are compared as such,
/// which the compiler turns into vector compares.
pub(super) fn agreeing(bits: CodeBits, a: &[u8], b: &[u8]) -> u32 {
    match bits.get() {
        16 => {
            let ((a, _), (b, _)) = (a.as_chunks::<2>(), b.as_chunks::<2>());
            let code = |bytes: &[u8; 2]| u16::from_le_bytes(*bytes);
            let equal = |(x, y)| u16::from(code(x) == code(y));
            // At most 1024, so a sum of 16 bits holds it and vectors stay 16 bits wide.
            u32::from(a.iter().zip(b).map(equal).sum::<u16>())
        }
        8 => {
            // At most 128 a chunk, so a sum of 8 bits holds it. With sums of 32 bits every compare
            // of 16 codes is widened fourfold, and an estimate of k = 128 takes 14 ns in place of 9.
            let equal = |(x, y): (&u8, &u8)| u8::from(x == y);
            let chunks = a.chunks(128).zip(b.chunks(128));
            chunks.map(|(a, b)| u32::from(a.iter().zip(b).map(equal).sum::<u8>())).sum()
        }
        4 => {
            let differing = |x: u64| {
                let x = x | (x >> 2);
                (x | (x >> 1)) & 0x1111_1111_1111_1111
            };
            2 * a.len() as u32 - count_differing(a, b, differing)
        }
        2 => {
            let differing = |x: u64| (x | (x >> 1)) & 0x5555_5555_5555_5555;
            4 * a.len() as u32 - count_differing(a, b, differing)
        }
        _ => 8 * a.len() as u32 - count_differing(a, b, |x| x),
    }
}

/// The bits that `one_bit_a_code` leaves of the exclusive or of both rows.
fn count_differing(a: &[u8], b: &[u8], one_bit_a_code: impl Fn(u64) -> u64) -> u32 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let differing = |(x, y): (&[u8; 8], &[u8; 8])| {
        one_bit_a_code(u64::from_le_bytes(*x) ^ u64::from_le_bytes(*y)).count_ones()
    };
    let whole: u32 = a.iter().zip(b).map(differing).sum();
    if a_rest.is_empty() {
        return whole;
    }
    whole + differing((&padded(a_rest), &padded(b_rest)))
}

/// Up to eight bytes, and zeros: they agree with each other, so they add nothing that differs.
fn padded(rest: &[u8]) -> [u8; 8] {
    let mut word = [0; 8];
    word.iter_mut().zip(rest).for_each(|(byte, &given)| *byte = given);
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lanes of every k, different in about half of the places.
    fn two_rows(k: usize, seed: u32) -> (Vec<u32>, Vec<u32>) {
        let lane = |l: u32| (l + seed).wrapping_mul(0x9e37_79b9) % (17 << 24);
        let a: Vec<u32> = (0..k as u32).map(lane).collect();
        let b = (0..k as u32)
            .map(|l| if mix(l ^ seed).is_multiple_of(2) { lane(l) } else { lane(l + 7) });
        (a, b.collect())
    }

    #[test]
    fn packing_and_counting_are_those_of_single_codes() {
        for k in (8..=264).step_by(8).chain([1016, 1024]) {
            for bits in CodeBits::ALL {
                let (a, b) = two_rows(k, k as u32);
                let modulus = 1_u32 << bits.get();
                let (mut packed_a, mut packed_b) = (Vec::new(), Vec::new());
                pack(bits, &a, &mut packed_a);
                pack(bits, &b, &mut packed_b);
                assert_eq!(packed_a.len(), bits.bytes(k));
                for (l, &lane) in a.iter().enumerate() {
                    let expected = u16::try_from(mix(lane) % modulus).unwrap();
                    assert_eq!(code(bits, &packed_a, l), Some(expected), "{bits}, lane {l}");
                }
                assert_eq!(code(bits, &packed_a, k), None);
                assert_eq!(code(bits, &packed_a, usize::MAX), None);
                let equal = |(x, y): (&u32, &u32)| mix(*x) % modulus == mix(*y) % modulus;
                let expected = a.iter().zip(&b).filter(|&(x, y)| equal((x, y))).count();
                assert_eq!(agreeing(bits, &packed_a, &packed_b), expected as u32, "{bits}, k {k}");
                assert_eq!(agreeing(bits, &packed_a, &packed_a), k as u32);
            }
        }
    }
}
