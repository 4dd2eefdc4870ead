//! Which words two members of a dispatch have in common, whether or not a link joins them.

use super::cover::Group;
use super::graph::{EdgeEnd, Graph};
use super::runs::Runs;
use super::token_set::TokenSet;

/// The verbatim runs of all edges, asked for by two texts.
#[derive(Clone, Copy)]
pub(crate) struct Alignments<'a> {
    pub(crate) graph: &'a Graph,
    /// By edge.
    pub(crate) runs: &'a [Runs],
}

impl Alignments<'_> {
    /// The words of each of two member texts that stand in the other.
    ///
    /// Members that no link joins are compared through the anchor, which both share text with; what both have and the anchor
    /// lacks is not seen then. `None` where there is no way from one to the other, which only decisions bring about.
    ///
    /// O(runs of the edges looked at × log).
    pub(crate) fn of(&self, group: &Group, texts: [usize; 2]) -> Option<[TokenSet; 2]> {
        if texts[0] == texts[1] {
            let whole = TokenSet::whole(self.graph.texts[texts[0]].tokens);
            return Some([whole.clone(), whole]);
        }
        if let Some(end) = self.graph.edge_between(texts[0], texts[1]) {
            return Some([self.matched(end, 0), self.matched(end, 1)]);
        }
        let from_anchor = |text: usize| self.graph.edge_between(group.text, text);
        let [first, second] = [from_anchor(texts[0])?, from_anchor(texts[1])?];
        Some([
            self.through(first, &self.matched(second, 0)),
            self.through(second, &self.matched(first, 0)),
        ])
    }

    /// The words in verbatim runs, of the text at an end (`far` 0) or of the other one (1).
    fn matched(&self, end: EdgeEnd, far: usize) -> TokenSet {
        let side = if far == 0 { end.side } else { 1 - end.side };
        let runs = self.runs[end.edge].all().iter();
        TokenSet::from_ranges(runs.map(|run| run.at[side]..run.at[side] + run.tokens))
    }

    /// The words of the text at the far end that stand in some of the anchor's.
    fn through(&self, end: EdgeEnd, of_anchor: &TokenSet) -> TokenSet {
        let (near, far) = (end.side, 1 - end.side);
        let pieces = self.runs[end.edge].all().iter().flat_map(|run| {
            let there = of_anchor.inside(run.at[near]..run.at[near] + run.tokens);
            there.map(move |piece| {
                let at = run.at[far] + (piece.start - run.at[near]);
                at..at + (piece.end - piece.start)
            })
        });
        TokenSet::from_ranges(pieces)
    }
}
