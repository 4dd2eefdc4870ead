//! What is weighed when no definition decides the kind: the figures of a pair, each made one number
//! that is the same whichever article is called `a`.

use super::super::Figures;
use crate::timestamp::DAY;

/// Number of measures.
pub(crate) const MEASURES: usize = 33;

/// Most days that count: texts a month apart and a year apart are as old to each other.
const MOST_DAYS: f64 = 30.0;
/// Days from which shared text is older than the news: the reports of one happening come within a
/// day and a half.
const OLDER_DAYS: f64 = 1.5;
/// Days under which two articles are of one day. Where only the days are known they are 0 or 1 apart.
const SAME_DAY: f64 = 0.75;
/// Different words of poll methods from which the shared text says how a poll was made.
pub(super) const SURVEY_WORDS: usize = 3;

/// What the measures are read from.
pub(crate) struct Measured<'m> {
    pub(crate) figures: &'m Figures,
    pub(crate) containment_a: f64,
    pub(crate) containment_b: f64,
    /// Likely seconds between the publications, where both are known.
    pub(crate) distance: Option<i64>,
}

/// Whether articles whose publications are likely so many seconds apart are of one day.
pub(super) fn is_one_day(seconds: i64) -> bool {
    (seconds as f64 / DAY as f64) < SAME_DAY
}

/// The measures with their names, in the order of the weights.
///
/// Shares are 0 to 1, counts and days whole or broken numbers; what is unknown is 0, and `undated`
/// says so of the days.
pub(crate) fn measures(of: &Measured<'_>) -> [(&'static str, f64); MEASURES] {
    let figures = of.figures;
    let flag = |holds: bool| f64::from(u8::from(holds));
    let days = of.distance.map(|seconds| seconds as f64 / DAY as f64);
    let older = flag(days.is_some_and(|days| days >= OLDER_DAYS));
    let (better, worse) = (figures.better_lede(), figures.worse_lede());
    let titles = if figures.titled { figures.title_agreement } else { figures.lede_agreement };
    let (greater, lesser) =
        (of.containment_a.max(of.containment_b), of.containment_a.min(of.containment_b));
    // What is matched is about as long on both sides, so the containments are to each other as the
    // lengths.
    let lengths = if greater > 0.0 { lesser / greater } else { 1.0 };
    let survey = figures.survey_words.min(SURVEY_WORDS) as f64 / SURVEY_WORDS as f64;
    [
        ("greater_containment", greater),
        ("lesser_containment", lesser),
        ("length_ratio", lengths),
        ("better_lede", better),
        ("worse_lede", worse),
        ("lede_agreement", figures.lede_agreement),
        ("title_agreement", titles),
        ("lede_edit", figures.lede_edit as f64),
        ("conflicts", figures.conflicts as f64),
        ("conflicting_numbers", figures.conflicting_numbers as f64),
        ("details_found", figures.details_found),
        ("aligned_details_found", figures.aligned_details_found),
        ("aligned_details_missing", figures.aligned_details_missing as f64),
        ("quoted", figures.quoted),
        ("formula", figures.formula),
        ("survey_words", survey),
        ("earlier_position", figures.position_a.min(figures.position_b)),
        ("later_position", figures.position_a.max(figures.position_b)),
        ("most_inserted", figures.inserted_a.max(figures.inserted_b) as f64),
        ("least_inserted", figures.inserted_a.min(figures.inserted_b) as f64),
        ("runs_per_hundred", figures.runs_per_hundred),
        ("longest_run", figures.longest_run as f64),
        ("passages", figures.passages as f64),
        ("undated", flag(days.is_none())),
        ("days", days.map_or(0.0, |days| days.min(MOST_DAYS))),
        ("same_day", flag(of.distance.is_some_and(is_one_day))),
        ("older", older),
        ("older_beside_both_ledes", older * (1.0 - better)),
        ("older_beside_a_lede", older * (1.0 - worse)),
        ("better_told", figures.lede_told_a.max(figures.lede_told_b)),
        ("worse_told", figures.lede_told_a.min(figures.lede_told_b)),
        ("words_found", figures.words_found),
        ("evidence", figures.evidence),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exchanging_the_articles_changes_no_measure() {
        let figures = Figures {
            lede_found_a: 0.2,
            lede_found_b: 0.7,
            lede_told_a: 0.4,
            lede_told_b: 0.9,
            position_a: 0.1,
            position_b: 0.6,
            ..Figures::default()
        };
        let exchanged = Figures {
            lede_found_a: 0.7,
            lede_found_b: 0.2,
            lede_told_a: 0.9,
            lede_told_b: 0.4,
            position_a: 0.6,
            position_b: 0.1,
            ..Figures::default()
        };
        let of = |figures, containment_a, containment_b| {
            measures(&Measured { figures, containment_a, containment_b, distance: Some(3 * DAY) })
        };
        assert_eq!(of(&figures, 0.3, 0.8), of(&exchanged, 0.8, 0.3));
    }

    #[test]
    fn days_that_are_not_known_are_neither_near_nor_old() {
        let value = |name: &str, distance: Option<i64>| {
            let figures = Figures::default();
            let of =
                Measured { figures: &figures, containment_a: 1.0, containment_b: 1.0, distance };
            measures(&of).iter().find(|(it, _)| *it == name).map(|(_, value)| *value)
        };
        assert_eq!(value("undated", None), Some(1.0));
        assert_eq!(value("same_day", None), Some(0.0));
        assert_eq!(value("older", None), Some(0.0));
        assert_eq!(value("same_day", Some(DAY / 2)), Some(1.0));
        assert_eq!(value("older", Some(2 * DAY)), Some(1.0));
        assert_eq!(value("days", Some(400 * DAY)), Some(30.0));
    }
}
