//! Written by `tests/story_score/fit.py`; not to be edited by hand.

use super::score::FEATURES;

/// The sum of a pair whose features are all 0.
pub(super) const INTERCEPT: f64 = -1.6331;

/// The weight of each feature, in the order of `PairFeatures::NAMES`.
pub(super) const COEFFICIENTS: [f64; FEATURES] = [
    1.8711,  // words
    0.4296,  // names
    1.0436,  // headline_in_lead
    1.9273,  // opening
    1.4428,  // headline
    0.8132,  // lead_names
    -3.9126, // verbatim
    -0.3679, // years_apart
    2.1865,  // shared_day
    -0.2494, // days_apart
    2.3537,  // shared_first_date
    0.8235,  // weekdays
    -0.0493, // length
    -0.2337, // length_difference
];
