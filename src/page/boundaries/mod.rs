//! Where articles begin and end, weighed over the whole page.
//!
//! Hand-written rules ([`Outline::by_rules`]) find most articles of orderly pages. What they say of a block is one measure
//! among others here: the class of the block and of those around it ([`class`]), blank lines, distances to prose, what
//! comes again on the page ([`measurer`]), how many words the text above shares with the text below ([`shares`]), and
//! whether the lines around a day or a name are of the words of the text ([`heads`]). None is made for one site, language
//! or phrase. The [`weights`] of all measures are fitted (`tests/composed/fit.py`), and [`states`] finds the best sequence
//! for the whole page, so that a title and the end of the article above are one decision.
//!
//! Then it is done again: a site prints its articles alike, so each block is compared with how the articles found the
//! first time open and end ([`alike`]). Cost: O(words of the page).

mod alike;
mod class;
mod columns;
mod heads;
mod measurer;
mod rows;
mod shares;
mod states;
mod weights;

use super::kind::Kind;
use super::segment::{MIN_BODY_WORDS, Outline, Stretch};
use super::title::is_name_in_capitals;
use class::Class;
use measurer::Measurer;
use states::{State, Sums};

/// What was measured of one block: columns and their values; most say that something holds (1) or not (no entry).
pub(super) type Row = Vec<(u16, f32)>;

/// The articles of the page, in order. Stretches are disjoint. Where no weighing finds one, those of the rules.
pub(super) fn articles(outline: &Outline<'_>) -> Vec<Stretch> {
    let by_rules = outline.by_rules();
    let measurer = Measurer::new(outline, &by_rules);
    // A row is ten times its sums, so one at a time is kept.
    let mut row = Row::new();
    let mut sums = vec![Sums::default(); measurer.count() + 1];
    for (index, sums) in sums.iter_mut().enumerate() {
        row.clear();
        measurer.note(index, &mut row);
        states::weigh(&row, sums);
    }
    let found = stretches(outline, &states::best(&sums));
    if found.is_empty() {
        return by_rules;
    }
    for (index, sums) in sums.iter_mut().enumerate() {
        row.clear();
        measurer.compare(index, &mut row, &found);
        states::weigh(&row, sums);
    }
    let mut found = stretches(outline, &states::best(&sums));
    below_masthead(&mut found, &by_rules, outline);
    take_title_above(&mut found, outline, &measurer);
    join_over_tables(&mut found, &by_rules, outline, &measurer);
    without_furniture_below(&mut found, &measurer);
    with_brief(found, by_rules, &measurer)
}

/// A first line whose name is in capitals is a masthead where the rules see a title in other letters below it: a site
/// prints its name once, and in any form, so what comes again on the page says nothing of it.
fn below_masthead(found: &mut [Stretch], by_rules: &[Stretch], outline: &Outline<'_>) {
    let (Some(first), Some(ruled)) = (found.first_mut(), by_rules.first()) else { return };
    let prose = outline.next_prose.first().copied().unwrap_or(0);
    let below = 0 < ruled.first && ruled.first < prose.min(first.last);
    let head = outline.text_of(0);
    let is_name = is_loud(head) || is_name_in_capitals(head);
    if first.first == 0
        && below
        && ruled.title.is_some()
        && is_name
        && !is_loud(outline.text_of(ruled.first))
    {
        (first.first, first.title) = (ruled.first, ruled.title);
    }
}

/// More capitals than small letters.
fn is_loud(text: &str) -> bool {
    let (upper, lower) = text.chars().fold((0, 0), |(upper, lower), c| {
        (upper + usize::from(c.is_uppercase()), lower + usize::from(c.is_lowercase()))
    });
    upper > lower
}

/// A line of the words below, right above the day that an article without a title opens with, is its title and not the
/// last line of the article above.
fn take_title_above(found: &mut [Stretch], outline: &Outline<'_>, measurer: &Measurer<'_>) {
    for index in 1..found.len() {
        let Some([above, stretch]) = found.get_mut(index - 1..=index) else { continue };
        let title = above.last;
        let shares = measurer.shares.get(title).and_then(|shares| shares.below);
        let fits = stretch.title.is_none()
            && title + 1 == stretch.first
            && title > above.first + 1
            && outline.kind(stretch.first) == Some(Kind::Publication)
            && matches!(outline.kind(title), Some(Kind::Short | Kind::Byline(false)))
            && shares.is_some_and(|share| share > 0.0);
        if fits {
            above.last = title - 1;
            (stretch.first, stretch.title) = (title, Some(title));
        }
    }
}

/// A table ends no article that the rules see on both sides of it: results between two paragraphs, the ingredients above a
/// recipe's steps. What follows up to the next title is joined.
fn join_over_tables(
    found: &mut Vec<Stretch>,
    by_rules: &[Stretch],
    outline: &Outline<'_>,
    measurer: &Measurer<'_>,
) {
    let mut joined: Vec<Stretch> = Vec::with_capacity(found.len());
    let mut rest = found.drain(..).peekable();
    while let Some(mut stretch) = rest.next() {
        while let Some(until) = below_table(stretch.last, by_rules, outline, measurer) {
            match rest.peek() {
                Some(next) if next.first <= until && next.title.is_some() => break,
                Some(next) if next.first <= until => stretch.last = next.last,
                _ => {
                    stretch.last = until;
                    continue;
                }
            }
            rest.next();
        }
        joined.push(stretch);
    }
    drop(rest);
    *found = joined;
}

/// The first paragraph below a table that begins below the block `last`, where the rules hold both to be of one article.
fn below_table(
    last: usize,
    by_rules: &[Stretch],
    outline: &Outline<'_>,
    measurer: &Measurer<'_>,
) -> Option<usize> {
    const LEAST_LINES: usize = 3;
    let until = outline.next_prose.get(last + 1).copied().filter(|&next| next != usize::MAX)?;
    let ruled = by_rules.get(by_rules.partition_point(|stretch| stretch.last < until))?;
    let lines = last + 1..until;
    let figures = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    let told = lines.clone().filter(|&at| figures(outline.text_of(at))).count();
    let plain = lines.clone().all(|at| {
        let class = measurer.class(at, 0);
        !class.is_furniture() && !matches!(class, Class::TimeAgo | Class::Publication)
    });
    (ruled.first <= last && told >= LEAST_LINES && 2 * told >= lines.len() && plain)
        .then_some(until)
}

/// No article ends with what the site's own lines below begin with: "Read also", "Comments", "Imprint". A link or an advert
/// alone may be a text's last line.
fn without_furniture_below(found: &mut [Stretch], measurer: &Measurer<'_>) {
    for stretch in found {
        let below = measurer.class(stretch.last + 1, 0);
        if below.is_furniture() && below != Class::Inline {
            while stretch.last > stretch.first && measurer.class(stretch.last, 0).is_furniture() {
                stretch.last -= 1;
            }
        }
    }
}

/// Adds what the rules find elsewhere and is too short to be weighed: by the policy for short texts a sign decides
/// whether it is an article, and if not, it is named as too short.
fn with_brief(
    mut found: Vec<Stretch>,
    by_rules: Vec<Stretch>,
    measurer: &Measurer<'_>,
) -> Vec<Stretch> {
    let mut briefs = by_rules;
    briefs.retain(|brief| {
        let next = found.partition_point(|stretch| stretch.last < brief.first);
        let apart = found.get(next).is_none_or(|stretch| stretch.first > brief.last);
        apart && measurer.prose_between(brief.first, brief.last + 1) < MIN_BODY_WORDS
    });
    found.extend(briefs);
    found.sort_by_key(|stretch| stretch.first);
    found
}

/// The rows of all blocks and of the page's end, before and after articles are known: what the weights are fitted to.
pub(super) fn rows_twice(outline: &Outline<'_>) -> (Vec<Row>, Vec<Row>) {
    let measurer = Measurer::new(outline, &outline.by_rules());
    let mut rows = vec![Row::new(); measurer.count() + 1];
    let mut sums = vec![Sums::default(); rows.len()];
    for (index, (row, sums)) in rows.iter_mut().zip(&mut sums).enumerate() {
        measurer.note(index, row);
        states::weigh(row, sums);
    }
    let found = stretches(outline, &states::best(&sums));
    let mut again = rows.clone();
    for (index, row) in again.iter_mut().enumerate() {
        measurer.compare(index, row, &found);
    }
    (rows, again)
}

/// The names of the measures, by column.
pub(super) fn names() -> Vec<String> {
    columns::names()
}

fn stretches(outline: &Outline<'_>, states: &[State]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for (index, state) in states.iter().enumerate() {
        match state {
            State::Outside => {}
            State::Start => {
                let heads = states.get(index + 1) == Some(&State::Head);
                let title = outline.may_be_title(index, heads).then_some(index);
                stretches.push(Stretch { first: index, last: index, title });
            }
            State::Head | State::Text => {
                if let Some(stretch) = stretches.last_mut() {
                    stretch.last = index;
                }
            }
        }
    }
    stretches
}
