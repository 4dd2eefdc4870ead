//! MinHash signatures and locality-sensitive hashing for sets of 64-bit hashes.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(unsafe_code)]

mod banding;
mod candidates;
mod codec;
mod error;
mod estimate;
mod index;
mod jaccard;
mod kernel;
mod matrix;
mod parallel;
mod scheme;
mod signature;
mod sketcher;

pub use banding::{Banding, BandingCost, Curve};
pub use candidates::{BucketCap, CandidatePairs, CandidateStatistics};
pub use error::Error;
pub use estimate::Estimate;
pub use index::{CappedCandidates, LshIndex, SetId};
pub use jaccard::Jaccard;
pub use matrix::SignatureMatrix;
pub use scheme::{Algorithm, Scheme, Version};
pub use signature::{Signature, SignatureView};
pub use sketcher::Sketcher;
