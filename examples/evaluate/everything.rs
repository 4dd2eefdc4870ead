//! A directory of labelled sets: each that is there, and the names of those that are not.

use crate::{Failure, groups, pages, pairs, seeds, similarity, stories};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use wirecopy::Granularity;

/// The documents that the judged pairs are drawn from.
const CORPORA: [&str; 3] =
    ["gilets_jaunes_fr.jsonl.gz", "orangesum_fr.jsonl.gz", "reuters21578.jsonl.gz"];

pub(crate) fn evaluate(directory: &Path) -> Result<Value, Failure> {
    let mut sets = Sets { directory, done: Map::new(), missing: Vec::new() };
    sets.run("seeds corpus", &["expected.json"], |_| seeds::evaluate(directory));
    sets.run("pages", &["seeds", "seeds_labels.json"], |at| pages::evaluate(&at[0], &at[1], false));
    sets.run("pages with dates", &["seeds", "seeds_labels.json"], |at| {
        pages::evaluate(&at[0], &at[1], true)
    });
    for name in ["ecbplus_en", "rss_day_fr", "rpm2_fr"] {
        let file = format!("{name}.jsonl.gz");
        sets.run(name, &[&file], |at| stories::evaluate(&at[0], Granularity::Story));
    }
    sets.run("rpm2_fr topic", &["rpm2_fr.jsonl.gz"], |at| {
        stories::evaluate(&at[0], Granularity::Topic)
    });
    sets.run("rss_week_fr event", &["rss_week_fr.jsonl.gz"], |at| {
        stories::evaluate(&at[0], Granularity::Event)
    });
    sets.run("rss_week_fr", &["rss_week_fr.jsonl.gz"], |at| {
        stories::evaluate(&at[0], Granularity::Story)
    });
    sets.run("rss_week_fr topic", &["rss_week_fr.jsonl.gz"], |at| {
        stories::evaluate(&at[0], Granularity::Topic)
    });
    sets.run("gilets_jaunes_fr.pairs", &["gilets_jaunes_fr.pairs.jsonl", CORPORA[0]], |at| {
        pairs::evaluate(&at[0], &[&at[1]])
    });
    sets.run("orangesum_fr.dup_groups", &["orangesum_fr.dup_groups.jsonl", CORPORA[1]], |at| {
        groups::evaluate(&at[0], &at[1])
    });
    sets.run("pairs", &["pairs.jsonl", CORPORA[0], CORPORA[1], CORPORA[2]], |at| {
        pairs::evaluate(&at[0], &[&at[1], &at[2], &at[3]])
    });
    sets.run("judged pairs", &CORPORA, |at| {
        pairs::evaluate(&judged_pairs(), &[&at[0], &at[1], &at[2]])
    });
    sets.run("semeval22", &["semeval22_pairs.jsonl.gz"], |at| similarity::evaluate(&at[0]));
    if sets.done.is_empty() {
        return Err(format!(
            "{} holds no labelled set; looked for {}",
            directory.display(),
            sets.missing.join(", ")
        )
        .into());
    }
    let missing = if sets.missing.is_empty() { "none".into() } else { sets.missing.join(", ") };
    say!("\nsets that are not there: {missing}");
    sets.done.insert("missing".to_owned(), json!(sets.missing));
    Ok(Value::Object(sets.done))
}

/// Pairs of the same documents that were judged for this project.
fn judged_pairs() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/evaluate/judged/pairs.jsonl")
}

struct Sets<'a> {
    directory: &'a Path,
    done: Map<String, Value>,
    missing: Vec<String>,
}

impl Sets<'_> {
    /// Evaluates a set whose files are all there. One that cannot be read does not stop the others.
    fn run(
        &mut self,
        name: &str,
        files: &[&str],
        evaluate: impl FnOnce(&[PathBuf]) -> Result<Value, Failure>,
    ) {
        let paths: Vec<PathBuf> = files.iter().map(|file| self.directory.join(file)).collect();
        if !paths.iter().all(|path| path.exists()) {
            self.missing.push(name.to_owned());
            return;
        }
        say!("");
        let value = evaluate(&paths).unwrap_or_else(|error| {
            say!("{name}: {error}");
            json!({"error": error.to_string()})
        });
        self.done.insert(name.to_owned(), value);
    }
}
