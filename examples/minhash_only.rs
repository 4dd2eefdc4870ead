//! Near-duplicates with the engine alone: your own hashes in, verified pairs out.
//!
//! `cargo run --release --example minhash_only`
//!
//! The engine knows only sets of 64-bit hashes. This example makes them from the character
//! 6-grams of a few sentences; anything else that yields a `u64` would do (tokens, k-mers, pixels).

use minhash_lsh::{Banding, Error, Jaccard, LshIndex, Scheme, Sketcher};

const TEXTS: [&str; 5] = [
    "The ferry Almira ran aground off Port Vessel on Tuesday with ninety people on board, the coastguard said.",
    "The city council of Brennau voted to close the old gasworks and build a library on the site.",
    "The ferry Almira ran aground off Port Vessel on Tuesday with ninety people aboard, the coastguard said.",
    "Farmers in the Lower Tarn expect a poor barley harvest after the driest spring in forty years.",
    "The ferry Almira ran aground off Port Vessel on Tuesday evening with ninety people on board, coastguards said.",
];

fn main() -> Result<(), Error> {
    let sets: Vec<Vec<u64>> = TEXTS.iter().map(|text| six_grams(text)).collect();

    // 1. A scheme says what makes signatures comparable. `with_input` names how texts became
    //    hashes, so that signatures from another n-gram length are refused later, not compared.
    let scheme = Scheme::new(128)?.with_input(*b"char 6-gram, FNV");
    let sketcher = Sketcher::new(scheme);
    let signatures = sketcher.sketch_all(&sets);

    // 2. Which pairs to look at: those of similarity 0.5 shall be found with probability 0.99.
    let banding = Banding::for_recall(Jaccard::new(0.5)?, 0.99, sketcher.k())?;
    let candidates = banding.candidate_pairs(&signatures)?;
    println!("{banding} give {} candidates of {} pairs\n", candidates.pairs().len(), 5 * 4 / 2);

    // 3. Candidates are not duplicates: look at the sets themselves.
    for &(a, b) in candidates.pairs() {
        let estimate = signatures.estimate(a as usize, b as usize)?;
        let exact = Jaccard::between(&sets[a as usize], &sets[b as usize]);
        println!("{a} and {b}: estimated {estimate}, exactly {exact:.4}");
    }

    // 4. The same, one text at a time.
    let mut index = LshIndex::new(scheme, banding)?;
    for (id, signature) in (0_u32..).zip(signatures.rows()) {
        index.insert(id, signature)?;
    }
    let query =
        six_grams("The ferry Almira ran aground off Port Vessel on Tuesday, the coastguard said.");
    println!("\nMost like a shorter report of the ferry:");
    for (id, estimate) in index.top_k(&sketcher.sketch(&query), 3)? {
        println!("  {id}: {estimate}");
    }
    Ok(())
}

/// The hashes of all runs of six bytes, by 64-bit FNV-1a.
fn six_grams(text: &str) -> Vec<u64> {
    let fnv = |gram: &[u8]| {
        gram.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    text.as_bytes().windows(6).map(fnv).collect()
}
