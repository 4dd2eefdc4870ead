//! Candidate pairs by resemblance: MinHash signatures and locality-sensitive hashing.

use super::LinkConfig;
use crate::error::Result;
use crate::parallel::fill_rows;
use crate::text::{TextScheme, TokenisedText};
use minhash_lsh::{Banding, BucketCap, Scheme, SignatureMatrix, Sketcher};

/// Members of a bucket that the others are compared with. A text that shares 11 tokens with another
/// is proposed by containment anyway; what only a bucket proposes is rare (1 pair of 115,332 on
/// 36,152 news texts), so the cap may be low. At 64, 20,000 texts in one bucket were 1.4 million
/// links.
const BUCKET_ANCHORS: u32 = 16;

/// Earlier texts that a text is compared with because of a band. Thousands of texts that differ in
/// one word are in the same buckets but for chance, so that the first of each bucket are other ones
/// in every band: 40 to 100 links a text. All of them meet the first few, of which one is their
/// anchor.
const EARLIER_PARTNERS: usize = 16;

/// What the banding found.
pub(crate) struct Found {
    /// Pairs, ascending.
    pub(crate) pairs: Vec<(u32, u32)>,
    /// Pairs left out of over-full buckets, where a pair may be counted for several, and pairs of
    /// texts with too many earlier partners.
    pub(crate) pairs_over_cap: u64,
}

/// The pairs of texts whose shingle sets agree in a band. Recall and threshold are those of the
/// configuration.
///
/// # Errors
/// `is_config` when no plan of the configured lanes reaches the recall.
pub(crate) fn candidates(
    texts: &[&TokenisedText],
    scheme: &TextScheme,
    config: &LinkConfig,
) -> Result<Found> {
    let scheme = config.scheme(scheme)?;
    let banding = config.banding()?;
    let cap = BucketCap::new(BUCKET_ANCHORS)?;
    let matrix = signatures(texts, scheme)?;
    let found = banding.candidate_pairs_capped(&matrix, cap)?;
    let mut pairs_over_cap = found.statistics().pairs_left_out;
    let mut pairs = found.into_pairs();
    let before = pairs.len();
    keep_earliest_partners(&mut pairs, texts.len());
    pairs_over_cap += (before - pairs.len()) as u64;
    Ok(Found { pairs, pairs_over_cap })
}

/// The signatures of the texts, whose shingles are made for them and not kept.
fn signatures(texts: &[&TokenisedText], scheme: Scheme) -> Result<SignatureMatrix> {
    let sketcher = Sketcher::new(scheme);
    let mut lanes = vec![0; scheme.k() * texts.len()];
    let mut records = vec![(); texts.len()];
    fill_rows(&mut lanes, scheme.k(), &mut records, Vec::new, |shingles, text, row, ()| {
        if let Some(text) = texts.get(text) {
            text.read_shingles(shingles);
            // The row is as long as the sketcher's k, which is all that it could refuse.
            let sketched = sketcher.sketch_into(shingles, row);
            debug_assert!(sketched.is_ok());
        }
    });
    Ok(SignatureMatrix::from_lanes(scheme, lanes)?)
}

/// Keeps of ascending pairs those of a text with its first [`EARLIER_PARTNERS`] earlier ones.
fn keep_earliest_partners(pairs: &mut Vec<(u32, u32)>, texts: usize) {
    let mut partners = vec![0usize; texts];
    pairs.retain(|&(_, later)| {
        partners.get_mut(later as usize).is_some_and(|count| {
            *count += 1;
            *count <= EARLIER_PARTNERS
        })
    });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_flood_each_text_keeps_its_first_partners_and_few_texts_keep_all() {
        let all = |texts: u32| -> Vec<(u32, u32)> {
            (0..texts).flat_map(|a| (a + 1..texts).map(move |b| (a, b))).collect()
        };
        let mut few = all(EARLIER_PARTNERS as u32 + 1);
        keep_earliest_partners(&mut few, EARLIER_PARTNERS + 1);
        assert_eq!(few, all(EARLIER_PARTNERS as u32 + 1));

        let mut flood = all(200);
        keep_earliest_partners(&mut flood, 200);
        assert!(flood.iter().all(|&(a, _)| (a as usize) < EARLIER_PARTNERS));
        assert!((1..200).all(|b| flood.contains(&(0, b))), "all meet the first");
    }
}
