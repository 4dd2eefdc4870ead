//! Codes against their definition, candidates against all pairs, and decoding of anything.

use minhash_lsh::{
    CodeBanding, CodeBits, CodeMatrix, Codes, CodesView, Scheme, Signature, SignatureMatrix,
};

use crate::input::Input;

pub fn run(data: &[u8]) {
    decode(data);
    let mut input = Input::new(data);
    let bits = CodeBits::ALL[usize::from(input.byte()) % 5];
    let scheme = Scheme::new(8 * (1 + usize::from(input.byte()) % 3)).expect("8, 16 or 24");
    let (bands, rows) = (1 + usize::from(input.byte()) % 24, 1 + usize::from(input.byte()) % 24);
    let Ok(banding) = CodeBanding::new(bands, rows, bits) else {
        panic!("{bands} × {rows} ≤ 1024")
    };
    let (place, change) = (input.u64(), input.byte());
    let mut signatures = SignatureMatrix::new(scheme);
    while !input.is_empty() && signatures.len() < 30 {
        signatures.push(&signature(scheme, &mut input)).expect("one scheme");
    }
    let codes = signatures.codes(bits);
    rows_are_codes_of_signatures(&signatures, &codes);
    damaged(&codes, place, change);
    if banding.lanes() > scheme.k() {
        assert!(banding.candidate_pairs(&codes).expect_err("too few codes").is_config());
    } else {
        candidates(&codes, banding);
    }
}

/// Lanes with few different values, so that bands agree by chance, or the empty set.
fn signature(scheme: Scheme, input: &mut Input<'_>) -> Signature {
    if input.byte().is_multiple_of(8) {
        return Signature::empty(scheme);
    }
    let lanes: Vec<u32> = (0..scheme.k()).map(|_| u32::from(input.byte() % 3)).collect();
    Signature::from_lanes(scheme, lanes).expect("values of round 0")
}

fn agree(a: CodesView<'_>, b: CodesView<'_>, lane: usize) -> bool {
    a.code(lane).is_some() && a.code(lane) == b.code(lane)
}

fn rows_are_codes_of_signatures(signatures: &SignatureMatrix, codes: &CodeMatrix) {
    assert_eq!(codes.len(), signatures.len());
    let mut pushed = CodeMatrix::new(*codes.scheme(), codes.bits());
    for (signature, row) in signatures.rows().zip(codes.rows()) {
        assert_eq!(signature.codes(codes.bits()).view(), row);
        assert_eq!(signature.is_empty(), row.is_empty());
        pushed.push(row).expect("one scheme and width");
        for other in codes.rows() {
            let estimate = row.estimate(other).expect("one scheme and width");
            let naive = (0..codes.scheme().k()).filter(|&lane| agree(row, other, lane)).count();
            assert_eq!(estimate.matches() as usize, naive);
        }
    }
    assert_eq!(&pushed, codes);
    assert_eq!(CodeMatrix::decode(&codes.encode()).as_ref(), Ok(codes));
}

fn candidates(codes: &CodeMatrix, banding: CodeBanding) {
    let found = banding.candidate_pairs(codes).expect("enough codes");
    let rows: Vec<_> = codes.rows().collect();
    let sole = |n: usize| rows.iter().position(|row| *row == rows[n]) == Some(n);
    let share_a_band = |a, b| {
        (0..banding.bands()).any(|band| {
            (band * banding.rows()..(band + 1) * banding.rows()).all(|lane| agree(a, b, lane))
        })
    };
    let mut expected = Vec::new();
    for (i, &a) in rows.iter().enumerate() {
        for (j, &b) in rows.iter().enumerate().skip(i + 1) {
            let linked = if a == b {
                !a.is_empty() && sole(i)
            } else {
                sole(i) && sole(j) && share_a_band(a, b)
            };
            if linked {
                expected.push((i as u32, j as u32));
            }
        }
    }
    assert_eq!(found.pairs(), expected);
}

/// One byte of a valid encoding changed: an error, or a value that encodes to just these bytes.
fn damaged(codes: &CodeMatrix, place: u64, change: u8) {
    let row = codes.row(0).map(|row| row.to_codes().encode());
    for mut bytes in [Some(codes.encode()), row].into_iter().flatten() {
        let place = (place % bytes.len() as u64) as usize;
        bytes[place] ^= change;
        decode(&bytes);
    }
}

fn decode(bytes: &[u8]) {
    if let Ok(codes) = Codes::decode(bytes) {
        assert_eq!(codes.encode(), bytes);
    }
    if let Ok(matrix) = CodeMatrix::decode(bytes) {
        assert_eq!(matrix.encode(), bytes);
    }
    if let Ok(banding) = CodeBanding::decode(bytes) {
        assert_eq!(banding.encode(), bytes);
    }
}
