//! The weighing: how much each measure speaks for each kind, added up.
//!
//! No threshold on any one measure separates the kinds, and a list of rules with a threshold each
//! fits the pairs that it was read off: the one used before decided .89 of those rightly and .65 of
//! as many others. So two logistic regressions of the same figures (Cox 1958; Hosmer, Lemeshow,
//! *Applied Logistic Regression*, chapters 1 and 8) were fitted on one half of the judged pairs: the
//! first says of which family the pair is, where copy and update are one, the second which version
//! of the dispatch. What tells a newer version from a copy, such as how much of the shorter text is
//! carried on, says little of the families: one regression of six kinds called .20 of the links that
//! readers then judged by eye by the other name of the two, two call .05 of them so.

use super::measures::{MEASURES, Measured, measures};
use super::weights::{COPY_BIAS, FAMILY_BIASES, WEIGHTS};
use crate::links::LinkKind;

/// A measure of the fit.
pub(super) struct Weights {
    /// Its name.
    pub(super) name: &'static str,
    /// Whether its logarithm is weighed, log(1 + x): of counts the first few say most.
    pub(super) logarithm: bool,
    /// Its mean in the fit.
    pub(super) centre: f64,
    /// What a unit over the centre adds to the score of each of [`FAMILIES`].
    pub(super) of_family: [f64; FAMILIES],
    /// What it adds to the score of a copy, against an update.
    pub(super) of_copy: f64,
}

/// Copy or update; partial; background; series; quotation: the order of the weights.
pub(super) const FAMILIES: usize = 5;

/// The kinds, with the family that each is of.
const KINDS: [(LinkKind, usize); 6] = [
    (LinkKind::Copy, 0),
    (LinkKind::Update, 0),
    (LinkKind::Partial, 1),
    (LinkKind::Background, 2),
    (LinkKind::Series, 3),
    (LinkKind::Quotation, 4),
];

/// Probability of one dispatch from which the pair is of one, though another family be likelier: on
/// the half used for fitting precision and recall are even here.
const ONE_DISPATCH: f64 = 0.46;
/// Containment under which a pair is no version of one dispatch, as a share of that of a copy: an
/// update keeps at least a third of the shorter text.
const VERSION_CONTAINMENT: f64 = 0.7;
/// Share of quoted words under which shared text that does not say how a poll was made is nobody's
/// quotation, however unlike the articles are.
const SOME_QUOTED: f64 = 0.3;
/// Runs of equal tokens for 100 matched ones under which nothing is filled in, so that the text is no
/// form: of the 100 judged series of half 0 one has fewer.
const FILLED_IN_RUNS: f64 = 2.0;

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
    /// Of each family.
    families: [f64; FAMILIES],
    /// Of a copy, if the pair is of one dispatch.
    copy: f64,
}

impl Weighing {
    /// Weighs the measures of a pair. `min_containment`: that of a copy.
    pub(crate) fn new(of: &Measured<'_>, min_containment: f64) -> Weighing {
        let values = measures(of);
        let (mut scores, mut copy) = (FAMILY_BIASES, COPY_BIAS);
        for (weights, (_, value)) in WEIGHTS.iter().zip(values) {
            let over = weights.over_centre(value);
            for (score, weight) in scores.iter_mut().zip(weights.of_family) {
                *score += weight * over;
            }
            copy += weights.of_copy * over;
        }
        let most = scores.iter().fold(f64::NEG_INFINITY, |most, score| most.max(*score));
        let mut families = scores.map(|score| libm::exp(score - most));
        let [one_dispatch, _, _, series, quotation] = &mut families;
        if of.containment_a.max(of.containment_b) < VERSION_CONTAINMENT * min_containment {
            // The odds of the others among themselves stay what they are.
            *one_dispatch = 0.0;
        }
        if of.figures.quoted < SOME_QUOTED && of.figures.survey_words == 0 {
            *quotation = 0.0;
        }
        if of.figures.runs_per_hundred < FILLED_IN_RUNS {
            *series = 0.0;
        }
        let sum = families.iter().fold(0.0, |sum, part| sum + part);
        let families = families.map(|part| part / sum);
        Weighing { values, families, copy: 1.0 / (1.0 + libm::exp(-copy)) }
    }

    /// The kind decided on. `contained`: whether the containment is that of a copy.
    pub(crate) fn kind(&self, contained: bool) -> LinkKind {
        let [one_dispatch, ..] = self.families;
        let is_version = one_dispatch >= ONE_DISPATCH;
        let mut best = (LinkKind::Partial, f64::NEG_INFINITY);
        for (kind, probability) in self.probabilities() {
            if kind.makes_dispatches() == is_version && probability > best.1 {
                best = (kind, probability);
            }
        }
        if best.0 == LinkKind::Copy && !contained { LinkKind::Update } else { best.0 }
    }

    /// The probability of each kind, in the order of [`KINDS`].
    fn probabilities(&self) -> [(LinkKind, f64); KINDS.len()] {
        KINDS.map(|(kind, family)| {
            let share = match kind {
                LinkKind::Copy => self.copy,
                LinkKind::Update => 1.0 - self.copy,
                _ => 1.0,
            };
            (kind, share * self.families.get(family).copied().unwrap_or_default())
        })
    }

    /// What speaks for a kind against the most probable other, the strongest first; of equally
    /// strong ones in the order of the measures. Between copy and update what tells versions apart,
    /// else what tells families apart.
    pub(crate) fn reasons(&self, kind: LinkKind) -> Vec<Reason> {
        let other = self.next_likely(kind);
        let family = |of: LinkKind| {
            KINDS.iter().find(|(it, _)| *it == of).map(|(_, family)| *family).unwrap_or_default()
        };
        let (chosen, next) = (family(kind), family(other));
        let weight = |weights: &Weights, value: f64| {
            let of = |family: usize| weights.of_family.get(family).copied().unwrap_or_default();
            let unit = match (chosen == next, kind) {
                (true, LinkKind::Copy) => weights.of_copy,
                (true, _) => -weights.of_copy,
                (false, _) => of(chosen) - of(next),
            };
            unit * weights.over_centre(value)
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

    /// The most probable kind but for one.
    fn next_likely(&self, kind: LinkKind) -> LinkKind {
        let mut next = (LinkKind::Partial, f64::NEG_INFINITY);
        for (other, probability) in self.probabilities() {
            if other != kind && probability > next.1 {
                next = (other, probability);
            }
        }
        next.0
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
        let figures = Figures { quoted: 0.4, runs_per_hundred: 5.0, ..Figures::default() };
        let of = |measured: &Measured<'_>| {
            Weighing::new(measured, 0.5).probabilities().map(|(_, probability)| probability)
        };
        let all = of(&measured(&figures));
        assert!((all.iter().sum::<f64>() - 1.0).abs() < 1e-12 && all.iter().all(|p| *p > 0.0));
        let apart = Measured { containment_a: 0.34, ..measured(&figures) };
        assert_eq!(of(&apart)[..2], [0.0, 0.0]);
        assert!(!Weighing::new(&apart, 0.5).kind(false).makes_dispatches());
        assert!((of(&apart).iter().sum::<f64>() - 1.0).abs() < 1e-12);
        let unquoted = Figures::default();
        assert_eq!(of(&measured(&unquoted))[5], 0.0);
        let unbroken = Figures { runs_per_hundred: 1.2, ..figures };
        assert_eq!(of(&measured(&unbroken))[4], 0.0);
    }

    #[test]
    fn the_reasons_of_a_family_add_up_to_its_odds_but_for_the_centres() {
        let figures = Figures {
            lede_found_a: 1.0,
            details_found: 0.9,
            runs_per_hundred: 5.0,
            ..Figures::default()
        };
        let weighing = Weighing::new(&measured(&figures), 0.5);
        let reasons = weighing.reasons(LinkKind::Series);
        assert!(reasons.windows(2).all(|pair| pair[0].weight >= pair[1].weight));
        let next = weighing.next_likely(LinkKind::Series);
        let next = KINDS.iter().find(|(kind, _)| *kind == next).unwrap().1;
        let sum: f64 = reasons.iter().map(|reason| reason.weight).sum();
        let odds = libm::log(weighing.families[3] / weighing.families[next]);
        assert!((sum + FAMILY_BIASES[3] - FAMILY_BIASES[next] - odds).abs() < 1e-9);
    }

    #[test]
    fn between_copy_and_update_the_reasons_are_those_of_the_version() {
        let figures = Figures {
            lede_found_a: 1.0,
            lede_found_b: 1.0,
            lede_agreement: 1.0,
            title_agreement: 1.0,
            titled: true,
            details_found: 1.0,
            aligned_details_found: 1.0,
            words_found: 1.0,
            lede_told_a: 1.0,
            lede_told_b: 1.0,
            evidence: 60.0,
            ..Figures::default()
        };
        let of = Measured {
            figures: &figures,
            containment_a: 0.95,
            containment_b: 0.9,
            distance: Some(0),
        };
        let weighing = Weighing::new(&of, 0.5);
        assert_eq!(weighing.kind(true), LinkKind::Copy);
        assert_eq!(weighing.next_likely(LinkKind::Copy), LinkKind::Update);
        let sum = |kind| weighing.reasons(kind).iter().map(|reason| reason.weight).sum::<f64>();
        let odds = libm::log(weighing.copy / (1.0 - weighing.copy));
        assert!((sum(LinkKind::Copy) + COPY_BIAS - odds).abs() < 1e-9);
        assert!((sum(LinkKind::Copy) + sum(LinkKind::Update)).abs() < 1e-9);
    }
}
