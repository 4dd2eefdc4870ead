//! Where articles begin and end on a page.
//!
//! By rule a title is a short block with prose soon after it; the evidence for it is weighed in `title`, the best candidate
//! before a stretch of prose opens an article, and the article ends with its last paragraph or credit before the next title
//! or before the page's own furniture takes over. What the rules say is weighed against everything else on the page in
//! `boundaries`, which decides. Cost: O(words of the page).

use super::boundaries;
use super::furniture::ends_as_sentence;
use super::kind::Kind;
use super::line::{Block, word_keys};
use std::ops::Range;

/// Prose must begin within so many blocks below a title.
pub(super) const HEAD_BLOCKS: usize = 8;
const SHORT_WORD_BYTES: usize = 5;
/// An article ends where furniture takes over only after so many words.
pub(crate) const MIN_BODY_WORDS: usize = 40;

/// First and last block of an article and the block of its title.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Stretch {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) title: Option<usize>,
}

/// The blocks of a page with what is known of each.
pub(crate) struct Outline<'a> {
    pub(super) text: &'a str,
    pub(super) blocks: &'a [Block],
    kinds: &'a [Kind],
    /// For each block the next block that prose begins with, at or after it.
    pub(super) next_prose: Vec<usize>,
    /// Content words of all blocks, one after the other, and where those of a block begin.
    pub(super) vocabulary: Vec<u32>,
    /// The stem of each of these words; 0 for days, months and figures, which any two texts of a week share.
    pub(super) stems: Vec<u32>,
    starts: Vec<usize>,
    pub(super) usual_blanks: usize,
}

impl<'a> Outline<'a> {
    pub(crate) fn new(text: &'a str, blocks: &'a [Block], kinds: &'a [Kind]) -> Outline<'a> {
        let (mut vocabulary, mut stems) = (Vec::new(), Vec::new());
        let mut starts = Vec::with_capacity(blocks.len() + 1);
        for block in blocks {
            starts.push(vocabulary.len());
            content_words(block.span.slice(text).unwrap_or_default(), &mut vocabulary, &mut stems);
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
            stems,
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

    pub(super) fn kind(&self, index: usize) -> Option<Kind> {
        self.kinds.get(index).copied()
    }

    pub(super) fn text_of(&self, index: usize) -> &'a str {
        self.blocks.get(index).and_then(|block| block.span.slice(self.text)).unwrap_or_default()
    }

    pub(super) fn key(&self, index: usize) -> u64 {
        self.blocks.get(index).map_or(0, |block| block.key)
    }

    /// Twice in a row: a caption under a picture and under its thumbnail, or a heading printed twice.
    pub(super) fn is_doubled(&self, index: usize) -> bool {
        let key = self.key(index);
        key != 0
            && (index.checked_sub(1).is_some_and(|above| self.key(above) == key)
                || self.key(index + 1) == key)
    }

    /// A paragraph that an article can rest on.
    pub(super) fn is_solid(&self, index: usize) -> bool {
        matches!(self.kind(index), Some(Kind::Paragraph | Kind::Dateline))
            && !self.is_doubled(index)
    }

    pub(super) fn content(&self, block: usize) -> &[u32] {
        self.vocabulary.get(self.content_range(block)).unwrap_or_default()
    }

    /// The stems of a block's content words; 0 for a word without one.
    pub(super) fn stems_of(&self, block: usize) -> &[u32] {
        self.stems.get(self.content_range(block)).unwrap_or_default()
    }

    /// Where the content words of a block stand in the vocabulary.
    pub(super) fn content_range(&self, block: usize) -> Range<usize> {
        match (self.starts.get(block), self.starts.get(block + 1)) {
            (Some(&from), Some(&to)) => from..to,
            _ => 0..0,
        }
    }

    /// The articles of the page, in order. Stretches are disjoint.
    pub(crate) fn stretches(&self) -> Vec<Stretch> {
        self.cut_at_datelines(boundaries::articles(self))
    }

    /// Cuts an article where the rules see a title right above a dateline: no dispatch has a second one. Without the rules,
    /// pages composed of the seed corpus lose .005 of article F1: lines of boxes stand above datelines too.
    fn cut_at_datelines(&self, found: Vec<Stretch>) -> Vec<Stretch> {
        let headed = |&title: &usize| {
            self.kind(title) == Some(Kind::Short)
                && self.kind(title + 1) == Some(Kind::Paragraph)
                && super::dateline::dateline(self.text_of(title + 1)).is_some()
                && self.has_text_above(title, &found)
        };
        let mut titles: Vec<usize> = (0..self.blocks.len()).filter(headed).collect();
        if titles.is_empty() {
            return found;
        }
        let by_rules = self.by_rules();
        let ruled: Vec<usize> = by_rules.iter().filter_map(|stretch| stretch.title).collect();
        titles.retain(|title| ruled.binary_search(title).is_ok());
        let mut cut = Vec::with_capacity(found.len() + titles.len());
        for stretch in found {
            let mut open = stretch;
            let from = titles.partition_point(|&title| title <= stretch.first);
            for &title in titles.iter().skip(from).take_while(|&&title| title < stretch.last) {
                cut.push(Stretch { last: title - 1, ..open });
                open = Stretch { first: title, last: stretch.last, title: Some(title) };
            }
            cut.push(open);
        }
        cut
    }

    /// Whether a whole text stands above a block of the same article: right below its title a summary does.
    fn has_text_above(&self, index: usize, found: &[Stretch]) -> bool {
        const NEAR_BLOCKS: usize = 40;
        let next = found.partition_point(|stretch| stretch.last < index);
        found.get(next).filter(|stretch| stretch.first < index).is_some_and(|stretch| {
            let near = stretch.first.max(index.saturating_sub(NEAR_BLOCKS))..index;
            let prose = near.filter(|&above| self.is_solid(above));
            let words = prose.filter_map(|above| self.blocks.get(above)).map(|it| it.words);
            words.sum::<usize>() >= MIN_BODY_WORDS
        })
    }

    /// Whether the first block of an article may be its title; a sentence only with a head below it (`heads`).
    pub(super) fn may_be_title(&self, index: usize, heads: bool) -> bool {
        match self.kind(index) {
            Some(Kind::Short | Kind::Byline(false) | Kind::Subheading | Kind::Furniture(_)) => true,
            Some(Kind::Sentence | Kind::Paragraph) => heads,
            _ => false,
        }
    }

    /// The articles by hand-written rules alone.
    pub(super) fn by_rules(&self) -> Vec<Stretch> {
        let titles = self.titles();
        let mut stretches = Vec::new();
        let first_title = titles.first().copied().unwrap_or(self.blocks.len());
        if titles.is_empty() {
            return self.all_untitled();
        }
        stretches.extend(self.untitled(0, first_title));
        for (index, &title) in titles.iter().enumerate() {
            let until = titles.get(index + 1).copied().unwrap_or(self.blocks.len());
            if let Some(last) = self.end(title + 1, self.head_above(until, &titles)) {
                stretches.push(Stretch { first: title, last, title: Some(title) });
            }
        }
        stretches
    }

    /// Where what belongs to the title at `until` begins: a day or byline that the site prints above its titles.
    fn head_above(&self, until: usize, titles: &[usize]) -> usize {
        let is_head =
            |at: usize| matches!(self.kind(at), Some(Kind::Publication | Kind::Byline(_)));
        let above = |title: usize| title.checked_sub(1).filter(|&above| is_head(above));
        let Some(mut head) = above(until).filter(|_| until < self.blocks.len()) else {
            return until;
        };
        // The first title of the page has no article above it that the line could belong to.
        let first = titles.first().copied().unwrap_or(until);
        let custom = above(first).is_some_and(|above| {
            self.kind(above) == self.kind(head)
                && self.next_prose.first().is_some_and(|&prose| prose >= first)
        });
        let nearer = self
            .blocks
            .get(head)
            .zip(self.blocks.get(until))
            .is_some_and(|(line, title)| line.blanks > title.blanks);
        if !custom && !nearer {
            return until;
        }
        while let Some(next) = above(head) {
            head = next;
        }
        head
    }

    /// The articles of a page on which nothing looks like a title: each opens with its day, byline or dateline, below the
    /// signature, the furniture or the wide gap that closes the one above.
    fn all_untitled(&self) -> Vec<Stretch> {
        let mut openings = vec![0];
        let mut prose_above = false;
        for index in 0..self.blocks.len() {
            if prose_above && self.opens_untitled(index) {
                openings.push(index);
                prose_above = false;
            }
            prose_above |= self.is_solid(index);
        }
        openings.push(self.blocks.len());
        openings
            .windows(2)
            .filter_map(|pair| match pair {
                &[from, until] => self.untitled(from, until),
                _ => None,
            })
            .collect()
    }

    fn opens_untitled(&self, index: usize) -> bool {
        let Some(block) = self.blocks.get(index) else { return false };
        let near = |at: usize| {
            self.next_prose.get(at).is_some_and(|&prose| prose != usize::MAX && prose - at <= 4)
        };
        let opens = match self.kind(index) {
            Some(Kind::Publication | Kind::Caption) => near(index),
            Some(Kind::Byline(true)) => near(index) && self.kind(index + 1) != Some(Kind::Credit),
            Some(Kind::Paragraph) => super::dateline::dateline(self.text_of(index)).is_some(),
            Some(Kind::Dateline) => true,
            _ => false,
        };
        let wide = block.blanks >= 2 && block.blanks > self.usual_blanks;
        let closed = wide
            || index.checked_sub(1).is_some_and(|above| {
                matches!(self.kind(above), Some(Kind::Credit | Kind::SignOff))
                    || matches!(self.kind(above), Some(Kind::Furniture(kind)) if kind != super::furniture::Furniture::Inline)
                    || super::credit::closing_credit(self.text_of(above)).is_some()
                    || (self.kind(above) == Some(Kind::Byline(true))
                        && self.kind(index) == Some(Kind::Publication))
                    // A byline or a day right above prose, where the page began with one.
                    || (matches!(self.kind(index), Some(Kind::Publication))
                        && self.kind(above).is_some_and(Kind::is_prose))
            });
        let signed = index
            .checked_sub(1)
            .is_some_and(|above| matches!(self.kind(above), Some(Kind::Credit | Kind::SignOff)));
        (opens && closed) || (self.is_solid(index) && (signed || (wide && block.blanks >= 3)))
    }

    /// Prose above the first title: an article without one.
    fn untitled(&self, from: usize, until: usize) -> Option<Stretch> {
        let prose = *self.next_prose.get(from)?;
        let prose = if prose < until {
            prose
        } else {
            // A flash of one short sentence is an article too, when nothing else is.
            (from..until.min(self.blocks.len())).find(|&index| {
                from == 0
                    && until == self.blocks.len()
                    && matches!(self.kind(index), Some(Kind::Sentence))
            })?
        };
        // Its own date, byline or dateline stands right above it.
        let mut first = prose;
        while let Some(above) = first.checked_sub(1)
            && above >= from
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
}

fn content_words(text: &str, out: &mut Vec<u32>, stems: &mut Vec<u32>) {
    // Keys of words of five letters or more: most function words of the languages written with spaces are shorter.
    for (start, end) in super::fold::words(text) {
        let word = text.get(start..end).unwrap_or_default();
        let spaceless = word.chars().next().is_some_and(super::fold::is_spaceless);
        if spaceless {
            out.extend(word_keys(word).into_iter().map(truncate));
        } else if word.len() >= SHORT_WORD_BYTES {
            let key = super::fold::word_key(word);
            out.push(truncate(key));
            stems.push(super::stem::stem_key(word, key).map_or(0, truncate));
        }
        // Pairs of characters are their own stems.
        stems.extend(out.get(stems.len()..).unwrap_or_default());
    }
}

fn truncate(key: u64) -> u32 {
    (key ^ (key >> 32)) as u32
}

/// Whether a block that is no paragraph by length still ends as a sentence does.
pub(crate) fn is_terminated(text: &str) -> bool {
    ends_as_sentence(text) || text.ends_with([':', '"', '»', '”'])
}
