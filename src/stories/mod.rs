//! Stories: which articles tell of the same happening, in whatever words.

mod story;

pub use story::{Granularity, Stories, Story, StoryEvidence};
