//! The kind of a link: which rule decides, from what it may look at.

use super::{Attributes, LinkConfig, LinkKind, Passage};
use crate::article_set::ArticleSet;
use crate::span::Span;

/// All that is known of two articles that share text when their link's kind is decided.
///
/// Everything is symmetric in the two articles but for which is called `a`: the one with the
/// smaller id.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PairContext<'p> {
    /// The set that both are in.
    #[expect(dead_code, reason = "the rules that read ledes and dates need it; see classify")]
    pub(crate) set: &'p ArticleSet,
    /// Index of the article with the smaller id.
    #[expect(dead_code, reason = "as set")]
    pub(crate) a: usize,
    /// Index of the article with the larger id.
    #[expect(dead_code, reason = "as set")]
    pub(crate) b: usize,
    /// The passages, each of at least the configured evidence.
    pub(crate) passages: &'p [Passage],
    /// For each passage the share of its fingerprints that are formula (in three contexts or
    /// more), 0 to 1.
    #[expect(dead_code, reason = "the rules for background and quotation need it; see classify")]
    pub(crate) formula: &'p [f64],
    /// Exact Jaccard similarity of the shingle sets.
    #[expect(dead_code, reason = "as formula")]
    pub(crate) resemblance: f64,
    /// Share of `a`'s tokens that are matched in passages.
    pub(crate) containment_a: f64,
    /// Share of `b`'s tokens that are matched in passages.
    pub(crate) containment_b: f64,
    /// Tokens of `a`'s body.
    pub(crate) tokens_a: usize,
    /// Tokens of `b`'s body.
    pub(crate) tokens_b: usize,
    /// Whether the two bodies are the same tokens throughout.
    pub(crate) identical: bool,
    /// Evidence under which the pair is no link: the configured one, less for a short text that
    /// stands nearly whole in the other.
    pub(crate) min_evidence: f64,
    /// The thresholds.
    pub(crate) config: &'p LinkConfig,
}

impl PairContext<'_> {
    /// Containment of the article with fewer tokens; of two equally long the larger.
    pub(crate) fn containment_of_shorter(&self) -> f64 {
        match self.tokens_a.cmp(&self.tokens_b) {
            std::cmp::Ordering::Less => self.containment_a,
            std::cmp::Ordering::Equal => self.containment_a.max(self.containment_b),
            std::cmp::Ordering::Greater => self.containment_b,
        }
    }

    /// Evidence of all passages.
    pub(crate) fn evidence(&self) -> f64 {
        self.passages.iter().map(|passage| passage.evidence).sum()
    }
}

/// What was decided on a pair.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Verdict {
    pub(crate) kind: LinkKind,
    pub(crate) attributes: Attributes,
    /// Capitalised words and numbers of the shorter text that the other does not hold.
    pub(crate) missing_details: Vec<Span>,
    /// Stable name of the rule that decided.
    pub(crate) rule: &'static str,
}

/// Decides the kind, or that the pair is no link.
///
/// The first rule and no more: where passages cover [`LinkConfig::min_containment`] of the shorter
/// text it is a copy, where their evidence reaches [`LinkConfig::min_evidence`] it is partial,
/// otherwise there is no link. Updates, series, background and quotations are called copy or
/// partial by this rule.
pub(crate) fn classify(pair: &PairContext<'_>) -> Option<Verdict> {
    let (kind, rule) = if pair.identical {
        (LinkKind::Copy, "identical")
    } else if pair.evidence() < pair.min_evidence {
        return None;
    } else if pair.containment_of_shorter() >= pair.config.min_containment().get() {
        (LinkKind::Copy, "containment")
    } else {
        (LinkKind::Partial, "evidence")
    };
    Some(Verdict { kind, attributes: Attributes::default(), missing_details: Vec::new(), rule })
}
