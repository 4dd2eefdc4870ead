//! The rules that are definitions: they decide before anything is weighed.
//!
//! A text that is the other's throughout is its copy, a notice that declares the other void another
//! version of it, and words that both articles quote, or that say how a poll was made, are a third
//! party's.

use super::super::LinkKind;
use super::super::figures::Figures;
use super::measures::SURVEY_WORDS;

/// Names of the rules, as [`Explanation::rule`](crate::links::Explanation::rule) gives them.
pub(crate) mod rule {
    pub(crate) const IDENTICAL: &str = "identical";
    pub(crate) const WITHDRAWAL: &str = "withdrawal";
    pub(crate) const QUOTED_WORDS: &str = "quoted_words";
    pub(crate) const SURVEY_METHOD: &str = "survey_method";
    pub(crate) const SURVEY_FOOTER: &str = "survey_footer";
    pub(crate) const CONFLICTING_DETAILS: &str = "conflicting_details";
    pub(crate) const REWRITTEN_LEDE: &str = "rewritten_lede";
    pub(crate) const SHARED_LEDE: &str = "shared_lede";
    pub(crate) const OTHER_NEWS: &str = "other_news";
    pub(crate) const WHOLE_TEXT: &str = "whole_text";
    pub(crate) const WEIGHED: &str = "weighed";

    /// Whether measures were weighed before the rule decided.
    pub(crate) fn is_weighed(rule: &str) -> bool {
        matches!(
            rule,
            CONFLICTING_DETAILS | REWRITTEN_LEDE | SHARED_LEDE | OTHER_NEWS | WHOLE_TEXT | WEIGHED
        )
    }
}

/// Share of quoted words from which nothing but a quotation is shared: what stands around it is "he
/// said".
const MOSTLY_QUOTED: f64 = 0.8;
/// Containment from which even a text that is all quotation, such as a speech, is a copy.
const WHOLLY_CONTAINED: f64 = 0.8;
/// Share of the shared text on how a poll was made from which, where dates or sizes differ, it is the
/// footer of two polls, however much of the shorter text that is: an article of which little but the
/// footer was saved is no copy of next year's poll.
const MOSTLY_SURVEY: f64 = 0.5;
/// Details of the shorter text that one poll in two articles has at least.
const SAME_POLL_DETAILS: f64 = 0.9;
/// Agreement from which ledes tell the same news in other words.
const LEDE_SAME_NEWS: f64 = 0.4;
/// Share of a lede in passages from which the lede is shared.
const LEDE_SHARED: f64 = 0.5;

/// Share of both ledes in passages under which each article opens with a text of its own: a run of
/// some words, no sentence.
const LEDES_OWN: f64 = 0.25;
/// Share of a lede in passages from which one version's lede is the other's.
const SAME_LEDE: f64 = 0.6;
/// Words exchanged or added at one place of the lede from which it is revised: a clause.
const LEDE_EDIT_TOKENS: usize = 4;
/// Containment, share of a lede and of the details inside the passages from which a text stands whole
/// in the other, …
const WHOLE: f64 = 0.75;
const WHOLE_DETAILS: f64 = 0.9;
/// … and runs of equal tokens for 100 matched ones under which it stands there in one's own words.
const WHOLE_RUNS: f64 = 5.0;
/// Share of the words of title and lede under which an article's news is not told in the other, and
/// of the lede in passages.
const NEWS_ABSENT: f64 = 0.3;

/// What the rules decide on.
pub(super) struct Facts<'f> {
    pub(super) identical: bool,
    /// Whether the containment of the shorter text reaches that of a copy.
    pub(super) contained: bool,
    /// Containment of the shorter text.
    pub(super) containment: f64,
    /// Whether one declares the other void.
    pub(super) withdraws: bool,
    pub(super) figures: &'f Figures,
}

impl Facts<'_> {
    /// The shorter text stands in the other from its lede on, in long runs, with all that is named.
    fn is_whole(&self) -> bool {
        self.containment >= WHOLE
            && self.figures.better_lede() >= WHOLE
            && self.figures.aligned_details_found >= WHOLE_DETAILS
            && self.figures.runs_per_hundred < WHOLE_RUNS
    }
}

/// The first rule that applies, if one does.
pub(super) fn decide(facts: &Facts<'_>) -> Option<(LinkKind, &'static str)> {
    let figures = facts.figures;
    if facts.identical {
        return Some((LinkKind::Copy, rule::IDENTICAL));
    }
    if facts.withdraws && (facts.contained || figures.lede_agreement >= LEDE_SAME_NEWS) {
        return Some((LinkKind::Update, rule::WITHDRAWAL));
    }
    if figures.quoted >= MOSTLY_QUOTED && facts.containment < WHOLLY_CONTAINED {
        return Some((LinkKind::Quotation, rule::QUOTED_WORDS));
    }
    let ledes_apart = figures.better_lede() < LEDE_SHARED;
    if !facts.contained && figures.survey_words >= SURVEY_WORDS && ledes_apart {
        return Some((LinkKind::Quotation, rule::SURVEY_METHOD));
    }
    if figures.survey_share >= MOSTLY_SURVEY && figures.details_found < SAME_POLL_DETAILS {
        return Some((LinkKind::Quotation, rule::SURVEY_FOOTER));
    }
    None
}

/// What definitions say of the kind that the measures were weighed for.
///
/// An update has a revised lede or revised figures, a copy neither; the reused text of two articles
/// that do not tell each other's news is background; and neither a long host nor a year makes a
/// whole text anything but a copy. On the judged pairs used for fitting this
/// changes the share of right kinds by less than its error.
pub(super) fn refine(kind: LinkKind, facts: &Facts<'_>) -> (LinkKind, &'static str) {
    let figures = facts.figures;
    let reused = matches!(kind, LinkKind::Partial | LinkKind::Background);
    if reused && facts.is_whole() {
        let (kind, rule) = refine(LinkKind::Copy, facts);
        return (kind, if kind == LinkKind::Copy { rule::WHOLE_TEXT } else { rule });
    }
    if kind.makes_dispatches() {
        if figures.conflicts > 0 {
            return (LinkKind::Update, rule::CONFLICTING_DETAILS);
        }
        if figures.better_lede() < LEDES_OWN {
            return (LinkKind::Update, rule::REWRITTEN_LEDE);
        }
        if facts.contained
            && figures.better_lede() >= SAME_LEDE
            && figures.lede_edit < LEDE_EDIT_TOKENS
        {
            return (LinkKind::Copy, rule::SHARED_LEDE);
        }
    }
    let told = figures.lede_told_a.max(figures.lede_told_b);
    if kind == LinkKind::Partial && figures.better_lede().max(told) < NEWS_ABSENT {
        return (LinkKind::Background, rule::OTHER_NEWS);
    }
    (kind, rule::WEIGHED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_ledes_tell_the_versions_of_a_dispatch_apart() {
        use LinkKind::{Background, Copy, Partial, Update};
        let figures = |lede_found_a: f64, conflicts: usize, lede_edit: usize| Figures {
            lede_found_a,
            conflicts,
            lede_edit,
            ..Figures::default()
        };
        let refined = |kind, of: &Figures| refine(kind, &facts(of, true));
        for (kind, of, expected) in [
            (Copy, figures(1.0, 1, 0), (Update, rule::CONFLICTING_DETAILS)),
            (Copy, figures(0.2, 0, 0), (Update, rule::REWRITTEN_LEDE)),
            (Update, figures(0.6, 0, 3), (Copy, rule::SHARED_LEDE)),
            (Update, figures(0.6, 0, 4), (Update, rule::WEIGHED)),
            (Copy, figures(0.4, 0, 0), (Copy, rule::WEIGHED)),
            (Partial, figures(0.2, 1, 0), (Background, rule::OTHER_NEWS)),
            (Partial, figures(0.3, 1, 0), (Partial, rule::WEIGHED)),
        ] {
            assert_eq!(refined(kind, &of), expected, "{of:?}");
            assert!(rule::is_weighed(expected.1));
        }
        let whole = Figures { aligned_details_found: 1.0, ..figures(0.8, 0, 0) };
        assert_eq!(refined(Background, &whole), (Copy, rule::WHOLE_TEXT));
        assert_eq!(refined(LinkKind::Series, &whole).0, LinkKind::Series);
        let held = Figures { lede_found_a: 1.0, ..Figures::default() };
        assert_eq!(refine(Update, &facts(&held, false)), (Update, rule::WEIGHED));
    }

    #[test]
    fn every_definition_decides_something() {
        use LinkKind::{Copy, Quotation, Update};
        type Case = (&'static str, LinkKind, bool, fn(&mut Figures), fn(&mut Facts<'_>));
        let cases: [Case; 5] = [
            (rule::IDENTICAL, Copy, true, |_| (), |f| f.identical = true),
            (rule::WITHDRAWAL, Update, true, |_| (), |f| f.withdraws = true),
            (rule::QUOTED_WORDS, Quotation, false, |f| f.quoted = 0.9, |_| ()),
            (rule::SURVEY_METHOD, Quotation, false, |f| f.survey_words = 3, |_| ()),
            (
                rule::SURVEY_FOOTER,
                Quotation,
                true,
                |f| (f.survey_share, f.details_found) = (0.6, 0.5),
                |_| (),
            ),
        ];
        for (name, kind, contained, change, more) in cases {
            let mut figures = Figures { details_found: 1.0, ..Figures::default() };
            change(&mut figures);
            let mut facts = facts(&figures, contained);
            more(&mut facts);
            assert_eq!(decide(&facts), Some((kind, name)));
        }
        let figures = Figures { details_found: 1.0, ..Figures::default() };
        assert_eq!(decide(&facts(&figures, true)), None);
    }

    #[test]
    fn the_footer_of_one_poll_and_a_speech_held_whole_are_no_quotations() {
        let figures = Figures { survey_share: 0.7, details_found: 1.0, ..Figures::default() };
        assert_eq!(decide(&facts(&figures, true)), None);
        let figures = Figures { quoted: 1.0, ..Figures::default() };
        assert_eq!(decide(&facts(&figures, true)), None);
    }

    fn facts(figures: &Figures, contained: bool) -> Facts<'_> {
        Facts {
            identical: false,
            contained,
            containment: if contained { 0.9 } else { 0.4 },
            withdraws: false,
            figures,
        }
    }
}
