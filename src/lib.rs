//! Near-duplicate detection and story clustering of news.

mod article;
mod article_set;
pub mod dispatches;
mod error;
pub mod eval;
pub mod language;
pub mod links;
mod measures;
pub mod page;
pub mod report;
mod span;
pub mod stories;
pub mod text;
mod timestamp;

pub use article::{Article, ArticleId, MAX_TEXT_BYTES, Role};
pub use article_set::ArticleSet;
pub use error::{Error, Result};
pub use measures::{Containment, StorySimilarity};
pub use span::Span;
pub use timestamp::{DAY, DateEvidence, Published, Timestamp};
