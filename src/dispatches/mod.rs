//! Dispatches: maximal sets of aligned spans of one text, each held together by an anchor.

mod dispatch;

pub use dispatch::{CutEdge, Dispatch, Dispatches, Membership, Origins, Version};
