//! What a peer is asked to do.

use std::any::Any;

use crate::K;

/// Two places in the input, the smaller first.
pub type Pair = (u32, u32);

/// A job with its input in the form that the peer wants. Making the job is not timed, running it
/// is.
pub type Job<'a, T> = Box<dyn FnOnce() -> T + 'a>;

/// The signatures that a peer made, in its own form.
pub trait Signatures {
    /// The lanes of signature `set`, widened. Equal lanes are all that similarity is read from.
    fn lanes(&self, set: usize) -> [u64; K];
}

/// A vector a signature.
impl Signatures for Vec<Vec<u32>> {
    fn lanes(&self, set: usize) -> [u64; K] {
        std::array::from_fn(|lane| self[set][lane].into())
    }
}

/// The pairs that a peer found and what it holds to find them, which is dropped off the clock.
pub struct Found {
    /// Each pair once, in any order.
    pub pairs: Vec<Pair>,
    /// Index and signatures.
    pub kept: Box<dyn Any>,
}

impl Found {
    /// The pairs, the smaller place first, and whatever would take time to drop.
    pub fn new(pairs: Vec<Pair>, kept: impl Any) -> Self {
        Self { pairs, kept: Box::new(kept) }
    }
}

/// Signatures of 128 lanes, row after row, for jobs that begin with signatures.
pub struct Rows {
    /// `K` lanes a row.
    pub lanes: Vec<u32>,
}

impl Rows {
    /// The rows.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[u32; K]> {
        self.lanes.as_chunks::<K>().0.iter()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.lanes.len() / K
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lanes.is_empty()
    }
}

/// One library. A job that it has no stage for is `None`.
pub trait Peer {
    /// The benchmark id.
    fn id(&self) -> &'static str;

    /// Signatures of 128 lanes of sets of 64-bit hashes.
    fn sketch<'a>(&self, _sets: &'a [Vec<u64>]) -> Option<Job<'a, Box<dyn Signatures>>> {
        None
    }

    /// Texts to the pairs of texts that the peer takes for similar (0.7 and more).
    fn whole_job<'a>(&self, _texts: &'a [&'a str]) -> Option<Job<'a, Found>> {
        None
    }

    /// Signatures to all pairs that agree in one of 16 bands of 8 lanes.
    fn lsh<'a>(&self, _rows: &'a Rows) -> Option<Job<'a, Found>> {
        None
    }

    /// What must be said beside this peer's figure of the whole job.
    fn remark(&self) -> &'static str {
        ""
    }
}
