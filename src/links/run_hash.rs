//! The hash of a run of tokens, for maps in memory: not part of the frozen scheme.

use crate::text::Token;

/// Folds the tokens in order into `start`. Runs of one hash are compared token by token, or counted
/// as fingerprints that alignment verifies.
pub(crate) fn run_hash(start: u64, tokens: &[Token]) -> u64 {
    tokens.iter().fold(start, |hash, token| folded(hash, token.hash))
}

/// [`run_hash`] from 0 of tokens by their hashes.
pub(crate) fn run_hash_of_words(words: &[u64]) -> u64 {
    words.iter().fold(0, |hash, &word| folded(hash, word))
}

fn folded(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
