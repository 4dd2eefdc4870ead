//! Written by `tests/story_score/fit.py`; not to be edited by hand.

use super::score::FEATURES;

/// The sum of a pair whose features are all 0.
pub(super) const INTERCEPT: f64 = -1.6936;

/// The weight of each feature, in the order of `PairFeatures::NAMES`.
pub(super) const COEFFICIENTS: [f64; FEATURES] = [
    2.2620,  // words
    0.8876,  // headline_in_lead
    2.2998,  // opening
    5.5151,  // other_forms
    1.5523,  // headline
    0.7992,  // lead_names
    -3.9833, // verbatim
    -0.3472, // years_apart
    1.3409,  // shared_day
    -0.2549, // days_apart
    1.7116,  // shared_first_date
    0.7780,  // weekdays
    -0.1090, // length
    -0.2165, // length_difference
];
