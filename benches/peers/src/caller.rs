//! What a caller of a peer that takes hashes has to write: texts to shingle hashes.
//!
//! Written as a good user would: one buffer for the lowered word, no string a word or a shingle,
//! ahash for both, ASCII words lowered in place.

use crate::SHINGLE_WORDS;

/// Hashes the runs of five words of a text.
pub struct Shingler {
    hasher: ahash::RandomState,
    word: String,
    words: Vec<u64>,
}

impl Default for Shingler {
    fn default() -> Self {
        let hasher = ahash::RandomState::with_seeds(1, 2, 3, 4); // the same figures every run
        Self { hasher, word: String::new(), words: Vec::new() }
    }
}

impl Shingler {
    /// The hash of each run of five lowered words; one of all words where there are fewer.
    pub fn shingles(&mut self, text: &str) -> Vec<u64> {
        self.words.clear();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            self.word.clear();
            if word.is_ascii() {
                self.word.push_str(word);
                self.word.make_ascii_lowercase();
            } else {
                self.word.extend(word.chars().flat_map(char::to_lowercase));
            }
            self.words.push(self.hasher.hash_one(self.word.as_str()));
        }
        if self.words.is_empty() {
            return Vec::new();
        }
        let run = self.words.len().min(SHINGLE_WORDS);
        self.words.windows(run).map(|words| self.hasher.hash_one(words)).collect()
    }
}
