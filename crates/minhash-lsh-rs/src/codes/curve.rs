//! The S-curve of a banding of codes.

use std::fmt;

use super::CodeBanding;
use crate::Jaccard;
use crate::banding::{points_of, write_table};

/// The probability that codes make two sets a candidate pair, at similarities 0.05, 0.10, …, 1.
///
/// ```
/// use minhash_lsh::{CodeBanding, CodeBits};
///
/// let curve = CodeBanding::new(8, 16, CodeBits::new(1)?)?.curve();
/// assert!(curve.to_string().starts_with("8 bands × 16 rows of 1 bit"));
/// assert!(curve.to_string().contains("0.80      0.8059"));
/// # Ok::<(), minhash_lsh::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CodeCurve {
    banding: CodeBanding,
    points: Vec<(Jaccard, f64)>,
}

impl CodeCurve {
    pub(super) fn of(banding: &CodeBanding) -> Self {
        Self { banding: *banding, points: points_of(|jaccard| banding.probability(jaccard)) }
    }

    /// Whose curve it is.
    #[must_use]
    pub fn banding(&self) -> CodeBanding {
        self.banding
    }

    /// (similarity, probability), by ascending similarity.
    #[must_use]
    pub fn points(&self) -> &[(Jaccard, f64)] {
        &self.points
    }
}

/// A table with a bar for each probability.
impl fmt::Display for CodeCurve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_table(f, &self.banding, &self.points)
    }
}
