//! Who picked a dispatch up, in the report.

use super::{Names, rounded};
use crate::article::ArticleId;
use crate::dispatches::{
    CreditStatus, Delay, Dispatch, PickedUp, Publisher, PublisherPickUp, SeenInterval,
};
use crate::page::Agency;

/// Who picked a dispatch up: each publisher once.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedPickUp {
    /// The article whose text is the measure: the dispatch's anchor.
    pub reference: ArticleId,
    /// When the dispatch was out: when its source was sent, else when any member was seen first.
    pub since: SeenInterval,
    /// The agency that sent it; `null` when neither the feed nor a credit tells.
    pub agency: Option<Agency>,
    /// Whether the feed's own items tell the agency; if not, it is the one that most members credit.
    pub agency_from_wire: bool,
    /// The publishers, the earliest seen first, undated ones last. The feed's own items are in none.
    pub publishers: Vec<ReportedPublisher>,
}

/// What one publisher did with a dispatch.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedPublisher {
    /// The family, the outlet of no known family, or the article of which no publisher is known.
    pub publisher: Publisher,
    /// The outlets, ascending.
    pub outlets: Vec<String>,
    /// The articles by ascending id, twins among them.
    pub articles: Vec<ReportedPickedUp>,
    /// How many of them are no twin of another.
    pub counted: usize,
    /// When the first of them was out.
    pub first_seen: SeenInterval,
    /// Seconds after `since`; below 0 where one was out before the agency sent the text.
    pub delay: Delay,
    /// The greatest share of the reference's text that one of them carries, 0 to 1.
    pub carries: f64,
    /// The greatest share of one of them that is the dispatch, 0 to 1.
    pub coverage: f64,
    /// Whether any of them edited the version it carries; `null` where nothing could be compared.
    pub edited: Option<bool>,
    /// The versions they carry, as indices into the dispatch's versions.
    pub versions: Vec<usize>,
    /// Whether the articles that are no twins credit the agency.
    pub credit: CreditStatus,
}

/// An article of a publisher; its share and version are those of the dispatch's member.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedPickedUp {
    /// The article.
    pub article: ArticleId,
    /// Whether it credits the agency.
    pub credit: CreditStatus,
    /// The agencies it credits for its text.
    pub agencies: Vec<Agency>,
}

pub(super) fn reported_pick_up(names: &Names<'_>, dispatch: &Dispatch) -> Option<ReportedPickUp> {
    let found = dispatch.pick_up(names.set);
    Some(ReportedPickUp {
        reference: names.article(found.reference)?,
        since: found.since,
        agency: found.agency,
        agency_from_wire: found.agency_from_wire,
        publishers: found.publishers.into_iter().map(|it| publisher(names, it)).collect(),
    })
}

fn publisher(names: &Names<'_>, found: PublisherPickUp) -> ReportedPublisher {
    let article = |it: PickedUp| {
        let article = names.article(it.membership.article)?;
        Some(ReportedPickedUp { article, credit: it.credit, agencies: it.agencies })
    };
    ReportedPublisher {
        publisher: found.publisher,
        outlets: found.outlets,
        articles: found.articles.into_iter().filter_map(article).collect(),
        counted: found.counted,
        first_seen: found.first_seen,
        delay: found.delay,
        carries: rounded(found.carries),
        coverage: rounded(found.coverage),
        edited: found.edited,
        versions: found.versions,
        credit: found.credit,
    }
}
