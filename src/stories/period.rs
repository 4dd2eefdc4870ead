//! When a group was told of, and how far apart two publications are thought to be.

use crate::timestamp::{DAY, Published};

/// The publications of a group, in seconds.
///
/// What is known to the day counts as the middle of that day, so that two days of a calendar are as
/// far apart as their dates say; of longer intervals only what is sure counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Period {
    /// The first publication at the earliest, the last at the latest.
    pub(super) from: i64,
    pub(super) to: i64,
    /// The first publication at the latest, the last at the earliest: between them the group surely
    /// lasted.
    sure_from: i64,
    sure_to: i64,
}

impl Period {
    pub(super) fn of(published: Published) -> Option<Period> {
        let (from, to) = (published.earliest()?.unix_seconds(), published.latest()?.unix_seconds());
        let width = to.saturating_sub(from);
        if width <= DAY {
            return Some(Period::at(from.saturating_add(width / 2)));
        }
        Some(Period { from, to, sure_from: to, sure_to: from })
    }

    pub(super) fn at(instant: i64) -> Period {
        Period { from: instant, to: instant, sure_from: instant, sure_to: instant }
    }

    pub(super) fn hull(self, other: Period) -> Period {
        Period {
            from: self.from.min(other.from),
            to: self.to.max(other.to),
            sure_from: self.sure_from.min(other.sure_from),
            sure_to: self.sure_to.max(other.sure_to),
        }
    }

    /// Seconds between the two, 0 where they meet.
    pub(super) fn gap(self, other: Period) -> i64 {
        other.from.saturating_sub(self.to).max(self.from.saturating_sub(other.to)).max(0)
    }

    /// Seconds that it surely lasted.
    pub(super) fn length(self) -> i64 {
        self.sure_to.saturating_sub(self.sure_from).max(0)
    }
}

/// The hull of what is known of two groups.
pub(super) fn hull(a: Option<Period>, b: Option<Period>) -> Option<Period> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.hull(b)),
        (a, b) => a.or(b),
    }
}

/// Days between two publications as one expects them: between the middles of what is known to the
/// day, less what longer intervals leave open. `None` where one is not known on both sides.
pub(super) fn days_apart(a: Published, b: Published) -> Option<f64> {
    let (x, y) = (Period::of(a)?, Period::of(b)?);
    Some(x.gap(y) as f64 / DAY as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timestamp::Timestamp;

    fn day(day: i8) -> Published {
        let midnight = Timestamp::midnight(2026, 3, day).unwrap();
        Published::between(Some(midnight), Some(midnight.plus_seconds(DAY - 1))).unwrap()
    }

    #[test]
    fn days_of_the_calendar_are_apart_by_their_dates() {
        assert_eq!(days_apart(day(3), day(3)), Some(0.0));
        assert_eq!(days_apart(day(3), day(4)), Some(1.0));
        assert_eq!(days_apart(day(9), day(4)), Some(5.0));
        assert_eq!(days_apart(day(9), Published::UNKNOWN), None);
    }

    #[test]
    fn a_long_interval_is_apart_by_what_is_sure() {
        let bound = |day| Timestamp::midnight(2026, 3, day);
        let weeks = Published::between(bound(1), bound(20)).unwrap();
        assert_eq!(days_apart(weeks, Published::at(bound(10).unwrap())), Some(0.0));
        assert_eq!(days_apart(weeks, Published::at(bound(22).unwrap())), Some(2.0));
        let period = Period::of(weeks).unwrap().hull(Period::at(bound(22).unwrap().unix_seconds()));
        assert_eq!(period.length(), 2 * DAY);
    }
}
