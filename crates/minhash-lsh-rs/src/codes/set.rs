//! The codes of one set.

use super::{CodeBits, CodeEstimate, packing};
use crate::codec::{Reader, Tag, Writer};
use crate::scheme::ENCODED_LENGTH;
use crate::signature::is_empty;
use crate::{Error, Scheme, Signature, SignatureView};

const TAG: Tag = *b"mhcs";

/// The codes of one set: b bits for each of the `k` lanes of its [`Signature`], and the [`Scheme`]
/// that was made under.
///
/// A signature knows more, so codes come from signatures and not the other way. They cannot be
/// merged or updated: which of two lanes is smaller is not in their codes. Keep the signatures of
/// sets that still grow, or the sets.
///
/// The b bits have no pattern to spare for an empty lane, so the emptiness of the set is kept beside
/// them.
///
/// ```
/// use minhash_lsh::{CodeBits, Scheme, Sketcher};
///
/// let sketcher = Sketcher::new(Scheme::new(128)?);
/// let signature = sketcher.sketch(&[1, 2, 3]);
/// let codes = signature.codes(CodeBits::new(2)?);
/// assert_eq!(codes.packed().len(), 32); // instead of 512
/// assert_eq!(codes.estimate(&codes)?.jaccard().get(), 1.0);
/// # Ok::<(), minhash_lsh::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "RawCodes", into = "RawCodes"))]
pub struct Codes {
    scheme: Scheme,
    bits: CodeBits,
    empty: bool,
    packed: Box<[u8]>,
}

impl Codes {
    /// What the signature was made with.
    #[must_use]
    pub fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// Bits of a code.
    #[must_use]
    pub fn bits(&self) -> CodeBits {
        self.bits
    }

    /// Whether these are the codes of the empty set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.empty
    }

    /// The codes side by side, k · b / 8 bytes: the code of lane l is in bits l·b to l·b + b − 1
    /// of the bytes read as one little-endian integer. All zero for the empty set.
    #[must_use]
    pub fn packed(&self) -> &[u8] {
        &self.packed
    }

    /// The codes as a borrowed view, which rows of a matrix give too.
    #[must_use]
    pub fn view(&self) -> CodesView<'_> {
        CodesView { scheme: &self.scheme, bits: self.bits, empty: self.empty, packed: &self.packed }
    }

    /// Estimates the Jaccard similarity of the two sets; see [`CodeEstimate`]. O(k · b / 64) for up
    /// to 4 bits.
    ///
    /// # Errors
    /// [`Error::is_incompatible`] unless schemes and widths are equal.
    pub fn estimate<'a>(&self, other: impl Into<CodesView<'a>>) -> Result<CodeEstimate, Error> {
        self.view().estimate(other)
    }

    /// The codes as bytes, little-endian: `"mhcs"`, the encoded scheme, bits u8, 1 for the empty
    /// set or 0 u8, zero u16, k · b / 8 bytes of codes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new(TAG, ENCODED_LENGTH + 4 + self.packed.len());
        writer.bytes(&self.scheme.encode());
        writer.bytes(&[self.bits.get(), u8::from(self.empty), 0, 0]);
        writer.bytes(&self.packed);
        writer.finish()
    }

    /// Reads what [`Codes::encode`] wrote, and nothing else.
    ///
    /// # Errors
    /// [`Error::is_corrupt`] for bytes that were never written, and as [`Scheme::decode`].
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, TAG, "code row")?;
        let scheme = Scheme::decode(reader.take(ENCODED_LENGTH)?)?;
        let [bits, empty, zeros @ ..] = reader.array::<4>()?;
        if empty > 1 || zeros != [0; 2] {
            return Err(Error::corrupt(format!(
                "encoded code row has {empty:#x} and {zeros:02x?} where a truth value and zeros \
                 are written; read it again from its source"
            )));
        }
        let bits = decoded_bits(bits)?;
        let packed = reader.take(bits.bytes(scheme.k()))?;
        reader.finish()?;
        Self::from_packed(scheme, bits, empty == 1, packed.into())
    }

    fn from_packed(
        scheme: Scheme,
        bits: CodeBits,
        empty: bool,
        packed: Box<[u8]>,
    ) -> Result<Self, Error> {
        let expected = bits.bytes(scheme.k());
        if packed.len() != expected {
            return Err(Error::length(format!(
                "{} bytes were given where k = {} codes of {bits} take {expected}",
                packed.len(),
                scheme.k()
            )));
        }
        require_no_codes_of_nothing(empty, &packed)?;
        Ok(Self { scheme, bits, empty, packed })
    }
}

/// Borrowed codes: [`Codes`] or a row of a [`CodeMatrix`](crate::CodeMatrix).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CodesView<'a> {
    scheme: &'a Scheme,
    bits: CodeBits,
    empty: bool,
    packed: &'a [u8],
}

impl<'a> CodesView<'a> {
    /// For `k` codes of `bits` bits.
    pub(super) fn new(scheme: &'a Scheme, bits: CodeBits, empty: bool, packed: &'a [u8]) -> Self {
        Self { scheme, bits, empty, packed }
    }

    /// What the signature was made with.
    #[must_use]
    pub fn scheme(&self) -> &'a Scheme {
        self.scheme
    }

    /// Bits of a code.
    #[must_use]
    pub fn bits(&self) -> CodeBits {
        self.bits
    }

    /// Whether these are the codes of the empty set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.empty
    }

    /// The codes side by side; see [`Codes::packed`].
    #[must_use]
    pub fn packed(&self) -> &'a [u8] {
        self.packed
    }

    /// The code of lane `lane`, or `None` beyond the last lane and for the empty set.
    #[must_use]
    pub fn code(&self, lane: usize) -> Option<u16> {
        if self.empty { None } else { packing::code(self.bits, self.packed, lane) }
    }

    /// Estimates the Jaccard similarity of the two sets; see [`CodeEstimate`]. O(k · b / 64) for up
    /// to 4 bits.
    ///
    /// # Errors
    /// [`Error::is_incompatible`] unless schemes and widths are equal.
    pub fn estimate<'b>(&self, other: impl Into<CodesView<'b>>) -> Result<CodeEstimate, Error> {
        let other = other.into();
        self.bits.require_same(self.scheme, other.bits, other.scheme)?;
        Ok(self.compare(other))
    }

    /// As [`estimate`](Self::estimate), for codes that are known to be of one scheme and width.
    pub(super) fn compare(&self, other: CodesView<'_>) -> CodeEstimate {
        let matches = if self.empty || other.empty {
            0
        } else {
            packing::agreeing(self.bits, self.packed, other.packed)
        };
        CodeEstimate::new(matches, self.scheme.k() as u32, self.bits)
    }

    /// A copy that owns its codes.
    #[must_use]
    pub fn to_codes(&self) -> Codes {
        Codes {
            scheme: *self.scheme,
            bits: self.bits,
            empty: self.empty,
            packed: self.packed.into(),
        }
    }
}

impl<'a> From<&'a Codes> for CodesView<'a> {
    fn from(codes: &'a Codes) -> Self {
        codes.view()
    }
}

impl Signature {
    /// The codes of the signature: the low `bits` bits of a hash of each lane. O(k).
    ///
    /// ```
    /// use minhash_lsh::{CodeBits, Scheme, Sketcher};
    ///
    /// let signature = Sketcher::new(Scheme::new(128)?).sketch(&[1, 2, 3]);
    /// assert_eq!(signature.codes(CodeBits::new(1)?).packed().len(), 16);
    /// # Ok::<(), minhash_lsh::Error>(())
    /// ```
    #[must_use]
    pub fn codes(&self, bits: CodeBits) -> Codes {
        self.view().codes(bits)
    }
}

impl SignatureView<'_> {
    /// The codes of the signature; see [`Signature::codes`].
    #[must_use]
    pub fn codes(&self, bits: CodeBits) -> Codes {
        let mut packed = Vec::with_capacity(bits.bytes(self.scheme().k()));
        let empty = pack_row(bits, self.lanes(), &mut packed);
        Codes { scheme: *self.scheme(), bits, empty, packed: packed.into_boxed_slice() }
    }
}

/// Appends the codes of a row of lanes, zeros for the empty set, and tells whether it is empty.
pub(super) fn pack_row(bits: CodeBits, lanes: &[u32], packed: &mut Vec<u8>) -> bool {
    let empty = is_empty(lanes);
    if empty {
        packed.resize(packed.len() + bits.bytes(lanes.len()), 0);
    } else {
        packing::pack(bits, lanes, packed);
    }
    empty
}

pub(super) fn decoded_bits(bits: u8) -> Result<CodeBits, Error> {
    CodeBits::new(bits).map_err(|error| Error::corrupt(format!("stored codes: {error}")))
}

/// Refuses codes beside the mark of the empty set, so that equal values have equal bytes.
pub(super) fn require_no_codes_of_nothing(empty: bool, packed: &[u8]) -> Result<(), Error> {
    if empty && packed.iter().any(|&byte| byte != 0) {
        return Err(Error::corrupt(
            "a row is marked as the empty set but has codes other than zero; read it again from \
             its source",
        ));
    }
    Ok(())
}

/// The parts as serde sees them, before validation.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCodes {
    scheme: Scheme,
    bits: CodeBits,
    empty: bool,
    packed: Vec<u8>,
}

#[cfg(feature = "serde")]
impl TryFrom<RawCodes> for Codes {
    type Error = Error;

    fn try_from(raw: RawCodes) -> Result<Self, Error> {
        Self::from_packed(raw.scheme, raw.bits, raw.empty, raw.packed.into_boxed_slice())
    }
}

#[cfg(feature = "serde")]
impl From<Codes> for RawCodes {
    fn from(codes: Codes) -> Self {
        let Codes { scheme, bits, empty, packed } = codes;
        Self { scheme, bits, empty, packed: packed.into_vec() }
    }
}
