//! Laws of signatures for any sets, any k and any seed.

#![expect(clippy::unwrap_used, reason = "a test that fails panics, in its helpers too")]

mod common;

use common::SplitMix;
use minhash_lsh::{
    Banding, Jaccard, LshIndex, Scheme, Signature, SignatureMatrix, Sketcher, Version,
};
use proptest::collection::vec;
use proptest::prelude::*;

fn sketchers() -> impl Strategy<Value = Sketcher> {
    let k = prop_oneof![4 => 1_usize..=16, 1 => Just(125), 1 => Just(128)];
    (k, any::<u64>(), any::<[u8; 16]>()).prop_map(|(eighth, seed, input)| {
        Sketcher::new(Scheme::new(8 * eighth).unwrap().with_seed(seed).with_input(input))
    })
}

/// Sets of small integers, which overlap, and of whole words.
fn sets() -> impl Strategy<Value = Vec<u64>> {
    prop_oneof![vec(0_u64..60, 0..60), vec(any::<u64>(), 0..200)]
}

fn merged(a: &Signature, b: &Signature) -> Signature {
    let mut union = a.clone();
    union.merge(b).unwrap();
    union
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_sketch_is_what_the_specification_says(sketcher in sketchers(), set in sets()) {
        let naive = naive_lanes(&set, sketcher.k() as u32, sketcher.scheme().seed());
        prop_assert_eq!(sketcher.sketch(&set).lanes().to_vec(), naive);
    }

    #[test]
    fn update_in_any_portions_equals_batch(
        sketcher in sketchers(), set in sets(), cuts in vec(any::<prop::sample::Index>(), 0..5),
    ) {
        let mut cuts: Vec<_> = cuts.iter().map(|cut| cut.index(set.len() + 1)).collect();
        cuts.extend([0, set.len()]);
        cuts.sort_unstable();
        let mut signature = Signature::empty(*sketcher.scheme());
        for portion in cuts.windows(2) {
            sketcher.update(&mut signature, &set[portion[0]..portion[1]]).unwrap();
        }
        prop_assert_eq!(&signature, &sketcher.sketch(&set));
        for element in &set {
            sketcher.update(&mut signature, &[*element]).unwrap();
        }
        prop_assert_eq!(&signature, &sketcher.sketch(&set), "adding what is there");
    }

    #[test]
    fn updating_singly_equals_batch(sketcher in sketchers(), set in sets()) {
        let mut signature = Signature::empty(*sketcher.scheme());
        for element in &set {
            sketcher.update(&mut signature, &[*element]).unwrap();
        }
        prop_assert_eq!(signature, sketcher.sketch(&set));
    }

    #[test]
    fn merge_is_the_union(sketcher in sketchers(), a in sets(), b in sets(), c in sets()) {
        let union: Vec<u64> = a.iter().chain(&b).copied().collect();
        let [a, b, c] = [a, b, c].map(|set| sketcher.sketch(&set));
        prop_assert_eq!(merged(&a, &b), sketcher.sketch(&union));
        prop_assert_eq!(merged(&a, &b), merged(&b, &a), "commutative");
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)), "associative");
        prop_assert_eq!(merged(&a, &a), a.clone(), "idempotent");
        prop_assert_eq!(merged(&a, &Signature::empty(*sketcher.scheme())), a, "neutral");
    }

    #[test]
    fn order_and_repeats_change_nothing(
        sketcher in sketchers(),
        (set, shuffled) in sets().prop_flat_map(|set| {
            let twice = [set.clone(), set.clone()].concat();
            (Just(set), Just(twice).prop_shuffle())
        }),
    ) {
        prop_assert_eq!(sketcher.sketch(&set), sketcher.sketch(&shuffled));
        let mut lanes = vec![17; sketcher.k()];
        sketcher.sketch_into(&shuffled, &mut lanes).unwrap();
        let signature = sketcher.sketch(&set);
        prop_assert_eq!(signature.lanes(), lanes);
    }

    #[test]
    fn estimates_are_symmetric_and_one_for_equal_sets(
        sketcher in sketchers(), a in sets(), b in sets(),
    ) {
        let (of_a, of_b) = (sketcher.sketch(&a), sketcher.sketch(&b));
        let estimate = of_a.estimate(&of_b).unwrap();
        prop_assert_eq!(estimate, of_b.estimate(&of_a).unwrap());
        let itself = if a.is_empty() { Jaccard::ZERO } else { Jaccard::ONE };
        prop_assert_eq!(of_a.estimate(&of_a).unwrap().jaccard(), itself);
        if a.is_empty() || b.is_empty() {
            prop_assert_eq!(estimate.matches(), 0);
        }
    }

    #[test]
    fn encoding_round_trips(sketcher in sketchers(), sets in vec(sets(), 0..6)) {
        let matrix = sketcher.sketch_all(&sets);
        prop_assert_eq!(&SignatureMatrix::decode(&matrix.encode()).unwrap(), &matrix);
        let banding = Banding::new(2, 4).unwrap();
        let mut index = LshIndex::new(*sketcher.scheme(), banding).unwrap();
        for (id, row) in (0_u64..).zip(matrix.rows()) {
            let signature = row.to_signature();
            prop_assert_eq!(Signature::decode(&signature.encode()).unwrap(), signature);
            index.insert(u64::MAX - 3 * id, row).unwrap();
        }
        let read = LshIndex::<u64>::decode(&index.encode()).unwrap();
        prop_assert_eq!(read.ids(), index.ids());
        prop_assert_eq!(read.encode(), index.encode());
    }

    #[test]
    fn decoding_a_damaged_value_is_an_error_or_another_value(
        sketcher in sketchers(), set in sets(),
        place in any::<prop::sample::Index>(), change in 1_u8.., cut in any::<prop::sample::Index>(),
    ) {
        let matrix = sketcher.sketch_all(&[&set, &set]);
        let bytes = matrix.encode();
        prop_assert!(SignatureMatrix::decode(&bytes[..cut.index(bytes.len())]).is_err());
        let mut damaged = bytes.clone();
        damaged[place.index(bytes.len())] ^= change;
        match SignatureMatrix::decode(&damaged) {
            Ok(other) => prop_assert_eq!(other.encode(), damaged),
            Err(error) => prop_assert!(error.is_corrupt() || error.is_incompatible()),
        }
    }

    #[test]
    fn decoding_anything_never_panics(bytes in vec(any::<u8>(), 0..200), tag in 0_usize..6) {
        let tags: [&[u8]; 6] = [b"", b"mhsc", b"mhsg", b"mhsm", b"mhbd", b"mhix"];
        let bytes = [tags[tag], &bytes].concat();
        let _ = Scheme::decode(&bytes);
        let _ = Signature::decode(&bytes);
        let _ = SignatureMatrix::decode(&bytes);
        let _ = Banding::decode(&bytes);
        let _ = LshIndex::<u32>::decode(&bytes);
        let _ = LshIndex::<u64>::decode(&bytes);
    }
}

#[test]
fn many_elements_keep_the_laws() {
    let mut random = SplitMix(3);
    let sketcher = Sketcher::new(Scheme::new(128).unwrap());
    for n in [1_000, 5_000, 20_000] {
        let set = random.take(n);
        let batch = sketcher.sketch(&set);
        assert_eq!(batch.lanes(), naive_lanes(&set, 128, 0));
        let mut updated = sketcher.sketch(&set[..n / 3]);
        set[n / 3..].chunks(7).for_each(|few| sketcher.update(&mut updated, few).unwrap());
        assert_eq!(updated, batch);
    }
}

#[test]
fn mixing_schemes_is_an_error_everywhere_and_changes_nothing() {
    let scheme = Scheme::new(64).unwrap();
    let sketcher = Sketcher::new(scheme);
    let others =
        [Scheme::new(72).unwrap(), scheme.with_seed(1), scheme.with_input(*b"another tokenise")];
    for other in others {
        let theirs = Sketcher::new(other).sketch(&[1, 2, 3]);
        let mut ours = sketcher.sketch(&[1, 2, 3]);
        let before = ours.clone();
        assert!(ours.merge(&theirs).unwrap_err().is_incompatible());
        assert!(ours.estimate(&theirs).unwrap_err().is_incompatible());
        let mut foreign = theirs.clone();
        assert!(sketcher.update(&mut foreign, &[4]).unwrap_err().is_incompatible());
        assert_eq!((ours, foreign), (before, theirs.clone()));
        let mut matrix = SignatureMatrix::new(scheme);
        assert!(matrix.push(&theirs).unwrap_err().is_incompatible());
        assert!(matrix.extend(&SignatureMatrix::new(other)).unwrap_err().is_incompatible());
        assert!(matrix.is_empty());
        let mut index = LshIndex::new(scheme, Banding::new(4, 4).unwrap()).unwrap();
        assert!(index.insert(1_u32, &theirs).unwrap_err().is_incompatible());
        assert!(index.candidates(&theirs).unwrap_err().is_incompatible());
        assert!(index.top_k(&theirs, 5).unwrap_err().is_incompatible());
        assert!(index.is_empty() && !index.contains(1));
    }
}

#[test]
fn wrong_lengths_and_impossible_lanes_are_errors() {
    let scheme = Scheme::new(16).unwrap();
    let sketcher = Sketcher::new(scheme);
    for length in [0, 15, 17, 32] {
        let mut lanes = vec![0; length];
        assert!(sketcher.sketch_into(&[1], &mut lanes).unwrap_err().is_length());
        assert!(Signature::from_lanes(scheme, lanes).unwrap_err().is_length());
    }
    assert!(SignatureMatrix::from_lanes(scheme, vec![0; 33]).unwrap_err().is_length());
    // k = 16 has rounds 0, 1 and 2.
    assert!(Signature::from_lanes(scheme, vec![2 << 24; 16]).is_ok());
    assert!(Signature::from_lanes(scheme, vec![3 << 24; 16]).unwrap_err().is_corrupt());
    let mut half_empty = vec![u32::MAX; 16];
    half_empty[5] = 0;
    assert!(Signature::from_lanes(scheme, half_empty).unwrap_err().is_corrupt());
    let matrix = sketcher.sketch_all(&[[1_u64, 2]]);
    assert!(matrix.estimate(0, 1).unwrap_err().is_config());
    assert!(matrix.row(usize::MAX).is_none());
}

#[test]
fn the_version_is_the_frozen_one() {
    let scheme = Scheme::new(8).unwrap();
    assert_eq!(scheme.version(), Version::CURRENT);
    assert_eq!((scheme.version().number(), scheme.version().to_string().as_str()), (1, "1"));
    assert!(scheme.version().is_frozen());
    assert_eq!(Version::UNSTABLE.to_string(), "0-unstable");
    assert!(!Version::UNSTABLE.is_frozen());
}

/// Signatures, matrices and indices open with a scheme, so all of them refuse what was written
/// before the freeze.
#[test]
fn nothing_of_the_unstable_version_is_decoded() {
    let sketcher = Sketcher::new(Scheme::new(16).unwrap());
    let signature = sketcher.sketch(&[1, 2]);
    let mut index = LshIndex::new(*sketcher.scheme(), Banding::new(2, 8).unwrap()).unwrap();
    index.insert(7_u32, &signature).unwrap();
    let unstable = |mut bytes: Vec<u8>| {
        let scheme = bytes.windows(4).position(|tag| tag == b"mhsc").unwrap();
        bytes[scheme + 4] = 0;
        bytes
    };
    let errors = [
        Scheme::decode(&unstable(sketcher.scheme().encode())).unwrap_err(),
        Signature::decode(&unstable(signature.encode())).unwrap_err(),
        SignatureMatrix::decode(&unstable(sketcher.sketch_all(&[[1_u64]]).encode())).unwrap_err(),
        LshIndex::<u32>::decode(&unstable(index.encode())).unwrap_err(),
    ];
    for error in errors {
        assert!(error.is_incompatible(), "{error}");
        assert!(error.to_string().contains("sketch the sets again"), "{error}");
    }
}

/// `docs/sketch.md` line by line: no early stop, no blocks, 128-bit arithmetic.
fn naive_lanes(elements: &[u64], k: u32, seed: u64) -> Vec<u32> {
    let rounds = k / 8;
    let pairs = rounds.div_ceil(2);
    let keys = SplitMix(seed).take((pairs + k) as usize);
    let lanes = (0..k).map(|lane| {
        let reaching = elements.iter().flat_map(|x| {
            (0..rounds).filter_map({
                let keys = &keys;
                move |r| {
                    let word = naive_word(naive_mix(x ^ keys[r as usize / 2]), r % 2);
                    let product = word * u128::from(k);
                    let value = (product % (1 << 32)) as u32 / 256;
                    (product >> 32 == u128::from(lane)).then_some((r << 24) | value)
                }
            })
        });
        let own = |x: &u64| {
            let mixed = naive_mix(x ^ keys[(pairs + lane) as usize]);
            (rounds << 24) | (naive_word(mixed, 0) / 256) as u32
        };
        reaching.min().or_else(|| elements.iter().map(own).min()).unwrap_or(u32::MAX)
    });
    lanes.collect()
}

fn naive_mix(z: u64) -> u128 {
    fn fold(z: u128, c: u128) -> u128 {
        let (low, high) = (z % (1 << 32), z / (1 << 32));
        c * (low ^ high) + high
    }
    let y = fold(u128::from(z), 0xb88c_64e1);
    fold(y ^ (y >> 11), 0xdaad_34a5)
}

fn naive_word(mixed: u128, which: u32) -> u128 {
    if which == 0 { mixed % (1 << 32) } else { (mixed >> 24) % (1 << 32) }
}
