//! The kinds and attributes that `seeds/expected.json` asks for, on the articles as it cuts them.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use wirecopy::links::{Link, LinkConfig, find_links};
use wirecopy::{Article, ArticleSet, Published, Span, Timestamp};

/// The folder of the seeds: the repository's, or where `WIRECOPY_SEEDS` says.
fn folder() -> Option<PathBuf> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let folder = std::env::var_os("WIRECOPY_SEEDS").map_or(here, PathBuf::from);
    if !folder.join("expected.json").exists() {
        println!("{} holds no expected.json: nothing tested", folder.display());
        return None;
    }
    Some(folder)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn instant(value: &Value) -> Option<Timestamp> {
    value.as_str().map(|text| Timestamp::parse(text).unwrap())
}

/// The article of a row: its lines without title and furniture.
fn article(folder: &std::path::Path, row: &Value, furniture: &BTreeSet<u64>) -> Article {
    let id = text(&row["id"]);
    let file = id.split('#').next().unwrap();
    let page = std::fs::read_to_string(folder.join(file)).unwrap();
    let lines = row["start_line"].as_u64().unwrap()..=row["end_line"].as_u64().unwrap();
    let title_line = row["title_line"].as_u64();
    let (mut at, mut body) = (0, Vec::new());
    for (line, said) in (1u64..).zip(page.split('\n')) {
        let is_body =
            lines.contains(&line) && Some(line) != title_line && !furniture.contains(&line);
        if is_body && !said.trim().is_empty() {
            body.push(Span::new(at, at + said.len()).unwrap());
        }
        at += said.len() + 1;
    }
    let mut article = Article::from_spans(id, page, body).unwrap();
    if let Some(title) = row["title"].as_str() {
        article = article.with_title(title);
    }
    let published = &row["published"];
    match instant(&published["instant"]) {
        Some(instant) => article.with_published(Published::at(instant)),
        None => article.with_published(
            Published::between(instant(&published["earliest"]), instant(&published["latest"]))
                .unwrap(),
        ),
    }
}

fn articles(folder: &std::path::Path, expected: &Value) -> Vec<Article> {
    let mut furniture: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for row in expected["furniture"].as_array().unwrap() {
        for range in row["lines"].as_array().unwrap() {
            let lines = range[0].as_u64().unwrap()..=range[1].as_u64().unwrap();
            furniture.entry(text(&row["file"])).or_default().extend(lines);
        }
    }
    let rows = expected["articles"].as_array().unwrap().iter();
    rows.map(|row| {
        let file = text(&row["id"]).split('#').next().unwrap();
        article(folder, row, furniture.entry(file).or_default())
    })
    .collect()
}

fn kind(link: &Link) -> String {
    text(&serde_json::to_value(link.kind).unwrap()).to_owned()
}

#[test]
fn links_of_the_seeds_have_their_kinds_and_attributes() {
    let Some(folder) = folder() else { return };
    let expected = std::fs::read_to_string(folder.join("expected.json")).unwrap();
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let set = ArticleSet::new(&articles(&folder, &expected), Default::default()).unwrap();
    let links = find_links(&set, &LinkConfig::default()).unwrap().links;
    let id = |at: usize| set.articles()[at].id().as_str().to_owned();
    let mut found: BTreeMap<(String, String), &Link> =
        links.iter().map(|link| ((id(link.a), id(link.b)), link)).collect();
    let mut wrong = Vec::new();
    let rows = expected["links"].as_array().unwrap();
    for row in rows {
        let pair = (text(&row["a"]).to_owned(), text(&row["b"]).to_owned());
        let Some(link) = found.remove(&pair) else {
            wrong.push(format!("{pair:?}: no link, expected {}", row["kind"]));
            continue;
        };
        let kind = kind(link);
        let also = row["also"].as_array().unwrap();
        if row["kind"] != kind.as_str() && !also.iter().any(|other| other == kind.as_str()) {
            let expected = &row["kind"];
            wrong.push(format!(
                "{pair:?}: {kind} by {}, expected {expected}",
                link.explanation.rule
            ));
        }
        let asked = |name: &str| row["attributes"].as_array().unwrap().iter().any(|a| a == name);
        for (name, has) in [
            ("truncated", link.attributes.truncated),
            ("withdraws", link.attributes.withdraws.is_some()),
            ("conflicts", !link.attributes.conflicts.is_empty() || !asked("conflicts")),
        ] {
            if has != (asked(name) || name == "conflicts") {
                wrong.push(format!("{pair:?}: {name} is {has}"));
            }
        }
    }
    let optional: BTreeSet<(String, String)> = (expected["optional"].as_array().unwrap().iter())
        .map(|row| (text(&row[0]).to_owned(), text(&row[1]).to_owned()))
        .collect();
    for (pair, link) in found {
        let kind = kind(link);
        if ["copy", "update", "partial"].contains(&kind.as_str()) && !optional.contains(&pair) {
            wrong.push(format!("{pair:?}: {kind} by {}, expected no reuse", link.explanation.rule));
        }
    }
    println!(
        "{} links asked for, {} traps, {} wrong",
        rows.len(),
        expected["unlinked"].as_array().unwrap().len(),
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
