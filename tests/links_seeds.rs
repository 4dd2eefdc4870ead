//! The seed corpus: every expected link and passage is found, and no pair of strangers is linked.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use wirecopy::links::{Link, LinkConfig, find_links};
use wirecopy::{ArticleSet, Span, page};

struct Seeds {
    expected: Value,
    links: BTreeMap<(String, String), Link>,
}

fn seeds() -> Seeds {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    let expected = std::fs::read_to_string(format!("{folder}/expected.json")).unwrap();
    let reading = page::read_dir(folder).unwrap();
    let set = ArticleSet::new(&reading.articles, Default::default()).unwrap();
    let id = |at: usize| set.articles()[at].id().to_string();
    let links = find_links(&set, &LinkConfig::default()).unwrap().links;
    let links = links.into_iter().map(|link| ((id(link.a), id(link.b)), link)).collect();
    Seeds { expected: serde_json::from_str(&expected).unwrap(), links }
}

fn pair(a: &Value, b: &Value) -> (String, String) {
    let (a, b) = (a.as_str().unwrap().to_owned(), b.as_str().unwrap().to_owned());
    if a < b { (a, b) } else { (b, a) }
}

#[test]
fn every_expected_link_is_found_and_no_other() {
    let seeds = seeds();
    let expected: BTreeSet<_> = seeds.expected["links"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| pair(&row["a"], &row["b"]))
        .collect();
    let optional: BTreeSet<_> = seeds.expected["optional"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| pair(&row[0], &row[1]))
        .collect();
    let found: BTreeSet<_> = seeds.links.keys().cloned().collect();
    let missing: Vec<_> = expected.difference(&found).collect();
    let unexpected: Vec<_> =
        found.difference(&expected).filter(|pair| !optional.contains(*pair)).collect();
    println!("{} expected, {} found", expected.len(), found.len());
    assert!(
        missing.is_empty() && unexpected.is_empty(),
        "missing {missing:#?} unexpected {unexpected:#?}"
    );
}

/// Half of its bytes on both sides, as the measure of passages has it.
#[test]
fn every_passage_that_must_be_found_is() {
    let seeds = seeds();
    let mut missed = Vec::new();
    let rows = seeds.expected["passages"].as_array().unwrap();
    for row in rows.iter().filter(|row| row["must"] == true) {
        let span = |bytes: &Value| {
            let at = |n: usize| bytes[n].as_u64().unwrap() as usize;
            Span::new(at(0), at(1)).unwrap()
        };
        let key = pair(&row["a"], &row["b"]);
        let swapped = row["a"] != key.0.as_str();
        let (gold_a, gold_b) = (span(&row["a_bytes"]), span(&row["b_bytes"]));
        let (mut bytes_a, mut bytes_b) = (0, 0);
        for passage in seeds.links.get(&key).map_or(&[][..], |link| &link.passages) {
            let (a, b) = if swapped { (&passage.b, &passage.a) } else { (&passage.a, &passage.b) };
            let common = |x: Span, y: Span| x.intersection(y).map_or(0, Span::len);
            // A passage counts where it is this one on both sides.
            if common(gold_a, a.span) > 0 && common(gold_b, b.span) > 0 {
                bytes_a += common(gold_a, a.span);
                bytes_b += common(gold_b, b.span);
            }
        }
        if 2 * bytes_a < gold_a.len() || 2 * bytes_b < gold_b.len() {
            missed.push((key, gold_a, gold_b, bytes_a, bytes_b));
        }
    }
    println!("{} passages", rows.len());
    assert!(missed.is_empty(), "{missed:#?}");
}
