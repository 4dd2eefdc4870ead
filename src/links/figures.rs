//! The figures that the rules for kinds look at.

use super::reading::Reading;
use super::{Conflict, Match, Passage, conflict, lede};
use crate::span::Span;
use std::cmp::Ordering;
use std::ops::Range;

/// What the rules for kinds look at beside containment and dates.
///
/// Exchanging the articles exchanges the figures of `a` and `b` and changes no other. Shares are
/// between 0 and 1.
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Figures {
    /// Share of the tokens of `a`'s lede (the first 40 of its body) that stand in passages,
    /// wherever in `b`.
    pub lede_found_a: f64,
    /// Share of the tokens of `b`'s lede that stand in passages, wherever in `a`.
    pub lede_found_b: f64,
    /// How far title and lede of both say the same, copied or rewritten: the weight of the words
    /// they have in common as a share of the lesser side's.
    pub lede_agreement: f64,
    /// The same of the titles alone.
    pub title_agreement: f64,
    /// Whether both articles have a title that says something.
    pub titled: bool,
    /// How much of `a`'s title and lede is said anywhere in `b`: the weight of the words that `b`
    /// has, as a share of all of them. What `a` is about is then told in `b`, copied or not.
    pub lede_told_a: f64,
    /// How much of `b`'s title and lede is said anywhere in `a`.
    pub lede_told_b: f64,
    /// Share of the different words of the side with fewer that the other has, too.
    pub words_found: f64,
    /// Most words that one side has and the other not at one place inside the aligned ledes, where
    /// some are telling.
    pub lede_edit: usize,
    /// Share of the details (names and numbers) of the shorter text that the other holds; 1 where
    /// it has none. Of equally long texts the lesser share.
    pub details_found: f64,
    /// Share of the details inside the passages that stand on both sides of them; 1 where there are
    /// none.
    pub aligned_details_found: f64,
    /// Details inside the passages that stand on one side only: of the side that has fewer details.
    pub aligned_details_missing: usize,
    /// Share of the matched tokens that stand between quotation marks in both articles.
    pub quoted: f64,
    /// Share of the matched tokens that are formula: in passages of words that the collection has
    /// in three contexts or more. No rule looks at it alone; it says why a link is weak.
    pub formula: f64,
    /// Different words of how polls are made among the matched tokens.
    pub survey_words: usize,
    /// Share of the matched tokens that stand in stretches on how a poll was made, in both articles.
    pub survey_share: f64,
    /// Mean place of the shared text in `a`: 0 its beginning, 1 its end.
    pub position_a: f64,
    /// Mean place of the shared text in `b`.
    pub position_b: f64,
    /// Tokens of `a` between its first and its last matched one that are not matched: what was
    /// rewritten or put in, while cuts and additions at the ends are none of them.
    pub inserted_a: usize,
    /// The same of `b`.
    pub inserted_b: usize,
    /// Runs of equal tokens for 100 matched tokens: a long verbatim text has under 1, a filled-in
    /// form about 15.
    pub runs_per_hundred: f64,
    /// Tokens of the longest run of equal tokens.
    pub longest_run: usize,
    /// Number of passages.
    pub passages: usize,
    /// Numbers and names that differ where the texts around them agree.
    pub conflicts: usize,
    /// How many of the conflicts are of numbers.
    pub conflicting_numbers: usize,
    /// Evidence of all passages that words were reused, as [`Link::evidence`](super::Link::evidence).
    pub evidence: f64,
}

impl Figures {
    /// The lede that is found better.
    pub(crate) fn better_lede(&self) -> f64 {
        self.lede_found_a.max(self.lede_found_b)
    }

    /// The lede that is found worse.
    pub(crate) fn worse_lede(&self) -> f64 {
        self.lede_found_a.min(self.lede_found_b)
    }
}

/// The figures of a pair, with what they were read from.
pub(crate) struct Found {
    pub(crate) figures: Figures,
    /// Details of the shorter text (of equally long ones `a`) that the other does not hold,
    /// ascending.
    pub(crate) missing_details: Vec<Span>,
    pub(crate) conflicts: Vec<Conflict>,
}

/// Reads the figures. O(tokens of the passages + details of the shorter, each sought in the other).
pub(crate) fn figures(
    a: &Reading<'_>,
    b: &Reading<'_>,
    passages: &[Passage],
    formula: &[f64],
) -> Found {
    let runs = || passages.iter().flat_map(|passage| &passage.matches).copied();
    let matched_a = disjoint(runs().map(|run| run.a..run.a + run.tokens));
    let matched_b = disjoint(runs().map(|run| run.b..run.b + run.tokens));
    let matched: usize = runs().map(|run| run.tokens as usize).sum();
    let (details_found, missing_details) = match a.tokens.len().cmp(&b.tokens.len()) {
        Ordering::Less => details_found(a, b),
        Ordering::Greater => details_found(b, a),
        Ordering::Equal => {
            let ((in_b, missing), (in_a, _)) = (details_found(a, b), details_found(b, a));
            (in_b.min(in_a), missing)
        }
    };
    let (aligned_details_found, aligned_details_missing) = aligned_details(a, b, passages);
    let conflicts = conflict::conflicts(a, b, passages);
    let figures = Figures {
        lede_found_a: lede::lede_found(a.tokens.len(), &matched_a),
        lede_found_b: lede::lede_found(b.tokens.len(), &matched_b),
        lede_agreement: lede::lede_agreement(a, b),
        title_agreement: lede::title_agreement(a, b),
        titled: !a.title_words.is_empty() && !b.title_words.is_empty(),
        lede_told_a: lede::lede_told(a, b),
        lede_told_b: lede::lede_told(b, a),
        words_found: words_found(a, b),
        lede_edit: lede::lede_edit(a, b, passages),
        details_found,
        aligned_details_found,
        aligned_details_missing,
        quoted: quoted(a, b, runs()),
        formula: formula_share(passages, formula),
        survey_words: survey_words(a, runs()),
        survey_share: survey_share(a, b, runs()),
        position_a: position(a.tokens.len(), &matched_a),
        position_b: position(b.tokens.len(), &matched_b),
        inserted_a: inserted(&matched_a),
        inserted_b: inserted(&matched_b),
        runs_per_hundred: 100.0 * share(runs().count(), matched),
        longest_run: runs().map(|run| run.tokens as usize).max().unwrap_or_default(),
        passages: passages.len(),
        conflicts: conflicts.found.len(),
        conflicting_numbers: conflicts.numbers,
        evidence: passages.iter().map(|passage| passage.evidence).sum(),
    };
    Found { figures, missing_details, conflicts: conflicts.found }
}

fn share(part: usize, of: usize) -> f64 {
    if of == 0 { 1.0 } else { part as f64 / of as f64 }
}

/// What the ranges cover, each token once, ascending.
fn disjoint(ranges: impl Iterator<Item = Range<u32>>) -> Vec<Range<u32>> {
    let mut ranges: Vec<Range<u32>> = ranges.collect();
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut covered = 0;
    for range in &mut ranges {
        range.start = range.start.max(covered);
        range.end = range.end.max(range.start);
        covered = range.end;
    }
    ranges
}

/// Tokens between disjoint ascending ranges.
fn inserted(matched: &[Range<u32>]) -> usize {
    let gaps = matched.windows(2).filter_map(|pair| {
        let [before, after] = pair else { return None };
        Some(after.start.saturating_sub(before.end) as usize)
    });
    gaps.sum()
}

/// Mean place of the tokens in disjoint ranges, as a share of all `tokens`.
fn position(tokens: usize, matched: &[Range<u32>]) -> f64 {
    let (mut count, mut sum) = (0u64, 0u64);
    for range in matched {
        let (start, end) = (u64::from(range.start), u64::from(range.end));
        count += end - start;
        // start + … + (end - 1), whose double is a product of one even factor.
        sum += (end - start) * (start + end).saturating_sub(1) / 2;
    }
    if count == 0 { 0.0 } else { sum as f64 / count as f64 / tokens as f64 }
}

fn details_found(shorter: &Reading<'_>, longer: &Reading<'_>) -> (f64, Vec<Span>) {
    let mut different = 0;
    let mut missing = Vec::new();
    for detail in shorter.all_details.iter().filter(|detail| detail.is_first()) {
        different += 1;
        if !longer.holds(detail.key) {
            missing.extend(shorter.span(&detail.tokens()));
        }
    }
    (1.0 - share(missing.len(), different.max(1)), missing)
}

/// Share and number: how many of the details of the side with fewer the other side of the same
/// passage has.
fn aligned_details(a: &Reading<'_>, b: &Reading<'_>, passages: &[Passage]) -> (f64, usize) {
    let (mut of, mut found) = (0, 0);
    let (mut in_a, mut in_b) = (Vec::new(), Vec::new());
    for passage in passages {
        let range = |range: &Range<u32>| range.start as usize..range.end as usize;
        a.detail_keys_in(range(&passage.a.tokens), &mut in_a);
        b.detail_keys_in(range(&passage.b.tokens), &mut in_b);
        of += in_a.len().min(in_b.len());
        found += common(&in_a, &in_b);
    }
    (share(found, of), of - found.min(of))
}

fn words_found(a: &Reading<'_>, b: &Reading<'_>) -> f64 {
    let (a, b) = (a.keys(), b.keys());
    let common = a.shared(b);
    if common == 0 { 0.0 } else { share(common, a.len().min(b.len())) }
}

/// How many keys two ascending lists share.
fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut in_a, mut in_b, mut common) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(in_a), b.get(in_b)) {
        common += usize::from(x == y);
        in_a += usize::from(x <= y);
        in_b += usize::from(y <= x);
    }
    common
}

/// Different words of how polls are made among the tokens of `a` in the runs.
fn survey_words(a: &Reading<'_>, runs: impl Iterator<Item = Match>) -> usize {
    if a.survey_places.is_empty() {
        return 0;
    }
    let before = |place: u32| a.survey_places.partition_point(|&other| other < place);
    let places = runs.flat_map(|run| {
        a.survey_places.get(before(run.a)..before(run.a + run.tokens)).unwrap_or(&[])
    });
    let mut words: Vec<u32> =
        places.filter_map(|&place| a.numbers.get(place as usize).copied()).collect();
    words.sort_unstable();
    words.dedup();
    words.len()
}

fn formula_share(passages: &[Passage], formula: &[f64]) -> f64 {
    let (mut of, mut sum) = (0.0, 0.0);
    for (passage, share) in passages.iter().zip(formula) {
        let tokens = passage.matched_tokens() as f64;
        of += tokens;
        sum += share * tokens;
    }
    if of > 0.0 { sum / of } else { 0.0 }
}

fn quoted(a: &Reading<'_>, b: &Reading<'_>, runs: impl Iterator<Item = Match>) -> f64 {
    // Both ranges lie in their texts: an alignment's runs do.
    fn marks<'t>(text: &'t Reading<'_>, from: u32, tokens: u32) -> &'t [bool] {
        text.quoted.get(from as usize..(from + tokens) as usize).unwrap_or(&[])
    }
    let (mut of, mut both) = (0, 0);
    for run in runs {
        of += run.tokens as usize;
        let (in_a, in_b) = (marks(a, run.a, run.tokens), marks(b, run.b, run.tokens));
        both += in_a.iter().zip(in_b).map(|(a, b)| usize::from(a & b)).sum::<usize>();
    }
    if of == 0 { 0.0 } else { share(both, of) }
}

fn survey_share(a: &Reading<'_>, b: &Reading<'_>, runs: impl Iterator<Item = Match>) -> f64 {
    if a.survey_stretches.is_empty() || b.survey_stretches.is_empty() {
        return 0.0;
    }
    let holds = |stretches: &[Range<u32>], at: u32| {
        let next = stretches.partition_point(|stretch| stretch.end <= at);
        stretches.get(next).is_some_and(|stretch| stretch.start <= at)
    };
    let (of_a, of_b) = (&a.survey_stretches, &b.survey_stretches);
    share_in_both(runs, |in_a| holds(of_a, in_a), |in_b| holds(of_b, in_b))
}

/// Share of the matched tokens that both sides say yes to.
fn share_in_both(
    runs: impl Iterator<Item = Match>,
    in_a: impl Fn(u32) -> bool,
    in_b: impl Fn(u32) -> bool,
) -> f64 {
    let (mut of, mut both) = (0, 0);
    for run in runs {
        of += run.tokens as usize;
        both += (0..run.tokens).filter(|step| in_a(run.a + step) && in_b(run.b + step)).count();
    }
    if of == 0 { 0.0 } else { share(both, of) }
}

#[cfg(test)]
mod tests {
    use super::super::reading::tests::read;
    use super::*;

    #[test]
    fn figures_of_texts_without_words_are_neutral() {
        read("", |empty| {
            let found = figures(empty, empty, &[], &[]);
            assert_eq!(found.figures.details_found, 1.0);
            assert_eq!(found.figures.aligned_details_found, 1.0);
            assert_eq!((found.figures.quoted, found.figures.position_a), (0.0, 0.0));
            assert!(found.missing_details.is_empty() && found.conflicts.is_empty());
        });
    }

    #[test]
    fn details_are_missed_once_each_and_stand_where_they_are_said_to() {
        let shorter = "Hier à Sourlac, 12 élus de Mireux, oui, de Mireux, ont voté.";
        let longer = "Hier à Sourlac, bien plus de 13 élus du village ont voté la fin de la foire aux anguilles.";
        let missing = read(shorter, |a| {
            read(longer, |b| {
                let found = figures(a, b, &[], &[]);
                assert_eq!(found.figures.details_found, 1.0 - 2.0 / 3.0);
                found.missing_details
            })
        });
        let said: Vec<_> = missing.iter().map(|span| span.slice(shorter).unwrap()).collect();
        assert_eq!(said, ["12", "Mireux"]);
    }

    #[test]
    fn the_place_of_shared_text_runs_from_beginning_to_end() {
        assert!(position(4, &[0..1, 1..1]) < 0.1);
        assert_eq!(position(4, std::slice::from_ref(&(3..4))), 0.75);
        assert_eq!(position(8, &[0..3, 4..5]), 7.0 / 4.0 / 8.0);
        assert_eq!(position(0, &[]), 0.0);
    }

    #[test]
    fn what_is_inserted_stands_between_matched_tokens() {
        assert_eq!(inserted(&disjoint([8..9, 2..5, 3..6].into_iter())), 2);
        assert_eq!(inserted(std::slice::from_ref(&(7..9))), 0);
        assert_eq!(inserted(&[]), 0);
    }

    #[test]
    fn tokens_that_two_runs_cover_count_once() {
        assert_eq!(disjoint([6..8, 2..7, 3..4].into_iter()), [2..7, 7..7, 7..8]);
    }
}
