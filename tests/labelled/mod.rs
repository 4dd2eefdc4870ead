//! The labelled press texts, which are not part of the project: what reads them, and the halves of
//! their labels.
#![allow(dead_code, reason = "each measurement uses a part")]
#![expect(
    clippy::unwrap_used,
    reason = "a measurement that cannot read its data has nothing to say"
)]

use flate2::read::GzDecoder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;
use std::time::Instant;
use wirecopy::eval;
use wirecopy::links::{Link, LinkConfig, Links, find_links};
use wirecopy::{Article, ArticleSet, Published, Timestamp};

/// The collections that the judged pairs are of.
pub(crate) const CORPORA: [&str; 3] = ["gilets_jaunes_fr", "orangesum_fr", "reuters21578"];

/// The folder that `WIRECOPY_DATA` names; says so where it names none.
pub(crate) fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("WIRECOPY_DATA").map(PathBuf::from);
    if folder.is_none() {
        println!("WIRECOPY_DATA is not set: nothing measured");
    }
    folder
}

/// The rows of a file of the folder, one JSON value a line, gzipped or not.
pub(crate) fn rows(name: &str) -> Vec<Value> {
    let bytes = std::fs::read(data().unwrap().join(name)).unwrap();
    let mut text = String::new();
    if name.ends_with(".gz") {
        GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).unwrap();
    } else {
        text = String::from_utf8(bytes).unwrap();
    }
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// The articles of a collection, each at the noon of its day where only that is known.
pub(crate) fn articles(corpus: &str) -> Vec<Article> {
    let article = |row: &Value| {
        let mut article = Article::new(text(&row["id"]), text(&row["text"])).unwrap();
        if let Some(title) = row["title"].as_str() {
            article = article.with_title(title);
        }
        if let Some(instant) = row["date"].as_str().and_then(instant) {
            article = article.with_published(Published::at(instant));
        }
        article
    };
    rows(&format!("{corpus}.jsonl.gz")).iter().map(article).collect()
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

/// The half of the labels that a pair belongs to: thresholds are chosen on half 0.
pub(crate) fn half(a: &str, b: &str) -> usize {
    eval::half(&[a, b])
}

/// A collection and its links by the ids of the pair.
pub(crate) struct Linked {
    pub(crate) links: Links,
    pub(crate) set: ArticleSet,
    by_pair: BTreeMap<(String, String), usize>,
}

impl Linked {
    pub(crate) fn find(corpus: &str, config: &LinkConfig) -> Linked {
        let articles = articles(corpus);
        let start = Instant::now();
        let set = ArticleSet::new(&articles, Default::default()).unwrap();
        let read = start.elapsed();
        let start = Instant::now();
        let links = find_links(&set, config).unwrap();
        println!(
            "{corpus}: {} articles, read in {read:.2?}, linked in {:.2?}: {} links, {:?}",
            set.len(),
            start.elapsed(),
            links.links.len(),
            links.statistics
        );
        let id = |at: usize| set.articles()[at].id().as_str().to_owned();
        let by_pair =
            links.links.iter().enumerate().map(|(at, l)| ((id(l.a), id(l.b)), at)).collect();
        Linked { links, set, by_pair }
    }

    pub(crate) fn link(&self, a: &str, b: &str) -> Option<&Link> {
        let (a, b) = if a < b { (a, b) } else { (b, a) };
        self.by_pair.get(&(a.to_owned(), b.to_owned())).map(|&at| &self.links.links[at])
    }
}

/// `hits/of = share [low, high]`, the interval at 95 %.
pub(crate) fn share(hits: usize, of: usize) -> String {
    match eval::wilson(hits, of) {
        None => "0/0".to_owned(),
        Some(interval) => format!(
            "{hits}/{of} = {:.3} [{:.2}, {:.2}]",
            hits as f64 / of as f64,
            interval.low,
            interval.high
        ),
    }
}
