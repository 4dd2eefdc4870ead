//! The types of a dispatch.

use crate::span::Span;
use crate::timestamp::Timestamp;

/// An article's part in a dispatch.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Membership {
    /// The article.
    pub article: usize,
    /// Its bytes that belong to the dispatch, ascending and disjoint.
    pub spans: Vec<Span>,
    /// Share of its body tokens in those spans, 0 to 1.
    pub coverage: f64,
    /// Whether this is the article's largest coverage: primary memberships partition the articles that have any.
    pub primary: bool,
    /// Index into [`Dispatch::versions`].
    pub version: usize,
}

/// One version of the text: the members that are copies of each other, none an update of another.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Version {
    /// Members, by ascending index.
    pub articles: Vec<usize>,
    /// Earliest possible publication of any of them.
    pub earliest: Option<Timestamp>,
}

/// Number of independent origins, as an interval.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Origins {
    /// Uniting by agency credit, dispatch and publisher family.
    pub min: usize,
    /// Uniting verified copies alone.
    pub max: usize,
}

/// A link that would have joined two dispatches and was cut because a member does not verify against the anchor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct CutEdge {
    /// Index of the link.
    pub link: usize,
    /// The dispatch of one end.
    pub dispatch: usize,
    /// The article that was not let in through it.
    pub article: usize,
}

/// A set of texts that carry one dispatch.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Dispatch {
    /// The article every member is verified against. Not "the original".
    pub anchor: usize,
    /// The members, the anchor among them, by ascending article.
    pub members: Vec<Membership>,
    /// The versions in order of their earliest possible publication; unknown dates last, by smallest member.
    pub versions: Vec<Version>,
    /// Members that may have been the first seen: their earliest possible time is not surely after another's.
    pub earliest_seen: Vec<usize>,
    /// Whether the spans show that no member holds all of the shared text: the common source is not in the collection.
    pub common_source_missing: bool,
    /// How many independent origins it has.
    pub origins: Origins,
}

/// All dispatches of an article set.
#[derive(Clone, PartialEq, Debug, Default)]
#[non_exhaustive]
pub struct Dispatches {
    /// By ascending anchor.
    pub dispatches: Vec<Dispatch>,
    /// For each article its primary dispatch, where it has one.
    pub primary: Vec<Option<usize>>,
    /// Articles that contain two or more articles unrelated to each other.
    pub compilations: Vec<usize>,
    /// Links not honoured, by ascending link.
    pub cut_edges: Vec<CutEdge>,
}
