//! The news that the benchmarks read: generated, the same bytes on every machine, with planted copies whose similarity
//! is known.
//!
//! Texts are invented words in sentences and paragraphs; they look like news in what costs time (lengths, bytes a word,
//! share of accents and curly apostrophes, scripts, words and phrases that many texts share) and in what misleads a
//! detector (furniture, prepended lines, cuts). See [`LENGTH_QUANTILES`], [`Language::SHARES`], [`Edit`].
//!
//! The truth ([`Corpus::planted_pairs`]) is computed here by the definition, so that a mistake of the library cannot hide
//! in it. [`naive`] is the job as one writes it in an afternoon, the yardstick of the ratios; [`paired`] times variants
//! against one another on machines that others use too.

mod compose;
mod corpus;
mod edit;
mod language;
mod layout;
mod length;
mod lexicon;
pub mod naive;
pub mod paired;
mod random;
mod truth;
mod zipf;

pub use corpus::{Article, Corpus};
pub use edit::Edit;
pub use language::Language;
pub use layout::BLOCK;
pub use length::LENGTH_QUANTILES;
pub use truth::{Answer, PlantedPair, five_grams, similarity, words};
