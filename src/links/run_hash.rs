//! The hash of a run of tokens, for maps in memory: not part of the frozen scheme.

use crate::text::Token;

/// Folds the tokens in order into `start`. Runs of one hash are compared token by token, or counted
/// as fingerprints that alignment verifies.
pub(crate) fn run_hash(start: u64, tokens: &[Token]) -> u64 {
    tokens.iter().fold(start, |hash, token| {
        (hash.rotate_left(23) ^ token.hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}
