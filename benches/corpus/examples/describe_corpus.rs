//! What the corpus is like: lengths, bytes, scripts, similarities. `cargo run --release -p wirecopy-bench-corpus --example
//! describe_corpus -- 10000` prints it; `-- 3 text` prints three articles.

use std::collections::BTreeMap;
use wirecopy_bench_corpus::{Corpus, Language};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let n = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(1_000);
    let corpus = Corpus::new(1);
    if arguments.next().is_some() {
        for article in corpus.articles(n) {
            println!("# {} [{:?}]\n{}\n", article.title, article.language, article.text);
        }
        return;
    }
    let start = std::time::Instant::now();
    let articles: Vec<_> = corpus.articles(n).collect();
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    println!("{n} articles, {bytes} bytes, made in {:.2} s\n", start.elapsed().as_secs_f64());
    println!("| script | articles | bytes an article | not ASCII |\n|---|---|---|---|");
    for language in Language::ALL {
        let texts: Vec<&str> =
            articles.iter().filter(|a| a.language == language).map(|a| a.text.as_str()).collect();
        let bytes: usize = texts.iter().map(|text| text.len()).sum();
        let beyond: usize =
            texts.iter().flat_map(|text| text.bytes()).filter(|byte| !byte.is_ascii()).count();
        println!(
            "| {language:?} | {} | {:.0} | {:.1} % |",
            texts.len(),
            bytes as f64 / texts.len().max(1) as f64,
            100.0 * beyond as f64 / bytes.max(1) as f64
        );
    }
    let mut pairs: BTreeMap<usize, usize> = BTreeMap::new();
    for pair in corpus.planted_pairs(n) {
        *pairs.entry((pair.jaccard * 10.0) as usize).or_default() += 1;
    }
    println!("\n| Jaccard from | planted pairs |\n|---|---|");
    for (tenth, count) in pairs {
        println!("| {:.1} | {count} |", tenth as f64 / 10.0);
    }
}
