//! What links and dispatches say of stories: which reuse is news, and when a text was news.

use super::similarity::Reuse;
use crate::article_set::ArticleSet;
use crate::dispatches::Dispatches;
use crate::links::{Link, LinkKind, Links};
use crate::timestamp::Published;
use ahash::AHashMap;

/// Share of an article's tokens in its dispatch from which on it is that text, with its time.
const IS_THE_TEXT: f64 = 0.8;

/// Evidence of the passages at which they count as if half of the shorter text were shared: about a paragraph of a hundred
/// words.
const HALF_EVIDENCE: f64 = 20.0;

/// The reuse between every two linked articles.
///
/// A compilation shares news with all of its dispatches, which says nothing of one story: its links are left out.
pub(super) fn reuse(links: &Links, dispatches: &Dispatches) -> AHashMap<(u32, u32), Reuse> {
    let compiles = |article: usize| dispatches.compilations.binary_search(&article).is_ok();
    let telling = links.links.iter().filter(|link| !compiles(link.a) && !compiles(link.b));
    telling.map(|link| ((link.a as u32, link.b as u32), of_link(link))).collect()
}

fn of_link(link: &Link) -> Reuse {
    let explanation = &link.explanation;
    let share = explanation.containment_a.max(explanation.containment_b).clamp(0.0, 1.0);
    match link.kind {
        // Three paragraphs of one dispatch in two long articles are a small share of both, but no accident.
        LinkKind::Copy | LinkKind::Update | LinkKind::Partial => {
            let evidence: f64 = link.passages.iter().map(|passage| passage.evidence).sum();
            Reuse::News(share.max(evidence / (evidence + HALF_EVIDENCE)))
        }
        LinkKind::Background | LinkKind::Series | LinkKind::Quotation => Reuse::Other(share),
    }
}

/// When the news of each article was news: its publication, or the earliest known one of a text that it copies whole. So a
/// text published again a year later stays in its story, and an undated copy takes the date of a dated one.
pub(super) fn news_times(set: &ArticleSet, dispatches: &Dispatches) -> Vec<Published> {
    let mut times: Vec<Published> = set.articles().iter().map(|a| a.published()).collect();
    for dispatch in &dispatches.dispatches {
        for number in 0..dispatch.versions.len() {
            let whole = dispatch.members.iter().filter(|member| {
                member.version == number && member.primary && member.coverage >= IS_THE_TEXT
            });
            let copies: Vec<usize> = whole.map(|member| member.article).collect();
            let known = copies.iter().filter_map(|&article| times.get(article).copied());
            let first = known
                .filter(|published| published.is_bounded())
                .min_by_key(|published| (published.earliest(), published.latest()));
            let Some(first) = first else { continue };
            for article in copies {
                if let Some(time) = times.get_mut(article) {
                    *time = first;
                }
            }
        }
    }
    times
}
