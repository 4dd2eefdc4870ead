//! What a set of vector instructions has to do for the block kernels.

use super::lookup::Lookup;

/// Bytes a block.
pub(super) const BLOCK: usize = 64;
/// Bytes a kernel is shown of a block: two more, so that the characters that begin in it are whole.
pub(super) const WINDOW: usize = BLOCK + 2;

/// Bytes of room for the folded form of a block, so that it can be moved about a block at a time.
pub(super) const FOLDED: usize = 2 * BLOCK;

/// For each byte of a mask the places of its bits, the lowest first, and their number.
pub(super) static PLACES: [([u8; 8], u8); 256] = {
    let mut places = [([0; 8], 0); 256];
    let mut byte = 0;
    while byte < 256 {
        let (mut bit, mut count) = (0, 0);
        while bit < 8 {
            if byte >> bit & 1 == 1 {
                places[byte].0[count] = bit;
                count += 1;
            }
            bit += 1;
        }
        places[byte].1 = count as u8;
        byte += 1;
    }
    places
};

/// The bytes of a block by their part in the text: bit `i` is that of byte `i`.
///
/// All but `non_ascii` are set at the first byte of a character alone.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Classes {
    pub(super) non_ascii: u64,
    /// Begins one of the two-byte characters U+0080–017F.
    pub(super) two_bytes: u64,
    /// Begins one of the three-byte characters U+2000–203F.
    pub(super) three_bytes: u64,
    pub(super) word: u64,
    pub(super) upper: u64,
    pub(super) lower: u64,
    pub(super) digit: u64,
    /// May have a say in where sentences start: at least those that have one,
    /// and of line breaks those that are not in `newline`.
    pub(super) pause: u64,
    /// A line break that is not among them.
    pub(super) newline: u64,
    /// A two-byte letter that folds to two letters.
    pub(super) two_letters: u64,
    /// One of the characters above that the block kernels leave to the scalar reader.
    pub(super) slow: u64,
}

/// A set of vector instructions. A value of the type proves that the CPU has them.
pub(super) trait Vectors: Copy {
    /// The folded form of the characters of a block, each at its first byte; 0 elsewhere.
    type Folded: Copy;

    /// Looks every character of a block up. `SHAPES`: whether `upper`, `lower`, `digit`,
    /// `pause` and `newline` are asked for.
    fn classify<const SHAPES: bool>(
        self,
        window: &[u8; WINDOW],
        lookup: &'static Lookup,
    ) -> (Classes, Self::Folded);

    /// Writes the folded bytes whose bit is set in `keep` close together; what comes after them in
    /// `out` is undefined.
    fn compress(self, folded: Self::Folded, keep: u64, out: &mut [u8; FOLDED]);

    /// Writes the places of the bits of `mask`, plus `base`, in order; what comes after them in
    /// `out` is undefined.
    fn places(self, mask: u64, base: u16, out: &mut [u16; BLOCK]);

    /// The same in 32 bits.
    fn wide_places(self, mask: u64, base: u32, out: &mut [u32; BLOCK]);

    /// Moves the bits of `mask` at the places of `keep` close together.
    fn extract(self, mask: u64, keep: u64) -> u64;

    /// Writes for each of the lowest bits in which of the masks it is set: the first of them counts
    /// 1, the second 2, the third 4.
    fn spread(self, masks: [u32; 3], out: &mut [u8; BLOCK / 2]);
}
