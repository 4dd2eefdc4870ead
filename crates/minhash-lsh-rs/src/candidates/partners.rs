//! Which rows each row is compared with: buckets of all columns, and their pairs in order.

use std::ops::Range;

use super::BucketCap;
use super::buckets::{Compare, Partitions};
use super::columns::{Column, Columns};
use super::links::Links;
use crate::banding::BandHasher;
use crate::kernel::prefetch;
use crate::{Banding, SignatureMatrix, parallel};

/// Bands that are searched at a time, at most: each takes [`Partitions`] of eight bytes a row, and
/// memory must not grow with the threads of the machine.
const MOST_BANDS_AT_A_TIME: usize = 8;

/// Times 64: rows whose pairs one thread writes at a time.
const BLOCK: usize = 64;

/// All rows that each row is to be compared with.
pub(super) struct Partners {
    pub(super) representatives: Vec<u32>,
    /// Equal rows, behind their representative.
    pub(super) identical: Links,
    pub(super) bands: Vec<Links>,
}

impl Partners {
    pub(super) fn of(matrix: &SignatureMatrix, banding: Banding, cap: BucketCap) -> Self {
        let k = matrix.scheme().k();
        let hasher = BandHasher::new(k, banding.rows());
        let Columns { bands, row, own } =
            Columns::hash(matrix.lanes(), k, &hasher, banding.bands());
        let (representatives, identical) = collapse(matrix, row, own);
        let bands = parallel::map_items(shares(bands.into_iter().enumerate().collect()), |share| {
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
        let words = self.representatives.len().div_ceil(64);
        let blocks = parallel::map(words.div_ceil(BLOCK), |block| {
            self.pairs_of(block * BLOCK..words.min((block + 1) * BLOCK))
        });
        let mut pairs = Vec::with_capacity(blocks.iter().map(Vec::len).sum());
        blocks.into_iter().for_each(|block| pairs.extend_from_slice(&block));
        pairs
    }

    fn pairs_of(&self, words: Range<usize>) -> Vec<(u32, u32)> {
        let mut pairs = Vec::new();
        let mut partners = Vec::new();
        for (number, mut linked) in words.clone().zip(self.linked(words)) {
            while linked != 0 {
                let row = 64 * number as u32 + linked.trailing_zeros();
                linked &= linked - 1;
                if self.representatives.get(row as usize) == Some(&row) {
                    self.later_partners(row, &mut partners);
                    pairs.extend(partners.iter().map(|&later| (row, later)));
                }
            }
        }
        pairs
    }

    /// Puts all later rows that `row` is compared with into `partners`, ascending.
    fn later_partners(&self, row: u32, partners: &mut Vec<u32>) {
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
    }

    /// The rows that some chain goes on from, 64 to a word.
    fn linked(&self, words: Range<usize>) -> Vec<u64> {
        let mut linked = vec![0; words.len()];
        for links in self.bands.iter().chain([&self.identical]) {
            let of_band = links.linked().get(words.clone()).unwrap_or(&[]);
            linked.iter_mut().zip(of_band).for_each(|(linked, of_band)| *linked |= of_band);
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
        // Every other band of eight lanes lies across two cache lines.
        let first = self.first(row);
        prefetch(self.matrix.lanes(), first);
        prefetch(self.matrix.lanes(), first + self.length - 1);
    }
}

/// The work on all bands in as many shares as are worked on at a time.
pub(crate) fn shares<T>(bands: Vec<T>) -> Vec<Vec<T>> {
    let count = bands_at_a_time(bands.len());
    let mut shares: Vec<Vec<T>> = (0..count).map(|_| Vec::new()).collect();
    for (number, band) in bands.into_iter().enumerate() {
        shares[number % count].push(band);
    }
    shares
}

/// How many of `bands` are worked on at a time in the current pool.
pub(crate) fn bands_at_a_time(bands: usize) -> usize {
    parallel::threads().min(MOST_BANDS_AT_A_TIME).min(bands)
}
