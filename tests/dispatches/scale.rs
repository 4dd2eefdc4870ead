//! Cost at size: what is linear by its documentation must stay so on the shapes that invite more.

use crate::corpus::{hour, link, passage, piece};
use crate::timing::timed;
use std::time::Duration;
use wirecopy::dispatches::{self, DispatchConfig};
use wirecopy::links::{LinkKind, Links};
use wirecopy::text::TextScheme;
use wirecopy::{Article, ArticleSet};

/// A hub and `spokes` articles that hold its words, each with words of its own unless they are identical.
fn star(spokes: usize, identical: bool) -> (ArticleSet, Links) {
    let shared = piece("shared", 0..60);
    let article = |n: usize| {
        let own = if identical { String::new() } else { piece(&format!("own{n}x"), 0..3) };
        Article::new(format!("{n:06}"), format!("{shared}{own}")).unwrap().with_published(hour(1))
    };
    let articles: Vec<Article> = (0..=spokes).map(article).collect();
    let set = ArticleSet::new(&articles, TextScheme::default()).unwrap();
    let spoke = |n: usize| link(0, n, LinkKind::Copy, vec![passage(&set, (0, 0), (n, 0), 60)]);
    let links = Links { links: (1..=spokes).map(spoke).collect(), ..Links::default() };
    (set, links)
}

fn time_of(set: &ArticleSet, links: &Links) -> Duration {
    let (found, taken) = timed(|| dispatches::form(set, links, &DispatchConfig::default()));
    assert_eq!(found.dispatches.len(), 1);
    assert_eq!(found.dispatches[0].members.len(), set.len());
    assert_eq!(found.dispatches[0].versions.len(), 1);
    assert!(found.cut_edges.is_empty());
    taken
}

#[test]
fn a_star_of_100_000_takes_linear_time() {
    for identical in [false, true] {
        let (set, links) = star(100_000, identical);
        let (small_set, small_links) = star(10_000, identical);
        let small = time_of(&small_set, &small_links);
        let large = time_of(&set, &links);
        println!("identical {identical}: 10,000 in {small:?}, 100,000 in {large:?}");
        // Quadratic would be 100 times; the rest is room for caches and a loaded machine.
        assert!(large < 40 * small + Duration::from_secs(2), "{small:?} → {large:?}");
    }
}

#[test]
fn a_chain_of_20_000_edits_never_runs_together() {
    let edit = |n: usize| {
        let text = piece("w", 20 * n as u32..20 * n as u32 + 60);
        Article::new(format!("{n:06}"), text).unwrap().with_published(hour(n as i64))
    };
    let articles: Vec<Article> = (0..20_000).map(edit).collect();
    let set = ArticleSet::new(&articles, TextScheme::default()).unwrap();
    let next =
        |n: usize| link(n, n + 1, LinkKind::Copy, vec![passage(&set, (n, 20), (n + 1, 0), 40)]);
    let links = Links { links: (0..19_999).map(next).collect(), ..Links::default() };
    let (found, taken) = timed(|| dispatches::form(&set, &links, &DispatchConfig::default()));
    println!("chain of 20,000 in {taken:?}");
    assert!(found.dispatches.iter().all(|dispatch| dispatch.members.len() <= 3));
    let verified: usize = found.dispatches.iter().map(|dispatch| dispatch.members.len() - 1).sum();
    assert_eq!(verified + found.cut_edges.len(), 19_999, "each link is inside or cut");
}

#[test]
fn a_digest_of_2_000_dispatches_with_3_copies_each_is_in_all_of_them() {
    let items = 2_000;
    let mut articles = vec![
        Article::new(
            "000000",
            (0..items).map(|n| piece(&format!("d{n}x"), 0..30)).collect::<String>(),
        )
        .unwrap(),
    ];
    for n in 0..3 * items {
        let text = piece(&format!("d{}x", n / 3), 0..30) + &piece(&format!("own{n}x"), 0..2);
        articles.push(Article::new(format!("{:06}", n + 1), text).unwrap());
    }
    let set = ArticleSet::new(&articles, TextScheme::default()).unwrap();
    let mut links = Links::default();
    for n in 0..3 * items {
        let run = passage(&set, (0, 30 * (n / 3) as u32), (n + 1, 0), 30);
        links.links.push(link(0, n + 1, LinkKind::Copy, vec![run]));
    }
    for n in 0..3 * items {
        for m in n + 1..3 * (n / 3) + 3 {
            links.links.push(link(
                n + 1,
                m + 1,
                LinkKind::Copy,
                vec![passage(&set, (n + 1, 0), (m + 1, 0), 30)],
            ));
        }
    }
    let (found, taken) = timed(|| dispatches::form(&set, &links, &DispatchConfig::default()));
    println!("digest of 2,000 in {taken:?}");
    assert_eq!(found.compilations, [0]);
    assert_eq!(found.dispatches.len(), items);
    assert_eq!(found.of(0).count(), items);
    assert!(found.cut_edges.is_empty());
}

#[test]
fn a_thousand_copies_that_are_all_linked_are_one_dispatch() {
    let copies = 1_000;
    let shared = piece("shared", 0..200);
    let article = |n: usize| {
        let own = piece(&format!("own{n}x"), 0..5);
        Article::new(format!("{n:06}"), format!("{shared}{own}")).unwrap().with_published(hour(1))
    };
    let articles: Vec<Article> = (0..copies).map(article).collect();
    let set = ArticleSet::new(&articles, TextScheme::default()).unwrap();
    let mut links = Links::default();
    for a in 0..copies {
        let copy_of = |b| link(a, b, LinkKind::Copy, vec![passage(&set, (a, 0), (b, 0), 200)]);
        links.links.extend((a + 1..copies).map(copy_of));
    }
    let taken = time_of(&set, &links);
    println!("clique of 1,000, {} links in {taken:?}", links.links.len());
}

/// A text and later ones that keep its last words under openings of their own about its first.
fn sequels(count: usize) -> (ArticleSet, Links) {
    let text = Article::new("000000", piece("w", 0..200)).unwrap().with_published(hour(0));
    let sequel = |n: usize| {
        let again: String = (0..40)
            .map(|m| piece("w", (n + 3 * m) as u32 % 100..(n + 3 * m) as u32 % 100 + 1))
            .collect();
        let words = again + &piece("w", 140..200);
        Article::new(format!("{n:06}"), words).unwrap().with_published(hour(1))
    };
    let articles: Vec<Article> = std::iter::once(text).chain((1..=count).map(sequel)).collect();
    let set = ArticleSet::new(&articles, TextScheme::default()).unwrap();
    let kept = |n: usize| link(0, n, LinkKind::Copy, vec![passage(&set, (0, 140), (n, 40), 60)]);
    let links = Links { links: (1..=count).map(kept).collect(), ..Links::default() };
    (set, links)
}

#[test]
fn a_text_of_50_000_sequels_takes_linear_time() {
    let (set, links) = sequels(50_000);
    let (small_set, small_links) = sequels(5_000);
    let small = time_of(&small_set, &small_links);
    let large = time_of(&set, &links);
    println!("sequels: 5,000 in {small:?}, 50,000 in {large:?}");
    assert!(large < 40 * small + Duration::from_secs(2), "{small:?} → {large:?}");
}

#[test]
fn hosts_that_share_300_texts_are_not_read_once_for_each() {
    let (texts, hosts, words) = (300, 20, 100u32);
    let text = |n: usize| piece(&format!("t{n}x"), 0..words);
    let all: String = (0..texts).map(text).collect();
    let host = |n: usize| all.clone() + &piece(&format!("own{n}x"), 0..3);
    let article = |n: usize, text: String| {
        Article::new(format!("{n:06}"), text).unwrap().with_published(hour(1))
    };
    let articles: Vec<Article> = (0..texts)
        .map(|n| article(n, text(n)))
        .chain((0..hosts).map(|n| article(texts + n, host(n))))
        .collect();
    let set = ArticleSet::new(&articles, TextScheme::default()).unwrap();
    let mut links = Links::default();
    for host in texts..texts + hosts {
        let part = |n: usize| passage(&set, (n, 0), (host, words * n as u32), words);
        links.links.extend((0..texts).map(|n| link(n, host, LinkKind::Copy, vec![part(n)])));
        let whole = |other| passage(&set, (host, 0), (other, 0), words * texts as u32);
        let others = host + 1..texts + hosts;
        links
            .links
            .extend(others.map(|other| link(host, other, LinkKind::Copy, vec![whole(other)])));
    }
    let (found, taken) = timed(|| dispatches::form(&set, &links, &DispatchConfig::default()));
    println!("20 hosts of 300 texts in {taken:?}");
    assert_eq!(found.dispatches.len(), texts);
    assert!(found.dispatches.iter().all(|d| !d.common_source_missing));
    assert!(taken < Duration::from_secs(4), "{taken:?}");
}
