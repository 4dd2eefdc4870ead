//! How telling each word of a set is.

use crate::article_set::ArticleSet;
use crate::language::{self, Language, Lexicon, TermWeight};
use ahash::AHashMap;
use std::collections::BTreeMap;

/// Documents added to those of the collection where no background is known: in a set of ten texts a
/// word that two of them share is not a common word.
const PSEUDO_DOCUMENTS: f64 = 1000.0;

/// Weight of a word that every document holds; the rest of 1 is the word's rarity.
const BASE_WEIGHT: f64 = 0.25;

/// The weights of all words of an article set, by language.
///
/// The rarity of a word is its idf in the background of the article's language; for a language
/// without one it is counted over the set's different texts. Cost: O(tokens).
pub(crate) struct Words {
    of_article: Vec<Option<Language>>,
    weights: BTreeMap<Option<Language>, Weights>,
}

/// The weights of the words of one language.
///
/// They are few different ones: a number of 16 bits a word, where the weights themselves would be four times
/// as many bytes as the nearer caches have.
#[derive(Default)]
struct Weights {
    /// By the number of the word in the set's vocabulary the place of its weight.
    of_word: Vec<u16>,
    values: Vec<f64>,
}

impl Weights {
    fn get(&self, word: u32) -> f64 {
        let place = self.of_word.get(word as usize);
        place.and_then(|&place| self.values.get(usize::from(place))).copied().unwrap_or(UNKNOWN)
    }

    /// The place of a value; of more than a place can tell the last one's.
    fn place_of(&mut self, value: f64) -> u16 {
        let place = u16::try_from(self.values.len()).unwrap_or(u16::MAX);
        if self.values.len() <= usize::from(u16::MAX) {
            self.values.push(value);
        }
        place
    }
}

/// A word of a language: how many of the set's different texts hold it.
#[derive(Clone, Copy, Default)]
struct Seen {
    stands: bool,
    texts: u32,
    /// The last text that was counted, and 1.
    last: u32,
}

impl Words {
    /// Reads the set; `distinct` are the articles that stand for their identical ones, which count
    /// once.
    pub(crate) fn new(set: &ArticleSet, distinct: &[usize]) -> Words {
        let of_article = language::of_set(set);
        let mut by_language: BTreeMap<Option<Language>, Vec<usize>> = BTreeMap::new();
        for (article, language) in of_article.iter().enumerate() {
            by_language.entry(*language).or_default().push(article);
        }
        let mut counted = vec![false; set.len()];
        for &article in distinct {
            if let Some(counts) = counted.get_mut(article) {
                *counts = true;
            }
        }
        let weights = by_language
            .into_iter()
            .map(|(language, articles)| (language, weigh(set, language, &articles, &counted)))
            .collect();
        Words { of_article, weights }
    }

    /// The words of the article's language.
    pub(crate) fn of(&self, article: usize) -> WordsOf<'_> {
        let language = self.of_article.get(article).copied().flatten();
        static NONE: Weights = Weights { of_word: Vec::new(), values: Vec::new() };
        WordsOf {
            weights: self.weights.get(&language).unwrap_or(&NONE),
            capitals_tell_names: language.is_none_or(|language| language.code() != "de"),
        }
    }
}

fn weigh(
    set: &ArticleSet,
    language: Option<Language>,
    articles: &[usize],
    counted: &[bool],
) -> Weights {
    let known = set.known_words().of(language);
    if Lexicon::of(language).has_background() {
        return weigh_by_background(set, articles, known);
    }
    let vocabulary = set.vocabulary();
    let mut seen = vec![Seen::default(); vocabulary.len()];
    let mut texts = 0;
    for &at in articles {
        let counts = counted.get(at).copied().unwrap_or(false);
        texts += u32::from(counts);
        for &word in vocabulary.of(at) {
            let Some(word) = seen.get_mut(word as usize) else { continue };
            word.stands = true;
            if counts && word.last != at as u32 + 1 {
                word.texts += 1;
                word.last = at as u32 + 1;
            }
        }
    }
    while seen.pop_if(|word| !word.stands).is_some() {}
    let mut weights = Weights::default();
    let (unknown, stop) = (weights.place_of(UNKNOWN), weights.place_of(0.0));
    // By how many texts hold a word. There are fewer such numbers than places in any collection of under
    // two thousand million words; in a larger one the words of the numbers met last weigh alike.
    let mut places: Vec<Option<u16>> = vec![None; texts as usize + 1];
    let all = f64::from(texts) + PSEUDO_DOCUMENTS + 1.0;
    let scale = libm::log2(all);
    weights.of_word = Vec::with_capacity(seen.len());
    for (word, known) in seen.iter().zip(known) {
        let place = match (word.stands, known.stop, places.get_mut(word.texts as usize)) {
            (true, true, _) => stop,
            (true, false, Some(place)) => *place.get_or_insert_with(|| {
                let rarity = libm::log2(all / (f64::from(word.texts) + 0.5)) / scale;
                weights.place_of(weight(rarity.clamp(0.0, 1.0)))
            }),
            _ => unknown,
        };
        weights.of_word.push(place);
    }
    weights
}

/// The weights of words whose rarity is shipped: nothing is to be counted.
fn weigh_by_background(set: &ArticleSet, articles: &[usize], known: &[TermWeight]) -> Weights {
    let vocabulary = set.vocabulary();
    let mut stands = vec![false; vocabulary.len()];
    for &word in articles.iter().flat_map(|&at| vocabulary.of(at)) {
        if let Some(stands) = stands.get_mut(word as usize) {
            *stands = true;
        }
    }
    while stands.pop_if(|stands| !*stands).is_some() {}
    let mut weights = Weights::default();
    let (unknown, stop) = (weights.place_of(UNKNOWN), weights.place_of(0.0));
    // A background has at most 256 rarities.
    let mut places: AHashMap<u32, u16> = AHashMap::new();
    weights.of_word = Vec::with_capacity(stands.len());
    for (&stands, known) in stands.iter().zip(known) {
        let place = match (stands, known.stop) {
            (false, _) => unknown,
            (true, true) => stop,
            (true, false) => *places
                .entry(known.idf.to_bits())
                .or_insert_with(|| weights.place_of(weight(f64::from(known.idf)))),
        };
        weights.of_word.push(place);
    }
    weights
}

/// The weight of a word that is no stop word.
fn weight(rarity: f64) -> f64 {
    BASE_WEIGHT + (1.0 - BASE_WEIGHT) * rarity
}

/// Weight of a word that stands in no body of the language.
const UNKNOWN: f64 = 1.0;

/// The words of one language.
#[derive(Clone, Copy)]
pub(crate) struct WordsOf<'w> {
    weights: &'w Weights,
    capitals_tell_names: bool,
}

impl WordsOf<'_> {
    /// How telling the word of a number is, .25 to 1; 0 for a stop word.
    pub(crate) fn weight(&self, word: u32) -> f64 {
        self.weights.get(word)
    }

    /// Whether capitals tell names from other words: German writes every noun with one.
    pub(crate) fn capitals_tell_names(&self) -> bool {
        self.capitals_tell_names
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    fn weight(set: &ArticleSet, words: &Words, article: usize, word: &str) -> f64 {
        let spelled = |number: &u32| set.vocabulary().spelled(*number) == word;
        let number = (0..set.vocabulary().len() as u32).find(spelled).unwrap();
        words.of(article).weight(number)
    }

    #[test]
    fn without_a_background_words_are_rare_by_the_set_and_identical_texts_count_once() {
        let finnish = Language::new("fi").unwrap();
        let body = |at: usize| if at < 600 { format!("talo sana{at}") } else { "ilta".to_owned() };
        let articles: Vec<Article> = (0..1200)
            .map(|at| Article::new(format!("{at:04}"), body(at)).unwrap().with_language(finnish))
            .collect();
        let set = ArticleSet::new(&articles, Default::default()).unwrap();
        let distinct: Vec<usize> = (0..=600).collect();
        let words = Words::new(&set, &distinct);
        assert!(weight(&set, &words, 0, "talo") < 0.4);
        assert!(weight(&set, &words, 700, "ilta") > 0.9);
        assert_eq!(weight(&set, &words, 0, "sana7"), weight(&set, &words, 700, "ilta"));
    }

    #[test]
    fn in_a_set_of_two_a_shared_word_is_not_common() {
        let finnish = Language::new("fi").unwrap();
        let article = |id| Article::new(id, "talo ja silta").unwrap().with_language(finnish);
        let set = ArticleSet::new(&[article("a"), article("b")], Default::default()).unwrap();
        assert!(weight(&set, &Words::new(&set, &[0, 1]), 0, "silta") > 0.8);
    }
}
