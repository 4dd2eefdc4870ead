//! The words of a text as stories count them: no stop words, no figures, and two characters in a row where a
//! script is written without spaces.

use super::word_terms::{CountedWord, WordTerms};
use crate::language::{Term, TermWeight};
use crate::text::{TextScheme, Token, fold_into};

/// A title in which at least this share of the telling words is capitalised is in title case: its
/// capitals name nobody.
const TITLE_CASE: f64 = 0.7;

/// One of 64 bits that stands for a term: most words of an article have none of those of eight terms.
#[inline]
pub(super) fn bit(term: Term) -> u64 {
    1 << (term.hash() % 64)
}

/// What is known of words by their numbers in the vocabulary.
pub(super) trait Known {
    /// Whether a word is a stop word; `None` where nothing is known of it.
    fn is_stop(&self, word: u32) -> Option<bool>;

    /// The term of a word.
    fn term(&self, word: u32) -> Option<Term>;
}

impl Known for &[TermWeight] {
    #[inline]
    fn is_stop(&self, word: u32) -> Option<bool> {
        self.get(word as usize).map(|known| known.stop)
    }

    #[inline]
    fn term(&self, word: u32) -> Option<Term> {
        self.get(word as usize).map(|known| known.term)
    }
}

/// The words of one language with the terms of all.
pub(super) struct KnownTerms<'t> {
    pub(super) words: &'t [CountedWord],
    pub(super) terms: &'t WordTerms,
}

impl Known for KnownTerms<'_> {
    #[inline]
    fn is_stop(&self, word: u32) -> Option<bool> {
        self.words.get(word as usize).map(|word| word.is_stop())
    }

    #[inline]
    fn term(&self, word: u32) -> Option<Term> {
        let word = self.words.get(word as usize)?;
        self.terms.terms().get(word.term() as usize).copied()
    }
}

/// The tokens of a text, each with its word.
pub(super) struct ReadText<'t, K> {
    pub(super) original: &'t str,
    pub(super) tokens: &'t [Token],
    /// The numbers of the words in the vocabulary.
    pub(super) words: &'t [u32],
    pub(super) known: &'t K,
}

impl<K: Known> ReadText<'_, K> {
    /// Whether a token is a stop word; `None` where nothing is known of its word.
    pub(super) fn is_stop(&self, at: usize) -> Option<bool> {
        self.known.is_stop(*self.words.get(at)?)
    }

    /// Whether the term that a token is counted as can be one of those that `bits` stand for; of two
    /// characters in a row it always can.
    pub(super) fn may_be_among(&self, at: usize, bits: u64) -> bool {
        let term = self.words.get(at).and_then(|&word| self.known.term(word));
        term.is_some_and(|term| bits & bit(term) != 0)
            || self.tokens.get(at).is_some_and(|token| token.shape.is_character())
    }

    pub(super) fn is_title_case(&self) -> bool {
        let telling = || {
            let tokens = self.tokens.iter().enumerate();
            tokens.filter(|(at, _)| self.is_stop(*at) == Some(false))
        };
        let capitalised = telling().filter(|(_, token)| token.shape.is_capitalised()).count();
        let all = telling().count();
        all > 3 && capitalised as f64 >= TITLE_CASE * all as f64
    }

    pub(super) fn spelled_at(&self, at: usize) -> Option<String> {
        let (first, last) =
            (self.tokens.get(at)?, self.tokens.get(at + usize::from(self.is_pair(at)))?);
        let mut folded = String::new();
        fold_into(
            self.original.get(first.start as usize..last.end as usize)?,
            &TextScheme::default(),
            &mut folded,
        );
        // Two characters of a script without spaces are one word.
        folded.retain(|c| c != ' ');
        Some(folded)
    }

    pub(super) fn term(&self, counted: Counted) -> Option<Term> {
        match counted {
            Counted::Word(at) => self.known.term(*self.words.get(at)?),
            Counted::Pair(at) => self.pair(at),
        }
    }

    /// The term of the characters of a token and the next.
    pub(super) fn pair(&self, at: usize) -> Option<Term> {
        let character = |at: usize| self.known.term(*self.words.get(at)?);
        Some(Term::of_name([character(at)?, character(at + 1)?]))
    }

    /// What token `at` is counted as. In scripts written without spaces one character means
    /// little, so two in a row are one term.
    pub(super) fn word_at(&self, at: usize) -> Option<Counted> {
        let token = self.tokens.get(at)?;
        if self.is_stop(at) != Some(false) {
            return None;
        }
        if !token.shape.is_character() {
            let is_number = || {
                let word = self.original.get(token.start as usize..token.end as usize);
                word.is_none_or(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
            };
            return (!(token.shape.has_digit() && is_number())).then_some(Counted::Word(at));
        }
        if is_hiragana(self.original, token) {
            return None;
        }
        Some(if self.is_pair(at) { Counted::Pair(at) } else { Counted::Word(at) })
    }

    /// Whether a character counts alone too, where [`word_at`](ReadText::word_at) makes a pair of it.
    /// A Han character means something alone: pairs and characters together find more than pairs
    /// (Nie, Gao, Zhang and Zhou, "On the use of words and n-grams for Chinese information
    /// retrieval", IRAL 2000), above all where one text abbreviates the compounds of the other. A
    /// kana or Thai sign is a sound.
    pub(super) fn counts_alone_too(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| self.is_pair(at) && is_han(self.original, token))
    }

    /// Whether token `at` and the next are neighbours in a script written without spaces and make
    /// one term.
    fn is_pair(&self, at: usize) -> bool {
        match (self.tokens.get(at), self.tokens.get(at + 1)) {
            (Some(token), Some(next)) => {
                token.shape.is_character()
                    && next.shape.is_character()
                    && token.end == next.start
                    && !is_hiragana(self.original, next)
            }
            _ => false,
        }
    }
}

impl ReadText<'_, KnownTerms<'_>> {
    /// The word of a token.
    #[inline]
    pub(super) fn word(&self, at: usize) -> Option<u32> {
        self.known.words.get(*self.words.get(at)? as usize).map(|word| word.term())
    }
}

/// What a token is counted as.
#[derive(Clone, Copy)]
pub(super) enum Counted {
    /// The word of this token.
    Word(usize),
    /// The characters of this token and the next.
    Pair(usize),
}

/// Japanese writes its endings and particles in hiragana: they are its stop words.
#[inline]
fn is_hiragana(original: &str, token: &Token) -> bool {
    first_char(original, token).is_some_and(|c| ('\u{3041}'..='\u{309f}').contains(&c))
}

/// The blocks of CJK unified and compatibility ideographs, and the two planes kept for them.
#[inline]
fn is_han(original: &str, token: &Token) -> bool {
    first_char(original, token).is_some_and(|c| {
        matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}')
    })
}

#[inline]
fn first_char(original: &str, token: &Token) -> Option<char> {
    original.get(token.start as usize..)?.chars().next()
}
