//! Ids of the caller.

use std::fmt;
use std::hash::Hash;

/// What names a set in an [`LshIndex`](super::LshIndex): `u32` or `u64`.
///
/// The trait is sealed, because ids are part of the encoded index.
pub trait SetId:
    Copy + Ord + Hash + fmt::Debug + fmt::Display + Send + Sync + sealed::Encoded + 'static
{
}

impl SetId for u32 {}
impl SetId for u64 {}

pub(super) mod sealed {
    use crate::Error;
    use crate::codec::{Reader, Writer};

    // Public within a private module: reachable by the compiler, not by users.
    pub trait Encoded: Sized {
        /// Bytes of an encoded id.
        const WIDTH: u8;
        /// The id in 64 bits; different ids give different ones.
        fn to_u64(self) -> u64;
        #[expect(private_interfaces, reason = "the trait is sealed; no user can call it")]
        fn write(self, writer: &mut Writer);
        #[expect(private_interfaces, reason = "the trait is sealed; no user can call it")]
        fn read(reader: &mut Reader<'_>) -> Result<Self, Error>;
    }

    impl Encoded for u32 {
        const WIDTH: u8 = 4;

        fn to_u64(self) -> u64 {
            u64::from(self)
        }

        #[expect(private_interfaces, reason = "the trait is sealed; no user can call it")]
        fn write(self, writer: &mut Writer) {
            writer.u32(self);
        }

        #[expect(private_interfaces, reason = "the trait is sealed; no user can call it")]
        fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
            reader.u32()
        }
    }

    impl Encoded for u64 {
        const WIDTH: u8 = 8;

        fn to_u64(self) -> u64 {
            self
        }

        #[expect(private_interfaces, reason = "the trait is sealed; no user can call it")]
        fn write(self, writer: &mut Writer) {
            writer.u64(self);
        }

        #[expect(private_interfaces, reason = "the trait is sealed; no user can call it")]
        fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
            reader.u64()
        }
    }
}
