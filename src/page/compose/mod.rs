//! From a stretch of blocks to an article: which pieces are its body, and why each of the others is not.

mod assemble;
mod draft;
mod repeats;

use super::credit;
use super::date::dates;
use super::dateline::dateline;
use super::fold::line_key;
use super::furniture::ends_with_stop;
use super::kind::Kind;
use super::layout::Layout;
use super::line::{Block, trim};
use super::line_class::{DropReason, LineClass};
use super::page_article::PageArticle;
use super::segment::{Stretch, is_terminated};
use crate::span::Span;
use crate::timestamp::Timestamp;
use draft::Draft;

/// An unfinished line inside the body is a caption from so many words on, if it also tells a date or a credit; shorter ones
/// and those without are subheadings.
const CAPTION_WORDS: usize = 10;
const CAPTION_MOST_WORDS: usize = 60;
/// Above the first paragraph a line without an end is a summary, unless it has so many words.
const CUT_LEDE_WORDS: usize = 20;
const OUTLET_WORDS: usize = 5;
/// A bullet above the text is a whole sentence of the lede from so many words on.
const LEDE_WORDS: usize = 12;

pub(crate) struct Composer<'a> {
    pub(crate) layout: Layout,
    pub(crate) text: &'a str,
    pub(crate) blocks: &'a [Block],
    pub(crate) kinds: &'a [Kind],
    pub(crate) reference: Option<Timestamp>,
}

impl<'a> Composer<'a> {
    fn content(&self, index: usize) -> &'a str {
        self.blocks.get(index).and_then(|block| block.span.slice(self.text)).unwrap_or_default()
    }

    fn kind(&self, index: usize) -> Option<Kind> {
        self.kinds.get(index).copied()
    }

    fn key(&self, index: usize) -> u64 {
        self.blocks.get(index).map_or(0, |block| block.key)
    }

    fn words(&self, index: usize) -> usize {
        self.blocks.get(index).map_or(0, |block| block.words)
    }

    /// The article of `stretch`, and the class of each of its blocks.
    pub(crate) fn compose(
        &self,
        stretch: Stretch,
        page_date: Option<usize>,
    ) -> (PageArticle, Vec<LineClass>) {
        let range = stretch.first..=stretch.last;
        let mut draft = Draft::of(stretch);
        let opening = self.opening(stretch);
        let closing = range
            .clone()
            .rev()
            .find(|&index| self.kind(index).is_some_and(Kind::is_prose))
            .unwrap_or(opening);
        for index in range.clone() {
            self.classify(&mut draft, stretch, index, opening, closing);
        }
        if let Some(title) = stretch.title {
            draft.set(title, LineClass::Title, None);
        }
        self.drop_slugs(&mut draft, stretch);
        self.drop_repeats(&mut draft, stretch);
        let outlet = self.outlet(&mut draft, stretch);
        let article = self.assemble(&draft, stretch, page_date, outlet);
        (article, draft.into_classes())
    }

    /// The first block of running prose: not a caption that is printed twice.
    fn opening(&self, stretch: Stretch) -> usize {
        (stretch.first..=stretch.last)
            .find(|&index| {
                Some(index) != stretch.title
                    && self.kind(index).is_some_and(Kind::is_prose)
                    && !self.is_doubled(index)
                    && !self.is_signed_caption(index, stretch.last)
            })
            .unwrap_or(stretch.first)
    }

    fn is_doubled(&self, index: usize) -> bool {
        let key = self.key(index);
        key != 0
            && (index.checked_sub(1).is_some_and(|above| self.key(above) == key)
                || self.key(index + 1) == key)
    }

    /// "The bridge of Sourlac on Tuesday. (AFP)" above the text: only at an article's end does it sign the text.
    fn is_signed_caption(&self, index: usize, last: usize) -> bool {
        let content = self.content(index);
        let words = self.words(index);
        words <= CAPTION_MOST_WORDS
            && credit::closing_credit(content).is_some()
            && dateline(content).is_none()
            && (index + 1..=last).any(|below| {
                self.kind(below) == Some(Kind::Paragraph) && self.key(below) != self.key(index)
            })
    }

    fn classify(
        &self,
        draft: &mut Draft,
        stretch: Stretch,
        index: usize,
        opening: usize,
        closing: usize,
    ) {
        let Some(kind) = self.kind(index) else { return };
        let in_head = index < opening;
        let in_tail = index > closing;
        let is_title =
            stretch.title.is_some_and(|title| title != index && self.key(title) == self.key(index));
        match kind {
            _ if Some(index) == stretch.title => {}
            _ if is_title => draft.drop(index, LineClass::TitleRepeat, DropReason::TitleRepeated),
            Kind::Furniture(_) => draft.drop(index, LineClass::Furniture, DropReason::Furniture),
            Kind::Header => draft.drop(index, LineClass::Header, DropReason::Header),
            Kind::Outlet => draft.drop(index, LineClass::Outlet, DropReason::Outlet),
            Kind::Quoted => draft.drop(index, LineClass::Quoted, DropReason::Quoted),
            Kind::TimeAgo(_) => draft.drop(index, LineClass::TimeAgo, DropReason::TimeAgo),
            Kind::Publication => {
                draft.drop(index, LineClass::PublicationLine, DropReason::PublicationLine)
            }
            // Under a picture the sign is the picture's, at the end of the text it is the text's.
            Kind::Credit
                if !in_tail
                    && self.layout != Layout::PressDatabase
                    && self.content(index).trim_start_matches(['(', '[']).starts_with('©') =>
            {
                draft.drop(index, LineClass::Caption, DropReason::Caption);
            }
            Kind::Credit => draft.drop(index, LineClass::Credit, DropReason::Credit),
            Kind::SignOff => draft.drop(index, LineClass::SignOff, DropReason::SignOff),
            Kind::Caption => draft.drop(index, LineClass::Caption, DropReason::Caption),
            Kind::Dateline => draft.drop(index, LineClass::Dateline, DropReason::Dateline),
            Kind::Byline(explicit) if explicit || in_head || in_tail => {
                draft.drop(index, LineClass::Byline, DropReason::Byline);
            }
            Kind::Byline(_) | Kind::Subheading => draft.set(index, LineClass::Subheading, None),
            // A lede in bullets is text; what comes again below is dropped later.
            Kind::Bullet
                if in_head
                    && self.words(index) >= LEDE_WORDS
                    && ends_with_stop(self.content(index)) =>
            {
                draft.set(index, LineClass::Bullet, None);
            }
            Kind::Bullet if in_head => draft.drop(index, LineClass::Bullet, DropReason::Standfirst),
            Kind::Bullet => draft.set(index, LineClass::Bullet, None),
            _ if in_head && self.is_doubled(index) => {
                draft.drop(index, LineClass::Caption, DropReason::Caption)
            }
            _ if self.is_signed_caption(index, stretch.last) => {
                draft.drop(index, LineClass::Caption, DropReason::Caption);
            }
            Kind::Paragraph | Kind::Sentence => {}
            // A lede that was cut off is longer than any heading.
            Kind::Short if in_head && self.words(index) >= CUT_LEDE_WORDS => {}
            Kind::Short if in_head => {
                draft.drop(index, LineClass::Standfirst, DropReason::Standfirst)
            }
            Kind::Short if self.is_unsigned_caption(index, closing) => {
                draft.drop(index, LineClass::Caption, DropReason::Caption);
            }
            Kind::Short => draft.set(index, LineClass::Subheading, None),
        }
    }

    /// A line without an end, inside the body, that is long for a subheading and tells a date.
    fn is_unsigned_caption(&self, index: usize, closing: usize) -> bool {
        let content = self.content(index);
        index < closing
            && (CAPTION_WORDS..=CAPTION_MOST_WORDS).contains(&self.words(index))
            && !is_terminated(content)
            && (dates(content, 0).iter().any(|date| date.year.is_some())
                || credit::closing_credit(content).is_some())
    }

    /// The outlet that an aggregator prints beside the relative time.
    fn outlet(&self, draft: &mut Draft, stretch: Stretch) -> Option<Span> {
        let near = stretch.first..=stretch.last.min(stretch.first + 8);
        let mut found = None;
        for index in near.clone() {
            let Some(Kind::TimeAgo(end)) = self.kind(index) else { continue };
            let start = self.blocks.get(index)?.span.start();
            let printed = Span::new(start, start + end).map(|span| trim(self.text, span));
            found = printed.filter(|span| !span.is_empty());
            let above = index.checked_sub(1).filter(|above| near.contains(above));
            if let (None, Some(above)) = (found, above)
                && matches!(draft.class(above), Some(LineClass::Standfirst | LineClass::Byline))
                && (1..=OUTLET_WORDS).contains(&self.words(above))
            {
                found = self.blocks.get(above).map(|block| block.span);
            }
            break;
        }
        let name = line_key(found?.slice(self.text)?);
        for index in near {
            if self.key(index) == name && Some(index) != stretch.title {
                draft.drop(index, LineClass::Outlet, DropReason::Outlet);
            }
        }
        found
    }
}
