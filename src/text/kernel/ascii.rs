//! Runs of ASCII letters and digits, a lane of eight bytes at a time.

use crate::text::hash::PairHasher;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * ONES;

/// A run of ASCII letters and digits: its end, the hash of its lower case, and what lowering takes
/// away.
pub(super) struct AsciiRun {
    pub(super) end: usize,
    pub(super) hash: u64,
    /// The first byte is a capital.
    pub(super) capitalised: bool,
    /// Capitals; counted only as long as there is no small letter, because only then they matter.
    pub(super) upper: u32,
    pub(super) lower: bool,
    pub(super) digit: bool,
}

/// The high bit of every byte of `lane` (each under 0x80) that lies in `first..=last`.
#[inline]
fn in_range(lane: u64, first: u8, last: u8) -> u64 {
    let from = lane + ONES * u64::from(0x80 - first);
    let beyond = lane + ONES * u64::from(0x7f - last);
    from & !beyond & HIGH
}

/// Eight bytes from `at`, filled up with zeros at the end of the text.
#[inline]
fn lane_at(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk::<8>() {
        Some(lane) => u64::from_le_bytes(*lane),
        None => rest.iter().rev().fold(0, |lane, &byte| lane << 8 | u64::from(byte)),
    }
}

impl AsciiRun {
    /// The run that begins at `start`, which may be empty.
    #[inline]
    pub(super) fn read(bytes: &[u8], start: usize) -> AsciiRun {
        let mut hasher = PairHasher::new();
        // The first lane of a pair that waits for its second.
        let mut low_lane = None;
        let (mut at, mut upper_count) = (start, 0);
        let (mut any_lower, mut any_digit) = (0, 0);
        let mut capitalised = None;
        loop {
            let lane = lane_at(bytes, at);
            let ascii = !lane & HIGH;
            let low = lane & !HIGH;
            let mut upper = in_range(low, b'A', b'Z') & ascii;
            let mut lower = in_range(low, b'a', b'z') & ascii;
            let mut digit = in_range(low, b'0', b'9') & ascii;
            let outside = !(upper | lower | digit) & HIGH;
            let length = outside.trailing_zeros() / 8;
            let inside = if length == 8 { u64::MAX } else { (1 << (length * 8)) - 1 };
            upper &= inside;
            lower &= inside;
            digit &= inside;
            capitalised.get_or_insert(upper & 0x80 != 0);
            any_lower |= lower;
            any_digit |= digit;
            if any_lower == 0 {
                upper_count += upper.count_ones();
            }
            // The bit 0x20 apart are 'A' and 'a'; 0x80 >> 2 is that bit.
            let folded = (lane & inside) | upper >> 2;
            at += length as usize;
            match low_lane.take() {
                Some(low) => hasher.pair(low, folded),
                None if length == 8 => low_lane = Some(folded),
                None if length > 0 => hasher.pair(folded, 0),
                None => {}
            }
            if length < 8 {
                break;
            }
        }
        AsciiRun {
            end: at,
            hash: hasher.finish(at - start),
            capitalised: capitalised.unwrap_or_default(),
            upper: upper_count,
            lower: any_lower != 0,
            digit: any_digit != 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash::token_hash;

    #[test]
    fn a_run_equals_the_byte_by_byte_reading_at_every_length_and_place() {
        let text = b"Ab9ZzAaMNop0123456789XYZabcdefghijKLMNOPqrs";
        for ending in [
            &b""[..],
            b" tail of text",
            b"@",
            b"[",
            b"`",
            b"{",
            b"/",
            b":",
            "é".as_bytes(),
            b"\0\0",
        ] {
            for start in 0..text.len() {
                for end in start..=text.len() {
                    let bytes = [&text[..end], ending].concat();
                    let run = AsciiRun::read(&bytes, start);
                    let word = &text[start..end];
                    assert_eq!(run.end, end);
                    assert_eq!(run.hash, token_hash(&word.to_ascii_lowercase()));
                    assert_eq!(run.capitalised, word.first().is_some_and(u8::is_ascii_uppercase));
                    assert_eq!(run.lower, word.iter().any(u8::is_ascii_lowercase));
                    assert_eq!(run.digit, word.iter().any(u8::is_ascii_digit));
                    if !run.lower {
                        let capitals = word.iter().filter(|b| b.is_ascii_uppercase()).count();
                        assert_eq!(run.upper as usize, capitals);
                    }
                }
            }
        }
    }

    #[test]
    fn every_byte_is_inside_or_outside_as_ascii_says() {
        for byte in 0..=255u8 {
            let run = AsciiRun::read(&[b'a', byte, b'b'], 0);
            assert_eq!(run.end == 1, !byte.is_ascii_alphanumeric(), "byte {byte:#x}");
        }
    }
}
