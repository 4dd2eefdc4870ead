//! Band-major columns: one number a row for each band, and one for the whole row.

use crate::banding::BandHasher;
use crate::parallel;
use crate::signature::is_empty;

/// No row: the end of a chain, or the representative of an empty row. Row numbers stay below it.
pub(crate) const NONE: u32 = u32::MAX;

/// Rows that are hashed at a time by one thread.
const BLOCK: usize = 4096;

/// Rows whose hashes are gathered before they go to the columns: a cache line of each. The columns
/// lie in memory at multiples of 4 KiB from each other, so that writing 17 of them by turns would
/// contend for the 8 or 12 ways of one cache set.
const TILE: usize = 16;

/// One hash a row.
pub(crate) type Column = Vec<u32>;

/// The hashes of all rows, and which rows take part.
pub(crate) struct Columns {
    /// One column of hashes for each band.
    pub(crate) bands: Vec<Column>,
    /// The hashes of the whole rows.
    pub(crate) row: Column,
    /// The row's own number, or [`NONE`] for an empty row.
    pub(crate) own: Vec<u32>,
}

impl Columns {
    /// Hashes all rows, `k` lanes each, in one sequential pass.
    pub(crate) fn hash(lanes: &[u32], k: usize, hasher: &BandHasher, bands: usize) -> Self {
        let rows = lanes.len() / k;
        let mut bands = vec![vec![0; rows]; bands];
        let (mut row, mut own) = (vec![0; rows], vec![NONE; rows]);
        let mut parts = bands.iter_mut().map(|band| band.chunks_mut(BLOCK)).collect::<Vec<_>>();
        let own_parts = own.chunks_mut(BLOCK).zip(row.chunks_mut(BLOCK));
        let lanes = lanes.chunks(BLOCK * k);
        let blocks = (0..).zip(lanes.zip(own_parts)).map(|(number, (lanes, (own, row)))| Block {
            first: number * BLOCK as u32,
            lanes,
            own,
            row,
            bands: parts.iter_mut().filter_map(Iterator::next).collect(),
        });
        parallel::map_items(blocks.collect(), |block| block.hash(hasher, k));
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
    fn hash(self, hasher: &BandHasher, k: usize) {
        let Self { first, lanes, own, row, mut bands } = self;
        let in_bands = hasher.rows() * bands.len();
        let mut hashes = vec![[0; TILE]; bands.len()];
        let tiles = own.chunks_mut(TILE).zip(row.chunks_mut(TILE)).zip(lanes.chunks(TILE * k));
        for (number, ((own, row), lanes)) in tiles.enumerate() {
            let start = number * TILE;
            let places = own.iter_mut().zip(row).zip(lanes.chunks_exact(k));
            for (place, ((own, row), lanes)) in places.enumerate() {
                let mut total = hasher.sum(lanes, in_bands, k - in_bands);
                for (band, hashes) in hashes.iter_mut().enumerate() {
                    let sum = hasher.sum(lanes, band * hasher.rows(), hasher.rows());
                    hashes[place] = hasher.finish(sum);
                    total = total.wrapping_add(sum);
                }
                *row = hasher.finish(total);
                if !is_empty(lanes) {
                    *own = first + (start + place) as u32;
                }
            }
            for (column, hashes) in bands.iter_mut().zip(&hashes) {
                let places = column.iter_mut().skip(start);
                places.zip(hashes).for_each(|(place, &hash)| *place = hash);
            }
        }
    }
}
