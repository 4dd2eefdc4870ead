//! One article as the rules for kinds read it.

use super::conflict::{NumbersByContext, numbers_by_context};
use super::details::DetailPlace;
use super::fixed_words::FixedWords;
use super::key_set::KeySet;
use super::lede::{LEDE_TOKENS, LedeWords};
use super::quotation::{quoted_tokens, survey_stretches};
use super::truncated::last_invitation;
use super::withdraws::{NOTICE_TOKENS, withdrawal};
use super::words::{Words, WordsOf};
use crate::article_set::ArticleSet;
use crate::span::Span;
use crate::text::Token;
use std::ops::Range;
use std::sync::OnceLock;

/// All that is known of one article alone, so that a pair costs what its two articles share: a host
/// of three hundred short articles is read once and not three hundred times.
///
/// Memory: about 10 bytes a token (a key of 8 for each different word, a byte for whether it is
/// quoted, 16 for each name and number) and 16 for each word of title and lede.
pub(crate) struct Reading<'t> {
    pub(crate) original: &'t str,
    pub(crate) tokens: &'t [Token],
    /// The number of each token's word.
    pub(crate) numbers: &'t [u32],
    /// The title's tokens; their offsets point into [`title_text`](Reading::title_text).
    pub(crate) title: &'t [Token],
    pub(crate) title_numbers: &'t [u32],
    pub(crate) title_text: &'t str,
    pub(crate) words: WordsOf<'t>,
    /// Everything that a detail may be found as.
    detail_keys: KeySet,
    /// The details of the body, ascending by place.
    pub(crate) all_details: Vec<DetailPlace>,
    pub(crate) numbers_by_context: NumbersByContext,
    /// For each token whether it stands between quotation marks.
    pub(crate) quoted: Vec<bool>,
    /// Where words of how polls are made stand, ascending.
    pub(crate) survey_places: Vec<u32>,
    /// Its stretches on how a poll was made.
    pub(crate) survey_stretches: Vec<Range<u32>>,
    pub(crate) title_words: LedeWords,
    /// Of title and lede.
    pub(crate) lede_words: LedeWords,
    /// Whether a word that the notice of a withdrawal may begin with stands in the title or the first
    /// lines.
    pub(crate) may_hold_notice: bool,
    /// Where it says that it withdraws another.
    pub(crate) withdrawal: Option<Span>,
    /// The token at which the last invitation of a paywall starts.
    pub(crate) last_invitation: Option<usize>,
}

impl<'t> Reading<'t> {
    /// Reads an article of a set; `None` beyond it. O(tokens and bytes), and a sort of its words.
    pub(crate) fn new(
        set: &'t ArticleSet,
        at: usize,
        words: WordsOf<'t>,
        fixed: &FixedWords,
    ) -> Option<Self> {
        let (article, text) = (set.articles().get(at)?, set.texts().get(at)?);
        let vocabulary = set.vocabulary();
        let numbers = vocabulary.of(at);
        let survey_places = fixed.survey_places(numbers);
        let first_lines = numbers.get(..NOTICE_TOKENS).unwrap_or(numbers);
        let title_numbers = vocabulary.of_title(at);
        let mut reading = Reading {
            original: article.original(),
            tokens: text.tokens(),
            numbers,
            title: vocabulary.title(at),
            title_numbers,
            title_text: article.title().unwrap_or_default(),
            words,
            detail_keys: KeySet::default(),
            all_details: Vec::new(),
            numbers_by_context: NumbersByContext::default(),
            quoted: quoted_tokens(article.original(), text.tokens()),
            survey_stretches: survey_stretches(text.tokens(), &survey_places),
            survey_places,
            title_words: LedeWords::default(),
            lede_words: LedeWords::default(),
            may_hold_notice: fixed.may_withdraw(first_lines) || fixed.may_withdraw(title_numbers),
            withdrawal: None,
            last_invitation: last_invitation(text.tokens(), fixed.invitations(numbers)),
        };
        let details = reading.details(0..reading.tokens.len());
        reading.detail_keys = KeySet::new(&reading.detail_keys());
        reading.numbers_by_context = numbers_by_context(&reading, &details);
        reading.all_details = DetailPlace::all(&details);
        reading.title_words = LedeWords::of(&reading, 0);
        reading.lede_words = LedeWords::of(&reading, LEDE_TOKENS);
        reading.withdrawal = withdrawal(&reading);
        Some(reading)
    }

    /// How telling the word of a token is, .25 to 1; 0 for a stop word.
    pub(crate) fn weight(&self, at: usize) -> f64 {
        self.numbers.get(at).map_or(0.0, |&number| self.words.weight(number))
    }

    /// Whether title or body hold the detail of this key.
    pub(crate) fn holds(&self, key: u64) -> bool {
        self.detail_keys.holds(key)
    }

    /// Everything that a detail may be found as.
    pub(crate) fn keys(&self) -> &KeySet {
        &self.detail_keys
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

/// The readings of a set: each article is read when the first pair asks for it, so that articles
/// which share nothing with any other are not.
pub(crate) struct Readings<'t> {
    set: &'t ArticleSet,
    words: &'t Words,
    fixed: FixedWords,
    /// Elsewhere, because half of the articles are never read.
    of_article: Vec<OnceLock<Option<Box<Reading<'t>>>>>,
}

impl<'t> Readings<'t> {
    pub(crate) fn new(set: &'t ArticleSet, words: &'t Words) -> Self {
        let of_article = (0..set.len()).map(|_| OnceLock::new()).collect();
        Readings { set, words, fixed: FixedWords::new(set), of_article }
    }

    /// The reading of an article of the set, whichever thread asks first; `None` beyond the set.
    pub(crate) fn of(&self, at: usize) -> Option<&Reading<'t>> {
        let read = || Reading::new(self.set, at, self.words.of(at), &self.fixed).map(Box::new);
        self.of_article.get(at)?.get_or_init(read).as_deref()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::article::Article;
    use crate::text::TextScheme;

    /// Calls `f` with the reading of a text.
    pub(crate) fn read<T>(text: &str, f: impl Fn(&Reading<'_>) -> T) -> T {
        let article = Article::new("a", text).unwrap();
        let set = ArticleSet::new(&[article], TextScheme::default()).unwrap();
        let words = Words::new(&set, &[0]);
        f(&Reading::new(&set, 0, words.of(0), &FixedWords::new(&set)).unwrap())
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
