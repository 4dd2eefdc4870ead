//! The canonical description of how text becomes shingle hashes.

/// How text becomes tokens and shingles: folding, tokeniser, Unicode version, shingle width, hash.
///
/// Its digest is the `input` of the engine's `Scheme`, so sketches made under two schemes refuse to mix.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextScheme {
    shingle_words: u8,
    keep_accents: bool,
}

impl Default for TextScheme {
    fn default() -> TextScheme {
        TextScheme { shingle_words: 5, keep_accents: false }
    }
}

impl TextScheme {
    /// Tokens a shingle.
    pub fn shingle_words(&self) -> usize {
        usize::from(self.shingle_words)
    }

    /// Whether accented letters stay apart from bare ones.
    pub fn keeps_accents(&self) -> bool {
        self.keep_accents
    }
}
