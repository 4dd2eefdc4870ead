//! What is known of a page as a whole before its blocks are measured: classes, runs and groups of lines, lines that come
//! again, where the last heading of each sort stands.

use super::super::credit::closing_credit;
use super::super::dateline::dateline;
use super::super::furniture::Furniture;
use super::super::kind::Kind;
use super::super::segment::{Outline, Stretch};
use super::super::site_speech::is_site_speech;
use super::class::Class;
use super::columns::RULED;
use super::shares::{Shares, shares};
use ahash::AHashMap;

/// A title and its repetition are at most so many blocks apart.
pub(super) const HEAD_BLOCKS: usize = 8;
/// Between two lines of a site's template lies an article of so many words at least.
pub(super) const ARTICLE_WORDS: usize = 40;

/// The candidates for a title between two paragraphs.
#[derive(Clone, Copy, Default)]
pub(super) struct Group {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) candidates: usize,
    /// The one most of whose words come again below, if any does.
    pub(super) best: Option<usize>,
    pub(super) longest: usize,
}

/// Short lines and relative times in a row: lists of headlines have many.
#[derive(Clone, Copy, Default)]
pub(super) struct Run {
    pub(super) first: usize,
    pub(super) length: usize,
    pub(super) times: usize,
    /// Whether a line comes again in it with others between.
    pub(super) repeats: bool,
}

/// The blocks with what the measures need; one more of everything for the page's end.
pub(super) struct Measurer<'a> {
    pub(super) outline: &'a Outline<'a>,
    classes: Vec<Class>,
    pub(super) shares: Vec<Shares>,
    pub(super) groups: Vec<Group>,
    pub(super) runs: Vec<Run>,
    /// What the rules say, in the order of [`RULED`].
    pub(super) ruled: Vec<[bool; RULED.len()]>,
    /// The blocks of each key, ascending.
    pub(super) places: AHashMap<u64, Vec<usize>>,
    /// Words of the paragraphs above each block.
    prose_words: Vec<usize>,
    pub(super) last: Vec<Last>,
    pub(super) datelines: Vec<bool>,
    pub(super) signed: Vec<bool>,
    /// Whether the site itself speaks to its readers: between paragraphs, as an advert does, or below the article.
    speeches: Vec<bool>,
}

/// The nearest block above of some sorts.
#[derive(Clone, Copy, Default)]
pub(super) struct Last {
    pub(super) prose: Option<usize>,
    pub(super) tail: Option<usize>,
    pub(super) comments: Option<usize>,
    pub(super) share: Option<usize>,
}

impl<'a> Measurer<'a> {
    pub(super) fn new(outline: &'a Outline<'a>, by_rules: &[Stretch]) -> Measurer<'a> {
        let count = outline.blocks.len();
        let mut places: AHashMap<u64, Vec<usize>> = AHashMap::new();
        for (index, block) in outline.blocks.iter().enumerate() {
            places.entry(block.key).or_default().push(index);
        }
        let mut prose_words = vec![0];
        let mut words = 0;
        let mut last = Vec::with_capacity(count + 1);
        let mut nearest = Last::default();
        for index in 0..=count {
            last.push(nearest);
            match outline.kind(index) {
                Some(Kind::Furniture(Furniture::Tail)) => nearest.tail = Some(index),
                Some(Kind::Furniture(Furniture::Comments)) => nearest.comments = Some(index),
                Some(Kind::Furniture(Furniture::Share)) => nearest.share = Some(index),
                _ => {}
            }
            if outline.is_solid(index) {
                nearest.prose = Some(index);
                words += outline.blocks.get(index).map_or(0, |block| block.words);
            }
            prose_words.push(words);
        }
        let of_prose = |test: &dyn Fn(&str) -> bool| -> Vec<bool> {
            let is_prose = |index| outline.kind(index).is_some_and(Kind::is_prose);
            (0..=count).map(|index| is_prose(index) && test(outline.text_of(index))).collect()
        };
        let classes: Vec<Class> = (0..count).map(|index| Class::of(outline, index)).collect();
        let mut measurer = Measurer {
            outline,
            shares: shares(outline),
            groups: vec![Group::default(); count + 1],
            runs: vec![Run::default(); count + 1],
            ruled: ruled(count, by_rules),
            places,
            prose_words,
            last,
            datelines: of_prose(&|text| dateline(text).is_some()),
            signed: of_prose(&|text| closing_credit(text).is_some()),
            speeches: (0..count)
                .map(|at| {
                    classes.get(at) == Some(&Class::Inline) && is_site_speech(outline.text_of(at))
                })
                .collect(),
            classes,
        };
        measurer.find_runs();
        measurer.find_groups();
        measurer
    }

    /// The class of the block so far below, or above if negative.
    pub(super) fn class(&self, index: usize, offset: isize) -> Class {
        let at = index.checked_add_signed(offset);
        at.and_then(|at| self.classes.get(at)).copied().unwrap_or(Class::Nothing)
    }

    /// Whether the site speaks in the block so far below, or above if negative.
    pub(super) fn is_speech(&self, index: usize, offset: isize) -> bool {
        let at = index.checked_add_signed(offset);
        at.and_then(|at| self.speeches.get(at)).copied().unwrap_or(false)
    }

    pub(super) fn count(&self) -> usize {
        self.classes.len()
    }

    pub(super) fn words(&self, index: usize) -> usize {
        self.outline.blocks.get(index).map_or(0, |block| block.words)
    }

    /// Words of the paragraphs of `from..to`.
    pub(super) fn prose_between(&self, from: usize, to: usize) -> usize {
        let above = |index: usize| self.prose_words.get(index.min(self.count())).copied();
        above(to).unwrap_or(0).saturating_sub(above(from).unwrap_or(0))
    }

    fn find_runs(&mut self) {
        let is_listed = |class: Class| class == Class::TimeAgo || class.is_line();
        let mut from = 0;
        for run in self.classes.chunk_by(|&one, &two| is_listed(one) == is_listed(two)) {
            let to = from + run.len();
            if run.first().copied().is_some_and(is_listed) {
                let times = run.iter().filter(|&&class| class == Class::TimeAgo).count();
                let repeats = self.repeats(from, to);
                let of_all = Run { first: from, length: run.len(), times, repeats };
                self.runs.iter_mut().take(to).skip(from).for_each(|slot| *slot = of_all);
            }
            from = to;
        }
    }

    /// Whether one of the lines `from..to` comes again among them, not right below.
    fn repeats(&self, from: usize, to: usize) -> bool {
        let places =
            |at: usize| self.places.get(&self.outline.key(at)).map_or(&[][..], Vec::as_slice);
        (from..to).any(|at| {
            let places = places(at);
            let next = places.partition_point(|&place| place <= at + 1);
            self.outline.key(at) != 0 && places.get(next).is_some_and(|&again| again < to)
        })
    }

    fn find_groups(&mut self) {
        let count = self.count();
        let mut from = 0;
        for index in 0..=count {
            if index < count && !self.outline.is_solid(index) {
                continue;
            }
            let group = self.group(from, index);
            self.groups.iter_mut().take(index).skip(from).for_each(|slot| *slot = group);
            from = index + 1;
        }
    }

    fn group(&self, from: usize, to: usize) -> Group {
        let mut group = Group::default();
        let below = |at: usize| self.shares.get(at).and_then(|shares| shares.below).unwrap_or(0.0);
        for at in (from..to).filter(|&at| self.class(at, 0).is_candidate()) {
            if group.candidates == 0 {
                (group.first, group.longest) = (at, at);
            }
            group.candidates += 1;
            group.last = at;
            if self.words(at) > self.words(group.longest) {
                group.longest = at;
            }
            if below(at) > group.best.map_or(0.0, below) {
                group.best = Some(at);
            }
        }
        group
    }
}

fn ruled(count: usize, by_rules: &[Stretch]) -> Vec<[bool; RULED.len()]> {
    let mut ruled = vec![[false, false, false, false, false, true]; count + 1];
    for stretch in by_rules {
        for (index, said) in ruled.iter_mut().enumerate().take(stretch.last + 2).skip(stretch.first)
        {
            let [title, opening, inside, last, below, outside] = said;
            if index > stretch.last {
                *below = true;
                continue;
            }
            (*inside, *outside) = (true, false);
            if index == stretch.first {
                (*title, *opening) = (stretch.title.is_some(), stretch.title.is_none());
            }
            *last = index == stretch.last;
        }
    }
    ruled
}
