//! What an article's page prints twice: slugs, captions, standfirsts, paragraphs.

use super::draft::Draft;
use super::{CAPTION_MOST_WORDS, Composer};
use crate::page::kind::Kind;
use crate::page::line::word_keys;
use crate::page::line_class::{DropReason, LineClass};
use crate::page::segment::{Stretch, is_terminated};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A summary repeats the body when this share of its runs of [`RUN_WORDS`] words is found further down.
const REPEATED_SHARE: f64 = 0.7;
const RUN_WORDS: usize = 4;
/// Paragraphs at the head that may be a standfirst.
const HEAD_PARAGRAPHS: usize = 2;
const SAME_PARAGRAPH_WORDS: usize = 8;

impl Composer<'_> {
    /// A short line that comes back inside one article is the picture's slug; what follows it unfinished is its caption.
    pub(super) fn drop_slugs(&self, draft: &mut Draft, stretch: Stretch) {
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
    pub(super) fn drop_repeats(&self, draft: &mut Draft, stretch: Stretch) {
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
