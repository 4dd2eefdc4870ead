//! Sparse vectors of a set: tf-idf with the background of the language and the frequencies of the
//! set.

use super::beginnings::{UNKNOWN, WordSet, other_forms};
use super::blocks::{Blocks, Span, articles_of};
use super::feature_block::{FeatureBlock, Features};
use super::identical::same_texts;
use super::mentioned_dates::MentionedDates;
use super::rarity::{Occurrences, Rarities, Terms, first_of_each_text, without_background};
use super::verbatim::ShingleSample;
use super::weighing::{Weigher, WeighingSpace, most_terms};
use super::word_terms::WordTerms;
use crate::language::{Language, Term};
use crate::parallel;
use crate::text::prefetch;

/// A vector of unit length: terms by ascending number, with their weights.
///
/// In two lists, because most terms of another vector are read only to find that they are not here.
#[derive(Clone, Copy, Debug)]
pub(super) struct Vector<'v, W> {
    terms: &'v [u32],
    /// What has the weight of each.
    weights: &'v [W],
}

/// What a word is in the parts of an article where the news stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Place {
    /// Its weight among the words.
    pub(super) weight: f32,
    /// Its share of the opening: all weights, less the further back the word stands first.
    pub(super) opening: f32,
    /// Its share of the rarity of the headline's words.
    pub(super) headline: f32,
    /// The same of the names in the lead.
    pub(super) lead_names: f32,
    /// Its weights in the headline and in the lead as vectors of unit length.
    pub(super) headline_unit: f32,
    pub(super) lead_unit: f32,
}

impl From<Place> for f32 {
    fn from(place: Place) -> f32 {
        place.weight
    }
}

/// What is compared of an article.
#[derive(Clone, Copy)]
pub(super) struct ArticleVectors<'v> {
    block: &'v VectorBlock,
    own: &'v Record,
}

/// What is compared of the articles of a block. Lists of one kind stand one behind the other.
#[derive(Clone, Debug, Default)]
pub(super) struct VectorBlock {
    pub(super) articles: Vec<Record>,
    /// The words of each article as a vector, whose weights are in what else is known of each of them.
    pub(super) words: Vec<u32>,
    pub(super) places: Vec<Place>,
    /// What the first letters of each word are.
    pub(super) letters: Vec<u32>,
    /// Its names as a vector.
    pub(super) names: Vec<u32>,
    pub(super) name_weights: Vec<f32>,
    /// Its sample of shingles.
    pub(super) shingles: Vec<u64>,
}

/// What is no list of an article, and where its lists are.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    pub(super) words: Span,
    pub(super) names: Span,
    pub(super) shingles: Span,
    pub(super) has_more_shingles: bool,
    /// Whether any word is long enough to have a beginning.
    pub(super) knows_beginnings: bool,
    pub(super) has_headline: bool,
    pub(super) has_lead_names: bool,
    pub(super) dates: MentionedDates,
    pub(super) tokens: usize,
    /// Natural logarithm of the tokens.
    pub(super) length: f64,
}

/// What two articles share of their words and of the places where the news stands. Each is 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct SharedWords {
    /// Cosine of the words.
    pub(super) cosine: f64,
    /// Cosine of the headline of one and the lead of the other, the greater of the two.
    pub(super) headline_in_lead: f64,
    /// The share of one's opening that the other has, the mean of both.
    pub(super) opening: f64,
    /// The same of the headline; ½ for an article without one.
    pub(super) headline: f64,
    /// The same, the greater of both directions.
    pub(super) headline_of_either: f64,
    /// The same of the names in the lead; ½ for an article without any.
    pub(super) lead_names: f64,
}

/// The vectors of a set, and what its terms are.
#[derive(Clone, Debug, Default)]
pub(super) struct Vectors {
    articles: Blocks<VectorBlock>,
    /// The terms by number, ascending.
    terms: Vec<Term>,
    /// What of each term counts between articles of unknown dates.
    damping: Vec<f32>,
    /// The articles that share a text with another one, text by text.
    pub(super) same_texts: Vec<Vec<u32>>,
}

/// Texts that a set is thought to be larger by where terms are damped: two articles alone share
/// what they share, and of fourteen on four happenings eight name the same two heads of state.
const MORE_ARTICLES: f64 = 2.0;

/// How much the terms that two articles share count.
#[derive(Clone, Copy, Debug)]
pub(super) enum Counting<'v> {
    /// In full.
    Full,
    /// Less, the more of the set's articles hold the term too.
    Damped(&'v [f32]),
}

impl Counting<'_> {
    pub(super) fn of(self, term: u32) -> f32 {
        match self {
            Counting::Full => 1.0,
            Counting::Damped(damping) => damping.get(term as usize).copied().unwrap_or(1.0),
        }
    }
}

impl Vectors {
    /// Weighs the features of all articles; `languages` parallel to them, `words` the terms of their
    /// words.
    ///
    /// The set's document frequencies are a pure function of it: they change with every text that
    /// comes or goes. A text counts once, however many articles have it.
    pub(super) fn of(
        features: Blocks<FeatureBlock>,
        languages: &[Option<Language>],
        words: &WordTerms,
    ) -> Vectors {
        let (terms, ascending) = Terms::of(&features, words);
        let same_texts = same_texts(features.len(), |article| features.article(article as usize));
        let texts = first_of_each_text(features.len(), &same_texts);
        let articles = texts.len() as f64;
        let occurrences = Occurrences::of(&texts, &features, languages, &terms);
        let own = without_background(&texts, &features, languages, &terms);
        let known = Rarities::of(&occurrences, &terms, articles);
        // What was counted of a block is given back as soon as it is weighed: the next one's vectors
        // stand where it stood.
        let count = features.len();
        let weighed = parallel::map_owned(
            features.into_blocks(),
            WeighingSpace::default,
            |space, number, features| {
                let mut block = VectorBlock::with_room_for(&features);
                for (article, features) in articles_of(number, count).zip(features.articles()) {
                    let language = languages.get(article).copied().flatten();
                    let weigher = Weigher {
                        article,
                        words,
                        terms: &terms,
                        known: known.of_language.get(&language).map_or(&[], Vec::as_slice),
                        own: own.get(&language),
                        logarithms: &known.logarithms,
                    };
                    weigher.add(features, space, &mut block);
                }
                block
            },
        );
        let others = |df: u32| f64::from(df.saturating_sub(1)) / (articles + MORE_ARTICLES);
        let mut damping = vec![1.0; ascending.len()];
        for (&number, &df) in terms.numbers.iter().zip(&occurrences.frequencies) {
            if let Some(damping) = damping.get_mut(number as usize) {
                *damping = (1.0 - others(df)) as f32;
            }
        }
        let articles = Blocks::new(weighed, count);
        Vectors { articles, terms: ascending, damping, same_texts }
    }

    /// Number of articles.
    pub(super) fn article_count(&self) -> usize {
        self.articles.len()
    }

    /// What is compared of an article; `None` for one that the set does not have.
    pub(super) fn article(&self, article: u32) -> Option<ArticleVectors<'_>> {
        let (block, place) = self.articles.get(article as usize)?;
        Some(ArticleVectors { block, own: block.articles.get(place)? })
    }

    /// How terms count between articles whose times are both known: in full. Between others, that
    /// many articles of a set name the same people says that the set is about them and nothing of
    /// any two: terms count by 1 − the share of the set's texts that hold them too.
    pub(super) fn counting(&self, dated: bool) -> Counting<'_> {
        if dated { Counting::Full } else { Counting::Damped(&self.damping) }
    }

    /// The term of a number.
    pub(super) fn term(&self, number: u32) -> Option<Term> {
        self.terms.get(number as usize).copied()
    }

    /// Number of different terms.
    pub(super) fn term_count(&self) -> usize {
        self.terms.len()
    }

    /// Cosine of two vectors, 0 to 1.
    pub(super) fn cosine<W: Copy + Into<f32>>(a: Vector<'_, W>, b: Vector<'_, W>) -> f64 {
        shared(a, b).map(|(_, product)| product).sum::<f64>().min(1.0)
    }

    /// Cosine of the words that stand in no name of either article, 0 to 1; 0 where one has none.
    /// O(terms of both).
    pub(super) fn cosine_beside_names(a: ArticleVectors<'_>, b: ArticleVectors<'_>) -> f64 {
        let names = [a.names(), b.names()];
        let beside = |term: u32| !names.iter().any(|names| names.holds(term));
        let squared_length = |words: Vector<'_, Place>| -> f64 {
            let entries = words.entries().filter(|entry| beside(entry.0));
            entries.map(|(_, weight)| square(weight)).sum()
        };
        let lengths = (squared_length(a.words()) * squared_length(b.words())).sqrt();
        if lengths <= 0.0 {
            return 0.0;
        }
        let dot: f64 = shared(a.words(), b.words())
            .filter(|(term, _)| beside(*term))
            .map(|(_, product)| product)
            .sum();
        (dot / lengths).min(1.0)
    }
}

impl VectorBlock {
    /// Room for all that is kept of these articles.
    fn with_room_for(features: &FeatureBlock) -> VectorBlock {
        let articles = features.articles();
        let kept = |length: fn(Features<'_>) -> usize| -> usize {
            let kept = |article: Features<'_>| length(article).min(most_terms(article));
            articles.clone().map(kept).sum()
        };
        let words = kept(|article| article.words.len());
        let names = kept(|article| article.names.len());
        let shingles = articles.clone().map(|article| article.shingles.hashes.len()).sum();
        VectorBlock {
            articles: Vec::with_capacity(articles.count()),
            words: Vec::with_capacity(words),
            places: Vec::with_capacity(words),
            letters: Vec::with_capacity(words),
            names: Vec::with_capacity(names),
            name_weights: Vec::with_capacity(names),
            shingles: Vec::with_capacity(shingles),
        }
    }
}

impl<'v> ArticleVectors<'v> {
    pub(super) fn words(self) -> Vector<'v, Place> {
        Vector { terms: self.own.words.of(&self.block.words), weights: self.places() }
    }

    pub(super) fn names(self) -> Vector<'v, f32> {
        let ArticleVectors { block, own } = self;
        Vector { terms: own.names.of(&block.names), weights: own.names.of(&block.name_weights) }
    }

    /// Parallel to the words.
    fn places(self) -> &'v [Place] {
        self.own.words.of(&self.block.places)
    }

    /// What the first letters of each word are; 0 where it is too short to tell.
    pub(super) fn beginnings(self) -> &'v [u32] {
        self.own.words.of(&self.block.letters)
    }

    pub(super) fn shingles(self) -> ShingleSample<'v> {
        let ArticleVectors { block, own } = self;
        ShingleSample { hashes: own.shingles.of(&block.shingles), is_part: own.has_more_shingles }
    }

    pub(super) fn dates(self) -> &'v MentionedDates {
        &self.own.dates
    }

    pub(super) fn tokens(self) -> usize {
        self.own.tokens
    }

    /// Natural logarithm of the tokens.
    pub(super) fn length(self) -> f64 {
        self.own.length
    }

    /// Begins to load what is known of the words that it is called with, by their places.
    pub(super) fn fetching_places(self) -> impl Fn(usize) + 'v {
        let places = self.places();
        move |at| prefetch(places.get(at).map_or(&[], std::slice::from_ref))
    }

    /// Begins to load where its lists are, and what is no list.
    pub(super) fn fetch_itself(self) {
        prefetch(std::slice::from_ref(self.own));
    }

    /// Begins to load what is read of every article that another is compared with.
    pub(super) fn fetch(self) {
        prefetch(self.words().terms);
        prefetch(self.beginnings());
        prefetch(self.shingles().hashes);
    }

    /// How much of the openings the other has in another form alone: the mean of both directions, 0 to
    /// 1; a usual share where one has no words long enough. `shared` are the places of the terms that
    /// both have, `alike` those of terms that begin alike and are not the same. Symmetric.
    pub(super) fn other_forms(
        self,
        other: ArticleVectors<'_>,
        counting: Counting<'_>,
        shared: &[(u16, u16)],
        alike: &[(u16, u16)],
    ) -> f64 {
        if !self.own.knows_beginnings || !other.own.knows_beginnings {
            return UNKNOWN;
        }
        let [ours, theirs] = other_forms(shared, alike);
        let sum = |article: ArticleVectors<'_>, forms: &WordSet| -> f64 {
            let (places, terms) = (article.places(), article.words().terms);
            let opening = |at: usize| {
                let (place, term) = (places.get(at)?, terms.get(at)?);
                Some(f64::from(place.opening * counting.of(*term)))
            };
            forms.iter().filter_map(opening).sum()
        };
        ((sum(self, &ours) + sum(other, &theirs)) / 2.0).min(1.0)
    }

    /// What the words of two articles have in common; `shared` are the places of the terms that both
    /// have, ascending. Symmetric.
    pub(super) fn shared_words(
        self,
        other: ArticleVectors<'_>,
        counting: Counting<'_>,
        shared: &[(u16, u16)],
    ) -> SharedWords {
        let mut dot = 0.0;
        let (mut ours, mut theirs) = (Sums::default(), Sums::default());
        let (places, beside_places, terms) = (self.places(), other.places(), self.words().terms);
        for &(at, beside) in shared {
            let (at, beside) = (usize::from(at), usize::from(beside));
            if let (Some(a), Some(b)) = (places.get(at), beside_places.get(beside)) {
                let counts = terms.get(at).map_or(1.0, |&term| counting.of(term));
                dot += f64::from(a.weight) * f64::from(b.weight) * square(counts);
                ours.add(a, b, counts);
                theirs.add(b, a, counts);
            }
        }
        let mean = |a: f32, b: f32| f64::from(a + b) / 2.0;
        let known = |share: f32, has: bool| if has { share } else { 0.5 };
        let headlines = (
            known(ours.headline, self.own.has_headline),
            known(theirs.headline, other.own.has_headline),
        );
        let shared = SharedWords {
            cosine: dot,
            headline_in_lead: f64::from(ours.headline_in_lead.max(theirs.headline_in_lead)),
            opening: mean(ours.opening, theirs.opening),
            headline: mean(headlines.0, headlines.1),
            headline_of_either: f64::from(headlines.0.max(headlines.1)),
            lead_names: mean(
                known(ours.lead_names, self.own.has_lead_names),
                known(theirs.lead_names, other.own.has_lead_names),
            ),
        };
        // Rounding may bring a sum of shares a little over 1.
        SharedWords {
            cosine: shared.cosine.min(1.0),
            headline_in_lead: shared.headline_in_lead.min(1.0),
            opening: shared.opening.min(1.0),
            headline: shared.headline.min(1.0),
            headline_of_either: shared.headline_of_either.min(1.0),
            lead_names: shared.lead_names.min(1.0),
        }
    }
}

/// Of one article, what the other has of its places.
#[derive(Clone, Copy, Default)]
struct Sums {
    opening: f32,
    headline: f32,
    lead_names: f32,
    headline_in_lead: f32,
}

impl Sums {
    fn add(&mut self, own: &Place, other: &Place, counts: f32) {
        self.opening += own.opening * counts;
        self.headline += own.headline * counts;
        self.lead_names += own.lead_names * counts;
        self.headline_in_lead += own.headline_unit * other.lead_unit * counts * counts;
    }
}

impl<'v, W: Copy + Into<f32>> Vector<'v, W> {
    /// The terms, ascending.
    pub(super) fn terms(self) -> &'v [u32] {
        self.terms
    }

    /// The terms, ascending, with their weights.
    pub(super) fn entries(self) -> impl Iterator<Item = (u32, f32)> + 'v {
        self.terms.iter().copied().zip(self.weights.iter().map(|&weight| weight.into()))
    }

    fn entry(self, at: usize) -> Option<(u32, f32)> {
        Some((*self.terms.get(at)?, (*self.weights.get(at)?).into()))
    }

    fn holds(self, term: u32) -> bool {
        self.terms.binary_search(&term).is_ok()
    }
}

/// The terms that both hold, ascending, with the product of their weights.
pub(super) fn shared<'v, W: Copy + Into<f32>>(
    a: Vector<'v, W>,
    b: Vector<'v, W>,
) -> impl Iterator<Item = (u32, f64)> + 'v {
    meetings(a.terms, b.terms).filter_map(move |(at, beside)| {
        let ((term, v), (_, w)) = (a.entry(at)?, b.entry(beside)?);
        Some((term, f64::from(v) * f64::from(w)))
    })
}

/// Where the terms that both hold stand in each, ascending.
fn meetings<'v>(left: &'v [u32], right: &'v [u32]) -> impl Iterator<Item = (usize, usize)> + 'v {
    let (mut at, mut beside) = (0, 0);
    std::iter::from_fn(move || {
        loop {
            let (s, t) = (*left.get(at)?, *right.get(beside)?);
            let here = (at, beside);
            // Steps are sums and no branches: which side is behind cannot be foretold.
            at += usize::from(s <= t);
            beside += usize::from(t <= s);
            if s == t {
                return Some(here);
            }
        }
    })
}

pub(super) fn square(x: f32) -> f64 {
    f64::from(x) * f64::from(x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn terms() -> impl Strategy<Value = BTreeMap<u32, f32>> {
        prop::collection::btree_map(0_u32..40, 0.1_f32..1.0, 0..30)
    }

    proptest! {
        #[test]
        fn shared_terms_are_those_of_both_in_order(a in terms(), b in terms()) {
            let lists = |terms: &BTreeMap<u32, f32>| -> (Vec<u32>, Vec<f32>) {
                terms.iter().map(|(term, weight)| (*term, *weight)).unzip()
            };
            let lists = [&a, &b].map(lists);
            let [left, right] = lists.each_ref().map(|(terms, weights)| Vector { terms, weights });
            let in_both = a.iter().filter_map(|(term, weight)| {
                b.get(term).map(|other| (*term, f64::from(*weight) * f64::from(*other)))
            });
            let found: Vec<(u32, f64)> = shared(left, right).collect();
            prop_assert_eq!(found, in_both.collect::<Vec<_>>());
        }
    }
}
