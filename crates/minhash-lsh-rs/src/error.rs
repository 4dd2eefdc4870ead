//! The one error type of the crate.

use std::fmt;

/// Why a call was refused: what was given, what is allowed, and the way out.
///
/// The type is opaque so that kinds can be added without breaking callers; ask it with the
/// predicates. The message (its [`Display`](fmt::Display)) names the value, the limit and the way
/// out.
///
/// ```
/// let error = minhash_lsh::Scheme::new(100).unwrap_err();
/// assert!(error.is_config());
/// assert_eq!(
///     error.to_string(),
///     "k = 100 is not a multiple of 8 between 8 and 1024; use 96 or 104"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: Kind,
    message: Box<str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Config,
    Unreachable,
    Length,
    Incompatible,
    Corrupt,
    Duplicate,
    Capacity,
}

impl Error {
    fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into().into_boxed_str() }
    }

    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(Kind::Config, message)
    }

    pub(crate) fn unreachable(message: impl Into<String>) -> Self {
        Self::new(Kind::Unreachable, message)
    }

    pub(crate) fn length(message: impl Into<String>) -> Self {
        Self::new(Kind::Length, message)
    }

    pub(crate) fn incompatible(message: impl Into<String>) -> Self {
        Self::new(Kind::Incompatible, message)
    }

    pub(crate) fn corrupt(message: impl Into<String>) -> Self {
        Self::new(Kind::Corrupt, message)
    }

    pub(crate) fn duplicate(message: impl Into<String>) -> Self {
        Self::new(Kind::Duplicate, message)
    }

    pub(crate) fn capacity(message: impl Into<String>) -> Self {
        Self::new(Kind::Capacity, message)
    }

    /// A parameter is outside its range, including a recall that cannot be reached and a slice of
    /// the wrong length.
    #[must_use]
    pub fn is_config(&self) -> bool {
        matches!(self.kind, Kind::Config | Kind::Unreachable | Kind::Length)
    }

    /// No banding of this many lanes reaches the recall asked for.
    #[must_use]
    pub fn is_unreachable(&self) -> bool {
        self.kind == Kind::Unreachable
    }

    /// A slice does not have the length the scheme prescribes.
    #[must_use]
    pub fn is_length(&self) -> bool {
        self.kind == Kind::Length
    }

    /// Two values of different schemes meet, or bytes were written under a version or algorithm
    /// that this build does not read.
    #[must_use]
    pub fn is_incompatible(&self) -> bool {
        self.kind == Kind::Incompatible
    }

    /// Bytes or lanes are not what this crate writes.
    #[must_use]
    pub fn is_corrupt(&self) -> bool {
        self.kind == Kind::Corrupt
    }

    /// An id is already in the index.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        self.kind == Kind::Duplicate
    }

    /// More rows than a 32-bit row number can name.
    #[must_use]
    pub fn is_capacity(&self) -> bool {
        self.kind == Kind::Capacity
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
