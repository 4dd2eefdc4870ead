//! What a code point is to the tokeniser: its class, its flags and its folded form.

use super::tables::{COMBINING, FOLDED, INDEX, INDEX_KEEPING_ACCENTS, LEAVES, TABLED};

/// The part a code point plays; the order is that of the generator of the tables.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Class {
    /// A letter or digit of a script written with spaces.
    Word,
    /// A letter of a script written without: a token of its own.
    Character,
    /// A Hangul syllable: a word letter that folds to its jamo by arithmetic.
    Hangul,
    /// A mark that belongs to the spelling.
    Mark,
    /// A mark that `keep_accents` keeps and the default drops.
    Accent,
    /// Invisible: as if it were not there.
    Ignored,
    /// Punctuation and symbols without a say in where sentences start.
    Other,
    /// White space other than line breaks.
    Space,
    /// A line break.
    Newline,
    /// The full stop, which also abbreviates.
    Dot,
    /// Ends a sentence when white space follows.
    Stop,
    /// Ends a sentence, white space or not: the full-width stops and the paragraph separator.
    WideStop,
    /// Opening quotation marks and bullets.
    Opener,
    /// A quotation mark that opens only when a token follows at once.
    Quote,
    /// Comma and semicolon: the sentence goes on after the abbreviation.
    Comma,
}

impl Class {
    pub(super) const ALL: [Class; 16] = [
        Class::Word,
        Class::Character,
        Class::Hangul,
        Class::Mark,
        Class::Accent,
        Class::Ignored,
        Class::Other,
        Class::Space,
        Class::Newline,
        Class::Dot,
        Class::Stop,
        Class::WideStop,
        Class::Opener,
        Class::Quote,
        Class::Comma,
        Class::Other, // never written; it makes the four bits total
    ];

    /// Whether it stands between tokens.
    pub(super) fn separates(self) -> bool {
        self >= Class::Other
    }

    /// Whether it may belong to the token before it, of whatever kind that is, without being a
    /// letter.
    #[inline]
    pub(super) fn joins(self) -> bool {
        matches!(self, Class::Mark | Class::Accent | Class::Ignored)
    }
}

/// Whether accents are part of a token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Accents {
    Dropped,
    Kept,
}

/// One entry of the tables.
///
/// Bits 0–20: the folded code point (0: itself), or when bit 21 is set, place (16 bits) and length
/// in bytes (5 bits) of the folded form in `FOLDED`. Bits 22–25: the class. From bit 26: the flags.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Entry(u32);

/// The folded form of one code point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fold {
    Same,
    One(char),
    Several(&'static str),
}

impl Entry {
    const MULTI: u32 = 1 << 21;
    const CLASS_SHIFT: u32 = 22;
    const UPPER: u32 = 1 << 26;
    const LOWER: u32 = 1 << 27;
    const DIGIT: u32 = 1 << 28;
    const ORDERED: u32 = 1 << 29;
    const STACKER: u32 = 1 << 30;

    /// The entry of a code point: two loads.
    #[inline]
    pub(super) fn of(c: char, accents: Accents) -> Entry {
        Entry::of_point(u32::from(c), accents)
    }

    /// The same of its number.
    #[inline]
    pub(super) fn of_point(point: u32, accents: Accents) -> Entry {
        if point >= TABLED {
            return Entry::beyond_tables(point);
        }
        let index = match accents {
            Accents::Dropped => &INDEX,
            Accents::Kept => &INDEX_KEEPING_ACCENTS,
        };
        let block = index.get(point as usize >> 6).copied().unwrap_or_default();
        let leaf = usize::from(block) << 6 | (point as usize & 63);
        Entry(LEAVES.get(leaf).copied().unwrap_or_default())
    }

    /// Above the supplementary ideographic plane nothing is assigned but ideographs, invisible
    /// characters and private use, so the plane decides.
    #[cold]
    fn beyond_tables(point: u32) -> Entry {
        let class = if point & 0xFFFE == 0xFFFE || point >= 0xF_0000 {
            Class::Other
        } else if point < 0x4_0000 {
            Class::Character
        } else if (0xE_0000..=0xE_0FFF).contains(&point) {
            Class::Ignored
        } else {
            Class::Word
        };
        Entry((class as u32) << Entry::CLASS_SHIFT)
    }

    #[inline]
    pub(super) fn class(self) -> Class {
        Class::ALL[(self.0 >> Entry::CLASS_SHIFT & 15) as usize]
    }

    /// Whether the class is this one, without reading which it is.
    #[inline]
    pub(super) fn is(self, class: Class) -> bool {
        self.0 >> Entry::CLASS_SHIFT & 15 == class as u32
    }

    #[inline]
    pub(super) fn fold(self) -> Fold {
        let payload = self.0 & (Entry::MULTI - 1);
        if self.0 & Entry::MULTI != 0 {
            let (at, length) = ((payload & 0xFFFF) as usize, (payload >> 16) as usize);
            Fold::Several(FOLDED.get(at..at + length).unwrap_or_default())
        } else {
            match char::from_u32(payload) {
                Some(c) if payload != 0 => Fold::One(c),
                _ => Fold::Same,
            }
        }
    }

    /// An upper- or title-case letter.
    #[inline]
    pub(super) fn is_upper(self) -> bool {
        self.0 & Entry::UPPER != 0
    }

    /// A lower- or title-case letter.
    #[inline]
    pub(super) fn is_lower(self) -> bool {
        self.0 & Entry::LOWER != 0
    }

    /// The folded form holds a digit.
    #[inline]
    pub(super) fn has_digit(self) -> bool {
        self.0 & Entry::DIGIT != 0
    }

    /// The folded form holds a mark whose place among its neighbours canonical equivalence leaves
    /// open.
    #[inline]
    pub(super) fn is_ordered(self) -> bool {
        self.0 & Entry::ORDERED != 0
    }

    /// The next letter of the script is written under this one.
    #[inline]
    pub(super) fn stacks(self) -> bool {
        self.0 & Entry::STACKER != 0
    }

    /// A token of its own that is neither a capital nor a small letter and holds no digit.
    #[inline]
    pub(super) fn is_bare_character(self) -> bool {
        let looks = Entry::UPPER | Entry::LOWER | Entry::DIGIT;
        self.is(Class::Character) && self.0 & looks == 0
    }

    #[cfg(test)]
    pub(super) fn flags(self) -> u32 {
        self.0 >> 26
    }
}

/// The jamo of a Hangul syllable (The Unicode Standard 14.0, section 3.12); the last is absent in
/// open syllables.
pub(super) fn jamo(syllable: char) -> [Option<char>; 3] {
    let at = u32::from(syllable).wrapping_sub(0xAC00);
    let trailing = at % 28;
    [
        char::from_u32(0x1100 + at / 588),
        char::from_u32(0x1161 + at % 588 / 28),
        if trailing == 0 { None } else { char::from_u32(0x11A7 + trailing) },
    ]
}

/// The canonical combining class.
pub(super) fn combining_class(c: char) -> u8 {
    let point = u32::from(c);
    let after = COMBINING.partition_point(|&(first, _, _)| first <= point);
    match after.checked_sub(1).and_then(|at| COMBINING.get(at)) {
        Some(&(_, last, class)) if point <= last => class,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tables::FOLDING_DIGEST;
    use std::fmt::Write as _;

    fn fnv(state: u64, bytes: &[u8]) -> u64 {
        bytes.iter().fold(state, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3))
    }

    /// What the generator digests, read back through the lookup.
    #[test]
    fn every_entry_is_the_one_the_generator_meant() {
        let mut digest = 0xcbf2_9ce4_8422_2325;
        let mut line = String::new();
        for accents in [Accents::Dropped, Accents::Kept] {
            for point in 0..TABLED {
                // The generator has lines for surrogates too; they are no chars and cannot be
                // looked up.
                let entry = char::from_u32(point).map(|c| (c, Entry::of(c, accents)));
                let class = entry.map_or(Class::Other, |(_, e)| e.class());
                let flags = entry.map_or(0, |(_, e)| e.flags());
                line.clear();
                let kept = u8::from(accents == Accents::Kept);
                write!(line, "{point:X} {kept} {} {flags} ", class as u8).unwrap();
                if let Some((c, e)) = entry {
                    let dropped = class == Class::Accent && accents == Accents::Dropped;
                    let points: Vec<String> = match e.fold() {
                        _ if class.separates() || class == Class::Ignored || dropped => vec![],
                        _ if class == Class::Hangul => vec![],
                        Fold::Same => vec![format!("{:X}", u32::from(c))],
                        Fold::One(f) => vec![format!("{:X}", u32::from(f))],
                        Fold::Several(s) => {
                            s.chars().map(|f| format!("{:X}", u32::from(f))).collect()
                        }
                    };
                    line.push_str(&points.join(" "));
                }
                line.push('\n');
                digest = fnv(digest, line.as_bytes());
            }
        }
        assert_eq!(digest, FOLDING_DIGEST);
    }

    #[test]
    fn hangul_syllables_fall_apart_as_the_standard_says() {
        assert_eq!(jamo('가'), [Some('\u{1100}'), Some('\u{1161}'), None]);
        assert_eq!(jamo('각'), [Some('\u{1100}'), Some('\u{1161}'), Some('\u{11a8}')]);
        assert_eq!(jamo('힣'), [Some('\u{1112}'), Some('\u{1175}'), Some('\u{11c2}')]);
    }

    #[test]
    fn combining_classes_are_found_at_the_edges_of_their_ranges() {
        for (c, class) in [
            ('\u{2ff}', 0),
            ('\u{300}', 230),
            ('\u{323}', 220),
            ('\u{345}', 240),
            ('\u{93c}', 7),
            ('\u{94d}', 9),
            ('\u{e48}', 107),
            ('\u{3099}', 8),
            ('a', 0),
            ('\u{10ffff}', 0),
        ] {
            assert_eq!(combining_class(c), class, "U+{:04X}", u32::from(c));
        }
    }
}
