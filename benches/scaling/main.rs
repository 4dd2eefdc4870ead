//! How time and memory grow with the number of articles.
//!
//! `cargo run --release --example scaling -- [ARTICLES] [--threads N]` prints three Markdown tables of 1,000, 10,000,
//! … up to ARTICLES (default 100,000): the search for duplicates, and up to 100,000 articles the whole of `group` with its report,
//! of articles as long as those of the press and of articles cut to 400 words. Each
//! size is measured in a process of its own, so that the peak of memory is its own; one thread unless told otherwise. Seconds
//! are CPU time, so that others on the machine disturb little; one row has the time on the wall.
//!
//! `… --example scaling -- answer INPUT [FILE]` prints a digest of each part of the report on INPUT, a number of generated
//! articles or a file of JSON lines, and writes the whole report to FILE: what is made faster must say the same.

mod answer;
mod duplicates;
mod group;
mod measure;
mod table;

use std::process::{Command, ExitCode};

use table::Row;

/// `group` takes some 30 kB an article beside the text: a million are 34 GB. `scaling measure group ARTICLES` measures any
/// number.
const MOST_GROUPED: usize = 100_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), String> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (words, threads) = match words.as_slice() {
        [words @ .., "--threads", threads] => (words.to_vec(), number(threads)?),
        words => (words.to_vec(), 1),
    };
    match words.as_slice() {
        ["measure", job, articles] => measure_one(job, number(articles)?, threads),
        ["answer", input] => answer::digests(input, threads),
        ["answer", input, out] => answer::whole(input, out, threads),
        [] => all(100_000, threads),
        [articles] => all(number(articles)?, threads),
        _ => Err("usage: scaling [ARTICLES | answer INPUT [FILE]] [--threads N]".into()),
    }
}

fn number(word: &str) -> Result<usize, String> {
    word.replace('_', "")
        .parse()
        .map_err(|_| format!("{word:?} is no number of articles or threads"))
}

/// Measures every size in a process of its own and prints the tables.
fn all(most: usize, threads: usize) -> Result<(), String> {
    let grouped = most.min(MOST_GROUPED);
    for (job, most) in [("duplicates", most), ("group", grouped), ("group-400", grouped)] {
        let mut rows: Vec<Row> = Vec::new();
        for articles in
            std::iter::successors(Some(1_000), |n| Some(n * 10)).take_while(|&n| n <= most)
        {
            eprintln!("{job}: {articles} articles");
            rows.push(in_its_own_process(job, articles, threads)?);
        }
        println!("{}", table::markdown(job, threads, &rows));
    }
    Ok(())
}

fn in_its_own_process(job: &str, articles: usize, threads: usize) -> Result<Row, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new(program)
        .args(["measure", job, &articles.to_string(), "--threads", &threads.to_string()])
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(format!("{job} of {articles} articles failed: {}", output.status));
    }
    Row::read(articles, &String::from_utf8_lossy(&output.stdout))
}

/// Measures one size and prints a line for each figure.
fn measure_one(job: &str, articles: usize, threads: usize) -> Result<(), String> {
    use_threads(threads)?;
    let figures = match job {
        "duplicates" => duplicates::measure(articles),
        "group" => group::measure(articles),
        "group-400" => group::measure_of_one_length(articles),
        other => {
            return Err(format!("{other:?} is no job; there are duplicates, group and group-400"));
        }
    };
    for (name, value) in figures.map_err(|error| error.to_string())? {
        println!("{name}\t{value}");
    }
    Ok(())
}

fn use_threads(threads: usize) -> Result<(), String> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    pool.map_err(|error| error.to_string())
}
