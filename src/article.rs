//! The article: what every stage works on.

use crate::error::{Error, Result};
use crate::language::Language;
use crate::page::credit::Credit;
use crate::span::Span;
use crate::timestamp::Published;
use std::fmt;
use std::sync::Arc;

/// The name of an article, unique in a collection: the caller's own, or `relative/path#ordinal` from the page reader.
///
/// Ids decide every tie (the smaller wins), so results depend on them and never on input order.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct ArticleId(Arc<str>);

impl ArticleId {
    /// Any non-empty text.
    ///
    /// # Errors
    /// `is_input` for an empty id.
    pub fn new(id: impl Into<Arc<str>>) -> Result<ArticleId> {
        let id = id.into();
        if id.is_empty() {
            return Err(Error::input(
                "an article id is empty; give every article a name of its own",
            ));
        }
        Ok(ArticleId(id))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::ops::Deref for ArticleId {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for ArticleId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for ArticleId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for ArticleId {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for ArticleId {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

impl PartialEq<String> for ArticleId {
    fn eq(&self, other: &String) -> bool {
        &*self.0 == other.as_str()
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for ArticleId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<ArticleId, D::Error> {
        ArticleId::new(Arc::<str>::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Who feeds the article into the collection.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Role {
    /// A publisher's text.
    #[default]
    Publisher,
    /// The agency's own feed.
    Wire,
}

/// An article: id, title, body, source, publication time, and the original text that every offset points into.
///
/// The body is one or more spans of the original: what the page reader left after taking out captions, furniture and
/// repeated standfirsts. Text is shared (`Arc<str>`), never copied: all articles of a page point into one text.
///
/// ```
/// use wirecopy::{Article, Timestamp, Published};
/// let article = Article::new("a1", "Le pont de Sourlac a rouvert mardi.")?
///     .with_title("Sourlac retrouve son pont")
///     .with_outlet("La Gazette de Sourlac")
///     .with_published(Published::at(Timestamp::parse("2026-03-03T12:00:00Z")?));
/// assert_eq!(article.body().collect::<String>(), "Le pont de Sourlac a rouvert mardi.");
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Article {
    id: ArticleId,
    title: Option<Arc<str>>,
    original: Arc<str>,
    body: Vec<Span>,
    published: Published,
    outlet: Option<Arc<str>>,
    family: Option<Arc<str>>,
    role: Role,
    language: Option<Language>,
    credits: Vec<Credit>,
}

/// Longest original text, in bytes: offsets of tokens are stored in 32 bits.
pub const MAX_TEXT_BYTES: usize = u32::MAX as usize;

impl Article {
    /// An article whose body is the whole of `body`.
    ///
    /// # Errors
    /// `is_input` for an empty id or a text of more than [`MAX_TEXT_BYTES`]. An empty body is no error: the answer
    /// reports it under the short-text policy.
    pub fn new(id: impl Into<Arc<str>>, body: impl Into<Arc<str>>) -> Result<Article> {
        let original = body.into();
        let whole = Span::new(0, original.len()).into_iter().collect();
        Article::from_spans(id, original, whole)
    }

    /// An article whose body is the given spans of `original`, in order.
    ///
    /// # Errors
    /// `is_input` when the id is empty, the text too long, or the spans are not ascending, disjoint and on character
    /// boundaries.
    pub fn from_spans(
        id: impl Into<Arc<str>>,
        original: impl Into<Arc<str>>,
        body: Vec<Span>,
    ) -> Result<Article> {
        let id = ArticleId::new(id)?;
        let original = original.into();
        if original.len() > MAX_TEXT_BYTES {
            return Err(Error::input(format!(
                "article {id}: {} bytes are more than the limit of {MAX_TEXT_BYTES}; split the text",
                original.len()
            )));
        }
        let mut end = 0;
        for span in &body {
            if span.start() < end || span.slice(&original).is_none() {
                return Err(Error::input(format!(
                    "article {id}: body span {span:?} overlaps the one before it, leaves the text of {} bytes or cuts a \
                     character",
                    original.len()
                )));
            }
            end = span.end();
        }
        Ok(Article {
            id,
            title: None,
            original,
            body,
            published: Published::UNKNOWN,
            outlet: None,
            family: None,
            role: Role::Publisher,
            language: None,
            credits: Vec::new(),
        })
    }

    /// With its title, which is not part of the body.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<Arc<str>>) -> Article {
        self.title = Some(title.into());
        self
    }

    /// With its publication time.
    #[must_use]
    pub fn with_published(mut self, published: Published) -> Article {
        self.published = published;
        self
    }

    /// With the outlet that published it (site, newspaper).
    #[must_use]
    pub fn with_outlet(mut self, outlet: impl Into<Arc<str>>) -> Article {
        self.outlet = Some(outlet.into());
        self
    }

    /// With the family of publishers that the outlet belongs to; outlets of one family are one origin.
    #[must_use]
    pub fn with_family(mut self, family: impl Into<Arc<str>>) -> Article {
        self.family = Some(family.into());
        self
    }

    /// With its role in the collection.
    #[must_use]
    pub fn with_role(mut self, role: Role) -> Article {
        self.role = role;
        self
    }

    /// With its language, which outranks detection.
    #[must_use]
    pub fn with_language(mut self, language: Language) -> Article {
        self.language = Some(language);
        self
    }

    /// With the credits found in or known of it.
    #[must_use]
    pub fn with_credits(mut self, credits: Vec<Credit>) -> Article {
        self.credits = credits;
        self
    }

    /// The id.
    pub fn id(&self) -> &ArticleId {
        &self.id
    }

    /// The title.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The shared handle of the title.
    pub(crate) fn title_shared(&self) -> Option<&Arc<str>> {
        self.title.as_ref()
    }

    /// The text that every span of this article points into.
    pub fn original(&self) -> &str {
        &self.original
    }

    /// The shared handle of the original.
    pub fn original_shared(&self) -> &Arc<str> {
        &self.original
    }

    /// The spans of the body, ascending and disjoint.
    pub fn body_spans(&self) -> &[Span] {
        &self.body
    }

    /// The pieces of the body, in order.
    pub fn body(&self) -> impl Iterator<Item = &str> {
        self.body.iter().filter_map(|span| span.slice(&self.original))
    }

    /// The pieces of `span` that belong to the body: what a reader saw of a passage, without the captions between.
    pub fn body_within(&self, span: Span) -> impl Iterator<Item = &str> {
        self.body
            .iter()
            .filter_map(move |piece| piece.intersection(span))
            .filter_map(|piece| piece.slice(&self.original))
    }

    /// Publication time, as far as known.
    pub fn published(&self) -> Published {
        self.published
    }

    /// The outlet.
    pub fn outlet(&self) -> Option<&str> {
        self.outlet.as_deref()
    }

    /// The family of publishers.
    pub fn family(&self) -> Option<&str> {
        self.family.as_deref()
    }

    /// The shared handle of the outlet.
    pub(crate) fn outlet_shared(&self) -> Option<&Arc<str>> {
        self.outlet.as_ref()
    }

    /// The shared handle of the family.
    pub(crate) fn family_shared(&self) -> Option<&Arc<str>> {
        self.family.as_ref()
    }

    /// Who stands behind it: the family (`true`), else the outlet.
    pub(crate) fn publisher(&self) -> Option<(bool, &str)> {
        let family = self.family().map(|family| (true, family));
        family.or(self.outlet().map(|outlet| (false, outlet)))
    }

    /// The role.
    pub fn role(&self) -> Role {
        self.role
    }

    /// The language the caller gave; `None` leaves it to detection.
    pub fn language(&self) -> Option<Language> {
        self.language
    }

    /// The credits.
    pub fn credits(&self) -> &[Credit] {
        &self.credits
    }
}
