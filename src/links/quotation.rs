//! Third-party words: what stands between quotation marks, and how a poll says it was made.

use super::phrases::hashes_of_words;
use crate::text::Token;
use ahash::AHashSet;
use std::ops::Range;
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
    let mut quoted = vec![false; tokens.len()];
    for (from, to) in quotations(text) {
        let first = tokens.partition_point(|token| (token.start as usize) < from + start);
        let after = tokens.partition_point(|token| token.end as usize <= to + start);
        quoted.get_mut(first..after).unwrap_or_default().fill(true);
    }
    quoted
}

/// The quotations of a text, ascending and disjoint; one inside another is part of it.
fn quotations(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for at in places_of_marks(text.as_bytes()) {
        let (Some(head), Some(rest)) = (text.get(..at), text.get(at..)) else { continue };
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { continue };
        let after = chars.next().unwrap_or(' ');
        let before = head.chars().next_back().unwrap_or(' ');
        open = open.filter(|&(from, _)| at - from <= MAX_QUOTATION_BYTES);
        match open {
            Some((from, mark)) if closes(mark, c, before, after) => {
                found.push((from, at));
                open = None;
            }
            None if opens(c, before, after) => open = Some((at + c.len_utf8(), c)),
            _ => {}
        }
    }
    found
}

/// Where marks may start. Most blocks of a text have none, which is told of all their bytes at once.
fn places_of_marks(text: &[u8]) -> impl Iterator<Item = usize> {
    const BLOCK: usize = 32;
    let blocks = text.chunks(BLOCK).enumerate();
    let with_marks = blocks
        .filter(|(_, block)| block.iter().fold(false, |holds, &byte| holds | may_start_mark(byte)));
    with_marks.flat_map(|(number, block)| {
        let bytes = (number * BLOCK..).zip(block);
        bytes.filter(|&(_, &byte)| may_start_mark(byte)).map(|(at, _)| at)
    })
}

/// Whether a mark of [`opens`] or [`closes`] may start with this byte of UTF-8: the two of ASCII, those
/// of Latin-1, of general and of CJK punctuation.
fn may_start_mark(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | 0xc2 | 0xe2 | 0xe3)
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

/// Different words of poll methods in a sentence from which it says how a poll was made. A report
/// names the institute that made it; "a representative sample", "the quota method", "the margin of
/// error" are two.
const SURVEY_SENTENCE_WORDS: usize = 2;

/// Whether the token of this hash is one of [`SURVEY_WORDS`].
pub(crate) fn is_survey_word(hash: u64) -> bool {
    static WORDS: LazyLock<AHashSet<u64>> = LazyLock::new(|| hashes_of_words(SURVEY_WORDS));
    WORDS.contains(&hash)
}

/// How many different [`SURVEY_WORDS`] stand among the tokens. O(tokens).
pub(crate) fn survey_words<'t>(tokens: impl Iterator<Item = &'t Token>) -> usize {
    let found: AHashSet<u64> =
        tokens.filter(|token| is_survey_word(token.hash)).map(|token| token.hash).collect();
    found.len()
}

/// The stretches of text that say how a poll was made, as ascending ranges of the tokens: sentences
/// in a row that each hold a word of poll methods, one of them [`SURVEY_SENTENCE_WORDS`].
/// `survey_places`: where such words stand; most texts have none. O(tokens).
pub(crate) fn survey_stretches(tokens: &[Token], survey_places: &[u32]) -> Vec<Range<u32>> {
    let mut found = Vec::new();
    if survey_places.len() < SURVEY_SENTENCE_WORDS {
        return found;
    }
    let (mut start, mut at, mut most) = (0, 0, 0);
    let mut close = |start: usize, end: usize, most: usize| {
        if most >= SURVEY_SENTENCE_WORDS {
            found.push(start as u32..end as u32);
        }
    };
    for sentence in tokens.chunk_by(|_, next| !next.shape.starts_sentence()) {
        let words = survey_words(sentence.iter());
        if words == 0 {
            close(start, at, most);
            (start, most) = (at + sentence.len(), 0);
        }
        most = most.max(words);
        at += sentence.len();
    }
    close(start, at, most);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{TextScheme, TokenisedText};
    use proptest::prelude::*;

    fn quoted(text: &str) -> String {
        let tokens = TokenisedText::of_text(text, &TextScheme::default()).unwrap();
        let marks = quoted_tokens(text, tokens.tokens());
        let words = tokens.tokens().iter().zip(marks).filter(|(_, quoted)| *quoted);
        words.map(|(token, _)| token.span().slice(text).unwrap()).collect::<Vec<_>>().join(" ")
    }

    proptest! {
        #[test]
        fn tokens_between_the_ends_of_a_quotation_are_quoted(
            text in "a ([a-zé]{1,9}|[ ,.]|[ ]?[«“„\"'’][a-z]|[a-z][»”\"'’][ .]|「|」){0,90} a",
        ) {
            let tokens = TokenisedText::of_text(&text, &TextScheme::default()).unwrap();
            let found = quotations(&text);
            let marks: Vec<usize> = places_of_marks(text.as_bytes()).collect();
            let expected: Vec<usize> =
                (0..text.len()).filter(|&at| may_start_mark(text.as_bytes()[at])).collect();
            prop_assert_eq!(marks, expected);
            for (token, quoted) in tokens.tokens().iter().zip(quoted_tokens(&text, tokens.tokens())) {
                let (start, end) = (token.start as usize, token.end as usize);
                let inside = found.iter().any(|&(from, to)| from <= start && end <= to);
                prop_assert_eq!(quoted, inside, "{}", &text[start..end]);
            }
        }
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

    #[test]
    fn the_footer_of_a_poll_is_found_with_the_sentences_around_it() {
        let said = |text: &str| {
            let read = TokenisedText::of_text(text, &TextScheme::default()).unwrap();
            let places: Vec<u32> = (0u32..)
                .zip(read.tokens())
                .filter(|(_, token)| is_survey_word(token.hash))
                .map(|it| it.0)
                .collect();
            let stretches = survey_stretches(read.tokens(), &places);
            let of = |range: &Range<u32>| {
                let span = read.span(range.start as usize..range.end as usize).unwrap();
                span.slice(text).unwrap().to_owned()
            };
            stretches.iter().map(of).collect::<Vec<_>>()
        };
        let footer = "Étude réalisée du 2 au 4 mars auprès d'un échantillon de 1 012 personnes. La méthode des quotas \
                      assure un échantillon fidèle. La marge d'erreur est de 3 points";
        let report = "Le maire recule, selon un sondage. Il reste devant ses rivaux.";
        assert_eq!(
            said(&format!("{report} {footer}. Tout est dit.")),
            ["Étude réalisée du 2 au 4 mars auprès d'un \
            échantillon de 1 012 personnes. La méthode des quotas assure un échantillon fidèle. La marge d'erreur est de \
            3 points"]
        );
        assert!(said(report).is_empty() && said("").is_empty());
    }
}
