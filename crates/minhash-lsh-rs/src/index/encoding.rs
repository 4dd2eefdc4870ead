//! The index as bytes.

use super::LshIndex;
use super::id::SetId;
use crate::codec::{Reader, Tag, Writer};
use crate::scheme::ENCODED_LENGTH;
use crate::{Banding, Error, Scheme, Signature};

const TAG: Tag = *b"mhix";
const BANDING_LENGTH: usize = 12;

impl<Id: SetId> LshIndex<Id> {
    /// The index as bytes, little-endian: `"mhix"`, the encoded scheme, the encoded banding, width
    /// of an id in bytes u32, number of sets u64, then for each set, by ascending id, the id and
    /// its `k` lanes u32.
    ///
    /// Equal members give equal bytes, whatever came and went before.
    ///
    /// ```
    /// use minhash_lsh::{Banding, LshIndex, Scheme, Sketcher};
    ///
    /// let sketcher = Sketcher::new(Scheme::new(128)?);
    /// let mut index = LshIndex::new(*sketcher.scheme(), Banding::new(16, 8)?)?;
    /// index.insert(7_u32, &sketcher.sketch(&[1, 2, 3]))?;
    /// let read = LshIndex::<u32>::decode(&index.encode())?;
    /// assert!(read.contains(7));
    /// # Ok::<(), minhash_lsh::Error>(())
    /// ```
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let set_length = usize::from(Id::WIDTH) + 4 * self.scheme.k();
        let mut writer =
            Writer::new(TAG, ENCODED_LENGTH + BANDING_LENGTH + 12 + self.len() * set_length);
        writer.bytes(&self.scheme.encode());
        writer.bytes(&self.banding.encode());
        writer.u32(u32::from(Id::WIDTH));
        writer.u64(self.len() as u64);
        for id in self.ids() {
            if let Some(signature) = self.get(id) {
                id.write(&mut writer);
                writer.lanes(signature.lanes());
            }
        }
        writer.finish()
    }

    /// Reads what [`LshIndex::encode`] wrote, and nothing else. Memory is bounded by a small
    /// multiple of the length of `bytes`, whatever number of sets they claim.
    ///
    /// # Errors
    /// [`Error::is_corrupt`] for bytes that were never written or ids of another width, and as
    /// [`Scheme::decode`].
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, TAG, "LSH index")?;
        let scheme = Scheme::decode(reader.take(ENCODED_LENGTH)?)?;
        let banding = Banding::decode(reader.take(BANDING_LENGTH)?)?;
        let width = reader.u32()?;
        if width != u32::from(Id::WIDTH) {
            return Err(Error::corrupt(format!(
                "the index has ids of {width} bytes, not {}; decode it with the id type it was \
                 encoded with",
                Id::WIDTH
            )));
        }
        let count = reader.u64()?;
        // No more sets than there are bytes for, whatever the count.
        let set_length = usize::from(Id::WIDTH) + 4 * scheme.k();
        let sets = usize::try_from(count).unwrap_or(usize::MAX).min(reader.left() / set_length);
        let mut index = Self::with_capacity(scheme, banding, sets)
            .map_err(|error| Error::corrupt(format!("stored index: {error}")))?;
        let mut previous = None;
        for _ in 0..count {
            let id = Id::read(&mut reader)?;
            if previous.is_some_and(|previous| previous >= id) {
                return Err(Error::corrupt(format!(
                    "id {id} of the stored index is out of order; read it again from its source"
                )));
            }
            previous = Some(id);
            let signature = Signature::from_lanes(scheme, reader.lanes(scheme.k())?)?;
            index.insert(id, &signature)?;
        }
        reader.finish()?;
        Ok(index)
    }
}
