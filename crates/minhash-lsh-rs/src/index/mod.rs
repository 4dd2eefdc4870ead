//! The index for sets that come and go one at a time.

mod bucket;
mod encoding;
mod id;

use std::cmp::Reverse;
use std::collections::hash_map::Entry;

use ahash::{HashMap, RandomState};

use crate::{Banding, BucketCap, Error, Estimate, Scheme, Signature, SignatureView};
use bucket::Bucket;

pub use id::SetId;

/// An in-memory LSH index: insert and remove signatures by id, ask for the candidates of another.
///
/// Whatever the order of inserts and removals, the same members give the same answers in the same
/// order, and the same encoded bytes. Agreement in a band is checked on the lanes themselves.
///
/// Insert and remove cost O(k + bands · log m) for buckets of m members. Memory is 4k bytes a set
/// for its lanes, and 40 to 90 bytes for each of its bands.
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
    signatures: HashMap<Id, Signature>,
    /// For each band, the ids by the hash of its lanes. The hash is keyed at random, so that
    /// crafted signatures cannot pile up; answers do not depend on it.
    buckets: Vec<HashMap<u64, Bucket<Id>>>,
    hasher: RandomState,
}

impl<Id: SetId> LshIndex<Id> {
    /// An index without sets.
    ///
    /// # Errors
    /// [`Error::is_config`] if the bands take more lanes than signatures of `scheme` have.
    pub fn new(scheme: Scheme, banding: Banding) -> Result<Self, Error> {
        banding.require_lanes(&scheme)?;
        Ok(Self {
            scheme,
            banding,
            signatures: HashMap::default(),
            buckets: vec![HashMap::default(); banding.bands()],
            hasher: RandomState::new(),
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
        self.signatures.len()
    }

    /// Whether the index holds no set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.signatures.is_empty()
    }

    /// Whether a set of this id is in the index.
    #[must_use]
    pub fn contains(&self, id: Id) -> bool {
        self.signatures.contains_key(&id)
    }

    /// The signature inserted under `id`.
    #[must_use]
    pub fn get(&self, id: Id) -> Option<&Signature> {
        self.signatures.get(&id)
    }

    /// The ids in ascending order. O(n log n).
    #[must_use]
    pub fn ids(&self) -> Vec<Id> {
        let mut ids: Vec<Id> = self.signatures.keys().copied().collect();
        ids.sort_unstable();
        ids
    }

    /// Adds a set. The empty set is held too, but is a candidate of nothing.
    ///
    /// # Errors
    /// [`Error::is_duplicate`] if the id is in the index, [`Error::is_incompatible`] for another
    /// scheme; the index is then unchanged.
    pub fn insert<'a>(
        &mut self,
        id: Id,
        signature: impl Into<SignatureView<'a>>,
    ) -> Result<(), Error> {
        let signature = signature.into();
        self.scheme.require_same(signature.scheme())?;
        let Entry::Vacant(entry) = self.signatures.entry(id) else {
            return Err(Error::duplicate(format!(
                "id {id} is in the index already; remove it first, or give the set another id"
            )));
        };
        entry.insert(signature.to_signature());
        if signature.is_empty() {
            return Ok(());
        }
        for (band, lanes) in self.buckets.iter_mut().zip(self.banding.split(signature.lanes())) {
            match band.entry(self.hasher.hash_one(lanes)) {
                Entry::Vacant(entry) => {
                    entry.insert(Bucket::One(id));
                }
                Entry::Occupied(mut entry) => entry.get_mut().insert(id),
            }
        }
        Ok(())
    }

    /// Removes a set and tells whether it was there.
    pub fn remove(&mut self, id: Id) -> bool {
        let Some(signature) = self.signatures.remove(&id) else {
            return false;
        };
        if signature.is_empty() {
            return true;
        }
        for (band, lanes) in self.buckets.iter_mut().zip(self.banding.split(signature.lanes())) {
            if let Entry::Occupied(mut entry) = band.entry(self.hasher.hash_one(lanes))
                && entry.get_mut().remove(id)
            {
                entry.remove();
            }
        }
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
        if query.is_empty() {
            return Ok(found);
        }
        for (number, lanes) in self.banding.split(query.lanes()).enumerate() {
            let band = self.buckets.get(number);
            let Some(bucket) = band.and_then(|band| band.get(&self.hasher.hash_one(lanes))) else {
                continue;
            };
            let mut members = bucket.ids().filter(|&id| self.agrees(id, number, lanes));
            found.ids.extend(members.by_ref().take(anchors));
            found.overfull_buckets += usize::from(members.next().is_some());
        }
        found.ids.sort_unstable();
        found.ids.dedup();
        Ok(found)
    }

    fn agrees(&self, id: Id, band: usize, lanes: &[u32]) -> bool {
        let signature = self.signatures.get(&id);
        signature.and_then(|found| self.banding.split(found.lanes()).nth(band)) == Some(lanes)
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
