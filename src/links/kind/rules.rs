//! The rules for kinds: a short list of which the first that applies decides.
//!
//! No threshold on containment separates the kinds: of judged pairs with half of the shorter text
//! in common some are copies, some the same form filled in for another company. What separates them
//! is *what* differs. The rules and their thresholds were chosen on one half of 176 judged pairs
//! and measured on the other; where that half has no case, on pairs outside both that were read for
//! it, as their comments say.

use super::super::LinkKind;
use super::super::figures::Figures;
use crate::timestamp::DAY;

/// Names of the rules, as [`Explanation::rule`](crate::links::Explanation::rule) gives them.
pub(crate) mod rule {
    pub(crate) const IDENTICAL: &str = "identical";
    pub(crate) const WITHDRAWAL: &str = "withdrawal";
    pub(crate) const QUOTED_WORDS: &str = "quoted_words";
    pub(crate) const SURVEY_METHOD: &str = "survey_method";
    pub(crate) const SURVEY_FOOTER: &str = "survey_footer";
    pub(crate) const FILLED_FORM: &str = "filled_form";
    pub(crate) const RECURRING_FORMULA: &str = "recurring_formula";
    pub(crate) const RECURRING_TITLE: &str = "recurring_title";
    pub(crate) const RECURRING_LEDE: &str = "recurring_lede";
    pub(crate) const OLDER_TEXT: &str = "older_text";
    pub(crate) const LATE_PARAGRAPHS: &str = "late_paragraphs";
    pub(crate) const OTHER_REPORT: &str = "other_report";
    pub(crate) const OTHER_LEDES: &str = "other_ledes";
    pub(crate) const SCATTERED_WORDS: &str = "scattered_words";
    pub(crate) const CONFLICTING_DETAILS: &str = "conflicting_details";
    pub(crate) const REWRITTEN_LEDE: &str = "rewritten_lede";
    pub(crate) const EDITED_LEDE: &str = "edited_lede";
    pub(crate) const RUNNING_STORY: &str = "running_story";
    pub(crate) const SAME_LEDE: &str = "same_lede";
    pub(crate) const CONTAINED: &str = "contained";
    pub(crate) const REUSED_PARAGRAPHS: &str = "reused_paragraphs";
}

/// Share of quoted words from which nothing but a quotation is shared: what stands around it is "he
/// said".
const MOSTLY_QUOTED: f64 = 0.8;
/// Containment from which even a text that is all quotation, such as a speech, is a copy.
const WHOLLY_CONTAINED: f64 = 0.8;
/// Different words of poll methods from which the shared text says how a poll was made.
const SURVEY_WORDS: usize = 3;
/// Share of the shared text on how a poll was made from which, where dates or sizes differ, it is the
/// footer of two polls, however much of the shorter text that is: an article of which little but the
/// footer was saved is no copy of next year's poll.
const MOSTLY_SURVEY: f64 = 0.5;
/// Details of the shorter text that a copy has at least: fewer, and the same form may be filled in
/// anew.
const SERIES_DETAILS: f64 = 0.9;
/// Details inside the passages found on both sides, under which a form is filled in anew.
const SERIES_ALIGNED_DETAILS: f64 = 0.8;
/// Details inside the passages that must differ for that: "3" for "30" alone is a correction.
const SERIES_DIFFERENCES: usize = 3;
/// Share of both ledes in passages from which a form recurs from its first sentence on …
const FORM_LEDE: f64 = 0.25;
/// … or agreement from which its title does.
const FORM_TITLE: f64 = 0.6;
/// Share of formula from which two texts with other details are one form: what they share is what
/// others say, too. Of Reuters' notices of dividends, prime rates and bonds, 144 that were called
/// copies or updates for a dozen words are series by it.
const MOSTLY_FORMULA: f64 = 0.5;
/// Agreement from which two titles are one.
const SAME_TITLE: f64 = 0.9;
/// Details of the shorter text under which one title stands over different news, a day or more
/// apart …
const RECURRING_DETAILS: f64 = 0.8;
/// … or at an unknown distance.
const RECURRING_DETAILS_UNDATED: f64 = 0.5;
/// Agreement of two titles from which, with both ledes in one form and other details, the form
/// recurs on another day: all nine such pairs read that no other rule called series were one.
const RECURRING_LEDE_TITLE: f64 = 0.5;
/// Share of a lede in passages from which the lede is shared.
const LEDE_SHARED: f64 = 0.5;
/// Share of a lede in passages under which the news is not that of the other.
const LEDE_ABSENT: f64 = 0.3;
/// Share of both ledes in passages under which none of the shared text is lede: a run of some words,
/// no sentence. Each article then opens with a text of its own, so the pair is no copy.
const LEDES_OWN: f64 = 0.25;
/// Containment from which articles whose ledes are apart are versions whatever they open with: the
/// judges of the French pairs took an article for the other's dispatch from about three fifths. Of
/// 31 other such pairs, not judged but read by one reader, the ten under it with ledes that do not
/// agree were seven parts of other reports and three in doubt, the 21 others eleven versions.
const VERSION_BEHIND_OTHER_LEDE: f64 = 0.6;
/// Agreement from which ledes tell the same news in other words.
const LEDE_SAME_NEWS: f64 = 0.4;
/// Agreement under which ledes tell other news.
const LEDE_OTHER_NEWS: f64 = 0.3;
/// Distance from which shared text under different ledes is older than the news of one: the reports
/// of one happening come within a day and a half.
const OLDER_SECONDS: i64 = 3 * DAY / 2;
/// Containment under which an older text behind a lede of its own is background, not a late copy. Of
/// 15 such pairs of OrangeSum from .52 to .70 that were read ten were the background of other news,
/// three advice given again, two forms; of nine from .79 on five were late copies, three the standing
/// description of a television show, and one was background.
const LATE_COPY: f64 = 0.75;
/// Containment of the shorter, details and passages from which two texts of one day, or of unknown
/// days, are versions of a running story. Of 18 such pairs that were read (8 of the protest corpus, 10
/// of OrangeSum) 15 were, the others reports beside each other; of those with fewer passages under
/// half, of four from one day to the next none. Of 15 more that hold half of the other
/// and a lede that does not agree, 12 were.
const RUNNING_CONTAINMENT: f64 = 0.4;
const RUNNING_DETAILS: f64 = 0.8;
const RUNNING_PASSAGES: usize = 4;
/// Mean place from which shared text stands late in an article. Without dates nothing else was found
/// to tell background from reuse: of 387 dated links of one running subject whose ledes are apart,
/// where more than a day and a half between them stands for background (29 %), late text picks a
/// group with 58 %. Different days of the week in the ledes pick 38 %, a containment under .1 36 %,
/// both with little in common in the rest of the texts under 50 %.
const LATE: f64 = 0.7;
/// Details of the shorter text under which an article with half its words in the other is still a
/// report of its own.
const OWN_REPORT_DETAILS: f64 = 0.6;
/// Runs of equal tokens for 100 matched ones from which two texts tell the same facts in the words
/// at hand.
const SCATTERED_RUNS: f64 = 12.0;
/// Containment from which one lede and the same details are another version, though half of the
/// text is new.
const VERSION_CONTAINMENT: f64 = 0.35;
/// Details of the shorter text that such a version has.
const VERSION_DETAILS: f64 = 0.7;
/// Words exchanged or added at one place of the lede from which it is revised: a clause.
const LEDE_EDIT_TOKENS: usize = 4;

/// What the rules decide on.
pub(super) struct Facts<'f> {
    pub(super) identical: bool,
    /// Whether the containment of the shorter text reaches that of a copy.
    pub(super) contained: bool,
    /// Containment of the shorter text.
    pub(super) containment: f64,
    /// Likely seconds between the publications, where both are known.
    pub(super) distance: Option<i64>,
    /// Share of the lede of the article that surely came later that is found in the other.
    pub(super) later_lede: Option<f64>,
    pub(super) passages: usize,
    /// Whether one declares the other void.
    pub(super) withdraws: bool,
    /// Numbers and names that differ inside the passages.
    pub(super) conflicts: usize,
    pub(super) figures: &'f Figures,
}

impl Facts<'_> {
    fn is_at_least(&self, seconds: i64) -> bool {
        self.distance.is_some_and(|distance| distance >= seconds)
    }

    /// Nothing of either lede is shared.
    fn ledes_own(&self) -> bool {
        self.figures.better_lede() < LEDES_OWN
    }

    /// Both ledes tell the same news in other words. Where nothing of them is copied, less agreement
    /// is enough: the words they have in common are their own.
    fn is_same_news(&self) -> bool {
        let least = if self.ledes_own() { LEDE_OTHER_NEWS } else { LEDE_SAME_NEWS };
        self.figures.lede_agreement >= least
    }

    /// Neither lede is shared: each article has news of its own before the shared text.
    fn ledes_apart(&self) -> bool {
        self.figures.better_lede() < LEDE_SHARED
    }

    /// Days lie between them, and the shared text is not the news of the later one: neither has the
    /// other's lede, or the later one has a lede of its own and only part of the earlier text, lede
    /// or no lede, behind it. Nearly all of an old text under a new lede is a late copy.
    fn is_older_text(&self) -> bool {
        let later_has_own_lede = self.later_lede.is_some_and(|found| found < LEDE_SHARED);
        self.is_at_least(OLDER_SECONDS)
            && (self.ledes_apart() || (later_has_own_lede && self.containment < LATE_COPY))
    }

    /// What an agency writes of one matter through a day: each version has a new beginning, and the
    /// rest is cut and shuffled until half of the words or less are the old ones, but the names and
    /// numbers are.
    fn is_running_story(&self) -> bool {
        self.containment >= RUNNING_CONTAINMENT
            && self.figures.details_found >= RUNNING_DETAILS
            && self.passages >= RUNNING_PASSAGES
            && !self.is_at_least(DAY)
    }
}

/// The rules, in order.
pub(super) fn decide(facts: &Facts<'_>) -> (LinkKind, &'static str) {
    let figures = facts.figures;
    if facts.identical {
        return (LinkKind::Copy, rule::IDENTICAL);
    }
    if facts.withdraws && (facts.contained || figures.lede_agreement >= LEDE_SAME_NEWS) {
        return (LinkKind::Update, rule::WITHDRAWAL);
    }
    if figures.quoted >= MOSTLY_QUOTED && facts.containment < WHOLLY_CONTAINED {
        return (LinkKind::Quotation, rule::QUOTED_WORDS);
    }
    if !facts.contained && figures.survey_words >= SURVEY_WORDS && facts.ledes_apart() {
        return (LinkKind::Quotation, rule::SURVEY_METHOD);
    }
    if let Some(rule) = series(facts) {
        return (LinkKind::Series, rule);
    }
    if figures.survey_share >= MOSTLY_SURVEY && figures.details_found < SERIES_DETAILS {
        return (LinkKind::Quotation, rule::SURVEY_FOOTER);
    }
    if facts.contained { contained(facts) } else { not_contained(facts) }
}

/// The same form, filled in anew.
fn series(facts: &Facts<'_>) -> Option<&'static str> {
    let figures = facts.figures;
    if figures.details_found < SERIES_DETAILS
        && figures.aligned_details_found < SERIES_ALIGNED_DETAILS
        && figures.aligned_details_missing >= SERIES_DIFFERENCES
        && (figures.worse_lede() >= FORM_LEDE || figures.title_agreement >= FORM_TITLE)
    {
        return Some(rule::FILLED_FORM);
    }
    if figures.formula >= MOSTLY_FORMULA
        && figures.details_found < SERIES_DETAILS
        && figures.worse_lede() >= FORM_LEDE
    {
        return Some(rule::RECURRING_FORMULA);
    }
    if facts.is_at_least(OLDER_SECONDS)
        && figures.worse_lede() >= FORM_LEDE
        && figures.title_agreement >= RECURRING_LEDE_TITLE
        && figures.details_found < RECURRING_DETAILS_UNDATED
    {
        return Some(rule::RECURRING_LEDE);
    }
    let least = match facts.distance {
        None => RECURRING_DETAILS_UNDATED,
        Some(distance) if distance >= DAY => RECURRING_DETAILS,
        Some(_) => return None,
    };
    (figures.title_agreement >= SAME_TITLE && figures.details_found < least)
        .then_some(rule::RECURRING_TITLE)
}

/// Half of the shorter text or more stands in the other.
fn contained(facts: &Facts<'_>) -> (LinkKind, &'static str) {
    let figures = facts.figures;
    if figures.details_found < OWN_REPORT_DETAILS && figures.better_lede() < LEDE_ABSENT {
        return (LinkKind::Partial, rule::OTHER_REPORT);
    }
    if figures.runs_per_hundred >= SCATTERED_RUNS {
        return (LinkKind::Partial, rule::SCATTERED_WORDS);
    }
    if facts.is_older_text() {
        return (LinkKind::Background, rule::OLDER_TEXT);
    }
    let apart = facts.ledes_apart();
    if apart && !facts.is_same_news() && facts.containment < VERSION_BEHIND_OTHER_LEDE {
        if facts.is_running_story() {
            return (LinkKind::Update, rule::RUNNING_STORY);
        }
        return (LinkKind::Partial, rule::OTHER_LEDES);
    }
    if facts.conflicts > 0 {
        return (LinkKind::Update, rule::CONFLICTING_DETAILS);
    }
    if facts.ledes_own() || (apart && facts.is_same_news()) {
        return (LinkKind::Update, rule::REWRITTEN_LEDE);
    }
    if figures.lede_edit >= LEDE_EDIT_TOKENS {
        return (LinkKind::Update, rule::EDITED_LEDE);
    }
    (LinkKind::Copy, rule::CONTAINED)
}

/// Less than half of the shorter text stands in the other.
fn not_contained(facts: &Facts<'_>) -> (LinkKind, &'static str) {
    let figures = facts.figures;
    if facts.is_older_text() {
        return (LinkKind::Background, rule::OLDER_TEXT);
    }
    if facts.containment >= VERSION_CONTAINMENT
        && figures.better_lede() >= LEDE_ABSENT
        && figures.lede_agreement >= LEDE_OTHER_NEWS
        && figures.details_found >= VERSION_DETAILS
    {
        return (LinkKind::Update, rule::SAME_LEDE);
    }
    if facts.is_running_story() {
        return (LinkKind::Update, rule::RUNNING_STORY);
    }
    if figures.better_lede() < LEDE_ABSENT
        && figures.lede_agreement < LEDE_OTHER_NEWS
        && figures.position_a.min(figures.position_b) >= LATE
    {
        return (LinkKind::Background, rule::LATE_PARAGRAPHS);
    }
    (LinkKind::Partial, rule::REUSED_PARAGRAPHS)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pair that no rule but the last of its half applies to.
    fn figures() -> Figures {
        Figures {
            lede_found_a: 1.0,
            details_found: 1.0,
            aligned_details_found: 1.0,
            ..Figures::default()
        }
    }

    fn facts(figures: &Figures, contained: bool) -> Facts<'_> {
        Facts {
            identical: false,
            contained,
            containment: if contained { 0.9 } else { 0.4 },
            distance: None,
            later_lede: None,
            passages: 1,
            withdraws: false,
            conflicts: 0,
            figures,
        }
    }

    #[test]
    fn every_rule_decides_something() {
        use LinkKind::{Background, Copy, Partial, Quotation, Series, Update};
        type Change = fn(&mut Figures);
        type Case = (&'static str, LinkKind, bool, Change, fn(&mut Facts<'_>));
        let apart: Change = |f| f.lede_found_a = 0.4;
        let cases: [Case; 26] = [
            (rule::IDENTICAL, Copy, true, |_| (), |f| f.identical = true),
            (rule::WITHDRAWAL, Update, true, |_| (), |f| f.withdraws = true),
            (rule::QUOTED_WORDS, Quotation, false, |f| f.quoted = 0.9, |_| ()),
            (
                rule::SURVEY_METHOD,
                Quotation,
                false,
                |f| (f.survey_words, f.lede_found_a) = (3, 0.0),
                |_| (),
            ),
            (
                rule::FILLED_FORM,
                Series,
                true,
                |f| {
                    (f.details_found, f.aligned_details_found) = (0.4, 0.5);
                    (f.aligned_details_missing, f.lede_found_b) = (5, 0.8);
                },
                |_| (),
            ),
            (
                rule::SURVEY_FOOTER,
                Quotation,
                true,
                |f| (f.survey_share, f.details_found) = (0.6, 0.5),
                |f| f.conflicts = 3,
            ),
            (
                rule::RECURRING_FORMULA,
                Series,
                true,
                |f| (f.formula, f.details_found, f.lede_found_b) = (0.8, 0.7, 0.5),
                |_| (),
            ),
            (
                rule::RECURRING_TITLE,
                Series,
                false,
                |f| (f.title_agreement, f.details_found) = (1.0, 0.7),
                |f| f.distance = Some(DAY),
            ),
            (
                rule::RECURRING_TITLE,
                Series,
                true,
                |f| (f.title_agreement, f.details_found) = (1.0, 0.4),
                |_| (),
            ),
            (
                rule::RECURRING_LEDE,
                Series,
                false,
                |f| {
                    (f.title_agreement, f.details_found) = (0.5, 0.4);
                    (f.lede_found_a, f.lede_found_b) = (0.8, 0.3);
                },
                |f| f.distance = Some(2 * DAY),
            ),
            (
                rule::OTHER_REPORT,
                Partial,
                true,
                |f| (f.lede_found_a, f.details_found) = (0.1, 0.5),
                |_| (),
            ),
            (rule::SCATTERED_WORDS, Partial, true, |f| f.runs_per_hundred = 15.0, |_| ()),
            (rule::OLDER_TEXT, Background, true, apart, |f| f.distance = Some(2 * DAY)),
            (rule::OLDER_TEXT, Background, false, apart, |f| f.distance = Some(2 * DAY)),
            (
                rule::OLDER_TEXT,
                Background,
                true,
                |_| (),
                |f| (f.distance, f.later_lede, f.containment) = (Some(2 * DAY), Some(0.1), 0.6),
            ),
            (
                rule::RUNNING_STORY,
                Update,
                false,
                |f| (f.lede_found_a, f.details_found) = (0.0, 0.8),
                |f| f.passages = 4,
            ),
            (
                rule::RUNNING_STORY,
                Update,
                true,
                |f| (f.lede_found_a, f.lede_agreement) = (0.2, 0.2),
                |f| (f.containment, f.passages) = (0.55, 4),
            ),
            (
                rule::LATE_PARAGRAPHS,
                Background,
                false,
                |f| (f.lede_found_a, f.position_a, f.position_b) = (0.0, 0.8, 0.9),
                |_| (),
            ),
            (rule::CONFLICTING_DETAILS, Update, true, |_| (), |f| f.conflicts = 1),
            (
                rule::REWRITTEN_LEDE,
                Update,
                true,
                |f| (f.lede_found_a, f.lede_agreement) = (0.4, 0.6),
                |_| (),
            ),
            (
                rule::OTHER_LEDES,
                Partial,
                true,
                |f| (f.lede_found_a, f.lede_agreement) = (0.2, 0.2),
                |f| (f.containment, f.conflicts) = (0.55, 1),
            ),
            (
                rule::REWRITTEN_LEDE,
                Update,
                true,
                |f| (f.lede_found_a, f.lede_agreement) = (0.2, 0.3),
                |f| f.containment = 0.55,
            ),
            (rule::REWRITTEN_LEDE, Update, true, |f| f.lede_found_a = 0.2, |_| ()),
            (rule::EDITED_LEDE, Update, true, |f| f.lede_edit = 4, |_| ()),
            (rule::SAME_LEDE, Update, false, |f| f.lede_agreement = 0.6, |_| ()),
            (rule::CONTAINED, Copy, true, |_| (), |_| ()),
        ];
        for (name, kind, contained, change, more) in cases {
            let mut figures = figures();
            change(&mut figures);
            let mut facts = facts(&figures, contained);
            more(&mut facts);
            assert_eq!(decide(&facts), (kind, name));
        }
        let figures = figures();
        assert_eq!(decide(&facts(&figures, false)), (Partial, rule::REUSED_PARAGRAPHS));
    }

    #[test]
    fn a_year_between_the_same_words_is_no_cut() {
        let figures = figures();
        let late = Facts { distance: Some(365 * DAY), ..facts(&figures, true) };
        assert_eq!(decide(&late), (LinkKind::Copy, rule::CONTAINED));
    }

    #[test]
    fn nearly_all_of_an_old_text_under_a_new_lede_is_a_late_copy() {
        let figures = figures();
        let late = |containment: f64| {
            let distance = Some(365 * DAY);
            let facts = facts(&figures, true);
            decide(&Facts { distance, later_lede: Some(0.0), containment, ..facts }).0
        };
        assert_eq!(late(0.9), LinkKind::Copy);
        assert_eq!(late(0.6), LinkKind::Background);
    }

    #[test]
    fn the_footer_of_one_poll_is_part_of_its_copy() {
        let figures = Figures { survey_share: 0.7, ..figures() };
        assert_eq!(decide(&facts(&figures, true)).0, LinkKind::Copy);
    }
}
