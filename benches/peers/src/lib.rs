//! wirecopy beside the other crates of its field: the same input, the same pairs, one thread.
//!
//! | module | what |
//! |---|---|
//! | [`peer`] | what a peer is asked to do, three jobs |
//! | [`peers`] | a file a peer, at its fastest documented use |
//! | [`input`] | sets, signatures and texts whose similar pairs are known |
//! | [`truth`] | all similar pairs of sets by exact comparison; recall and precision |
//! | [`answers`] | each answer judged and asserted |
//! | [`caller`] | the shingles that a caller of a hash-taking peer must make |
//! | [`measure`] | interleaved rounds, medians and spreads |
//!
//! Every wrapper is asserted on its answer before it is timed: a fast wrong answer is no peer.

pub mod answers;
pub mod caller;
pub mod input;
pub mod measure;
pub mod peer;
pub mod peers;
pub mod truth;

/// Lanes of a signature.
pub const K: usize = 128;
/// Bands that signatures are cut into.
pub const BANDS: usize = 16;
/// Lanes of a band.
pub const ROWS: usize = K / BANDS;
/// Estimated or exact similarity from which a job reports a pair.
pub const REPORTED: f64 = 0.7;
/// Similarity from which a pair must be found: recall is counted over these.
pub const WANTED: f64 = 0.8;
/// Tokens of a shingle.
pub const SHINGLE_WORDS: usize = 5;

/// The number in an environment variable, or the default where it is not set.
///
/// # Panics
/// If it is no number.
pub fn setting(name: &str, default: usize) -> usize {
    match std::env::var(name) {
        Ok(value) => value.parse().unwrap_or_else(|_| panic!("{name}={value} is no number")),
        Err(_) => default,
    }
}
