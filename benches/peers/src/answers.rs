//! Every peer's answer, judged and asserted before its time is taken.

use crate::peer::{Pair, Peer, Rows};
use crate::truth::{Score, Similar};
use crate::{BANDS, K, REPORTED, ROWS, WANTED, input};

/// How good signatures are.
#[derive(Clone, Copy, Debug)]
pub struct SketchScore {
    /// Of the pairs that agree in a band and whose estimate is 0.7 and more.
    pub score: Score,
    /// Root mean square error of the estimates over √(J(1 − J)/k), that of k-permutation MinHash.
    pub error: f64,
}

/// The score of a peer's signatures over 1,000 pairs of sets of 650, J from 0.5 to 1.
///
/// # Panics
/// If it is so bad that the wrapper must be wrong.
pub fn sketch(peer: &dyn Peer) -> Option<SketchScore> {
    let (sets, truth) = input::paired_sets(1_000, 650, 11);
    let signatures = peer.sketch(&sets)?();
    let mut found = Vec::new();
    let mut squares = 0.0;
    for similar in &truth {
        let (a, b) = similar.pair;
        let (a, b) = (signatures.lanes(a as usize), signatures.lanes(b as usize));
        let equal = a.iter().zip(&b).filter(|(a, b)| a == b).count();
        let estimate = equal as f64 / K as f64;
        let variance = similar.jaccard * (1.0 - similar.jaccard) / K as f64;
        // Equal sets have no error and no variance.
        squares +=
            if variance == 0.0 { 0.0 } else { (estimate - similar.jaccard).powi(2) / variance };
        let in_a_band = (0..BANDS).any(|band| a[band * ROWS..][..ROWS] == b[band * ROWS..][..ROWS]);
        if in_a_band && estimate >= REPORTED {
            found.push(similar.pair);
        }
    }
    let score = Score::of(&found, &truth, WANTED, REPORTED);
    let error = (squares / truth.len() as f64).sqrt();
    let id = peer.id();
    assert!(score.recall > 0.95, "{id}: the signatures find only {score:?}");
    assert!(score.precision > 0.85, "{id}: the signatures find too much: {score:?}");
    assert!(error < 1.3, "{id}: the estimates err {error:.2} times as much as MinHash does");
    Some(SketchScore { score, error })
}

/// The score of a peer's whole job.
///
/// # Panics
/// If it finds so little, or so much, that the wrapper must be wrong.
pub fn whole_job(peer: &dyn Peer, texts: &[&str], truth: &[Similar]) -> Option<Score> {
    let found = peer.whole_job(texts)?();
    let score = Score::of(&found.pairs, truth, WANTED, REPORTED);
    let id = peer.id();
    assert!(score.recall > 0.9, "{id} finds too little: {score:?}");
    assert!(score.precision > 0.7, "{id} finds too much: {score:?}");
    Some(score)
}

/// The number of pairs that a peer's LSH stage gives.
///
/// # Panics
/// If they are not the pairs that agree in a band, every one.
pub fn lsh(peer: &dyn Peer, rows: &Rows, truth: &[Pair]) -> Option<usize> {
    let found = crate::truth::sorted(peer.lsh(rows)?().pairs);
    assert!(
        found == truth,
        "{}: {} pairs, but {} pairs agree in a band",
        peer.id(),
        found.len(),
        truth.len()
    );
    Some(found.len())
}
