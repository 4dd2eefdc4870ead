//! Reading a printed date piece by piece.

use crate::page::fold::{fold_word, is_mark};

/// A cursor that reads digits (of any of the scripts that fold to ASCII), literals and words.
pub(super) struct Cursor<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// At most `most` digits as a number, and how many there were.
    pub(super) fn digits(&mut self, most: usize) -> Option<(i64, usize)> {
        let (mut value, mut count) = (0, 0);
        for c in self.rest().chars() {
            let digit = match c as u32 {
                code @ 0x30..=0x39 => code - 0x30,
                code @ 0x660..=0x669 => code - 0x660,
                code @ 0x6F0..=0x6F9 => code - 0x6F0,
                code @ 0xFF10..=0xFF19 => code - 0xFF10,
                _ => break,
            };
            if count == most {
                return None;
            }
            value = value * 10 + i64::from(digit);
            count += 1;
            self.at += c.len_utf8();
        }
        (count > 0).then_some((value, count))
    }

    pub(super) fn any(&mut self, set: &[char]) -> bool {
        match self.rest().chars().next() {
            Some(c) if set.contains(&c) => {
                self.at += c.len_utf8();
                true
            }
            _ => false,
        }
    }

    pub(super) fn spaces(&mut self) -> bool {
        let rest = self.rest();
        let len = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\t']).len();
        self.at += len;
        len > 0
    }

    /// A run of letters, folded.
    pub(super) fn letters(&mut self) -> String {
        let rest = self.rest();
        let len = rest.find(|c: char| !c.is_alphabetic() && !is_mark(c)).unwrap_or(rest.len());
        if len > 40 {
            return String::new();
        }
        let word = fold_word(rest.get(..len).unwrap_or_default());
        self.at += len;
        word
    }
}
