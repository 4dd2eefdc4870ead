//! Passages: aligned runs of two articles.

use crate::span::Span;
use std::ops::Range;

/// A maximal run of equal tokens inside a passage.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Match {
    /// First token in article `a`.
    pub a: u32,
    /// First token in article `b`.
    pub b: u32,
    /// Number of tokens.
    pub tokens: u32,
}

/// One side of a passage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PassageSide {
    /// The tokens of the article's body, first to one past the last.
    pub tokens: Range<u32>,
    /// The bytes of its original from the first to the last of them. May run over a caption or
    /// other text that is no body.
    pub span: Span,
}

/// Two aligned spans, one in each article of a link: a chain of matches with short gaps.
#[derive(Clone, PartialEq, Debug)]
pub struct Passage {
    /// The span in article `a`.
    pub a: PassageSide,
    /// The span in article `b`.
    pub b: PassageSide,
    /// The runs of equal tokens, ascending on both sides.
    pub matches: Vec<Match>,
    /// Evidence that the words were copied and not found twice: the sum over the matched words of
    /// how telling each is.
    pub evidence: f64,
}

impl Passage {
    /// Tokens that stand on both sides.
    pub fn matched_tokens(&self) -> usize {
        self.matches.iter().map(|run| run.tokens as usize).sum()
    }

    /// Whether both sides are the same tokens throughout.
    pub fn is_verbatim(&self) -> bool {
        self.matches.len() == 1
    }
}
