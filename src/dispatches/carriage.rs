//! How a member carries the text: how much of it, edited or not, broken off, or a twin of another.

use super::aligned::Alignments;
use super::cover::{Group, Part, by_date};
use super::dispatch::Membership;
use super::graph::Graph;
use crate::article::Role;
use crate::article_set::ArticleSet;
use ahash::AHashMap;
use std::cmp::Reverse;

/// What is said of a member text beside its spans.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Carriage {
    pub(crate) carries: f64,
    pub(crate) edited_words: Option<usize>,
    pub(crate) truncated: Option<f64>,
}

impl Carriage {
    /// `shown_by` is the text that stands for the version of the member.
    ///
    /// O(edges of the text, and the ranges and runs of those that are looked at).
    pub(crate) fn of(
        alignments: Alignments<'_>,
        group: &Group,
        part: &Part,
        shown_by: usize,
    ) -> Carriage {
        let graph = alignments.graph;
        let direct =
            |other: usize| part.text == other || graph.edge_between(part.text, other).is_some();
        let compared = if direct(shown_by) { shown_by } else { group.text };
        let edited = alignments.of(group, [part.text, compared]);
        Carriage {
            carries: carried_share(graph, group, part),
            edited_words: edited.map(|[mine, _]| part.tokens.len() - part.tokens.common(&mine)),
            truncated: shown_share(graph, group, part),
        }
    }
}

/// Share of the anchor's text that stands in the member.
fn carried_share(graph: &Graph, group: &Group, part: &Part) -> f64 {
    if part.text == group.text {
        return 1.0;
    }
    let (Some(end), Some(anchor)) =
        (graph.edge_between(group.text, part.text), group.part(group.text))
    else {
        return 0.0;
    };
    share(graph.spans(end).common(&anchor.tokens), anchor.tokens.len())
}

/// Of a member that breaks off the share of the longest member it breaks off from that it shows.
fn shown_share(graph: &Graph, group: &Group, part: &Part) -> Option<f64> {
    let shorter = |other: usize| graph.texts[part.text].tokens < graph.texts[other].tokens;
    let ends = graph.texts[part.text].edges.iter();
    let broken = ends.filter(|end| graph.edges[end.edge].is_truncated && shorter(end.other));
    let wholes = broken.filter_map(|&end| Some((end, group.part(end.other)?)));
    let (end, whole) = wholes.max_by_key(|(_, whole)| (whole.tokens.len(), Reverse(whole.text)))?;
    Some(share(graph.spans_of_other(end).common(&whole.tokens), whole.tokens.len()))
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// Marks the members that one publisher has more than once: print and AMP, regional editions.
///
/// Members are taken by earliest possible date, then id. One is a twin of an earlier one of the same family (or
/// outlet, where no family is known) that is no twin itself, if both are identical or a copy link holds nearly all of
/// both. Of several the identical one is named, else the smallest.
///
/// O(members log members + edges of the members).
pub(crate) fn mark_twins(set: &ArticleSet, graph: &Graph, members: &mut [Membership]) {
    let mut order: Vec<usize> = (0..members.len()).collect();
    let date = |at: usize| by_date(set.articles()[members[at].article].published().earliest());
    order.sort_by_key(|&at| (date(at), members[at].article));
    // The first of each publisher with each text.
    let mut firsts: AHashMap<((bool, &str), usize), usize> = AHashMap::new();
    for at in order {
        let article = members[at].article;
        let known = &set.articles()[article];
        // The feed sends a text; it has no editions.
        let Some(publisher) = known.publisher().filter(|_| known.role() != Role::Wire) else {
            continue;
        };
        let text = graph.text_of[article];
        let identical = firsts.get(&(publisher, text)).copied();
        let alike = || {
            let ends = graph.texts[text].edges.iter();
            let near = ends.filter(|end| graph.edges[end.edge].is_near_identity);
            near.filter_map(|end| firsts.get(&(publisher, end.other))).copied().min()
        };
        members[at].twin_of = identical.or_else(alike);
        if members[at].twin_of.is_none() {
            firsts.insert((publisher, text), article);
        }
    }
}
