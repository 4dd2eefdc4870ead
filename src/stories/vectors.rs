//! Sparse vectors of a set: tf-idf with the background of the language and the frequencies of the
//! set.

use super::beginnings::{Beginnings, UNKNOWN, WordSet, other_forms};
use super::features::{ArticleTerm, Features, TermKind, Word};
use super::identical::same_texts;
use super::mentioned_dates::MentionedDates;
use super::rarity::{
    Occurrences, OwnFrequencies, Rarities, Terms, first_of_each_text, own_idf, without_background,
};
use super::spread_keys;
use super::verbatim::ShingleSample;
use super::word_terms::WordTerms;
use crate::language::{Language, Term};
use crate::parallel;
use crate::text::prefetch;

/// Terms kept of a vector, the heaviest: on ECB+ train 128 are as good as 256, and 64 lose 0.01
/// BCubed F1.
const MOST_TERMS: usize = 128;

/// The same for scripts written without spaces: a word of two characters makes three terms, the
/// characters and their pair.
pub(super) const MOST_CHARACTER_TERMS: usize = 3 * MOST_TERMS;

/// Half words after which the weight of a word in the opening is half of that of the first.
const OPENING: f64 = 2.0 * 10.0;

/// A vector of unit length: terms by ascending number, with their weights.
///
/// In two lists, because most terms of another vector are read only to find that they are not here.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Vector {
    terms: Vec<u32>,
    weights: Vec<f32>,
}

/// What a word is in the parts of an article where the news stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Place {
    /// Its weight among the words.
    weight: f32,
    /// Its share of the opening: all weights, less the further back the word stands first.
    opening: f32,
    /// Its share of the rarity of the headline's words.
    headline: f32,
    /// The same of the names in the lead.
    lead_names: f32,
    /// Its weights in the headline and in the lead as vectors of unit length.
    headline_unit: f32,
    lead_unit: f32,
}

/// What is compared of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ArticleVectors {
    pub(super) words: Vector,
    pub(super) names: Vector,
    /// Parallel to the entries of `words`.
    places: Vec<Place>,
    pub(super) beginnings: Beginnings,
    has_headline: bool,
    has_lead_names: bool,
    pub(super) dates: MentionedDates,
    pub(super) shingles: ShingleSample,
    pub(super) tokens: usize,
    /// Natural logarithm of the tokens.
    pub(super) length: f64,
}

/// Texts of fewer tokens are of this length to the score: it was fitted to none so short.
const LEAST_TOKENS: usize = 4;

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
    pub(super) articles: Vec<ArticleVectors>,
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
        features: Vec<Features>,
        languages: &[Option<Language>],
        words: &WordTerms,
    ) -> Vectors {
        let (terms, ascending) = Terms::of(&features, words);
        let same_texts = same_texts(&features);
        let texts = first_of_each_text(features.len(), &same_texts);
        let articles = texts.len() as f64;
        let occurrences = Occurrences::of(&texts, &features, languages, &terms);
        let own = without_background(&texts, &features, languages, &terms);
        let known = Rarities::of(&occurrences, &terms, articles);
        // What was counted of an article is given back as soon as it is weighed: the next one's
        // vectors stand where it stood.
        let vectors =
            parallel::map_owned(features, WeighingSpace::default, |space, article, features| {
                let language = languages.get(article).copied().flatten();
                let weigher = Weigher {
                    article,
                    words,
                    terms: &terms,
                    known: known.of_language.get(&language).map_or(&[], Vec::as_slice),
                    own: own.get(&language),
                    logarithms: &known.logarithms,
                };
                weigher.vectors(features, space)
            });
        let others = |df: u32| f64::from(df.saturating_sub(1)) / (articles + MORE_ARTICLES);
        let mut damping = vec![1.0; ascending.len()];
        for (&number, &df) in terms.numbers.iter().zip(&occurrences.frequencies) {
            if let Some(damping) = damping.get_mut(number as usize) {
                *damping = (1.0 - others(df)) as f32;
            }
        }
        Vectors { articles: vectors, terms: ascending, damping, same_texts }
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
    pub(super) fn cosine(a: &Vector, b: &Vector) -> f64 {
        shared(a, b).map(|(_, product)| product).sum::<f64>().min(1.0)
    }

    /// Cosine of the words that stand in no name of either article, 0 to 1; 0 where one has none.
    /// O(terms of both).
    pub(super) fn cosine_beside_names(a: &ArticleVectors, b: &ArticleVectors) -> f64 {
        let beside = |term: u32| !a.names.holds(term) && !b.names.holds(term);
        let squared_length = |words: &Vector| -> f64 {
            let entries = words.entries().filter(|entry| beside(entry.0));
            entries.map(|(_, weight)| square(weight)).sum()
        };
        let lengths = (squared_length(&a.words) * squared_length(&b.words)).sqrt();
        if lengths <= 0.0 {
            return 0.0;
        }
        let dot: f64 = shared(&a.words, &b.words)
            .filter(|(term, _)| beside(*term))
            .map(|(_, product)| product)
            .sum();
        (dot / lengths).min(1.0)
    }
}

/// Weighs the terms of an article.
struct Weigher<'s> {
    article: usize,
    words: &'s WordTerms,
    terms: &'s Terms,
    /// The number of each term and how rare it is, where the language has a background.
    known: &'s [(u32, f64)],
    /// The set's articles in the language, where it has none.
    own: Option<&'s OwnFrequencies>,
    /// Of small counts.
    logarithms: &'s [f64],
}

/// A word with its number, weight and rarity.
#[derive(Clone, Copy)]
struct Weighed {
    number: u32,
    weight: f64,
    idf: f64,
    word: Word,
}

/// Memory for weighing one article after the other.
#[derive(Default)]
struct WeighingSpace {
    words: Vec<Weighed>,
    names: Vec<(u32, f32)>,
    shares: Vec<Shares>,
    orders: Vec<u64>,
    sorting: Vec<u64>,
}

impl Weigher<'_> {
    fn vectors(&self, features: Features, space: &mut WeighingSpace) -> ArticleVectors {
        let most = most_terms(&features);
        let WeighingSpace { words, names, shares, orders, sorting } = space;
        words.clear();
        words.extend(features.words.iter().filter_map(|&word| {
            let (number, idf) = self.number_and_idf(word.term)?;
            Some(Weighed { number, weight: self.dampened(word.count.into()) * idf, idf, word })
        }));
        let key = |word: &Weighed| (word.weight as f32, word.number);
        let words = heaviest(words, most, key, orders, sorting);
        names.clear();
        names.extend(features.names.iter().filter_map(|&(term, count)| {
            let (number, idf) = self.number_and_idf(term)?;
            Some((number, (self.dampened(count) * idf) as f32))
        }));
        let names = heaviest(names, most, |&(number, weight)| (weight, number), orders, sorting);
        let weighed =
            Vector::of_unit_length(words.iter().map(|word| (word.number, word.weight as f32)));
        shares.clear();
        shares.extend(words.iter().map(|word| self.shares(word)));
        ArticleVectors {
            places: places(shares, &weighed),
            words: weighed,
            names: Vector::of_unit_length(names.iter().copied()),
            beginnings: Beginnings::of(
                words.iter().map(|word| self.beginning(&word.word)).collect(),
            ),
            has_headline: words.iter().any(|word| word.word.in_headline > 0 && word.idf > 0.0),
            has_lead_names: words.iter().any(|word| word.word.is_lead_name() && word.idf > 0.0),
            dates: features.dates,
            shingles: features.shingles,
            tokens: features.tokens,
            length: libm::log(features.tokens.max(LEAST_TOKENS) as f64),
        }
    }

    fn number_and_idf(&self, term: ArticleTerm) -> Option<(u32, f64)> {
        let place = self.terms.place(self.article, term)?;
        let Some(own) = self.own else { return self.known.get(place).copied() };
        let frequency = own.of_term.get(&place).copied().unwrap_or_default();
        let number = *self.terms.numbers.get(place)?;
        Some((number, own_idf(f64::from(frequency), own.articles)))
    }

    /// What the first letters of a word are; 0 where it is too short or no word of a script with
    /// letters.
    fn beginning(&self, word: &Word) -> u32 {
        match word.term.kind() {
            TermKind::Word(number) => self.words.beginning(number),
            TermKind::Compound(_) => 0,
        }
    }

    /// 1 + ln of a count: the tenth mention says less than the first.
    fn dampened(&self, count: u32) -> f64 {
        let small = self.logarithms.get(count as usize).copied();
        1.0 + small.unwrap_or_else(|| libm::log(f64::from(count.max(1))))
    }

    fn shares(&self, word: &Weighed) -> Shares {
        let &Weighed { weight, idf, word, .. } = word;
        let of = |is: bool| if is { idf } else { 0.0 };
        let times = |count: u8| if count > 0 { self.dampened(count.into()) * idf } else { 0.0 };
        Shares {
            opening: weight * OPENING / (OPENING + f64::from(word.first)),
            headline: of(word.in_headline > 0),
            lead_names: of(word.is_lead_name()),
            in_headline: times(word.in_headline),
            in_lead: times(word.in_lead()),
        }
    }
}

/// What a word weighs in the parts of its article where the news stands.
#[derive(Clone, Copy, Default)]
struct Shares {
    opening: f64,
    headline: f64,
    lead_names: f64,
    in_headline: f64,
    in_lead: f64,
}

/// What each word is in the parts of its article, from its shares of them.
fn places(shares: &[Shares], weighed: &Vector) -> Vec<Place> {
    let mut all = Shares::default();
    for word in shares {
        all.opening += word.opening;
        all.headline += word.headline;
        all.lead_names += word.lead_names;
        all.in_headline += word.in_headline * word.in_headline;
        all.in_lead += word.in_lead * word.in_lead;
    }
    let (in_headline, in_lead) = (all.in_headline.sqrt(), all.in_lead.sqrt());
    let share = |part: f64, all: f64| if all > 0.0 { (part / all) as f32 } else { 0.0 };
    let place = |(word, &weight): (&Shares, &f32)| Place {
        weight,
        opening: share(word.opening, all.opening),
        headline: share(word.headline, all.headline),
        lead_names: share(word.lead_names, all.lead_names),
        headline_unit: share(word.in_headline, in_headline),
        lead_unit: share(word.in_lead, in_lead),
    };
    shares.iter().zip(&weighed.weights).map(place).collect()
}

/// The `most` heaviest, by ascending number; of equals those of smaller number. Weights are not
/// negative. Sorted as integers: as items of 32 bytes it took twice as long. `orders` and `sorting` are
/// overwritten.
fn heaviest<'i, T: Copy>(
    items: &'i mut Vec<T>,
    most: usize,
    key: impl Fn(&T) -> (f32, u32),
    orders: &mut Vec<u64>,
    sorting: &mut Vec<u64>,
) -> &'i [T] {
    // The bits of floats that are not negative are in their order.
    let order = |item: &T| {
        let (weight, number) = key(item);
        (u64::from(!weight.to_bits()) << 32) | u64::from(number)
    };
    if items.len() > most {
        orders.clear();
        orders.extend(items.iter().map(order));
        let (_, &mut first_left_out, _) = orders.select_nth_unstable(most);
        items.retain(|item| order(item) < first_left_out);
    }
    orders.clear();
    orders.extend(
        items.iter().zip(0_u32..).map(|(item, at)| u64::from(key(item).1) << 32 | u64::from(at)),
    );
    spread_keys::sort(orders, sorting);
    // Behind those that are not in order.
    let count = items.len();
    for &place in &*orders {
        if let Some(&item) = items.get(place as u32 as usize) {
            items.push(item);
        }
    }
    items.get(count..).unwrap_or_default()
}

impl ArticleVectors {
    /// Begins to load what is known of a word.
    pub(super) fn fetch_place(&self, at: usize) {
        prefetch(self.places.get(at).map_or(&[], std::slice::from_ref));
    }

    /// Begins to load where its lists are, and what is no list.
    pub(super) fn fetch_itself(&self) {
        prefetch(std::slice::from_ref(&self.words));
        prefetch(std::slice::from_ref(&self.places));
        prefetch(std::slice::from_ref(&self.beginnings));
        prefetch(std::slice::from_ref(&self.shingles));
        prefetch(std::slice::from_ref(&self.dates));
        prefetch(std::slice::from_ref(&self.length));
    }

    /// Begins to load what is read of every article that another is compared with.
    pub(super) fn fetch(&self) {
        prefetch(&self.words.terms);
        prefetch(self.beginnings.letters());
        prefetch(self.shingles.hashes());
    }

    /// How much of the openings the other has in another form alone: the mean of both directions, 0 to
    /// 1; a usual share where one has no words long enough. `shared` are the places of the terms that
    /// both have, `alike` those of terms that begin alike and are not the same. Symmetric.
    pub(super) fn other_forms(
        &self,
        other: &ArticleVectors,
        counting: Counting<'_>,
        shared: &[(u16, u16)],
        alike: &[(u16, u16)],
    ) -> f64 {
        if !self.beginnings.are_known() || !other.beginnings.are_known() {
            return UNKNOWN;
        }
        let opening = |article: &ArticleVectors, at: usize| {
            let (place, term) = (article.places.get(at)?, article.words.terms.get(at)?);
            Some(f64::from(place.opening * counting.of(*term)))
        };
        let [ours, theirs] = other_forms(shared, alike);
        let sum = |article: &ArticleVectors, forms: &WordSet| -> f64 {
            forms.iter().filter_map(|place| opening(article, place)).sum()
        };
        ((sum(self, &ours) + sum(other, &theirs)) / 2.0).min(1.0)
    }

    /// What the words of two articles have in common; `shared` are the places of the terms that both
    /// have, ascending. Symmetric.
    pub(super) fn shared_words(
        &self,
        other: &ArticleVectors,
        counting: Counting<'_>,
        shared: &[(u16, u16)],
    ) -> SharedWords {
        let mut dot = 0.0;
        let (mut ours, mut theirs) = (Sums::default(), Sums::default());
        for &(at, beside) in shared {
            let (at, beside) = (usize::from(at), usize::from(beside));
            if let (Some(a), Some(b)) = (self.places.get(at), other.places.get(beside)) {
                let counts = self.words.terms.get(at).map_or(1.0, |&term| counting.of(term));
                dot += f64::from(a.weight) * f64::from(b.weight) * square(counts);
                ours.add(a, b, counts);
                theirs.add(b, a, counts);
            }
        }
        let mean = |a: f32, b: f32| f64::from(a + b) / 2.0;
        let known = |share: f32, has: bool| if has { share } else { 0.5 };
        let headlines =
            (known(ours.headline, self.has_headline), known(theirs.headline, other.has_headline));
        let shared = SharedWords {
            cosine: dot,
            headline_in_lead: f64::from(ours.headline_in_lead.max(theirs.headline_in_lead)),
            opening: mean(ours.opening, theirs.opening),
            headline: mean(headlines.0, headlines.1),
            headline_of_either: f64::from(headlines.0.max(headlines.1)),
            lead_names: mean(
                known(ours.lead_names, self.has_lead_names),
                known(theirs.lead_names, other.has_lead_names),
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

impl Vector {
    fn of_unit_length(entries: impl ExactSizeIterator<Item = (u32, f32)> + Clone) -> Vector {
        let length = entries.clone().map(|(_, w)| square(w)).sum::<f64>().sqrt();
        let unit = |weight: f32| match length > 0.0 {
            true => (f64::from(weight) / length) as f32,
            false => weight,
        };
        let weights = entries.clone().map(|(_, weight)| unit(weight)).collect();
        Vector { terms: entries.map(|(term, _)| term).collect(), weights }
    }

    /// The terms, ascending.
    pub(super) fn terms(&self) -> &[u32] {
        &self.terms
    }

    /// The terms, ascending, with their weights.
    pub(super) fn entries(&self) -> impl Iterator<Item = (u32, f32)> + '_ {
        self.terms.iter().copied().zip(self.weights.iter().copied())
    }

    fn entry(&self, at: usize) -> Option<(u32, f32)> {
        Some((*self.terms.get(at)?, *self.weights.get(at)?))
    }

    fn holds(&self, term: u32) -> bool {
        self.terms.binary_search(&term).is_ok()
    }
}

/// The terms that both hold, ascending, with the product of their weights.
pub(super) fn shared<'v>(a: &'v Vector, b: &'v Vector) -> impl Iterator<Item = (u32, f64)> + 'v {
    meetings(a, b).filter_map(|(at, beside)| {
        let ((term, v), (_, w)) = (a.entry(at)?, b.entry(beside)?);
        Some((term, f64::from(v) * f64::from(w)))
    })
}

/// Where the terms that both hold stand in each, ascending.
fn meetings<'v>(a: &'v Vector, b: &'v Vector) -> impl Iterator<Item = (usize, usize)> + 'v {
    let (left, right) = (a.terms(), b.terms());
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

/// By what most of an article's tokens are.
fn most_terms(features: &Features) -> usize {
    if 2 * features.characters > features.tokens { MOST_CHARACTER_TERMS } else { MOST_TERMS }
}

fn square(x: f32) -> f64 {
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
            let vector = |terms: &BTreeMap<u32, f32>| Vector {
                terms: terms.keys().copied().collect(),
                weights: terms.values().copied().collect(),
            };
            let in_both = a.iter().filter_map(|(term, weight)| {
                b.get(term).map(|other| (*term, f64::from(*weight) * f64::from(*other)))
            });
            let found: Vec<(u32, f64)> = shared(&vector(&a), &vector(&b)).collect();
            prop_assert_eq!(found, in_both.collect::<Vec<_>>());
        }
    }
}
