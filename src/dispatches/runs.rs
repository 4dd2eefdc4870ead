//! The verbatim runs of an edge, found by where they stand.

use super::graph::{Edge, Graph};
use super::token_set::TokenSet;
use crate::links::Link;

/// Words that follow each other in both texts of an edge.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Run {
    /// Its first token in each of the two texts.
    pub(crate) at: [u32; 2],
    /// Its tokens.
    pub(crate) tokens: u32,
}

/// The runs of all links of an edge.
///
/// Two hosts may share the texts of hundreds of dispatches, so what of it lies in one of them is found by place and not by
/// going through all.
#[derive(Debug)]
pub(crate) struct Runs {
    /// Ascending, each once.
    runs: Vec<Run>,
    /// For each run the greatest end, in the first text, of it and those before it: ascending, as ends are not.
    reach: Vec<u32>,
}

impl Runs {
    /// O(runs log runs). What lies beyond the end of a text is left out.
    pub(crate) fn new(graph: &Graph, links: &[Link], edge: &Edge) -> Runs {
        let length = edge.ends.map(|text| graph.texts[text].tokens as u32);
        let mut runs = Vec::new();
        for link in edge.links.iter().map(|&index| &links[index]) {
            let flipped = graph.text_of[link.a] != edge.ends[0];
            for run in link.passages.iter().flat_map(|passage| &passage.matches) {
                let at = if flipped { [run.b, run.a] } else { [run.a, run.b] };
                let room = [0, 1].map(|side: usize| length[side].saturating_sub(at[side]));
                let tokens = run.tokens.min(room[0]).min(room[1]);
                if tokens > 0 {
                    runs.push(Run { at, tokens });
                }
            }
        }
        runs.sort_unstable();
        runs.dedup();
        let mut furthest = 0;
        let reach = runs.iter().map(|run| {
            furthest = furthest.max(run.at[0] + run.tokens);
            furthest
        });
        Runs { reach: reach.collect(), runs }
    }

    /// All of them, ascending.
    pub(crate) fn all(&self) -> &[Run] {
        &self.runs
    }

    /// What of the runs lies in `within` in both texts. O(ranges of the first × log runs + runs there).
    pub(crate) fn inside(&self, within: [&TokenSet; 2]) -> Vec<Run> {
        let mut found = Vec::new();
        for range in within[0].ranges() {
            let first = self.reach.partition_point(|&end| end <= range.start);
            for run in self.runs[first..].iter().take_while(|run| run.at[0] < range.end) {
                let from = range.start.saturating_sub(run.at[0]);
                let to = run.tokens.min(range.end - run.at[0]);
                let there = run.at[1] + from..run.at[1] + to.max(from);
                found.extend(within[1].inside(there).map(|piece| Run {
                    at: [run.at[0] + (piece.start - run.at[1]), piece.start],
                    tokens: piece.end - piece.start,
                }));
            }
        }
        found
    }
}
