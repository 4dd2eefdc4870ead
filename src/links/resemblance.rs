//! Candidate pairs by resemblance: MinHash signatures and locality-sensitive hashing.

use super::LinkConfig;
use crate::error::Result;
use crate::text::TextScheme;
use minhash_lsh::{Banding, BucketCap, Scheme, Sketcher};

/// Members of a bucket that the others are compared with. A text that shares 11 tokens with another
/// is proposed by containment anyway; what only a bucket proposes is rare (1 pair of 115,332 on
/// 36,152 news texts), so the cap may be low. At 64, 20,000 texts in one bucket were 1.4 million
/// links.
const BUCKET_ANCHORS: u32 = 16;

/// What the banding found.
pub(crate) struct Found {
    /// Pairs, ascending.
    pub(crate) pairs: Vec<(u32, u32)>,
    /// Pairs left out of over-full buckets; a pair may be counted for several.
    pub(crate) pairs_over_cap: u64,
}

/// The pairs of shingle sets that agree in a band. Recall and threshold are those of the
/// configuration.
///
/// # Errors
/// `is_config` when no plan of the configured lanes reaches the recall.
pub(crate) fn candidates(
    sets: &[&[u64]],
    scheme: &TextScheme,
    config: &LinkConfig,
) -> Result<Found> {
    let scheme = config.scheme(scheme)?;
    let banding = config.banding()?;
    let cap = BucketCap::new(BUCKET_ANCHORS)?;
    let matrix = Sketcher::new(scheme).sketch_all(sets);
    let found = banding.candidate_pairs_capped(&matrix, cap)?;
    let pairs_over_cap = found.statistics().pairs_left_out;
    Ok(Found { pairs: found.into_pairs(), pairs_over_cap })
}

/// The plan for a recall at a similarity.
///
/// # Errors
/// `is_config` for values outside their range, a number of lanes that no signature has, or a recall
/// out of reach.
pub(crate) fn plan(jaccard: f64, recall: f64, lanes: usize) -> Result<Banding> {
    Scheme::new(lanes)?;
    let jaccard = minhash_lsh::Jaccard::new(jaccard)?;
    Ok(Banding::for_recall(jaccard, recall, lanes)?)
}
