//! The kind of a link: what is known of the pair is gathered here; the definitions in [`rules`]
//! decide what they can, and the measures of the pair are [weighed](weighing) for the rest.

mod measures;
mod rules;
mod weighing;
mod weights;

use super::lede::title_told;
use measures::is_one_day;
pub(crate) use measures::{Measured, measures};
pub(crate) use rules::rule;
pub use weighing::Reason;
pub(crate) use weighing::Weighing;

use super::figures::{self, Figures, Found};
use super::reading::Reading;
use super::{Attributes, LinkConfig, LinkKind, Passage, direction, truncated};
use crate::article::Article;
use crate::span::Span;
use crate::timestamp::{DAY, Published};
use rules::{Facts, decide, refine};

/// All that is known of two articles that share text when their link's kind is decided.
///
/// Everything is symmetric in the two articles but for which is called `a`: the one with the
/// smaller id.
#[derive(Clone, Copy)]
pub(crate) struct PairContext<'p> {
    /// The article with the smaller id.
    pub(crate) article_a: &'p Article,
    /// The article with the larger id.
    pub(crate) article_b: &'p Article,
    /// What is known of `a` alone.
    pub(crate) a: &'p Reading<'p>,
    /// What is known of `b` alone.
    pub(crate) b: &'p Reading<'p>,
    /// The passages, each of at least the configured evidence.
    pub(crate) passages: &'p [Passage],
    /// For each passage the share of its fingerprints that are formula (in three contexts or more),
    /// 0 to 1.
    pub(crate) formula: &'p [f64],
    /// Evidence under which the pair is no link: the configured one, less for a short text that
    /// stands nearly whole in the other.
    pub(crate) min_evidence: f64,
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

    fn is_contained(&self) -> bool {
        self.containment_of_shorter() >= self.config.min_containment().get()
    }
}

/// What was decided on a pair.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Verdict {
    pub(crate) kind: LinkKind,
    pub(crate) attributes: Attributes,
    /// Capitalised words and numbers of the shorter text that the other does not hold.
    pub(crate) missing_details: Vec<Span>,
    /// What the rules looked at.
    pub(crate) figures: Figures,
    /// Likely seconds between the publications, where both are known.
    pub(crate) likely_distance: Option<i64>,
    /// Stable name of the rule that decided.
    pub(crate) rule: &'static str,
}

/// Share of formula from which what two texts have in common is what others say, too.
const MOSTLY_FORMULA: f64 = 0.5;

/// Containment from which one passage is enough for a series: the form is a part of the text, not a
/// phrase in it. Without this more than half of the series of OrangeSum share under a tenth of either text
/// and one passage of some ten words, such as the full name of an office.
const FORM_CONTAINMENT: f64 = 0.1;

/// Decides the kind, or that the pair is no link: the evidence of its passages is under what is
/// asked of it ([`LinkConfig::with_min_evidence`]) and it is neither quotation nor a series that is a
/// tenth of one text nor what opens both articles of one day.
///
/// Cost: O(tokens of the passages + details and lede of the shorter, each sought in the other).
pub(crate) fn classify(pair: &PairContext<'_>) -> Option<Verdict> {
    let PairContext { article_a, article_b, a, b, .. } = *pair;
    let Found { figures, missing_details, conflicts } =
        figures::figures(a, b, pair.passages, pair.formula);
    let withdraws = match (a.withdrawal, b.withdrawal) {
        (Some(span), None) if !article_a.published().surely_before(article_b.published()) => {
            Some((true, span))
        }
        (None, Some(span)) if !article_b.published().surely_before(article_a.published()) => {
            Some((false, span))
        }
        // Two copies of one notice withdraw a third text.
        _ => None,
    };
    let likely_distance = likely_distance(article_a.published(), article_b.published());
    let facts = Facts {
        identical: pair.identical,
        contained: pair.identical || pair.is_contained(),
        containment: pair.containment_of_shorter(),
        withdraws: withdraws.is_some(),
        of_one_day: likely_distance.is_some_and(is_one_day),
        titles_told: title_told(a, b).min(title_told(b, a)),
        figures: &figures,
    };
    let (kind, rule) = decide(&facts).unwrap_or_else(|| {
        let measured = Measured {
            figures: &figures,
            containment_a: pair.containment_a,
            containment_b: pair.containment_b,
            distance: likely_distance,
        };
        let weighing = Weighing::new(&measured, pair.config.min_containment().get());
        refine(weighing.kind(facts.contained), &facts)
    });
    // A series or quotation claims no reuse, so one passage may be enough for it. But what any third
    // text says, too, is worth no link by itself: without this OrangeSum has 1,667 links more between
    // the footers of polls, Reuters 2,364 between notices of dividends.
    let is_formula = rule == rule::SURVEY_FOOTER || figures.formula >= MOSTLY_FORMULA;
    let one_passage_is_enough = !is_formula
        && match kind {
            LinkKind::Series => pair.containment_a.max(pair.containment_b) >= FORM_CONTAINMENT,
            LinkKind::Quotation => true,
            // Two briefs share little, but what opens both is no phrase in them.
            _ => rule == rule::ONE_OPENING,
        };
    if !one_passage_is_enough && !pair.identical && pair.evidence() < pair.min_evidence {
        return None;
    }
    let mut attributes = Attributes::default();
    if matches!(kind, LinkKind::Copy | LinkKind::Update | LinkKind::Partial) {
        attributes.conflicts = conflicts;
        attributes.direction = direction::direction(article_a.published(), article_b.published());
    }
    if kind.makes_dispatches() {
        attributes.withdraws = withdraws;
        if !pair.identical {
            attributes.truncated = truncated::truncated(a, b, pair.passages);
        }
    }
    Some(Verdict { kind, attributes, missing_details, figures, likely_distance, rule })
}

/// Seconds between two publications, `None` where one is not known. Of articles of which only the
/// day is known the distance of the days: at noon of both it is as likely to be more as to be less,
/// while the least possible distance of two days with one between them is that of two days in a row.
fn likely_distance(a: Published, b: Published) -> Option<i64> {
    let middle = |published: Published| {
        let (from, to) = (published.earliest()?.unix_seconds(), published.latest()?.unix_seconds());
        (to - from <= DAY).then_some(from + (to - from) / 2)
    };
    match (middle(a), middle(b)) {
        (Some(a), Some(b)) => Some((a - b).abs()),
        // What may have come out within days or years is taken at its least, because texts that
        // share words are mostly near.
        _ => a.distance(b),
    }
}
