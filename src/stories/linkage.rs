//! When groups are merged, at each granularity.

use super::Granularity;
use super::period::Period;

/// Longest time that an event surely lasts, in seconds: 48 hours.
const LONGEST_EVENT: i64 = 48 * 3600;

/// Longest time without publication inside a story: 72 hours, in seconds.
const LONGEST_GAP: i64 = 72 * 3600;

/// How the similarities of two groups' pairs become one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Link {
    /// Their mean.
    Average,
    /// Their mean; where the times of one group are unknown, less what the members of the looser group
    /// are more alike among themselves. Two happenings of one kind are each closer than they are to
    /// each other, the parts of one loose story are not: the relative closeness of CHAMELEON (Karypis,
    /// Han and Kumar, IEEE Computer 32(8), 1999), as a difference. Known times tell look-alikes apart
    /// themselves, and there it would only break up the storm of a day: `QUALITY.md`,
    /// "Granularities".
    Contrast,
    /// Their mean by how alike the members of each group are among themselves: the similarity of the
    /// groups' centroids. The wider two groups are already, the less is asked of a pair between
    /// them, down to a floor.
    Centroid,
}

/// When two groups become one.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Linkage {
    /// Similarity of two groups from which on they are merged.
    pub(super) threshold: f64,
    pub(super) link: Link,
    /// Longest time without publication inside a group, in seconds.
    pub(super) longest_gap: i64,
    /// Longest time that a group may surely last, in seconds.
    pub(super) longest_period: i64,
}

impl Linkage {
    /// The preset of a granularity. The thresholds were chosen on ECB+ train (story), on half 0 of the
    /// RSS week (all three) and of the RSS day (story), by `evaluate presets`: QUALITY.md,
    /// "Granularities".
    pub(super) fn of(granularity: Granularity) -> Linkage {
        match granularity {
            Granularity::Event => Linkage {
                threshold: 0.6,
                link: Link::Contrast,
                longest_gap: LONGEST_EVENT,
                longest_period: LONGEST_EVENT,
            },
            Granularity::Story => Linkage {
                threshold: 0.55,
                link: Link::Contrast,
                longest_gap: LONGEST_GAP,
                longest_period: i64::MAX,
            },
            Granularity::Topic => Linkage {
                threshold: 0.4,
                link: Link::Centroid,
                longest_gap: i64::MAX,
                longest_period: i64::MAX,
            },
        }
    }

    /// Plain average link with nothing but a threshold.
    pub(super) fn average(threshold: f64) -> Linkage {
        Linkage { threshold, link: Link::Average, longest_gap: i64::MAX, longest_period: i64::MAX }
    }

    /// Whether two groups may be one as far as time tells.
    pub(super) fn may_meet(&self, a: Option<Period>, b: Option<Period>) -> bool {
        match (a, b) {
            (Some(a), Some(b)) => {
                a.gap(b) <= self.longest_gap && a.hull(b).length() <= self.longest_period
            }
            _ => true,
        }
    }
}

/// How much the agreement of the numbers of two undated texts says, and the agreement that says
/// nothing. Chosen on ECB+ train, its draws with geometric story sizes and half 0 of the RSS day and week
/// without their dates: from 1 to 2 and from 0.1 to 0.25 the mean of the four is the same to 0.004.
const NUMBERS: f64 = 1.5;
pub(super) const USUAL_AGREEMENT: f64 = 0.2;

/// How much the distance in time leaves of a similarity: 1 on one day, never 0.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Closeness {
    /// exp(−Δt²/2σ²), σ in days.
    Normal { deviation: f64 },
    /// exp(−Δt/τ), τ in days, above a floor: a subject is one after years too.
    Lasting { days: f64, least: f64 },
}

impl Closeness {
    /// The preset of a granularity, chosen on half 0 of the RSS week. Miranda et al. ("Multilingual
    /// clustering of streaming news", EMNLP 2018) have a normal curve of three days for stories; as
    /// the score knows more, time has less to say. For topics two days and a floor of 0.6, four and 0.5,
    /// six and 0.4 are equally good over a week; the highest floor is the one that lets a subject go on
    /// for years.
    pub(super) fn of(granularity: Granularity) -> Closeness {
        match granularity {
            Granularity::Event => Closeness::Normal { deviation: 1.5 },
            Granularity::Story => Closeness::Normal { deviation: 7.0 },
            Granularity::Topic => Closeness::Lasting { days: 2.0, least: 0.6 },
        }
    }

    pub(super) fn at(self, days: f64) -> f64 {
        match self {
            Closeness::Normal { deviation } => {
                libm::exp(-days * days / (2.0 * deviation * deviation))
            }
            Closeness::Lasting { days: decay, least } => {
                least + (1.0 - least) * libm::exp(-days / decay)
            }
        }
    }

    /// How alike two texts are whose distance in time is not known, by how their numbers agree: the odds
    /// times e^([`NUMBERS`] · (agreement − [`USUAL_AGREEMENT`])), as they are where one has no numbers.
    /// A topic goes on with other numbers.
    pub(super) fn by_numbers(self, text: f64, agreement: Option<f64>) -> f64 {
        match (self, agreement) {
            (Closeness::Normal { .. }, Some(agreement)) => {
                let odds = text * libm::exp(NUMBERS * (agreement - USUAL_AGREEMENT));
                odds / (odds + (1.0 - text))
            }
            _ => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_agree_never_part_undated_texts_and_topics_have_none() {
        for text in [0.0, 0.1, 0.55, 0.9, 1.0] {
            let [event, story, topic] = Granularity::ALL.map(Closeness::of);
            assert_eq!(topic.by_numbers(text, Some(0.0)), text);
            for closeness in [event, story] {
                let by = |agreement| closeness.by_numbers(text, agreement);
                let known = [0.0, USUAL_AGREEMENT, 0.5, 1.0].map(|agreement| by(Some(agreement)));
                assert!(known.is_sorted(), "{known:?}");
                assert!(known.iter().all(|value| (0.0..=1.0).contains(value)), "{known:?}");
                assert!((known[1] - text).abs() < 1e-12);
                assert_eq!(by(None), text);
            }
        }
    }

    #[test]
    fn the_wider_the_granularity_the_less_time_takes_away() {
        for days in 0..4_000 {
            let [event, story, topic] =
                Granularity::ALL.map(|it| Closeness::of(it).at(days.into()));
            assert!(event <= 1.0 && story <= 1.0, "{days}");
            assert!((0.6..=1.0).contains(&topic), "{days}");
            assert!(days == 0 || days > 100 || event < story, "{days}");
        }
    }
}
