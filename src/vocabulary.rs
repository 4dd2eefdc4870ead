//! The words of a set by dense numbers: each token is looked up once, and every stage after that reads
//! tables by its number.
//!
//! A dozen stages ask of each token whether it is a stop word, how rare its stem is, whether it is
//! telling. By its hash each question is a look into a map of all words; by its number it is a load
//! from an array in which the common words, which came first, lie together.

mod numbers;

use crate::article::Article;
use crate::parallel::map_ordered;
use crate::text::{TextScheme, Token, TokenisedText};
use numbers::Numbers;

/// The numbers of the words of a set, of bodies and titles: 0, 1, 2, … in the order of first mention
/// by ascending id, the bodies before the titles. Two tokens have one number where they have one hash.
///
/// Cost: one look-up a token. Memory: 4 bytes a token, about 25 bytes a different word and, while it is
/// made, 26 to 51 more, and the tokens of the titles.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    /// The frozen hash of each word.
    hashes: Vec<u64>,
    /// The words as the first text that mentions each writes it, one after the other: read from its text,
    /// each word would be a look at a token and one at a text that are in no cache.
    spelled: String,
    /// Where each ends in it.
    ends: Vec<usize>,
    bodies: Numbered,
    titles: Numbered,
    title_texts: Vec<TokenisedText>,
}

/// The numbers of some texts, one text after the other.
#[derive(Clone, Debug, Default)]
struct Numbered {
    words: Vec<u32>,
    /// Where each text starts, and where the last ends.
    starts: Vec<usize>,
}

impl Vocabulary {
    /// Numbers the words of tokenised articles and tokenises and numbers their titles.
    pub(crate) fn new(
        articles: &[Article],
        texts: &[TokenisedText],
        scheme: &TextScheme,
    ) -> Vocabulary {
        let title_texts: Vec<TokenisedText> = map_ordered(articles.len(), |article| {
            let title = articles.get(article).and_then(Article::title).unwrap_or_default();
            // A title of over 4 GiB, which alone is refused, is as good as none.
            TokenisedText::of_text(title, scheme).unwrap_or_default()
        });
        let mut vocabulary = Vocabulary { title_texts, ..Vocabulary::default() };
        let mut numbers = Numbers::default();
        let original = |at: usize| articles.get(at).map_or("", Article::original);
        vocabulary.bodies = vocabulary.number(texts, original, &mut numbers);
        let title = |at: usize| articles.get(at).and_then(Article::title).unwrap_or_default();
        let title_texts = std::mem::take(&mut vocabulary.title_texts);
        vocabulary.titles = vocabulary.number(&title_texts, title, &mut numbers);
        vocabulary.title_texts = title_texts;
        vocabulary
    }

    /// Numbers the words of some texts, which are `written` so.
    fn number<'a>(
        &mut self,
        texts: &[TokenisedText],
        written: impl Fn(usize) -> &'a str,
        numbers: &mut Numbers,
    ) -> Numbered {
        let mut words = Vec::with_capacity(texts.iter().map(|text| text.tokens().len()).sum());
        let mut starts = Vec::with_capacity(texts.len() + 1);
        starts.push(0);
        for (at, text) in texts.iter().enumerate() {
            let written = written(at);
            numbers.read(text.tokens(), &mut words, |token| {
                let word = written.get(token.start as usize..token.end as usize);
                self.spelled.push_str(word.unwrap_or_default());
                self.ends.push(self.spelled.len());
                self.hashes.push(token.hash);
            });
            starts.push(words.len());
        }
        Numbered { words, starts }
    }

    /// Number of different words: each number is under it.
    pub(crate) fn len(&self) -> usize {
        self.hashes.len()
    }

    /// The numbers of an article's body, parallel to its tokens.
    pub(crate) fn of(&self, article: usize) -> &[u32] {
        self.bodies.of(article)
    }

    /// The numbers of an article's title, parallel to its tokens.
    pub(crate) fn of_title(&self, article: usize) -> &[u32] {
        self.titles.of(article)
    }

    /// The tokens of an article's title, whose offsets point into it; none where it has no title.
    pub(crate) fn title(&self, article: usize) -> &[Token] {
        self.title_texts.get(article).map_or(&[], TokenisedText::tokens)
    }

    /// The frozen hash of a word.
    pub(crate) fn hash(&self, number: u32) -> Option<u64> {
        self.hashes.get(number as usize).copied()
    }

    /// A word as the first text that mentions it writes it.
    pub(crate) fn spelled(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let range = start.zip(self.ends.get(number)).map(|(start, &end)| start..end);
        range.and_then(|range| self.spelled.get(range)).unwrap_or_default()
    }
}

impl Numbered {
    fn of(&self, text: usize) -> &[u32] {
        match (self.starts.get(text), self.starts.get(text + 1)) {
            (Some(&start), Some(&end)) => self.words.get(start..end).unwrap_or(&[]),
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article_set::ArticleSet;
    use proptest::prelude::*;

    fn set_of(texts: &[(String, String)]) -> ArticleSet {
        let articles: Vec<Article> = texts
            .iter()
            .enumerate()
            .map(|(at, (title, body))| {
                Article::new(format!("{at:03}"), body.as_str()).unwrap().with_title(title.as_str())
            })
            .collect();
        ArticleSet::new(&articles, TextScheme::default()).unwrap()
    }

    proptest! {
        #[test]
        fn numbers_are_dense_and_equal_where_hashes_are(
            texts in prop::collection::vec(("[a-eé]{1,2}( [a-eé]{1,2}){0,5}", "[A-E]( [a-e.]{1,2}){0,9}"), 0..12),
        ) {
            let set = set_of(&texts);
            let vocabulary = set.vocabulary();
            let mut pairs = Vec::new();
            for (at, text) in set.texts().iter().enumerate() {
                prop_assert_eq!(text.tokens().len(), vocabulary.of(at).len());
                prop_assert_eq!(vocabulary.title(at).len(), vocabulary.of_title(at).len());
                pairs.extend(text.tokens().iter().zip(vocabulary.of(at)));
                pairs.extend(vocabulary.title(at).iter().zip(vocabulary.of_title(at)));
            }
            let mut met: Vec<u32> = pairs.iter().map(|pair| *pair.1).collect();
            for (token, number) in &pairs {
                for (other, other_number) in &pairs {
                    prop_assert_eq!(token.hash == other.hash, number == other_number);
                }
                let spelled = vocabulary.spelled(**number);
                let read = TokenisedText::of_text(spelled, set.scheme()).unwrap();
                prop_assert_eq!(read.tokens()[0].hash, token.hash);
                prop_assert_eq!(vocabulary.hash(**number), Some(token.hash));
            }
            met.sort_unstable();
            met.dedup();
            prop_assert_eq!(met, (0..vocabulary.len() as u32).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_is_beyond_the_set_has_no_words() {
        let set = set_of(&[("Titre".to_owned(), "Le pont".to_owned())]);
        let vocabulary = set.vocabulary();
        assert!(vocabulary.of(1).is_empty() && vocabulary.title(usize::MAX - 1).is_empty());
        assert_eq!(vocabulary.spelled(9), "");
    }
}
