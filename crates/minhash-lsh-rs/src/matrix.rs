//! Signatures of many sets in one contiguous block.

use std::borrow::Cow;

use crate::codec::{Reader, Tag, Writer};
use crate::scheme::ENCODED_LENGTH;
#[cfg(feature = "serde")]
use crate::signature::RawLanes;
use crate::signature::{require_length, require_possible};
use crate::{Error, Estimate, Scheme, SignatureView};

const TAG: Tag = *b"mhsm";

/// Signatures as rows of one contiguous block of `len × k` lanes, under one [`Scheme`].
///
/// Four bytes a lane and nothing else: 512 bytes a set at k = 128. Rows are named by their number,
/// from 0, as pushed.
///
/// ```
/// use minhash_lsh::{Scheme, SignatureMatrix, Sketcher};
///
/// let sketcher = Sketcher::new(Scheme::new(128)?);
/// let mut matrix = SignatureMatrix::new(*sketcher.scheme());
/// matrix.push(&sketcher.sketch(&[1, 2, 3]))?;
/// matrix.push(&sketcher.sketch(&[1, 2, 3]))?;
/// assert_eq!(matrix.estimate(0, 1)?.jaccard().get(), 1.0);
/// # Ok::<(), minhash_lsh::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "RawLanes", into = "RawLanes"))]
pub struct SignatureMatrix {
    scheme: Scheme,
    lanes: Vec<u32>,
}

/// A matrix that is lent.
impl<'a> From<&'a SignatureMatrix> for Cow<'a, SignatureMatrix> {
    fn from(matrix: &'a SignatureMatrix) -> Self {
        Cow::Borrowed(matrix)
    }
}

/// A matrix that is given away.
impl From<SignatureMatrix> for Cow<'_, SignatureMatrix> {
    fn from(matrix: SignatureMatrix) -> Self {
        Cow::Owned(matrix)
    }
}

impl SignatureMatrix {
    /// A matrix without rows.
    #[must_use]
    pub fn new(scheme: Scheme) -> Self {
        Self { scheme, lanes: Vec::new() }
    }

    /// For rows that were just sketched under `scheme`.
    pub(crate) fn from_sketched(scheme: Scheme, lanes: Vec<u32>) -> Self {
        Self { scheme, lanes }
    }

    /// The lanes without the rest.
    pub(crate) fn into_lanes(self) -> Vec<u32> {
        self.lanes
    }

    /// A matrix from the lanes of its rows, one row after the other.
    ///
    /// # Errors
    /// [`Error::is_length`] unless the lanes are whole rows; [`Error::is_corrupt`] for lanes that
    /// no set has.
    pub fn from_lanes(scheme: Scheme, lanes: Vec<u32>) -> Result<Self, Error> {
        let rows = lanes.chunks_exact(scheme.k());
        if !rows.remainder().is_empty() {
            return Err(Error::length(format!(
                "{} lanes are not whole rows of k = {}; pass a multiple of k",
                lanes.len(),
                scheme.k()
            )));
        }
        for (number, row) in rows.enumerate() {
            require_possible(&scheme, row)
                .map_err(|error| Error::corrupt(format!("row {number}: {error}")))?;
        }
        Ok(Self { scheme, lanes })
    }

    /// What the rows were made with.
    #[must_use]
    pub fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lanes.len() / self.scheme.k()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lanes.is_empty()
    }

    /// All lanes, one row of `k` after the other.
    #[must_use]
    pub fn lanes(&self) -> &[u32] {
        &self.lanes
    }

    /// Row `row`, or `None` beyond the end.
    #[must_use]
    pub fn row(&self, row: usize) -> Option<SignatureView<'_>> {
        let start = row.checked_mul(self.scheme.k())?;
        let lanes = self.lanes.get(start..start.checked_add(self.scheme.k())?)?;
        Some(SignatureView::new(&self.scheme, lanes))
    }

    /// The rows in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = SignatureView<'_>> + Clone {
        self.lanes.chunks_exact(self.scheme.k()).map(|row| SignatureView::new(&self.scheme, row))
    }

    /// Adds a row and returns its number.
    ///
    /// # Errors
    /// [`Error::is_incompatible`] unless the signature was made under the matrix's scheme.
    pub fn push<'a>(&mut self, signature: impl Into<SignatureView<'a>>) -> Result<usize, Error> {
        let signature = signature.into();
        self.scheme.require_same(signature.scheme())?;
        require_length(&self.scheme, signature.lanes().len())?;
        self.lanes.extend_from_slice(signature.lanes());
        Ok(self.len() - 1)
    }

    /// Adds the rows of another matrix after the own ones.
    ///
    /// # Errors
    /// [`Error::is_incompatible`] unless the schemes are equal; no row is then added.
    pub fn extend(&mut self, other: &Self) -> Result<(), Error> {
        self.scheme.require_same(&other.scheme)?;
        self.lanes.extend_from_slice(&other.lanes);
        Ok(())
    }

    /// Estimates the similarity of two rows; see [`Estimate`]. O(k).
    ///
    /// # Errors
    /// [`Error::is_config`] for a row beyond the end.
    pub fn estimate(&self, a: usize, b: usize) -> Result<Estimate, Error> {
        let row = |number: usize| {
            self.row(number).ok_or_else(|| {
                Error::config(format!(
                    "row {number} is not in a matrix of {} rows; rows are counted from 0",
                    self.len()
                ))
            })
        };
        row(a)?.estimate(row(b)?)
    }

    /// The matrix as bytes, little-endian: `"mhsm"`, the encoded scheme, number of rows u64, lanes
    /// u32.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new(TAG, ENCODED_LENGTH + 8 + 4 * self.lanes.len());
        writer.bytes(&self.scheme.encode());
        writer.u64(self.len() as u64);
        writer.lanes(&self.lanes);
        writer.finish()
    }

    /// Reads what [`SignatureMatrix::encode`] wrote, and nothing else. Memory is bounded by the
    /// length of `bytes`, whatever number of rows they claim.
    ///
    /// # Errors
    /// [`Error::is_corrupt`] for bytes that were never written, and as [`Scheme::decode`].
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, TAG, "signature matrix")?;
        let scheme = Scheme::decode(reader.take(ENCODED_LENGTH)?)?;
        let rows = usize::try_from(reader.u64()?).unwrap_or(usize::MAX);
        let lanes = reader.lanes(rows.saturating_mul(scheme.k()))?;
        reader.finish()?;
        Self::from_lanes(scheme, lanes)
    }
}

#[cfg(feature = "serde")]
impl TryFrom<RawLanes> for SignatureMatrix {
    type Error = Error;

    fn try_from(raw: RawLanes) -> Result<Self, Error> {
        Self::from_lanes(raw.scheme, raw.lanes)
    }
}

#[cfg(feature = "serde")]
impl From<SignatureMatrix> for RawLanes {
    fn from(matrix: SignatureMatrix) -> Self {
        Self { scheme: matrix.scheme, lanes: matrix.lanes }
    }
}
