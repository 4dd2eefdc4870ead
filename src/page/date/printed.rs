//! A date as a page prints it.

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

/// A date and where its text ends, if there is one.
pub(super) type Found = Option<(PrintedDate, usize)>;

/// A date that the calendar has, or none.
pub(super) fn date(year: Option<i64>, month: i64, day: Option<i64>, span: (usize, usize)) -> Found {
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
