//! What the report says beside the answer itself.

use std::collections::BTreeMap;
use std::fmt;

/// Something that could not be read; the rest of the work went on.
///
/// ```
/// let failure = wirecopy::report::Failure::new("pages/une.txt", "line 3 is no UTF-8; save the page as UTF-8");
/// assert_eq!(failure.to_string(), "pages/une.txt: line 3 is no UTF-8; save the page as UTF-8");
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Failure {
    /// The file, or the line of a file.
    pub place: String,
    /// What is wrong and the way out.
    pub reason: String,
}

impl Failure {
    /// A failure at a place.
    pub fn new(place: impl Into<String>, reason: impl Into<String>) -> Failure {
        Failure { place: place.into(), reason: reason.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.reason)
    }
}

/// What the report says beside the answer itself: settings, schemes, failures, and whether it quotes texts.
///
/// ```
/// use wirecopy::report::{Failure, ReportContext};
/// let context = ReportContext::new()
///     .with_setting("granularity", "story")
///     .with_failures([Failure::new("vide.txt", "holds no article")])
///     .without_texts();
/// # let _ = context;
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[must_use]
pub struct ReportContext {
    pub(super) text_scheme: Option<String>,
    pub(super) engine_scheme: Option<String>,
    pub(super) configuration: BTreeMap<String, String>,
    pub(super) failures: Vec<Failure>,
    pub(super) spans_only: bool,
}

impl ReportContext {
    /// Nothing beside the answer; texts are quoted.
    pub fn new() -> ReportContext {
        ReportContext::default()
    }

    /// Names the tokenisation specification, by its digest in hexadecimal.
    pub fn with_text_scheme(mut self, digest: impl fmt::Display) -> ReportContext {
        self.text_scheme = Some(digest.to_string());
        self
    }

    /// Names the scheme of the sketches.
    pub fn with_engine_scheme(mut self, scheme: impl fmt::Display) -> ReportContext {
        self.engine_scheme = Some(scheme.to_string());
        self
    }

    /// Echoes one setting; the last value of a name counts.
    pub fn with_setting(
        mut self,
        name: impl Into<String>,
        value: impl fmt::Display,
    ) -> ReportContext {
        self.configuration.insert(name.into(), value.to_string());
        self
    }

    /// Lists what could not be read, after what is listed already.
    pub fn with_failures<F: Into<Failure>>(
        mut self,
        failures: impl IntoIterator<Item = F>,
    ) -> ReportContext {
        self.failures.extend(failures.into_iter().map(Into::into));
        self
    }

    /// Gives spans alone and no words of passages, conflicts and missing details: for reports that must not carry the
    /// publishers' texts. Titles stay.
    pub fn without_texts(mut self) -> ReportContext {
        self.spans_only = true;
        self
    }
}

impl From<crate::page::Failure> for Failure {
    fn from(failure: crate::page::Failure) -> Failure {
        Failure { place: failure.place(), reason: failure.reason }
    }
}
