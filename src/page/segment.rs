//! Where articles begin and end on a page.
//!
//! A title is a short block with prose soon after it; the evidence for it is weighed in `title`, the best candidate before a
//! stretch of prose opens an article, and the article ends with its last paragraph or credit before the next title or
//! before the page's own furniture takes over. Cost: O(words of the page).

use super::furniture::{Furniture, ends_as_sentence};
use super::kind::Kind;
use super::line::{Block, word_keys};

/// Prose must begin within so many blocks below a title.
pub(super) const HEAD_BLOCKS: usize = 8;
const SHORT_WORD_BYTES: usize = 5;
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
    pub(super) text: &'a str,
    pub(super) blocks: &'a [Block],
    kinds: &'a [Kind],
    /// For each block the next block that prose begins with, at or after it.
    pub(super) next_prose: Vec<usize>,
    /// Content words of all blocks, one after the other, and where those of a block begin.
    vocabulary: Vec<u32>,
    starts: Vec<usize>,
    pub(super) usual_blanks: usize,
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
