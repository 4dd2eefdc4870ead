//! One article as the rules for kinds read it.

use super::words::WordsOf;
use crate::article::Article;
use crate::span::Span;
use crate::text::{Token, TokenisedText};
use std::ops::Range;

/// An article's tokens, those of its title, and how telling its words are.
pub(crate) struct Reading<'t> {
    pub(crate) original: &'t str,
    pub(crate) tokens: &'t [Token],
    /// The title's tokens; their offsets point into [`title_text`](Reading::title_text).
    pub(crate) title: TokenisedText,
    pub(crate) title_text: &'t str,
    pub(crate) words: WordsOf<'t>,
}

impl<'t> Reading<'t> {
    /// Reads an article and its tokenised body.
    pub(crate) fn new(article: &'t Article, text: &'t TokenisedText, words: WordsOf<'t>) -> Self {
        let title_text = article.title().unwrap_or_default();
        // A title of over 4 GiB, which alone is refused, is as good as none.
        let title = TokenisedText::of_text(title_text, text.scheme()).unwrap_or_default();
        Reading { original: article.original(), tokens: text.tokens(), title, title_text, words }
    }

    /// The bytes of a range of tokens.
    pub(crate) fn span(&self, range: &Range<usize>) -> Option<Span> {
        let tokens = self.tokens.get(range.clone())?;
        Span::new(tokens.first()?.start as usize, tokens.last()?.end as usize)
    }

    /// The characters between token `at` and the one before it.
    pub(crate) fn gap(&self, at: usize) -> &str {
        let (Some(before), Some(token)) =
            (at.checked_sub(1).and_then(|before| self.tokens.get(before)), self.tokens.get(at))
        else {
            return "\n";
        };
        self.original.get(before.end as usize..token.start as usize).unwrap_or("\n")
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::words::Words;
    use super::*;
    use crate::article_set::ArticleSet;
    use crate::text::TextScheme;

    /// Calls `f` with the reading of a text.
    pub(crate) fn read<T>(text: &str, f: impl Fn(&Reading<'_>) -> T) -> T {
        let article = Article::new("a", text).unwrap();
        let set = ArticleSet::new(&[article], TextScheme::default()).unwrap();
        let words = Words::new(&set, &[0]);
        f(&Reading::new(&set.articles()[0], &set.texts()[0], words.of(0)))
    }

    #[test]
    fn gaps_are_what_stands_between_tokens() {
        read("Le pont, hier.", |reading| {
            assert_eq!(reading.gap(1), " ");
            assert_eq!(reading.gap(2), ", ");
            assert_eq!((reading.gap(0), reading.gap(9)), ("\n", "\n"));
        });
    }
}
