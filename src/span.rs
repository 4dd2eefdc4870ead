//! Byte spans of an original text.

use std::fmt;

/// A half-open range of bytes of an article's original text.
///
/// Unlike `std::ops::Range` it is `Copy`, ordered and hashable, and it can only be empty or forward.
///
/// ```
/// let span = wirecopy::Span::new(3, 8).expect("3 is not after 8");
/// assert_eq!(span.slice("Le maire parle"), Some("maire"));
/// assert_eq!(span.len(), 5);
/// assert!(wirecopy::Span::new(8, 3).is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// The span from byte `start` to before byte `end`; `None` when it would run backwards.
    pub fn new(start: usize, end: usize) -> Option<Span> {
        (start <= end).then_some(Span { start, end })
    }

    /// The smallest span that holds both.
    pub fn hull(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The bytes both share, `None` when there are none.
    pub fn intersection(self, other: Span) -> Option<Span> {
        let start = self.start.max(other.start);
        let end = self.end.min(other.end);
        (start < end).then_some(Span { start, end })
    }

    /// The text of the span; `None` when it does not lie on character boundaries of `text`.
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Span {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Span, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(rename = "Span")]
        struct Bounds {
            start: usize,
            end: usize,
        }
        let Bounds { start, end } = Bounds::deserialize(deserializer)?;
        Span::new(start, end)
            .ok_or_else(|| serde::de::Error::custom(format!("span {start}..{end} runs backwards")))
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
