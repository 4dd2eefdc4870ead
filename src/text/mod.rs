//! Text → tokens with byte offsets → shingles: the one tokenisation specification of the crate.
//!
//! The specification is written down in `docs/tokenisation.md`; this is its implementation. In
//! short: letters are folded (case, accents, ligatures, full-width forms, digits), everything that
//! is neither letter, digit nor mark separates, scripts written without spaces give one token a
//! character, and a shingle is a frozen 64-bit hash of five tokens in a row. All of it comes from
//! tables in this crate, of one stated Unicode version, so no update of the compiler or of a
//! dependency can change a hash.
//!
//! ```
//! use wirecopy::text::{TextScheme, TokenisedText};
//!
//! let scheme = TextScheme::default();
//! let typeset = TokenisedText::of_text("L’Œuvre de Zoé Ormel, 1 221 pages", &scheme)?;
//! let typed = TokenisedText::of_text("l'oeuvre de ZOE ORMEL 1.221 pages", &scheme)?;
//! assert_eq!(typeset.shingles(), typed.shingles());
//! assert_eq!(typeset.tokens().len(), 8);
//! # Ok::<(), wirecopy::Error>(())
//! ```
//!
//! Two laws hold for all texts and are tested on random ones: `tokens(a + " " + b) = tokens(a) ++
//! tokens(b)` (hashes, and offsets once shifted), whatever the scripts; and canonically equivalent
//! texts (NFC, NFD) have equal tokens.
//!
//! | asked for | by |
//! |---|---|
//! | tokens with offsets and shapes, and shingles | [`TokenisedText`] |
//! | shingles alone, the fastest | [`Shingler::shingles_of`] |
//! | shingles and where they stand | [`Shingler::located_shingles_of`] |
//!
//! All read in blocks of 64 bytes with the best [`Kernel`] of the CPU, and give the same on every one.

mod class;
mod fold;
mod gap;
mod hash;
mod kernel;
mod scheme;
mod shingle;
mod shingler;
#[rustfmt::skip]
mod tables;
mod token;

pub use fold::{fold_into, for_each_token};
pub(crate) use kernel::{WINDOW_TOKENS, prefetch, window_hashes};
pub use minhash_lsh::Kernel;
pub use scheme::{MAX_SHINGLE_WORDS, TextScheme};
pub(crate) use shingle::ReadingSpace;
pub use shingle::{LengthClass, SHORT_TEXT_TOKENS, TokenisedText};
pub use shingler::{LocatedShingles, Shingler};
pub use token::{Token, TokenShape};
