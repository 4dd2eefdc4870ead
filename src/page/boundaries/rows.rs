//! The measures of each block.

use super::super::date::{dates, is_calendar_word};
use super::super::fold::{fold_word, words};
use super::super::furniture::ends_with_stop;
use super::super::mention::mentions;
use super::super::title::{is_capitals, is_name_and_motto};
use super::Row;
use super::class::Class;
use super::columns::{
    NEIGHBOURS, REACH, RULED, column, of_class, of_pair, of_rule, of_ruled_class,
};
use super::measurer::{ARTICLE_WORDS, HEAD_BLOCKS, Measurer};
use super::shares::Shares;

/// Blocks around of which the words are counted.
const NEAR_BLOCKS: usize = 12;
/// Steps of the share of words that the prose above and below have in common.
const SHARED_STEPS: [f32; 5] = [0.05, 0.10, 0.16, 0.22, 0.30];
/// A change of subject is a dip of this depth.
const DIP: f32 = 0.03;

/// Takes down what holds of one block.
struct Notes<'a> {
    row: &'a mut Row,
}

impl Notes<'_> {
    fn add(&mut self, column: usize, value: f32) {
        if value != 0.0 {
            self.row.push((column as u16, value));
        }
    }

    fn holds(&mut self, column: usize, holds: bool) {
        if holds {
            self.add(column, 1.0);
        }
    }

    /// One of the columns from `first` on.
    fn step(&mut self, first: usize, step: usize) {
        self.add(first + step, 1.0);
    }
}

impl Measurer<'_> {
    /// Adds to `row` what holds of one block as long as no article is known.
    pub(super) fn note(&self, index: usize, row: &mut Row) {
        let mut notes = Notes { row };
        self.note_classes(index, &mut notes);
        self.note_layout(index, &mut notes);
        self.note_distances(index, &mut notes);
        self.note_repetitions(index, &mut notes);
        self.note_words(index, &mut notes);
        self.note_headings(index, &mut notes);
        self.note_shape(index, &mut notes);
        self.note_heads(index, row);
    }

    fn note_classes(&self, index: usize, notes: &mut Notes<'_>) {
        for place in 0..=2 * REACH {
            let class = self.class(index, place as isize - REACH as isize);
            notes.add(of_class(place, class), 1.0);
        }
        let group = |offset: isize| self.class(index, offset).group();
        for (pair, (above, below)) in NEIGHBOURS.into_iter().enumerate() {
            notes.add(of_pair(pair, group(above), group(below)), 1.0);
        }
        let said = self.ruled.get(index).copied().unwrap_or([false; RULED.len()]);
        for (rule, _) in said.iter().enumerate().filter(|(_, said)| **said) {
            notes.add(of_rule(rule), 1.0);
            for place in 0..3 {
                notes.add(of_ruled_class(place, rule, group(place as isize - 1)), 1.0);
            }
        }
    }

    fn note_layout(&self, index: usize, notes: &mut Notes<'_>) {
        let usual = self.outline.usual_blanks;
        let blanks = |at: usize| self.outline.blocks.get(at).map_or(usual, |block| block.blanks);
        let (above, below) = (blanks(index), blanks(index + 1));
        for (first, blanks) in [(column!("tight above"), above), (column!("tight below"), below)] {
            notes.holds(first, blanks == 0 && usual > 0);
            notes.holds(first + 1, blanks >= 2 && blanks > usual);
            notes.holds(first + 2, blanks >= 3 && blanks > usual);
        }
        notes.holds(column!("more blanks above than below"), index > 0 && above > below);
        notes.holds(column!("fewer blanks above than below"), index > 0 && above < below);
        notes.holds(column!("first block"), index == 0);
        notes.holds(column!("second or third block"), index == 1 || index == 2);
        notes.holds(column!("last block"), index + 1 == self.count());
        notes.holds(column!("end of the page"), index == self.count());
    }

    fn note_distances(&self, index: usize, notes: &mut Notes<'_>) {
        let next = self.outline.next_prose.get(index).filter(|&&next| next != usize::MAX);
        let below = match next.and_then(|next| next.checked_sub(index)) {
            Some(distance @ 0..=3) => distance,
            Some(4..=5) => 4,
            Some(6..=8) => 5,
            Some(_) => 6,
            None => 7,
        };
        notes.step(column!("prose here"), below);
        let last = self.last.get(index).copied().unwrap_or_default();
        let above = match last.prose.and_then(|last| index.checked_sub(last)) {
            Some(distance @ 1..=3) => distance - 1,
            Some(4..=5) => 3,
            Some(_) => 4,
            None => 5,
        };
        notes.step(column!("prose 1 above"), above);
        let size = |words: usize| match words {
            0..12 => 0,
            12..40 => 1,
            40..80 => 2,
            _ => 3,
        };
        let below = self.prose_between(index, index + NEAR_BLOCKS);
        let above = self.prose_between(index.saturating_sub(NEAR_BLOCKS), index);
        notes.step(column!("under 12 words below"), size(below));
        notes.step(column!("under 12 words above"), size(above));
        let rest = self.prose_between(index, self.count());
        notes.holds(column!("under 12 words to the end"), rest < 12);
        notes.holds(column!("under 40 words to the end"), rest < 40);
    }

    fn note_repetitions(&self, index: usize, notes: &mut Notes<'_>) {
        let Some(block) = self.outline.blocks.get(index) else { return };
        let places = match block.key {
            0 => &[],
            key => self.places.get(&key).map_or(&[][..], Vec::as_slice),
        };
        let from = places.partition_point(|&at| at + HEAD_BLOCKS < index);
        let to = places.partition_point(|&at| at <= index + HEAD_BLOCKS);
        let near = places.get(from..to).unwrap_or_default();
        let any = |test: &dyn Fn(usize) -> bool| near.iter().any(|&at| test(at));
        notes.holds(column!("again right below"), any(&|at| at == index + 1));
        notes.holds(column!("again right above"), any(&|at| at + 1 == index));
        notes.holds(column!("again in the head"), any(&|at| at > index + 1));
        notes.holds(column!("again shortly above"), any(&|at| at + 1 < index));
        let far = places.len() - near.len();
        notes.holds(column!("again far off"), far == 1);
        notes.holds(column!("again far off twice"), far >= 2);
        notes.holds(column!("unlike all others"), places.len() <= 1);
        if self.class(index, 0).is_candidate() {
            let head = (index + HEAD_BLOCKS).min(self.count());
            let head = self.outline.next_prose.get(index).map_or(head, |&prose| prose.min(head));
            let mut below = index + 1..head;
            let mut above = index.saturating_sub(HEAD_BLOCKS)..index;
            notes.holds(
                column!("a line below begins it"),
                below.any(|at| self.outline.is_slug_of(at, index)),
            );
            notes.holds(
                column!("begins a line above"),
                above.any(|at| {
                    self.class(at, 0).is_candidate() && self.outline.is_slug_of(index, at)
                }),
            );
        }
        let [two_above, above, here, below, two_below] =
            [-2, -1, 0, 1, 2].map(|offset| self.is_template(index, offset));
        notes.holds(column!("template line"), here);
        notes.holds(column!("template line above"), above);
        notes.holds(column!("template line below"), below);
        notes.holds(column!("2 template lines above"), above && two_above);
        notes.holds(column!("2 template lines below"), below && two_below);
    }

    /// Whether a line comes again with an article between: what a site prints around each of its articles.
    fn is_template(&self, index: usize, offset: isize) -> bool {
        let Some(index) = index.checked_add_signed(offset) else { return false };
        let Some(block) = self.outline.blocks.get(index).filter(|block| block.key != 0) else {
            return false;
        };
        // The first and the last of them are the furthest.
        let places = self.places.get(&block.key).map_or(&[][..], Vec::as_slice);
        places.first().into_iter().chain(places.last()).any(|&at| {
            self.prose_between(index.min(at), index.max(at)) >= ARTICLE_WORDS && at != index
        })
    }

    fn note_words(&self, index: usize, notes: &mut Notes<'_>) {
        let shares = |at: usize| self.shares.get(at).copied().unwrap_or_default();
        let Shares { above, below, around } = shares(index);
        let (above, below) = (above.unwrap_or(0.0), below.unwrap_or(0.0));
        if self.outline.is_solid(index) {
            notes.add(column!("paragraph shares with above"), above);
            notes.add(column!("paragraph shares with below"), below);
            notes.holds(column!("paragraph under 25 words"), self.words(index) < 25);
            notes.holds(column!("paragraph over 60 words"), self.words(index) > 60);
        } else if self.class(index, 0).is_candidate() {
            notes.add(column!("share of words below"), below);
            notes.add(column!("share of words above"), above);
            let several = self.outline.content(index).len() >= 2;
            notes.holds(column!("none of its words below"), several && below == 0.0);
            notes.holds(column!("some words below, none above"), below > 0.0 && above == 0.0);
            let group = self.groups.get(index).copied().unwrap_or_default();
            notes.holds(column!("most words below of its group"), group.best == Some(index));
            notes.holds(column!("longest of its group"), group.longest == index);
            notes.holds(column!("first of its group"), group.first == index);
            notes.holds(column!("last of its group"), group.last == index);
            notes.holds(column!("alone in its group"), group.candidates == 1);
            notes.holds(column!("group of 2-3"), matches!(group.candidates, 2 | 3));
            notes.holds(column!("group of 4+"), group.candidates >= 4);
        }
        let Some(around) = around else {
            notes.add(column!("no words to compare"), 1.0);
            return;
        };
        let step = SHARED_STEPS.iter().position(|&limit| around < limit);
        notes.step(column!("shares under .05"), step.unwrap_or(SHARED_STEPS.len()));
        let dips = |other: Option<f32>| other.is_none_or(|other| around < other - DIP);
        let above = index.checked_sub(2).and_then(|at| shares(at).around);
        let dip = dips(above) && dips(shares(index + 2).around);
        notes.holds(column!("newer subject than around"), dip);
    }

    fn note_headings(&self, index: usize, notes: &mut Notes<'_>) {
        let last = self.last.get(index).copied().unwrap_or_default();
        let away = |at: Option<usize>| at.and_then(|at| index.checked_sub(at));
        match away(last.tail) {
            Some(1) => notes.add(column!("tail 1 above"), 1.0),
            Some(2) => notes.add(column!("tail 2 above"), 1.0),
            Some(3..=6) => notes.add(column!("tail 3-6 above"), 1.0),
            Some(7..=15) => notes.add(column!("tail 7-15 above"), 1.0),
            _ => {}
        }
        match away(last.comments) {
            Some(1) => notes.add(column!("comments 1 above"), 1.0),
            Some(2..=4) => notes.add(column!("comments 2-4 above"), 1.0),
            Some(5..=12) => notes.add(column!("comments 5-12 above"), 1.0),
            _ => {}
        }
        match away(last.share) {
            Some(2..=4) => notes.add(column!("share button 2-4 above"), 1.0),
            Some(5..=8) => notes.add(column!("share button 5-8 above"), 1.0),
            _ => {}
        }
        notes.holds(column!("the site speaks"), self.is_speech(index, 0));
        notes.holds(column!("the site speaks, 1 above"), self.is_speech(index, -1));
        notes.holds(column!("the site speaks, 1 below"), self.is_speech(index, 1));
        let listed = self.outline.is_listed(index);
        notes.holds(column!("only a list since the tail heading"), listed);
        let below = |offset: isize, class: Class| self.class(index, offset) == class;
        let near = |class: Class| below(2, class) || below(3, class);
        notes.holds(column!("tail 1 below"), below(1, Class::Tail));
        notes.holds(column!("tail 2-3 below"), near(Class::Tail));
        notes.holds(column!("comments 1 below"), below(1, Class::Comments));
        notes.holds(column!("comments 2-3 below"), near(Class::Comments));
        let run = self.runs.get(index).copied().unwrap_or_default();
        match run.length {
            0 => {}
            length @ 1..=2 => notes.step(column!("run of 1 short"), length - 1),
            3 | 4 => notes.add(column!("run of 3-4 shorts"), 1.0),
            _ => notes.add(column!("run of 5+ shorts"), 1.0),
        }
        notes.holds(column!("first of its run"), run.length > 1 && run.first == index);
        notes.holds(column!("times in the run"), run.times > 1);
    }

    fn note_shape(&self, index: usize, notes: &mut Notes<'_>) {
        let text = self.outline.text_of(index);
        if !self.outline.is_solid(index) {
            notes.holds(column!("capitals"), is_capitals(text));
            notes.holds(column!("ends with a colon"), text.ends_with([':', '：']));
            notes.holds(column!("has a colon"), text.contains([':', '：']));
            notes.holds(column!("begins with a digit"), text.starts_with(char::is_numeric));
            let asks = text.ends_with(['?', '!', '？', '！', '؟']);
            notes.holds(column!("asks or exclaims"), asks);
            notes.holds(column!("ends with a stop"), ends_with_stop(text));
            if self.class(index, 0).is_candidate() {
                let dated = || dates(text, 0).iter().any(|date| date.year.is_some());
                let digits = text.chars().any(char::is_numeric);
                notes.holds(column!("tells a day and year"), digits && dated());
                notes.holds(column!("ends with a day of the week"), ends_with_weekday(text));
                notes.holds(column!("short, ends with an agency"), ends_with_agency(text));
            }
        }
        notes.holds(column!("name and motto"), index == 0 && is_name_and_motto(text));
        let of = |flags: &[bool], at: Option<usize>| {
            at.and_then(|at| flags.get(at)).copied().unwrap_or(false)
        };
        notes.holds(column!("begins with a dateline"), of(&self.datelines, Some(index)));
        notes.holds(column!("ends with a credit"), of(&self.signed, Some(index)));
        let above = index.checked_sub(1);
        notes.holds(column!("credit ends the block above"), of(&self.signed, above));
        let under_prose = matches!(
            self.class(index, -1),
            Class::LongParagraph | Class::Paragraph | Class::Sentence
        );
        let short = matches!(self.class(index, 0), Class::Word | Class::TwoWords | Class::FewWords);
        notes.holds(column!("short and right under prose"), under_prose && short);
    }
}

/// "The bridge of Ostrel (AFP)", "The bridge of Ostrel | AP": a caption tells whose it is.
fn ends_with_agency(text: &str) -> bool {
    let end = text.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    let last = mentions(text).last().copied();
    last.is_some_and(|last| last.end >= end && last.start > 0)
}

/// "The bridge of Ostrel on Tuesday": a caption tells when.
fn ends_with_weekday(text: &str) -> bool {
    text.contains("曜日")
        || words(text).last().is_some_and(|(start, end)| {
            is_calendar_word(&fold_word(text.get(start..end).unwrap_or_default()))
        })
}
