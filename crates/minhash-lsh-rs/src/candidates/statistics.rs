//! The cap on buckets, and what it left out.

use std::fmt;

use super::buckets::NONE;
use crate::Error;

/// How many members of a bucket every member is compared with.
///
/// A bucket (all rows that agree in one band) of m members has m(m − 1)/2 pairs: 5 billion for
/// 100,000 copies of one template. Each member is paired with the `anchors` members of the
/// smallest row numbers only, so a bucket gives at most m × anchors pairs. Buckets of up to
/// anchors + 1 members lose nothing; of larger ones, what is left out is counted in
/// [`CandidateStatistics::pairs_left_out`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct BucketCap {
    anchors: u32,
}

impl BucketCap {
    /// Compares every member of a bucket with the first `anchors` members.
    ///
    /// # Errors
    /// [`Error::is_config`] for zero anchors.
    pub fn new(anchors: u32) -> Result<Self, Error> {
        if anchors == 0 {
            return Err(Error::config(
                "a bucket cap of 0 anchors would compare nothing; use at least 1",
            ));
        }
        Ok(Self { anchors })
    }

    /// How many members every member of a bucket is compared with, at most.
    #[must_use]
    pub fn anchors(self) -> u32 {
        self.anchors
    }
}

/// 64 anchors.
impl Default for BucketCap {
    fn default() -> Self {
        Self { anchors: 64 }
    }
}

/// Counts of one candidate search.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct CandidateStatistics {
    /// The cap that held.
    pub cap: BucketCap,
    /// Rows of the matrix.
    pub rows: u64,
    /// Rows of the empty set, which are candidates of nothing.
    pub empty_rows: u64,
    /// Rows equal to an earlier one, which took no part in the search.
    pub identical_rows: u64,
    /// Candidate pairs, those of identical rows with their representative included.
    pub pairs: u64,
    /// Buckets of at least two members, over all bands.
    pub shared_buckets: u64,
    /// Members of the largest bucket.
    pub largest_bucket: u64,
    /// Buckets with more members than the cap compares with each other, over all bands.
    pub overfull_buckets: u64,
    /// Pairs within over-full buckets that were not compared there, over all bands. A pair that
    /// several bands left out counts several times, and one that another band kept counts too.
    pub pairs_left_out: u64,
}

impl CandidateStatistics {
    /// Counts rows by the representative of each.
    pub(super) fn count_rows(&mut self, representatives: &[u32]) {
        self.rows = representatives.len() as u64;
        for (row, &representative) in (0..).zip(representatives) {
            self.empty_rows += u64::from(representative == NONE);
            self.identical_rows += u64::from(representative != NONE && representative != row);
        }
    }

    /// Counts the buckets of one band by their sizes.
    pub(super) fn count_buckets(&mut self, sizes: &[u32]) {
        let anchors = u64::from(self.cap.anchors);
        for &size in sizes {
            let size = u64::from(size);
            let beyond = size.saturating_sub(anchors);
            let left_out = beyond * beyond.saturating_sub(1) / 2;
            self.shared_buckets += u64::from(size > 1);
            self.largest_bucket = self.largest_bucket.max(size);
            self.overfull_buckets += u64::from(left_out > 0);
            self.pairs_left_out = self.pairs_left_out.saturating_add(left_out);
        }
    }
}

/// One line for people.
impl fmt::Display for CandidateStatistics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} rows ({} empty, {} identical to an earlier one): {} candidate pairs; {} shared \
             buckets, the largest of {}; {} over-full with cap {}, {} pairs left out",
            self.rows,
            self.empty_rows,
            self.identical_rows,
            self.pairs,
            self.shared_buckets,
            self.largest_bucket,
            self.overfull_buckets,
            self.cap.anchors,
            self.pairs_left_out
        )
    }
}
