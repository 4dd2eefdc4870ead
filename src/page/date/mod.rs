//! Dates on a page, and what they say about the publication of an article.

mod clock;
mod cursor;
mod names;
mod printed;
mod published;
mod scan;

pub(crate) use names::{is_calendar_word, months, weekdays};
pub(crate) use printed::PrintedDate;
pub(crate) use published::{Cue, DateLine, decide, reference_of};
pub(crate) use scan::dates;
