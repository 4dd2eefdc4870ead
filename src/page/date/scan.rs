//! Dates as pages print them, found in running text.

use super::clock::{clock, read_time};
use super::cursor::Cursor;
use super::names::{asian_weekday, month, weekday, zone};
use super::printed::{Found, PrintedDate, date};
use crate::page::fold::{fold_word, is_spaceless, words};
use crate::span::Span;

/// Longest stretch of one block that is searched for dates: a publication line is short, and a paragraph that is a whole
/// archive says nothing about one article's date.
const SCAN_BYTES: usize = 1 << 16;

/// The dates of `text` in order; spans are offset by `base`. O(bytes).
pub(crate) fn dates(text: &str, base: usize) -> Vec<PrintedDate> {
    let mut limit = text.len().min(SCAN_BYTES);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let text = text.get(..limit).unwrap_or_default();
    if !text.contains(char::is_numeric) {
        return Vec::new();
    }
    let mut found: Vec<PrintedDate> = Vec::new();
    let mut done = 0;
    let mut before: [(usize, String); 3] = Default::default();
    for (start, end) in words(text) {
        let word = text.get(start..end).unwrap_or_default();
        if start >= done {
            let folded = if word.len() <= 40 { fold_word(word) } else { String::new() };
            let date = if starts_with_digit(word) {
                by_number(text, start)
            } else if month(&folded).is_some()
                && (!before[2].1.starts_with(|c: char| c.is_ascii_digit())
                    || is_minute(text, before[2].0))
            {
                by_month(text, start, end, &folded)
            } else if word.chars().next().is_some_and(is_spaceless) || word.contains('年') {
                by_asian_run(text, start, end)
            } else {
                None
            };
            if let Some((mut date, until)) = date {
                let mut from = date.span.start();
                for (at, name) in before.iter().rev() {
                    if let Some(day) = weekday(name) {
                        date.weekday = Some(day);
                        from = *at;
                        break;
                    }
                    if !matches!(name.as_str(), "le" | "the" | "den" | "der" | "el" | "dia" | "de")
                    {
                        break;
                    }
                }
                let mut to = until;
                if date.day.is_some() && date.time.is_none() {
                    read_time(text, &mut to, &mut date);
                }
                done = to;
                date.span = Span::new(base + from, base + to).unwrap_or(date.span);
                found.push(date);
            }
            before.rotate_left(1);
            before[2] = (start, folded);
        }
    }
    found
}

fn starts_with_digit(word: &str) -> bool {
    fold_word(word.get(..word.chars().next().map_or(0, char::len_utf8)).unwrap_or_default())
        .starts_with(|c: char| c.is_ascii_digit())
}

/// Whether the number at `start` is that of a clock: "14:05 March 3, 2026".
fn is_minute(text: &str, start: usize) -> bool {
    let before = text.get(..start).and_then(|before| before.strip_suffix(':'));
    before.is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
}

/// "031405 GMT MAR 26", "031405Z MAR 2026": the date-time group of wire terminals.
fn date_time_group(text: &str, start: usize) -> Found {
    const DIGITS: usize = 6;
    let digits = text.get(start..start + DIGITS)?;
    let number: i64 = digits.parse().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()))?;
    let (day, hour, minute) = (number / 10_000, number / 100 % 100, number % 100);
    let mut cursor = Cursor { text, at: start + DIGITS };
    cursor.any(&['Z']);
    cursor.spaces();
    let here = cursor.at;
    if !matches!(cursor.letters().as_str(), "gmt" | "utc" | "z") {
        cursor.at = here;
    }
    cursor.spaces();
    let month = i64::from(month(&cursor.letters())?);
    cursor.spaces();
    let year = match cursor.digits(4)? {
        (year, 2) => 2000 + year,
        (year, 4) => year,
        _ => return None,
    };
    let (mut printed, end) = date(Some(year), month, Some(day), (start, cursor.at))?;
    if hour < 24 && minute < 60 {
        printed.time = Some(hour * 3_600 + minute * 60);
        printed.offset = Some(0);
    }
    Some((printed, end))
}

/// "AP-NY-03-17-26 1405EDT": the month first, a clock without a colon.
fn ap_stamp(text: &str, start: usize) -> Found {
    // No further back than the desk: in a line without blanks the word begins far away.
    let head = start.checked_sub("AP-NY-".len())?;
    let desk = text.get(head..start)?.strip_prefix("AP-")?.strip_suffix('-')?;
    let apart = text.get(..head)?.chars().next_back().is_none_or(char::is_whitespace);
    if !apart || desk.len() != 2 || !desk.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let mut cursor = Cursor { text, at: start };
    let pair = |cursor: &mut Cursor<'_>| cursor.digits(2).filter(|it| it.1 == 2).map(|it| it.0);
    let month = pair(&mut cursor)?;
    cursor.any(&['-']).then_some(())?;
    let day = pair(&mut cursor)?;
    cursor.any(&['-']).then_some(())?;
    let year = 2000 + pair(&mut cursor)?;
    let (mut printed, mut end) = date(Some(year), month, Some(day), (start, cursor.at))?;
    cursor.spaces();
    if let Some((clock, 4)) = cursor.digits(4)
        && clock / 100 < 24
        && clock % 100 < 60
    {
        printed.time = Some(clock / 100 * 3_600 + clock % 100 * 60);
        end = cursor.at;
        if let Some(offset) = zone(&cursor.letters()) {
            printed.offset = Some(offset);
            end = cursor.at;
        }
    }
    Some((printed, end))
}

/// "03/17/14-05/26": EFE's month, day, hour, minute and year.
fn efe_stamp(text: &str, start: usize) -> Found {
    let mut cursor = Cursor { text, at: start };
    let mut read = [0; 5];
    for (slot, sign) in read.iter_mut().zip(['/', '/', '-', '/', ' ']) {
        *slot = cursor.digits(2).filter(|it| it.1 == 2)?.0;
        (sign == ' ' || cursor.any(&[sign])).then_some(())?;
    }
    let [month, day, hour, minute, year] = read;
    let (mut printed, end) = date(Some(2000 + year), month, Some(day), (start, cursor.at))?;
    printed.time = (hour < 24 && minute < 60).then_some(hour * 3_600 + minute * 60);
    Some((printed, end))
}

fn by_number(text: &str, start: usize) -> Found {
    let stamp = date_time_group(text, start).or_else(|| ap_stamp(text, start));
    if let Some(found) = stamp.or_else(|| efe_stamp(text, start)) {
        return Some(found);
    }
    let mut cursor = Cursor { text, at: start };
    let (first, digits) = cursor.digits(4)?;
    if digits == 4 {
        return iso(text, start, first, cursor.at)
            .or_else(|| asian(text, start, Some(first), cursor.at));
    }
    if digits > 2 {
        return None;
    }
    let decimal = text.get(..start).is_some_and(|before| {
        before.ends_with([',', '.'])
            && before.chars().rev().nth(1).is_some_and(|c| c.is_ascii_digit())
    });
    if decimal {
        return None;
    }
    let after = cursor.at;
    if cursor.any(&['月', '월']) {
        return asian(text, start, None, start);
    }
    // Numeric: 03.03.2026, 3/3/2026, 3-3-2026.
    for separator in ['.', '/', '-'] {
        let mut cursor = Cursor { text, at: after };
        if !cursor.any(&[separator]) {
            continue;
        }
        if separator == '.' {
            cursor.spaces();
        }
        if let Some((second, _)) = cursor.digits(2)
            && cursor.any(&[separator])
            && let Some((year, digits)) = cursor.digits(4)
        {
            // "03.03.26, 14:05": two digits are a year in front of a clock alone.
            let span = (start, cursor.at);
            let year = match digits {
                4 => year,
                2 => {
                    let (mut printed, mut to) = date(Some(2000 + year), 1, Some(1), span)?;
                    read_time(text, &mut to, &mut printed);
                    2000 + printed.time.map(|_| year)?
                }
                _ => return None,
            };
            return numeric(first, second, year, separator, span);
        }
    }
    if is_minute(text, start) {
        return None;
    }
    // Day and name of the month: "3 mars 2026", "1er mai", "3. März", "3rd of June", "3 de marzo de 2026".
    cursor.at = after;
    let suffix = cursor.letters();
    if !matches!(suffix.as_str(), "" | "er" | "st" | "nd" | "rd" | "th" | "e") {
        // "03Mar26", as Reuters stamps its lines.
        let number = month(&suffix).filter(|_| digits == 2)?;
        let year = match cursor.digits(4)? {
            (year, 2) => 2000 + year,
            (year, 4) => year,
            _ => return None,
        };
        return date(Some(year), i64::from(number), Some(first), (start, cursor.at));
    }
    cursor.any(&['.', 'º', '°', 'ª']);
    if !cursor.spaces() && !cursor.any(&['-', '–']) {
        return None;
    }
    let mut name = cursor.letters();
    if matches!(name.as_str(), "de" | "of" | "di" | "van") {
        cursor.spaces();
        name = cursor.letters();
    }
    let number = month(&name)?;
    let bare = cursor.at;
    // "03-MAR-26", as ANSA stamps its dispatches.
    let hyphens = text.get(after..).is_some_and(|rest| rest.starts_with('-'));
    let mut short = Cursor { text, at: bare };
    if hyphens
        && short.any(&['-'])
        && let Some((year, digits @ (2 | 4))) = short.digits(4)
    {
        let year = if digits == 2 { 2000 + year } else { year };
        return date(Some(year), i64::from(number), Some(first), (start, short.at));
    }
    let year = year_after(&mut cursor);
    let end = if year.is_some() { cursor.at } else { bare };
    date(year, i64::from(number), Some(first), (start, end))
}

/// A year that follows a month or a day of the month.
fn year_after(cursor: &mut Cursor<'_>) -> Option<i64> {
    let from = cursor.at;
    cursor.any(&['.', ',', '،']);
    cursor.spaces();
    let here = cursor.at;
    if matches!(cursor.letters().as_str(), "de" | "del" | "of") {
        cursor.spaces();
    } else {
        cursor.at = here;
    }
    let plausible = |year: &i64| (1700..=2200).contains(year);
    match cursor.digits(4) {
        // A number that goes on is a count ("le 3 mars 2500 personnes" has its year elsewhere).
        Some((year, 4)) if plausible(&year) => Some(year),
        _ => {
            cursor.at = from;
            None
        }
    }
}

fn numeric(first: i64, second: i64, year: i64, separator: char, span: (usize, usize)) -> Found {
    let (day, month, either) = match (first, second) {
        (day, month) if month <= 12 && day > 12 => (day, month, false),
        (month, day) if month <= 12 && day > 12 => (day, month, false),
        // With points or hyphens the day comes first everywhere; with slashes it depends on the country.
        (day, month) => (day, month, separator == '/' && day != month),
    };
    let (mut printed, end) = date(Some(year), month, Some(day), span)?;
    printed.either_order = either;
    Some((printed, end))
}

fn iso(text: &str, start: usize, year: i64, at: usize) -> Found {
    let mut cursor = Cursor { text, at };
    let separator = ['-', '/', '.'].into_iter().find(|&c| cursor.rest().starts_with(c))?;
    cursor.any(&[separator]);
    let (month, _) = cursor.digits(2)?;
    if !cursor.any(&[separator]) {
        return None;
    }
    let (day, _) = cursor.digits(2)?;
    let (mut printed, mut end) = date(Some(year), month, Some(day), (start, cursor.at))?;
    if cursor.any(&['T', 't']) {
        let mut to = cursor.at;
        if clock(text, &mut to, &mut printed) {
            end = to;
        }
    }
    Some((printed, end))
}

/// `2026年3月3日`, `3月3日`, `2026년 3월 3일`; `at` is after the year's digits (or before the month's).
fn asian(text: &str, start: usize, year: Option<i64>, at: usize) -> Found {
    let mut cursor = Cursor { text, at };
    if year.is_some() && !cursor.any(&['年', '년']) {
        return None;
    }
    cursor.spaces();
    let (month, _) = cursor.digits(2)?;
    if !cursor.any(&['月', '월']) {
        return None;
    }
    cursor.spaces();
    let month_end = cursor.at;
    let day = cursor.digits(2).filter(|_| cursor.any(&['日', '일']));
    let Some((day, _)) = day else {
        year?;
        return date(year, month, None, (start, month_end));
    };
    let mut end = cursor.at;
    let (mut printed, _) = date(year, month, Some(day), (start, end))?;
    // （火）, (火曜日), 星期二
    let mut chars = cursor.rest().chars();
    let (first, second) = (chars.next(), chars.next());
    if let (Some('(' | '（'), Some(name)) = (first, second) {
        printed.weekday = asian_weekday(name);
        if let Some(close) =
            cursor.rest().char_indices().take(8).find(|(_, c)| matches!(c, ')' | '）'))
        {
            end = cursor.at + close.0 + close.1.len_utf8();
        }
    }
    let (mut printed, _) = date(year, month, Some(day), (start, end))
        .map(|found| (PrintedDate { weekday: printed.weekday, ..found.0 }, 0))?;
    let mut cursor = Cursor { text, at: end };
    cursor.spaces();
    if let Some((hour, _)) = cursor.digits(2) {
        if hour < 24 && cursor.any(&['時', '时', '시']) {
            cursor.spaces();
            let minute = cursor.digits(2).map_or(0, |found| found.0);
            if minute > 0 {
                cursor.any(&['分', '분']);
            }
            printed.time = (minute < 60).then_some(hour * 3_600 + minute * 60);
            end = cursor.at;
        } else if hour < 24 && cursor.rest().starts_with([':', '：']) {
            let mut to = end;
            read_time(text, &mut to, &mut printed);
            end = to;
        }
    }
    Some((printed, end))
}

/// A run of letters without spaces that holds a date: "新华社北京3月3日电".
fn by_asian_run(text: &str, start: usize, end: usize) -> Found {
    const RUN_BYTES: usize = 400;
    let run = text.get(start..end)?;
    let mut previous_digit = false;
    for (at, c) in run.char_indices().take_while(|(at, _)| *at < RUN_BYTES) {
        let digit = c.is_ascii_digit() || matches!(c as u32, 0xFF10..=0xFF19);
        if digit && !previous_digit {
            let found = by_number(text, start + at);
            if found.is_some() {
                return found;
            }
        }
        previous_digit = digit;
    }
    None
}

/// "June 19, 2024", "March 3", and "septembre 2023" without a day.
fn by_month(text: &str, start: usize, end: usize, name: &str) -> Found {
    let number = i64::from(month(name)?);
    let mut cursor = Cursor { text, at: end };
    cursor.any(&['.']);
    if !cursor.spaces() {
        return None;
    }
    let from = cursor.at;
    match cursor.digits(4) {
        Some((year, 4)) => date(Some(year), number, None, (start, cursor.at)),
        Some((day, 1..=2)) => {
            let here = cursor.at;
            if !matches!(cursor.letters().as_str(), "" | "st" | "nd" | "rd" | "th") {
                return None;
            }
            let bare = cursor.at.max(here);
            let year = year_after(&mut cursor);
            let end = if year.is_some() { cursor.at } else { bare };
            date(year, number, Some(day), (start, end))
        }
        _ => {
            cursor.at = from;
            // "juin de 2026" and the like.
            let year = year_after(&mut cursor)?;
            date(Some(year), number, None, (start, cursor.at))
        }
    }
}

#[cfg(test)]
#[path = "scan_tests.rs"]
mod tests;
