//! Little-endian reading and writing shared by everything that can be stored.

use crate::Error;

/// Four bytes that open every encoded value and tell its kind.
pub(crate) type Tag = [u8; 4];

pub(crate) struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    pub(crate) fn new(tag: Tag, capacity: usize) -> Self {
        let mut bytes = Vec::with_capacity(tag.len() + capacity);
        bytes.extend_from_slice(&tag);
        Self { bytes }
    }

    pub(crate) fn bytes(&mut self, value: &[u8]) {
        self.bytes.extend_from_slice(value);
    }

    pub(crate) fn u32(&mut self, value: u32) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    pub(crate) fn u64(&mut self, value: u64) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    pub(crate) fn lanes(&mut self, lanes: &[u32]) {
        self.bytes.extend(lanes.iter().flat_map(|lane| lane.to_le_bytes()));
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// Reads what [`Writer`] wrote; `what` names the value in messages.
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    what: &'static str,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8], tag: Tag, what: &'static str) -> Result<Self, Error> {
        let mut reader = Self { rest: bytes, what };
        let found = reader.array::<4>()?;
        if found == tag {
            Ok(reader)
        } else {
            Err(Error::corrupt(format!(
                "not an encoded {what}: it begins with {found:02x?} instead of {tag:02x?}; \
                 was it written by another type's encode?"
            )))
        }
    }

    pub(crate) fn take(&mut self, length: usize) -> Result<&'a [u8], Error> {
        match self.rest.split_at_checked(length) {
            Some((taken, rest)) => {
                self.rest = rest;
                Ok(taken)
            }
            None => Err(Error::corrupt(format!(
                "encoded {} is cut short: {} bytes left where {length} are needed; \
                 read it again from its source",
                self.what,
                self.rest.len()
            ))),
        }
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    pub(crate) fn u32(&mut self) -> Result<u32, Error> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    pub(crate) fn u64(&mut self) -> Result<u64, Error> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    /// Reads `count` lanes. Memory is only taken once that many bytes are known to be there.
    pub(crate) fn lanes(&mut self, count: usize) -> Result<Vec<u32>, Error> {
        let length = count.saturating_mul(4);
        let (lanes, _) = self.take(length)?.as_chunks::<4>();
        Ok(lanes.iter().map(|lane| u32::from_le_bytes(*lane)).collect())
    }

    /// How many bytes are left.
    pub(crate) fn left(&self) -> usize {
        self.rest.len()
    }

    /// Refuses bytes after the value: a longer input is not what was written.
    pub(crate) fn finish(self) -> Result<(), Error> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(Error::corrupt(format!(
                "{} bytes follow the encoded {}; pass exactly the bytes that were written",
                self.rest.len(),
                self.what
            )))
        }
    }
}
