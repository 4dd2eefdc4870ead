//! Blocks in two 256-bit registers; bytes are moved together by the bit extraction of BMI2.
//!
//! (On Zen 1 and 2 that instruction is microcode, and this kernel slower than it could be.)

use std::arch::x86_64::*;

use minhash_lsh::Kernel;

use super::chunk::Chunk;
use super::collect::Collector;
use super::lookup::Lookup;
use super::non_ascii::look_up_non_ascii;
use super::vectors::{BLOCK, Classes, FOLDED, PLACES, Vectors, WINDOW};
use super::{Stretch, blocks};

/// Proves that the CPU has the instructions of [`Kernel::Avx2`].
#[derive(Clone, Copy)]
pub(super) struct Avx2(());

impl Avx2 {
    pub(super) fn detect() -> Option<Avx2> {
        Kernel::Avx2.is_available().then_some(Avx2(()))
    }

    /// [`blocks::read`] with these instructions.
    pub(super) fn read<C: Collector>(self, stretch: Stretch<'_>, chunk: &mut Chunk, out: &mut C) {
        // SAFETY: the value proves that the CPU has the features.
        unsafe { read(self, stretch, chunk, out) }
    }
}

#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn read<C: Collector>(vectors: Avx2, stretch: Stretch<'_>, chunk: &mut Chunk, out: &mut C) {
    blocks::read(vectors, stretch, chunk, out);
}

/// What two vectors of 32 truths are as one mask.
#[inline(always)]
fn mask(_: Avx2, truths: [__m256i; 2]) -> u64 {
    // SAFETY: the `Avx2` proves that the CPU has the instruction.
    let [low, high] = truths.map(|v| unsafe { _mm256_movemask_epi8(v) as u32 });
    u64::from(low) | u64::from(high) << 32
}

impl Vectors for Avx2 {
    /// In memory: characters that are not ASCII are patched in.
    type Folded = [u8; FOLDED];

    #[inline(always)]
    fn classify<const SHAPES: bool>(
        self,
        window: &[u8; WINDOW],
        lookup: &'static Lookup,
    ) -> (Classes, [u8; FOLDED]) {
        let mut folded = [0; FOLDED];
        // SAFETY: `self` proves that the CPU has the instructions; both arrays are at least two
        // vectors long.
        let mut classes = unsafe {
            let all = |byte: u8| _mm256_set1_epi8(byte as i8);
            let at = window.as_ptr();
            let bytes = [_mm256_loadu_si256(at.cast()), _mm256_loadu_si256(at.add(32).cast())];
            // Unsigned "less than" as a signed comparison, everything moved down by 128.
            let below = |v, first: u8, count: u8| {
                let moved = _mm256_sub_epi8(v, all(first.wrapping_add(0x80)));
                _mm256_cmpgt_epi8(all(count.wrapping_add(0x80)), moved)
            };
            let small = bytes.map(|v| _mm256_or_si256(v, all(0x20)));
            let letters = small.map(|v| below(v, b'a', 26));
            let digits = bytes.map(|v| below(v, b'0', 10));
            for half in 0..2 {
                let word = _mm256_or_si256(letters[half], digits[half]);
                // Digits have the bit that makes letters small already.
                let small = _mm256_and_si256(small[half], word);
                _mm256_storeu_si256(folded.as_mut_ptr().add(32 * half).cast(), small);
            }
            let (letter, digit) = (mask(self, letters), mask(self, digits));
            let mut classes = Classes {
                non_ascii: mask(self, bytes),
                word: letter | digit,
                ..Classes::default()
            };
            if SHAPES {
                let small = mask(self, bytes.map(|v| _mm256_slli_epi16::<2>(v)));
                classes.upper = letter & !small;
                classes.lower = letter & small;
                classes.digit = digit;
                classes.pause = mask(self, bytes.map(|v| ascii_pauses(self, v)));
                classes.newline = mask(self, bytes.map(|v| _mm256_cmpeq_epi8(v, all(b'\n'))));
            }
            classes
        };
        if classes.non_ascii != 0 {
            look_up_non_ascii(window, lookup, &mut classes, &mut folded);
        }
        (classes, folded)
    }

    #[inline(always)]
    fn compress(self, folded: [u8; FOLDED], keep: u64, out: &mut [u8; FOLDED]) {
        if keep == u64::MAX {
            *out = folded;
            return;
        }
        let mut at = 0;
        for (word, keep) in folded.as_chunks::<8>().0.iter().zip(keep.to_le_bytes()) {
            // SAFETY: `self` proves that the CPU has the instructions.
            let close = unsafe {
                let bytes = _pdep_u64(u64::from(keep), 0x0101_0101_0101_0101) * 0xff;
                _pext_u64(u64::from_le_bytes(*word), bytes)
            };
            if let Some(out) = out.get_mut(at..).and_then(|o| o.first_chunk_mut::<8>()) {
                *out = close.to_le_bytes();
            }
            at += keep.count_ones() as usize;
        }
    }

    #[inline(always)]
    fn places(self, mask: u64, base: u16, out: &mut [u16; BLOCK]) {
        let mut written = 0;
        for (byte, bits) in (0..).zip(mask.to_le_bytes()) {
            if let Some(out) = out.get_mut(written..).and_then(|o| o.first_chunk_mut::<8>()) {
                // SAFETY: `self` proves that the CPU has the instructions; both arrays are as long
                // as what is loaded and stored.
                unsafe {
                    let places = _mm_loadl_epi64(PLACES[usize::from(bits)].0.as_ptr().cast());
                    let base = _mm_set1_epi16(base.wrapping_add(8 * byte) as i16);
                    let places = _mm_add_epi16(_mm_cvtepu8_epi16(places), base);
                    _mm_storeu_si128(out.as_mut_ptr().cast(), places);
                }
            }
            written += bits.count_ones() as usize;
        }
    }

    #[inline(always)]
    fn wide_places(self, mask: u64, base: u32, out: &mut [u32; BLOCK]) {
        let mut written = 0;
        for (byte, bits) in (0..).zip(mask.to_le_bytes()) {
            if let Some(out) = out.get_mut(written..).and_then(|o| o.first_chunk_mut::<8>()) {
                // SAFETY: `self` proves that the CPU has the instructions; both arrays are as long
                // as what is loaded and stored.
                unsafe {
                    let places = _mm_loadl_epi64(PLACES[usize::from(bits)].0.as_ptr().cast());
                    let base = _mm256_set1_epi32(base.wrapping_add(8 * byte) as i32);
                    let places = _mm256_add_epi32(_mm256_cvtepu8_epi32(places), base);
                    _mm256_storeu_si256(out.as_mut_ptr().cast(), places);
                }
            }
            written += bits.count_ones() as usize;
        }
    }

    #[inline(always)]
    fn extract(self, mask: u64, keep: u64) -> u64 {
        // SAFETY: `self` proves that the CPU has the instruction.
        unsafe { _pext_u64(mask, keep) }
    }

    #[inline(always)]
    fn spread(self, masks: [u32; 3], out: &mut [u8; BLOCK / 2]) {
        let [one, two, four] = masks;
        let mut bytes = flag_bytes(self, one, 1);
        // SAFETY: `self` proves that the CPU has the instructions; the array is one vector long.
        unsafe {
            if two | four != 0 {
                bytes = _mm256_or_si256(bytes, flag_bytes(self, two, 2));
                bytes = _mm256_or_si256(bytes, flag_bytes(self, four, 4));
            }
            _mm256_storeu_si256(out.as_mut_ptr().cast(), bytes);
        }
    }
}

/// `flag` in each byte whose bit of `mask` is set.
#[inline(always)]
fn flag_bytes(_: Avx2, mask: u32, flag: u8) -> __m256i {
    // SAFETY: the `Avx2` proves that the CPU has the instructions; nothing touches memory.
    unsafe {
        let bits = _mm256_set1_epi32(mask as i32);
        #[rustfmt::skip]
        let each = _mm256_setr_epi8(
            0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1,
            2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3,
        );
        let bit = _mm256_set1_epi64x(0x8040_2010_0804_0201_u64 as i64);
        let bits = _mm256_and_si256(_mm256_shuffle_epi8(bits, each), bit);
        _mm256_and_si256(_mm256_cmpeq_epi8(bits, bit), _mm256_set1_epi8(flag as i8))
    }
}

/// The ASCII characters that have a say in where sentences start (`\r ! " . : ?`): those whose
/// two half bytes have a bit in common in two tables.
#[inline(always)]
fn ascii_pauses(_: Avx2, bytes: __m256i) -> __m256i {
    // SAFETY: the `Avx2` proves that the CPU has the instructions; nothing touches memory.
    unsafe {
        #[rustfmt::skip]
        let by_low = _mm256_setr_epi8(
            0, 2, 2, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 1, 2, 4,
            0, 2, 2, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 1, 2, 4,
        );
        #[rustfmt::skip]
        let by_high = _mm256_setr_epi8(
            1, 0, 2, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            1, 0, 2, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        );
        let high = _mm256_and_si256(_mm256_srli_epi16::<4>(bytes), _mm256_set1_epi8(15));
        // A byte that is not ASCII has its top bit set, which makes the lookup zero.
        let common = _mm256_and_si256(
            _mm256_shuffle_epi8(by_low, bytes),
            _mm256_shuffle_epi8(by_high, high),
        );
        _mm256_cmpgt_epi8(common, _mm256_setzero_si256())
    }
}
