//! Composed pages: articles and site furniture joined at random, with the lines of each article known.
//!
//! A [`Style`](style::Style) is drawn for each page: every way of printing a page that the drawing knows is a *variation*, and
//! figures are told apart by variation. Everything is split in two halves: articles by their number, furniture phrases
//! by their place in the lists, pages by seed. Rules of the reader are chosen on half 0 and reported on half 1.

#![allow(dead_code, reason = "each target uses a part")]
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

pub(crate) mod compose;
pub(crate) mod dice;
pub(crate) mod material;
pub(crate) mod phrases;
pub(crate) mod score;
pub(crate) mod spanish;
pub(crate) mod style;

pub(crate) use compose::compose;
pub(crate) use dice::Dice;

pub(crate) use score::Tally;
