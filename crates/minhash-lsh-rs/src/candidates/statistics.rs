//! The cap on buckets, and what it left out.

use std::fmt;

use super::columns::NONE;
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
    /// Leaves nothing out.
    pub(super) const UNLIMITED: Self = Self { anchors: u32::MAX };

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

    /// Adds the buckets of one band.
    pub(super) fn add_buckets(&mut self, counts: &BucketCounts) {
        self.shared_buckets += counts.shared;
        self.largest_bucket = self.largest_bucket.max(counts.largest);
        self.overfull_buckets += counts.overfull;
        self.pairs_left_out = self.pairs_left_out.saturating_add(counts.pairs_left_out);
    }
}

/// Counts of the buckets of one band, kept member by member.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct BucketCounts {
    shared: u64,
    largest: u64,
    overfull: u64,
    pairs_left_out: u64,
}

impl BucketCounts {
    /// Counts a member that `rank` others precede, at least one.
    pub(super) fn count(&mut self, rank: u32, cap: BucketCap) {
        let (rank, anchors) = (u64::from(rank), u64::from(cap.anchors));
        self.shared += u64::from(rank == 1);
        self.largest = self.largest.max(rank + 1);
        // Beyond the anchors, a member is not compared with those between them and itself.
        self.overfull += u64::from(rank == anchors + 1);
        self.pairs_left_out = self.pairs_left_out.saturating_add(rank.saturating_sub(anchors));
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
