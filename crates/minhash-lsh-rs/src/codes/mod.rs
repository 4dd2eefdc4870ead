//! b-bit codes: signatures in a half (16 bits a lane) to a thirty-second (1 bit) of the memory.
//!
//! | from | by | to |
//! |---|---|---|
//! | [`Signature`](crate::Signature), [`SignatureMatrix`](crate::SignatureMatrix) | `codes(bits)` | [`Codes`], [`CodeMatrix`] |
//! | codes of two sets | [`Codes::estimate`] | [`CodeEstimate`] |
//! | a recall at a [`Jaccard`](crate::Jaccard) | [`CodeBanding::for_recall`] | [`CodeBanding`], its [`CodeCurve`] and cost |
//! | all codes | [`CodeBanding::candidate_pairs`] | [`CandidatePairs`](crate::CandidatePairs) |
//!
//! They are types of their own, because most of what a signature can do, codes cannot: no merge, no
//! update, no way back. What they are to the bit is in `docs/sketch.md`, section "Codes".

mod banding;
mod bits;
mod candidates;
mod curve;
mod estimate;
mod matrix;
mod mix;
mod packing;
mod set;

pub use banding::CodeBanding;
pub use bits::CodeBits;
pub use curve::CodeCurve;
pub use estimate::CodeEstimate;
pub use matrix::CodeMatrix;
pub use set::{Codes, CodesView};
