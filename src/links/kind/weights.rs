//! The weights of the measures, written by `examples/evaluate/fit_kinds.py`: do not edit.
//!
//! Fitted on 554 judged pairs of half 0, 251 of them copies and updates; ridge penalties
//! 10 and 3 on standardised measures.

use super::measures::MEASURES;
use super::weighing::{FAMILIES, Weights};

/// The scores at the centres: copy or update, partial, background, series, quotation.
pub(super) const FAMILY_BIASES: [f64; FAMILIES] = [1.4255, 0.5354, 0.0866, -0.6607, -1.3868];

/// The score of a copy at the centres, against an update.
pub(super) const COPY_BIAS: f64 = -2.6983;

/// In the order of the measures.
#[rustfmt::skip]
pub(super) const WEIGHTS: [Weights; MEASURES] = [
    Weights { name: "greater_containment", logarithm: false, centre: 0.5546,
        of_family: [1.7770, -1.0122, -0.4355, 0.2616, -0.5909], of_copy: 6.6120 },
    Weights { name: "lesser_containment", logarithm: false, centre: 0.3916,
        of_family: [1.2575, -0.8006, -0.8387, 0.7176, -0.3358], of_copy: 0.0000 },
    Weights { name: "length_ratio", logarithm: false, centre: 0.6775,
        of_family: [0.1974, -0.7325, 0.7560, 1.2194, -1.4403], of_copy: 0.0000 },
    Weights { name: "better_lede", logarithm: false, centre: 0.5194,
        of_family: [0.4810, -0.0746, 0.1395, -0.1027, -0.4433], of_copy: 0.9168 },
    Weights { name: "worse_lede", logarithm: false, centre: 0.2930,
        of_family: [0.0510, -0.2679, -0.2191, 0.5344, -0.0984], of_copy: -0.8469 },
    Weights { name: "lede_agreement", logarithm: false, centre: 0.4730,
        of_family: [0.6824, -0.3075, -0.2470, 0.7105, -0.8384], of_copy: 0.0000 },
    Weights { name: "title_agreement", logarithm: false, centre: 0.5304,
        of_family: [1.1297, -0.5689, -0.1066, 0.0336, -0.4877], of_copy: 0.5454 },
    Weights { name: "lede_edit", logarithm: true, centre: 0.3959,
        of_family: [-0.1568, -0.1574, 0.1216, 0.1866, 0.0059], of_copy: -0.0439 },
    Weights { name: "conflicts", logarithm: true, centre: 0.3198,
        of_family: [-0.1752, -0.3910, -0.1517, 0.7345, -0.0165], of_copy: 0.0000 },
    Weights { name: "conflicting_numbers", logarithm: true, centre: 0.2535,
        of_family: [-0.3432, -0.1679, -0.4963, 0.9228, 0.0847], of_copy: -1.1787 },
    Weights { name: "details_found", logarithm: false, centre: 0.7316,
        of_family: [0.8972, -0.8747, 0.9231, -0.9536, 0.0080], of_copy: 0.0000 },
    Weights { name: "aligned_details_found", logarithm: false, centre: 0.9280,
        of_family: [-0.0060, -0.6204, 0.3748, 0.0581, 0.1935], of_copy: 0.0000 },
    Weights { name: "aligned_details_missing", logarithm: true, centre: 0.4104,
        of_family: [0.1649, 0.0224, -0.0797, 0.1929, -0.3004], of_copy: 0.0000 },
    Weights { name: "quoted", logarithm: false, centre: 0.2095,
        of_family: [-0.3633, -0.1675, -1.2519, -1.4103, 3.1930], of_copy: 0.0000 },
    Weights { name: "formula", logarithm: false, centre: 0.0394,
        of_family: [-1.9676, -1.7325, -1.5866, 4.4466, 0.8401], of_copy: 0.0000 },
    Weights { name: "survey_words", logarithm: false, centre: 0.0439,
        of_family: [0.9186, -0.5109, -0.3550, -2.8181, 2.7654], of_copy: 0.0000 },
    Weights { name: "earlier_position", logarithm: false, centre: 0.4273,
        of_family: [0.5583, -0.1335, -0.2480, 0.0320, -0.2088], of_copy: 0.0000 },
    Weights { name: "later_position", logarithm: false, centre: 0.5773,
        of_family: [-0.5178, 0.8519, 1.5900, -1.5618, -0.3623], of_copy: 0.0000 },
    Weights { name: "most_inserted", logarithm: true, centre: 3.7832,
        of_family: [-0.0105, 0.0382, 0.0621, -0.0904, 0.0006], of_copy: -0.0779 },
    Weights { name: "least_inserted", logarithm: true, centre: 2.8890,
        of_family: [0.0445, 0.0675, -0.0096, -0.0751, -0.0273], of_copy: -0.2949 },
    Weights { name: "runs_per_hundred", logarithm: true, centre: 1.8690,
        of_family: [-0.1982, -0.1197, 0.2053, 0.0801, 0.0326], of_copy: 0.0000 },
    Weights { name: "longest_run", logarithm: true, centre: 3.8363,
        of_family: [0.0794, 0.1020, 0.1146, -0.1536, -0.1424], of_copy: 0.0000 },
    Weights { name: "passages", logarithm: true, centre: 1.2425,
        of_family: [0.7096, 0.0938, -0.2458, -0.3693, -0.1883], of_copy: 0.0000 },
    Weights { name: "undated", logarithm: false, centre: 0.1354,
        of_family: [0.0502, 0.3475, -0.0453, -0.4747, 0.1222], of_copy: 1.5515 },
    Weights { name: "days", logarithm: true, centre: 0.7877,
        of_family: [-0.3649, -0.2120, 0.1658, 0.2597, 0.1514], of_copy: 0.0000 },
    Weights { name: "same_day", logarithm: false, centre: 0.4134,
        of_family: [0.6209, 0.4105, -0.8636, -0.2943, 0.1265], of_copy: 0.6461 },
    Weights { name: "older", logarithm: false, centre: 0.2635,
        of_family: [-0.6488, -0.2921, 0.0464, 0.6829, 0.2115], of_copy: 0.0000 },
    Weights { name: "older_beside_both_ledes", logarithm: false, centre: 0.1353,
        of_family: [-0.7548, -0.1078, 0.5657, -0.0030, 0.2999], of_copy: 0.0000 },
    Weights { name: "older_beside_a_lede", logarithm: false, centre: 0.1701,
        of_family: [-0.1810, -0.0125, 0.2993, -0.1640, 0.0581], of_copy: 0.0000 },
    Weights { name: "better_told", logarithm: false, centre: 0.7822,
        of_family: [0.1027, 1.3170, 0.0126, -0.9357, -0.4965], of_copy: 0.0000 },
    Weights { name: "worse_told", logarithm: false, centre: 0.5855,
        of_family: [0.3327, 0.6999, -0.2386, 0.3997, -1.1937], of_copy: 0.0000 },
    Weights { name: "words_found", logarithm: false, centre: 0.7560,
        of_family: [1.9519, -1.1936, -1.1321, 0.8109, -0.4372], of_copy: 0.0000 },
    Weights { name: "evidence", logarithm: true, centre: 3.1677,
        of_family: [0.6155, 0.2278, -0.1551, -0.2958, -0.3923], of_copy: 0.0000 },
];
