//! Links: which articles share text, in which passages, and what kind of relation that is.

mod link;
mod passage;

pub use link::{
    Attributes, Conflict, Direction, Explanation, Link, LinkKind, LinkStatistics, Links,
};
pub use passage::{Match, Passage, PassageSide};
