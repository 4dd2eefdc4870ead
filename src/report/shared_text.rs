//! Words of an article in the report.

use crate::article::Article;
use crate::span::Span;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// Words of an article's original text, shared with the article and not copied: a `str` to whoever reads them.
///
/// The original lives as long as any report that quotes it. Equal words are equal, wherever they stand.
///
/// ```
/// use wirecopy::report::SharedText;
/// let words = SharedText::from("Le pont de Sourlac");
/// assert_eq!(words, "Le pont de Sourlac");
/// assert!(words.starts_with("Le pont"));
/// ```
#[derive(Clone)]
pub struct SharedText {
    original: Arc<str>,
    /// On character boundaries of it.
    span: Span,
}

impl SharedText {
    /// What stands at `span` in an article's original; `None` where it has no such bytes.
    pub(super) fn of(article: &Article, span: Span) -> Option<SharedText> {
        span.slice(article.original())?;
        Some(SharedText { original: Arc::clone(article.original_shared()), span })
    }

    /// The words. O(1).
    pub fn as_str(&self) -> &str {
        self.span.slice(&self.original).unwrap_or_default()
    }
}

impl Deref for SharedText {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl std::borrow::Borrow<str> for SharedText {
    fn borrow(&self) -> &str {
        self
    }
}

impl AsRef<str> for SharedText {
    fn as_ref(&self) -> &str {
        self
    }
}

impl<T: Into<Arc<str>>> From<T> for SharedText {
    fn from(words: T) -> SharedText {
        let original = words.into();
        let span = Span::new(0, original.len()).unwrap_or_default();
        SharedText { original, span }
    }
}

impl PartialEq for SharedText {
    fn eq(&self, other: &SharedText) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for SharedText {}

impl PartialEq<str> for SharedText {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for SharedText {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Debug for SharedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for SharedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for SharedText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for SharedText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<SharedText, D::Error> {
        Ok(Arc::<str>::deserialize(deserializer)?.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_an_article_equal_the_same_words_alone() {
        let article = Article::new("a", "Le préfet de Vernoise parle d'usure.").unwrap();
        let at = Span::new(3, 10).unwrap();
        let words = SharedText::of(&article, at).unwrap();
        assert_eq!(words, SharedText::from("préfet"));
        assert_eq!(format!("{words} {words:?}"), "préfet \"préfet\"");
        let cut = SharedText::of(&article, Span::new(6, 10).unwrap());
        assert_eq!((cut, SharedText::of(&article, Span::new(30, 90).unwrap())), (None, None));
    }
}
