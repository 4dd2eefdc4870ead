//! Lines of a page, and the blocks that a reader sees: a paragraph is one block, however it was wrapped.

use super::fold::{count_words, is_blank, is_spaceless, line_key, words};
use crate::span::Span;

/// Narrowest and widest column at which texts are wrapped by hand or by a mail reader.
const WRAP_COLUMNS: std::ops::RangeInclusive<usize> = 40..=100;
/// A page is hard-wrapped when this share of its line breaks inside runs stands where the next word did not fit (below
/// a line of less than half the width nothing could: names in a menu say nothing of how the texts are printed) …
const WRAPPED_SHARE: f64 = 0.75;
/// … and there are at least so many of them.
const WRAPPED_BREAKS: usize = 4;

/// The lines of `text` without their terminators: LF, CRLF, CR, NEL, line and paragraph separator.
pub(crate) fn split(text: &str) -> Vec<Span> {
    let mut lines = Vec::new();
    // A byte order mark belongs to the file and to no line.
    let mut start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}') {
            continue;
        }
        lines.extend(Span::new(start, at));
        start = at + c.len_utf8();
        if c == '\r' && chars.peek().is_some_and(|&(_, next)| next == '\n') {
            chars.next();
            start += 1;
        }
    }
    if start < text.len() {
        lines.extend(Span::new(start, text.len()));
    }
    lines
}

/// `span` without white space and invisible characters at both ends.
pub(crate) fn trim(text: &str, span: Span) -> Span {
    let slice = span.slice(text).unwrap_or_default();
    let front = slice.len() - slice.trim_start_matches(is_blank).len();
    let kept = slice.trim_matches(is_blank).len();
    Span::new(span.start() + front, span.start() + front + kept).unwrap_or(span)
}

/// A run of lines that a reader sees as one: a paragraph, a heading, an entry of a list.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// First line, 0-based.
    pub(crate) first: usize,
    /// Last line, 0-based.
    pub(crate) last: usize,
    /// Trimmed text.
    pub(crate) span: Span,
    /// Blank lines above.
    pub(crate) blanks: usize,
    pub(crate) words: usize,
    /// Key of the folded words; 0 for a block without a word.
    pub(crate) key: u64,
}

impl Block {
    /// A block of lines `first` to `last` that shows `span`.
    pub(crate) fn of(text: &str, first: usize, last: usize, span: Span, blanks: usize) -> Block {
        let content = span.slice(text).unwrap_or_default();
        Block { first, last, span, blanks, words: count_words(content), key: line_key(content) }
    }
}

/// Blocks of the non-blank lines. O(bytes).
pub(crate) fn blocks(text: &str, lines: &[Span]) -> Vec<Block> {
    blocks_where(text, lines, &|_| true)
}

/// Blocks of which only lines that may are joined.
pub(crate) fn blocks_where(
    text: &str,
    lines: &[Span],
    may_join: &dyn Fn(usize) -> bool,
) -> Vec<Block> {
    let trimmed: Vec<Span> = lines.iter().map(|&line| trim(text, line)).collect();
    let blank = Span::default();
    let joinable: Vec<Span> = trimmed
        .iter()
        .enumerate()
        .map(|(index, &line)| if may_join(index) { line } else { blank })
        .collect();
    let width = wrap_width(text, &joinable);
    let mut blocks: Vec<Block> = Vec::new();
    let mut blanks = 0;
    for (index, &line) in trimmed.iter().enumerate() {
        if line.is_empty() {
            blanks += 1;
            continue;
        }
        let joined = blanks == 0
            && index > 0
            && may_join(index)
            && may_join(index - 1)
            && !is_indented(text, lines, index)
            && !is_rule(text, line)
            && !trimmed.get(index - 1).is_some_and(|&above| is_rule(text, above))
            && width.is_some_and(|width| {
                trimmed.get(index - 1).is_some_and(|&above| is_wrap(text, above, line, width))
            });
        match blocks.last_mut() {
            Some(block) if joined => {
                block.last = index;
                block.span = block.span.hull(line);
            }
            _ => blocks.push(Block {
                first: index,
                last: index,
                span: line,
                blanks,
                words: 0,
                key: 0,
            }),
        }
        blanks = 0;
    }
    for block in &mut blocks {
        let content = block.span.slice(text).unwrap_or_default();
        block.words = count_words(content);
        block.key = line_key(content);
    }
    blocks
}

/// A line of dashes or the like, which parts what stands above it from what stands below.
fn is_rule(text: &str, line: Span) -> bool {
    const LEAST_BYTES: usize = 4;
    let line = line.slice(text).unwrap_or_default();
    line.len() >= LEAST_BYTES
        && line.chars().all(|c| matches!(c, '-' | '=' | '_' | '*' | '~' | '─' | '━' | '—' | ' '))
}

/// Whether a line is set in further than the one above: where lines are wrapped, so begin paragraphs without a blank line.
fn is_indented(text: &str, lines: &[Span], index: usize) -> bool {
    let indent = |at: usize| {
        let line = lines.get(at).and_then(|line| line.slice(text)).unwrap_or_default();
        line.len() - line.trim_start_matches([' ', '\t', '\u{a0}', '\u{3000}']).len()
    };
    index > 0 && indent(index) > indent(index - 1)
}

/// Columns of a line: a character of a script without spaces takes two.
fn columns(line: &str) -> usize {
    line.chars().map(|c| if is_spaceless(c) { 2 } else { 1 }).sum()
}

fn first_word_columns(line: &str) -> usize {
    match line.chars().next() {
        Some(c) if is_spaceless(c) => 2,
        _ => columns(line.split(char::is_whitespace).next().unwrap_or_default()),
    }
}

/// Whether the break between two lines stands where the next word did not fit: the mark of hard wrapping.
fn is_wrap(text: &str, above: Span, below: Span, width: usize) -> bool {
    // Longer than four bytes a column: surely wider, and not worth counting.
    if above.len() > 4 * width || below.len() > 4 * width {
        return false;
    }
    let (Some(above), Some(below)) = (above.slice(text), below.slice(text)) else { return false };
    let used = columns(above);
    // A list entry, a dash or a bullet begins something new however full the line above is.
    let starts_entry = below.starts_with(['•', '*', '·', '▪', '►', '●']);
    !starts_entry && used <= width && used + 1 + first_word_columns(below) > width
}

/// The column at which the page is wrapped; `None` when its lines are paragraphs.
fn wrap_width(text: &str, trimmed: &[Span]) -> Option<usize> {
    let mut width = 0;
    for (above, below) in trimmed.iter().zip(trimmed.iter().skip(1)) {
        // Only a line with a line right below it can be a wrapped one.
        if above.is_empty() || below.is_empty() || above.len() > 4 * WRAP_COLUMNS.end() {
            continue;
        }
        let used = columns(above.slice(text).unwrap_or_default());
        if used <= *WRAP_COLUMNS.end() {
            width = width.max(used);
        }
    }
    if !WRAP_COLUMNS.contains(&width) {
        return None;
    }
    let (mut breaks, mut wraps) = (0_usize, 0_usize);
    for (above, below) in trimmed.iter().zip(trimmed.iter().skip(1)) {
        if above.is_empty() || below.is_empty() {
            continue;
        }
        let used = above.slice(text).map_or(0, columns);
        breaks += usize::from(2 * used >= width);
        wraps += usize::from(is_wrap(text, *above, *below, width));
    }
    let enough = wraps >= WRAPPED_BREAKS && wraps as f64 >= WRAPPED_SHARE * breaks as f64;
    enough.then_some(width)
}

/// The words of a block as keys: what titles, ledes and standfirsts are compared by.
pub(crate) fn word_keys(text: &str) -> Vec<u64> {
    let mut keys = Vec::new();
    for (start, end) in words(text) {
        let word = text.get(start..end).unwrap_or_default();
        if word.chars().next().is_some_and(is_spaceless) {
            // Pairs of characters stand for the words that no space separates.
            let characters: Vec<(usize, char)> = word.char_indices().collect();
            if characters.len() == 1 {
                keys.push(super::fold::word_key(word));
            }
            for pair in characters.windows(2) {
                let (from, to) = (pair[0].0, pair[1].0 + pair[1].1.len_utf8());
                keys.push(super::fold::word_key(word.get(from..to).unwrap_or_default()));
            }
        } else {
            keys.push(super::fold::word_key(word));
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(page: &str) -> Vec<String> {
        blocks(page, &split(page))
            .iter()
            .map(|block| block.span.slice(page).unwrap().replace('\n', " "))
            .collect()
    }

    #[test]
    fn every_kind_of_line_end_ends_one_line() {
        let page = "a\r\nb\rc\u{85}d\u{2028}e\n\nf";
        let lines: Vec<&str> = split(page).iter().map(|line| line.slice(page).unwrap()).collect();
        assert_eq!(lines, ["a", "b", "c", "d", "e", "", "f"]);
    }

    #[test]
    fn hard_wrapped_paragraphs_are_joined_and_short_lines_are_not() {
        let page = "The old bridge of Sourlac opens again\n\n\
            The bridge over the river Lorne was opened again on Tuesday after\n\
            eleven months of work, the mayor of the small town of Sourlac and\n\
            the chief engineer said in front of several hundred inhabitants.\n\n\
            Repairs had been delayed twice, first by floods and then by a long\n\
            quarrel between the two contractors over the price of the steel\n\
            cables, which are made in Ostrel.\n";
        let found = texts(page);
        assert_eq!(found.len(), 3);
        assert!(found[1].ends_with("hundred inhabitants."));
        assert_eq!(texts("Menu\nSport\nWeather\nContact us here\nLegal\nHelp").len(), 6);
    }

    #[test]
    fn a_menu_beside_a_short_wrapped_text_does_not_hide_that_it_is_wrapped() {
        let page = "Startseite\nLokales\nSport\nWetter\n\n\
            Die Brücke von Sourlac ist am Dienstag nach elf Monaten wieder für\n\
            den Verkehr geöffnet worden, sagte der Bürgermeister vor mehreren\n\
            Hundert Einwohnern.\n\n\
            Die Arbeiten waren zweimal verschoben worden, erst wegen eines neuen\n\
            Hochwassers, dann wegen eines langen Streits zweier Firmen über den\n\
            Preis.\n\nMeistgelesen\nMaut im Juni\nNeue Fähre\nWahl in Ostrel\n";
        let found = texts(page);
        assert!(found.iter().any(|block| block.ends_with("mehreren Hundert Einwohnern.")));
        assert!(
            found
                .iter()
                .any(|block| block.starts_with("Die Arbeiten") && block.ends_with("Preis."))
        );
        assert_eq!(found.len(), 10);
    }

    #[test]
    fn lines_that_are_paragraphs_stay_apart() {
        let long = "Une phrase assez longue pour ne pas tenir sur une ligne de journal imprimé, ni sur deux, ni sur un écran.";
        let page = format!("{long}\n{long}\n{long}\n{long}\n{long}\n{long}");
        assert_eq!(texts(&page).len(), 6);
    }

    #[test]
    fn a_mark_of_byte_order_and_no_break_spaces_are_blank() {
        let page = "\u{feff}\n\u{a0}\n x\u{a0}\n";
        assert_eq!(texts(page), ["x"]);
    }
}
