//! The terms of a set's words by dense numbers.

use crate::article_set::ArticleSet;
use crate::language::{Language, Term, TermWeight};
use ahash::AHashMap;
use std::collections::BTreeMap;

/// What a word is counted as, in one language: the number of its term, and whether it is a stop word.
///
/// Both in 4 bytes: what is asked of every token of a set is one load from a table that stays in a
/// near cache. Before, 24 bytes a token were copied from one of six times the size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CountedWord(u32);

/// The bit of a stop word.
const STOP: u32 = 1 << 31;

impl CountedWord {
    fn new(number: u32, is_stop: bool) -> CountedWord {
        CountedWord(number | if is_stop { STOP } else { 0 })
    }

    /// The number of its term.
    pub(super) fn term(self) -> u32 {
        self.0 & !STOP
    }

    pub(super) fn is_stop(self) -> bool {
        self.0 & STOP != 0
    }
}

/// Which term each word of a set is counted as, by numbers on both sides.
///
/// An article's terms are counted and weighed by loads from arrays: by hash each of the 300 terms of an
/// article was sorted twice and looked up twice, of which each look-up missed the cache.
///
/// Numbers are given in the order of first mention, so that what is known of the common terms lies
/// together.
///
/// Cost: one look-up a different word. Memory: 12 bytes a term and 4 a word and language.
#[derive(Debug, Default)]
pub(super) struct WordTerms {
    /// By number.
    terms: Vec<Term>,
    /// What the first letters of each are; 0 where it is too short or no word of a script with
    /// letters.
    beginnings: Vec<u32>,
    /// Each word by its number in the set's vocabulary.
    of_word: BTreeMap<Option<Language>, Vec<CountedWord>>,
}

impl WordTerms {
    /// Of the words of a set, each in the languages of `languages` that it stands in.
    pub(super) fn new(set: &ArticleSet, languages: &[Option<Language>]) -> WordTerms {
        let mut spoken: Vec<Option<Language>> = languages.to_vec();
        spoken.sort_unstable();
        spoken.dedup();
        let mut numbers: AHashMap<Term, u32> = AHashMap::new();
        let mut terms: Vec<Term> = Vec::new();
        let mut beginnings: Vec<u32> = Vec::new();
        let mut counted = |known: &TermWeight| {
            let number = *numbers.entry(known.term).or_insert_with(|| {
                terms.push(known.term);
                beginnings.push(known.beginning);
                terms.len() as u32 - 1
            });
            CountedWord::new(number, known.stop)
        };
        let of_word: BTreeMap<Option<Language>, Vec<CountedWord>> = spoken
            .into_iter()
            .map(|language| {
                let known = set.known_words().of(language).iter();
                (language, known.map(&mut counted).collect())
            })
            .collect();
        WordTerms { terms, beginnings, of_word }
    }

    /// Of some terms without a set.
    #[cfg(test)]
    pub(super) fn of_terms(mut terms: Vec<Term>) -> WordTerms {
        terms.sort_unstable();
        terms.dedup();
        WordTerms { terms, ..WordTerms::default() }
    }

    /// The terms by number, each once.
    pub(super) fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// What the first letters of a term are.
    pub(super) fn beginning(&self, term: u32) -> u32 {
        self.beginnings.get(term as usize).copied().unwrap_or_default()
    }

    /// The words of a language, by their numbers.
    pub(super) fn of_language(&self, language: Option<Language>) -> &[CountedWord] {
        self.of_word.get(&language).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::language::of_set;

    #[test]
    fn the_number_of_a_word_is_that_of_its_term_in_each_language() {
        let article = |id, body, language| {
            Article::new(id, body).unwrap().with_language(Language::new(language).unwrap())
        };
        let articles = [
            article("a", "Les écoles de Sourlac, l'école de Mireux: la crue.", "fr"),
            article("b", "Schools of Sourlac and la crue.", "en"),
        ];
        let set = ArticleSet::new(&articles, Default::default()).unwrap();
        let languages = of_set(&set);
        let terms = WordTerms::new(&set, &languages);
        let mut different = terms.terms().to_vec();
        different.sort_unstable();
        different.dedup();
        assert_eq!(different.len(), terms.terms().len());
        for (article, &language) in languages.iter().enumerate() {
            let known = set.known_words().of(language);
            for &word in set.vocabulary().of(article) {
                let counted = terms.of_language(language)[word as usize];
                let term = counted.term() as usize;
                assert_eq!(terms.terms()[term], known[word as usize].term);
                assert_eq!(terms.beginning(counted.term()), known[word as usize].beginning);
                assert_eq!(counted.is_stop(), known[word as usize].stop);
            }
        }
    }
}
