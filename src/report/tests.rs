//! The report of a small, hand-made answer: its shape, its schema, its bytes, its words.

use super::*;
use crate::article::{Article, Role};
use crate::dispatches::{
    Compilation, CutEdge, CutReason, Dispatch, Membership, Origins, Publisher, Version,
    VersionChange,
};
use crate::language::Language;
use crate::links::{
    Attributes, Conflict, Explanation, Figures, Link, LinkKind, LinkStatistics, Match, Passage,
    PassageSide,
};
use crate::page::{Agency, Credit, CreditRole};
use crate::span::Span;
use crate::stories::{Hierarchy, Story, StoryEvidence, StoryStatistics};
use crate::timestamp::{DateEvidence, Published, Timestamp};
use serde_json::Value;

const A: &str = "Le barrage de Vernoise a cédé lundi, faisant trois blessés.\n[légende : le barrage]\nLes \
                 écoles de Sourlac restent fermées jusqu'à jeudi.";
const B: &str =
    "Le barrage de Vernoise a cédé lundi, faisant deux blessés. Le préfet parle d'usure.";

fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap();
    Span::new(start, start + words.len()).unwrap()
}

fn articles() -> Vec<Article> {
    let first = Span::new(0, A.find("\n[").unwrap()).unwrap();
    let second = Span::new(A.find("Les écoles").unwrap(), A.len()).unwrap();
    let at = |text| Timestamp::parse(text).unwrap();
    let interval =
        Published::between(Some(at("2026-03-02T06:00:00Z")), Some(at("2026-03-03T06:00:00Z")));
    let credit = Credit { agency: Agency::Afp, role: CreditRole::Text, span: span(A, "Vernoise") };
    vec![
        Article::from_spans("a", A, vec![first, second])
            .unwrap()
            .with_title("Un barrage cède à Vernoise")
            .with_outlet("La Gazette de Sourlac")
            .with_family("Presse des Ardelles")
            .with_language(Language::FRENCH)
            .with_credits(vec![credit])
            .with_published(Published::at(at("2026-03-02T09:30:00Z"))),
        Article::new("b", B)
            .unwrap()
            .with_role(Role::Wire)
            .with_published(interval.unwrap().read_from(DateEvidence::Weekday(span(B, "lundi")))),
        Article::new("c", "Brève.").unwrap(),
        Article::new("d", "").unwrap(),
    ]
}

struct Parts {
    set: ArticleSet,
    links: Links,
    dispatches: Dispatches,
    stories: Stories,
}

/// Eight common tokens of `a` and `b`, then one that differs, then one more; the passage of `a` is drawn on over the caption.
fn parts() -> Parts {
    let set = ArticleSet::new(&articles(), Default::default()).unwrap();
    let side = |index: usize, tokens: std::ops::Range<u32>| PassageSide {
        span: set.texts()[index].span(tokens.start as usize..tokens.end as usize).unwrap(),
        tokens,
    };
    let passage = Passage {
        a: side(0, 0..12),
        b: side(1, 0..12),
        matches: vec![Match { a: 0, b: 0, tokens: 8 }, Match { a: 9, b: 9, tokens: 1 }],
        evidence: 7.123_456_789,
    };
    let link = Link {
        a: 0,
        b: 1,
        kind: LinkKind::Update,
        attributes: Attributes {
            truncated: Some(crate::links::Truncation {
                in_a: true,
                teaser: span(A, "jeudi"),
                rest: span(B, "usure"),
            }),
            withdraws: Some((false, span(B, "usure"))),
            conflicts: vec![Conflict { a: span(A, "trois"), b: span(B, "deux") }],
            direction: Default::default(),
        },
        passages: vec![passage],
        explanation: Explanation {
            resemblance: 1.0 / 3.0,
            containment_a: 0.5,
            containment_b: 2.0 / 3.0,
            date_distance: Some(0),
            missing_details: vec![span(B, "deux")],
            rule: "same_lede",
            figures: Figures { details_found: 2.0 / 3.0, lede_edit: 4, ..Figures::default() },
            ..Explanation::default()
        },
    };
    let member = |article, version| Membership {
        article,
        spans: vec![Span::new(0, 40).unwrap()],
        coverage: 2.0 / 3.0,
        primary: true,
        version,
        verified_by: (article == 0).then_some(0),
        carries: 2.0 / 3.0,
        edited_words: Some(2),
        truncated: (article == 0).then_some(0.25),
        twin_of: (article == 1).then_some(0),
        ..Membership::default()
    };
    let version = |article: usize, set: &ArticleSet| Version {
        articles: vec![article],
        earliest: set.articles()[article].published().earliest(),
        source: (article == 1).then_some(1),
        shown_by: article,
        tokens: 12,
        change: (article == 0).then(|| VersionChange {
            added: vec![span(A, "trois")],
            removed: vec![span(B, "deux")],
            conflicts: vec![Conflict { a: span(B, "deux"), b: span(A, "trois") }],
            ..VersionChange::default()
        }),
        withdraws: Vec::new(),
        ..Version::default()
    };
    let dispatch = Dispatch {
        anchor: 1,
        members: vec![member(0, 1), member(1, 0)],
        versions: vec![version(1, &set), version(0, &set)],
        earliest_seen: vec![0, 1],
        undated: vec![0],
        wires: vec![1],
        source: Some(1),
        common_source_missing: true,
        origins: Origins { min: 1, max: 2 },
    };
    let story = |articles: Vec<usize>, evidence| Story {
        central: articles[0],
        articles,
        dispatches: vec![0],
        evidence,
        origins: Origins { min: 1, max: 2 },
    };
    let evidence = |article, nearest| StoryEvidence {
        article,
        nearest,
        similarity: 0.7,
        words: vec!["barrage".to_owned()],
    };
    Parts {
        links: Links {
            links: vec![link],
            statistics: LinkStatistics { pairs_over_cap: 4, ..Default::default() },
        },
        dispatches: Dispatches {
            dispatches: vec![dispatch],
            primary: vec![Some(0), Some(0), None, None],
            memberships: vec![vec![0], vec![0], vec![], vec![]],
            compilations: vec![2],
            compilation_evidence: vec![Compilation { article: 2, unrelated: [0, 1] }],
            unknown_ids: Vec::new(),
            cut_edges: vec![CutEdge {
                link: 0,
                dispatch: Some(0),
                article: 0,
                reason: CutReason::NotVerified,
            }],
        },
        stories: Stories {
            stories: vec![
                story(vec![0, 1], vec![evidence(0, 1), evidence(1, 0)]),
                story(vec![2], vec![]),
                story(vec![3], vec![]),
            ],
            of_article: vec![0, 0, 1, 2],
            hierarchy: Hierarchy::new(
                4,
                &[vec![0], vec![1], vec![2], vec![3]],
                &[vec![0, 1], vec![2], vec![3]],
                &[vec![0, 1, 3], vec![2]],
            ),
            statistics: StoryStatistics::default(),
        },
        set,
    }
}

fn context() -> ReportContext {
    ReportContext::new()
        .with_text_scheme("00ff")
        .with_engine_scheme("1")
        .with_setting("granularity", "story")
        .with_failures([Failure::new("vide.txt", "holds no article")])
}

fn report(context: &ReportContext) -> Report {
    let parts = parts();
    Report::new(&parts.set, &parts.links, &parts.dispatches, &parts.stories, context)
}

fn json(report: &Report) -> Value {
    serde_json::to_value(report).unwrap()
}

fn schema() -> Value {
    serde_json::from_str(include_str!("../../docs/report.schema.json")).unwrap()
}

/// The part of JSON Schema that the report's schema uses; an unknown keyword fails, so that nothing is stated and unchecked.
fn check(value: &Value, schema: &Value, root: &Value, at: &str) -> Result<(), String> {
    let fail = |what: &str| Err(format!("{at}: {what} in {value}"));
    for (keyword, rule) in schema.as_object().unwrap() {
        match keyword.as_str() {
            "$schema" | "title" | "description" | "$defs" => {}
            "$ref" => {
                let name = rule.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
                check(value, &root["$defs"][name], root, at)?;
            }
            "anyOf" => {
                let options = rule.as_array().unwrap();
                if options.iter().all(|option| check(value, option, root, at).is_err()) {
                    return fail("no option");
                }
            }
            "type" => {
                let types = rule.as_array().cloned().unwrap_or_else(|| vec![rule.clone()]);
                let is = |name: &str| match name {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "integer" => value.is_i64() || value.is_u64(),
                    "number" => value.is_number(),
                    "boolean" => value.is_boolean(),
                    "null" => value.is_null(),
                    other => panic!("type {other}"),
                };
                if !types.iter().any(|name| is(name.as_str().unwrap())) {
                    return fail("wrong type");
                }
            }
            "const" if value != rule => return fail("another constant"),
            "enum" if !rule.as_array().unwrap().contains(value) => return fail("not listed"),
            "minimum" if value.as_f64().is_some_and(|x| x < rule.as_f64().unwrap()) => {
                return fail("too small");
            }
            "maximum" if value.as_f64().is_some_and(|x| x > rule.as_f64().unwrap()) => {
                return fail("too large");
            }
            "minLength" if value.as_str().is_some_and(str::is_empty) => return fail("too short"),
            // The one pattern is that of instants.
            "pattern" if value.as_str().is_some_and(|it| Timestamp::parse(it).is_err()) => {
                return fail("no instant");
            }
            "const" | "enum" | "minimum" | "maximum" | "minLength" | "pattern" => {}
            "required" => {
                for name in rule.as_array().unwrap().iter().map(|name| name.as_str().unwrap()) {
                    if value.as_object().is_some_and(|object| !object.contains_key(name)) {
                        return fail(&format!("no {name}"));
                    }
                }
            }
            "properties" => {
                for (name, rule) in rule.as_object().unwrap() {
                    if let Some(inner) = value.get(name) {
                        check(inner, rule, root, &format!("{at}.{name}"))?;
                    }
                }
            }
            "additionalProperties" => {
                let stated = schema.get("properties").and_then(Value::as_object);
                for (name, inner) in value.as_object().into_iter().flatten() {
                    if stated.is_some_and(|stated| stated.contains_key(name)) {
                        continue;
                    }
                    match rule {
                        Value::Bool(false) => return fail(&format!("unstated {name}")),
                        rule => check(inner, rule, root, &format!("{at}.{name}"))?,
                    }
                }
            }
            "items" => {
                for (index, inner) in value.as_array().into_iter().flatten().enumerate() {
                    check(inner, rule, root, &format!("{at}[{index}]"))?;
                }
            }
            other => panic!("{at}: the check does not know {other}"),
        }
    }
    Ok(())
}

#[test]
fn a_report_fits_its_schema_and_the_schema_states_every_field() {
    let schema = schema();
    for context in [context(), context().without_texts(), ReportContext::new()] {
        check(&json(&report(&context)), &schema, &schema, "report").unwrap();
    }
    assert_eq!(schema["properties"]["schema_version"]["const"], SCHEMA_VERSION);
}

#[test]
fn the_check_sees_what_does_not_fit() {
    let schema = schema();
    let good = json(&report(&context()));
    for (pointer, bad) in [
        ("/schema_version", Value::from(2)),
        ("/links/0/kind", Value::from("original")),
        ("/links/0/explanation/resemblance", Value::from(1.5)),
        ("/links/0/explanation/figures/quoted", Value::from(1.5)),
        ("/links/0/explanation/figures/lede_edit", Value::from(-1)),
        ("/articles/0/published/earliest", Value::from("yesterday")),
        ("/articles/0/body/0", serde_json::json!({"start": 1})),
        ("/dispatches/0/members/0", serde_json::json!({"article": "a", "extra": 1})),
        ("/articles/0/id", Value::from("")),
    ] {
        let mut report = good.clone();
        *report.pointer_mut(pointer).unwrap() = bad;
        assert!(check(&report, &schema, &schema, "report").is_err(), "{pointer}");
    }
}

#[test]
fn a_report_reads_back_as_it_was() {
    for context in [context(), context().without_texts()] {
        let report = report(&context);
        let text = serde_json::to_string(&report).unwrap();
        let again: Report = serde_json::from_str(&text).unwrap();
        assert_eq!(again, report);
        assert_eq!(serde_json::to_string(&again).unwrap(), text);
    }
}

#[test]
fn a_span_that_runs_backwards_is_not_read() {
    let mut value = json(&report(&context()));
    value["articles"][0]["body"][0] = serde_json::json!({"start": 9, "end": 3});
    let error = serde_json::from_value::<Report>(value).unwrap_err();
    assert!(error.to_string().contains("9..3"), "{error}");
}

#[test]
fn an_empty_id_and_a_language_that_is_no_code_are_not_read() {
    for (field, wrong, said) in [("id", "", "empty"), ("language", "French", "\"French\"")] {
        let mut value = json(&report(&context()));
        value["articles"][0][field] = serde_json::json!(wrong);
        let error = serde_json::from_value::<Report>(value).unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
    }
}

#[test]
fn words_are_shared_with_the_articles_and_not_copied() {
    let parts = parts();
    let report =
        Report::new(&parts.set, &parts.links, &parts.dispatches, &parts.stories, &context());
    let texts = report.links[0].passages[0].a.texts.as_ref().unwrap();
    let original = parts.set.articles()[0].original().as_bytes().as_ptr_range();
    assert!(texts.iter().all(|text| original.contains(&text.as_ptr())) && texts.len() > 1);
}

#[test]
fn pieces_slice_back_to_the_reported_texts_without_the_caption() {
    let side = &report(&context()).links[0].passages[0].a;
    let texts = side.texts.as_ref().unwrap();
    assert_eq!(side.pieces.len(), 2);
    for (piece, text) in side.pieces.iter().zip(texts) {
        assert_eq!(piece.slice(A), Some(text.as_str()));
        assert!(!text.contains("légende"), "{text}");
    }
    assert!(side.span.slice(A).unwrap().contains("légende"));
}

#[test]
fn a_report_without_texts_holds_no_word_of_a_body() {
    let report = report(&context().without_texts());
    let text = format!("{}{report}", json(&report));
    for word in ["cédé", "trois", "écoles", "préfet", "usure"] {
        assert!(!text.contains(word), "{word}");
    }
    assert!(text.contains("Un barrage cède à Vernoise"), "titles stay");
}

#[test]
fn numbers_are_rounded_to_a_millionth() {
    let report = report(&context());
    assert_eq!(report.links[0].explanation.resemblance, 0.333333);
    assert_eq!(report.links[0].explanation.figures.details_found, 0.666667);
    assert_eq!(report.links[0].explanation.figures.lede_edit, 4);
    assert_eq!(report.links[0].passages[0].evidence, 7.123457);
    assert_eq!(rounded(-1e-9).to_bits(), 0.0_f64.to_bits());
    assert_eq!(rounded(f64::NAN), 0.0);
}

#[test]
fn doubt_about_who_was_first_is_said() {
    let report = report(&context());
    let seen = &report.dispatches[0].earliest_seen;
    assert_eq!((seen.articles.len(), seen.certain), (2, false));
    assert_eq!(seen.earliest.unwrap().to_string(), "2026-03-02T06:00:00Z");
    assert_eq!(seen.latest.unwrap().to_string(), "2026-03-02T09:30:00Z");
    // An article without a date may have been first, but nothing makes that sure.
    let lone = &report.stories[1].earliest_seen;
    assert_eq!(
        (lone.articles.as_slice(), lone.certain),
        (&[ArticleId::new("c").unwrap()][..], false)
    );
    assert_eq!(lone.earliest, None);
}

#[test]
fn short_texts_undated_articles_and_compilations_are_listed() {
    let report = report(&context());
    let concerned = |code: &str| -> Vec<&str> {
        let notice = report.notices.iter().find(|notice| notice.code == code).unwrap();
        notice.articles.iter().map(String::as_str).collect()
    };
    assert_eq!(concerned("empty_texts"), ["d"]);
    assert_eq!(concerned("texts_below_shingle"), ["c"]);
    assert_eq!(concerned("short_texts"), ["a", "b"]);
    assert_eq!(concerned("undated"), ["c", "d"]);
    assert_eq!(concerned("compilations"), ["c"]);
    assert!(concerned("translations").is_empty() && concerned("not_compared").is_empty());
}

#[test]
fn the_summary_says_what_a_newcomer_asks() {
    let text = report(&context()).to_string();
    for part in [
        "4 articles in 3 stories (1 of several articles), 1 dispatch; shared text: 1 update; 1 not read",
        "STORY  Un barrage cède à Vernoise",
        "La Gazette de Sourlac, 2026-03-02 09:30 UTC, AFP",
        "earliest seen: may be a, b",
        "common source not in the collection",
        "breaks off after 25 % of the text",
        "another edition of a",
        "version 2 (12 words): 1 passage added, 1 passage removed; order not known",
        "picked up (AFP) by 1 publisher",
        "Presse des Ardelles: 1 article, 67 % of the text, edited, credited",
        "source, from the agency's own feed: b",
        "UPDATE a ~ b: 9 words in 1 passage",
        "edited: “Le barrage de Vernoise",
        "details differ: trois / deux",
        "vide.txt: holds no article",
        "translations are invisible",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(!text.to_lowercase().contains("original"), "{text}");
}

#[test]
fn one_more_of_a_long_list_is_one() {
    let failures = (0..21).map(|at| Failure::new(format!("{at}.txt"), "holds no article"));
    let text = report(&ReportContext::new()).with_failures(failures).to_string();
    assert!(text.contains("    … and 1 more failure\n"), "{text}");
    let mut report = report(&context());
    let seen = &mut report.stories[0].earliest_seen;
    seen.articles = ["a", "b", "c", "d"].map(|id| ArticleId::new(id).unwrap()).to_vec();
    seen.certain = false;
    let text = report.to_string();
    assert!(text.contains("earliest seen: may be a, b, c or 1 other\n"), "{text}");
}

#[test]
fn a_version_of_the_same_words_is_said_to_change_nothing() {
    let mut report = report(&context());
    let change = report.dispatches[0].versions.iter_mut().find_map(|it| it.change.as_mut());
    let change = change.unwrap();
    (change.added, change.removed) = (Vec::new(), Vec::new());
    let text = report.to_string();
    assert!(
        text.contains("version 2 (12 words): nothing added or removed; order not known"),
        "{text}"
    );
}

#[test]
fn a_dispatch_across_stories_is_shown() {
    let mut report = report(&context());
    let story = report.stories.iter().position(|story| story.articles.len() > 1).unwrap();
    let both = report.stories.remove(story);
    for id in &both.articles {
        report.stories.push(ReportedStory {
            key: id.clone(),
            articles: vec![id.clone()],
            ..both.clone()
        });
    }
    for article in &mut report.articles {
        article.story = Some(article.id.clone());
    }
    let text = report.to_string();
    assert!(text.contains("SHARED TEXT ACROSS STORIES\n  DISPATCH of 2 texts"), "{text}");
    assert!(text.find("earliest seen") < text.find("  UPDATE a ~ b"), "{text}");
}

#[test]
fn articles_of_no_known_publisher_are_counted_in_the_pick_up() {
    let mut report = report(&context());
    let publishers = &mut report.dispatches[0].pick_up.publishers;
    let unknown = Publisher::Unknown("x".to_owned());
    publishers.push(ReportedPublisher { publisher: unknown, ..publishers[0].clone() });
    let text = report.to_string();
    assert!(text.contains("picked up (AFP) by 1 publisher\n"), "{text}");
    assert!(text.contains("      of no known publisher: 1 article\n"), "{text}");
}

#[test]
fn what_holds_a_story_together_without_shared_text_is_said() {
    let mut report = report(&context());
    assert!(!report.to_string().contains("SAME STORY"));
    report.links.clear();
    let text = report.to_string();
    let story = report.stories.iter().find(|story| story.articles.len() > 1).unwrap();
    let told = text.lines().filter(|line| line.starts_with("  SAME STORY")).collect::<Vec<_>>();
    let (it, words) = (&story.evidence[0], story.evidence[0].words.join(", "));
    let expected = format!(
        "  SAME STORY {} ~ {}: similar by {:.0} %, mostly in {words}",
        it.article,
        it.nearest,
        it.similarity * 100.0
    );
    assert_eq!(told[0], expected);
}

#[test]
fn hours_that_a_date_leaves_open_are_explained_where_there_are_any() {
    let mut report = report(&context());
    let told = "“(±13 h)”: so far off the time may be";
    assert!(report.to_string().contains("(±12 h)") && report.to_string().contains(told));
    for article in &mut report.articles {
        article.published.latest = article.published.earliest;
    }
    assert!(!report.to_string().contains(told));
}

#[test]
fn an_article_is_in_one_group_of_each_granularity() {
    let report = report(&context());
    let keys = |id: &str| {
        let hierarchy = report.article(id).unwrap().hierarchy.clone();
        [hierarchy.event, hierarchy.story, hierarchy.topic].map(Option::unwrap)
    };
    assert_eq!(keys("b"), ["b", "a", "a"]);
    assert_eq!(keys("d"), ["d", "d", "a"]);
}

#[test]
fn failures_may_be_listed_later() {
    let late =
        report(&ReportContext::new()).with_failures([Failure::new("vide.txt", "holds no article")]);
    let early = report(&context());
    assert_eq!((late.failures, late.statistics), (early.failures, early.statistics));
}

#[test]
fn indices_that_do_not_exist_are_left_out() {
    let mut parts = parts();
    parts.dispatches.dispatches[0].anchor = 99;
    parts.dispatches.cut_edges[0].link = 7;
    parts.links.links[0].b = 50;
    parts.stories.stories[0].central = 77;
    let report =
        Report::new(&parts.set, &parts.links, &parts.dispatches, &parts.stories, &context());
    assert!(report.links.is_empty() && report.dispatches.is_empty());
    assert_eq!(report.stories.len(), 2);
    assert!(!report.to_string().is_empty());
}

#[test]
fn a_language_says_whether_the_caller_gave_it_or_the_texts_told_it() {
    let given = Language::FRENCH;
    let articles = [
        Article::new("a", "The bridge of Sourlac was opened again on Tuesday after long repairs.")
            .unwrap()
            .with_language(given),
        Article::new("b", "Die Brücke von Sourlac ist am Dienstag nach elf Monaten wieder offen.")
            .unwrap(),
        Article::new("c", "El puente de Sourlac volvió a abrirse el martes tras once meses.")
            .unwrap(),
        Article::new("d", "123 456").unwrap(),
    ];
    let set = ArticleSet::new(&articles, Default::default()).unwrap();
    let none = (Links::default(), Dispatches::default(), Stories::default());
    let report = Report::new(&set, &none.0, &none.1, &none.2, &context());
    let told = report
        .articles
        .iter()
        .map(|article| (article.language, article.language_read_from.as_ref()));
    let expected =
        [(Some("fr"), "caller"), (Some("de"), "text"), (Some("es"), "text"), (None, "nothing")]
            .map(|(code, read_from)| (code.and_then(Language::new), read_from));
    assert_eq!(told.collect::<Vec<_>>(), expected);
}
