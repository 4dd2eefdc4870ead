//! The report: the whole answer in one value that people read and programs parse.
//!
//! [`Report::new`] gathers articles, links, dispatches and stories; [`Display`](std::fmt::Display) of a report is a summary
//! for people, its `serde` form (feature `serde`) is JSON of a documented, versioned shape: `docs/report.md` explains it
//! and `docs/report.schema.json` states it. Reports are plain data and can be read back.
//!
//! Everything is named by article ids and byte spans of the article's original text. Floating-point numbers are rounded
//! to 10⁻⁶; lists are in the order of ids or of places in the text; so equal answers are equal bytes.
//!
//! [`diff`] shows what one text of a dispatch kept, dropped and added against another.
//!
//! ```
//! use wirecopy::dispatches::Dispatches;
//! use wirecopy::links::Links;
//! use wirecopy::report::{Report, ReportContext};
//! use wirecopy::stories::Stories;
//! use wirecopy::{Article, ArticleSet};
//!
//! let articles = [Article::new("a", "Le pont de Sourlac a rouvert.")?];
//! let set = ArticleSet::new(&articles, Default::default())?;
//! let report = Report::new(
//!     &set,
//!     &Links::default(),
//!     &Dispatches::default(),
//!     &Stories::default(),
//!     &ReportContext::new(),
//! );
//! assert_eq!(report.articles[0].id, "a");
//! assert!(report.to_string().contains("1 article"));
//! # Ok::<(), wirecopy::Error>(())
//! ```

mod article;
mod context;
pub mod diff;
mod dispatch;
mod link;
mod notice;
mod pick_up;
mod shared_text;
mod statistics;
mod story;
mod summary;
#[cfg(test)]
mod tests;
mod wording;

pub use article::{ReportedArticle, ReportedCredit, ReportedHierarchy, ReportedPublished};
pub use context::{Failure, ReportContext};
pub use dispatch::{
    EarliestSeen, OriginsInterval, ReportedCutEdge, ReportedDispatch, ReportedMember,
    ReportedVersion, ReportedVersionChange, ReportedWithdrawnVersion,
};
pub use link::{
    Excerpt, ReportedConflict, ReportedExplanation, ReportedLink, ReportedPassage, ReportedReason,
    ReportedSide, ReportedTruncation, ReportedWithdrawal, Side,
};
pub use notice::Notice;
pub use pick_up::{ReportedPickUp, ReportedPickedUp, ReportedPublisher};
pub use shared_text::SharedText;
pub use statistics::{LinkCounts, Statistics};
pub use story::{ReportedStory, ReportedStoryEvidence};

use crate::article::ArticleId;
use crate::article_set::ArticleSet;
use crate::dispatches::Dispatches;
use crate::links::Links;
use crate::stories::Stories;
use std::collections::BTreeMap;

/// The version of the report's shape: raised when a field is removed, renamed or changes its meaning. New fields do not
/// raise it, so a reader should skip what it does not know.
pub const SCHEMA_VERSION: u32 = 1;

/// The answer of one call.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Report {
    /// [`SCHEMA_VERSION`] of the crate that wrote it.
    pub schema_version: u32,
    /// Version of the crate that wrote it.
    pub crate_version: String,
    /// Digest of the tokenisation specification, in hexadecimal; `null` when the caller did not hand it over.
    pub text_scheme: Option<String>,
    /// The sketching scheme; `null` when the caller did not hand it over.
    pub engine_scheme: Option<String>,
    /// The settings, by name.
    pub configuration: BTreeMap<String, String>,
    /// Counts.
    pub statistics: Statistics,
    /// What a reader of this answer must know: policies, and what it cannot see.
    pub notices: Vec<Notice>,
    /// The articles by ascending id.
    pub articles: Vec<ReportedArticle>,
    /// The links by ascending (`a`, `b`).
    pub links: Vec<ReportedLink>,
    /// The dispatches by ascending anchor.
    pub dispatches: Vec<ReportedDispatch>,
    /// Links that were not honoured in forming dispatches.
    pub cut_edges: Vec<ReportedCutEdge>,
    /// The stories by ascending key.
    pub stories: Vec<ReportedStory>,
    /// What could not be read, in the order it was met.
    pub failures: Vec<Failure>,
}

impl Report {
    /// Gathers the answer. Indices of the parts that do not exist in `set` are left out.
    ///
    /// Cost: O(articles + memberships + links' passages), and the text of the passages unless
    /// [`ReportContext::without_texts`] was asked for.
    pub fn new(
        set: &ArticleSet,
        links: &Links,
        dispatches: &Dispatches,
        stories: &Stories,
        context: &ReportContext,
    ) -> Report {
        let names = Names { set, dispatches, stories };
        let reported_links = link::reported_links(&names, links, context);
        Report {
            schema_version: SCHEMA_VERSION,
            crate_version: env!("CARGO_PKG_VERSION").to_owned(),
            text_scheme: context.text_scheme.clone(),
            engine_scheme: context.engine_scheme.clone(),
            configuration: context.configuration.clone(),
            statistics: statistics::statistics(set, links, dispatches, stories, context),
            notices: notice::notices(set, links, dispatches),
            articles: article::reported_articles(&names),
            links: reported_links,
            dispatches: dispatch::reported_dispatches(&names),
            cut_edges: dispatch::reported_cut_edges(&names, links),
            stories: story::reported_stories(&names),
            failures: context.failures.clone(),
        }
    }

    /// With more failures listed, after those that are listed already.
    #[must_use]
    pub fn with_failures<F: Into<Failure>>(
        mut self,
        failures: impl IntoIterator<Item = F>,
    ) -> Report {
        self.failures.extend(failures.into_iter().map(Into::into));
        self.statistics.failures = self.failures.len();
        self
    }

    /// The article of this id. O(log articles).
    pub fn article(&self, id: &str) -> Option<&ReportedArticle> {
        let at = self.articles.binary_search_by(|article| article.id.as_str().cmp(id)).ok()?;
        self.articles.get(at)
    }
}

/// What the parts of the answer are called in the report.
struct Names<'a> {
    set: &'a ArticleSet,
    dispatches: &'a Dispatches,
    stories: &'a Stories,
}

impl Names<'_> {
    /// The id of an article.
    fn article(&self, index: usize) -> Option<ArticleId> {
        Some(self.set.articles().get(index)?.id().clone())
    }

    fn articles(&self, indices: &[usize]) -> Vec<ArticleId> {
        known(indices, |&index| self.article(index))
    }

    /// A dispatch is called by its anchor.
    fn dispatch(&self, index: usize) -> Option<ArticleId> {
        self.article(self.dispatches.dispatches.get(index)?.anchor)
    }

    /// A story is called by its smallest member.
    fn story(&self, index: usize) -> Option<ArticleId> {
        self.article(*self.stories.stories.get(index)?.articles.first()?)
    }
}

/// What is `reported` of each of `items` that it is known of, in memory for all: a filter does not tell how many there will
/// be, and lists that grow are copied.
fn known<I, T>(items: &[I], reported: impl FnMut(&I) -> Option<T>) -> Vec<T> {
    let mut all = Vec::with_capacity(items.len());
    all.extend(items.iter().filter_map(reported));
    all
}

/// To 10⁻⁶, so that reports do not hang on the last bits of a sum; −0 and what is no number become 0.
fn rounded(value: f64) -> f64 {
    let rounded = (value * 1e6).round() / 1e6;
    if rounded.is_finite() { rounded + 0.0 } else { 0.0 }
}
