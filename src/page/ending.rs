//! Where an article ends: at its last paragraph or credit before the site takes over for good.

use super::furniture::Furniture;
use super::kind::Kind;
use super::segment::{HEAD_BLOCKS, MIN_BODY_WORDS, Outline};
use super::title::is_capitals;
use ahash::AHashSet;

/// Prose of fewer words under a heading in capitals is a box and not the end of an article.
const BOX_WORDS: usize = 14;
/// So many short blocks in a row are a list of headlines.
const LIST_BLOCKS: usize = 5;
/// Longest box inside a text.
const BOX_BLOCKS: usize = 12;
/// Below a box an article goes on with a paragraph of so many words …
const RESUMING_WORDS: usize = 12;
/// … that shares a word with so many blocks above the box, or is no other article's summary.
const SUBJECT_BLOCKS: usize = 12;

impl Outline<'_> {
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
    pub(super) fn end(&self, from: usize, until: usize) -> Option<usize> {
        let mut last = None;
        let mut run = 0;
        let mut tail = false;
        let mut words = 0;
        let mut index = from;
        while index < until.min(self.blocks.len()) {
            let enough = words >= MIN_BODY_WORDS;
            let block = self.blocks.get(index)?;
            let mut over = false;
            match self.kind(index)? {
                Kind::Paragraph | Kind::Sentence | Kind::Dateline => {
                    // A sentence after share buttons is the site's, a paragraph may be the article's.
                    over = tail && enough && self.kind(index) == Some(Kind::Sentence);
                    // So is one after the credit that closes the article.
                    if enough && block.words < BOX_WORDS && self.is_closing(index.wrapping_sub(1)) {
                        break;
                    }
                    if !over {
                        last = Some(index);
                        run = 0;
                        tail = false;
                        if !self.is_doubled(index) {
                            words += block.words;
                        }
                    }
                }
                Kind::Short | Kind::Byline(false)
                    if words >= MIN_BODY_WORDS / 2 && self.heads_a_box(index, until) =>
                {
                    over = true;
                }
                Kind::Credit | Kind::SignOff | Kind::Byline(_) | Kind::Publication => {
                    if run <= 1 && last.is_some() {
                        last = Some(index);
                    }
                }
                Kind::TimeAgo(_) => over = enough,
                // What readers write is never the article's.
                Kind::Furniture(Furniture::Comments) if last.is_some() => break,
                Kind::Furniture(kind) => {
                    run += 1;
                    tail = tail || kind != Furniture::Inline;
                    over = enough && (run >= LIST_BLOCKS || (tail && run >= 2));
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
                    over = enough && (run >= LIST_BLOCKS || (tail && run >= 2));
                }
            }
            if over {
                // A box may stand inside the text: the article goes on where its own words come again.
                match self.resumes(from, last?, index, until) {
                    Some(prose) => {
                        index = prose;
                        run = 0;
                        tail = false;
                        continue;
                    }
                    None => break,
                }
            }
            index += 1;
        }
        last
    }

    /// The paragraph below a box at which the article goes on: near, long enough, and in the article's words.
    fn resumes(&self, from: usize, last: usize, at: usize, until: usize) -> Option<usize> {
        let until = until.min(self.blocks.len()).min(at + BOX_BLOCKS);
        let over = |index: &usize| {
            matches!(
                self.kind(*index),
                Some(
                    Kind::Furniture(Furniture::Comments)
                        | Kind::Credit
                        | Kind::SignOff
                        | Kind::TimeAgo(_)
                )
            )
        };
        let prose = (at..until).take_while(|index| !over(index)).find(|&index| {
            self.is_solid(index)
                && self.blocks.get(index).is_some_and(|block| block.words >= RESUMING_WORDS)
        })?;
        let own: AHashSet<u32> = (last.saturating_sub(SUBJECT_BLOCKS).max(from)..=last)
            .filter(|&index| self.kind(index).is_some_and(Kind::is_prose))
            .flat_map(|index| self.content(index).iter().copied())
            .collect();
        // A headline and its summary are another article's card.
        let card = prose.checked_sub(1).is_some_and(|above| {
            self.kind(above) == Some(Kind::Short)
                && self.content(above).iter().any(|word| self.content(prose).contains(word))
        });
        let shared = self.content(prose).iter().any(|word| own.contains(word));
        (shared || !card).then_some(prose)
    }
}
