//! The settings of story clustering.

use super::Granularity;
use super::similarity::LONG_TEXTS;
use crate::error::{Error, Result};

/// How stories are made.
///
/// ```
/// use wirecopy::stories::{Granularity, StoryConfig};
/// let config = StoryConfig::new().with_threshold(0.3)?.with_granularity(Granularity::Story)?;
/// assert_eq!(config.threshold(), 0.3);
/// assert!(StoryConfig::new().with_granularity(Granularity::Topic).unwrap_err().is_config());
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct StoryConfig {
    granularity: Granularity,
    threshold: f64,
}

impl Default for StoryConfig {
    fn default() -> StoryConfig {
        StoryConfig { granularity: Granularity::Story, threshold: LONG_TEXTS }
    }
}

impl StoryConfig {
    /// The default: granularity [`Granularity::Story`], threshold 0.24.
    pub fn new() -> StoryConfig {
        StoryConfig::default()
    }

    /// With another granularity.
    ///
    /// # Errors
    /// `is_config` for `Event` and `Topic`: their rules are not written yet.
    pub fn with_granularity(mut self, granularity: Granularity) -> Result<StoryConfig> {
        if granularity != Granularity::Story {
            return Err(Error::config(format!(
                "granularity {granularity:?} is not available yet; use Granularity::Story"
            )));
        }
        self.granularity = granularity;
        Ok(self)
    }

    /// With another threshold on the mean similarity of two groups that become one story, 0 to 1.
    /// Lower makes larger stories. It is the threshold of full articles: similarities of shorter
    /// texts are scaled up to it.
    ///
    /// # Errors
    /// `is_config` outside 0 (exclusive) to 1, or for NaN.
    pub fn with_threshold(mut self, threshold: f64) -> Result<StoryConfig> {
        if !(threshold > 0.0 && threshold <= 1.0) {
            return Err(Error::config(format!(
                "story threshold {threshold} is not between 0 (exclusive) and 1"
            )));
        }
        self.threshold = threshold;
        Ok(self)
    }

    /// The granularity.
    pub fn granularity(&self) -> Granularity {
        self.granularity
    }

    /// The threshold.
    pub fn threshold(&self) -> f64 {
        self.threshold
    }
}
