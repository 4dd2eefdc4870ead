//! Stop words: words so common in a language's news that they tell nothing of what an article is
//! about.

/// The languages that have a list, with their words: function words first, then the verbs of
/// reporting and the names of the days. Written for this crate; accents are taken off when a list
/// is loaded, as from every token.
pub(super) const LISTS: &[(&str, &str)] = &[
    ("ar", include_str!("stop_words/ar.txt")),
    ("de", include_str!("stop_words/de.txt")),
    ("en", include_str!("stop_words/en.txt")),
    ("es", include_str!("stop_words/es.txt")),
    ("fr", include_str!("stop_words/fr.txt")),
    ("it", include_str!("stop_words/it.txt")),
    ("nl", include_str!("stop_words/nl.txt")),
    ("pl", include_str!("stop_words/pl.txt")),
    ("pt", include_str!("stop_words/pt.txt")),
    ("ru", include_str!("stop_words/ru.txt")),
    ("tr", include_str!("stop_words/tr.txt")),
];
