//! What links and dispatches say of stories: which reuse is news, and when a text was news.

use super::compilations::Compilations;
use super::similarity::{Reuse, Similarity};
use crate::article_set::ArticleSet;
use crate::dispatches::Dispatches;
use crate::links::kind::rule;
use crate::links::{Link, LinkKind, Links};
use crate::timestamp::Published;
use ahash::AHashMap;

/// Share of an article's tokens in its dispatch from which on it is that text, with its time.
const IS_THE_TEXT: f64 = 0.8;

/// Evidence of the passages at which they count as if half of the shorter text were shared: about a
/// paragraph of a hundred words.
const HALF_EVIDENCE: f64 = 20.0;

/// The reuse between every two linked articles.
///
/// A compilation of several subjects holds the news of all of its dispatches and is of the story of
/// none: its links count as shared words that are not the news. Texts that stand whole in one
/// compilation of one subject count as if one were a passage of the other. `text` tells by text and
/// time alone.
pub(super) fn reuse(links: &Links, dispatches: &Dispatches, text: &Similarity) -> Reused {
    let compilations = Compilations::of(links, dispatches, text);
    let is_scattered = |article: usize| compilations.scattered.binary_search(&article).is_ok();
    let put_together = compilations
        .put_together
        .iter()
        .map(|&(a, b)| ((a.min(b) as u32, a.max(b) as u32), Reuse::PutTogether));
    let linked = links.links.iter().filter_map(|link| {
        let news = !is_scattered(link.a) && !is_scattered(link.b);
        let (pair, reuse) = ((link.a as u32, link.b as u32), of_link(link, news));
        let tells = !matches!(reuse, Reuse::Carried(_)) || text.copy_tells(pair.0, pair.1);
        tells.then_some((pair, reuse))
    });
    // What a link says itself outranks what the company of two texts says.
    let pairs = put_together.chain(linked).collect();
    let mut text_of = text_of(dispatches);
    for &article in &compilations.scattered {
        if let Some(text) = text_of.get_mut(article) {
            *text = None;
        }
    }
    Reused { pairs, text_of }
}

/// What links and dispatches say of two articles.
pub(super) struct Reused {
    /// By `(smaller, larger)` article.
    pub(super) pairs: AHashMap<(u32, u32), Reuse>,
    /// For each article the dispatch that it is the text of, with the share of it that is.
    pub(super) text_of: Vec<Option<(usize, f64)>>,
}

fn text_of(dispatches: &Dispatches) -> Vec<Option<(usize, f64)>> {
    let mut text_of = vec![None; dispatches.primary.len()];
    for (number, dispatch) in dispatches.dispatches.iter().enumerate() {
        for member in dispatch.members.iter().filter(|m| m.primary && m.coverage >= IS_THE_TEXT) {
            if let Some(text) = text_of.get_mut(member.article) {
                *text = Some((number, member.coverage.clamp(0.0, 1.0)));
            }
        }
    }
    text_of
}

fn of_link(link: &Link, news: bool) -> Reuse {
    let explanation = &link.explanation;
    let share = explanation.containment_a.max(explanation.containment_b).clamp(0.0, 1.0);
    match link.kind {
        LinkKind::Copy | LinkKind::Update if news => Reuse::Carried(share),
        // Three paragraphs of one dispatch in two long articles are a small share of both, but no
        // accident.
        LinkKind::Partial if news => {
            let evidence: f64 = link.passages.iter().map(|passage| passage.evidence).sum();
            Reuse::Passages(share.max(evidence / (evidence + HALF_EVIDENCE)))
        }
        // Who quotes the same words reports the same speech: 146 of 146 such pairs in ECB+ and 27
        // of 27 in RPM2 are of one story. A survey's method is quoted year after year.
        LinkKind::Quotation if news && explanation.rule == rule::QUOTED_WORDS => {
            Reuse::Passages(share)
        }
        _ => Reuse::Other(share),
    }
}

/// When the news of each article was news: its publication, or the earliest known one of a text
/// that it copies whole. So a text published again a year later stays in its story, and an undated
/// copy takes the date of a dated one.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::dispatches::{Dispatch, Membership, Version};
    use crate::links::{Attributes, Explanation};
    use crate::stories::{StoryConfig, cluster, similarities};
    use crate::text::TextScheme;
    use crate::timestamp::Timestamp;

    fn on(day: i8) -> Published {
        Published::at(Timestamp::midnight(2026, 3, day).unwrap())
    }

    fn link(a: usize, b: usize, kind: LinkKind, share: f64) -> Link {
        Link {
            a,
            b,
            kind,
            attributes: Attributes::default(),
            passages: Vec::new(),
            explanation: Explanation {
                resemblance: share,
                containment_a: share,
                containment_b: share / 2.0,
                date_distance: None,
                missing_details: Vec::new(),
                rule: "test",
                ..Explanation::default()
            },
        }
    }

    fn links(links: Vec<Link>) -> Links {
        Links { links, ..Links::default() }
    }

    /// One dispatch with one version that these articles carry to the given shares.
    fn dispatch(articles: usize, members: &[(usize, f64)]) -> Dispatches {
        let membership = |&(article, coverage): &(usize, f64)| Membership {
            article,
            spans: Vec::new(),
            coverage,
            primary: true,
            ..Membership::default()
        };
        let dispatch = Dispatch {
            anchor: members[0].0,
            members: members.iter().map(membership).collect(),
            versions: vec![Version {
                articles: members.iter().map(|member| member.0).collect(),
                ..Version::default()
            }],
            ..Dispatch::default()
        };
        let mut primary = vec![None; articles];
        members.iter().for_each(|member| primary[member.0] = Some(0));
        Dispatches { dispatches: vec![dispatch], primary, ..Dispatches::default() }
    }

    const FLOOD: &str =
        "La Vaire a débordé à Sourlac, où trois quartiers sont évacués par les pompiers.";
    const RESCUE: &str =
        "À Sourlac, les pompiers évacuent trois quartiers : la Vaire est sortie de son lit.";

    fn set(articles: &[(&str, &str, Option<i8>)]) -> ArticleSet {
        let articles: Vec<Article> = articles
            .iter()
            .map(|(id, text, day)| {
                let article = Article::new(*id, *text).unwrap();
                day.map_or(article.clone(), |day| article.with_published(on(day)))
            })
            .collect();
        ArticleSet::new(&articles, TextScheme::default()).unwrap()
    }

    #[test]
    fn news_reused_speaks_for_one_story_and_other_reuse_against() {
        let shelter =
            "Le maire de Sourlac ouvre la halle aux familles, un repas chaud leur est servi.";
        let set = set(&[("a", FLOOD, Some(2)), ("b", shelter, Some(2))]);
        let similarity = |linked: Vec<Link>| {
            let read = similarities(&set, &links(linked), &Dispatches::default(), &[(0, 1)]);
            read.unwrap()[0].get()
        };
        let plain = similarity(Vec::new());
        for kind in [LinkKind::Copy, LinkKind::Update, LinkKind::Partial] {
            assert!(similarity(vec![link(0, 1, kind, 0.6)]) > plain, "{kind:?}");
            assert!(similarity(vec![link(0, 1, kind, 1.0)]) <= 1.0);
        }
        for kind in [LinkKind::Series, LinkKind::Background, LinkKind::Quotation] {
            assert!(similarity(vec![link(0, 1, kind, 0.6)]) < plain, "{kind:?}");
        }
    }

    #[test]
    fn without_dates_reuse_that_may_be_older_than_the_news_says_nothing() {
        let set = set(&[("a", FLOOD, None), ("b", RESCUE, Some(2)), ("c", RESCUE, None)]);
        let similarity = |linked: Vec<Link>, pair: (usize, usize)| {
            let read = similarities(&set, &links(linked), &Dispatches::default(), &[pair]);
            read.unwrap()[0].get()
        };
        for pair in [(0, 1), (0, 2)] {
            let linked = vec![link(pair.0, pair.1, LinkKind::Background, 0.6)];
            assert_eq!(similarity(linked, pair), similarity(Vec::new(), pair));
        }
    }

    #[test]
    fn a_notice_that_two_pages_share_under_other_headlines_is_not_their_story() {
        let notice = "To show you this page we and our partners store small files on your device. \
            Pressing the green button you accept that they measure your visits. Your choice can be \
            withdrawn at any time in the settings at the foot of the page. Details are in our rules.";
        let flood = "Vaire bursts its banks, three districts of Sourlac evacuated before nightfall";
        let strike = "Dockers in Mireux walk out again, ferries to Orvane cancelled until Sunday";
        let set = set(&[
            ("a", &format!("{flood} {notice}"), None),
            ("b", &format!("{strike} {notice}"), None),
            ("c", &format!("{flood} {RESCUE}"), None),
            ("d", &format!("{RESCUE} {flood}"), None),
        ]);
        let similarity = |a: usize, b: usize| {
            let linked = links(vec![link(a, b, LinkKind::Copy, 0.8)]);
            similarities(&set, &linked, &Dispatches::default(), &[(a, b)]).unwrap()[0].get()
        };
        assert!(similarity(0, 1) < 0.5, "{}", similarity(0, 1));
        assert!(similarity(2, 3) > 0.9, "{}", similarity(2, 3));
    }

    #[test]
    fn words_quoted_from_one_speaker_speak_for_one_story_and_a_survey_method_against() {
        let shelter =
            "Le maire de Sourlac ouvre la halle aux familles, un repas chaud leur est servi.";
        let set = set(&[("a", FLOOD, Some(2)), ("b", shelter, Some(2)), ("c", RESCUE, Some(28))]);
        let similarity = |linked: Vec<Link>, pair: (usize, usize)| {
            let read = similarities(&set, &links(linked), &Dispatches::default(), &[pair]);
            read.unwrap()[0].get()
        };
        let quoted = |rule, b| Link {
            explanation: Explanation { rule, ..link(0, b, LinkKind::Quotation, 0.3).explanation },
            ..link(0, b, LinkKind::Quotation, 0.3)
        };
        let plain = similarity(Vec::new(), (0, 1));
        assert!(similarity(vec![quoted(rule::QUOTED_WORDS, 1)], (0, 1)) > plain);
        assert!(similarity(vec![quoted(rule::SURVEY_METHOD, 1)], (0, 1)) < plain);
        // Quoted again weeks later they join nothing.
        assert_eq!(similarity(vec![quoted(rule::QUOTED_WORDS, 2)], (0, 2)), 0.0);
    }

    #[test]
    fn reuse_is_no_floor() {
        let set = set(&[("a", FLOOD, Some(2)), ("b", RESCUE, Some(28))]);
        let linked = links(vec![link(0, 1, LinkKind::Partial, 1.0)]);
        let stories = cluster(&set, &linked, &Dispatches::default(), &StoryConfig::new()).unwrap();
        assert_eq!(stories.of_article, [0, 1]);
    }

    #[test]
    fn a_compilation_of_several_subjects_is_a_story_of_its_own() {
        let choir = "La chorale de Mireux fête ses cent ans ce soir à la halle.";
        let digest = format!("{FLOOD} {choir}");
        let articles = [("a", digest.as_str()), ("b", FLOOD), ("c", choir)];
        let set = set(&articles.map(|(id, text)| (id, text, None)));
        let linked = links(vec![link(0, 1, LinkKind::Copy, 1.0), link(0, 2, LinkKind::Copy, 1.0)]);
        let dispatches = Dispatches { compilations: vec![0], ..Dispatches::default() };
        let stories = cluster(&set, &linked, &dispatches, &StoryConfig::new()).unwrap();
        assert_eq!(stories.of_article, [0, 1, 2]);
    }

    #[test]
    fn texts_put_together_on_one_subject_are_of_one_story() {
        let child = "Un nourrisson a été retrouvé vivant dans une cave, a raconté un secouriste.";
        let live = format!("{FLOOD} {RESCUE} {child}");
        let articles = [("a", live.as_str()), ("b", FLOOD), ("c", RESCUE), ("d", child)];
        let set = set(&articles.map(|(id, text)| (id, text, None)));
        let whole = |b: usize| {
            let mut link = link(0, b, LinkKind::Copy, 1.0);
            link.explanation.containment_a = 0.3;
            link.explanation.containment_b = 1.0;
            link
        };
        let linked = links(vec![whole(1), whole(2), whole(3)]);
        let config = StoryConfig::new();
        let apart = cluster(&set, &Links::default(), &Dispatches::default(), &config).unwrap();
        assert_ne!(apart.of_article[1], apart.of_article[3]);
        let dispatches = Dispatches { compilations: vec![0], ..Dispatches::default() };
        let together = cluster(&set, &linked, &dispatches, &config).unwrap();
        assert_eq!(together.of_article, [0, 0, 0, 0]);
    }

    #[test]
    fn a_compilation_of_one_subject_is_of_its_story() {
        let live = format!("{FLOOD} {RESCUE}");
        let set = set(&[("a", &live, None), ("b", FLOOD, None), ("c", RESCUE, None)]);
        let linked = links(vec![link(0, 1, LinkKind::Copy, 1.0), link(0, 2, LinkKind::Copy, 1.0)]);
        let dispatches = Dispatches { compilations: vec![0], ..Dispatches::default() };
        let stories = cluster(&set, &linked, &dispatches, &StoryConfig::new()).unwrap();
        assert_eq!(stories.of_article, [0, 0, 0]);
    }

    #[test]
    fn a_text_published_again_later_keeps_its_time_and_its_story() {
        let set = set(&[("a", FLOOD, Some(2)), ("b", RESCUE, Some(2)), ("c", FLOOD, Some(28))]);
        let dispatches = dispatch(3, &[(0, 1.0), (2, 1.0)]);
        assert_eq!(news_times(&set, &dispatches), [on(2), on(2), on(2)]);
        let linked = links(vec![link(0, 2, LinkKind::Copy, 1.0)]);
        let stories = cluster(&set, &linked, &dispatches, &StoryConfig::new()).unwrap();
        assert_eq!(stories.of_article, [0, 0, 0]);
        assert_eq!(stories.stories[0].dispatches, [0]);
    }

    #[test]
    fn an_undated_copy_takes_the_date_of_a_dated_one_and_a_host_does_not() {
        let set = set(&[("a", FLOOD, None), ("b", FLOOD, Some(3)), ("c", FLOOD, Some(28))]);
        let dispatches = dispatch(3, &[(0, 1.0), (1, 0.9), (2, 0.4)]);
        assert_eq!(news_times(&set, &dispatches), [on(3), on(3), on(28)]);
    }

    #[test]
    fn links_and_dispatches_of_another_set_are_an_error() {
        let set = set(&[("a", FLOOD, None)]);
        let config = StoryConfig::new();
        let linked = links(vec![link(0, 1, LinkKind::Copy, 1.0)]);
        assert!(cluster(&set, &linked, &Dispatches::default(), &config).unwrap_err().is_config());
        let dispatches = dispatch(3, &[(0, 1.0), (2, 1.0)]);
        assert!(cluster(&set, &Links::default(), &dispatches, &config).unwrap_err().is_config());
    }
}
