//! Candidate pairs of a whole collection at once.

pub(crate) mod buckets;
pub(crate) mod columns;
mod links;
mod memory;
mod partners;
mod statistics;

use crate::{Banding, Error, SignatureMatrix};
use columns::NONE;
use partners::Partners;

pub(crate) use partners::shares;

pub use memory::SearchMemory;
pub use statistics::{BucketCap, CandidateStatistics};

impl Banding {
    /// The candidate pairs of all rows of `matrix`, with the default [`BucketCap`].
    ///
    /// See [`candidate_pairs_capped`](Self::candidate_pairs_capped).
    ///
    /// ```
    /// use minhash_lsh::{Banding, Jaccard, Scheme, Sketcher};
    ///
    /// let sketcher = Sketcher::new(Scheme::new(128)?);
    /// let sets: [Vec<u64>; 3] = [(0..200).collect(), (500..700).collect(), (4..204).collect()];
    /// let banding = Banding::for_recall(Jaccard::new(0.8)?, 0.99, sketcher.k())?;
    /// let found = banding.candidate_pairs(&sketcher.sketch_all(&sets))?;
    /// assert_eq!(found.pairs(), [(0, 2)]);
    /// # Ok::<(), minhash_lsh::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`candidate_pairs_capped`](Self::candidate_pairs_capped).
    pub fn candidate_pairs(&self, matrix: &SignatureMatrix) -> Result<CandidatePairs, Error> {
        self.candidate_pairs_capped(matrix, BucketCap::default())
    }

    /// The candidate pairs of all rows of `matrix`: rows that agree in all lanes of some band.
    ///
    /// Equal rows are collapsed first: each is paired with the first of its kind, which alone takes
    /// part in the search. Empty rows are candidates of nothing. Over-full buckets are compared
    /// with their anchors, as [`BucketCap`] says. Agreement is checked on the lanes themselves, so
    /// no collision of band hashes adds a pair.
    ///
    /// O(n · lanes) time beside the pairs, of which there are at most n · bands · anchors.
    /// [`search_memory`](Self::search_memory) bounds the memory: for 16 bands by 85 bytes a row with
    /// one thread, of which 82 are usual, and by 143 with eight or more.
    ///
    /// With the feature `rayon` bands and rows are worked on in parallel, in the pool of the caller;
    /// the result is the same.
    ///
    /// Bands are hashed in one pass over the lanes. The rows of each band are spread over partitions
    /// by their hash, and grouped there by tables that fit the cache; the members of a bucket form
    /// a chain in the place of the hashes, in which the partners of each row are found in order.
    /// Hashes are keyed at random, so that crafted signatures cannot pile up.
    ///
    /// ```
    /// use minhash_lsh::{Banding, BucketCap, Scheme, Sketcher};
    ///
    /// // A hundred sets that agree in all but one element.
    /// let sets: Vec<Vec<u64>> = (0..100).map(|own| (0..500).chain([1000 + own]).collect()).collect();
    /// let signatures = Sketcher::new(Scheme::new(128)?).sketch_all(&sets);
    /// let all = Banding::new(16, 8)?.candidate_pairs_capped(&signatures, BucketCap::new(100)?)?;
    /// let few = Banding::new(16, 8)?.candidate_pairs_capped(&signatures, BucketCap::new(2)?)?;
    /// assert!(few.pairs().len() < all.pairs().len());
    /// assert!(few.statistics().pairs_left_out > 0);
    /// # Ok::<(), minhash_lsh::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::is_config`] if the bands take more lanes than the signatures have;
    /// [`Error::is_capacity`] for more than 2³² − 1 rows.
    pub fn candidate_pairs_capped(
        &self,
        matrix: &SignatureMatrix,
        cap: BucketCap,
    ) -> Result<CandidatePairs, Error> {
        self.require_lanes(matrix.scheme())?;
        if u32::try_from(matrix.len()).is_err() {
            return Err(Error::capacity(format!(
                "{} rows are more than 32-bit row numbers can name; split the matrix",
                matrix.len()
            )));
        }
        let partners = Partners::of(matrix, *self, cap);
        let mut statistics = CandidateStatistics { cap, ..CandidateStatistics::default() };
        statistics.count_rows(&partners.representatives);
        partners.bands.iter().for_each(|band| statistics.add_buckets(&band.counts));
        let pairs = partners.pairs();
        statistics.pairs = pairs.len() as u64;
        Ok(CandidatePairs { pairs, representatives: partners.representatives, statistics })
    }
}

/// What [`Banding::candidate_pairs`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CandidatePairs {
    pairs: Vec<(u32, u32)>,
    representatives: Vec<u32>,
    statistics: CandidateStatistics,
}

impl CandidatePairs {
    /// The pairs (a, b) of row numbers, a < b, each once, in ascending order.
    ///
    /// A candidate is not a duplicate: verify it on the sets themselves.
    #[must_use]
    pub fn pairs(&self) -> &[(u32, u32)] {
        &self.pairs
    }

    /// The pairs without the rest.
    #[must_use]
    pub fn into_pairs(self) -> Vec<(u32, u32)> {
        self.pairs
    }

    /// The first row equal to `row`, which stands for it in the pairs; `row` itself if none
    /// precedes it, `None` for an empty row or one beyond the end.
    #[must_use]
    pub fn representative(&self, row: u32) -> Option<u32> {
        let found = self.representatives.get(row as usize).copied();
        found.filter(|&representative| representative != NONE)
    }

    /// What was collapsed, capped and left out.
    #[must_use]
    pub fn statistics(&self) -> &CandidateStatistics {
        &self.statistics
    }
}
