//! Shingles: hashes of runs of tokens.

use super::{TextScheme, Token, TokenShape};
use crate::article::Article;
use crate::span::Span;

/// Which policy the length of a text puts it under; stated in the answer, never silent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum LengthClass {
    /// No token: matches nothing, not even another empty text.
    Empty,
    /// Fewer tokens than a shingle: one shingle of all its tokens, so it equals only itself.
    BelowShingle,
    /// Under 50 tokens: every window is indexed.
    Short,
    /// The ordinary case.
    Ordinary,
}

/// The tokens of an article's body and their shingles, in reading order.
#[derive(Clone, Debug, Default)]
pub struct TokenisedText {
    tokens: Vec<Token>,
    shingles: Vec<u64>,
}

impl TokenisedText {
    /// Tokenises the body of an article; offsets point into its original.
    pub fn of_article(article: &Article, scheme: &TextScheme) -> TokenisedText {
        let mut tokens = Vec::new();
        for span in article.body_spans() {
            tokenise(article.original(), *span, &mut tokens);
        }
        let shingles = tokens
            .windows(scheme.shingle_words())
            .map(|window| window.iter().fold(0, |h, t| mix(h ^ t.hash)))
            .collect();
        TokenisedText { tokens, shingles }
    }

    /// The tokens.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The shingle hashes by position: shingle `i` covers tokens `i..i + shingle_words`.
    pub fn shingles(&self) -> &[u64] {
        &self.shingles
    }

    /// The bytes from the first to the last of the tokens in `range`; `None` when the range is empty or outside.
    pub fn span(&self, range: std::ops::Range<usize>) -> Option<Span> {
        let tokens = self.tokens.get(range)?;
        Span::new(tokens.first()?.start as usize, tokens.last()?.end as usize)
    }

    /// The policy its length puts it under.
    pub fn length_class(&self) -> LengthClass {
        match self.tokens.len() {
            0 => LengthClass::Empty,
            1..5 => LengthClass::BelowShingle,
            5..50 => LengthClass::Short,
            _ => LengthClass::Ordinary,
        }
    }
}

fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x ^ (x >> 29)
}

fn tokenise(original: &str, span: Span, tokens: &mut Vec<Token>) {
    let Some(text) = span.slice(original) else { return };
    let mut start = None;
    let ends = text.char_indices().chain(std::iter::once((text.len(), ' ')));
    for (at, c) in ends {
        match (start, c.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let word = &text[from..at];
                let hash =
                    word.chars().flat_map(char::to_lowercase).fold(1, |h, c| mix(h ^ u64::from(c)));
                let capital = word.starts_with(char::is_uppercase);
                let upper = word.len() > 1 && word.chars().all(char::is_uppercase);
                let before = text[..from].trim_end().chars().next_back();
                let starts = before.is_none_or(|c| ".!?:«\"“•".contains(c));
                tokens.push(Token {
                    hash,
                    start: (span.start() + from) as u32,
                    end: (span.start() + at) as u32,
                    shape: TokenShape::new(
                        capital,
                        upper,
                        word.contains(char::is_numeric),
                        starts,
                        false,
                    ),
                });
                start = None;
            }
            _ => {}
        }
    }
}
