//! The index for sets that come and go one at a time.

mod band;
mod bulk;
mod encoding;
mod id;
mod large;
mod memory;
mod slots;
mod table;

use std::cmp::Reverse;

use crate::banding::BandHasher;
use crate::signature::is_empty;
use crate::{Banding, BucketCap, Error, Estimate, Scheme, SignatureView};
use band::Band;
use slots::Slots;
use table::Table;

pub use id::SetId;
pub use memory::IndexMemory;

/// A set has a reference of 31 bits, of which one tells it from a large bucket.
const MOST_SETS: usize = (table::REFERENCE_LIMIT >> 1) as usize;

/// An in-memory LSH index: insert and remove signatures by id, ask for the candidates of another.
///
/// Whatever the order of inserts and removals, the same members give the same answers in the same
/// order, and the same encoded bytes. Agreement in a band is checked on the lanes themselves.
///
/// Inserting and removing cost O(k) and one cache miss a band, amortised over the doublings of the
/// tables, however many sets are alike: hashes of bands are keyed at random, so that crafted
/// signatures cannot pile up, and buckets of more than 8 members are kept in order. Memory is
/// 4k bytes a set for its lanes, its id, and 5 to 9 bytes for each band and for finding the id;
/// [`memory_usage`](Self::memory_usage) itemises it.
///
/// ```
/// use minhash_lsh::{Banding, Jaccard, LshIndex, Scheme, Sketcher};
///
/// let sketcher = Sketcher::new(Scheme::new(128)?);
/// let banding = Banding::for_recall(Jaccard::new(0.7)?, 0.99, sketcher.k())?;
/// let mut index = LshIndex::new(*sketcher.scheme(), banding)?;
/// index.insert(10_u64, &sketcher.sketch(&(0..500).collect::<Vec<_>>()))?;
/// index.insert(20, &sketcher.sketch(&(9_000..9_500).collect::<Vec<_>>()))?;
///
/// let query = sketcher.sketch(&(20..500).collect::<Vec<_>>());
/// assert_eq!(index.candidates(&query)?, [10]);
/// assert!(index.remove(10));
/// assert!(index.candidates(&query)?.is_empty());
/// # Ok::<(), minhash_lsh::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct LshIndex<Id> {
    scheme: Scheme,
    banding: Banding,
    slots: Slots<Id>,
    /// Slots by the hash of their ids.
    by_id: Table,
    bands: Vec<Band<Id>>,
    hasher: BandHasher,
    id_hasher: BandHasher,
}

impl<Id: SetId> LshIndex<Id> {
    /// An index without sets.
    ///
    /// # Errors
    /// [`Error::is_config`] if the bands take more lanes than signatures of `scheme` have.
    pub fn new(scheme: Scheme, banding: Banding) -> Result<Self, Error> {
        Self::with_capacity(scheme, banding, 0)
    }

    /// An index without sets, whose tables need not grow before it holds `sets` of them.
    ///
    /// It saves the doublings of the tables, a third of the time of inserting 1 million sets.
    /// They are allocated at once: 64 bytes for each 15 sets of each band, rounded up to a power of two.
    ///
    /// # Errors
    /// [`Error::is_config`] if the bands take more lanes than signatures of `scheme` have.
    pub fn with_capacity(scheme: Scheme, banding: Banding, sets: usize) -> Result<Self, Error> {
        banding.require_lanes(&scheme)?;
        let band = |number| Band::new(number * banding.rows(), banding.rows(), sets);
        Ok(Self {
            scheme,
            banding,
            slots: Slots::new(scheme.k()),
            by_id: Table::with_capacity(sets),
            bands: (0..banding.bands()).map(band).collect(),
            hasher: BandHasher::new(scheme.k(), banding.rows()),
            id_hasher: BandHasher::new(2, 2),
        })
    }

    /// What the signatures are made with.
    #[must_use]
    pub fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// How candidates are found.
    #[must_use]
    pub fn banding(&self) -> Banding {
        self.banding
    }

    /// How many sets the index holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether the index holds no set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether a set of this id is in the index.
    #[must_use]
    pub fn contains(&self, id: Id) -> bool {
        self.slot_of(id).is_some()
    }

    /// The signature inserted under `id`.
    #[must_use]
    pub fn get(&self, id: Id) -> Option<SignatureView<'_>> {
        let lanes = self.slots.lanes(self.slot_of(id)?)?;
        Some(SignatureView::new(&self.scheme, lanes))
    }

    /// The ids in ascending order. O(n log n).
    #[must_use]
    pub fn ids(&self) -> Vec<Id> {
        let mut ids: Vec<Id> = self.slots.ids().collect();
        ids.sort_unstable();
        ids
    }

    /// The bytes that the index has on the heap. O(n / 256), for the large buckets.
    #[must_use]
    pub fn memory_usage(&self) -> IndexMemory {
        let of_bands = |memory: fn(&Band<Id>) -> usize| self.bands.iter().map(memory).sum();
        IndexMemory {
            sets: self.len(),
            signatures: self.slots.signature_memory(),
            tables: of_bands(Band::table_memory),
            large_buckets: of_bands(Band::large_memory),
            ids: self.slots.id_memory() + self.by_id.memory(),
            fixed: self.bands.capacity() * size_of::<Band<Id>>()
                + self.hasher.memory()
                + self.id_hasher.memory(),
        }
    }

    fn hash_of(&self, id: Id) -> u32 {
        let id = id.to_u64();
        self.id_hasher.hash_all(&[id as u32, (id >> 32) as u32])
    }

    /// The hashes of all bands. The lines of their tables begin to load, all at once: one cache
    /// miss after the other would be most of the time of an insert.
    fn hash_bands(&self, lanes: &[u32]) -> Vec<u32> {
        let mut hashes = vec![0; self.bands.len()];
        self.hasher.hash_bands(lanes, &mut hashes);
        self.bands.iter().zip(&hashes).for_each(|(band, &hash)| band.prefetch(hash));
        hashes
    }

    fn slot_of(&self, id: Id) -> Option<u32> {
        self.by_id.proposed(self.hash_of(id)).find(|&slot| self.slots.id(slot) == Some(id))
    }

    /// Adds a set. The empty set is held too, but is a candidate of nothing.
    ///
    /// # Errors
    /// [`Error::is_duplicate`] if the id is in the index, [`Error::is_incompatible`] for another
    /// scheme, [`Error::is_capacity`] beyond 2³⁰ − 1 sets; the index is then unchanged.
    pub fn insert<'a>(
        &mut self,
        id: Id,
        signature: impl Into<SignatureView<'a>>,
    ) -> Result<(), Error> {
        let signature = signature.into();
        self.scheme.require_same(signature.scheme())?;
        let hashes = self.hash_bands(signature.lanes());
        if self.contains(id) {
            return Err(Error::duplicate(format!(
                "id {id} is in the index already; remove it first, or give the set another id"
            )));
        }
        let slot = self.slots.next();
        if slot >= MOST_SETS {
            return Err(Error::capacity(format!(
                "an index holds at most {MOST_SETS} sets; divide them among several"
            )));
        }
        let slot = slot as u32;
        self.slots.insert(id, signature.lanes());
        self.by_id.insert(self.hash_of(id), slot);
        if !signature.is_empty() {
            // The lines have come by now, and up to 43 in 100 of them go on elsewhere: a tenth of
            // the time of inserting 900,000 sets.
            let with_hashes = self.bands.iter().zip(&hashes);
            with_hashes.for_each(|(band, &hash)| band.prefetch_overflow(hash));
            let hashed = hashes.iter().zip(self.banding.split(signature.lanes()));
            for (band, (&hash, lanes)) in self.bands.iter_mut().zip(hashed) {
                band.insert(hash, lanes, slot, &self.slots);
            }
        }
        Ok(())
    }

    /// Removes a set and tells whether it was there. Its memory is used for sets to come.
    pub fn remove(&mut self, id: Id) -> bool {
        let Some(slot) = self.slot_of(id) else { return false };
        if let Some(lanes) = self.slots.lanes(slot).filter(|lanes| !is_empty(lanes)) {
            let hashes = self.hash_bands(lanes);
            let hashed = hashes.iter().zip(self.banding.split(lanes));
            for (band, (&hash, lanes)) in self.bands.iter_mut().zip(hashed) {
                band.remove(hash, lanes, slot, id);
            }
        }
        self.by_id.remove(self.hash_of(id), slot);
        self.slots.remove(slot);
        true
    }

    /// The ids of all sets that agree with `query` in at least one band, ascending. A set that is
    /// in the index finds itself.
    ///
    /// O(bands · members of the buckets hit); see [`candidates_capped`](Self::candidates_capped)
    /// where buckets may be large.
    ///
    /// # Errors
    /// [`Error::is_incompatible`] for a query of another scheme.
    pub fn candidates<'a>(&self, query: impl Into<SignatureView<'a>>) -> Result<Vec<Id>, Error> {
        Ok(self.search(query.into(), usize::MAX)?.ids)
    }

    /// As [`candidates`](Self::candidates), but of each bucket only the `cap.anchors()` members
    /// with the smallest ids. Inserting and querying n sets then costs O(n · bands · anchors)
    /// at most, however many of them are alike.
    ///
    /// ```
    /// use minhash_lsh::{Banding, BucketCap, LshIndex, Scheme, Sketcher};
    ///
    /// let sketcher = Sketcher::new(Scheme::new(128)?);
    /// let mut index = LshIndex::new(*sketcher.scheme(), Banding::new(16, 8)?)?;
    /// let template = sketcher.sketch(&[1, 2, 3]);
    /// for id in 0_u32..1000 {
    ///     index.insert(id, &template)?;
    /// }
    /// let found = index.candidates_capped(&template, BucketCap::new(2)?)?;
    /// assert_eq!(found.ids(), [0, 1]);
    /// assert_eq!(found.overfull_buckets(), 16);
    /// # Ok::<(), minhash_lsh::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::is_incompatible`] for a query of another scheme.
    pub fn candidates_capped<'a>(
        &self,
        query: impl Into<SignatureView<'a>>,
        cap: BucketCap,
    ) -> Result<CappedCandidates<Id>, Error> {
        self.search(query.into(), cap.anchors() as usize)
    }

    fn search(
        &self,
        query: SignatureView<'_>,
        anchors: usize,
    ) -> Result<CappedCandidates<Id>, Error> {
        self.scheme.require_same(query.scheme())?;
        let mut found = CappedCandidates { ids: Vec::new(), overfull_buckets: 0 };
        if !query.is_empty() {
            let hashes = self.hash_bands(query.lanes());
            let hashed = hashes.iter().zip(self.banding.split(query.lanes()));
            for (band, (&hash, lanes)) in self.bands.iter().zip(hashed) {
                let more = band.find(hash, lanes, anchors, &self.slots, &mut found.ids);
                found.overfull_buckets += usize::from(more);
            }
        }
        found.ids.sort_unstable();
        found.ids.dedup();
        Ok(found)
    }

    /// The `count` candidates with the highest estimates, best first; equal estimates by
    /// ascending id.
    ///
    /// ```
    /// use minhash_lsh::{Banding, LshIndex, Scheme, Sketcher};
    ///
    /// let sketcher = Sketcher::new(Scheme::new(128)?);
    /// let mut index = LshIndex::new(*sketcher.scheme(), Banding::new(32, 4)?)?;
    /// for id in 0_u32..10 {
    ///     let set: Vec<u64> = (0..100 + 10 * u64::from(id)).collect();
    ///     index.insert(id, &sketcher.sketch(&set))?;
    /// }
    /// let best = index.top_k(&sketcher.sketch(&(0..150).collect::<Vec<_>>()), 3)?;
    /// assert_eq!(best[0].0, 5);
    /// assert_eq!(best.len(), 3);
    /// # Ok::<(), minhash_lsh::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::is_incompatible`] for a query of another scheme.
    pub fn top_k<'a>(
        &self,
        query: impl Into<SignatureView<'a>>,
        count: usize,
    ) -> Result<Vec<(Id, Estimate)>, Error> {
        let query = query.into();
        let estimate = |id| Some((id, query.estimate(self.get(id)?).ok()?));
        let mut scored: Vec<_> = self.candidates(query)?.into_iter().filter_map(estimate).collect();
        scored.sort_unstable_by_key(|&(id, estimate)| (Reverse(estimate.matches()), id));
        scored.truncate(count);
        Ok(scored)
    }
}

/// Candidates under a [`BucketCap`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CappedCandidates<Id> {
    ids: Vec<Id>,
    overfull_buckets: usize,
}

impl<Id: Copy> CappedCandidates<Id> {
    /// The ids found, ascending.
    #[must_use]
    pub fn ids(&self) -> &[Id] {
        &self.ids
    }

    /// The ids found, without the rest.
    #[must_use]
    pub fn into_ids(self) -> Vec<Id> {
        self.ids
    }

    /// How many of the query's buckets had members beyond the cap.
    #[must_use]
    pub fn overfull_buckets(&self) -> usize {
        self.overfull_buckets
    }
}
