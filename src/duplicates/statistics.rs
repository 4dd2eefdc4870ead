//! What the search for duplicates did, left out and kept in memory.

use minhash_lsh::CandidateStatistics;
use std::fmt;

/// Counts of one search for duplicates.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct DuplicateStatistics {
    /// Texts given.
    pub texts: u64,
    /// Their bytes.
    pub text_bytes: u64,
    /// Texts without a token: nobody's duplicates.
    pub empty_texts: u64,
    /// Texts of fewer tokens than a shingle: duplicates only of the same tokens.
    pub texts_below_shingle: u64,
    /// Texts of at least a shingle, but under [`SHORT_TEXT_TOKENS`](crate::text::SHORT_TEXT_TOKENS) tokens.
    pub short_texts: u64,
    /// Texts with the shingle set of a text before them, which took no part in the search.
    pub identical_texts: u64,
    /// Pairs that were looked at, those of identical texts with the first of their kind included. Where texts of several
    /// sets share one signature it depends on the order of the texts, which the verified pairs never do.
    pub candidate_pairs: u64,
    /// Of these, pairs at or over the threshold.
    pub verified_pairs: u64,
    /// Of these, pairs under the threshold.
    pub refused_pairs: u64,
    /// Pairs that the cap on buckets left out. A pair that several bands left out counts several times, and one that
    /// another band kept counts too.
    pub pairs_left_out: u64,
    /// Groups.
    pub groups: u64,
    /// Texts in groups, anchors included.
    pub grouped_texts: u64,
    /// Verified pairs whose texts are not in one group, because no anchor is a duplicate of both.
    pub pairs_across_groups: u64,
    /// The counts of the banding.
    pub candidates: CandidateStatistics,
    /// Bytes of memory, by what they hold.
    pub memory: DuplicateMemory,
}

impl fmt::Display for DuplicateStatistics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} texts of {} bytes: {} empty, {} below a shingle, {} short, {} identical to an earlier one",
            self.texts,
            self.text_bytes,
            self.empty_texts,
            self.texts_below_shingle,
            self.short_texts,
            self.identical_texts
        )?;
        writeln!(
            f,
            "{} candidate pairs: {} verified, {} refused; {} over-full buckets left out {} pairs",
            self.candidate_pairs,
            self.verified_pairs,
            self.refused_pairs,
            self.candidates.overfull_buckets,
            self.pairs_left_out
        )?;
        writeln!(
            f,
            "{} groups of {} texts; {} verified pairs across groups",
            self.groups, self.grouped_texts, self.pairs_across_groups
        )?;
        self.memory.fmt(f)
    }
}

/// Bytes that one search held, by what they were for. The texts themselves are the caller's and are not copied. What the
/// candidate search took while it ran depends on the threads and is not among them:
/// [`Banding::search_memory`](minhash_lsh::Banding::search_memory).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct DuplicateMemory {
    /// Texts, for the bytes a text.
    pub texts: u64,
    /// Signatures: 4 bytes a lane, twice when they were copied into canonical order, which over-full buckets ask for.
    pub signatures: u64,
    /// What is kept of each text beside its signature.
    pub text_records: u64,
    /// Shingle sets made again for the verification, at the most one thread held at once.
    pub shingle_sets: u64,
    /// Candidate and verified pairs.
    pub pairs: u64,
    /// Groups.
    pub groups: u64,
}

impl DuplicateMemory {
    /// All of it.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.signatures + self.text_records + self.shingle_sets + self.pairs + self.groups
    }
}

/// Bytes a text, item by item.
impl fmt::Display for DuplicateMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let a_text = |bytes: u64| bytes as f64 / self.texts.max(1) as f64;
        write!(
            f,
            "{:.0} bytes a text: signatures {:.0}, records {:.1}, shingle sets {:.1}, pairs {:.1}, groups {:.1}",
            a_text(self.total()),
            a_text(self.signatures),
            a_text(self.text_records),
            a_text(self.shingle_sets),
            a_text(self.pairs),
            a_text(self.groups)
        )
    }
}
