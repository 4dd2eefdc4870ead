//! Where articles begin and end on a page.
//!
//! A title is a short block with prose soon after it; evidence for it is scored (`Weights`), the best candidate before a
//! stretch of prose opens an article, and the article ends with its last paragraph or credit before the next title or
//! before the page's own furniture takes over. Cost: O(words of the page).

use super::fold::fold_line;
use super::furniture::{Furniture, ends_as_sentence};
use super::kind::Kind;
use super::line::{Block, word_keys};
use std::collections::HashSet;

/// Evidence that a short block is a title, in points; an article opens at [`OPEN`].
///
/// Chosen on pages composed of the even-numbered half of a French corpus and reported on the other half.
mod weights {
    pub(super) const FIRST_OF_PAGE: f64 = 3.0;
    pub(super) const WIDE_GAP: f64 = 2.0;
    pub(super) const AFTER_CREDIT: f64 = 4.0;
    pub(super) const AFTER_SIGN: f64 = 1.0;
    pub(super) const AFTER_BYLINE: f64 = 2.0;
    pub(super) const AFTER_FURNITURE: f64 = 1.5;
    pub(super) const REPEATED: f64 = 3.0;
    /// Printed twice in a row: a title on a card, or a caption.
    pub(super) const DOUBLED: f64 = 1.5;
    pub(super) const CAPTION_TWICE: f64 = 2.0;
    pub(super) const PUBLICATION_LINE: f64 = 4.5;
    pub(super) const BYLINE: f64 = 1.0;
    pub(super) const HEAD_FURNITURE: f64 = 1.0;
    pub(super) const CAPTION: f64 = 1.0;
    pub(super) const AGENCY_DATELINE: f64 = 2.0;
    pub(super) const LONG: f64 = 1.0;
    pub(super) const LONGER: f64 = 0.5;
    pub(super) const TIGHT: f64 = -1.0;
    /// Short and right under prose, where subheadings stand.
    pub(super) const SHORT: f64 = -1.0;
    /// "1. …", "18h05 - …", "… :", or in lower case.
    pub(super) const UNLIKE_A_TITLE: f64 = -3.0;
    /// In ranking, for every block between a candidate and the prose.
    pub(super) const DISTANCE: f64 = -0.5;
    /// In ranking, for a line that belongs to the menu above it.
    pub(super) const MASTHEAD: f64 = -1.5;
    /// In ranking, for the page's first line, when it goes on in lower case after a dash.
    pub(super) const NAME_AND_MOTTO: f64 = -4.0;
    /// In ranking, for a line that tells a day and year, as captions do.
    pub(super) const DATED: f64 = -2.5;
    /// In ranking, for a headline between two relative times.
    pub(super) const IN_A_LIST: f64 = -3.0;
    /// Wholly between quotation marks: subheadings are, titles name the speaker.
    pub(super) const QUOTATION: f64 = -1.0;
    /// Times (share of its words in the prose below − share in the prose above).
    pub(super) const NEW_WORDS: f64 = 2.0;
    /// Prose above and below share few words, or many.
    pub(super) const NEW_SUBJECT: f64 = 1.5;
    pub(super) const SAME_SUBJECT: f64 = -1.5;
}

const OPEN: f64 = 3.0;
/// After comments and related headings have begun, a title must show more.
const OPEN_IN_TAIL: f64 = 4.0;
const TITLE_WORDS: std::ops::RangeInclusive<usize> = 3..=40;
/// Prose must begin within so many blocks below a title.
const HEAD_BLOCKS: usize = 8;
const SHORT_WORDS: usize = 5;
const LONG_WORDS: usize = 7;
const LONGER_WORDS: usize = 11;
/// Words above and below that are compared.
const WINDOW_WORDS: usize = 150;
const SHORT_WORD_BYTES: usize = 5;
const FEW_SHARED: f64 = 0.10;
const MANY_SHARED: f64 = 0.22;
/// An article ends where furniture takes over only after so many words.
pub(crate) const MIN_BODY_WORDS: usize = 40;
/// Prose of fewer words under a heading in capitals is a box and not the end of an article.
const BOX_WORDS: usize = 14;
/// So many short blocks in a row are a list of headlines.
const LIST_BLOCKS: usize = 5;

/// First and last block of an article and the block of its title.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Stretch {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) title: Option<usize>,
}

/// The blocks of a page with what is known of each.
pub(crate) struct Outline<'a> {
    text: &'a str,
    blocks: &'a [Block],
    kinds: &'a [Kind],
    /// For each block the next block that prose begins with, at or after it.
    next_prose: Vec<usize>,
    /// Content words of all blocks, one after the other, and where those of a block begin.
    vocabulary: Vec<u32>,
    starts: Vec<usize>,
    usual_blanks: usize,
}

/// A block that may be a title: its points, and its rank among the candidates above one stretch of prose.
#[derive(Clone, Copy)]
struct Candidate {
    block: usize,
    score: f64,
    rank: f64,
}

impl<'a> Outline<'a> {
    pub(crate) fn new(text: &'a str, blocks: &'a [Block], kinds: &'a [Kind]) -> Outline<'a> {
        let mut vocabulary = Vec::new();
        let mut starts = Vec::with_capacity(blocks.len() + 1);
        for block in blocks {
            starts.push(vocabulary.len());
            content_words(block.span.slice(text).unwrap_or_default(), &mut vocabulary);
        }
        starts.push(vocabulary.len());
        let mut blanks: Vec<usize> = blocks.iter().skip(1).map(|block| block.blanks).collect();
        blanks.sort_unstable();
        let usual_blanks = blanks.get(blanks.len() / 2).copied().unwrap_or(0);
        let mut outline = Outline {
            text,
            blocks,
            kinds,
            next_prose: Vec::new(),
            vocabulary,
            starts,
            usual_blanks,
        };
        let mut next = usize::MAX;
        outline.next_prose = vec![next; blocks.len()];
        for index in (0..blocks.len()).rev() {
            if outline.is_solid(index) {
                next = index;
            }
            if let Some(slot) = outline.next_prose.get_mut(index) {
                *slot = next;
            }
        }
        outline
    }

    fn kind(&self, index: usize) -> Option<Kind> {
        self.kinds.get(index).copied()
    }

    fn text_of(&self, index: usize) -> &'a str {
        self.blocks.get(index).and_then(|block| block.span.slice(self.text)).unwrap_or_default()
    }

    fn key(&self, index: usize) -> u64 {
        self.blocks.get(index).map_or(0, |block| block.key)
    }

    /// Twice in a row: a caption under a picture and under its thumbnail, or a heading printed twice.
    fn is_doubled(&self, index: usize) -> bool {
        let key = self.key(index);
        key != 0
            && (index.checked_sub(1).is_some_and(|above| self.key(above) == key)
                || self.key(index + 1) == key)
    }

    /// A paragraph that an article can rest on.
    fn is_solid(&self, index: usize) -> bool {
        matches!(self.kind(index), Some(Kind::Paragraph | Kind::Dateline))
            && !self.is_doubled(index)
    }

    fn content(&self, block: usize) -> &[u32] {
        let (Some(&from), Some(&to)) = (self.starts.get(block), self.starts.get(block + 1)) else {
            return &[];
        };
        self.vocabulary.get(from..to).unwrap_or_default()
    }

    /// The articles of the page, in order. Stretches are disjoint.
    pub(crate) fn stretches(&self) -> Vec<Stretch> {
        let titles = self.titles();
        let mut stretches = Vec::new();
        let first_title = titles.first().copied().unwrap_or(self.blocks.len());
        stretches.extend(self.untitled(first_title));
        for (index, &title) in titles.iter().enumerate() {
            let until = titles.get(index + 1).copied().unwrap_or(self.blocks.len());
            if let Some(last) = self.end(title + 1, until) {
                stretches.push(Stretch { first: title, last, title: Some(title) });
            }
        }
        stretches
    }

    /// Prose above the first title: an article without one.
    fn untitled(&self, until: usize) -> Option<Stretch> {
        let prose = *self.next_prose.first()?;
        let prose = if prose < until {
            prose
        } else {
            // A flash of one short sentence is an article too, when nothing else is.
            (0..until.min(self.blocks.len())).find(|&index| {
                until == self.blocks.len() && matches!(self.kind(index), Some(Kind::Sentence))
            })?
        };
        // Its own date, byline or dateline stands right above it.
        let mut first = prose;
        while let Some(above) = first.checked_sub(1)
            && matches!(
                self.kind(above),
                Some(
                    Kind::Publication
                        | Kind::Byline(_)
                        | Kind::Credit
                        | Kind::Bullet
                        | Kind::Caption
                )
            )
        {
            first = above;
        }
        let last = self.end(first, until)?;
        Some(Stretch { first, last, title: None })
    }

    fn titles(&self) -> Vec<usize> {
        let mut titles: Vec<usize> = Vec::new();
        let mut best: Option<Candidate> = None;
        // What stands above a group of candidates speaks for the group, not for the one nearest to it.
        let mut above_group: f64 = 0.0;
        let mut tail = false;
        let mut first = true;
        for index in 0..self.blocks.len() {
            tail |= self.kind(index) == Some(Kind::Furniture(Furniture::Tail));
            if self.is_solid(index) {
                first = false;
                let threshold = if tail { OPEN_IN_TAIL } else { OPEN };
                if let Some(candidate) = best.take()
                    && candidate.score + above_group >= threshold
                {
                    titles.push(candidate.block);
                    tail = false;
                }
                above_group = 0.0;
                continue;
            }
            let Some(prose) = self.prose_below(index) else { continue };
            above_group = above_group.max(self.score_above(index));
            // Of a title printed several times the first is the title.
            if best.is_some_and(|other| self.key(other.block) == self.key(index)) {
                continue;
            }
            let score = self.score(index, prose, titles.last().copied(), first);
            let rank = score + self.rank(index, prose);
            if best.is_none_or(|other| rank > other.rank) {
                best = Some(Candidate { block: index, score, rank });
            }
        }
        titles
    }

    /// The prose that `index` may be the title of; `None` when it cannot be a title.
    fn prose_below(&self, index: usize) -> Option<usize> {
        let block = self.blocks.get(index)?;
        let fits = match self.kind(index)? {
            Kind::Short => true,
            Kind::Byline(explicit) => !explicit,
            _ => false,
        };
        let prose = *self.next_prose.get(index)?;
        (fits
            && TITLE_WORDS.contains(&block.words)
            && prose != usize::MAX
            && prose - index <= HEAD_BLOCKS)
            .then_some(prose)
    }

    /// `first`: no prose stands above on the page.
    fn score(&self, index: usize, prose: usize, opened: Option<usize>, first: bool) -> f64 {
        let Some(block) = self.blocks.get(index) else { return 0.0 };
        let text = block.span.slice(self.text).unwrap_or_default();
        let mut score = 0.0;
        if first && opened.is_none() {
            score += weights::FIRST_OF_PAGE;
        }
        if block.blanks >= 2 && block.blanks > self.usual_blanks {
            score += weights::WIDE_GAP;
        }
        score += self.score_head(index, prose);
        let under_prose =
            index.checked_sub(1).and_then(|above| self.kind(above)).is_some_and(Kind::is_prose);
        if under_prose && block.words <= SHORT_WORDS {
            score += weights::SHORT;
        }
        if block.words >= LONG_WORDS {
            score += weights::LONG;
        }
        if block.words >= LONGER_WORDS {
            score += weights::LONGER;
        }
        if is_unlike_a_title(text) {
            score += weights::UNLIKE_A_TITLE;
        }
        if is_quotation(text) {
            score += weights::QUOTATION;
        }
        score + self.score_words(index, prose, opened)
    }

    fn score_above(&self, index: usize) -> f64 {
        let Some(above) = index.checked_sub(1) else { return 0.0 };
        let tight = self.blocks.get(index).is_some_and(|block| block.blanks == 0);
        match self.kind(above) {
            // Between two paragraphs it is a picture's.
            Some(Kind::Credit) if self.text_of(above).starts_with('©') => weights::AFTER_SIGN,
            Some(Kind::Credit | Kind::SignOff) => weights::AFTER_CREDIT,
            Some(Kind::Byline(_)) => weights::AFTER_BYLINE,
            // An advert between two paragraphs says nothing.
            Some(Kind::Furniture(Furniture::Inline)) => 0.0,
            Some(Kind::Furniture(_) | Kind::TimeAgo(_)) => weights::AFTER_FURNITURE,
            Some(Kind::Paragraph | Kind::Sentence) if tight && self.usual_blanks > 0 => {
                weights::TIGHT
            }
            _ => 0.0,
        }
    }

    /// What stands between a title and its prose.
    fn score_head(&self, index: usize, prose: usize) -> f64 {
        let mut score = 0.0;
        let head = index + 1..prose;
        let key = self.key(index);
        let mut add = |found: bool, points: f64| {
            if found {
                score += points;
            }
        };
        let any =
            |test: &dyn Fn(Kind) -> bool| head.clone().any(|at| self.kind(at).is_some_and(test));
        let again = head.clone().chain([prose + 1]).filter(|&at| self.key(at) == key);
        let (adjacent, apart) = again.partition::<Vec<usize>, _>(|&at| at == index + 1);
        add(!apart.is_empty(), weights::REPEATED);
        add(apart.is_empty() && !adjacent.is_empty(), weights::DOUBLED);
        add(head.clone().any(|at| self.is_slug_of(at, index)), weights::REPEATED);
        add(
            head.clone().any(|at| self.is_doubled(at) && self.key(at) != key),
            weights::CAPTION_TWICE,
        );
        add(any(&|kind| kind == Kind::Publication), weights::PUBLICATION_LINE);
        add(any(&|kind| matches!(kind, Kind::Byline(_) | Kind::Credit)), weights::BYLINE);
        add(
            any(&|kind| matches!(kind, Kind::TimeAgo(_) | Kind::Furniture(_))),
            weights::HEAD_FURNITURE,
        );
        add(any(&|kind| kind == Kind::Caption), weights::CAPTION);
        let opening = self
            .blocks
            .get(prose)
            .and_then(|block| block.span.slice(self.text))
            .unwrap_or_default();
        add(super::dateline::dateline(opening).is_some(), weights::AGENCY_DATELINE);
        score
    }

    /// Whether a block is the beginning of a title: the name that the picture desk gives its pictures.
    fn is_slug_of(&self, slug: usize, title: usize) -> bool {
        let (Some(slug), Some(title)) = (self.blocks.get(slug), self.blocks.get(title)) else {
            return false;
        };
        if slug.words < 2 || slug.words >= title.words {
            return false;
        }
        let fold = |block: &Block| fold_line(block.span.slice(self.text).unwrap_or_default());
        fold(title).starts_with(&fold(slug))
    }

    /// The title's words in the prose below against above, and whether the subject changes between them.
    fn score_words(&self, index: usize, prose: usize, opened: Option<usize>) -> f64 {
        let title = self.content(index);
        let below = self.window_below(prose);
        let above = self.window_above(index, opened.unwrap_or(0));
        if title.is_empty() || below.is_empty() {
            return 0.0;
        }
        let share = |window: &HashSet<u32>| {
            title.iter().filter(|word| window.contains(word)).count() as f64 / title.len() as f64
        };
        if above.is_empty() {
            return weights::NEW_WORDS * share(&below) * 0.5;
        }
        let smaller = above.len().min(below.len()) as f64;
        let shared = below.iter().filter(|word| above.contains(word)).count() as f64 / smaller;
        let subject = if shared < FEW_SHARED {
            weights::NEW_SUBJECT
        } else if shared > MANY_SHARED {
            weights::SAME_SUBJECT
        } else {
            0.0
        };
        weights::NEW_WORDS * (share(&below) - share(&above)) + subject
    }

    /// Which of the short blocks above one stretch of prose is the title: long enough, and of its words.
    fn rank(&self, index: usize, prose: usize) -> f64 {
        let words = self.blocks.get(index).map_or(0, |block| block.words);
        let length = match words {
            0..=3 => -1.0,
            4 | 5 => 0.0,
            6..=25 => 1.0,
            _ => 0.5,
        };
        let below = self.window_below(prose);
        let title = self.content(index);
        let shared = title.iter().filter(|word| below.contains(word)).count() as f64;
        let is_time = |at: usize| matches!(self.kind(at), Some(Kind::TimeAgo(_)));
        let listed = index.checked_sub(1).is_some_and(is_time) && is_time(index + 1);
        let list = if listed { weights::IN_A_LIST } else { 0.0 };
        let distance = weights::DISTANCE * (prose - index) as f64;
        let text = self
            .blocks
            .get(index)
            .and_then(|block| block.span.slice(self.text))
            .unwrap_or_default();
        let dated = super::date::dates(text, 0).iter().any(|date| date.year.is_some());
        let caption = if dated { weights::DATED } else { 0.0 };
        // Glued to a menu and apart from what follows: the site's name or motto.
        let glued = self.usual_blanks > 0
            && self.blocks.get(index).is_some_and(|block| block.blanks == 0)
            && self.blocks.get(index + 1).is_some_and(|below| below.blanks > 0)
            && matches!(
                index.checked_sub(1).and_then(|above| self.kind(above)),
                Some(Kind::Furniture(_))
            );
        let masthead = if index == 0 && is_name_and_motto(self.text_of(index)) {
            weights::NAME_AND_MOTTO
        } else if glued {
            weights::MASTHEAD
        } else {
            0.0
        };
        length + list + distance + caption + masthead + 2.0 * shared / (title.len().max(1) as f64)
    }

    fn window_below(&self, prose: usize) -> HashSet<u32> {
        let mut window = HashSet::new();
        let mut taken = 0;
        for index in prose..self.blocks.len().min(prose + 2 * HEAD_BLOCKS) {
            if self.kind(index).is_some_and(Kind::is_prose) {
                let words = self.content(index);
                let words = words.get(..words.len().min(WINDOW_WORDS - taken)).unwrap_or_default();
                taken += words.len();
                window.extend(words);
            }
            if taken >= WINDOW_WORDS {
                break;
            }
        }
        window
    }

    fn window_above(&self, index: usize, from: usize) -> HashSet<u32> {
        let mut window = HashSet::new();
        let mut taken = 0;
        for above in (from.max(index.saturating_sub(2 * HEAD_BLOCKS))..index).rev() {
            if self.kind(above).is_some_and(Kind::is_prose) {
                let words = self.content(above);
                let skip = words.len().saturating_sub(WINDOW_WORDS - taken);
                let words = words.get(skip..).unwrap_or_default();
                taken += words.len();
                window.extend(words);
            }
            if taken >= WINDOW_WORDS {
                break;
            }
        }
        window
    }

    /// A heading in capitals with next to nothing below it: the site's own advertising.
    fn heads_a_box(&self, index: usize, until: usize) -> bool {
        let text = self.blocks.get(index).and_then(|block| block.span.slice(self.text));
        let below = index + 1..until.min(self.blocks.len()).min(index + 1 + HEAD_BLOCKS);
        let prose = below.filter(|&at| self.kind(at).is_some_and(Kind::is_prose));
        let words: usize =
            prose.filter_map(|at| self.blocks.get(at)).map(|block| block.words).sum();
        text.is_some_and(is_capitals) && (1..BOX_WORDS).contains(&words)
    }

    fn is_closing(&self, index: usize) -> bool {
        matches!(self.kind(index), Some(Kind::Credit | Kind::SignOff))
            && !self.text_of(index).starts_with('©')
    }

    /// The last block of the article whose blocks begin at `from`, at latest before `until`.
    fn end(&self, from: usize, until: usize) -> Option<usize> {
        let mut last = None;
        let mut run = 0;
        let mut tail = false;
        let mut words = 0;
        for index in from..until.min(self.blocks.len()) {
            let enough = words >= MIN_BODY_WORDS;
            let block = self.blocks.get(index)?;
            match self.kind(index)? {
                Kind::Paragraph | Kind::Sentence | Kind::Dateline => {
                    // A sentence after share buttons is the site's, a paragraph may be the article's.
                    if tail && enough && self.kind(index) == Some(Kind::Sentence) {
                        break;
                    }
                    // So is one after the credit that closes the article.
                    if enough && block.words < BOX_WORDS && self.is_closing(index.wrapping_sub(1)) {
                        break;
                    }
                    last = Some(index);
                    run = 0;
                    tail = false;
                    if !self.is_doubled(index) {
                        words += block.words;
                    }
                }
                Kind::Short | Kind::Byline(false)
                    if words >= MIN_BODY_WORDS / 2 && self.heads_a_box(index, until) =>
                {
                    break;
                }
                Kind::Credit | Kind::SignOff | Kind::Byline(_) | Kind::Publication => {
                    if run <= 1 && last.is_some() {
                        last = Some(index);
                    }
                }
                Kind::TimeAgo(_) if enough => break,
                Kind::Furniture(kind) => {
                    run += 1;
                    tail = tail || kind != Furniture::Inline;
                    if enough && (run >= LIST_BLOCKS || (tail && run >= 2)) {
                        break;
                    }
                }
                Kind::Bullet => {
                    let listed = last.is_some_and(|above| {
                        above + 1 == index || self.kind(index - 1) == Some(Kind::Bullet)
                    }) && !tail;
                    let introduced =
                        last.and_then(|above| self.blocks.get(above)).is_some_and(|above| {
                            above.span.slice(self.text).unwrap_or_default().ends_with([':', '：'])
                        });
                    if listed && introduced {
                        last = Some(index);
                    }
                    // A list of links counts as one only after share buttons and the like.
                    run += usize::from(tail);
                }
                Kind::Caption => {}
                _ => {
                    run += 1;
                    if enough && (run >= LIST_BLOCKS || (tail && run >= 2)) {
                        break;
                    }
                }
            }
        }
        last
    }
}

/// An entry of a list or of a live blog, an introduction, or the middle of a sentence.
fn is_unlike_a_title(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = rest.len() < text.len() && (rest.starts_with(". ") || rest.starts_with(") "));
    let clock = rest.len() < text.len() && {
        let after =
            rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, 'h' | ':' | ' '));
        rest.starts_with(['h', ':']) && after.starts_with(['-', '–', '—', '|'])
    };
    numbered
        || clock
        || text.ends_with([':', ',', ';', '：'])
        || text.chars().next().is_some_and(char::is_lowercase)
}

/// "The Sourlac Messenger - news of the valley".
fn is_name_and_motto(text: &str) -> bool {
    [" - ", " – ", " — ", " | "].iter().any(|dash| {
        text.split_once(dash).is_some_and(|(_, motto)| motto.starts_with(char::is_lowercase))
    })
}

fn is_quotation(text: &str) -> bool {
    text.starts_with(['«', '"', '“', '„', '‘', '「'])
        && text.ends_with(['»', '"', '”', '“', '’', '」'])
}

fn is_capitals(text: &str) -> bool {
    const LETTERS: usize = 8;
    !text.contains(char::is_lowercase)
        && text.chars().filter(|c| c.is_uppercase()).count() >= LETTERS
}

fn content_words(text: &str, out: &mut Vec<u32>) {
    // Keys of words of five letters or more: most function words of the languages written with spaces are shorter.
    for (start, end) in super::fold::words(text) {
        let word = text.get(start..end).unwrap_or_default();
        let spaceless = word.chars().next().is_some_and(super::fold::is_spaceless);
        if spaceless {
            out.extend(word_keys(word).into_iter().map(truncate));
        } else if word.len() >= SHORT_WORD_BYTES {
            out.push(truncate(super::fold::word_key(word)));
        }
    }
}

fn truncate(key: u64) -> u32 {
    (key ^ (key >> 32)) as u32
}

/// Whether a block that is no paragraph by length still ends as a sentence does.
pub(crate) fn is_terminated(text: &str) -> bool {
    ends_as_sentence(text) || text.ends_with([':', '"', '»', '”'])
}
