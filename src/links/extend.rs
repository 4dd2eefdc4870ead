//! Extension of chains over small edits: what seeds of four tokens cannot see.

use super::Match;
use super::seeds::{equal_at_end, equal_at_start};

/// Shortest run that a chain is prolonged by at its ends.
const END_RUN: usize = 3;
/// Tokens that may be skipped on each side to reach such a run.
const END_GAP: usize = 4;

/// Tokens skipped in `a` and in `b`, the fewest first; ties by the fewer in `a`.
const SKIPS: [(usize, usize); (END_GAP + 1) * (END_GAP + 1) - 1] = skips();

const fn skips() -> [(usize, usize); (END_GAP + 1) * (END_GAP + 1) - 1] {
    let mut skips = [(0, 0); (END_GAP + 1) * (END_GAP + 1) - 1];
    let (mut at, mut skipped) = (0, 1);
    while skipped <= 2 * END_GAP {
        let mut in_a = 0;
        while in_a <= END_GAP {
            if in_a <= skipped && skipped - in_a <= END_GAP {
                skips[at] = (in_a, skipped - in_a);
                at += 1;
            }
            in_a += 1;
        }
        skipped += 1;
    }
    skips
}

/// Writes over `out` the matches with the equal tokens inside the chain's gaps and the runs just
/// beyond its ends; runs that touch are joined.
pub(crate) fn extend(a: &[u32], b: &[u32], matches: &[Match], out: &mut Vec<Match>) {
    out.clear();
    let Some(&first) = matches.first() else { return };
    let mut start = first;
    while let Some(run) = run_before(a, b, start) {
        out.push(run);
        start = run;
    }
    // The nearest came first.
    out.reverse();
    join_in_place(out);
    let mut last: Option<Match> = None;
    for &run in matches {
        if let Some(before) = last {
            fill_gap(a, b, before, run, out);
        }
        push_joined(out, run);
        last = Some(run);
    }
    while let Some(run) = last.and_then(|last| run_after(a, b, last)) {
        push_joined(out, run);
        last = Some(run);
    }
}

/// The common subsequence of the tokens between two runs, as runs.
fn fill_gap(a: &[u32], b: &[u32], before: Match, after: Match, out: &mut Vec<Match>) {
    let (from_a, from_b) = (before.a + before.tokens, before.b + before.tokens);
    let (Some(gap_a), Some(gap_b)) =
        (a.get(from_a as usize..after.a as usize), b.get(from_b as usize..after.b as usize))
    else {
        return;
    };
    if gap_a.is_empty() || gap_b.is_empty() {
        return;
    }
    common_subsequence(gap_a, gap_b, |i, j| {
        push_joined(out, Match { a: from_a + i as u32, b: from_b + j as u32, tokens: 1 });
    });
}

/// Cells of the table of two gaps of 18 tokens, which is not worth an allocation.
const USUAL_TABLE: usize = 19 * 19;

/// Calls `found` with the places of a longest common subsequence, found by the textbook table: gaps
/// are at most 18 tokens long.
fn common_subsequence(a: &[u32], b: &[u32], mut found: impl FnMut(usize, usize)) {
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
            let value = if x == y {
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
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if x == y {
            found(i, j);
            (i, j) = (i + 1, j + 1);
        } else if cell(best, i + 1, j) >= cell(best, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
}

/// Whether a run may begin among the tokens that a skip reaches: where no word stands on both sides,
/// which is told by a few comparisons of vectors, none of the 24 skips need be tried. Near the end of
/// a text, where there are fewer tokens, it may.
fn may_meet(a: Option<&[u32; END_GAP + 1]>, b: Option<&[u32; END_GAP + 1]>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    let mut meet = false;
    for x in a {
        for y in b {
            meet |= x == y;
        }
    }
    meet
}

/// The nearest run of at least [`END_RUN`] tokens after `last`. Most chains have none: each skip is
/// refused at its first token, without which this was a third of the alignment.
fn run_after(a: &[u32], b: &[u32], last: Match) -> Option<Match> {
    let (from_a, from_b) = ((last.a + last.tokens) as usize, (last.b + last.tokens) as usize);
    let (tail_a, tail_b) = (a.get(from_a..)?, b.get(from_b..)?);
    if !may_meet(tail_a.first_chunk(), tail_b.first_chunk()) {
        return None;
    }
    let run = |(in_a, in_b): (usize, usize)| {
        if tail_a.get(in_a)? != tail_b.get(in_b)? {
            return None;
        }
        let tokens = equal_at_start(tail_a.get(in_a..)?, tail_b.get(in_b..)?);
        (tokens >= END_RUN).then(|| Match {
            a: (from_a + in_a) as u32,
            b: (from_b + in_b) as u32,
            tokens: tokens as u32,
        })
    };
    SKIPS.into_iter().find_map(run)
}

/// The nearest run of at least [`END_RUN`] tokens before `first`.
fn run_before(a: &[u32], b: &[u32], first: Match) -> Option<Match> {
    let (head_a, head_b) = (a.get(..first.a as usize)?, b.get(..first.b as usize)?);
    if !may_meet(head_a.last_chunk(), head_b.last_chunk()) {
        return None;
    }
    let run = |(in_a, in_b): (usize, usize)| {
        let (end_a, end_b) = (head_a.len().checked_sub(in_a)?, head_b.len().checked_sub(in_b)?);
        if head_a.get(end_a.checked_sub(1)?)? != head_b.get(end_b.checked_sub(1)?)? {
            return None;
        }
        let tokens = equal_at_end(head_a.get(..end_a)?, head_b.get(..end_b)?);
        (tokens >= END_RUN).then(|| Match {
            a: (end_a - tokens) as u32,
            b: (end_b - tokens) as u32,
            tokens: tokens as u32,
        })
    };
    SKIPS.into_iter().find_map(run)
}

/// Appends a run; one that touches the last on both sides is made one with it, so that a chain of one
/// run is verbatim and a chain of more is not.
pub(crate) fn push_joined(out: &mut Vec<Match>, run: Match) {
    match out.last_mut() {
        Some(last) if last.a + last.tokens == run.a && last.b + last.tokens == run.b => {
            last.tokens += run.tokens;
        }
        _ => out.push(run),
    }
}

/// Joins the runs that touch on both sides.
fn join_in_place(runs: &mut Vec<Match>) {
    runs.dedup_by(|run, last| {
        let touches = last.a + last.tokens == run.a && last.b + last.tokens == run.b;
        if touches {
            last.tokens += run.tokens;
        }
        touches
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn skips_are_by_their_sum_and_none_is_left_out() {
        let mut all: Vec<(usize, usize)> =
            (0..=END_GAP).flat_map(|a| (0..=END_GAP).map(move |b| (a, b))).skip(1).collect();
        all.sort_by_key(|&(a, b)| (a + b, a));
        assert_eq!(SKIPS.to_vec(), all);
    }

    #[test]
    fn a_chain_grows_into_its_gap_and_beyond_its_ends() {
        let a = [1, 2, 3, 90, 4, 5, 6, 7, 91, 8, 92, 9, 10, 11, 12, 93, 13, 14, 15];
        let b = [1, 2, 3, 80, 81, 4, 5, 6, 7, 8, 82, 9, 10, 11, 12, 13, 14, 15];
        let chain = [Match { a: 4, b: 5, tokens: 4 }, Match { a: 11, b: 11, tokens: 4 }];
        let mut found = Vec::new();
        extend(&a, &b, &chain, &mut found);
        let expected = [(0, 0, 3), (4, 5, 4), (9, 9, 1), (11, 11, 4), (16, 15, 3)];
        assert_eq!(found, expected.map(|(a, b, tokens)| Match { a, b, tokens }));
    }
}
