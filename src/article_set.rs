//! The articles of one call in their canonical order, each read once.

use crate::article::Article;
use crate::error::{Error, Result};
use crate::language::{KnownWords, Language, StopIn};
use crate::parallel::map_with;
use crate::text::{ReadingSpace, TextScheme, TokenisedText};
use crate::vocabulary::Vocabulary;
use std::sync::OnceLock;

/// The articles of one call, sorted by id, with their tokens and shingles.
///
/// Every later stage works on this: an article is named by its index here, and because the order is that of the ids, the
/// smaller index is the smaller id and every tie goes to it.
///
/// Cost: O(total bytes) plus the sort of the ids.
#[derive(Clone, Debug)]
pub struct ArticleSet {
    articles: Vec<Article>,
    texts: Vec<TokenisedText>,
    scheme: TextScheme,
    /// Read when a stage first asks.
    languages: OnceLock<Vec<Option<Language>>>,
    /// The same.
    vocabulary: OnceLock<Vocabulary>,
    /// The same.
    known_words: OnceLock<KnownWords>,
    /// The same.
    stop_in: OnceLock<StopIn>,
}

impl ArticleSet {
    /// Sorts the articles by id and tokenises each.
    ///
    /// # Errors
    /// `is_duplicate` when two articles carry one id.
    pub fn new(articles: &[Article], scheme: TextScheme) -> Result<ArticleSet> {
        let mut articles = articles.to_vec();
        articles.sort_by(|a, b| a.id().cmp(b.id()));
        if let Some(twin) = articles.windows(2).find(|pair| pair[0].id() == pair[1].id()) {
            return Err(Error::duplicate(format!(
                "two articles are named {:?}; ids must be unique in one call",
                twin[0].id().as_str()
            )));
        }
        let texts = map_with(articles.len(), ReadingSpace::default, |space, article| {
            articles.get(article).map_or_else(TokenisedText::default, |article| {
                TokenisedText::of_article_in(article, &scheme, space)
            })
        });
        let languages = OnceLock::new();
        let (vocabulary, known_words) = (OnceLock::new(), OnceLock::new());
        let stop_in = OnceLock::new();
        Ok(ArticleSet { articles, texts, scheme, languages, vocabulary, known_words, stop_in })
    }

    /// Number of articles.
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// The articles, by ascending id.
    pub fn articles(&self) -> &[Article] {
        &self.articles
    }

    /// The tokens and shingles of each article, in the same order.
    pub fn texts(&self) -> &[TokenisedText] {
        &self.texts
    }

    /// The languages of the articles, which `read` finds out once for all stages.
    pub(crate) fn languages(
        &self,
        read: impl FnOnce(&ArticleSet) -> Vec<Option<Language>>,
    ) -> &[Option<Language>] {
        found_once::<Vec<_>>(&self.languages, || read(self))
    }

    /// The words of the articles and their titles by number, found out once for all stages.
    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        let new = || Vocabulary::new(&self.articles, &self.texts, &self.scheme);
        found_once(&self.vocabulary, new)
    }

    /// The languages that each of these words is a stop word of, looked up once for all stages.
    pub(crate) fn stop_in(&self) -> &StopIn {
        found_once(&self.stop_in, || StopIn::new(self))
    }

    /// What the lexicons know of these words, looked up once for all stages.
    pub(crate) fn known_words(&self) -> &KnownWords {
        found_once(&self.known_words, || KnownWords::new(self))
    }

    /// The scheme the texts were read under.
    pub fn scheme(&self) -> &TextScheme {
        &self.scheme
    }
}

/// What is found out when a stage first asks. Not inside the lock: the work may be spread over threads,
/// and one that waits for its part may take up another task, which may ask the same set. Two that find
/// out at once find the same.
fn found_once<T>(known: &OnceLock<T>, find: impl FnOnce() -> T) -> &T {
    match known.get() {
        Some(found) => found,
        None => {
            let found = find();
            known.get_or_init(|| found)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_of_one_pool_may_ask_one_set_at_once() {
        let article =
            |at: usize| Article::new(format!("{at}"), "Le pont de Sourlac est fermé.").unwrap();
        let articles: Vec<Article> = (0..200).map(article).collect();
        for _ in 0..20 {
            let set = ArticleSet::new(&articles, TextScheme::default()).unwrap();
            let french = crate::parallel::map_ordered(8, |_| {
                let languages = crate::language::of_set(&set);
                languages.iter().filter(|language| **language == Some(Language::FRENCH)).count()
                    + set.known_words().of(Some(Language::FRENCH)).len()
            });
            assert_eq!(french, [206; 8]);
        }
    }
}
