//! Blocks in eight 64-bit registers: the portable kernel, in safe code.
//!
//! Eight bytes are compared at once in one register (Lamport, "Multiple byte processing with
//! full-word instructions", 1975).

use super::chunk::Chunk;
use super::collect::Collector;
use super::lookup::Lookup;
use super::non_ascii::look_up_non_ascii;
use super::vectors::{BLOCK, Classes, FOLDED, PLACES, Vectors, WINDOW};
use super::{Stretch, blocks};

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * ONES;

/// Needs nothing of the CPU.
#[derive(Clone, Copy)]
pub(super) struct Swar;

impl Swar {
    /// [`blocks::read`] in portable code.
    pub(super) fn read<C: Collector>(self, stretch: Stretch<'_>, chunk: &mut Chunk, out: &mut C) {
        blocks::read(self, stretch, chunk, out);
    }
}

/// The high bit of every byte of `lane` (each under 0x80) that lies in `first..=last`.
#[inline(always)]
fn in_range(lane: u64, first: u8, last: u8) -> u64 {
    let from = lane + ONES * u64::from(0x80 - first);
    let beyond = lane + ONES * u64::from(0x7f - last);
    from & !beyond & HIGH
}

/// The high bits of the bytes of `lane` side by side.
#[inline(always)]
fn high_bits(lane: u64) -> u64 {
    // Each product moves bit 7 of one byte to a bit of the top byte of its own.
    ((lane & HIGH) >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// The high bit of every byte of `low` (each under 0x80) that may have a say in where sentences
/// start: all but the commonest that have none, because that is less to compare. Letters are left
/// out later.
#[inline(always)]
fn pauses(low: u64) -> u64 {
    // 0x80 minus a difference keeps the high bit only where there is none.
    let is = |byte: u8| HIGH - (low ^ (ONES * u64::from(byte)));
    !(is(b' ') | is(b'\'') | is(b',') | newlines(low)) & HIGH
}

/// The high bit of every byte of `low` (each under 0x80) that is a line feed.
#[inline(always)]
fn newlines(low: u64) -> u64 {
    (HIGH - (low ^ (ONES * u64::from(b'\n')))) & HIGH
}

impl Vectors for Swar {
    type Folded = [u8; FOLDED];

    #[inline(always)]
    fn classify<const SHAPES: bool>(
        self,
        window: &[u8; WINDOW],
        lookup: &'static Lookup,
    ) -> (Classes, [u8; FOLDED]) {
        let mut classes = Classes::default();
        let mut folded = [0; FOLDED];
        let lanes = window.as_chunks::<8>().0.iter().zip(folded.as_chunks_mut::<8>().0);
        for (at, (bytes, out)) in (0..).step_by(8).zip(lanes) {
            let lane = u64::from_le_bytes(*bytes);
            let (high, low) = (lane & HIGH, lane & !HIGH);
            let ascii = high ^ HIGH;
            let small = in_range(low | (0x20 * ONES), b'a', b'z') & ascii;
            let digit = in_range(low, b'0', b'9') & ascii;
            let word = small | digit;
            // 0x80 becomes 0xff; digits have the bit that makes letters small already.
            let inside = word | (word - (word >> 7));
            *out = ((lane | (0x20 * ONES)) & inside).to_le_bytes();
            classes.non_ascii |= high_bits(high) << at;
            let letter = high_bits(small);
            let digit = high_bits(digit);
            classes.word |= (letter | digit) << at;
            if SHAPES {
                let lower = high_bits(lane << 2) & letter;
                classes.lower |= lower << at;
                classes.upper |= (letter ^ lower) << at;
                classes.digit |= digit << at;
                classes.pause |= high_bits(pauses(low) & ascii & !word) << at;
                classes.newline |= high_bits(newlines(low) & ascii) << at;
            }
        }
        if classes.non_ascii != 0 {
            look_up_non_ascii(window, lookup, &mut classes, &mut folded);
        }
        (classes, folded)
    }

    #[inline(always)]
    fn compress(self, folded: [u8; FOLDED], keep: u64, out: &mut [u8; FOLDED]) {
        *out = folded;
        // What comes behind each dropped byte is moved over it, a block at a time.
        let (mut dropped, mut moved) = (!keep, 0);
        while dropped != 0 {
            let behind = dropped.trailing_zeros() as usize + 1;
            moved += 1;
            let rest = folded.get(behind..).and_then(|rest| rest.first_chunk::<BLOCK>());
            let place = out.get_mut(behind - moved..).and_then(|o| o.first_chunk_mut::<BLOCK>());
            if let (Some(rest), Some(place)) = (rest, place) {
                *place = *rest;
            }
            dropped &= dropped - 1;
        }
    }

    #[inline(always)]
    fn places(self, mask: u64, base: u16, out: &mut [u16; BLOCK]) {
        let mut written = 0;
        for (byte, bits) in (0..).zip(mask.to_le_bytes()) {
            let (places, count) = &PLACES[usize::from(bits)];
            if let Some(out) = out.get_mut(written..).and_then(|o| o.first_chunk_mut::<8>()) {
                *out = places.map(|place| u16::from(place) + (base + 8 * byte));
            }
            written += usize::from(*count);
        }
    }

    #[inline(always)]
    fn wide_places(self, mask: u64, base: u32, out: &mut [u32; BLOCK]) {
        let mut written = 0;
        for (byte, bits) in (0..).zip(mask.to_le_bytes()) {
            let (places, count) = &PLACES[usize::from(bits)];
            if let Some(out) = out.get_mut(written..).and_then(|o| o.first_chunk_mut::<8>()) {
                *out = places.map(|place| u32::from(place).wrapping_add(base + 8 * byte));
            }
            written += usize::from(*count);
        }
    }

    #[inline(always)]
    fn extract(self, mask: u64, keep: u64) -> u64 {
        let mut rest = mask & keep;
        if keep.count_zeros() < 32 {
            // Close the gaps, the highest first.
            let mut gaps = !keep;
            while gaps != 0 {
                let gap = 63 - gaps.leading_zeros();
                let below = (1 << gap) - 1;
                rest = rest & below | rest >> 1 & !below;
                gaps ^= 1 << gap;
            }
            return rest;
        }
        let mut close = 0;
        while rest != 0 {
            let below = (rest & rest.wrapping_neg()) - 1;
            close |= 1 << (keep & below).count_ones();
            rest &= rest - 1;
        }
        close
    }

    #[inline(always)]
    fn spread(self, masks: [u32; 3], out: &mut [u8; BLOCK / 2]) {
        if masks == [0; 3] {
            *out = [0; BLOCK / 2];
            return;
        }
        let bytes = out.as_chunks_mut::<8>().0;
        for (at, out) in (0..).step_by(8).zip(bytes) {
            let mut marks = 0;
            for (mask, flag) in masks.into_iter().zip([1, 2, 4]) {
                let bits = u64::from(mask >> at & 0xff);
                // Byte i keeps bit i, and is then made one or zero.
                let spread = (bits * ONES) & 0x8040_2010_0804_0201;
                marks |= ((spread + (HIGH - ONES)) >> 7 & ONES) * flag;
            }
            *out = marks.to_le_bytes();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_the_class_of_the_tables() {
        use super::super::lookup::{DIGIT, LOWER, PAUSE, UPPER, WORD};
        use crate::text::class::Accents;
        let lookup = Lookup::get(Accents::Dropped);
        for first in 0..128u8 {
            for place in [0, 7, 8, 63] {
                let mut window = [b' '; WINDOW];
                window[place] = first;
                let (classes, folded) = Swar.classify::<true>(&window, lookup);
                let class = lookup.ascii_class[usize::from(first)];
                for (mask, flag) in [
                    (classes.word, WORD),
                    (classes.upper, UPPER),
                    (classes.lower, LOWER),
                    (classes.digit, DIGIT),
                    // May be more than those that have a say.
                    (classes.pause & u64::from(class & PAUSE != 0) << place, PAUSE),
                ] {
                    assert_eq!(mask, u64::from(class & flag != 0) << place, "{first} {flag}");
                }
                assert_eq!(folded[place], lookup.ascii_fold[usize::from(first)]);
            }
        }
    }

    #[test]
    fn extraction_is_that_of_single_bits() {
        let mut state = 1u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state ^ state >> 29
        };
        for round in 0..2_000 {
            let (mask, mut keep) = (random(), random());
            for _ in 0..round % 4 {
                keep |= random();
            }
            let kept: Vec<u64> = (0..64).filter(|bit| keep >> bit & 1 == 1).collect();
            let expected =
                (0..).zip(kept).fold(0, |close, (to, bit)| close | (mask >> bit & 1) << to);
            assert_eq!(Swar.extract(mask, keep), expected);
        }
    }
}
