//! The settings of story clustering.

use super::Granularity;
use super::linkage::Linkage;
use crate::error::{Error, Result};

/// How stories are made.
///
/// ```
/// use wirecopy::stories::{Granularity, StoryConfig};
/// let config = StoryConfig::new().with_granularity(Granularity::Topic).with_threshold(0.3)?;
/// assert_eq!(config.threshold(), 0.3);
/// assert!(StoryConfig::new().with_threshold(1.5).unwrap_err().is_config());
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct StoryConfig {
    granularity: Granularity,
    /// `None` for the preset of the granularity.
    threshold: Option<f64>,
}

impl StoryConfig {
    /// The default: granularity [`Granularity::Story`] with its preset threshold.
    pub fn new() -> StoryConfig {
        StoryConfig::default()
    }

    /// With another granularity: which of the three groupings the stories of the answer are.
    pub fn with_granularity(mut self, granularity: Granularity) -> StoryConfig {
        self.granularity = granularity;
        self
    }

    /// With another threshold on the similarity of two groups that become one, 0 to 1, at the
    /// granularity of this configuration; the other two keep their presets. Lower makes larger
    /// stories. It is the threshold of full articles: similarities of shorter texts are scaled up to
    /// it.
    ///
    /// # Errors
    /// `is_config` outside 0 (exclusive) to 1, or for NaN.
    pub fn with_threshold(mut self, threshold: f64) -> Result<StoryConfig> {
        if !(threshold > 0.0 && threshold <= 1.0) {
            return Err(Error::config(format!(
                "story threshold {threshold} is not between 0 (exclusive) and 1"
            )));
        }
        self.threshold = Some(threshold);
        Ok(self)
    }

    /// The granularity.
    pub fn granularity(&self) -> Granularity {
        self.granularity
    }

    /// The threshold at that granularity.
    pub fn threshold(&self) -> f64 {
        self.linkage(self.granularity).threshold
    }

    /// When groups are merged at a granularity.
    pub(super) fn linkage(&self, granularity: Granularity) -> Linkage {
        let preset = Linkage::of(granularity);
        match self.threshold {
            Some(threshold) if granularity == self.granularity => Linkage { threshold, ..preset },
            _ => preset,
        }
    }
}
