//! The types of a dispatch.

use crate::article_set::ArticleSet;
use crate::links::Conflict;
use crate::span::Span;
use crate::timestamp::Timestamp;

/// An article's part in a dispatch.
#[derive(Clone, PartialEq, Debug, Default)]
#[non_exhaustive]
pub struct Membership {
    /// The article.
    pub article: usize,
    /// Its bytes that belong to the dispatch, ascending and disjoint. Captions and other text that is no body are left
    /// out.
    pub spans: Vec<Span>,
    /// Share of its body tokens in those spans, 0 to 1.
    pub coverage: f64,
    /// Whether this is the article's largest coverage (ties: the smaller anchor): primary memberships partition the
    /// articles that have any.
    pub primary: bool,
    /// Index into [`Dispatch::versions`].
    pub version: usize,
    /// The link that verifies it against the anchor, by its index. Where the texts of several articles are identical
    /// it may be the link of a twin of the member or of the anchor; `None` for the anchor itself and for its own
    /// twins that no link joins to it directly.
    pub verified_by: Option<usize>,
    /// Whether it is in by a must-link decision ([`Decisions`](crate::Decisions)), and not for what the anchor verifies. Then
    /// its spans are what it shares with the anchor, or its whole text where no link joins the two.
    pub decided: bool,
    /// Share of the anchor's part of the dispatch that stands in its spans, 0 to 1: how much of the text it carries, where
    /// [`coverage`](Self::coverage) is how much of the article that is.
    pub carries: f64,
    /// Words in its spans that do not stand in the text of its version: 0 for a verbatim copy, cut or not. Compared is the
    /// article that [shows](Version::shown_by) the version, or the anchor where no link joins the two; `None` where there is
    /// no link to either.
    pub edited_words: Option<usize>,
    /// For a teaser or the open part of a paid text the share of the fullest member it breaks off from that it shows, 0 to 1;
    /// `None` where it does not break off.
    pub truncated: Option<f64>,
    /// The member of the same publisher (family, or outlet of no family) that it repeats, identically or nearly so:
    /// another edition of it, in print or for phones. The first by date has none.
    pub twin_of: Option<usize>,
}

/// When something was first seen, as far as dates tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SeenInterval {
    /// Not before; `None` when one of the articles may always have been.
    pub earliest: Option<Timestamp>,
    /// Not after: by then one of the articles was surely out.
    pub latest: Option<Timestamp>,
}

impl SeenInterval {
    /// When the first of some articles was out. O(articles).
    pub(crate) fn of(set: &ArticleSet, articles: impl Iterator<Item = usize>) -> SeenInterval {
        let published = articles.filter_map(|article| set.articles().get(article));
        let published: Vec<_> = published.map(|article| article.published()).collect();
        SeenInterval {
            earliest: published.iter().map(|it| it.earliest()).min().flatten(), // unknown is the least
            latest: published.iter().filter_map(|it| it.latest()).min(),
        }
    }
}

/// What tells that a version came after the one listed before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum VersionOrder {
    /// Nothing: either may have been the first.
    #[default]
    Unknown,
    /// The one before was surely out before this one was; of a version with a source, before the agency sent it.
    Dates,
    /// This one declares the one before void.
    Withdrawal,
    /// This one has most of what the one before had surely added, and goes on from there.
    EditsCarriedOn,
}

/// How a version differs from the one listed before it.
#[derive(Clone, PartialEq, Debug, Default)]
#[non_exhaustive]
pub struct VersionChange {
    /// Whether it surely came after it.
    pub order: VersionOrder,
    /// Bytes of the article that shows this version which the one before does not have, ascending.
    pub added: Vec<Span>,
    /// Bytes of the article that shows the version before which this one does not have, ascending.
    pub removed: Vec<Span>,
    /// Numbers, dates and names that differ: `a` in the article that shows the version before, `b` in the one that shows
    /// this. Only where a link joins the two.
    pub conflicts: Vec<Conflict>,
}

/// A version's word that another is void.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Withdrawal {
    /// Index of the version that is declared void.
    pub version: usize,
    /// The article that says so.
    pub article: usize,
    /// Where in its original text.
    pub span: Span,
}

/// One version of the text: the members that are copies of each other, none an update of another.
#[derive(Clone, PartialEq, Debug, Default)]
#[non_exhaustive]
pub struct Version {
    /// Members, by ascending index.
    pub articles: Vec<usize>,
    /// Earliest possible publication of any of them.
    pub earliest: Option<Timestamp>,
    /// The member from the agency's own feed ([`Role::Wire`](crate::Role::Wire)), the earliest of several: it precedes its
    /// copies, whatever the dates say.
    pub source: Option<usize>,
    /// Members that are surely dated before [`source`](Self::source), ascending: copies of an embargoed text that came out
    /// early, or wrongly dated ones. They were not first.
    pub ahead_of_source: Vec<usize>,
    /// When the first of its members was out.
    pub first_seen: SeenInterval,
    /// The member that shows what the version says: its source, else the anchor, else whoever has most of the dispatch.
    pub shown_by: usize,
    /// Words of the dispatch in that member: few in an urgent, more in a lead, most in a long version.
    pub tokens: usize,
    /// What changed from the version listed before; `None` for the first.
    pub change: Option<VersionChange>,
    /// Versions that one of its members declares void ("annule et remplace"), ascending.
    pub withdraws: Vec<Withdrawal>,
}

/// Number of independent origins, as an interval; `min` is never above `max`.
///
/// Translations are invisible to it: a dispatch and its translation count as two.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Origins {
    /// Uniting by agency credit, dispatch and publisher family.
    pub min: usize,
    /// Uniting verified copies alone.
    pub max: usize,
}

/// Why a link was not honoured.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum CutReason {
    /// No link verifies the article against the anchor of the dispatch: letting it in would be chaining.
    NotVerified,
    /// The article does share text with the anchor, but those spans of it (or of the anchor) belong to another text.
    OtherText,
    /// Neither end could be an anchor or belongs to a dispatch on these spans: both are compilations.
    NoAnchor,
    /// The link names no tokens of the two articles.
    NoSpans,
    /// A decision keeps its ends apart, or the article and a member that it would have met.
    CannotLink,
}

/// A copy or update link whose two ends are together in no dispatch on the spans of the link.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct CutEdge {
    /// Index of the link.
    pub link: usize,
    /// The dispatch of one end on the spans of the link (of the two ends' the one with more members; ties: the smaller
    /// index); `None` when neither end is in any there.
    pub dispatch: Option<usize>,
    /// The article that was not let in through it.
    pub article: usize,
    /// Why.
    pub reason: CutReason,
}

/// An article that contains two articles unrelated to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Compilation {
    /// The compilation.
    pub article: usize,
    /// Two articles that it contains in different places, by ascending index. They show why; there may be more.
    pub unrelated: [usize; 2],
}

/// A set of texts that carry one dispatch.
#[derive(Clone, PartialEq, Debug, Default)]
#[non_exhaustive]
pub struct Dispatch {
    /// The article every member is verified against. Not "the original".
    pub anchor: usize,
    /// The members, the anchor among them, by ascending article; at least two.
    pub members: Vec<Membership>,
    /// The versions in order of their earliest possible publication; unknown dates last, by smallest member. Whether one
    /// surely came after the one before it is said by its [`change`](Version::change).
    pub versions: Vec<Version>,
    /// Members that may have been the first seen, ascending: their earliest possible time is not surely after
    /// another's latest. A member whose earliest possible time is unknown is always one of them.
    pub earliest_seen: Vec<usize>,
    /// Members whose earliest possible time is unknown, ascending: [`earliest_seen`](Self::earliest_seen) holds them
    /// for want of a date.
    pub undated: Vec<usize>,
    /// Members from the agency's own feed ([`Role::Wire`](crate::Role::Wire)), ascending. Where there is one the text
    /// came over the wire, even if a publisher's copy is dated earlier, as an embargoed text may be.
    pub wires: Vec<usize>,
    /// The anchor, where it is from the agency's own feed. Then, and only then, the text that every member is verified
    /// against may be called their source.
    pub source: Option<usize>,
    /// Whether the spans show that no member holds all of the shared text: the common source is not in the collection.
    pub common_source_missing: bool,
    /// How many independent origins it has: `min` is 1, `max` the number of versions.
    pub origins: Origins,
}

impl Dispatch {
    /// The membership of an article; `None` when it is no member. O(log members).
    pub fn member(&self, article: usize) -> Option<&Membership> {
        let at = self.members.binary_search_by_key(&article, |member| member.article).ok()?;
        self.members.get(at)
    }
}

/// All dispatches of an article set.
#[derive(Clone, PartialEq, Debug, Default)]
#[non_exhaustive]
pub struct Dispatches {
    /// By ascending anchor; no two have the same.
    pub dispatches: Vec<Dispatch>,
    /// For each article its primary dispatch, where it has one.
    pub primary: Vec<Option<usize>>,
    /// For each article every dispatch it belongs to, ascending.
    pub memberships: Vec<Vec<usize>>,
    /// Articles that contain two or more articles unrelated to each other, ascending.
    pub compilations: Vec<usize>,
    /// What shows each of [`compilations`](Self::compilations), in the same order.
    pub compilation_evidence: Vec<Compilation>,
    /// Copy and update links not honoured, by ascending link.
    pub cut_edges: Vec<CutEdge>,
    /// Ids that decisions name and the set does not have, ascending.
    pub unknown_ids: Vec<String>,
}

impl Dispatches {
    /// Every dispatch that an article belongs to, with its membership there, by ascending dispatch; empty for an
    /// article that carries none or an index that is none.
    ///
    /// Cost: O(its dispatches × log members).
    pub fn of(&self, article: usize) -> impl Iterator<Item = (usize, &Membership)> {
        let indices = self.memberships.get(article).map_or(&[][..], Vec::as_slice);
        indices
            .iter()
            .filter_map(move |&index| Some((index, self.dispatches.get(index)?.member(article)?)))
    }
}
