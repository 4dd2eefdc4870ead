//! Numbers that a text mentions: tolls, ages, sums, magnitudes, hours, days of the month.
//!
//! Two earthquakes share their words and not their numbers. Where publication times are known they say
//! more, and faster; where they are not, numbers stand in for them. Which numbers two texts share is
//! compared by hashes, so no statistics of the set are needed: a number of many digits tells more than
//! one of few.

use crate::text::Token;

/// Different numbers kept of a text, the first. As good as all: the numbers of the news stand at its
/// beginning.
const MOST_NUMBERS: usize = 16;

/// Digits that count at most.
const MOST_DIGITS: usize = 4;

/// The numbers of a text, by hashes of 16 bits: of two texts of sixteen numbers each one in 250 seems
/// to share one that it does not.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct MentionedNumbers {
    /// 0 where there is none.
    hashes: [u16; MOST_NUMBERS],
    digits: [u8; MOST_NUMBERS],
    count: u8,
}

impl MentionedNumbers {
    /// Adds the number that begins with token `at`, which holds a digit; nothing inside of a number.
    pub(super) fn read(&mut self, original: &str, tokens: &[Token], at: usize) {
        if self.count as usize == MOST_NUMBERS
            || at.checked_sub(1).is_some_and(|before| goes_on(original, tokens, before))
        {
            return;
        }
        let (mut hash, mut digits) = (0_u64, 0);
        for place in at.. {
            let Some(token) = tokens.get(place) else { break };
            hash = (hash.rotate_left(23) ^ token.hash).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            digits += digits_of(original, token);
            if !goes_on(original, tokens, place) {
                break;
            }
        }
        self.add(((hash >> 48) as u16).max(1), digits.clamp(1, MOST_DIGITS) as u8);
    }

    fn add(&mut self, hash: u16, digits: u8) {
        let at = usize::from(self.count);
        if !self.hashes.contains(&hash)
            && let (Some(place), Some(of_digits)) =
                (self.hashes.get_mut(at), self.digits.get_mut(at))
        {
            (*place, *of_digits) = (hash, digits);
            self.count += 1;
        }
    }

    /// Cosine of the numbers by their digits, 0 to 1; `None` where one text mentions none. Symmetric.
    pub(super) fn agreement(&self, other: &MentionedNumbers) -> Option<f64> {
        let sum = |numbers: &MentionedNumbers| -> u32 {
            numbers.digits.iter().map(|&digits| u32::from(digits) * u32::from(digits)).sum()
        };
        let both = sum(self) * sum(other);
        if both == 0 {
            return None;
        }
        let mut shared = 0;
        for (&hash, &digits) in self.hashes.iter().zip(&self.digits) {
            // What is no number has no digits. A number of one text mostly has as many in the other, but
            // not two that have one hash by chance, nor one in full-width digits beside a letter.
            let there = other.hashes.iter().zip(&other.digits);
            let in_other = there
                .fold(0, |most, (other, &digits)| most | if *other == hash { digits } else { 0 });
            shared += u32::from(in_other) * u32::from(digits);
        }
        Some((f64::from(shared) / f64::from(both).sqrt()).min(1.0))
    }
}

/// Whether the number goes on in the token after `at`: "6.1", "1,200" and "10:30" are one each.
fn goes_on(original: &str, tokens: &[Token], at: usize) -> bool {
    let (Some(token), Some(next)) = (tokens.get(at), tokens.get(at + 1)) else { return false };
    let between = original.get(token.end as usize..next.start as usize);
    token.shape.has_digit() && next.shape.has_digit() && matches!(between, Some("." | "," | ":"))
}

/// Digits of ASCII, or characters where there are none.
fn digits_of(original: &str, token: &Token) -> usize {
    let word = original.get(token.start as usize..token.end as usize).unwrap_or_default();
    match word.bytes().filter(u8::is_ascii_digit).count() {
        0 => word.chars().count(),
        digits => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{TextScheme, TokenisedText};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn numbers(text: &str) -> MentionedNumbers {
        let tokens = TokenisedText::of_text(text, &TextScheme::default()).unwrap();
        let mut numbers = MentionedNumbers::default();
        for (at, token) in tokens.tokens().iter().enumerate() {
            if token.shape.has_digit() {
                numbers.read(text, tokens.tokens(), at);
            }
        }
        numbers
    }

    fn agreement(a: &str, b: &str) -> Option<f64> {
        numbers(a).agreement(&numbers(b))
    }

    #[test]
    fn equal_numbers_agree_and_others_do_not() {
        assert_eq!(agreement("47 cows on 3 barges", "3 bells, 47 sheep"), Some(1.0));
        assert_eq!(agreement("a tremor of 6.1", "a tremor of 6.4"), Some(0.0));
        assert_eq!(agreement("1,200 sacks", "1 and 200"), Some(0.0));
        assert_eq!(agreement("at 10:30, 3 hens", "10:30"), Some(4.0 / 17.0_f64.sqrt()));
    }

    #[test]
    fn a_text_without_numbers_says_nothing() {
        assert_eq!(agreement("no toll is known", "47 cows"), None);
        assert_eq!(agreement("", ""), None);
    }

    #[test]
    fn a_longer_number_tells_more() {
        let year = agreement("2031 oaks and 5 elms", "2031 firs and 8 elms").unwrap();
        let digit = agreement("2031 oaks and 5 elms", "1987 firs and 5 elms").unwrap();
        assert!(year > 0.9 && digit < 0.1, "{year} {digit}");
    }

    #[test]
    fn numbers_of_one_hash_and_other_digits_agree_the_same_from_both_sides() {
        let of = |all: &[(u16, u8)]| {
            let mut numbers = MentionedNumbers::default();
            all.iter().for_each(|&(hash, digits)| numbers.add(hash, digits));
            numbers
        };
        let (x, y) = (of(&[(7, 4), (9, 1)]), of(&[(7, 1), (8, 2)]));
        assert_eq!(x.agreement(&y), Some(4.0 / (17.0_f64 * 5.0).sqrt()));
        assert_eq!(x.agreement(&y), y.agreement(&x));
        let (ascii, wide) = ("gate A5, 17 hens", "gate A５, 17 hens");
        assert_eq!(agreement(ascii, wide), agreement(wide, ascii));
    }

    proptest! {
        #[test]
        fn agreement_is_the_cosine_by_digits(
            a in prop::collection::btree_set(1_u32..40, 0..16),
            b in prop::collection::btree_set(1_u32..40, 0..16),
        ) {
            let written = |set: &BTreeSet<u32>| -> String {
                set.iter().map(|number| format!("{number} oxen ")).collect()
            };
            let weight = |set: &mut dyn Iterator<Item = &u32>| -> f64 {
                set.map(|number| if *number < 10 { 1.0 } else { 4.0 }).sum()
            };
            let both = weight(&mut a.iter()) * weight(&mut b.iter());
            let expected =
                (both > 0.0).then(|| weight(&mut a.intersection(&b)) / both.sqrt());
            let found = agreement(&written(&a), &written(&b));
            prop_assert_eq!(found.is_some(), expected.is_some());
            if let (Some(found), Some(expected)) = (found, expected) {
                prop_assert!((found - expected).abs() < 1e-12, "{} {}", found, expected);
            }
            prop_assert_eq!(found, agreement(&written(&b), &written(&a)));
        }
    }
}
