//! Third-party words: what stands between quotation marks, and how a poll says it was made.

use super::phrases::hashes_of_words;
use crate::text::Token;
use ahash::AHashSet;
use std::sync::LazyLock;

/// Longest quotation in bytes: a mark that is not closed within it was no opening mark.
const MAX_QUOTATION_BYTES: usize = 1500;

/// For each token whether it stands between quotation marks, of whatever script. O(bytes).
///
/// Pairs of «», ‹›, “”, „“, 「」, 『』, 《》; straight marks by turns. Single marks, which are
/// apostrophes too, count where a word cannot go on through them. A mark that is not closed quotes
/// nothing.
pub(crate) fn quoted_tokens(original: &str, tokens: &[Token]) -> Vec<bool> {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return Vec::new() };
    // One mark before and after the body's first and last word belong to it.
    let start =
        original.get(..first.start as usize).and_then(|before| before.char_indices().rev().nth(1));
    let start = start.map_or(0, |(at, _)| at);
    let end = last.end as usize;
    let tail = original
        .get(end..)
        .and_then(|rest| rest.char_indices().nth(3))
        .map_or(original.len(), |(at, _)| end + at);
    let text = original.get(start..tail).unwrap_or_default();
    let quotations = quotations(text);
    let mut quotations = quotations.iter().map(|&(from, to)| (from + start, to + start)).peekable();
    tokens
        .iter()
        .map(|token| {
            while quotations.next_if(|&(_, to)| to <= token.start as usize).is_some() {}
            quotations
                .peek()
                .is_some_and(|&(from, to)| from <= token.start as usize && token.end as usize <= to)
        })
        .collect()
}

/// The quotations of a text, ascending and disjoint; one inside another is part of it.
fn quotations(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |&(_, c)| c);
        open = open.filter(|&(from, _)| at - from <= MAX_QUOTATION_BYTES);
        match open {
            Some((from, mark)) if closes(mark, c, before, after) => {
                found.push((from, at));
                open = None;
            }
            None if opens(c, before, after) => open = Some((at + c.len_utf8(), c)),
            _ => {}
        }
        before = c;
    }
    found
}

fn opens(c: char, before: char, after: char) -> bool {
    match c {
        '«' | '“' | '„' | '「' | '『' | '《' | '‹' | '"' | '”' => {
            c != '”' || (!before.is_alphanumeric() && after.is_alphanumeric())
        }
        '‘' | '\'' | '’' | '‚' => !before.is_alphanumeric() && after.is_alphanumeric(),
        _ => false,
    }
}

fn closes(mark: char, c: char, before: char, after: char) -> bool {
    match mark {
        '«' => c == '»',
        '“' => c == '”' || c == '"',
        '„' => matches!(c, '“' | '”' | '"'),
        '「' => c == '」',
        '『' => c == '』',
        '《' => c == '》',
        '‹' => c == '›',
        '"' => c == '"',
        '”' => c == '”',
        // Single marks: an apostrophe stands between two letters.
        _ => matches!(c, '’' | '\'' | '‘') && !before.is_whitespace() && !after.is_alphanumeric(),
    }
}

/// Words with which a text says how a poll was made.
const SURVEY_WORDS: &[&str] = &[
    "sondage",
    "étude",
    "institut",
    "échantillon",
    "représentatif",
    "quotas",
    "marge",
    "erreur",
    "incertitude", // fr
    "poll",
    "survey",
    "sample",
    "margin",
    "error",
    "respondents",
    "weighted", // en
    "umfrage",
    "stichprobe",
    "repräsentativ",
    "befragte",
    "befragten",
    "fehlertoleranz", // de
    "encuesta",
    "muestra",
    "margen",
    "cuotas",
    "sondeo", // es
    "sondaggio",
    "campione",
    "margine",
    "errore", // it
];

/// How many different [`SURVEY_WORDS`] stand among the tokens. O(tokens).
pub(crate) fn survey_words<'t>(tokens: impl Iterator<Item = &'t Token>) -> usize {
    static WORDS: LazyLock<AHashSet<u64>> = LazyLock::new(|| hashes_of_words(SURVEY_WORDS));
    let found: AHashSet<u64> =
        tokens.map(|token| token.hash).filter(|hash| WORDS.contains(hash)).collect();
    found.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{TextScheme, TokenisedText};

    fn quoted(text: &str) -> String {
        let tokens = TokenisedText::of_text(text, &TextScheme::default()).unwrap();
        let marks = quoted_tokens(text, tokens.tokens());
        let words = tokens.tokens().iter().zip(marks).filter(|(_, quoted)| *quoted);
        words.map(|(token, _)| token.span().slice(text).unwrap()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn marks_of_every_script_quote() {
        for text in [
            "Il dit : « le pont tient » puis part.",
            "Il dit \"le pont tient\" puis part.",
            "Il dit “le pont tient” puis part.",
            "Er sagt „le pont tient“ und geht.",
            "Er sagt ‚le pont tient‘ und geht.",
            "He says 'le pont tient' and goes.",
            "He says ‘le pont tient’ and goes.",
            "قال «le pont tient» ثم",
        ] {
            assert_eq!(quoted(text), "le pont tient", "{text}");
        }
        assert_eq!(quoted("市長は「橋は安全」と述べた").replace(' ', ""), "橋は安全");
    }

    #[test]
    fn apostrophes_and_open_marks_quote_nothing() {
        assert_eq!(quoted("L'eau d'Orvane n'est pas l’eau d’ici, dit-on."), "");
        assert_eq!(quoted("The mayors' house isn't theirs."), "");
        assert_eq!(quoted(&format!("Il dit « le pont {}", "tient ".repeat(400))), "");
    }

    #[test]
    fn a_quotation_may_begin_and_end_the_text() {
        assert_eq!(quoted("« Le pont tient »"), "Le pont tient");
        assert_eq!(quoted("\"Le pont tient.\""), "Le pont tient");
        assert_eq!(
            quoted("« Le “vieux pont” tient » et « la digue »"),
            "Le vieux pont tient la digue"
        );
    }

    #[test]
    fn the_words_of_a_survey_count_once_each() {
        let count = |text: &str| {
            survey_words(
                TokenisedText::of_text(text, &TextScheme::default()).unwrap().tokens().iter(),
            )
        };
        assert_eq!(count("Sondage sur un échantillon, méthode des quotas, sondage en ligne"), 3);
        assert_eq!(count("The sample has a margin of error of two points"), 3);
        assert_eq!(count("Le pont de Sourlac"), 0);
    }
}
