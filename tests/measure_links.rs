//! Measurements on labelled press texts, which are not part of the project: they run where
//! `WIRECOPY_DATA` names the folder that holds them, and say so and pass where it does not.
//!
//! `WIRECOPY_DATA=… cargo test --release --test measure_links -- --ignored --nocapture`
#![expect(
    clippy::unwrap_used,
    reason = "a measurement that cannot read its data has nothing to say"
)]

mod labelled;

use labelled::{CORPORA, Linked, data, half, rows, share, text};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use wirecopy::links::{Link, LinkConfig, LinkKind, Passage, find_links};
use wirecopy::{Article, ArticleSet, Span};

/// A pair that readers have judged.
struct Judged {
    set: &'static str,
    corpus: String,
    a: String,
    b: String,
    /// The kind, and the others that count as right.
    kinds: Vec<String>,
}

impl Judged {
    fn is_any(&self, kinds: &[&str]) -> bool {
        self.kinds.first().is_some_and(|kind| kinds.contains(&kind.as_str()))
    }

    fn may_be_any(&self, kinds: &[&str]) -> bool {
        self.kinds.iter().any(|kind| kinds.contains(&kind.as_str()))
    }
}

fn judged() -> Vec<Judged> {
    let mut judged = Vec::new();
    for row in rows("pairs.jsonl") {
        let also = row["also"].as_array().unwrap().iter().map(text);
        let kinds = std::iter::once(text(&row["kind"])).chain(also).collect();
        let (corpus, a, b) = (text(&row["corpus"]), text(&row["a"]), text(&row["b"]));
        judged.push(Judged { set: "pairs", corpus, a, b, kinds });
    }
    for row in rows("gilets_jaunes_fr.pairs.jsonl") {
        let (corpus, a, b) = (CORPORA[0].to_owned(), text(&row["a"]), text(&row["b"]));
        judged.push(Judged { set: "gilets", corpus, a, b, kinds: vec![text(&row["label"])] });
    }
    judged
}

const COPY: [&str; 2] = ["copy", "update"];
const REUSE: [&str; 3] = ["copy", "update", "partial"];

fn evidence(link: &Link) -> f64 {
    link.passages.iter().map(|passage| passage.evidence).sum()
}

/// Precision and recall of those `chosen` as any of `kinds`.
fn score<'j>(pairs: &[&'j Judged], kinds: &[&str], chosen: impl Fn(&'j Judged) -> bool) -> String {
    let found: Vec<&&Judged> = pairs.iter().filter(|pair| chosen(pair)).collect();
    let right = found.iter().filter(|pair| pair.may_be_any(kinds)).count();
    let gold: Vec<&&Judged> = pairs.iter().filter(|pair| pair.is_any(kinds)).collect();
    let kept = gold.iter().filter(|pair| chosen(pair)).count();
    let (precision, recall) = (share(right, found.len()), share(kept, gold.len()));
    format!("precision {precision}, recall {recall}")
}

/// What candidates, alignment and evidence make of judged pairs, before any kind is told from
/// another.
#[test]
#[ignore = "needs the labelled data"]
fn judged_pairs() {
    if data().is_none() {
        return;
    }
    let everything = LinkConfig::default().with_min_evidence(0.0).unwrap();
    let everything = everything.with_min_passage_evidence(0.0).unwrap();
    let link_all = |name: &&'static str| (*name, Linked::find(name, &everything));
    let all: BTreeMap<&str, Linked> = CORPORA.iter().map(link_all).collect();
    let judged = judged();
    let link = |pair: &Judged| all[pair.corpus.as_str()].link(&pair.a, &pair.b);
    for (name, side) in [("pairs", 0), ("pairs", 1), ("gilets", 0), ("gilets", 1)] {
        println!("-- {name}, half {side}");
        let pairs: Vec<&Judged> =
            judged.iter().filter(|j| j.set == name && half(&j.a, &j.b) == side).collect();
        for kind in
            ["copy", "update", "partial", "background", "quotation", "minor", "series", "none"]
        {
            let of: Vec<&&Judged> = pairs.iter().filter(|pair| pair.is_any(&[kind])).collect();
            let aligned = of.iter().filter(|pair| link(pair).is_some()).count();
            let counts = [2.0, 4.0, 6.0].map(|least| {
                of.iter().filter(|pair| link(pair).is_some_and(|l| evidence(l) >= least)).count()
            });
            println!("{kind}: aligned {}, E ≥ 2, 4, 6: {counts:?}", share(aligned, of.len()));
        }
        for least in [2.0, 3.0, 4.0, 5.0, 6.0, 8.0] {
            let chosen = |pair: &Judged| link(pair).is_some_and(|l| evidence(l) >= least);
            println!("reuse at E ≥ {least}: {}", score(&pairs, &REUSE, chosen));
        }
        for least in [0.3, 0.4, 0.5, 0.6] {
            let chosen = |pair: &Judged| {
                link(pair).is_some_and(|l| {
                    l.explanation.containment_a.max(l.explanation.containment_b) >= least
                })
            };
            println!("copy at containment ≥ {least}: {}", score(&pairs, &COPY, chosen));
        }
    }
}

/// The articles of the five labelled pages, by their labelled lines without the labelled furniture.
fn labelled_pages(labels: &Value) -> Vec<Article> {
    let folder = data().unwrap().join("seeds");
    labels["articles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let file = row["file"].as_str().unwrap();
            let page = std::fs::read_to_string(folder.join(file)).unwrap();
            let mut furniture = BTreeSet::new();
            for row in labels["furniture"].as_array().unwrap() {
                if row["file"] == file {
                    furniture
                        .extend(row["lines"].as_array().unwrap().iter().filter_map(Value::as_u64));
                }
            }
            let (first, last) =
                (row["start_line"].as_u64().unwrap(), row["end_line"].as_u64().unwrap());
            let mut at = 0;
            let mut body = Vec::new();
            for (line, text) in (1u64..).zip(page.split('\n')) {
                // The title is no body.
                if line > first && line <= last && !furniture.contains(&line) && !text.is_empty() {
                    body.push(Span::new(at, at + text.len()).unwrap());
                }
                at += text.len() + 1;
            }
            Article::from_spans(row["id"].as_str().unwrap(), page.clone(), body).unwrap()
        })
        .collect()
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| {
            w.to_lowercase()
                .chars()
                .map(|c| match c {
                    'à' | 'â' | 'ä' | 'á' => 'a',
                    'é' | 'è' | 'ê' | 'ë' => 'e',
                    'î' | 'ï' | 'í' => 'i',
                    'ô' | 'ö' | 'ó' => 'o',
                    'ù' | 'û' | 'ü' | 'ú' => 'u',
                    'ç' => 'c',
                    c => c,
                })
                .collect::<String>()
                .replace('œ', "oe")
        })
        .collect()
}

/// How many words of `gold` stand in `found`, in any order: enough to tell which passage is which.
fn covered(gold: &str, found: &str) -> (usize, usize) {
    let gold = words(gold);
    let mut bag: BTreeMap<String, usize> = BTreeMap::new();
    for word in words(found) {
        *bag.entry(word).or_default() += 1;
    }
    let mut hits = 0;
    for word in &gold {
        if let Some(left) = bag.get_mut(word).filter(|left| **left > 0) {
            *left -= 1;
            hits += 1;
        }
    }
    (hits, gold.len())
}

/// The labelled rows (by index) that a passage is: half of the labelled or of the found words agree
/// on both sides.
fn rows_of(gold: &[Value], set: &ArticleSet, link: &Link, passage: &Passage) -> Vec<usize> {
    let side = |id: &Value| {
        let (at, span) = if set.articles()[link.a].id().as_str() == id {
            (link.a, passage.a.span)
        } else {
            (link.b, passage.b.span)
        };
        let article = &set.articles()[at];
        let said = article.body_within(span).collect::<Vec<_>>().join(" ");
        (article.id().as_str() == id).then_some(said)
    };
    let half = |labelled: &Value, said: &str| {
        let (hits, of) = covered(labelled.as_str().unwrap(), said);
        2 * hits >= of || 2 * hits >= words(said).len()
    };
    let agrees = |row: &Value| {
        let (Some(a), Some(b)) = (side(&row["a"]), side(&row["b"])) else { return false };
        half(&row["a_text"], &a) && half(&row["b_text"], &b)
    };
    (0..gold.len()).filter(|&at| agrees(&gold[at])).collect()
}

#[test]
#[ignore = "needs the labelled data"]
fn labelled_passages() {
    let Some(folder) = data() else { return };
    let labels = std::fs::read_to_string(folder.join("seeds_labels.json")).unwrap();
    let labels: Value = serde_json::from_str(&labels).unwrap();
    let set = ArticleSet::new(&labelled_pages(&labels), Default::default()).unwrap();
    let gold = labels["reuse"].as_array().unwrap();
    let must = gold.iter().filter(|row| row["kind"] == "reuse").count();
    for least in [2.0, 4.0, 6.0] {
        let config = LinkConfig::default().with_min_evidence(least).unwrap();
        let links = find_links(&set, &config).unwrap().links;
        let mut found = BTreeSet::new();
        let mut passages: BTreeMap<&str, usize> = BTreeMap::new();
        for (link, passage) in links.iter().flat_map(|l| l.passages.iter().map(move |p| (l, p))) {
            let rows = rows_of(gold, &set, link, passage);
            let is = |kind: &&str| rows.iter().any(|&at| gold[at]["kind"] == *kind);
            let kind = ["reuse", "optional", "incidental"].into_iter().find(is).unwrap_or("wrong");
            *passages.entry(kind).or_default() += 1;
            found.extend(rows.into_iter().filter(|&at| gold[at]["kind"] == "reuse"));
        }
        let recall = share(found.len(), must);
        println!("link E ≥ {least}: {} links, passages {passages:?}, found {recall}", links.len());
    }
}

#[test]
#[ignore = "needs the labelled data"]
fn whole_corpora() {
    if data().is_none() {
        return;
    }
    Linked::find("gilets_jaunes_fr", &LinkConfig::default());
    let all = Linked::find("orangesum_fr", &LinkConfig::default());
    let mut by_kind: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    for group in rows("orangesum_fr.dup_groups.jsonl") {
        let ids: Vec<&str> =
            group["ids"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let counts = by_kind.entry(group["kind"].as_str().unwrap().to_owned()).or_default();
        for (at, a) in ids.iter().enumerate() {
            for b in &ids[at + 1..] {
                counts.0 += 1;
                counts.1 += usize::from(all.link(a, b).is_some());
                counts.2 += usize::from(all.link(a, b).is_some_and(|l| l.kind == LinkKind::Copy));
            }
        }
    }
    println!("duplicate groups, pairs / linked / as copy: {by_kind:?}");
}
