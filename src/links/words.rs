//! How telling each word of a set is.

use crate::article_set::ArticleSet;
use crate::language::{self, Language, Lexicon, TermWeight};
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
    /// By the number of the word in the set's vocabulary.
    weights: BTreeMap<Option<Language>, Vec<f64>>,
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
        WordsOf {
            weights: self.weights.get(&language).map_or(&[], Vec::as_slice),
            capitals_tell_names: language.is_none_or(|language| language.code() != "de"),
        }
    }
}

fn weigh(
    set: &ArticleSet,
    language: Option<Language>,
    articles: &[usize],
    counted: &[bool],
) -> Vec<f64> {
    let known = set.known_words().of(language);
    if Lexicon::of(language).has_background() {
        return weigh_by_background(set, articles, known);
    }
    let vocabulary = set.vocabulary();
    let mut seen = vec![Seen::default(); vocabulary.len()];
    let mut texts = 0.0;
    for &at in articles {
        let counts = counted.get(at).copied().unwrap_or(false);
        texts += if counts { 1.0 } else { 0.0 };
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
    let all = texts + PSEUDO_DOCUMENTS + 1.0;
    let scale = libm::log2(all);
    seen.iter()
        .zip(known)
        .map(|(word, known)| {
            let rarity = || libm::log2(all / (f64::from(word.texts) + 0.5)) / scale;
            weight(word.stands, known, || rarity().clamp(0.0, 1.0))
        })
        .collect()
}

/// The weights of words whose rarity is shipped: nothing is to be counted.
fn weigh_by_background(set: &ArticleSet, articles: &[usize], known: &[TermWeight]) -> Vec<f64> {
    let vocabulary = set.vocabulary();
    let mut stands = vec![false; vocabulary.len()];
    for &word in articles.iter().flat_map(|&at| vocabulary.of(at)) {
        if let Some(stands) = stands.get_mut(word as usize) {
            *stands = true;
        }
    }
    while stands.pop_if(|stands| !*stands).is_some() {}
    let weight =
        |(&stands, known): (&bool, &TermWeight)| weight(stands, known, || f64::from(known.idf));
    stands.iter().zip(known).map(weight).collect()
}

fn weight(stands: bool, known: &TermWeight, rarity: impl FnOnce() -> f64) -> f64 {
    match (stands, known.stop) {
        (false, _) => UNKNOWN,
        (true, true) => 0.0,
        (true, false) => BASE_WEIGHT + (1.0 - BASE_WEIGHT) * rarity(),
    }
}

/// Weight of a word that stands in no body of the language.
const UNKNOWN: f64 = 1.0;

/// The words of one language.
#[derive(Clone, Copy)]
pub(crate) struct WordsOf<'w> {
    weights: &'w [f64],
    capitals_tell_names: bool,
}

impl WordsOf<'_> {
    /// How telling the word of a number is, .25 to 1; 0 for a stop word.
    pub(crate) fn weight(&self, word: u32) -> f64 {
        self.weights.get(word as usize).copied().unwrap_or(UNKNOWN)
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
