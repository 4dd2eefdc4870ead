//! Written by `tests/story_score/fit.py`; not to be edited by hand.

use super::score::FEATURES;

/// The sum of a pair whose features are all 0.
pub(super) const INTERCEPT: f64 = -1.5634;

/// The weight of each feature, in the order of `PairFeatures::NAMES`.
pub(super) const COEFFICIENTS: [f64; FEATURES] = [
    1.8725,  // words
    0.4524,  // names
    1.0005,  // headline_in_lead
    2.1139,  // opening
    1.3656,  // headline
    0.8296,  // lead_names
    -3.9803, // verbatim
    -0.3605, // years_apart
    2.0927,  // shared_day
    -0.2399, // days_apart
    2.3863,  // shared_first_date
    0.7489,  // weekdays
    -0.0710, // length
    -0.2531, // length_difference
];
