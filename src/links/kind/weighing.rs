//! The weighing: how much each measure speaks for each kind, added up.
//!
//! No threshold on any one measure separates the kinds, and a list of rules with a threshold each
//! fits the pairs that it was read off: the one used before decided .89 of those rightly and .65 of
//! as many others. A multinomial logistic regression of the same figures (Cox 1958; Hosmer,
//! Lemeshow, *Applied Logistic Regression*, chapter 8) was fitted on one half of the judged pairs.

use super::measures::{MEASURES, Measured, measures};
use super::weights::{BIASES, WEIGHTS};
use crate::links::LinkKind;

/// A measure of the fit.
pub(super) struct Weights {
    /// Its name.
    pub(super) name: &'static str,
    /// Whether its logarithm is weighed, log(1 + x): of counts the first few say most.
    pub(super) logarithm: bool,
    /// Its mean in the fit.
    pub(super) centre: f64,
    /// What a unit over the centre adds to the score of each of [`KINDS`].
    pub(super) of_kind: [f64; KINDS.len()],
}

/// The kinds in the order of the weights.
pub(super) const KINDS: [LinkKind; 6] = [
    LinkKind::Copy,
    LinkKind::Update,
    LinkKind::Partial,
    LinkKind::Background,
    LinkKind::Series,
    LinkKind::Quotation,
];

/// Probability of copy and update together from which the pair is one of them: whether the articles
/// are of one dispatch is asked first, which of its kinds then. At ½ the kinds of the dispatch, which
/// are hard to tell apart, would lose to a third that is less likely than both together; on the half
/// used for fitting precision and recall are even here.
const ONE_DISPATCH: f64 = 0.45;
/// Containment under which a pair is no version of one dispatch, as a share of that of a copy: an
/// update keeps at least a third of the shorter text.
const VERSION_CONTAINMENT: f64 = 0.7;
/// Share of quoted words under which shared text that does not say how a poll was made is nobody's
/// quotation, however unlike the articles are.
const SOME_QUOTED: f64 = 0.3;

/// A measure's part in a decision.
///
/// ```
/// use wirecopy::links::{LinkConfig, find_links};
/// use wirecopy::{Article, ArticleSet};
/// let dispatch = "Le pont suspendu de Sourlac restera fermé aux camions jusqu'à la fin du printemps, a annoncé \
///     vendredi la préfecture, après la découverte de fissures dans deux haubans lors d'une inspection.";
/// let articles = [
///     Article::new("gazette", dispatch)?,
///     Article::new("courrier", format!("Mauvaise nouvelle pour les transporteurs. {dispatch}"))?,
/// ];
/// let set = ArticleSet::new(&articles, Default::default())?;
/// let links = find_links(&set, &LinkConfig::default())?.links;
/// let first = &links[0].reasons()[0];
/// assert!(first.weight > 0.0);
/// println!("{}: {:.2}", first.measure, first.value);
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct Reason {
    /// The measure, by its stable name: one of the figures, or what both articles' figures come to.
    pub measure: &'static str,
    /// Its value for the pair.
    pub value: f64,
    /// By how much it speaks for the kind against the next likely one, in natural logarithms of the
    /// odds; negative where it speaks against it.
    pub weight: f64,
}

/// A pair weighed: a probability for each kind, under the measures' weights.
pub(crate) struct Weighing {
    values: [(&'static str, f64); MEASURES],
    probabilities: [f64; KINDS.len()],
}

impl Weighing {
    /// Weighs the measures of a pair. `min_containment`: that of a copy.
    pub(crate) fn new(of: &Measured<'_>, min_containment: f64) -> Weighing {
        let values = measures(of);
        let mut scores = BIASES;
        for (weights, (_, value)) in WEIGHTS.iter().zip(values) {
            let over = weights.over_centre(value);
            for (score, weight) in scores.iter_mut().zip(weights.of_kind) {
                *score += weight * over;
            }
        }
        let most = scores.iter().fold(f64::NEG_INFINITY, |most, score| most.max(*score));
        let mut probabilities = scores.map(|score| libm::exp(score - most));
        if of.containment_a.max(of.containment_b) < VERSION_CONTAINMENT * min_containment {
            // The odds of the others among themselves stay what they are.
            probabilities[0] = 0.0;
            probabilities[1] = 0.0;
        }
        if of.figures.quoted < SOME_QUOTED && of.figures.survey_words == 0 {
            probabilities[5] = 0.0;
        }
        let sum = probabilities.iter().fold(0.0, |sum, part| sum + part);
        Weighing { values, probabilities: probabilities.map(|part| part / sum) }
    }

    /// The kind decided on. `contained`: whether the containment is that of a copy.
    pub(crate) fn kind(&self, contained: bool) -> LinkKind {
        let [copy, update, others @ ..] = self.probabilities;
        if copy + update >= ONE_DISPATCH {
            return if copy >= update && contained { LinkKind::Copy } else { LinkKind::Update };
        }
        let mut best = (LinkKind::Partial, f64::NEG_INFINITY);
        for (kind, probability) in KINDS.into_iter().skip(2).zip(others) {
            if probability > best.1 {
                best = (kind, probability);
            }
        }
        best.0
    }

    /// What speaks for a kind against the most probable other, the strongest first; of equally
    /// strong ones in the order of the measures.
    pub(crate) fn reasons(&self, kind: LinkKind) -> Vec<Reason> {
        let chosen = KINDS.iter().position(|it| *it == kind).unwrap_or_default();
        let mut other = (0, f64::NEG_INFINITY);
        for (at, probability) in self.probabilities.into_iter().enumerate() {
            if at != chosen && probability > other.1 {
                other = (at, probability);
            }
        }
        let weight = |weights: &Weights, value: f64| {
            let of = |kind: usize| weights.of_kind.get(kind).copied().unwrap_or_default();
            (of(chosen) - of(other.0)) * weights.over_centre(value)
        };
        let mut reasons: Vec<Reason> = WEIGHTS
            .iter()
            .zip(self.values)
            .map(|(weights, (_, value))| Reason {
                measure: weights.name,
                value,
                weight: weight(weights, value),
            })
            .collect();
        reasons.sort_by(|x, y| y.weight.total_cmp(&x.weight));
        reasons
    }
}

impl Weights {
    fn over_centre(&self, value: f64) -> f64 {
        let scaled = if self.logarithm { libm::log1p(value) } else { value };
        scaled - self.centre
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::links::Figures;

    fn measured(figures: &Figures) -> Measured<'_> {
        Measured { figures, containment_a: 0.9, containment_b: 0.3, distance: None }
    }

    #[test]
    fn the_weights_stand_in_the_order_of_the_measures() {
        let figures = Figures::default();
        let names = measures(&measured(&figures)).map(|(name, _)| name);
        assert_eq!(WEIGHTS.map(|weights| weights.name), names);
    }

    #[test]
    fn probabilities_are_shares_and_a_version_holds_some_of_the_text() {
        let figures = Figures { quoted: 0.4, ..Figures::default() };
        let all = Weighing::new(&measured(&figures), 0.5).probabilities;
        assert!((all.iter().sum::<f64>() - 1.0).abs() < 1e-12 && all.iter().all(|p| *p > 0.0));
        let apart = Measured { containment_a: 0.34, ..measured(&figures) };
        let weighing = Weighing::new(&apart, 0.5);
        assert_eq!(weighing.probabilities[..2], [0.0, 0.0]);
        assert!(!weighing.kind(false).makes_dispatches());
        assert!((weighing.probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        let unquoted = Figures::default();
        assert_eq!(Weighing::new(&measured(&unquoted), 0.5).probabilities[5], 0.0);
    }

    #[test]
    fn the_reasons_add_up_to_the_odds_but_for_the_centres() {
        let figures = Figures { lede_found_a: 1.0, details_found: 0.9, ..Figures::default() };
        let weighing = Weighing::new(&measured(&figures), 0.5);
        let [copy, update, ..] = weighing.probabilities;
        assert!(copy.max(update) > 0.0);
        let reasons = weighing.reasons(LinkKind::Series);
        assert!(reasons.windows(2).all(|pair| pair[0].weight >= pair[1].weight));
        let sum: f64 = reasons.iter().map(|reason| reason.weight).sum();
        let best = (0..KINDS.len()).filter(|&at| KINDS[at] != LinkKind::Series);
        let best = best.max_by(|&x, &y| {
            weighing.probabilities[x].total_cmp(&weighing.probabilities[y]).then(y.cmp(&x))
        });
        let best = best.unwrap();
        let odds = libm::log(weighing.probabilities[4] / weighing.probabilities[best]);
        assert!((sum + BIASES[4] - BIASES[best] - odds).abs() < 1e-9);
    }
}
