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
    pub(super) fn of(banding: &Banding) -> Self {
        Self { banding: *banding, points: points_of(|jaccard| banding.probability(jaccard)) }
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
        write_table(f, &self.banding, &self.points)
    }
}

/// The probability at similarities 0.05, 0.10, …, 1.
pub(crate) fn points_of(probability: impl Fn(Jaccard) -> f64) -> Vec<(Jaccard, f64)> {
    const STEPS: usize = 20;
    let point = |step| {
        let jaccard = Jaccard::from_ratio(step, STEPS);
        (jaccard, probability(jaccard))
    };
    (1..=STEPS).map(point).collect()
}

/// Writes whose points they are, and a line for each.
pub(crate) fn write_table(
    f: &mut fmt::Formatter<'_>,
    whose: &impl fmt::Display,
    points: &[(Jaccard, f64)],
) -> fmt::Result {
    /// Characters of the bar that stands for probability 1.
    const BAR: f64 = 40.0;
    writeln!(f, "{whose}")?;
    writeln!(f, "Jaccard   P(candidate)")?;
    for (jaccard, probability) in points {
        let bar = "█".repeat((probability * BAR + 0.5) as usize);
        let line = format!("{jaccard:.2}      {probability:<12.4}  {bar}");
        writeln!(f, "{}", line.trim_end())?;
    }
    Ok(())
}
