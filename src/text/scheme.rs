//! The canonical description of how text becomes shingle hashes.

use std::fmt;

use super::class::Accents;
use super::hash;
use super::tables::{FOLDING_DIGEST, UNICODE_VERSION};
use crate::error::{Error, Result};

/// The widest shingle a [`TextScheme`] accepts, in tokens.
pub const MAX_SHINGLE_WORDS: usize = 32;

/// How text becomes tokens and shingles: folding, tokeniser, Unicode version, shingle width, hash.
///
/// Two texts can be compared only when they were read under one scheme. Its
/// [`digest`](TextScheme::digest) is the `input` of the engine's `Scheme`, so sketches made under
/// two schemes refuse to mix.
///
/// ```
/// use wirecopy::text::TextScheme;
///
/// let scheme = TextScheme::default();
/// assert_eq!(scheme.shingle_words(), 5);
/// let strict = scheme.with_shingle_words(8)?.keep_accents(true);
/// assert_ne!(scheme.digest(), strict.digest());
/// assert!(scheme.with_shingle_words(0).unwrap_err().is_config());
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct TextScheme {
    shingle_words: u8,
    keep_accents: bool,
}

impl Default for TextScheme {
    /// Shingles of five tokens, accents dropped.
    fn default() -> TextScheme {
        TextScheme { shingle_words: 5, keep_accents: false }
    }
}

impl TextScheme {
    /// The same scheme with shingles of `tokens` tokens, 1 to [`MAX_SHINGLE_WORDS`].
    ///
    /// # Errors
    /// `is_config` outside that range.
    pub fn with_shingle_words(self, tokens: usize) -> Result<TextScheme> {
        match u8::try_from(tokens) {
            Ok(shingle_words) if (1..=MAX_SHINGLE_WORDS).contains(&tokens) => {
                Ok(TextScheme { shingle_words, ..self })
            }
            _ => Err(Error::config(format!(
                "shingles of {tokens} tokens: the width must be 1 to {MAX_SHINGLE_WORDS}; 5 is the usual one"
            ))),
        }
    }

    /// The same scheme, keeping or dropping accents.
    ///
    /// Kept, "côté" and "cote" are different words, and so are the Arabic letters that differ by a
    /// hamza and pointed and unpointed Hebrew. Case, ligatures, width and digits are folded all
    /// the same. Sites differ in how they write accents on capitals, so the default drops them.
    #[must_use]
    pub fn keep_accents(self, keep: bool) -> TextScheme {
        TextScheme { keep_accents: keep, ..self }
    }

    /// Tokens a shingle.
    pub fn shingle_words(&self) -> usize {
        usize::from(self.shingle_words)
    }

    /// Whether accented letters stay apart from bare ones.
    pub fn keeps_accents(&self) -> bool {
        self.keep_accents
    }

    /// Sixteen bytes that stand for everything in the description: equal if and only if shingles
    /// are comparable.
    ///
    /// Defined in `docs/tokenisation.md` over the `Display` form.
    pub fn digest(&self) -> [u8; 16] {
        hash::digest(&self.to_string())
    }

    pub(super) fn accents(&self) -> Accents {
        if self.keep_accents { Accents::Kept } else { Accents::Dropped }
    }
}

/// The canonical description: every choice that reaches a shingle hash, and the digest of the
/// folding tables.
impl fmt::Display for TextScheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "wirecopy-text 1 unicode={UNICODE_VERSION} folding={FOLDING_DIGEST:016x} accents={} \
             hash=pairs64 shingle=polynomial64/{}",
            if self.keep_accents { "kept" } else { "dropped" },
            self.shingle_words
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_changes_the_digest() {
        let mut digests = Vec::new();
        for words in 1..=MAX_SHINGLE_WORDS {
            for keep in [false, true] {
                let scheme =
                    TextScheme::default().with_shingle_words(words).unwrap().keep_accents(keep);
                assert_eq!(scheme.shingle_words(), words);
                assert_eq!(scheme.keeps_accents(), keep);
                digests.push(scheme.digest());
            }
        }
        let all = digests.len();
        digests.sort_unstable();
        digests.dedup();
        assert_eq!(digests.len(), all);
    }

    #[test]
    fn widths_out_of_range_are_errors_that_name_the_range() {
        for words in [0, 33, 256, 257, usize::MAX] {
            let error = TextScheme::default().with_shingle_words(words).unwrap_err();
            assert!(error.is_config());
            assert!(error.to_string().contains("1 to 32"), "{error}");
        }
    }
}
