//! The settings of the dispatch stage.

use crate::error::{Error, Result};

/// When spans count as one text, and what is enough to say that the source is missing.
///
/// ```
/// use wirecopy::dispatches::DispatchConfig;
/// let config = DispatchConfig::new().with_min_overlap(0.6)?.with_min_missing_run(40)?;
/// assert_eq!(config.min_overlap(), 0.6);
/// assert!(DispatchConfig::new().with_min_overlap(0.0).is_err());
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct DispatchConfig {
    overlap: f64,
    related: f64,
    contained: f64,
    missing_run: usize,
}

impl Default for DispatchConfig {
    fn default() -> DispatchConfig {
        // One half: below it most of a span is other text. One fifth: an edit and the edit of its edit still meet in
        // the text between them when they are no copies any more, while the words by which neighbouring passages run
        // into each other stay well under it. 25 tokens are a short paragraph.
        DispatchConfig { overlap: 0.5, related: 0.2, contained: 0.5, missing_run: 25 }
    }
}

impl DispatchConfig {
    /// The default: overlap and containment one half, relation one fifth, a missing run of 25 tokens.
    pub fn new() -> DispatchConfig {
        DispatchConfig::default()
    }

    /// Share of an article's spans that must lie in its other dispatches for them to be covered already; above 0, at
    /// most 1.
    ///
    /// # Errors
    /// `is_config` outside that range or for NaN.
    pub fn with_min_overlap(mut self, share: f64) -> Result<DispatchConfig> {
        self.overlap = positive_share("min_overlap", share)?;
        Ok(self)
    }

    /// Share of the shorter of two sets of spans of one article that must lie in the other for the two to be parts of
    /// one text; above 0, at most 1. Under it they are strangers that meet in a host.
    ///
    /// # Errors
    /// `is_config` outside that range or for NaN.
    pub fn with_min_related(mut self, share: f64) -> Result<DispatchConfig> {
        self.related = positive_share("min_related", share)?;
        Ok(self)
    }

    /// Share of an article's tokens that must stand in another for the other to *contain* it, which is what makes
    /// compilations; above 0, at most 1.
    ///
    /// # Errors
    /// `is_config` outside that range or for NaN.
    pub fn with_min_contained(mut self, share: f64) -> Result<DispatchConfig> {
        self.contained = positive_share("min_contained", share)?;
        Ok(self)
    }

    /// Tokens of a verbatim run of two members that the fullest member must lack before the common source is said to
    /// be missing; at least 1.
    ///
    /// # Errors
    /// `is_config` for 0.
    pub fn with_min_missing_run(mut self, tokens: usize) -> Result<DispatchConfig> {
        if tokens == 0 {
            return Err(Error::config("min_missing_run is 0; give at least 1 token"));
        }
        self.missing_run = tokens;
        Ok(self)
    }

    /// The share set by [`min_overlap`](Self::min_overlap).
    pub fn min_overlap(&self) -> f64 {
        self.overlap
    }

    /// The share set by [`min_related`](Self::min_related).
    pub fn min_related(&self) -> f64 {
        self.related
    }

    /// The share set by [`min_contained`](Self::min_contained).
    pub fn min_contained(&self) -> f64 {
        self.contained
    }

    /// The length set by [`min_missing_run`](Self::min_missing_run).
    pub fn min_missing_run(&self) -> usize {
        self.missing_run
    }

    /// Whether `common` of the `tokens` of a span are most of it.
    pub(crate) fn is_most(&self, common: usize, tokens: usize) -> bool {
        is_share(common, tokens, self.overlap)
    }

    /// Whether `common` of the `tokens` of a span are enough to make it part of the same text.
    pub(crate) fn is_related(&self, common: usize, tokens: usize) -> bool {
        is_share(common, tokens, self.related)
    }

    /// Whether an article of `tokens` with `held` of them in another stands in it.
    pub(crate) fn is_contained(&self, held: usize, tokens: usize) -> bool {
        is_share(held, tokens, self.contained)
    }
}

fn is_share(part: usize, whole: usize, share: f64) -> bool {
    whole > 0 && part as f64 >= share * whole as f64
}

fn positive_share(name: &str, share: f64) -> Result<f64> {
    if share > 0.0 && share <= 1.0 {
        Ok(share)
    } else {
        Err(Error::config(format!("{name} {share} is not above 0 and at most 1")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_outside_their_range_are_errors_that_name_the_value() {
        for wrong in [0.0, -0.1, 1.1, f64::NAN, f64::INFINITY] {
            let error = DispatchConfig::new().with_min_overlap(wrong).unwrap_err();
            assert!(error.is_config() && error.to_string().contains(&wrong.to_string()));
            assert!(DispatchConfig::new().with_min_related(wrong).is_err());
            assert!(DispatchConfig::new().with_min_contained(wrong).is_err());
        }
        assert!(DispatchConfig::new().with_min_missing_run(0).unwrap_err().is_config());
    }

    #[test]
    fn nothing_is_never_a_share_of_nothing() {
        assert!(!DispatchConfig::new().is_related(0, 0));
    }
}
