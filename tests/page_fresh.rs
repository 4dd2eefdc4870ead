//! Pages that were written before the reader had answered on any of them, with what a reader of each expects.
//!
//! `tests/fresh` holds wire dumps, alerts by mail, exports, feeds, live blogs, texts wrapped at 72 columns or printed one
//! paragraph a line, in eight languages; `expected.json` says title, outlet, day and agency of each article. All names are
//! invented. What the first reading gave is in QUALITY.md; what is still wrong is listed here, so that a mend shows too.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use serde_json::Value;
use wirecopy::page::{CreditRole, Page, PageArticle, read_str};
use wirecopy::{DateEvidence, Timestamp};

/// Page, number of the article, and what is wrong of it.
const STILL_WRONG: [&str; 3] = [
    // The outlet stands below the title, and nothing says that it is one.
    "live_de#1: outlet",
    // The agency's own heading of its wire is taken for the name of a site.
    "wire_kyodo_ja#1: outlet",
    "wire_kyodo_ja#2: outlet",
];

fn file(name: &str) -> String {
    let path = format!("{}/tests/fresh/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

fn day(article: &PageArticle) -> Option<Timestamp> {
    let evidence = article.published.evidence();
    let told = matches!(evidence, DateEvidence::PublicationLine(_) | DateEvidence::RunningText(_));
    let clock = article.published.printed_clock().filter(|_| told)?;
    Some(clock.plus_seconds(-clock.unix_seconds().rem_euclid(86_400)))
}

fn wrong_fields(page: &Page, article: &PageArticle, expected: &Value) -> Vec<&'static str> {
    let slice = |span: Option<wirecopy::Span>| span.and_then(|span| span.slice(page.text()));
    let title = slice(article.title).unwrap_or_default();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = |field: &str| expected[field].as_str();
    let expected_title: Vec<&str> = told("title").unwrap().split_whitespace().collect();
    let expected_day =
        told("day").map(|day| Timestamp::parse(&format!("{day}T00:00:00Z")).unwrap());
    let mut agencies: Vec<String> = article
        .credits
        .iter()
        .filter(|credit| credit.role == CreditRole::Text)
        .map(|credit| credit.agency.to_string())
        .collect();
    agencies.dedup();
    let fields = [
        ("title", title == expected_title.join(" ")),
        ("outlet", slice(article.outlet) == told("outlet")),
        ("day", day(article) == expected_day),
        ("agency", agencies == Vec::from_iter(told("agency"))),
    ];
    fields.iter().filter(|(_, right)| !right).map(|&(field, _)| field).collect()
}

#[test]
fn each_page_gives_its_articles_with_title_outlet_day_and_agency() {
    let pages: Value = serde_json::from_str(&file("expected.json")).unwrap();
    let pages = pages.as_object().unwrap();
    assert_eq!(pages.len(), 37);
    let mut wrong: Vec<String> = Vec::new();
    for (name, expected) in pages {
        let expected = expected.as_array().unwrap();
        let page = read_str(name.as_str(), file(&format!("{name}.txt")));
        let titles: Vec<&str> = page
            .articles()
            .iter()
            .map(|it| it.title.and_then(|span| span.slice(page.text())).unwrap_or("-"))
            .collect();
        assert_eq!(titles.len(), expected.len(), "{name}: {titles:?}");
        for (number, (article, expected)) in page.articles().iter().zip(expected).enumerate() {
            let fields = wrong_fields(&page, article, expected);
            wrong.extend(fields.iter().map(|field| format!("{name}#{}: {field}", number + 1)));
        }
    }
    assert_eq!(wrong, STILL_WRONG);
}
