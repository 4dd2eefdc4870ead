//! Choosing bands and rows: state the recall, read the price.
//!
//! `cargo run --release --example tune_recall [JACCARD [RECALL [K]]]`, by default 0.5 0.99 128.

use std::error::Error;
use std::process::ExitCode;

use minhash_lsh::{Banding, Jaccard};

/// Sets in the collection that the price is computed for.
const COLLECTION: u64 = 1_000_000;
/// What two unrelated sets share, for the sake of the example; measure it on your own.
const UNRELATED: f64 = 0.02;

fn main() -> ExitCode {
    match plan() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn plan() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut number = |default: f64| match arguments.next() {
        Some(text) => text.parse().map_err(|_| format!("{text:?} is not a number")),
        None => Ok(default),
    };
    let jaccard = Jaccard::new(number(0.5)?)?;
    let recall = number(0.99)?;
    let k = number(128.0)? as usize;

    // What cannot be had is an error that says what can.
    let steepest = Banding::for_recall(jaccard, recall, k)?;

    // Every number of rows that reaches the recall, steepest curve first. More rows keep unrelated
    // pairs out; fewer rows need fewer bands, so fewer inserts and less memory.
    println!("At least {recall} of the pairs at Jaccard {jaccard}, with k = {k} lanes:\n");
    println!("bands × rows   recall   inserts a set   unrelated candidates a set, of {COLLECTION}");
    for banding in Banding::all_for_recall(jaccard, recall, k)? {
        let cost = banding.cost(COLLECTION, Jaccard::new(UNRELATED)?);
        println!(
            "{:>5} × {:<4}   {:.4}   {:>13}   {:>14.2}",
            banding.bands(),
            banding.rows(),
            banding.probability(jaccard),
            cost.inserts_per_set(),
            cost.unrelated_per_set()
        );
    }

    println!("\nBanding::for_recall takes the first. {}", steepest.curve());

    // A threshold of unrelated texts is beyond any 128 lanes.
    if let Err(error) = Banding::for_recall(Jaccard::new(0.02)?, 0.99, k) {
        println!("And for comparison: {error}");
    }
    Ok(())
}
