//! Written by `tests/story_score/fit.py`; not to be edited by hand.

use super::score::FEATURES;

/// The sum of a pair whose features are all 0.
pub(super) const INTERCEPT: f64 = -1.7300;

/// The weight of each feature, in the order of `PairFeatures::NAMES`.
pub(super) const COEFFICIENTS: [f64; FEATURES] = [
    1.7999,  // words
    0.6516,  // names
    0.7528,  // headline_in_lead
    2.4661,  // opening
    1.7531,  // headline
    0.4994,  // lead_names
    -4.2491, // verbatim
    -0.3597, // years_apart
    1.3620,  // shared_day
    -0.2977, // days_apart
    1.4186,  // shared_first_date
    0.6733,  // weekdays
    -0.0523, // length
    -0.2205, // length_difference
];
