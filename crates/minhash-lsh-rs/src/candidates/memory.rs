//! What a search takes.

use std::fmt;

use super::partners::bands_at_a_time;
use crate::Banding;

/// Bytes beside the matrix and the pairs that a candidate search takes at its peak, item by item;
/// made by [`Banding::search_memory`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct SearchMemory {
    /// Rows of the matrix.
    pub rows: usize,
    /// Hashes of the bands and of the whole rows, then the chains of the buckets in their place: 4
    /// bytes a row for each band and 4 for the row.
    pub columns: usize,
    /// The first equal row of each row: 4 bytes a row.
    pub representatives: usize,
    /// The members of buckets that others follow, and those beyond the cap: up to two bits a row
    /// for each band and for the row.
    pub members: usize,
    /// Rows by the hash of a band: 8 bytes a row for each band that is searched at a time.
    pub partitions: usize,
    /// Tables that do not grow with the rows.
    pub fixed: usize,
}

impl Banding {
    /// The most that [`candidate_pairs`](Self::candidate_pairs) takes for `rows` rows beside the
    /// matrix and the pairs, which it holds twice for a moment.
    ///
    /// It depends on the threads of the current pool, because as many bands are searched at a time,
    /// but never more than eight.
    ///
    /// ```
    /// let memory = minhash_lsh::Banding::new(16, 8)?.search_memory(1_000_000);
    /// // 85 bytes a row with one thread, 143 with eight or more.
    /// assert!(memory.total() < 160 * memory.rows);
    /// # Ok::<(), minhash_lsh::Error>(())
    /// ```
    #[must_use]
    pub fn search_memory(&self, rows: usize) -> SearchMemory {
        let at_a_time = bands_at_a_time(self.bands());
        let columns = self.bands() + 1;
        SearchMemory {
            rows,
            columns: rows.saturating_mul(4 * columns),
            representatives: rows.saturating_mul(4),
            members: rows.div_ceil(64).saturating_mul(2 * 8 * columns),
            partitions: rows.saturating_mul(8 * at_a_time),
            // Tables and lists of one partition, and of one block of rows.
            fixed: (rows / 64 + (1 << 18)).saturating_mul(at_a_time + 1),
        }
    }
}

impl SearchMemory {
    /// All bytes.
    #[must_use]
    pub fn total(&self) -> usize {
        [self.representatives, self.members, self.partitions, self.fixed]
            .into_iter()
            .fold(self.columns, usize::saturating_add)
    }
}

/// One line for people.
impl fmt::Display for SearchMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let per_row = |bytes: usize| bytes as f64 / self.rows.max(1) as f64;
        write!(
            f,
            "{} rows in at most {} bytes; bytes a row: columns {:.1}, representatives {:.1}, \
             members {:.1}, partitions {:.1}, fixed {:.1}",
            self.rows,
            self.total(),
            per_row(self.columns),
            per_row(self.representatives),
            per_row(self.members),
            per_row(self.partitions),
            per_row(self.fixed)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_rows_can_be_asked_for() {
        let banding = Banding::new(1024, 1).unwrap();
        assert_eq!(banding.search_memory(usize::MAX).total(), usize::MAX);
        assert!(banding.search_memory(0).total() < 1 << 22);
    }
}
