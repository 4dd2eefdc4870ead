//! Passages: whether the reused stretches of text were found.

use super::Score;
use crate::error::{Error, Result};
use std::collections::BTreeMap;
use std::ops::Range;

/// A stretch of a document, in tokens (or any unit that gold and report share).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct TextRange {
    document: String,
    start: usize,
    end: usize,
}

impl TextRange {
    /// The tokens `tokens` of `document`.
    ///
    /// # Errors
    /// `is_input` for an empty range.
    pub fn new(document: impl Into<String>, tokens: Range<usize>) -> Result<TextRange> {
        let document = document.into();
        if tokens.is_empty() {
            return Err(Error::input(format!(
                "a passage of {document} has the tokens {tokens:?}, which are none"
            )));
        }
        Ok(TextRange { document, start: tokens.start, end: tokens.end })
    }

    /// The document.
    pub fn document(&self) -> &str {
        &self.document
    }

    /// The tokens.
    pub fn tokens(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// What a reader says of a shared passage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum PassageLabel {
    /// Reuse that must be found.
    Must,
    /// May be reported or not: neither helps nor hurts.
    Optional,
    /// A formula that must not be taken for reuse.
    Trap,
}

/// What a report says of a passage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Claim {
    /// Text was taken over: a link of kind copy, update or partial rests on it.
    Reuse,
    /// The words are the same, but nothing is claimed of taking over: background, series, quotation. On a trap it is right
    /// and is left out.
    Shared,
}

/// A passage with a reader's label.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LabelledPassage {
    /// One side.
    pub a: TextRange,
    /// The other.
    pub b: TextRange,
    /// What the reader says.
    pub label: PassageLabel,
}

/// A passage of a report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReportedPassage {
    /// One side.
    pub a: TextRange,
    /// The other.
    pub b: TextRange,
    /// What the report says of it.
    pub claim: Claim,
}

/// How well passages were found.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct PassageScores {
    /// Recall: share of the `must` passages that were found; precision: share of the reported passages, optional ones
    /// left out, that are `must`.
    pub spans: Score,
    /// The same of tokens, both sides counted, tokens of optional passages left out.
    pub tokens: Score,
    /// The counts behind the scores: parts of a sum over pairs of documents, for intervals.
    pub counts: PassageCounts,
    /// For each labelled passage whether it is covered by what was reported.
    pub covered: Vec<bool>,
    /// Reported passages that are right, by index.
    pub right: Vec<usize>,
    /// Reported passages that are wrong, by index, those in traps among them.
    pub wrong: Vec<usize>,
    /// Reported passages that claim reuse and rest on a trap, by index.
    pub trapped: Vec<usize>,
}

/// What passages are scored from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct PassageCounts {
    /// Reported passages that are right.
    pub right: usize,
    /// Reported passages that count: those that are right or wrong.
    pub reported: usize,
    /// `must` passages that were found.
    pub found: usize,
    /// `must` passages.
    pub to_find: usize,
    /// Tokens of `must` passages that stand in reported ones, both sides counted.
    pub right_tokens: usize,
    /// Tokens of reported passages, those of optional passages left out.
    pub reported_tokens: usize,
    /// Tokens of `must` passages.
    pub tokens_to_find: usize,
}

impl PassageCounts {
    /// The score of spans of summed `[right, reported, found, to_find]`.
    pub fn spans_of(&[right, reported, found, to_find]: &[f64; 4]) -> Score {
        let precision = Score::of_counts(&[right, reported, to_find]).precision;
        let recall = Score::of_counts(&[found, reported, to_find]).recall;
        Score::new(precision, recall)
    }

    /// `[right, reported, found, to_find]`, the part of these counts in such a sum.
    pub fn span_part(&self) -> [f64; 4] {
        [self.right, self.reported, self.found, self.to_find].map(|count| count as f64)
    }

    /// The part of these counts in a sum of tokens, for [`Score::of_counts`].
    pub fn token_part(&self) -> [f64; 3] {
        [self.right_tokens, self.reported_tokens, self.tokens_to_find].map(|count| count as f64)
    }
}

/// Scores reported passages against labelled ones.
///
/// A labelled passage is *found* when at least half of its tokens on **both** sides stand in reported passages of the same
/// two documents; a reported one is *right* when at least half of its tokens on both sides stand in `must` passages. One that
/// is not right but stands so in labelled passages of all sorts is left out if it touches an optional passage, or if it
/// touches a trap and claims no reuse; it is `trapped` if it claims reuse and stands so in traps. Which side is called `a`
/// does not matter.
///
/// Complexity: O((labelled + reported) · those of the same two documents). Edge cases: nothing to find and nothing reported
/// scores 1.
///
/// ```
/// use wirecopy::eval::{Claim, LabelledPassage, PassageLabel, ReportedPassage, TextRange, passages};
/// let gold = [LabelledPassage {
///     a: TextRange::new("gazette", 100..140)?,
///     b: TextRange::new("courrier", 10..50)?,
///     label: PassageLabel::Must,
/// }];
/// let reported = [ReportedPassage {
///     a: TextRange::new("courrier", 5..40)?,
///     b: TextRange::new("gazette", 95..130)?,
///     claim: Claim::Reuse,
/// }];
/// let scores = passages(&gold, &reported);
/// assert_eq!(scores.spans.f1, 1.0);
/// assert_eq!(scores.tokens.recall, 60.0 / 80.0);
/// # Ok::<(), wirecopy::Error>(())
/// ```
pub fn passages(gold: &[LabelledPassage], reported: &[ReportedPassage]) -> PassageScores {
    let mut pairs: BTreeMap<(&str, &str), Pair<'_>> = BTreeMap::new();
    for (index, passage) in gold.iter().enumerate() {
        let (a, b) = oriented(&passage.a, &passage.b);
        let pair = pairs.entry((&a.document, &b.document)).or_default();
        pair.gold.push(Side { index, a, b, of: passage.label });
    }
    for (index, passage) in reported.iter().enumerate() {
        let (a, b) = oriented(&passage.a, &passage.b);
        let pair = pairs.entry((&a.document, &b.document)).or_default();
        pair.reported.push(Side { index, a, b, of: passage.claim });
    }
    let mut scores = PassageScores {
        spans: Score::new(1.0, 1.0),
        tokens: Score::new(1.0, 1.0),
        counts: PassageCounts::default(),
        covered: vec![false; gold.len()],
        right: Vec::new(),
        wrong: Vec::new(),
        trapped: Vec::new(),
    };
    let mut tokens = [0; 3];
    for pair in pairs.values() {
        for passage in &pair.gold {
            scores.covered[passage.index] = passage.half_in(&pair.reported, |_| true);
        }
        let mut left_out = Vec::new();
        for passage in &pair.reported {
            match pair.judge(passage) {
                Verdict::Right => scores.right.push(passage.index),
                Verdict::LeftOut => left_out.push(passage.index),
                Verdict::Trapped => {
                    scores.trapped.push(passage.index);
                    scores.wrong.push(passage.index);
                }
                Verdict::Wrong => scores.wrong.push(passage.index),
            }
        }
        for (sum, count) in tokens.iter_mut().zip(pair.tokens(&left_out)) {
            *sum += count;
        }
    }
    for list in [&mut scores.right, &mut scores.wrong, &mut scores.trapped] {
        list.sort_unstable();
    }
    let must = gold.iter().zip(&scores.covered).filter(|(it, _)| it.label == PassageLabel::Must);
    scores.counts = PassageCounts {
        right: scores.right.len(),
        reported: scores.right.len() + scores.wrong.len(),
        found: must.clone().filter(|(_, covered)| **covered).count(),
        to_find: must.count(),
        right_tokens: tokens[0],
        reported_tokens: tokens[1],
        tokens_to_find: tokens[2],
    };
    scores.spans = PassageCounts::spans_of(&scores.counts.span_part());
    scores.tokens = Score::of_counts(&scores.counts.token_part());
    scores
}

enum Verdict {
    Right,
    LeftOut,
    Trapped,
    Wrong,
}

struct Side<'a, T> {
    index: usize,
    a: &'a TextRange,
    b: &'a TextRange,
    of: T,
}

/// The passages of one pair of documents.
#[derive(Default)]
struct Pair<'a> {
    gold: Vec<Side<'a, PassageLabel>>,
    reported: Vec<Side<'a, Claim>>,
}

impl Pair<'_> {
    fn judge(&self, passage: &Side<'_, Claim>) -> Verdict {
        let touches = |label| {
            let one = |gold: &&Side<'_, PassageLabel>| gold.of == label && passage.touches(gold);
            self.gold.iter().any(|gold| one(&gold))
        };
        let shared = passage.of == Claim::Shared;
        if passage.half_in(&self.gold, |label| label == PassageLabel::Must) {
            Verdict::Right
        } else if passage.half_in(&self.gold, |_| true)
            && (touches(PassageLabel::Optional) || (shared && touches(PassageLabel::Trap)))
        {
            Verdict::LeftOut
        } else if passage.half_in(&self.gold, |label| label == PassageLabel::Trap) {
            Verdict::Trapped
        } else {
            Verdict::Wrong
        }
    }

    /// Tokens that are right, reported, to be found, over both sides.
    fn tokens(&self, left_out: &[usize]) -> [usize; 3] {
        let side = |gold_side: fn(&Side<'_, PassageLabel>) -> Range<usize>,
                    reported_side: fn(&Side<'_, Claim>) -> Range<usize>| {
            let of = |label| {
                let with = self.gold.iter().filter(move |gold| gold.of == label);
                union(with.map(gold_side).collect())
            };
            let must = of(PassageLabel::Must);
            let optional = of(PassageLabel::Optional);
            let counted = self.reported.iter().filter(|it| !left_out.contains(&it.index));
            let reported = union(counted.map(reported_side).collect());
            // A token that is both must and optional must be found.
            let right = intersection(&must, &reported);
            let excused = intersection(&optional, &reported);
            let both = intersection(&excused, &must);
            [length(&right), length(&reported) - (length(&excused) - length(&both)), length(&must)]
        };
        let a = side(|gold| gold.a.start..gold.a.end, |it| it.a.start..it.a.end);
        let b = side(|gold| gold.b.start..gold.b.end, |it| it.b.start..it.b.end);
        [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
    }
}

impl<T: Copy> Side<'_, T> {
    /// Whether at least half of the tokens on both sides stand in those of `others` that are `wanted` and overlap this
    /// passage on both sides.
    fn half_in<U: Copy>(&self, others: &[Side<'_, U>], wanted: impl Fn(U) -> bool) -> bool {
        let near: Vec<_> =
            others.iter().filter(|other| wanted(other.of) && self.touches(other)).collect();
        let half = |own: &TextRange, ranges: Vec<Range<usize>>| {
            let own: Vec<_> = std::iter::once(own.start..own.end).collect();
            2 * length(&intersection(&own, &union(ranges))) >= length(&own)
        };
        half(self.a, near.iter().map(|other| other.a.start..other.a.end).collect())
            && half(self.b, near.iter().map(|other| other.b.start..other.b.end).collect())
    }

    fn touches<U>(&self, other: &Side<'_, U>) -> bool {
        let overlap = |x: &TextRange, y: &TextRange| x.start < y.end && y.start < x.end;
        overlap(self.a, other.a) && overlap(self.b, other.b)
    }
}

/// The side in the smaller document first; in one document, the earlier.
fn oriented<'a>(a: &'a TextRange, b: &'a TextRange) -> (&'a TextRange, &'a TextRange) {
    if a <= b { (a, b) } else { (b, a) }
}

/// Ascending, disjoint ranges with the same tokens.
fn union(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// The tokens in both of two ascending, disjoint lists.
fn intersection(a: &[Range<usize>], b: &[Range<usize>]) -> Vec<Range<usize>> {
    let (mut a, mut b) = (a, b);
    let mut shared = Vec::new();
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
        let range = x.start.max(y.start)..x.end.min(y.end);
        if !range.is_empty() {
            shared.push(range);
        }
        if x.end <= y.end {
            a = rest_a;
        } else {
            b = rest_b;
        }
    }
    shared
}

fn length(ranges: &[Range<usize>]) -> usize {
    ranges.iter().map(|range| range.end - range.start).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use PassageLabel::{Must, Optional, Trap};

    fn gold(a: Range<usize>, b: Range<usize>, label: PassageLabel) -> LabelledPassage {
        let (a, b) = (TextRange::new("x", a).unwrap(), TextRange::new("y", b).unwrap());
        LabelledPassage { a, b, label }
    }

    fn reported(a: Range<usize>, b: Range<usize>, claim: Claim) -> ReportedPassage {
        let (a, b) = (TextRange::new("x", a).unwrap(), TextRange::new("y", b).unwrap());
        ReportedPassage { a, b, claim }
    }

    #[test]
    fn half_of_one_side_is_not_enough() {
        let labels = [gold(0..20, 0..20, Must)];
        let found = passages(&labels, &[reported(0..20, 0..9, Claim::Reuse)]);
        assert_eq!(found.spans.recall, 0.0);
        let found = passages(&labels, &[reported(0..20, 0..10, Claim::Reuse)]);
        assert_eq!(found.spans.recall, 1.0);
    }

    #[test]
    fn two_reported_pieces_find_one_passage() {
        let labels = [gold(0..40, 0..40, Must)];
        let pieces = [reported(0..12, 0..12, Claim::Reuse), reported(20..32, 20..32, Claim::Reuse)];
        let scores = passages(&labels, &pieces);
        assert_eq!((scores.spans.precision, scores.spans.recall), (1.0, 1.0));
        assert_eq!((scores.tokens.precision, scores.tokens.recall), (1.0, 48.0 / 80.0));
    }

    #[test]
    fn the_right_words_aligned_with_the_wrong_place_are_wrong() {
        let labels = [gold(0..20, 0..20, Must), gold(100..120, 100..120, Must)];
        let scores = passages(&labels, &[reported(0..20, 100..120, Claim::Reuse)]);
        assert_eq!(scores.covered, [false, false]);
        assert_eq!(scores.wrong, [0]);
    }

    #[test]
    fn optional_passages_neither_help_nor_hurt() {
        let labels = [gold(0..20, 0..20, Must), gold(50..70, 50..70, Optional)];
        let must = reported(0..20, 0..20, Claim::Reuse);
        let optional = reported(50..70, 50..70, Claim::Reuse);
        let with = passages(&labels, &[must.clone(), optional.clone()]);
        let without = passages(&labels, &[must]);
        assert_eq!((&with.spans, &with.tokens), (&without.spans, &without.tokens));
        assert_eq!(passages(&labels, &[optional]).spans, Score::new(0.0, 0.0));
    }

    #[test]
    fn a_trap_catches_claims_of_reuse_alone() {
        let labels = [gold(0..12, 0..12, Trap)];
        let scores = passages(&labels, &[reported(0..12, 0..12, Claim::Reuse)]);
        assert_eq!((scores.trapped, scores.wrong), (vec![0], vec![0]));
        let scores = passages(&labels, &[reported(0..12, 0..12, Claim::Shared)]);
        assert_eq!(scores.trapped.len() + scores.wrong.len(), 0);
        assert_eq!(scores.spans.f1, 1.0);
    }

    #[test]
    fn an_unlabelled_passage_is_wrong() {
        let scores = passages(&[], &[reported(0..12, 0..12, Claim::Shared)]);
        assert_eq!(scores.wrong, [0]);
        assert_eq!(scores.spans.precision, 0.0);
    }

    #[test]
    fn nothing_to_find_and_nothing_reported_is_perfect() {
        assert_eq!(passages(&[], &[]).spans.f1, 1.0);
    }
}
