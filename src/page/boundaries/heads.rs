//! What a day or a name above a text and the lines around it say together: the same line is a title where it is of the
//! words of the text, and a caption or a headline of a list where it is not.

use super::Row;
use super::class::Class;
use super::columns::{column, of_head, of_line};
use super::measurer::{HEAD_BLOCKS, Measurer};
use std::ops::Range;

/// Short lines in a row that are a list.
const LIST_LINES: usize = 3;

/// What short lines have to do with the text below them.
#[derive(Clone, Copy)]
enum Lines {
    None,
    /// None shares a word with the text.
    Foreign,
    /// One of them shares one word, or few of its words.
    Near,
    /// One of them shares several.
    Own,
}

/// Words that a line and the text must share, and their share of the line's, for the line to be of the text: one may be
/// chance.
const OWN_WORDS: f32 = 2.0;
const OWN_SHARE: f32 = 0.25;

/// The place in [`HEADS`](super::columns::HEADS) of what may open an article without a title.
fn head(class: Class) -> Option<usize> {
    match class {
        Class::Publication => Some(0),
        Class::Byline => Some(1),
        Class::Names => Some(2),
        Class::Caption => Some(3),
        Class::Paragraph | Class::LongParagraph | Class::Dateline => Some(4),
        Class::Sentence => Some(5),
        _ => None,
    }
}

fn is_day_or_name(class: Class) -> bool {
    matches!(class, Class::Publication | Class::Byline)
}

impl Measurer<'_> {
    /// Adds what a block and the lines between the paragraphs around it say together.
    pub(super) fn note_heads(&self, index: usize, row: &mut Row) {
        let prose = self.outline.next_prose.get(index).copied().unwrap_or(usize::MAX);
        if prose > index.saturating_add(HEAD_BLOCKS) {
            return;
        }
        // The lines above up to the nearest paragraph.
        let above = self.last.get(index).and_then(|last| last.prose).map_or(0, |prose| prose + 1);
        let above = above.max(index.saturating_sub(HEAD_BLOCKS))..index;
        let class = self.class(index, 0);
        if let Some(head) = head(class) {
            let (over, under) = (self.lines(above.clone()), self.lines(index + 1..prose));
            row.push((of_head(head, over as usize, under as usize) as u16, 1.0));
        }
        if class.is_candidate() {
            self.note_line(index, above, index + 1..prose, row);
        }
    }

    /// A line that may be a title, with the lines above and below it.
    fn note_line(&self, index: usize, above: Range<usize>, below: Range<usize>, row: &mut Row) {
        let mut holds = |column: usize, holds: bool| {
            if holds {
                row.push((column as u16, 1.0));
            }
        };
        let own = self.is_own(index);
        let head_above = index.checked_sub(1).is_some_and(|at| is_day_or_name(self.class(at, 0)));
        let head_below = below.clone().any(|at| is_day_or_name(self.class(at, 0)));
        let doubled = self.outline.is_doubled(index);
        holds(of_line(self.line(index) as usize - 1, head_above, head_below, doubled), true);
        let key = self.outline.key(index);
        let other = |at: usize| self.class(at, 0).is_candidate() && self.outline.key(at) != key;
        holds(
            column!("foreign, a line of the words above"),
            !own && self.is_any_own(above.clone()),
        );
        holds(
            column!("foreign, a line of the words below"),
            !own && self.is_any_own(below.clone()),
        );
        holds(
            column!("own, a line of the words above"),
            own && above.clone().any(|at| other(at) && self.is_own(at)),
        );
        holds(
            column!("own, a line of the words below"),
            own && below.clone().any(|at| other(at) && self.is_own(at)),
        );
        let run = self.runs.get(index).copied().unwrap_or_default();
        let end = run.first + run.length;
        let last = run.length >= LIST_LINES && end == index + 1;
        holds(column!("last of a list, foreign"), last && !own);
        holds(column!("last of a list, own"), last && own);
        let last = self.outline.is_listed(index) && !other(index + 1);
        holds(column!("last below a tail heading, foreign"), last && !own);
        holds(column!("last below a tail heading, own"), last && own);
        let (said, again) = self.same_in_run(index);
        let others = |between: Range<usize>| between.take(HEAD_BLOCKS).any(other);
        holds(
            column!("said in its run, others between"),
            said.is_some_and(|at| others(at + 1..index)),
        );
        holds(
            column!("again in its run, others between"),
            again.is_some_and(|at| others(index + 1..at)),
        );
        holds(column!("a run that repeats itself"), run.repeats);
    }

    /// The nearest places above and below, in the run of a line, at which it stands again.
    fn same_in_run(&self, index: usize) -> (Option<usize>, Option<usize>) {
        let key = self.outline.key(index);
        let run = self.runs.get(index).copied().unwrap_or_default();
        let places = match key {
            0 => &[],
            key => self.places.get(&key).map_or(&[][..], Vec::as_slice),
        };
        let own = places.partition_point(|&at| at < index);
        let above = own.checked_sub(1).and_then(|place| places.get(place)).copied();
        let below = places.get(own + 1).copied();
        (above.filter(|&at| at >= run.first), below.filter(|&at| at < run.first + run.length))
    }

    /// Whether a line shares a word with the text below it.
    fn is_own(&self, at: usize) -> bool {
        self.shares.get(at).and_then(|shares| shares.below).is_some_and(|share| share > 0.0)
    }

    fn is_any_own(&self, mut range: Range<usize>) -> bool {
        range.any(|at| self.class(at, 0).is_candidate() && self.is_own(at))
    }

    /// What one line has to do with the text below it.
    fn line(&self, at: usize) -> Lines {
        let share = self.shares.get(at).and_then(|shares| shares.below).unwrap_or(0.0);
        let stems = self.outline.stems_of(at).iter().filter(|&&stem| stem != 0).count();
        match share * stems as f32 {
            _ if share <= 0.0 => Lines::Foreign,
            words if words + 0.5 < OWN_WORDS || share < OWN_SHARE => Lines::Near,
            _ => Lines::Own,
        }
    }

    fn lines(&self, range: Range<usize>) -> Lines {
        let mut found = Lines::None;
        for at in range {
            match self.class(at, 0) {
                // A name may be a byline.
                Class::Names => {}
                class if !class.is_candidate() => {}
                _ => match (found, self.line(at)) {
                    (_, Lines::Own) => return Lines::Own,
                    (Lines::None | Lines::Foreign, line) => found = line,
                    _ => {}
                },
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::kind::{Kind, kind_of};
    use super::super::super::line::{blocks, split};
    use super::super::super::segment::Outline;
    use super::super::columns::names;
    use super::*;

    const LEDE: &str = "Trois péniches chargées de farine ont quitté lundi le moulin d'Ostrel, le premier convoi depuis que la \
                        rivière a été rendue à la navigation.";

    /// For each block of the page the names of what the heads and lines around it say.
    fn said(page: &str) -> Vec<Vec<String>> {
        let blocks = blocks(page, &split(page));
        let kinds: Vec<Kind> = blocks
            .iter()
            .map(|block| kind_of(block.span.slice(page).unwrap(), block.words))
            .collect();
        let outline = Outline::new(page, &blocks, &kinds);
        let measurer = Measurer::new(&outline, &[]);
        let names = names();
        (0..=blocks.len())
            .map(|index| {
                let mut row = Row::new();
                measurer.note_heads(index, &mut row);
                row.iter().map(|&(column, _)| names[usize::from(column)].clone()).collect()
            })
            .collect()
    }

    fn has(said: &[String], name: &str) -> bool {
        said.iter().any(|it| it == name)
    }

    #[test]
    fn a_day_above_a_title_is_told_from_one_above_a_caption() {
        let day = "Publié le 3 mars 2026";
        let title = said(&format!("{day}\n\nLes péniches de farine repartent\n\n{LEDE}\n"));
        assert!(has(&title[0], "publication line below no line, above a line of the words"));
        assert!(has(&title[1], "line of the words, head above"), "{:?}", title[1]);
        let caption = said(&format!("{day}\n\nLa tour vue du vieux marché couvert\n\n{LEDE}\n"));
        assert!(has(&caption[0], "publication line below no line, above lines of other words"));
        assert!(has(&caption[1], "line of other words, head above"), "{:?}", caption[1]);
    }

    #[test]
    fn the_last_headline_of_a_list_is_of_the_text_or_not() {
        let page = |last: &str| {
            format!(
                "{LEDE}\n\nUn chat sauvé des eaux\n\nLe musée ferme\n\n{last}\n\nPar Ana Lorne\n\n{LEDE}\n"
            )
        };
        let own = said(&page("La farine quitte le moulin"));
        assert!(has(&own[3], "last of a list, own"), "{:?}", own[3]);
        assert!(has(&own[4], "byline below a line of the words, above no line"), "{:?}", own[4]);
        assert!(has(&own[1], "foreign, a line of the words below"), "{:?}", own[1]);
        let foreign = said(&page("Le verglas revient dimanche"));
        assert!(has(&foreign[3], "last of a list, foreign"), "{:?}", foreign[3]);
        assert!(has(&foreign[4], "byline below lines of other words, above no line"));
    }

    #[test]
    fn a_list_in_which_a_line_comes_again_repeats_itself() {
        let page = |third: &str| {
            format!(
                "Un chat sauvé des eaux\n\nLe musée ferme tôt\n\n{third}\n\nAvis de verglas\n\n{LEDE}\n"
            )
        };
        let again = said(&page("Un chat sauvé des eaux"));
        assert!(has(&again[0], "again in its run, others between"), "{:?}", again[0]);
        assert!(has(&again[2], "said in its run, others between"), "{:?}", again[2]);
        assert!(again[..4].iter().all(|it| has(it, "a run that repeats itself")));
        let different = said(&page("Un phoque dans le port"));
        assert!(different[..4].iter().all(|it| !has(it, "a run that repeats itself")));
    }
}
