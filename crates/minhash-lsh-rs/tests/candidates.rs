//! Candidate pairs and the index against all pairs, and both under hostile input.

#![expect(clippy::unwrap_used, reason = "a test that fails panics, in its helpers too")]

mod common;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use common::SplitMix;
use minhash_lsh::{
    Banding, BucketCap, CandidatePairs, Jaccard, LshIndex, Scheme, Signature, SignatureMatrix,
    Sketcher,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// Rows of few different values, so that bands agree by chance; some empty.
fn matrices() -> impl Strategy<Value = SignatureMatrix> {
    let row = prop_oneof![
        6 => vec(0_u32..3, 16),
        1 => Just(vec![u32::MAX; 16]),
        2 => Just(vec![1; 16]),
    ];
    vec(row, 0..40).prop_map(|rows| {
        SignatureMatrix::from_lanes(Scheme::new(16).unwrap(), rows.concat()).unwrap()
    })
}

fn bandings() -> impl Strategy<Value = Banding> {
    (1_usize..=16)
        .prop_flat_map(|bands| (Just(bands), 1..=16 / bands))
        .prop_map(|(bands, rows)| Banding::new(bands, rows).unwrap())
}

fn share_a_band(banding: Banding, a: &[u32], b: &[u32]) -> bool {
    (0..banding.bands()).any(|band| {
        let lanes = band * banding.rows()..(band + 1) * banding.rows();
        a[lanes.clone()] == b[lanes]
    })
}

/// All pairs of rows that are not empty and share a band.
fn naive_pairs(matrix: &SignatureMatrix, banding: Banding) -> BTreeSet<(u32, u32)> {
    let rows: Vec<_> = matrix.rows().map(|row| row.lanes()).collect();
    let empty = |row: &[u32]| row[0] == u32::MAX;
    let mut pairs = BTreeSet::new();
    for (i, a) in rows.iter().enumerate() {
        for (j, b) in rows.iter().enumerate().skip(i + 1) {
            if !empty(a) && !empty(b) && share_a_band(banding, a, b) {
                pairs.insert((i as u32, j as u32));
            }
        }
    }
    pairs
}

/// A pair of rows as the pair of those that stand for them.
fn collapsed(found: &CandidatePairs, (a, b): (u32, u32)) -> (u32, u32) {
    let a = found.representative(a).unwrap();
    let b = found.representative(b).unwrap();
    (a.min(b), a.max(b))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn candidates_are_exactly_the_pairs_that_share_a_band(
        matrix in matrices(), banding in bandings(),
    ) {
        let found = banding.candidate_pairs(&matrix).unwrap();
        let naive = naive_pairs(&matrix, banding);
        for pair in found.pairs() {
            prop_assert!(naive.contains(pair), "{pair:?} shares no band");
        }
        prop_assert!(found.pairs().is_sorted_by(|a, b| a < b), "ascending, each once");
        let reported: BTreeSet<_> = found.pairs().iter().copied().collect();
        for &(a, b) in &naive {
            let pair = collapsed(&found, (a, b));
            prop_assert!(pair.0 == pair.1 || reported.contains(&pair), "{pair:?} is missing");
        }
        for row in 0..matrix.len() as u32 {
            let lanes = matrix.row(row as usize).unwrap();
            let first = matrix.rows().position(|other| other == lanes).unwrap() as u32;
            prop_assert_eq!(found.representative(row), (!lanes.is_empty()).then_some(first));
            prop_assert!(lanes.is_empty() || first == row || reported.contains(&(first, row)));
        }
        prop_assert_eq!(found.statistics().pairs_left_out, 0);
        prop_assert_eq!(found.statistics().overfull_buckets, 0);
    }

    #[test]
    fn a_cap_leaves_out_only_what_it_counts(
        matrix in matrices(), banding in bandings(), anchors in 1_u32..6,
    ) {
        let all = banding.candidate_pairs(&matrix).unwrap();
        let cap = BucketCap::new(anchors).unwrap();
        let capped = banding.candidate_pairs_capped(&matrix, cap).unwrap();
        let kept: BTreeSet<_> = capped.pairs().iter().collect();
        prop_assert!(capped.pairs().iter().all(|pair| all.pairs().contains(pair)));
        let missing: Vec<_> = all.pairs().iter().filter(|pair| !kept.contains(pair)).collect();
        prop_assert!(missing.len() as u64 <= capped.statistics().pairs_left_out);
        let most = matrix.len() * (banding.bands() * anchors as usize + 1);
        prop_assert!(capped.pairs().len() <= most);
        // Nobody with a candidate is left alone: the first of its bucket remains its partner.
        let partnered = |pairs: &[(u32, u32)]| -> BTreeSet<u32> {
            pairs.iter().flat_map(|&(a, b)| [a, b]).collect()
        };
        prop_assert_eq!(partnered(all.pairs()), partnered(capped.pairs()));
    }

    #[test]
    fn the_index_answers_as_all_pairs_do_whatever_came_and_went(
        matrix in matrices(), banding in bandings(),
        steps in vec((any::<prop::sample::Index>(), any::<bool>()), 0..60),
    ) {
        let mut index = LshIndex::new(*matrix.scheme(), banding).unwrap();
        let mut present = BTreeSet::new();
        for (row, insert) in steps {
            if matrix.is_empty() {
                break;
            }
            let row = row.index(matrix.len());
            let id = 1_000 - row as u64;
            if !insert {
                prop_assert_eq!(index.remove(id), present.remove(&row));
            } else if present.insert(row) {
                index.insert(id, matrix.row(row).unwrap()).unwrap();
            } else {
                let error = index.insert(id, matrix.row(row).unwrap()).unwrap_err();
                prop_assert!(error.is_duplicate());
            }
            prop_assert!(index.contains(id) == present.contains(&row));
        }
        prop_assert_eq!(index.len(), present.len());
        for query in matrix.rows() {
            let mut expected: Vec<u64> = present
                .iter()
                .filter(|&&row| {
                    let other = matrix.row(row).unwrap();
                    !query.is_empty()
                        && !other.is_empty()
                        && share_a_band(banding, query.lanes(), other.lanes())
                })
                .map(|&row| 1_000 - row as u64)
                .collect();
            expected.sort_unstable();
            prop_assert_eq!(&index.candidates(query).unwrap(), &expected);
            let best = index.top_k(query, 4).unwrap();
            let mut ranked: Vec<_> = expected
                .iter()
                .map(|&id| (index.get(id).unwrap().estimate(query).unwrap().matches(), id))
                .collect();
            ranked.sort_by_key(|&(matches, id)| (std::cmp::Reverse(matches), id));
            ranked.truncate(4);
            let best: Vec<_> = best.iter().map(|(id, found)| (found.matches(), *id)).collect();
            prop_assert_eq!(best, ranked);
        }
        let mut rebuilt = LshIndex::new(*matrix.scheme(), banding).unwrap();
        for &row in &present {
            rebuilt.insert(1_000 - row as u64, matrix.row(row).unwrap()).unwrap();
        }
        prop_assert_eq!(index.encode(), rebuilt.encode(), "only the members count");
    }

    #[test]
    fn capped_queries_do_not_depend_on_the_order_of_inserts(
        ids in vec(any::<u32>(), 1..50).prop_shuffle(), anchors in 1_u32..10,
    ) {
        let scheme = Scheme::new(8).unwrap();
        let signature = Signature::from_lanes(scheme, vec![5; 8]).unwrap();
        let mut index = LshIndex::new(scheme, Banding::new(4, 2).unwrap()).unwrap();
        let distinct: BTreeSet<u32> = ids.iter().copied().collect();
        for &id in &ids {
            let _ = index.insert(id, &signature);
        }
        let cap = BucketCap::new(anchors).unwrap();
        let found = index.candidates_capped(&signature, cap).unwrap();
        let expected: Vec<_> = distinct.iter().copied().take(anchors as usize).collect();
        prop_assert_eq!(found.ids(), expected);
        let overfull = if distinct.len() > anchors as usize { 4 } else { 0 };
        prop_assert_eq!(found.overfull_buckets(), overfull);
    }
}

/// A thousand sets in groups of near-duplicates, from the same elements up to one third replaced.
fn groups(random: &mut SplitMix) -> Vec<Vec<u64>> {
    let mut sets = Vec::new();
    for _ in 0..100 {
        let original = random.take(120);
        for copy in 0..10 {
            let mut set = original.clone();
            set[..4 * copy].copy_from_slice(&random.take(4 * copy));
            sets.push(set);
        }
    }
    sets
}

#[test]
fn the_stated_recall_is_reached_on_sets() {
    let mut random = SplitMix(11);
    let sketcher = Sketcher::new(Scheme::new(128).unwrap());
    let (mut found, mut all, mut unrelated) = (0_usize, 0_usize, 0_usize);
    let threshold = Jaccard::new(0.6).unwrap();
    let banding = Banding::for_recall(threshold, 0.95, sketcher.k()).unwrap();
    for _ in 0..5 {
        let sets = groups(&mut random);
        let candidates = banding.candidate_pairs(&sketcher.sketch_all(&sets)).unwrap();
        let pairs: BTreeSet<_> = candidates.pairs().iter().copied().collect();
        unrelated += pairs.iter().filter(|(a, b)| a / 10 != b / 10).count();
        for a in 0..sets.len() {
            for b in (a + 1)..(a / 10 + 1) * 10 {
                if Jaccard::between(&sets[a], &sets[b]) >= threshold {
                    all += 1;
                    found += usize::from(pairs.contains(&(a as u32, b as u32)));
                }
            }
        }
    }
    assert!(all > 5_000, "{all} pairs above the threshold");
    // All pairs lie at the threshold or above, so the recall is at least the one asked for.
    assert!(found as f64 >= 0.95 * all as f64, "{found} of {all}");
    assert!(unrelated < 50, "{unrelated} unrelated pairs");
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

#[test]
fn a_hundred_thousand_identical_sets_collapse() {
    let rows = 100_000;
    let sketcher = Sketcher::new(Scheme::new(128).unwrap());
    let one = sketcher.sketch(&[1, 2, 3]);
    let matrix = SignatureMatrix::from_lanes(*sketcher.scheme(), one.lanes().repeat(rows)).unwrap();
    let banding = Banding::new(16, 8).unwrap();
    let (found, time) = timed(|| banding.candidate_pairs(&matrix).unwrap());
    let star: Vec<(u32, u32)> = (1..rows as u32).map(|row| (0, row)).collect();
    assert_eq!(found.pairs(), star);
    assert_eq!(found.statistics().identical_rows, rows as u64 - 1);
    assert!(time < Duration::from_secs(20), "{time:?}");
}

#[test]
fn a_hundred_thousand_sets_in_one_bucket_cost_linear_time() {
    let rows = 100_000_u32;
    // Every row differs, but all agree in the first band.
    let lanes =
        (0..rows).flat_map(|row| [7, 7, 7, 7, row, row, row, row].map(|lane| lane % (1 << 24)));
    let scheme = Scheme::new(8).unwrap();
    let matrix = SignatureMatrix::from_lanes(scheme, lanes.collect()).unwrap();
    let banding = Banding::new(2, 4).unwrap();
    let (found, time) = timed(|| banding.candidate_pairs(&matrix).unwrap());
    let statistics = found.statistics();
    let anchors = u64::from(statistics.cap.anchors());
    let n = u64::from(rows);
    assert_eq!(statistics.pairs, anchors * (anchors - 1) / 2 + (n - anchors) * anchors);
    assert_eq!(statistics.pairs + statistics.pairs_left_out, n * (n - 1) / 2);
    assert_eq!((statistics.overfull_buckets, statistics.largest_bucket), (1, n));
    assert!(time < Duration::from_secs(20), "{time:?}");
}

#[test]
fn the_index_bears_a_hundred_thousand_sets_in_one_bucket() {
    let rows = 100_000_u32;
    let scheme = Scheme::new(8).unwrap();
    let signature = Signature::from_lanes(scheme, vec![3; 8]).unwrap();
    let mut index = LshIndex::new(scheme, Banding::new(2, 4).unwrap()).unwrap();
    let cap = BucketCap::default();
    let ((), time) = timed(|| {
        for id in (0..rows).rev() {
            index.insert(id, &signature).unwrap();
            assert!(index.candidates_capped(&signature, cap).unwrap().ids().len() <= 64);
        }
        assert_eq!(index.candidates(&signature).unwrap().len(), rows as usize);
        for id in 0..rows {
            assert!(index.remove(id));
        }
    });
    assert!(index.is_empty() && index.candidates(&signature).unwrap().is_empty());
    assert!(time < Duration::from_secs(20), "{time:?}");
}

#[test]
fn empty_sets_are_candidates_of_nothing() {
    let sketcher = Sketcher::new(Scheme::new(16).unwrap());
    let matrix = sketcher.sketch_all(&[vec![], vec![1], vec![], vec![1]]);
    let banding = Banding::new(4, 4).unwrap();
    let found = banding.candidate_pairs(&matrix).unwrap();
    assert_eq!(found.pairs(), [(1, 3)]);
    assert_eq!((found.representative(0), found.representative(3)), (None, Some(1)));
    assert_eq!(found.representative(4), None);
    assert_eq!(found.statistics().empty_rows, 2);
    let mut index = LshIndex::new(*sketcher.scheme(), banding).unwrap();
    index.insert(0_u64, matrix.row(0).unwrap()).unwrap();
    assert!(index.contains(0) && index.candidates(matrix.row(0).unwrap()).unwrap().is_empty());
    assert!(index.insert(0, matrix.row(1).unwrap()).unwrap_err().is_duplicate());
    assert!(index.remove(0) && !index.remove(0));
    let none = banding.candidate_pairs(&SignatureMatrix::new(*sketcher.scheme())).unwrap();
    assert!(none.pairs().is_empty());
}

#[test]
fn a_banding_of_more_lanes_than_there_are_is_refused() {
    let scheme = Scheme::new(64).unwrap();
    let banding = Banding::new(16, 8).unwrap();
    let error = banding.candidate_pairs(&SignatureMatrix::new(scheme)).unwrap_err();
    assert!(error.is_config(), "{error}");
    assert!(LshIndex::<u32>::new(scheme, banding).unwrap_err().is_config());
    assert!(BucketCap::new(0).unwrap_err().is_config());
}

#[cfg(feature = "rayon")]
#[test]
fn any_number_of_threads_gives_the_same_answer() {
    let sets = groups(&mut SplitMix(12));
    let sketcher = Sketcher::new(Scheme::new(128).unwrap());
    let banding = Banding::new(32, 4).unwrap();
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let matrix = sketcher.sketch_all(&sets);
            (banding.candidate_pairs(&matrix).unwrap(), matrix)
        })
    };
    let one = run(1);
    assert!(!one.0.pairs().is_empty());
    for threads in [2, 8] {
        assert_eq!(run(threads), one, "{threads} threads");
    }
    let singly: Vec<_> = sets.iter().map(|set| sketcher.sketch(set)).collect();
    assert!(singly.iter().zip(one.1.rows()).all(|(single, row)| single.view() == row));
}
