//! Signatures → candidate pairs, all at once and one after the other, beside a hash map for each band.

use std::collections::HashSet;
use std::rc::Rc;

use minhash_lsh::{Banding, Jaccard, LshIndex, SignatureMatrix};
use wirecopy_bench_corpus::naive;

use super::{Amount, Task};
use crate::fixture::{BANDS, K, ROWS, planted, signatures};

const ARTICLES: usize = 30_000;

pub(crate) fn tasks() -> Vec<Task> {
    let matrix = signatures(ARTICLES);
    let banding = Banding::new(BANDS, ROWS).expect("16 bands of 8 rows");
    assert_answers(&matrix, banding);
    let amount =
        Amount { elements: ARTICLES as u64, unit: "articles", bytes: (ARTICLES * K * 4) as u64 };
    let matrix = Rc::new(matrix);
    let (one, two) = (matrix.clone(), matrix.clone());
    vec![
        Task::new(format!("{ARTICLES}_articles"), amount)
            .yardstick("hash_maps", move || naive::band_pairs(one.lanes(), K, BANDS, ROWS).len())
            .variant("batch", move || candidates(&two, banding).len())
            .variant("index", move || incremental(&matrix, banding).len()),
    ]
}

/// The candidate pairs; texts of equal signatures are paired with the first of them alone.
fn candidates(matrix: &SignatureMatrix, banding: Banding) -> Vec<(u32, u32)> {
    banding.candidate_pairs(matrix).expect("the matrix has 128 lanes").into_pairs()
}

/// Each signature is looked up, then inserted.
fn incremental(matrix: &SignatureMatrix, banding: Banding) -> Vec<(u32, u32)> {
    let mut index = LshIndex::new(*matrix.scheme(), banding).expect("128 lanes");
    let mut pairs = Vec::new();
    for (row, signature) in (0u32..).zip(matrix.rows()) {
        let earlier = index.candidates(signature).expect("one scheme");
        pairs.extend(earlier.into_iter().map(|earlier| (earlier, row)));
        index.insert(row, signature).expect("one scheme");
    }
    pairs
}

/// All three find the same pairs, but for equal signatures, and as many of the planted ones as the curve says.
fn assert_answers(matrix: &SignatureMatrix, banding: Banding) {
    let all = naive::band_pairs(matrix.lanes(), K, BANDS, ROWS);
    let found = banding.candidate_pairs(matrix).expect("128 lanes");
    let first = |row: u32| found.representative(row).expect("no text is empty");
    let pairs: HashSet<(u32, u32)> = found.pairs().iter().copied().collect();
    assert!(pairs.is_subset(&all));
    for &(a, b) in &all {
        let (x, y) = (first(a).min(first(b)), first(a).max(first(b)));
        assert!(x == y || pairs.contains(&(x, y)), "rows {a} and {b} share a band");
    }
    let one_by_one: HashSet<(u32, u32)> = incremental(matrix, banding).into_iter().collect();
    assert_eq!(one_by_one, all);

    let (mut hits, mut expected, mut variance) = (0.0, 0.0, 0.0);
    for pair in planted(ARTICLES) {
        let p = banding.probability(Jaccard::new(pair.jaccard).expect("0 to 1"));
        expected += p;
        variance += p * (1.0 - p);
        hits += f64::from(u8::from(all.contains(&(pair.a as u32, pair.b as u32))));
    }
    // Pairs of one group depend on one another, hence three times the deviation of independent ones.
    let deviation = (hits - expected) / f64::sqrt(variance);
    assert!(deviation.abs() < 9.0, "{hits} planted pairs, {expected:.0} by the curve");
}
