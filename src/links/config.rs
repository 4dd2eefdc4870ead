//! What can be set about links, each knob validated once.

use crate::error::{Error, Result};
use crate::measures::Containment;
use crate::text::TextScheme;
use minhash_lsh::{Banding, Jaccard};

/// How articles are compared and what counts as a link.
///
/// ```
/// use wirecopy::Containment;
/// use wirecopy::links::LinkConfig;
/// let config = LinkConfig::default().with_min_containment(Containment::new(0.6)?).with_min_evidence(6.0)?;
/// assert_eq!(config.min_containment().get(), 0.6);
/// assert!(LinkConfig::default().with_min_evidence(-1.0).unwrap_err().is_config());
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct LinkConfig {
    min_containment: Containment,
    min_evidence: f64,
    min_passage_evidence: f64,
    min_matched_tokens: usize,
    min_density: f64,
    max_document_frequency: usize,
    posting_cap: usize,
    identical_pairs_cap: usize,
    resemblance: f64,
    recall: f64,
    lanes: usize,
}

impl Default for LinkConfig {
    fn default() -> LinkConfig {
        LinkConfig {
            min_containment: Containment::HALF,
            min_evidence: 4.0,
            min_passage_evidence: 2.0,
            min_matched_tokens: 10,
            min_density: 0.5,
            max_document_frequency: 60,
            posting_cap: 128,
            identical_pairs_cap: 32,
            resemblance: 0.5,
            recall: 0.99,
            lanes: 128,
        }
    }
}

impl LinkConfig {
    /// The same as [`LinkConfig::default`].
    pub fn new() -> LinkConfig {
        LinkConfig::default()
    }

    /// Containment of the shorter text, on aligned tokens, from which a link may be a copy or
    /// update. Default 0.5.
    #[must_use]
    pub fn with_min_containment(mut self, containment: Containment) -> LinkConfig {
        self.min_containment = containment;
        self
    }

    /// Evidence, summed over the passages, under which a pair is no copy, update, partial or
    /// background link. Default 4: on one half of 176 judged pairs the highest whole number that
    /// keeps all 45 copies, updates and partials; on the other half it keeps all 46. A text under 50
    /// tokens of which the other holds three quarters needs proportionally less: one of 25 tokens
    /// half.
    ///
    /// Quotation links, and series links whose form is a tenth of one text, claim no reuse and need one
    /// passage only, with the evidence of
    /// [`with_min_passage_evidence`](LinkConfig::with_min_passage_evidence).
    ///
    /// # Errors
    /// `is_config` for NaN, infinity or a negative number.
    pub fn with_min_evidence(mut self, evidence: f64) -> Result<LinkConfig> {
        self.min_evidence = not_negative("min_evidence", evidence)?;
        Ok(self)
    }

    /// Evidence under which an aligned stretch is no passage. Default 2; short texts need
    /// less as for [`with_min_evidence`](LinkConfig::with_min_evidence).
    ///
    /// # Errors
    /// `is_config` for NaN, infinity or a negative number.
    pub fn with_min_passage_evidence(mut self, evidence: f64) -> Result<LinkConfig> {
        self.min_passage_evidence = not_negative("min_passage_evidence", evidence)?;
        Ok(self)
    }

    /// Matched tokens under which an aligned stretch is no passage; short texts need fewer, see
    /// [`align`](super::align). Default 10.
    ///
    /// # Errors
    /// `is_config` under 4, the length of a seed: nothing shorter is looked for.
    pub fn with_min_matched_tokens(mut self, tokens: usize) -> Result<LinkConfig> {
        self.min_matched_tokens = at_least("min_matched_tokens", tokens, super::SEED_TOKENS)?;
        Ok(self)
    }

    /// Matched tokens as a share of the longer side of a passage, under which it is none. Default
    /// 0.5.
    ///
    /// # Errors
    /// `is_config` outside 0 to 1 or for NaN.
    pub fn with_min_density(mut self, density: f64) -> Result<LinkConfig> {
        if !(0.0..=1.0).contains(&density) {
            return Err(Error::config(format!("min_density {density} is not between 0 and 1")));
        }
        self.min_density = density;
        Ok(self)
    }

    /// Contexts (see
    /// [`LinkStatistics::formula_fingerprints`](super::LinkStatistics::formula_fingerprints)) over
    /// which a fingerprint proposes no pair. Default 60.
    ///
    /// # Errors
    /// `is_config` under 3, where formula begins.
    pub fn with_max_document_frequency(mut self, contexts: usize) -> Result<LinkConfig> {
        self.max_document_frequency =
            at_least("max_document_frequency", contexts, super::containment::FORMULA_CONTEXTS)?;
        Ok(self)
    }

    /// Texts that share a fingerprint up to which all pairs of them are compared; over it each is
    /// compared with the anchors of the contexts. Default 128.
    ///
    /// # Errors
    /// `is_config` under 2.
    pub fn with_posting_cap(mut self, texts: usize) -> Result<LinkConfig> {
        self.posting_cap = at_least("posting_cap", texts, 2)?;
        Ok(self)
    }

    /// Articles of one identical text up to which all pairs are linked; over it each is linked to
    /// the smallest id alone. Default 32.
    ///
    /// # Errors
    /// `is_config` under 2.
    pub fn with_identical_pairs_cap(mut self, articles: usize) -> Result<LinkConfig> {
        self.identical_pairs_cap = at_least("identical_pairs_cap", articles, 2)?;
        Ok(self)
    }

    /// Candidates by resemblance: the recall asked for at a Jaccard similarity of the 5-word
    /// shingles, and the lanes of the signatures. Default .99 at .5 with 128. Pairs under it
    /// are found by containment alone.
    ///
    /// # Errors
    /// `is_config` when no banding of so many lanes reaches the recall, or a value is outside its
    /// range.
    pub fn with_resemblance(
        mut self,
        jaccard: Jaccard,
        recall: f64,
        lanes: usize,
    ) -> Result<LinkConfig> {
        super::resemblance::plan(jaccard.get(), recall, lanes)?;
        (self.resemblance, self.recall, self.lanes) = (jaccard.get(), recall, lanes);
        Ok(self)
    }

    /// The scheme of the sketches of texts that were read under `text`.
    ///
    /// # Errors
    /// `is_config` when the engine refuses the number of lanes, which a validated configuration excludes.
    pub fn scheme(&self, text: &TextScheme) -> Result<minhash_lsh::Scheme> {
        Ok(minhash_lsh::Scheme::new(self.lanes)?.with_input(text.digest()))
    }

    /// The banding of the candidates by resemblance.
    ///
    /// # Errors
    /// None for a validated configuration, which every `LinkConfig` is.
    pub fn banding(&self) -> Result<Banding> {
        super::resemblance::plan(self.resemblance, self.recall, self.lanes)
    }

    /// Lanes of the signatures.
    pub fn lanes(&self) -> usize {
        self.lanes
    }

    /// Least containment of the shorter text for a copy or update.
    pub fn min_containment(&self) -> Containment {
        self.min_containment
    }

    /// Least evidence of a link that is neither series nor quotation.
    pub fn min_evidence(&self) -> f64 {
        self.min_evidence
    }

    /// Least evidence of a passage.
    pub fn min_passage_evidence(&self) -> f64 {
        self.min_passage_evidence
    }

    /// Least matched tokens of a passage.
    pub fn min_matched_tokens(&self) -> usize {
        self.min_matched_tokens
    }

    /// Least density of a passage.
    pub fn min_density(&self) -> f64 {
        self.min_density
    }

    /// Most contexts of a fingerprint that proposes pairs.
    pub fn max_document_frequency(&self) -> usize {
        self.max_document_frequency
    }

    /// Most texts of a fingerprint whose pairs are all compared.
    pub fn posting_cap(&self) -> usize {
        self.posting_cap
    }

    /// Most articles of one text whose pairs are all linked.
    pub fn identical_pairs_cap(&self) -> usize {
        self.identical_pairs_cap
    }
}

fn not_negative(name: &str, value: f64) -> Result<f64> {
    if value.is_finite() && value >= 0.0 {
        Ok(value)
    } else {
        Err(Error::config(format!("{name} {value} is not a number of 0 or more")))
    }
}

fn at_least(name: &str, value: usize, least: usize) -> Result<usize> {
    if value >= least {
        Ok(value)
    } else {
        Err(Error::config(format!("{name} {value} is under its least value {least}")))
    }
}
