//! The sketch against vectors that an independent plain-Python reading of `docs/sketch.md` made.
//!
//! To write them anew (only while the version is unstable):
//! `python3 tests/oracle/fss.py > tests/goldens/fss.txt` in the directory of the crate.

#![expect(clippy::unwrap_used, reason = "a test that fails panics, in its helpers too")]

mod common;

use std::process::Command;

use common::SplitMix;
use minhash_lsh::{Scheme, Sketcher};

const GOLDEN: &str = include_str!("goldens/fss.txt");

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

#[test]
fn the_committed_vectors_are_what_the_python_reading_prints() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/fss.py");
    match Command::new("python3").arg(script).output() {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            assert_eq!(String::from_utf8(output.stdout).unwrap().replace('\r', ""), GOLDEN);
        }
        Err(error) => eprintln!("python3 is not available, so the vectors were not made: {error}"),
    }
}
