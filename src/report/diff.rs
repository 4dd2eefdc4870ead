//! Edit diffs: what one text kept, dropped and added against another.
//!
//! The runs of equal tokens that alignment found are taken as kept; what lies between them was deleted from the first text
//! or inserted into the second. A run that stands elsewhere in the second text than its neighbours (a swapped paragraph)
//! is kept and marked as moved.
//!
//! Two members of a dispatch need not be linked to each other, but both are to the anchor: [`through`] makes their runs of
//! those two links.
//!
//! ```
//! use wirecopy::links::Match;
//! use wirecopy::report::diff::{Change, diff};
//! use wirecopy::{Article, ArticleSet};
//!
//! let articles = [
//!     Article::new("a", "Le pont de Sourlac a rouvert mardi matin.")?,
//!     Article::new("b", "Le pont de Sourlac a enfin rouvert mardi.")?,
//! ];
//! let set = ArticleSet::new(&articles, Default::default())?;
//! let runs = [Match { a: 0, b: 0, tokens: 5 }, Match { a: 5, b: 6, tokens: 2 }];
//! let edits = diff(&set, 0, 1, &runs);
//! let changes: Vec<Change> = edits.iter().map(|edit| edit.change).collect();
//! assert_eq!(changes, [Change::Kept, Change::Inserted, Change::Kept, Change::Deleted]);
//! assert_eq!(edits[1].b.and_then(|span| span.slice(articles[1].original())), Some("enfin"));
//! # Ok::<(), wirecopy::Error>(())
//! ```

use crate::article_set::ArticleSet;
use crate::links::{Link, Match};
use crate::span::Span;
use std::ops::Range;

/// What happened to a stretch of text between one article and another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Change {
    /// In both, in the same place.
    Kept,
    /// In both, in another place.
    Moved,
    /// In the first only.
    Deleted,
    /// In the second only.
    Inserted,
}

/// One stretch of a diff. The spans run from the first to the last word and may hold captions between
/// ([`Article::body_within`](crate::Article::body_within) leaves them out).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Edit {
    /// What happened.
    pub change: Change,
    /// Its bytes in the first article; `None` for what was inserted.
    pub a: Option<Span>,
    /// Its bytes in the second article; `None` for what was deleted.
    pub b: Option<Span>,
}

/// The runs of equal tokens of a link, in all its passages.
pub fn runs(link: &Link) -> Vec<Match> {
    link.passages.iter().flat_map(|passage| passage.matches.iter().copied()).collect()
}

/// The same runs seen from the other article.
pub fn reversed(runs: &[Match]) -> Vec<Match> {
    runs.iter().map(|run| Match { a: run.b, b: run.a, tokens: run.tokens }).collect()
}

/// The runs of *x* and *y*, from those of *x* with an anchor and of the anchor with *y*.
///
/// Complexity: O(n log n + pairs of runs that share tokens of the anchor).
pub fn through(x_to_anchor: &[Match], anchor_to_y: &[Match]) -> Vec<Match> {
    let mut second: Vec<Match> = anchor_to_y.to_vec();
    second.sort_unstable();
    let longest = second.iter().map(|run| run.tokens).max().unwrap_or(0);
    let mut found = Vec::new();
    for first in x_to_anchor {
        let end = first.b.saturating_add(first.tokens);
        // A run that reaches into this one begins less than the longest run before it.
        let from = second.partition_point(|run| run.a.saturating_add(longest) <= first.b);
        for run in second.iter().skip(from).take_while(|run| run.a < end) {
            let start = first.b.max(run.a);
            let end = end.min(run.a.saturating_add(run.tokens));
            // Runs that would leave the range of token numbers are of no text.
            let a = first.a.checked_add(start - first.b);
            let b = run.b.checked_add(start - run.a);
            if let (true, Some(a), Some(b)) = (start < end, a, b) {
                found.push(Match { a, b, tokens: end - start });
            }
        }
    }
    found.sort_unstable();
    found
}

/// The edits from article `a` to article `b` of the set, given the runs of equal tokens of their bodies.
///
/// Each token of `a` is in exactly one stretch that is kept, moved or deleted, and each of `b` in exactly one that is kept,
/// moved or inserted. Stretches come in the order of `a`; what was inserted stands behind what it follows in `b`. Runs that
/// overlap another, longer one or leave the texts are left out. The runs in place are the increasing sequence with the most
/// tokens. Complexity: O(runs · log runs). Empty when an article does not exist.
pub fn diff(set: &ArticleSet, a: usize, b: usize, runs: &[Match]) -> Vec<Edit> {
    let (Some(text_a), Some(text_b)) = (set.texts().get(a), set.texts().get(b)) else {
        return Vec::new();
    };
    let script = script(text_a.tokens().len(), text_b.tokens().len(), runs);
    script
        .into_iter()
        .map(|step| Edit { change: step.change, a: text_a.span(step.a), b: text_b.span(step.b) })
        .collect()
}

/// An edit in tokens; the side that has none is an empty range.
struct Step {
    change: Change,
    a: Range<usize>,
    b: Range<usize>,
}

/// A run in tokens, and whether it stands in place.
#[derive(Clone)]
struct Run {
    a: Range<usize>,
    b: Range<usize>,
    moved: bool,
}

fn script(length_a: usize, length_b: usize, runs: &[Match]) -> Vec<Step> {
    let runs = marked(disjoint(length_a, length_b, runs));
    let mut moved: Vec<Range<usize>> =
        runs.iter().filter(|run| run.moved).map(|run| run.b.clone()).collect();
    moved.sort_by_key(|range| range.start);
    let mut steps = Vec::new();
    let (mut at_a, mut at_b) = (0, 0);
    let end = Run { a: length_a..length_a, b: length_b..length_b, moved: false };
    for run in runs.iter().chain([&end]) {
        if at_a < run.a.start {
            steps.push(Step { change: Change::Deleted, a: at_a..run.a.start, b: 0..0 });
        }
        if !run.moved {
            inserted(at_b..run.b.start, &moved, &mut steps);
            at_b = run.b.end;
        }
        at_a = run.a.end;
        if !run.a.is_empty() {
            let change = if run.moved { Change::Moved } else { Change::Kept };
            steps.push(Step { change, a: run.a.clone(), b: run.b.clone() });
        }
    }
    steps
}

/// The tokens of `gap` that are in no moved run.
fn inserted(gap: Range<usize>, moved: &[Range<usize>], steps: &mut Vec<Step>) {
    let mut at = gap.start;
    let first = moved.partition_point(|range| range.end <= gap.start);
    let within = moved.iter().skip(first).take_while(|range| range.start < gap.end);
    for (start, end) in within.map(|range| (range.start, range.end)).chain([(gap.end, gap.end)]) {
        if at < start {
            steps.push(Step { change: Change::Inserted, a: 0..0, b: at..start });
        }
        at = at.max(end);
    }
}

/// The runs inside the texts, longest first, without those that overlap an earlier one on a side; then by place in `a`.
fn disjoint(length_a: usize, length_b: usize, runs: &[Match]) -> Vec<Run> {
    let mut order: Vec<Match> = runs.to_vec();
    order.sort_by_key(|run| (std::cmp::Reverse(run.tokens), *run));
    let (mut taken_a, mut taken_b) = (Taken::default(), Taken::default());
    let mut kept = Vec::new();
    for run in order {
        let range = |start: u32| start as usize..start as usize + run.tokens as usize;
        let (a, b) = (range(run.a), range(run.b));
        let inside = !a.is_empty() && a.end <= length_a && b.end <= length_b;
        if inside && taken_a.is_free(&a) && taken_b.is_free(&b) {
            taken_a.take(&a);
            taken_b.take(&b);
            kept.push(Run { a, b, moved: false });
        }
    }
    kept.sort_by_key(|run| run.a.start);
    kept
}

/// Disjoint ranges: start → end.
#[derive(Default)]
struct Taken(std::collections::BTreeMap<usize, usize>);

impl Taken {
    fn is_free(&self, range: &Range<usize>) -> bool {
        self.0.range(..range.end).next_back().is_none_or(|(_, end)| *end <= range.start)
    }

    fn take(&mut self, range: &Range<usize>) {
        self.0.insert(range.start, range.end);
    }
}

/// Marks the runs that are not in the increasing sequence with the most tokens (ties: the sequence whose last run comes
/// first in `a`). A run's best sequence is found by a Fenwick tree of maxima over the places in `b`.
fn marked(mut runs: Vec<Run>) -> Vec<Run> {
    let mut places: Vec<usize> = runs.iter().map(|run| run.b.start).collect();
    places.sort_unstable();
    let mut tree: Vec<Option<usize>> = vec![None; places.len() + 1];
    let mut weight = vec![0; runs.len()];
    let mut before: Vec<Option<usize>> = vec![None; runs.len()];
    let mut last: Option<usize> = None;
    for index in 0..runs.len() {
        let place = places.partition_point(|start| *start < runs[index].b.start);
        let better = |x: Option<usize>, y: Option<usize>, weight: &[usize]| match (x, y) {
            (Some(x), Some(y)) if weight[y] > weight[x] => Some(y),
            (None, y) => y,
            (x, _) => x,
        };
        let mut node = place;
        while node > 0 {
            before[index] = better(before[index], tree[node], &weight);
            node &= node - 1;
        }
        weight[index] = runs[index].a.len() + before[index].map_or(0, |earlier| weight[earlier]);
        last = better(last, Some(index), &weight);
        let mut node = place + 1;
        while node < tree.len() {
            tree[node] = better(tree[node], Some(index), &weight);
            node += node & node.wrapping_neg();
        }
    }
    for run in &mut runs {
        run.moved = true;
    }
    while let Some(index) = last {
        runs[index].moved = false;
        last = before[index];
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn run(a: u32, b: u32, tokens: u32) -> Match {
        Match { a, b, tokens }
    }

    fn changes(steps: &[Step]) -> Vec<(Change, Range<usize>, Range<usize>)> {
        steps.iter().map(|step| (step.change, step.a.clone(), step.b.clone())).collect()
    }

    #[test]
    fn a_swapped_paragraph_is_moved() {
        let steps = script(30, 30, &[run(0, 20, 10), run(10, 0, 20)]);
        assert_eq!(
            changes(&steps),
            [(Change::Moved, 0..10, 20..30), (Change::Kept, 10..30, 0..20)]
        );
    }

    #[test]
    fn nothing_shared_is_all_deleted_and_inserted() {
        let steps = script(3, 4, &[]);
        assert_eq!(
            changes(&steps),
            [(Change::Deleted, 0..3, 0..0), (Change::Inserted, 0..0, 0..4)]
        );
        assert!(script(0, 0, &[run(0, 0, 5)]).is_empty());
    }

    #[test]
    fn runs_compose_through_an_anchor() {
        // x[0..10] = anchor[5..15], anchor[8..20] = y[100..112]: shared are anchor[8..15].
        assert_eq!(through(&[run(0, 5, 10)], &[run(8, 100, 12)]), [run(3, 100, 7)]);
        assert_eq!(through(&[run(0, 5, 3)], &[run(8, 100, 12)]), []);
    }

    #[test]
    fn runs_beyond_the_range_of_token_numbers_are_left_out() {
        assert_eq!(through(&[run(u32::MAX, 0, 10)], &[run(5, 0, 5)]), []);
        assert_eq!(through(&[run(0, 5, 10)], &[run(0, u32::MAX, 10)]), []);
    }

    fn some_runs() -> impl Strategy<Value = Vec<Match>> {
        prop::collection::vec((0u32..50, 0u32..50, 0u32..15), 0..12)
            .prop_map(|runs| runs.into_iter().map(|(a, b, n)| run(a, b, n)).collect())
    }

    proptest! {
        #[test]
        fn every_token_is_in_exactly_one_stretch(runs in some_runs(), a in 0usize..60, b in 0usize..60) {
            let (mut seen_a, mut seen_b) = (vec![0; a], vec![0; b]);
            for step in script(a, b, &runs) {
                for at in step.a.clone() { seen_a[at] += 1; }
                for at in step.b.clone() { seen_b[at] += 1; }
                match step.change {
                    Change::Deleted => prop_assert!(!step.a.is_empty() && step.b.is_empty()),
                    Change::Inserted => prop_assert!(step.a.is_empty() && !step.b.is_empty()),
                    _ => prop_assert_eq!(step.a.len(), step.b.len()),
                }
            }
            prop_assert!(seen_a.iter().chain(&seen_b).all(|times| *times == 1));
        }

        #[test]
        fn stretches_come_in_order(runs in some_runs()) {
            let steps = script(60, 60, &runs);
            let in_a: Vec<_> = steps.iter().filter(|s| !s.a.is_empty()).map(|s| s.a.start).collect();
            prop_assert!(in_a.is_sorted());
            let in_b: Vec<_> = steps
                .iter()
                .filter(|s| matches!(s.change, Change::Kept | Change::Inserted))
                .map(|s| s.b.start)
                .collect();
            prop_assert!(in_b.is_sorted());
        }

        #[test]
        fn the_runs_in_place_hold_the_most_tokens(runs in some_runs()) {
            let runs = disjoint(60, 60, &runs);
            let chosen: usize =
                marked(runs.clone()).iter().filter(|run| !run.moved).map(|run| run.a.len()).sum();
            let mut best = 0;
            for subset in 0u32..1 << runs.len() {
                let kept: Vec<_> =
                    runs.iter().enumerate().filter(|(i, _)| subset >> i & 1 == 1).map(|x| x.1).collect();
                if kept.is_sorted_by_key(|run| run.b.start) {
                    best = best.max(kept.iter().map(|run| run.a.len()).sum());
                }
            }
            prop_assert_eq!(chosen, best);
        }

        #[test]
        fn composed_runs_are_those_of_single_tokens(first in some_runs(), second in some_runs()) {
            let tokens = |runs: &[Match]| -> std::collections::BTreeSet<(u32, u32)> {
                runs.iter().flat_map(|run| (0..run.tokens).map(|i| (run.a + i, run.b + i))).collect()
            };
            let expected: std::collections::BTreeSet<(u32, u32)> = tokens(&first)
                .into_iter()
                .flat_map(|(x, anchor)| {
                    tokens(&second).into_iter().filter(move |y| y.0 == anchor).map(move |y| (x, y.1))
                })
                .collect();
            prop_assert_eq!(tokens(&through(&first, &second)), expected);
        }
    }
}
