//! Measurements on labelled press texts, which are not part of the project: they run where `WIRECOPY_DATA` names the
//! folder that holds them, and say so and pass where it does not.
//!
//! `WIRECOPY_DATA=… cargo test --release --test measure_links -- --ignored --nocapture`
#![expect(
    clippy::unwrap_used,
    reason = "a measurement that cannot read its data has nothing to say"
)]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;
use wirecopy::links::{LinkConfig, LinkKind, Links, align, find_links};
use wirecopy::{Article, ArticleSet, Published, Span, Timestamp};

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

fn articles(name: &str) -> Vec<Article> {
    rows(name)
        .iter()
        .map(|row| {
            let mut article =
                Article::new(row["id"].as_str().unwrap(), row["text"].as_str().unwrap()).unwrap();
            if let Some(title) = row["title"].as_str() {
                article = article.with_title(title);
            }
            let date = row["date"].as_str().and_then(|date| date.get(..10));
            if let Some(day) =
                date.and_then(|day| Timestamp::parse(&format!("{day}T12:00:00Z")).ok())
            {
                article = article.with_published(Published::at(day));
            }
            article
        })
        .collect()
}

/// The half of the labels that a pair belongs to, by a hash of its ids: thresholds are chosen on half 0.
fn half(a: &str, b: &str) -> usize {
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    let hash = format!("{a} {b}").bytes().fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (hash >> 40) as usize & 1
}

struct Linked {
    set: ArticleSet,
    links: Links,
    by_pair: BTreeMap<(String, String), usize>,
}

fn linked(name: &str, config: &LinkConfig) -> Linked {
    let articles = articles(name);
    let start = Instant::now();
    let set = ArticleSet::new(&articles, Default::default()).unwrap();
    let read = start.elapsed();
    let start = Instant::now();
    let links = find_links(&set, config).unwrap();
    let found = start.elapsed();
    let id = |at: usize| set.articles()[at].id().as_str().to_owned();
    let by_pair: BTreeMap<_, _> =
        links.links.iter().enumerate().map(|(at, l)| ((id(l.a), id(l.b)), at)).collect();
    let copies = links.links.iter().filter(|l| l.kind == LinkKind::Copy).count();
    println!(
        "{name}: {} articles, read in {read:.2?}, linked in {found:.2?}: {} links, {copies} copies, {:?}",
        set.len(),
        links.links.len(),
        links.statistics
    );
    Linked { set, links, by_pair }
}

impl Linked {
    fn at(&self, a: &str, b: &str) -> Option<&wirecopy::links::Link> {
        let key = if a < b { (a, b) } else { (b, a) };
        let at = self.by_pair.get(&(key.0.to_owned(), key.1.to_owned()))?;
        self.links.links.get(*at)
    }

    fn index(&self, id: &str) -> usize {
        self.set.articles().binary_search_by(|a| a.id().as_str().cmp(id)).unwrap()
    }
}

const CORPORA: [&str; 3] = ["gilets_jaunes_fr", "orangesum_fr", "reuters21578"];

fn wilson(hits: usize, of: usize) -> String {
    let (p, n, z) = (hits as f64 / of as f64, of as f64, 1.96f64);
    let centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    format!(
        "{hits}/{of} = {p:.3} [{:.2}, {:.2}]",
        (centre - half).max(0.0),
        (centre + half).min(1.0)
    )
}

#[test]
#[ignore = "needs the labelled data"]
fn judged_pairs() {
    if data().is_none() {
        return;
    }
    let everything = LinkConfig::default()
        .with_min_evidence(0.0)
        .and_then(|config| config.with_min_passage_evidence(0.0))
        .unwrap();
    let all: BTreeMap<&str, Linked> = CORPORA
        .iter()
        .map(|name| (*name, linked(&format!("{name}.jsonl.gz"), &everything)))
        .collect();
    // (label set, corpus, a, b, kinds that are right)
    let mut judged: Vec<(&str, String, String, String, Vec<String>)> = Vec::new();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    for row in rows("pairs.jsonl") {
        let mut kinds = vec![text(&row["kind"])];
        kinds.extend(row["also"].as_array().unwrap().iter().map(text));
        judged.push(("pairs", text(&row["corpus"]), text(&row["a"]), text(&row["b"]), kinds));
    }
    for row in rows("gilets_jaunes_fr.pairs.jsonl") {
        let label = vec![text(&row["label"])];
        judged.push(("gilets", CORPORA[0].into(), text(&row["a"]), text(&row["b"]), label));
    }
    if std::env::var_os("WIRECOPY_LIST").is_some() {
        for (name, corpus, a, b, kinds) in &judged {
            let corpus = &all[corpus.as_str()];
            let texts = corpus.set.texts();
            let (x, y) = (&texts[corpus.index(a)], &texts[corpus.index(b)]);
            let matched: usize = align(x, y, &everything).iter().map(|s| s.matched_tokens()).sum();
            let (passages, evidence, longest) = corpus.at(a, b).map_or((0, 0.0, 0.0), |link| {
                let of = |p: &wirecopy::links::Passage| p.evidence;
                (
                    link.passages.len(),
                    link.passages.iter().map(of).sum(),
                    link.passages.iter().map(of).fold(0.0, f64::max),
                )
            });
            let shorter = x.tokens().len().min(y.tokens().len());
            println!(
                "{name} {} {a} {b} {kinds:?} tokens {shorter} matched {matched} = {:.2} passages {passages} E {evidence:.1} best {longest:.1}",
                half(a, b),
                matched as f64 / shorter as f64
            );
        }
    }
    for (name, side) in [("pairs", 0), ("pairs", 1), ("gilets", 0), ("gilets", 1)] {
        println!("-- {name}, half {side}");
        for kinds in [
            &["copy", "update"][..],
            &["partial"],
            &["background", "quotation", "minor"],
            &["series"],
            &["none"],
        ] {
            let mut of = 0;
            let mut counts = [0; 5];
            for (_, corpus, a, b, gold) in judged.iter().filter(|j| {
                j.0 == name && half(&j.2, &j.3) == side && kinds.contains(&j.4[0].as_str())
            }) {
                let _ = gold;
                of += 1;
                let Some(link) = all[corpus.as_str()].at(a, b) else { continue };
                counts[0] += 1;
                let sum: f64 = link.passages.iter().map(|p| p.evidence).sum();
                for (count, least) in counts[1..].iter_mut().zip([2.0, 4.0, 6.0, 8.0]) {
                    *count += usize::from(sum >= least);
                }
            }
            if of > 0 {
                println!(
                    "{kinds:?}: {of} pairs; aligned {}, E ≥ 2: {}, ≥ 4: {}, ≥ 6: {}, ≥ 8: {}",
                    wilson(counts[0], of),
                    counts[1],
                    counts[2],
                    counts[3],
                    counts[4]
                );
            }
        }
        // Reuse as this stage sees it: {copy, update, partial} against the rest, by total evidence.
        for least in [2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 14.0, 20.0] {
            let (mut hit, mut found, mut gold_all) = (0, 0, 0);
            for (_, corpus, a, b, gold) in
                judged.iter().filter(|j| j.0 == name && half(&j.2, &j.3) == side)
            {
                let reuse = |k: &String| ["copy", "update", "partial"].contains(&k.as_str());
                let link = all[corpus.as_str()].at(a, b);
                let sum: f64 = link.map_or(0.0, |l| l.passages.iter().map(|p| p.evidence).sum());
                gold_all += usize::from(reuse(&gold[0]));
                if sum >= least {
                    found += 1;
                    hit += usize::from(gold.iter().any(reuse));
                }
            }
            println!(
                "reuse at E ≥ {least}: precision {}, recall {}",
                wilson(hit, found.max(1)),
                wilson(hit.min(gold_all), gold_all)
            );
        }
        for least in [0.3, 0.4, 0.5, 0.6, 0.7] {
            let (mut hit, mut found, mut gold_all) = (0, 0, 0);
            for (_, corpus, a, b, gold) in
                judged.iter().filter(|j| j.0 == name && half(&j.2, &j.3) == side)
            {
                let copy = |k: &String| ["copy", "update"].contains(&k.as_str());
                let link = all[corpus.as_str()].at(a, b);
                gold_all += usize::from(copy(&gold[0]));
                if link.is_some_and(|l| {
                    l.explanation.containment_a.max(l.explanation.containment_b) >= least
                }) {
                    found += 1;
                    hit += usize::from(gold.iter().any(copy));
                }
            }
            println!(
                "copy at containment ≥ {least}: precision {}, recall {}",
                wilson(hit, found.max(1)),
                wilson(hit.min(gold_all), gold_all)
            );
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

#[test]
#[ignore = "needs the labelled data"]
fn labelled_passages() {
    let Some(folder) = data() else { return };
    let labels: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("seeds_labels.json")).unwrap())
            .unwrap();
    let set = ArticleSet::new(&labelled_pages(&labels), Default::default()).unwrap();
    for least in [2.0, 3.0, 4.0, 5.0, 6.0] {
        let config = LinkConfig::default().with_min_evidence(least).unwrap();
        let links = find_links(&set, &config).unwrap();
        let list = std::env::var_os("WIRECOPY_LIST").is_some() && least == 2.0;
        let id = |at: usize| set.articles()[at].id().as_str();
        let said = |at: usize, span: Span| -> String {
            set.articles()[at].body_within(span).collect::<Vec<_>>().join(" ")
        };
        let gold = labels["reuse"].as_array().unwrap();
        let matches = |row: &Value, link: &wirecopy::links::Link, p: &wirecopy::links::Passage| {
            let (x, y) = (row["a"].as_str().unwrap(), row["b"].as_str().unwrap());
            let (text_x, text_y) = if (x, y) == (id(link.a), id(link.b)) {
                (said(link.a, p.a.span), said(link.b, p.b.span))
            } else if (y, x) == (id(link.a), id(link.b)) {
                (said(link.b, p.b.span), said(link.a, p.a.span))
            } else {
                return false;
            };
            let half = |row: &str, text: &str| {
                let (hits, of) = covered(row, text);
                // Half of the labelled words, or half of the found ones.
                2 * hits >= of || 2 * hits >= words(text).len()
            };
            half(row["a_text"].as_str().unwrap(), &text_x)
                && half(row["b_text"].as_str().unwrap(), &text_y)
        };
        let mut found = BTreeSet::new();
        let (mut right, mut optional, mut trap, mut wrong) = (0, 0, 0, 0);
        for link in &links.links {
            for passage in &link.passages {
                let rows: Vec<usize> =
                    (0..gold.len()).filter(|&at| matches(&gold[at], link, passage)).collect();
                let kind = |kind: &str| rows.iter().any(|&at| gold[at]["kind"] == kind);
                found.extend(rows.iter().copied().filter(|&at| gold[at]["kind"] == "reuse"));
                let verdict = if kind("reuse") {
                    right += 1;
                    "right"
                } else if kind("optional") {
                    optional += 1;
                    "optional"
                } else if kind("incidental") {
                    trap += 1;
                    "TRAP"
                } else {
                    wrong += 1;
                    "WRONG"
                };
                if list {
                    println!(
                        "{verdict} {} {} E {:.2} matched {}",
                        id(link.a),
                        id(link.b),
                        passage.evidence,
                        passage.matched_tokens()
                    );
                }
            }
        }
        let must: Vec<usize> = (0..gold.len()).filter(|&at| gold[at]["kind"] == "reuse").collect();
        if list {
            for at in must.iter().filter(|at| !found.contains(at)) {
                println!("MISSED {} {} {:?}", gold[*at]["a"], gold[*at]["b"], gold[*at]["words"]);
            }
        }
        println!(
            "link E ≥ {least}: {} links; passages right {right}, optional {optional}, trap {trap}, wrong {wrong}; must-find {}",
            links.links.len(),
            wilson(found.len(), must.len())
        );
    }
}

#[test]
#[ignore = "needs the labelled data"]
fn whole_corpora() {
    if data().is_none() {
        return;
    }
    linked("gilets_jaunes_fr.jsonl.gz", &LinkConfig::default());
    let all = linked("orangesum_fr.jsonl.gz", &LinkConfig::default());
    let mut by_kind: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    for group in rows("orangesum_fr.dup_groups.jsonl") {
        let ids: Vec<&str> =
            group["ids"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let counts = by_kind.entry(group["kind"].as_str().unwrap().to_owned()).or_default();
        for (at, a) in ids.iter().enumerate() {
            for b in &ids[at + 1..] {
                counts.0 += 1;
                counts.1 += usize::from(all.at(a, b).is_some());
                counts.2 += usize::from(all.at(a, b).is_some_and(|l| l.kind == LinkKind::Copy));
            }
        }
    }
    println!("duplicate groups, pairs / linked / as copy: {by_kind:?}");
}
