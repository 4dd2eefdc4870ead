//! Links: which articles share text, in which passages, and what kind of relation that is.
//!
//! Candidate pairs ([`find_links`]) come by resemblance, for texts that are alike as wholes, and by
//! containment, for a text inside a longer one or a paragraph inside two; every pair is verified by
//! [`align`]ing it.

mod align;
mod chain;
mod compact;
mod config;
mod conflict;
mod containment;
mod details;
mod direction;
mod evidence;
mod extend;
mod figures;
mod find;
mod fixed_words;
mod formula;
mod identical;
mod key_set;
pub(crate) mod kind;
mod lede;
mod link;
mod numbers;
mod passage;
mod phrases;
mod quotation;
mod reading;
mod resemblance;
mod run_hash;
mod seed_filter;
mod seeds;
mod truncated;
mod verify;
mod winnow;
mod withdraws;
mod words;

pub use align::{Alignment, align};
pub use config::LinkConfig;
pub use figures::Figures;
pub use find::find_links;
pub use kind::Reason;
pub use link::{
    Attributes, Conflict, Direction, Explanation, Link, LinkKind, LinkStatistics, Links, Truncation,
};
pub use minhash_lsh::{Banding, Jaccard};
pub use passage::{Match, Passage, PassageSide};
pub(crate) use seeds::SEED_TOKENS;
