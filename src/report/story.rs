//! A story in the report.

use super::dispatch::possibly_first;
use super::{EarliestSeen, Names, OriginsInterval, rounded};
use crate::stories::{Story, StoryEvidence};

/// A set of articles on one happening.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedStory {
    /// Its key: the smallest id of its articles.
    pub key: String,
    /// The title of its most central article; `null` when that has none.
    pub title: Option<String>,
    /// Its most central article.
    pub central: String,
    /// Its articles by ascending id; a story of one is a story.
    pub articles: Vec<String>,
    /// Anchors of the dispatches that its articles primarily carry.
    pub dispatches: Vec<String>,
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
    pub article: String,
    /// The member it is most similar to.
    pub nearest: String,
    /// That similarity, 0 to 1.
    pub similarity: f64,
    /// The words that weigh most in it, folded.
    pub words: Vec<String>,
}

pub(super) fn reported_stories(names: &Names<'_>) -> Vec<ReportedStory> {
    names.stories.stories.iter().filter_map(|story| reported(names, story)).collect()
}

fn reported(names: &Names<'_>, story: &Story) -> Option<ReportedStory> {
    let central = names.set.articles().get(story.central)?;
    let first = possibly_first(names, &story.articles);
    Some(ReportedStory {
        key: names.article(*story.articles.first()?)?,
        title: central.title().map(str::to_owned),
        central: central.id().as_str().to_owned(),
        articles: names.articles(&story.articles),
        dispatches: story.dispatches.iter().filter_map(|&at| names.dispatch(at)).collect(),
        earliest_seen: EarliestSeen::of(names, &first, &story.articles),
        evidence: story.evidence.iter().filter_map(|it| reported_evidence(names, it)).collect(),
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
