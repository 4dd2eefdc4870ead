//! The terms of a set's words by dense numbers.

use crate::article_set::ArticleSet;
use crate::language::{Language, Term};
use crate::parallel;
use std::collections::BTreeMap;

/// Which term each word of a set is counted as, by numbers on both sides.
///
/// An article's terms are counted and weighed by loads from arrays: by hash each of the 300 terms of an
/// article was sorted twice and looked up twice, of which each look-up missed the cache.
///
/// Cost: O(different words · log different words). Memory: 8 bytes a term and 4 a word and language.
#[derive(Debug, Default)]
pub(super) struct WordTerms {
    /// By number, ascending.
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
        let mut words: Vec<(Term, u32, u32)> = Vec::new();
        for (language, &spoken) in (0u32..).zip(&spoken) {
            let known = set.known_words().of(spoken);
            words.extend((0u32..).zip(known).map(|(word, known)| (known.term, language, word)));
        }
        parallel::sort(&mut words);
        let count = |language: &Option<Language>| set.known_words().of(*language).len();
        let mut of_word: Vec<Vec<u32>> = spoken.iter().map(|it| vec![0; count(it)]).collect();
        let mut terms: Vec<Term> = Vec::new();
        for (term, language, word) in words {
            if terms.last() != Some(&term) {
                terms.push(term);
            }
            let list = of_word.get_mut(language as usize);
            if let Some(number) = list.and_then(|list| list.get_mut(word as usize)) {
                *number = terms.len() as u32 - 1;
            }
        }
        WordTerms { terms, of_word: spoken.into_iter().zip(of_word).collect() }
    }

    /// Of some terms without a set.
    #[cfg(test)]
    pub(super) fn of_terms(mut terms: Vec<Term>) -> WordTerms {
        terms.sort_unstable();
        terms.dedup();
        WordTerms { terms, of_word: BTreeMap::new() }
    }

    /// The terms by number, ascending.
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
        assert!(terms.terms().is_sorted_by(|a, b| a < b));
        for (article, &language) in languages.iter().enumerate() {
            let known = set.known_words().of(language);
            for &word in set.vocabulary().of(article) {
                let number = terms.of_language(language)[word as usize];
                assert_eq!(terms.terms()[number as usize], known[word as usize].term);
            }
        }
    }
}
