//! Whether the source that all copies were made from can be in the collection.

use super::config::DispatchConfig;
use super::cover::Group;
use super::graph::Graph;
use super::runs::{Run, Runs};
use super::scope::Scopes;
use super::version::inner_edges;
use crate::article_set::ArticleSet;
use crate::links::Link;
use ahash::AHashSet;
use std::borrow::Cow;
use std::ops::Range;

/// What is asked of every dispatch: the runs of each edge, and the shingles of texts that are in several.
pub(crate) struct Sources<'a> {
    set: &'a ArticleSet,
    graph: &'a Graph,
    config: &'a DispatchConfig,
    scopes: Scopes,
    /// By edge.
    runs: Vec<Runs>,
    /// By text; empty for a text in one dispatch or none.
    shingles: Vec<Vec<u64>>,
}

/// Some shingles of a text.
struct Shared {
    text: usize,
    shingles: Range<usize>,
    tokens: usize,
}

impl<'a> Sources<'a> {
    /// O(tokens of the runs and texts, sorted).
    pub(crate) fn new(
        set: &'a ArticleSet,
        links: &[Link],
        graph: &'a Graph,
        groups_of: &[Vec<usize>],
        scopes: Scopes,
        config: &'a DispatchConfig,
    ) -> Sources<'a> {
        let runs = graph.edges.iter().map(|edge| Runs::new(graph, links, edge)).collect();
        let mut sources = Sources { set, graph, config, scopes, runs, shingles: Vec::new() };
        let several = groups_of.iter().map(|groups| groups.len() > 1).enumerate();
        sources.shingles = several
            .map(|(text, several)| if several { sources.sorted_shingles(text) } else { Vec::new() })
            .collect();
        sources
    }

    /// The verbatim runs, by edge.
    pub(crate) fn runs(&self) -> &[Runs] {
        &self.runs
    }

    /// Which words of a member count.
    pub(crate) fn scopes(&self) -> &Scopes {
        &self.scopes
    }

    /// Whether some version's shared text is held by none of its members.
    ///
    /// The shared text of a version are the verbatim runs that its copy links join inside it, as far as they lie in the
    /// [scope](Scopes) of both members. The member that holds most of their shingles (ties: the smaller) is the best
    /// there is; when it lacks at least half of the shingles of a run of `min_missing_run` tokens or more, two others have
    /// that run from somewhere else. Versions are looked at one by one: an update drops paragraphs of what it updates, and
    /// neither is incomplete for that.
    ///
    /// Cost: O(edges of the members + tokens of the runs), and for each member of a version without a text that all
    /// its runs have in common the lesser of its tokens and those of the runs.
    pub(crate) fn is_missing(&self, index: usize, group: &Group, version_of: &[usize]) -> bool {
        let versions = version_of.iter().max().map_or(0, |last| last + 1);
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); versions];
        let mut joined: Vec<Vec<[usize; 2]>> = vec![Vec::new(); versions];
        let mut shared: Vec<Vec<Shared>> = (0..versions).map(|_| Vec::new()).collect();
        let scopes: Vec<_> = group.members.iter().map(|p| self.scopes.of(index, p)).collect();
        for (rank, part) in group.members.iter().enumerate() {
            let version = version_of[rank];
            members[version].push(part.text);
            for (other, end) in inner_edges(self.graph, group, part.text) {
                if rank < other && version == version_of[other] {
                    let runs = self.runs[end.edge].inside([&scopes[rank], &scopes[other]]);
                    if !runs.is_empty() {
                        joined[version].push(self.graph.edges[end.edge].ends);
                    }
                    shared[version].extend(runs.iter().map(|run| self.shared(part.text, run)));
                }
            }
        }
        (0..versions).any(|version| {
            !have_one_in_common(&joined[version])
                && self.lack_a_run(&members[version], &shared[version])
        })
    }

    /// `text` is the first of the run's two: members and ends both ascend.
    fn shared(&self, text: usize, run: &Run) -> Shared {
        let (start, tokens) = (run.at[0] as usize, run.tokens as usize);
        let width = self.set.scheme().shingle_words();
        let end = (start + (tokens + 1).saturating_sub(width)).min(self.shingles_of(text).len());
        Shared { text, shingles: start.min(end)..end, tokens }
    }

    fn lack_a_run(&self, members: &[usize], shared: &[Shared]) -> bool {
        let shingles = |run: &Shared| &self.shingles_of(run.text)[run.shingles.clone()];
        // The longest run is most of them: the same words are in a run of each pair of members.
        let longest = shared.iter().map(|run| run.shingles.len()).max().unwrap_or_default();
        let mut all: AHashSet<u64> = AHashSet::with_capacity(longest);
        all.extend(shared.iter().flat_map(shingles));
        let mut best: Option<(usize, usize)> = None;
        for &text in members {
            let held = self.count_held(text, &all);
            if held == all.len() {
                return false;
            }
            if best.is_none_or(|(most, _)| held > most) {
                best = Some((held, text));
            }
        }
        let Some((_, fullest)) = best else { return false };
        let holds = self.different_shingles(fullest);
        shared.iter().filter(|run| run.tokens >= self.config.min_missing_run()).any(|run| {
            let lacks = |hash: &&u64| holds.binary_search(hash).is_err();
            let lacking = shingles(run).iter().filter(lacks).count();
            lacking > 0 && 2 * lacking >= run.shingles.len()
        })
    }

    /// The lesser is looked up in the greater: a host of hundreds of dispatches is not read once for each.
    fn count_held(&self, text: usize, shared: &AHashSet<u64>) -> usize {
        let mine = self.different_shingles(text);
        if shared.len() < mine.len() {
            shared.iter().filter(|hash| mine.binary_search(hash).is_ok()).count()
        } else {
            mine.iter().filter(|hash| shared.contains(hash)).count()
        }
    }

    fn different_shingles(&self, text: usize) -> Cow<'_, [u64]> {
        match self.shingles[text].as_slice() {
            [] => Cow::Owned(self.sorted_shingles(text)),
            known => Cow::Borrowed(known),
        }
    }

    fn sorted_shingles(&self, text: usize) -> Vec<u64> {
        let mut shingles = self.shingles_of(text).to_vec();
        shingles.sort_unstable();
        shingles.dedup();
        shingles
    }

    fn shingles_of(&self, text: usize) -> &'a [u64] {
        let article = self.graph.texts[text].articles.first();
        article.map_or(&[], |&article| self.set.texts()[article].shingles())
    }
}

/// A text that is at one end of every edge holds all that the edges share.
fn have_one_in_common(edges: &[[usize; 2]]) -> bool {
    let Some(first) = edges.first() else { return true };
    first.iter().any(|text| edges.iter().all(|ends| ends.contains(text)))
}
