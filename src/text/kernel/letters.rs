//! What the longer strides of [`runs`](super::runs) know of letters: words of two-byte letters (Cyrillic,
//! Greek, Arabic, Hebrew, Armenian), sixteen bytes at a time, and which characters of three bytes are
//! tokens each (Han, kana).

use std::sync::LazyLock;

use super::collect::LANES;
use crate::text::class::{Accents, Class, Entry, Fold};
use crate::text::hash::PairHasher;

const HIGH: u64 = 0x8080_8080_8080_8080;

/// What is noted of the look of a two-byte letter.
const UPPER: u8 = 1;
const LOWER: u8 = 2;

/// Letters by the bytes they are written with.
pub(super) struct LetterTables {
    /// The two folded bytes of a two-byte letter that folds to such a letter, by its code point; 0 of
    /// all others.
    folded: [u16; 64 * 64],
    looks: [u8; 64 * 64],
    /// Of the three-byte characters, a bit for each last byte: a token of its own without capital,
    /// small letter or digit.
    bare: [u64; 1024],
    /// Those of them that fold to themselves.
    unfolded: [u64; 1024],
}

/// A run of two-byte letters.
pub(super) struct Word {
    pub(super) end: usize,
    pub(super) hash: u64,
    pub(super) letters: usize,
    pub(super) capitalised: bool,
    pub(super) upper: usize,
    pub(super) lower: bool,
}

impl LetterTables {
    /// The tables for texts whose accents are dropped or kept; made once a process.
    pub(super) fn get(accents: Accents) -> &'static LetterTables {
        static DROPPED: LazyLock<LetterTables> =
            LazyLock::new(|| LetterTables::new(Accents::Dropped));
        static KEPT: LazyLock<LetterTables> = LazyLock::new(|| LetterTables::new(Accents::Kept));
        match accents {
            Accents::Dropped => &DROPPED,
            Accents::Kept => &KEPT,
        }
    }

    fn new(accents: Accents) -> LetterTables {
        let mut tables = LetterTables {
            folded: [0; 64 * 64],
            looks: [0; 64 * 64],
            bare: [0; 1024],
            unfolded: [0; 1024],
        };
        for (c, (folded, looks)) in
            ('\0'..'\u{800}').zip(tables.folded.iter_mut().zip(&mut tables.looks))
        {
            (*folded, *looks) = folded_and_look(c, accents);
        }
        for c in '\u{800}'..='\u{ffff}' {
            let entry = Entry::of(c, accents);
            if entry.is_bare_character() {
                let (block, bit) = (c as usize >> 6, 1 << (c as u32 & 63));
                tables.bare[block] |= bit;
                if entry.fold() == Fold::Same {
                    tables.unfolded[block] |= bit;
                }
            }
        }
        tables
    }

    /// Whether three bytes are a letter of a script written without spaces, of whose look folding
    /// takes nothing away.
    #[inline(always)]
    pub(super) fn is_bare(&self, bytes: [u8; 3]) -> bool {
        has(&self.bare, bytes)
    }

    /// Whether such a letter folds to itself.
    #[inline(always)]
    pub(super) fn is_unfolded(&self, bytes: [u8; 3]) -> bool {
        has(&self.unfolded, bytes)
    }

    /// The letters from `start` on up to another character; `None` when there are none, or the text
    /// ends so soon that there is no window to look at them.
    ///
    /// The characters of a window are looked up whether they belong to the word or not, and what does
    /// not is masked away: nothing depends on the length of the word but how many windows it has.
    /// Its capitals and small letters are looked for when `shapes` are asked for.
    #[inline(always)]
    pub(super) fn word(&self, bytes: &[u8], start: usize, shapes: bool) -> Option<Word> {
        let mut hasher = PairHasher::new();
        let (mut at, mut upper, mut lower) = (start, 0, false);
        let mut capitalised = None;
        loop {
            let window = bytes.get(at..)?.first_chunk::<17>()?;
            let (pair, behind) = window.split_first_chunk::<16>()?;
            let [low, high] = lanes(pair);
            // Where the next word begins must not wait for eight letters to be looked up (that took
            // a quarter longer): the length is that up to an ASCII character, and in the rare case
            // that another ends the word, or goes on with it, it is found afterwards.
            let mut length = above_ascii(low, high);
            let [mut inside_low, mut inside_high] = *LANES.get(length)?;
            let (folded_low, folded_high) = (self.fold(low), self.fold(high));
            let letters = above_ascii(folded_low | !inside_low, folded_high | !inside_high);
            if letters < 16 {
                length = letters;
                [inside_low, inside_high] = *LANES.get(length)?;
            }
            if length > 0 {
                hasher.pair(folded_low & inside_low, folded_high & inside_high);
            }
            if shapes {
                let looks = self.looks(low) & inside_low | (self.looks(high) & inside_high) << 4;
                capitalised.get_or_insert(looks & u64::from(UPPER) != 0);
                upper += (looks & UPPERS).count_ones() as usize;
                lower |= looks & LOWERS != 0;
            }
            at += length;
            if length < 16 || behind.first().is_none_or(u8::is_ascii) {
                break;
            }
        }
        if at == start {
            return None;
        }
        let length = at - start;
        let capitalised = capitalised.unwrap_or_default();
        let hash = hasher.finish(length);
        Some(Word { end: at, hash, letters: length / 2, capitalised, upper, lower })
    }

    /// The folded bytes of the four letters of a lane.
    #[inline(always)]
    fn fold(&self, lane: u64) -> u64 {
        let keys = keys(lane);
        let folded =
            |i: u32| u64::from(self.folded[(keys >> (16 * i)) as usize % 4096]) << (16 * i);
        folded(0) | folded(1) | folded(2) | folded(3)
    }

    /// The looks of the four letters of a lane, each where its first byte is.
    #[inline(always)]
    fn looks(&self, lane: u64) -> u64 {
        let keys = keys(lane);
        let look = |i: u32| u64::from(self.looks[(keys >> (16 * i)) as usize % 4096]) << (16 * i);
        look(0) | look(1) | look(2) | look(3)
    }
}

/// Capitals and small letters in looks of two lanes, the second of which is shifted by four bits.
const UPPERS: u64 = 0x0001_0001_0001_0001 * (UPPER as u64 | (UPPER as u64) << 4);
const LOWERS: u64 = 0x0001_0001_0001_0001 * (LOWER as u64 | (LOWER as u64) << 4);

/// The code points of the four two-byte letters of a lane, in sixteen bits each.
#[inline(always)]
fn keys(lane: u64) -> u64 {
    const SIX: u64 = 0x003f_003f_003f_003f;
    (lane & SIX) << 6 | lane >> 8 & SIX
}

#[inline(always)]
fn lanes(pair: &[u8; 16]) -> [u64; 2] {
    let pair = u128::from_le_bytes(*pair);
    [pair as u64, (pair >> 64) as u64]
}

/// How many bytes stand before the first that is not above ASCII. All bytes of letters are, in the
/// text and folded.
#[inline(always)]
fn above_ascii(low: u64, high: u64) -> usize {
    let others = u128::from(!low & HIGH) | u128::from(!high & HIGH) << 64;
    (others.trailing_zeros() / 8) as usize
}

#[inline(always)]
fn has(bits: &[u64; 1024], [a, b, c]: [u8; 3]) -> bool {
    let block = usize::from(a.wrapping_sub(0xe0)) << 6 | usize::from(b & 63);
    bits.get(block).is_some_and(|bits| bits >> (c & 63) & 1 != 0)
}

fn folded_and_look(c: char, accents: Accents) -> (u16, u8) {
    let entry = Entry::of(c, accents);
    let folded = match entry.fold() {
        Fold::Same => c,
        Fold::One(folded) => folded,
        Fold::Several(_) => return (0, 0),
    };
    if !entry.is(Class::Word) || entry.has_digit() || c.len_utf8() != 2 || folded.len_utf8() != 2 {
        return (0, 0);
    }
    let mut utf8 = [0; 2];
    folded.encode_utf8(&mut utf8);
    let flag = |holds: bool, flag: u8| if holds { flag } else { 0 };
    (u16::from_le_bytes(utf8), flag(entry.is_upper(), UPPER) | flag(entry.is_lower(), LOWER))
}
