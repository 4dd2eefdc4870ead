//! Words of two-byte letters, sixteen bytes at a time: Cyrillic, Greek, Arabic, Hebrew, Armenian.

use std::sync::LazyLock;

use crate::text::class::{Accents, Class, Entry, Fold};
use crate::text::hash::PairHasher;

const HIGH: u64 = 0x8080_8080_8080_8080;

/// Flags of a letter, in the top byte of its entry.
const SIMPLE: u8 = 1;
const UPPER: u8 = 2;
const LOWER: u8 = 4;

/// What two bytes are, by the six low bits of each: the two folded bytes in the low half of an
/// entry, the flags in its top byte; 0 unless they are a letter that folds to two bytes.
pub(super) struct TwoByteLetters([u32; 64 * 64]);

/// A word of such letters.
pub(super) struct Word {
    pub(super) end: usize,
    pub(super) hash: u64,
    pub(super) letters: usize,
    pub(super) capitalised: bool,
    pub(super) upper: usize,
    pub(super) lower: bool,
}

impl TwoByteLetters {
    /// The table for texts whose accents are dropped or kept; made once a process.
    pub(super) fn get(accents: Accents) -> &'static TwoByteLetters {
        static DROPPED: LazyLock<TwoByteLetters> =
            LazyLock::new(|| TwoByteLetters::new(Accents::Dropped));
        static KEPT: LazyLock<TwoByteLetters> =
            LazyLock::new(|| TwoByteLetters::new(Accents::Kept));
        match accents {
            Accents::Dropped => &DROPPED,
            Accents::Kept => &KEPT,
        }
    }

    fn new(accents: Accents) -> TwoByteLetters {
        // U+0080–07FF have the lead bytes C2–DF; 3F comes of no lead byte but FF, which is in no text.
        TwoByteLetters(std::array::from_fn(|i| match char::from_u32(i as u32) {
            Some(c) if (0x80..0x800).contains(&i) => entry(c, accents),
            _ => 0,
        }))
    }

    /// The word that begins at `start`; `None` when it is not all such letters, or the text ends so
    /// soon that there is no window to look at it.
    ///
    /// The letters of a window are looked up whether they belong to the word or not, and what does
    /// not is masked away: nothing depends on the length of the word but how many windows it has.
    #[inline(always)]
    pub(super) fn word(&self, bytes: &[u8], start: usize) -> Option<Word> {
        let mut hasher = PairHasher::new();
        let (mut at, mut upper, mut lower) = (start, 0, false);
        let mut capitalised = None;
        loop {
            let window = bytes.get(at..)?.first_chunk::<17>()?;
            let (pair, behind) = window.split_first_chunk::<16>()?;
            let length = before_ascii(pair);
            let (folded, flags) = self.look_up(pair);
            let inside = (1u128 << (8 * length)).wrapping_sub(1);
            let inside = if length == 16 { u128::MAX } else { inside };
            let letters = (1u128 << (4 * length)).wrapping_sub(1) as u64;
            let flags = flags & letters;
            let simple = each(SIMPLE) & letters;
            if length % 2 == 1 || flags & simple != simple {
                return None;
            }
            if length > 0 {
                let folded = folded & inside;
                hasher.pair(folded as u64, (folded >> 64) as u64);
            }
            capitalised.get_or_insert(flags & u64::from(UPPER) != 0);
            upper += (flags & each(UPPER)).count_ones() as usize;
            lower |= flags & each(LOWER) != 0;
            at += length;
            if length < 16 || behind[0].is_ascii() {
                break;
            }
        }
        // An ASCII letter or digit would belong to the word.
        if at == start || bytes.get(at)?.is_ascii_alphanumeric() {
            return None;
        }
        let length = at - start;
        let capitalised = capitalised.unwrap_or_default();
        let hash = hasher.finish(length);
        Some(Word { end: at, hash, letters: length / 2, capitalised, upper, lower })
    }

    /// The folded bytes of eight letters and their flags, the first in the lowest bits.
    #[inline(always)]
    fn look_up(&self, pair: &[u8; 16]) -> (u128, u64) {
        let (mut lanes, mut flags) = ([0u64; 2], 0);
        for (i, &[lead, last]) in pair.as_chunks::<2>().0.iter().enumerate() {
            let entry = self.0[usize::from(lead & 63) << 6 | usize::from(last & 63)];
            lanes[i / 4] |= u64::from(entry & 0xffff) << (16 * (i % 4));
            flags |= u64::from(entry >> 24) << (8 * i);
        }
        (u128::from(lanes[0]) | u128::from(lanes[1]) << 64, flags)
    }
}

/// A byte in every byte of a lane.
const fn each(byte: u8) -> u64 {
    0x0101_0101_0101_0101 * byte as u64
}

/// How many bytes stand before the first ASCII one.
#[inline(always)]
fn before_ascii(pair: &[u8; 16]) -> usize {
    let high = u128::from(HIGH) << 64 | u128::from(HIGH);
    let ascii = !u128::from_le_bytes(*pair) & high;
    (ascii.trailing_zeros() / 8) as usize
}

fn entry(c: char, accents: Accents) -> u32 {
    let entry = Entry::of(c, accents);
    let folded = match entry.fold() {
        Fold::Same => c,
        Fold::One(folded) => folded,
        Fold::Several(_) => return 0,
    };
    let mut utf8 = [0; 4];
    let length = folded.encode_utf8(&mut utf8).len();
    if !entry.is(Class::Word) || entry.has_digit() || length != 2 {
        return 0;
    }
    let flag = |holds: bool, flag: u8| if holds { flag } else { 0 };
    let flags = SIMPLE | flag(entry.is_upper(), UPPER) | flag(entry.is_lower(), LOWER);
    u32::from_le_bytes(utf8) | u32::from(flags) << 24
}
