//! Candidate pairs and the index against all pairs, and both under hostile input.

#![expect(clippy::unwrap_used, reason = "a test that fails panics, in its helpers too")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use common::SplitMix;
use minhash_lsh::{
    Banding, BucketCap, CandidatePairs, Jaccard, LshIndex, Scheme, SetId, Signature,
    SignatureMatrix, SignatureView, Sketcher,
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

/// The lanes of each band.
fn bands<'a>(banding: Banding, row: SignatureView<'a>) -> impl Iterator<Item = &'a [u32]> {
    row.lanes().chunks_exact(banding.rows()).take(banding.bands())
}

/// Pairs and what was left out, from the definition: each bucket of rows of their kind's first, its
/// members paired with the first ones.
fn naive_capped_pairs(
    matrix: &SignatureMatrix,
    banding: Banding,
    anchors: usize,
) -> (BTreeSet<(u32, u32)>, [u64; 4]) {
    let mut pairs = BTreeSet::new();
    let mut firsts = BTreeMap::new();
    let mut buckets: BTreeMap<(usize, &[u32]), Vec<u32>> = BTreeMap::new();
    for (number, row) in (0..).zip(matrix.rows()).filter(|(_, row)| !row.is_empty()) {
        let first = *firsts.entry(row.lanes()).or_insert(number);
        if first < number {
            pairs.insert((first, number));
            continue;
        }
        for bucket in bands(banding, row).enumerate() {
            buckets.entry(bucket).or_default().push(number);
        }
    }
    let [mut shared, mut largest, mut overfull, mut left_out] = [0; 4];
    for members in buckets.values() {
        shared += u64::from(members.len() > 1);
        largest = largest.max(members.len() as u64);
        let before = left_out;
        for (rank, &later) in members.iter().enumerate() {
            left_out += rank.saturating_sub(anchors) as u64;
            pairs.extend(members.iter().take(rank.min(anchors)).map(|&anchor| (anchor, later)));
        }
        overfull += u64::from(left_out > before);
    }
    (pairs, [shared, if shared > 0 { largest } else { 0 }, overfull, left_out])
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
        let (expected, counts) = naive_capped_pairs(&matrix, banding, anchors as usize);
        prop_assert!(capped.pairs().iter().eq(&expected));
        let found = capped.statistics();
        prop_assert_eq!(
            [
                found.shared_buckets, found.largest_bucket,
                found.overfull_buckets, found.pairs_left_out,
            ],
            counts
        );
        // Nobody with a candidate is left alone: the first of its bucket remains its partner.
        let partnered = |pairs: &[(u32, u32)]| -> BTreeSet<u32> {
            pairs.iter().flat_map(|&(a, b)| [a, b]).collect()
        };
        prop_assert_eq!(partnered(all.pairs()), partnered(capped.pairs()));
    }

    #[test]
    fn the_index_answers_as_a_map_does_whatever_came_and_went(
        matrix in matrices(), banding in bandings(), steps in steps(), anchors in 1_u32..12,
        capacity in 0_usize..500,
    ) {
        if !matrix.is_empty() {
            check_index(&matrix, banding, &steps, anchors, capacity, |n| n * 77_777);
            check_index(&matrix, banding, &steps, anchors, capacity, |n| u32::MAX - n);
            check_index(&matrix, banding, &steps, anchors, capacity, u64::from);
            let spread = |n| u64::MAX - (u64::from(n) << 40);
            check_index(&matrix, banding, &steps, anchors, capacity, spread);
        }
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

/// What is done to an index, step by step.
#[derive(Debug, Clone)]
enum Step {
    /// Insert a row of the matrix under an id.
    Insert(prop::sample::Index, u32),
    /// Insert so many rows, from one on and round the end, under ids from this one on.
    InsertAll(prop::sample::Index, u32, u32),
    /// Remove an id.
    Remove(u32),
    /// Remove all ids below this one.
    RemoveBelow(u32),
}

/// Ids are few, so that they come again; rows are fewer, so that buckets grow large.
fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        12 => (any::<prop::sample::Index>(), 0_u32..200).prop_map(|(row, id)| Step::Insert(row, id)),
        2 => (any::<prop::sample::Index>(), 0_u32..200, 0_u32..60)
            .prop_map(|(row, id, count)| Step::InsertAll(row, id, count)),
        4 => (0_u32..200).prop_map(Step::Remove),
        1 => (0_u32..200).prop_map(Step::RemoveBelow),
    ];
    vec(step, 0..400)
}

fn check_index<Id: SetId>(
    matrix: &SignatureMatrix,
    banding: Banding,
    steps: &[Step],
    anchors: u32,
    capacity: usize,
    id: impl Fn(u32) -> Id,
) {
    let mut index = LshIndex::with_capacity(*matrix.scheme(), banding, capacity).unwrap();
    let mut model = BTreeMap::new();
    for step in steps {
        match step {
            Step::Insert(row, number) => {
                let row = matrix.row(row.index(matrix.len())).unwrap();
                let inserted = index.insert(id(*number), row);
                if let std::collections::btree_map::Entry::Vacant(entry) = model.entry(id(*number))
                {
                    entry.insert(row);
                    inserted.unwrap();
                } else {
                    assert!(inserted.unwrap_err().is_duplicate());
                }
            }
            Step::InsertAll(first, number, count) => {
                let ids: Vec<Id> = (*number..number + count).map(&id).collect();
                let first = first.index(matrix.len());
                let rows: Vec<_> =
                    matrix.rows().cycle().skip(first).take(*count as usize).collect();
                let mut portion = SignatureMatrix::new(*matrix.scheme());
                rows.iter().for_each(|row| assert!(portion.push(*row).is_ok()));
                let inserted = if count % 2 == 0 {
                    index.insert_all(&ids, &portion)
                } else {
                    index.insert_all(&ids, portion)
                };
                if ids.iter().any(|id| model.contains_key(id)) {
                    assert!(inserted.unwrap_err().is_duplicate());
                } else {
                    inserted.unwrap();
                    model.extend(ids.into_iter().zip(rows));
                }
            }
            Step::Remove(number) => {
                assert_eq!(index.remove(id(*number)), model.remove(&id(*number)).is_some());
            }
            Step::RemoveBelow(end) => {
                for number in 0..*end {
                    assert_eq!(index.remove(id(number)), model.remove(&id(number)).is_some());
                }
            }
        }
    }
    assert_eq!((index.len(), index.is_empty()), (model.len(), model.is_empty()));
    assert!(index.ids().iter().eq(model.keys()));
    for number in 0..260 {
        assert_eq!(index.get(id(number)), model.get(&id(number)).copied());
        assert_eq!(index.contains(id(number)), model.contains_key(&id(number)));
    }
    for query in matrix.rows() {
        check_answers(&index, &model, query, anchors);
    }
    let mut rebuilt = LshIndex::new(*matrix.scheme(), banding).unwrap();
    model.iter().rev().for_each(|(&id, &row)| rebuilt.insert(id, row).unwrap());
    assert_eq!(index.encode(), rebuilt.encode(), "only the members count");
    let read = LshIndex::<Id>::decode(&index.encode()).unwrap();
    assert_eq!(read.encode(), index.encode());
}

/// The answers to `query` against a scan of all members.
fn check_answers<Id: SetId>(
    index: &LshIndex<Id>,
    model: &BTreeMap<Id, SignatureView<'_>>,
    query: SignatureView<'_>,
    anchors: u32,
) {
    let banding = index.banding();
    let (mut all, mut capped, mut overfull) = (BTreeSet::new(), BTreeSet::new(), 0);
    for (band, lanes) in bands(banding, query).enumerate() {
        let agreeing = model.iter().filter(|(_, row)| {
            !query.is_empty() && !row.is_empty() && bands(banding, **row).nth(band) == Some(lanes)
        });
        let members: Vec<Id> = agreeing.map(|(id, _)| *id).collect();
        all.extend(members.iter().copied());
        capped.extend(members.iter().take(anchors as usize).copied());
        overfull += usize::from(members.len() > anchors as usize);
    }
    assert!(index.candidates(query).unwrap().iter().eq(&all));
    let found = index.candidates_capped(query, BucketCap::new(anchors).unwrap()).unwrap();
    assert!(found.ids().iter().eq(&capped));
    assert_eq!(found.overfull_buckets(), overfull);
    let mut ranked: Vec<_> =
        all.iter().map(|id| (model[id].estimate(query).unwrap().matches(), *id)).collect();
    ranked.sort_by_key(|&(matches, id)| (std::cmp::Reverse(matches), id));
    let best = index.top_k(query, 4).unwrap();
    assert!(best.iter().map(|(id, found)| (found.matches(), *id)).eq(ranked.into_iter().take(4)));
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

/// Rows that agree in all bands but the last, or in none but the first.
fn alike(rows: u32, differing: std::ops::Range<usize>) -> SignatureMatrix {
    let lane = |row: u32, lane: usize| if differing.contains(&lane) { row } else { 9 };
    let lanes = (0..rows).flat_map(|row| (0..32).map(move |number| lane(row, number)));
    SignatureMatrix::from_lanes(Scheme::new(32).unwrap(), lanes.collect()).unwrap()
}

#[test]
fn the_index_bears_a_hundred_thousand_sets_that_are_alike() {
    let rows = 100_000_u32;
    let banding = Banding::new(16, 2).unwrap();
    let cap = BucketCap::default();
    // Equal sets; sets equal but for one band; sets that share one band.
    for (differing, shared) in [(0..0, 16), (30..32, 15), (2..32, 1)] {
        let matrix = alike(rows, differing);
        let ids: Vec<u32> = (0..rows).collect();
        let mut at_once = LshIndex::new(*matrix.scheme(), banding).unwrap();
        let ((), time) = timed(|| at_once.insert_all(&ids, &matrix).unwrap());
        assert!(time < Duration::from_secs(10), "{time:?}");
        assert_eq!(at_once.candidates(matrix.row(0).unwrap()).unwrap(), ids);
        let orders: [fn(u32, u32) -> u32; 3] =
            [|row, _| row, |row, rows| rows - 1 - row, |row, rows| row * 7 % rows];
        for order in orders {
            let mut index = LshIndex::new(*matrix.scheme(), banding).unwrap();
            let ((), time) = timed(|| {
                for row in (0..rows).map(|row| order(row, rows)) {
                    let set = matrix.row(row as usize).unwrap();
                    index.insert(row, set).unwrap();
                    if row % 16 == 0 {
                        assert!(index.candidates_capped(set, cap).unwrap().ids().len() <= 65);
                    }
                }
                let query = matrix.row(0).unwrap();
                let found = index.candidates_capped(query, cap).unwrap();
                assert!(found.ids().iter().copied().eq(0..64));
                assert_eq!(found.overfull_buckets(), shared);
                assert_eq!(index.candidates(query).unwrap().len(), rows as usize);
                for row in 0..rows {
                    assert!(index.remove(row));
                }
            });
            assert!(
                index.is_empty() && index.candidates(matrix.row(0).unwrap()).unwrap().is_empty()
            );
            // Quadratic time would be 5 billion steps for each band: minutes.
            assert!(time < Duration::from_secs(20), "{time:?}");
        }
    }
}

/// On so many threads, if there is a feature for it.
fn in_pool_of<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    #[cfg(feature = "rayon")]
    {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
    }
    #[cfg(not(feature = "rayon"))]
    {
        let _ = threads;
        work()
    }
}

#[test]
fn an_index_is_the_same_whatever_portions_and_threads_it_was_made_with() {
    let sets: Vec<_> = (31..40).flat_map(|seed| groups(&mut SplitMix(seed))).collect();
    let matrix = Sketcher::new(Scheme::new(128).unwrap()).sketch_all(&sets);
    let banding = Banding::new(32, 4).unwrap();
    // Ids that nobody would hash into order.
    let ids: Vec<u64> = (1..=matrix.len() as u64).map(|n| n.wrapping_mul(0x9e37_79b9)).collect();
    let mut singly = LshIndex::new(*matrix.scheme(), banding).unwrap();
    ids.iter().zip(matrix.rows()).for_each(|(&id, row)| singly.insert(id, row).unwrap());
    let expected: Vec<_> = matrix.rows().map(|row| singly.candidates(row).unwrap()).collect();
    for (threads, portion) in [(1, 8_000), (3, 100_000), (8, 700), (2, 1)] {
        let mut index = LshIndex::new(*matrix.scheme(), banding).unwrap();
        for (ids, lanes) in ids.chunks(portion).zip(matrix.lanes().chunks(portion * 128)) {
            let rows = SignatureMatrix::from_lanes(*matrix.scheme(), lanes.to_vec()).unwrap();
            in_pool_of(threads, || index.insert_all(ids, &rows)).unwrap();
        }
        assert!(index.encode() == singly.encode(), "portions of {portion}");
        let found = matrix.rows().map(|row| index.candidates(row).unwrap());
        assert!(found.eq(expected.iter().cloned()), "{threads} threads, portions of {portion}");
    }
}

#[test]
fn an_index_that_was_given_a_matrix_answers_as_one_that_was_lent_it() {
    // Tens of pages of 256 rows, and the end of one.
    let rows = 6_000_u32;
    let mut lanes: Vec<u32> =
        SplitMix(8).take(rows as usize * 1024).iter().map(|x| (x >> 40) as u32).collect();
    for row in (7..rows as usize).step_by(7) {
        lanes.copy_within((row - 1) * 1024 + 8..(row - 1) * 1024 + 16, row * 1024 + 8);
    }
    let matrix = SignatureMatrix::from_lanes(Scheme::new(1024).unwrap(), lanes).unwrap();
    let ids: Vec<u32> = (0..rows).rev().collect();
    let mut lent = LshIndex::new(*matrix.scheme(), Banding::new(16, 8).unwrap()).unwrap();
    let mut given = lent.clone();
    lent.insert_all(&ids, &matrix).unwrap();
    given.insert_all(&ids, matrix.clone()).unwrap();
    for index in [&mut lent, &mut given] {
        (0..rows).step_by(5).for_each(|id| assert!(index.remove(id)));
        let again: Vec<u32> = (rows..rows + 300).collect();
        let portion =
            SignatureMatrix::from_lanes(*matrix.scheme(), matrix.lanes()[..300 * 1024].to_vec());
        index.insert_all(&again, portion.unwrap()).unwrap();
    }
    assert!(lent.encode() == given.encode());
    let mut found = 0;
    for row in matrix.rows() {
        let candidates = given.candidates(row).unwrap();
        assert_eq!(candidates, lent.candidates(row).unwrap());
        found += candidates.len();
    }
    assert!(found > 6_000, "{found}");
}

#[test]
fn inserting_many_refuses_what_inserting_one_does_and_changes_nothing() {
    let sketcher = Sketcher::new(Scheme::new(64).unwrap());
    let rows = sketcher.sketch_all(&[vec![1], vec![], vec![2, 3]]);
    let mut index = LshIndex::new(*sketcher.scheme(), Banding::new(8, 8).unwrap()).unwrap();
    index.insert_all(&[1_u32, 2, 3], &rows).unwrap();
    let before = index.encode();
    for ids in [[4, 5, 4], [4, 3, 5], [5, 5, 5], [1, 2, 3]] {
        let error = index.insert_all(&ids, &rows).unwrap_err();
        assert!(error.is_duplicate(), "{error}");
        assert!(ids.iter().any(|id| error.to_string().contains(&format!("id {id} "))), "{error}");
    }
    assert!(index.insert_all(&[4, 5], &rows).unwrap_err().is_length());
    let other = SignatureMatrix::new(Scheme::new(64).unwrap().with_seed(1));
    assert!(index.insert_all(&[], &other).unwrap_err().is_incompatible());
    index.insert_all(&[], SignatureMatrix::new(*sketcher.scheme())).unwrap();
    assert_eq!(index.encode(), before);
    assert_eq!(index.candidates(rows.row(2).unwrap()).unwrap(), [3]);
    assert!(index.candidates(rows.row(1).unwrap()).unwrap().is_empty(), "the empty set");
    // Slots that became free are filled first.
    assert!(index.remove(2) && index.remove(1));
    index.insert_all(&[7, 6, 8], &rows).unwrap();
    assert_eq!(index.ids(), [3, 6, 7, 8]);
    assert_eq!(index.candidates(rows.row(0).unwrap()).unwrap(), [7]);
}

#[test]
fn the_index_finds_what_the_batch_does_at_every_size_around_a_doubling() {
    let mut random = SplitMix(21);
    let mut lanes: Vec<u32> = random.take(2_000 * 16).iter().map(|x| (x >> 40) as u32).collect();
    // Every seventh row shares a band with the one before it.
    for row in (7..2_000).step_by(7) {
        lanes.copy_within((row - 1) * 16 + 4..(row - 1) * 16 + 8, row * 16 + 4);
    }
    let matrix = SignatureMatrix::from_lanes(Scheme::new(16).unwrap(), lanes).unwrap();
    let banding = Banding::new(4, 4).unwrap();
    let mut index = LshIndex::new(*matrix.scheme(), banding).unwrap();
    let expected = banding.candidate_pairs(&matrix).unwrap().into_pairs();
    assert_eq!(expected.len(), 285);
    for (number, row) in (0_u32..).zip(matrix.rows()) {
        index.insert(number, row).unwrap();
        // Tables double at 15 · 2ⁿ sets.
        let place = (number + 1) % 15;
        if place > 1 && place < 14 {
            continue;
        }
        for (later, row) in (0..=number).zip(matrix.rows()) {
            let found = index.candidates(row).unwrap();
            let partners =
                expected.iter().filter(|&&(a, b)| b <= number && (a == later || b == later));
            let partners = partners.map(|&(a, b)| if a == later { b } else { a });
            let expected: BTreeSet<u32> = partners.chain([later]).collect();
            assert!(found.iter().eq(&expected), "{later} of {number}: {found:?}");
        }
    }
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
    let sets: Vec<_> = (12..23).flat_map(|seed| groups(&mut SplitMix(seed))).collect();
    assert!(sets.len() > 10_000, "several blocks of rows");
    let sketcher = Sketcher::new(Scheme::new(128).unwrap());
    let banding = Banding::new(32, 4).unwrap();
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let matrix = sketcher.sketch_all(&sets);
            let cap = BucketCap::new(3).unwrap();
            let capped = banding.candidate_pairs_capped(&matrix, cap).unwrap();
            (banding.candidate_pairs(&matrix).unwrap(), capped, matrix)
        })
    };
    let one = run(1);
    assert!(one.0.pairs().len() > 10_000 && one.1.statistics().pairs_left_out > 0);
    for threads in [2, 3, 8] {
        assert_eq!(run(threads), one, "{threads} threads");
    }
    let singly: Vec<_> = sets.iter().map(|set| sketcher.sketch(set)).collect();
    assert!(singly.iter().zip(one.2.rows()).all(|(single, row)| single.view() == row));
}

#[cfg(feature = "rayon")]
#[test]
fn as_many_bands_are_searched_at_a_time_as_the_pool_of_the_caller_has_threads() {
    let banding = Banding::new(16, 2).unwrap();
    let partitions = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| banding.search_memory(1_000).partitions)
    };
    assert_eq!([1, 3, 8, 20].map(partitions), [8_000, 24_000, 64_000, 64_000]);
}
