//! Candidate pairs of a collection of which only the codes are kept.

use super::{CodeBanding, CodeMatrix, CodesView};
use crate::kernel::{EMPTY_LANE, VALUE_BITS};
use crate::{Banding, BucketCap, CandidatePairs, Error, Scheme, SignatureMatrix};

/// Bits of a word.
const WORD: usize = VALUE_BITS as usize;

impl CodeBanding {
    /// The candidate pairs of all rows of `matrix`, with the default [`BucketCap`].
    ///
    /// See [`candidate_pairs_capped`](Self::candidate_pairs_capped).
    ///
    /// ```
    /// use minhash_lsh::{CodeBanding, CodeBits, Jaccard, Scheme, Sketcher};
    ///
    /// let sketcher = Sketcher::new(Scheme::new(128)?);
    /// let sets: [Vec<u64>; 3] = [(0..200).collect(), (500..700).collect(), (4..204).collect()];
    /// let bits = CodeBits::new(8)?;
    /// let codes = sketcher.sketch_all(&sets).codes(bits);
    /// let banding = CodeBanding::for_recall(Jaccard::new(0.8)?, 0.99, sketcher.k(), bits)?;
    /// assert_eq!(banding.candidate_pairs(&codes)?.pairs(), [(0, 2)]);
    /// # Ok::<(), minhash_lsh::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`candidate_pairs_capped`](Self::candidate_pairs_capped).
    pub fn candidate_pairs(&self, matrix: &CodeMatrix) -> Result<CandidatePairs, Error> {
        self.candidate_pairs_capped(matrix, BucketCap::default())
    }

    /// The candidate pairs of all rows of `matrix`: rows that agree in all codes of some band.
    ///
    /// As with [`Banding::candidate_pairs_capped`], rows equal in all codes are collapsed first,
    /// empty rows are candidates of nothing, and over-full buckets are compared with their anchors.
    /// Rows of equal codes are similar, but equal sets less surely than equal signatures tell.
    ///
    /// Beside what the search of signatures takes, the codes of each row are rearranged by bands, in
    /// 4 bytes for each 24 bits: 192 bytes a row for 128 codes of 8 bits in 16 bands × 6 rows.
    /// Together it takes a third longer than the search of full lanes.
    ///
    /// # Errors
    /// [`Error::is_incompatible`] for codes of another width than the banding's;
    /// [`Error::is_config`] if the bands take more codes than there are; [`Error::is_capacity`] for
    /// more than 2³² − 1 rows.
    pub fn candidate_pairs_capped(
        &self,
        matrix: &CodeMatrix,
        cap: BucketCap,
    ) -> Result<CandidatePairs, Error> {
        self.require_codes(matrix.scheme(), matrix.bits())?;
        let layout = WordLayout::of(self, matrix);
        let banding = Banding::new(self.bands(), layout.words_a_band)?;
        banding.candidate_pairs_capped(&layout.rearrange(matrix)?, cap)
    }
}

/// How codes become lanes that the search of signatures takes: the bits of each band, then those
/// that no band uses, in words of 24 bits.
///
/// Words of 24 bits are the lanes of a first round, so no word looks like the lane of an empty set.
/// Bits that no band uses are words too, because rows equal in all codes are to be collapsed, not
/// rows equal in all bands.
struct WordLayout {
    bands: usize,
    bits_a_band: usize,
    bits_a_row: usize,
    words_a_band: usize,
    /// With as many zero words at the end as make it the k of a scheme.
    words_a_row: usize,
}

impl WordLayout {
    fn of(banding: &CodeBanding, matrix: &CodeMatrix) -> Self {
        let bits = usize::from(banding.bits().get());
        let (bands, bits_a_band) = (banding.bands(), banding.rows() * bits);
        let bits_a_row = matrix.scheme().k() * bits;
        let words_a_band = bits_a_band.div_ceil(WORD);
        let unused = bits_a_row.saturating_sub(bands * bits_a_band);
        // A code has at most 16 bits, so this is at most k.
        let words_a_row = (bands * words_a_band + unused.div_ceil(WORD)).next_multiple_of(8);
        Self { bands, bits_a_band, bits_a_row, words_a_band, words_a_row }
    }

    fn rearrange(&self, matrix: &CodeMatrix) -> Result<SignatureMatrix, Error> {
        let scheme = Scheme::new(self.words_a_row)?;
        let mut words = Vec::with_capacity(matrix.len() * self.words_a_row);
        for row in matrix.rows() {
            self.push_row(row, &mut words);
        }
        Ok(SignatureMatrix::from_sketched(scheme, words))
    }

    fn push_row(&self, row: CodesView<'_>, words: &mut Vec<u32>) {
        let end = words.len() + self.words_a_row;
        if row.is_empty() {
            words.resize(end, EMPTY_LANE);
            return;
        }
        let mut start = 0;
        for _ in 0..self.bands {
            push_words(row.packed(), start, start + self.bits_a_band, words);
            start += self.bits_a_band;
        }
        push_words(row.packed(), start, self.bits_a_row, words);
        words.resize(end, 0);
    }
}

/// Appends the bits from `start` to before `end` in words of 24 bits, the last one of what is left.
fn push_words(packed: &[u8], start: usize, end: usize, words: &mut Vec<u32>) {
    for at in (start..end).step_by(WORD) {
        // 24 bits and the up to 7 before them lie within four bytes.
        let rest = packed.get(at / 8..).unwrap_or(&[]);
        let bytes = rest.first_chunk().copied().unwrap_or_else(|| padded(rest));
        let length = WORD.min(end - at);
        words.push((u32::from_le_bytes(bytes) >> (at % 8)) & ((1 << length) - 1));
    }
}

/// The last bytes of a row, and zeros.
#[cold]
fn padded(rest: &[u8]) -> [u8; 4] {
    let mut bytes = [0; 4];
    bytes.iter_mut().zip(rest).for_each(|(byte, &code)| *byte = code);
    bytes
}
