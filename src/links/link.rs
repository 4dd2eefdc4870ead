//! The link: a verified relation of two articles, of exactly one kind, with the reason for it.

use super::Passage;
use crate::span::Span;

/// What relates two articles that share text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum LinkKind {
    /// One version of one dispatch; cuts and additions allowed.
    Copy,
    /// Another version of the same dispatch: same event and names, revised lede or figures.
    Update,
    /// Running agency text reused in an otherwise different article on the same happening.
    Partial,
    /// Shared text older than the news: the ledes differ.
    Background,
    /// A recurring template or bulletin: names or figures of the shorter are not in the other.
    Series,
    /// The same third-party words: quotes, communiqués, legal formulas, poll methods.
    Quotation,
}

impl LinkKind {
    /// Whether links of this kind make dispatches.
    pub fn makes_dispatches(self) -> bool {
        matches!(self, LinkKind::Copy | LinkKind::Update)
    }
}

impl std::fmt::Display for LinkKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            LinkKind::Copy => "copy",
            LinkKind::Update => "update",
            LinkKind::Partial => "partial",
            LinkKind::Background => "background",
            LinkKind::Series => "series",
            LinkKind::Quotation => "quotation",
        })
    }
}

/// Who took from whom, where that can be known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Direction {
    /// Not known.
    #[default]
    Unknown,
    /// `a` is the earlier.
    AToB,
    /// `b` is the earlier.
    BToA,
}

/// A detail that differs where the texts should agree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Conflict {
    /// Its bytes in article `a`.
    pub a: Span,
    /// Its bytes in article `b`.
    pub b: Span,
}

/// What a link says beside its kind.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Attributes {
    /// One side is a teaser: it breaks off, and the other goes on.
    pub truncated: bool,
    /// One side declares the other void ("annule et remplace"): where it says so, and in which
    /// article (`true`: in `a`).
    pub withdraws: Option<(bool, Span)>,
    /// Numbers, dates and names that differ inside aligned text.
    pub conflicts: Vec<Conflict>,
    /// Who took from whom.
    pub direction: Direction,
}

/// Why a link is what it is: every figure that the rule looked at.
#[derive(Clone, PartialEq, Debug, Default)]
#[non_exhaustive]
pub struct Explanation {
    /// Exact Jaccard similarity of the two shingle sets.
    pub resemblance: f64,
    /// Share of `a`'s body tokens that stand in passages.
    pub containment_a: f64,
    /// Share of `b`'s body tokens that stand in passages.
    pub containment_b: f64,
    /// Smallest possible distance of the publication times in seconds, where both are known.
    pub date_distance: Option<i64>,
    /// Capitalised words and numbers of the shorter text that the other does not hold: spans
    /// in the article with fewer tokens, of equally long ones in `a`.
    pub missing_details: Vec<Span>,
    /// What else the rules looked at.
    pub figures: super::Figures,
    /// The rule that decided, by its stable name.
    pub rule: &'static str,
}

/// A verified relation of two articles.
#[derive(Clone, PartialEq, Debug)]
pub struct Link {
    /// Index of the article with the smaller id.
    pub a: usize,
    /// Index of the article with the larger id.
    pub b: usize,
    /// The kind.
    pub kind: LinkKind,
    /// The attributes.
    pub attributes: Attributes,
    /// The shared passages, by ascending place in `a`; never empty.
    pub passages: Vec<Passage>,
    /// The reason.
    pub explanation: Explanation,
}

/// Counts of what was compared and what was not.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct LinkStatistics {
    /// Pairs proposed by resemblance (LSH).
    pub candidates_by_resemblance: u64,
    /// Pairs proposed by containment (fingerprints).
    pub candidates_by_containment: u64,
    /// Pairs aligned.
    pub pairs_aligned: u64,
    /// Pairs that a bucket or posting list over its cap did not propose. One that several left out
    /// counts several times, and one that another proposed counts too.
    pub pairs_over_cap: u64,
    /// Groups of articles with the same tokens throughout that were collapsed to one.
    pub identical_collapsed: u64,
    /// Pairs of identical articles that are linked only through the smallest id of their group.
    pub identical_pairs_left_out: u64,
    /// Aligned pairs that are no link: too little matched, or too little evidence.
    pub pairs_not_verified: u64,
    /// Fingerprints (8-token windows) that are formula: they stand in at least three contexts,
    /// that is in texts that share hardly more than this window.
    pub formula_fingerprints: u64,
    /// Fingerprints with more contexts than the cap, which proposed no pair.
    pub unselective_fingerprints: u64,
}

/// All links of an article set, by ascending `(a, b)`.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Links {
    /// The links.
    pub links: Vec<Link>,
    /// What it took.
    pub statistics: LinkStatistics,
}
