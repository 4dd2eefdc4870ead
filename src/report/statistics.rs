//! Counts over the whole answer.

use super::ReportContext;
use crate::article_set::ArticleSet;
use crate::dispatches::Dispatches;
use crate::links::{LinkKind, LinkStatistics, Links};
use crate::stories::{Stories, StoryStatistics};

/// Counts over the whole answer.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Statistics {
    /// Articles.
    pub articles: usize,
    /// Words of all bodies.
    pub tokens: usize,
    /// Links by kind.
    pub links: LinkCounts,
    /// Passages of all links.
    pub passages: usize,
    /// Dispatches.
    pub dispatches: usize,
    /// Articles in at least one dispatch.
    pub articles_in_dispatches: usize,
    /// Stories, those of one article among them.
    pub stories: usize,
    /// Stories of two articles or more.
    pub stories_of_several: usize,
    /// Links that were not honoured in forming dispatches.
    pub cut_edges: usize,
    /// What could not be read.
    pub failures: usize,
    /// What was compared to find the links, and what was not.
    pub comparison: LinkStatistics,
    /// What was not compared to form the stories.
    pub story_comparison: StoryStatistics,
}

/// Number of links of each kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct LinkCounts {
    /// Copies.
    pub copy: usize,
    /// Updates.
    pub update: usize,
    /// Partial reuse.
    pub partial: usize,
    /// Shared background.
    pub background: usize,
    /// Series.
    pub series: usize,
    /// Quotations.
    pub quotation: usize,
}

impl LinkCounts {
    fn of(links: &Links) -> LinkCounts {
        let count = |kind| links.links.iter().filter(|link| link.kind == kind).count();
        LinkCounts {
            copy: count(LinkKind::Copy),
            update: count(LinkKind::Update),
            partial: count(LinkKind::Partial),
            background: count(LinkKind::Background),
            series: count(LinkKind::Series),
            quotation: count(LinkKind::Quotation),
        }
    }
}

pub(super) fn statistics(
    set: &ArticleSet,
    links: &Links,
    dispatches: &Dispatches,
    stories: &Stories,
    context: &ReportContext,
) -> Statistics {
    Statistics {
        articles: set.len(),
        tokens: set.texts().iter().map(|text| text.tokens().len()).sum(),
        links: LinkCounts::of(links),
        passages: links.links.iter().map(|link| link.passages.len()).sum(),
        dispatches: dispatches.dispatches.len(),
        articles_in_dispatches: dispatches.primary.iter().flatten().count(),
        stories: stories.stories.len(),
        stories_of_several: stories.stories.iter().filter(|it| it.articles.len() > 1).count(),
        cut_edges: dispatches.cut_edges.len(),
        failures: context.failures.len(),
        comparison: links.statistics.clone(),
        story_comparison: stories.statistics,
    }
}
