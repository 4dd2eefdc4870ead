//! The kinds of links on labelled press texts, which are not part of the project: they run where
//! `WIRECOPY_DATA` names the folder that holds them, and say so and pass where it does not.
//!
//! `WIRECOPY_DATA=… cargo test --release --test measure_kinds -- --ignored --nocapture`;
//! `WIRECOPY_LIST=1` lists the wrong answers of half 0 with their figures. The rules' thresholds
//! were chosen on half 0: look at no pair of the other.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod labelled;

use labelled::{CORPORA, Linked, data, half, rows, share, text};
use std::collections::{BTreeMap, BTreeSet};
use wirecopy::links::LinkConfig;

const KINDS: [&str; 7] = ["copy", "update", "partial", "background", "series", "quotation", "none"];

fn kind(linked: &Linked, a: &str, b: &str) -> String {
    linked.link(a, b).map_or("none".into(), |link| text(&serde_json::to_value(link.kind).unwrap()))
}

/// A judged pair and what was found: the kinds that are right (the first is the gold one), and the
/// found kind.
struct Judged {
    right: Vec<String>,
    found: String,
    rule: &'static str,
}

fn report(name: &str, judged: &[&Judged]) {
    println!("-- {name}: {} pairs", judged.len());
    for (what, kinds) in [("copy", &KINDS[..2]), ("reuse", &KINDS[..3])] {
        let holds = |kind: &String| kinds.contains(&kind.as_str());
        let found = judged.iter().filter(|j| holds(&j.found));
        let precise = found.clone().filter(|j| j.right.iter().any(holds)).count();
        let gold = judged.iter().filter(|j| holds(&j.right[0]));
        let recalled =
            gold.clone().filter(|j| holds(&j.found) || j.right.contains(&j.found)).count();
        let (found, gold) = (found.count(), gold.count());
        let (p, r) = (precise as f64 / found as f64, recalled as f64 / gold as f64);
        println!(
            "{what}: precision {}, recall {}, F1 {:.3}",
            share(precise, found),
            share(recalled, gold),
            2.0 * p * r / (p + r)
        );
    }
    let right = judged.iter().filter(|j| j.right.contains(&j.found)).count();
    println!("kinds: {}", share(right, judged.len()));
    let mut rules: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for j in judged {
        let (right, of) = rules.entry(j.rule).or_default();
        *right += usize::from(j.right.contains(&j.found));
        *of += 1;
    }
    println!("right by rule: {rules:?}");
    let gold: BTreeSet<&str> = judged.iter().map(|j| j.right[0].as_str()).collect();
    println!("gold \\ found   {}", KINDS.map(|kind| format!("{kind:>10}")).join(" "));
    for gold in gold {
        let count = |kind: &str| {
            judged.iter().filter(|j| j.right[0] == gold && j.found == kind).count().to_string()
        };
        println!("{gold:<14}{}", KINDS.map(|kind| format!("{:>11}", count(kind))).join(""));
    }
}

/// A pair that readers have judged.
struct JudgedPair {
    set: &'static str,
    corpus: &'static str,
    a: String,
    b: String,
    /// The kinds that are right, the judged one first.
    right: Vec<String>,
}

/// Where the pairs judged for this project stand: ids and kinds alone.
const FURTHER_PAIRS: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/examples/evaluate/judged/pairs.jsonl");

/// The collection that an article is of.
fn of_prefix(id: &str) -> &'static str {
    match id.get(..2) {
        Some("gj") => CORPORA[0],
        Some("os") => CORPORA[1],
        _ => CORPORA[2],
    }
}

fn judged_pairs() -> Vec<JudgedPair> {
    let mut judged = Vec::new();
    let mut add = |set, row: &serde_json::Value, right: Vec<String>| {
        let (a, b) = (text(&row["a"]), text(&row["b"]));
        judged.push(JudgedPair { set, corpus: of_prefix(&a), a, b, right });
    };
    let further = std::env::var("WIRECOPY_JUDGED").unwrap_or_else(|_| FURTHER_PAIRS.into());
    let further = std::fs::read_to_string(further).unwrap_or_default();
    let further: Vec<serde_json::Value> =
        further.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let given = rows("pairs.jsonl");
    let (second, first): (Vec<_>, Vec<_>) =
        further.into_iter().partition(|row| row.get("draw").is_some());
    for (set, rows) in [("pairs", &given), ("further", &first), ("further, second draw", &second)] {
        for row in rows {
            let mut right = vec![text(&row["kind"])];
            right.extend(row["also"].as_array().into_iter().flatten().map(text));
            add(set, row, right);
        }
    }
    for row in rows("gilets_jaunes_fr.pairs.jsonl") {
        let right = match row["label"].as_str().unwrap() {
            "minor" => vec!["background".to_owned(), "quotation".to_owned()],
            // This set calls every version a copy.
            "copy" => vec!["copy".to_owned(), "update".to_owned()],
            kind => vec![kind.to_owned()],
        };
        add("gilets", &row, right);
    }
    judged
}

#[test]
#[ignore = "needs the labelled data"]
fn kinds_of_judged_pairs_and_duplicate_groups() {
    if data().is_none() {
        return;
    }
    let corpora: BTreeMap<&str, Linked> =
        CORPORA.iter().map(|name| (*name, Linked::find(name, &LinkConfig::default()))).collect();
    let mut halves: BTreeMap<String, Vec<Judged>> = BTreeMap::new();
    let mut judge = |set: &str, corpus: &str, a: &str, b: &str, right: Vec<String>| {
        let found = kind(&corpora[corpus], a, b);
        if std::env::var_os("WIRECOPY_LIST").is_some() && half(a, b) == 0 && !right.contains(&found)
        {
            let figures = corpora[corpus].link(a, b).map(|link| &link.explanation);
            println!("{set} {a} {b} {right:?} found {found}: {figures:?}");
        }
        let rule = corpora[corpus].link(a, b).map_or("none", |link| link.explanation.rule);
        let name = format!("{set}, half {}", half(a, b));
        halves.entry(name).or_default().push(Judged { right, found, rule });
    };
    for pair in judged_pairs() {
        judge(pair.set, pair.corpus, &pair.a, &pair.b, pair.right);
    }
    for (name, judged) in &halves {
        report(name, &judged.iter().collect::<Vec<_>>());
    }
    duplicate_groups(&corpora["orangesum_fr"]);
    for (name, corpus) in &corpora {
        let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
        for link in &corpus.links.links {
            *rules.entry(link.explanation.rule).or_default() += 1;
        }
        println!("{name}: links by rule {rules:?}");
    }
}

fn duplicate_groups(corpus: &Linked) {
    let mut counts: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for group in rows("orangesum_fr.dup_groups.jsonl") {
        let ids: Vec<String> = group["ids"].as_array().unwrap().iter().map(text).collect();
        let label = text(&group["kind"]);
        for (at, a) in ids.iter().enumerate() {
            for b in &ids[at + 1..] {
                let found = kind(corpus, a, b);
                if std::env::var_os("WIRECOPY_LIST").is_some()
                    && (label == "same_title_or_heading_only")
                        == ["copy", "update"].contains(&found.as_str())
                {
                    let figures = corpus.link(a, b).map(|link| &link.explanation);
                    println!("{label} {a} {b} found {found}: {figures:?}");
                }
                *counts.entry(label.clone()).or_default().entry(found).or_default() += 1;
            }
        }
    }
    for (kind, found) in counts {
        let of = found.values().sum();
        let copies = ["copy", "update"].iter().filter_map(|kind| found.get(*kind)).sum();
        println!("duplicate groups, {kind}: copy or update {}, {found:?}", share(copies, of));
    }
}

/// Links that a build had found, judged by eye: those of `orangesum_fr` outside its groups called copy
/// or update, and others of half 0 alone, of the three collections and of four kinds.
fn judged_by_eye() -> Vec<JudgedPair> {
    let mut judged = Vec::new();
    for (set, name) in [("outside", "outside_groups.jsonl"), ("found", "found_links.jsonl")] {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/evaluate/judged/");
        let rows = std::fs::read_to_string(format!("{folder}{name}")).unwrap();
        for row in rows.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        {
            let (a, b) = (text(&row["a"]), text(&row["b"]));
            let right = row["right"].as_array().unwrap().iter().map(text).collect();
            judged.push(JudgedPair { set, corpus: of_prefix(&a), a, b, right });
        }
    }
    judged
}

/// The judged pairs as rows of figures, for the script that fits the learned decision
/// (`examples/evaluate/fit_kinds.py`): ids, judgement, half and numbers, no text. Pairs under every
/// threshold on evidence are rows too, as long as anything of them is aligned.
///
/// `WIRECOPY_ROWS=FILE WIRECOPY_DATA=… cargo test --release --test measure_kinds rows -- --ignored`
#[test]
#[ignore = "needs the labelled data"]
fn rows_of_judged_pairs() {
    let (Some(_), Some(file)) = (data(), std::env::var_os("WIRECOPY_ROWS")) else { return };
    let everything = LinkConfig::default().with_min_evidence(0.0).unwrap();
    let weaker = everything.clone().with_min_passage_evidence(0.0).unwrap();
    let mut lines = String::new();
    for corpus in CORPORA {
        let decided = Linked::find(corpus, &LinkConfig::default());
        let linked = Linked::find(corpus, &everything);
        let weakest = Linked::find(corpus, &weaker);
        let all = judged_pairs().into_iter().chain(judged_by_eye());
        for pair in all.filter(|pair| pair.corpus == corpus) {
            let (a, b) = (&pair.a, &pair.b);
            let link = linked.link(a, b).or_else(|| weakest.link(a, b));
            let measures: Option<Vec<(&str, f64)>> =
                link.map(|link| link.explanation.measures().collect());
            let row = serde_json::json!({
                "set": pair.set, "corpus": corpus, "a": a, "b": b, "half": half(a, b), "right": pair.right,
                "decided": kind(&decided, a, b),
                "rule": link.map(|link| link.explanation.rule),
                "evidence": link.map_or(0.0, |link| link.passages.iter().map(|it| it.evidence).sum()),
                "measures": measures,
            });
            lines.push_str(&format!("{row}\n"));
        }
    }
    std::fs::write(file, lines).unwrap();
}
