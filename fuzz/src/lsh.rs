//! Candidates against all pairs, the index against a model, and decoding of anything.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use minhash_lsh::{Banding, BucketCap, LshIndex, Scheme, Signature, SignatureMatrix};

use crate::input::Input;

pub fn run(data: &[u8]) {
    decode(data);
    let mut input = Input::new(data);
    let scheme = Scheme::new(8 * (1 + usize::from(input.byte()) % 2)).expect("8 or 16");
    let (bands, rows) = (1 + usize::from(input.byte()) % 16, 1 + usize::from(input.byte()) % 16);
    let Ok(banding) = Banding::new(bands, rows) else { panic!("{bands} × {rows} ≤ 1024") };
    let cap = BucketCap::new(1 + u32::from(input.byte()) % 8).expect("at least one anchor");
    let mut matrix = SignatureMatrix::new(scheme);
    while !input.is_empty() && matrix.len() < 40 {
        matrix.push(&signature(scheme, &mut input)).expect("one scheme");
    }
    if banding.lanes() > scheme.k() {
        let error = banding.candidate_pairs(&matrix).expect_err("too few lanes");
        assert!(error.is_config());
        assert!(LshIndex::<u32>::new(scheme, banding).expect_err("too few lanes").is_config());
        return;
    }
    batch(&matrix, banding, cap);
    index(&matrix, banding, data);
}

/// Lanes with few different values, so that bands agree by chance, or the empty set.
fn signature(scheme: Scheme, input: &mut Input<'_>) -> Signature {
    if input.byte().is_multiple_of(8) {
        return Signature::empty(scheme);
    }
    let lanes: Vec<u32> = (0..scheme.k()).map(|_| u32::from(input.byte() % 3)).collect();
    Signature::from_lanes(scheme, lanes).expect("values of round 0")
}

fn share_a_band(banding: Banding, a: &[u32], b: &[u32]) -> bool {
    let bands = |lanes: &[u32]| -> Vec<Vec<u32>> {
        lanes.chunks_exact(banding.rows()).take(banding.bands()).map(<[u32]>::to_vec).collect()
    };
    bands(a).iter().zip(&bands(b)).any(|(a, b)| a == b)
}

fn batch(matrix: &SignatureMatrix, banding: Banding, cap: BucketCap) {
    let uncapped = BucketCap::new(u32::MAX).expect("at least one anchor");
    let all = banding.candidate_pairs_capped(matrix, uncapped).expect("enough lanes");
    assert_eq!(all.statistics().pairs_left_out, 0);
    let rows: Vec<_> = matrix.rows().collect();
    let mut expected = Vec::new();
    for (i, a) in rows.iter().enumerate() {
        let first = rows.iter().position(|row| row == a).expect("itself");
        let representative = (!a.is_empty()).then_some(first as u32);
        assert_eq!(all.representative(i as u32), representative);
        for (j, b) in rows.iter().enumerate().skip(i + 1) {
            let sole = |n: usize| rows.iter().position(|row| *row == rows[n]) == Some(n);
            let linked = !a.is_empty()
                && !b.is_empty()
                && if a == b {
                    sole(i)
                } else {
                    sole(i) && sole(j) && share_a_band(banding, a.lanes(), b.lanes())
                };
            if linked {
                expected.push((i as u32, j as u32));
            }
        }
    }
    assert_eq!(all.pairs(), expected);
    let capped = banding.candidate_pairs_capped(matrix, cap).expect("enough lanes");
    assert!(capped.pairs().is_sorted());
    assert!(capped.pairs().iter().all(|pair| expected.binary_search(pair).is_ok()));
    let missing = (expected.len() - capped.pairs().len()) as u64;
    assert!(missing <= capped.statistics().pairs_left_out, "what is missing is counted");
}

fn index(matrix: &SignatureMatrix, banding: Banding, data: &[u8]) {
    let mut index = LshIndex::new(*matrix.scheme(), banding).expect("enough lanes");
    let mut model = BTreeMap::new();
    for (step, row) in matrix.rows().enumerate() {
        // The low bits of the input choose ids, so that some collide and some are removed.
        let id = u32::from(data[step % data.len()] % 16);
        if step % 5 == 4 {
            assert_eq!(index.remove(id), model.remove(&id).is_some());
        } else if let Entry::Vacant(entry) = model.entry(id) {
            index.insert(id, row).expect("a new id");
            entry.insert(row);
        } else {
            assert!(index.insert(id, row).expect_err("duplicate").is_duplicate());
        }
    }
    for query in matrix.rows() {
        let expected: Vec<u32> = model
            .iter()
            .filter(|(_, row)| !query.is_empty() && !row.is_empty())
            .filter(|(_, row)| share_a_band(banding, query.lanes(), row.lanes()))
            .map(|(id, _)| *id)
            .collect();
        assert_eq!(index.candidates(query).expect("one scheme"), expected);
        let best = index.top_k(query, 3).expect("one scheme");
        assert_eq!(best.len(), expected.len().min(3));
    }
    let bytes = index.encode();
    let read = LshIndex::<u32>::decode(&bytes).expect("what was encoded");
    assert_eq!(read.encode(), bytes);
    assert!(LshIndex::<u64>::decode(&bytes).expect_err("ids of four bytes").is_corrupt());
}

fn decode(bytes: &[u8]) {
    if let Ok(index) = LshIndex::<u32>::decode(bytes) {
        assert_eq!(index.encode(), bytes);
    }
    if let Ok(index) = LshIndex::<u64>::decode(bytes) {
        assert_eq!(index.encode(), bytes);
    }
    if let Ok(banding) = Banding::decode(bytes) {
        assert_eq!(banding.encode(), bytes);
    }
}
