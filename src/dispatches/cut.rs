//! Links that were not honoured, with the reason.

use super::constraints::Constraints;
use super::cover::Group;
use super::dispatch::{CutEdge, CutReason};
use super::graph::{Graph, Place};
use crate::links::Link;
use std::cmp::Reverse;

/// Every copy and update link whose ends are together in no dispatch on its spans, by ascending link.
///
/// Together with the links inside dispatches these are all copy and update links: none is lost.
///
/// Cost: O(links × memberships of their ends).
pub(crate) fn cut_edges(
    graph: &Graph,
    links: &[Link],
    groups: &[Group],
    groups_of: &[Vec<usize>],
    constraints: &Constraints,
) -> Vec<CutEdge> {
    let articles =
        |group: &Group| -> usize { group.members.iter().map(|part| graph.weight(part.text)).sum() };
    let sizes: Vec<usize> = groups.iter().map(articles).collect();
    let cutter = Cutter { graph, groups, groups_of, constraints, sizes };
    let cut = |&(link, place): &(usize, Place)| cutter.cut(link, &links[link], place);
    graph.places.iter().filter_map(cut).collect()
}

struct Cutter<'a> {
    graph: &'a Graph,
    groups: &'a [Group],
    groups_of: &'a [Vec<usize>],
    constraints: &'a Constraints,
    sizes: Vec<usize>,
}

impl Cutter<'_> {
    fn cut(&self, index: usize, link: &Link, place: Place) -> Option<CutEdge> {
        let without_dispatch =
            |reason| CutEdge { link: index, dispatch: None, article: link.b, reason };
        match place {
            Place::NoSpans => Some(without_dispatch(CutReason::NoSpans)),
            Place::Apart => Some(without_dispatch(CutReason::CannotLink)),
            Place::Twins(text) if self.groups_of[text].is_empty() => {
                Some(without_dispatch(CutReason::NoAnchor))
            }
            Place::Twins(_) => None,
            Place::Edge(edge) if self.is_inside(edge) => None,
            Place::Edge(edge) => Some(
                self.cut_at(index, link, edge)
                    .unwrap_or_else(|| without_dispatch(CutReason::NoAnchor)),
            ),
        }
    }

    /// Whether a decision keeps a text apart from a member. O(members) for a text that a decision names.
    fn is_refused(&self, group: usize, text: usize) -> bool {
        let class = self.graph.texts[text].class;
        let mut members = self.groups[group].members.iter();
        class.is_some()
            && members
                .any(|part| self.constraints.are_apart(class, self.graph.texts[part.text].class))
    }

    fn is_inside(&self, edge: usize) -> bool {
        let groups = self.groups_here(edge, 0);
        let others: Vec<usize> = self.groups_here(edge, 1).collect();
        groups.into_iter().any(|group| others.binary_search(&group).is_ok())
    }

    /// The dispatches that one end of an edge belongs to on tokens of the edge, ascending.
    fn groups_here(&self, edge: usize, side: usize) -> impl Iterator<Item = usize> {
        let text = self.graph.edges[edge].ends[side];
        let spans = &self.graph.edges[edge].spans[side];
        self.groups_of[text].iter().copied().filter(move |&group| {
            self.groups[group].part(text).is_some_and(|part| part.tokens.common(spans) > 0)
        })
    }

    fn cut_at(&self, index: usize, link: &Link, edge: usize) -> Option<CutEdge> {
        let ends = self.graph.edges[edge].ends;
        let largest_first =
            |&(group, side): &(usize, usize)| (Reverse(self.sizes[group]), group, side);
        let (dispatch, side) = (0..2)
            .flat_map(|side| self.groups_here(edge, side).map(move |group| (group, side)))
            .min_by_key(largest_first)?;
        let refused = ends[1 - side];
        let article = if self.graph.text_of[link.a] == refused { link.a } else { link.b };
        let anchor = self.groups[dispatch].text;
        let shares_text_with_anchor =
            anchor == refused || self.graph.edge_between(anchor, refused).is_some();
        let reason = if self.is_refused(dispatch, refused) {
            CutReason::CannotLink
        } else if shares_text_with_anchor {
            CutReason::OtherText
        } else {
            CutReason::NotVerified
        };
        Some(CutEdge { link: index, dispatch: Some(dispatch), article, reason })
    }
}
