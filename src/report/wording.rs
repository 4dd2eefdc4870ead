//! Why a link is of its kind, in words that need no manual.

use super::ReportedExplanation;
use std::collections::BTreeSet;

/// Most measures that are named; the JSON form holds more.
const NAMED: usize = 3;

/// Evidence below which hardly any distinctive words are shared: what a link must have by default.
const A_FEW: f64 = 4.0;
/// Evidence from which many are: that of twenty of the rarest words.
const MANY: f64 = 20.0;

/// The reasons for a kind, the strongest first; what a definition or rule says stands before what was weighed.
pub(super) fn because(why: &ReportedExplanation) -> String {
    let by_rule = match why.rule.as_ref() {
        "identical" => Some("the same words throughout"),
        "withdrawal" => Some("one declares the other void"),
        "quoted_words" => Some("both quote the words they share"),
        "filled_form" => Some("a form that is filled in anew"),
        "other_news" => Some("neither tells what the other opens with"),
        "conflicting_numbers" => Some("numbers differ where the words agree"),
        "whole_text" => Some("the whole of one text is in the other"),
        "one_opening" => Some("of one day, they open with the same words and names"),
        "cuts_and_additions" => Some("nothing but cuts and additions at the ends"),
        "survey_method" | "survey_footer" => Some("what they share says how a poll was made"),
        _ => None,
    };
    let mut reasons: Vec<String> = by_rule.into_iter().map(str::to_owned).collect();
    let dated = why.date_distance_seconds.is_some();
    // Several measures say the same of the days, and of numbers that differ: the strongest says it.
    let mut said = BTreeSet::new();
    let told = why.reasons.iter().filter_map(|it| {
        let told = told(&it.measure, it.value, dated)?;
        let fresh = said.insert(subject(&it.measure).to_owned()) & said.insert(told.clone());
        fresh.then_some(told)
    });
    reasons.extend(told.take(NAMED));
    if reasons.is_empty() {
        return "no single measure stands out".to_owned();
    }
    reasons.join("; ")
}

/// What a measure speaks of.
fn subject(measure: &str) -> &str {
    match measure {
        "undated"
        | "days"
        | "same_day"
        | "older"
        | "older_beside_both_ledes"
        | "older_beside_a_lede" => "days",
        "conflicts" | "conflicting_numbers" => "conflicts",
        other => other,
    }
}

/// What a measure says at this value of a pair that is `dated` or not; `None` where it speaks for a kind only by what is
/// missing.
fn told(measure: &str, value: f64, dated: bool) -> Option<String> {
    let share = (value * 100.0).round();
    let none = value < 0.5;
    let text = match measure {
        "greater_containment" => format!("{share} % of one text is in the other"),
        "lesser_containment" => format!("{share} % of the longer text is in the other"),
        "length_ratio" => format!("one is {share} % as long as the other"),
        "better_lede" if share < 1.0 => "neither opening is copied in the other text".to_owned(),
        "better_lede" => format!("{share} % of one opening is copied in the other text"),
        "worse_lede" if share < 1.0 => "one opening is not copied in the other text".to_owned(),
        "worse_lede" => format!("of each opening {share} % or more is copied in the other text"),
        "lede_agreement" => format!("titles and openings agree by {share} %"),
        "title_agreement" if share < 1.0 => "titles do not agree".to_owned(),
        "title_agreement" => format!("titles agree by {share} %"),
        "better_told" if share < 1.0 => "neither text says what the other opens with".to_owned(),
        "better_told" => format!("{share} % of what one opening says is said in the other text"),
        "worse_told" if share < 1.0 => {
            "one text says nothing of what the other opens with".to_owned()
        }
        "worse_told" => {
            format!("of what each opening says {share} % or more is said in the other text")
        }
        "words_found" => format!("{share} % of the vocabulary of one is in the other"),
        "details_found" => {
            format!("{share} % of the names and numbers of the shorter are in the other")
        }
        "aligned_details_found" => {
            format!("{share} % of the names and numbers in the shared text are on both sides")
        }
        "quoted" => format!("{share} % of the shared words are quoted"),
        "formula" => format!("{share} % of the shared words are set phrases"),
        "earlier_position" | "later_position" => {
            let part = match value {
                ..0.34 => "in the first third",
                ..0.67 => "in the middle",
                _ => "in the last third",
            };
            let of = if measure == "earlier_position" { "one" } else { "the other" };
            format!("the shared words stand {part} of {of}")
        }
        "lede_edit" if none => "nothing is put into the openings".to_owned(),
        "lede_edit" if value < 1.5 => "one word is put into an opening".to_owned(),
        "lede_edit" => format!("{value} words in a row are put into an opening"),
        "conflicts" if none => "no name or number differs".to_owned(),
        "conflicts" => format!("names or numbers that differ: {value}"),
        "conflicting_numbers" if none => "no number differs".to_owned(),
        "conflicting_numbers" => format!("numbers that differ: {value}"),
        "aligned_details_missing" if none => {
            "no name or number of the shared text is on one side only".to_owned()
        }
        "aligned_details_missing" => {
            format!("names and numbers of the shared text on one side only: {value}")
        }
        "most_inserted" | "least_inserted" if none => "nothing is put in between".to_owned(),
        "most_inserted" => format!("words put in between in one: {value}"),
        "least_inserted" => format!("words put in between in each: {value} or more"),
        "runs_per_hundred" if none => "the shared words hardly break".to_owned(),
        "runs_per_hundred" => {
            format!("the shared words break {} times in a hundred", value.round())
        }
        "longest_run" => format!("{value} words in a row are the same"),
        "passages" if value < 1.5 => "they share one passage".to_owned(),
        "passages" => format!("they share {value} passages"),
        "undated" if !none => "a date is not known".to_owned(),
        "days" | "same_day" | "older" if !dated => "a date is not known".to_owned(),
        "days" if value < 0.05 => "dated at about the same time".to_owned(),
        "days" => format!("dated {} days apart", (value * 10.0).round() / 10.0),
        "same_day" if none => "dated 18 hours apart or more".to_owned(),
        "same_day" => "dated less than 18 hours apart".to_owned(),
        "older" if none => "dated less than a day and a half apart".to_owned(),
        "older" => "dated a day and a half apart or more".to_owned(),
        "older_beside_both_ledes" | "older_beside_a_lede" if !none => {
            "dated a day and a half apart or more, with openings of their own".to_owned()
        }
        "survey_words" if !none => "the shared words are those of poll methods".to_owned(),
        "evidence" => {
            let many = match value {
                ..A_FEW => "hardly any",
                ..MANY => "a few",
                _ => "many",
            };
            format!("they share {many} distinctive words")
        }
        _ => return None,
    };
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::super::{ReportedReason, Side};
    use super::*;
    use crate::links::{Explanation, Figures};

    #[test]
    fn every_measure_that_is_weighed_has_words() {
        for (measure, _) in Explanation::default().measures() {
            let said = told(measure, 1.0, true).unwrap_or_default();
            assert!(!said.is_empty() && !said.contains('_'), "{measure}: {said}");
        }
    }

    #[test]
    fn counts_of_none_are_said_so() {
        assert_eq!(told("conflicts", 0.0, true).unwrap(), "no name or number differs");
        assert_eq!(told("lede_edit", 1.0, true).unwrap(), "one word is put into an opening");
        let neither = "neither opening is copied in the other text";
        assert_eq!(told("better_lede", 0.0, true).unwrap(), neither);
        assert_eq!(told("longest_run", 41.0, true).unwrap(), "41 words in a row are the same");
        assert_eq!(
            told("better_lede", 0.875, true).unwrap(),
            "88 % of one opening is copied in the other text"
        );
    }

    #[test]
    fn what_several_measures_say_is_told_once() {
        let reason = |measure: &str, value| ReportedReason {
            measure: measure.to_owned().into(),
            value,
            weight: 1.0,
        };
        let why = ReportedExplanation {
            rule: "weighed".into(),
            date_distance_seconds: Some(0),
            reasons: vec![
                reason("least_inserted", 0.0),
                reason("most_inserted", 0.0),
                reason("same_day", 1.0),
                reason("days", 0.0),
                reason("conflicting_numbers", 2.0),
                reason("conflicts", 2.0),
            ],
            resemblance: 0.5,
            containment_a: 0.5,
            containment_b: 0.5,
            shorter: Side::A,
            missing_details: Vec::new(),
            figures: Figures::default(),
        };
        let told =
            "nothing is put in between; dated less than 18 hours apart; numbers that differ: 2";
        assert_eq!(because(&why), told);
    }

    #[test]
    fn a_pair_without_a_date_is_not_said_to_be_near_or_far() {
        for measure in ["days", "same_day", "older", "undated"] {
            let value = if measure == "undated" { 1.0 } else { 0.0 };
            assert_eq!(told(measure, value, false).unwrap(), "a date is not known", "{measure}");
        }
        assert_eq!(told("days", 0.0, true).unwrap(), "dated at about the same time");
        assert_eq!(told("days", 5.9, true).unwrap(), "dated 5.9 days apart");
        assert_eq!(told("same_day", 0.0, true).unwrap(), "dated 18 hours apart or more");
    }

    #[test]
    fn shared_words_are_told_by_how_many_are_distinctive() {
        let said = [1.0, 9.0, 60.0].map(|value| told("evidence", value, true).unwrap());
        let expected = ["hardly any", "a few", "many"]
            .map(|many| format!("they share {many} distinctive words"));
        assert_eq!(said, expected);
    }
}
