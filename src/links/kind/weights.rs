//! The weights of the measures, written by `examples/evaluate/fit_kinds.py`: do not edit.
//!
//! Fitted on 266 judged pairs of half 0, ridge penalty 10 on standardised measures.

use super::measures::MEASURES;
use super::weighing::{KINDS, Weights};

/// The scores at the centres: copy, update, partial, background, series, quotation.
pub(super) const BIASES: [f64; KINDS.len()] = [-0.6011, 0.2972, 0.6653, 0.4075, 0.0901, -0.8591];

/// In the order of the measures.
#[rustfmt::skip]
pub(super) const WEIGHTS: [Weights; MEASURES] = [
    Weights { name: "greater_containment", logarithm: false, centre: 0.4801,
        of_kind: [2.1735, 0.4307, -1.0727, -1.0769, 0.3324, -0.7870] },
    Weights { name: "lesser_containment", logarithm: false, centre: 0.3393,
        of_kind: [1.3265, 0.6910, -1.3098, -0.3228, 0.9679, -1.3528] },
    Weights { name: "better_lede", logarithm: false, centre: 0.4462,
        of_kind: [0.1205, 0.3460, 0.1373, -0.1919, -0.1038, -0.3081] },
    Weights { name: "worse_lede", logarithm: false, centre: 0.2643,
        of_kind: [-0.3021, 0.5267, -0.3789, -0.2438, 0.6759, -0.2779] },
    Weights { name: "lede_agreement", logarithm: false, centre: 0.4475,
        of_kind: [0.1784, 0.6624, -0.7435, -0.1619, 0.8456, -0.7810] },
    Weights { name: "title_agreement", logarithm: false, centre: 0.4975,
        of_kind: [0.7664, 0.5240, -0.3697, -0.3265, 0.0350, -0.6292] },
    Weights { name: "lede_edit", logarithm: true, centre: 0.4204,
        of_kind: [-0.0162, 0.1048, -0.0816, -0.0315, 0.1361, -0.1116] },
    Weights { name: "conflicts", logarithm: true, centre: 0.4326,
        of_kind: [-0.1345, 0.1517, -0.3430, -0.3241, 0.7424, -0.0925] },
    Weights { name: "details_found", logarithm: false, centre: 0.6716,
        of_kind: [0.7198, 1.3244, -1.0713, 0.7157, -1.7695, 0.0809] },
    Weights { name: "aligned_details_found", logarithm: false, centre: 0.9043,
        of_kind: [0.0708, 0.9299, -0.7234, 1.0650, -1.0667, -0.2757] },
    Weights { name: "aligned_details_missing", logarithm: true, centre: 0.4872,
        of_kind: [0.1806, 0.0297, -0.0376, -0.1652, 0.2599, -0.2674] },
    Weights { name: "quoted", logarithm: false, centre: 0.2012,
        of_kind: [0.3228, -0.2258, -0.1167, -1.4958, -1.3106, 2.8261] },
    Weights { name: "formula", logarithm: false, centre: 0.0410,
        of_kind: [-0.6868, -0.9794, -1.7786, -0.4664, 4.1103, -0.1992] },
    Weights { name: "survey_words", logarithm: false, centre: 0.0313,
        of_kind: [0.7328, 0.5293, -0.8234, -0.1039, -1.7539, 1.4192] },
    Weights { name: "earlier_position", logarithm: false, centre: 0.4185,
        of_kind: [0.1062, 0.6254, -0.1969, -0.0330, 0.0675, -0.5692] },
    Weights { name: "later_position", logarithm: false, centre: 0.5687,
        of_kind: [-0.5561, 0.1802, 0.5857, 0.8894, -0.9833, -0.1159] },
    Weights { name: "runs_per_hundred", logarithm: true, centre: 1.9819,
        of_kind: [-0.2830, -0.1134, -0.1277, 0.3522, 0.1861, -0.0143] },
    Weights { name: "longest_run", logarithm: true, centre: 3.6726,
        of_kind: [0.2279, 0.1226, 0.1867, 0.0347, -0.2713, -0.3007] },
    Weights { name: "passages", logarithm: true, centre: 1.2081,
        of_kind: [0.2401, 0.8536, 0.3071, -0.1443, -0.6659, -0.5906] },
    Weights { name: "undated", logarithm: false, centre: 0.1880,
        of_kind: [0.5164, -0.1887, 0.5199, -0.3465, -0.5208, 0.0198] },
    Weights { name: "days", logarithm: true, centre: 1.0071,
        of_kind: [-0.3008, -0.1677, -0.1658, 0.2266, 0.2928, 0.1150] },
    Weights { name: "same_day", logarithm: false, centre: 0.2932,
        of_kind: [0.8043, 0.0148, 0.3208, -0.8949, -0.3870, 0.1420] },
    Weights { name: "older", logarithm: false, centre: 0.3459,
        of_kind: [-0.2052, -0.6272, -0.2097, 0.2488, 0.7424, 0.0510] },
    Weights { name: "older_beside_both_ledes", logarithm: false, centre: 0.1785,
        of_kind: [-0.1978, -0.6252, -0.1030, 0.3801, 0.1598, 0.3862] },
    Weights { name: "older_beside_a_lede", logarithm: false, centre: 0.2334,
        of_kind: [0.2487, -0.4920, -0.0122, 0.2479, -0.1204, 0.1280] },
    Weights { name: "better_told", logarithm: false, centre: 0.7545,
        of_kind: [0.5940, 0.1741, 1.0605, -0.1252, -1.4692, -0.2342] },
    Weights { name: "worse_told", logarithm: false, centre: 0.5596,
        of_kind: [0.6833, -0.0342, 0.6023, -0.0085, 0.0951, -1.3379] },
    Weights { name: "words_found", logarithm: false, centre: 0.7120,
        of_kind: [2.8829, -0.0818, -1.0016, -1.6569, -0.0796, -0.0630] },
];
