//! One article of a page: what was taken and what was left out.

use super::credit::Credit;
use super::layout::LiveEntry;
use super::line_class::Dropped;
use crate::span::Span;
use crate::timestamp::Published;

/// An article as found on a page.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct PageArticle {
    /// The title; `None` for text without one.
    pub title: Option<Span>,
    /// First line, counted from 1: the title's, where there is one; in a [layout](super::Layout) with labelled heads, the
    /// head's.
    pub first_line: usize,
    /// Last line, counted from 1.
    pub last_line: usize,
    /// The body: ascending, disjoint, without datelines, signatures and everything in `dropped`.
    pub body: Vec<Span>,
    /// Words of the body; two characters of a script without spaces count as one.
    pub body_words: usize,
    /// What lies between the first and the last line and is neither title nor body, ascending.
    pub dropped: Vec<Dropped>,
    /// The agencies named, and in which sense.
    pub credits: Vec<Credit>,
    /// When it was published, as far as the page tells.
    pub published: Published,
    /// The line that names the writer.
    pub byline: Option<Span>,
    /// The outlet, where the page names it.
    pub outlet: Option<Span>,
    /// Fewer than 40 words: kept because it carries a sign of an article (title, dateline, agency, date).
    pub brief: bool,
    /// The entries of a live blog, in the order of the page; empty elsewhere.
    pub entries: Vec<LiveEntry>,
}
