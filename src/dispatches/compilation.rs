//! Compilations: articles that contain two articles unrelated to each other.

use super::config::DispatchConfig;
use super::graph::{EdgeEnd, Graph};
use super::sequel::Sequels;

/// For each text two texts that show it to be a compilation, where it is one.
///
/// A text *contains* those neighbours of which at least `min_contained` stands in it, but no sequels of its own. They are taken by ascending
/// length of their spans in it (ties: smaller first). Two of them are *related* when a copy or update link joins them,
/// or when the longer one's spans hold at least `min_related` of the shorter one's and no link says that what they share
/// is a quotation, background or a series. The text is a compilation when one of them is related to none of the shorter
/// ones.
///
/// Why to the shorter ones: a long version contains the urgent and the lead, and these are related though a third
/// version may only be related to one of them, so relations carry on. But they must not carry on through what is
/// longer: a full copy of a digest overlaps each of its items and relates none.
///
/// In the agency's own feed an item is one text because its sender says so; only other items of the feed make it a
/// compilation, excerpts by publishers do not.
///
/// Cost per text: O(contained × places × passages), where places are the contained texts that stand apart from each
/// other: one or two except in digests, which are found out at the second.
pub(crate) fn find(
    graph: &Graph,
    sequels: &Sequels,
    config: &DispatchConfig,
) -> Vec<Option<[usize; 2]>> {
    (0..graph.texts.len()).map(|text| unrelated_pair(graph, sequels, text, config)).collect()
}

fn unrelated_pair(
    graph: &Graph,
    sequels: &Sequels,
    text: usize,
    config: &DispatchConfig,
) -> Option<[usize; 2]> {
    let contained = contained_shortest_first(graph, sequels, text, config);
    let overlaps = |shorter: EdgeEnd, longer: EdgeEnd| {
        let spans = graph.spans(shorter);
        config.is_related(spans.common(graph.spans(longer)), spans.len())
            && !graph.are_strangers(shorter.other, longer.other)
    };
    // Every contained text that overlaps none of these is compared with all shorter ones and, being related by
    // something else, becomes one of these itself.
    let mut places: Vec<EdgeEnd> = Vec::new();
    for (rank, &longer) in contained.iter().enumerate() {
        if places.iter().any(|&place| overlaps(place, longer)) {
            continue;
        }
        let shorter = &contained[..rank];
        let related = shorter.iter().any(|&shorter| {
            overlaps(shorter, longer) || graph.edge_between(shorter.other, longer.other).is_some()
        });
        if let Some(shortest) = shorter.first()
            && !related
        {
            return Some([shortest.other, longer.other]);
        }
        places.push(longer);
    }
    None
}

fn contained_shortest_first(
    graph: &Graph,
    sequels: &Sequels,
    text: usize,
    config: &DispatchConfig,
) -> Vec<EdgeEnd> {
    let host = &graph.texts[text];
    let mut contained: Vec<(usize, EdgeEnd)> = host
        .edges
        .iter()
        .filter(|end| !host.wire || graph.texts[end.other].wire)
        .filter(|end| !sequels.is(**end))
        .filter(|end| {
            let held = graph.spans_of_other(**end).len();
            config.is_contained(held, graph.texts[end.other].tokens)
        })
        .map(|&end| (graph.spans(end).len(), end))
        .collect();
    contained.sort_unstable_by_key(|(len, end)| (*len, end.other));
    contained.into_iter().map(|(_, end)| end).collect()
}
