//! Dates that a text mentions: years, days of the year, days of the week; and its numbers, which are read
//! in the same pass.
//!
//! Two happenings of one kind with one cast, the same contest a year later, share their words and
//! not their dates. Days and years are read where they stand beside the name of a month ("3 mars",
//! "March 3rd, 2026"); what counts is whether two texts name the same, so no reference date is
//! needed and a wrong reading in both does no harm.

use super::mentioned_numbers::MentionedNumbers;
use crate::page::date::{months, weekdays};
use crate::text::{TextScheme, Token, TokenisedText};
use ahash::AHashMap;
use std::sync::LazyLock;

/// Mentions kept of each kind, the first: the dates of the news stand at its beginning.
const MOST_MENTIONS: usize = 8;

/// Years that a number of four digits can mean in the news.
const YEARS: std::ops::RangeInclusive<u16> = 1950..=2049;

/// Tokens after which a day of the week counts half of one at the beginning.
const HALF_AFTER: f32 = 40.0;

/// Days of the year further apart than this are different dates; reports of one happening name the
/// day, its eve and the day of the report.
const SAME_DATE_DAYS: u16 = 3;

/// The same for the first whole date of two texts, often that of publication.
const SAME_TEXT_DAYS: i32 = 4;

/// Years apart from which on more makes no difference.
const MOST_YEARS_APART: u16 = 3;

/// What a text says of dates.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct MentionedDates {
    years: Mentions,
    /// Days of the year, in months of 31 days.
    days: Mentions,
    /// The first date with day, month and year, in days of the same calendar.
    first_whole: Option<i32>,
    /// How much each day of the week is spoken of, at unit length; all 0 where none is.
    weekdays: [f32; 7],
    pub(super) numbers: MentionedNumbers,
}

/// How the dates of two texts agree.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct DateAgreement {
    /// Years between the latest of each, at most 3; 0 when both mention one or one mentions none.
    pub(super) years_apart: f64,
    /// 1 when both mention one day of the year, else 0.
    pub(super) shared_day: f64,
    /// 1 when all of theirs are more than three days apart, else 0.
    pub(super) days_apart: f64,
    /// 1 when the first whole dates are at most four days apart, else 0.
    pub(super) shared_first_date: f64,
    /// Cosine of the days of the week, 0 to 1; 0 where one names none.
    pub(super) weekdays: f64,
}

impl MentionedDates {
    /// Adds what the next tokens mention; `before` tokens stand before them. O(tokens).
    pub(super) fn read(&mut self, original: &str, tokens: &[Token], before: usize) {
        let calendar = &*CALENDAR;
        for (at, token) in tokens.iter().enumerate() {
            if token.shape.has_digit() {
                self.numbers.read(original, tokens, at);
                if let Some(year) = year(original, tokens, at) {
                    self.years.add(year);
                }
                continue;
            }
            match calendar.get(token.hash) {
                Some(&Name::Weekday(day)) => {
                    if let Some(weight) = self.weekdays.get_mut(usize::from(day)) {
                        *weight += HALF_AFTER / (HALF_AFTER + (before + at) as f32);
                    }
                }
                Some(&Name::Month(month)) => self.read_month(original, tokens, at, month),
                None => {}
            }
        }
    }

    /// Brings the days of the week to unit length; to be called once, after all was read.
    pub(super) fn finish(&mut self) {
        let length = self.weekdays.iter().map(|weight| weight * weight).sum::<f32>().sqrt();
        if length > 0.0 {
            self.weekdays.iter_mut().for_each(|weight| *weight /= length);
        }
    }

    fn read_month(&mut self, original: &str, tokens: &[Token], at: usize, month: u16) {
        let day = |at: Option<usize>| day(original, tokens, at?);
        // "3 mars 2026", "3 de marzo de 2026", "March 3, 2026".
        let before = day(at.checked_sub(1)).or_else(|| {
            let between = tokens.get(at.checked_sub(1)?)?;
            let word = original.get(between.start as usize..between.end as usize)?;
            if matches!(word, "de" | "of") { day(at.checked_sub(2)) } else { None }
        });
        let (day, next) = match before {
            Some(day) => (day, at + 1),
            None => match day(Some(at + 1)) {
                Some(day) => (day, at + 2),
                None => return,
            },
        };
        let date = (month - 1) * 31 + day - 1;
        self.days.add(date);
        let year = year(original, tokens, next).or_else(|| year(original, tokens, next + 1));
        if let (Some(year), None) = (year, self.first_whole) {
            self.first_whole = Some(i32::from(year) * YEAR_DAYS + i32::from(date));
        }
    }

    /// How the dates of two texts agree. Symmetric.
    pub(super) fn agreement(&self, other: &MentionedDates) -> DateAgreement {
        let mut agreement = DateAgreement::default();
        if !self.years.shares(&other.years)
            && let (Some(a), Some(b)) = (self.years.greatest(), other.years.greatest())
        {
            agreement.years_apart = f64::from(a.abs_diff(b).min(MOST_YEARS_APART));
        }
        if self.days.shares(&other.days) {
            agreement.shared_day = 1.0;
        } else if self.days.nearest(&other.days).is_some_and(|days| days > SAME_DATE_DAYS) {
            agreement.days_apart = 1.0;
        }
        if let (Some(a), Some(b)) = (self.first_whole, other.first_whole)
            && (a - b).abs() <= SAME_TEXT_DAYS
        {
            agreement.shared_first_date = 1.0;
        }
        let products = self.weekdays.iter().zip(&other.weekdays);
        let cosine: f64 = products.map(|(&a, &b)| f64::from(a) * f64::from(b)).sum();
        agreement.weekdays = cosine.min(1.0);
        agreement
    }
}

/// Months of 31 days each: only distances of a few days are asked.
const YEAR_DAYS: i32 = 12 * 31;

/// At most [`MOST_MENTIONS`] different numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Mentions {
    values: [u16; MOST_MENTIONS],
    count: u8,
}

impl Mentions {
    fn all(&self) -> &[u16] {
        self.values.get(..usize::from(self.count)).unwrap_or_default()
    }

    fn add(&mut self, value: u16) {
        if !self.all().contains(&value)
            && let Some(place) = self.values.get_mut(usize::from(self.count))
        {
            *place = value;
            self.count += 1;
        }
    }

    fn shares(&self, other: &Mentions) -> bool {
        self.all().iter().any(|value| other.all().contains(value))
    }

    fn greatest(&self) -> Option<u16> {
        self.all().iter().copied().max()
    }

    /// The least distance on the circle of the year.
    fn nearest(&self, other: &Mentions) -> Option<u16> {
        let around = |days: u16| days.min((YEAR_DAYS as u16).saturating_sub(days));
        let pairs = self.all().iter().flat_map(|a| other.all().iter().map(move |b| a.abs_diff(*b)));
        pairs.map(around).min()
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Name {
    /// 1 to 12.
    Month(u16),
    /// Monday 0.
    Weekday(u8),
}

/// Names of months and days by the hash of their token. Days of three letters are also other words
/// (*sun*, *sat*, *mon*) and are left out.
static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| {
    let hash = |name: &str| {
        let text = TokenisedText::of_text(name, &TextScheme::default()).ok()?;
        text.tokens().first().map(|token| token.hash)
    };
    let weekdays = weekdays().filter(|(name, _)| name.chars().count() > 3);
    let weekdays = weekdays.map(|(name, day)| (name, Name::Weekday(day.unsigned_abs())));
    let months = months().map(|(name, month)| (name, Name::Month(month.unsigned_abs().into())));
    Calendar::of(weekdays.chain(months).filter_map(|(name, is)| Some((hash(name)?, is))))
});

/// Bits by which most words are told from names of the calendar: of some 150 names one word in 100
/// has the bit of one. To look every word up was a tenth of what counting an article takes.
const CALENDAR_BITS: usize = 1 << 14;

struct Calendar {
    names: AHashMap<u64, Name>,
    /// A bit for each value of the last bits of a hash: whether a name has it.
    last_bits: [u64; CALENDAR_BITS / 64],
}

impl Calendar {
    fn of(names: impl Iterator<Item = (u64, Name)>) -> Calendar {
        let names: AHashMap<u64, Name> = names.collect();
        let mut last_bits = [0; CALENDAR_BITS / 64];
        for &hash in names.keys() {
            let (word, bit) = Calendar::place(hash);
            last_bits[word] |= bit;
        }
        Calendar { names, last_bits }
    }

    fn place(hash: u64) -> (usize, u64) {
        let at = hash as usize % CALENDAR_BITS;
        (at / 64, 1 << (at % 64))
    }

    fn get(&self, hash: u64) -> Option<&Name> {
        let (word, bit) = Calendar::place(hash);
        if self.last_bits[word] & bit == 0 { None } else { self.names.get(&hash) }
    }
}

fn year(original: &str, tokens: &[Token], at: usize) -> Option<u16> {
    let token = tokens.get(at)?;
    let word = original.get(token.start as usize..token.end as usize)?;
    let year = if word.len() == 4 { word.parse().ok()? } else { return None };
    YEARS.contains(&year).then_some(year)
}

/// `3`, `03`, `3rd`, `1er`.
fn day(original: &str, tokens: &[Token], at: usize) -> Option<u16> {
    let token = tokens.get(at)?;
    let word = original.get(token.start as usize..token.end as usize)?;
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (number, ending) = word.split_at_checked(digits)?;
    let is_day = digits <= 2 && matches!(ending, "" | "st" | "nd" | "rd" | "th" | "er");
    number.parse().ok().filter(|day| is_day && (1..=31).contains(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_the_calendar_is_found_and_no_other_word() {
        assert!(CALENDAR.names.len() > 50);
        for (&hash, name) in &CALENDAR.names {
            assert_eq!(CALENDAR.get(hash), Some(name));
            assert_eq!(CALENDAR.get(hash ^ CALENDAR_BITS as u64), None);
            assert_eq!(CALENDAR.get(hash ^ 1), CALENDAR.names.get(&(hash ^ 1)));
        }
    }

    fn dates(text: &str) -> MentionedDates {
        let tokens = TokenisedText::of_text(text, &TextScheme::default()).unwrap();
        let mut dates = MentionedDates::default();
        dates.read(text, tokens.tokens(), 0);
        dates.finish();
        dates
    }

    fn agreement(a: &str, b: &str) -> DateAgreement {
        let (a, b) = (dates(a), dates(b));
        assert_eq!(a.agreement(&b), b.agreement(&a));
        a.agreement(&b)
    }

    #[test]
    fn a_day_is_read_before_and_after_its_month() {
        let french = "Sourlac, le 3 mars 2026";
        for other in ["on March 3rd, 2026", "el 3 de marzo de 2026", "3. März 2026"] {
            let agreement = agreement(french, other);
            assert_eq!((agreement.shared_day, agreement.shared_first_date), (1.0, 1.0));
            assert_eq!((agreement.years_apart, agreement.days_apart), (0.0, 0.0));
        }
    }

    #[test]
    fn other_days_and_years_speak_against() {
        let apart = agreement("crue du 3 mars 2024", "la crue du 20 mai 2026");
        assert_eq!((apart.years_apart, apart.days_apart), (2.0, 1.0));
        assert_eq!((apart.shared_day, apart.shared_first_date), (0.0, 0.0));
        assert_eq!(agreement("depuis 1994", "depuis 2026").years_apart, 3.0);
    }

    #[test]
    fn neighbouring_days_and_the_turn_of_the_year_are_near() {
        assert_eq!(agreement("le 3 mars", "le 5 mars").days_apart, 0.0);
        assert_eq!(agreement("le 31 décembre", "le 2 janvier").days_apart, 0.0);
        assert_eq!(agreement("le 31 décembre 2025", "le 2 janvier 2026").shared_first_date, 1.0);
    }

    #[test]
    fn a_month_alone_and_other_words_of_its_letters_are_no_date() {
        for text in ["la planète Mars", "they may go in May", "le sun et le mon", ""] {
            assert_eq!(dates(text), MentionedDates::default(), "{text}");
        }
    }

    #[test]
    fn days_of_the_week_agree_or_not() {
        assert!(agreement("mardi à Sourlac", "le pont, mardi").weekdays > 0.99);
        assert_eq!(agreement("mardi à Sourlac", "le pont, jeudi").weekdays, 0.0);
        assert_eq!(agreement("mardi à Sourlac", "le pont").weekdays, 0.0);
        let mixed = agreement("mardi, jeudi", "le pont, jeudi").weekdays;
        assert!((0.5..0.9).contains(&mixed), "{mixed}");
    }
}
