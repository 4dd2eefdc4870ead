//! Sets of hashes to signatures.

use crate::kernel::{self, EMPTY_LANE, HashKeys, Kernel};
use crate::signature::require_length;
use crate::{Error, Scheme, Signature, SignatureMatrix, parallel};

/// Turns sets of 64-bit hashes into signatures under one [`Scheme`].
///
/// The method is Fast Similarity Sketching (Dahlgaard, Knudsen and Thorup, "Fast similarity
/// sketching", FOCS 2017, [arXiv 1704.04370](https://arxiv.org/abs/1704.04370)) with a bounded
/// number of rounds, in a form that merges and updates exactly; the specification is
/// `docs/sketch.md` of this package. A set of n elements costs O(n + k log k) hashes in
/// expectation where n ≥ k, and at most n · 9k/8; k-permutation MinHash costs n · k.
///
/// Elements are a set: order and repeats do not change the signature. They should be hashes of the
/// caller's things (shingles, tokens), but consecutive integers are safe too.
///
/// ```
/// use minhash_lsh::{Scheme, Sketcher};
///
/// let sketcher = Sketcher::new(Scheme::new(128)?);
/// assert_eq!(sketcher.sketch(&[3, 1, 2]), sketcher.sketch(&[1, 2, 2, 3]));
/// # Ok::<(), minhash_lsh::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketcher {
    scheme: Scheme,
    keys: HashKeys,
    kernel: Kernel,
}

impl Sketcher {
    /// Derives the hash functions of `scheme`, for the kernel of [`Kernel::detect`]. O(k).
    #[must_use]
    pub fn new(scheme: Scheme) -> Self {
        let keys = HashKeys::new(scheme.seed(), scheme.random_rounds(), scheme.k());
        Self { scheme, keys, kernel: Kernel::detect() }
    }

    /// The same sketcher on another kernel: the same signatures, at another speed.
    ///
    /// ```
    /// use minhash_lsh::{Kernel, Scheme, Sketcher};
    ///
    /// let sketcher = Sketcher::new(Scheme::new(128)?);
    /// let portable = sketcher.clone().with_kernel(Kernel::Scalar)?;
    /// assert_eq!(portable.sketch(&[1, 2, 3]), sketcher.sketch(&[1, 2, 3]));
    /// # Ok::<(), minhash_lsh::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::is_config`] if this CPU does not run `kernel`.
    pub fn with_kernel(self, kernel: Kernel) -> Result<Self, Error> {
        Ok(Self { kernel: kernel.require()?, ..self })
    }

    /// The kernel that sketches are made with.
    #[must_use]
    pub fn kernel(&self) -> Kernel {
        self.kernel
    }

    /// What signatures are made with.
    #[must_use]
    pub fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// Lanes of a signature: what [`Banding::for_recall`](crate::Banding::for_recall) asks for.
    #[must_use]
    pub fn k(&self) -> usize {
        self.scheme.k()
    }

    /// The signature of the set of `elements`, which may repeat and come in any order.
    ///
    /// ```
    /// use minhash_lsh::{Scheme, Sketcher};
    ///
    /// let sketcher = Sketcher::new(Scheme::new(128)?);
    /// let (a, b) = (sketcher.sketch(&[1, 2, 3]), sketcher.sketch(&[3, 2, 1, 1]));
    /// assert_eq!(a.estimate(&b)?.jaccard().get(), 1.0);
    /// # Ok::<(), minhash_lsh::Error>(())
    /// ```
    #[must_use]
    pub fn sketch(&self, elements: &[u64]) -> Signature {
        let mut signature = Signature::empty(self.scheme);
        kernel::absorb(self.kernel, &self.keys, elements, signature.lanes_mut());
        signature
    }

    /// Writes the lanes of the set of `elements` into `lanes`: a row of what
    /// [`SignatureMatrix::from_lanes`] takes, without a signature between.
    ///
    /// ```
    /// use minhash_lsh::{Scheme, SignatureMatrix, Sketcher};
    ///
    /// let sketcher = Sketcher::new(Scheme::new(64)?);
    /// let mut lanes = vec![0; 2 * sketcher.k()];
    /// for (row, set) in lanes.chunks_mut(sketcher.k()).zip([[1, 2, 3], [2, 3, 4]]) {
    ///     sketcher.sketch_into(&set, row)?;
    /// }
    /// assert_eq!(SignatureMatrix::from_lanes(*sketcher.scheme(), lanes)?.len(), 2);
    /// # Ok::<(), minhash_lsh::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::is_length`] unless `lanes` has `k` lanes.
    pub fn sketch_into(&self, elements: &[u64], lanes: &mut [u32]) -> Result<(), Error> {
        require_length(&self.scheme, lanes.len())?;
        lanes.fill(EMPTY_LANE);
        kernel::absorb(self.kernel, &self.keys, elements, lanes);
        Ok(())
    }

    /// Adds `elements` to the set behind `signature`; the result equals the sketch of all at once,
    /// in whatever portions they come.
    ///
    /// A call costs O(k) beside the hashes, so pass elements in portions rather than singly where
    /// there is a choice. An element costs at most one hash for each round up to the signature's
    /// highest: one or two for large sets.
    ///
    /// ```
    /// use minhash_lsh::{Scheme, Signature, Sketcher};
    ///
    /// let sketcher = Sketcher::new(Scheme::new(64)?);
    /// let mut signature = Signature::empty(*sketcher.scheme());
    /// for portion in [&[5, 6][..], &[7]] {
    ///     sketcher.update(&mut signature, portion)?;
    /// }
    /// assert_eq!(signature, sketcher.sketch(&[5, 6, 7]));
    /// # Ok::<(), minhash_lsh::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::is_incompatible`] if the signature was made under another scheme.
    pub fn update(&self, signature: &mut Signature, elements: &[u64]) -> Result<(), Error> {
        self.scheme.require_same(signature.scheme())?;
        kernel::absorb(self.kernel, &self.keys, elements, signature.lanes_mut());
        Ok(())
    }

    /// The signatures of many sets, one row each, in order. With the feature `rayon` sets are
    /// sketched in parallel; the result is the same.
    ///
    /// ```
    /// use minhash_lsh::{Scheme, Sketcher};
    ///
    /// let sketcher = Sketcher::new(Scheme::new(128)?);
    /// let matrix = sketcher.sketch_all(&[vec![1, 2, 3], vec![2, 3, 4]]);
    /// assert_eq!(matrix.len(), 2);
    /// # Ok::<(), minhash_lsh::Error>(())
    /// ```
    #[must_use]
    pub fn sketch_all<S: AsRef<[u64]> + Sync>(&self, sets: &[S]) -> SignatureMatrix {
        let k = self.k();
        let mut lanes = vec![EMPTY_LANE; k * sets.len()];
        parallel::for_each_row(&mut lanes, k, sets, |row, set| {
            kernel::absorb(self.kernel, &self.keys, set.as_ref(), row);
        });
        SignatureMatrix::from_sketched(self.scheme, lanes)
    }
}
