//! Near-duplicate detection and story clustering of news.

mod article;
mod article_set;
mod config;
pub mod dispatches;
mod error;
pub mod eval;
mod grouping;
pub mod language;
pub mod links;
mod measures;
mod near_duplicates;
pub mod page;
pub mod report;
mod span;
pub mod stories;
pub mod text;
mod timestamp;

pub use article::{Article, ArticleId, MAX_TEXT_BYTES, Role};
pub use article_set::ArticleSet;
pub use config::Config;
pub use error::{Error, Result};
pub use grouping::{Grouping, StoryView, group, group_with};
pub use measures::{Containment, StorySimilarity};
pub use near_duplicates::{NearDuplicate, near_duplicates};
pub use span::Span;
pub use stories::Granularity;
pub use timestamp::{DAY, DateEvidence, Published, Timestamp};
