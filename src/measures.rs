//! The measures that thresholds are stated in, each a type of its own so that none is taken for another.

use crate::error::{Error, Result};

/// Share of the shorter text's shingles (or tokens) that the other text holds, 0 to 1.
///
/// Source: Broder, "On the resemblance and containment of documents", 1997.
///
/// ```
/// let half = wirecopy::Containment::new(0.5)?;
/// assert_eq!(half.get(), 0.5);
/// assert!(wirecopy::Containment::new(f64::NAN).is_err());
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct Containment(f64);

/// Similarity of two articles' stories, 0 to 1.
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct StorySimilarity(f64);

impl Containment {
    /// One half: what most of a text is.
    pub const HALF: Containment = Containment(0.5);

    /// A containment.
    ///
    /// # Errors
    /// `is_config` outside 0 to 1 or for NaN.
    pub fn new(value: f64) -> Result<Containment> {
        share("containment", value).map(Containment)
    }

    /// The number, 0 to 1.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl StorySimilarity {
    /// A similarity.
    ///
    /// # Errors
    /// `is_config` outside 0 to 1 or for NaN.
    pub fn new(value: f64) -> Result<StorySimilarity> {
        share("story similarity", value).map(StorySimilarity)
    }

    /// The number, 0 to 1.
    pub fn get(self) -> f64 {
        self.0
    }
}

fn share(name: &str, value: f64) -> Result<f64> {
    if (0.0..=1.0).contains(&value) {
        Ok(value)
    } else {
        Err(Error::config(format!("{name} {value} is not between 0 and 1")))
    }
}
