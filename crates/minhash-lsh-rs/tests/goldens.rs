//! The sketch and its storage against what an independent plain-Python reading of
//! `docs/sketch.md` printed.
//!
//! The vectors of version 1 never change. To print them anew, in the directory of the crate:
//! `for f in fss encoding codes; do python3 tests/oracle/$f.py > tests/goldens/$f.txt; done`

#![expect(clippy::unwrap_used, reason = "a test that fails panics, in its helpers too")]

mod common;

use std::process::Command;

use common::SplitMix;
use minhash_lsh::{Banding, LshIndex, Scheme, SetId, Signature, SignatureMatrix, Sketcher};

const GOLDEN: &str = include_str!("goldens/fss.txt");
const ENCODED: &str = include_str!("goldens/encoding.txt");
const CODES: &str = include_str!("goldens/codes.txt"); // read by tests/codes.rs

/// The sets of `tests/oracle/fss.py` by their names.
fn named_set(name: &str) -> Vec<u64> {
    let count = |prefix: &str| name.strip_prefix(prefix).map(|n| n.parse::<u64>().unwrap());
    match name {
        "empty" => Vec::new(),
        "zero" => vec![0],
        "largest" => vec![u64::MAX],
        "halves" => vec![1, 1 << 31, 1 << 32, 1 << 63, 0xffff_ffff, 0xffff_ffff_0000_0000],
        _ => match (count("consecutive"), count("random")) {
            (Some(n), _) => (0..n).collect(),
            (_, Some(n)) => SplitMix(n).take(n as usize),
            _ => panic!("no set is called {name}"),
        },
    }
}

#[test]
fn signatures_equal_the_vectors_of_the_python_reading() {
    let mut checked = 0;
    for line in GOLDEN.lines() {
        let [k, seed, name, expected] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("not a vector: {line}");
        };
        let scheme = Scheme::new(k.parse().unwrap()).unwrap().with_seed(seed.parse().unwrap());
        let signature = Sketcher::new(scheme).sketch(&named_set(name));
        let found: String = signature.lanes().iter().map(|lane| format!("{lane:08x}")).collect();
        assert_eq!(found, expected, "k = {k}, seed = {seed}, set {name}");
        checked += 1;
    }
    assert!(checked > 100, "only {checked} vectors were read");
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The index of `tests/oracle/encoding.py`, filled in another order and with a detour.
fn index<Id: SetId>(sketcher: &Sketcher, id: impl Fn(u32) -> Id) -> LshIndex<Id> {
    let mut index = LshIndex::new(*sketcher.scheme(), Banding::new(4, 4).unwrap()).unwrap();
    let hundred: Vec<u64> = (0..100).collect();
    for (number, set) in [(70_000, &[][..]), (9, &[8]), (5, &hundred), (3, &[1, 2, 3])] {
        index.insert(id(number), &sketcher.sketch(set)).unwrap();
    }
    assert!(index.remove(id(9)));
    index
}

#[test]
fn encodings_equal_the_bytes_of_the_python_reading() {
    let input = std::array::from_fn(|byte| byte as u8);
    let scheme = Scheme::new(16).unwrap().with_seed(0x0123_4567_89ab_cdef).with_input(input);
    let sketcher = Sketcher::new(scheme);
    let sets = [vec![1, 2, 3], vec![], (0..100).collect()];
    let matrix = sketcher.sketch_all(&sets);
    let signature = sketcher.sketch(&sets[0]);
    let banding = Banding::new(4, 4).unwrap();
    let narrow = index(&sketcher, |id| id);
    let wide = index(&sketcher, u64::from);
    let values = [
        ("scheme", scheme.encode()),
        ("banding", banding.encode()),
        ("signature", signature.encode()),
        ("matrix", matrix.encode()),
        ("index_u32", narrow.encode()),
        ("index_u64", wide.encode()),
    ];
    let found: String =
        values.iter().map(|(name, bytes)| format!("{name} {}\n", hex(bytes))).collect();
    assert_eq!(found, ENCODED);

    let bytes = |name| &values.iter().find(|(other, _)| *other == name).unwrap().1[..];
    assert_eq!(Scheme::decode(bytes("scheme")), Ok(scheme));
    assert_eq!(Banding::decode(bytes("banding")), Ok(banding));
    assert_eq!(Signature::decode(bytes("signature")), Ok(signature));
    assert_eq!(SignatureMatrix::decode(bytes("matrix")), Ok(matrix));
    assert_eq!(LshIndex::<u32>::decode(bytes("index_u32")).unwrap().ids(), [3, 5, 70_000]);
    assert_eq!(LshIndex::<u64>::decode(bytes("index_u64")).unwrap().ids(), [3, 5, 70_000]);
}

#[test]
fn the_committed_goldens_are_what_the_python_reading_prints() {
    for (script, golden) in [("fss.py", GOLDEN), ("encoding.py", ENCODED), ("codes.py", CODES)] {
        let path = format!("{}/tests/oracle/{script}", env!("CARGO_MANIFEST_DIR"));
        match Command::new("python3").arg("-B").arg(path).output() {
            Ok(output) => {
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
                let printed = String::from_utf8(output.stdout).unwrap().replace('\r', "");
                assert_eq!(printed, golden, "{script}");
            }
            Err(error) => eprintln!("python3 is not available, so {script} did not run: {error}"),
        }
    }
}
