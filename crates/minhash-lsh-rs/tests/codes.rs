//! Codes against the independent Python reading of `docs/sketch.md` (`tests/oracle/codes.py`, whose
//! output `tests/goldens.rs` keeps up to date), against naive oracles, and under hostile input.

#![expect(clippy::unwrap_used, reason = "a test that fails panics, in its helpers too")]

mod common;

use std::collections::BTreeSet;

use common::SplitMix;
use minhash_lsh::{
    BucketCap, CandidatePairs, CodeBanding, CodeBits, CodeMatrix, Codes, CodesView, Jaccard,
    Scheme, Signature, SignatureMatrix, Sketcher,
};
use proptest::collection::vec;
use proptest::prelude::*;

const GOLDEN: &str = include_str!("goldens/codes.txt");

fn bits(bits: u8) -> CodeBits {
    CodeBits::new(bits).unwrap()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    let (pairs, _) = text.as_bytes().as_chunks::<2>();
    let byte = |pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap();
    pairs.iter().map(|pair| byte(pair.as_slice())).collect()
}

/// The lanes of `lanes` in `tests/oracle/codes.py`.
fn golden_lanes(k: usize, seed: u64) -> Vec<u32> {
    let lane = |z: &u64| (((z % (k as u64 / 8 + 1)) << 24) | ((z >> 32) % (1 << 24))) as u32;
    SplitMix(seed).take(k).iter().map(lane).collect()
}

fn golden_codes(k: usize, lanes: Vec<u32>, width: CodeBits) -> Codes {
    Signature::from_lanes(Scheme::new(k).unwrap(), lanes).unwrap().codes(width)
}

/// As in `tests/oracle/encoding.py`.
fn golden_scheme() -> Scheme {
    let input = std::array::from_fn(|byte| byte as u8);
    Scheme::new(16).unwrap().with_seed(0x0123_4567_89ab_cdef).with_input(input)
}

fn golden_matrix() -> SignatureMatrix {
    let rows = [golden_lanes(16, 3), vec![u32::MAX; 16], golden_lanes(16, 4)];
    SignatureMatrix::from_lanes(golden_scheme(), rows.concat()).unwrap()
}

#[test]
fn codes_equal_the_vectors_of_the_python_reading() {
    let mut checked = BTreeSet::new();
    for line in GOLDEN.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let number = |place: usize| words[place].parse::<i64>().unwrap();
        let width = |place: usize| bits(words[place].parse().unwrap());
        match words[0] {
            "mix" => {
                // The mix itself is private; its low 16 bits are a code.
                let lane = u32::from_str_radix(words[1], 16).unwrap();
                if lane >> 24 <= 128 {
                    let found = golden_codes(1024, vec![lane; 1024], bits(16));
                    let expected = u32::from_str_radix(words[2], 16).unwrap() as u16;
                    assert_eq!(found.view().code(1023), Some(expected), "{line}");
                }
            }
            "packed" => {
                let k = number(1) as usize;
                let found = golden_codes(k, golden_lanes(k, k as u64), width(2));
                assert_eq!(hex(found.packed()), words[3], "{line}");
            }
            "estimate" => {
                let k = number(1) as usize;
                let (ours, mut theirs) = (golden_lanes(k, 1), golden_lanes(k, 2));
                theirs.iter_mut().zip(&ours).skip(1).step_by(2).for_each(|(b, a)| *b = *a);
                let (ours, theirs) =
                    (golden_codes(k, ours, width(2)), golden_codes(k, theirs, width(2)));
                let found = ours.estimate(&theirs).unwrap();
                assert_eq!(i64::from(found.matches()), number(3), "{line}");
                let expected = number(4) as f64 / number(5) as f64;
                assert!((found.unclamped() - expected).abs() < 1e-12, "{line}");
            }
            "codes" => {
                let found = golden_matrix().row(0).unwrap().codes(width(1));
                assert_eq!(hex(&found.encode()), words[2], "{line}");
                assert_eq!(Codes::decode(&unhex(words[2])), Ok(found));
            }
            "empty" => {
                let found = Signature::empty(golden_scheme()).codes(width(1));
                assert_eq!(hex(&found.encode()), words[2], "{line}");
                assert_eq!(Codes::decode(&unhex(words[2])), Ok(found));
            }
            "matrix" => {
                let found = golden_matrix().codes(width(1));
                assert_eq!(hex(&found.encode()), words[2], "{line}");
                assert_eq!(CodeMatrix::decode(&unhex(words[2])), Ok(found));
            }
            "banding" => {
                let found = CodeBanding::new(4, 3, width(1)).unwrap();
                assert_eq!(hex(&found.encode()), words[2], "{line}");
                assert_eq!(CodeBanding::decode(&unhex(words[2])), Ok(found));
            }
            other => panic!("no value is called {other}"),
        }
        checked.insert(words[0]);
    }
    assert_eq!(checked.len(), 7, "{checked:?}");
}

fn sketchers() -> impl Strategy<Value = Sketcher> {
    let k = prop_oneof![4 => 1_usize..=16, 1 => Just(125), 1 => Just(128)];
    (k, any::<u64>())
        .prop_map(|(eighth, seed)| Sketcher::new(Scheme::new(8 * eighth).unwrap().with_seed(seed)))
}

fn widths() -> impl Strategy<Value = CodeBits> {
    prop::sample::select(&CodeBits::ALL[..])
}

/// Sets of small integers, which overlap, and of whole words.
fn sets() -> impl Strategy<Value = Vec<u64>> {
    prop_oneof![vec(0_u64..60, 0..60), vec(any::<u64>(), 0..200)]
}

/// Code by code.
fn naive_matches(a: CodesView<'_>, b: CodesView<'_>) -> u32 {
    let k = a.scheme().k();
    (0..k).map(|lane| u32::from(a.code(lane).is_some() && a.code(lane) == b.code(lane))).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn estimates_count_codes_and_know_no_order(
        sketcher in sketchers(), width in widths(), a in sets(), b in sets(),
    ) {
        let (of_a, of_b) = (sketcher.sketch(&a), sketcher.sketch(&b));
        let (codes_a, codes_b) = (of_a.codes(width), of_b.codes(width));
        let estimate = codes_a.estimate(&codes_b).unwrap();
        prop_assert_eq!(estimate, codes_b.estimate(&codes_a).unwrap());
        prop_assert_eq!(estimate.matches(), naive_matches(codes_a.view(), codes_b.view()));
        prop_assert_eq!(estimate.k() as usize, sketcher.k());
        prop_assert!(estimate.matches() >= of_a.estimate(&of_b).unwrap().matches(), "lanes that agree have codes that do");
        let itself = if a.is_empty() { Jaccard::ZERO } else { Jaccard::ONE };
        prop_assert_eq!(codes_a.estimate(&codes_a).unwrap().jaccard(), itself);
        if a.is_empty() || b.is_empty() {
            prop_assert_eq!(estimate.matches(), 0);
        }
        prop_assert_eq!(codes_a.is_empty(), a.is_empty());
    }

    #[test]
    fn a_matrix_holds_the_codes_of_its_rows_however_it_was_filled(
        sketcher in sketchers(), width in widths(), sets in vec(sets(), 0..20),
        cut in any::<prop::sample::Index>(),
    ) {
        let signatures = sketcher.sketch_all(&sets);
        let codes = signatures.codes(width);
        prop_assert_eq!(codes.len(), sets.len());
        let mut pushed = CodeMatrix::new(*sketcher.scheme(), width);
        for (number, row) in signatures.rows().enumerate() {
            prop_assert_eq!(codes.row(number).unwrap().to_codes(), row.codes(width));
            prop_assert_eq!(pushed.push(&row.codes(width)).unwrap(), number);
        }
        prop_assert_eq!(&pushed, &codes);
        prop_assert_eq!(codes.row(sets.len()), None);
        let cut = cut.index(sets.len() + 1);
        let mut extended = sketcher.sketch_all(&sets[..cut]).codes(width);
        extended.extend(&sketcher.sketch_all(&sets[cut..]).codes(width)).unwrap();
        prop_assert_eq!(&extended, &codes);
        let mut portions = CodeMatrix::new(*sketcher.scheme(), width);
        for portion in sets.chunks(3) {
            portions.extend_from_signatures(&sketcher.sketch_all(portion)).unwrap();
        }
        prop_assert_eq!(&portions, &codes);
        prop_assert_eq!(CodeMatrix::decode(&codes.encode()).unwrap(), codes);
    }

    #[test]
    fn decoding_a_damaged_value_is_an_error_or_another_value(
        sketcher in sketchers(), width in widths(), sets in vec(sets(), 1..10),
        place in any::<prop::sample::Index>(), change in 1_u8.., cut in any::<prop::sample::Index>(),
    ) {
        let codes = sketcher.sketch_all(&sets).codes(width);
        let bytes = codes.encode();
        prop_assert!(CodeMatrix::decode(&bytes[..cut.index(bytes.len())]).is_err());
        let mut damaged = bytes.clone();
        damaged[place.index(bytes.len())] ^= change;
        match CodeMatrix::decode(&damaged) {
            Ok(other) => prop_assert_eq!(other.encode(), damaged),
            Err(error) => prop_assert!(error.is_corrupt() || error.is_incompatible()),
        }
        let bytes = codes.row(0).unwrap().to_codes().encode();
        prop_assert!(Codes::decode(&bytes[..cut.index(bytes.len())]).is_err());
        let mut damaged = bytes.clone();
        damaged[place.index(bytes.len())] ^= change;
        match Codes::decode(&damaged) {
            Ok(other) => prop_assert_eq!(other.encode(), damaged),
            Err(error) => prop_assert!(error.is_corrupt() || error.is_incompatible()),
        }
    }

    #[test]
    fn decoding_anything_never_panics(bytes in vec(any::<u8>(), 0..200), tag in 0_usize..4) {
        let tags: [&[u8]; 4] = [b"", b"mhcs", b"mhcm", b"mhcb"];
        for head in [vec![], golden_scheme().encode()] {
            let bytes = [tags[tag], &head, &bytes].concat();
            let _ = Codes::decode(&bytes);
            let _ = CodeMatrix::decode(&bytes);
            let _ = CodeBanding::decode(&bytes);
        }
    }
}

/// Rows of few different values, so that bands agree by chance; some empty, some alike.
fn matrices() -> impl Strategy<Value = CodeMatrix> {
    let row = prop_oneof![
        6 => vec(0_u32..3, 24),
        1 => Just(vec![u32::MAX; 24]),
        2 => Just(vec![1; 24]),
    ];
    (vec(row, 0..30), widths()).prop_map(|(rows, width)| {
        let scheme = Scheme::new(24).unwrap();
        SignatureMatrix::from_lanes(scheme, rows.concat()).unwrap().codes(width)
    })
}

fn shapes() -> impl Strategy<Value = (usize, usize)> {
    (1_usize..=24).prop_flat_map(|bands| (Just(bands), 1..=24 / bands))
}

fn share_a_band(banding: CodeBanding, a: CodesView<'_>, b: CodesView<'_>) -> bool {
    let agree = |lane| a.code(lane).is_some() && a.code(lane) == b.code(lane);
    (0..banding.bands()).any(|band| (band * banding.rows()..(band + 1) * banding.rows()).all(agree))
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
        matrix in matrices(), (bands, rows) in shapes(),
    ) {
        let banding = CodeBanding::new(bands, rows, matrix.bits()).unwrap();
        let found = banding.candidate_pairs(&matrix).unwrap();
        let reported: BTreeSet<_> = found.pairs().iter().copied().collect();
        prop_assert_eq!(reported.len(), found.pairs().len());
        for (i, a) in matrix.rows().enumerate() {
            for (j, b) in matrix.rows().enumerate().skip(i + 1) {
                let pair = (i as u32, j as u32);
                let shared = share_a_band(banding, a, b);
                prop_assert!(shared || !reported.contains(&pair), "{:?} shares no band", pair);
                if shared {
                    let pair = collapsed(&found, pair);
                    prop_assert!(pair.0 == pair.1 || reported.contains(&pair), "{:?} is missing", pair);
                }
            }
        }
        for (number, row) in matrix.rows().enumerate() {
            let first = matrix.rows().position(|other| other == row).unwrap() as u32;
            let expected = (!row.is_empty()).then_some(first);
            prop_assert_eq!(found.representative(number as u32), expected);
        }
    }
}

#[test]
fn bands_of_any_width_and_place_are_compared_whole() {
    // One code of a row differs from the other row, in each place in turn: exactly its band splits.
    let scheme = Scheme::new(64).unwrap();
    for width in CodeBits::ALL {
        for (bands, rows) in [(1, 64), (3, 21), (7, 9), (16, 4), (64, 1), (5, 7)] {
            let banding = CodeBanding::new(bands, rows, width).unwrap();
            for place in 0..64 {
                let lanes: Vec<u32> = (0..64).collect();
                let mut other = lanes.clone();
                let code = |lane: u32| golden_codes(8, vec![lane; 8], width).view().code(0);
                // A lane of another code.
                other[place] = (100..).find(|&lane| code(lane) != code(lanes[place])).unwrap();
                for lane in
                    (0..bands).map(|band| band * rows).filter(|&lane| lane / rows != place / rows)
                {
                    // All other bands are made to differ.
                    other[lane] = (100..).find(|&new| code(new) != code(lanes[lane])).unwrap();
                }
                let differing =
                    SignatureMatrix::from_lanes(scheme, [lanes.clone(), other.clone()].concat());
                let found = banding.candidate_pairs(&differing.unwrap().codes(width)).unwrap();
                let in_a_band = place < bands * rows;
                assert!(found.pairs().is_empty(), "{banding}, {place}");
                other[place] = lanes[place];
                let agreeing = SignatureMatrix::from_lanes(scheme, [lanes, other].concat());
                let found = banding.candidate_pairs(&agreeing.unwrap().codes(width)).unwrap();
                assert_eq!(found.pairs().len(), usize::from(in_a_band), "{banding}, {place}");
            }
        }
    }
}

#[test]
fn the_empty_set_equals_nothing_although_its_codes_are_those_of_other_sets() {
    let scheme = Scheme::new(16).unwrap();
    for width in CodeBits::ALL {
        // The lane 0 has the code 0, which the row of the empty set shows too.
        let zeros = Signature::from_lanes(scheme, vec![0; 16]).unwrap().codes(width);
        let empty = Signature::empty(scheme).codes(width);
        assert_eq!(zeros.packed(), empty.packed());
        assert_ne!(zeros, empty);
        assert!(empty.is_empty() && !zeros.is_empty());
        assert_eq!((empty.view().code(0), zeros.view().code(0)), (None, Some(0)));
        for (a, b) in [(&zeros, &empty), (&empty, &zeros), (&empty, &empty)] {
            let estimate = a.estimate(b).unwrap();
            assert_eq!((estimate.matches(), estimate.jaccard()), (0, Jaccard::ZERO));
        }
        let mut matrix = CodeMatrix::new(scheme, width);
        for codes in [&empty, &zeros, &empty, &zeros] {
            matrix.push(codes).unwrap();
        }
        let banding = CodeBanding::new(4, 4, width).unwrap();
        let found = banding.candidate_pairs(&matrix).unwrap();
        assert_eq!(found.pairs(), [(1, 3)]);
        assert_eq!((found.representative(0), found.representative(3)), (None, Some(1)));
        assert_eq!(found.statistics().empty_rows, 2);
        let none = banding.candidate_pairs(&CodeMatrix::new(scheme, width)).unwrap();
        assert!(none.pairs().is_empty());
    }
}

#[test]
fn mixing_schemes_or_widths_is_an_error_everywhere_and_changes_nothing() {
    let scheme = Scheme::new(64).unwrap();
    let width = bits(4);
    let sketch = |scheme, width| Sketcher::new(scheme).sketch(&[1, 2, 3]).codes(width);
    let ours = sketch(scheme, width);
    let mut matrix = CodeMatrix::new(scheme, width);
    let others = [
        (Scheme::new(72).unwrap(), width),
        (scheme.with_seed(1), width),
        (scheme.with_input(*b"another tokenise"), width),
        (scheme, bits(8)),
        (scheme, bits(2)),
    ];
    for (scheme, width) in others {
        let theirs = sketch(scheme, width);
        assert!(ours.estimate(&theirs).unwrap_err().is_incompatible());
        assert!(matrix.push(&theirs).unwrap_err().is_incompatible());
        assert!(matrix.extend(&CodeMatrix::new(scheme, width)).unwrap_err().is_incompatible());
        if scheme != *ours.scheme() {
            let signatures = SignatureMatrix::new(scheme);
            assert!(matrix.extend_from_signatures(&signatures).unwrap_err().is_incompatible());
        }
        assert!(matrix.is_empty());
    }
    let banding = CodeBanding::new(8, 8, bits(8)).unwrap();
    assert!(banding.candidate_pairs(&matrix).unwrap_err().is_incompatible());
    let banding = CodeBanding::new(8, 9, width).unwrap();
    assert!(banding.candidate_pairs(&matrix).unwrap_err().is_config());
    assert!(matrix.estimate(0, 0).unwrap_err().is_config());
}

#[test]
fn damaged_marks_are_refused() {
    let scheme = Scheme::new(8).unwrap();
    let set = Sketcher::new(scheme).sketch(&[1, 2, 3]);
    let mut signatures = SignatureMatrix::new(scheme);
    signatures.push(&set).unwrap();
    signatures.push(&Signature::empty(scheme)).unwrap();
    let bytes = signatures.codes(bits(8)).encode();
    let last = bytes.len() - 1;
    assert_eq!(bytes[last], 0b10);
    for (marks, ok) in [(0b10, true), (0b00, true), (0b11, false), (0b110, false), (0x82, false)] {
        let mut changed = bytes.clone();
        changed[last] = marks;
        match CodeMatrix::decode(&changed) {
            Ok(read) => assert!(ok && read.encode() == changed, "{marks:#b}"),
            Err(error) => assert!(!ok && error.is_corrupt(), "{marks:#b}: {error}"),
        }
    }
    // 2⁶⁰ rows are claimed: no memory is taken for them.
    let mut claims = bytes.clone();
    claims[55] = 0x10;
    assert!(CodeMatrix::decode(&claims).unwrap_err().is_corrupt());
    let mut codes = set.codes(bits(8)).encode();
    codes[45] = 1;
    assert!(Codes::decode(&codes).unwrap_err().is_corrupt(), "codes of an empty set");
    codes[45] = 2;
    assert!(Codes::decode(&codes).unwrap_err().is_corrupt());
    codes[44] = 3;
    assert!(Codes::decode(&codes).unwrap_err().is_corrupt());
}

#[test]
fn memory_is_what_the_width_says() {
    let sketcher = Sketcher::new(Scheme::new(128).unwrap());
    let rows = 1_000;
    let sets: Vec<Vec<u64>> = (0..rows).map(|row| vec![row]).collect();
    let signatures = sketcher.sketch_all(&sets);
    for (width, bytes) in [(1, 16), (2, 32), (4, 64), (8, 128), (16, 256)] {
        let codes = signatures.codes(bits(width));
        assert_eq!(codes.row(0).unwrap().packed().len(), bytes);
        let marks = rows as usize / 8 + 1;
        let expected = rows as usize * bytes;
        assert!((expected..=expected + marks).contains(&codes.memory_usage()), "{width} bits");
    }
}

#[test]
fn over_full_buckets_are_capped_as_those_of_signatures() {
    let rows = 5_000_u32;
    // Every row differs, but all agree in the first band.
    let lanes = (0..rows).flat_map(|row| [7, 7, 7, 7, row, row + rows, row + 2 * rows, row]);
    let scheme = Scheme::new(8).unwrap();
    let codes = SignatureMatrix::from_lanes(scheme, lanes.collect()).unwrap().codes(bits(16));
    let banding = CodeBanding::new(2, 4, bits(16)).unwrap();
    let cap = BucketCap::new(3).unwrap();
    let found = banding.candidate_pairs_capped(&codes, cap).unwrap();
    let statistics = found.statistics();
    assert_eq!(statistics.cap, cap);
    assert_eq!(statistics.largest_bucket, u64::from(rows));
    assert_eq!(statistics.pairs, 3 + 3 * u64::from(rows - 3), "{statistics}");
}
