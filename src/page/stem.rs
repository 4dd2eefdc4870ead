//! The stem of a word, by which titles are compared with texts: "mineurs" in a title, "mineur" in the text.
//!
//! Its first five letters: cutting words there does nearly what stemmers do for the languages of Europe (McNamee, Nicholas,
//! Mayfield, Addressing Morphological Variation in Alphabetic Languages, SIGIR 2009). What Arabic writes in front of a word,
//! the article and the shortest prepositions, is no part of it.

use super::date::{months, weekdays};
use super::fold::{prefix_key, word_key};
use ahash::AHashSet;
use std::sync::LazyLock;

/// Letters of a stem.
const LETTERS: usize = 5;
/// Letters that must be left of an Arabic word behind what is written in front of it.
const LEAST_LETTERS: usize = 3;
const PREFIXES: [&str; 8] = ["وال", "بال", "كال", "فال", "ال", "لل", "و", "ب"];

static CALENDAR: LazyLock<AHashSet<u64>> = LazyLock::new(|| {
    let names = months().map(|(name, _)| name).chain(weekdays().map(|(name, _)| name));
    names.map(word_key).collect()
});

/// The key of the stem of a word that has this key; `None` for days, months and figures, which any two texts of a week
/// share.
pub(crate) fn stem_key(word: &str, key: u64) -> Option<u64> {
    if CALENDAR.contains(&key) || word.chars().all(char::is_numeric) {
        return None;
    }
    Some(prefix_key(without_prefix(word), LETTERS))
}

fn without_prefix(word: &str) -> &str {
    if word.is_ascii() {
        return word;
    }
    let rests = PREFIXES.iter().filter_map(|prefix| word.strip_prefix(prefix));
    rests.into_iter().find(|rest| rest.chars().count() >= LEAST_LETTERS).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem(word: &str) -> Option<u64> {
        stem_key(word, word_key(word))
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for (one, two) in [
            ("mineurs", "mineur"),
            ("Kohlegruben", "KOHLEGRUBE"),
            ("votación", "votaciones"),
            ("المتحف", "متحف"),
            ("والمتحف", "متحف"),
        ] {
            assert_eq!(stem(one), stem(two), "{one} {two}");
        }
        assert_ne!(stem("péniche"), stem("pénurie"));
    }

    #[test]
    fn days_months_and_figures_have_none() {
        for word in ["mardi", "Dienstag", "février", "2026", "الثلاثاء"] {
            assert_eq!(stem(word), None, "{word}");
        }
    }
}
