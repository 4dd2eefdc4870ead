//! Candidate pairs of signatures, verified: which texts have one set, and which are alike.

use super::DuplicateConfig;
use super::verify::verify;
use crate::error::Result;
use crate::parallel::map_with;
use minhash_lsh::{CandidatePairs, CandidateStatistics, Jaccard, SignatureMatrix};

/// What became of the candidates, in numbers of rows.
pub(super) struct Resolved {
    /// For each row the first row with its shingle set; itself where it is the first or has none.
    pub(super) representative: Vec<u32>,
    /// Verified pairs of rows that represent themselves, each once.
    pub(super) pairs: Vec<(u32, u32, Jaccard)>,
    /// Pairs that were looked at, those of one set included.
    pub(super) candidates: u64,
    /// Pairs that the cap left out; one may be counted for several bands.
    pub(super) left_out: u64,
    /// Most bytes of shingle sets in memory at once on one thread.
    pub(super) set_bytes: u64,
    pub(super) statistics: CandidateStatistics,
}

/// Finds and verifies the candidates of `matrix`, of which row `i` is the signature of `text(i)`.
///
/// `None` when the answer depends on the order of the rows and `in_canonical_order` does not say that this is right: the
/// members of an over-full bucket are compared with those of the smallest numbers, and so are texts that share a
/// signature but not a set.
pub(super) fn resolve<'t>(
    matrix: &SignatureMatrix,
    text: impl Fn(u32) -> &'t str + Sync + Send,
    config: &DuplicateConfig,
    in_canonical_order: bool,
) -> Result<Option<Resolved>> {
    let found = config.banding().candidate_pairs_capped(matrix, config.bucket_cap())?;
    let statistics = *found.statistics();
    if statistics.overfull_buckets > 0 && !in_canonical_order {
        return Ok(None);
    }
    let mut representative: Vec<u32> = (0..matrix.len() as u32).collect();
    let mut unequal: Vec<(u32, u32)> = Vec::new();
    for &(first, second) in found.pairs() {
        if is_twin(&found, first, second) && text(first) == text(second) {
            set(&mut representative, second, first);
        } else {
            unequal.push((first, second));
        }
    }
    let check = |pairs: &[(u32, u32)]| verify(&text, matrix.len(), pairs, config);
    let mut verified = check(&unequal);
    collapse_equal(&verified.pairs, &mut representative);
    let mut candidates = found.pairs().len() as u64;
    let mut left_out = statistics.pairs_left_out;
    let mut strangers: Vec<(u32, u32)> = unequal
        .into_iter()
        .filter(|&(first, second)| is_twin(&found, first, second) && own(&representative, second))
        .collect();
    if !strangers.is_empty() {
        let copies = copies_among(&strangers, &text, config);
        let checked = check(&copies);
        verified.set_bytes = verified.set_bytes.max(checked.set_bytes);
        collapse_equal(&checked.pairs, &mut representative);
        let all = strangers.len();
        strangers.retain(|&(_, second)| own(&representative, second));
        candidates += (all - strangers.len()) as u64;
        let anchors = config.bucket_cap().anchors() as usize;
        let (more, beyond_cap) = pairs_of_strangers(&found, &strangers, anchors);
        if beyond_cap > 0 && !in_canonical_order {
            return Ok(None);
        }
        left_out += beyond_cap;
        let checked = check(&more);
        candidates += more.len() as u64;
        verified.set_bytes = verified.set_bytes.max(checked.set_bytes);
        collapse_equal(&checked.pairs, &mut representative);
        verified.pairs.extend(checked.pairs);
    }
    let mut pairs = verified.pairs;
    pairs.retain(|&(first, second, _)| own(&representative, first) && own(&representative, second));
    let set_bytes = verified.set_bytes;
    Ok(Some(Resolved { representative, pairs, candidates, left_out, set_bytes, statistics }))
}

/// Whether the candidate search gave `second` to `first` because their signatures are equal in all lanes.
fn is_twin(found: &CandidatePairs, first: u32, second: u32) -> bool {
    found.representative(second) == Some(first)
}

/// Lets the smaller row of each pair of equal sets represent the other. By ascending pairs, so that the smallest of several
/// equal ones gets all.
fn collapse_equal(pairs: &[(u32, u32, Jaccard)], representative: &mut [u32]) {
    for &(first, second, resemblance) in pairs {
        if resemblance == Jaccard::ONE && own(representative, first) {
            set(representative, second, first);
        }
    }
}

fn own(representative: &[u32], row: u32) -> bool {
    representative.get(row as usize) == Some(&row)
}

fn set(representative: &mut [u32], row: u32, to: u32) {
    if let Some(kept) = representative.get_mut(row as usize) {
        *kept = to;
    }
}

/// Pairs of rows that have one signature and, as a hash of it says, one set, which is not that of the first row of their
/// kind: each with the first of these. `strangers` are pairs of such a first row and a row with its signature.
///
/// A copy beyond the cap would else be compared with the first of its like alone, and never with the text it is a copy
/// of; and each of 100,000 copies with all of these.
fn copies_among<'t>(
    strangers: &[(u32, u32)],
    text: &(impl Fn(u32) -> &'t str + Sync + Send),
    config: &DuplicateConfig,
) -> Vec<(u32, u32)> {
    let mut hashed = map_with(
        strangers.len(),
        || (config.shingler(), Vec::new()),
        |(shingler, set), at| {
            let (first, row) = strangers.get(at).copied().unwrap_or_default();
            set.clear();
            set.extend_from_slice(shingler.shingles_of(text(row)));
            set.sort_unstable();
            set.dedup();
            let hash = set.iter().fold(0u64, |hash, shingle| {
                (hash ^ shingle).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
            });
            (first, hash, row)
        },
    );
    hashed.sort_unstable();
    let mut pairs = Vec::new();
    for alike in hashed.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)) {
        if let [(_, _, original), copies @ ..] = alike {
            pairs.extend(copies.iter().map(|&(_, _, copy)| (*original, copy)));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// What to compare the rows with that have the signature of a first row but not its set: long texts that differ in one
/// shingle of a thousand. The search has compared each with that first row alone.
///
/// Each is compared with the first `anchors` rows that the first row is a candidate of, and with the first `anchors` of
/// its like; a text that thousands resemble would else give each of its like thousands of pairs. `strangers` are pairs of
/// such a first row and a row with its signature, ascending. The pairs come with the number of those left out.
fn pairs_of_strangers(
    found: &CandidatePairs,
    strangers: &[(u32, u32)],
    anchors: usize,
) -> (Vec<(u32, u32)>, u64) {
    let like = |first: u32| {
        let start = strangers.partition_point(|&(other, _)| other < first);
        let end = strangers.partition_point(|&(other, _)| other <= first);
        strangers.get(start..end).unwrap_or(&[])
    };
    let mut pairs = Vec::new();
    let mut left_out = 0;
    let mut add = |x: u32, y: u32| pairs.push((x.min(y), x.max(y)));
    let mut partners: Vec<(u32, u32)> = Vec::new();
    for &(first, second) in found.pairs() {
        if !is_twin(found, first, second) {
            let mut partner = |of: u32, other: u32| {
                if !like(of).is_empty() {
                    partners.push((of, other));
                }
            };
            partner(first, second);
            partner(second, first);
            let (of_first, of_second) = (like(first), like(second));
            let kept = of_first.len().min(anchors) * of_second.len().min(anchors);
            left_out += (of_first.len() * of_second.len() - kept) as u64;
            for &(_, x) in of_first.iter().take(anchors) {
                of_second.iter().take(anchors).for_each(|&(_, y)| add(x, y));
            }
        }
    }
    partners.sort_unstable();
    for partners in partners.chunk_by(|x, y| x.0 == y.0) {
        let strangers = partners.first().map_or(&[][..], |&(first, _)| like(first));
        left_out += (partners.len().saturating_sub(anchors) * strangers.len()) as u64;
        for &(_, partner) in partners.iter().take(anchors) {
            strangers.iter().for_each(|&(_, stranger)| add(partner, stranger));
        }
    }
    for &(first, stranger) in strangers {
        let earlier = like(first).partition_point(|&(_, other)| other < stranger);
        left_out += earlier.saturating_sub(anchors) as u64;
        like(first).iter().take(earlier.min(anchors)).for_each(|&(_, other)| add(other, stranger));
    }
    pairs.sort_unstable();
    pairs.dedup();
    (pairs, left_out)
}
