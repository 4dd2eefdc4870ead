//! The greedy cover: which texts are anchors, and which texts each of them takes in.

use super::config::DispatchConfig;
use super::constraints::Constraints;
use super::graph::{EdgeEnd, Graph, Text};
use super::region::{self, Region};
use super::sequel::Sequels;
use super::token_set::TokenSet;
use crate::article::Role;
use crate::article_set::ArticleSet;
use crate::timestamp::Timestamp;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A dispatch as a set of texts.
#[derive(Debug)]
pub(crate) struct Group {
    /// The article that is the anchor.
    pub(crate) anchor: usize,
    /// The text of the anchor.
    pub(crate) text: usize,
    /// The member texts with their tokens in it, the anchor's among them, by ascending text.
    pub(crate) members: Vec<Part>,
}

/// A text's part in a group.
#[derive(Debug)]
pub(crate) struct Part {
    /// The text.
    pub(crate) text: usize,
    /// Its tokens.
    pub(crate) tokens: TokenSet,
    /// The edge that verifies it against the anchor; `None` for the anchor's own text.
    pub(crate) edge: Option<usize>,
    /// Whether it is in by decision: without it, the anchor would not have taken it in.
    pub(crate) decided: bool,
}

impl Group {
    /// The part of a text. O(log members).
    pub(crate) fn part(&self, text: usize) -> Option<&Part> {
        let at = self.members.binary_search_by_key(&text, |part| part.text).ok()?;
        self.members.get(at)
    }
}

/// A region of a text, which could be an anchor with it.
struct Candidate {
    text: usize,
    region: Region,
    /// Those of its neighbours that are from the agency's own feed.
    wires: Vec<EdgeEnd>,
    /// Its verified articles are those behind its open edges, and the twins of its anchor.
    priority: Priority,
}

/// How candidates are compared: the greatest is the next anchor.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Priority {
    /// Uncovered articles it verifies on most of what they share with anyone.
    verifies_well: usize,
    /// Uncovered articles it verifies.
    verifies: usize,
    earliest: Reverse<(bool, Option<Timestamp>)>,
    tokens: usize,
    anchor: Reverse<usize>,
    /// By ascending text and region, so the smaller is the earlier region of one text.
    candidate: Reverse<usize>,
}

struct Cover<'a> {
    graph: &'a Graph,
    constraints: &'a Constraints,
    config: &'a DispatchConfig,
    candidates: Vec<Candidate>,
    /// For each edge and end the candidate that has it as one of its own edges.
    candidate_of: Vec<[Option<usize>; 2]>,
    /// For each edge and end whether the text at that end is uncovered there.
    open: Vec<[bool; 2]>,
    /// For each text the tokens covered by dispatches so far.
    covered: Vec<TokenSet>,
    /// For each text the tokens of its longest edge.
    longest: Vec<usize>,
    /// For each text whether it is an anchor already.
    is_anchor: Vec<bool>,
    queue: BinaryHeap<Priority>,
}

/// Chooses anchors one by one until none verifies an uncovered article.
///
/// A queue holds the candidates by the number of uncovered articles they verify. Covering can only lower that number,
/// and lowers it once for each edge and end, so a lowered candidate is queued again and its old entry ignored when it
/// comes up: at most 2 × edges + candidates entries, O(edges log edges) in all, and O(edges of a text × its
/// memberships) interval intersections.
pub(crate) fn choose(
    set: &ArticleSet,
    graph: &Graph,
    sequels: &Sequels,
    compilations: &[Option<[usize; 2]>],
    constraints: &Constraints,
    config: &DispatchConfig,
) -> Vec<Group> {
    let mut cover = Cover::new(set, graph, sequels, compilations, constraints, config);
    let mut groups = Vec::new();
    while let Some(priority) = cover.queue.pop() {
        let Reverse(index) = priority.candidate;
        if priority == cover.candidates[index].priority && cover.may_anchor(index) {
            let taken = cover.wire_instead_of(index).unwrap_or(index);
            groups.push(cover.take(taken));
            // Taking an item of the feed lowers the candidate it was taken for, which is then queued anew; where it
            // does not, its turn comes again.
            if taken != index && priority == cover.candidates[index].priority {
                cover.queue.push(priority);
            }
        }
    }
    groups.sort_unstable_by_key(|group| group.anchor);
    groups
}

impl<'a> Cover<'a> {
    fn new(
        set: &ArticleSet,
        graph: &'a Graph,
        sequels: &Sequels,
        compilations: &[Option<[usize; 2]>],
        constraints: &'a Constraints,
        config: &'a DispatchConfig,
    ) -> Cover<'a> {
        let longest = |text: &Text| text.edges.iter().map(|&end| graph.spans(end).len()).max();
        let longest = |text: &Text| longest(text).unwrap_or_default();
        let mut cover = Cover {
            graph,
            constraints,
            config,
            candidates: Vec::new(),
            candidate_of: vec![[None; 2]; graph.edges.len()],
            open: vec![[true; 2]; graph.edges.len()],
            covered: vec![TokenSet::default(); graph.texts.len()],
            longest: graph.texts.iter().map(longest).collect(),
            is_anchor: vec![false; graph.texts.len()],
            queue: BinaryHeap::new(),
        };
        let may_be_anchors = compilations.iter().enumerate().filter(|(_, pair)| pair.is_none());
        for (text, _) in may_be_anchors {
            cover.add_candidates(set, sequels, text);
        }
        for index in 0..cover.candidates.len() {
            cover.enqueue(index);
        }
        cover
    }

    fn add_candidates(&mut self, set: &ArticleSet, sequels: &Sequels, text: usize) {
        let earliest = |article: usize| by_date(set.articles()[article].published().earliest());
        let articles = &self.graph.texts[text].articles;
        let is_copy = |article: usize| set.articles()[article].role() != Role::Wire;
        let wire_first = |&&article: &&usize| (is_copy(article), earliest(article), article);
        let Some(&anchor) = articles.iter().min_by_key(wire_first) else {
            return;
        };
        for region in region::cut(self.graph, sequels, text, self.config) {
            for end in &region.ends {
                self.candidate_of[end.edge][end.side] = Some(self.candidates.len());
            }
            let twins = if self.candidates.last().is_some_and(|last| last.text == text) {
                0 // of the regions of a text with twins the first is the whole text
            } else {
                articles.len() - 1
            };
            let others: usize = region.ends.iter().map(|end| self.graph.weight(end.other)).sum();
            let well =
                region.ends.iter().filter(|end| self.is_well_verified(end.edge, 1 - end.side));
            let well: usize = well.map(|end| self.graph.weight(end.other)).sum();
            let priority = Priority {
                verifies_well: twins + well,
                verifies: twins + others,
                earliest: Reverse(earliest(anchor)),
                tokens: self.graph.texts[text].tokens,
                anchor: Reverse(anchor),
                candidate: Reverse(self.candidates.len()),
            };
            // An item of the feed stands back for no other.
            let is_wire = |end: &&EdgeEnd| self.graph.texts[end.other].wire;
            let wires = match self.graph.texts[text].wire {
                true => Vec::new(),
                false => region.ends.iter().filter(is_wire).copied().collect(),
            };
            self.candidates.push(Candidate { text, region, wires, priority });
        }
    }

    /// Whether an edge holds most of what the text at one end of it shares with anyone.
    fn is_well_verified(&self, edge: usize, side: usize) -> bool {
        let edge = &self.graph.edges[edge];
        self.config.is_most(edge.spans[side].len(), self.longest[edge.ends[side]])
    }

    fn enqueue(&mut self, index: usize) {
        let priority = self.candidates[index].priority;
        if priority.verifies > 0 {
            self.queue.push(priority);
        }
    }

    fn may_anchor(&self, index: usize) -> bool {
        let candidate = &self.candidates[index];
        let region = &candidate.region.tokens;
        let covered = region.common(&self.covered[candidate.text]);
        !self.is_anchor[candidate.text] && !self.config.is_most(covered, region.len())
    }

    /// The best candidate from the agency's own feed that can stand for another: each is uncovered on the edge between
    /// them, and it verifies most of what the other does, also of what the other verifies well.
    ///
    /// Most and not all, because what a publisher added and another took from there is no part of what the agency sent. Most
    /// and not some, because an urgent does not verify the long versions that repeat it on most of what they share.
    fn wire_instead_of(&self, index: usize) -> Option<usize> {
        let other = self.candidates[index].priority;
        let is_most = |part: usize, whole: usize| whole == 0 || self.config.is_most(part, whole);
        let open = |end: &&EdgeEnd| self.open[end.edge] == [true, true];
        let ends = self.candidates[index].wires.iter().filter(open);
        let wires = ends.filter_map(|end| self.candidate_of[end.edge][1 - end.side]);
        wires
            .filter(|&wire| {
                let mine = self.candidates[wire].priority;
                self.may_anchor(wire)
                    && is_most(mine.verifies, other.verifies)
                    && is_most(mine.verifies_well, other.verifies_well)
            })
            .max_by_key(|&wire| self.candidates[wire].priority)
    }

    fn take(&mut self, index: usize) -> Group {
        let text = self.candidates[index].text;
        let Reverse(anchor) = self.candidates[index].priority.anchor;
        let open = |end: &&EdgeEnd| self.open[end.edge][1 - end.side];
        let mut ends: Vec<EdgeEnd> =
            self.candidates[index].region.ends.iter().filter(open).copied().collect();
        self.refuse_apart(text, &mut ends);
        let shared = ends.iter().flat_map(|end| self.graph.spans(*end).ranges().iter().cloned());
        let tokens = match self.graph.weight(text) {
            1 => TokenSet::from_ranges(shared),
            _ => TokenSet::whole(self.graph.texts[text].tokens),
        };
        let mut members = vec![Part { text, tokens, edge: None, decided: false }];
        members.extend(ends.iter().map(|&end| Part {
            text: end.other,
            tokens: self.graph.spans_of_other(end).clone(),
            edge: Some(end.edge),
            decided: false,
        }));
        members.sort_unstable_by_key(|part| part.text);
        self.is_anchor[text] = true;
        for part in &members {
            self.covered[part.text].insert(&part.tokens);
            self.close_edges(part.text);
        }
        Group { anchor, text, members }
    }

    /// Leaves out whom a decision keeps apart from the anchor or from one who shares more with it.
    fn refuse_apart(&self, anchor: usize, ends: &mut Vec<EdgeEnd>) {
        let mut classes: Vec<usize> = self.graph.texts[anchor].class.into_iter().collect();
        ends.retain(|end| {
            let class = self.graph.texts[end.other].class;
            let apart = classes.iter().any(|&known| self.constraints.are_apart(Some(known), class));
            if !apart {
                classes.extend(class);
            }
            !apart
        });
    }

    /// Closes the edges of a text whose spans in it are covered by now, at the cost of those who counted on it.
    fn close_edges(&mut self, text: usize) {
        let graph = self.graph;
        for &end in &graph.texts[text].edges {
            let spans = graph.spans(end);
            let is_open = &mut self.open[end.edge][end.side];
            if *is_open && self.config.is_most(spans.common(&self.covered[text]), spans.len()) {
                *is_open = false;
                if let Some(candidate) = self.candidate_of[end.edge][1 - end.side] {
                    let well = self.is_well_verified(end.edge, end.side);
                    let priority = &mut self.candidates[candidate].priority;
                    priority.verifies -= graph.weight(text);
                    priority.verifies_well -= if well { graph.weight(text) } else { 0 };
                    self.enqueue(candidate);
                }
            }
        }
    }
}

/// Known dates first, the earlier first.
pub(crate) fn by_date(earliest: Option<Timestamp>) -> (bool, Option<Timestamp>) {
    (earliest.is_none(), earliest)
}
