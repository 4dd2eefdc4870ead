//! Decisions: each is held to, whatever the links say, and without them nothing changes.

use crate::corpus::{Corpus, Found, hour, piece};
use crate::laws::{article_set, assert_laws, drafts, in_words, true_links, words_of};
use proptest::prelude::*;
use std::collections::BTreeSet;
use wirecopy::dispatches::{self, CutReason, DispatchConfig, Dispatches};
use wirecopy::links::LinkKind::Update;
use wirecopy::{Article, ArticleSet, Config, Decisions};

type Pairs = Vec<(usize, usize)>;

fn id(number: usize) -> String {
    format!("a{number:02}")
}

fn decisions(must: &Pairs, cannot: &Pairs) -> Decisions {
    let found = must.iter().fold(Decisions::new(), |d, (a, b)| d.must_link(id(*a), id(*b)));
    cannot.iter().fold(found, |d, (a, b)| d.cannot_link(id(*a), id(*b)))
}

fn share_a_dispatch(found: &Dispatches, a: usize, b: usize) -> bool {
    found.of(a).any(|(index, _)| found.dispatches[index].member(b).is_some())
}

/// Who must be with whom, over any number of steps: the closure, read naively.
fn classes(must: &Pairs, count: usize) -> Vec<BTreeSet<usize>> {
    let mut classes: Vec<BTreeSet<usize>> = (0..count).map(|n| BTreeSet::from([n])).collect();
    for _ in 0..count {
        for (a, b) in must {
            let both: BTreeSet<usize> = classes[*a].union(&classes[*b]).copied().collect();
            both.iter().for_each(|&member| classes[member].extend(&both));
        }
    }
    classes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn every_decision_is_held_to_and_no_order_shows(
        drafts in drafts(),
        dice in prop::collection::vec((0u8..100, 0usize..6), 1..60),
        must in prop::collection::vec((0usize..13, 0usize..13), 0..4),
        cannot in prop::collection::vec((0usize..13, 0usize..13), 0..5),
        turn in 0usize..100,
    ) {
        let set = article_set(&drafts);
        let links = true_links(&set, &dice);
        let config = DispatchConfig::default();
        let decided = decisions(&must, &cannot);
        let classes = classes(&must, 13);
        let torn = cannot.iter().any(|(a, b)| classes[*a].contains(b));
        let found = dispatches::form_with(&set, &links, &config, &decided);
        prop_assert_eq!(found.is_err(), torn);
        let Ok(found) = found else { return Ok(()) };
        assert_laws(&set, &links, &found);

        let here = |n: usize| n < set.len();
        for a in (0..13).filter(|&a| here(a)) {
            for &b in classes[a].iter().filter(|&&b| here(b) && b != a) {
                prop_assert!(share_a_dispatch(&found, a, b), "{a} must be with {b}");
            }
        }
        for (a, b) in &cannot {
            for &x in classes[*a].iter().filter(|&&x| here(x)) {
                for &y in classes[*b].iter().filter(|&&y| here(y)) {
                    prop_assert!(!share_a_dispatch(&found, x, y), "{x} cannot be with {y}");
                }
            }
        }
        let named: BTreeSet<usize> = must.iter().chain(&cannot).flat_map(|(a, b)| [*a, *b]).collect();
        let unknown: Vec<String> = named.into_iter().filter(|&n| !here(n)).map(id).collect();
        prop_assert_eq!(&found.unknown_ids, &unknown);

        let mut turned = links.clone();
        turned.links.rotate_left(turn % links.links.len().max(1));
        turned.links.reverse();
        let backwards = |pairs: &Pairs| pairs.iter().rev().map(|(a, b)| (*b, *a)).collect();
        let again = decisions(&backwards(&must), &backwards(&cannot));
        let again = dispatches::form_with(&set, &turned, &config, &again).unwrap();
        let (mut first, mut second) = (in_words(&set, &found), in_words(&set, &again));
        prop_assert_eq!(first.cuts.len(), second.cuts.len());
        (first.cuts, second.cuts) = (Vec::new(), Vec::new());
        prop_assert_eq!(first, second);
    }

    #[test]
    fn no_decision_or_one_that_holds_already_changes_nothing(
        drafts in drafts(),
        dice in prop::collection::vec((0u8..100, 0usize..6), 1..60),
        pair in (0usize..11, 0usize..11),
    ) {
        let set = article_set(&drafts);
        let links = true_links(&set, &dice);
        let config = DispatchConfig::default();
        let found = dispatches::form(&set, &links, &config);
        let none = dispatches::form_with(&set, &links, &config, &Decisions::new()).unwrap();
        prop_assert_eq!(&none, &found);

        // A named article is a text of its own, so one that has twins is weighed otherwise.
        let (a, b) = (pair.0 % set.len(), pair.1 % set.len());
        let same = |x: usize| (0..set.len()).filter(|&y| words_of(&set, x) == words_of(&set, y)).count();
        prop_assume!(a != b && same(a) == 1 && same(b) == 1);
        if share_a_dispatch(&found, a, b) {
            let must = decisions(&vec![(a, b)], &vec![]);
            prop_assert_eq!(&dispatches::form_with(&set, &links, &config, &must).unwrap(), &found);
        }
    }
}

fn form_with(corpus: Found, decisions: Decisions) -> Found {
    let config = DispatchConfig::default();
    let dispatches =
        dispatches::form_with(&corpus.set, &corpus.links, &config, &decisions).unwrap();
    Found { dispatches, ..corpus }
}

fn three_copies() -> Found {
    let copy = |own: &str| [piece("d", 0..80), piece(own, 0..4)];
    Corpus::new()
        .add("a", hour(0), &copy("x"))
        .add("b", hour(1), &copy("y"))
        .add("c", hour(2), &copy("z"))
        .form()
}

#[test]
fn two_that_cannot_be_together_are_not_both_let_in_and_the_cut_says_why() {
    let found = form_with(three_copies(), Decisions::new().cannot_link("c", "b"));
    assert_eq!(found.groups(), [("a", vec!["a", "b"])]);
    let reasons: Vec<CutReason> = found.dispatches.cut_edges.iter().map(|cut| cut.reason).collect();
    assert_eq!(found.cuts(), [("a", "c", "c"), ("b", "c", "c")]);
    assert_eq!(reasons, [CutReason::CannotLink; 2]);
}

#[test]
fn a_must_link_takes_a_stranger_into_the_dispatch_with_its_whole_text() {
    let corpus = Corpus::new()
        .add("a", hour(0), &[piece("d", 0..80)])
        .add("b", hour(1), &[piece("d", 0..80), piece("y", 0..4)])
        .add("stranger", hour(2), &[piece("s", 0..30)])
        .form();
    let found = form_with(corpus, Decisions::new().must_link("stranger", "b"));
    assert_eq!(found.groups(), [("a", vec!["a", "b", "stranger"])]);
    let member = found.dispatches.dispatches[0].member(found.index("stranger")).unwrap();
    assert_eq!((member.decided, member.coverage, member.verified_by), (true, 1.0, None));
    assert_eq!(found.versions(0), [vec!["a", "b"], vec!["stranger"]]);
    assert_eq!(found.dispatches.primary[found.index("stranger")], Some(0));
}

#[test]
fn identical_texts_that_cannot_be_together_are_parted_from_each_other_and_not_from_the_rest() {
    let mut corpus = Corpus::new();
    for n in 0..6 {
        corpus = corpus.add(&format!("twin{n}"), hour(n), &[piece("d", 0..50)]);
    }
    let mut found = corpus.form();
    found.links.links.retain(|link| link.a == 0);
    let found = form_with(found, Decisions::new().cannot_link("twin0", "twin3"));
    let together: Vec<Vec<&str>> = found.groups().into_iter().map(|(_, members)| members).collect();
    assert!(
        together.iter().all(|members| !(members.contains(&"twin0") && members.contains(&"twin3")))
    );
    assert!(together.iter().any(|members| members.len() >= 5), "{together:?}");
}

#[test]
fn a_class_that_nothing_joins_is_a_dispatch_of_its_own() {
    let corpus = Corpus::new()
        .add("a", hour(0), &[piece("a", 0..20)])
        .add("b", hour(1), &[piece("b", 0..30)])
        .add("c", hour(1), &[piece("c", 0..25)])
        .kind("a", "b", Update)
        .form();
    let found = form_with(corpus, Decisions::new().must_link("a", "lost").must_link("lost", "c"));
    assert_eq!(found.groups(), [("c", vec!["a", "c"])], "over an article that is not here");
    assert_eq!(found.dispatches.unknown_ids, ["lost"]);
}

#[test]
fn a_configuration_carries_decisions_into_the_report() {
    let text =
        "Le bac de Vireuil reprend lundi son service entre les deux rives après six semaines.";
    let other =
        "La foire aux poulains de Montrevin ouvre samedi sous la halle et dure trois jours.";
    let article = |id: &str, text: &str| Article::new(id, text).unwrap();
    let articles = [article("a", text), article("b", text), article("c", other)];
    let decisions =
        Decisions::new().must_link("c", "a").cannot_link("b", "lost").cannot_link("a", "b");
    let config = Config::new().with_decisions(decisions).unwrap();
    let report = wirecopy::group_with(&articles, &config).unwrap().report();
    assert_eq!(report.dispatches.len(), 1);
    let members: Vec<(&str, bool)> =
        report.dispatches[0].members.iter().map(|m| (m.article.as_str(), m.decided)).collect();
    assert_eq!(members, [("a", true), ("c", true)], "nothing verifies either");
    let notice = |code: &str| report.notices.iter().find(|notice| notice.code == code).unwrap();
    assert_eq!(notice("must_link").articles, ["a", "c"]);
    assert_eq!(notice("unknown_ids").articles, ["lost"]);
    assert_eq!(report.cut_edges[0].reason, CutReason::CannotLink);
    assert_eq!(report.configuration["decisions.cannot_link"], "2");
    let set = ArticleSet::new(&articles, Default::default()).unwrap();
    assert_eq!(set.len(), report.articles.len());
}
