//! Extension of chains over small edits: what seeds of four tokens cannot see.

use super::Match;
use super::seeds::equal_tokens;
use crate::text::Token;

/// Shortest run that a chain is prolonged by at its ends.
const END_RUN: usize = 3;
/// Tokens that may be skipped on each side to reach such a run.
const END_GAP: usize = 4;

/// Adds the equal tokens inside the chain's gaps and the runs just beyond its ends, and joins runs
/// that touch.
pub(crate) fn extend(a: &[Token], b: &[Token], matches: &[Match]) -> Vec<Match> {
    let mut whole = prolonged_before(a, b, matches.first());
    whole.reverse();
    let mut last: Option<Match> = None;
    for &run in matches {
        if let Some(before) = last {
            fill_gap(a, b, before, run, &mut whole);
        }
        whole.push(run);
        last = Some(run);
    }
    prolong_after(a, b, last, &mut whole);
    joined(&whole)
}

/// The common subsequence of the tokens between two runs, as runs.
fn fill_gap(a: &[Token], b: &[Token], before: Match, after: Match, out: &mut Vec<Match>) {
    let (from_a, from_b) =
        ((before.a + before.tokens) as usize, (before.b + before.tokens) as usize);
    let (Some(gap_a), Some(gap_b)) =
        (a.get(from_a..after.a as usize), b.get(from_b..after.b as usize))
    else {
        return;
    };
    if gap_a.is_empty() || gap_b.is_empty() {
        return;
    }
    for (i, j) in common_subsequence(gap_a, gap_b) {
        out.push(Match { a: (from_a + i) as u32, b: (from_b + j) as u32, tokens: 1 });
    }
}

/// Cells of the table of two gaps of 18 tokens, which is not worth an allocation.
const USUAL_TABLE: usize = 19 * 19;

/// Places of a longest common subsequence, found by the textbook table: gaps are at most 18 tokens
/// long.
fn common_subsequence(a: &[Token], b: &[Token]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let size = (a.len() + 1) * width;
    let (mut small, mut large) = ([0u16; USUAL_TABLE], Vec::new());
    let best = match small.get_mut(..size) {
        Some(table) => table,
        None => {
            large.resize(size, 0u16);
            large.as_mut_slice()
        }
    };
    let cell = |best: &[u16], i: usize, j: usize| best.get(i * width + j).copied().unwrap_or(0);
    for (i, x) in a.iter().enumerate().rev() {
        for (j, y) in b.iter().enumerate().rev() {
            let value = if x.hash == y.hash {
                cell(best, i + 1, j + 1) + 1
            } else {
                cell(best, i + 1, j).max(cell(best, i, j + 1))
            };
            if let Some(here) = best.get_mut(i * width + j) {
                *here = value;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut places = Vec::new();
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if x.hash == y.hash {
            places.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if cell(best, i + 1, j) >= cell(best, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    places
}

fn prolong_after(a: &[Token], b: &[Token], end: Option<Match>, out: &mut Vec<Match>) {
    let mut end = end;
    while let Some(last) = end {
        let (at_a, at_b) = ((last.a + last.tokens) as usize, (last.b + last.tokens) as usize);
        end = nearest_skip(|skip_a, skip_b| {
            let (from_a, from_b) = (at_a + skip_a, at_b + skip_b);
            let run = equal_tokens(a.get(from_a..)?.iter(), b.get(from_b..)?.iter());
            Some(Match { a: from_a as u32, b: from_b as u32, tokens: run as u32 })
        });
        out.extend(end);
    }
}

/// The runs before the chain, nearest first.
fn prolonged_before(a: &[Token], b: &[Token], start: Option<&Match>) -> Vec<Match> {
    let mut out = Vec::new();
    let mut start = start.copied();
    while let Some(first) = start {
        start = nearest_skip(|skip_a, skip_b| {
            let end_a = (first.a as usize).checked_sub(skip_a)?;
            let end_b = (first.b as usize).checked_sub(skip_b)?;
            let run = equal_tokens(a.get(..end_a)?.iter().rev(), b.get(..end_b)?.iter().rev());
            let (from_a, from_b) = (end_a - run, end_b - run);
            Some(Match { a: from_a as u32, b: from_b as u32, tokens: run as u32 })
        });
        out.extend(start);
    }
    out
}

/// The run of at least [`END_RUN`] tokens that skips the fewest tokens; ties by the fewer in `a`.
fn nearest_skip(run_after: impl Fn(usize, usize) -> Option<Match>) -> Option<Match> {
    (1..=2 * END_GAP)
        .flat_map(|skipped| (0..=skipped).map(move |in_a| (in_a, skipped - in_a)))
        .filter(|&(in_a, in_b)| in_a <= END_GAP && in_b <= END_GAP)
        .filter_map(|(in_a, in_b)| run_after(in_a, in_b))
        .find(|run| run.tokens as usize >= END_RUN)
}

/// Runs that touch on both sides made one, so that a chain of one run is verbatim and a chain of
/// more is not.
pub(crate) fn joined(matches: &[Match]) -> Vec<Match> {
    let mut out: Vec<Match> = Vec::with_capacity(matches.len());
    for &run in matches {
        match out.last_mut() {
            Some(last) if last.a + last.tokens == run.a && last.b + last.tokens == run.b => {
                last.tokens += run.tokens;
            }
            _ => out.push(run),
        }
    }
    out
}
