//! The sketch of one set, and what two of them tell.

use crate::codec::{Reader, Tag, Writer};
use crate::kernel::{EMPTY_LANE, VALUE_BITS};
use crate::scheme::ENCODED_LENGTH;
use crate::{Error, Estimate, Scheme};

const TAG: Tag = *b"mhsg";

/// The sketch of one set: `k` lanes of 32 bits and the [`Scheme`] they were made under.
///
/// Made by [`Sketcher::sketch`](crate::Sketcher::sketch). [`merge`](Self::merge) gives exactly the
/// signature of the union.
///
/// ```
/// use minhash_lsh::{Scheme, Sketcher};
///
/// let sketcher = Sketcher::new(Scheme::new(128)?);
/// let mut a = sketcher.sketch(&[1, 2, 3]);
/// a.merge(&sketcher.sketch(&[3, 4]))?;
/// assert_eq!(a, sketcher.sketch(&[4, 3, 2, 1]));
/// # Ok::<(), minhash_lsh::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "RawLanes", into = "RawLanes"))]
pub struct Signature {
    scheme: Scheme,
    lanes: Box<[u32]>,
}

impl Signature {
    /// The signature of the empty set.
    #[must_use]
    pub fn empty(scheme: Scheme) -> Self {
        Self { scheme, lanes: vec![EMPTY_LANE; scheme.k()].into_boxed_slice() }
    }

    /// A signature from lanes made under `scheme`, for example by
    /// [`Sketcher::sketch_into`](crate::Sketcher::sketch_into).
    ///
    /// # Errors
    /// [`Error::is_length`] unless there are `k` lanes; [`Error::is_corrupt`] for lanes that no
    /// set has.
    pub fn from_lanes(scheme: Scheme, lanes: impl Into<Box<[u32]>>) -> Result<Self, Error> {
        let lanes = lanes.into();
        require_length(&scheme, lanes.len())?;
        require_possible(&scheme, &lanes)?;
        Ok(Self { scheme, lanes })
    }

    /// What the signature was made with.
    #[must_use]
    pub fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// The `k` lanes: `round << 24 | value`, or all `u32::MAX` for the empty set.
    #[must_use]
    pub fn lanes(&self) -> &[u32] {
        &self.lanes
    }

    pub(crate) fn lanes_mut(&mut self) -> &mut [u32] {
        &mut self.lanes
    }

    /// Whether this is the signature of the empty set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        is_empty(&self.lanes)
    }

    /// The signature as a borrowed view, which rows of a matrix give too.
    #[must_use]
    pub fn view(&self) -> SignatureView<'_> {
        SignatureView { scheme: &self.scheme, lanes: &self.lanes }
    }

    /// Makes this the signature of the union of both sets, exactly. O(k).
    ///
    /// # Errors
    /// [`Error::is_incompatible`] unless the schemes are equal; the signature is then unchanged.
    pub fn merge<'a>(&mut self, other: impl Into<SignatureView<'a>>) -> Result<(), Error> {
        let other = other.into();
        self.scheme.require_same(other.scheme)?;
        for (kept, &lane) in self.lanes.iter_mut().zip(other.lanes) {
            *kept = lane.min(*kept);
        }
        Ok(())
    }

    /// Estimates the Jaccard similarity of the two sets; see [`Estimate`]. O(k).
    ///
    /// # Errors
    /// [`Error::is_incompatible`] unless the schemes are equal.
    pub fn estimate<'a>(&self, other: impl Into<SignatureView<'a>>) -> Result<Estimate, Error> {
        self.view().estimate(other)
    }

    /// The signature as bytes, little-endian: `"mhsg"`, the encoded scheme, `k` lanes u32.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new(TAG, ENCODED_LENGTH + 4 * self.lanes.len());
        writer.bytes(&self.scheme.encode());
        writer.lanes(&self.lanes);
        writer.finish()
    }

    /// Reads what [`Signature::encode`] wrote, and nothing else.
    ///
    /// # Errors
    /// [`Error::is_corrupt`] for bytes that were never written, and as [`Scheme::decode`].
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, TAG, "signature")?;
        let scheme = Scheme::decode(reader.take(ENCODED_LENGTH)?)?;
        let lanes = reader.lanes(scheme.k())?;
        reader.finish()?;
        Self::from_lanes(scheme, lanes)
    }
}

/// A borrowed signature: a [`Signature`] or a row of a [`SignatureMatrix`](crate::SignatureMatrix).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SignatureView<'a> {
    scheme: &'a Scheme,
    lanes: &'a [u32],
}

impl<'a> SignatureView<'a> {
    /// For `k` lanes that are known to be possible under `scheme`.
    pub(crate) fn new(scheme: &'a Scheme, lanes: &'a [u32]) -> Self {
        Self { scheme, lanes }
    }

    /// What the signature was made with.
    #[must_use]
    pub fn scheme(&self) -> &'a Scheme {
        self.scheme
    }

    /// The `k` lanes: `round << 24 | value`, or all `u32::MAX` for the empty set.
    #[must_use]
    pub fn lanes(&self) -> &'a [u32] {
        self.lanes
    }

    /// Whether this is the signature of the empty set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        is_empty(self.lanes)
    }

    /// Estimates the Jaccard similarity of the two sets; see [`Estimate`]. O(k).
    ///
    /// # Errors
    /// [`Error::is_incompatible`] unless the schemes are equal.
    pub fn estimate<'b>(&self, other: impl Into<SignatureView<'b>>) -> Result<Estimate, Error> {
        let other = other.into();
        self.scheme.require_same(other.scheme)?;
        Ok(Estimate::of_lanes(self.lanes, other.lanes))
    }

    /// A copy that owns its lanes.
    #[must_use]
    pub fn to_signature(&self) -> Signature {
        Signature { scheme: *self.scheme, lanes: self.lanes.into() }
    }
}

impl<'a> From<&'a Signature> for SignatureView<'a> {
    fn from(signature: &'a Signature) -> Self {
        signature.view()
    }
}

pub(crate) fn is_empty(lanes: &[u32]) -> bool {
    lanes.first() == Some(&EMPTY_LANE)
}

pub(crate) fn require_length(scheme: &Scheme, length: usize) -> Result<(), Error> {
    if length == scheme.k() {
        return Ok(());
    }
    Err(Error::length(format!(
        "{length} lanes were given where the scheme has k = {}; pass exactly {0} lanes",
        scheme.k()
    )))
}

/// Refuses lanes that no set has: empty beside filled ones, or a round that does not exist.
pub(crate) fn require_possible(scheme: &Scheme, lanes: &[u32]) -> Result<(), Error> {
    if lanes.iter().all(|&lane| lane == EMPTY_LANE) {
        return Ok(());
    }
    let last_round = scheme.random_rounds() as u32;
    match lanes.iter().find(|&&lane| lane >> VALUE_BITS > last_round) {
        None => Ok(()),
        Some(lane) => Err(Error::corrupt(format!(
            "lane {lane:#010x} names round {}, but k = {} has rounds 0 to {last_round}; \
             the lanes are damaged or of another scheme",
            lane >> VALUE_BITS,
            scheme.k()
        ))),
    }
}

/// Scheme and lanes of one signature or a matrix of them as serde sees them, before validation.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawLanes {
    pub(crate) scheme: Scheme,
    pub(crate) lanes: Vec<u32>,
}

#[cfg(feature = "serde")]
impl TryFrom<RawLanes> for Signature {
    type Error = Error;

    fn try_from(raw: RawLanes) -> Result<Self, Error> {
        Self::from_lanes(raw.scheme, raw.lanes)
    }
}

#[cfg(feature = "serde")]
impl From<Signature> for RawLanes {
    fn from(signature: Signature) -> Self {
        Self { scheme: signature.scheme, lanes: signature.lanes.into_vec() }
    }
}
