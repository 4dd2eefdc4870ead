//! Blocks in one 512-bit register, with the permutations and compressions of VBMI and VBMI2.

use std::arch::x86_64::*;

use minhash_lsh::Kernel;

use super::chunk::Chunk;
use super::collect::Collector;
use super::lookup::{DIGIT, LOWER, Lookup, NEWLINE, PAUSE, SLOW, TWO, UPPER, WORD};
use super::shingles::USUAL_WIDTH;
use super::vectors::{BLOCK, Classes, FOLDED, Vectors, WINDOW};
use super::{Stretch, blocks, windows};
use crate::text::hash::{SHINGLE_FACTOR, finish_factors};

/// Proves that the CPU has the instructions of [`Kernel::Avx512`].
#[derive(Clone, Copy)]
pub(super) struct Avx512(());

impl Avx512 {
    pub(super) fn detect() -> Option<Avx512> {
        Kernel::Avx512.is_available().then_some(Avx512(()))
    }

    /// [`blocks::read`] with these instructions.
    pub(super) fn read<C: Collector>(self, stretch: Stretch<'_>, chunk: &mut Chunk, out: &mut C) {
        // SAFETY: the value proves that the CPU has the features.
        unsafe { read(self, stretch, chunk, out) }
    }

    /// Replaces the hashes of tokens by those of every run of five, eight side by side, each from
    /// its tokens: 0.3 ns a shingle where rolling takes 1.1. Returns how many are done; the tokens
    /// from there on are as they were.
    pub(super) fn shingles_of_five(self, hashes: &mut [u64]) -> usize {
        // SAFETY: the value proves that the CPU has the features.
        unsafe { shingles_of_five(hashes) }
    }

    /// [`windows::replace`] with these instructions.
    pub(super) fn window_hashes(self, hashes: &mut [u64]) {
        // SAFETY: the value proves that the CPU has the features.
        unsafe { window_hashes(hashes) }
    }
}

#[target_feature(enable = "avx512f,avx512dq")]
fn window_hashes(hashes: &mut [u64]) {
    windows::replace(hashes);
}

#[target_feature(
    enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,avx2,bmi1,bmi2,lzcnt,popcnt"
)]
fn read<C: Collector>(vectors: Avx512, stretch: Stretch<'_>, chunk: &mut Chunk, out: &mut C) {
    blocks::read(vectors, stretch, chunk, out);
}

#[target_feature(enable = "avx512f,avx512dq")]
fn shingles_of_five(hashes: &mut [u64]) -> usize {
    const EIGHT: usize = 8;
    let all = |x: u64| _mm512_set1_epi64(x as i64);
    let mut done = 0;
    while let Some(block) = hashes
        .get_mut(done..)
        .and_then(|rest| rest.first_chunk_mut::<{ EIGHT + USUAL_WIDTH - 1 }>())
    {
        let tokens = block.as_mut_ptr();
        let mut sum = _mm512_setzero_si512();
        for place in 0..USUAL_WIDTH {
            // SAFETY: eight of the twelve numbers of the block, from the first five on.
            let tokens = unsafe { _mm512_loadu_si512(tokens.add(place).cast()) };
            sum = _mm512_add_epi64(_mm512_mullo_epi64(sum, all(SHINGLE_FACTOR)), tokens);
        }
        // What `hash::finish_shingle` does.
        let [width, first, second] = finish_factors(USUAL_WIDTH).map(all);
        let x = _mm512_add_epi64(sum, width);
        let x = _mm512_mullo_epi64(_mm512_xor_si512(x, _mm512_srli_epi64::<30>(x)), first);
        let x = _mm512_mullo_epi64(_mm512_xor_si512(x, _mm512_srli_epi64::<27>(x)), second);
        let x = _mm512_xor_si512(x, _mm512_srli_epi64::<31>(x));
        // SAFETY: the first eight numbers of the block.
        unsafe { _mm512_storeu_si512(tokens.cast(), x) };
        done += EIGHT;
    }
    done
}

#[inline(always)]
fn load(_: Avx512, bytes: &[u8; BLOCK]) -> __m512i {
    // SAFETY: the array is 64 bytes; the `Avx512` proves that the CPU has the instruction.
    unsafe { _mm512_loadu_si512(bytes.as_ptr().cast()) }
}

/// 64 bytes from `at` of a longer array.
#[inline(always)]
fn load_at<const N: usize>(_: Avx512, bytes: &[u8; N], at: usize) -> __m512i {
    assert!(at + BLOCK <= N);
    // SAFETY: asserted; the `Avx512` proves that the CPU has the instruction.
    unsafe { _mm512_loadu_si512(bytes.as_ptr().add(at).cast()) }
}

/// 0 to 63.
static IOTA: [u8; BLOCK] = {
    let mut iota = [0; BLOCK];
    let mut at = 0;
    while at < BLOCK {
        iota[at] = at as u8;
        at += 1;
    }
    iota
};

impl Vectors for Avx512 {
    type Folded = __m512i;

    #[inline(always)]
    fn classify<const SHAPES: bool>(
        self,
        window: &[u8; WINDOW],
        lookup: &'static Lookup,
    ) -> (Classes, __m512i) {
        let Lookup { ascii_fold, ascii_class, latin_fold, latin_class, general_class, .. } = lookup;
        let first = load_at(self, window, 0);
        // SAFETY: `self` proves that the CPU has the instructions; none touches memory.
        unsafe {
            // The index of a permutation over 128 bytes is the low seven bits.
            let mut folded = _mm512_permutex2var_epi8(
                load_at(self, ascii_fold, 0),
                first,
                load_at(self, ascii_fold, 64),
            );
            let mut class = _mm512_permutex2var_epi8(
                load_at(self, ascii_class, 0),
                first,
                load_at(self, ascii_class, 64),
            );
            let has = |class, flag: u8| _mm512_test_epi8_mask(class, _mm512_set1_epi8(flag as i8));
            let mut classes =
                Classes { non_ascii: _mm512_movepi8_mask(first), ..Classes::default() };
            if classes.non_ascii != 0 {
                let second = load_at(self, window, 1);
                let third = load_at(self, window, 2);
                let from_c2 = _mm512_sub_epi8(first, _mm512_set1_epi8(0xc2u8 as i8));
                let two_bytes = _mm512_cmplt_epu8_mask(from_c2, _mm512_set1_epi8(4));
                // Bit 6 of a continuation byte is clear: there the odd leads C3 and C5 put theirs.
                let index =
                    _mm512_mask_add_epi8(second, has(first, 1), second, _mm512_set1_epi8(64));
                let c4_or_c5 = has(first, 4);
                let look = |table: &[u8; 256]| {
                    let low = _mm512_permutex2var_epi8(
                        load_at(self, table, 0),
                        index,
                        load_at(self, table, 64),
                    );
                    let high = _mm512_permutex2var_epi8(
                        load_at(self, table, 128),
                        index,
                        load_at(self, table, 192),
                    );
                    _mm512_mask_blend_epi8(c4_or_c5, low, high)
                };
                let three_bytes = _mm512_mask_cmpeq_epi8_mask(
                    _mm512_cmpeq_epi8_mask(first, _mm512_set1_epi8(0xe2u8 as i8)),
                    second,
                    _mm512_set1_epi8(0x80u8 as i8),
                );
                folded = _mm512_maskz_mov_epi8(!classes.non_ascii, folded);
                folded = _mm512_mask_mov_epi8(folded, two_bytes, look(latin_fold));
                class = _mm512_maskz_mov_epi8(!classes.non_ascii, class);
                class = _mm512_mask_mov_epi8(class, two_bytes, look(latin_class));
                let general = _mm512_permutexvar_epi8(third, load(self, general_class));
                class = _mm512_mask_mov_epi8(class, three_bytes, general);
                classes.two_bytes = two_bytes;
                classes.three_bytes = three_bytes;
                classes.two_letters = has(class, TWO);
                classes.slow = has(class, SLOW);
            }
            classes.word = has(class, WORD);
            if SHAPES {
                classes.upper = has(class, UPPER);
                classes.lower = has(class, LOWER);
                classes.digit = has(class, DIGIT);
                classes.pause = has(class, PAUSE);
                classes.newline = has(class, NEWLINE);
            }
            (classes, folded)
        }
    }

    #[inline(always)]
    fn compress(self, folded: __m512i, keep: u64, out: &mut [u8; FOLDED]) {
        // The compression to a register and a whole store: to memory it is microcode on Zen 4.
        // SAFETY: `self` proves that the CPU has the instructions; the array is two vectors long.
        unsafe {
            let close = _mm512_maskz_compress_epi8(keep, folded);
            _mm512_storeu_si512(out.as_mut_ptr().cast(), close);
        }
    }

    #[inline(always)]
    fn places(self, mask: u64, base: u16, out: &mut [u16; BLOCK]) {
        let out = out.as_mut_ptr();
        // SAFETY: `self` proves that the CPU has the instructions; the array is two vectors long.
        unsafe {
            let places = _mm512_maskz_compress_epi8(mask, load(self, &IOTA));
            let base = _mm512_set1_epi16(base as i16);
            let low = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(places));
            _mm512_storeu_si512(out.cast(), _mm512_add_epi16(low, base));
            if mask.count_ones() > 32 {
                let high = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64::<1>(places));
                _mm512_storeu_si512(out.add(32).cast(), _mm512_add_epi16(high, base));
            }
        }
    }

    #[inline(always)]
    fn wide_places(self, mask: u64, base: u32, out: &mut [u32; BLOCK]) {
        let out = out.as_mut_ptr();
        // SAFETY: `self` proves that the CPU has the instructions; the array is four vectors long.
        unsafe {
            let places = _mm512_maskz_compress_epi8(mask, load(self, &IOTA));
            let base = _mm512_set1_epi32(base as i32);
            let first = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(places));
            _mm512_storeu_si512(out.cast(), _mm512_add_epi32(first, base));
            let second = _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32::<1>(places));
            _mm512_storeu_si512(out.add(16).cast(), _mm512_add_epi32(second, base));
            if mask.count_ones() > 32 {
                let third = _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32::<2>(places));
                _mm512_storeu_si512(out.add(32).cast(), _mm512_add_epi32(third, base));
                let fourth = _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32::<3>(places));
                _mm512_storeu_si512(out.add(48).cast(), _mm512_add_epi32(fourth, base));
            }
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
        // SAFETY: `self` proves that the CPU has the instructions; the array is 32 bytes.
        unsafe {
            let bytes = _mm256_maskz_set1_epi8(one, 1);
            let bytes = _mm256_mask_add_epi8(bytes, two, bytes, _mm256_set1_epi8(2));
            let bytes = _mm256_mask_add_epi8(bytes, four, bytes, _mm256_set1_epi8(4));
            _mm256_storeu_si256(out.as_mut_ptr().cast(), bytes);
        }
    }
}
