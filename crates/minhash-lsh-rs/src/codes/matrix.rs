//! Codes of many sets in one contiguous block.

use super::set::{decoded_bits, pack_row, require_no_codes_of_nothing};
use super::{CodeBits, CodeEstimate, CodesView};
use crate::codec::{Reader, Tag, Writer};
use crate::scheme::ENCODED_LENGTH;
use crate::{Error, Scheme, SignatureMatrix};

const TAG: Tag = *b"mhcm";

/// Codes as rows of one contiguous block of `len × k` codes, under one [`Scheme`] and one
/// [`CodeBits`].
///
/// k · b / 8 bytes a set, and one bit that marks empty sets: 128 bytes at k = 128 and b = 8, 16 at
/// b = 1, where a [`SignatureMatrix`] takes 512. Rows are named by their number, from 0, as pushed.
///
/// ```
/// use minhash_lsh::{CodeBits, Scheme, Sketcher};
///
/// let sketcher = Sketcher::new(Scheme::new(128)?);
/// let signatures = sketcher.sketch_all(&[vec![1, 2, 3], vec![3, 2, 1], vec![]]);
/// let codes = signatures.codes(CodeBits::new(8)?);
/// assert_eq!(codes.estimate(0, 1)?.jaccard().get(), 1.0);
/// assert_eq!(codes.estimate(2, 2)?.jaccard().get(), 0.0); // empty is like nothing
/// # Ok::<(), minhash_lsh::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "RawMatrix", into = "RawMatrix"))]
pub struct CodeMatrix {
    scheme: Scheme,
    bits: CodeBits,
    rows: usize,
    packed: Vec<u8>,
    /// Bit r % 8 of byte r / 8 marks row r as the empty set.
    empty: Vec<u8>,
}

impl CodeMatrix {
    /// A matrix without rows.
    #[must_use]
    pub fn new(scheme: Scheme, bits: CodeBits) -> Self {
        Self { scheme, bits, rows: 0, packed: Vec::new(), empty: Vec::new() }
    }

    /// What the signatures were made with.
    #[must_use]
    pub fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// Bits of a code.
    #[must_use]
    pub fn bits(&self) -> CodeBits {
        self.bits
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// All codes, one row of k · b / 8 bytes after the other; see [`Codes::packed`].
    ///
    /// [`Codes::packed`]: crate::Codes::packed
    #[must_use]
    pub fn packed(&self) -> &[u8] {
        &self.packed
    }

    /// Bytes on the heap, spare capacity included.
    #[must_use]
    pub fn memory_usage(&self) -> usize {
        self.packed.capacity() + self.empty.capacity()
    }

    /// Row `row`, or `None` beyond the end.
    #[must_use]
    pub fn row(&self, row: usize) -> Option<CodesView<'_>> {
        let start = row.checked_mul(self.row_length())?;
        let packed = self.packed.get(start..start.checked_add(self.row_length())?)?;
        Some(self.view(row, packed))
    }

    /// The rows in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = CodesView<'_>> + Clone {
        let rows = self.packed.chunks_exact(self.row_length()).enumerate();
        rows.map(|(number, packed)| self.view(number, packed))
    }

    /// Adds a row and returns its number.
    ///
    /// # Errors
    /// [`Error::is_incompatible`] unless scheme and width are the matrix's.
    pub fn push<'a>(&mut self, codes: impl Into<CodesView<'a>>) -> Result<usize, Error> {
        let codes = codes.into();
        self.bits.require_same(&self.scheme, codes.bits(), codes.scheme())?;
        self.packed.extend_from_slice(codes.packed());
        Ok(self.mark(codes.is_empty()))
    }

    /// Adds the rows of another matrix after the own ones.
    ///
    /// # Errors
    /// [`Error::is_incompatible`] unless schemes and widths are equal; no row is then added.
    pub fn extend(&mut self, other: &Self) -> Result<(), Error> {
        self.bits.require_same(&self.scheme, other.bits, &other.scheme)?;
        self.packed.extend_from_slice(&other.packed);
        for row in 0..other.rows {
            self.mark(other.is_empty_row(row));
        }
        Ok(())
    }

    /// Adds the codes of signatures after the own rows, so that the signatures of a large
    /// collection need not be held all at once.
    ///
    /// ```
    /// use minhash_lsh::{CodeBits, CodeMatrix, Scheme, Sketcher};
    ///
    /// let sketcher = Sketcher::new(Scheme::new(128)?);
    /// let mut codes = CodeMatrix::new(*sketcher.scheme(), CodeBits::new(8)?);
    /// for some_sets in [[vec![1, 2], vec![3]], [vec![4], vec![5, 6]]] {
    ///     codes.extend_from_signatures(&sketcher.sketch_all(&some_sets))?;
    /// }
    /// assert_eq!(codes.len(), 4);
    /// # Ok::<(), minhash_lsh::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::is_incompatible`] unless the schemes are equal; no row is then added.
    pub fn extend_from_signatures(&mut self, signatures: &SignatureMatrix) -> Result<(), Error> {
        self.scheme.require_same(signatures.scheme())?;
        self.pack(signatures);
        Ok(())
    }

    /// Adds the codes of signatures of the same scheme.
    fn pack(&mut self, signatures: &SignatureMatrix) {
        self.packed.reserve(signatures.len() * self.row_length());
        self.empty.reserve(signatures.len() / 8 + 1);
        for lanes in signatures.lanes().chunks_exact(self.scheme.k()) {
            let empty = pack_row(self.bits, lanes, &mut self.packed);
            self.mark(empty);
        }
    }

    /// Estimates the similarity of two rows; see [`CodeEstimate`].
    ///
    /// # Errors
    /// [`Error::is_config`] for a row beyond the end.
    pub fn estimate(&self, a: usize, b: usize) -> Result<CodeEstimate, Error> {
        let row = |number: usize| {
            self.row(number).ok_or_else(|| {
                Error::config(format!(
                    "row {number} is not in a matrix of {} rows; rows are counted from 0",
                    self.rows
                ))
            })
        };
        Ok(row(a)?.compare(row(b)?))
    }

    /// The matrix as bytes, little-endian: `"mhcm"`, the encoded scheme, bits u8, three zero bytes,
    /// number of rows u64, rows of k · b / 8 bytes, then ⌈rows / 8⌉ bytes in which bit r % 8 of byte
    /// r / 8 marks row r as the empty set.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let capacity = ENCODED_LENGTH + 12 + self.packed.len() + self.empty.len();
        let mut writer = Writer::new(TAG, capacity);
        writer.bytes(&self.scheme.encode());
        writer.bytes(&[self.bits.get(), 0, 0, 0]);
        writer.u64(self.rows as u64);
        writer.bytes(&self.packed);
        writer.bytes(&self.empty);
        writer.finish()
    }

    /// Reads what [`CodeMatrix::encode`] wrote, and nothing else. Memory is bounded by the length of
    /// `bytes`, whatever number of rows they claim.
    ///
    /// # Errors
    /// [`Error::is_corrupt`] for bytes that were never written, and as [`Scheme::decode`].
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, TAG, "code matrix")?;
        let scheme = Scheme::decode(reader.take(ENCODED_LENGTH)?)?;
        let [bits, zeros @ ..] = reader.array::<4>()?;
        if zeros != [0; 3] {
            return Err(Error::corrupt(format!(
                "encoded code matrix has {zeros:02x?} where zeros are written; read it again from \
                 its source"
            )));
        }
        let bits = decoded_bits(bits)?;
        let rows = usize::try_from(reader.u64()?).unwrap_or(usize::MAX);
        let packed = reader.take(rows.saturating_mul(bits.bytes(scheme.k())))?.to_vec();
        let empty = reader.take(rows.div_ceil(8))?.to_vec();
        reader.finish()?;
        Self::from_parts(scheme, bits, rows, packed, empty)
    }

    fn from_parts(
        scheme: Scheme,
        bits: CodeBits,
        rows: usize,
        packed: Vec<u8>,
        empty: Vec<u8>,
    ) -> Result<Self, Error> {
        let matrix = Self { scheme, bits, rows, packed, empty };
        if matrix.packed.len() != rows.saturating_mul(matrix.row_length())
            || matrix.empty.len() != rows.div_ceil(8)
        {
            return Err(Error::length(format!(
                "{} bytes of codes and {} of marks are not those of {rows} rows of {} codes of \
                 {bits}; pass {} and {}",
                matrix.packed.len(),
                matrix.empty.len(),
                scheme.k(),
                rows.saturating_mul(matrix.row_length()),
                rows.div_ceil(8)
            )));
        }
        // Bits beyond the last row stay zero, so that equal matrices have equal bytes.
        let unused =
            matrix.empty.last().map_or(0, |&last| (u16::from(last) >> ((rows - 1) % 8)) >> 1);
        if unused != 0 {
            return Err(Error::corrupt(format!(
                "rows beyond the last of {rows} are marked as empty; read it again from its source"
            )));
        }
        for (number, row) in matrix.rows().enumerate() {
            require_no_codes_of_nothing(row.is_empty(), row.packed())
                .map_err(|error| Error::corrupt(format!("row {number}: {error}")))?;
        }
        Ok(matrix)
    }

    fn row_length(&self) -> usize {
        self.bits.bytes(self.scheme.k())
    }

    fn view<'a>(&'a self, row: usize, packed: &'a [u8]) -> CodesView<'a> {
        CodesView::new(&self.scheme, self.bits, self.is_empty_row(row), packed)
    }

    fn is_empty_row(&self, row: usize) -> bool {
        self.empty.get(row / 8).is_some_and(|marks| (marks >> (row % 8)) & 1 == 1)
    }

    /// Marks the row whose codes were just added and returns its number.
    fn mark(&mut self, empty: bool) -> usize {
        let row = self.rows;
        if row.is_multiple_of(8) {
            self.empty.push(0);
        }
        if let Some(marks) = self.empty.last_mut() {
            *marks |= u8::from(empty) << (row % 8);
        }
        self.rows += 1;
        row
    }
}

impl SignatureMatrix {
    /// The codes of all rows; see [`Signature::codes`](crate::Signature::codes). O(len · k).
    ///
    /// ```
    /// use minhash_lsh::{CodeBits, Scheme, Sketcher};
    ///
    /// let sketcher = Sketcher::new(Scheme::new(128)?);
    /// let signatures = sketcher.sketch_all(&[[1, 2, 3], [4, 5, 6]]);
    /// let codes = signatures.codes(CodeBits::new(8)?);
    /// assert_eq!((codes.len(), codes.packed().len()), (2, 256));
    /// # Ok::<(), minhash_lsh::Error>(())
    /// ```
    #[must_use]
    pub fn codes(&self, bits: CodeBits) -> CodeMatrix {
        let mut codes = CodeMatrix::new(*self.scheme(), bits);
        codes.pack(self);
        codes
    }
}

/// The parts as serde sees them, before validation.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMatrix {
    scheme: Scheme,
    bits: CodeBits,
    rows: usize,
    packed: Vec<u8>,
    empty: Vec<u8>,
}

#[cfg(feature = "serde")]
impl TryFrom<RawMatrix> for CodeMatrix {
    type Error = Error;

    fn try_from(raw: RawMatrix) -> Result<Self, Error> {
        Self::from_parts(raw.scheme, raw.bits, raw.rows, raw.packed, raw.empty)
    }
}

#[cfg(feature = "serde")]
impl From<CodeMatrix> for RawMatrix {
    fn from(matrix: CodeMatrix) -> Self {
        let CodeMatrix { scheme, bits, rows, packed, empty } = matrix;
        Self { scheme, bits, rows, packed, empty }
    }
}
