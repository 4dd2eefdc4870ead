//! Signatures → candidate pairs, all at once and one after the other, beside a hash map for each band; and what an index
//! costs beside the search of all at once.

use std::collections::HashSet;
use std::hint::black_box;
use std::rc::Rc;

use cpu_time::ProcessTime;
use minhash_lsh::{Banding, Jaccard, LshIndex, SignatureMatrix};
use wirecopy_bench_corpus::naive;

use super::{Amount, Task};
use crate::fixture::{BANDS, K, ROWS, planted, signatures, sketcher};

const ARTICLES: usize = 30_000;
/// So many that the tables of an index lie beyond the caches.
const MANY: usize = 300_000;
/// What an index is fed at a time where articles come in portions.
const PORTION: usize = 3_000;

pub(crate) fn tasks() -> Vec<Task> {
    let matrix = signatures(ARTICLES);
    let banding = Banding::new(BANDS, ROWS).expect("16 bands of 8 rows");
    assert_answers(&matrix, banding);
    let matrix = Rc::new(matrix);
    let (one, two, three) = (matrix.clone(), matrix.clone(), matrix.clone());
    let pairs = Task::new(format!("{ARTICLES}_articles"), amount(ARTICLES))
        .yardstick("hash_maps", move || naive::band_pairs(one.lanes(), K, BANDS, ROWS).len())
        .variant("batch", move || candidates(&two, banding).len())
        .variant("index", move || incremental(&three, banding).len());
    vec![pairs, building(matrix, banding), building(Rc::new(signatures(MANY)), banding)]
}

fn amount(articles: usize) -> Amount {
    Amount { elements: articles as u64, unit: "articles", bytes: (articles * K * 4) as u64 }
}

/// An index of all rows, beside the search for their pairs.
fn building(matrix: Rc<SignatureMatrix>, banding: Banding) -> Task {
    let portions: Vec<SignatureMatrix> = matrix.lanes().chunks(PORTION * K).map(portion).collect();
    let found: Vec<_> = [
        singly(&matrix, banding),
        in_portions(&portions, banding),
        in_portions(std::slice::from_ref(&*matrix), banding),
        at_once((*matrix).clone(), banding),
    ]
    .iter()
    .map(|index| (index.len(), asked(index, &matrix)))
    .collect();
    assert!(found.iter().all(|answer| *answer == found[0]), "one index, however it was made");
    let (one, two, three, four) = (matrix.clone(), matrix.clone(), matrix.clone(), matrix.clone());
    Task::new(format!("index_of_{}_articles", matrix.len()), amount(matrix.len()))
        .yardstick("batch", move || candidates(&one, banding).len())
        .variant("insert_all", move || in_portions(std::slice::from_ref(&*two), banding))
        .elsewhere("insert_all_given", move || {
            // The copy that is given away is made off the clock.
            let given = (*four).clone();
            let start = ProcessTime::now();
            drop(black_box(at_once(given, banding)));
            Some(start.elapsed())
        })
        .variant("insert_all_by_3000", move || in_portions(&portions, banding))
        .variant("insert", move || singly(&three, banding))
        .variant("insert_and_ask", move || incremental(&matrix, banding).len())
}

fn portion(lanes: &[u32]) -> SignatureMatrix {
    let scheme = *sketcher().scheme();
    SignatureMatrix::from_lanes(scheme, lanes.to_vec()).expect("lanes of signatures")
}

fn singly(matrix: &SignatureMatrix, banding: Banding) -> LshIndex<u32> {
    let mut index = LshIndex::new(*matrix.scheme(), banding).expect("128 lanes");
    for (id, row) in (0u32..).zip(matrix.rows()) {
        index.insert(id, row).expect("a new id");
    }
    index
}

fn in_portions(portions: &[SignatureMatrix], banding: Banding) -> LshIndex<u32> {
    let mut index = LshIndex::new(*sketcher().scheme(), banding).expect("128 lanes");
    for rows in portions {
        let first = index.len() as u32;
        let ids: Vec<u32> = (first..first + rows.len() as u32).collect();
        index.insert_all(&ids, rows).expect("new ids");
    }
    index
}

/// Of a matrix that is given away, so that its rows need not be copied.
fn at_once(matrix: SignatureMatrix, banding: Banding) -> LshIndex<u32> {
    let mut index = LshIndex::new(*matrix.scheme(), banding).expect("128 lanes");
    let ids: Vec<u32> = (0..matrix.len() as u32).collect();
    index.insert_all(&ids, matrix).expect("new ids");
    index
}

/// What an index says of some of its sets.
fn asked(index: &LshIndex<u32>, matrix: &SignatureMatrix) -> Vec<Vec<u32>> {
    let some = matrix.rows().step_by(97);
    some.map(|row| index.candidates(row).expect("one scheme")).collect()
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
