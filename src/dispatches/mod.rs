//! Dispatches: maximal sets of aligned spans of one text, each held together by an anchor.

mod compilation;
mod config;
mod cover;
mod cut;
mod dispatch;
mod form;
mod graph;
mod keep;
mod origins;
mod region;
mod seen;
mod source;
mod token_set;
mod version;

pub use config::DispatchConfig;
pub use dispatch::{
    Compilation, CutEdge, CutReason, Dispatch, Dispatches, Membership, Origins, Version,
};
pub use form::form;
pub use keep::{KeepPolicy, KeepRule};
