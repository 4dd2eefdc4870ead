//! Links of a set against all pairs by brute force, and their laws.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod timing;

use proptest::prelude::*;
use std::collections::BTreeMap;
use std::time::Duration;
use timing::timed;
use wirecopy::links::{Jaccard, Link, LinkConfig, LinkKind, Links, find_links};
use wirecopy::{Article, ArticleSet, Span};

/// A word of three syllables for each number.
fn word(number: usize) -> String {
    let syllable = |n: usize| {
        ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z"][n % 14].to_owned()
            + ["a", "e", "i", "o", "u"][n / 14 % 5]
    };
    syllable(number) + &syllable(number / 70) + &syllable(number / 4900 + 7)
}

fn said(words: &[usize]) -> String {
    words.iter().map(|&n| word(n)).collect::<Vec<_>>().join(" ")
}

fn fresh(first: usize, count: usize) -> Vec<usize> {
    (first..first + count).collect()
}

fn set(bodies: &[Vec<usize>]) -> ArticleSet {
    let articles: Vec<Article> = bodies
        .iter()
        .enumerate()
        .map(|(at, words)| Article::new(format!("{at:06}"), said(words)).unwrap())
        .collect();
    ArticleSet::new(&articles, Default::default()).unwrap()
}

fn links(bodies: &[Vec<usize>]) -> Links {
    find_links(&set(bodies), &LinkConfig::default()).unwrap()
}

fn pairs(links: &Links) -> Vec<(usize, usize)> {
    links.links.iter().map(|link| (link.a, link.b)).collect()
}

fn longest_common_run(a: &[usize], b: &[usize]) -> usize {
    let mut longest = 0;
    let mut ending = vec![0; b.len() + 1];
    for x in a {
        for (j, y) in b.iter().enumerate().rev() {
            ending[j + 1] = if x == y { ending[j] + 1 } else { 0 };
            longest = longest.max(ending[j + 1]);
        }
    }
    longest
}

fn longest_common_subsequence(a: &[usize], b: &[usize]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[b.len()]
}

/// What must hold of any link, from the texts alone.
fn assert_verified(set: &ArticleSet, link: &Link) {
    assert!(link.a < link.b && !link.passages.is_empty());
    let (a, b) = (&set.articles()[link.a], &set.articles()[link.b]);
    let (text_a, text_b) = (&set.texts()[link.a], &set.texts()[link.b]);
    let mut matched = 0;
    for passage in &link.passages {
        for (article, side, text) in [(a, &passage.a, text_a), (b, &passage.b, text_b)] {
            let slice = side.span.slice(article.original()).expect("on character boundaries");
            let tokens = &text.tokens()[side.tokens.start as usize..side.tokens.end as usize];
            let (first, last) = (tokens.first().unwrap(), tokens.last().unwrap());
            assert!(slice.starts_with(first.span().slice(article.original()).unwrap()));
            assert!(slice.ends_with(last.span().slice(article.original()).unwrap()));
        }
        for run in &passage.matches {
            let words = |tokens: &[wirecopy::text::Token], from: u32, original: &str| {
                let range = from as usize..(from + run.tokens) as usize;
                let words = tokens[range].iter();
                words.map(|t| t.span().slice(original).unwrap().to_lowercase()).collect::<Vec<_>>()
            };
            assert_eq!(
                words(text_a.tokens(), run.a, a.original()),
                words(text_b.tokens(), run.b, b.original())
            );
            matched += run.tokens as usize;
        }
        let one = passage.matches.len() == 1;
        let same = passage.a.tokens.len() == passage.b.tokens.len()
            && passage.matched_tokens() == passage.a.tokens.len();
        assert_eq!(passage.is_verbatim(), one && same);
        assert_eq!(one, same, "verbatim is one run without a gap on either side");
    }
    assert!(link.passages.is_sorted_by_key(|passage| passage.a.tokens.start));
    let share = |tokens: usize| matched as f64 / tokens as f64;
    assert_eq!(link.explanation.containment_a, share(text_a.tokens().len()));
    assert_eq!(link.explanation.containment_b, share(text_b.tokens().len()));
}

/// Texts of shared blocks (cut, edited, in any order) among own words; some identical, some empty.
fn collection() -> impl Strategy<Value = Vec<Vec<usize>>> {
    let block = (0usize..8, 0usize..10, 3usize..40, prop::option::of(0usize..40));
    let text = prop::collection::vec((block, 0usize..40), 0..4);
    prop::collection::vec(text, 2..14).prop_map(|texts| {
        let texts = texts.iter().enumerate().map(|(at, blocks)| {
            let mut words = Vec::new();
            for (n, ((block, from, length, edit), between)) in blocks.iter().enumerate() {
                let mut shared = fresh(100 * block + from, *length);
                if let Some(place) = edit.filter(|place| place < length) {
                    shared[place] = 900_000 + 10 * at + n;
                }
                words.extend(shared);
                // Own words of every second text only, so that some texts are identical.
                words.extend(fresh(10_000 + 1000 * (at / 2) + 100 * n, *between));
            }
            words
        });
        texts.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Soundness and recall against all pairs. Fewer than 14 texts cannot be over a cap, so the guarantee is without
    /// exception: a common run of 11 words is a link.
    #[test]
    fn links_are_what_brute_force_finds(bodies in collection()) {
        let set = set(&bodies);
        let found = find_links(&set, &LinkConfig::default()).unwrap();
        let by_pair: BTreeMap<(usize, usize), &Link> =
            found.links.iter().map(|link| ((link.a, link.b), link)).collect();
        prop_assert_eq!(by_pair.len(), found.links.len());
        prop_assert!(found.links.is_sorted_by_key(|link| (link.a, link.b)));
        for link in &found.links {
            assert_verified(&set, link);
        }
        for a in 0..bodies.len() {
            for b in a + 1..bodies.len() {
                let (x, y) = (&bodies[a], &bodies[b]);
                let identical = x == y && !x.is_empty();
                let linked = by_pair.contains_key(&(a, b));
                if identical || longest_common_run(x, y) >= 11 {
                    prop_assert!(linked, "{a} {b} share {}", longest_common_run(x, y));
                }
                if linked && !identical {
                    prop_assert!(longest_common_run(x, y) >= 4);
                    prop_assert!(longest_common_subsequence(x, y) >= 5);
                }
                if identical {
                    prop_assert_eq!(by_pair[&(a, b)].kind, LinkKind::Copy);
                    prop_assert!(by_pair[&(a, b)].passages[0].is_verbatim());
                }
            }
        }
    }

    #[test]
    fn the_order_of_the_articles_changes_nothing(
        (bodies, order) in collection().prop_flat_map(|bodies| {
            let order: Vec<usize> = (0..bodies.len()).collect();
            (Just(bodies), Just(order).prop_shuffle())
        })
    ) {
        let set = set(&bodies);
        let shuffled: Vec<Article> = order.iter().map(|&at| set.articles()[at].clone()).collect();
        let again = ArticleSet::new(&shuffled, Default::default()).unwrap();
        let config = LinkConfig::default();
        prop_assert_eq!(find_links(&set, &config).unwrap(), find_links(&again, &config).unwrap());
    }

    /// Renaming the articles in reverse exchanges the sides of every link and changes nothing else.
    #[test]
    fn the_names_of_the_articles_change_only_which_is_a(bodies in collection()) {
        let last = bodies.len() - 1;
        let reversed: Vec<Vec<usize>> = bodies.iter().rev().cloned().collect();
        let (forward, backward) = (links(&bodies), links(&reversed));
        let mut mirrored: Vec<(usize, usize)> =
            pairs(&backward).into_iter().map(|(a, b)| (last - b, last - a)).collect();
        mirrored.sort_unstable();
        prop_assert_eq!(pairs(&forward), mirrored);
        for link in &forward.links {
            let other = backward.links.iter().find(|l| (l.a, l.b) == (last - link.b, last - link.a));
            let other = other.unwrap();
            prop_assert_eq!(link.kind, other.kind);
            let formula = |link: &Link| link.explanation.figures.formula;
            prop_assert_eq!(formula(link), formula(other));
            prop_assert_eq!(link.explanation.resemblance, other.explanation.resemblance);
            prop_assert_eq!(link.explanation.containment_a, other.explanation.containment_b);
            let mut sides: Vec<_> =
                other.passages.iter().map(|p| (p.b.clone(), p.a.clone(), p.evidence)).collect();
            sides.sort_by_key(|(a, ..)| a.tokens.start);
            let own: Vec<_> =
                link.passages.iter().map(|p| (p.a.clone(), p.b.clone(), p.evidence)).collect();
            prop_assert_eq!(own, sides);
        }
    }
}

#[cfg(feature = "rayon")]
#[test]
fn the_number_of_threads_changes_nothing() {
    let bodies: Vec<Vec<usize>> = (0..600)
        .map(|at| [fresh(500 * (at % 40), 60), fresh(50_000 + 100 * at, at % 70)].concat())
        .collect();
    let set = set(&bodies);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| find_links(&set, &LinkConfig::default()).unwrap())
    };
    let one = with(1);
    assert!(one.links.len() > 1000);
    assert_eq!(one, with(2));
    assert_eq!(one, with(8));
}

#[test]
fn a_dispatch_in_a_host_of_500_other_words_is_a_copy() {
    let dispatch = fresh(0, 120);
    let host = [fresh(1000, 250), dispatch.clone(), fresh(2000, 250)].concat();
    let found = links(&[dispatch, host]);
    assert_eq!(pairs(&found), [(0, 1)]);
    let link = &found.links[0];
    assert_eq!(link.kind, LinkKind::Copy);
    assert_eq!(link.explanation.containment_a, 1.0);
    assert!(link.explanation.containment_b < 0.2 && link.explanation.resemblance < 0.2);
    assert!(link.passages[0].is_verbatim());
}

#[test]
fn a_passage_runs_over_a_caption_that_is_no_body() {
    let (first, caption, second) = (said(&fresh(0, 40)), "Légende: é—à", said(&fresh(40, 40)));
    let original = format!("{first} {caption} {second}");
    let body = vec![
        Span::new(0, first.len()).unwrap(),
        Span::new(original.len() - second.len(), original.len()).unwrap(),
    ];
    let with_caption = Article::from_spans("a", original.as_str(), body).unwrap();
    let without = Article::new("b", format!("{first} {second}")).unwrap();
    let set = ArticleSet::new(&[with_caption.clone(), without], Default::default()).unwrap();
    let found = find_links(&set, &LinkConfig::default()).unwrap();
    let passage = &found.links[0].passages[0];
    assert_eq!(passage.a.span, Span::new(0, original.len()).unwrap());
    let pieces: Vec<&str> = with_caption.body_within(passage.a.span).collect();
    assert_eq!(pieces, [first.as_str(), second.as_str()]);
}

#[test]
fn empty_texts_are_linked_to_nothing_and_one_word_texts_to_their_like() {
    let bodies = [vec![], vec![], vec![7], vec![7], vec![8]];
    assert_eq!(pairs(&links(&bodies)), [(2, 3)]);
}

#[test]
fn small_groups_of_identical_texts_are_linked_in_all_pairs_and_large_ones_as_a_star() {
    let host = [fresh(0, 60), fresh(1000, 60)].concat();
    let small: Vec<Vec<usize>> =
        vec![fresh(0, 60); 5].into_iter().chain([host.clone(), host]).collect();
    let found = links(&small);
    assert_eq!(found.links.len(), 7 * 6 / 2);
    assert_eq!(found.statistics.identical_collapsed, 2);
    assert_eq!(found.statistics.identical_pairs_left_out, 0);

    let large = vec![fresh(0, 60); 40];
    let found = links(&large);
    assert_eq!(pairs(&found), (1..40).map(|b| (0, b)).collect::<Vec<_>>());
    assert_eq!(found.statistics.identical_pairs_left_out, 39 * 38 / 2);
}

/// All pairs would be five billion.
#[test]
fn a_hundred_thousand_identical_texts_take_linear_time() {
    let body = said(&fresh(0, 60));
    let articles: Vec<Article> =
        (0..100_000).map(|at| Article::new(format!("{at:06}"), body.as_str()).unwrap()).collect();
    let set = ArticleSet::new(&articles, Default::default()).unwrap();
    let (found, took) = timed(|| find_links(&set, &LinkConfig::default()).unwrap());
    println!("{took:?}");
    assert_eq!(found.links.len(), 99_999);
    assert!(took < Duration::from_secs(30), "{took:?}");
}

/// Each text is the same dispatch with one word of its own: no two identical, all alike, in every
/// bucket together.
#[test]
fn twenty_thousand_texts_in_one_bucket_take_linear_time() {
    let bodies: Vec<Vec<usize>> =
        (0..20_000).map(|at| [fresh(0, 60), vec![200_000 + at]].concat()).collect();
    let set = set(&bodies);
    let (found, took) = timed(|| find_links(&set, &LinkConfig::default()).unwrap());
    println!("{took:?}, {} links, {:?}", found.links.len(), found.statistics);
    assert!(took < Duration::from_secs(60), "{took:?}");
    assert!(found.statistics.pairs_over_cap > 100_000_000);
    // Every text is linked to one: the anchor of its context.
    let mut linked = vec![0; 20_000];
    for link in &found.links {
        linked[link.a] += 1;
        linked[link.b] += 1;
    }
    assert!(linked.contains(&19_999));
}

/// Rule of the design: a window is formula by its contexts, not by how many texts reprint it.
#[test]
fn a_dispatch_reprinted_by_200_hosts_is_no_formula_and_a_phrase_in_many_texts_is() {
    let mut bodies: Vec<Vec<usize>> = (0..200)
        .map(|at| [fresh(0, 80), fresh(10_000 + 300 * at, 100 + at % 90)].concat())
        .collect();
    let reprinted = links(&bodies);
    assert_eq!(reprinted.statistics.formula_fingerprints, 0);
    assert!((1..200).all(|b| pairs(&reprinted).contains(&(0, b))));

    bodies = (0..100)
        .map(|at| {
            let own = 10_000 + 300 * at;
            [fresh(own, 15), fresh(0, 11), fresh(own + 150, 15)].concat() // short: every window counts
        })
        .collect();
    let phrase = links(&bodies);
    assert!(phrase.statistics.formula_fingerprints > 0);
    assert!(phrase.statistics.unselective_fingerprints > 0, "100 contexts are over the cap of 60");
    // The index proposes none of the 4,950 pairs; a band may, by the luck of the hash functions (J = .1).
    assert!(phrase.links.len() < 50, "{} links", phrase.links.len());
    assert!(phrase.links.iter().all(|link| !link.kind.makes_dispatches()));
}

#[test]
fn settings_outside_their_range_are_errors() {
    let default = LinkConfig::default;
    let half = Jaccard::new(0.5).unwrap();
    for refused in [
        default().with_min_evidence(f64::NAN),
        default().with_min_passage_evidence(-0.1),
        default().with_min_matched_tokens(3),
        default().with_min_density(1.1),
        default().with_max_document_frequency(2),
        default().with_posting_cap(1),
        default().with_identical_pairs_cap(0),
        default().with_resemblance(half, 1.5, 128),
        default().with_resemblance(Jaccard::new(0.01).unwrap(), 0.999, 8),
        default().with_resemblance(half, 0.99, 7),
    ] {
        assert!(refused.unwrap_err().is_config());
    }
}
