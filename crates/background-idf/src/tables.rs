//! Which documents each table is counted over.

use crate::count::{Count, weigher};
use flate2::read::GzDecoder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use wirecopy::language::{Term, Weigher, encode_background};

type Failure = Box<dyn std::error::Error>;

/// A collection, which of its rows are counted, which fields of a row make a document each, and
/// what share of the table's document frequencies it decides.
struct Source {
    file: &'static str,
    takes: fn(&Value) -> bool,
    documents: &'static [&'static [&'static str]],
    share: f64,
}

/// Terms in fewer documents of all sources together are left out: a name that few articles hold is
/// in no table.
const FEWEST_DOCUMENTS: u32 = 5;

/// The most frequent terms, so that a table stays under 300 kB.
const MOST_TERMS: usize = 55_000;

fn sources(code: &str) -> Vec<Source> {
    match code {
        "fr" => vec![
            Source {
                file: "orangesum_fr.jsonl.gz",
                takes: |_| true,
                documents: &[&["title", "heading", "text"]],
                share: 0.9,
            },
            Source {
                file: "gilets_jaunes_fr.jsonl.gz",
                takes: |_| true,
                documents: &[&["title", "text"]],
                share: 0.1,
            },
        ],
        _ => vec![
            Source {
                file: "reuters21578.jsonl.gz",
                takes: |row| row["text"].as_str().is_some_and(|text| text.len() > 300),
                documents: &[&["title", "text"]],
                share: 0.5,
            },
            Source {
                file: "semeval22_pairs.jsonl.gz",
                takes: |row| {
                    row["split"] == "train" && row["lang1"] == "en" && row["lang2"] == "en"
                },
                documents: &[&["text1"], &["text2"]],
                share: 0.5,
            },
        ],
    }
}

/// Counts and writes every table.
pub(crate) fn write_all(data: &Path, tables: &Path) -> Result<(), Failure> {
    for code in ["en", "fr"] {
        let mut counts = Vec::new();
        for source in sources(code) {
            let count = count(&data.join(source.file), &source, &mut weigher(code))?;
            println!("{code}: {} documents of {}", count.documents, source.file);
            counts.push((source.share, count));
        }
        let (articles, terms) = mixed(&counts);
        println!("{code}: {} terms", terms.len());
        std::fs::write(tables.join(format!("{code}.bin")), encode_background(articles, &terms))?;
    }
    Ok(())
}

fn count(path: &Path, source: &Source, weigher: &mut Weigher) -> Result<Count, Failure> {
    let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut count = Count::default();
    for (number, line) in BufReader::new(GzDecoder::new(file)).lines().enumerate() {
        let at =
            |error: &dyn std::fmt::Display| format!("{}:{}: {error}", path.display(), number + 1);
        let row: Value = serde_json::from_str(&line.map_err(|e| at(&e))?).map_err(|e| at(&e))?;
        if !(source.takes)(&row) {
            continue;
        }
        for fields in source.documents {
            let text: Vec<&str> = fields.iter().filter_map(|field| row[*field].as_str()).collect();
            count.add(weigher, &text.join("\n\n")).map_err(|e| at(&e))?;
        }
    }
    Ok(count)
}

/// One table of several collections: the share of documents that hold a term is the mean of the
/// collections' shares, so that a large collection of one kind (market reports) does not set the
/// frequencies of all.
fn mixed(counts: &[(f64, Count)]) -> (u32, Vec<(Term, f64)>) {
    let articles: u32 = counts.iter().map(|(_, count)| count.documents).sum();
    let mut totals: BTreeMap<Term, (u32, f64)> = BTreeMap::new();
    for (share, count) in counts {
        for (&term, &df) in &count.frequencies {
            let total = totals.entry(term).or_default();
            total.0 += df;
            total.1 += share * f64::from(df) / f64::from(count.documents.max(1));
        }
    }
    let mut terms: Vec<(Term, f64)> = totals
        .into_iter()
        .filter(|(_, (documents, _))| *documents >= FEWEST_DOCUMENTS)
        .map(|(term, (_, share))| (term, share * f64::from(articles)))
        .collect();
    terms.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    terms.truncate(MOST_TERMS);
    (articles, terms)
}
