//! What the block kernels know of a character, as tables of bytes that fit vector registers.
//!
//! They know ASCII, the two-byte characters of U+0080–017F and the three-byte ones of U+2000–203F
//! (typographic punctuation): with them news in European languages is read without leaving the
//! block. Everything else, and the few of these that fold to something else than one or two ASCII
//! letters, is [`SLOW`]: the scalar reader takes over for that run. The tables are filled from the
//! same entries that the scalar reader looks up, so the two cannot differ.

use std::sync::LazyLock;

use crate::text::class::{Accents, Class, Entry, Fold};
use crate::text::gap::{GapState, GapStep};

/// A letter or digit.
pub(super) const WORD: u8 = 1;
pub(super) const UPPER: u8 = 2;
pub(super) const LOWER: u8 = 4;
pub(super) const DIGIT: u8 = 8;
/// A separator that has a say in where sentences start, unless it is a line break.
pub(super) const PAUSE: u8 = 16;
/// Folds to two letters; the table has the first.
pub(super) const TWO: u8 = 32;
/// Not for the block kernels.
pub(super) const SLOW: u8 = 64;
/// A line break, of which only the second in a gap has a say.
pub(super) const NEWLINE: u8 = 128;

/// Folded bytes (0 for separators) and classes.
#[repr(align(64))]
pub(super) struct Lookup {
    pub(super) ascii_fold: [u8; 128],
    pub(super) ascii_class: [u8; 128],
    /// By the lead bytes C2, C3, C4, C5 and the six bits of the continuation byte.
    pub(super) latin_fold: [u8; 256],
    pub(super) latin_class: [u8; 256],
    /// Of the characters E2 80 80 – E2 80 BF, by the six bits of the last byte; none is a letter.
    pub(super) general_class: [u8; 64],
    ascii_step: [GapStep; 128],
    latin_step: [GapStep; 256],
    general_step: [GapStep; 64],
}

impl Lookup {
    /// The tables for texts whose accents are dropped or kept; made once a process.
    pub(super) fn get(accents: Accents) -> &'static Lookup {
        static DROPPED: LazyLock<Lookup> = LazyLock::new(|| Lookup::new(Accents::Dropped));
        static KEPT: LazyLock<Lookup> = LazyLock::new(|| Lookup::new(Accents::Kept));
        match accents {
            Accents::Dropped => &DROPPED,
            Accents::Kept => &KEPT,
        }
    }

    fn new(accents: Accents) -> Lookup {
        let mut lookup = Lookup {
            ascii_fold: [0; 128],
            ascii_class: [0; 128],
            latin_fold: [0; 256],
            latin_class: [0; 256],
            general_class: [0; 64],
            ascii_step: std::array::from_fn(|i| gap_step(i as u32)),
            latin_step: std::array::from_fn(|i| gap_step(0x80 + i as u32)),
            general_step: std::array::from_fn(|i| gap_step(0x2000 + i as u32)),
        };
        for (point, (fold, class)) in
            (0..).zip(lookup.ascii_fold.iter_mut().zip(&mut lookup.ascii_class))
        {
            (*fold, *class) = byte_and_class(point, accents);
        }
        for (point, (fold, class)) in
            (0x80..).zip(lookup.latin_fold.iter_mut().zip(&mut lookup.latin_class))
        {
            (*fold, *class) = byte_and_class(point, accents);
        }
        for (point, class) in (0x2000..).zip(&mut lookup.general_class) {
            let (fold, found) = byte_and_class(point, accents);
            *class = if fold == 0 { found } else { SLOW };
        }
        lookup
    }
}

impl Lookup {
    /// What stands before a token when `separators`, which the tables know, come after `gap`.
    #[inline(always)]
    pub(super) fn see(&self, gap: GapState, separators: &[u8]) -> GapState {
        let (mut gap, mut rest) = (gap, separators);
        loop {
            let (step, after) = match *rest {
                [ascii @ 0..0x80, ref after @ ..] => (self.ascii_step[usize::from(ascii)], after),
                [lead @ 0xc2..=0xc5, last, ref after @ ..] => {
                    (self.latin_step[usize::from(lead - 0xc2) << 6 | usize::from(last & 63)], after)
                }
                [_, _, last, ref after @ ..] => (self.general_step[usize::from(last & 63)], after),
                _ => return gap,
            };
            gap = gap.step(step);
            rest = after;
        }
    }
}

fn gap_step(point: u32) -> GapStep {
    let c = char::from_u32(point).unwrap_or_default();
    GapStep::of(c, Entry::of(c, Accents::Dropped).class())
}

/// The second letter of a folded form that begins with `first`.
pub(super) fn second_letter(first: u8) -> u8 {
    match first {
        b's' => b's', // ß
        b'i' => b'j', // ĳ
        _ => b'e',    // æ œ
    }
}

fn byte_and_class(point: u32, accents: Accents) -> (u8, u8) {
    let Some(c) = char::from_u32(point) else { return (0, SLOW) };
    let entry = Entry::of(c, accents);
    match entry.class() {
        Class::Word => {}
        Class::Newline => return (0, NEWLINE),
        Class::Dot | Class::Stop | Class::WideStop | Class::Opener | Class::Quote => {
            return (0, PAUSE);
        }
        Class::Other | Class::Space | Class::Comma => return (0, 0),
        _ => return (0, SLOW),
    }
    let mut single = [0; 4];
    let folded = match entry.fold() {
        Fold::Same => &*c.encode_utf8(&mut single),
        Fold::One(folded) => &*folded.encode_utf8(&mut single),
        Fold::Several(folded) => folded,
    };
    let count = match *folded.as_bytes() {
        [letter] if letter.is_ascii() => 0,
        [first, second] if first.is_ascii() && second == second_letter(first) => TWO,
        _ => return (0, SLOW),
    };
    let flag = |holds: bool, flag: u8| if holds { flag } else { 0 };
    let class = WORD
        | count
        | flag(entry.is_upper(), UPPER)
        | flag(entry.is_lower(), LOWER)
        | flag(entry.has_digit(), DIGIT);
    (folded.as_bytes().first().copied().unwrap_or_default(), class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn european_letters_and_typographic_punctuation_need_no_scalar_reader() {
        let lookup = Lookup::get(Accents::Dropped);
        let class = |c: char| {
            let mut bytes = [0; 4];
            match *c.encode_utf8(&mut bytes).as_bytes() {
                [a] => lookup.ascii_class[usize::from(a)],
                [a, b] => lookup.latin_class[usize::from(a - 0xc2) * 64 + usize::from(b & 63)],
                [0xe2, 0x80, c] => lookup.general_class[usize::from(c & 63)],
                _ => SLOW,
            }
        };
        for c in "azAZ09àâäçéèêëîïôöùûüÿœæÀÉŒßñáíóúąćęłńśźżčďěňřšťůžőűğışİđøåĳ²º".chars()
        {
            assert_eq!(class(c) & (WORD | SLOW), WORD, "{c}");
        }
        for c in " '’‘“”«»–—…•\u{a0}\u{202f}\u{2009}.,;:!?\"\n\t()°§·".chars()
        {
            assert_eq!(class(c) & (WORD | SLOW), 0, "{c}");
        }
        for c in "\u{ad}\u{200b}µþðŋĸŉ½\u{2060}€".chars() {
            assert_eq!(class(c) & (WORD | SLOW), SLOW, "{c}");
        }
    }
}
