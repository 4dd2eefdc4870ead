//! Which hash functions: algorithm and version.

use std::fmt;

/// The algorithm that turns a set into lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Algorithm {
    /// Fast Similarity Sketching: Dahlgaard, Knudsen and Thorup, FOCS 2017,
    /// [arXiv 1704.04370](https://arxiv.org/abs/1704.04370).
    FastSimilaritySketching,
}

impl Algorithm {
    pub(super) fn code(self) -> u8 {
        match self {
            Self::FastSimilaritySketching => 1,
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FastSimilaritySketching => f.write_str("fss"),
        }
    }
}

/// The version of the published hash functions.
///
/// Versions from 1 on are frozen for good: the same elements give the same lanes in every release
/// that reads them. Version 0 is what was written before the first freeze; nothing reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Version(u32);

impl Version {
    /// Version 0, written `0-unstable`: its values changed from build to build, and decoding it is
    /// an error.
    pub const UNSTABLE: Self = Self(0);
    /// The version this build writes and reads.
    pub const CURRENT: Self = Self(1);

    /// For a number that was read; whether this build reads it is for the caller to check.
    pub(super) fn from_number(number: u32) -> Self {
        Self(number)
    }

    /// The number of the version; 0 is the unstable one.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0
    }

    /// Whether values of this version are frozen for good.
    #[must_use]
    pub fn is_frozen(self) -> bool {
        self != Self::UNSTABLE
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0, if self.is_frozen() { "" } else { "-unstable" })
    }
}
