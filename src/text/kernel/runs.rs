//! Runs of the scripts that the block kernels do not know: Han, kana, Hangul, Thai, Cyrillic, Greek,
//! Arabic, Hebrew, the scripts of India, and letters of Latin beyond U+017F.
//!
//! The tokens are those of the reference, [`Reader::step`], which reads nothing with this file and
//! shares only the tables with it, so that each can be tested against the other. Here folded bytes
//! go to the hash through two registers and not through a buffer, and no token is open between two
//! calls. What is rare and would slow every token down is left to the reference, token by token:
//! marks that have to be sorted, a consonant written under another, a mark without a letter.

use super::ascii::AsciiRun;
use super::collect::Collector;
use super::letters::LetterTables;
use super::scalar::Reader;
use crate::text::class::{Accents, Class, Entry, Fold, jamo};
use crate::text::gap::Gap;
use crate::text::hash::PairHasher;
use crate::text::token::TokenShape;

/// A character of the text with what the tables know of it.
#[derive(Clone, Copy)]
struct Glyph {
    point: u32,
    /// Its bytes, the first in the lowest bits.
    utf8: u32,
    length: usize,
    entry: Entry,
}

impl Glyph {
    /// The character at `at`; `None` at the end of the text.
    #[inline(always)]
    fn at(bytes: &[u8], at: usize, accents: Accents) -> Option<Glyph> {
        let six = |byte: u8| u32::from(byte & 63);
        let (point, utf8, length) = match *bytes.get(at..)? {
            [a @ ..0x80, ..] => (u32::from(a), u32::from(a), 1),
            [a @ ..0xe0, b, ..] => {
                (u32::from(a & 31) << 6 | six(b), u32::from_le_bytes([a, b, 0, 0]), 2)
            }
            [a @ ..0xf0, b, c, ..] => (three_bytes([a, b, c]), u32::from_le_bytes([a, b, c, 0]), 3),
            [a, b, c, d, ..] => {
                let point = u32::from(a & 7) << 18 | six(b) << 12 | six(c) << 6 | six(d);
                (point, u32::from_le_bytes([a, b, c, d]), 4)
            }
            _ => return None,
        };
        Some(Glyph { point, utf8, length, entry: Entry::of_point(point, accents) })
    }

    /// A letter of Latin-1 or Latin Extended-A, which the block kernels know.
    fn is_latin(self) -> bool {
        self.point.wrapping_sub(0xc0) < 0xc0 || self.length == 1
    }

    fn char(self) -> char {
        char::from_u32(self.point).unwrap_or_default()
    }
}

/// The hash of folded bytes that come a character at a time.
struct Lanes {
    hasher: PairHasher,
    /// The first lane of a pair that waits for its second.
    low: Option<u64>,
    /// The lane in the making, and how many bits of it are there: fewer than 64.
    lane: u64,
    filled: u32,
    length: usize,
}

impl Lanes {
    #[inline(always)]
    fn new() -> Lanes {
        Lanes { hasher: PairHasher::new(), low: None, lane: 0, filled: 0, length: 0 }
    }

    /// Takes in the `length` bytes, 1 to 4, of a character; the others of `utf8` are zero.
    #[inline(always)]
    fn push(&mut self, utf8: u32, length: usize) {
        let bytes = u64::from(utf8);
        self.length += length;
        self.lane |= bytes << (self.filled % 64);
        let filled = self.filled + 8 * length as u32;
        if filled >= 64 {
            match self.low.take() {
                Some(low) => self.hasher.pair(low, self.lane),
                None => self.low = Some(self.lane),
            }
            // It was at least half full, so this shifts by 32 at most.
            self.lane = bytes >> (64 - self.filled);
        }
        self.filled = filled % 64;
    }

    #[inline(always)]
    fn push_char(&mut self, c: char) {
        let mut utf8 = [0; 4];
        let length = c.encode_utf8(&mut utf8).len();
        self.push(u32::from_le_bytes(utf8), length);
    }

    #[inline(always)]
    fn push_folded(&mut self, glyph: Glyph) {
        if glyph.entry.is(Class::Hangul) {
            jamo(glyph.char()).into_iter().flatten().for_each(|c| self.push_char(c));
            return;
        }
        match glyph.entry.fold() {
            Fold::Same => self.push(glyph.utf8, glyph.length),
            Fold::One(folded) => self.push_char(folded),
            Fold::Several(folded) => folded.chars().for_each(|c| self.push_char(c)),
        }
    }

    #[inline(always)]
    fn finish(mut self) -> u64 {
        match self.low {
            Some(low) => self.hasher.pair(low, self.lane),
            None if self.filled > 0 => self.hasher.pair(self.lane, 0),
            None => {}
        }
        self.hasher.finish(self.length)
    }
}

impl<S: Collector> Reader<'_, S> {
    /// Reads from `from`, where no token is open, at least one character and `stay` bytes, and on to
    /// the next place where a block kernel can take over: no token is open and an ASCII or Latin
    /// letter follows. Returns that place.
    ///
    /// A digit is no such place: every script has them, and the word after it may well be one for this
    /// reader again.
    pub(super) fn read_run(&mut self, from: usize, stay: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while let Some(&byte) = bytes.get(at) {
            let (ascii, latin) = (byte.is_ascii_alphanumeric(), (0xc3..=0xc5).contains(&byte));
            let blocks_read_on = latin || byte.is_ascii_alphabetic();
            if blocks_read_on && at > from && at - from >= stay {
                return at;
            }
            let read = if ascii { self.ascii_word(at) } else { self.other_scripts(at) };
            at = if read > at { read } else { self.one_token(at) };
        }
        at
    }

    /// Reads one token as the reference does, or a character that belongs to none.
    #[cold]
    fn one_token(&mut self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while let Some(&byte) = bytes.get(at) {
            at = self.step(bytes, at, byte);
            if self.open.is_none() {
                return at;
            }
        }
        self.close();
        at
    }

    /// Reads a word that begins with an ASCII letter or digit. Returns where it ends, or `start` when
    /// it is for the reference.
    fn ascii_word(&mut self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let run = AsciiRun::read(bytes, start);
        if self.ends_token(bytes, run.end) {
            self.emit_ascii(&run, start);
            return run.end;
        }
        self.token(start, false).unwrap_or(start)
    }

    /// Reads tokens and separators until one begins with an ASCII or Latin letter, but at least one
    /// character unless the first token is for the reference. Returns where it stopped.
    fn other_scripts(&mut self, from: usize) -> usize {
        let (bytes, accents) = (self.text.as_bytes(), self.accents);
        let tables = LetterTables::get(accents);
        let mut at = from;
        let mut upcoming = Glyph::at(bytes, at, accents);
        while let Some(glyph) = upcoming {
            let behind = at + glyph.length;
            match glyph.entry.class() {
                Class::Character => {
                    let run = self.characters(at, tables);
                    if run > at {
                        at = run;
                        upcoming = Glyph::at(bytes, at, accents);
                        continue;
                    }
                    upcoming = Glyph::at(bytes, behind, accents);
                    if upcoming.is_none_or(|next| !next.entry.class().joins()) {
                        self.character_alone(glyph, at);
                        at = behind;
                        continue;
                    }
                    match self.token(at, true) {
                        Some(end) => at = end,
                        None => return at,
                    }
                }
                Class::Word | Class::Hangul => {
                    if glyph.is_latin() && at > from {
                        return at;
                    }
                    let words = self.words(at, tables);
                    if words > at {
                        at = words;
                        upcoming = Glyph::at(bytes, at, accents);
                        continue;
                    }
                    match self.token(at, false) {
                        Some(end) => at = end,
                        None => return at,
                    }
                }
                // Without a letter before it, it is a token of its own.
                Class::Mark => return at,
                class => {
                    if S::SHAPES && class.separates() {
                        self.gap.see(glyph.char(), class);
                    }
                    at = behind;
                }
            }
            upcoming = Glyph::at(bytes, at, accents);
        }
        at
    }

    /// Reads characters of three bytes that are tokens each, which is what Chinese and Japanese are
    /// made of but for punctuation. Returns where the next character begins.
    ///
    /// First how many there are, then their hashes: with two such loops and a bit a character the
    /// shingles of a text take a fifth less time than with one loop that decides what to do of each.
    #[inline(always)]
    fn characters(&mut self, start: usize, tables: &LetterTables) -> usize {
        let (bytes, accents) = (self.text.as_bytes(), self.accents);
        let (rest, _) = bytes.get(start..).unwrap_or_default().as_chunks::<3>();
        let count = rest.iter().take_while(|bytes| tables.is_bare(**bytes)).count();
        let behind = Glyph::at(bytes, start + 3 * count, accents);
        let joined = behind.is_some_and(|next| next.entry.class().joins());
        let run = rest.get(..count - usize::from(joined && count > 0)).unwrap_or_default();
        if run.is_empty() {
            return start;
        }
        let starts_sentence = S::SHAPES && self.gap.starts_sentence();
        let first = TokenShape::new(false, false, false, starts_sentence, true);
        self.sink.characters(run, self.first + start, first, |bytes| {
            if tables.is_unfolded(bytes) {
                hash_of_three(bytes)
            } else {
                folded_hash(bytes, accents)
            }
        });
        self.gap = Gap::after_token(false);
        start + 3 * run.len()
    }

    /// Reads words of two-byte letters with ASCII separators between them. Returns where another
    /// character begins.
    #[inline(always)]
    fn words(&mut self, from: usize, tables: &LetterTables) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while let Some(word) = tables.word(bytes, at, S::SHAPES)
            && !bytes.get(word.end).is_some_and(u8::is_ascii_alphanumeric)
            && self.ends_token(bytes, word.end)
        {
            let letters = Letters {
                count: word.letters,
                capitalised: word.capitalised,
                upper: word.upper,
                lower: word.lower,
                digit: false,
            };
            self.take(word.hash, at, word.end, letters, false);
            at = word.end;
            while let Some(&byte) = bytes.get(at)
                && byte.is_ascii()
                && !byte.is_ascii_alphanumeric()
            {
                if byte == b' ' {
                    self.gap.space();
                } else if S::SHAPES {
                    let separator = Entry::of_point(u32::from(byte), self.accents).class();
                    self.gap.see(char::from(byte), separator);
                }
                at += 1;
            }
        }
        at
    }

    /// Takes in a token that is one character.
    #[inline(always)]
    fn character_alone(&mut self, glyph: Glyph, start: usize) {
        let (mut hash, mut letters) = (Lanes::new(), Letters::default());
        hash.push_folded(glyph);
        letters.see(glyph.entry);
        self.take(hash.finish(), start, start + glyph.length, letters, true);
    }

    /// Reads the token that begins at `start` with a letter. Returns where it ends, or `None` when it
    /// is for the reference.
    #[inline(always)]
    fn token(&mut self, start: usize, character: bool) -> Option<usize> {
        let (bytes, accents) = (self.text.as_bytes(), self.accents);
        let (mut hash, mut letters) = (Lanes::new(), Letters::default());
        let (mut at, mut end) = (start, start);
        let mut ends_ordered = false;
        while let Some(glyph) = Glyph::at(bytes, at, accents) {
            let entry = glyph.entry;
            let behind = at + glyph.length;
            match entry.class() {
                Class::Word | Class::Hangul if !character => letters.see(entry),
                Class::Character if at == start => letters.see(entry),
                Class::Mark | Class::Accent => {
                    end = behind;
                    if entry.is(Class::Accent) && accents == Accents::Dropped {
                        at = behind;
                        continue;
                    }
                    if (ends_ordered && entry.is_ordered()) || (character && entry.stacks()) {
                        return None;
                    }
                }
                Class::Ignored => {
                    at = behind;
                    continue;
                }
                _ => break,
            }
            hash.push_folded(glyph);
            ends_ordered = entry.is_ordered();
            end = behind;
            at = behind;
        }
        self.take(hash.finish(), start, end, letters, character);
        Some(at)
    }

    /// Hands a token on.
    #[inline(always)]
    fn take(&mut self, hash: u64, start: usize, end: usize, letters: Letters, character: bool) {
        let mut shape = TokenShape::default();
        if S::SHAPES {
            shape = letters.shape(self.gap.starts_sentence(), character);
            self.gap = Gap::after_token(letters.capitalised && letters.count == 1);
        }
        let token = self.token_at(hash, start, end, shape);
        self.sink.take(token);
    }
}

/// The hash of a token of three bytes.
#[inline(always)]
fn hash_of_three([a, b, c]: [u8; 3]) -> u64 {
    let mut hasher = PairHasher::new();
    hasher.pair(u64::from(u32::from_le_bytes([a, b, c, 0])), 0);
    hasher.finish(3)
}

/// The hash of the folded form of a character of three bytes.
fn folded_hash([a, b, c]: [u8; 3], accents: Accents) -> u64 {
    let (point, utf8) = (three_bytes([a, b, c]), u32::from_le_bytes([a, b, c, 0]));
    let entry = Entry::of_point(point, accents);
    let mut hash = Lanes::new();
    hash.push_folded(Glyph { point, utf8, length: 3, entry });
    hash.finish()
}

/// The code point of three bytes of UTF-8.
#[inline(always)]
fn three_bytes([a, b, c]: [u8; 3]) -> u32 {
    u32::from(a & 15) << 12 | u32::from(b & 63) << 6 | u32::from(c & 63)
}

/// What the letters and digits of a token add up to.
#[derive(Clone, Copy, Default)]
struct Letters {
    count: usize,
    capitalised: bool,
    upper: usize,
    lower: bool,
    digit: bool,
}

impl Letters {
    #[inline(always)]
    fn see(&mut self, entry: Entry) {
        self.capitalised |= self.count == 0 && entry.is_upper();
        self.count += 1;
        self.upper += usize::from(entry.is_upper());
        self.lower |= entry.is_lower();
        self.digit |= entry.has_digit();
    }

    #[inline(always)]
    fn shape(self, starts_sentence: bool, character: bool) -> TokenShape {
        let uppercase = self.upper >= 2 && !self.lower;
        TokenShape::new(self.capitalised, uppercase, self.digit, starts_sentence, character)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash::token_hash;

    #[test]
    fn characters_one_after_the_other_hash_as_their_bytes_side_by_side() {
        for pattern in ["a", "б", "漢", "𠀀", "aбa漢𠀀", "б漢", "𠀀a", "漢aa"] {
            let text = pattern.repeat(20);
            for count in 0..=text.chars().count() {
                let mut lanes = Lanes::new();
                text.chars().take(count).for_each(|c| lanes.push_char(c));
                let bytes: usize = text.chars().take(count).map(char::len_utf8).sum();
                assert_eq!(lanes.finish(), token_hash(&text.as_bytes()[..bytes]), "{bytes}");
            }
        }
    }
}
