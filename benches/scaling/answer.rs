//! The whole answer as digests, so that what is made faster can be held to what was said before.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read};
use std::path::Path;

use wirecopy::report::Report;
use wirecopy::{Article, Published, Timestamp, group};
use wirecopy_bench_corpus::Corpus;

use crate::group::generated;
use crate::measure::seconds;

/// Prints a digest of each part of the report on `input`: a number of generated articles, or a file of JSON lines (gzipped or
/// not) with `id`, `text` and, where known, `title`, `date` and `source`.
pub(crate) fn digests(input: &str, threads: usize) -> Result<(), String> {
    let value = serde_json::to_value(report(input, threads)?).map_err(|error| error.to_string())?;
    for (part, value) in value.as_object().into_iter().flatten() {
        let text = value.to_string();
        println!("{part}\t{} bytes\t{:016x}", text.len(), fnv(text.as_bytes()));
    }
    Ok(())
}

/// Writes the report on `input` to a file.
pub(crate) fn whole(input: &str, out: &str, threads: usize) -> Result<(), String> {
    let report = report(input, threads)?;
    let file = File::create(out).map_err(|error| format!("{out}: {error}"))?;
    serde_json::to_writer(BufWriter::new(file), &report).map_err(|error| error.to_string())
}

fn report(input: &str, threads: usize) -> Result<Report, String> {
    crate::use_threads(threads)?;
    let articles = match input.replace('_', "").parse() {
        Ok(count) => {
            let corpus = Corpus::new(1);
            let articles = corpus.articles(count).map(generated);
            articles.collect::<wirecopy::Result<Vec<_>>>().map_err(|error| error.to_string())?
        }
        Err(_) => read(Path::new(input))?,
    };
    let (grouping, grouped) = seconds(|| group(&articles));
    let grouped = grouped.map_err(|error| error.to_string())?;
    let (reporting, report) = seconds(|| grouped.report());
    let (count, pairs) = (articles.len(), grouped.links().statistics.pairs_aligned);
    eprintln!(
        "{count} articles, {pairs} pairs aligned, {} links: {:.3} s of processor time to the stories, {:.3} s on the wall; {:.3} s \
         to the report",
        report.links.len(),
        grouping.cpu,
        grouping.wall,
        reporting.cpu
    );
    Ok(report)
}

fn fnv(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

fn read(path: &Path) -> Result<Vec<Article>, String> {
    let named = |error: String| format!("{}: {error}", path.display());
    let file = File::open(path).map_err(|error| named(error.to_string()))?;
    let bytes: Box<dyn Read> = match path.extension() {
        Some(extension) if extension == "gz" => Box::new(flate2::read::MultiGzDecoder::new(file)),
        _ => Box::new(file),
    };
    let lines = BufReader::new(bytes).lines();
    lines.map(|line| article(&line.map_err(|error| error.to_string())?).map_err(named)).collect()
}

fn article(line: &str) -> Result<Article, String> {
    let row: serde_json::Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let field = |name: &str| row.get(name).and_then(serde_json::Value::as_str);
    let (Some(id), Some(text)) = (field("id"), field("text")) else {
        return Err(format!("no id or text in {:?}", line.chars().take(80).collect::<String>()));
    };
    let mut article = Article::new(id, text).map_err(|error| error.to_string())?;
    if let Some(title) = field("title") {
        article = article.with_title(title);
    }
    if let Some(outlet) = field("source") {
        article = article.with_outlet(outlet);
    }
    let day = field("date").and_then(|date| date.get(..10));
    if let Some(noon) = day.and_then(|day| Timestamp::parse(&format!("{day}T12:00:00Z")).ok()) {
        article = article.with_published(Published::at(noon));
    }
    Ok(article)
}
