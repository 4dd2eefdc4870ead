//! Saved plain-text page → articles.

pub mod credit;
