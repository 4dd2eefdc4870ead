//! MinHash signatures and locality-sensitive hashing for sets of 64-bit hashes.
//!
//! # The way of the data
//!
//! | from | by | to |
//! |---|---|---|
//! | a set, `&[u64]` | [`Sketcher`], made from a [`Scheme`] | [`Signature`], [`SignatureMatrix`] |
//! | two signatures | [`Signature::estimate`] | [`Estimate`] |
//! | a recall at a [`Jaccard`] | [`Banding::for_recall`] | [`Banding`], its [`Curve`] and [`BandingCost`] |
//! | all signatures | [`Banding::candidate_pairs`] | [`CandidatePairs`] |
//! | one signature after the other | [`LshIndex`] | ids, by band or by estimate |
//! | signatures that take too much memory | [`SignatureMatrix::codes`] | [`CodeMatrix`], 1 to 16 bits a lane |
//! | the sets of a candidate pair | [`PreparedSet`] | their exact [`Jaccard`] |
//!
//! The inner loops use AVX-512, AVX2, NEON or portable code, whichever is best on the CPU at run time:
//! [`Kernel`], which the environment variable `WIRECOPY_KERNEL` overrides.
//!
//! ```
//! use minhash_lsh::{Banding, Jaccard, Scheme, Sketcher};
//!
//! let sketcher = Sketcher::new(Scheme::new(128)?);
//! let signatures = sketcher.sketch_all(&[vec![1, 2, 3, 4], vec![7, 8, 9], vec![4, 3, 2, 1]]);
//! let banding = Banding::for_recall(Jaccard::new(0.7)?, 0.99, sketcher.k())?;
//! assert_eq!(banding.candidate_pairs(&signatures)?.pairs(), [(0, 2)]);
//! # Ok::<(), minhash_lsh::Error>(())
//! ```
//!
//! # Promises
//!
//! - Equal sets give equal bytes: on every CPU, for every number of threads, in any order. The hash
//!   functions are version 1, which is frozen, and specified in `docs/sketch.md` of the package.
//! - What was made under different [`Scheme`]s is never compared: that is an [`Error`].
//! - Nothing panics, whatever the input; decoding takes memory in proportion to the bytes given.
//! - The empty set is similar to nothing, itself included.
//!
//! # Sources
//!
//! - Sketch: S. Dahlgaard, M. B. T. Knudsen and M. Thorup, "Fast similarity sketching", FOCS 2017,
//!   [arXiv 1704.04370](https://arxiv.org/abs/1704.04370).
//! - Resemblance and its estimate by minima: A. Z. Broder, "On the resemblance and containment of
//!   documents", SEQUENCES 1997.
//! - Codes of few bits: P. Li and A. C. König, "b-bit minwise hashing", WWW 2010.
//! - Banding: P. Indyk and R. Motwani, STOC 1998; J. Leskovec, A. Rajaraman and J. D. Ullman,
//!   *Mining of Massive Datasets*, chapter 3.
//!
//! # Features
//!
//! Neither is on by default: `rayon` sketches and searches in parallel, `serde` derives
//! serialisation that validates as the constructors do.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(unsafe_code)]

mod banding;
mod candidates;
mod codec;
mod codes;
mod error;
mod estimate;
mod index;
mod jaccard;
mod kernel;
mod matrix;
mod parallel;
mod prepared;
mod scheme;
mod signature;
mod sketcher;

pub use banding::{Banding, BandingCost, Curve};
pub use candidates::{BucketCap, CandidatePairs, CandidateStatistics, SearchMemory};
pub use codes::{CodeBanding, CodeBits, CodeCurve, CodeEstimate, CodeMatrix, Codes, CodesView};
pub use error::Error;
pub use estimate::Estimate;
pub use index::{CappedCandidates, IndexMemory, LshIndex, SetId};
pub use jaccard::Jaccard;
pub use kernel::Kernel;
pub use matrix::SignatureMatrix;
pub use prepared::PreparedSet;
pub use scheme::{Algorithm, Scheme, Version};
pub use signature::{Signature, SignatureView};
pub use sketcher::Sketcher;

/// The README, so that its example is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
