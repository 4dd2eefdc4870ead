//! What is said of members, versions and publishers: by name, and against a literal reading.

use crate::corpus::{Corpus, Found, hour, link, piece, shared_runs};
use crate::laws::{article_set, drafts, true_links};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use wirecopy::dispatches::{
    self, CreditStatus, Delay, Dispatch, DispatchConfig, Membership, Publisher, VersionOrder,
};
use wirecopy::links::LinkKind::{self, Update};
use wirecopy::links::{Links, Passage, Truncation};
use wirecopy::page::{Agency, Credit, CreditRole};
use wirecopy::text::TextScheme;
use wirecopy::{Article, ArticleSet, Published, Role, Span};

fn of(outlet: &'static str) -> impl FnOnce(Article) -> Article {
    move |article| article.with_outlet(outlet)
}

fn credit(agency: Agency, role: CreditRole) -> Credit {
    Credit { agency, role, span: Span::default() }
}

fn member<'f>(found: &'f Found, id: &str) -> &'f Membership {
    let article = found.index(id);
    found.dispatches.dispatches.iter().find_map(|dispatch| dispatch.member(article)).unwrap()
}

/// Forms again after a change of the links.
fn again(mut found: Found, change: impl Fn(&str, &str, &mut wirecopy::links::Link)) -> Found {
    let mut links = std::mem::take(&mut found.links);
    for link in &mut links.links {
        let (a, b) = (found.id(link.a).to_owned(), found.id(link.b).to_owned());
        change(&a, &b, link);
    }
    let dispatches = dispatches::form(&found.set, &links, &DispatchConfig::default());
    Found { links, dispatches, ..found }
}

fn texts<'f>(found: &'f Found, article: usize, spans: &[Span]) -> Vec<&'f str> {
    let original = found.set.articles()[article].original();
    spans.iter().map(|span| span.slice(original).unwrap()).collect()
}

fn through_a_day(lead: Published, long: Published) -> Found {
    let own = |n: &str| piece(n, 0..3);
    Corpus::new()
        .add("1-urgent", hour(0), &[piece("u", 0..25)])
        .add("2-lead", lead, &[piece("u", 0..25), piece("l", 0..60)])
        .add("3-long", long, &[piece("u", 0..25), piece("l", 0..60), piece("m", 0..90)])
        .add(
            "4-long-copy",
            long,
            &[piece("u", 0..25), piece("l", 0..60), piece("m", 0..90), own("x")],
        )
        .kind("1-urgent", "2-lead", Update)
        .kind("1-urgent", "3-long", Update)
        .kind("1-urgent", "4-long-copy", Update)
        .kind("2-lead", "3-long", Update)
        .kind("2-lead", "4-long-copy", Update)
        .form()
}

#[test]
fn urgent_lead_and_long_version_say_what_each_added() {
    let found = through_a_day(hour(1), hour(4));
    assert_eq!(
        found.versions(0),
        [vec!["1-urgent"], vec!["2-lead"], vec!["3-long", "4-long-copy"]]
    );
    let versions = &found.dispatches.dispatches[0].versions;
    let orders: Vec<VersionOrder> =
        versions.iter().filter_map(|version| Some(version.change.as_ref()?.order)).collect();
    assert_eq!(orders, [VersionOrder::Dates; 2]);
    let sizes: Vec<usize> = versions.iter().map(|version| version.tokens).collect();
    assert_eq!(sizes[..2], [25, 85]);
    let lead = versions[1].change.as_ref().unwrap();
    assert_eq!(texts(&found, versions[1].shown_by, &lead.added), [piece("l", 0..60).trim_end()]);
    assert!(lead.removed.is_empty());
    let backwards = through_a_day(hour(4), hour(1));
    let versions = &backwards.dispatches.dispatches[0].versions;
    let last = versions[2].change.as_ref().unwrap();
    let removed = texts(&backwards, versions[1].shown_by, &last.removed).concat();
    assert!(removed.starts_with("m0 ") && last.added.is_empty(), "a version may also be shorter");
}

#[test]
fn dates_that_meet_leave_the_order_open_unless_edits_are_carried_on() {
    let day = |first: i64| {
        Published::between(hour(first).earliest(), hour(first + 24).earliest()).unwrap()
    };
    let order = |found: &Found, version: usize| {
        found.dispatches.dispatches[0].versions[version].change.as_ref().unwrap().order
    };
    let found = through_a_day(hour(1), Published::UNKNOWN);
    assert_eq!(order(&found, 1), VersionOrder::Dates);
    assert_eq!(
        order(&found, 2),
        VersionOrder::EditsCarriedOn,
        "the long version has the lead's words"
    );
    let found = through_a_day(day(0), Published::UNKNOWN);
    assert_eq!(order(&found, 1), VersionOrder::Unknown);
    assert_eq!(order(&found, 2), VersionOrder::Unknown, "what is carried on must surely be later");
}

#[test]
fn a_correction_that_withdraws_a_version_is_later_than_it() {
    let corpus = Corpus::new()
        .add("a", Published::UNKNOWN, &[piece("d", 0..60)])
        .add("b", Published::UNKNOWN, &[piece("v", 0..6), piece("d", 6..60)])
        .kind("a", "b", Update)
        .form();
    let said = Span::new(0, 2).unwrap();
    let found = again(corpus, |_, _, link| link.attributes.withdraws = Some((false, said)));
    let versions = &found.dispatches.dispatches[0].versions;
    assert_eq!(versions[1].change.as_ref().unwrap().order, VersionOrder::Withdrawal);
    let withdrawal = versions[1].withdraws[0];
    assert_eq!((withdrawal.version, found.id(withdrawal.article), withdrawal.span), (0, "b", said));
    assert!(versions[0].withdraws.is_empty());
}

#[test]
fn a_teaser_shows_its_share_of_the_text_it_breaks_off_from() {
    let corpus = Corpus::new()
        .add("full", hour(0), &[piece("d", 0..400)])
        .add("other", hour(0), &[piece("d", 0..400), piece("x", 0..3)])
        .add("teaser", hour(1), &[piece("d", 0..80)])
        .form();
    let found = again(corpus, |a, b, link| {
        let at = Span::new(0, 1).unwrap();
        let truncation = Truncation { in_a: a == "teaser", teaser: at, rest: at };
        link.attributes.truncated = (a == "teaser" || b == "teaser").then_some(truncation);
    });
    assert_eq!(member(&found, "teaser").truncated, Some(0.2));
    assert_eq!(member(&found, "teaser").carries, 0.2);
    assert_eq!((member(&found, "full").truncated, member(&found, "other").truncated), (None, None));
}

#[test]
fn editions_of_one_house_are_twins_and_count_once() {
    let found = Corpus::new()
        .add("amp", hour(2), &[piece("d", 0..100)])
        .with(of("Amont"))
        .add("host", hour(3), &[piece("d", 0..100), piece("own", 0..90)])
        .with(of("Amont"))
        .add("other-house", hour(2), &[piece("d", 0..100)])
        .with(of("Aval"))
        .add("print", hour(5), &[piece("d", 0..100)])
        .with(of("Amont"))
        .add("regional", hour(6), &[piece("d", 0..97), piece("r", 0..4)])
        .with(|article| article.with_outlet("Amont Nord").with_family("Amont"))
        .add("regional-2", hour(7), &[piece("d", 0..97), piece("s", 0..4)])
        .with(|article| article.with_outlet("Amont Sud").with_family("Amont"))
        .add("unknown", hour(1), &[piece("d", 0..100)])
        .form();
    let twin = |id: &str| member(&found, id).twin_of.map(|article| found.id(article));
    assert_eq!(twin("print"), Some("amp"));
    assert_eq!(twin("regional-2"), Some("regional"));
    let alone = ["amp", "host", "other-house", "regional", "unknown"];
    assert!(
        alone.iter().all(|id| twin(id).is_none()),
        "outlet and family of one name are two publishers"
    );
    let pick_up = found.dispatches.dispatches[0].pick_up(&found.set);
    let rows: Vec<(String, usize, usize)> = pick_up
        .publishers
        .iter()
        .map(|row| (row.publisher.to_string(), row.articles.len(), row.counted))
        .collect();
    let row = |name: &str, articles, counted| (name.to_owned(), articles, counted);
    assert_eq!(
        rows,
        [row("unknown", 1, 1), row("Amont", 3, 2), row("Aval", 1, 1), row("Amont", 2, 1)]
    );
    assert_eq!(pick_up.publishers[0].publisher, Publisher::Unknown("unknown".to_owned()));
}

#[test]
fn a_pick_up_says_when_how_much_edited_or_not_and_credited_or_not() {
    use CreditRole::{Attribution, Photo, Text};
    let credited =
        |agency, role| move |article: Article| article.with_credits(vec![credit(agency, role)]);
    let found = Corpus::new()
        .add("cut", hour(3), &[piece("d", 0..50)])
        .with(of("Cut"))
        .with(credited(Agency::Afp, Text))
        .add("early", hour(-2), &[piece("d", 0..100), piece("e", 0..100)])
        .with(of("Early"))
        .with(credited(Agency::Afp, Photo))
        .add("other", hour(4), &[piece("d", 0..100), piece("o", 0..3)])
        .with(of("Other"))
        .with(credited(Agency::Reuters, Text))
        .add("quoting", hour(5), &[piece("d", 0..100), piece("q", 0..3)])
        .with(of("Quoting"))
        .with(credited(Agency::Afp, Attribution))
        .add("wire", hour(0), &[piece("d", 0..100)])
        .with(|article| article.with_role(Role::Wire).with_outlet("afp"))
        .form();
    let dispatch = &found.dispatches.dispatches[0];
    let pick_up = dispatch.pick_up(&found.set);
    assert_eq!(found.id(pick_up.reference), "wire");
    assert_eq!((pick_up.agency, pick_up.agency_from_wire), (Some(Agency::Afp), true));
    let rows: BTreeMap<String, _> =
        pick_up.publishers.iter().map(|row| (row.publisher.to_string(), row)).collect();
    assert_eq!(rows.len(), 4, "the feed picks nothing up");
    let credits: Vec<CreditStatus> = rows.values().map(|row| row.credit).collect();
    use CreditStatus::{Attributed, Credited, OtherAgency, Uncredited};
    assert_eq!(credits, [Credited, Uncredited, OtherAgency, Attributed]);
    assert_eq!(
        (rows["Cut"].carries, rows["Cut"].coverage, rows["Cut"].edited),
        (0.5, 1.0, Some(false))
    );
    assert_eq!((rows["Early"].carries, rows["Early"].coverage), (1.0, 0.5));
    let delay = |hours: i64| Delay { at_least: Some(3600 * hours), at_most: Some(3600 * hours) };
    assert_eq!((rows["Early"].delay, rows["Quoting"].delay), (delay(-2), delay(5)));
    assert_eq!(pick_up.publishers[0].publisher, Publisher::Outlet("Early".to_owned()));
    assert_eq!(pick_up.credited(), 1);
}

#[test]
fn without_a_feed_most_credits_tell_the_agency_and_nobody_is_before_the_first() {
    let afp = |article: Article| article.with_credits(vec![credit(Agency::Afp, CreditRole::Text)]);
    let day = Published::between(hour(0).earliest(), hour(24).earliest()).unwrap();
    let found = Corpus::new()
        .add("a", day, &[piece("d", 0..80)])
        .with(of("A"))
        .with(afp)
        .add("b", hour(6), &[piece("d", 0..80), piece("b", 0..3)])
        .with(of("B"))
        .with(afp)
        .add("b2", hour(7), &[piece("d", 0..80), piece("c", 0..60)])
        .with(of("B"))
        .add("c", Published::UNKNOWN, &[piece("d", 0..80), piece("c", 60..63)])
        .with(of("C"))
        .form();
    let pick_up = found.dispatches.dispatches[0].pick_up(&found.set);
    assert_eq!((pick_up.agency, pick_up.agency_from_wire), (Some(Agency::Afp), false));
    let told: Vec<(String, CreditStatus, Delay)> = pick_up
        .publishers
        .iter()
        .map(|row| (row.publisher.to_string(), row.credit, row.delay))
        .collect();
    let open = Delay { at_least: Some(0), at_most: None };
    let row = |name: &str, credit| (name.to_owned(), credit, open);
    // An undated member may have been the first, so nothing bounds a delay from above.
    use CreditStatus::{Credited, Partly, Uncredited};
    assert_eq!(told, [row("A", Credited), row("B", Partly), row("C", Uncredited)]);
}

/// The words of an article, by number, that stand in the links between it and another.
fn in_links(set: &ArticleSet, links: &Links, of: usize, other: usize) -> Option<BTreeSet<u32>> {
    if of == other {
        return Some((0..set.texts()[of].tokens().len() as u32).collect());
    }
    let between = |l: &&wirecopy::links::Link| {
        l.kind.makes_dispatches() && [l.a, l.b] == [of.min(other), of.max(other)]
    };
    let link = links.links.iter().find(between)?;
    let side = |passage: &Passage| {
        if link.a == of { passage.a.tokens.clone() } else { passage.b.tokens.clone() }
    };
    Some(link.passages.iter().flat_map(side).collect())
}

fn words_in(set: &ArticleSet, member: &Membership) -> BTreeSet<u32> {
    let tokens = (0..).zip(set.texts()[member.article].tokens());
    let inside = |start: u32, end: u32| {
        member.spans.iter().any(|s| s.start() <= start as usize && end as usize <= s.end())
    };
    tokens.filter(|(_, t)| inside(t.start, t.end)).map(|(at, _)| at).collect()
}

fn assert_member(set: &ArticleSet, links: &Links, dispatch: &Dispatch, member: &Membership) {
    let anchor = words_in(set, dispatch.member(dispatch.anchor).unwrap());
    let held = in_links(set, links, dispatch.anchor, member.article).unwrap();
    let carried = match member.article == dispatch.anchor {
        true => 1.0,
        false => anchor.intersection(&held).count() as f64 / anchor.len() as f64,
    };
    assert_eq!(member.carries, carried);
    let shown_by = dispatch.versions[member.version].shown_by;
    let mine = words_in(set, member);
    let same = in_links(set, links, member.article, shown_by)
        .or_else(|| in_links(set, links, member.article, dispatch.anchor));
    let edited = mine.difference(&same.unwrap()).count();
    assert_eq!(member.edited_words, Some(edited));
}

fn assert_versions(set: &ArticleSet, dispatch: &Dispatch) {
    let published = |article: usize| set.articles()[article].published();
    for version in &dispatch.versions {
        assert!(version.articles.contains(&version.shown_by));
        let known = version.articles.iter().filter_map(|&a| published(a).latest());
        assert_eq!(version.first_seen.latest, known.min());
        let all = version.articles.iter().all(|&a| published(a).earliest().is_some());
        assert_eq!(version.first_seen.earliest.is_some(), all);
        let wires: Vec<usize> = version
            .articles
            .iter()
            .copied()
            .filter(|&a| set.articles()[a].role() == Role::Wire)
            .collect();
        assert_eq!(version.source.is_some(), !wires.is_empty());
        assert!(version.source.is_none_or(|source| wires.contains(&source)));
    }
    assert!(dispatch.versions[0].change.is_none());
    for pair in dispatch.versions.windows(2) {
        let change = pair[1].change.as_ref().unwrap();
        let start = pair[1].source.and_then(|source| published(source).earliest());
        let start = start.or(pair[1].first_seen.earliest);
        let by_dates = matches!((pair[0].first_seen.latest, start), (Some(a), Some(b)) if a < b);
        assert_eq!(change.order == VersionOrder::Dates, by_dates);
        // What one has and the other lacks are words of theirs that the other does not share at that place.
        for (spans, article) in
            [(&change.added, pair[1].shown_by), (&change.removed, pair[0].shown_by)]
        {
            let original = set.articles()[article].original();
            assert!(
                spans.iter().all(|span| span.slice(original).is_some_and(|text| !text.is_empty()))
            );
            assert!(spans.windows(2).all(|two| two[0].end() <= two[1].start()));
        }
    }
}

fn assert_pick_up(set: &ArticleSet, dispatch: &Dispatch) {
    let pick_up = dispatch.pick_up(set);
    let mut counted: Vec<usize> = Vec::new();
    for row in &pick_up.publishers {
        let twins = row.articles.iter().filter(|it| it.membership.twin_of.is_some()).count();
        assert_eq!(row.counted, row.articles.len() - twins);
        assert!(row.counted > 0, "the first of a house is no twin");
        for it in &row.articles {
            counted.push(it.membership.article);
            let Some(twin) = it.membership.twin_of else { continue };
            let other = row.articles.iter().find(|other| other.membership.article == twin);
            assert!(other.is_none_or(|other| other.membership.twin_of.is_none()));
            assert!(dispatch.member(twin).unwrap().twin_of.is_none());
        }
        let least = row.articles.iter().map(|it| set.articles()[it.membership.article].published());
        let latest = least.filter_map(|it| it.latest()).min();
        let from = match dispatch.source {
            Some(source) => set.articles()[source].published().earliest(),
            None => {
                let all = dispatch
                    .members
                    .iter()
                    .map(|m| set.articles()[m.article].published().earliest());
                all.collect::<Option<Vec<_>>>().and_then(|all| all.into_iter().min())
            }
        };
        let at_most = latest.zip(from).map(|(to, from)| to.unix_seconds() - from.unix_seconds());
        assert_eq!(row.delay.at_most, at_most);
    }
    counted.sort_unstable();
    let copies: Vec<usize> = dispatch
        .members
        .iter()
        .map(|member| member.article)
        .filter(|&article| set.articles()[article].role() == Role::Publisher)
        .collect();
    assert_eq!(counted, copies, "each member that is no wire's is in one row");
}

/// The same articles with an outlet each, and words that make every text unlike the others.
fn published_by(set: &ArticleSet, outlets: &[usize]) -> ArticleSet {
    let names = ["A", "B", "C"];
    let articles: Vec<Article> = set
        .articles()
        .iter()
        .enumerate()
        .map(|(at, article)| {
            let text = format!("{}only{at}", article.original());
            let made = Article::new(article.id().as_str(), text).unwrap();
            let made = made.with_published(article.published()).with_role(article.role());
            match names.get(outlets[at % outlets.len()]) {
                Some(name) => made.with_outlet(*name),
                None => made,
            }
        })
        .collect();
    ArticleSet::new(&articles, TextScheme::default()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn members_versions_and_publishers_are_what_a_literal_reading_says(
        drafts in drafts(),
        dice in prop::collection::vec((0u8..100, 0usize..6), 1..60),
        outlets in prop::collection::vec(0usize..4, 1..11),
    ) {
        let set = published_by(&article_set(&drafts), &outlets);
        let links = true_links(&set, &dice);
        let found = dispatches::form(&set, &links, &DispatchConfig::default());
        for dispatch in &found.dispatches {
            for member in &dispatch.members {
                assert_member(&set, &links, dispatch, member);
            }
            assert_versions(&set, dispatch);
            assert_pick_up(&set, dispatch);
        }
    }
}

#[test]
fn an_edited_copy_counts_the_words_that_its_version_lacks() {
    // One passage from d0 to d79 on both sides; of the copy's words ten are its own.
    let articles = [
        Article::new("a", piece("d", 0..80)).unwrap(),
        Article::new("b", piece("d", 0..30) + &piece("e", 0..10) + &piece("d", 40..80)).unwrap(),
    ];
    let set = ArticleSet::new(&articles, TextScheme::default()).unwrap();
    let runs = shared_runs(&set, 0, 1);
    let mut whole = runs[0].clone();
    whole.matches.extend(runs[1].matches.clone());
    (whole.a.tokens, whole.b.tokens) = (0..80, 0..80);
    let links = Links { links: vec![link(0, 1, LinkKind::Copy, vec![whole])], ..Links::default() };
    let found = dispatches::form(&set, &links, &DispatchConfig::default());
    let edited: Vec<Option<usize>> =
        found.dispatches[0].members.iter().map(|member| member.edited_words).collect();
    assert_eq!(edited, [Some(0), Some(10)]);
    assert_eq!(found.dispatches[0].pick_up(&set).publishers[1].edited, Some(true));
}
