//! One article of a page: what was taken and what was left out.

use super::credit::Credit;
use super::layout::LiveEntry;
use super::line_class::{DropReason, Dropped, PageLine};
use crate::span::Span;
use crate::timestamp::Published;

/// An article as found on a page.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct PageArticle {
    /// The title; `None` for text without one.
    pub title: Option<Span>,
    /// First line, counted from 1: the title's, where there is one.
    pub first_line: usize,
    /// Last line, counted from 1: of the body, or of the credit, byline or sign-off below it.
    pub last_line: usize,
    /// The body: ascending, disjoint, without datelines, signatures and everything in `dropped`.
    pub body: Vec<Span>,
    /// Words of the body; two characters of a script without spaces count as one.
    pub body_words: usize,
    /// What is the article's and neither title nor body, ascending; the fields of a labelled [layout](super::Layout) may
    /// stand above its first line and below its last.
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

impl PageArticle {
    /// First and last line where labelled fields stand around the article: of its title and text.
    pub(crate) fn narrow(&mut self, lines: &[PageLine]) {
        let closing = |piece: &&Dropped| {
            matches!(piece.reason, DropReason::Credit | DropReason::SignOff | DropReason::Byline)
        };
        let body = self.body.first().map(|span| span.start());
        let start = self.title.map(|title| title.start()).or(body);
        let signed = self.dropped.iter().rfind(closing).map(|piece| piece.span.end());
        let end = self.body.last().map(|span| span.end()).max(signed);
        let line = |at: usize| lines.partition_point(|line| line.span.start() < at.max(1));
        if let (Some(start), Some(end)) = (start, end) {
            self.first_line = line(start + 1).max(1);
            self.last_line = line(end).max(self.first_line);
        }
    }
}
