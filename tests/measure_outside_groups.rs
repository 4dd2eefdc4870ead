//! Links of kind copy or update outside the labelled groups of `orangesum_fr`: a fixed sample, and
//! how many of it readers found right. Needs the labelled data, see `measure_kinds`.
//!
//! `WIRECOPY_DATA=… cargo test --release --test measure_outside_groups -- --ignored --nocapture`;
//! `WIRECOPY_SAMPLE=FILE` writes the sampled pairs with their figures, by ids alone.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod labelled;

use labelled::{Linked, data, rows, share, text};
use std::collections::{BTreeMap, BTreeSet};
use wirecopy::links::{LinkConfig, LinkKind};

/// Pairs of the sample.
const SAMPLED: usize = 200;

/// What readers said of sampled pairs: `a`, `b`, `right`, the kind or kinds that are right, and
/// `second`, those that another reader called right.
const JUDGED: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/examples/evaluate/judged/outside_groups.jsonl");

/// FNV-1a of both ids: the order of the sample, which depends on nothing that was found.
fn rank(a: &str, b: &str) -> u64 {
    [a, " ", b].concat().bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Pairs that some label speaks of: of one group, or judged already.
fn labelled_pairs() -> BTreeSet<(String, String)> {
    let mut pairs = BTreeSet::new();
    for group in rows("orangesum_fr.dup_groups.jsonl") {
        let ids: Vec<String> = group["ids"].as_array().unwrap().iter().map(text).collect();
        for a in &ids {
            pairs.extend(ids.iter().map(|b| (a.clone(), b.clone())));
        }
    }
    let judged = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/evaluate/judged/pairs.jsonl");
    let judged = std::fs::read_to_string(judged).unwrap();
    let judged = judged.lines().map(|line| serde_json::from_str(line).unwrap());
    for row in rows("pairs.jsonl").into_iter().chain(judged) {
        let (a, b) = (text(&row["a"]), text(&row["b"]));
        pairs.extend([(b.clone(), a.clone()), (a, b)]);
    }
    pairs
}

#[test]
#[ignore = "needs the labelled data"]
fn copies_and_updates_outside_the_labelled_groups() {
    if data().is_none() {
        return;
    }
    let corpus = Linked::find("orangesum_fr", &LinkConfig::default());
    let labelled = labelled_pairs();
    let id = |at: usize| corpus.set.articles()[at].id().as_str().to_owned();
    let mut outside: Vec<_> = (corpus.links.links.iter())
        .filter(|link| link.kind.makes_dispatches())
        .map(|link| ((id(link.a), id(link.b)), link))
        .filter(|(pair, _)| !labelled.contains(pair))
        .collect();
    let copies = outside.iter().filter(|(_, link)| link.kind == LinkKind::Copy).count();
    println!("outside the groups: {} links, {copies} of them copies", outside.len());
    outside.sort_by_key(|((a, b), _)| rank(a, b));
    outside.truncate(SAMPLED);
    if let Some(file) = std::env::var_os("WIRECOPY_SAMPLE") {
        let line = |((a, b), link): &((String, String), &wirecopy::links::Link)| {
            let figures = &link.explanation;
            let row = serde_json::json!({
                "a": a, "b": b, "kind": link.kind.to_string(), "rule": figures.rule,
                "containment_a": figures.containment_a, "containment_b": figures.containment_b,
                "date_distance": figures.date_distance, "evidence": link.evidence(),
            });
            format!("{row}\n")
        };
        std::fs::write(file, outside.iter().map(line).collect::<String>()).unwrap();
    }
    let judged = judged();
    println!(
        "judged {} of {}",
        outside.iter().filter(|(it, _)| judged.contains_key(it)).count(),
        outside.len()
    );
    // The kinds are fitted on half 0, links that are called something else now among them.
    for half in [0, 1] {
        for reader in [Reader::First, Reader::Second, Reader::Either] {
            let of_half = judged.iter().filter(|((a, b), _)| labelled::half(a, b) == half);
            let read: Vec<_> = of_half
                .filter_map(|((a, b), by)| {
                    let kind = corpus.link(a, b).map(|link| link.kind);
                    Some((kind, by.accepted(reader)?))
                })
                .collect();
            report(&format!("half {half}, {reader:?} reader"), &read);
        }
    }
}

/// Whose judgement counts.
#[derive(Clone, Copy, Debug)]
enum Reader {
    /// Who saw the kind that a build had found.
    First,
    /// Who saw the texts alone, of the links that both read.
    Second,
    /// Either of the two, of the links that both read.
    Either,
}

/// The kinds that two readers accept, each reader's better one first.
struct Judgement {
    first: Vec<String>,
    second: Option<Vec<String>>,
}

impl Judgement {
    fn accepted(&self, reader: Reader) -> Option<Vec<String>> {
        match reader {
            Reader::First => Some(self.first.clone()),
            Reader::Second => self.second.clone(),
            Reader::Either => Some([self.first.as_slice(), self.second.as_deref()?].concat()),
        }
    }
}

fn judged() -> BTreeMap<(String, String), Judgement> {
    let kinds =
        |row: &serde_json::Value| row.as_array().map(|kinds| kinds.iter().map(text).collect());
    std::fs::read_to_string(JUDGED)
        .unwrap_or_default()
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|row| {
            let by =
                Judgement { first: kinds(&row["right"]).unwrap(), second: kinds(&row["second"]) };
            ((text(&row["a"]), text(&row["b"])), by)
        })
        .collect()
}

fn report(name: &str, found: &[(Option<LinkKind>, Vec<String>)]) {
    let holds =
        |right: &[String], kinds: &[&str]| kinds.iter().any(|k| right.iter().any(|r| r == k));
    let count = |test: &dyn Fn(LinkKind, &[String]) -> bool| {
        let hits = found.iter().filter(|(kind, right)| kind.is_some_and(|kind| test(kind, right)));
        share(hits.count(), found.len())
    };
    println!("{name}: {} links judged by eye", found.len());
    println!(
        "the found kind is right: {}",
        count(&|kind, right| holds(right, &[&kind.to_string()]))
    );
    println!(
        "copy or update, as judged or not as judged: {}",
        count(&|kind, right| right
            .iter()
            .any(|right| kind.makes_dispatches() == ["copy", "update"].contains(&right.as_str())))
    );
    for version in [LinkKind::Copy, LinkKind::Update] {
        let of: Vec<_> = found.iter().filter(|(kind, _)| *kind == Some(version)).collect();
        let hits = of.iter().filter(|(_, right)| holds(right, &[&version.to_string()])).count();
        println!("found {version}: {}", share(hits, of.len()));
    }
    let mut table: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for (kind, right) in found {
        let kind = kind.map_or("none".to_owned(), |kind| kind.to_string());
        *table.entry((kind, &right[0])).or_default() += 1;
    }
    println!("found, judged: {table:?}");
}
