//! The lexicon: all that is known of one language's words.

use super::Language;
use super::background::Background;
use super::stemmer::Stemmer;
use super::stop_words;
use super::term::Term;
use std::sync::LazyLock;

/// Stop words, stems and background frequencies of one language.
///
/// French and English have all three; Arabic, Dutch, German, Italian, Polish, Portuguese, Russian,
/// Spanish and Turkish have stop words and a stemmer, Chinese and Japanese stop words; any other
/// language has none of them, and its terms are its words. Stems are whole in French and English and
/// have at most six letters in the others, whose words inflect and compound more.
///
/// Where there is no background, [`idf`](Lexicon::idf) is 1 for every term and the collection's own
/// document frequencies must tell common words from rare ones.
///
/// ```
/// use wirecopy::language::{Language, Lexicon, Term};
/// let french = Lexicon::of(Some(Language::FRENCH));
/// assert!(french.is_stop("depuis"));
/// let mut stem = String::new();
/// french.stem_into("manifestations", &mut stem);
/// assert_eq!(stem, "manifest");
/// assert!(french.idf(Term::of("manifest")) < french.idf(Term::of("sourlac")));
/// ```
#[derive(Debug)]
pub struct Lexicon {
    language: Option<Language>,
    stop_words: Vec<String>,
    stemmer: Stemmer,
    background: Option<Background>,
}

impl Lexicon {
    /// The lexicon of a language; the empty one for `None` and for languages the crate knows
    /// nothing of. Loaded on first use, once a process.
    pub fn of(language: Option<Language>) -> &'static Lexicon {
        static ALL: LazyLock<Vec<Lexicon>> =
            LazyLock::new(|| stop_words::CODES.iter().map(|code| Lexicon::load(code)).collect());
        static EMPTY: Lexicon = Lexicon {
            language: None,
            stop_words: Vec::new(),
            stemmer: Stemmer::None,
            background: None,
        };
        match ALL.binary_search_by_key(&language, |lexicon| lexicon.language) {
            Ok(at) => ALL.get(at).unwrap_or(&EMPTY),
            Err(_) => &EMPTY,
        }
    }

    fn load(code: &str) -> Lexicon {
        let table: Option<&[u8]> = match code {
            "en" => Some(include_bytes!("background/en.bin")),
            "fr" => Some(include_bytes!("background/fr.bin")),
            _ => None,
        };
        Lexicon {
            language: Language::new(code),
            stop_words: stop_words::of(code),
            stemmer: Stemmer::of(code),
            // The tables are part of the crate and a test decodes each, so an error here cannot
            // happen in a release.
            background: table.and_then(|bytes| Background::decode(bytes).ok()),
        }
    }

    /// The language; `None` for the empty lexicon.
    pub fn language(&self) -> Option<Language> {
        self.language
    }

    /// Whether a folded token tells nothing: it is in the language's list, or a single letter of a
    /// script that writes words.
    ///
    /// O(log n) in the list's few hundred words.
    pub fn is_stop(&self, folded: &str) -> bool {
        Lexicon::is_letter(folded)
            || self.stop_words.binary_search_by(|word| word.as_str().cmp(folded)).is_ok()
    }

    /// Writes the stem of a folded token over `stem`.
    pub fn stem_into(&self, folded: &str, stem: &mut String) {
        self.stemmer.stem_into(folded, stem);
    }

    /// How rare a term is in the language's news: 0 (in every article) to 1 (in none, or no
    /// background is known).
    pub fn idf(&self, term: Term) -> f64 {
        self.background.as_ref().map_or(1.0, |background| background.idf(term))
    }

    /// Number of articles the background was counted over; 0 without one.
    pub fn background_articles(&self) -> u32 {
        self.background.as_ref().map_or(0, Background::articles)
    }

    /// Whether a background is shipped for the language.
    pub fn has_background(&self) -> bool {
        self.background.is_some()
    }

    /// A single letter tells nothing in any language.
    pub(super) fn is_letter(folded: &str) -> bool {
        matches!(folded.as_bytes(), [b'a'..=b'z'])
    }

    pub(super) fn stop_words(&self) -> &[String] {
        &self.stop_words
    }
}

/// The bytes of a background table: `(stem or name, documents that hold it)` counted over
/// `articles` documents.
///
/// For whoever makes the tables that the crate ships; the names of several words are joined by
/// [`Term::of_name`].
pub fn encode_background(articles: u32, frequencies: &[(Term, f64)]) -> Vec<u8> {
    Background::encode(articles, frequencies)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_table_decodes_and_is_small() {
        for (code, bytes) in [
            ("en", include_bytes!("background/en.bin").as_slice()),
            ("fr", include_bytes!("background/fr.bin").as_slice()),
        ] {
            assert!(bytes.len() < 300_000, "{code}: {} bytes", bytes.len());
            assert!(Background::decode(bytes).unwrap().articles() > 5_000, "{code}");
            assert!(Lexicon::of(Language::new(code)).has_background());
        }
    }

    #[test]
    fn accents_in_a_list_do_not_matter() {
        assert!(Lexicon::of(Language::new("ru")).is_stop("еще"));
        assert!(Lexicon::of(Language::new("pt")).is_stop("nao"));
    }

    #[test]
    fn a_language_without_a_lexicon_keeps_its_words() {
        for language in [None, Language::new("sw"), Language::new("zz")] {
            let lexicon = Lexicon::of(language);
            let mut stem = String::new();
            lexicon.stem_into("fermés", &mut stem);
            assert_eq!(stem, "fermés");
            assert!(!lexicon.is_stop("the") && !lexicon.has_background());
            assert_eq!(lexicon.idf(Term::of("the")), 1.0);
        }
    }

    #[test]
    fn common_words_are_commoner_than_rare_ones() {
        for (language, order) in [
            (Language::FRENCH, ["president", "tribunal", "anguille"]),
            (Language::ENGLISH, ["president", "court", "flamingo"]),
        ] {
            let lexicon = Lexicon::of(Some(language));
            let mut stem = String::new();
            let idf: Vec<f64> = order
                .iter()
                .map(|word| {
                    lexicon.stem_into(word, &mut stem);
                    lexicon.idf(Term::of(&stem))
                })
                .collect();
            assert!(idf.is_sorted_by(|a, b| a < b), "{language}: {idf:?}");
        }
    }
}
