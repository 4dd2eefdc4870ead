//! Articles with one text, to the token of title and body: one event from the start, however many
//! they are.
//!
//! Compared like others they would drown each other. Ten thousand reprints fill each other's lists of
//! candidates, and a word that every article of a set holds has no weight: five reprints were one
//! story, ten thousand as many as there were reprints. So the frequencies of a set count texts and not
//! articles, and one article stands for its reprints where candidates are looked for.

use super::feature_block::Features;
use super::linkage::Linkage;
use super::period::Period;

/// The articles that share a text with another one: each text's ascending, by smallest member.
///
/// Of one text are those whose tokens have one hash and whose features are equal besides, so that two
/// texts whose hashes collide stay two. `text` gives the features of an article. O(articles · log articles).
pub(super) fn same_texts<'f>(
    articles: usize,
    text: impl Fn(u32) -> Option<Features<'f>>,
) -> Vec<Vec<u32>> {
    let mut order: Vec<u32> = (0..articles as u32).collect();
    let key = |article| text(article).map(|features| (features.text, features.tokens));
    order.sort_by_cached_key(|&article| (key(article), article));
    let equal = |a: &u32, b: &u32| text(*a) == text(*b);
    let mut texts: Vec<Vec<u32>> =
        order.chunk_by(equal).filter(|text| text.len() > 1).map(<[u32]>::to_vec).collect();
    texts.sort_unstable();
    texts
}

/// Which articles are one event because they have one text.
#[derive(Clone, Debug, Default)]
pub(super) struct Identical {
    /// Runs of articles with one text and near in time, each ascending. The runs of one text follow
    /// each other by time.
    runs: Vec<Run>,
    /// For each article that another one stands for, that one; empty where there is none.
    stands_for: Vec<Option<u32>>,
}

#[derive(Clone, Debug)]
struct Run {
    articles: Vec<u32>,
    /// Whether the run before is of the same text, and earlier.
    follows: bool,
}

impl Identical {
    /// Cuts each text's articles where `event` does not let them be one: the same words again after
    /// its longest period are another happening. The undated go with the earliest, as an undated copy
    /// takes the date of the first dated one. `articles` is the number of all.
    /// O(articles · log articles).
    pub(super) fn of(
        texts: &[Vec<u32>],
        articles: usize,
        period: impl Fn(u32) -> Option<Period>,
        event: &Linkage,
    ) -> Identical {
        let mut identical = Identical::default();
        for text in texts {
            let mut follows = false;
            for mut articles in runs(text, &period, event) {
                articles.sort_unstable();
                identical.runs.push(Run { articles, follows });
                follows = true;
            }
        }
        if !identical.runs.is_empty() {
            identical.stands_for = vec![None; articles];
        }
        for run in &identical.runs {
            let Some((&first, rest)) = run.articles.split_first() else { continue };
            for &article in rest {
                if let Some(place) = identical.stands_for.get_mut(article as usize) {
                    *place = Some(first);
                }
            }
        }
        identical
    }

    /// The runs of several articles: each is one event.
    pub(super) fn groups(&self) -> impl Iterator<Item = &[u32]> {
        self.runs.iter().map(|run| run.articles.as_slice()).filter(|run| run.len() > 1)
    }

    /// Whether another article stands for this one: the smallest of its run.
    pub(super) fn is_stood_for(&self, article: u32) -> bool {
        self.stands_for.get(article as usize).is_some_and(Option::is_some)
    }

    /// For each group those that hold the same text earlier or later; empty where no text has several
    /// runs.
    pub(super) fn neighbours(&self, groups: &[Vec<u32>]) -> Vec<Vec<u32>> {
        if !self.runs.iter().any(|run| run.follows) {
            return Vec::new();
        }
        let mut group_of = vec![None; self.stands_for.len()];
        for (number, members) in (0u32..).zip(groups) {
            for &article in members {
                if let Some(place) = group_of.get_mut(article as usize) {
                    *place = Some(number);
                }
            }
        }
        let group = |run: &Run| *group_of.get(*run.articles.first()? as usize)?;
        let mut neighbours = vec![Vec::new(); groups.len()];
        for (before, run) in self.runs.iter().zip(self.runs.iter().skip(1)) {
            if let (true, Some(a), Some(b)) = (run.follows, group(before), group(run))
                && let Some(neighbours) = neighbours.get_mut(a as usize)
            {
                neighbours.push(b);
            }
        }
        neighbours
    }
}

/// The articles of one text by time, cut where they can be no event together.
fn runs(text: &[u32], period: &impl Fn(u32) -> Option<Period>, event: &Linkage) -> Vec<Vec<u32>> {
    let mut dated: Vec<(Period, u32)> =
        text.iter().filter_map(|&article| Some((period(article)?, article))).collect();
    dated.sort_by_key(|&(period, article)| (period.from, period.to, article));
    let undated = text.iter().copied().filter(|&article| period(article).is_none());
    let mut runs: Vec<Vec<u32>> = vec![undated.collect()];
    let mut whole: Option<Period> = None;
    for (period, article) in dated {
        if !event.may_meet(whole, Some(period)) {
            runs.push(Vec::new());
            whole = None;
        }
        whole = Some(whole.map_or(period, |whole| whole.hull(period)));
        if let Some(run) = runs.last_mut() {
            run.push(article);
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::super::Granularity;
    use super::super::mentioned_dates::MentionedDates;
    use super::super::verbatim::ShingleSample;
    use super::*;
    use proptest::prelude::*;

    const DAY: i64 = 86_400;

    fn event() -> Linkage {
        Linkage::of(Granularity::Event)
    }

    proptest! {
        #[test]
        fn runs_part_a_text_into_events_that_follow_each_other(
            days in prop::collection::vec(prop::option::of(0_i64..30), 2..40),
        ) {
            let text: Vec<u32> = (0..days.len() as u32).collect();
            let period = |article: u32| Some(Period::at(days[article as usize]? * DAY));
            let found = Identical::of(std::slice::from_ref(&text), days.len(), period, &event());
            let mut members: Vec<u32> =
                found.runs.iter().flat_map(|run| run.articles.clone()).collect();
            members.sort_unstable();
            prop_assert_eq!(members, text);
            let days_of = |run: &Run| -> Vec<i64> {
                run.articles.iter().filter_map(|&article| days[article as usize]).collect()
            };
            for run in &found.runs {
                let days = days_of(run);
                let (first, last) = (days.iter().min(), days.iter().max());
                prop_assert!(last.zip(first).is_none_or(|(last, first)| last - first <= 2));
                for (place, &article) in run.articles.iter().enumerate() {
                    prop_assert_eq!(found.is_stood_for(article), place > 0);
                }
            }
            for (before, run) in found.runs.iter().zip(found.runs.iter().skip(1)) {
                prop_assert!(run.follows);
                prop_assert!(days_of(before).iter().max() < days_of(run).iter().min());
            }
        }
    }

    #[test]
    fn a_text_is_that_of_equal_features_whatever_the_hash_says() {
        let dates = MentionedDates::default();
        let features = |(text, tokens)| Features {
            words: &[],
            names: &[],
            compounds: &[],
            dates: &dates,
            shingles: ShingleSample::default(),
            text,
            tokens,
            characters: 0,
        };
        let texts = [(7, 3), (7, 4), (9, 3), (7, 3), (7, 4)].map(features);
        let text = |article: u32| texts.get(article as usize).copied();
        assert_eq!(same_texts(4, text), [[0, 3]]);
        assert!(same_texts(3, text).is_empty());
    }
}
