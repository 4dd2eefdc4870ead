//! Many sets inserted at once.

use std::borrow::Cow;

use super::band::Band;
use super::id::SetId;
use super::slots::Slots;
use super::{LshIndex, MOST_SETS};
use crate::banding::BandHasher;
use crate::candidates::buckets::{Compare, Partitions};
use crate::candidates::columns::{Column, Columns};
use crate::candidates::shares;
use crate::{Error, SignatureMatrix, parallel};

/// Sets that are hashed and spread at a time, so that what it takes beside the index is bounded.
const CHUNK: usize = 1 << 20;

impl<Id: SetId> LshIndex<Id> {
    /// Adds the rows of `signatures` under `ids`: what [`insert`](Self::insert) of one after the
    /// other does, in less time.
    ///
    /// One insert goes to a table for each band and waits for the memory of all. Here the hashes of
    /// a band are spread by their high bits first, as in
    /// [`Banding::candidate_pairs`](crate::Banding::candidate_pairs), so that each table is visited
    /// in order, and is grown once. Of 300,000 sets at once that saves two fifths of the time, in
    /// portions of 3,000 a sixth. With the feature `rayon` bands are worked on in parallel.
    ///
    /// A matrix that is given away, not lent, stays where it is, if it has ten thousands of rows:
    /// the index then takes up to an eighth more for it than it has lanes, but the system need not
    /// give memory for a copy, which is a third of the time.
    ///
    /// While it runs it takes 16 bytes a set beside the index, and of a million sets at a time 4 bytes
    /// for each band and 16 more.
    ///
    /// ```
    /// use minhash_lsh::{Banding, LshIndex, Scheme, Sketcher};
    ///
    /// let sketcher = Sketcher::new(Scheme::new(128)?);
    /// let signatures = sketcher.sketch_all(&[vec![1, 2, 3], vec![7, 8, 9]]);
    /// let mut index = LshIndex::new(*sketcher.scheme(), Banding::new(16, 8)?)?;
    /// index.insert_all(&[10_u64, 20], &signatures)?;
    /// assert_eq!(index.candidates(&sketcher.sketch(&[7, 8, 9]))?, [20]);
    /// assert!(index.insert_all(&[30, 20], signatures).unwrap_err().is_duplicate());
    /// assert_eq!(index.len(), 2);
    /// # Ok::<(), minhash_lsh::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::is_length`] unless there are as many ids as signatures, [`Error::is_duplicate`] if
    /// an id is given twice or is in the index, [`Error::is_incompatible`] for another scheme,
    /// [`Error::is_capacity`] beyond 2³⁰ − 1 sets; the index is then unchanged.
    pub fn insert_all<'a>(
        &mut self,
        ids: &[Id],
        signatures: impl Into<Cow<'a, SignatureMatrix>>,
    ) -> Result<(), Error> {
        let signatures = signatures.into();
        self.scheme.require_same(signatures.scheme())?;
        if ids.len() != signatures.len() {
            return Err(Error::length(format!(
                "{} ids for {} signatures; give each signature one id",
                ids.len(),
                signatures.len()
            )));
        }
        if ids.len() > MOST_SETS - self.len() {
            return Err(Error::capacity(format!(
                "an index holds at most {MOST_SETS} sets; divide them among several"
            )));
        }
        let mut spread = Partitions::default();
        self.require_new(ids, &mut spread)?;
        let lanes = match signatures {
            Cow::Owned(matrix) => Cow::Owned(matrix.into_lanes()),
            Cow::Borrowed(matrix) => Cow::Borrowed(matrix.lanes()),
        };
        let (numbers, lanes) = self.slots.insert_all(ids, lanes);
        self.by_id.reserve(ids.len());
        for &entry in spread.spread_rows() {
            if let Some(&slot) = numbers.get(entry as u32 as usize) {
                self.by_id.insert((entry >> 32) as u32, slot);
            }
        }
        drop(spread);
        let (k, slots) = (self.scheme.k(), &self.slots);
        let lanes = slots.all_lanes(&lanes).chunks(CHUNK * k);
        for (lanes, numbers) in lanes.zip(numbers.chunks(CHUNK)) {
            insert_bands(&mut self.bands, &self.hasher, (lanes, k), numbers, slots);
        }
        Ok(())
    }

    /// Spreads the hashes of `ids`, and checks that each is new.
    fn require_new(&self, ids: &[Id], spread: &mut Partitions) -> Result<(), Error> {
        let hashes: Vec<u32> = ids.iter().map(|&id| self.hash_of(id)).collect();
        let own: Vec<u32> = (0..ids.len() as u32).collect();
        spread.spread(&hashes, &own);
        let mut repeated = None;
        spread.group(&Ids(ids), |join| repeated = repeated.or(ids.get(join.row as usize)));
        if repeated.is_none() && !self.is_empty() {
            let held = |&entry: &u64| {
                let id = ids.get(entry as u32 as usize)?;
                let mut slots = self.by_id.proposed((entry >> 32) as u32);
                slots.any(|slot| self.slots.id(slot) == Some(*id)).then_some(id)
            };
            repeated = spread.spread_rows().iter().find_map(held);
        }
        match repeated {
            Some(id) => Err(Error::duplicate(format!(
                "id {id} is given twice or in the index already; remove it first, or give the set \
                 another id"
            ))),
            None => Ok(()),
        }
    }
}

/// Adds rows of `k` lanes, which are in the slots `numbers`, to the tables.
fn insert_bands<Id: SetId>(
    bands: &mut [Band<Id>],
    hasher: &BandHasher,
    (lanes, k): (&[u32], usize),
    numbers: &[u32],
    slots: &Slots<Id>,
) {
    let Columns { bands: columns, own, .. } = Columns::hash(lanes, k, hasher, bands.len());
    let work = bands.iter_mut().zip(columns).collect();
    parallel::map_items(shares(work), |share: Vec<(&mut Band<Id>, Column)>| {
        let mut spread = Partitions::default();
        for (band, hashes) in share {
            spread.spread(&hashes, &own);
            band.insert_all(&spread, (lanes, k), numbers, slots);
        }
    });
}

/// Rows that are equal if their ids are.
struct Ids<'a, Id>(&'a [Id]);

impl<Id: Eq> Compare for Ids<'_, Id> {
    fn same(&self, a: u32, b: u32) -> bool {
        self.0.get(a as usize) == self.0.get(b as usize)
    }

    fn prefetch(&self, _: u32) {}
}
