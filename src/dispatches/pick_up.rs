//! Who picked a dispatch up: by publisher, when, how much of it, and whether the agency is credited.

use super::cover::by_date;
use super::dispatch::{Dispatch, Membership, SeenInterval};
use crate::article::{Article, Role};
use crate::article_set::ArticleSet;
use crate::page::{Agency, CreditRole};
use std::collections::BTreeMap;

/// Who published articles of a dispatch.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Publisher {
    /// A family of outlets.
    Family(String),
    /// An outlet of no known family.
    Outlet(String),
    /// Nothing is known of the publisher: this article, by its id, is counted for itself.
    Unknown(String),
}

impl std::fmt::Display for Publisher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Publisher::Family(name) | Publisher::Outlet(name) | Publisher::Unknown(name) => {
                f.write_str(name)
            }
        }
    }
}

/// Whether the agency of a dispatch is credited.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum CreditStatus {
    /// As the author of the text, perhaps beside others.
    Credited,
    /// By some of the publisher's articles, and not by others.
    Partly,
    /// Named as a source in the text ("according to"), which is no credit.
    Attributed,
    /// Another agency is credited and this one is not.
    OtherAgency,
    /// No agency is credited for the text.
    Uncredited,
    /// Nobody says which agency sent the dispatch.
    Unknown,
}

impl std::fmt::Display for CreditStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            CreditStatus::Credited => "credited",
            CreditStatus::Partly => "partly credited",
            CreditStatus::Attributed => "named as a source only",
            CreditStatus::OtherAgency => "another agency credited",
            CreditStatus::Uncredited => "not credited",
            CreditStatus::Unknown => "agency unknown",
        })
    }
}

/// Seconds from one moment to another, each known to an interval; a bound that is not known is `None`.
///
/// Below 0 where a text was out before the agency sent it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Delay {
    /// At least.
    pub at_least: Option<i64>,
    /// At most.
    pub at_most: Option<i64>,
}

/// One article of a publisher.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct PickedUp {
    /// Its part in the dispatch: coverage, version, edits, twin.
    pub membership: Membership,
    /// Whether it credits the agency.
    pub credit: CreditStatus,
    /// The agencies it credits for its text, ascending.
    pub agencies: Vec<Agency>,
}

/// What one publisher did with a dispatch.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct PublisherPickUp {
    /// Who.
    pub publisher: Publisher,
    /// The outlets, ascending.
    pub outlets: Vec<String>,
    /// The articles, by ascending index, [twins](Membership::twin_of) among them.
    pub articles: Vec<PickedUp>,
    /// The articles that are no twin of another.
    pub counted: usize,
    /// When the first of them was out.
    pub first_seen: SeenInterval,
    /// How long after [`PickUp::since`].
    pub delay: Delay,
    /// The greatest share of the reference's text that one of the articles carries, 0 to 1.
    pub carries: f64,
    /// The greatest share of one of the articles that is the dispatch, 0 to 1.
    pub coverage: f64,
    /// Whether any of them edited the version it carries; `None` where nothing could be compared.
    pub edited: Option<bool>,
    /// The versions they carry, ascending.
    pub versions: Vec<usize>,
    /// Whether the articles that are no twins credit the agency.
    pub credit: CreditStatus,
}

/// Who picked a dispatch up. Made by [`Dispatch::pick_up`].
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct PickUp {
    /// The article whose text is the measure: the dispatch's anchor, which is the agency's item where
    /// [`Dispatch::source`] says so.
    pub reference: usize,
    /// When the dispatch was out: when the source was sent, else when any member was seen first.
    pub since: SeenInterval,
    /// The agency that sent it; `None` when neither the feed nor a credit tells.
    pub agency: Option<Agency>,
    /// Whether the feed's own items tell the agency; if not, it is the one that most members credit.
    pub agency_from_wire: bool,
    /// The publishers, the earliest seen first, those without a date last (ties: the smaller article). The feed's own items are
    /// in none.
    pub publishers: Vec<PublisherPickUp>,
}

impl PickUp {
    /// Publishers that credit the agency in all their articles.
    pub fn credited(&self) -> usize {
        self.publishers.iter().filter(|it| it.credit == CreditStatus::Credited).count()
    }
}

impl Dispatch {
    /// Who carried it: each family of publishers, or outlet of no family, once.
    ///
    /// The agency is told by the feed's items (a credit, or the name of their outlet); without any, by the text
    /// credits of the members that carry no other dispatch more, where the one named most often stands (ties: the smaller).
    ///
    /// An article that `set` does not have is passed over. O(members log members + their credits).
    ///
    /// ```
    /// use wirecopy::dispatches::CreditStatus;
    /// use wirecopy::{Article, Published, Role, Timestamp};
    /// let text = "Le bac de Vireuil reprend lundi son service entre les deux rives, après six semaines de \
    ///     travaux sur le câble, a annoncé le syndicat fluvial, qui attend mille passagers par jour.";
    /// let at = |clock: &str| Timestamp::parse(&format!("2026-03-02T{clock}:00Z")).map(Published::at);
    /// let articles = [
    ///     Article::new("fil/17", text)?.with_role(Role::Wire).with_outlet("AFP").with_published(at("08:00")?),
    ///     Article::new("gazette", format!("{text} Le quai reste fermé."))?
    ///         .with_outlet("La Gazette d'Amont")
    ///         .with_published(at("08:40")?),
    /// ];
    /// let grouping = wirecopy::group(&articles)?;
    /// let pick_up = grouping.dispatches().dispatches[0].pick_up(grouping.set());
    /// let gazette = &pick_up.publishers[0];
    /// assert_eq!(gazette.publisher.to_string(), "La Gazette d'Amont");
    /// assert_eq!(gazette.delay.at_least, Some(40 * 60));
    /// assert_eq!((gazette.carries, gazette.edited), (1.0, Some(false)));
    /// assert_eq!(gazette.credit, CreditStatus::Uncredited);
    /// # Ok::<(), wirecopy::Error>(())
    /// ```
    pub fn pick_up(&self, set: &ArticleSet) -> PickUp {
        let known = |member: &&Membership| member.article < set.len();
        let members: Vec<&Membership> = self.members.iter().filter(known).collect();
        let role = |member: &Membership| set.articles()[member.article].role();
        let (wires, copies): (Vec<&Membership>, Vec<&Membership>) =
            members.iter().partition(|member| role(member) == Role::Wire);
        let from_wire =
            voted(wires.iter().flat_map(|member| senders(&set.articles()[member.article])));
        let primary = copies.iter().filter(|member| member.primary);
        let from_credits =
            || voted(primary.flat_map(|member| text_credits(&set.articles()[member.article])));
        let agency = from_wire.or_else(from_credits);
        let source = self.source.filter(|&source| source < set.len());
        let since = match source {
            Some(source) => SeenInterval::of(set, std::iter::once(source)),
            None => SeenInterval::of(set, members.iter().map(|member| member.article)),
        };
        let mut of_publisher: BTreeMap<Publisher, Vec<&Membership>> = BTreeMap::new();
        for member in copies {
            of_publisher
                .entry(publisher(&set.articles()[member.article]))
                .or_default()
                .push(member);
        }
        let rows = of_publisher.into_iter();
        let mut publishers: Vec<PublisherPickUp> = rows
            .map(|(publisher, members)| {
                row(set, publisher, &members, agency, since, source.is_some())
            })
            .collect();
        publishers.sort_by_key(|row| {
            let dates =
                row.articles.iter().map(|it| set.articles()[it.membership.article].published());
            let earliest = dates.filter_map(|it| it.earliest()).min();
            (by_date(earliest), row.articles.first().map(|it| it.membership.article))
        });
        let agency_from_wire = from_wire.is_some();
        PickUp { reference: self.anchor, since, agency, agency_from_wire, publishers }
    }
}

fn publisher(article: &Article) -> Publisher {
    match article.publisher() {
        Some((true, family)) => Publisher::Family(family.to_owned()),
        Some((false, outlet)) => Publisher::Outlet(outlet.to_owned()),
        None => Publisher::Unknown(article.id().as_str().to_owned()),
    }
}

fn row(
    set: &ArticleSet,
    publisher: Publisher,
    members: &[&Membership],
    agency: Option<Agency>,
    since: SeenInterval,
    is_since_sent: bool,
) -> PublisherPickUp {
    let article = |member: &Membership| &set.articles()[member.article];
    let mut outlets: Vec<String> =
        members.iter().filter_map(|member| article(member).outlet()).map(str::to_owned).collect();
    outlets.sort_unstable();
    outlets.dedup();
    let mut versions: Vec<usize> = members.iter().map(|member| member.version).collect();
    versions.sort_unstable();
    versions.dedup();
    let articles: Vec<PickedUp> = members
        .iter()
        .map(|&member| PickedUp {
            membership: member.clone(),
            credit: credit(article(member), agency),
            agencies: text_credits(article(member)),
        })
        .collect();
    let counted = || articles.iter().filter(|it| it.membership.twin_of.is_none());
    let edited =
        members.iter().filter_map(|member| member.edited_words).max().map(|words| words > 0);
    let first_seen = SeenInterval::of(set, members.iter().map(|member| member.article));
    let most =
        |share: fn(&Membership) -> f64| members.iter().map(|it| share(it)).fold(0.0, f64::max);
    PublisherPickUp {
        publisher,
        outlets,
        counted: counted().count(),
        delay: delay(since, first_seen, is_since_sent),
        first_seen,
        carries: most(|member| member.carries),
        coverage: most(|member| member.coverage),
        edited,
        versions,
        credit: together(counted().map(|it| it.credit)),
        articles,
    }
}

/// Nobody is before the first, but a publisher may be before the feed.
fn delay(since: SeenInterval, then: SeenInterval, may_be_before: bool) -> Delay {
    let between = |from: Option<crate::Timestamp>, to: Option<crate::Timestamp>| {
        Some(to?.unix_seconds() - from?.unix_seconds())
    };
    let at_least = between(since.latest, then.earliest);
    match may_be_before {
        true => Delay { at_least, at_most: between(since.earliest, then.latest) },
        false => Delay {
            at_least: Some(at_least.unwrap_or(0).max(0)),
            at_most: between(since.earliest, then.latest),
        },
    }
}

/// The agencies credited for the text, ascending.
fn text_credits(article: &Article) -> Vec<Agency> {
    agencies(article, CreditRole::Text)
}

fn agencies(article: &Article, role: CreditRole) -> Vec<Agency> {
    let credits = article.credits().iter().filter(|credit| credit.role == role);
    let mut agencies: Vec<Agency> = credits.map(|credit| credit.agency).collect();
    agencies.sort_unstable();
    agencies.dedup();
    agencies
}

/// Who sent an item of the feed: whom it credits, else the agency that its outlet is named after.
fn senders(article: &Article) -> Vec<Agency> {
    let credited = text_credits(article);
    let named = article.outlet().and_then(|outlet| {
        Agency::ALL.into_iter().find(|agency| agency.name().eq_ignore_ascii_case(outlet.trim()))
    });
    if credited.is_empty() { named.into_iter().collect() } else { credited }
}

/// The agency named most often; ties go to the smaller.
fn voted(agencies: impl Iterator<Item = Agency>) -> Option<Agency> {
    let mut votes: BTreeMap<Agency, usize> = BTreeMap::new();
    agencies.for_each(|agency| *votes.entry(agency).or_default() += 1);
    // The last of equals wins, so the smaller come last.
    votes.into_iter().rev().max_by_key(|(_, count)| *count).map(|(agency, _)| agency)
}

fn credit(article: &Article, agency: Option<Agency>) -> CreditStatus {
    let Some(agency) = agency else { return CreditStatus::Unknown };
    let credited = text_credits(article);
    if credited.contains(&agency) {
        CreditStatus::Credited
    } else if !credited.is_empty() {
        CreditStatus::OtherAgency
    } else if agencies(article, CreditRole::Attribution).contains(&agency) {
        CreditStatus::Attributed
    } else {
        CreditStatus::Uncredited
    }
}

/// Of several articles: what all say, `Partly` where some credit, else the best of them.
fn together(statuses: impl Iterator<Item = CreditStatus> + Clone) -> CreditStatus {
    let mut all = statuses.clone();
    let first = all.next().unwrap_or(CreditStatus::Unknown);
    if all.all(|status| status == first) {
        first
    } else if statuses.clone().any(|status| status == CreditStatus::Credited) {
        CreditStatus::Partly
    } else {
        statuses.min().unwrap_or(CreditStatus::Unknown)
    }
}
