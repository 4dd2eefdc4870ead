//! Light stemmers: they take inflection off a folded word so that its forms count as one term.
//!
//! A stem is only ever compared with stems, so it need be no word. The rules are tables of endings,
//! the longest that leaves enough of a stem wins, in the manner of Savoy's light stemmers ("Light
//! stemming approaches for the French, Portuguese, German and Hungarian languages", SAC 2006),
//! which find as much as Snowball's in retrieval. They are in the crate, and not another crate's,
//! because the shipped background tables hold hashes of stems: a stemmer that changes behind our
//! back would make every table wrong. Turkish, which chains endings, is cut to its first five
//! letters (Can et al., "Information retrieval on Turkish texts", JASIST 2008).

/// How the words of a language are brought to their stems.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stemmer {
    /// Words stay as they are.
    None,
    /// The first ending of the table that leaves enough is taken off; longer endings stand before
    /// shorter ones.
    Endings(&'static [Ending]),
    /// The plural's "s" or "x", then an ending of the table.
    French,
    /// The table, with English spelling: "y" and "i" are one letter at the end.
    English,
    /// An article or conjunction is taken off the front, then an ending.
    PrefixesAndEndings(&'static [Ending], &'static [Ending]),
    /// Words are cut to so many letters.
    Truncate(usize),
}

/// Letters, and how many letters must remain when they are taken off; [`KEEP`] when they must not
/// be.
type Ending = (&'static str, usize);

const KEEP: usize = usize::MAX;

impl Stemmer {
    pub(super) fn of(code: &str) -> Stemmer {
        match code {
            "fr" => Stemmer::French,
            "en" => Stemmer::English,
            "de" | "nl" => Stemmer::Endings(GERMAN),
            "es" | "pt" | "it" => Stemmer::Endings(ROMANCE),
            "ru" => Stemmer::Endings(RUSSIAN),
            "pl" => Stemmer::Endings(POLISH),
            "tr" => Stemmer::Truncate(5),
            "ar" => Stemmer::PrefixesAndEndings(ARABIC_PREFIXES, ARABIC),
            _ => Stemmer::None,
        }
    }

    /// Writes the stem of `folded` over `stem`.
    pub(super) fn stem_into(self, folded: &str, stem: &mut String) {
        stem.clear();
        stem.push_str(self.strip(folded));
        // "city" meets "cit-i-es", and "party" stays apart from "part".
        if matches!(self, Stemmer::English) && stem.len() > 2 && stem.ends_with('y') {
            stem.pop();
            stem.push('i');
        }
    }

    fn strip(self, folded: &str) -> &str {
        // A number has no inflection; "2s" and "2e" are other things than "2".
        if folded.bytes().any(|byte| byte.is_ascii_digit()) {
            return folded;
        }
        match self {
            Stemmer::None => folded,
            Stemmer::Endings(endings) => without_ending(folded, endings),
            Stemmer::French => without_ending(without_ending(folded, PLURAL), FRENCH),
            Stemmer::English => without_ending(folded, ENGLISH),
            Stemmer::PrefixesAndEndings(prefixes, endings) => {
                without_ending(without_prefix(folded, prefixes), endings)
            }
            Stemmer::Truncate(letters) => {
                folded.char_indices().nth(letters).map_or(folded, |(at, _)| &folded[..at])
            }
        }
    }
}

fn without_ending<'w>(word: &'w str, endings: &[Ending]) -> &'w str {
    let applies = |&&(ending, least): &&Ending| {
        word.strip_suffix(ending).is_some_and(|stem| least == KEEP || has_letters(stem, least))
    };
    let stem = match endings.iter().find(applies) {
        Some(&(ending, least)) if least != KEEP => word.strip_suffix(ending).unwrap_or(word),
        _ => return word,
    };
    // "stopped" and "stopping" leave "stopp": a doubled consonant goes, so that they meet "stop"
    // and "stops".
    let mut last = stem.chars().rev();
    match (last.next(), last.next()) {
        (Some(a), Some(b))
            if a == b && stem.len() > 3 && a.is_ascii_lowercase() && !"aeiousl".contains(a) =>
        {
            &stem[..stem.len() - 1]
        }
        _ => stem,
    }
}

fn without_prefix<'w>(word: &'w str, prefixes: &[Ending]) -> &'w str {
    prefixes
        .iter()
        .find_map(|&(prefix, least)| {
            word.strip_prefix(prefix).filter(|rest| has_letters(rest, least))
        })
        .unwrap_or(word)
}

fn has_letters(stem: &str, least: usize) -> bool {
    stem.chars().nth(least.saturating_sub(1)).is_some()
}

const PLURAL: &[Ending] = &[("s", 4), ("x", 4)];

const FRENCH: &[Ending] = &[
    ("issement", 4),
    ("isation", 4),
    ("atrice", 4),
    ("ement", 4),
    ("aient", 4),
    ("ation", 4),
    ("ateur", 4),
    ("erent", 4),
    ("euse", 4),
    ("ante", 4),
    ("ait", 4),
    ("ant", 4),
    ("eur", 4),
    ("ite", 5),
    ("ive", 4),
    ("ier", 4),
    ("ent", 5),
    ("ion", 5),
    ("eu", 4),
    ("if", 4),
    ("ee", 4),
    ("er", 4),
    ("e", 4),
];

const ENGLISH: &[Ending] = &[
    ("ations", 4),
    ("ators", 4),
    ("ating", 4),
    ("ation", 4),
    ("ments", 4),
    ("ingly", 4),
    ("ness", 4),
    ("ator", 4),
    ("ated", 4),
    ("ates", 4),
    ("ment", 4),
    ("edly", 4),
    ("ions", 5),
    ("ings", 3),
    ("ers", 4),
    ("ion", 5),
    ("ate", 4),
    ("ing", 3),
    ("ly", 4),
    ("ed", 3),
    ("er", 4),
    ("es", 4),
    ("ss", KEEP),
    ("us", KEEP),
    ("is", KEEP),
    ("s", 3),
    ("e", 3),
];

const GERMAN: &[Ending] =
    &[("ern", 4), ("en", 4), ("er", 4), ("es", 4), ("em", 4), ("e", 4), ("n", 4), ("s", 4)];

const ROMANCE: &[Ending] = &[
    ("amientos", 4),
    ("amiento", 4),
    ("aciones", 4),
    ("azioni", 4),
    ("azione", 4),
    ("mente", 4),
    ("acion", 4),
    ("acoes", 4),
    ("acao", 4),
    ("ados", 4),
    ("adas", 4),
    ("ado", 4),
    ("ada", 4),
    ("ato", 4),
    ("ata", 4),
    ("ati", 4),
    ("os", 4),
    ("as", 4),
    ("es", 4),
    ("a", 4),
    ("e", 4),
    ("i", 4),
    ("o", 4),
    ("s", 4),
];

const RUSSIAN: &[Ending] = &[
    ("иями", 3),
    ("ыми", 3),
    ("ими", 3),
    ("ого", 3),
    ("его", 3),
    ("ому", 3),
    ("ему", 3),
    ("ами", 3),
    ("ями", 3),
    ("иях", 3),
    ("ый", 3),
    ("ыи", 3),
    ("ий", 3),
    ("ии", 3),
    ("ая", 3),
    ("яя", 3),
    ("ое", 3),
    ("ее", 3),
    ("ые", 3),
    ("ие", 3),
    ("ых", 3),
    ("их", 3),
    ("ую", 3),
    ("юю", 3),
    ("ой", 3),
    ("ои", 3),
    ("ей", 3),
    ("еи", 3),
    ("ом", 3),
    ("ем", 3),
    ("ам", 3),
    ("ям", 3),
    ("ах", 3),
    ("ях", 3),
    ("ов", 3),
    ("ев", 3),
    ("ия", 3),
    ("а", 3),
    ("я", 3),
    ("ы", 3),
    ("и", 3),
    ("е", 3),
    ("о", 3),
    ("у", 3),
    ("ю", 3),
    ("ь", 3),
];

const POLISH: &[Ending] = &[
    ("iego", 4),
    ("iemu", 4),
    ("ami", 4),
    ("ach", 4),
    ("ego", 4),
    ("emu", 4),
    ("owi", 4),
    ("ych", 4),
    ("ich", 4),
    ("ymi", 4),
    ("imi", 4),
    ("ow", 4),
    ("om", 4),
    ("em", 4),
    ("ie", 4),
    ("ej", 4),
    ("ym", 4),
    ("im", 4),
    ("a", 4),
    ("e", 4),
    ("i", 4),
    ("o", 4),
    ("u", 4),
    ("y", 4),
];

// Light10 of Larkey, Ballesteros and Connell, "Light stemming for Arabic information retrieval",
// 2007.
const ARABIC_PREFIXES: &[Ending] =
    &[("وال", 2), ("بال", 2), ("كال", 2), ("فال", 2), ("لل", 2), ("ال", 2), ("و", 3)];

const ARABIC: &[Ending] = &[
    ("ها", 2),
    ("ان", 2),
    ("ات", 2),
    ("ون", 2),
    ("ين", 2),
    ("يه", 2),
    ("ية", 2),
    ("ه", 2),
    ("ة", 2),
    ("ي", 2),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn stem(code: &str, word: &str) -> String {
        let mut stem = String::from("left over");
        Stemmer::of(code).stem_into(word, &mut stem);
        stem
    }

    #[test]
    fn forms_of_one_word_share_a_stem() {
        for forms in [
            ["manifestation", "manifestations", "manifestants"],
            ["inondee", "inondees", "inonde"],
            ["pompier", "pompiers", "pompier"],
        ] {
            for form in forms {
                assert_eq!(stem("fr", form), stem("fr", forms[0]), "{form}");
            }
        }
        for forms in [
            ["stop", "stops", "stopping"],
            ["investigation", "investigators", "investigating"],
            ["strike", "strikes", "striking"],
            ["city", "cities", "city"],
            ["carry", "carried", "carries"],
        ] {
            for form in forms {
                assert_eq!(stem("en", form), stem("en", forms[0]), "{form}");
            }
        }
    }

    #[test]
    fn words_of_different_meaning_stay_apart() {
        for (one, other) in [("party", "part"), ("police", "policy"), ("press", "presume")] {
            assert_ne!(stem("en", one), stem("en", other), "{one} {other}");
        }
    }

    #[test]
    fn short_words_and_numbers_stay_whole() {
        for code in ["fr", "en", "de", "es", "ru", "pl", "ar", "ja"] {
            for word in ["or", "a", "", "2024", "2e", "3s"] {
                assert_eq!(stem(code, word), word, "{code}");
            }
        }
    }

    #[test]
    fn endings_are_tried_longest_first() {
        let tables = [FRENCH, ENGLISH, GERMAN, ROMANCE, RUSSIAN, POLISH, ARABIC, ARABIC_PREFIXES];
        for table in tables {
            let lengths: Vec<usize> = table
                .iter()
                .filter(|(_, least)| *least != KEEP)
                .map(|(ending, _)| ending.chars().count())
                .collect();
            assert!(lengths.is_sorted_by(|a, b| a >= b), "{table:?}");
        }
    }

    #[test]
    fn a_stem_is_never_empty_of_a_word_that_is_not() {
        for code in ["fr", "en", "de", "es", "ru", "pl", "tr", "ar"] {
            for word in ["s", "ss", "es", "ions", "ations", "ه", "ال", "а", "ий", "€"] {
                assert!(!stem(code, word).is_empty(), "{code} {word}");
            }
        }
    }
}
