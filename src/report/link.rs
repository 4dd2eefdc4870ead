//! A link in the report: what two articles share, what relation that is, and why.

use super::{Names, ReportContext, SharedText, known, rounded};
use crate::article::{Article, ArticleId};
use crate::links::{Direction, Figures, Link, LinkKind, Links, Passage, PassageSide};
use crate::span::Span;
use std::borrow::Cow;

/// Which of the two articles of a link.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Side {
    /// The one with the smaller id.
    A,
    /// The one with the larger id.
    B,
}

/// A verified relation of two articles.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedLink {
    /// The article with the smaller id.
    pub a: ArticleId,
    /// The article with the larger id.
    pub b: ArticleId,
    /// The kind.
    pub kind: LinkKind,
    /// Who took from whom: `unknown` unless dates or carried-on edits tell.
    pub direction: Direction,
    /// Whether one side is a teaser that breaks off where the other goes on.
    pub truncated: bool,
    /// Which side that is and where, if one is.
    pub truncation: Option<ReportedTruncation>,
    /// Which side declares the other void, and where.
    pub withdraws: Option<ReportedWithdrawal>,
    /// Numbers, dates and names that differ inside aligned text.
    pub conflicts: Vec<ReportedConflict>,
    /// Evidence that the words were reused and not found twice, summed over the passages.
    pub evidence: f64,
    /// Probability of that, 0 to 1, by its evidence; `null` for a series or quotation, which claims
    /// no reuse.
    pub probability: Option<f64>,
    /// The shared passages, by place in `a`.
    pub passages: Vec<ReportedPassage>,
    /// Why it is of this kind.
    pub explanation: ReportedExplanation,
}

/// A teaser and what it lacks.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedTruncation {
    /// The article that breaks off.
    pub by: Side,
    /// In it, what stands in place of the rest; an empty span where nothing does.
    pub teaser: Excerpt,
    /// In the other, the text that it lacks.
    pub rest: Excerpt,
}

/// A declaration that the other article is void.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedWithdrawal {
    /// The article that declares.
    pub by: Side,
    /// Its words.
    pub words: Excerpt,
    /// In the other article, what is declared void: all of its body.
    pub withdrawn: Span,
}

/// A detail that differs where the texts should agree.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedConflict {
    /// The words of `a`.
    pub a: Excerpt,
    /// The words of `b`.
    pub b: Excerpt,
}

/// Some words of an article.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Excerpt {
    /// Their bytes in the original text.
    pub span: Span,
    /// The words as the reader saw them; absent in reports without texts.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub text: Option<SharedText>,
}

/// Two aligned stretches of text.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedPassage {
    /// The side in `a`.
    pub a: ReportedSide,
    /// The side in `b`.
    pub b: ReportedSide,
    /// Whether the words are the same throughout; else it was edited.
    pub verbatim: bool,
    /// Number of words that stand on both sides.
    pub matched_tokens: usize,
    /// Evidence that the words were copied and not found twice; larger is surer.
    pub evidence: f64,
}

/// One side of a passage.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedSide {
    /// Bytes of the original text from its first to its last word. Captions may stand between.
    pub span: Span,
    /// Number of words.
    pub tokens: usize,
    /// The bytes of `span` that are body: what the reader saw, without captions and furniture between.
    pub pieces: Vec<Span>,
    /// The words of each piece; absent in reports without texts.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub texts: Option<Vec<SharedText>>,
}

/// Every figure that the rule looked at.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedExplanation {
    /// The rule that decided, by its stable name.
    pub rule: Cow<'static, str>,
    /// What spoke most for the kind against the next likely one, the strongest first; empty where a
    /// definition decided.
    pub reasons: Vec<ReportedReason>,
    /// Jaccard similarity of the shingle sets, 0 to 1.
    pub resemblance: f64,
    /// Share of `a`'s words that stand in passages, 0 to 1.
    pub containment_a: f64,
    /// Share of `b`'s words that stand in passages, 0 to 1.
    pub containment_b: f64,
    /// Smallest possible distance of publication in seconds; `null` when a date is unknown.
    pub date_distance_seconds: Option<i64>,
    /// The shorter article, in which the missing details stand (equal length: `a`).
    pub shorter: Side,
    /// Names and numbers of the shorter that the other does not hold.
    pub missing_details: Vec<Excerpt>,
    /// What else the rules looked at.
    pub figures: Figures,
}

/// A measure that spoke for the kind.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedReason {
    /// Its stable name.
    pub measure: Cow<'static, str>,
    /// Its value.
    pub value: f64,
    /// By how much it speaks for the kind, in natural logarithms of the odds.
    pub weight: f64,
}

/// Reasons given for a link.
const REASONS: usize = 5;

pub(super) fn reported_links(
    names: &Names<'_>,
    links: &Links,
    context: &ReportContext,
) -> Vec<ReportedLink> {
    known(&links.links, |link| reported(names, link, !context.spans_only))
}

fn reported(names: &Names<'_>, link: &Link, texts: bool) -> Option<ReportedLink> {
    let articles = names.set.articles();
    let (a, b) = (articles.get(link.a)?, articles.get(link.b)?);
    let attributes = &link.attributes;
    let withdraws = attributes.withdraws.map(|(by_a, span)| ReportedWithdrawal {
        by: side_of(by_a),
        words: excerpt(if by_a { a } else { b }, span, texts),
        withdrawn: body(if by_a { b } else { a }),
    });
    let truncation = attributes.truncated.map(|found| ReportedTruncation {
        by: side_of(found.in_a),
        teaser: excerpt(if found.in_a { a } else { b }, found.teaser, texts),
        rest: excerpt(if found.in_a { b } else { a }, found.rest, texts),
    });
    let conflicts = attributes.conflicts.iter().map(|conflict| ReportedConflict {
        a: excerpt(a, conflict.a, texts),
        b: excerpt(b, conflict.b, texts),
    });
    let length = |index: usize| names.set.texts().get(index).map_or(0, |it| it.tokens().len());
    let shorter = if length(link.a) <= length(link.b) { Side::A } else { Side::B };
    let holder = if shorter == Side::A { a } else { b };
    Some(ReportedLink {
        a: a.id().clone(),
        b: b.id().clone(),
        kind: link.kind,
        direction: attributes.direction,
        truncated: attributes.truncated.is_some(),
        truncation,
        withdraws,
        conflicts: conflicts.collect(),
        evidence: rounded(link.evidence()),
        probability: link.probability().map(rounded),
        passages: link.passages.iter().map(|it| passage(a, b, it, texts)).collect(),
        explanation: explanation(link, shorter, holder, texts),
    })
}

fn passage(a: &Article, b: &Article, passage: &Passage, texts: bool) -> ReportedPassage {
    ReportedPassage {
        a: side(a, &passage.a, texts),
        b: side(b, &passage.b, texts),
        verbatim: passage.is_verbatim(),
        matched_tokens: passage.matched_tokens(),
        evidence: rounded(passage.evidence),
    }
}

fn side(article: &Article, side: &PassageSide, texts: bool) -> ReportedSide {
    let pieces = known(article.body_spans(), |piece| piece.intersection(side.span));
    ReportedSide {
        span: side.span,
        tokens: side.tokens.len(),
        texts: texts.then(|| known(&pieces, |&piece| SharedText::of(article, piece))),
        pieces,
    }
}

fn side_of(in_a: bool) -> Side {
    if in_a { Side::A } else { Side::B }
}

/// From the first to the last byte of an article's body.
fn body(article: &Article) -> Span {
    let spans = article.body_spans();
    let ends = spans.first().zip(spans.last());
    ends.and_then(|(first, last)| Span::new(first.start(), last.end())).unwrap_or_default()
}

fn explanation(link: &Link, shorter: Side, holder: &Article, texts: bool) -> ReportedExplanation {
    let explanation = &link.explanation;
    let missing = explanation.missing_details.iter();
    let reasons = link.reasons().into_iter().filter(|reason| reason.weight > 0.0);
    let mut strongest = Vec::with_capacity(REASONS);
    strongest.extend(reasons.take(REASONS).map(|reason| ReportedReason {
        measure: Cow::Borrowed(reason.measure),
        value: rounded(reason.value),
        weight: rounded(reason.weight),
    }));
    ReportedExplanation {
        rule: Cow::Borrowed(explanation.rule),
        reasons: strongest,
        resemblance: rounded(explanation.resemblance),
        containment_a: rounded(explanation.containment_a),
        containment_b: rounded(explanation.containment_b),
        date_distance_seconds: explanation.date_distance,
        shorter,
        missing_details: missing.map(|span| excerpt(holder, *span, texts)).collect(),
        figures: figures(&explanation.figures),
    }
}

/// The figures, rounded like all numbers of the report. Every field is named, so that a new one is
/// not forgotten here.
fn figures(of: &Figures) -> Figures {
    Figures {
        lede_found_a: rounded(of.lede_found_a),
        lede_found_b: rounded(of.lede_found_b),
        lede_agreement: rounded(of.lede_agreement),
        title_agreement: rounded(of.title_agreement),
        titled: of.titled,
        lede_told_a: rounded(of.lede_told_a),
        lede_told_b: rounded(of.lede_told_b),
        words_found: rounded(of.words_found),
        lede_edit: of.lede_edit,
        details_found: rounded(of.details_found),
        aligned_details_found: rounded(of.aligned_details_found),
        aligned_details_missing: of.aligned_details_missing,
        quoted: rounded(of.quoted),
        formula: rounded(of.formula),
        survey_words: of.survey_words,
        survey_share: rounded(of.survey_share),
        position_a: rounded(of.position_a),
        position_b: rounded(of.position_b),
        inserted_a: of.inserted_a,
        inserted_b: of.inserted_b,
        runs_per_hundred: rounded(of.runs_per_hundred),
        longest_run: of.longest_run,
        passages: of.passages,
        conflicts: of.conflicts,
        conflicting_numbers: of.conflicting_numbers,
        evidence: rounded(of.evidence),
    }
}

fn excerpt(article: &Article, span: Span, texts: bool) -> Excerpt {
    Excerpt { span, text: texts.then(|| SharedText::of(article, span)).flatten() }
}
