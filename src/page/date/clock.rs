//! Clock times and zones after a date.

use super::cursor::Cursor;
use super::names::zone;
use super::printed::PrintedDate;

/// A clock time after a date, with the few words and signs that may stand between.
pub(super) fn read_time(text: &str, to: &mut usize, printed: &mut PrintedDate) {
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
            // "4 июля 2026 года, 12:30"
            "года"
                | "г"
                | "a"
                | "at"
                | "um"
                | "as"
                | "alle"
                | "ore"
                | "om"
                | "las"
                | "kl"
                | "h"
                | "الساعة"
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
pub(super) fn clock(text: &str, at: &mut usize, printed: &mut PrintedDate) -> bool {
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
