//! Which rows each row is compared with: buckets of all columns, and their pairs in order.

use std::ops::Range;

use super::BucketCap;
use super::buckets::{Compare, Partitions};
use super::columns::{Column, Columns, NONE};
use super::links::Links;
use crate::kernel::prefetch;
use crate::{Banding, SignatureMatrix, parallel};

/// Bands that are searched at a time, at most: each takes [`Partitions`] of eight bytes a row, and
/// memory must not grow with the threads of the machine.
const MOST_BANDS_AT_A_TIME: usize = 8;

/// Rows whose pairs one thread writes at a time.
const BLOCK: usize = 4096;

/// All rows that each row is to be compared with.
pub(super) struct Partners {
    pub(super) representatives: Vec<u32>,
    /// Equal rows, behind their representative.
    pub(super) identical: Links,
    pub(super) bands: Vec<Links>,
}

impl Partners {
    pub(super) fn of(matrix: &SignatureMatrix, banding: Banding, cap: BucketCap) -> Self {
        let Columns { bands, row, own } = Columns::hash(matrix, banding);
        let (representatives, identical) = collapse(matrix, row, own);
        let bands = parallel::map_items(shares(bands), |share| {
            let mut partitions = Partitions::default();
            let link = |(band, column): (usize, Column)| {
                partitions.spread(&column, &representatives);
                let mut links = Links::none(column);
                let (start, length) = (band * banding.rows(), banding.rows());
                let rows = LanesOfRows { matrix, start, length };
                partitions.group(&rows, |join| links.join(join, cap));
                links
            };
            share.into_iter().map(link).collect::<Vec<_>>()
        });
        Self { representatives, identical, bands: bands.into_iter().flatten().collect() }
    }

    /// The pairs (earlier, later) in ascending order, each once.
    pub(super) fn pairs(&self) -> Vec<(u32, u32)> {
        let rows = self.representatives.len();
        let blocks = parallel::map(rows.div_ceil(BLOCK), |block| {
            self.pairs_of(block * BLOCK..rows.min((block + 1) * BLOCK))
        });
        let mut pairs = Vec::with_capacity(blocks.iter().map(Vec::len).sum());
        blocks.into_iter().for_each(|block| pairs.extend_from_slice(&block));
        pairs
    }

    fn pairs_of(&self, rows: Range<usize>) -> Vec<(u32, u32)> {
        let mut pairs = Vec::new();
        let mut partners = Vec::new();
        let linked = self.linked(rows.clone());
        for (row, _) in (rows.start as u32..).zip(linked).filter(|&(_, linked)| linked != NONE) {
            if self.representatives.get(row as usize) != Some(&row) {
                continue;
            }
            partners.clear();
            let mut chains = 0;
            for links in self.bands.iter().chain([&self.identical]) {
                let before = partners.len();
                partners.extend(links.later_partners(row));
                chains += u32::from(partners.len() > before);
            }
            if chains > 1 {
                partners.sort_unstable();
                partners.dedup();
            }
            pairs.extend(partners.iter().map(|&later| (row, later)));
        }
        pairs
    }

    /// For each row, [`NONE`] if it is the last of every chain. Most are, and one sequential pass
    /// over each column finds them.
    fn linked(&self, rows: Range<usize>) -> Vec<u32> {
        let mut linked = vec![NONE; rows.len()];
        for links in self.bands.iter().chain([&self.identical]) {
            let next = links.next().get(rows.clone()).unwrap_or(&[]);
            for (linked, &next) in linked.iter_mut().zip(next) {
                *linked = next.min(*linked);
            }
        }
        linked
    }
}

/// The first of each kind of rows, and equal rows as links, from the hashes of the whole rows.
fn collapse(
    matrix: &SignatureMatrix,
    hashes: Column,
    mut representatives: Vec<u32>,
) -> (Vec<u32>, Links) {
    let mut partitions = Partitions::default();
    partitions.spread(&hashes, &representatives);
    let mut identical = Links::none(hashes);
    let rows = LanesOfRows { matrix, start: 0, length: matrix.scheme().k() };
    partitions.group(&rows, |join| {
        // Members come in ascending order, so the previous one knows the first.
        representatives[join.row as usize] = representatives[join.previous as usize];
        // Only the first is compared with the others, which the search leaves out.
        identical.join(join, BucketCap::UNLIMITED);
    });
    (representatives, identical)
}

/// The rows of a matrix by `length` of their lanes from `start`.
struct LanesOfRows<'a> {
    matrix: &'a SignatureMatrix,
    start: usize,
    length: usize,
}

impl LanesOfRows<'_> {
    fn first(&self, row: u32) -> usize {
        row as usize * self.matrix.scheme().k() + self.start
    }

    #[inline]
    fn lanes(&self, row: u32) -> Option<&[u32]> {
        let first = self.first(row);
        self.matrix.lanes().get(first..first + self.length)
    }
}

impl Compare for LanesOfRows<'_> {
    #[inline]
    fn same(&self, a: u32, b: u32) -> bool {
        self.lanes(a) == self.lanes(b)
    }

    #[inline]
    fn prefetch(&self, row: u32) {
        prefetch(self.matrix.lanes(), self.first(row));
    }
}

/// The columns of the bands in as many shares as are worked on at a time.
fn shares(bands: Vec<Column>) -> Vec<Vec<(usize, Column)>> {
    let count = bands_at_a_time(bands.len());
    let mut shares: Vec<Vec<_>> = (0..count).map(|_| Vec::new()).collect();
    for (band, column) in bands.into_iter().enumerate() {
        shares[band % count].push((band, column));
    }
    shares
}

/// How many of `bands` are searched at a time in the current pool.
pub(super) fn bands_at_a_time(bands: usize) -> usize {
    parallel::threads().min(MOST_BANDS_AT_A_TIME).min(bands)
}
