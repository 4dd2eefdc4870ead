//! Written by `tests/story_score/fit.py`; not to be edited by hand.

use super::score::Weights;

/// Whether two articles are one story.
pub(super) const ONE_STORY: Weights = Weights {
    intercept: -1.6839,
    of_features: [
        2.2078,  // words
        0.8622,  // headline_in_lead
        2.3250,  // opening
        4.9010,  // other_forms
        1.5777,  // headline
        0.8159,  // lead_names
        -3.9731, // verbatim
        -0.3500, // years_apart
        1.3283,  // shared_day
        -0.2539, // days_apart
        1.7132,  // shared_first_date
        0.7802,  // weekdays
        -0.1096, // length
        -0.2156, // length_difference
        0.0,     // headline_or_opening
        0.0,     // numbers
    ],
};

/// How alike a reader finds their news.
pub(super) const ALIKE: Weights = Weights {
    intercept: -3.9499,
    of_features: [
        2.4220,  // words
        1.2070,  // headline_in_lead
        1.5457,  // opening
        6.6397,  // other_forms
        0.9999,  // headline
        0.6505,  // lead_names
        -5.8046, // verbatim
        -0.0468, // years_apart
        0.0,     // shared_day
        -0.3449, // days_apart
        0.0,     // shared_first_date
        0.9700,  // weekdays
        0.0544,  // length
        0.1431,  // length_difference
        3.5004,  // headline_or_opening
        0.7391,  // numbers
    ],
};
