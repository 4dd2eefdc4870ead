//! The weights of the measures, written by `examples/evaluate/fit_kinds.py`: do not edit.
//!
//! Fitted on 793 judged pairs of half 0, 383 of them copies and updates; ridge penalties
//! 10 and 3 on standardised measures.

use super::measures::MEASURES;
use super::weighing::{FAMILIES, Weights};

/// The scores at the centres: copy or update, partial, background, series, quotation.
pub(super) const FAMILY_BIASES: [f64; FAMILIES] = [1.87375, 0.87064, 0.01462, -0.79800, -1.96101];

/// The score of a copy at the centres, against an update.
pub(super) const COPY_BIAS: f64 = -2.81725;

/// In the order of the measures.
#[rustfmt::skip]
pub(super) const WEIGHTS: [Weights; MEASURES] = [
    Weights { name: "greater_containment", logarithm: false, centre: 0.56434,
        of_family: [2.02874, -0.98366, -0.62974, 0.36588, -0.78123], of_copy: 7.63685 },
    Weights { name: "lesser_containment", logarithm: false, centre: 0.39838,
        of_family: [1.26340, -0.73595, -1.02821, 0.91170, -0.41093], of_copy: 0.00000 },
    Weights { name: "length_ratio", logarithm: false, centre: 0.67842,
        of_family: [0.40598, -0.79125, 0.44368, 1.51544, -1.57386], of_copy: 0.00000 },
    Weights { name: "better_lede", logarithm: false, centre: 0.51709,
        of_family: [0.57864, 0.00406, 0.19126, -0.19913, -0.57483], of_copy: 0.90446 },
    Weights { name: "worse_lede", logarithm: false, centre: 0.27671,
        of_family: [0.17726, -0.23654, -0.27869, 0.41681, -0.07883], of_copy: -0.74112 },
    Weights { name: "lede_agreement", logarithm: false, centre: 0.46515,
        of_family: [0.50737, -0.61746, -0.25970, 1.23279, -0.86299], of_copy: 0.00000 },
    Weights { name: "title_agreement", logarithm: false, centre: 0.52971,
        of_family: [1.24867, -0.38500, -0.28782, -0.04992, -0.52593], of_copy: 0.53073 },
    Weights { name: "lede_edit", logarithm: true, centre: 0.34751,
        of_family: [-0.14261, -0.19888, 0.17230, 0.24087, -0.07168], of_copy: -0.01210 },
    Weights { name: "conflicts", logarithm: true, centre: 0.25165,
        of_family: [-0.09222, -0.45363, -0.13285, 0.67851, 0.00019], of_copy: 0.00000 },
    Weights { name: "conflicting_numbers", logarithm: true, centre: 0.19419,
        of_family: [-0.43928, -0.18095, -0.50597, 1.03521, 0.09098], of_copy: -1.01277 },
    Weights { name: "details_found", logarithm: false, centre: 0.75112,
        of_family: [0.83496, -0.60342, 1.07806, -1.25945, -0.05015], of_copy: 0.00000 },
    Weights { name: "aligned_details_found", logarithm: false, centre: 0.94297,
        of_family: [-0.05961, -0.64133, -0.45844, 1.09070, 0.06868], of_copy: 0.00000 },
    Weights { name: "aligned_details_missing", logarithm: true, centre: 0.34611,
        of_family: [0.10174, 0.14036, 0.02399, 0.10202, -0.36811], of_copy: 0.00000 },
    Weights { name: "quoted", logarithm: false, centre: 0.20425,
        of_family: [-0.50208, -0.03588, -1.14535, -1.86620, 3.54952], of_copy: 0.00000 },
    Weights { name: "formula", logarithm: false, centre: 0.03125,
        of_family: [-1.49872, -2.89807, -2.55301, 5.82146, 1.12833], of_copy: 0.00000 },
    Weights { name: "survey_words", logarithm: false, centre: 0.03951,
        of_family: [0.69789, -0.36587, 0.09507, -3.58635, 3.15926], of_copy: 0.00000 },
    Weights { name: "earlier_position", logarithm: false, centre: 0.43359,
        of_family: [0.43489, -0.39755, -0.67736, 1.07175, -0.43173], of_copy: 0.00000 },
    Weights { name: "later_position", logarithm: false, centre: 0.58324,
        of_family: [-0.28282, 0.77120, 1.54453, -1.33300, -0.69991], of_copy: 0.00000 },
    Weights { name: "most_inserted", logarithm: true, centre: 3.83759,
        of_family: [-0.02585, 0.05747, 0.00838, -0.05019, 0.01019], of_copy: -0.10941 },
    Weights { name: "least_inserted", logarithm: true, centre: 2.92527,
        of_family: [0.09896, 0.02369, 0.04344, -0.12295, -0.04314], of_copy: -0.23192 },
    Weights { name: "runs_per_hundred", logarithm: true, centre: 1.81765,
        of_family: [-0.30467, -0.06429, 0.10274, 0.24613, 0.02009], of_copy: 0.00000 },
    Weights { name: "longest_run", logarithm: true, centre: 3.91592,
        of_family: [0.11950, 0.16978, 0.18933, -0.28702, -0.19159], of_copy: 0.00000 },
    Weights { name: "passages", logarithm: true, centre: 1.25322,
        of_family: [0.71840, 0.17701, -0.19396, -0.38350, -0.31796], of_copy: 0.00000 },
    Weights { name: "undated", logarithm: false, centre: 0.13871,
        of_family: [0.08322, 0.14266, -0.06732, -0.60574, 0.44717], of_copy: 1.86006 },
    Weights { name: "days", logarithm: true, centre: 0.69152,
        of_family: [-0.51356, -0.34157, 0.34258, 0.31097, 0.20158], of_copy: 0.00000 },
    Weights { name: "same_day", logarithm: false, centre: 0.45145,
        of_family: [0.57130, 0.30319, -0.88714, -0.00364, 0.01628], of_copy: 0.82262 },
    Weights { name: "older", logarithm: false, centre: 0.23834,
        of_family: [-0.58624, -0.25996, 0.07992, 0.59350, 0.17278], of_copy: 0.00000 },
    Weights { name: "older_beside_both_ledes", logarithm: false, centre: 0.13560,
        of_family: [-0.36351, 0.08840, 0.16054, -0.14767, 0.26224], of_copy: 0.00000 },
    Weights { name: "older_beside_a_lede", logarithm: false, centre: 0.16974,
        of_family: [-0.19257, -0.04170, 0.55655, -0.24753, -0.07475], of_copy: 0.00000 },
    Weights { name: "better_told", logarithm: false, centre: 0.78246,
        of_family: [0.36963, 1.51932, 0.32629, -1.72356, -0.49169], of_copy: 0.00000 },
    Weights { name: "worse_told", logarithm: false, centre: 0.58302,
        of_family: [0.18349, 0.64818, -0.01145, 0.49907, -1.31930], of_copy: 0.00000 },
    Weights { name: "words_found", logarithm: false, centre: 0.76343,
        of_family: [2.61858, -1.36860, -1.59963, 0.60579, -0.25613], of_copy: 0.00000 },
    Weights { name: "evidence", logarithm: true, centre: 3.24451,
        of_family: [0.62294, 0.27645, -0.11095, -0.28657, -0.50186], of_copy: 0.00000 },
];
