//! The columns of the measures: their names, by which the weights are written down, and their numbers.

use super::class::{CLASSES, Class, GROUPS};

/// Blocks above and below whose class is measured.
pub(super) const REACH: usize = 3;
const PLACES: usize = 2 * REACH + 1;
/// Two neighbours whose classes are measured together: their distances from the block.
pub(super) const NEIGHBOURS: [(isize, isize); 3] = [(-1, 0), (0, 1), (-1, 1)];

/// What the rules of [`Outline::by_rules`](super::super::segment::Outline::by_rules) say of a block.
pub(super) const RULED: [&str; 6] = [
    "title by rule",
    "opening by rule",
    "inside by rule",
    "last by rule",
    "last above by rule",
    "outside by rule",
];

/// The measures that are no class.
const OTHERS: [&str; 129] = [
    "tight above",
    "wide above",
    "very wide above",
    "more blanks above than below",
    "tight below",
    "wide below",
    "very wide below",
    "fewer blanks above than below",
    "prose here",
    "prose 1 below",
    "prose 2 below",
    "prose 3 below",
    "prose 4-5 below",
    "prose 6-8 below",
    "prose further below",
    "no prose below",
    "prose 1 above",
    "prose 2 above",
    "prose 3 above",
    "prose 4-5 above",
    "prose 6+ above",
    "no prose above",
    "under 12 words below",
    "under 40 words below",
    "under 80 words below",
    "many words below",
    "under 12 words above",
    "under 40 words above",
    "under 80 words above",
    "many words above",
    "under 12 words to the end",
    "under 40 words to the end",
    "again right below",
    "again right above",
    "again in the head",
    "again shortly above",
    "again far off",
    "again far off twice",
    "begins a line above",
    "a line below begins it",
    "unlike all others",
    "share of words below",
    "share of words above",
    "none of its words below",
    "some words below, none above",
    "most words below of its group",
    "longest of its group",
    "first of its group",
    "last of its group",
    "alone in its group",
    "group of 2-3",
    "group of 4+",
    "shares under .05",
    "shares under .10",
    "shares under .16",
    "shares under .22",
    "shares under .30",
    "shares more",
    "no words to compare",
    "paragraph shares with above",
    "paragraph shares with below",
    "tail 1 above",
    "tail 2 above",
    "tail 3-6 above",
    "tail 7-15 above",
    "comments 1 above",
    "comments 2-4 above",
    "comments 5-12 above",
    "share button 2-4 above",
    "share button 5-8 above",
    "only a list since the tail heading",
    "tail 1 below",
    "tail 2-3 below",
    "comments 1 below",
    "comments 2-3 below",
    "capitals",
    "ends with a colon",
    "has a colon",
    "begins with a digit",
    "asks or exclaims",
    "ends with a stop",
    "begins with a dateline",
    "ends with a credit",
    "credit ends the block above",
    "short and right under prose",
    "first block",
    "second or third block",
    "last block",
    "run of 1 short",
    "run of 2 shorts",
    "run of 3-4 shorts",
    "run of 5+ shorts",
    "first of its run",
    "times in the run",
    "template line",
    "template line above",
    "template line below",
    "2 template lines above",
    "2 template lines below",
    "paragraph under 25 words",
    "paragraph over 60 words",
    "newer subject than around",
    "no other article",
    "as others open",
    "as others open, 1 below",
    "as others open, 2 below",
    "as others open, 1 above",
    "as others open, 2 above",
    "as others end",
    "as others end, above",
    "end of the page",
    "name and motto",
    "foreign, a line of the words above",
    "foreign, a line of the words below",
    "own, a line of the words above",
    "own, a line of the words below",
    "last of a list, foreign",
    "last of a list, own",
    "last below a tail heading, foreign",
    "last below a tail heading, own",
    "again in its run, others between",
    "said in its run, others between",
    "a run that repeats itself",
    "tells a day and year",
    "ends with a day of the week",
    "short, ends with an agency",
    "the site speaks",
    "the site speaks, 1 above",
    "the site speaks, 1 below",
];

/// What may open an article without a title.
pub(super) const HEADS: [&str; 6] =
    ["publication line", "byline", "names", "caption", "paragraph", "sentence"];
/// The short lines above and below it.
const LINES: [&str; 4] =
    ["no line", "lines of other words", "a line of one of the words", "a line of the words"];

const PAIRS: usize = GROUPS.len() * GROUPS.len();
const OF_RULES_BY_PLACE: usize = RULED.len() * GROUPS.len();
const FIRST_PAIR: usize = PLACES * CLASSES.len();
const FIRST_RULED_CLASS: usize = FIRST_PAIR + NEIGHBOURS.len() * PAIRS;
const FIRST_RULE: usize = FIRST_RULED_CLASS + 3 * OF_RULES_BY_PLACE;
const FIRST_OTHER: usize = FIRST_RULE + RULED.len();
/// Number of measures.
pub(super) const MEASURES: usize = FIRST_LINE + 24;
const FIRST_HEAD: usize = FIRST_OTHER + OTHERS.len();
const FIRST_LINE: usize = FIRST_HEAD + HEADS.len() * LINES.len() * LINES.len();

/// The class of the block `place` − [`REACH`] away.
pub(super) fn of_class(place: usize, class: Class) -> usize {
    place * CLASSES.len() + class as usize
}

/// The groups of the two blocks of `NEIGHBOURS[pair]`.
pub(super) fn of_pair(pair: usize, above: usize, below: usize) -> usize {
    FIRST_PAIR + pair * PAIRS + above * GROUPS.len() + below
}

/// What a rule says, and the group of the block `place` − 1 away.
pub(super) fn of_ruled_class(place: usize, rule: usize, group: usize) -> usize {
    FIRST_RULED_CLASS + place * OF_RULES_BY_PLACE + rule * GROUPS.len() + group
}

/// What a rule says.
pub(super) fn of_rule(rule: usize) -> usize {
    FIRST_RULE + rule
}

/// What may open an article, with the lines above and below it.
pub(super) fn of_head(head: usize, above: usize, below: usize) -> usize {
    FIRST_HEAD + (head * LINES.len() + above) * LINES.len() + below
}

/// A short line of none, one or several (0, 1, 2) of the words of the text below, with a head line right above, with one below, twice in a row.
pub(super) fn of_line(own: usize, above: bool, below: bool, doubled: bool) -> usize {
    let bits = [above, below, doubled];
    FIRST_LINE + bits.iter().fold(own, |column, &bit| 2 * column + usize::from(bit))
}

/// The names of all columns, in their order.
pub(super) fn names() -> Vec<String> {
    let mut names = Vec::with_capacity(MEASURES);
    for place in 0..PLACES {
        let away = place as isize - REACH as isize;
        names.extend(CLASSES.iter().map(|class| format!("{away:+}: {class}")));
    }
    for (above, below) in NEIGHBOURS {
        for one in GROUPS {
            names.extend(GROUPS.iter().map(|two| format!("{above:+} {below:+}: {one}, {two}")));
        }
    }
    for away in -1..=1 {
        for rule in RULED {
            names.extend(GROUPS.iter().map(|group| format!("{rule}, {away:+}: {group}")));
        }
    }
    names.extend(RULED.iter().chain(&OTHERS).map(|&name| name.to_owned()));
    for head in HEADS {
        for above in LINES {
            names.extend(LINES.iter().map(|below| format!("{head} below {above}, above {below}")));
        }
    }
    for own in ["line of other words", "line of one of the words", "line of the words"] {
        for above in ["", ", head above"] {
            for below in ["", ", head below"] {
                names.extend(
                    ["", ", twice"].iter().map(|twice| format!("{own}{above}{below}{twice}")),
                );
            }
        }
    }
    names
}

/// The column of the measure `name` of [`OTHERS`].
pub(super) const fn of_other(name: &str) -> usize {
    let mut at = 0;
    while at < OTHERS.len() {
        if are_equal(OTHERS[at].as_bytes(), name.as_bytes()) {
            return FIRST_OTHER + at;
        }
        at += 1;
    }
    panic!("no measure of this name")
}

const fn are_equal(one: &[u8], two: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < two.len() && one[at] == two[at] {
        at += 1;
    }
    at == one.len() && at == two.len()
}

/// The column of a measure by its name, looked up when the crate is compiled.
macro_rules! column {
    ($name:literal) => {
        const { $crate::page::boundaries::columns::of_other($name) }
    };
}
pub(super) use column;
