//! The types of a story.

use super::hierarchy::Hierarchy;
use crate::dispatches::Origins;

/// How wide a story is. Each lies within one of the next.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Granularity {
    /// One happening, one place, within 48 hours, with immediate reactions.
    Event,
    /// The event with its announced and direct consequences, no gap over 72 hours.
    #[default]
    Story,
    /// One continuing subject, over years where it goes on.
    Topic,
}

impl Granularity {
    /// The three, from the finest to the widest.
    pub const ALL: [Granularity; 3] = [Granularity::Event, Granularity::Story, Granularity::Topic];
}

impl std::fmt::Display for Granularity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Granularity::Event => "event",
            Granularity::Story => "story",
            Granularity::Topic => "topic",
        })
    }
}

/// The strongest reason why an article is in its story.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct StoryEvidence {
    /// The article.
    pub article: usize,
    /// The member it is most similar to.
    pub nearest: usize,
    /// That similarity, 0 to 1.
    pub similarity: f64,
    /// The words that weigh most in it, folded, at most eight.
    pub words: Vec<String>,
}

/// A set of articles on one happening, or on one subject where [`Granularity::Topic`] was asked for.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Story {
    /// Members, by ascending index; a story of one is a story.
    pub articles: Vec<usize>,
    /// The member whose title stands for the story: the most central.
    pub central: usize,
    /// The dispatches that its members primarily carry, ascending.
    pub dispatches: Vec<usize>,
    /// Why each member is in it; empty for a story of one.
    pub evidence: Vec<StoryEvidence>,
    /// How many independent origins it has.
    pub origins: Origins,
}

/// All stories of an article set at the granularity that was asked for: a partition of its articles.
#[derive(Clone, PartialEq, Debug, Default)]
#[non_exhaustive]
pub struct Stories {
    /// By ascending smallest member.
    pub stories: Vec<Story>,
    /// For each article its story.
    pub of_article: Vec<usize>,
    /// The same articles at all three granularities.
    pub hierarchy: Hierarchy,
    /// What was not compared.
    pub statistics: StoryStatistics,
}

/// What the caps of the stage left out: 0 but in floods, where thousands of articles share their
/// heaviest words.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct StoryStatistics {
    /// Terms that so many articles have among their heaviest that an article was compared only with
    /// those nearest to it in time.
    pub long_lists: usize,
    /// Pairs of groups that were not looked at any more, because one of them had too many better
    /// ones.
    pub dropped_pairs: usize,
}
