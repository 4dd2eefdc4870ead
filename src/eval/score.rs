//! Precision, recall and their harmonic mean.

/// Precision, recall and F1, each 0 to 1.
///
/// ```
/// let score = wirecopy::eval::Score::of_counts(&[6.0, 8.0, 12.0]); // 6 right of 8 reported, 12 to be found
/// assert_eq!((score.precision, score.recall, score.f1), (0.75, 0.5, 0.6));
/// ```
#[derive(Clone, Copy, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Score {
    /// Share of what was reported that is right.
    pub precision: f64,
    /// Share of what is to be found that was reported.
    pub recall: f64,
    /// Harmonic mean of the two; 0 when both are.
    pub f1: f64,
}

impl Score {
    /// From precision and recall.
    pub fn new(precision: f64, recall: f64) -> Score {
        let sum = precision + recall;
        let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
        Score { precision, recall, f1 }
    }

    /// From how many reported things are right, how many were reported, how many are to be found.
    ///
    /// Edge cases: nothing reported and nothing to be found is perfect (1); where only one of them is empty, its
    /// undefined share counts as 0, so that silence is not flattered.
    pub fn of_counts(&[right, reported, to_find]: &[f64; 3]) -> Score {
        if reported == 0.0 && to_find == 0.0 {
            return Score::new(1.0, 1.0);
        }
        Score::new(ratio(right, reported), ratio(right, to_find))
    }
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_on_a_set_with_something_to_find_scores_nothing() {
        assert_eq!(Score::of_counts(&[0.0, 0.0, 5.0]), Score::new(0.0, 0.0));
        assert_eq!(Score::of_counts(&[0.0, 5.0, 0.0]), Score::new(0.0, 0.0));
    }

    #[test]
    fn silence_where_nothing_is_to_be_found_is_perfect() {
        assert_eq!(Score::of_counts(&[0.0, 0.0, 0.0]).f1, 1.0);
    }
}
