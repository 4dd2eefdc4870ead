//! Articles put together from pieces of invented texts, and the links a reader would draw between them.

use std::collections::BTreeMap;
use std::ops::Range;
use wirecopy::dispatches::{self, Dispatch, DispatchConfig, Dispatches};
use wirecopy::links::{
    Attributes, Explanation, Link, LinkKind, Links, Match, Passage, PassageSide,
};
use wirecopy::text::TextScheme;
use wirecopy::{Article, ArticleSet, Published, Span, Timestamp};

/// Words `range` of the source text `source`: every word of every source is another.
pub(crate) fn piece(source: &str, range: Range<u32>) -> String {
    range.map(|word| format!("{source}{word} ")).collect()
}

pub(crate) fn hour(hour: i64) -> Published {
    Published::at(Timestamp::from_unix_seconds(1_770_000_000 + 3600 * hour).unwrap())
}

pub(crate) fn link(a: usize, b: usize, kind: LinkKind, passages: Vec<Passage>) -> Link {
    let explanation = Explanation::default();
    Link { a, b, kind, attributes: Attributes::default(), passages, explanation }
}

/// A passage of one verbatim run.
pub(crate) fn passage(
    set: &ArticleSet,
    (a, at_a): (usize, u32),
    (b, at_b): (usize, u32),
    tokens: u32,
) -> Passage {
    let side = |article: usize, at: u32| {
        let known = set.texts().get(article);
        let range = at as usize..(at + tokens) as usize;
        let span = known.and_then(|text| text.span(range)).unwrap_or_default();
        PassageSide { tokens: at..at + tokens, span }
    };
    let matches = vec![Match { a: at_a, b: at_b, tokens }];
    Passage { a: side(a, at_a), b: side(b, at_b), matches, evidence: f64::from(tokens) }
}

/// Articles with their links, named.
pub(crate) struct Corpus {
    articles: Vec<Article>,
    kinds: BTreeMap<(String, String), LinkKind>,
}

/// What came out of a corpus.
pub(crate) struct Found {
    pub(crate) set: ArticleSet,
    pub(crate) links: Links,
    pub(crate) dispatches: Dispatches,
}

impl Corpus {
    pub(crate) fn new() -> Corpus {
        Corpus { articles: Vec::new(), kinds: BTreeMap::new() }
    }

    pub(crate) fn add(mut self, id: &str, published: Published, pieces: &[String]) -> Corpus {
        self.articles.push(Article::new(id, pieces.concat()).unwrap().with_published(published));
        self
    }

    pub(crate) fn with(mut self, change: impl FnOnce(Article) -> Article) -> Corpus {
        let last = self.articles.pop().unwrap();
        self.articles.push(change(last));
        self
    }

    /// Says what kind the link of two articles is; `Copy` where nothing is said.
    pub(crate) fn kind(mut self, a: &str, b: &str, kind: LinkKind) -> Corpus {
        self.kinds.insert((a.min(b).to_owned(), a.max(b).to_owned()), kind);
        self
    }

    /// Links every two articles of which the shorter has at least half of its words in runs of 5 in the other.
    pub(crate) fn form(self) -> Found {
        let set = ArticleSet::new(&self.articles, TextScheme::default()).unwrap();
        let mut links = Links::default();
        for a in 0..set.len() {
            for b in a + 1..set.len() {
                let ids = [a, b].map(|index| set.articles()[index].id().as_str().to_owned());
                let said = self.kinds.get(&(ids[0].clone(), ids[1].clone()));
                let passages = shared_runs(&set, a, b);
                let shared: usize = passages.iter().map(Passage::matched_tokens).sum();
                let shorter = [a, b].map(|index| set.texts()[index].tokens().len());
                let is_copy = 2 * shared >= shorter[0].min(shorter[1]);
                if !passages.is_empty() && (said.is_some() || is_copy) {
                    links.links.push(link(a, b, *said.unwrap_or(&LinkKind::Copy), passages));
                }
            }
        }
        let dispatches = dispatches::form(&set, &links, &DispatchConfig::default());
        Found { set, links, dispatches }
    }
}

/// The runs of at least 5 equal words of two articles in which no word comes twice.
pub(crate) fn shared_runs(set: &ArticleSet, a: usize, b: usize) -> Vec<Passage> {
    let words = [a, b].map(|index| set.texts()[index].tokens());
    let place: BTreeMap<u64, usize> =
        words[1].iter().enumerate().map(|(at, token)| (token.hash, at)).collect();
    let (mut passages, mut at) = (Vec::new(), 0);
    while at < words[0].len() {
        let run = place.get(&words[0][at].hash).map_or(0, |&other| {
            words[0][at..]
                .iter()
                .zip(&words[1][other..])
                .take_while(|(x, y)| x.hash == y.hash)
                .count()
        });
        if run >= 5 {
            let other = place[&words[0][at].hash];
            passages.push(passage(set, (a, at as u32), (b, other as u32), run as u32));
        }
        at += run.max(1);
    }
    passages
}

impl Found {
    pub(crate) fn index(&self, id: &str) -> usize {
        self.set.articles().iter().position(|article| article.id().as_str() == id).unwrap()
    }

    pub(crate) fn id(&self, index: usize) -> &str {
        self.set.articles()[index].id().as_str()
    }

    pub(crate) fn ids(&self, articles: &[usize]) -> Vec<&str> {
        articles.iter().map(|&article| self.id(article)).collect()
    }

    /// Each dispatch as its anchor and its members.
    pub(crate) fn groups(&self) -> Vec<(&str, Vec<&str>)> {
        self.dispatches
            .dispatches
            .iter()
            .map(|dispatch| (self.id(dispatch.anchor), self.members(dispatch)))
            .collect()
    }

    pub(crate) fn members(&self, dispatch: &Dispatch) -> Vec<&str> {
        dispatch.members.iter().map(|member| self.id(member.article)).collect()
    }

    pub(crate) fn versions(&self, dispatch: usize) -> Vec<Vec<&str>> {
        let versions = &self.dispatches.dispatches[dispatch].versions;
        versions.iter().map(|version| self.ids(&version.articles)).collect()
    }

    /// The text of an article's spans in a dispatch.
    pub(crate) fn text(&self, dispatch: usize, id: &str) -> String {
        let article = self.index(id);
        let member = self.dispatches.dispatches[dispatch].member(article).unwrap();
        let slice = |span: &Span| span.slice(self.set.articles()[article].original()).unwrap();
        member.spans.iter().map(slice).collect::<Vec<_>>().join(" ")
    }

    /// The pairs of articles whose links were cut, each with the one not let in.
    pub(crate) fn cuts(&self) -> Vec<(&str, &str, &str)> {
        let ends = |link: usize| &self.links.links[link];
        let cuts = self.dispatches.cut_edges.iter();
        cuts.map(|cut| (self.id(ends(cut.link).a), self.id(ends(cut.link).b), self.id(cut.article)))
            .collect()
    }
}
