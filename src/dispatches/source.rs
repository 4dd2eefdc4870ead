//! Whether the source that all copies were made from can be in the collection.

use super::config::DispatchConfig;
use super::cover::Group;
use super::dispatch::Version;
use super::graph::Graph;
use super::version::inner_edges;
use crate::article_set::ArticleSet;
use crate::links::Link;
use ahash::{AHashMap, AHashSet};

/// Whether some version's shared text is held by none of its members.
///
/// The shared text of a version are the verbatim runs that its copy links join inside it. The member that holds most of
/// their shingles (ties: the smaller) is the best there is; when it lacks at least half of the shingles of a run of
/// `min_missing_run` tokens or more, two others have that run from somewhere else. Versions are looked at one by one:
/// an update drops paragraphs of what it updates, and neither is incomplete for that.
///
/// Cost: O(tokens of the aligned runs + tokens of the members).
pub(crate) fn is_missing(
    set: &ArticleSet,
    links: &[Link],
    graph: &Graph,
    group: &Group,
    (versions, version_of): (&[Version], &[usize]),
    config: &DispatchConfig,
) -> bool {
    let mut runs_of: Vec<Vec<Run>> = versions.iter().map(|_| Vec::new()).collect();
    let mut joined: Vec<Vec<[usize; 2]>> = versions.iter().map(|_| Vec::new()).collect();
    for (rank, part) in group.members.iter().enumerate() {
        for (other, end) in inner_edges(graph, group, part.text) {
            let version = version_of[rank];
            if rank < other && version == version_of[other] {
                let edge = &graph.edges[end.edge];
                joined[version].push(edge.ends);
                runs_of[version]
                    .extend(edge.links.iter().flat_map(|&link| runs(set, &links[link])));
            }
        }
    }
    (0..versions.len()).any(|version| {
        !have_one_in_common(&joined[version])
            && lacks_a_run(set, graph, group, &runs_of[version], config, |rank| {
                version_of[rank] == version
            })
    })
}

/// A verbatim run: an article and the positions of its shingles.
struct Run {
    article: usize,
    shingles: std::ops::Range<usize>,
    tokens: usize,
}

fn runs<'a>(set: &'a ArticleSet, link: &'a Link) -> impl Iterator<Item = Run> + 'a {
    let shingle = set.scheme().shingle_words();
    let known = set.texts()[link.a].shingles().len();
    link.passages.iter().flat_map(|passage| &passage.matches).map(move |run| {
        let (start, tokens) = (run.a as usize, run.tokens as usize);
        let end = (start + (tokens + 1).saturating_sub(shingle)).min(known);
        Run { article: link.a, shingles: start.min(end)..end, tokens }
    })
}

/// A text that is at one end of every edge holds all that the edges share.
fn have_one_in_common(edges: &[[usize; 2]]) -> bool {
    let Some(first) = edges.first() else { return true };
    first.iter().any(|text| edges.iter().all(|ends| ends.contains(text)))
}

fn lacks_a_run(
    set: &ArticleSet,
    graph: &Graph,
    group: &Group,
    runs: &[Run],
    config: &DispatchConfig,
    in_version: impl Fn(usize) -> bool,
) -> bool {
    let shingles = |run: &Run| &set.texts()[run.article].shingles()[run.shingles.clone()];
    // The number is the last member that was counted for the shingle, so that a repeated one counts once.
    let mut shared: AHashMap<u64, usize> = AHashMap::new();
    for run in runs {
        shared.extend(shingles(run).iter().map(|&hash| (hash, usize::MAX)));
    }
    let mut best: Option<(usize, usize)> = None;
    for (rank, part) in group.members.iter().enumerate().filter(|(rank, _)| in_version(*rank)) {
        let mut held = 0;
        for hash in shingles_of(set, graph, part.text) {
            if let Some(last) = shared.get_mut(hash)
                && *last != rank
            {
                *last = rank;
                held += 1;
            }
        }
        if best.is_none_or(|(most, _)| held > most) {
            best = Some((held, part.text));
        }
    }
    let Some((held, fullest)) = best else { return false };
    if held == shared.len() {
        return false;
    }
    let holds: AHashSet<u64> = shingles_of(set, graph, fullest).iter().copied().collect();
    runs.iter().filter(|run| run.tokens >= config.min_missing_run()).any(|run| {
        let lacking = shingles(run).iter().filter(|hash| !holds.contains(hash)).count();
        lacking > 0 && 2 * lacking >= run.shingles.len()
    })
}

fn shingles_of<'a>(set: &'a ArticleSet, graph: &Graph, text: usize) -> &'a [u64] {
    let article = graph.texts[text].articles.first();
    article.map_or(&[], |&article| set.texts()[article].shingles())
}
