//! The one error type of the crate.

use std::fmt;

/// Everything that can go wrong in this crate.
///
/// Opaque on purpose: the message names the value, the limit and the way out; the predicates tell a program what
/// kind of failure it is.
///
/// ```
/// let error = wirecopy::Containment::new(1.5).unwrap_err();
/// assert!(error.is_config());
/// assert!(error.to_string().contains("1.5"));
/// ```
pub struct Error {
    kind: ErrorKind,
    message: Box<str>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ErrorKind {
    Config,
    Input,
    Duplicate,
    Incompatible,
    Io,
}

/// The result of every fallible function of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub(crate) fn config(message: impl Into<Box<str>>) -> Error {
        Error::new(ErrorKind::Config, message)
    }

    pub(crate) fn input(message: impl Into<Box<str>>) -> Error {
        Error::new(ErrorKind::Input, message)
    }

    pub(crate) fn duplicate(message: impl Into<Box<str>>) -> Error {
        Error::new(ErrorKind::Duplicate, message)
    }

    pub(crate) fn io(message: impl Into<Box<str>>, source: std::io::Error) -> Error {
        let mut error = Error::new(ErrorKind::Io, message);
        error.source = Some(Box::new(source));
        error
    }

    fn new(kind: ErrorKind, message: impl Into<Box<str>>) -> Error {
        Error { kind, message: message.into(), source: None }
    }

    /// A setting is outside its range, or two settings contradict each other.
    pub fn is_config(&self) -> bool {
        self.kind == ErrorKind::Config
    }

    /// An article or page cannot be read as what it claims to be.
    pub fn is_input(&self) -> bool {
        self.kind == ErrorKind::Input
    }

    /// Two articles of one call carry the same id.
    pub fn is_duplicate(&self) -> bool {
        self.kind == ErrorKind::Duplicate
    }

    /// Two things were made under different schemes and cannot be compared.
    pub fn is_incompatible(&self) -> bool {
        self.kind == ErrorKind::Incompatible
    }

    /// The operating system refused to read or write a file.
    pub fn is_io(&self) -> bool {
        self.kind == ErrorKind::Io
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.kind)
            .field("message", &self.message)
            .field("source", &self.source)
            .finish()
    }
}

// The source is reachable by `std::error::Error::source`, so the message does not repeat it.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}

impl From<minhash_lsh::Error> for Error {
    fn from(error: minhash_lsh::Error) -> Error {
        let kind =
            if error.is_incompatible() { ErrorKind::Incompatible } else { ErrorKind::Config };
        Error::new(kind, error.to_string())
    }
}
