//! What can be set about the search for duplicates, each knob validated once.

use crate::error::Result;
use crate::text::{Shingler, TextScheme};
use minhash_lsh::{Banding, BucketCap, Jaccard, Kernel, Scheme, Sketcher};

/// Which texts count as duplicates, and how surely they are to be found.
///
/// | knob | default |
/// |---|---|
/// | [threshold](DuplicateConfig::with_threshold): least Jaccard similarity of the shingle sets | 0.8 |
/// | [recall](DuplicateConfig::with_recall) at the threshold | 0.99 |
/// | [lanes](DuplicateConfig::with_lanes) of a signature, k | 128 |
/// | [banding](DuplicateConfig::with_banding) | planned from the three |
/// | [text scheme](DuplicateConfig::with_text): folding, shingle width | 5 tokens, accents dropped |
/// | [bucket cap](DuplicateConfig::with_bucket_cap) | 64 anchors |
/// | [seed](DuplicateConfig::with_seed) of the hash functions | 0 |
/// | [kernel](DuplicateConfig::with_kernel) that reads and sketches the texts | the best that the CPU has |
///
/// A `DuplicateConfig` that exists is valid: each setter checks what it is given against the rest.
///
/// ```
/// use wirecopy::duplicates::DuplicateConfig;
/// use wirecopy::links::Jaccard;
///
/// let config = DuplicateConfig::new().with_threshold(Jaccard::new(0.7)?)?.with_recall(0.999)?;
/// assert!(config.banding().probability(config.threshold()) >= 0.999);
/// assert!(DuplicateConfig::new().with_recall(1.5).unwrap_err().is_config());
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct DuplicateConfig {
    threshold: Jaccard,
    recall: f64,
    scheme: Scheme,
    banding: Banding,
    /// Whether the caller chose the banding, so that the other knobs do not plan it anew.
    banding_is_given: bool,
    text: TextScheme,
    cap: BucketCap,
    /// One that this CPU runs.
    kernel: Kernel,
}

impl Default for DuplicateConfig {
    fn default() -> DuplicateConfig {
        let recall = 0.99;
        // Constants alone reach these, so the tests that ask for a default prove that none of them fails.
        let threshold = Jaccard::new(0.8).expect("0.8 is a similarity");
        let scheme = Scheme::new(128).expect("128 is a multiple of 8 up to 1024");
        let banding =
            Banding::for_recall(threshold, recall, scheme.k()).expect("16 bands of 6 rows do");
        DuplicateConfig {
            threshold,
            recall,
            scheme,
            banding,
            banding_is_given: false,
            text: TextScheme::default(),
            cap: BucketCap::default(),
            kernel: Kernel::detect(),
        }
    }
}

impl DuplicateConfig {
    /// The defaults of the table above.
    #[must_use]
    pub fn new() -> DuplicateConfig {
        DuplicateConfig::default()
    }

    /// Least Jaccard similarity of the shingle sets of two duplicates. Plans the banding anew unless it was given.
    ///
    /// # Errors
    /// `is_config` when the lanes cannot reach the recall at this similarity (0 never can).
    pub fn with_threshold(self, threshold: Jaccard) -> Result<DuplicateConfig> {
        DuplicateConfig { threshold, ..self }.planned()
    }

    /// The probability, above 0 and up to 1, with which a pair exactly at the threshold is to become a candidate; more
    /// similar pairs are surer. Plans the banding anew, also where one was given.
    ///
    /// # Errors
    /// `is_config` outside that range, and when the lanes cannot reach it at the threshold.
    pub fn with_recall(self, recall: f64) -> Result<DuplicateConfig> {
        DuplicateConfig { recall, banding_is_given: false, ..self }.planned()
    }

    /// Lanes of a signature (k): a multiple of 8 from 8 to 1024. Plans the banding anew unless it was given.
    ///
    /// # Errors
    /// `is_config` outside that range, when so many lanes cannot reach the recall, or for fewer than a given banding
    /// takes.
    pub fn with_lanes(self, lanes: usize) -> Result<DuplicateConfig> {
        let scheme = Scheme::new(lanes)?.with_seed(self.scheme.seed());
        DuplicateConfig { scheme, ..self }.planned()
    }

    /// Candidates by this banding instead of one planned for the recall: what a comparison at equal bands and rows
    /// needs. Its probability at the threshold is then the recall, whatever was asked for.
    ///
    /// ```
    /// use wirecopy::duplicates::{Banding, DuplicateConfig};
    ///
    /// let config = DuplicateConfig::new().with_banding(Banding::new(16, 8)?)?;
    /// assert_eq!(format!("{:.3}", config.recall()), "0.947"); // 1 − (1 − 0.8⁸)¹⁶
    /// # Ok::<(), wirecopy::Error>(())
    /// ```
    ///
    /// # Errors
    /// `is_config` when it takes more lanes than the signatures have.
    pub fn with_banding(self, banding: Banding) -> Result<DuplicateConfig> {
        DuplicateConfig { banding, banding_is_given: true, ..self }.planned()
    }

    /// How text becomes shingles.
    #[must_use]
    pub fn with_text(self, text: TextScheme) -> DuplicateConfig {
        DuplicateConfig { text, ..self }
    }

    /// How many texts of an over-full bucket the others are compared with.
    #[must_use]
    pub fn with_bucket_cap(self, cap: BucketCap) -> DuplicateConfig {
        DuplicateConfig { cap, ..self }
    }

    /// Selects the hash functions of the signatures: a secret one where an adversary writes the texts.
    #[must_use]
    pub fn with_seed(self, seed: u64) -> DuplicateConfig {
        DuplicateConfig { scheme: self.scheme.with_seed(seed), ..self }
    }

    /// Reads and sketches the texts with these instructions instead of the best that the CPU has: the same answer, at
    /// another speed. To measure or to test; [`Kernel::detect`] says how the environment chooses for a whole process.
    ///
    /// ```
    /// use wirecopy::duplicates::{DuplicateConfig, Kernel, find_duplicates};
    ///
    /// let texts = ["Deux textes égaux.", "Un autre.", "Deux textes égaux."];
    /// let portable = DuplicateConfig::new().with_kernel(Kernel::Scalar)?;
    /// let found = find_duplicates(&texts, &portable)?;
    /// assert_eq!(found, find_duplicates(&texts, &DuplicateConfig::new())?);
    /// # Ok::<(), wirecopy::Error>(())
    /// ```
    ///
    /// # Errors
    /// `is_config` when this CPU does not run `kernel`; the message names those it runs.
    pub fn with_kernel(self, kernel: Kernel) -> Result<DuplicateConfig> {
        Ok(DuplicateConfig { kernel: kernel.require()?, ..self })
    }

    fn planned(self) -> Result<DuplicateConfig> {
        if !self.banding_is_given {
            let banding = Banding::for_recall(self.threshold, self.recall, self.scheme.k())?;
            return Ok(DuplicateConfig { banding, ..self });
        }
        if self.banding.lanes() > self.scheme.k() {
            return Err(crate::Error::config(format!(
                "{} take {} lanes, but the signatures have {}; use more lanes or fewer bands",
                self.banding,
                self.banding.lanes(),
                self.scheme.k()
            )));
        }
        Ok(self)
    }

    /// Least Jaccard similarity of two duplicates.
    #[must_use]
    pub fn threshold(&self) -> Jaccard {
        self.threshold
    }

    /// The recall that the banding was planned for; of a given banding, its probability at the threshold.
    #[must_use]
    pub fn recall(&self) -> f64 {
        if self.banding_is_given { self.banding.probability(self.threshold) } else { self.recall }
    }

    /// The banding that proposes candidates; its [`curve`](Banding::curve) states the recall at every similarity.
    #[must_use]
    pub fn banding(&self) -> Banding {
        self.banding
    }

    /// The scheme of the signatures, which names the text scheme as its input.
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        self.scheme.with_input(self.text.digest())
    }

    /// How text becomes shingles.
    #[must_use]
    pub fn text(&self) -> &TextScheme {
        &self.text
    }

    /// How many texts of an over-full bucket the others are compared with.
    #[must_use]
    pub fn bucket_cap(&self) -> BucketCap {
        self.cap
    }

    /// The kernel that reads and sketches the texts.
    #[must_use]
    pub fn kernel(&self) -> Kernel {
        self.kernel
    }

    /// A reader of texts.
    pub(super) fn shingler(&self) -> Shingler {
        let shingler = Shingler::new(self.text).with_kernel(self.kernel);
        shingler.expect("no configuration has a kernel that the CPU does not run")
    }

    /// What makes the signatures.
    pub(super) fn sketcher(&self) -> Sketcher {
        let sketcher = Sketcher::new(self.scheme()).with_kernel(self.kernel);
        sketcher.expect("no configuration has a kernel that the CPU does not run")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn j(value: f64) -> Jaccard {
        Jaccard::new(value).unwrap()
    }

    #[test]
    fn the_banding_follows_threshold_recall_and_lanes() {
        let config = DuplicateConfig::new();
        assert_eq!((config.banding().bands(), config.banding().rows()), (16, 6));
        for threshold in [0.5, 0.7, 0.95] {
            for recall in [0.9, 0.999] {
                let config = DuplicateConfig::new().with_lanes(256).unwrap();
                let config =
                    config.with_threshold(j(threshold)).unwrap().with_recall(recall).unwrap();
                assert!(config.banding().probability(j(threshold)) >= recall);
                assert!(config.banding().lanes() <= 256);
            }
        }
    }

    #[test]
    fn a_given_banding_stays_and_states_its_own_recall() {
        let banding = Banding::new(16, 8).unwrap();
        let config = DuplicateConfig::new().with_banding(banding).unwrap();
        let config = config.with_threshold(j(0.9)).unwrap();
        assert_eq!(config.banding(), banding);
        assert_eq!(config.recall(), banding.probability(j(0.9)));
        assert!(config.with_lanes(64).unwrap_err().is_config(), "it takes 128 lanes");
        assert_ne!(config.with_recall(0.99).unwrap().banding(), banding);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let config = DuplicateConfig::new();
        assert!(config.with_threshold(Jaccard::ZERO).unwrap_err().is_config());
        assert!(config.with_threshold(j(0.01)).unwrap_err().is_config());
        for recall in [0.0, -1.0, 1.1, f64::NAN] {
            assert!(config.with_recall(recall).unwrap_err().is_config());
        }
        for lanes in [0, 7, 1032] {
            assert!(config.with_lanes(lanes).unwrap_err().is_config());
        }
        assert!(config.with_banding(Banding::new(17, 8).unwrap()).unwrap_err().is_config());
    }

    #[test]
    fn reader_and_sketcher_run_on_the_kernel_asked_for_and_no_other_knob_changes_it() {
        for kernel in [Kernel::Scalar, Kernel::Neon, Kernel::Avx2, Kernel::Avx512] {
            let config = DuplicateConfig::new().with_kernel(kernel);
            assert_eq!(config.is_ok(), kernel.is_available(), "{kernel}");
            let Ok(config) = config else { continue };
            let config = config.with_threshold(j(0.7)).unwrap().with_lanes(256).unwrap();
            assert_eq!(config.kernel(), kernel);
            assert_eq!(config.shingler().kernel(), kernel);
            assert_eq!(config.sketcher().kernel(), kernel);
        }
        assert_eq!(DuplicateConfig::new().kernel(), Kernel::detect());
    }

    #[test]
    fn the_scheme_names_text_scheme_seed_and_lanes() {
        let config = DuplicateConfig::new().with_seed(9).with_lanes(64).unwrap();
        let wide = config.with_text(TextScheme::default().with_shingle_words(8).unwrap());
        assert_eq!((config.scheme().seed(), config.scheme().k()), (9, 64));
        assert!(config.scheme().require_same(&wide.scheme()).is_err());
    }
}
