//! Band-major columns: one number a row for each band, and one for the whole row.

use crate::banding::BandHasher;
use crate::signature::is_empty;
use crate::{Banding, SignatureMatrix, parallel};

/// No row: the end of a chain, or the representative of an empty row. Row numbers stay below it.
pub(super) const NONE: u32 = u32::MAX;

/// Rows that are hashed at a time by one thread.
const BLOCK: usize = 4096;

/// Rows whose hashes are gathered before they go to the columns. The columns lie in memory at
/// multiples of 4 KiB from each other, so that writing 17 of them by turns would contend for the
/// 8 or 12 ways of one cache set.
const TILE: usize = 32;

/// One hash a row.
pub(super) type Column = Vec<u32>;

/// The hashes of all rows, and which rows take part.
pub(super) struct Columns {
    /// One column of hashes for each band.
    pub(super) bands: Vec<Column>,
    /// The hashes of the whole rows.
    pub(super) row: Column,
    /// The row's own number, or [`NONE`] for an empty row.
    pub(super) own: Vec<u32>,
}

impl Columns {
    /// Hashes all rows in one sequential pass over the lanes.
    pub(super) fn hash(matrix: &SignatureMatrix, banding: Banding) -> Self {
        let (k, rows) = (matrix.scheme().k(), matrix.len());
        let hasher = BandHasher::new(k, banding.rows());
        let mut bands = vec![vec![0; rows]; banding.bands()];
        let (mut row, mut own) = (vec![0; rows], vec![NONE; rows]);
        let mut parts = bands.iter_mut().map(|band| band.chunks_mut(BLOCK)).collect::<Vec<_>>();
        let own_parts = own.chunks_mut(BLOCK).zip(row.chunks_mut(BLOCK));
        let lanes = matrix.lanes().chunks(BLOCK * k);
        let blocks = (0..).zip(lanes.zip(own_parts)).map(|(number, (lanes, (own, row)))| Block {
            first: number * BLOCK as u32,
            lanes,
            own,
            row,
            bands: parts.iter_mut().filter_map(Iterator::next).collect(),
        });
        parallel::map_items(blocks.collect(), |block| block.hash(&hasher, k));
        Self { bands, row, own }
    }
}

/// A stretch of rows, and where its hashes go.
struct Block<'a> {
    first: u32,
    lanes: &'a [u32],
    own: &'a mut [u32],
    row: &'a mut [u32],
    bands: Vec<&'a mut [u32]>,
}

impl Block<'_> {
    fn hash(mut self, hasher: &BandHasher, k: usize) {
        let width = self.bands.len();
        let mut tile = vec![0; TILE * width];
        for (number, lanes) in self.lanes.chunks(TILE * k).enumerate() {
            let start = number * TILE;
            let own = self.own.iter_mut().zip(self.row.iter_mut()).zip(self.first..).skip(start);
            let rows = lanes.chunks_exact(k).zip(tile.chunks_exact_mut(width));
            for ((lanes, hashes), ((own, row), number)) in rows.zip(own) {
                *row = hasher.hash_row(lanes, hashes);
                if !is_empty(lanes) {
                    *own = number;
                }
            }
            for (band, column) in self.bands.iter_mut().enumerate() {
                let hashes = tile.iter().skip(band).step_by(width);
                for (place, &hash) in column.iter_mut().skip(start).take(TILE).zip(hashes) {
                    *place = hash;
                }
            }
        }
    }
}
