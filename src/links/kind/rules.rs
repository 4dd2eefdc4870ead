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
    pub(crate) const FILLED_FORM: &str = "filled_form";
    pub(crate) const CONFLICTING_NUMBERS: &str = "conflicting_numbers";
    pub(crate) const CUTS_AND_ADDITIONS: &str = "cuts_and_additions";
    pub(crate) const OTHER_NEWS: &str = "other_news";
    pub(crate) const WHOLE_TEXT: &str = "whole_text";
    pub(crate) const ONE_OPENING: &str = "one_opening";
    pub(crate) const WEIGHED: &str = "weighed";

    /// Whether measures were weighed before the rule decided.
    pub(crate) fn is_weighed(rule: &str) -> bool {
        matches!(
            rule,
            FILLED_FORM
                | CONFLICTING_NUMBERS
                | CUTS_AND_ADDITIONS
                | OTHER_NEWS
                | WHOLE_TEXT
                | ONE_OPENING
                | WEIGHED
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

/// Containment, share of a lede and of the details inside the passages from which a text stands whole
/// in the other, …
const WHOLE: f64 = 0.75;
const WHOLE_DETAILS: f64 = 0.9;
/// … and runs of equal tokens for 100 matched ones under which it stands there in one's own words.
const WHOLE_RUNS: f64 = 5.0;
/// Runs of equal tokens for 100 matched ones from which the shared text is a form, and share of the
/// names and numbers of the shorter text under which it is filled in with others.
const FORM_RUNS: f64 = 10.0;
const FORM_DETAILS: f64 = 0.6;
/// Share of a lede in passages from which it is carried on, and containment from which a few words
/// exchanged make no other version.
const LEDE_CARRIED: f64 = 0.6;
const NEARLY_ALL: f64 = 0.9;
/// Share of the words of title and lede under which an article's news is not told in the other, and
/// of the lede in passages.
const NEWS_ABSENT: f64 = 0.3;

/// Share of both ledes in passages from which articles open with the same.
const OPENING_SHARED: f64 = 0.4;
/// Share of a title from which the other article tells some of it. A site's words before two news tell
/// neither.
const TITLE_TOLD: f64 = 0.3;

/// What the rules decide on.
pub(super) struct Facts<'f> {
    pub(super) identical: bool,
    /// Whether the containment of the shorter text reaches that of a copy.
    pub(super) contained: bool,
    /// Containment of the shorter text.
    pub(super) containment: f64,
    /// Whether one declares the other void.
    pub(super) withdraws: bool,
    /// Whether the articles are known to be of one day.
    pub(super) of_one_day: bool,
    /// Share of the words of a title that the other article tells, of the title with less; 0 where one
    /// has none.
    pub(super) titles_told: f64,
    pub(super) figures: &'f Figures,
}

impl Facts<'_> {
    /// The shorter text stands in the other from its lede on, in long runs, with all that is named.
    fn is_whole(&self) -> bool {
        self.containment >= WHOLE
            && self.figures.better_lede() >= WHOLE
            && self.figures.aligned_details_found >= WHOLE_DETAILS
            && (self.figures.runs_per_hundred < WHOLE_RUNS || self.is_one_run())
    }

    /// Nothing stands between the first and the last matched word of either text: an alert of a
    /// dozen words that opens the report has more than [`WHOLE_RUNS`] runs for 100 words, and one run.
    fn is_one_run(&self) -> bool {
        self.figures.inserted_a == 0 && self.figures.inserted_b == 0
    }

    /// The same words in short runs around other names and numbers: of the 31 judged pairs of half 0
    /// that share a third so, 27 are series and none is a version.
    fn is_form(&self) -> bool {
        self.figures.runs_per_hundred >= FORM_RUNS && self.figures.details_found < FORM_DETAILS
    }

    /// What is shared opens both articles on one day, each tells some of the other's title, and they
    /// name the same: it is no older than the news of either, no form, in which names or numbers would
    /// be others, and not what a site prints before all news. Of the 11 links of half 0 that this makes
    /// partial, all of them series before, nine tell one happening.
    fn is_one_opening(&self) -> bool {
        self.of_one_day
            && self.titles_told >= TITLE_TOLD
            && self.figures.worse_lede() >= OPENING_SHARED
            && self.figures.conflicts == 0
            && self.figures.details_found >= WHOLE_DETAILS
            && self.figures.aligned_details_missing == 0
    }

    /// The versions differ by what was cut and added: a lede is carried on, and the text from it on
    /// is the other's word for word, or nearly all of the shorter text stands in the other.
    fn is_cut(&self) -> bool {
        let inserted = self.figures.inserted_a.min(self.figures.inserted_b);
        self.contained
            && self.figures.better_lede() >= LEDE_CARRIED
            && (inserted == 0 || self.containment >= NEARLY_ALL)
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
/// A form filled in with other names is a series. A text with other numbers is another version (of the judged copies and updates of half 0 that
/// share three quarters and differ in a number, all but one); the reused text of two articles that
/// do not tell each other's news is background; neither a long host nor a year makes a whole text
/// anything but a version of the other; what opens two articles of one day with all that is named is
/// their news, neither older nor a form; and cuts and additions make no other version (of the judged
/// copies and updates of half 0 with no word of their own inside, all but two of 27). On the judged pairs used for fitting this changes the
/// share of right kinds by less than its error.
pub(super) fn refine(kind: LinkKind, facts: &Facts<'_>) -> (LinkKind, &'static str) {
    let figures = facts.figures;
    if kind.makes_dispatches() && facts.is_form() {
        return (LinkKind::Series, rule::FILLED_FORM);
    }
    let told = figures.lede_told_a.max(figures.lede_told_b);
    let claims_one_news = kind == LinkKind::Partial || kind.makes_dispatches();
    if claims_one_news && figures.better_lede().max(told) < NEWS_ABSENT {
        return (LinkKind::Background, rule::OTHER_NEWS);
    }
    let reused = matches!(kind, LinkKind::Partial | LinkKind::Background);
    let is_whole = reused && facts.is_whole();
    if (is_whole || kind.makes_dispatches()) && figures.conflicting_numbers > 0 {
        return (LinkKind::Update, rule::CONFLICTING_NUMBERS);
    }
    if is_whole {
        return (LinkKind::Copy, rule::WHOLE_TEXT);
    }
    if kind == LinkKind::Update && facts.is_cut() {
        return (LinkKind::Copy, rule::CUTS_AND_ADDITIONS);
    }
    if matches!(kind, LinkKind::Background | LinkKind::Series) && facts.is_one_opening() {
        return (LinkKind::Partial, rule::ONE_OPENING);
    }
    (kind, rule::WEIGHED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_whole_texts_and_news_refine_what_was_weighed() {
        use LinkKind::{Background, Copy, Partial, Series, Update};
        let figures = |lede_found_a: f64, conflicts: usize, conflicting_numbers: usize| Figures {
            lede_found_a,
            conflicts,
            conflicting_numbers,
            ..Figures::default()
        };
        let refined = |kind, of: &Figures| refine(kind, &facts(of, true));
        assert_eq!(refine(Update, &facts(&figures(1.0, 0, 0), false)), (Update, rule::WEIGHED));
        for (kind, of, expected) in [
            (Copy, figures(1.0, 1, 1), (Update, rule::CONFLICTING_NUMBERS)),
            (Copy, figures(1.0, 1, 0), (Copy, rule::WEIGHED)),
            (Copy, figures(0.2, 0, 0), (Background, rule::OTHER_NEWS)),
            (Copy, figures(0.3, 0, 0), (Copy, rule::WEIGHED)),
            (
                Update,
                Figures { runs_per_hundred: 12.0, details_found: 0.5, ..figures(1.0, 0, 0) },
                (Series, rule::FILLED_FORM),
            ),
            (Update, figures(1.0, 0, 0), (Copy, rule::CUTS_AND_ADDITIONS)),
            (Update, figures(0.5, 0, 0), (Update, rule::WEIGHED)),
            (
                Update,
                Figures { inserted_a: 2, inserted_b: 5, ..figures(1.0, 0, 0) },
                (Update, rule::WEIGHED),
            ),
            (Partial, figures(0.2, 1, 1), (Background, rule::OTHER_NEWS)),
            (Partial, figures(0.3, 1, 1), (Partial, rule::WEIGHED)),
        ] {
            assert_eq!(refined(kind, &of), expected, "{of:?}");
            assert!(rule::is_weighed(expected.1));
        }
        let whole = Figures { aligned_details_found: 1.0, ..figures(0.8, 0, 0) };
        assert_eq!(refined(Background, &whole), (Copy, rule::WHOLE_TEXT));
        let alert = Figures { runs_per_hundred: 8.0, ..whole.clone() };
        assert_eq!(refined(Background, &alert), (Copy, rule::WHOLE_TEXT));
        let reworded = Figures { inserted_a: 3, ..alert };
        assert_eq!(refined(Background, &reworded), (Background, rule::WEIGHED));
        assert_eq!(refined(Series, &whole).0, Series);
        let revised = Figures { conflicts: 1, conflicting_numbers: 1, ..whole };
        assert_eq!(refined(Background, &revised), (Update, rule::CONFLICTING_NUMBERS));
    }

    #[test]
    fn one_opening_on_one_day_is_neither_background_nor_a_form() {
        use LinkKind::{Background, Partial, Quotation, Series};
        let opening = Figures {
            lede_found_a: 0.5,
            lede_found_b: 0.7,
            details_found: 1.0,
            inserted_a: 9,
            inserted_b: 2,
            ..Figures::default()
        };
        let of = |kind, figures: &Figures, of_one_day| {
            refine(kind, &Facts { of_one_day, ..facts(figures, false) })
        };
        for kind in [Background, Series] {
            assert_eq!(of(kind, &opening, true), (Partial, rule::ONE_OPENING));
            assert!(rule::is_weighed(rule::ONE_OPENING));
            assert_eq!(of(kind, &opening, false), (kind, rule::WEIGHED));
            let changes: [fn(&mut Figures); 4] = [
                |f| f.lede_found_a = 0.3,
                |f| f.conflicts = 1,
                |f| f.details_found = 0.8,
                |f| f.aligned_details_missing = 1,
            ];
            for change in changes {
                let mut figures = opening.clone();
                change(&mut figures);
                assert_eq!(of(kind, &figures, true), (kind, rule::WEIGHED), "{figures:?}");
            }
        }
        assert_eq!(of(Quotation, &opening, true).0, Quotation);
        let other_title = Facts { of_one_day: true, titles_told: 0.2, ..facts(&opening, false) };
        assert_eq!(refine(Series, &other_title), (Series, rule::WEIGHED));
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
            containment: if contained { 0.85 } else { 0.4 },
            withdraws: false,
            of_one_day: false,
            titles_told: 1.0,
            figures,
        }
    }
}
