//! Laws of signatures, and decoding of anything.

use minhash_lsh::{Scheme, Signature, SignatureMatrix, Sketcher};

use crate::input::Input;

pub fn run(data: &[u8]) {
    decode(data);
    let mut input = Input::new(data);
    let k = 8 * (1 + usize::from(input.byte()) % 128);
    let scheme = Scheme::new(k).expect("a multiple of 8 up to 1024").with_seed(input.u64());
    let sketcher = Sketcher::new(scheme);
    let (a, b) = (input.elements(100), input.elements(100));
    laws(&sketcher, &a, &b);
    damaged(&sketcher.sketch(&a), input.u64(), input.byte());
}

fn laws(sketcher: &Sketcher, a: &[u64], b: &[u64]) {
    let (of_a, of_b) = (sketcher.sketch(a), sketcher.sketch(b));
    let mut union: Vec<u64> = a.iter().chain(b).copied().collect();
    let of_union = sketcher.sketch(&union);

    let mut merged = of_a.clone();
    merged.merge(&of_b).expect("one scheme");
    assert_eq!(merged, of_union, "merge is the union");

    let mut updated = of_a.clone();
    sketcher.update(&mut updated, b).expect("one scheme");
    assert_eq!(updated, of_union, "update is the batch");

    union.reverse();
    union.extend_from_slice(a);
    assert_eq!(sketcher.sketch(&union), of_union, "a set has no order and no repeats");

    assert_eq!(of_a.is_empty(), a.is_empty());
    let estimate = of_a.estimate(&of_b).expect("one scheme");
    assert_eq!(estimate, of_b.estimate(&of_a).expect("one scheme"), "symmetry");
    if a.is_empty() || b.is_empty() {
        assert_eq!(estimate.matches(), 0, "the empty set is like nothing");
    }
    assert_eq!(Signature::decode(&of_union.encode()).as_ref(), Ok(&of_union));
    let matrix = sketcher.sketch_all(&[a, b]);
    assert_eq!(matrix.row(1), Some(of_b.view()));
    assert_eq!(SignatureMatrix::decode(&matrix.encode()), Ok(matrix));
}

/// One byte of a valid encoding changed: an error, or a value that encodes to just these bytes.
fn damaged(signature: &Signature, place: u64, change: u8) {
    let mut bytes = signature.encode();
    let place = (place % bytes.len() as u64) as usize;
    bytes[place] ^= change;
    decode(&bytes);
}

fn decode(bytes: &[u8]) {
    if let Ok(scheme) = Scheme::decode(bytes) {
        assert_eq!(scheme.encode(), bytes);
    }
    if let Ok(signature) = Signature::decode(bytes) {
        assert_eq!(signature.encode(), bytes);
    }
    if let Ok(matrix) = SignatureMatrix::decode(bytes) {
        assert_eq!(matrix.encode(), bytes);
    }
}
