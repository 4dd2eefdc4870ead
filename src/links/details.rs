//! Details: the names and numbers of a text, which tell one happening from another in the same
//! words.

use super::reading::Reading;
use crate::text::Token;
use ahash::AHashSet;
use std::ops::Range;

/// Tokens on each side of a gap that may belong to a number it cuts.
const MAX_GROUPS: usize = 16;
/// Weight from which a word of a script without capitals is a detail: it stands in few texts.
const RARE_WORD: f64 = 0.6;

/// What a detail is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum DetailClass {
    /// Digits, of several groups where a mark or a thin space parts them: "2 026,5".
    Number,
    /// A capitalised word; in scripts without capitals a rare word or two characters in a row.
    Name,
}

/// A name or number.
#[derive(Clone, Debug)]
pub(crate) struct Detail {
    /// Equal for equal folded forms.
    pub(crate) key: u64,
    pub(crate) class: DetailClass,
    pub(crate) tokens: Range<usize>,
}

/// A detail kept for each article of a collection: its class is known no more.
#[derive(Clone, Debug)]
pub(crate) struct DetailPlace {
    pub(crate) key: u64,
    /// Its tokens, which are fewer than half of the text's 2³² bytes.
    start: u32,
    /// Twice their number, and 1 for the first of equal details.
    twice_tokens: u32,
}

impl DetailPlace {
    /// The details of a text, in their order. O(details).
    pub(crate) fn all(details: &[Detail]) -> Vec<DetailPlace> {
        let mut seen = AHashSet::with_capacity(details.len());
        let place = |detail: &Detail| DetailPlace {
            key: detail.key,
            start: detail.tokens.start as u32,
            twice_tokens: 2 * detail.tokens.len() as u32 + u32::from(seen.insert(detail.key)),
        };
        details.iter().map(place).collect()
    }

    /// Whether no equal detail stands before it.
    pub(crate) fn is_first(&self) -> bool {
        self.twice_tokens & 1 == 1
    }

    pub(crate) fn tokens(&self) -> Range<usize> {
        self.start as usize..(self.start + self.twice_tokens / 2) as usize
    }
}

impl Reading<'_> {
    /// The details of the tokens in `range`, in order. O(tokens).
    pub(crate) fn details(&self, range: Range<usize>) -> Vec<Detail> {
        let mut details = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let Some(token) = self.tokens.get(at) else { break };
            if token.shape.has_digit() {
                let end = self.number_end(at, range.end);
                details.push(Detail {
                    key: self.key(at..end),
                    class: DetailClass::Number,
                    tokens: at..end,
                });
                at = end;
                continue;
            }
            if let Some(end) = self.name_end(at) {
                details.push(Detail {
                    key: self.key(at..end),
                    class: DetailClass::Name,
                    tokens: at..end,
                });
            }
            at += 1;
        }
        details
    }

    /// Writes the keys of the details of the tokens in `range` over `keys`, ascending, each once: what
    /// [`details`](Reading::details) gives, from those of the whole text where the range cuts no number.
    pub(crate) fn detail_keys_in(&self, range: Range<usize>, keys: &mut Vec<u64>) {
        keys.clear();
        if self.continues_number(range.start) || self.continues_number(range.end) {
            keys.extend(self.details(range).iter().map(|detail| detail.key));
        } else {
            let before = |end: usize| {
                self.all_details.partition_point(|detail| (detail.start as usize) < end)
            };
            let inside = self.all_details.get(before(range.start)..before(range.end));
            keys.extend(inside.unwrap_or(&[]).iter().map(|detail| detail.key));
        }
        keys.sort_unstable();
        keys.dedup();
    }

    /// Everything that a detail may be found as: the words of title and body, the body's numbers of
    /// several groups and pairs of characters; some several times. O(tokens).
    pub(crate) fn detail_keys(&self) -> Vec<u64> {
        let mut keys: Vec<u64> =
            self.tokens.iter().chain(self.title).map(|token| token.hash).collect();
        for at in 0..self.tokens.len() {
            if self.has_digit(at) && !self.continues_number(at) {
                let end = self.number_end(at, self.tokens.len());
                if end > at + 1 {
                    keys.push(self.key(at..end));
                }
            } else if let Some(end) = self.character_pair_end(at) {
                keys.push(self.key(at..end));
            }
        }
        keys
    }

    /// A range widened so that it cuts no number: equal groups ("0" of "0,6" and "0,9") stay out of
    /// it otherwise. By [`MAX_GROUPS`] tokens on each side at most: a page of digits is no number,
    /// and each of its gaps would be as long as the page.
    pub(crate) fn whole_numbers(&self, range: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = range;
        let first = start.saturating_sub(MAX_GROUPS);
        while start > first && self.continues_number(start) {
            start -= 1;
        }
        if end > start && self.has_digit(end - 1) {
            end = self.number_end(end - 1, self.tokens.len().min(end + MAX_GROUPS));
        }
        start..end
    }

    fn key(&self, range: Range<usize>) -> u64 {
        let mut hashes = self.tokens.get(range).unwrap_or(&[]).iter().map(|token| token.hash);
        let first = hashes.next().unwrap_or_default();
        hashes.fold(first, |key, hash| {
            (key.rotate_left(29) ^ hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        })
    }

    fn has_digit(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.shape.has_digit())
    }

    /// One past the last group of the number that starts at `at`, or `limit` where it goes on.
    fn number_end(&self, at: usize, limit: usize) -> usize {
        let mut end = at + 1;
        while end < limit && self.joins_number(end) {
            end += 1;
        }
        end
    }

    /// Whether the token is a later group of a number.
    fn continues_number(&self, at: usize) -> bool {
        at > 0 && self.has_digit(at - 1) && self.joins_number(at)
    }

    /// Whether the token is a group of the number before it, if there is one.
    fn joins_number(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let thousands = token.end - token.start == 3;
        token.shape.has_digit()
            && match self.gap(at) {
                "." | "," | ":" => true,
                " " | "\u{a0}" | "\u{202f}" | "'" | "’" => thousands,
                _ => false,
            }
    }

    fn name_end(&self, at: usize) -> Option<usize> {
        let token = self.tokens.get(at)?;
        if token.shape.is_character() {
            return self.character_pair_end(at);
        }
        let weight = self.weight(at);
        let capitalised =
            |at: usize| self.tokens.get(at).is_some_and(|token| token.shape.is_capitalised());
        let is_name = if capitalised(at) {
            weight > 0.0
                && (!token.shape.starts_sentence()
                    || token.shape.is_uppercase()
                    || (capitalised(at + 1) && matches!(self.gap(at + 1), " " | "-" | "\u{a0}")))
        } else {
            weight >= RARE_WORD && self.is_without_case(token)
        };
        is_name.then_some(at + 1)
    }

    fn is_without_case(&self, token: &Token) -> bool {
        let word = token.span().slice(self.original).unwrap_or_default();
        // All letters of ASCII have a case: most rare words are told without a look at tables.
        let first = word.chars().next().filter(|c| !c.is_ascii());
        first.is_some_and(|c| {
            c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase() && c != 'ª' && c != 'º'
        })
    }

    /// Two characters in a row that write words and not endings (hiragana does both, so it is left
    /// out).
    fn character_pair_end(&self, at: usize) -> Option<usize> {
        let writes_words = |at: usize| {
            self.tokens.get(at).is_some_and(|token| {
                token.shape.is_character()
                    && !token
                        .span()
                        .slice(self.original)
                        .unwrap_or_default()
                        .starts_with(|c: char| matches!(c, '\u{3040}'..='\u{309f}'))
            })
        };
        (writes_words(at) && writes_words(at + 1) && self.gap(at + 1).is_empty()).then_some(at + 2)
    }
}

#[cfg(test)]
mod tests {
    use super::super::reading::tests::read;
    use super::*;

    fn details(text: &str) -> Vec<String> {
        read(text, |reading| {
            let all = reading.details(0..reading.tokens.len());
            let said =
                |d: &Detail| reading.span(&d.tokens).unwrap().slice(text).unwrap().to_owned();
            all.iter().map(said).collect()
        })
    }

    #[test]
    fn names_and_numbers_are_details_and_sentence_starts_are_not() {
        assert_eq!(
            details("Hier, le maire de Sourlac a fui. Trente élus et Anna Darval sont restés."),
            ["Sourlac", "Anna", "Darval"]
        );
        assert_eq!(details("Pompiers et voisins sont venus à Mireux."), ["Mireux"]);
    }

    #[test]
    fn a_number_of_several_groups_is_one_detail() {
        assert_eq!(
            details("Il a coûté 1 234,5 florins, soit 12.500 ou 3, 4 de plus en 2026."),
            ["1 234,5", "12.500", "3", "4", "2026"]
        );
    }

    #[test]
    fn scripts_without_capitals_have_rare_words_and_pairs_of_characters() {
        assert!(details("أعلنت بلدية مرفأ إغلاق الجسر").len() >= 3);
        let japanese = details("市長は橋の閉鎖を発表した");
        assert!(japanese.contains(&"市長".to_owned()) && japanese.contains(&"閉鎖".to_owned()));
        assert!(!japanese.iter().any(|pair| pair.contains('は')));
    }

    #[test]
    fn the_details_of_a_part_are_those_that_are_read_of_it() {
        let text = "À Sourlac, 1 234,5 florins et 12 h 30 à Anna Darval. Le 12 345 678 de Mireux: 市長は12日に橋の閉鎖";
        read(text, |reading| {
            let mut keys = Vec::new();
            for start in 0..=reading.tokens.len() {
                for end in start..=reading.tokens.len() {
                    let mut read: Vec<u64> =
                        reading.details(start..end).iter().map(|detail| detail.key).collect();
                    read.sort_unstable();
                    read.dedup();
                    reading.detail_keys_in(start..end, &mut keys);
                    assert_eq!(keys, read, "{start}..{end}");
                }
            }
        });
    }

    #[test]
    fn every_detail_of_a_text_is_found_in_it() {
        for text in ["À Sourlac, 1 234,5 florins et 12 h 30.", "市長は12日に橋の閉鎖", "مرفأ 12"]
        {
            read(text, |reading| {
                let all = reading.details(0..reading.tokens.len());
                assert!(all.iter().all(|detail| reading.holds(detail.key)), "{text}");
            });
        }
    }
}
