//! How often and how rare the terms of a set are.

use super::blocks::Blocks;
use super::feature_block::{FeatureBlock, Features};
use super::features::{ArticleTerm, TermKind};
use super::word_terms::WordTerms;
use crate::language::{Language, Lexicon, Term};
use crate::parallel;
use ahash::AHashMap;
use std::collections::BTreeMap;

/// Articles that a set is thought to be larger by where no background is known: in a set of three,
/// a word that all three hold is not known to be common.
const UNSEEN_ARTICLES: f64 = 200.0;

/// The terms of a set while they are counted: those of words as they were numbered, then the
/// compounds.
pub(super) struct Terms {
    pub(super) terms: Vec<Term>,
    /// The number in the vectors of each: its place in the ascending order of all.
    pub(super) numbers: Vec<u32>,
    /// Which the compounds of the articles are, article by article.
    of_compound: Vec<u32>,
    /// Where those of each article begin there; one more for where the last end.
    first_compound: Vec<u32>,
}

impl Terms {
    /// All terms, and all terms ascending. O(terms · log terms).
    pub(super) fn of(features: &Blocks<FeatureBlock>, words: &WordTerms) -> (Terms, Vec<Term>) {
        let words = words.terms();
        let of_blocks = features.blocks().iter().flat_map(|block| &block.compounds);
        let of_articles: Vec<Term> = of_blocks.copied().collect();
        let mut compounds = of_articles.clone();
        parallel::sort(&mut compounds);
        compounds.dedup();
        let places: AHashMap<Term, u32> =
            compounds.iter().copied().zip(words.len() as u32..).collect();
        let of_compound =
            parallel::map_items(&of_articles, |term| places.get(term).copied().unwrap_or_default());
        let mut first_compound = Vec::with_capacity(features.len() + 1);
        first_compound.push(0);
        first_compound.extend(features.articles().scan(0, |end, article| {
            *end += article.compounds.len() as u32;
            Some(*end)
        }));
        let terms: Vec<Term> = words.iter().chain(&compounds).copied().collect();
        let mut order: Vec<(Term, u32)> = terms.iter().copied().zip(0..).collect();
        parallel::sort(&mut order);
        let mut ascending: Vec<Term> = Vec::with_capacity(order.len());
        let mut numbers = vec![0; terms.len()];
        for (term, place) in order {
            if ascending.last() != Some(&term) {
                ascending.push(term);
            }
            if let Some(number) = numbers.get_mut(place as usize) {
                *number = ascending.len() as u32 - 1;
            }
        }
        (Terms { terms, numbers, of_compound, first_compound }, ascending)
    }

    /// The place of a term of an article.
    pub(super) fn place(&self, article: usize, term: ArticleTerm) -> Option<usize> {
        match term.kind() {
            TermKind::Word(word) => Some(word as usize),
            TermKind::Compound(place) => {
                let first = *self.first_compound.get(article)?;
                Some(*self.of_compound.get((first + place) as usize)? as usize)
            }
        }
    }

    /// The places of the words and names of an article; what is both stands there twice.
    pub(super) fn of_article<'a>(
        &'a self,
        article: usize,
        features: Features<'a>,
    ) -> impl Iterator<Item = usize> + 'a {
        let words = features.words.iter().map(|word| word.term);
        let terms = words.chain(features.names.iter().map(|name| name.0));
        terms.filter_map(move |term| self.place(article, term))
    }
}

/// Where the terms of a set stand.
pub(super) struct Occurrences {
    /// In how many texts each term is.
    pub(super) frequencies: Vec<u32>,
    /// For each language that has a background and articles, whether each term is in one of them.
    stands: BTreeMap<Option<Language>, Vec<bool>>,
}

impl Occurrences {
    /// `texts`: the articles of which each holds another text, ascending. O(terms of all articles).
    pub(super) fn of(
        texts: &[usize],
        features: &Blocks<FeatureBlock>,
        languages: &[Option<Language>],
        terms: &Terms,
    ) -> Occurrences {
        let mut stands: BTreeMap<Option<Language>, Vec<bool>> = BTreeMap::new();
        // In how many texts a term is, and one more than the last article that it was met in.
        let mut counts = vec![(0_u32, 0_u32); terms.terms.len()];
        let mut texts = texts.iter().copied().peekable();
        for (article, features) in features.articles().enumerate() {
            let is_counted = texts.next_if_eq(&article).is_some();
            let language = languages.get(article).copied().flatten();
            let mut stands = Lexicon::of(language)
                .has_background()
                .then(|| stands.entry(language).or_insert_with(|| vec![false; terms.terms.len()]));
            let here = article as u32 + 1;
            for place in terms.of_article(article, features) {
                if let Some(stands) = stands.as_mut().and_then(|stands| stands.get_mut(place)) {
                    *stands = true;
                }
                if is_counted
                    && let Some((count, last)) = counts.get_mut(place)
                    && *last != here
                {
                    *count += 1;
                    *last = here;
                }
            }
        }
        let frequencies = counts.into_iter().map(|(count, _)| count).collect();
        Occurrences { frequencies, stands }
    }
}

/// How rare terms are where a background is known, and logarithms of small counts.
pub(super) struct Rarities {
    /// For each language that has a background and articles, of each term the number and the idf; 0
    /// where none of its articles has the term.
    pub(super) of_language: BTreeMap<Option<Language>, Vec<(u32, f64)>>,
    pub(super) logarithms: Vec<f64>,
}

/// Counts whose logarithms are kept.
const SMALL_COUNTS: u32 = 64;

impl Rarities {
    /// `articles`: how many texts the frequencies were counted in. O(terms), for each language.
    pub(super) fn of(occurrences: &Occurrences, terms: &Terms, articles: f64) -> Rarities {
        let Occurrences { frequencies, stands } = occurrences;
        let rarity = |(&language, stands): (&Option<Language>, &Vec<bool>)| {
            let lexicon = Lexicon::of(language);
            let idf = parallel::map_ordered(stands.len(), |place| {
                let number = terms.numbers.get(place).copied().unwrap_or_default();
                match (stands.get(place), terms.terms.get(place), frequencies.get(place)) {
                    (Some(true), Some(&term), Some(&frequency)) => {
                        (number, combined_idf(lexicon, term, f64::from(frequency), articles))
                    }
                    _ => (number, 0.0),
                }
            });
            (language, idf)
        };
        let of_language = stands.iter().map(rarity).collect();
        let logarithm = |count: u32| libm::log(f64::from(count.max(1)));
        Rarities { of_language, logarithms: (0..SMALL_COUNTS).map(logarithm).collect() }
    }
}

/// The articles without those whose text a smaller one has too.
pub(super) fn first_of_each_text(articles: usize, same_texts: &[Vec<u32>]) -> Vec<usize> {
    let mut is_first = vec![true; articles];
    for &again in same_texts.iter().flat_map(|text| text.iter().skip(1)) {
        if let Some(first) = is_first.get_mut(again as usize) {
            *first = false;
        }
    }
    (0..articles).filter(|&article| is_first.get(article) == Some(&true)).collect()
}

/// In how many articles of a language terms are.
#[derive(Default)]
pub(super) struct OwnFrequencies {
    pub(super) articles: f64,
    pub(super) of_term: AHashMap<usize, u32>,
}

/// The frequencies of each language without a background, among its articles alone: counted over a
/// set of all languages, a character that stands in each of its thirty Japanese articles was a rare
/// one, and any two of them one story.
pub(super) fn without_background(
    texts: &[usize],
    features: &Blocks<FeatureBlock>,
    languages: &[Option<Language>],
    terms: &Terms,
) -> BTreeMap<Option<Language>, OwnFrequencies> {
    let mut own: BTreeMap<Option<Language>, OwnFrequencies> = BTreeMap::new();
    let mut here: Vec<usize> = Vec::new();
    let texts = texts.iter().filter_map(|&article| Some((article, features.article(article)?)));
    for (article, features) in texts {
        let language = languages.get(article).copied().flatten();
        if Lexicon::of(language).has_background() {
            continue;
        }
        let counts = own.entry(language).or_default();
        counts.articles += 1.0;
        here.clear();
        here.extend(terms.of_article(article, features));
        here.sort_unstable();
        here.dedup();
        for &place in &here {
            *counts.of_term.entry(place).or_default() += 1;
        }
    }
    own
}

/// Inverse document frequency over the background and the set together, in nats.
fn combined_idf(lexicon: &Lexicon, term: Term, df: f64, articles: f64) -> f64 {
    let background = f64::from(lexicon.background_articles());
    let all = libm::log((background + 1.0) / 0.5);
    let background_df = ((background + 1.0) * libm::exp(-lexicon.idf(term) * all) - 0.5).max(0.0);
    libm::log((background + articles + 1.0) / (background_df + df + 0.5)).max(0.0)
}

/// The same over the set's articles in the language alone, where no background is known.
pub(super) fn own_idf(df: f64, articles: f64) -> f64 {
    libm::log((articles + UNSEEN_ARTICLES + 1.0) / (df + 0.5)).max(0.0)
}
