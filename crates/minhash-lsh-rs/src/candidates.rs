//! Candidate pairs of a whole collection at once.

use std::fmt;

use ahash::HashMap;

use crate::signature::is_empty;
use crate::{Banding, Error, SignatureMatrix, parallel};

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
    /// O(n · lanes) time and O(n · bands) memory beside the pairs, of which there are at most
    /// n · bands · anchors. With the feature `rayon` bands and rows are worked on in parallel;
    /// the result is the same.
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
        let representatives = Representatives::of(matrix);
        let buckets = parallel::map(self.bands(), |band| {
            Buckets::of(matrix, &representatives, band * self.rows(), self.rows(), cap)
        });
        let by_later =
            parallel::map(matrix.len(), |row| representatives.partners(row as u32, &buckets));
        let mut statistics = CandidateStatistics { cap, ..CandidateStatistics::default() };
        statistics.count_rows(&representatives);
        buckets.iter().for_each(|band| statistics.count_buckets(band));
        let pairs = sort_by_earlier(&by_later);
        statistics.pairs = pairs.len() as u64;
        Ok(CandidatePairs { pairs, representatives: representatives.of_row, statistics })
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
    fn count_rows(&mut self, representatives: &Representatives) {
        self.rows = representatives.of_row.len() as u64;
        for (row, &representative) in (0..).zip(&representatives.of_row) {
            self.empty_rows += u64::from(representative == NONE);
            self.identical_rows += u64::from(representative != NONE && representative != row);
        }
    }

    fn count_buckets(&mut self, buckets: &Buckets) {
        let anchors = u64::from(self.cap.anchors);
        for &size in &buckets.sizes {
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

/// No representative and no bucket: the row is empty or stands behind its representative. Row
/// numbers stay below it.
const NONE: u32 = u32::MAX;

/// The first row of each kind.
struct Representatives {
    of_row: Vec<u32>,
}

impl Representatives {
    fn of(matrix: &SignatureMatrix) -> Self {
        let mut first: HashMap<&[u32], u32> = HashMap::default();
        let mut representative = |(row, lanes)| {
            if is_empty(lanes) { NONE } else { *first.entry(lanes).or_insert(row) }
        };
        let rows = matrix.lanes().chunks_exact(matrix.scheme().k());
        Self { of_row: (0..).zip(rows).map(&mut representative).collect() }
    }

    /// The earlier rows that `row` is to be compared with, ascending.
    fn partners(&self, row: u32, buckets: &[Buckets]) -> Vec<u32> {
        match self.of_row.get(row as usize) {
            None | Some(&NONE) => Vec::new(),
            Some(&representative) if representative != row => vec![representative],
            Some(_) => {
                let mut partners = Vec::new();
                for band in buckets {
                    let anchors = band.anchors_of(row);
                    partners.extend(anchors.iter().take_while(|&&anchor| anchor < row));
                }
                partners.sort_unstable();
                partners.dedup();
                partners
            }
        }
    }
}

/// The buckets of one band: rows with equal lanes in it.
struct Buckets {
    /// The bucket of each row. Buckets are numbered by their first member.
    of_row: Vec<u32>,
    /// Members of each bucket.
    sizes: Vec<u32>,
    /// Where each bucket's anchors start in `anchors`, and one more for the end.
    starts: Vec<usize>,
    /// The first members of each bucket, up to the cap, ascending.
    anchors: Vec<u32>,
}

impl Buckets {
    fn of(
        matrix: &SignatureMatrix,
        representatives: &Representatives,
        start: usize,
        length: usize,
        cap: BucketCap,
    ) -> Self {
        let mut numbers: HashMap<&[u32], u32> = HashMap::default();
        let mut sizes: Vec<u32> = Vec::new();
        let mut of_row = vec![NONE; matrix.len()];
        let rows = matrix.lanes().chunks_exact(matrix.scheme().k());
        let with_rows = of_row.iter_mut().zip(&representatives.of_row).zip(rows);
        for (row, ((bucket, &representative), lanes)) in (0..).zip(with_rows) {
            if representative == row {
                // `require_lanes` has checked that the bands lie within the lanes.
                let band = &lanes[start..start + length];
                let number = *numbers.entry(band).or_insert(sizes.len() as u32);
                match sizes.get_mut(number as usize) {
                    Some(size) => *size += 1,
                    None => sizes.push(1),
                }
                *bucket = number;
            }
        }
        drop(numbers);
        let (starts, anchors) = first_members(&of_row, &sizes, cap);
        Self { of_row, sizes, starts, anchors }
    }

    fn anchors_of(&self, row: u32) -> &[u32] {
        let bucket = self.of_row.get(row as usize).map_or(usize::MAX, |&bucket| bucket as usize);
        match (self.starts.get(bucket), self.starts.get(bucket.saturating_add(1))) {
            (Some(&start), Some(&end)) => self.anchors.get(start..end).unwrap_or(&[]),
            _ => &[],
        }
    }
}

/// The first members of each bucket one after the other, and where each bucket starts.
fn first_members(of_row: &[u32], sizes: &[u32], cap: BucketCap) -> (Vec<usize>, Vec<u32>) {
    let mut starts = Vec::with_capacity(sizes.len() + 1);
    let mut total = 0;
    for &size in sizes {
        starts.push(total);
        total += size.min(cap.anchors) as usize;
    }
    starts.push(total);
    let mut anchors = vec![NONE; total];
    let mut free = starts.clone();
    for (row, &bucket) in (0..).zip(of_row) {
        if bucket == NONE {
            continue;
        }
        // Buckets were numbered below `sizes.len()`, so both indices exist.
        let bucket = bucket as usize;
        if free[bucket] < starts[bucket + 1] {
            anchors[free[bucket]] = row;
            free[bucket] += 1;
        }
    }
    (starts, anchors)
}

/// Pairs (earlier, later) in ascending order, from the ascending earlier partners of each later
/// row: one counting sort, as the rows are already in order.
fn sort_by_earlier(by_later: &[Vec<u32>]) -> Vec<(u32, u32)> {
    let mut next = vec![0_usize; by_later.len() + 1];
    for &earlier in by_later.iter().flatten() {
        next[earlier as usize + 1] += 1;
    }
    for row in 1..next.len() {
        next[row] += next[row - 1];
    }
    let mut pairs = vec![(0, 0); next.last().copied().unwrap_or(0)];
    for (later, partners) in (0..).zip(by_later) {
        for &earlier in partners {
            let place = &mut next[earlier as usize];
            pairs[*place] = (earlier, later);
            *place += 1;
        }
    }
    pairs
}
