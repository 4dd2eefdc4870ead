//! The reference kernel: one pass, safe Rust, no allocation per token.
//!
//! A token that is all ASCII, as most are, is hashed from the text eight bytes at a time; any other
//! is folded into one buffer that all tokens share. Which of the two is decided per token, so a
//! text in mixed scripts pays only where it must.

use super::ascii::AsciiRun;
use super::{Folded, TokenSink, push_lowered};
use crate::text::class::{Accents, Class, Entry, Fold, combining_class, jamo};
use crate::text::gap::Gap;
use crate::text::hash::token_hash;
use crate::text::token::{Token, TokenShape};

/// Hands every token of `text` to `sink`, in order; offsets are those in `text` plus `first`.
///
/// The caller has checked that `first + text.len()` fits 32 bits, or does not read the offsets.
/// O(length) time; the buffer grows to the longest folded token that is not ASCII.
pub(in crate::text) fn for_each_token(
    text: &str,
    first: usize,
    accents: Accents,
    sink: &mut impl TokenSink,
) {
    Reader::new(text, first, accents, sink).read_all();
}

/// A token in the making that is not known to be all ASCII; its folded form is in the buffer.
pub(super) struct Open {
    start: usize,
    end: usize,
    starts_sentence: bool,
    character: bool,
    /// Letters and digits so far; a token without any is a lone mark.
    bases: usize,
    capitalised: bool,
    upper: usize,
    lower: bool,
    digit: bool,
    /// A stacker since the last letter: the next letter of the script belongs to this token.
    stacked: bool,
    /// The last piece ends in a mark that canonical equivalence may move.
    ends_ordered: bool,
    /// Two such marks met: their order has to be looked at.
    unsettled: bool,
}

impl Open {
    fn at(start: usize, starts_sentence: bool, character: bool) -> Open {
        Open {
            start,
            end: start,
            starts_sentence,
            character,
            bases: 0,
            capitalised: false,
            upper: 0,
            lower: false,
            digit: false,
            stacked: false,
            ends_ordered: false,
            unsettled: false,
        }
    }
}

pub(super) struct Reader<'a, S> {
    pub(super) text: &'a str,
    pub(super) first: usize,
    pub(super) accents: Accents,
    pub(super) sink: &'a mut S,
    /// What stands before the next character, behind the last token.
    pub(super) gap: Gap,
    pub(super) open: Option<Open>,
    /// The folded form of the open token.
    folded: String,
    /// Room to sort marks in.
    order: Vec<(u8, char)>,
}

impl<'a, S: TokenSink> Reader<'a, S> {
    pub(super) fn new(text: &'a str, first: usize, accents: Accents, sink: &'a mut S) -> Self {
        Reader {
            text,
            first,
            accents,
            sink,
            gap: Gap::at_start(),
            open: None,
            folded: String::new(),
            order: Vec::new(),
        }
    }

    fn read_all(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            at = self.step(bytes, at, byte);
        }
        self.close();
    }

    /// Reads a run of ASCII letters and digits or one other character, and returns where it ends.
    #[inline]
    pub(super) fn step(&mut self, bytes: &[u8], at: usize, byte: u8) -> usize {
        if byte.is_ascii_alphanumeric() {
            self.ascii_run(bytes, at)
        } else if byte == b' ' {
            self.close();
            self.gap.space();
            at + 1
        } else if let Some(c) = char_at(self.text, at) {
            self.character(c, at);
            at + c.len_utf8()
        } else {
            bytes.len()
        }
    }

    /// Reads ASCII letters and digits from `start`, and returns where they end.
    #[inline]
    fn ascii_run(&mut self, bytes: &[u8], start: usize) -> usize {
        let run = AsciiRun::read(bytes, start);
        if self.open.as_ref().is_some_and(|open| open.character) {
            self.close();
        }
        if self.open.is_none() && self.ends_token(bytes, run.end) {
            self.emit_ascii(&run, start);
        } else {
            self.extend_with(&run, start);
        }
        run.end
    }

    /// Whether a word that reaches `end` ends there: nothing that follows could still belong to it.
    #[inline]
    pub(super) fn ends_token(&self, bytes: &[u8], end: usize) -> bool {
        match bytes.get(end) {
            None => true,
            Some(byte) if byte.is_ascii() => true,
            Some(_) => char_at(self.text, end).is_none_or(|c| {
                let class = Entry::of(c, self.accents).class();
                class.separates() || class == Class::Character
            }),
        }
    }

    #[inline]
    pub(super) fn emit_ascii(&mut self, run: &AsciiRun, start: usize) {
        let shape = TokenShape::new(
            run.capitalised,
            run.upper >= 2 && !run.lower,
            run.digit,
            self.gap.starts_sentence(),
            false,
        );
        let raw = self.text.get(start..run.end).unwrap_or_default();
        let token = self.token_at(run.hash, start, run.end, shape);
        self.sink.token(Folded::Ascii(raw), token);
        self.gap = Gap::after_token(run.capitalised && run.end - start == 1);
    }

    fn extend_with(&mut self, run: &AsciiRun, start: usize) {
        let starts_sentence = self.gap.starts_sentence();
        let open = self.open.get_or_insert_with(|| Open::at(start, starts_sentence, false));
        push_lowered(self.text.get(start..run.end).unwrap_or_default(), &mut self.folded);
        open.capitalised |= open.bases == 0 && run.capitalised;
        open.bases += run.end - start;
        open.upper += run.upper as usize;
        open.lower |= run.lower;
        open.digit |= run.digit;
        open.stacked = false;
        open.ends_ordered = false;
        open.end = run.end;
    }

    /// Takes in one character that is no ASCII letter or digit.
    fn character(&mut self, c: char, at: usize) {
        let entry = Entry::of(c, self.accents);
        match entry.class() {
            Class::Word | Class::Hangul => {
                if self.open.as_ref().is_some_and(|open| open.character) {
                    self.close();
                }
                self.base(c, entry, at, false);
            }
            Class::Character => {
                if self.open.as_ref().is_some_and(|open| !(open.character && open.stacked)) {
                    self.close();
                }
                self.base(c, entry, at, true);
            }
            Class::Mark => self.mark(c, entry, at),
            Class::Accent => self.accent(c, entry, at),
            Class::Ignored => {}
            separator => {
                self.close();
                self.gap.see(c, separator);
            }
        }
    }

    fn base(&mut self, c: char, entry: Entry, at: usize, character: bool) {
        let starts_sentence = self.gap.starts_sentence();
        let open = self.open.get_or_insert_with(|| Open::at(at, starts_sentence, character));
        open.capitalised |= open.bases == 0 && entry.is_upper();
        open.bases += 1;
        open.upper += usize::from(entry.is_upper());
        open.lower |= entry.is_lower();
        open.digit |= entry.has_digit();
        open.stacked = false;
        open.ends_ordered = entry.is_ordered();
        open.end = at + c.len_utf8();
        if entry.class() == Class::Hangul {
            self.folded.extend(jamo(c).into_iter().flatten());
        } else {
            push_folded(c, entry, &mut self.folded);
        }
    }

    /// A mark that is part of the spelling; alone it is a token, so that nothing written is lost.
    fn mark(&mut self, c: char, entry: Entry, at: usize) {
        let starts_sentence = self.gap.starts_sentence();
        let open = self.open.get_or_insert_with(|| Open::at(at, starts_sentence, false));
        open.stacked |= entry.stacks();
        open.unsettled |= open.ends_ordered && entry.is_ordered();
        open.ends_ordered = entry.is_ordered();
        open.end = at + c.len_utf8();
        push_folded(c, entry, &mut self.folded);
    }

    /// An accent belongs to the letter before it. After a separator or a lone mark it is nothing:
    /// "≠" is "=" with an accent to Unicode, and must stay a separator.
    fn accent(&mut self, c: char, entry: Entry, at: usize) {
        let Some(open) = self.open.as_mut().filter(|open| open.bases > 0) else { return };
        open.end = at + c.len_utf8();
        if self.accents == Accents::Kept {
            open.unsettled |= open.ends_ordered && entry.is_ordered();
            open.ends_ordered = entry.is_ordered();
            push_folded(c, entry, &mut self.folded);
        }
    }

    /// Ends the open token, if there is one.
    #[inline]
    pub(super) fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.emit_folded(&open);
        }
    }

    fn emit_folded(&mut self, open: &Open) {
        if open.unsettled {
            order_marks(&mut self.folded, &mut self.order);
        }
        let shape = TokenShape::new(
            open.capitalised,
            open.upper >= 2 && !open.lower,
            open.digit,
            open.starts_sentence,
            open.character,
        );
        let hash = token_hash(self.folded.as_bytes());
        let token = self.token_at(hash, open.start, open.end, shape);
        self.sink.token(Folded::Done(&self.folded), token);
        self.folded.clear();
        self.gap = Gap::after_token(open.capitalised && open.bases == 1);
    }

    pub(super) fn token_at(&self, hash: u64, start: usize, end: usize, shape: TokenShape) -> Token {
        Token { hash, start: (self.first + start) as u32, end: (self.first + end) as u32, shape }
    }
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

#[inline]
fn push_folded(c: char, entry: Entry, out: &mut String) {
    match entry.fold() {
        Fold::Same => out.push(c),
        Fold::One(folded) => out.push(folded),
        Fold::Several(folded) => out.push_str(folded),
    }
}

/// Canonical ordering (The Unicode Standard 14.0, D109): a stable sort of each run of marks by
/// combining class.
///
/// Marks have some fifty different classes, so std's merge sort is linear in the length of a run.
fn order_marks(folded: &mut String, room: &mut Vec<(u8, char)>) {
    room.clear();
    room.extend(folded.chars().map(|c| (combining_class(c), c)));
    for run in room.chunk_by_mut(|a, b| a.0 != 0 && b.0 != 0) {
        run.sort_by_key(|&(class, _)| class);
    }
    folded.clear();
    folded.extend(room.iter().map(|&(_, c)| c));
}
