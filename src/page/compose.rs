//! From a stretch of blocks to an article: which pieces are its body, and why each of the others is not.

use super::agency::mentions;
use super::credit::{self, Credit, Sense};
use super::date::{DateLine, dates, decide};
use super::dateline::dateline;
use super::fold::count_words;
use super::kind::Kind;
use super::line::{Block, word_keys};
use super::page::{DropReason, Dropped, LineClass, PageArticle};
use super::segment::{MIN_BODY_WORDS, Stretch, is_terminated};
use crate::span::Span;
use crate::timestamp::Timestamp;
use std::collections::{BTreeSet, HashMap, HashSet};

/// A summary repeats the body when this share of its runs of [`RUN_WORDS`] words is found further down.
const REPEATED_SHARE: f64 = 0.7;
const RUN_WORDS: usize = 4;
/// Paragraphs at the head that may be a standfirst.
const HEAD_PARAGRAPHS: usize = 2;
/// An unfinished line inside the body is a caption from so many words on, if it also tells a date or a credit; shorter ones
/// and those without are subheadings.
const CAPTION_WORDS: usize = 10;
const CAPTION_MOST_WORDS: usize = 60;
/// Above the first paragraph a line without an end is a summary, unless it has so many words.
const CUT_LEDE_WORDS: usize = 20;
const OUTLET_WORDS: usize = 5;
const SAME_PARAGRAPH_WORDS: usize = 8;

pub(crate) struct Composer<'a> {
    pub(crate) text: &'a str,
    pub(crate) blocks: &'a [Block],
    pub(crate) kinds: &'a [Kind],
    pub(crate) reference: Option<Timestamp>,
}

/// The classes of the blocks of one article while it is put together.
struct Draft {
    first: usize,
    classes: Vec<LineClass>,
    reasons: Vec<Option<DropReason>>,
}

impl Draft {
    fn class(&self, index: usize) -> Option<LineClass> {
        self.classes.get(index.checked_sub(self.first)?).copied()
    }

    fn set(&mut self, index: usize, class: LineClass, reason: Option<DropReason>) {
        if let Some(at) = index.checked_sub(self.first)
            && let (Some(a), Some(b)) = (self.classes.get_mut(at), self.reasons.get_mut(at))
        {
            *a = class;
            *b = reason;
        }
    }

    fn drop(&mut self, index: usize, class: LineClass, reason: DropReason) {
        self.set(index, class, Some(reason));
    }

    fn in_body(&self, index: usize) -> bool {
        index
            .checked_sub(self.first)
            .and_then(|at| self.reasons.get(at))
            .is_some_and(Option::is_none)
    }
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
        let count = stretch.last + 1 - stretch.first;
        let mut draft = Draft {
            first: stretch.first,
            classes: vec![LineClass::Paragraph; count],
            reasons: vec![None; count],
        };
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
        (article, draft.classes)
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
            Kind::TimeAgo(_) => draft.drop(index, LineClass::TimeAgo, DropReason::TimeAgo),
            Kind::Publication => {
                draft.drop(index, LineClass::PublicationLine, DropReason::PublicationLine)
            }
            // Under a picture the sign is the picture's, at the end of the text it is the text's.
            Kind::Credit if !in_tail && self.content(index).starts_with('©') => {
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

    /// A short line that comes back inside one article is the picture's slug; what follows it unfinished is its caption.
    fn drop_slugs(&self, draft: &mut Draft, stretch: Stretch) {
        let mut seen: HashMap<u64, usize> = HashMap::new();
        let is_short = |index: usize| {
            matches!(self.kind(index), Some(Kind::Short | Kind::Byline(_) | Kind::Subheading))
        };
        for index in stretch.first..=stretch.last {
            if is_short(index)
                && Some(index) != stretch.title
                && draft.class(index) != Some(LineClass::TitleRepeat)
            {
                *seen.entry(self.key(index)).or_default() += 1;
            }
        }
        for index in stretch.first..=stretch.last {
            let repeated = is_short(index)
                && seen.get(&self.key(index)).is_some_and(|&count| count > 1)
                && matches!(
                    draft.class(index),
                    Some(LineClass::Subheading | LineClass::Standfirst | LineClass::Byline)
                );
            if !repeated {
                continue;
            }
            draft.drop(index, LineClass::Furniture, DropReason::RepeatedLine);
            let below = index + 1;
            let unfinished = below < stretch.last
                && draft.in_body(below)
                && !is_terminated(self.content(below))
                && self.words(below) <= CAPTION_MOST_WORDS;
            let in_head =
                below <= stretch.last && draft.class(below) == Some(LineClass::Standfirst);
            if unfinished || in_head {
                draft.drop(below, LineClass::Caption, DropReason::Caption);
            }
        }
    }

    /// Paragraphs printed twice, and standfirsts whose words come again below.
    fn drop_repeats(&self, draft: &mut Draft, stretch: Stretch) {
        let mut seen: HashSet<u64> = HashSet::new();
        let body: Vec<usize> = (stretch.first..=stretch.last)
            .filter(|&index| Some(index) != stretch.title && draft.in_body(index))
            .collect();
        // Only summaries are looked up, so only their runs are kept: for each the last paragraph that holds it.
        let summaries = self.summaries(draft, stretch, &body);
        let mut last_seen: HashMap<u64, usize> = summaries
            .iter()
            .flat_map(|&index| runs(self.content(index)))
            .map(|run| (run, 0))
            .collect();
        if !summaries.is_empty() {
            for &index in body.iter().filter(|&&index| self.kind(index) == Some(Kind::Paragraph)) {
                for run in runs(self.content(index)) {
                    if let Some(last) = last_seen.get_mut(&run) {
                        *last = index;
                    }
                }
            }
        }
        let comes_again = |index: usize| {
            let runs = runs(self.content(index));
            let again = runs
                .iter()
                .filter(|run| last_seen.get(run).is_some_and(|&last| last > index))
                .count();
            summaries.contains(&index)
                && !runs.is_empty()
                && again as f64 >= REPEATED_SHARE * runs.len() as f64
        };
        let mut prose = 0;
        for &index in &body {
            let paragraph = matches!(self.kind(index), Some(Kind::Paragraph | Kind::Sentence));
            prose += usize::from(paragraph);
            let head = prose <= HEAD_PARAGRAPHS && paragraph;
            if (head || self.kind(index) == Some(Kind::Bullet)) && comes_again(index) {
                draft.drop(index, LineClass::Standfirst, DropReason::StandfirstRepeated);
            } else if self.words(index) >= SAME_PARAGRAPH_WORDS && !seen.insert(self.key(index)) {
                draft.drop(index, LineClass::Paragraph, DropReason::ParagraphRepeated);
            }
        }
        for index in stretch.first..=stretch.last {
            if draft.class(index) == Some(LineClass::Bullet)
                && !draft.in_body(index)
                && comes_again(index)
            {
                draft.drop(index, LineClass::Standfirst, DropReason::StandfirstRepeated);
            }
        }
    }

    /// The blocks that may repeat the body: bullets, and the first paragraphs where others follow.
    fn summaries(&self, draft: &Draft, stretch: Stretch, body: &[usize]) -> BTreeSet<usize> {
        let paragraphs: Vec<usize> = body
            .iter()
            .copied()
            .filter(|&index| matches!(self.kind(index), Some(Kind::Paragraph | Kind::Sentence)))
            .collect();
        let head = paragraphs.len().saturating_sub(1).min(HEAD_PARAGRAPHS);
        let bullets = (stretch.first..=stretch.last)
            .filter(|&index| draft.class(index) == Some(LineClass::Bullet));
        paragraphs.into_iter().take(head).chain(bullets).collect()
    }

    /// The outlet that an aggregator prints beside the relative time.
    fn outlet(&self, draft: &mut Draft, stretch: Stretch) -> Option<Span> {
        let near = stretch.first..=stretch.last.min(stretch.first + 8);
        let mut found = None;
        for index in near.clone() {
            let Some(Kind::TimeAgo(end)) = self.kind(index) else { continue };
            let start = self.blocks.get(index)?.span.start();
            let printed =
                Span::new(start, start + end).map(|span| super::line::trim(self.text, span));
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
        let name = super::fold::line_key(found?.slice(self.text)?);
        for index in near {
            if self.key(index) == name && Some(index) != stretch.title {
                draft.drop(index, LineClass::Outlet, DropReason::Outlet);
            }
        }
        found
    }

    fn assemble(
        &self,
        draft: &Draft,
        stretch: Stretch,
        page_date: Option<usize>,
        outlet: Option<Span>,
    ) -> PageArticle {
        let mut body: Vec<Span> = Vec::new();
        let mut dropped = Vec::new();
        let mut body_words = 0;
        let mut first_prose = true;
        let mut last_of_body = None;
        let mut dateline_span = None;
        let kept = |index: &usize| Some(*index) != stretch.title && draft.in_body(*index);
        let closing = (stretch.first..=stretch.last)
            .rev()
            .filter(kept)
            .find(|&index| self.kind(index).is_some_and(Kind::is_prose))
            // A flash is no sentence.
            .or_else(|| (stretch.first..=stretch.last).rev().find(kept));
        for index in stretch.first..=stretch.last {
            let Some(block) = self.blocks.get(index) else { continue };
            if Some(index) == stretch.title {
                continue;
            }
            if let Some(reason) = draft.reasons.get(index - stretch.first).copied().flatten() {
                if reason == DropReason::Dateline {
                    dateline_span = dateline_span.or(Some(block.span));
                    first_prose = false;
                }
                dropped.push(Dropped { span: block.span, reason });
                continue;
            }
            let prose = self.kind(index).is_some_and(Kind::is_prose);
            let mut piece = block.span;
            if prose
                && let Some(end) = self.dateline_end(index, first_prose)
                && let (Some(head), Some(rest)) = (
                    Span::new(piece.start(), piece.start() + end),
                    Span::new(piece.start() + end, piece.end()),
                )
            {
                dropped.push(Dropped {
                    span: super::line::trim(self.text, head),
                    reason: DropReason::Dateline,
                });
                dateline_span = dateline_span.or(Some(head));
                piece = rest;
            }
            first_prose &= !prose;
            if Some(index) == closing
                && let Some(open) =
                    credit::closing_credit(piece.slice(self.text).unwrap_or_default())
                && let (Some(kept), Some(cut)) = (
                    Span::new(piece.start(), piece.start() + open),
                    Span::new(piece.start() + open, piece.end()),
                )
            {
                dropped.push(Dropped { span: cut, reason: DropReason::Credit });
                piece = super::line::trim(self.text, kept);
            }
            if piece.is_empty() {
                continue;
            }
            body_words += count_words(piece.slice(self.text).unwrap_or_default());
            match (body.last_mut(), last_of_body) {
                // Nothing but white space between: one piece for the reader.
                (Some(open), Some(above))
                    if above + 1 == index && self.is_blank_between(open.end(), piece.start()) =>
                {
                    *open = open.hull(piece);
                }
                _ => body.push(piece),
            }
            last_of_body = Some(index);
        }
        let credits = self.credits(draft, stretch, closing);
        let published = self.published(stretch, draft, page_date, dateline_span);
        let byline = (stretch.first..=stretch.last)
            .find(|&index| match draft.class(index) {
                Some(LineClass::Byline) => true,
                Some(LineClass::Credit) => super::kind::names_a_person(self.content(index)),
                _ => false,
            })
            .and_then(|index| self.blocks.get(index))
            .map(|block| block.span);
        PageArticle {
            title: stretch.title.and_then(|title| self.blocks.get(title)).map(|block| block.span),
            first_line: self.blocks.get(stretch.first).map_or(1, |block| block.first + 1),
            last_line: self.blocks.get(stretch.last).map_or(1, |block| block.last + 1),
            body,
            body_words,
            dropped,
            credits,
            published,
            byline,
            outlet,
            brief: body_words < MIN_BODY_WORDS,
        }
    }

    fn is_blank_between(&self, from: usize, to: usize) -> bool {
        self.text.get(from..to).is_some_and(|gap| gap.chars().all(super::fold::is_blank))
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
                Some(
                    LineClass::Credit
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
    ) -> crate::timestamp::Published {
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

/// Keys of all runs of [`RUN_WORDS`] words; of the whole for a shorter text.
fn runs(text: &str) -> Vec<u64> {
    const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
    let keys = word_keys(text);
    let join = |run: &[u64]| {
        run.iter().fold(0_u64, |state, key| (state.rotate_left(5) ^ key).wrapping_mul(STEP))
    };
    if keys.is_empty() {
        Vec::new()
    } else if keys.len() <= RUN_WORDS {
        vec![join(&keys)]
    } else {
        keys.windows(RUN_WORDS).map(join).collect()
    }
}
