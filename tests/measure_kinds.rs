//! The kinds of links on labelled press texts, which are not part of the project: they run where
//! `WIRECOPY_DATA` names the folder that holds them, and say so and pass where it does not.
//!
//! `WIRECOPY_DATA=… cargo test --release --test measure_kinds -- --ignored --nocapture`;
//! `WIRECOPY_LIST=1` lists the wrong answers of half 0 with their figures. The rules' thresholds
//! were chosen on half 0: look at no pair of the other.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;
use wirecopy::links::{Link, LinkConfig, Links, find_links};
use wirecopy::{Article, ArticleSet, Published, Timestamp};

const CORPORA: [&str; 3] = ["gilets_jaunes_fr", "orangesum_fr", "reuters21578"];
const KINDS: [&str; 7] = ["copy", "update", "partial", "background", "series", "quotation", "none"];

fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("WIRECOPY_DATA").map(PathBuf::from);
    if folder.is_none() {
        println!("WIRECOPY_DATA is not set: nothing measured");
    }
    folder
}

fn rows(name: &str) -> Vec<Value> {
    let path = data().unwrap().join(name);
    let text = if name.ends_with(".gz") {
        let output = Command::new("gzip").arg("-dc").arg(&path).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    } else {
        std::fs::read_to_string(&path).unwrap()
    };
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// `2018-12-07…`, or `26-FEB-1987 15:01:01.79`.
fn instant(date: &str) -> Option<Timestamp> {
    let date = date.trim();
    if let Ok(day) = Timestamp::parse(&format!("{}T12:00:00Z", date.get(..10)?)) {
        return Some(day);
    }
    let parts: Vec<&str> = date.split(['-', ' ', ':', '.']).collect();
    let [day, month, year, hour, minute, ..] = parts.as_slice() else { return None };
    let months =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    let month = months.iter().position(|name| name == month)? + 1;
    Timestamp::parse(&format!("{year}-{month:02}-{day:0>2}T{hour}:{minute}:00Z")).ok()
}

fn articles(name: &str) -> Vec<Article> {
    rows(&format!("{name}.jsonl.gz"))
        .iter()
        .map(|row| {
            let mut article = Article::new(text(&row["id"]), text(&row["text"])).unwrap();
            if let Some(title) = row["title"].as_str() {
                article = article.with_title(title);
            }
            if let Some(instant) = row["date"].as_str().and_then(instant) {
                article = article.with_published(Published::at(instant));
            }
            article
        })
        .collect()
}

/// The half of the labels that a pair belongs to, by a hash of its ids.
fn half(a: &str, b: &str) -> usize {
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    let hash = format!("{a} {b}").bytes().fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (hash >> 40) as usize & 1
}

struct Corpus {
    links: Links,
    by_pair: BTreeMap<(String, String), usize>,
}

impl Corpus {
    fn new(name: &str) -> Corpus {
        let set = ArticleSet::new(&articles(name), Default::default()).unwrap();
        let start = std::time::Instant::now();
        let links = find_links(&set, &LinkConfig::default()).unwrap();
        println!(
            "{name}: {} articles, {} links in {:.1?}",
            set.len(),
            links.links.len(),
            start.elapsed()
        );
        let id = |at: usize| set.articles()[at].id().as_str().to_owned();
        let by_pair =
            links.links.iter().enumerate().map(|(at, l)| ((id(l.a), id(l.b)), at)).collect();
        Corpus { links, by_pair }
    }

    fn link(&self, a: &str, b: &str) -> Option<&Link> {
        let (a, b) = if a < b { (a, b) } else { (b, a) };
        self.by_pair.get(&(a.to_owned(), b.to_owned())).map(|&at| &self.links.links[at])
    }

    fn kind(&self, a: &str, b: &str) -> String {
        self.link(a, b)
            .map_or("none".into(), |link| text(&serde_json::to_value(link.kind).unwrap()))
    }
}

fn wilson(hits: usize, of: usize) -> String {
    if of == 0 {
        return "0/0".into();
    }
    let (p, n, z) = (hits as f64 / of as f64, of as f64, 1.96f64);
    let centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let wide = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let (low, high) = ((centre - wide).max(0.0), (centre + wide).min(1.0));
    format!("{hits}/{of} = {p:.3} [{low:.2}, {high:.2}]")
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
            wilson(precise, found),
            wilson(recalled, gold),
            2.0 * p * r / (p + r)
        );
    }
    let right = judged.iter().filter(|j| j.right.contains(&j.found)).count();
    println!("kinds: {}", wilson(right, judged.len()));
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

#[test]
#[ignore = "needs the labelled data"]
fn kinds_of_judged_pairs_and_duplicate_groups() {
    if data().is_none() {
        return;
    }
    let corpora: BTreeMap<&str, Corpus> =
        CORPORA.iter().map(|name| (*name, Corpus::new(name))).collect();
    let mut halves: BTreeMap<String, Vec<Judged>> = BTreeMap::new();
    let mut judge = |set: &str, corpus: &str, a: &str, b: &str, right: Vec<String>| {
        let found = corpora[corpus].kind(a, b);
        if std::env::var_os("WIRECOPY_LIST").is_some() && half(a, b) == 0 && !right.contains(&found)
        {
            let figures = corpora[corpus].link(a, b).map(|link| &link.explanation);
            println!("{set} {a} {b} {right:?} found {found}: {figures:?}");
        }
        let rule = corpora[corpus].link(a, b).map_or("none", |link| link.explanation.rule);
        let name = format!("{set}, half {}", half(a, b));
        halves.entry(name).or_default().push(Judged { right, found, rule });
    };
    for row in rows("pairs.jsonl") {
        let mut right = vec![text(&row["kind"])];
        right.extend(row["also"].as_array().unwrap().iter().map(text));
        judge("pairs", &text(&row["corpus"]), &text(&row["a"]), &text(&row["b"]), right);
    }
    for row in rows("gilets_jaunes_fr.pairs.jsonl") {
        let right = match row["label"].as_str().unwrap() {
            "minor" => vec!["background".to_owned(), "quotation".to_owned()],
            // This set calls every version a copy.
            "copy" => vec!["copy".to_owned(), "update".to_owned()],
            kind => vec![kind.to_owned()],
        };
        judge("gilets", CORPORA[0], &text(&row["a"]), &text(&row["b"]), right);
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

fn duplicate_groups(corpus: &Corpus) {
    let mut counts: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for group in rows("orangesum_fr.dup_groups.jsonl") {
        let ids: Vec<String> = group["ids"].as_array().unwrap().iter().map(text).collect();
        let kind = text(&group["kind"]);
        for (at, a) in ids.iter().enumerate() {
            for b in &ids[at + 1..] {
                let found = corpus.kind(a, b);
                if std::env::var_os("WIRECOPY_LIST").is_some()
                    && (kind == "same_title_or_heading_only")
                        == ["copy", "update"].contains(&found.as_str())
                {
                    let figures = corpus.link(a, b).map(|link| &link.explanation);
                    println!("{kind} {a} {b} found {found}: {figures:?}");
                }
                *counts.entry(kind.clone()).or_default().entry(found).or_default() += 1;
            }
        }
    }
    for (kind, found) in counts {
        let of = found.values().sum();
        let copies = ["copy", "update"].iter().filter_map(|kind| found.get(*kind)).sum();
        println!("duplicate groups, {kind}: copy or update {}, {found:?}", wilson(copies, of));
    }
}
