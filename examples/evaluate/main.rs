//! How good is the answer? Runs the whole way over labelled sets and prints every figure with its 95 % interval; the last
//! line of output is one JSON object.
//!
//! ```sh
//! cargo run --release --example evaluate                                    # the seed corpus of the project
//! cargo run --release --example evaluate -- DIRECTORY                       # every labelled set found in it
//! cargo run --release --example evaluate -- report DIRECTORY                # the same as one Markdown table
//! cargo run --release --example evaluate -- sweep DIRECTORY PLOT.svg        # figures against thresholds
//! cargo run --release --example evaluate -- presets DIRECTORY               # what chooses the thresholds of stories
//! cargo run --release --example evaluate -- pages PAGES LABELS.json [--dates]
//! cargo run --release --example evaluate -- stories DOCS.jsonl[.gz] [--granularity event|story|topic]
//! cargo run --release --example evaluate -- pairs PAIRS.jsonl DOCS.jsonl[.gz]...
//! cargo run --release --example evaluate -- similarity PAIRS.jsonl[.gz]
//! cargo run --release --example evaluate -- groups GROUPS.jsonl DOCS.jsonl[.gz]
//! cargo run --release --example evaluate -- seeds DIRECTORY                 # a corpus with an expected.json
//! ```
//!
//! The scores are those of `wirecopy::eval`; the modules here only read foreign formats. Intervals resample what is
//! independent: pages, pairs of pages, gold stories, groups of pairs that share an article.

/// Prints a line, as `println!` does, but ends quietly when the reader has seen enough (`| head`).
macro_rules! say {
    ($($text:tt)*) => { crate::say_line(format_args!($($text)*)) };
}

mod baseline;
mod chart;
mod engine;
mod everything;
mod figures;
mod groups;
mod label_words;
mod page_fields;
mod pages;
mod pairs;
mod presets;
mod report;
mod rows;
mod seeds;
mod similarity;
mod stories;
mod sweep;

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use wirecopy::Granularity;

/// Anything that stops an evaluation, with a message that names the file and the way out.
type Failure = Box<dyn std::error::Error>;

const USAGE: &str = "usage:
  evaluate [DIRECTORY]
  evaluate report DIRECTORY
  evaluate sweep DIRECTORY PLOT.svg
  evaluate presets DIRECTORY
  evaluate pages PAGES LABELS.json [--dates]
  evaluate stories DOCS.jsonl[.gz] [--granularity event|story|topic]
  evaluate pairs PAIRS.jsonl DOCS.jsonl[.gz]...
  evaluate similarity PAIRS.jsonl[.gz]
  evaluate groups GROUPS.jsonl DOCS.jsonl[.gz]
  evaluate seeds DIRECTORY";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Ok(answer) => {
            say!("{answer}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Result<Value, Failure> {
    match arguments {
        [] => seeds::evaluate(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("seeds")),
        ["pages", pages, labels] => pages::evaluate(pages.as_ref(), labels.as_ref(), false),
        ["pages", pages, labels, "--dates"] | ["pages", "--dates", pages, labels] => {
            pages::evaluate(pages.as_ref(), labels.as_ref(), true)
        }
        ["stories", documents] => stories::evaluate(documents.as_ref(), Granularity::Story),
        ["stories", documents, "--granularity", name]
        | ["stories", "--granularity", name, documents] => {
            stories::evaluate(documents.as_ref(), granularity(name)?)
        }
        ["pairs", pairs, documents @ ..] if !documents.is_empty() => {
            pairs::evaluate(pairs.as_ref(), &documents.iter().map(Path::new).collect::<Vec<_>>())
        }
        ["report", directory] => report::evaluate(directory.as_ref()),
        ["sweep", directory, plot] => sweep::evaluate(directory.as_ref(), plot.as_ref()),
        ["presets", directory] => presets::evaluate(directory.as_ref()),
        ["similarity", pairs] => similarity::evaluate(pairs.as_ref()),
        ["groups", groups, documents] => groups::evaluate(groups.as_ref(), documents.as_ref()),
        ["seeds", directory] => seeds::evaluate(directory.as_ref()),
        [directory] if Path::new(directory).is_dir() => everything::evaluate(directory.as_ref()),
        _ => Err(USAGE.into()),
    }
}

fn granularity(name: &str) -> Result<Granularity, Failure> {
    match name {
        "event" => Ok(Granularity::Event),
        "story" => Ok(Granularity::Story),
        "topic" => Ok(Granularity::Topic),
        _ => Err(format!("no granularity is called {name}; take event, story or topic").into()),
    }
}

fn say_line(line: std::fmt::Arguments<'_>) {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{line}") {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
        result => result.unwrap_or_else(|error| {
            eprintln!("the answer cannot be written: {error}");
            std::process::exit(1)
        }),
    }
}
