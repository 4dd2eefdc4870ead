//! Sequels: neighbours that took their words from a text and went on with the news themselves.

use super::config::DispatchConfig;
use super::graph::{EdgeEnd, Graph};
use super::token_set::TokenSet;
use crate::article_set::ArticleSet;
use crate::language::{self, Language};
use ahash::AHashSet;

/// Tokens of a text's opening: the first sentence or two, as for ledes.
const OPENING_TOKENS: usize = 40;

/// Share of the telling words a sequel has of its own that the text has, too, beside what they
/// share.
///
/// Measured on 196 later neighbours that open anew, from 36,152 French articles of 2011–20. Of the
/// words they have of their own, texts of the same month taken at random hold 0.02 at the median,
/// 0.31 once in a thousand pairs and 0.4 in one of 3,914 (with the collection's own idf). Of the
/// texts they share words with, 30 of the 196 hold 0.4; by their titles 14 of 17 such pairs are
/// reports on one happening, the other 3 on one subject.
const RETOLD: f64 = 0.4;

/// For each edge and end whether the text at the *other* end is a sequel of the one at this.
///
/// Of a version that is edited, and then cut under a new lede, the first text and the last may be
/// disjoint halves. They look like two strangers in a host. What tells them apart is how a text
/// comes to stand in another:
///
/// - a host takes a text in with its beginning, which says what happened; a later version has a
///   beginning of its own;
/// - a host is no earlier than what it takes in;
/// - the new beginning is about what the text is about: by weight at least `RETOLD` of the words
///   that the later one has of its own, stop words aside, stand in the text outside their spans
///   too. A late copy of one item of a digest under another lede has its own words from elsewhere.
///
/// Each alone can fail (a late copy, a dropped lede, two agencies on one happening), so all three
/// are asked for, and nothing is said where a date is not known.
///
/// Cost: O(tokens of texts with later neighbours that open anew + tokens of these × log tokens).
pub(crate) struct Sequels {
    is_sequel: Vec<[bool; 2]>,
}

impl Sequels {
    pub(crate) fn find(set: &ArticleSet, graph: &Graph, config: &DispatchConfig) -> Sequels {
        let mut is_sequel = vec![[false; 2]; graph.edges.len()];
        let mut languages = None;
        for (text, known) in graph.texts.iter().enumerate() {
            let later = known.edges.iter().filter(|end| is_later(graph, text, end.other));
            let mut later = later.filter(|end| opens_anew(graph, **end, config)).peekable();
            if later.peek().is_none() {
                continue;
            }
            let languages = languages.get_or_insert_with(|| language::of_set(set));
            let places = places(words_of(set, graph, text));
            for &end in later {
                is_sequel[end.edge][end.side] =
                    retold(set, graph, end, &places, languages) >= RETOLD;
            }
        }
        Sequels { is_sequel }
    }

    /// Whether the text at the other end is a sequel of the one this end belongs to.
    pub(crate) fn is(&self, end: EdgeEnd) -> bool {
        self.is_sequel[end.edge][end.side]
    }
}

/// The opening of a text.
pub(crate) fn opening() -> TokenSet {
    TokenSet::whole(OPENING_TOKENS)
}

/// Whether every article of `later` surely came after an article of `text`.
fn is_later(graph: &Graph, text: usize, later: usize) -> bool {
    match (graph.texts[text].seen_by, graph.texts[later].not_before) {
        (Some(seen), Some(start)) => seen < start,
        _ => false,
    }
}

/// Whether most of the opening of the text at the other end stands outside the edge.
fn opens_anew(graph: &Graph, end: EdgeEnd, config: &DispatchConfig) -> bool {
    let opening = OPENING_TOKENS.min(graph.texts[end.other].tokens);
    let shared = TokenSet::whole(opening).common(graph.spans_of_other(end));
    !config.is_most(shared, opening)
}

/// The words of a text, by their numbers in the set's vocabulary.
fn words_of<'s>(set: &'s ArticleSet, graph: &Graph, text: usize) -> &'s [u32] {
    let first = graph.texts[text].articles.first();
    first.map_or(&[], |&article| set.vocabulary().of(article))
}

/// The words of a text with their places.
fn places(words: &[u32]) -> Vec<(u32, u32)> {
    let mut places: Vec<(u32, u32)> = words.iter().copied().zip(0..).collect();
    places.sort_unstable();
    places
}

/// Whether a word stands somewhere outside of `spans`.
fn stands_outside(places: &[(u32, u32)], word: u32, spans: &TokenSet) -> bool {
    let first = places.partition_point(|(other, _)| *other < word);
    let here = places[first..].iter().take_while(|(other, _)| *other == word);
    here.into_iter().any(|(_, at)| !spans.contains(*at))
}

/// Share of the words that the text at the other end has of its own, by weight, that the text of this
/// end has outside its spans; 0 where there are none.
fn retold(
    set: &ArticleSet,
    graph: &Graph,
    end: EdgeEnd,
    places: &[(u32, u32)],
    languages: &[Option<Language>],
) -> f64 {
    let Some(&article) = graph.texts[end.other].articles.first() else { return 0.0 };
    let known = set.known_words().of(languages.get(article).copied().flatten());
    let shared = graph.spans_of_other(end);
    let (mut all, mut retold) = (0.0, 0.0);
    let mut seen = AHashSet::new();
    for (at, &word) in (0..).zip(words_of(set, graph, end.other)) {
        if shared.contains(at) || !seen.insert(word) {
            continue;
        }
        let Some(weight) = known.get(word as usize).filter(|weight| !weight.stop) else { continue };
        all += f64::from(weight.idf);
        if stands_outside(places, word, graph.spans(end)) {
            retold += f64::from(weight.idf);
        }
    }
    if all > 0.0 { retold / all } else { 0.0 }
}
