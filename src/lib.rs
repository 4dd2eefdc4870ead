//! Near-duplicate detection and story clustering of news: which texts carry one dispatch, which passages were reused,
//! who was seen first, which articles tell the same story, and why.
//!
//! # Most readers need this and no more
//!
//! ```
//! # fn main() -> wirecopy::Result<()> {
//! let reading = wirecopy::page::read_dir("seeds/pages")?; // or make `Article`s of your own
//! let grouping = wirecopy::group(&reading.articles)?;
//! for story in grouping.stories() {
//!     println!("{}: {} articles, {} dispatches", story.title(), story.len(), story.dispatches().count());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! [`group`] takes [`Article`]s and gives a [`Grouping`]: [`links`] with their kinds, passages and reasons,
//! [dispatches](dispatches::Dispatch), [stories](stories::Story). [`Grouping::report`] tells it all by ids, for people
//! (`Display`) and programs (feature `serde`). [`Config`] has the knobs. What only the caller knows is said by [`Role`] (the
//! agency's own feed), [`PublisherFamilies`] (outlets of one house) and [`Decisions`] (what an editor decided about a pair).
//!
//! # Plain strings
//!
//! | call | finds | for |
//! |---|---|---|
//! | [`near_duplicates`] | pairs of which one text carries the other, also inside a longer text | tens of thousands of texts |
//! | [`duplicates::find_duplicates`] | groups of texts that are alike as wholes (Jaccard similarity ≥ 0.8) | up to millions: the fast way |
//!
//! # A tour
//!
//! The stages, each of which can be called alone, replaced or skipped:
//!
//! 1. [`page`]: a saved plain-text page becomes articles, with title, body, agency credits and publication time. Who has
//!    bodies makes [`Article::new`] and skips it.
//! 2. [`text`]: a body becomes tokens with byte offsets, and 5-token shingles with frozen hashes. One specification for
//!    all of Unicode: `docs/tokenisation.md`.
//! 3. [`links`]: candidate pairs by resemblance (MinHash and LSH, in the crate `minhash-lsh-rs`) and by containment
//!    (fingerprints); each is aligned, weighed and given one of six [kinds](links::LinkKind).
//! 4. [`dispatches`]: sets of aligned spans of one text, each verified against an anchor. Never connected components.
//! 5. [`stories`]: events, stories and topics, each within the next: articles on one happening, in whatever words.
//! 6. [`report`]: the answer. [`eval`] scores it against labels.
//!
//! [`duplicates`] is a way of its own past 3 to 6: texts, shingles, signatures, candidate pairs, exact similarities, groups.
//!
//! # Promises
//!
//! - **The same articles give the same bytes**, whatever their order, the number of threads or the CPU.
//! - **Every span points into the original text**, so a passage is shown as the reader saw it.
//! - **Nothing is dropped silently**: short and empty texts, unread pages and comparisons that a cap left out are in the
//!   report.
//! - **Any CPU, its own speed**: the inner loops are chosen at run time ([`text::Kernel`]); the environment variable
//!   `WIRECOPY_KERNEL` forces one.
//! - **No input panics**: errors are one opaque [`Error`] with predicates and a way out.
//!
//! # Features
//!
//! - `rayon` (default): articles and pairs are worked on in parallel, in the caller's pool.
//! - `serde`: the report and its parts serialise.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod article;
mod article_set;
mod config;
mod decisions;
mod disjoint_sets;
pub mod dispatches;
pub mod duplicates;
mod error;
pub mod eval;
mod families;
mod grouping;
pub mod language;
pub mod links;
mod measures;
mod near_duplicates;
pub mod page;
mod parallel;
pub mod report;
mod span;
pub mod stories;
pub mod text;
mod timestamp;
mod vocabulary;

pub use article::{Article, ArticleId, MAX_TEXT_BYTES, Role};
pub use article_set::ArticleSet;
pub use config::Config;
pub use decisions::Decisions;
pub use error::{Error, Result};
pub use families::PublisherFamilies;
pub use grouping::{Grouping, StoryView, group, group_with};
pub use measures::{Containment, StorySimilarity};
pub use near_duplicates::{NearDuplicate, near_duplicates};
pub use span::Span;
pub use stories::Granularity;
pub use timestamp::{DAY, DateEvidence, Published, Timestamp};

/// The README's code runs as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeDoctests;
