//! Notices: policies and limits that a reader of the answer must know.

use crate::article_set::ArticleSet;
use crate::dispatches::Dispatches;
use crate::links::Links;
use crate::text::LengthClass;

/// Something a reader of the answer must know.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Notice {
    /// Its stable name: `translations`, `empty_texts`, `texts_below_shingle`, `short_texts`, `undated`, `compilations`,
    /// `must_link`, `unknown_ids` or `not_compared`.
    pub code: String,
    /// What it means.
    pub message: String,
    /// The articles it concerns, by ascending id; empty when it concerns all.
    pub articles: Vec<String>,
}

pub(super) fn notices(set: &ArticleSet, links: &Links, dispatches: &Dispatches) -> Vec<Notice> {
    let of_class = |class: LengthClass| -> Vec<usize> {
        let texts = set.texts().iter().enumerate();
        texts.filter(|(_, text)| text.length_class() == class).map(|(index, _)| index).collect()
    };
    let articles = set.articles().iter().enumerate();
    let undated = articles.filter(|(_, article)| !article.published().is_bounded());
    let concerning = [
        (
            "empty_texts",
            "no word to compare: such an article matches nothing, not even another empty one",
            of_class(LengthClass::Empty),
        ),
        (
            "texts_below_shingle",
            "fewer words than a shingle: such an article is a copy only of an identical text",
            of_class(LengthClass::BelowShingle),
        ),
        (
            "short_texts",
            "under 50 words: every window of such an article is indexed, so that no short copy is missed",
            of_class(LengthClass::Short),
        ),
        (
            "undated",
            "the publication time is unknown or open to one side: such an article may always be the earliest",
            undated.map(|(index, _)| index).collect(),
        ),
        (
            "compilations",
            "contains articles unrelated to each other, so it belongs to their dispatches and anchors none",
            dispatches.compilations.clone(),
        ),
        (
            "must_link",
            "in a dispatch by a must-link decision, whatever its text shares with the others",
            decided_members(dispatches),
        ),
    ];
    let mut notices = vec![Notice {
        code: "translations".to_owned(),
        message: "translations are invisible: a dispatch and its translation are counted as two texts and two origins"
            .to_owned(),
        articles: Vec::new(),
    }];
    for (code, message, indices) in concerning {
        let ids = indices.iter().filter_map(|&index| set.articles().get(index));
        let ids: Vec<String> = ids.map(|article| article.id().as_str().to_owned()).collect();
        if !ids.is_empty() {
            notices.push(Notice { code: code.into(), message: message.into(), articles: ids });
        }
    }
    if !dispatches.unknown_ids.is_empty() {
        notices.push(Notice {
            code: "unknown_ids".to_owned(),
            message: "named by a decision, but not in this collection: the decision is kept and held to for the others"
                .to_owned(),
            articles: dispatches.unknown_ids.clone(),
        });
    }
    let skipped = links.statistics.pairs_over_cap;
    if skipped > 0 {
        notices.push(Notice {
            code: "not_compared".to_owned(),
            message: format!(
                "{skipped} pairs were not compared with each other, because so many articles share their words that the \
                 cap on comparisons was reached"
            ),
            articles: Vec::new(),
        });
    }
    notices
}

fn decided_members(dispatches: &Dispatches) -> Vec<usize> {
    let members = dispatches.dispatches.iter().flat_map(|dispatch| &dispatch.members);
    let mut decided: Vec<usize> =
        members.filter(|member| member.decided).map(|member| member.article).collect();
    decided.sort_unstable();
    decided.dedup();
    decided
}
