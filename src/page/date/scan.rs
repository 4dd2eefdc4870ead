//! Dates as pages print them, found in running text.

use super::names::{asian_weekday, month, weekday, zone};
use crate::page::fold::{fold_word, is_spaceless, words};
use crate::span::Span;

/// A civil date as printed: what is not printed is `None`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct PrintedDate {
    pub(crate) year: Option<i16>,
    pub(crate) month: i8,
    pub(crate) day: Option<i8>,
    /// Monday 0.
    pub(crate) weekday: Option<i8>,
    /// Seconds of the day.
    pub(crate) time: Option<i64>,
    /// Whether the seconds themselves are printed.
    pub(crate) to_the_second: bool,
    /// Seconds east of Greenwich.
    pub(crate) offset: Option<i64>,
    /// `3/4/2026`: the third of April or the fourth of March.
    pub(crate) either_order: bool,
    pub(crate) span: Span,
}

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
                && !before[2].1.starts_with(|c: char| c.is_ascii_digit())
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

/// A cursor that reads digits (of any of the scripts that fold to ASCII), literals and words.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// At most `most` digits as a number, and how many there were.
    fn digits(&mut self, most: usize) -> Option<(i64, usize)> {
        let (mut value, mut count) = (0, 0);
        for c in self.rest().chars() {
            let digit = match c as u32 {
                code @ 0x30..=0x39 => code - 0x30,
                code @ 0x660..=0x669 => code - 0x660,
                code @ 0x6F0..=0x6F9 => code - 0x6F0,
                code @ 0xFF10..=0xFF19 => code - 0xFF10,
                _ => break,
            };
            if count == most {
                return None;
            }
            value = value * 10 + i64::from(digit);
            count += 1;
            self.at += c.len_utf8();
        }
        (count > 0).then_some((value, count))
    }

    fn any(&mut self, set: &[char]) -> bool {
        match self.rest().chars().next() {
            Some(c) if set.contains(&c) => {
                self.at += c.len_utf8();
                true
            }
            _ => false,
        }
    }

    fn spaces(&mut self) -> bool {
        let rest = self.rest();
        let len = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\t']).len();
        self.at += len;
        len > 0
    }

    /// A run of letters, folded.
    fn letters(&mut self) -> String {
        let rest = self.rest();
        let len = rest
            .find(|c: char| !c.is_alphabetic() && !crate::page::fold::is_mark(c))
            .unwrap_or(rest.len());
        if len > 40 {
            return String::new();
        }
        let word = fold_word(rest.get(..len).unwrap_or_default());
        self.at += len;
        word
    }
}

type Found = Option<(PrintedDate, usize)>;

fn date(year: Option<i64>, month: i64, day: Option<i64>, span: (usize, usize)) -> Found {
    let year = match year {
        Some(year) => Some(i16::try_from(year).ok().filter(|year| (1700..=2200).contains(year))?),
        None => None,
    };
    let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
    let day = match day {
        Some(day) => Some(i8::try_from(day).ok().filter(|day| (1..=31).contains(day))?),
        None => None,
    };
    // A leap year stands in for the unknown one, so that 29 February is kept.
    jiff::civil::Date::new(year.unwrap_or(2000), month, day.unwrap_or(1)).ok()?;
    let printed = PrintedDate {
        year,
        month,
        day,
        weekday: None,
        time: None,
        to_the_second: false,
        offset: None,
        either_order: false,
        span: Span::new(span.0, span.1)?,
    };
    Some((printed, span.1))
}

fn by_number(text: &str, start: usize) -> Found {
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
            && let Some((year, 4)) = cursor.digits(4)
        {
            return numeric(first, second, year, separator, (start, cursor.at));
        }
    }
    // Day and name of the month: "3 mars 2026", "1er mai", "3. März", "3rd of June", "3 de marzo de 2026".
    cursor.at = after;
    let suffix = cursor.letters();
    if !matches!(suffix.as_str(), "" | "er" | "st" | "nd" | "rd" | "th" | "e") {
        return None;
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

/// A clock time after a date, with the few words and signs that may stand between.
fn read_time(text: &str, to: &mut usize, printed: &mut PrintedDate) {
    let mut cursor = Cursor { text, at: *to };
    for _ in 0..4 {
        cursor.spaces();
        if cursor.any(&[',', '-', '–', '—', '|', '·', '،', '.', '/', '(']) {
            continue;
        }
        let here = cursor.at;
        let word = cursor.letters();
        if !matches!(
            word.as_str(),
            "a" | "at" | "um" | "as" | "alle" | "ore" | "om" | "las" | "kl" | "h" | "الساعة"
        ) {
            cursor.at = here;
            break;
        }
    }
    let mut at = cursor.at;
    if clock(text, &mut at, printed) {
        *to = at;
    }
}

/// `14h05`, `14:05[:09]`, `14.05 Uhr`, `2:05 PM`, `14 h 05`, with a zone if one is printed; moves `at` behind it.
fn clock(text: &str, at: &mut usize, printed: &mut PrintedDate) -> bool {
    let mut cursor = Cursor { text, at: *at };
    let Some((mut hour, 1..=2)) = cursor.digits(2) else { return false };
    let (mut minute, mut second) = (None, None);
    let after_hour = cursor.at;
    cursor.spaces();
    if cursor.any(&['h', 'H']) {
        cursor.spaces();
        let here = cursor.at;
        minute = match cursor.digits(2) {
            Some((value, 2)) => Some(value),
            _ => {
                cursor.at = here;
                Some(0)
            }
        };
    } else {
        cursor.at = after_hour;
        if cursor.any(&[':', '.', '：'])
            && let Some((value, 2)) = cursor.digits(2)
        {
            minute = Some(value);
            let here = cursor.at;
            if cursor.any(&[':'])
                && let Some((value, 2)) = cursor.digits(2)
            {
                second = Some(value);
                if cursor.any(&['.']) {
                    cursor.digits(9);
                }
            } else {
                cursor.at = here;
            }
        } else {
            cursor.at = after_hour;
        }
    }
    let mut end = cursor.at;
    cursor.spaces();
    let half: String = cursor
        .rest()
        .chars()
        .take(4)
        .filter(|c| *c != '.')
        .collect::<String>()
        .to_ascii_lowercase();
    let is_half = |name: &str| {
        half.starts_with(name) && !half.chars().nth(2).is_some_and(char::is_alphanumeric)
    };
    if is_half("pm") || is_half("am") {
        if !(1..=12).contains(&hour) {
            return false;
        }
        hour = hour % 12 + if is_half("pm") { 12 } else { 0 };
        minute = minute.or(Some(0));
        cursor.at += if cursor.rest().chars().nth(1) == Some('.') { 4 } else { 2 };
        end = cursor.at.min(text.len());
    }
    let Some(minute) = minute else { return false };
    if hour > 23 || minute > 59 || second.unwrap_or(0) > 60 {
        return false;
    }
    printed.time = Some(hour * 3_600 + minute * 60 + second.unwrap_or(0));
    printed.to_the_second = second.is_some();
    cursor.at = end;
    if let Some((offset, until)) = read_zone(text, end) {
        printed.offset = Some(offset);
        end = until;
    } else {
        cursor.spaces();
        if cursor.letters() == "uhr" {
            end = cursor.at;
            if let Some((offset, until)) = read_zone(text, end) {
                printed.offset = Some(offset);
                end = until;
            }
        }
    }
    *at = end;
    true
}

fn read_zone(text: &str, at: usize) -> Option<(i64, usize)> {
    let mut cursor = Cursor { text, at };
    cursor.spaces();
    let bracket = cursor.any(&['(', '[']);
    let here = cursor.at;
    let name = cursor.letters();
    let mut offset = if name.is_empty() {
        cursor.at = here;
        None
    } else {
        Some(zone(&name)?)
    };
    let end = cursor.at;
    let sign = if cursor.any(&['+']) {
        1
    } else if cursor.any(&['-', '−']) {
        -1
    } else {
        0
    };
    if sign == 0 {
        offset?;
    } else {
        // "+0100", "+01:00", "+1"
        let read = cursor.digits(4).and_then(|(value, digits)| match digits {
            1 | 2 => {
                let here = cursor.at;
                let minutes = match cursor.any(&[':']).then(|| cursor.digits(2)).flatten() {
                    Some((minutes, 2)) => minutes,
                    _ => {
                        cursor.at = here;
                        0
                    }
                };
                Some((value, minutes))
            }
            4 => Some((value / 100, value % 100)),
            _ => None,
        });
        match read {
            Some((hours, minutes)) if hours <= 14 && minutes < 60 => {
                offset = Some(offset.unwrap_or(0) + sign * (hours * 3_600 + minutes * 60));
            }
            // "14:05 GMT - texte": the dash belongs to what follows.
            _ if offset.is_some() => cursor.at = end,
            _ => return None,
        }
    }
    if bracket {
        cursor.any(&[')', ']']);
    }
    offset.map(|offset| (offset, cursor.at))
}

#[cfg(test)]
#[path = "scan_tests.rs"]
mod tests;
