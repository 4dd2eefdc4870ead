//! A story in the report.

use super::dispatch::possibly_first;
use super::{EarliestSeen, Names, OriginsInterval, known, rounded};
use crate::article::ArticleId;
use crate::stories::{Story, StoryEvidence};
use std::sync::Arc;

/// A set of articles on one happening.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedStory {
    /// Its key: the smallest id of its articles.
    pub key: ArticleId,
    /// The title of its most central article; `null` when that has none.
    pub title: Option<Arc<str>>,
    /// Its most central article.
    pub central: ArticleId,
    /// Its articles by ascending id; a story of one is a story.
    pub articles: Vec<ArticleId>,
    /// Anchors of the dispatches that its articles primarily carry.
    pub dispatches: Vec<ArticleId>,
    /// Who was seen first, as far as dates tell.
    pub earliest_seen: EarliestSeen,
    /// Why each article is in it; empty for a story of one.
    pub evidence: Vec<ReportedStoryEvidence>,
    /// Number of independent origins.
    pub origins: OriginsInterval,
}

/// The strongest reason why an article is in its story.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedStoryEvidence {
    /// The article.
    pub article: ArticleId,
    /// The member it is most similar to.
    pub nearest: ArticleId,
    /// That similarity, 0 to 1.
    pub similarity: f64,
    /// The words that weigh most in it, folded.
    pub words: Vec<String>,
}

pub(super) fn reported_stories(names: &Names<'_>) -> Vec<ReportedStory> {
    known(&names.stories.stories, |story| reported(names, story))
}

fn reported(names: &Names<'_>, story: &Story) -> Option<ReportedStory> {
    let central = names.set.articles().get(story.central)?;
    let first = possibly_first(names, &story.articles);
    Some(ReportedStory {
        key: names.article(*story.articles.first()?)?,
        title: central.title_shared().cloned(),
        central: central.id().clone(),
        articles: names.articles(&story.articles),
        dispatches: known(&story.dispatches, |&at| names.dispatch(at)),
        earliest_seen: EarliestSeen::of(names, &first, &story.articles),
        evidence: known(&story.evidence, |it| reported_evidence(names, it)),
        origins: story.origins.into(),
    })
}

fn reported_evidence(names: &Names<'_>, evidence: &StoryEvidence) -> Option<ReportedStoryEvidence> {
    Some(ReportedStoryEvidence {
        article: names.article(evidence.article)?,
        nearest: names.article(evidence.nearest)?,
        similarity: rounded(evidence.similarity),
        words: evidence.words.clone(),
    })
}
