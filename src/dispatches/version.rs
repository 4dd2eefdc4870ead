//! Versions: members that are copies of each other, in the order in which they may have appeared.

use super::cover::{Group, by_date};
use super::dispatch::Version;
use super::graph::{EdgeEnd, Graph};
use crate::article::Role;
use crate::article_set::ArticleSet;
use crate::timestamp::Timestamp;

/// The edges of a member text that lie inside the dispatch: both ends are members, and both overlap their spans in it.
pub(crate) fn inner_edges<'a>(
    graph: &'a Graph,
    group: &'a Group,
    text: usize,
) -> impl Iterator<Item = (usize, EdgeEnd)> + 'a {
    let mine = group.part(text);
    let ends = mine.map_or(&[][..], |_| graph.texts[text].edges.as_slice());
    ends.iter().filter_map(move |&end| {
        let rank = group.members.binary_search_by_key(&end.other, |part| part.text).ok()?;
        let inside = graph.spans(end).common(&mine?.tokens) > 0
            && graph.spans_of_other(end).common(&group.members[rank].tokens) > 0;
        inside.then_some((rank, end))
    })
}

/// The versions of a dispatch, and for each of its member texts the version it belongs to.
///
/// Members are placed by earliest possible publication (unknown last, ties by smallest article), the agency's own items
/// before all others, because copies follow them whatever their dates. Each joins the first
/// version that holds a copy of it and no update of it; if there is none it opens one. So no version holds an article
/// and its update, and two members that nothing but their updates relate are not taken for copies. Texts of identical
/// articles are placed as one.
///
/// Cost: O(edges inside + members log members).
pub(crate) fn versions(
    set: &ArticleSet,
    graph: &Graph,
    group: &Group,
) -> (Vec<Version>, Vec<usize>) {
    let earliest: Vec<Option<Timestamp>> = group
        .members
        .iter()
        .map(|part| earliest_of(set, &graph.texts[part.text].articles))
        .collect();
    let mut order: Vec<usize> = (0..group.members.len()).collect();
    let place = |rank: usize| {
        let text = group.members[rank].text;
        (!graph.texts[text].wire, by_date(earliest[rank]), text)
    };
    order.sort_by_key(|&rank| place(rank));
    let mut placed: Vec<Option<usize>> = vec![None; group.members.len()];
    let mut versions: Vec<Version> = Vec::new();
    for rank in order {
        let text = group.members[rank].text;
        let (mut copies, mut updates) = (Vec::new(), Vec::new());
        for (other, end) in inner_edges(graph, group, text) {
            let is_update = graph.edges[end.edge].is_update;
            let list = if is_update { &mut updates } else { &mut copies };
            list.extend(placed[other]);
        }
        updates.sort_unstable();
        let joined = copies.into_iter().filter(|v| updates.binary_search(v).is_err()).min();
        let version = joined.unwrap_or(versions.len());
        if joined.is_none() {
            versions.push(Version::default());
        }
        let members = &mut versions[version];
        members.articles.extend(&graph.texts[text].articles);
        members.earliest = [members.earliest, earliest[rank]].into_iter().flatten().min();
        placed[rank] = Some(version);
    }
    name_sources(set, &mut versions);
    in_order(versions, &placed)
}

fn in_order(mut versions: Vec<Version>, placed: &[Option<usize>]) -> (Vec<Version>, Vec<usize>) {
    for version in &mut versions {
        version.articles.sort_unstable();
    }
    let mut order: Vec<usize> = (0..versions.len()).collect();
    order.sort_by_key(|&v| (by_date(versions[v].earliest), versions[v].articles.first().copied()));
    let mut rank_of = vec![0; versions.len()];
    for (rank, &version) in order.iter().enumerate() {
        rank_of[version] = rank;
    }
    let of_member = placed.iter().map(|version| version.map_or(0, |v| rank_of[v])).collect();
    let sorted = order.into_iter().map(|v| std::mem::take(&mut versions[v])).collect();
    (sorted, of_member)
}

fn name_sources(set: &ArticleSet, versions: &mut [Version]) {
    let article = |index: usize| &set.articles()[index];
    for version in versions {
        let wires = version.articles.iter().filter(|&&index| article(index).role() == Role::Wire);
        let date = |index: usize| by_date(article(index).published().earliest());
        version.source = wires.copied().min_by_key(|&index| (date(index), index));
        let Some(source) = version.source else { continue };
        let sent = article(source).published();
        let ahead = |index: &usize| article(*index).published().surely_before(sent);
        version.ahead_of_source = version.articles.iter().copied().filter(ahead).collect();
        version.ahead_of_source.sort_unstable();
    }
}

fn earliest_of(set: &ArticleSet, articles: &[usize]) -> Option<Timestamp> {
    articles.iter().filter_map(|&article| set.articles()[article].published().earliest()).min()
}
