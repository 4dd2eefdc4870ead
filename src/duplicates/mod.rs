//! Raw texts to verified duplicate groups, by resemblance alone: the shortest and fastest way through the crate.
//!
//! [`find_duplicates`] is what a corpus builder wants who asks "which of these texts are the same but for a few words?".
//! It does not see a short text inside a long one: [`near_duplicates`](crate::near_duplicates) does, for strings too. It
//! knows no dates, sources or passages: for those, and for an explanation of every link, there is
//! [`group`](crate::group).
//!
//! ```
//! use wirecopy::duplicates::{DuplicateConfig, find_duplicates};
//!
//! let found = find_duplicates(&["Deux textes égaux.", "Un autre.", "Deux textes égaux."], &DuplicateConfig::new())?;
//! for group in found.groups() {
//!     println!("{} texts like text {}", group.members.len(), group.anchor);
//! }
//! # assert_eq!(found.groups()[0].members, [0, 2]);
//! # Ok::<(), wirecopy::Error>(())
//! ```
//!
//! | step | by |
//! |---|---|
//! | text → shingle hashes | the tokenisation of [`text`](crate::text), in memory that is used again |
//! | shingles → a row of a `SignatureMatrix` | Fast Similarity Sketching (`minhash-lsh-rs`); the shingles are not kept |
//! | rows → candidate pairs | banding, for the recall asked for |
//! | candidate pairs → duplicates | exact Jaccard similarity; the shingles of texts that have candidates are made again |
//! | duplicates → groups | anchors: each member is verified against its group's anchor |
//!
//! # Promises
//!
//! - **A candidate is not a duplicate.** Each pair of the answer was compared exactly, on its shingle sets.
//! - **No chaining.** A group is an anchor and texts that are duplicates of it. That A resembles B and B resembles C
//!   does not put A and C into one group; the pair that the groups cut stays among the pairs.
//! - **Recall is stated**: [`DuplicateConfig::banding`] prints its curve, and what a cap left out is counted.
//! - **The same texts give the same answer** whatever their order (which permutes places and nothing else), the number of
//!   threads or the CPU.
//! - **Short texts have a policy.** A text without a token is nobody's duplicate, not even another empty one's; one of
//!   fewer tokens than a shingle has one shingle of all of them, so it equals only the same tokens. Both are counted.

mod candidates;
mod config;
mod cover;
mod groups;
mod order;
mod search;
mod signatures;
mod statistics;
mod verify;

pub use config::DuplicateConfig;
pub use groups::{DuplicateGroup, DuplicatePair, Duplicates};
pub use minhash_lsh::{Banding, BucketCap, CandidateStatistics, Jaccard, Kernel};
pub use search::find_duplicates;
pub use statistics::{DuplicateMemory, DuplicateStatistics};
