//! Colinear chains: runs of equal tokens that follow each other on both sides with short gaps.
//!
//! The local chaining of seed-and-extend aligners (Abouelhoda and Ohlebusch, "Chaining algorithms
//! for multiple genome comparison", 2005), with gaps bounded instead of searched for, several
//! chains a pair, so that swapped paragraphs are two chains and not one lost.

use super::Match;

/// Tokens that may be missing on the side with the smaller gap: an edited clause.
const MAX_GAP: i64 = 9;
/// Tokens that may be missing on the side with the larger gap: an inserted clause.
const MAX_LONG_GAP: i64 = 18;
/// How far the gaps of the two sides may differ.
const MAX_DRIFT: i64 = 12;
/// Score of a matched token, in units of a token missing on one side: a gap costs a quarter of a
/// token.
const MATCH_SCORE: i64 = 4;
/// Chains still within reach that a run is compared with; where more are open the best are kept.
const MAX_OPEN: usize = 64;

/// A chain: runs ascending on both sides and overlapping on neither.
pub(crate) struct Chain {
    pub(crate) matches: Vec<Match>,
    pub(crate) score: i64,
}

struct Step {
    run: Match,
    score: i64,
    /// The run before it in its best chain.
    before: Option<usize>,
}

/// The best chains of `matches`, each run in at most one of them, by descending score; ties by
/// place in `a`, then `b`.
///
/// `matches` are by ascending place in `a`. Cost: O(matches × 64).
pub(crate) fn chains(matches: &[Match], space: &mut ChainSpace) -> Vec<Chain> {
    let ChainSpace { steps, open, order, used } = space;
    best_predecessors(matches, steps, open);
    order.clear();
    order.extend(0..steps.len());
    order.sort_unstable_by_key(|&at| (steps.get(at).map_or(0, |step| -step.score), at));
    used.clear();
    used.resize(steps.len(), false);
    let mut chains: Vec<Chain> =
        order.iter().filter_map(|&end| take_chain(steps, end, used)).collect();
    // A chain cut short because its head was taken has less than its end's score.
    chains.sort_by_key(|chain| (-chain.score, chain.matches.first().copied()));
    chains
}

/// What [`chains`] works in, kept from one pair of texts to the next.
#[derive(Default)]
pub(crate) struct ChainSpace {
    steps: Vec<Step>,
    open: Vec<usize>,
    order: Vec<usize>,
    used: Vec<bool>,
}

fn best_predecessors(matches: &[Match], steps: &mut Vec<Step>, open: &mut Vec<usize>) {
    steps.clear();
    open.clear();
    for (at, &run) in matches.iter().enumerate() {
        open.retain(|&y| {
            steps.get(y).is_some_and(|step| {
                i64::from(step.run.a + step.run.tokens) + MAX_LONG_GAP >= i64::from(run.a)
            })
        });
        if open.len() > MAX_OPEN {
            open.sort_by_key(|&y| (steps.get(y).map_or(0, |step| -step.score), y));
            open.truncate(MAX_OPEN);
        }
        let mut best = Step { run, score: MATCH_SCORE * i64::from(run.tokens), before: None };
        for &y in open.iter() {
            let Some(step) = steps.get(y) else { continue };
            let Some(gain) = gain_after(step.run, run) else { continue };
            let score = step.score + gain;
            let earlier = best.before.is_none_or(|other| y < other);
            if score > best.score || (score == best.score && best.before.is_some() && earlier) {
                best.score = score;
                best.before = Some(y);
            }
        }
        steps.push(best);
        open.push(at);
    }
}

/// What `run` adds to a chain that ends with `before`; `None` when it cannot follow.
fn gain_after(before: Match, run: Match) -> Option<i64> {
    if before.a >= run.a || before.b >= run.b {
        return None;
    }
    let gap_a = i64::from(run.a) - i64::from(before.a + before.tokens);
    let gap_b = i64::from(run.b) - i64::from(before.b + before.tokens);
    let overlap = (-gap_a).max(-gap_b).max(0);
    let reachable = overlap < i64::from(run.tokens)
        && gap_a.max(gap_b) <= MAX_LONG_GAP
        && gap_a.min(gap_b) <= MAX_GAP
        && (gap_a - gap_b).abs() <= MAX_DRIFT;
    let gaps = gap_a.max(0) + gap_b.max(0);
    reachable.then(|| MATCH_SCORE * (i64::from(run.tokens) - overlap) - gaps)
}

/// The chain that ends at `end`, as far back as its runs are not taken by a better one.
fn take_chain(steps: &[Step], end: usize, used: &mut [bool]) -> Option<Chain> {
    let mut backwards = Vec::new();
    let mut next = Some(end);
    while let Some(at) = next {
        let (Some(step), Some(taken)) = (steps.get(at), used.get_mut(at)) else { break };
        if *taken {
            break;
        }
        *taken = true;
        backwards.push(step.run);
        next = step.before;
    }
    let mut matches: Vec<Match> = Vec::with_capacity(backwards.len());
    for run in backwards.into_iter().rev() {
        push_trimmed(&mut matches, run);
    }
    let score = score(&matches);
    (!matches.is_empty()).then_some(Chain { matches, score })
}

/// Appends `run` without the tokens that the run before it already holds on either side.
fn push_trimmed(matches: &mut Vec<Match>, run: Match) {
    let overlap = matches.last().map_or(0, |last| {
        let a = (last.a + last.tokens).saturating_sub(run.a);
        let b = (last.b + last.tokens).saturating_sub(run.b);
        a.max(b)
    });
    if overlap < run.tokens {
        matches.push(Match {
            a: run.a + overlap,
            b: run.b + overlap,
            tokens: run.tokens - overlap,
        });
    }
}

fn score(matches: &[Match]) -> i64 {
    let tokens: i64 = matches.iter().map(|run| i64::from(run.tokens)).sum();
    let gaps: i64 = matches
        .windows(2)
        .filter_map(|pair| match pair {
            [x, y] => Some(
                i64::from(y.a) - i64::from(x.a + x.tokens) + i64::from(y.b)
                    - i64::from(x.b + x.tokens),
            ),
            _ => None,
        })
        .sum();
    MATCH_SCORE * tokens - gaps
}
