//! What each line of a page is, and why a piece of it is in no body.

use crate::span::Span;

/// What one line of a page is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum LineClass {
    /// Nothing to read.
    Blank,
    /// The title of an article.
    Title,
    /// The title once more.
    TitleRepeat,
    /// Running text of an article.
    Paragraph,
    /// A heading inside an article, part of its body.
    Subheading,
    /// An entry of a list.
    Bullet,
    /// A summary above the text.
    Standfirst,
    /// The text under a picture.
    Caption,
    /// A line that names an agency as the origin.
    Credit,
    /// A line that names the writer.
    Byline,
    /// Initials of the desk, or who reported and edited.
    SignOff,
    /// A dateline on a line of its own.
    Dateline,
    /// A line that tells when the article was published.
    PublicationLine,
    /// A time relative to a moment that the page does not tell.
    TimeAgo,
    /// The name of the outlet.
    Outlet,
    /// A field, code or count of a [layout](super::Layout) that labels its lines.
    Header,
    /// A message that another message quotes.
    Quoted,
    /// Menus, buttons, adverts, boxes; lines repeated on many pages.
    Furniture,
    /// Outside of every article, and of no known form: headlines of a sidebar, kickers.
    Other,
}

/// Why a piece of a page is in no article's body.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum DropReason {
    /// The title printed again.
    TitleRepeated,
    /// Menu, button, advert, box, or a line learned from other pages.
    Furniture,
    /// A short line that comes back inside one article.
    RepeatedLine,
    /// Text under a picture.
    Caption,
    /// A summary whose words come again in the body.
    StandfirstRepeated,
    /// A summary above the text.
    Standfirst,
    /// A paragraph that stands above word for word.
    ParagraphRepeated,
    /// A line that names an agency as the origin, or its signature at the end of a paragraph.
    Credit,
    /// A line that names the writer.
    Byline,
    /// Place, day and agency at the head of a dispatch.
    Dateline,
    /// Initials of the desk, or who reported and edited.
    SignOff,
    /// When the article was published.
    PublicationLine,
    /// A relative time.
    TimeAgo,
    /// The name of the outlet.
    Outlet,
    /// A field, code, count or mark of a [layout](super::Layout) that labels its lines.
    Header,
    /// A message that another message quotes.
    Quoted,
    /// Outside of every article: sidebar, headlines, masthead.
    Outside,
    /// A stretch of text too short for an article, with nothing that shows one.
    TooShort,
}

/// One line of a page. Lines end at LF, CRLF, CR, NEL, U+2028 and U+2029.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PageLine {
    /// Its text without white space at both ends.
    pub span: Span,
    /// What it is.
    pub class: LineClass,
    /// The article it belongs to, by its place in [`Page::articles`](super::Page::articles).
    pub article: Option<usize>,
}

/// A piece of a page that is in no body, and the reason.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Dropped {
    /// The piece.
    pub span: Span,
    /// Why.
    pub reason: DropReason,
}
