//! Fixed words and phrases by the hashes of their tokens.

use crate::text::{TextScheme, Token, TokenisedText};
use ahash::{AHashMap, AHashSet};
use std::ops::Range;

/// The schemes a collection may be read under, as far as they change the hash of a token.
fn schemes() -> [TextScheme; 2] {
    [TextScheme::default(), TextScheme::default().keep_accents(true)]
}

fn hashes(text: &str, scheme: &TextScheme) -> Vec<u64> {
    // The lists are of a few words; only texts over 4 GiB are refused.
    let text = TokenisedText::of_text(text, scheme).unwrap_or_default();
    text.tokens().iter().map(|token| token.hash).collect()
}

/// The hashes of single words, with and without their accents.
pub(crate) fn hashes_of_words(words: &[&str]) -> AHashSet<u64> {
    let of = |scheme: TextScheme| words.iter().flat_map(move |word| hashes(word, &scheme));
    schemes().into_iter().flat_map(of).collect()
}

/// Phrases of one or more tokens, by their first: most words of a text start none.
pub(crate) struct Phrases(AHashMap<u64, Vec<Vec<u64>>>);

impl Phrases {
    pub(crate) fn new(phrases: &[&str]) -> Phrases {
        let of = |scheme: TextScheme| phrases.iter().map(move |phrase| hashes(phrase, &scheme));
        let mut by_first: AHashMap<u64, Vec<Vec<u64>>> = AHashMap::new();
        for phrase in schemes().into_iter().flat_map(of) {
            if let Some(first) = phrase.first() {
                by_first.entry(*first).or_default().push(phrase);
            }
        }
        Phrases(by_first)
    }

    /// The first phrase in the tokens, as a range of them; the longest of those that start there.
    /// O(tokens).
    pub(crate) fn find(&self, tokens: &[Token]) -> Option<Range<usize>> {
        (0..tokens.len()).find_map(|at| self.starting_at(tokens, at))
    }

    /// The phrase that starts last of those at some places, which ascend. O(places).
    pub(crate) fn find_last(
        &self,
        tokens: &[Token],
        places: impl DoubleEndedIterator<Item = usize>,
    ) -> Option<Range<usize>> {
        places.rev().find_map(|at| self.starting_at(tokens, at))
    }

    /// Whether a phrase starts with the token of this hash.
    pub(crate) fn may_start(&self, hash: u64) -> bool {
        self.0.contains_key(&hash)
    }

    fn starting_at(&self, tokens: &[Token], at: usize) -> Option<Range<usize>> {
        let rest = tokens.get(at..)?;
        let starts = |phrase: &&Vec<u64>| {
            phrase.len() <= rest.len() && phrase.iter().zip(rest).all(|(h, t)| *h == t.hash)
        };
        let known = self.0.get(&rest.first()?.hash)?;
        known.iter().filter(starts).map(Vec::len).max().map(|tokens| at..at + tokens)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_whole_in_any_case_and_under_any_scheme() {
        let phrases = Phrases::new(&["dépêche annulée", "dépêche annulée hier", ""]);
        for scheme in schemes() {
            let find =
                |text: &str| phrases.find(TokenisedText::of_text(text, &scheme).unwrap().tokens());
            assert_eq!(find("Une DÉPÊCHE annulée."), Some(1..3));
            assert_eq!(find("Une dépêche, annulée hier"), Some(1..4));
            assert_eq!(find("Une dépêche non annulée"), None);
            assert_eq!(find(""), None);
            let twice = "Dépêche annulée ; dépêche annulée hier, dépêche";
            let twice = TokenisedText::of_text(twice, &scheme).unwrap();
            assert_eq!(phrases.find(twice.tokens()), Some(0..2));
            let last = |places| phrases.find_last(twice.tokens(), places);
            assert_eq!((last(0..6), last(0..2), last(3..6)), (Some(2..5), Some(0..2), None));
        }
    }
}
