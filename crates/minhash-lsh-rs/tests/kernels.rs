//! Every kernel against the scalar reference, which `laws.rs` and `goldens.rs` hold to the
//! specification. A kernel that this CPU does not run is reported as skipped; guard pages are in
//! `src/kernel/guarded.rs`.

#![expect(clippy::unwrap_used, reason = "a test that fails panics, in its helpers too")]

mod common;

use common::SplitMix;
use minhash_lsh::{Kernel, Scheme, Signature, Sketcher};
use proptest::collection::vec;
use proptest::prelude::*;

/// One test a kernel and check.
macro_rules! every_kernel_equals_the_scalar_reference {
    ($($module:ident $kernel:ident),*: $checks:tt) => {
        $(mod $module {
            every_kernel_equals_the_scalar_reference!(@ $kernel $checks);
        })*
    };
    (@ $kernel:ident [$($check:ident),* $(,)?]) => {
        $(#[test]
        fn $check() {
            use minhash_lsh::Kernel;
            if Kernel::$kernel.is_available() {
                super::$check(Kernel::$kernel);
            } else {
                eprintln!("skipped: this CPU does not run {}", Kernel::$kernel);
            }
        })*
    };
}

every_kernel_equals_the_scalar_reference!(
    scalar Scalar, neon Neon, avx2 Avx2, avx512 Avx512: [
        sets_of_every_short_length,
        sets_around_the_block_lengths,
        unaligned_sets,
        random_sets,
        updates_of_filled_lanes,
        sets_that_leave_few_lanes_empty,
        many_sets,
    ]
);

/// Fewest, most, powers of two, odd numbers of rounds, and both sides of each 64 lanes.
const LANES: [usize; 11] = [8, 16, 24, 56, 64, 72, 120, 128, 136, 520, 1024];

fn sketchers(kernel: Kernel, k: usize, seed: u64) -> (Sketcher, Sketcher) {
    let sketcher = Sketcher::new(Scheme::new(k).unwrap().with_seed(seed));
    (sketcher.clone().with_kernel(Kernel::Scalar).unwrap(), sketcher.with_kernel(kernel).unwrap())
}

/// Three of the longest vectors of eight elements and one, alone and with the largest values.
fn sets_of_every_short_length(kernel: Kernel) {
    for k in LANES {
        let (reference, tested) = sketchers(kernel, k, 3);
        for n in 0..=25 {
            let sets = [SplitMix(n as u64).take(n), (0..n as u64).collect(), vec![u64::MAX; n]];
            for set in sets {
                assert_eq!(tested.sketch(&set), reference.sketch(&set), "k = {k}, {n} elements");
            }
        }
    }
}

/// Lengths at which kernels change their way: blocks, multiples of the lanes, and neighbours.
fn sets_around_the_block_lengths(kernel: Kernel) {
    for k in LANES {
        let (reference, tested) = sketchers(kernel, k, 4);
        let lengths = [32, 128, 511, 512, 1024, 2048, 5000, k / 4, k / 2, k, 2 * k, 5 * k];
        for n in lengths.into_iter().flat_map(|n| n - 1..=n + 1) {
            let set = SplitMix(n as u64).take(n);
            assert_eq!(tested.sketch(&set), reference.sketch(&set), "k = {k}, {n} elements");
        }
    }
}

fn unaligned_sets(kernel: Kernel) {
    let (reference, tested) = sketchers(kernel, 128, 5);
    let elements = SplitMix(5).take(700);
    for start in 0..9 {
        for length in (0..40).chain([600, 650]) {
            let set = &elements[start..start + length];
            let mut lanes = vec![0; 128 + start];
            tested.sketch_into(set, &mut lanes[start..]).unwrap();
            assert_eq!(lanes[start..], *reference.sketch(set).lanes(), "{start}, {length}");
            assert!(lanes[..start].iter().all(|&lane| lane == 0), "written before the lanes");
        }
    }
}

fn any_k() -> impl Strategy<Value = usize> {
    prop_oneof![4 => (1_usize..=20).prop_map(|eighth| 8 * eighth), 1 => Just(512), 1 => Just(1024)]
}

/// Small integers, which overlap and repeat, and whole words.
fn any_set() -> impl Strategy<Value = Vec<u64>> {
    prop_oneof![vec(0_u64..60, 0..60), vec(any::<u64>(), 0..300), vec(any::<u64>(), 0..2500)]
}

fn random_sets(kernel: Kernel) {
    proptest!(ProptestConfig::with_cases(300), |(k in any_k(), seed: u64, set in any_set())| {
        let (reference, tested) = sketchers(kernel, k, seed);
        prop_assert_eq!(tested.sketch(&set), reference.sketch(&set));
    });
}

fn updates_of_filled_lanes(kernel: Kernel) {
    let cases = (any_k(), any::<u64>(), any_set(), any_set());
    proptest!(ProptestConfig::with_cases(300), |((k, seed, before, added) in cases)| {
        let (reference, tested) = sketchers(kernel, k, seed);
        let mut expected = reference.sketch(&before);
        let mut found = expected.clone();
        reference.update(&mut expected, &added).unwrap();
        tested.update(&mut found, &added).unwrap();
        prop_assert_eq!(found, expected);
    });
    // Lanes that no set has, but that `from_lanes` accepts: filled by a late round here and there.
    let scheme = Scheme::new(128).unwrap();
    let (reference, tested) = sketchers(kernel, 128, 0);
    for late in 0..=16 {
        // Every fifth lane is late, and then three of 128: few enough for the ways of rare hits.
        for step in [5, 50] {
            for n in [3, 90].into_iter().chain(641..=649).chain([2_051]) {
                let lane = |lane| (if lane % step == 0 { late } else { 0 }) << 24 | 99;
                let lanes: Vec<u32> = (0..128).map(lane).collect();
                let mut expected = Signature::from_lanes(scheme, lanes).unwrap();
                let mut found = expected.clone();
                reference.update(&mut expected, &SplitMix(n).take(n as usize)).unwrap();
                tested.update(&mut found, &SplitMix(n).take(n as usize)).unwrap();
                assert_eq!(found, expected, "lanes of round {late}, {n} elements");
            }
        }
    }
}

/// At 4 k elements one lane in fifty is empty after the first round, and the end of a vector that
/// holds no element may fall into it.
fn sets_that_leave_few_lanes_empty(kernel: Kernel) {
    for k in [32, 64, 128] {
        let (reference, tested) = sketchers(kernel, k, 8);
        for number in 0..300 {
            let set = SplitMix(number).take(4 * k + 1 + number as usize % 8);
            assert_eq!(tested.sketch(&set), reference.sketch(&set), "k = {k}, set {number}");
        }
    }
}

fn many_sets(kernel: Kernel) {
    let (reference, tested) = sketchers(kernel, 64, 6);
    let sets: Vec<Vec<u64>> = (0..200).map(|n| SplitMix(n).take(n as usize)).collect();
    assert_eq!(tested.sketch_all(&sets), reference.sketch_all(&sets));
}

#[test]
fn a_kernel_that_the_cpu_does_not_run_is_refused() {
    let sketcher = Sketcher::new(Scheme::new(8).unwrap());
    assert_eq!(sketcher.kernel(), Kernel::detect());
    for kernel in [Kernel::Scalar, Kernel::Neon, Kernel::Avx2, Kernel::Avx512] {
        match sketcher.clone().with_kernel(kernel) {
            Ok(sketcher) => assert!(kernel.is_available() && sketcher.kernel() == kernel),
            Err(error) => assert!(!kernel.is_available() && error.is_config(), "{error}"),
        }
    }
}
