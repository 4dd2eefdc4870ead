//! What the lexicons know of the words of a set, by their numbers.

use super::{Language, Lexicon, Term, TermWeight, Weigher, of_set};
use crate::article_set::ArticleSet;
use crate::parallel::map_with;
use std::collections::BTreeMap;

/// What is known of each word of a set in each language that it is written in: looked up once for a
/// word and a language, and read by the word's number in the set's
/// [`Vocabulary`](crate::vocabulary::Vocabulary).
///
/// Cost: one load a token, one stem and look-up a different word. Memory: 24 bytes a different word
/// for each language of the set.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownWords {
    of_language: BTreeMap<Option<Language>, Vec<TermWeight>>,
}

impl KnownWords {
    pub(crate) fn new(set: &ArticleSet) -> KnownWords {
        let mut by_language: BTreeMap<Option<Language>, Vec<usize>> = BTreeMap::new();
        for (article, language) in of_set(set).iter().enumerate() {
            by_language.entry(*language).or_default().push(article);
        }
        let of_language = by_language
            .into_iter()
            .map(|(language, articles)| (language, weighed(set, language, &articles)))
            .collect();
        KnownWords { of_language }
    }

    /// What is known of the words in a language, by number; of one that no text of the language has
    /// nothing, and the list may end before it.
    pub(crate) fn of(&self, language: Option<Language>) -> &[TermWeight] {
        self.of_language.get(&language).map_or(&[], Vec::as_slice)
    }
}

/// A word that no text of a language has.
const UNKNOWN: TermWeight = TermWeight { term: Term::NONE, idf: 1.0, stop: false, beginning: 0 };

fn weighed(set: &ArticleSet, language: Option<Language>, articles: &[usize]) -> Vec<TermWeight> {
    let vocabulary = set.vocabulary();
    let mut stands = vec![false; vocabulary.len()];
    for &article in articles {
        for &word in vocabulary.of(article).iter().chain(vocabulary.of_title(article)) {
            if let Some(stands) = stands.get_mut(word as usize) {
                *stands = true;
            }
        }
    }
    while stands.pop_if(|stands| !*stands).is_some() {}
    map_with(
        stands.len(),
        || Weigher::new(language),
        |weigher, word| {
            if stands.get(word) == Some(&true) {
                let (word, stop_in) = (word as u32, set.stop_in().of(word as u32));
                let spelled = vocabulary.spelled(word);
                let listed = language.is_some_and(|language| stop_in.contains(&language));
                weigher.weigh_listed(spelled, |_, folded| listed || Lexicon::is_letter(folded))
            } else {
                UNKNOWN
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    #[test]
    fn what_is_read_by_number_is_what_is_looked_up() {
        let article = |id: &str, title: &str, body: &str, language: &str| {
            let article = Article::new(id, body).unwrap().with_title(title);
            article.with_language(Language::new(language).unwrap())
        };
        let articles = [
            article(
                "a",
                "Les ÉCOLES du Valbrun",
                "L'école normale et la rue, dans 12 écoles.",
                "fr",
            ),
            article("b", "Schools of Valbrun", "The normal school and la rue.", "en"),
            article("c", "", "", "de"),
        ];
        let set = ArticleSet::new(&articles, Default::default()).unwrap();
        for (at, article) in set.articles().iter().enumerate() {
            let known = set.known_words().of(article.language());
            let mut weigher = Weigher::new(article.language());
            let mut check = |written: &str, tokens: &[crate::text::Token], numbers: &[u32]| {
                for (token, &number) in tokens.iter().zip(numbers) {
                    assert_eq!(known[number as usize], weigher.weigh_token(written, token));
                }
            };
            let vocabulary = set.vocabulary();
            check(article.original(), set.texts()[at].tokens(), vocabulary.of(at));
            let title = article.title().unwrap_or_default();
            check(title, vocabulary.title(at), vocabulary.of_title(at));
        }
        assert!(set.known_words().of(Language::new("it")).is_empty());
    }
}
