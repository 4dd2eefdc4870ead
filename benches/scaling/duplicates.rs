//! Texts → verified duplicates: the whole job, then its stages alone.

use std::collections::HashSet;

use minhash_lsh::{SignatureMatrix, Sketcher};
use wirecopy::Result;
use wirecopy::duplicates::{DuplicateConfig, Duplicates, find_duplicates};
use wirecopy::text::Shingler;
use wirecopy_bench_corpus::{Answer, Corpus};

use crate::measure::{Figures, Memory, seconds};

/// The truth is computed by the definition, which takes ten times as long as the whole job.
const CHECKED: usize = 100_000;

pub(crate) fn measure(articles: usize) -> Result<Figures> {
    let corpus = Corpus::new(1);
    let texts: Vec<String> = corpus.articles(articles).map(|article| article.text).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let config = DuplicateConfig::new();

    // First, while nothing else was ever allocated.
    let before = Memory::read();
    let (whole, found) = seconds(|| find_duplicates(&texts, &config));
    let peak = Memory::read().peak;
    let found = found?;
    assert_right(&corpus, &found, articles);
    let groups = found.groups().len();
    let pairs = found.pairs().len();
    let memory = found.statistics().memory;
    drop(found);

    let mut shingler = Shingler::new(*config.text());
    let (shingling, shingles) =
        seconds(|| texts.iter().map(|text| shingler.shingles_of(text).len()).sum::<usize>());
    let (reading, matrix) = seconds(|| signatures(&texts, &config));
    let matrix = matrix?;
    let (banding, candidates) = seconds(|| config.banding().candidate_pairs(&matrix));
    let candidates = candidates?.pairs().len();

    let n = articles as f64;
    Ok(vec![
        ("text → duplicates, s", whole.cpu),
        ("the same on the wall, s", whole.wall),
        ("shingle, s", shingling.cpu),
        ("shingle + sketch, s", reading.cpu),
        ("candidates, s", banding.cpu),
        ("MB/s", bytes as f64 / 1e6 / whole.cpu),
        ("peak MB", peak / 1e6),
        ("text B/article", bytes as f64 / n),
        ("beside it B/article", (peak - before.now) / n),
        ("of it signatures", memory.signatures as f64 / n),
        ("of it records", memory.text_records as f64 / n),
        ("of it shingle sets", memory.shingle_sets as f64 / n),
        ("of it pairs and groups", (memory.pairs + memory.groups) as f64 / n),
        ("shingles/article", shingles as f64 / n),
        ("candidates/article", candidates as f64 / n),
        ("pairs/article", pairs as f64 / n),
        ("groups/1000", groups as f64 * 1e3 / n),
    ])
}

fn signatures(texts: &[String], config: &DuplicateConfig) -> Result<SignatureMatrix> {
    let mut shingler = Shingler::new(*config.text());
    let sketcher = Sketcher::new(config.scheme());
    let mut lanes = vec![0; texts.len() * sketcher.k()];
    for (text, row) in texts.iter().zip(lanes.chunks_exact_mut(sketcher.k())) {
        sketcher.sketch_into(shingler.shingles_of(text), row)?;
    }
    Ok(SignatureMatrix::from_lanes(config.scheme(), lanes)?)
}

/// A fast wrong answer is none: the planted copies are found, and what is in a group belongs there.
fn assert_right(corpus: &Corpus, found: &Duplicates, articles: usize) {
    if articles > CHECKED {
        return;
    }
    let mut pairs: HashSet<(usize, usize)> =
        found.pairs().iter().map(|pair| (pair.first as usize, pair.second as usize)).collect();
    for group in found.groups() {
        for (at, &b) in group.members.iter().enumerate() {
            pairs.extend(group.members.iter().take(at).map(|&a| (a as usize, b as usize)));
        }
    }
    let truth: Vec<_> = corpus.planted_pairs(articles).collect();
    let recall = Answer::of(&pairs, &truth, 0.8).recall();
    let precision = Answer::of(&pairs, &truth, 0.59).precision();
    assert!(recall > 0.98 && precision > 0.999, "recall {recall:.4}, precision {precision:.4}");
    eprintln!("  recall at 0.8 {recall:.4}, precision {precision:.4}");
}
