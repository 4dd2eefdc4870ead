//! What a caller of a peer that takes hashes has to write: texts to shingle hashes.
//!
//! Written as a good user would: one buffer for the lowered word, no string a word or a shingle,
//! ahash for both, ASCII words lowered in place, Han and kana characters words of their own. That is
//! the definition of the corpus's truth too, so no peer that takes hashes is judged by other words
//! than its own.

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
                self.lower(word);
            }
            self.end_word();
        }
        if self.words.is_empty() {
            return Vec::new();
        }
        let run = self.words.len().min(SHINGLE_WORDS);
        self.words.windows(run).map(|words| self.hasher.hash_one(words)).collect()
    }

    /// Apart, so that the loop above stays small.
    fn lower(&mut self, word: &str) {
        for c in word.chars() {
            if matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}') {
                self.end_word();
                self.word.push(c);
                self.end_word();
            } else {
                self.word.extend(c.to_lowercase());
            }
        }
    }

    fn end_word(&mut self) {
        if !self.word.is_empty() {
            self.words.push(self.hasher.hash_one(self.word.as_str()));
            self.word.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use wirecopy_bench_corpus::{Corpus, five_grams, words};

    #[test]
    fn there_are_as_many_distinct_shingles_as_the_definition_has() {
        let mut shingler = Shingler::default();
        for article in Corpus::new(3).articles(300) {
            let distinct: HashSet<u64> = shingler.shingles(&article.text).into_iter().collect();
            assert_eq!(distinct.len(), five_grams(&words(&article.text)).len(), "{}", article.text);
        }
        assert!(shingler.shingles(" – ").is_empty());
    }
}
