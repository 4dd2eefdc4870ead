//! The learned score of a pair: a logistic regression on what two articles share.

use super::coefficients::{ALIKE, ONE_STORY};

/// Number of features.
pub(super) const FEATURES: usize = 16;

/// What two articles share, as the score sees it: the features that the coefficients were fitted
/// to, for whoever fits them to judgements of their own. The last two count where it is asked how
/// alike two articles are ([`similarities`](super::similarities)), and not where they are grouped.
///
/// All are symmetric in the two articles.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
#[non_exhaustive]
pub struct PairFeatures {
    /// Cosine of the words, 0 to 1.
    pub words: f64,
    /// Cosine of the headline of one and the lead of the other, the greater of the two; 0 to 1.
    pub headline_in_lead: f64,
    /// How much of what one says, and says early, the other has anywhere: the mean of both
    /// directions, 0 to 1.
    pub opening: f64,
    /// How much of what one says, and says early, the other has in another form alone, by the first
    /// letters of words that it has not: the mean of both directions, 0 to 1.
    pub other_forms: f64,
    /// How much of the headline of one the other has anywhere, the mean of both; 0 to 1.
    pub headline: f64,
    /// How much of the names in the lead of one the other has anywhere, the mean of both; 0 to 1.
    pub lead_names: f64,
    /// The share of the text with fewer words that stands word for word in the other, 0 to 1.
    pub verbatim: f64,
    /// Years between the latest that each mentions, at most 3; 0 when they share one.
    pub years_apart: f64,
    /// Where both mention one day of the year, `opening`, else 0: dates prove nothing alone.
    pub shared_day: f64,
    /// 1 when the days of the year that they mention are all more than three days apart.
    pub days_apart: f64,
    /// Where the first whole dates of both are at most four days apart, `opening`, else 0.
    pub shared_first_date: f64,
    /// How alike the days of the week are that both mention, 0 to 1, times `opening`.
    pub weekdays: f64,
    /// Natural logarithm of the tokens of the shorter, title included.
    pub length: f64,
    /// The same of the longer less that of the shorter.
    pub length_difference: f64,
    /// How much of the headline or of the opening is shared, 1 − (1 − `headline`)(1 − `opening`): what
    /// one of them says already, the other says again.
    pub headline_or_opening: f64,
    /// How the numbers that they mention agree, 0 to 1; a usual share where one mentions none.
    pub numbers: f64,
}

impl PairFeatures {
    /// What [`values`](PairFeatures::values) are, in their order.
    pub const NAMES: [&'static str; FEATURES] = [
        "words",
        "headline_in_lead",
        "opening",
        "other_forms",
        "headline",
        "lead_names",
        "verbatim",
        "years_apart",
        "shared_day",
        "days_apart",
        "shared_first_date",
        "weekdays",
        "length",
        "length_difference",
        "headline_or_opening",
        "numbers",
    ];

    /// The features as numbers, in the order of [`NAMES`](PairFeatures::NAMES).
    ///
    /// ```
    /// use wirecopy::stories::PairFeatures;
    /// assert_eq!(PairFeatures::default().values().len(), PairFeatures::NAMES.len());
    /// ```
    pub fn values(&self) -> [f64; FEATURES] {
        [
            self.words,
            self.headline_in_lead,
            self.opening,
            self.other_forms,
            self.headline,
            self.lead_names,
            self.verbatim,
            self.years_apart,
            self.shared_day,
            self.days_apart,
            self.shared_first_date,
            self.weekdays,
            self.length,
            self.length_difference,
            self.headline_or_opening,
            self.numbers,
        ]
    }

    /// The answer by text alone, 0 to 1: the logistic function of the weighted sum.
    pub(super) fn score(&self, question: Question) -> f64 {
        let Weights { intercept, of_features } = match question {
            Question::OneStory => &ONE_STORY,
            Question::Alike => &ALIKE,
        };
        let terms = self.values().into_iter().zip(of_features);
        let sum = terms.fold(*intercept, |sum, (value, weight)| sum + weight * value);
        1.0 / (1.0 + libm::exp(-sum))
    }
}

/// What is asked of a pair.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Question {
    /// Whether they are one story, which decides what is grouped: two earthquakes are not.
    #[default]
    OneStory,
    /// How alike a reader finds their news: two earthquakes more than an earthquake and a contest.
    Alike,
}

/// The weights of a logistic regression.
pub(super) struct Weights {
    pub(super) intercept: f64,
    /// In the order of [`PairFeatures::NAMES`].
    pub(super) of_features: [f64; FEATURES],
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a pair of news articles of one subject has.
    fn some() -> PairFeatures {
        PairFeatures {
            words: 0.3,
            headline_in_lead: 0.3,
            opening: 0.4,
            headline: 0.4,
            lead_names: 0.5,
            headline_or_opening: 0.64,
            numbers: 0.2,
            length: 5.0,
            ..PairFeatures::default()
        }
    }

    #[test]
    fn more_in_common_never_lowers_the_score_and_other_dates_never_raise_it() {
        for (question, length) in every_question_and_length() {
            let some = || PairFeatures { length, ..some() };
            let score = some().score(question);
            let more = [
                PairFeatures { words: 0.5, ..some() },
                PairFeatures { headline_in_lead: 0.5, ..some() },
                PairFeatures { opening: 0.5, ..some() },
                PairFeatures { other_forms: 0.2, ..some() },
                PairFeatures { headline: 0.5, ..some() },
                PairFeatures { lead_names: 0.6, ..some() },
                PairFeatures { shared_day: 0.4, ..some() },
                PairFeatures { shared_first_date: 0.4, ..some() },
                PairFeatures { weekdays: 0.4, ..some() },
                PairFeatures { headline_or_opening: 0.7, ..some() },
                PairFeatures { numbers: 0.5, ..some() },
            ];
            for features in more {
                assert!(features.score(question) >= score, "{question:?}: {features:?}");
            }
            let less = [
                PairFeatures { years_apart: 1.0, ..some() },
                PairFeatures { days_apart: 1.0, ..some() },
            ];
            for features in less {
                assert!(features.score(question) <= score, "{question:?}: {features:?}");
            }
        }
    }

    fn every_question_and_length() -> impl Iterator<Item = (Question, f64)> {
        let lengths = [2.0, 3.0, 4.0, 5.0, 6.0, 7.0];
        let of = move |question| lengths.map(|length| (question, length));
        [Question::OneStory, Question::Alike].into_iter().flat_map(of)
    }

    #[test]
    fn nothing_in_common_is_hardly_a_story_and_all_of_it_is_one() {
        for (question, length) in every_question_and_length() {
            let none = PairFeatures { length, ..PairFeatures::default() };
            let score = none.score(question);
            assert!(score < 0.2, "{question:?} {length}: {score}");
            let all = PairFeatures {
                words: 1.0,
                headline_in_lead: 0.8,
                opening: 1.0,
                headline: 1.0,
                lead_names: 1.0,
                verbatim: 1.0,
                headline_or_opening: 1.0,
                numbers: 1.0,
                length,
                ..PairFeatures::default()
            };
            let score = all.score(question);
            assert!(score > 0.7, "{question:?} {length}: {score}");
        }
    }
}
