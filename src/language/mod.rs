//! What the crate knows of languages: which one a text is in, its stop words, its stems, how rare
//! its words are.

mod background;
mod detect;
mod known_words;
mod lexicon;
mod names;
mod stemmer;
mod stop_words;
mod term;
mod weigh;
mod word_votes;

pub use detect::{detect, of_set};
pub(crate) use known_words::KnownWords;
pub use lexicon::{Lexicon, encode_background};
pub(crate) use names::for_each_name;
pub use names::name_runs;
pub use term::Term;
pub use weigh::{TermWeight, Weigher};
pub(crate) use word_votes::StopIn;

use std::fmt;

/// A language, by its ISO 639-1 code.
///
/// ```
/// use wirecopy::language::Language;
/// assert_eq!(Language::new("fr"), Some(Language::FRENCH));
/// assert_eq!(Language::FRENCH.to_string(), "fr");
/// assert_eq!(Language::new("French"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 2]);

impl Language {
    /// French.
    pub const FRENCH: Language = Language(*b"fr");
    /// English.
    pub const ENGLISH: Language = Language(*b"en");

    /// The language of a two-letter code in lower case; `None` for anything else.
    pub fn new(code: &str) -> Option<Language> {
        match code.as_bytes() {
            &[a, b] if a.is_ascii_lowercase() && b.is_ascii_lowercase() => Some(Language([a, b])),
            _ => None,
        }
    }

    /// The two-letter code.
    pub fn code(&self) -> &str {
        // Both bytes are ASCII letters by construction.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({self})")
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Language {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Language, D::Error> {
        let code = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
        Language::new(&code).ok_or_else(|| {
            serde::de::Error::custom(format!("{code:?} is no ISO 639-1 code, two letters a to z"))
        })
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Language {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
