//! Every knob, named after the field's term, validated once.

use crate::decisions::Decisions;
use crate::dispatches::DispatchConfig;
use crate::error::Result;
use crate::families::PublisherFamilies;
use crate::links::LinkConfig;
use crate::measures::Containment;
use crate::report::ReportContext;
use crate::stories::{Granularity, StoryConfig};
use crate::text::TextScheme;

/// How articles are grouped.
///
/// The defaults are the measured ones (`QUALITY.md`); most callers need no other. A setter that is given a value outside
/// its range says so at once, so a `Config` that exists is valid. The knobs that few need are in the stages' own
/// configurations: [`with_links`](Config::with_links), [`with_dispatches`](Config::with_dispatches),
/// [`with_stories`](Config::with_stories).
///
/// ```
/// use wirecopy::Config;
/// use wirecopy::stories::Granularity;
/// let config = Config::new()
///     .shingle_words(5)?
///     .min_containment(0.5)?
///     .granularity(Granularity::Story);
/// assert_eq!(config.text().shingle_words(), 5);
/// assert!(Config::new().min_containment(1.5).unwrap_err().is_config());
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Config {
    text: TextScheme,
    links: LinkConfig,
    dispatches: DispatchConfig,
    decisions: Decisions,
    families: PublisherFamilies,
    stories: StoryConfig,
}

impl Config {
    /// The defaults.
    pub fn new() -> Config {
        Config::default()
    }

    /// Tokens a shingle; default 5. Another width is another [`TextScheme`].
    ///
    /// # Errors
    /// `is_config` outside the range of [`TextScheme::with_shingle_words`].
    pub fn shingle_words(mut self, tokens: usize) -> Result<Config> {
        self.text = self.text.with_shingle_words(tokens)?;
        Ok(self)
    }

    /// Whether accented letters stay apart from bare ones; default no. Another choice is another [`TextScheme`].
    pub fn keep_accents(mut self, keep: bool) -> Config {
        self.text = self.text.keep_accents(keep);
        self
    }

    /// Share of the shorter article that must stand in the other for a copy.
    ///
    /// # Errors
    /// `is_config` outside 0 to 1.
    pub fn min_containment(mut self, share: f64) -> Result<Config> {
        self.links = self.links.with_min_containment(Containment::new(share)?);
        Ok(self)
    }

    /// How wide a story is; default [`Granularity::Story`].
    pub fn granularity(mut self, granularity: Granularity) -> Config {
        self.stories = self.stories.with_granularity(granularity);
        self
    }

    /// With the settings of the links.
    pub fn with_links(mut self, links: LinkConfig) -> Config {
        self.links = links;
        self
    }

    /// With the settings of the dispatches.
    pub fn with_dispatches(mut self, dispatches: DispatchConfig) -> Config {
        self.dispatches = dispatches;
        self
    }

    /// With what an editor decided about pairs of articles.
    ///
    /// # Errors
    /// As [`Decisions::check`].
    pub fn with_decisions(mut self, decisions: Decisions) -> Result<Config> {
        decisions.check()?;
        self.decisions = decisions;
        Ok(self)
    }

    /// With the families of publishers that outlets belong to.
    pub fn with_families(mut self, families: PublisherFamilies) -> Config {
        self.families = families;
        self
    }

    /// With the settings of the stories.
    pub fn with_stories(mut self, stories: StoryConfig) -> Config {
        self.stories = stories;
        self
    }

    /// How text becomes shingles.
    pub fn text(&self) -> &TextScheme {
        &self.text
    }

    /// The settings of the links.
    pub fn links(&self) -> &LinkConfig {
        &self.links
    }

    /// The settings of the dispatches.
    pub fn dispatches(&self) -> &DispatchConfig {
        &self.dispatches
    }

    /// What was decided about pairs of articles.
    pub fn decisions(&self) -> &Decisions {
        &self.decisions
    }

    /// The families of publishers.
    pub fn families(&self) -> &PublisherFamilies {
        &self.families
    }

    /// The settings of the stories.
    pub fn stories(&self) -> &StoryConfig {
        &self.stories
    }

    /// Adds the schemes and every setting to what a report says beside the answer.
    pub(crate) fn describe(&self, context: ReportContext) -> ReportContext {
        let links = &self.links;
        let context = match links.scheme(&self.text) {
            Ok(scheme) => context.with_engine_scheme(scheme),
            // A validated configuration always has a scheme; a report without its name is still a report.
            Err(_) => context,
        };
        context
            .with_text_scheme(hexadecimal(&self.text.digest()))
            .with_setting("text.shingle_words", self.text.shingle_words())
            .with_setting("text.keep_accents", self.text.keeps_accents())
            .with_setting("links.min_containment", links.min_containment().get())
            .with_setting("links.min_evidence", links.min_evidence())
            .with_setting("links.min_passage_evidence", links.min_passage_evidence())
            .with_setting("links.min_matched_tokens", links.min_matched_tokens())
            .with_setting("links.min_density", links.min_density())
            .with_setting("links.max_document_frequency", links.max_document_frequency())
            .with_setting("links.posting_cap", links.posting_cap())
            .with_setting("links.identical_pairs_cap", links.identical_pairs_cap())
            .with_setting("links.lanes", links.lanes())
            .with_setting("dispatches.min_overlap", self.dispatches.min_overlap())
            .with_setting("dispatches.min_related", self.dispatches.min_related())
            .with_setting("dispatches.min_contained", self.dispatches.min_contained())
            .with_setting("dispatches.min_missing_run", self.dispatches.min_missing_run())
            .with_setting("decisions.must_link", self.decisions.must_links().count())
            .with_setting("decisions.cannot_link", self.decisions.cannot_links().count())
            .with_setting("stories.granularity", self.stories.granularity())
            .with_setting("stories.threshold", self.stories.threshold())
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
