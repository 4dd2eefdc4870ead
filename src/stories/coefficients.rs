//! Written by `tests/story_score/fit.py`; not to be edited by hand.

use super::score::FEATURES;

/// The sum of a pair whose features are all 0.
pub(super) const INTERCEPT: f64 = -1.6967;

/// The weight of each feature, in the order of `PairFeatures::NAMES`.
pub(super) const COEFFICIENTS: [f64; FEATURES] = [
    2.1283,  // words
    0.8428,  // headline_in_lead
    2.4980,  // opening
    5.4760,  // other_forms
    1.5929,  // headline
    0.7481,  // lead_names
    -4.0819, // verbatim
    -0.3394, // years_apart
    1.3742,  // shared_day
    -0.2491, // days_apart
    1.6275,  // shared_first_date
    0.8104,  // weekdays
    -0.1087, // length
    -0.2112, // length_difference
];
