//! The terms of a set's words by dense numbers.

use crate::article_set::ArticleSet;
use crate::language::{Language, Term, TermWeight};
use ahash::AHashMap;
use std::collections::BTreeMap;

/// Which term each word of a set is counted as, by numbers on both sides.
///
/// An article's terms are counted and weighed by loads from arrays: by hash each of the 300 terms of an
/// article was sorted twice and looked up twice, of which each look-up missed the cache.
///
/// Numbers are given in the order of first mention, so that what is known of the common terms lies
/// together.
///
/// Cost: one look-up a different word. Memory: 8 bytes a term and 4 a word and language.
#[derive(Debug, Default)]
pub(super) struct WordTerms {
    /// By number.
    terms: Vec<Term>,
    /// The number of each word's term, by the word's number in the set's vocabulary.
    of_word: BTreeMap<Option<Language>, Vec<u32>>,
}

impl WordTerms {
    /// Of the words of a set, each in the languages of `languages` that it stands in.
    pub(super) fn new(set: &ArticleSet, languages: &[Option<Language>]) -> WordTerms {
        let mut spoken: Vec<Option<Language>> = languages.to_vec();
        spoken.sort_unstable();
        spoken.dedup();
        let mut numbers: AHashMap<Term, u32> = AHashMap::new();
        let mut terms: Vec<Term> = Vec::new();
        let mut number = |known: &TermWeight| {
            *numbers.entry(known.term).or_insert_with(|| {
                terms.push(known.term);
                terms.len() as u32 - 1
            })
        };
        let of_word: BTreeMap<Option<Language>, Vec<u32>> = spoken
            .into_iter()
            .map(|language| {
                let known = set.known_words().of(language).iter();
                (language, known.map(&mut number).collect())
            })
            .collect();
        WordTerms { terms, of_word }
    }

    /// Of some terms without a set.
    #[cfg(test)]
    pub(super) fn of_terms(mut terms: Vec<Term>) -> WordTerms {
        terms.sort_unstable();
        terms.dedup();
        WordTerms { terms, of_word: BTreeMap::new() }
    }

    /// The terms by number, each once.
    pub(super) fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The numbers of the terms of the words of a language, by the words' numbers.
    pub(super) fn of_language(&self, language: Option<Language>) -> &[u32] {
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
                let number = terms.of_language(language)[word as usize];
                assert_eq!(terms.terms()[number as usize], known[word as usize].term);
            }
        }
    }
}
