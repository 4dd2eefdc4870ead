//! The words that a term stands for, as an article spells them.

use super::read_text::{ReadText, bit};
use crate::article_set::ArticleSet;
use crate::language::{Language, Term};

/// The words behind `wanted` as the article has them, folded, in the order of `wanted`; a term it
/// does not have as a word is left out. O(tokens).
pub(super) fn spelled(
    set: &ArticleSet,
    article: usize,
    language: Option<Language>,
    wanted: &[Term],
) -> Vec<String> {
    let (Some(written), Some(text)) = (set.articles().get(article), set.texts().get(article))
    else {
        return Vec::new();
    };
    let vocabulary = set.vocabulary();
    let known = &set.known_words().of(language);
    let mut found: Vec<Option<String>> = vec![None; wanted.len()];
    let title = ReadText {
        original: written.title().unwrap_or_default(),
        tokens: vocabulary.title(article),
        words: vocabulary.of_title(article),
        known,
    };
    let body = ReadText {
        original: written.original(),
        tokens: text.tokens(),
        words: vocabulary.of(article),
        known,
    };
    let mut missing = wanted.len();
    let bits = wanted.iter().fold(0, |bits, &term| bits | bit(term));
    for text in [title, body] {
        for at in 0..text.tokens.len() {
            if missing == 0 {
                break;
            }
            if !text.may_be_among(at, bits) {
                continue;
            }
            let Some(term) = text.word_at(at).and_then(|counted| text.term(counted)) else {
                continue;
            };
            let place = wanted.iter().position(|wanted| *wanted == term);
            if let Some(word) = place.and_then(|place| found.get_mut(place))
                && word.is_none()
            {
                *word = text.spelled_at(at);
                missing -= usize::from(word.is_some());
            }
        }
    }
    found.into_iter().flatten().collect()
}
