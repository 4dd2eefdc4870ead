//! The buckets of one band as chains of rows.

use super::BucketCap;
use super::buckets::Join;
use super::columns::{Column, NONE};
use super::statistics::BucketCounts;

/// For each row, the next member of its bucket in one band.
///
/// The chains take the place of the hashes: four bytes a row and band, however many members the
/// buckets have.
pub(super) struct Links {
    next: Column,
    /// Rows that have a next member: few, and found here without reading all of `next`.
    linked: RowSet,
    /// Members beyond the anchors of over-full buckets; only anchors are compared with what
    /// follows them.
    beyond: RowSet,
    pub(super) counts: BucketCounts,
}

impl Links {
    /// No links yet, in the memory of `column`.
    pub(super) fn none(mut column: Column) -> Self {
        column.fill(NONE);
        let (linked, beyond) = (RowSet::default(), RowSet::default());
        Self { next: column, linked, beyond, counts: BucketCounts::default() }
    }

    /// Adds a member to its bucket.
    pub(super) fn join(&mut self, join: Join, cap: BucketCap) {
        let Join { previous, row, rank, .. } = join;
        self.next[previous as usize] = row;
        self.linked.insert(previous, self.next.len());
        if rank >= cap.anchors() {
            self.beyond.insert(row, self.next.len());
        }
        self.counts.count(rank, cap);
    }

    /// Rows that have a next member, 64 to a word from row 0. It may end early.
    pub(super) fn linked(&self) -> &[u64] {
        &self.linked.words
    }

    /// The later members of its bucket that `row` is compared with, ascending.
    pub(super) fn later_partners(&self, row: u32) -> impl Iterator<Item = u32> {
        let next = |row: u32| self.next.get(row as usize).copied().filter(|&next| next != NONE);
        let starts = self.linked.contains(row) && !self.beyond.contains(row);
        let first = if starts { next(row) } else { None };
        std::iter::successors(first, move |&row| next(row))
    }
}

/// A set of rows, one bit each, which takes no memory before its first member.
#[derive(Default)]
struct RowSet {
    words: Vec<u64>,
}

impl RowSet {
    fn insert(&mut self, row: u32, rows: usize) {
        if self.words.is_empty() {
            self.words.resize(rows.div_ceil(64), 0);
        }
        self.words[row as usize / 64] |= 1 << (row % 64);
    }

    fn contains(&self, row: u32) -> bool {
        self.words.get(row as usize / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }
}
