//! Live blogs: entries under times of the day.

use crate::span::Span;

/// So many stamped lines make a live blog …
const STAMPS: usize = 5;
/// … if at least so many of their steps go the same way through the day, in percent …
const ONE_WAY: usize = 80;
/// … and they are no table of times: so many words of text to a stamp, on average.
const WORDS_A_STAMP: usize = 12;

/// One entry of a live blog.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct LiveEntry {
    /// Minutes after midnight, as printed; the page says no zone.
    pub minutes: u16,
    /// From the stamp to the next entry or the end of the article.
    pub span: Span,
}

/// The time that a line begins with, in minutes: "14h05", "14:05 - …", "[14.05] …", "14h".
fn stamp(line: &str) -> Option<u16> {
    let line = line.trim_start_matches(|c: char| {
        matches!(c, '[' | '(' | '•' | '-' | ' ') || super::super::fold::is_blank(c)
    });
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let hour: u16 = line.get(..digits).filter(|_| (1..=2).contains(&digits))?.parse().ok()?;
    let rest = line.get(digits..)?;
    let sign = rest.chars().next().filter(|c| matches!(c, 'h' | 'H' | ':' | '.' | '時' | '：'))?;
    let rest = rest.get(sign.len_utf8()..)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let minute: u16 = match digits {
        2 => rest.get(..2)?.parse().ok()?,
        0 if matches!(sign, 'h' | '時') => 0,
        _ => return None,
    };
    // "1.25 million" and "12:30:05" go on.
    let after = rest.get(digits..)?;
    let ends = after.is_empty()
        || after.starts_with([
            ' ', '\u{a0}', '\u{202f}', '\u{3000}', ']', ')', '-', '–', '—', '|', '分', '\t',
        ]);
    (hour < 24 && minute < 60 && ends).then_some(hour * 60 + minute)
}

pub(crate) fn is_live(lines: &[&str]) -> bool {
    let stamps: Vec<u16> = lines.iter().filter_map(|line| stamp(line)).collect();
    if stamps.len() < STAMPS {
        return false;
    }
    let words: usize = lines.iter().map(|line| super::super::fold::count_words(line)).sum();
    let steps = stamps.len() - 1;
    let up = stamps.windows(2).filter(|pair| pair[0] <= pair[1]).count();
    let down = stamps.windows(2).filter(|pair| pair[0] >= pair[1]).count();
    words >= WORDS_A_STAMP * stamps.len() && 100 * up.max(down) >= ONE_WAY * steps
}

/// The entries among the lines of an article.
pub(crate) fn entries(text: &str, lines: &[Span]) -> Vec<LiveEntry> {
    let mut found: Vec<LiveEntry> = Vec::new();
    for line in lines {
        let Some(slice) = line.slice(text) else { continue };
        if slice.is_empty() {
            continue;
        }
        if let Some(minutes) = stamp(slice) {
            found.push(LiveEntry { minutes, span: *line });
        } else if let Some(open) = found.last_mut() {
            open.span = open.span.hull(*line);
        }
    }
    found
}
