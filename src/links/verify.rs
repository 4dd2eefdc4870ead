//! From aligned stretches to a link: spans, evidence, exact measures, kind.

use super::align::Alignment;
use super::evidence::Roles;
use super::formula::FormulaPlaces;
use super::kind::{PairContext, classify};
use super::reading::Readings;
use super::words::Words;
use super::{Explanation, Link, LinkConfig, Passage, PassageSide};
use crate::article_set::ArticleSet;
use crate::text::{SHORT_TEXT_TOKENS, TokenisedText};
use ahash::AHashSet;
use std::ops::Range;
use std::sync::OnceLock;

pub(crate) struct Verifier<'v> {
    pub(crate) set: &'v ArticleSet,
    pub(crate) words: &'v Words,
    pub(crate) readings: &'v Readings<'v>,
    pub(crate) formula: &'v AHashSet<u64>,
    /// Whether each article holds formula.
    pub(crate) holds_formula: Vec<bool>,
    /// Of each article, read when the first pair asks.
    pub(crate) formula_places: Vec<OnceLock<FormulaPlaces>>,
    /// The same.
    pub(crate) roles: Vec<OnceLock<Roles>>,
    pub(crate) config: &'v LinkConfig,
}

impl Verifier<'_> {
    /// The link of articles `a < b` whose texts align in `stretches`; `None` when that is too
    /// little evidence.
    ///
    /// `identical`: the texts are the same tokens, which is a link whatever their evidence.
    /// `resemblance` is asked for that of the texts once the pair is a link.
    pub(crate) fn link(
        &self,
        a: usize,
        b: usize,
        stretches: &[Alignment],
        identical: bool,
        resemblance: impl FnOnce() -> f64,
    ) -> Option<Link> {
        let (text_a, text_b) = (self.set.texts().get(a)?, self.set.texts().get(b)?);
        let (article_a, article_b) = (self.set.articles().get(a)?, self.set.articles().get(b)?);
        let shorter = text_a.tokens().len().min(text_b.tokens().len());
        let aligned: usize = stretches.iter().map(Alignment::matched_tokens).sum();
        let evidence_share = evidence_share(shorter, aligned);
        let least = evidence_share * self.config.min_passage_evidence();
        let passages: Vec<Passage> = stretches
            .iter()
            .filter_map(|stretch| self.passage((a, text_a), (b, text_b), stretch))
            .filter(|passage| identical || passage.evidence >= least)
            .collect();
        if passages.is_empty() {
            return None;
        }
        let matched: usize = passages.iter().map(Passage::matched_tokens).sum();
        let share = |text: &TokenisedText| matched as f64 / text.tokens().len() as f64;
        let formula: Vec<f64> =
            passages.iter().map(|passage| self.formula_share(a, b, passage)).collect();
        let pair = PairContext {
            article_a,
            article_b,
            a: self.readings.of(a)?,
            b: self.readings.of(b)?,
            passages: &passages,
            formula: &formula,
            containment_a: share(text_a),
            containment_b: share(text_b),
            tokens_a: text_a.tokens().len(),
            tokens_b: text_b.tokens().len(),
            identical,
            min_evidence: evidence_share * self.config.min_evidence(),
            config: self.config,
        };
        let verdict = classify(&pair)?;
        let explanation = Explanation {
            resemblance: resemblance(),
            containment_a: pair.containment_a,
            containment_b: pair.containment_b,
            date_distance: self.date_distance(a, b),
            likely_distance: verdict.likely_distance,
            missing_details: verdict.missing_details,
            figures: verdict.figures,
            rule: verdict.rule,
        };
        let (kind, attributes) = (verdict.kind, verdict.attributes);
        Some(Link { a, b, kind, attributes, passages, explanation })
    }

    fn passage(
        &self,
        (a, text_a): (usize, &TokenisedText),
        (b, text_b): (usize, &TokenisedText),
        stretch: &Alignment,
    ) -> Option<Passage> {
        let runs = stretch.matches().iter();
        let run = |start: u32, tokens: u32| start as usize..(start + tokens) as usize;
        let of = |article: usize, text: &TokenisedText, ranges: &mut dyn Iterator<Item = _>| {
            let (numbers, words) = (self.set.vocabulary().of(article), self.words.of(article));
            let read = || Roles::new(text.tokens(), numbers, words);
            let roles = self.roles.get(article).map(|roles| roles.get_or_init(read));
            roles.map_or(0.0, |roles| roles.evidence(numbers, words, ranges))
        };
        let in_a = of(a, text_a, &mut runs.clone().map(|m| run(m.a, m.tokens)));
        let in_b = of(b, text_b, &mut runs.map(|m| run(m.b, m.tokens)));
        Some(Passage {
            a: side(text_a, stretch.tokens_a())?,
            b: side(text_b, stretch.tokens_b())?,
            matches: stretch.matches().to_vec(),
            // The sides differ where one writes a word with a capital and the other does not: the
            // lesser is sure.
            evidence: in_a.min(in_b),
        })
    }

    /// Share of the fingerprints of a passage that are formula, the mean of its sides.
    fn formula_share(&self, a: usize, b: usize, passage: &Passage) -> f64 {
        let of_a = self.formula_share_of(a, &passage.a.tokens);
        let of_b = self.formula_share_of(b, &passage.b.tokens);
        (of_a + of_b) / 2.0
    }

    /// The share of one side; 0 for one too short to have any.
    fn formula_share_of(&self, article: usize, range: &Range<u32>) -> f64 {
        let tokens = self.set.texts().get(article).map_or(&[][..], |text| text.tokens());
        let read = || match self.holds_formula.get(article) {
            Some(true) => FormulaPlaces::new(tokens, self.formula),
            _ => FormulaPlaces::none(),
        };
        let places = self.formula_places.get(article).map(|places| places.get_or_init(read));
        places.map_or(0.0, |places| places.share(tokens, range, self.formula))
    }

    fn date_distance(&self, a: usize, b: usize) -> Option<i64> {
        let published = |at: usize| self.set.articles().get(at).map(|article| article.published());
        published(a)?.distance(published(b)?)
    }
}

/// Share of a short text that must be matched for the lesser evidence.
const NEARLY_WHOLE: f64 = 0.75;

/// What is asked of the evidence, as a share of what is asked of ordinary texts: less where the
/// shorter has under 50 tokens and stands nearly whole in the other. An urgent of 22 words has not
/// the words to reach it; a poll's footnote of 33 words, half of which are those of any other, has
/// no claim to less (of 124 links that short texts gained without this bound, most were such).
fn evidence_share(shorter: usize, matched: usize) -> f64 {
    if (matched as f64) < NEARLY_WHOLE * shorter as f64 {
        return 1.0;
    }
    (shorter as f64 / SHORT_TEXT_TOKENS as f64).min(1.0)
}

fn side(text: &TokenisedText, tokens: Range<u32>) -> Option<PassageSide> {
    let span = text.span(tokens.start as usize..tokens.end as usize)?;
    Some(PassageSide { tokens, span })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_short_texts_held_nearly_whole_need_less_evidence() {
        assert_eq!(evidence_share(25, 25), 0.5);
        assert_eq!(evidence_share(25, 19), 0.5);
        assert_eq!(evidence_share(25, 18), 1.0);
        assert_eq!(evidence_share(50, 50), 1.0);
        assert_eq!(evidence_share(900, 900), 1.0);
    }
}
