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

/// A chain: where its runs stand among those of all chains, ascending on both sides and overlapping
/// on neither.
struct Chain {
    start: usize,
    end: usize,
    score: i64,
    first: Match,
}

struct Step {
    run: Match,
    score: i64,
    /// The run before it in its best chain.
    before: Option<u32>,
}

/// The best chains of some matches, kept in one list from one pair of texts to the next.
#[derive(Default)]
pub(crate) struct Chains {
    steps: Vec<Step>,
    open: Vec<u32>,
    order: Vec<u32>,
    used: Vec<bool>,
    backwards: Vec<Match>,
    runs: Vec<Match>,
    chains: Vec<Chain>,
}

impl Chains {
    /// Finds the best chains of `matches`, each run in at most one of them.
    ///
    /// `matches` are by ascending place in `a`. Cost: O(matches × 64).
    pub(crate) fn read(&mut self, matches: &[Match]) {
        let Chains { steps, open, order, used, backwards, runs, chains } = self;
        best_predecessors(matches, steps, open);
        order.clear();
        order.extend(0..steps.len() as u32);
        order
            .sort_unstable_by_key(|&at| (steps.get(at as usize).map_or(0, |step| -step.score), at));
        used.clear();
        used.resize(steps.len(), false);
        runs.clear();
        chains.clear();
        for &end in order.iter() {
            take_chain(steps, end, used, backwards);
            chains.extend(appended(backwards, runs));
        }
        // A chain cut short because its head was taken has less than its end's score.
        chains.sort_unstable_by_key(|chain| (-chain.score, chain.first));
    }

    /// The runs of each chain, by descending score; ties by place in `a`, then `b`.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[Match]> {
        self.chains.iter().filter_map(|chain| self.runs.get(chain.start..chain.end))
    }
}

fn best_predecessors(matches: &[Match], steps: &mut Vec<Step>, open: &mut Vec<u32>) {
    steps.clear();
    open.clear();
    for (at, &run) in (0u32..).zip(matches) {
        open.retain(|&y| {
            steps.get(y as usize).is_some_and(|step| {
                i64::from(step.run.a + step.run.tokens) + MAX_LONG_GAP >= i64::from(run.a)
            })
        });
        if open.len() > MAX_OPEN {
            open.sort_by_key(|&y| (steps.get(y as usize).map_or(0, |step| -step.score), y));
            open.truncate(MAX_OPEN);
        }
        let mut best = Step { run, score: MATCH_SCORE * i64::from(run.tokens), before: None };
        for &y in open.iter() {
            let Some(step) = steps.get(y as usize) else { continue };
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

/// Writes the runs of the chain that ends at `end`, the last first, as far back as they are not taken
/// by a better one.
fn take_chain(steps: &[Step], end: u32, used: &mut [bool], backwards: &mut Vec<Match>) {
    backwards.clear();
    let mut next = Some(end);
    while let Some(at) = next {
        let (Some(step), Some(taken)) = (steps.get(at as usize), used.get_mut(at as usize)) else {
            break;
        };
        if *taken {
            break;
        }
        *taken = true;
        backwards.push(step.run);
        next = step.before;
    }
}

/// Appends a chain to the runs of all; `None` for one without runs.
fn appended(backwards: &[Match], runs: &mut Vec<Match>) -> Option<Chain> {
    let start = runs.len();
    for &run in backwards.iter().rev() {
        push_trimmed(runs, start, run);
    }
    let chain = runs.get(start..)?;
    Some(Chain { start, end: start + chain.len(), score: score(chain), first: *chain.first()? })
}

/// Appends `run` without the tokens that the run before it in the chain, which begins at `start`,
/// already holds on either side.
fn push_trimmed(matches: &mut Vec<Match>, start: usize, run: Match) {
    let before = matches.get(start..).and_then(<[Match]>::last);
    let overlap = before.map_or(0, |last| {
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
