//! Links → dispatches: the stages in their order.

use super::aligned::Alignments;
use super::body_spans::body_spans;
use super::carriage::{self, Carriage};
use super::config::DispatchConfig;
use super::constraints::Constraints;
use super::cover::{self, Group, Part};
use super::dispatch::{Compilation, Dispatch, Dispatches, Membership, Origins, Version};
use super::edits::Editions;
use super::graph::{Graph, Place};
use super::scope::Scopes;
use super::sequel::Sequels;
use super::source::Sources;
use super::{compilation, cut, seen, version};
use crate::article_set::ArticleSet;
use crate::decisions::Decisions;
use crate::error::Result;
use crate::links::{Link, Links};
use ahash::AHashMap;

/// The dispatches of an article set, from its links. See the [module](super) for what they are.
///
/// The result depends on the articles, the links and the configuration, not on the order of the links (except that cut
/// edges and memberships name links by their index). Links that name articles or tokens the set does not have are
/// reported as cut edges.
///
/// Cost: linear in the tokens and in the passages of the copy and update links, with a logarithmic factor for the
/// queue of anchors; a text in many dispatches counts its links once for each.
///
/// ```
/// use wirecopy::dispatches::{self, DispatchConfig};
/// use wirecopy::links::{Attributes, Explanation, Link, LinkKind, Links, Match, Passage, PassageSide};
/// use wirecopy::{Article, ArticleSet, Span, text::TextScheme};
/// let text = "Le pont de Sourlac a rouvert mardi matin.";
/// let articles = [Article::new("gazette", text)?, Article::new("matin", text)?];
/// let set = ArticleSet::new(&articles, TextScheme::default())?;
///
/// let all = 0..8;
/// let side = PassageSide { tokens: all, span: set.texts()[0].span(0..8).unwrap_or_default() };
/// let passage = Passage {
///     a: side.clone(),
///     b: side,
///     matches: vec![Match { a: 0, b: 0, tokens: 8 }],
///     evidence: 8.0,
/// };
/// let link = Link {
///     a: 0,
///     b: 1,
///     kind: LinkKind::Copy,
///     attributes: Attributes::default(),
///     passages: vec![passage],
///     explanation: Explanation::default(),
/// };
/// let links = Links { links: vec![link], ..Links::default() };
///
/// let found = dispatches::form(&set, &links, &DispatchConfig::default());
/// assert_eq!(found.dispatches.len(), 1);
/// assert_eq!(found.dispatches[0].anchor, 0);
/// assert_eq!(found.of(1).map(|(_, member)| member.coverage).collect::<Vec<_>>(), [1.0]);
/// # Ok::<(), wirecopy::Error>(())
/// ```
pub fn form(set: &ArticleSet, links: &Links, config: &DispatchConfig) -> Dispatches {
    form_under(set, links, config, Constraints::default())
}

/// The dispatches of an article set under decisions, which outrank what the links say.
///
/// Articles that must be together share a dispatch: one that was found takes the others in, marked as
/// [`decided`](Membership::decided), or they make one. They may be in further dispatches with others. Articles that
/// cannot be together share none: of two that an anchor verifies, the one that shares more with it stays (ties: the smaller), and
/// the link of the other is cut with [`CutReason::CannotLink`](super::CutReason::CannotLink). Without decisions the
/// answer is that of [`form`].
///
/// # Errors
/// As [`Decisions::check`]. An id that the set does not have is no error: see [`Dispatches::unknown_ids`].
///
/// ```
/// use wirecopy::dispatches::{self, DispatchConfig};
/// use wirecopy::links::Links;
/// use wirecopy::{Article, ArticleSet, Decisions};
/// let articles = [
///     Article::new("breve", "Vireuil : le bac reprend.")?,
///     Article::new("depeche", "Le bac de Vireuil reprend lundi son service entre les deux rives.")?,
/// ];
/// let set = ArticleSet::new(&articles, Default::default())?;
/// let decisions = Decisions::new().must_link("breve", "depeche").must_link("depeche", "lost");
/// let found = dispatches::form_with(&set, &Links::default(), &DispatchConfig::new(), &decisions)?;
/// assert_eq!(found.dispatches[0].anchor, 1);
/// assert!(found.dispatches[0].members[0].decided);
/// assert_eq!(found.unknown_ids, ["lost"]);
/// # Ok::<(), wirecopy::Error>(())
/// ```
pub fn form_with(
    set: &ArticleSet,
    links: &Links,
    config: &DispatchConfig,
    decisions: &Decisions,
) -> Result<Dispatches> {
    decisions.check()?;
    Ok(form_under(set, links, config, Constraints::new(set, decisions)))
}

fn form_under(
    set: &ArticleSet,
    links: &Links,
    config: &DispatchConfig,
    constraints: Constraints,
) -> Dispatches {
    let links = links.links.as_slice();
    let graph = Graph::new(set, links, &constraints);
    let sequels = Sequels::find(set, &graph, config);
    let unrelated = compilation::find(&graph, &sequels, config);
    let mut groups = cover::choose(set, &graph, &sequels, &unrelated, &constraints, config);
    constraints.join(set, &graph, &mut groups, &unrelated);
    let groups_of = groups_of_texts(&graph, &groups);
    let compilation_evidence = name_compilations(&graph, &unrelated);
    let mut dispatches = Dispatches {
        dispatches: Vec::with_capacity(groups.len()),
        primary: vec![None; set.len()],
        memberships: vec![Vec::new(); set.len()],
        compilations: compilation_evidence.iter().map(|found| found.article).collect(),
        compilation_evidence,
        cut_edges: cut::cut_edges(&graph, links, &groups, &groups_of, &constraints),
        unknown_ids: constraints.into_unknown(),
    };
    let twins = twin_links(&graph, links);
    let scopes = Scopes::new(&graph, &groups, &groups_of, &unrelated);
    let sources = Sources::new(set, links, &graph, &groups_of, scopes, config);
    for (index, group) in groups.iter().enumerate() {
        let (mut versions, version_of) = version::versions(set, &graph, group);
        let is_missing = sources.is_missing(index, group, &version_of);
        let alignments = Alignments { graph: &graph, runs: sources.runs() };
        let editions = Editions { set, links, alignments, scopes: sources.scopes(), config };
        let shown_by = editions.shown_by(group, &versions, &version_of);
        editions.describe(index, group, &mut versions, &version_of, &shown_by);
        let shown_by = version_of.iter().map(|&version| group.members[shown_by[version]].text);
        let carriages: Vec<Carriage> = group
            .members
            .iter()
            .zip(shown_by)
            .map(|(part, shown_by)| Carriage::of(alignments, group, part, shown_by))
            .collect();
        let placed = (versions, version_of, carriages);
        let described = describe(set, links, &graph, group, &twins, placed);
        dispatches.dispatches.push(Dispatch { common_source_missing: is_missing, ..described });
    }
    mark_primary(&mut dispatches);
    dispatches
}

fn name_compilations(graph: &Graph, unrelated: &[Option<[usize; 2]>]) -> Vec<Compilation> {
    let smallest = |text: usize| graph.texts[text].articles.first().copied().unwrap_or_default();
    let mut named = Vec::new();
    for (text, pair) in graph.texts.iter().zip(unrelated) {
        let Some(pair) = pair else { continue };
        let mut unrelated = pair.map(smallest);
        unrelated.sort_unstable();
        named.extend(text.articles.iter().map(|&article| Compilation { article, unrelated }));
    }
    named.sort_unstable_by_key(|found| found.article);
    named
}

fn groups_of_texts(graph: &Graph, groups: &[Group]) -> Vec<Vec<usize>> {
    let mut groups_of = vec![Vec::new(); graph.texts.len()];
    for (index, group) in groups.iter().enumerate() {
        for part in &group.members {
            groups_of[part.text].push(index);
        }
    }
    groups_of
}

/// The links of identical articles by their pair.
fn twin_links(graph: &Graph, links: &[Link]) -> AHashMap<[usize; 2], usize> {
    let mut twins = AHashMap::new();
    for &(index, place) in &graph.places {
        if let Place::Twins(_) = place {
            let (a, b) = (links[index].a, links[index].b);
            twins.entry([a.min(b), a.max(b)]).or_insert(index);
        }
    }
    twins
}

fn describe(
    set: &ArticleSet,
    links: &[Link],
    graph: &Graph,
    group: &Group,
    twins: &AHashMap<[usize; 2], usize>,
    (versions, version_of, carriages): (Vec<Version>, Vec<usize>, Vec<Carriage>),
) -> Dispatch {
    let mut members = Vec::new();
    let parts = group.members.iter().zip(&version_of).zip(&carriages);
    for ((part, &version), carriage) in parts {
        let verifying = verifying_links(links, graph, group, part);
        let coverage = part.tokens.len() as f64 / graph.texts[part.text].tokens.max(1) as f64;
        for &article in &graph.texts[part.text].articles {
            let twin = [article.min(group.anchor), article.max(group.anchor)];
            members.push(Membership {
                article,
                spans: body_spans(set, article, &part.tokens),
                coverage,
                primary: false,
                decided: part.decided,
                carries: carriage.carries,
                edited_words: carriage.edited_words,
                truncated: carriage.truncated,
                twin_of: None,
                version,
                verified_by: match part.edge {
                    None => twins.get(&twin).copied(),
                    Some(edge) => verifying.get(&article).map(|(_, link)| *link).or(graph.edges
                        [edge]
                        .links
                        .first()
                        .copied()),
                },
            });
        }
    }
    members.sort_unstable_by_key(|member| member.article);
    carriage::mark_twins(set, graph, &mut members);
    let seen = seen::first_seen(set, members.iter().map(|member| member.article));
    Dispatch {
        anchor: group.anchor,
        origins: Origins { min: 1, max: versions.len() },
        members,
        versions,
        earliest_seen: seen.earliest,
        undated: seen.undated,
        source: seen.wires.binary_search(&group.anchor).is_ok().then_some(group.anchor),
        wires: seen.wires,
        common_source_missing: false,
    }
}

/// For each article of a part the first of its links to the anchor's text, one to the anchor itself before others.
fn verifying_links(
    links: &[Link],
    graph: &Graph,
    group: &Group,
    part: &Part,
) -> AHashMap<usize, (bool, usize)> {
    let mut verifying: AHashMap<usize, (bool, usize)> = AHashMap::new();
    for &index in part.edge.map_or(&[][..], |edge| &graph.edges[edge].links) {
        let link = &links[index];
        let member_is_a = graph.text_of[link.a] == part.text;
        let (member, other) = if member_is_a { (link.a, link.b) } else { (link.b, link.a) };
        let is_detour = other != group.anchor;
        let best = verifying.entry(member).or_insert((is_detour, index));
        if best.0 && !is_detour {
            *best = (false, index);
        }
    }
    verifying
}

/// Fills in who belongs where and which of its dispatches is each article's primary.
fn mark_primary(dispatches: &mut Dispatches) {
    let mut best: Vec<f64> = vec![0.0; dispatches.primary.len()];
    for (index, dispatch) in dispatches.dispatches.iter().enumerate() {
        for member in &dispatch.members {
            dispatches.memberships[member.article].push(index);
            let primary = &mut dispatches.primary[member.article];
            if primary.is_none() || member.coverage > best[member.article] {
                (*primary, best[member.article]) = (Some(index), member.coverage);
            }
        }
    }
    for (index, dispatch) in dispatches.dispatches.iter_mut().enumerate() {
        for member in &mut dispatch.members {
            member.primary = dispatches.primary[member.article] == Some(index);
        }
    }
}
