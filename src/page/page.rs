//! The page: its lines with their classes, its articles with what was taken and what was left out and why.

use super::boundaries;
use super::compose::Composer;
use super::credit::CreditRole;
use super::date::{DateLine, dates, reference_of};
use super::fold::{fold_line, is_blank};
use super::furniture::Furniture;
use super::kind::{Kind, kind_of};
use super::layout::{Layout, Part, Plan, entries};
use super::line::{self, Block};
use super::line_class::{DropReason, Dropped, LineClass, PageLine};
use super::page_article::PageArticle;
use super::segment::{Outline, Stretch};
use super::site_name::{below_own_name, masthead};
use crate::article::Article;
use crate::error::Result;
use crate::span::Span;
use crate::timestamp::{Published, Timestamp};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A page that was read: every line with its class, every article, and what is left.
///
/// ```
/// use wirecopy::page::{DropReason, LineClass, read_str};
/// let page = read_str("sourlac.txt", "Monde | Sport\n\nSourlac retrouve son pont\n\nPublié le mardi 3 mars 2026\n\n\
///     SOURLAC (AFP) - Le pont de Sourlac a rouvert mardi après onze mois de travaux.\n");
/// assert_eq!(page.lines()[0].class, LineClass::Furniture);
/// assert_eq!(page.lines()[2].class, LineClass::Title);
/// assert_eq!(page.outside()[0].reason, DropReason::Furniture);
/// let article = &page.articles()[0];
/// assert_eq!((article.first_line, article.last_line), (3, 7));
/// assert!(article.dropped.iter().any(|piece| piece.reason == DropReason::PublicationLine));
/// ```
#[derive(Clone, Debug)]
pub struct Page {
    name: Arc<str>,
    text: Arc<str>,
    layout: Layout,
    lines: Vec<PageLine>,
    articles: Vec<PageArticle>,
    outside: Vec<Dropped>,
}

/// What other pages tell of one: furniture they share, and a moment it was not written after.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    pub(crate) layout: Layout,
    pub(crate) furniture: Arc<BTreeSet<u64>>,
    pub(crate) reference: Option<Timestamp>,
}

/// Longest block that may be furniture because other pages carry it.
pub(crate) const LEARNED_WORDS: usize = 25;
/// From so many words on, a learned line that stands right above prose may be the title that other pages link to.
const LINKED_TITLE_WORDS: usize = 6;
/// Without an article, a page of at most so many blocks may be a flash.
const FLASH_BLOCKS: usize = 3;
const FLASH_WORDS: usize = 6;
/// Words that a text without any sign of an article must have.
const SIGN_WORDS: usize = super::segment::MIN_BODY_WORDS;
const BRIEF_WORDS: usize = 8;

impl Page {
    pub(crate) fn read(name: Arc<str>, text: Arc<str>, context: &Context) -> Page {
        let raw = line::split(&text);
        let layout = context.layout.of(&text, &raw);
        let fields = layout.lines(&text, &raw);
        let plan = layout.plan(&text, &fields);
        let planned = plan.is_some();
        let letter = plan.as_ref().filter(|_| layout == Layout::EmailAlert);
        let letter = letter.and_then(|plan| newsletter(&text, &raw, plan, context));
        let planned = planned && letter.is_none();
        let (blocks, kinds, mut stretches) = match (letter, plan) {
            (Some(letter), _) => letter,
            (None, Some(plan)) => planned_blocks(&plan, &text, &fields, &raw),
            (None, None) => site(&text, &raw, layout, context),
        };
        let reference = context.reference.or_else(|| own_reference(&text, &blocks, &kinds));
        let composer = Composer { layout, text: &text, blocks: &blocks, kinds: &kinds, reference };
        let mut lines: Vec<PageLine> = raw
            .iter()
            .map(|&span| PageLine {
                span: line::trim(&text, span),
                class: LineClass::Blank,
                article: None,
            })
            .collect();
        let mut owner: Vec<Option<(usize, LineClass)>> = vec![None; blocks.len()];
        let mut short = vec![false; blocks.len()];
        let mut articles: Vec<PageArticle> = Vec::new();
        if !planned && let Some(first) = stretches.first_mut() {
            below_own_name(&text, &blocks, &kinds, first);
        }
        let masthead = masthead(&text, &blocks, &kinds, stretches.first());
        let mut above: Option<usize> = None;
        for stretch in &stretches {
            let above = above.replace(stretch.last);
            // Where a layout says whose a date is, one above is a mail's or a feed's.
            let page_date = if planned { None } else { page_date(&kinds, stretch, above) };
            let (mut article, classes) = composer.compose(*stretch, page_date);
            let told = planned && article.body_words > 0;
            if !told && !is_article(&article, stretches.len() == 1) {
                short
                    .iter_mut()
                    .take(stretch.last + 1)
                    .skip(stretch.first)
                    .for_each(|flag| *flag = true);
                continue;
            }
            if planned {
                article.narrow(&lines);
            }
            article.outlet = article.outlet.or(masthead).or_else(|| {
                (stretch.first..=stretch.last)
                    .find(|&index| kinds.get(index) == Some(&Kind::Outlet))
                    .and_then(|index| blocks.get(index))
                    .map(|block| block.span)
            });
            if layout == Layout::LiveBlog {
                let of_article = lines.get(article.first_line - 1..article.last_line);
                let spans: Vec<Span> =
                    of_article.unwrap_or_default().iter().map(|line| line.span).collect();
                article.entries = entries(&text, &spans);
            }
            if kinds.get(stretch.first) == Some(&Kind::Short) && article.title.is_none() {
                // A flash of one line is its own title, and still the text that copies of it are found by.
                article.title = blocks.get(stretch.first).map(|block| block.span);
            }
            article.title = article.title.map(|title| without_sign(&text, title));
            for (slot, class) in owner.iter_mut().skip(stretch.first).zip(classes) {
                *slot = Some((articles.len(), class));
            }
            articles.push(article);
        }
        let mut outside = Vec::new();
        for (index, block) in blocks.iter().enumerate() {
            let (article, class) = match owner.get(index).copied().flatten() {
                Some((article, class)) => (Some(article), class),
                None => {
                    let (class, reason) = outside_class(kinds.get(index).copied());
                    let reason =
                        if short.get(index) == Some(&true) { DropReason::TooShort } else { reason };
                    let class = if masthead.is_some_and(|name| name.start() == block.span.start()) {
                        LineClass::Outlet
                    } else {
                        class
                    };
                    outside.push(Dropped { span: block.span, reason });
                    (None, class)
                }
            };
            for line in lines.iter_mut().take(block.last + 1).skip(block.first) {
                line.class = class;
                line.article = article;
            }
        }
        Page { name, text, layout, lines, articles, outside }
    }

    /// How the text is laid out: the caller's choice, or what the text itself shows. Never [`Layout::Detect`].
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// The name it was read under: the path relative to the directory, with `/`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text that every span points into.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Every line, blank ones too.
    pub fn lines(&self) -> &[PageLine] {
        &self.lines
    }

    /// The articles, in the order of the page.
    pub fn articles(&self) -> &[PageArticle] {
        &self.articles
    }

    /// What lies outside of every article, ascending.
    pub fn outside(&self) -> &[Dropped] {
        &self.outside
    }

    /// Number of words on the page.
    pub fn words(&self) -> usize {
        super::fold::count_words(&self.text)
    }

    /// The articles for the stages that follow, with ids `name#1`, `name#2` … Text is shared, not copied.
    ///
    /// # Errors
    /// `is_input` when the page's text is longer than [`crate::MAX_TEXT_BYTES`].
    pub fn to_articles(&self) -> Result<Vec<Article>> {
        self.articles.iter().enumerate().map(|(index, found)| self.article(index, found)).collect()
    }

    fn article(&self, index: usize, found: &PageArticle) -> Result<Article> {
        let id = format!("{}#{}", self.name, index + 1);
        let mut article = Article::from_spans(id, Arc::clone(&self.text), found.body.clone())?
            .with_published(found.published)
            .with_credits(found.credits.clone());
        if let Some(title) = found.title.and_then(|span| span.slice(&self.text)) {
            // A wrapped title is one line for whoever reads it.
            let lines: Vec<&str> = title.lines().map(str::trim).collect();
            article = article.with_title(lines.join(" "));
        }
        if let Some(outlet) = found.outlet.and_then(|span| span.slice(&self.text)) {
            article = article.with_outlet(outlet);
        }
        Ok(article)
    }

    /// The latest moment that this page's own dates speak of as past.
    pub(crate) fn reference(&self) -> Option<Timestamp> {
        let published: Vec<Published> =
            self.articles.iter().map(|article| article.published).collect();
        let running: Vec<DateLine<'_>> = self
            .articles
            .iter()
            .flat_map(|article| article.body.iter())
            .filter_map(|span| Some(DateLine { text: span.slice(&self.text)?, base: span.start() }))
            .collect();
        reference_of(&published, &running)
    }
}

/// The blocks of a site's page, where articles are found by evidence.
fn site(
    text: &str,
    raw: &[Span],
    layout: Layout,
    context: &Context,
) -> (Vec<Block>, Vec<Kind>, Vec<Stretch>) {
    let blocks = line::blocks(text, raw);
    let kinds = kinds(text, &blocks, context);
    let mut stretches = Outline::new(text, &blocks, &kinds).stretches();
    if stretches.is_empty() {
        stretches.extend(flash(&blocks, &kinds));
    }
    if layout == Layout::LiveBlog {
        stretches = join_entries(text, raw, &blocks, &kinds, &stretches);
    }
    (blocks, kinds, stretches)
}

/// The blocks of a layout that says what each field is, on the lines of the text.
fn planned_blocks(
    plan: &Plan,
    text: &str,
    fields: &[Span],
    raw: &[Span],
) -> (Vec<Block>, Vec<Kind>, Vec<Stretch>) {
    let (mut blocks, kinds, stretches) = plan.blocks(text, fields);
    if fields.len() != raw.len() {
        let line = |at: usize| raw.partition_point(|line| line.start() <= at).saturating_sub(1);
        for block in &mut blocks {
            block.first = line(block.span.start());
            block.last = line(block.span.end().saturating_sub(1)).max(block.first);
        }
    }
    (blocks, kinds, stretches)
}

/// A block of a page with what was measured of it: what the weights of the reader are fitted to.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct MeasuredBlock {
    /// Lines, from 1.
    pub lines: (usize, usize),
    /// Whether an article can rest on it.
    pub prose: bool,
    /// Columns and their values.
    pub measures: Vec<(u16, f32)>,
    /// The same once the articles of the page are known.
    pub again: Vec<(u16, f32)>,
}

/// The measures of the blocks of `text`, read as a page of a site. `known` says whose phrases of the lexicon count.
#[doc(hidden)]
pub fn measured_blocks(text: &str, known: &dyn Fn(&str) -> bool) -> Vec<MeasuredBlock> {
    let raw = line::split(text);
    let blocks = line::blocks(text, &raw);
    let kinds: Vec<Kind> = blocks
        .iter()
        .map(|block| {
            let content = block.span.slice(text).unwrap_or_default();
            super::kind::kind_with(content, block.words, known(content))
        })
        .collect();
    let outline = Outline::new(text, &blocks, &kinds);
    let (rows, again) = boundaries::rows_twice(&outline);
    let lines = blocks.iter().map(|block| (block.first + 1, block.last + 1));
    let end = (raw.len() + 1, raw.len() + 1);
    lines
        .chain([end])
        .zip(rows.into_iter().zip(again))
        .enumerate()
        .map(|(index, (lines, (measures, again)))| MeasuredBlock {
            lines,
            prose: kinds.get(index).is_some_and(|kind| kind.is_prose())
                && !outline.is_doubled(index),
            measures,
            again,
        })
        .collect()
}

/// The names of the measures, by column.
#[doc(hidden)]
pub fn measure_names() -> Vec<String> {
    boundaries::names()
}

/// One message that brings several articles, each with its day, one at least with a title: the subject is the title
/// of none of them.
fn newsletter(
    text: &str,
    raw: &[Span],
    plan: &Plan,
    context: &Context,
) -> Option<(Vec<Block>, Vec<Kind>, Vec<Stretch>)> {
    if plan.starts.len() != 1 {
        return None;
    }
    let is_text = |line: usize| plan.part(line) == Part::Body;
    let blocks = line::blocks_where(text, raw, &is_text);
    let mut kinds = kinds(text, &blocks, context);
    for (kind, block) in kinds.iter_mut().zip(&blocks) {
        if !is_text(block.first) {
            *kind = Kind::Header;
        }
    }
    let stretches = Outline::new(text, &blocks, &kinds).stretches();
    let titled = stretches.iter().filter(|stretch| is_dated(&kinds, stretch)).count();
    let untitled = stretches.iter().filter(|stretch| {
        stretch.title.is_none() && kinds.get(stretch.first) == Some(&Kind::Publication)
    });
    (titled > 0 && titled + untitled.count() >= 2).then_some((blocks, kinds, stretches))
}

/// One article from the title above the first entry to the end of the last, whatever the headings of entries look like.
/// What has a title and a day of its own above or below the entries is an article of its own.
fn join_entries(
    text: &str,
    raw: &[Span],
    blocks: &[Block],
    kinds: &[Kind],
    stretches: &[Stretch],
) -> Vec<Stretch> {
    let stamped = entries(text, raw);
    let (Some(first), Some(last)) = (stamped.first(), stamped.last()) else {
        return stretches.to_vec();
    };
    let start = |stretch: &Stretch| blocks.get(stretch.first).map_or(0, |block| block.span.start());
    let live = stretches
        .iter()
        .rposition(|stretch| start(stretch) < first.span.start() && is_dated(kinds, stretch))
        .unwrap_or(0);
    let after = stretches
        .iter()
        .skip(live + 1)
        .position(|stretch| start(stretch) > last.span.start() && is_dated(kinds, stretch))
        .map_or(stretches.len(), |offset| live + 1 + offset);
    let mut stretches = stretches.to_vec();
    if let Some(open) = stretches.get_mut(live)
        && start(open) >= first.span.start()
        && let Some(title) = live_title(text, blocks, kinds, first.span.start())
    {
        // Nothing but a title stands above the entries: it is that of them all.
        (open.first, open.title) = (title, Some(title));
    }
    let (above, rest) = stretches.split_at(live.min(stretches.len()));
    let (entries, below) = rest.split_at(after - live.min(after));
    let mut joined = above.to_vec();
    if let (Some(&open), Some(close)) = (entries.first(), entries.last()) {
        joined.push(Stretch { last: close.last, ..open });
    }
    joined.extend(below);
    joined
}

/// The longest line that may be a title above the first entry of a live blog.
fn live_title(text: &str, blocks: &[Block], kinds: &[Kind], entry: usize) -> Option<usize> {
    const NEAR: usize = 6;
    const TITLE_WORDS: std::ops::RangeInclusive<usize> = 3..=30;
    let until = blocks.partition_point(|block| block.span.start() < entry);
    let fits = |index: &usize| {
        kinds.get(*index) == Some(&Kind::Short)
            && blocks.get(*index).is_some_and(|block| {
                TITLE_WORDS.contains(&block.words)
                    && block.span.slice(text).is_some_and(|line| !line.ends_with(':'))
            })
    };
    let words = |index: &usize| blocks.get(*index).map_or(0, |block| block.words);
    (until.saturating_sub(NEAR)..until).rev().filter(fits).max_by_key(words)
}

/// Whether a title has its day below it, before its prose.
fn is_dated(kinds: &[Kind], stretch: &Stretch) -> bool {
    const HEAD_BLOCKS: usize = 4;
    stretch.title.is_some_and(|title| {
        let head = kinds.iter().skip(title + 1).take(HEAD_BLOCKS);
        head.take_while(|kind| !kind.is_prose()).any(|kind| *kind == Kind::Publication)
    })
}

fn kinds(text: &str, blocks: &[Block], context: &Context) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = blocks
        .iter()
        .map(|block| kind_of(block.span.slice(text).unwrap_or_default(), block.words))
        .collect();
    if let Some(last) = colophon(text, blocks, &kinds)
        && let Some(kind) = kinds.get_mut(last)
    {
        *kind = Kind::Furniture(Furniture::Tail);
    }
    if context.furniture.is_empty() {
        return kinds;
    }
    let plain = kinds.clone();
    for (index, block) in blocks.iter().enumerate() {
        let learned = block.words < LEARNED_WORDS && context.furniture.contains(&block.key);
        let below = plain.get(index + 1);
        let heads_prose = block.words >= LINKED_TITLE_WORDS
            && below.is_some_and(|kind| {
                kind.is_prose()
                    || matches!(kind, Kind::Publication | Kind::Byline(_) | Kind::Caption)
            });
        let exempt = matches!(
            plain.get(index),
            Some(
                Kind::Credit
                    | Kind::Byline(_)
                    | Kind::Publication
                    | Kind::SignOff
                    | Kind::Dateline
                    | Kind::TimeAgo(_)
                    | Kind::Furniture(_)
            )
        );
        if learned
            && !heads_prose
            && !exempt
            && let Some(kind) = kinds.get_mut(index)
        {
            *kind = Kind::Furniture(Furniture::Menu);
        }
    }
    kinds
}

/// The last line with words of a page that speaks of the site by the name that heads the page: "The Sourlac Messenger. Out
/// every Friday." A line that begins with the name is one, and a short line that has the name of several words inside.
fn colophon(text: &str, blocks: &[Block], kinds: &[Kind]) -> Option<usize> {
    const NAME_WORDS: usize = 6;
    const LINE_WORDS: usize = 20;
    const MENTION_WORDS: usize = 8;
    let slice = |index: usize| blocks.get(index).and_then(|block| block.span.slice(text));
    let head = slice(0)?;
    let parts = [" - ", " – ", " — ", " | ", " / ", " · ", ": ", ", ", "   "];
    let end = parts.iter().filter_map(|sign| head.find(sign)).min().unwrap_or(head.len());
    let name = fold_line(head.get(..end)?);
    let count = name.split(' ').count();
    let first_prose = kinds.iter().position(|kind| kind.is_prose())?;
    let titled = (1..first_prose).any(|index| kinds.get(index) == Some(&Kind::Short));
    let last = kinds.iter().rposition(|kind| !matches!(kind, Kind::Furniture(_)))?;
    let line = blocks.get(last)?;
    let speaks = matches!(
        kinds.get(last)?,
        Kind::Short | Kind::Sentence | Kind::Paragraph | Kind::Byline(false)
    );
    if name.len() < 5 || count > NAME_WORDS || !titled || !speaks || last <= first_prose {
        return None;
    }
    let folded = format!(" {} ", fold_line(slice(last)?));
    let found = folded.find(&format!(" {name} "))?;
    let begins = found == 0 && line.words <= LINE_WORDS;
    (begins || (count >= 2 && line.words <= MENTION_WORDS)).then_some(last)
}

/// The page's own latest date: a weekday's year cannot lie after it.
fn own_reference(text: &str, blocks: &[Block], kinds: &[Kind]) -> Option<Timestamp> {
    let lines: Vec<DateLine<'_>> = blocks
        .iter()
        .zip(kinds)
        .filter(|(_, kind)| **kind == Kind::Publication)
        .filter_map(|(block, _)| {
            Some(DateLine { text: block.span.slice(text)?, base: block.span.start() })
        })
        .filter(|line| dates(line.text, 0).iter().any(|date| date.year.is_some()))
        .collect();
    reference_of(&[], &lines)
}

/// A page of one line or few: the text itself, without a title.
fn flash(blocks: &[Block], kinds: &[Kind]) -> Option<Stretch> {
    let content: Vec<usize> = (0..blocks.len())
        .filter(|&index| {
            !matches!(kinds.get(index), Some(Kind::Furniture(_) | Kind::TimeAgo(_)) | None)
        })
        .collect();
    if content.len() > FLASH_BLOCKS {
        return None;
    }
    let text = content.iter().copied().find(|&index| {
        matches!(kinds.get(index), Some(Kind::Short | Kind::Sentence | Kind::Paragraph))
            && blocks.get(index).is_some_and(|block| block.words >= FLASH_WORDS)
    })?;
    Some(Stretch {
        first: text,
        last: content.last().copied().unwrap_or(text).max(text),
        title: None,
    })
}

/// The date above the title: near it, and below the article above.
fn page_date(kinds: &[Kind], stretch: &Stretch, above: Option<usize>) -> Option<usize> {
    // Above the only article the day of the whole page may stand further up; between two articles kickers and bylines may.
    const NEAR: usize = 4;
    let from = above.map_or(0, |last| last + 1);
    let found = (from..stretch.first).rev().take(NEAR);
    let mut between = found.take_while(|&index| {
        above.is_none()
            || matches!(kinds.get(index), Some(Kind::Publication | Kind::Byline(_) | Kind::Short))
    });
    between.find(|&index| kinds.get(index) == Some(&Kind::Publication))
}

/// A title without the sign that Japanese desks print in front of it ("◎", "▽", "★").
fn without_sign(text: &str, title: Span) -> Span {
    const SIGNS: [char; 14] =
        ['◎', '○', '●', '■', '□', '◆', '◇', '▼', '▽', '▲', '△', '★', '☆', '＊'];
    let slice = title.slice(text).unwrap_or_default();
    let bare = slice.trim_start_matches(|c| SIGNS.contains(&c) || is_blank(c));
    Span::new(title.end() - bare.len(), title.end())
        .filter(|bare| !bare.is_empty())
        .unwrap_or(title)
}

/// Whether a stretch is an article: long enough, or short with a sign of one.
fn is_article(article: &PageArticle, alone: bool) -> bool {
    let signed = article.credits.iter().any(|credit| credit.role == CreditRole::Text)
        || article.dropped.iter().any(|piece| {
            matches!(
                piece.reason,
                DropReason::Dateline | DropReason::PublicationLine | DropReason::SignOff
            )
        });
    article.body_words >= SIGN_WORDS
        || (signed && article.body_words >= BRIEF_WORDS)
        || (alone && article.body_words >= FLASH_WORDS)
}

fn outside_class(kind: Option<Kind>) -> (LineClass, DropReason) {
    match kind {
        Some(Kind::Furniture(_)) => (LineClass::Furniture, DropReason::Furniture),
        Some(Kind::TimeAgo(_)) => (LineClass::TimeAgo, DropReason::TimeAgo),
        Some(Kind::Caption) => (LineClass::Caption, DropReason::Caption),
        Some(Kind::Credit) => (LineClass::Credit, DropReason::Outside),
        Some(Kind::Publication) => (LineClass::PublicationLine, DropReason::Outside),
        Some(Kind::Bullet) => (LineClass::Bullet, DropReason::Outside),
        Some(Kind::Header) => (LineClass::Header, DropReason::Outside),
        Some(Kind::Quoted) => (LineClass::Quoted, DropReason::Quoted),
        _ => (LineClass::Other, DropReason::Outside),
    }
}
