//! The classified blocks as an article: body, dropped pieces, credits, date.

use super::Composer;
use super::draft::Draft;
use crate::page::credit::{self, Credit, Sense};
use crate::page::credit_line::names_a_person;
use crate::page::date::{DateLine, dates, decide};
use crate::page::dateline::dateline;
use crate::page::fold::{count_words, is_blank};
use crate::page::kind::Kind;
use crate::page::line::trim;
use crate::page::line_class::{DropReason, Dropped, LineClass};
use crate::page::mention::mentions;
use crate::page::page_article::PageArticle;
use crate::page::segment::{MIN_BODY_WORDS, Stretch};
use crate::span::Span;
use crate::timestamp::Published;

/// An article's body while it is put together.
#[derive(Default)]
struct Body {
    pieces: Vec<Span>,
    /// Words of all pieces.
    words: usize,
    dropped: Vec<Dropped>,
    /// The first dateline.
    dateline: Option<Span>,
    /// Running text or a dateline has been seen.
    has_prose: bool,
    /// The block of the last piece.
    last: Option<usize>,
}

/// A span in two, `bytes` after its start.
fn split_at(span: Span, bytes: usize) -> Option<(Span, Span)> {
    let middle = span.start() + bytes;
    Span::new(span.start(), middle).zip(Span::new(middle, span.end()))
}

impl Composer<'_> {
    pub(super) fn assemble(
        &self,
        draft: &Draft,
        stretch: Stretch,
        page_date: Option<usize>,
        outlet: Option<Span>,
    ) -> PageArticle {
        let closing = self.closing(draft, stretch);
        let mut body = Body::default();
        for index in (stretch.first..=stretch.last).filter(|&index| Some(index) != stretch.title) {
            match draft.reason(index) {
                Some(reason) => self.leave_out(index, reason, &mut body),
                None => self.take_in(index, closing, &mut body),
            }
        }
        let block = |index: usize| self.blocks.get(index);
        PageArticle {
            title: stretch.title.and_then(block).map(|block| block.span),
            first_line: block(stretch.first).map_or(1, |block| block.first + 1),
            last_line: block(stretch.last).map_or(1, |block| block.last + 1),
            body: body.pieces,
            body_words: body.words,
            dropped: body.dropped,
            credits: self.credits(draft, stretch, closing),
            published: self.published(stretch, draft, page_date, body.dateline),
            byline: self.byline(draft, stretch),
            outlet,
            brief: body.words < MIN_BODY_WORDS,
            entries: Vec::new(),
        }
    }

    /// The last block of prose in the body, which an agency may sign; of a flash, which is no sentence, the last block.
    fn closing(&self, draft: &Draft, stretch: Stretch) -> Option<usize> {
        let kept = |index: &usize| Some(*index) != stretch.title && draft.in_body(*index);
        let mut blocks = (stretch.first..=stretch.last).rev().filter(kept);
        let last = blocks.clone().next();
        blocks.find(|&index| self.kind(index).is_some_and(Kind::is_prose)).or(last)
    }

    fn leave_out(&self, index: usize, reason: DropReason, body: &mut Body) {
        let Some(block) = self.blocks.get(index) else { return };
        if reason == DropReason::Dateline {
            body.dateline.get_or_insert(block.span);
            body.has_prose = true;
        }
        body.dropped.push(Dropped { span: block.span, reason });
    }

    /// Adds a block to the body without its dateline and its signature.
    fn take_in(&self, index: usize, closing: Option<usize>, body: &mut Body) {
        let Some(block) = self.blocks.get(index) else { return };
        let mut piece = block.span;
        if self.kind(index).is_some_and(Kind::is_prose) {
            if let Some(end) = self.dateline_end(index, !body.has_prose)
                && let Some((head, rest)) = split_at(piece, end)
            {
                let span = trim(self.text, head);
                body.dropped.push(Dropped { span, reason: DropReason::Dateline });
                body.dateline.get_or_insert(head);
                piece = rest;
            }
            body.has_prose = true;
        }
        if Some(index) == closing
            && let Some(open) = credit::closing_signature(self.slice(piece))
            && let Some((kept, cut)) = split_at(piece, open)
        {
            body.dropped.push(Dropped { span: cut, reason: DropReason::Credit });
            piece = trim(self.text, kept);
        }
        if piece.is_empty() {
            return;
        }
        let (pieces, marks) = self.layout.visible(self.text, piece);
        let cut = |span| Dropped { span, reason: DropReason::Header };
        body.dropped.extend(marks.into_iter().map(cut));
        for piece in pieces {
            self.put(index, piece, body);
        }
    }

    fn put(&self, index: usize, piece: Span, body: &mut Body) {
        body.words += count_words(self.slice(piece));
        match (body.pieces.last_mut(), body.last) {
            // Nothing but white space between: one piece for the reader.
            (Some(open), Some(above))
                if above + 1 >= index && self.is_blank_between(open.end(), piece.start()) =>
            {
                *open = open.hull(piece);
            }
            _ => body.pieces.push(piece),
        }
        body.last = Some(index);
    }

    fn slice(&self, span: Span) -> &str {
        span.slice(self.text).unwrap_or_default()
    }

    fn byline(&self, draft: &Draft, stretch: Stretch) -> Option<Span> {
        let names_the_writer = |index: &usize| match draft.class(*index) {
            Some(LineClass::Byline) => true,
            Some(LineClass::Credit) => names_a_person(self.content(*index)),
            _ => false,
        };
        let index = (stretch.first..=stretch.last).find(names_the_writer)?;
        self.blocks.get(index).map(|block| block.span)
    }

    fn is_blank_between(&self, from: usize, to: usize) -> bool {
        self.text.get(from..to).is_some_and(|gap| gap.chars().all(is_blank))
    }

    /// The dateline of a paragraph: any kind at the first paragraph, one that names an agency also further down, where
    /// another dispatch begins.
    fn dateline_end(&self, index: usize, first: bool) -> Option<usize> {
        let content = self.content(index);
        let end = dateline(content)?;
        let head = content.get(..end)?;
        (first
            || !mentions(head).is_empty()
            || dates(head, 0).iter().any(|date| date.day.is_some()))
        .then_some(end)
    }

    fn credits(&self, draft: &Draft, stretch: Stretch, closing: Option<usize>) -> Vec<Credit> {
        let mut credits = Vec::new();
        for index in stretch.first..=stretch.last {
            let Some(block) = self.blocks.get(index) else { continue };
            let sense = match draft.class(index) {
                Some(LineClass::Caption) => Sense::Picture,
                // A field names subjects and publishers, which say nothing of the text.
                Some(LineClass::Header) => continue,
                Some(
                    LineClass::Credit
                    | LineClass::Outlet
                    | LineClass::Byline
                    | LineClass::PublicationLine
                    | LineClass::SignOff
                    | LineClass::Dateline,
                ) => Sense::Signature,
                _ => Sense::Prose { last: Some(index) == closing },
            };
            credit::read(self.text, block.span, sense, &mut credits);
        }
        credit::settle(self.text, &mut credits);
        credits
    }

    fn published(
        &self,
        stretch: Stretch,
        draft: &Draft,
        page_date: Option<usize>,
        dateline_span: Option<Span>,
    ) -> Published {
        let line = |span: Span| DateLine {
            text: span.slice(self.text).unwrap_or_default(),
            base: span.start(),
        };
        let spans = |wanted: &dyn Fn(usize) -> bool| -> Vec<DateLine<'_>> {
            (stretch.first..=stretch.last)
                .filter(|&index| wanted(index))
                .filter_map(|index| self.blocks.get(index))
                .map(|block| line(block.span))
                .collect()
        };
        let mut lines = spans(&|index| draft.class(index) == Some(LineClass::PublicationLine));
        lines.extend(
            page_date.and_then(|index| self.blocks.get(index)).map(|block| line(block.span)),
        );
        let running = spans(&|index| {
            matches!(
                draft.class(index),
                Some(
                    LineClass::Paragraph
                        | LineClass::Caption
                        | LineClass::Bullet
                        | LineClass::Standfirst
                )
            )
        });
        decide(&lines, dateline_span.map(line), &running, self.reference)
    }
}
