//! The named cases of the trade. All texts are made of words `source0 source1 …`, no two alike.

use crate::corpus::{Corpus, hour, piece};
use wirecopy::dispatches::{CutReason, KeepPolicy, Origins};
use wirecopy::links::LinkKind::{Background, Partial, Quotation, Series, Update};
use wirecopy::page::{Agency, Credit, CreditRole};
use wirecopy::{Article, Containment, Published, Role, Span, Timestamp};

fn credited(agency: Agency, role: CreditRole) -> impl FnOnce(Article) -> Article {
    move |article| article.with_credits(vec![Credit { agency, role, span: Span::default() }])
}

fn wire(article: Article) -> Article {
    article.with_role(Role::Wire)
}

#[test]
fn a_verbatim_copy_inside_a_long_host_is_a_member_on_its_own_spans() {
    let host = [piece("own", 0..250), piece("d", 0..120), piece("own", 250..500)];
    let found = Corpus::new()
        .add("copy", hour(0), &[piece("d", 0..120)])
        .add("host", hour(5), &host)
        .form();
    assert_eq!(found.groups(), [("copy", vec!["copy", "host"])]);
    assert_eq!(found.text(0, "host"), piece("d", 0..120).trim_end());
    let coverage: Vec<f64> =
        found.dispatches.dispatches[0].members.iter().map(|m| m.coverage).collect();
    assert_eq!(coverage, [1.0, 120.0 / 620.0]);
}

#[test]
fn a_host_of_an_afp_and_a_reuters_dispatch_is_in_both_and_links_neither() {
    let found = Corpus::new()
        .add("afp1", hour(0), &[piece("afp", 0..100)])
        .add("afp2", hour(1), &[piece("afp", 0..90), piece("x", 0..9)])
        .add("host", hour(2), &[piece("afp", 0..100), piece("own", 0..20), piece("reut", 0..60)])
        .add("reut1", hour(0), &[piece("reut", 0..60)])
        .add("reut2", hour(1), &[piece("reut", 0..55), piece("y", 0..9)])
        .form();
    assert_eq!(
        found.groups(),
        [("afp1", vec!["afp1", "afp2", "host"]), ("reut1", vec!["host", "reut1", "reut2"])]
    );
    assert_eq!(found.text(0, "host"), piece("afp", 0..100).trim_end());
    assert_eq!(found.text(1, "host"), piece("reut", 0..60).trim_end());
    assert_eq!(found.dispatches.primary[found.index("host")], Some(0));
    assert_eq!(found.ids(&found.dispatches.compilations), ["host"]);
    assert!(found.dispatches.cut_edges.is_empty());
}

#[test]
fn two_hosts_of_the_same_two_dispatches_are_both_in_both() {
    // The second host overlaps both parts of the first, and still relates them no more than the first does.
    let found = Corpus::new()
        .add("afp", hour(0), &[piece("afp", 0..100)])
        .add("host1", hour(2), &[piece("afp", 0..100), piece("reut", 0..90)])
        .add("host2", hour(3), &[piece("afp", 0..100), piece("reut", 0..90), piece("z", 0..5)])
        .add("reut", hour(0), &[piece("reut", 0..90)])
        .form();
    assert_eq!(
        found.groups(),
        [("afp", vec!["afp", "host1", "host2"]), ("reut", vec!["host1", "host2", "reut"])]
    );
}

#[test]
fn a_host_of_half_an_afp_and_half_a_reuters_text_brings_them_together_no_more() {
    // It contains neither, so it is no compilation; its two regions keep them apart.
    let found = Corpus::new()
        .add("afp1", hour(1), &[piece("afp", 0..300)])
        .add("afp2", hour(1), &[piece("afp", 0..300), piece("x", 0..9)])
        .add("host", hour(0), &[piece("afp", 0..100), piece("reut", 0..100)])
        .add("reut1", hour(1), &[piece("reut", 0..300)])
        .add("reut2", hour(1), &[piece("reut", 0..300), piece("y", 0..9)])
        .form();
    let together = |a, b| found.groups().iter().any(|(_, m)| m.contains(&a) && m.contains(&b));
    assert!(!together("afp1", "reut1") && !together("afp2", "reut2"));
    assert!(together("afp1", "host") && together("reut1", "host"));
}

#[test]
fn a_digest_of_30_dispatches_is_in_30_and_anchors_none() {
    let items: Vec<String> = (0..30).map(|n| piece(&format!("d{n}x"), 0..40)).collect();
    let mut corpus = Corpus::new().add("digest", hour(0), &items);
    for (n, item) in items.iter().enumerate() {
        corpus = corpus.add(
            &format!("item{n:02}"),
            hour(1),
            &[item.clone(), piece(&format!("own{n}x"), 0..5)],
        );
    }
    let found = corpus.form();
    assert_eq!(found.dispatches.dispatches.len(), 30);
    assert!(
        found.groups().iter().all(|(anchor, members)| *anchor != "digest" && members.len() == 2)
    );
    assert_eq!(found.dispatches.of(found.index("digest")).count(), 30);
    assert_eq!(found.ids(&found.dispatches.compilations), ["digest"]);
}

#[test]
fn strangers_in_one_host_stay_strangers_and_the_evidence_names_them() {
    let found = Corpus::new()
        .add("a", hour(0), &[piece("a", 0..80)])
        .add("b", hour(0), &[piece("b", 0..70)])
        .add("h", hour(0), &[piece("a", 0..80), piece("b", 0..70)])
        .form();
    assert_eq!(found.groups(), [("a", vec!["a", "h"]), ("b", vec!["b", "h"])]);
    let evidence = found.dispatches.compilation_evidence[0];
    assert_eq!((found.id(evidence.article), found.ids(&evidence.unrelated)), ("h", vec!["a", "b"]));
}

#[test]
fn edits_chain_no_further_than_one_anchor_verifies() {
    // Neighbours share 70 of 100 words, the next but one 40.
    let edit = |n: u32| piece("w", 30 * n..30 * n + 100);
    let mut corpus = Corpus::new();
    for n in 0..4 {
        corpus = corpus.add(&format!("edit{n}"), hour(i64::from(n)), &[edit(n)]);
    }
    let found = corpus.form();
    assert_eq!(found.groups(), [("edit1", vec!["edit0", "edit1", "edit2"])]);
    assert_eq!(found.cuts(), [("edit2", "edit3", "edit3")]);
    assert_eq!(found.dispatches.cut_edges[0].reason, CutReason::NotVerified);
    assert_eq!(found.dispatches.primary[found.index("edit3")], None);
}

#[test]
fn an_edit_that_took_up_new_text_carries_that_text_as_another_dispatch() {
    let found = Corpus::new()
        .add("a1", hour(0), &[piece("w", 0..100)])
        .add("a2", hour(1), &[piece("w", 0..100), piece("x", 0..3)])
        .add("a3", hour(1), &[piece("w", 0..100), piece("y", 0..3)])
        .add("b", hour(2), &[piece("w", 40..140)])
        .add("c", hour(3), &[piece("w", 80..180)])
        .form();
    assert_eq!(found.groups(), [("b", vec!["a1", "a2", "a3", "b", "c"])], "b verifies all four");
    let found = Corpus::new()
        .add("a1", hour(0), &[piece("w", 0..100)])
        .add("a2", hour(1), &[piece("w", 0..100), piece("x", 0..3)])
        .add("b1", hour(2), &[piece("w", 40..140)])
        .add("c", hour(3), &[piece("w", 85..185)])
        .add("d", hour(4), &[piece("w", 130..230)])
        .form();
    let expected = [("b1", vec!["a1", "a2", "b1", "c"]), ("d", vec!["c", "d"])];
    assert_eq!(found.groups(), expected);
    assert_eq!(found.text(0, "c"), piece("w", 85..140).trim_end());
    assert_eq!(found.text(1, "c"), piece("w", 130..185).trim_end());
    assert_eq!(found.dispatches.primary[found.index("c")], Some(0), "ties: the smaller anchor");
}

#[test]
fn a_long_version_holding_the_urgent_and_the_lead_is_no_compilation() {
    let found = Corpus::new()
        .add("1-urgent", hour(0), &[piece("u", 0..20)])
        .add("2-lead", hour(1), &[piece("l", 0..100), piece("u", 15..20)])
        .add("3-long", hour(4), &[piece("u", 0..20), piece("l", 0..100), piece("m", 0..200)])
        .kind("1-urgent", "2-lead", Update)
        .kind("1-urgent", "3-long", Update)
        .kind("2-lead", "3-long", Update)
        .form();
    assert!(found.dispatches.compilations.is_empty());
    assert_eq!(found.groups(), [("3-long", vec!["1-urgent", "2-lead", "3-long"])]);
    assert_eq!(found.versions(0), [["1-urgent"], ["2-lead"], ["3-long"]]);
}

#[test]
fn a_live_blog_is_in_each_of_the_five_dispatches_it_absorbed() {
    let parts: Vec<String> = (0..5).map(|n| piece(&format!("d{n}x"), 0..60)).collect();
    let mut corpus = Corpus::new().add("live", hour(9), &parts);
    for (n, part) in parts.iter().enumerate() {
        corpus = corpus.add(&format!("d{n}a"), hour(0), std::slice::from_ref(part)).add(
            &format!("d{n}b"),
            hour(1),
            &[part.clone(), piece(&format!("o{n}x"), 0..6)],
        );
    }
    let found = corpus.form();
    assert_eq!(found.dispatches.of(found.index("live")).count(), 5);
    assert!(found.groups().iter().all(|(_, members)| members.len() == 3));
}

#[test]
fn a_teaser_is_a_member_with_its_own_share() {
    let found = Corpus::new()
        .add("full", hour(0), &[piece("d", 0..900)])
        .add("teaser", hour(1), &[piece("d", 0..80)])
        .form();
    assert_eq!(found.groups(), [("full", vec!["full", "teaser"])]);
    let member = found.dispatches.of(found.index("full")).next().unwrap().1.coverage;
    assert_eq!(member, 80.0 / 900.0);
}

#[test]
fn an_update_is_a_version_and_the_next_days_bulletin_is_no_member() {
    let found = Corpus::new()
        .add("03-dead", hour(0), &[piece("n", 0..50)])
        .add("03-dead-copy", hour(1), &[piece("n", 0..50), piece("o", 0..3)])
        .add("30-dead", hour(2), &[piece("v", 0..5), piece("n", 5..50)])
        .add("next-day", hour(26), &[piece("v", 0..5), piece("z", 0..30), piece("n", 30..50)])
        .kind("03-dead", "30-dead", Update)
        .kind("03-dead-copy", "30-dead", Update)
        .kind("03-dead", "next-day", Series)
        .kind("03-dead-copy", "next-day", Series)
        .kind("30-dead", "next-day", Series)
        .form();
    assert_eq!(found.groups(), [("03-dead", vec!["03-dead", "03-dead-copy", "30-dead"])]);
    assert_eq!(found.versions(0), [vec!["03-dead", "03-dead-copy"], vec!["30-dead"]]);
    assert_eq!(found.dispatches.dispatches[0].origins, Origins { min: 1, max: 2 });
    assert!(found.dispatches.cut_edges.is_empty(), "a series link is none of a dispatch's");
}

#[test]
fn no_other_kind_makes_a_dispatch() {
    for kind in [Series, Quotation, Partial, Background] {
        let found = Corpus::new()
            .add("a", hour(0), &[piece("d", 0..50)])
            .add("b", hour(0), &[piece("d", 0..50)])
            .kind("a", "b", kind)
            .form();
        assert!(found.dispatches.dispatches.is_empty(), "{kind:?}");
        assert!(found.dispatches.cut_edges.is_empty());
    }
}

#[test]
fn a_text_that_two_updates_share_without_a_link_is_two_versions() {
    let found = Corpus::new()
        .add("a", hour(0), &[piece("d", 0..100)])
        .add("b", hour(1), &[piece("d", 0..60), piece("x", 0..50)])
        .add("c", hour(2), &[piece("d", 40..100), piece("y", 0..50)])
        .kind("a", "b", Update)
        .kind("a", "c", Update)
        .form();
    assert_eq!(found.groups().len(), 1);
    assert_eq!(found.versions(0), [["a"], ["b"], ["c"]]);
}

#[test]
fn an_embargoed_text_dated_before_the_wire_is_earliest_and_the_wire_is_named() {
    let found = Corpus::new()
        .add("embargoed", hour(0), &[piece("d", 0..80)])
        .add("site", hour(6), &[piece("d", 0..80), piece("x", 0..9)])
        .add("wire", hour(5), &[piece("d", 0..80)])
        .with(wire)
        .form();
    let dispatch = &found.dispatches.dispatches[0];
    assert_eq!(found.ids(&dispatch.earliest_seen), ["embargoed"]);
    assert_eq!(found.ids(&dispatch.wires), ["wire"]);
}

#[test]
fn what_cannot_be_told_apart_by_date_may_all_have_been_first() {
    let at = |hours: i64| Some(Timestamp::from_unix_seconds(1_770_000_000 + 3600 * hours).unwrap());
    let day = Published::between(at(0), at(24)).unwrap();
    let by_noon = Published::between(None, at(12)).unwrap();
    let found = Corpus::new()
        .add("day", day, &[piece("d", 0..80)])
        .add("evening", hour(20), &[piece("d", 0..80)])
        .add("morning", hour(8), &[piece("d", 0..80)])
        .add("noon-at-latest", by_noon, &[piece("d", 0..80)])
        .add("unknown", Published::UNKNOWN, &[piece("d", 0..80)])
        .form();
    let dispatch = &found.dispatches.dispatches[0];
    assert_eq!(found.ids(&dispatch.earliest_seen), ["day", "morning", "noon-at-latest", "unknown"]);
    assert_eq!(found.ids(&dispatch.undated), ["noon-at-latest", "unknown"]);
}

#[test]
fn a_press_release_on_8_sites_is_one_dispatch_of_one_origin() {
    let mut corpus = Corpus::new();
    for n in 0..8 {
        corpus = corpus.add(
            &format!("site{n}"),
            hour(n),
            &[piece("pr", 0..60), piece(&format!("s{n}x"), 0..4)],
        );
    }
    let found = corpus.form();
    assert_eq!(found.groups()[0].1.len(), 8);
    assert_eq!(found.dispatches.dispatches[0].origins, Origins { min: 1, max: 1 });
}

#[test]
fn a_verbatim_text_a_year_later_is_a_late_copy() {
    let found = Corpus::new()
        .add("then", hour(0), &[piece("d", 0..80)])
        .add("year-later", hour(24 * 365), &[piece("d", 0..80)])
        .form();
    assert_eq!(found.groups(), [("then", vec!["then", "year-later"])]);
    assert_eq!(found.ids(&found.dispatches.dispatches[0].earliest_seen), ["then"]);
}

#[test]
fn swapped_paragraphs_are_one_member_with_all_its_spans() {
    let found = Corpus::new()
        .add("a", hour(0), &[piece("p", 0..30), piece("q", 0..30), piece("r", 0..30)])
        .add(
            "b",
            hour(1),
            &[piece("r", 0..30), piece("own", 0..5), piece("q", 0..30), piece("p", 0..30)],
        )
        .form();
    assert_eq!(found.groups(), [("a", vec!["a", "b"])]);
    assert_eq!(found.dispatches.of(1).next().unwrap().1.coverage, 90.0 / 95.0);
    assert!(!found.text(0, "b").contains("own"));
}

#[test]
fn captions_between_the_body_are_no_part_of_a_membership() {
    let text = [piece("d", 0..20), piece("caption", 0..5), piece("d", 20..40)];
    let cut = text[0].len();
    let spans = vec![
        Span::new(0, cut).unwrap(),
        Span::new(cut + text[1].len(), text.concat().len()).unwrap(),
    ];
    let found = Corpus::new()
        .add("a", hour(0), &[piece("d", 0..40)])
        .add("b", hour(1), &[])
        .with(|_| Article::from_spans("b", text.concat(), spans).unwrap())
        .form();
    assert!(!found.text(0, "b").contains("caption"));
    assert_eq!(found.dispatches.of(1).next().unwrap().1.coverage, 1.0);
}

#[test]
fn two_halves_of_one_text_are_a_compilation_unless_the_wire_sent_it_whole() {
    let halves = |whole_is_wire: bool| {
        let corpus = Corpus::new()
            .add("first-half", hour(1), &[piece("d", 0..100)])
            .add("second-half", hour(1), &[piece("d", 100..200)])
            .add("whole", hour(0), &[piece("d", 0..200)]);
        if whole_is_wire { corpus.with(wire).form() } else { corpus.form() }
    };
    let found = halves(false);
    assert_eq!(found.ids(&found.dispatches.compilations), ["whole"]);
    assert_eq!(found.groups().len(), 2);

    let found = halves(true);
    assert!(found.dispatches.compilations.is_empty());
    assert_eq!(found.groups(), [("whole", vec!["first-half", "second-half", "whole"])]);
}

#[test]
fn a_version_between_an_urgent_and_its_sequel_is_one_text_with_both() {
    // The sequel dropped all that the urgent has, under a lede about what the version begins with.
    let retold =
        "d3 d20 d7 d31 d12 d44 d9 d26 d15 d38 d5 d50 d11 d23 d2 d41 d18 d29 d6 d35 ".to_owned();
    let form = |lede: String, hour_of_sequel: i64| {
        Corpus::new()
            .add("1-urgent", hour(0), &[piece("d", 0..60)])
            .add("2-version", hour(4), &[piece("d", 0..140)])
            .add("3-sequel", hour(hour_of_sequel), &[lede, piece("x", 0..20), piece("d", 70..140)])
            .form()
    };
    let found = form(retold.clone(), 9);
    assert!(found.dispatches.compilations.is_empty());
    assert_eq!(found.groups(), [("2-version", vec!["1-urgent", "2-version", "3-sequel"])]);

    let found = form(piece("y", 0..20), 9);
    assert_eq!(found.ids(&found.dispatches.compilations), ["2-version"], "a stranger's own words");
    let found = form(retold, 3);
    assert_eq!(found.ids(&found.dispatches.compilations), ["2-version"], "no later than the text");
    assert_eq!(found.groups().len(), 2);
}

#[test]
fn a_feed_item_made_of_other_feed_items_is_a_compilation() {
    let found = Corpus::new()
        .add("a", hour(0), &[piece("a", 0..80)])
        .with(wire)
        .add("b", hour(0), &[piece("b", 0..80)])
        .with(wire)
        .add("roundup", hour(5), &[piece("a", 0..80), piece("b", 0..80)])
        .with(wire)
        .form();
    assert_eq!(found.ids(&found.dispatches.compilations), ["roundup"]);
}

#[test]
fn copies_that_each_lack_another_paragraph_show_a_source_that_is_not_here() {
    let p = |n: usize| piece(&format!("p{n}x"), 0..30);
    let found = Corpus::new()
        .add("a", hour(0), &[p(0), p(1), p(2)])
        .add("b", hour(0), &[p(1), p(2), p(3)])
        .add("c", hour(0), &[p(0), p(2), p(3)])
        .form();
    assert_eq!(found.groups().len(), 1);
    assert!(found.dispatches.dispatches[0].common_source_missing);
    let found = Corpus::new()
        .add("a", hour(0), &[p(0), p(1), p(2)])
        .add("b", hour(0), &[p(1), p(2), p(3)])
        .add("c", hour(0), &[p(0), p(2), p(3)])
        .add("source", hour(9), &[p(0), p(1), p(2), p(3)])
        .form();
    assert_eq!(found.groups().len(), 1);
    assert!(!found.dispatches.dispatches[0].common_source_missing);
}

#[test]
fn an_update_that_drops_paragraphs_does_not_make_its_source_missing() {
    let p = |n: usize| piece(&format!("p{n}x"), 0..30);
    let copies = |id: &str, n: usize| piece(&format!("{id}{n}x"), 0..3);
    let found = Corpus::new()
        .add("a1", hour(0), &[p(0), p(1), p(2), copies("a", 1)])
        .add("a2", hour(0), &[p(0), p(1), p(2), copies("a", 2)])
        .add("b1", hour(1), &[p(1), p(2), p(3), copies("b", 1)])
        .add("b2", hour(1), &[p(1), p(2), p(3), copies("b", 2)])
        .kind("a1", "b1", Update)
        .kind("a1", "b2", Update)
        .kind("a2", "b1", Update)
        .kind("a2", "b2", Update)
        .form();
    assert_eq!(found.versions(0), [["a1", "a2"], ["b1", "b2"]]);
    assert!(!found.dispatches.dispatches[0].common_source_missing);
}

#[test]
fn agencies_unite_origins_but_pictures_and_quoted_agencies_do_not() {
    use CreditRole::{Attribution, Photo, Text};
    let origins = |first: (Agency, CreditRole), second: (Agency, CreditRole)| {
        let found = Corpus::new()
            .add("a", hour(0), &[piece("a", 0..40)])
            .with(credited(first.0, first.1))
            .add("b", hour(0), &[piece("b", 0..40)])
            .with(credited(second.0, second.1))
            .form();
        Origins::of(&found.set, &found.dispatches, &[0, 1])
    };
    assert_eq!(origins((Agency::Afp, Text), (Agency::Afp, Text)), Origins { min: 1, max: 2 });
    assert_eq!(origins((Agency::Afp, Text), (Agency::Reuters, Text)), Origins { min: 2, max: 2 });
    assert_eq!(
        origins((Agency::Reuters, Photo), (Agency::Reuters, Text)),
        Origins { min: 2, max: 2 }
    );
    let quoted = origins((Agency::Yonhap, Attribution), (Agency::Yonhap, Attribution));
    assert_eq!(quoted, Origins { min: 2, max: 2 });
}

#[test]
fn a_host_credited_to_two_agencies_does_not_unite_them() {
    let both = |article: Article| {
        let credit = |agency| Credit { agency, role: CreditRole::Text, span: Span::default() };
        article.with_credits(vec![credit(Agency::Reuters), credit(Agency::Afp)])
    };
    let found = Corpus::new()
        .add("afp", hour(0), &[piece("afp", 0..100)])
        .with(credited(Agency::Afp, CreditRole::Text))
        .add("host", hour(2), &[piece("afp", 0..100), piece("reut", 0..60)])
        .with(both)
        .add("reut", hour(0), &[piece("reut", 0..60)])
        .with(credited(Agency::Reuters, CreditRole::Text))
        .form();
    let origins = Origins::of(&found.set, &found.dispatches, &[0, 1, 2]);
    assert_eq!(origins, Origins { min: 2, max: 2 });
}

#[test]
fn identical_texts_with_a_star_of_links_are_one_text() {
    let mut corpus = Corpus::new();
    for n in 0..40 {
        corpus = corpus.add(&format!("twin{n:02}"), hour(40 - n), &[piece("d", 0..50)]);
    }
    let mut found = corpus.form();
    found.links.links.retain(|link| link.a == 0);
    let config = wirecopy::dispatches::DispatchConfig::default();
    found.dispatches = wirecopy::dispatches::form(&found.set, &found.links, &config);
    assert_eq!(found.groups()[0].1.len(), 40);
    assert_eq!(found.groups()[0].0, "twin39", "the earliest of the twins is the anchor");
    assert_eq!(found.versions(0).len(), 1);
}

#[test]
fn what_to_keep_is_asked_beside_the_grouping() {
    let found = Corpus::new()
        .add("a-late-and-long", hour(9), &[piece("d", 0..80), piece("x", 0..3)])
        .add("b-early", hour(1), &[piece("d", 0..80)])
        .add("c-host", hour(5), &[piece("d", 0..80), piece("own", 0..400)])
        .add("d-wire", hour(1), &[piece("d", 0..75)])
        .with(wire)
        .form();
    let dispatch = &found.dispatches.dispatches[0];
    let chosen = |policy: &KeepPolicy| found.id(policy.choose(&found.set, dispatch).unwrap());
    assert_eq!(chosen(&KeepPolicy::EarliestSeen), "d-wire");
    assert_eq!(chosen(&KeepPolicy::Longest), "c-host");
    assert_eq!(chosen(&KeepPolicy::by_rule(|a, b| a.id().cmp(b.id()))), "a-late-and-long");
    let most = Containment::new(0.9).unwrap();
    let kept = found.dispatches.kept(&found.set, &KeepPolicy::EarliestSeen, most);
    assert_eq!(found.ids(&kept), ["c-host", "d-wire"], "the host has a text of its own");
}

#[test]
fn articles_without_links_belong_to_nothing_and_nothing_makes_nothing() {
    let found = Corpus::new().form();
    assert_eq!(found.dispatches, wirecopy::dispatches::Dispatches::default());
    let found = Corpus::new().add("a", hour(0), &[]).add("b", hour(0), &[]).form();
    assert_eq!(found.dispatches.primary, [None, None]);
    assert_eq!(found.dispatches.of(99).count(), 0);
}

#[test]
fn a_quotation_that_an_afp_and_an_ap_text_share_does_not_unite_them_in_a_host() {
    let quote = piece("quote", 0..40);
    let found = Corpus::new()
        .add("afp", hour(0), &[piece("afp", 0..60), quote.clone()])
        .add("ap", hour(0), &[quote.clone(), piece("ap", 0..70)])
        .add("host", hour(3), &[piece("afp", 0..60), quote, piece("ap", 0..70)])
        .kind("afp", "ap", Quotation)
        .form();
    assert_eq!(found.ids(&found.dispatches.compilations), ["host"]);
    assert_eq!(found.groups(), [("afp", vec!["afp", "host"]), ("ap", vec!["ap", "host"])]);
}

#[test]
fn an_urgent_repeated_by_all_copies_of_the_long_version_does_not_split_them() {
    let mut corpus = Corpus::new().add("0-urgent", hour(0), &[piece("u", 0..25)]);
    for n in 0..6 {
        let own = piece(&format!("s{n}x"), 0..4);
        corpus = corpus
            .add(&format!("long{n}"), hour(2 + n), &[piece("u", 0..25), piece("l", 0..200), own])
            .kind("0-urgent", &format!("long{n}"), Update);
    }
    let found = corpus.form();
    assert_eq!(found.groups().len(), 1);
    assert_eq!((found.groups()[0].0, found.groups()[0].1.len()), ("long0", 7));
    assert_eq!(found.versions(0).len(), 2);
}

#[test]
fn the_worked_example_of_the_module_comes_out_as_told() {
    let mut corpus = Corpus::new()
        .add("afp", hour(0), &[piece("a", 0..100)])
        .add("copy", hour(1), &[piece("a", 0..90), piece("c", 0..9)])
        .add("host", hour(2), &[piece("a", 0..100), piece("own", 0..20), piece("r", 0..60)])
        .add("reuters", hour(0), &[piece("r", 0..60)]);
    for n in 0..4 {
        let words = piece("w", 30 * n..30 * n + 100);
        corpus = corpus.add(&format!("edit{}", n + 1), hour(i64::from(n)), &[words]);
    }
    let found = corpus.form();
    let expected = [
        ("afp", vec!["afp", "copy", "host"]),
        ("edit2", vec!["edit1", "edit2", "edit3"]),
        ("reuters", vec!["host", "reuters"]),
    ];
    assert_eq!(found.groups(), expected);
    assert_eq!(found.ids(&found.dispatches.compilations), ["host"]);
    assert_eq!(found.cuts(), [("edit3", "edit4", "edit4")]);
    let host: Vec<f64> =
        found.dispatches.of(found.index("host")).map(|(_, member)| member.coverage).collect();
    assert_eq!(host, [100.0 / 180.0, 60.0 / 180.0]);
}

#[test]
fn what_hosts_share_of_other_texts_does_not_make_a_source_missing() {
    let text = |name: &str| piece(name, 0..150);
    let found = Corpus::new()
        .add("x", hour(0), &[text("x")])
        .add("p", hour(0), &[text("p")])
        .add("q", hour(0), &[text("q")])
        .add("r", hour(0), &[text("r")])
        .add("d1", hour(1), &[text("x"), text("p"), text("r")])
        .add("d2", hour(1), &[text("p"), text("x"), text("q")])
        .add("d3", hour(1), &[text("q"), text("r"), text("x")])
        .form();
    let x = found.index("x");
    let of_x = found.dispatches.dispatches.iter().find(|d| d.anchor == x).unwrap();
    assert_eq!(found.members(of_x).len(), 4);
    assert!(found.dispatches.dispatches.iter().all(|d| !d.common_source_missing));
}

#[test]
fn an_item_of_the_feed_is_the_anchor_of_what_it_verifies_and_the_source() {
    // "plus" verifies one article more, with a paragraph of its own that "echo" took; the wire never had it.
    let own = || piece("own", 0..60);
    let corpus = |role: fn(Article) -> Article| {
        Corpus::new()
            .add("echo", hour(9), &[piece("d", 0..20), own()])
            .add("one", hour(7), &[piece("d", 0..80), piece("x", 0..5)])
            .add("plus", hour(6), &[piece("d", 0..80), own()])
            .add("two", hour(8), &[piece("d", 0..80), piece("y", 0..5)])
            .add("wire", hour(12), &[piece("d", 0..80), piece("z", 0..3)])
            .with(role)
            .form()
    };
    let dispatch_of = |found: &crate::corpus::Found, id: &str| {
        let primary = found.dispatches.primary[found.index(id)].unwrap();
        found.dispatches.dispatches[primary].clone()
    };
    let found = corpus(|article| article);
    let dispatch = dispatch_of(&found, "one");
    assert_eq!((found.id(dispatch.anchor), dispatch.source), ("plus", None));

    let found = corpus(wire);
    let dispatch = dispatch_of(&found, "one");
    assert_eq!((found.id(dispatch.anchor), dispatch.source), ("wire", Some(dispatch.anchor)));
    assert_eq!(found.ids(&dispatch.earliest_seen), ["plus"], "dates are not touched");
    assert_eq!(dispatch.versions[0].source, Some(dispatch.anchor));
    let ahead = found.ids(&dispatch.versions[0].ahead_of_source);
    assert!(["one", "plus", "two"].iter().all(|id| ahead.contains(id)), "{ahead:?}");
}

#[test]
fn an_urgent_of_the_feed_does_not_anchor_the_long_versions_that_repeat_it() {
    let mut corpus = Corpus::new().add("0-urgent", hour(0), &[piece("u", 0..25)]).with(wire).add(
        "1-radio",
        hour(1),
        &[piece("u", 0..25), piece("r", 0..2)],
    );
    for n in 0..6 {
        let own = piece(&format!("s{n}x"), 0..4);
        let id = format!("long{n}");
        corpus = corpus
            .add(&id, hour(2 + n), &[piece("u", 0..25), piece("l", 0..200), own])
            .kind("0-urgent", &id, Update)
            .kind("1-radio", &id, Update);
    }
    let found = corpus.form();
    assert_eq!((found.groups()[0].0, found.groups()[0].1.len()), ("long0", 8));
    let dispatch = &found.dispatches.dispatches[0];
    assert_eq!((dispatch.source, found.ids(&dispatch.wires)), (None, vec!["0-urgent"]));
    assert_eq!(dispatch.versions[0].source, Some(found.index("0-urgent")));
}

#[test]
fn an_undated_item_of_the_feed_precedes_its_copies() {
    let found = Corpus::new()
        .add("early", hour(0), &[piece("d", 0..80), piece("x", 0..5)])
        .add("feed", Published::UNKNOWN, &[piece("d", 0..80)])
        .with(wire)
        .form();
    let dispatch = &found.dispatches.dispatches[0];
    assert_eq!(found.groups(), [("feed", vec!["early", "feed"])]);
    assert_eq!(dispatch.versions[0].source, Some(found.index("feed")));
    assert!(dispatch.versions[0].ahead_of_source.is_empty(), "nothing is surely before no date");
}
