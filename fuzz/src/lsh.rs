//! Candidates against all pairs, the index against a model, and decoding of anything.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use minhash_lsh::{
    Banding, BucketCap, LshIndex, Scheme, Signature, SignatureMatrix, SignatureView,
};

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
    index(&matrix, banding, cap, data);
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

fn index(matrix: &SignatureMatrix, banding: Banding, cap: BucketCap, data: &[u8]) {
    // So that tables begin at all sizes.
    let byte = |byte: Option<&u8>| byte.copied().map_or(0, usize::from);
    let capacity = byte(data.first()) * (byte(data.last()) % 3);
    let scheme = *matrix.scheme();
    let mut index = LshIndex::with_capacity(scheme, banding, capacity).expect("enough lanes");
    let mut model: BTreeMap<u32, SignatureView<'_>> = BTreeMap::new();
    // Rows come again under other ids, so that buckets grow large; ids come again too, and some
    // are removed.
    for (step, &byte) in data.iter().enumerate().take(600 * usize::from(!matrix.is_empty())) {
        let id = u32::from(byte / 2) + 128 * (step as u32 % 3);
        let row = matrix.row((step / 7 + usize::from(byte)) % matrix.len()).expect("a row");
        if byte == 255 {
            portion(&mut index, &mut model, matrix, step);
        } else if byte % 2 == 0 && step % 3 == 2 {
            assert_eq!(index.remove(id), model.remove(&id).is_some());
        } else if let Entry::Vacant(entry) = model.entry(id) {
            index.insert(id, row).expect("a new id");
            entry.insert(row);
        } else {
            assert!(index.insert(id, row).expect_err("duplicate").is_duplicate());
        }
    }
    assert_eq!(index.len(), model.len());
    for query in matrix.rows() {
        answers(&index, &model, query, cap);
    }
    let bytes = index.encode();
    let read = LshIndex::<u32>::decode(&bytes).expect("what was encoded");
    assert_eq!(read.encode(), bytes);
    assert!(LshIndex::<u64>::decode(&bytes).expect_err("ids of four bytes").is_corrupt());
    for id in model.keys() {
        assert!(index.remove(*id));
    }
    assert!(index.is_empty());
    for query in matrix.rows() {
        assert!(index.candidates(query).expect("one scheme").is_empty());
    }
}

/// Inserts all rows at once, under ids of which some may be there.
fn portion<'a>(
    index: &mut LshIndex<u32>,
    model: &mut BTreeMap<u32, SignatureView<'a>>,
    matrix: &'a SignatureMatrix,
    step: usize,
) {
    let first = 37 * (step as u32 % 16);
    let ids: Vec<u32> = (0..matrix.len() as u32).map(|row| first + row).collect();
    let inserted = index.insert_all(&ids, matrix);
    if ids.iter().any(|id| model.contains_key(id)) {
        assert!(inserted.expect_err("duplicate").is_duplicate());
    } else {
        inserted.expect("new ids");
        model.extend(ids.into_iter().zip(matrix.rows()));
    }
}

/// All answers to one query against a scan of the members.
fn answers(
    index: &LshIndex<u32>,
    model: &BTreeMap<u32, SignatureView<'_>>,
    query: SignatureView<'_>,
    cap: BucketCap,
) {
    let banding = index.banding();
    let (mut all, mut capped, mut overfull) = (BTreeSet::new(), BTreeSet::new(), 0);
    for band in 0..banding.bands() {
        let lanes = band * banding.rows()..(band + 1) * banding.rows();
        let agrees = |row: &SignatureView<'_>| {
            !query.is_empty()
                && !row.is_empty()
                && row.lanes()[lanes.clone()] == query.lanes()[lanes.clone()]
        };
        let members = || model.iter().filter(|(_, row)| agrees(row)).map(|(id, _)| *id);
        all.extend(members());
        capped.extend(members().take(cap.anchors() as usize));
        overfull += usize::from(members().count() > cap.anchors() as usize);
    }
    assert!(index.candidates(query).expect("one scheme").iter().eq(&all));
    let found = index.candidates_capped(query, cap).expect("one scheme");
    assert!(found.ids().iter().eq(&capped));
    assert_eq!(found.overfull_buckets(), overfull);
    let best = index.top_k(query, 3).expect("one scheme");
    assert_eq!(best.len(), all.len().min(3));
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
