//! What the rest of the stage works on: texts, joined where copy and update links join their articles.

use super::constraints::Constraints;
use super::token_set::TokenSet;
use crate::article::Role;
use crate::article_set::ArticleSet;
use crate::disjoint_sets::DisjointSets;
use crate::links::{Link, LinkKind, Passage, PassageSide};
use crate::text::TokenisedText;
use crate::timestamp::Timestamp;
use ahash::AHashSet;

/// Share of each of two texts that stands in the other for them to be editions of one article: a regional edition changes
/// a sentence, a print copy drops a byline. Reasoned, not fitted.
const NEAR_IDENTITY: f64 = 0.9;

/// Articles of identical tokens that copy links join, taken as one.
///
/// Many identical articles come with links to the smallest of them alone, so most of their pairs have none. Equality is
/// transitive, similarity is not: this is the one place where a chain of links joins articles, and each is compared
/// token by token.
#[derive(Debug)]
pub(crate) struct Text {
    /// Its articles, ascending.
    pub(crate) articles: Vec<usize>,
    /// Body tokens of each.
    pub(crate) tokens: usize,
    /// Whether one of them is from the agency's own feed.
    pub(crate) wire: bool,
    /// The class of its one article, where a decision names it.
    pub(crate) class: Option<usize>,
    /// When one of them was surely out; `None` when no date says so.
    pub(crate) seen_by: Option<Timestamp>,
    /// Before which none of them was out; `None` when one may always have been.
    pub(crate) not_before: Option<Timestamp>,
    /// Its edges, by ascending text at the other end.
    pub(crate) edges: Vec<EdgeEnd>,
}

/// An edge as seen from one of its two texts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EdgeEnd {
    /// Index of the edge.
    pub(crate) edge: usize,
    /// Which of the edge's two ends this text is.
    pub(crate) side: usize,
    /// The text at the other end.
    pub(crate) other: usize,
}

/// All copy and update links between two texts.
#[derive(Debug)]
pub(crate) struct Edge {
    /// The two texts, ascending.
    pub(crate) ends: [usize; 2],
    /// The tokens of each that stand in passages: the union over the links.
    pub(crate) spans: [TokenSet; 2],
    /// Whether one of the links says update.
    pub(crate) is_update: bool,
    /// Whether one of the links says that the shorter text breaks off.
    pub(crate) is_truncated: bool,
    /// Whether one of the links says that one text withdraws the other.
    pub(crate) withdraws: bool,
    /// Whether nearly all of both texts stands in a copy link.
    pub(crate) is_near_identity: bool,
    /// The links, by ascending pair of articles.
    pub(crate) links: Vec<usize>,
}

/// What became of a copy or update link.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    /// It joins two articles of one text.
    Twins(usize),
    /// It is part of an edge.
    Edge(usize),
    /// It names no tokens of two articles.
    NoSpans,
    /// Its two articles cannot be together, by decision.
    Apart,
}

/// Texts and edges.
#[derive(Debug)]
pub(crate) struct Graph {
    /// The texts, by ascending smallest article.
    pub(crate) texts: Vec<Text>,
    /// The edges, by ascending ends.
    pub(crate) edges: Vec<Edge>,
    /// The text of each article.
    pub(crate) text_of: Vec<usize>,
    /// Pairs of texts, ascending, whose shared words a link explains as a quotation, background or a series.
    pub(crate) strangers: AHashSet<[usize; 2]>,
    /// For each copy or update link its index and place, by ascending link.
    pub(crate) places: Vec<(usize, Place)>,
}

impl Graph {
    /// O(tokens + links log links).
    pub(crate) fn new(set: &ArticleSet, links: &[Link], constraints: &Constraints) -> Graph {
        let text_of = texts_of_articles(set, links, constraints);
        let mut texts = gather_texts(set, &text_of, constraints);
        let mut ends_of_links: Vec<([usize; 2], [usize; 2], usize)> = Vec::new();
        let mut places = Vec::new();
        for (index, link) in links.iter().enumerate().filter(|(_, l)| l.kind.makes_dispatches()) {
            let place = match (text_of.get(link.a), text_of.get(link.b)) {
                (Some(a), Some(b)) if a == b => Place::Twins(*a),
                (Some(&a), Some(&b)) if constraints.are_apart(texts[a].class, texts[b].class) => {
                    Place::Apart
                }
                (Some(&a), Some(&b)) if names_tokens(link, [texts[a].tokens, texts[b].tokens]) => {
                    ends_of_links.push(([a.min(b), a.max(b)], [link.a, link.b], index));
                    Place::NoSpans // until its edge is numbered below
                }
                _ => Place::NoSpans,
            };
            places.push((index, place));
        }
        ends_of_links.sort_unstable();
        let mut edges: Vec<Edge> = Vec::new();
        for same in ends_of_links.chunk_by(|x, y| x.0 == y.0) {
            let indices: Vec<usize> = same.iter().map(|(_, _, index)| *index).collect();
            for index in &indices {
                if let Ok(at) = places.binary_search_by_key(index, |(link, _)| *link) {
                    places[at].1 = Place::Edge(edges.len());
                }
            }
            edges.push(edge(same[0].0, indices, links, &text_of, &texts));
        }
        for (index, edge) in edges.iter().enumerate() {
            for side in 0..2 {
                let other = edge.ends[1 - side];
                texts[edge.ends[side]].edges.push(EdgeEnd { edge: index, side, other });
            }
        }
        for text in &mut texts {
            text.edges.sort_unstable_by_key(|end| end.other);
        }
        Graph { strangers: strangers(links, &text_of), texts, edges, text_of, places }
    }

    /// The tokens of the text at `end` that stand in the edge.
    pub(crate) fn spans(&self, end: EdgeEnd) -> &TokenSet {
        &self.edges[end.edge].spans[end.side]
    }

    /// The tokens of the text at the other end.
    pub(crate) fn spans_of_other(&self, end: EdgeEnd) -> &TokenSet {
        &self.edges[end.edge].spans[1 - end.side]
    }

    /// The edge of two texts. O(log edges of `a`).
    pub(crate) fn edge_between(&self, a: usize, b: usize) -> Option<EdgeEnd> {
        let ends = &self.texts[a].edges;
        ends.binary_search_by_key(&b, |end| end.other).ok().map(|at| ends[at])
    }

    /// Whether a link says that what two texts share does not make them one.
    pub(crate) fn are_strangers(&self, a: usize, b: usize) -> bool {
        self.strangers.contains(&[a.min(b), a.max(b)])
    }

    /// Number of articles of a text.
    pub(crate) fn weight(&self, text: usize) -> usize {
        self.texts[text].articles.len()
    }
}

fn strangers(links: &[Link], text_of: &[usize]) -> AHashSet<[usize; 2]> {
    use LinkKind::{Background, Quotation, Series};
    let explained = links.iter().filter(|l| matches!(l.kind, Background | Quotation | Series));
    explained
        .filter_map(|link| Some((*text_of.get(link.a)?, *text_of.get(link.b)?)))
        .map(|(a, b)| [a.min(b), a.max(b)])
        .collect()
}

/// The tokens of one side of a link, clipped to the `tokens` that its article has.
fn span_of(link: &Link, side: usize, tokens: usize) -> TokenSet {
    let end = tokens as u32;
    TokenSet::from_ranges(link.passages.iter().map(|passage| {
        let range = &side_of(passage, side).tokens;
        range.start.min(end)..range.end.min(end)
    }))
}

fn side_of(passage: &Passage, side: usize) -> &PassageSide {
    if side == 0 { &passage.a } else { &passage.b }
}

fn names_tokens(link: &Link, tokens: [usize; 2]) -> bool {
    let names_some = |side: usize| {
        let range = |passage| &side_of(passage, side).tokens;
        let end = tokens[side] as u32;
        link.passages.iter().map(range).any(|range| range.start < range.end.min(end))
    };
    (0..2).all(names_some)
}

fn edge(
    ends: [usize; 2],
    indices: Vec<usize>,
    links: &[Link],
    text_of: &[usize],
    texts: &[Text],
) -> Edge {
    let mut spans = [TokenSet::default(), TokenSet::default()];
    for link in indices.iter().map(|&index| &links[index]) {
        for (side, article) in [link.a, link.b].into_iter().enumerate() {
            let text = text_of[article];
            let end = usize::from(text == ends[1]);
            spans[end].insert(&span_of(link, side, texts[text].tokens));
        }
    }
    let says = |what: fn(&Link) -> bool| indices.iter().any(|&index| what(&links[index]));
    let is_update = says(|link| link.kind == LinkKind::Update);
    let nearly_all =
        |side: usize| spans[side].len() as f64 >= NEAR_IDENTITY * texts[ends[side]].tokens as f64;
    Edge {
        ends,
        is_near_identity: !is_update && nearly_all(0) && nearly_all(1),
        spans,
        is_update,
        is_truncated: says(|link| link.attributes.truncated.is_some()),
        withdraws: says(|link| link.attributes.withdraws.is_some()),
        links: indices,
    }
}

/// Whether two articles have the same words throughout; empty never equals empty.
fn are_identical(set: &ArticleSet, a: usize, b: usize) -> bool {
    let words = |article: usize| set.texts().get(article).map_or(&[][..], TokenisedText::tokens);
    let (mine, theirs) = (words(a), words(b));
    !mine.is_empty()
        && mine.len() == theirs.len()
        && mine.iter().zip(theirs).all(|(mine, theirs)| mine.hash == theirs.hash)
}

/// For each article the number of its text.
fn texts_of_articles(set: &ArticleSet, links: &[Link], constraints: &Constraints) -> Vec<usize> {
    let mut sets = DisjointSets::new(set.len());
    for link in links.iter().filter(|link| link.kind == LinkKind::Copy) {
        // Compared and not hashed, because a comparison ends at the first difference. Of many identical articles each is
        // found identical once, however many links they have.
        let is_known = |article: usize| article < set.len();
        if is_known(link.a)
            && is_known(link.b)
            && sets.smallest(link.a) != sets.smallest(link.b)
            && are_identical(set, link.a, link.b)
        {
            sets.unite(link.a, link.b);
        }
    }
    let mut number: Vec<usize> = Vec::with_capacity(set.len());
    // By smallest article, which may be a text of its own.
    let mut number_of: Vec<Option<usize>> = vec![None; set.len()];
    let mut texts = 0;
    for article in 0..set.len() {
        let known = match constraints.class_of(article) {
            Some(_) => &mut None,
            None => &mut number_of[sets.smallest(article)],
        };
        let mine = *known.get_or_insert(texts);
        texts += usize::from(mine == texts);
        number.push(mine);
    }
    number
}

fn gather_texts(set: &ArticleSet, text_of: &[usize], constraints: &Constraints) -> Vec<Text> {
    let mut texts: Vec<Text> = Vec::new();
    for (index, &number) in text_of.iter().enumerate() {
        let article = &set.articles()[index];
        let published = article.published();
        if number == texts.len() {
            texts.push(Text {
                articles: Vec::new(),
                tokens: set.texts()[index].tokens().len(),
                wire: false,
                class: constraints.class_of(index),
                seen_by: None,
                not_before: published.earliest(),
                edges: Vec::new(),
            });
        }
        let text = &mut texts[number];
        text.articles.push(index);
        text.wire |= article.role() == Role::Wire;
        text.seen_by = text.seen_by.into_iter().chain(published.latest()).min();
        text.not_before = text.not_before.min(published.earliest()); // unknown is the least
    }
    texts
}
