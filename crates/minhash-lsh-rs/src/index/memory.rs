//! What an index takes.

use std::fmt;

/// Bytes that an [`LshIndex`](super::LshIndex) has on the heap, item by item; made by
/// [`LshIndex::memory_usage`](super::LshIndex::memory_usage).
///
/// The bytes are those asked of the allocator, spare capacity included.
///
/// ```
/// use minhash_lsh::{Banding, LshIndex, Scheme, Sketcher};
///
/// let sketcher = Sketcher::new(Scheme::new(128)?);
/// let mut index = LshIndex::new(*sketcher.scheme(), Banding::new(16, 8)?)?;
/// for id in 0_u64..4_096 {
///     index.insert(id, &sketcher.sketch(&[id, id + 1, id + 2]))?;
/// }
/// let memory = index.memory_usage();
/// assert!(memory.signatures >= 4_096 * 512);
/// assert!(memory.beside_signatures() <= 4_096 * 160);
/// println!("{memory}");
/// # Ok::<(), minhash_lsh::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct IndexMemory {
    /// Sets that the index holds.
    pub sets: usize,
    /// The lanes of the signatures: 4 bytes a lane.
    pub signatures: usize,
    /// The tables of the bands: 4.3 to 8.5 bytes a set and band.
    pub tables: usize,
    /// Members of buckets that are too large for the tables, and what those agree in.
    pub large_buckets: usize,
    /// The ids, and the table that finds a set by its id.
    pub ids: usize,
    /// Keys of the hash functions and lists of the tables: the same for any number of sets.
    pub fixed: usize,
}

impl IndexMemory {
    /// All bytes.
    #[must_use]
    pub fn total(&self) -> usize {
        self.signatures + self.beside_signatures()
    }

    /// All bytes but those of the signatures.
    #[must_use]
    pub fn beside_signatures(&self) -> usize {
        self.tables + self.large_buckets + self.ids + self.fixed
    }
}

/// One line for people.
impl fmt::Display for IndexMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let per_set = |bytes: usize| bytes as f64 / self.sets.max(1) as f64;
        write!(
            f,
            "{} sets in {} bytes; bytes a set: signatures {:.1}, tables {:.1}, large buckets \
             {:.1}, ids {:.1}, fixed {:.1}",
            self.sets,
            self.total(),
            per_set(self.signatures),
            per_set(self.tables),
            per_set(self.large_buckets),
            per_set(self.ids),
            per_set(self.fixed)
        )
    }
}
