//! Regions: the stretches of one text that its neighbours share as one.

use super::config::DispatchConfig;
use super::graph::{EdgeEnd, Graph};
use super::sequel::{self, Sequels};
use super::token_set::TokenSet;
use std::cmp::Reverse;

/// Neighbours of a text that share one stretch of it.
#[derive(Debug, Default)]
pub(crate) struct Region {
    /// The neighbours, by falling length of their spans in the text (ties: smaller first).
    pub(crate) ends: Vec<EdgeEnd>,
    /// The union of their spans in the text.
    pub(crate) tokens: TokenSet,
}

/// Cuts the neighbours of a text into regions, in the order of their longest neighbours.
///
/// A host of half an AFP and half a Reuters text contains neither, yet the two must not meet in a dispatch of the
/// host. So a text anchors one region and not all it shares.
///
/// Neighbours are taken longest first. One joins every region that took at least `min_related` of its spans; failing
/// that, if as much of it is taken at all, the region that took most of it (ties: the first); failing that, the regions
/// that hold a neighbour linked to it. Regions joined by one neighbour become one, numbered as the first of them; if it
/// joins none it opens one. It then takes those of its tokens that are not taken. A text of several identical articles
/// begins as one region, its twins share all of it; so does an item of the agency's feed, its sender says it is one.
///
/// At last each region of nothing but sequels joins the region that holds most of the text's opening, unless a link says
/// that the longest neighbours of both are strangers.
///
/// Cost: O(tokens in its edges), and O(edges) more for each neighbour that stands mostly apart.
pub(crate) fn cut(
    graph: &Graph,
    sequels: &Sequels,
    text: usize,
    config: &DispatchConfig,
) -> Vec<Region> {
    let mut cutter = Cutter::new(graph, text);
    let mut ends = graph.texts[text].edges.clone();
    ends.sort_by_key(|end| (Reverse(graph.spans(*end).len()), end.other));
    for (rank, &end) in ends.iter().enumerate() {
        let spans = graph.spans(end);
        let joined = cutter.regions_by_overlap(spans, config);
        let joined = match joined.is_empty() {
            true => cutter.regions_by_links(graph, end, &ends[..rank]),
            false => joined,
        };
        cutter.place(spans, &joined);
    }
    let mut regions = cutter.finish(graph, &ends);
    join_sequels(graph, sequels, &mut regions);
    regions
}

/// A region of sequels alone is that of the text's opening: both go on with one news.
fn join_sequels(graph: &Graph, sequels: &Sequels, regions: &mut Vec<Region>) {
    let in_opening = |region: &Region| region.tokens.common(&sequel::opening());
    let opening = regions.iter().enumerate().max_by_key(|(at, r)| (in_opening(r), Reverse(*at)));
    let Some((opening, _)) = opening.filter(|(_, region)| in_opening(region) > 0) else { return };
    let is_joined = |at: usize, region: &Region| {
        let strangers = region.ends.first().zip(regions[opening].ends.first());
        at != opening
            && region.ends.iter().all(|end| sequels.is(*end))
            && strangers.is_none_or(|(a, b)| !graph.are_strangers(a.other, b.other))
    };
    let joined: Vec<bool> = (0..).zip(&*regions).map(|(at, r)| is_joined(at, r)).collect();
    let mut kept = std::mem::take(&mut regions[opening]);
    let mut tokens = kept.tokens.ranges().to_vec();
    for (region, _) in regions.iter_mut().zip(&joined).filter(|(_, joined)| **joined) {
        kept.ends.append(&mut region.ends);
        tokens.extend_from_slice(region.tokens.ranges());
    }
    kept.tokens = TokenSet::from_ranges(tokens.into_iter());
    kept.ends.sort_by_key(|end| (Reverse(graph.spans(*end).len()), end.other));
    regions[opening] = kept;
    let mut joined = joined.into_iter();
    regions.retain(|_| !joined.next().unwrap_or_default());
}

const FREE: usize = usize::MAX;

struct Cutter {
    /// For each token the region that took it, before joining; `FREE` for none.
    taken_by: Vec<usize>,
    /// For each region the one it was joined to, itself if to none.
    joined_to: Vec<usize>,
    /// The region of each neighbour placed so far, before joining.
    region_of: Vec<usize>,
    /// Whether the whole text is known to be one.
    is_one: bool,
}

impl Cutter {
    fn new(graph: &Graph, text: usize) -> Cutter {
        let is_one = graph.weight(text) > 1 || graph.texts[text].wire;
        Cutter {
            taken_by: vec![if is_one { 0 } else { FREE }; graph.texts[text].tokens],
            joined_to: if is_one { vec![0] } else { Vec::new() },
            region_of: Vec::new(),
            is_one,
        }
    }

    fn root(&self, mut region: usize) -> usize {
        while self.joined_to[region] != region {
            region = self.joined_to[region];
        }
        region
    }

    fn regions_by_overlap(&self, spans: &TokenSet, config: &DispatchConfig) -> Vec<usize> {
        let mut taken: Vec<(usize, usize)> = Vec::new();
        for range in spans.ranges() {
            for owners in self.taken_by[range.start as usize..range.end as usize]
                .chunk_by(|one, next| one == next)
                .filter(|owners| owners[0] != FREE)
            {
                let region = self.root(owners[0]);
                match taken.iter_mut().find(|(known, _)| *known == region) {
                    Some((_, tokens)) => *tokens += owners.len(),
                    None => taken.push((region, owners.len())),
                }
            }
        }
        let all = spans.len();
        let mut joined: Vec<usize> = taken
            .iter()
            .filter(|(_, tokens)| config.is_related(*tokens, all))
            .map(|(region, _)| *region)
            .collect();
        if joined.is_empty() && config.is_related(taken.iter().map(|(_, tokens)| tokens).sum(), all)
        {
            let most = taken.iter().min_by_key(|(region, tokens)| (Reverse(*tokens), *region));
            joined.extend(most.map(|(region, _)| *region));
        }
        joined
    }

    fn regions_by_links(&self, graph: &Graph, end: EdgeEnd, placed: &[EdgeEnd]) -> Vec<usize> {
        let linked = placed
            .iter()
            .zip(&self.region_of)
            .filter(|(other, _)| graph.edge_between(end.other, other.other).is_some());
        let mut regions: Vec<usize> = linked.map(|(_, region)| self.root(*region)).collect();
        regions.sort_unstable();
        regions.dedup();
        regions
    }

    fn place(&mut self, spans: &TokenSet, joined: &[usize]) {
        let region = joined.iter().copied().min().unwrap_or(self.joined_to.len());
        if joined.is_empty() {
            self.joined_to.push(region);
        }
        for &other in joined {
            self.joined_to[other] = region;
        }
        for position in spans.positions() {
            if self.taken_by[position] == FREE {
                self.taken_by[position] = region;
            }
        }
        self.region_of.push(region);
    }

    fn finish(self, graph: &Graph, ends: &[EdgeEnd]) -> Vec<Region> {
        let mut regions: Vec<Region> = self.joined_to.iter().map(|_| Region::default()).collect();
        for (&end, &region) in ends.iter().zip(&self.region_of) {
            regions[self.root(region)].ends.push(end);
        }
        for (index, region) in regions.iter_mut().enumerate() {
            let shared =
                region.ends.iter().flat_map(|end| graph.spans(*end).ranges().iter().cloned());
            region.tokens = match self.is_one && index == 0 {
                true => TokenSet::whole(self.taken_by.len()),
                false => TokenSet::from_ranges(shared),
            };
        }
        regions.retain(|region| !region.tokens.is_empty());
        regions
    }
}
