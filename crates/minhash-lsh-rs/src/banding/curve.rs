//! The S-curve of a banding.

use std::fmt;

use super::Banding;
use crate::Jaccard;

/// The probability of being a candidate at similarities 0.05, 0.10, …, 1.
///
/// ```
/// use minhash_lsh::Banding;
///
/// let curve = Banding::new(16, 8)?.curve();
/// assert!(curve.to_string().contains("0.80      0.9470"));
/// # Ok::<(), minhash_lsh::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Curve {
    banding: Banding,
    points: Vec<(Jaccard, f64)>,
}

impl Curve {
    const STEPS: usize = 20;
    /// Characters of the bar that stands for probability 1.
    const BAR: f64 = 40.0;

    pub(super) fn of(banding: &Banding) -> Self {
        let point = |step| {
            let jaccard = Jaccard::from_ratio(step, Self::STEPS);
            (jaccard, banding.probability(jaccard))
        };
        Self { banding: *banding, points: (1..=Self::STEPS).map(point).collect() }
    }

    /// Whose curve it is.
    #[must_use]
    pub fn banding(&self) -> Banding {
        self.banding
    }

    /// (similarity, probability), by ascending similarity.
    #[must_use]
    pub fn points(&self) -> &[(Jaccard, f64)] {
        &self.points
    }
}

/// A table with a bar for each probability.
impl fmt::Display for Curve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.banding)?;
        writeln!(f, "Jaccard   P(candidate)")?;
        for (jaccard, probability) in &self.points {
            let bar = "█".repeat((probability * Self::BAR + 0.5) as usize);
            let line = format!("{jaccard:.2}      {probability:<12.4}  {bar}");
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}
