//! A dispatch in the report.

use super::pick_up::{ReportedPickUp, reported_pick_up};
use super::{Names, known, rounded};
use crate::article::ArticleId;
use crate::dispatches::{
    CutReason, Dispatch, Membership, Origins, SeenInterval, Version, VersionOrder,
};
use crate::links::Links;
use crate::span::Span;
use crate::timestamp::{Published, Timestamp};

/// A set of texts that carry one dispatch.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedDispatch {
    /// The article that every member was verified against; it also names the dispatch. Nothing says that it came first.
    pub anchor: ArticleId,
    /// The members by ascending id, the anchor among them.
    pub members: Vec<ReportedMember>,
    /// The versions of the text in order of their earliest possible publication, undated ones last.
    pub versions: Vec<ReportedVersion>,
    /// Who was seen first, as far as dates tell.
    pub earliest_seen: EarliestSeen,
    /// Members whose earliest possible time is unknown, by ascending id: each may have been the first for want of a date.
    pub undated: Vec<ArticleId>,
    /// Members from the agency's own feed, by ascending id: where there is one, the text came over the wire, even if a
    /// publisher's copy is dated earlier, as an embargoed text may be.
    pub wires: Vec<ArticleId>,
    /// The anchor, where it is from the agency's own feed: the source of the text. `null` where nobody may be called so.
    pub source: Option<ArticleId>,
    /// Whether no member holds all of the shared text: the common source is not in the collection.
    pub common_source_missing: bool,
    /// Number of independent origins.
    pub origins: OriginsInterval,
    /// Who carried it: each publisher once.
    pub pick_up: ReportedPickUp,
}

/// An article's part in a dispatch.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedMember {
    /// The article.
    pub article: ArticleId,
    /// Its bytes that belong to the dispatch, ascending.
    pub spans: Vec<Span>,
    /// Share of its words in those spans, 0 to 1.
    pub coverage: f64,
    /// Whether this dispatch covers more of it than any other.
    pub primary: bool,
    /// Index into the dispatch's versions.
    pub version: usize,
    /// Whether it is in by a must-link decision and not for what the anchor verifies.
    pub decided: bool,
    /// Share of the anchor's part of the dispatch that stands in it, 0 to 1.
    pub carries: f64,
    /// Words in its spans that are not those of its version: 0 where it is verbatim, cut or not; `null` where there is
    /// nothing to compare it with.
    pub edited_words: Option<usize>,
    /// For a teaser the share that it shows of the text it breaks off from, 0 to 1; else `null`.
    pub truncated: Option<f64>,
    /// The member of the same publisher that it repeats: print, AMP or regional edition; else `null`.
    pub twin_of: Option<ArticleId>,
}

/// One version of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedVersion {
    /// The members that carry it, by ascending id.
    pub articles: Vec<ArticleId>,
    /// Earliest possible publication of any of them.
    pub earliest: Option<Timestamp>,
    /// The agency's own item, which precedes its copies whatever the dates say.
    pub source: Option<ArticleId>,
    /// Copies that are surely dated before the agency's own item, by ascending id: under embargo, or wrongly dated.
    pub ahead_of_source: Vec<ArticleId>,
    /// When the first of them was out.
    pub first_seen: SeenInterval,
    /// The member that shows what it says.
    pub shown_by: ArticleId,
    /// Words of the dispatch in that member.
    pub tokens: usize,
    /// What changed from the version before; `null` for the first.
    pub change: Option<ReportedVersionChange>,
    /// The versions it declares void.
    pub withdraws: Vec<ReportedWithdrawnVersion>,
}

/// How a version differs from the one before it.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedVersionChange {
    /// What tells that it came after the one before; `unknown` where nothing does.
    pub order: VersionOrder,
    /// Bytes of the article that shows it which the one before does not have.
    pub added: Vec<Span>,
    /// Bytes of the article that shows the one before which it does not have.
    pub removed: Vec<Span>,
    /// Bytes of the details that differ, in the one before and in this, pair by pair.
    pub conflicts: Vec<[Span; 2]>,
}

/// A version that another declares void.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedWithdrawnVersion {
    /// Its index in the dispatch's versions.
    pub version: usize,
    /// The article that says so.
    pub article: ArticleId,
    /// Where in its original text.
    pub span: Span,
}

/// Who was seen first in this collection; whoever wrote the text may not be in it.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct EarliestSeen {
    /// The articles that may have been the first, by ascending id; more than one when dates do not tell.
    pub articles: Vec<ArticleId>,
    /// Whether it is surely the one listed: exactly one, with a known date.
    pub certain: bool,
    /// Not before, where the first one's time is bounded.
    pub earliest: Option<Timestamp>,
    /// Not after: by then at least one member was published.
    pub latest: Option<Timestamp>,
}

/// Number of independent origins, as an interval.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OriginsInterval {
    /// Uniting by agency credit, dispatch and family of publishers.
    pub min: usize,
    /// Uniting verified copies alone.
    pub max: usize,
}

/// A link of kind copy or update whose ends are together in no dispatch on its spans.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedCutEdge {
    /// The link's article with the smaller id.
    pub a: ArticleId,
    /// The link's article with the larger id.
    pub b: ArticleId,
    /// Anchor of the dispatch of one end; `null` when neither is in one there.
    pub dispatch: Option<ArticleId>,
    /// The article that was not let in through it.
    pub article: ArticleId,
    /// Why.
    pub reason: CutReason,
}

impl From<Origins> for OriginsInterval {
    fn from(origins: Origins) -> OriginsInterval {
        OriginsInterval { min: origins.min, max: origins.max }
    }
}

impl EarliestSeen {
    /// Of the articles `first` that may have been the first among `members`.
    pub(super) fn of(names: &Names<'_>, first: &[usize], members: &[usize]) -> EarliestSeen {
        let published = |indices: &[usize]| -> Vec<Published> {
            let articles = names.set.articles();
            indices.iter().filter_map(|&at| articles.get(at)).map(|it| it.published()).collect()
        };
        let candidates = published(first);
        let dated = candidates.iter().all(|it| it.earliest().is_some());
        EarliestSeen {
            articles: names.articles(first),
            certain: first.len() == 1 && candidates.iter().all(|it| it.is_bounded()),
            earliest: candidates.iter().filter_map(|it| it.earliest()).min().filter(|_| dated),
            latest: published(members).iter().filter_map(|it| it.latest()).min(),
        }
    }
}

/// Members that may have been published first: no other one is surely before them. An article of which nothing is known
/// may always have been.
pub(super) fn possibly_first(names: &Names<'_>, members: &[usize]) -> Vec<usize> {
    let articles = names.set.articles();
    let published = |at: usize| articles.get(at).map(|it| it.published()).unwrap_or_default();
    let limit = members.iter().filter_map(|&at| published(at).latest()).min();
    let surely_later = |at: usize| matches!((published(at).earliest(), limit), (Some(own), Some(limit)) if own > limit);
    members.iter().copied().filter(|&at| !surely_later(at)).collect()
}

pub(super) fn reported_dispatches(names: &Names<'_>) -> Vec<ReportedDispatch> {
    known(&names.dispatches.dispatches, |it| reported(names, it))
}

fn reported(names: &Names<'_>, dispatch: &Dispatch) -> Option<ReportedDispatch> {
    let members: Vec<usize> = dispatch.members.iter().map(|member| member.article).collect();
    Some(ReportedDispatch {
        anchor: names.article(dispatch.anchor)?,
        members: known(&dispatch.members, |it| reported_member(names, it)),
        versions: known(&dispatch.versions, |it| reported_version(names, it)),
        earliest_seen: EarliestSeen::of(names, &dispatch.earliest_seen, &members),
        undated: names.articles(&dispatch.undated),
        wires: names.articles(&dispatch.wires),
        source: dispatch.source.and_then(|index| names.article(index)),
        common_source_missing: dispatch.common_source_missing,
        origins: dispatch.origins.into(),
        pick_up: reported_pick_up(names, dispatch)?,
    })
}

fn reported_member(names: &Names<'_>, member: &Membership) -> Option<ReportedMember> {
    Some(ReportedMember {
        article: names.article(member.article)?,
        spans: member.spans.clone(),
        coverage: rounded(member.coverage),
        primary: member.primary,
        version: member.version,
        decided: member.decided,
        carries: rounded(member.carries),
        edited_words: member.edited_words,
        truncated: member.truncated.map(rounded),
        twin_of: member.twin_of.and_then(|index| names.article(index)),
    })
}

fn reported_version(names: &Names<'_>, version: &Version) -> Option<ReportedVersion> {
    let withdraws = version.withdraws.iter().filter_map(|it| {
        let article = names.article(it.article)?;
        Some(ReportedWithdrawnVersion { version: it.version, article, span: it.span })
    });
    let change = version.change.as_ref().map(|change| ReportedVersionChange {
        order: change.order,
        added: change.added.clone(),
        removed: change.removed.clone(),
        conflicts: change.conflicts.iter().map(|it| [it.a, it.b]).collect(),
    });
    Some(ReportedVersion {
        articles: names.articles(&version.articles),
        earliest: version.earliest,
        source: version.source.and_then(|index| names.article(index)),
        ahead_of_source: names.articles(&version.ahead_of_source),
        first_seen: version.first_seen,
        shown_by: names.article(version.shown_by)?,
        tokens: version.tokens,
        change,
        withdraws: withdraws.collect(),
    })
}

pub(super) fn reported_cut_edges(names: &Names<'_>, links: &Links) -> Vec<ReportedCutEdge> {
    known(&names.dispatches.cut_edges, |edge| {
        let link = links.links.get(edge.link)?;
        Some(ReportedCutEdge {
            a: names.article(link.a)?,
            b: names.article(link.b)?,
            dispatch: edge.dispatch.and_then(|index| names.dispatch(index)),
            article: names.article(edge.article)?,
            reason: edge.reason,
        })
    })
}
