//! Direction: who can have taken from whom.

use super::Direction;
use crate::timestamp::Published;

/// The direction that disjoint publication times tell; unknown where they meet or are not known.
pub(crate) fn direction(a: Published, b: Published) -> Direction {
    if a.surely_before(b) {
        Direction::AToB
    } else if b.surely_before(a) {
        Direction::BToA
    } else {
        Direction::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timestamp::Timestamp;

    #[test]
    fn only_disjoint_times_tell_a_direction() {
        let at = |text: &str| Timestamp::parse(text).unwrap();
        let (noon, day) = (at("2026-03-03T12:00:00Z"), at("2026-03-03T00:00:00Z"));
        let whole_day = Published::between(Some(day), Some(day.plus_seconds(86_399))).unwrap();
        let (early, late) = (Published::at(noon), Published::at(noon.plus_seconds(86_400)));
        assert_eq!(direction(early, late), Direction::AToB);
        assert_eq!(direction(late, early), Direction::BToA);
        assert_eq!(direction(early, whole_day), Direction::Unknown);
        assert_eq!(direction(whole_day, late), Direction::AToB);
        assert_eq!(direction(Published::UNKNOWN, late), Direction::Unknown);
        assert_eq!(direction(early, early), Direction::Unknown);
    }
}
