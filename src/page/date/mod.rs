//! Dates on a page, and what they say about the publication of an article.

mod names;
mod published;
mod scan;

pub(crate) use names::is_calendar_word;
pub(crate) use published::{Cue, DateLine, decide, reference_of};
pub(crate) use scan::dates;
