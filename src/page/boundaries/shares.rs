//! How many words a block and what stands around it have in common: where the subject changes, few (Hearst, TextTiling,
//! Computational Linguistics 1997).

use super::super::segment::Outline;
use ahash::AHashMap;

/// Words above and below a block that are compared …
const WINDOW_WORDS: usize = 150;
/// … and blocks in which they are sought.
const WINDOW_BLOCKS: usize = 16;

/// The number of a word without a stem: of no set.
const NO_STEM: u32 = u32::MAX;

/// What one block shares; `None` where there is nothing to compare.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Shares {
    /// Of its own words those in the prose above.
    pub(super) above: Option<f32>,
    /// Of its own words those in the prose below.
    pub(super) below: Option<f32>,
    /// Of the words of the prose above and of the prose from here on, those of both.
    pub(super) around: Option<f32>,
}

/// The shares of all blocks and of the page's end. O(blocks · [`WINDOW_WORDS`]).
pub(super) fn shares(outline: &Outline<'_>) -> Vec<Shares> {
    let mut windows = Windows::new(outline);
    (0..=outline.blocks.len()).map(|index| windows.shares(index)).collect()
}

/// The content words of a page as small numbers, and sets of them that cost nothing to empty.
struct Windows<'a> {
    outline: &'a Outline<'a>,
    words: Vec<u32>,
    /// For each word the last set that it was put into.
    stamps: Vec<u32>,
    sets: u32,
}

impl<'a> Windows<'a> {
    fn new(outline: &'a Outline<'a>) -> Windows<'a> {
        let mut numbers: AHashMap<u32, u32> = AHashMap::new();
        let mut words = Vec::with_capacity(outline.stems.len());
        for &stem in &outline.stems {
            let next = numbers.len() as u32;
            words.push(if stem == 0 { NO_STEM } else { *numbers.entry(stem).or_insert(next) });
        }
        Windows { outline, stamps: vec![0; numbers.len()], words, sets: 0 }
    }

    fn content(&self, index: usize) -> &[u32] {
        self.words.get(self.outline.content_range(index)).unwrap_or_default()
    }

    /// Puts words into a new set; the set and how many different words it has, with those that were in `other`.
    fn collect(&mut self, pieces: &[std::ops::Range<usize>], other: u32) -> (u32, usize, usize) {
        self.sets += 1;
        let (mut distinct, mut common) = (0, 0);
        for range in pieces {
            for &word in self.words.get(range.clone()).unwrap_or_default() {
                let Some(stamp) = self.stamps.get_mut(word as usize) else { continue };
                if *stamp != self.sets {
                    distinct += 1;
                    common += usize::from(*stamp == other && other != 0);
                    *stamp = self.sets;
                }
            }
        }
        (self.sets, distinct, common)
    }

    /// The nearest words of the paragraphs before `until`.
    fn above(&self, until: usize) -> Vec<std::ops::Range<usize>> {
        let mut left = WINDOW_WORDS;
        let mut pieces = Vec::new();
        for index in (until.saturating_sub(WINDOW_BLOCKS)..until).rev() {
            if left > 0 && self.outline.is_solid(index) {
                let range = self.outline.content_range(index);
                let kept = range.len().min(left);
                pieces.push(range.end - kept..range.end);
                left -= kept;
            }
        }
        pieces
    }

    /// The nearest words of the paragraphs from `from` on.
    fn below(&self, from: usize) -> Vec<std::ops::Range<usize>> {
        let mut left = WINDOW_WORDS;
        let mut pieces = Vec::new();
        for index in from..(from + WINDOW_BLOCKS).min(self.outline.blocks.len()) {
            if left > 0 && self.outline.is_solid(index) {
                let range = self.outline.content_range(index);
                let kept = range.len().min(left);
                pieces.push(range.start..range.start + kept);
                left -= kept;
            }
        }
        pieces
    }

    fn share_of(&self, index: usize, set: u32, distinct: usize) -> Option<f32> {
        let own = self.content(index);
        if own.is_empty() || distinct == 0 {
            return None;
        }
        let is_in = |word: &&u32| self.stamps.get(**word as usize) == Some(&set);
        let stems = own.iter().filter(|&&word| word != NO_STEM).count();
        (stems > 0).then(|| own.iter().filter(is_in).count() as f32 / stems as f32)
    }

    fn shares(&mut self, index: usize) -> Shares {
        let (set_above, of_above, _) = self.collect(&self.above(index), 0);
        let above = self.share_of(index, set_above, of_above);
        let (mut set, mut distinct, common) = self.collect(&self.below(index), set_above);
        let around =
            (of_above > 0 && distinct > 0).then(|| common as f32 / of_above.min(distinct) as f32);
        if self.outline.is_solid(index) {
            // Its own words are none below it.
            (set, distinct, _) = self.collect(&self.below(index + 1), 0);
        }
        Shares { above, below: self.share_of(index, set, distinct), around }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::kind::{Kind, kind_of};
    use super::super::super::line::{blocks, split};
    use super::*;
    use std::collections::BTreeSet;

    /// The shares by their definition, with a set a window.
    fn naive(outline: &Outline<'_>, index: usize) -> Shares {
        let set = |range: std::ops::Range<usize>, backward: bool| -> BTreeSet<u32> {
            let mut words: Vec<u32> = Vec::new();
            let solid = range.filter(|&at| outline.is_solid(at));
            let solid: Vec<usize> = if backward { solid.rev().collect() } else { solid.collect() };
            for at in solid {
                let own = outline.stems_of(at).iter().copied();
                words.extend(if backward { own.rev().collect::<Vec<_>>() } else { own.collect() });
            }
            words.into_iter().take(WINDOW_WORDS).filter(|&stem| stem != 0).collect()
        };
        let share = |set: &BTreeSet<u32>| {
            let mut own = outline.stems_of(index).to_vec();
            own.retain(|&stem| stem != 0);
            let found = own.iter().filter(|word| set.contains(word)).count();
            (!own.is_empty() && !set.is_empty()).then(|| found as f32 / own.len() as f32)
        };
        let above = set(index.saturating_sub(WINDOW_BLOCKS)..index, true);
        let here = set(index..(index + WINDOW_BLOCKS).min(outline.blocks.len()), false);
        let from = index + usize::from(outline.is_solid(index));
        let below = set(from..(from + WINDOW_BLOCKS).min(outline.blocks.len()), false);
        let common = above.intersection(&here).count();
        let around = (!above.is_empty() && !here.is_empty())
            .then(|| common as f32 / above.len().min(here.len()) as f32);
        Shares { above: share(&above), below: share(&below), around }
    }

    #[test]
    fn shares_are_those_of_sets_of_words() {
        const WORDS: [&str; 9] =
            ["bridge", "harbour", "tower", "tuesday", "winter", "garden", "railway", "a", "organ"];
        let mut seed = 3_u64;
        let mut draw = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) as usize % below
        };
        let mut text = String::new();
        for _ in 0..60 {
            let count = [2, 5, 30, 90][draw(4)];
            // Stems differ by their first letters; one of the words has none.
            let words: Vec<String> = (0..count)
                .map(|_| match WORDS[draw(WORDS.len())] {
                    "tuesday" => "tuesday".to_owned(),
                    word => format!("{}{word}", draw(6)),
                })
                .collect();
            text.push_str(&format!("{}{}\n\n", words.join(" "), if count > 9 { "." } else { "" }));
        }
        let blocks = blocks(&text, &split(&text));
        let kinds: Vec<Kind> = blocks
            .iter()
            .map(|block| kind_of(block.span.slice(&text).unwrap(), block.words))
            .collect();
        let outline = Outline::new(&text, &blocks, &kinds);
        let found = shares(&outline);
        assert_eq!(found.len(), blocks.len() + 1);
        for (index, found) in found.iter().enumerate() {
            let right = naive(&outline, index);
            assert_eq!(
                (found.above, found.below, found.around),
                (right.above, right.below, right.around),
                "block {index}"
            );
        }
        assert!(found.iter().any(|shares| shares.around.is_some_and(|share| share > 0.0)));
    }
}
