//! Instants, and what is known of a publication time.

use crate::error::{Error, Result};
use crate::span::Span;
use std::fmt;

/// An instant: whole seconds since 1970-01-01T00:00:00Z, leap seconds ignored.
///
/// ```
/// let noon = wirecopy::Timestamp::parse("2026-03-03T12:00:00Z")?;
/// assert_eq!(noon.to_string(), "2026-03-03T12:00:00Z");
/// assert_eq!(wirecopy::Timestamp::parse("2026-03-03T13:00:00+01:00")?, noon);
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Timestamp(i64);

/// Seconds of a day.
pub const DAY: i64 = 86_400;

impl Timestamp {
    /// The instant `seconds` after the epoch. Range: years -9999 to 9999.
    ///
    /// # Errors
    /// `is_config` outside that range.
    pub fn from_unix_seconds(seconds: i64) -> Result<Timestamp> {
        jiff::Timestamp::from_second(seconds).map(|_| Timestamp(seconds)).map_err(|_| {
            Error::config(format!(
                "{seconds} seconds since 1970 is outside the years -9999 to 9999"
            ))
        })
    }

    /// An RFC 3339 date and time with its offset.
    ///
    /// # Errors
    /// `is_input` when `text` is not one.
    pub fn parse(text: &str) -> Result<Timestamp> {
        text.parse::<jiff::Timestamp>().map(|instant| Timestamp(instant.as_second())).map_err(
            |_| {
                Error::input(format!(
                    "{text:?} is no RFC 3339 date and time; expected the form 2026-03-03T12:00:00Z"
                ))
            },
        )
    }

    /// Midnight UTC of a civil day; `None` when there is no such day.
    pub fn midnight(year: i16, month: i8, day: i8) -> Option<Timestamp> {
        let date = jiff::civil::Date::new(year, month, day).ok()?;
        let instant = date.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
        Some(Timestamp(instant.timestamp().as_second()))
    }

    /// Seconds since the epoch.
    pub fn unix_seconds(self) -> i64 {
        self.0
    }

    /// The instant `seconds` later, clamped to the range of the type.
    pub fn plus_seconds(self, seconds: i64) -> Timestamp {
        let limits = jiff::Timestamp::MIN.as_second()..=jiff::Timestamp::MAX.as_second();
        Timestamp(self.0.saturating_add(seconds).clamp(*limits.start(), *limits.end()))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_second(self.0) {
            Ok(instant) => instant.fmt(f),
            Err(_) => write!(f, "{} s", self.0),
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Timestamp::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// When an article was published, as far as it is known.
///
/// Unknown is not zero and not "today": every stage treats a missing bound as missing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Published {
    earliest: Option<Timestamp>,
    latest: Option<Timestamp>,
    read_from: DateEvidence,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    printed_clock: Option<Timestamp>,
}

/// What a publication time was read from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum DateEvidence {
    /// Nothing is known.
    #[default]
    Nothing,
    /// The caller said so.
    Caller,
    /// A publication line of the page (span in the page's text).
    PublicationLine(Span),
    /// A dateline or a full date in the running text.
    RunningText(Span),
    /// A day of the week and of the month, which fix the year.
    Weekday(Span),
    /// Only bounds: dates mentioned as past or as future.
    Bounds(Span),
}

impl Published {
    /// Nothing is known.
    pub const UNKNOWN: Published = Published {
        earliest: None,
        latest: None,
        read_from: DateEvidence::Nothing,
        printed_clock: None,
    };

    /// Known to the second, by the caller.
    pub fn at(instant: Timestamp) -> Published {
        Published {
            earliest: Some(instant),
            latest: Some(instant),
            read_from: DateEvidence::Caller,
            printed_clock: None,
        }
    }

    /// Not before `earliest`, not after `latest`, either of them unknown.
    ///
    /// # Errors
    /// `is_input` when `earliest` is after `latest`.
    pub fn between(earliest: Option<Timestamp>, latest: Option<Timestamp>) -> Result<Published> {
        if let (Some(earliest), Some(latest)) = (earliest, latest)
            && earliest > latest
        {
            return Err(Error::input(format!(
                "publication interval runs backwards: {earliest} is after {latest}"
            )));
        }
        Ok(Published { earliest, latest, read_from: DateEvidence::Caller, printed_clock: None })
    }

    /// The same bounds with another evidence.
    #[must_use]
    pub fn read_from(mut self, evidence: DateEvidence) -> Published {
        self.read_from = evidence;
        self
    }

    /// With the clock time that the page prints, read as if it were UTC (midnight when only a day is printed).
    #[must_use]
    pub fn with_printed_clock(mut self, clock: Timestamp) -> Published {
        self.printed_clock = Some(clock);
        self
    }

    /// The clock time that the page prints, read as if it were UTC (midnight when only a day is printed).
    ///
    /// A page rarely tells its zone, so its bounds are more than a day apart; but the clocks of one page or one site are
    /// set alike, and there these times put articles in order that the bounds cannot.
    ///
    /// ```
    /// use wirecopy::Timestamp;
    /// let page = wirecopy::page::read_str("p", "Le pont rouvre\n\nPublié le mardi 3 mars 2026 à 14h05\n\n\
    ///     SOURLAC (AFP) - Le pont de Sourlac a rouvert mardi matin.\n");
    /// let published = page.articles()[0].published;
    /// assert_eq!(published.printed_clock(), Some(Timestamp::parse("2026-03-03T14:05:00Z")?));
    /// assert!(published.earliest() < published.latest());
    /// # Ok::<(), wirecopy::Error>(())
    /// ```
    pub fn printed_clock(self) -> Option<Timestamp> {
        self.printed_clock
    }

    /// Lower bound.
    pub fn earliest(self) -> Option<Timestamp> {
        self.earliest
    }

    /// Upper bound.
    pub fn latest(self) -> Option<Timestamp> {
        self.latest
    }

    /// What the bounds were read from.
    pub fn evidence(self) -> DateEvidence {
        self.read_from
    }

    /// Whether both bounds are known.
    pub fn is_bounded(self) -> bool {
        self.earliest.is_some() && self.latest.is_some()
    }

    /// Smallest possible distance of two publications in seconds; `None` when a bound that matters is unknown.
    ///
    /// Overlapping intervals are at distance 0.
    pub fn distance(self, other: Published) -> Option<i64> {
        let (a0, a1) = (self.earliest?.0, self.latest?.0);
        let (b0, b1) = (other.earliest?.0, other.latest?.0);
        Some((b0 - a1).max(a0 - b1).max(0))
    }

    /// Whether this one is surely earlier: its latest instant is before the other's earliest.
    pub fn surely_before(self, other: Published) -> bool {
        matches!((self.latest, other.earliest), (Some(a), Some(b)) if a < b)
    }
}
