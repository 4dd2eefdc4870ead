//! The link: a verified relation of two articles, of exactly one kind, with the reason for it.

use super::kind::{Measured, Reason, Weighing, measures, rule};
use super::{Passage, evidence};
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

/// A teaser: where it breaks off, and what the other text goes on with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Truncation {
    /// Whether the teaser is `a`.
    pub in_a: bool,
    /// In the teaser: what stands in place of the rest, such as three dots or the invitation of a
    /// paywall; empty, at the end of the shared text, where nothing does.
    pub teaser: Span,
    /// In the other article: the text that the teaser lacks, to its last word.
    pub rest: Span,
}

/// What a link says beside its kind.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Attributes {
    /// One side is a teaser: it breaks off, and the other goes on.
    pub truncated: Option<Truncation>,
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
    /// Likely distance of the publication times in seconds, where both are known: of articles of
    /// which only the days are known that of the days.
    pub likely_distance: Option<i64>,
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

impl Explanation {
    /// Everything that is weighed for the kind of a link that no definition decides, by stable
    /// names: the figures, made the same for either order of the articles. O(1).
    pub fn measures(&self) -> impl Iterator<Item = (&'static str, f64)> {
        measures(&self.measured()).into_iter()
    }

    fn measured(&self) -> Measured<'_> {
        Measured {
            figures: &self.figures,
            containment_a: self.containment_a,
            containment_b: self.containment_b,
            distance: self.likely_distance,
        }
    }
}

impl Link {
    /// Evidence of all passages that the words were reused and not found twice: a sum, over the
    /// matched words, of how telling each is. O(passages).
    pub fn evidence(&self) -> f64 {
        self.passages.iter().map(|passage| passage.evidence).sum()
    }

    /// Probability, 0 to 1, that the words of this link were reused from one article in the other,
    /// or from one dispatch in both, and are no coincidence and no form: the share of judged pairs of
    /// its [evidence](Link::evidence) that readers called copy, update, partial or background. `None`
    /// for a series or quotation, which claims no reuse.
    ///
    /// A logistic curve of ln(1 + evidence), fitted on one half of the judged pairs and tabulated
    /// against the other in `QUALITY.md`. It rises with the evidence and looks at nothing else, not
    /// at dates. The judged pairs share text more often than two articles drawn at random, as do all
    /// pairs that are proposed at all. O(passages).
    ///
    /// ```
    /// use wirecopy::links::{LinkConfig, find_links};
    /// use wirecopy::{Article, ArticleSet};
    /// let dispatch = "Le pont suspendu de Sourlac restera fermé aux camions jusqu'à la fin du printemps, a \
    ///     annoncé vendredi la préfecture, après la découverte de fissures dans deux haubans.";
    /// let articles = [Article::new("a", dispatch)?, Article::new("b", format!("Hélas. {dispatch}"))?];
    /// let set = ArticleSet::new(&articles, Default::default())?;
    /// let links = find_links(&set, &LinkConfig::default())?.links;
    /// assert!(links[0].probability().unwrap() > 0.7);
    /// # Ok::<(), wirecopy::Error>(())
    /// ```
    pub fn probability(&self) -> Option<f64> {
        let claims = !matches!(self.kind, LinkKind::Series | LinkKind::Quotation);
        claims.then(|| evidence::probability(self.evidence()))
    }

    /// Why the link is of its kind and not of the next likely one: each measure with what it adds,
    /// the strongest reason first, those against the kind last. Empty where a definition decided
    /// (the rules `identical`, `withdrawal`, `quoted_words`, `survey_method`, `survey_footer`),
    /// which has one reason, its name. O(1).
    pub fn reasons(&self) -> Vec<Reason> {
        if !rule::is_weighed(self.explanation.rule) {
            return Vec::new();
        }
        Weighing::new(&self.explanation.measured(), 0.0).reasons(self.kind)
    }
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
