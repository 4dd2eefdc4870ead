//! What changed from version to version, and in which order they surely came.

use super::aligned::Alignments;
use super::body_spans::body_spans;
use super::config::DispatchConfig;
use super::cover::{Group, Part};
use super::dispatch::{SeenInterval, Version, VersionChange, VersionOrder, Withdrawal};
use super::scope::Scopes;
use super::token_set::TokenSet;
use super::version::inner_edges;
use crate::article_set::ArticleSet;
use crate::links::{Conflict, Link};
use std::cmp::Reverse;

/// Fewest words that an edit must have added to show that a later version carries it on.
const MIN_CARRIED: usize = 5;

/// What describing the versions of a dispatch needs.
pub(crate) struct Editions<'a> {
    pub(crate) set: &'a ArticleSet,
    pub(crate) links: &'a [Link],
    pub(crate) alignments: Alignments<'a>,
    pub(crate) scopes: &'a Scopes,
    pub(crate) config: &'a DispatchConfig,
}

impl Editions<'_> {
    /// For each version the rank of the member that shows it: its source, else the anchor, else whoever has most of the
    /// dispatch (ties: the smaller text). O(members).
    pub(crate) fn shown_by(
        &self,
        group: &Group,
        versions: &[Version],
        version_of: &[usize],
    ) -> Vec<usize> {
        let text_of = &self.alignments.graph.text_of;
        let mut shown_by: Vec<Option<usize>> = vec![None; versions.len()];
        let rank = |at: usize, version: usize| {
            let part = &group.members[at];
            let is_source =
                versions[version].source.is_some_and(|source| text_of[source] == part.text);
            (is_source, part.text == group.text, part.tokens.len(), Reverse(part.text))
        };
        for (at, &version) in version_of.iter().enumerate() {
            let best = &mut shown_by[version];
            if best.is_none_or(|best| rank(at, version) > rank(best, version)) {
                *best = Some(at);
            }
        }
        shown_by.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// Fills in what is said of each version beside its members.
    ///
    /// O(members, edges inside that say so, and for each version the tokens of three members).
    pub(crate) fn describe(
        &self,
        index: usize,
        group: &Group,
        versions: &mut [Version],
        version_of: &[usize],
        shown_by: &[usize],
    ) {
        for (version, &at) in versions.iter_mut().zip(shown_by) {
            let part = &group.members[at];
            version.first_seen = SeenInterval::of(self.set, version.articles.iter().copied());
            version.shown_by = match version.source {
                Some(source) if self.alignments.graph.text_of[source] == part.text => source,
                _ if part.text == group.text => group.anchor,
                _ => self.smallest(part.text),
            };
            version.tokens = self.scopes.of(index, part).len();
        }
        self.withdrawals(group, versions, version_of);
        for later in 1..versions.len() {
            versions[later].change = Some(self.change(index, group, versions, shown_by, later));
        }
    }

    fn smallest(&self, text: usize) -> usize {
        self.alignments.graph.texts[text].articles.first().copied().unwrap_or_default()
    }

    fn withdrawals(&self, group: &Group, versions: &mut [Version], version_of: &[usize]) {
        let graph = self.alignments.graph;
        for (rank, part) in group.members.iter().enumerate() {
            let says_so = |end: &super::graph::EdgeEnd| graph.edges[end.edge].withdraws;
            if !graph.texts[part.text].edges.iter().any(says_so) {
                continue;
            }
            for (other, end) in inner_edges(graph, group, part.text) {
                let links = graph.edges[end.edge].links.iter().map(|&link| &self.links[link]);
                for link in links.filter(|_| version_of[rank] != version_of[other]) {
                    let Some((in_a, span)) = link.attributes.withdraws else { continue };
                    let article = if in_a { link.a } else { link.b };
                    if graph.text_of[article] == part.text {
                        let withdrawal = Withdrawal { version: version_of[other], article, span };
                        versions[version_of[rank]].withdraws.push(withdrawal);
                    }
                }
            }
        }
        for version in versions {
            version.withdraws.sort_unstable_by_key(|it| (it.version, it.article, it.span));
            version.withdraws.dedup();
        }
    }

    /// What changed from the version before, and whether it surely came before.
    fn change(
        &self,
        index: usize,
        group: &Group,
        versions: &[Version],
        shown_by: &[usize],
        later: usize,
    ) -> VersionChange {
        let parts = [later - 1, later].map(|version| &group.members[shown_by[version]]);
        let articles = [later - 1, later].map(|version| versions[version].shown_by);
        let Some(common) = self.alignments.of(group, parts.map(|part| part.text)) else {
            return VersionChange {
                order: self.order(versions, later),
                ..VersionChange::default()
            };
        };
        let [removed, added] =
            [0, 1].map(|at: usize| self.scopes.of(index, parts[at]).minus(&common[at]));
        let mut order = self.order(versions, later);
        let before = versions[later - 1].change.as_ref();
        if order == VersionOrder::Unknown
            && before.is_some_and(|change| change.order != VersionOrder::Unknown)
            && self.carries_on(
                index,
                group,
                [later - 2, later - 1, later].map(|v| &group.members[shown_by[v]]),
            )
        {
            order = VersionOrder::EditsCarriedOn;
        }
        VersionChange {
            order,
            added: body_spans(self.set, articles[1], &added),
            removed: body_spans(self.set, articles[0], &removed),
            conflicts: self.conflicts(articles),
        }
    }

    fn order(&self, versions: &[Version], later: usize) -> VersionOrder {
        let withdraws = |a: usize, b: usize| versions[a].withdraws.iter().any(|it| it.version == b);
        if withdraws(later, later - 1) {
            return VersionOrder::Withdrawal;
        }
        // The agency sent a version before anybody copied it, so the feed's date stands where it has one.
        let sent =
            versions[later].source.and_then(|at| self.set.articles()[at].published().earliest());
        let start = sent.or(versions[later].first_seen.earliest);
        match (versions[later - 1].first_seen.latest, start) {
            (Some(seen), Some(start)) if seen < start && !withdraws(later - 1, later) => {
                VersionOrder::Dates
            }
            _ => VersionOrder::Unknown,
        }
    }

    /// Whether the last of three versions has most of what the second added to the first, and more that the second lacks:
    /// then the second stands between the two, and as it came after the first, the last came after it.
    fn carries_on(&self, index: usize, group: &Group, [first, second, last]: [&Part; 3]) -> bool {
        let common = |x: &Part, y: &Part| self.alignments.of(group, [x.text, y.text]);
        let (Some(with_second), Some(with_last), Some(both)) =
            (common(second, first), common(last, first), common(second, last))
        else {
            return false;
        };
        let added = |part: &Part, known: &TokenSet| self.scopes.of(index, part).minus(known);
        let (by_second, by_last) = (added(second, &with_second[0]), added(last, &with_last[0]));
        by_second.len() >= MIN_CARRIED
            && self.config.is_most(by_second.common(&both[0]), by_second.len())
            && !self.config.is_most(by_last.common(&both[1]), by_last.len())
    }

    /// The details that differ, where a link joins the very two articles.
    fn conflicts(&self, [before, after]: [usize; 2]) -> Vec<Conflict> {
        let graph = self.alignments.graph;
        let edge = graph.edge_between(graph.text_of[before], graph.text_of[after]);
        let links = edge.map_or(&[][..], |end| &graph.edges[end.edge].links);
        let ends = [before.min(after), before.max(after)];
        let links = links.iter().map(|&link| &self.links[link]);
        let mut between = links.filter(|link| [link.a.min(link.b), link.a.max(link.b)] == ends);
        let Some(link) = between.next() else { return Vec::new() };
        let conflicts = link.attributes.conflicts.iter().cloned();
        match link.a == before {
            true => conflicts.collect(),
            false => conflicts.map(|it| Conflict { a: it.b, b: it.a }).collect(),
        }
    }
}
