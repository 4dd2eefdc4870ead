//! Articles → verified links, each stage on the result of the one before.

use std::collections::HashSet;
use std::rc::Rc;

use wirecopy::links::{LinkConfig, Links, find_links};
use wirecopy::text::TextScheme;
use wirecopy::{Article, ArticleSet};

use super::{Amount, Task};
use crate::fixture::{articles, planted};

const ARTICLES: usize = 1_000;

pub(crate) fn tasks() -> Vec<Task> {
    let articles = articles(ARTICLES);
    let bytes = articles.iter().map(|article| article.original().len() as u64).sum();
    let amount = Amount { elements: ARTICLES as u64, unit: "articles", bytes };
    let set = Rc::new(set_of(&articles));
    assert_linked(&links_of(&set));
    vec![
        Task::new(format!("{ARTICLES}_articles"), amount)
            .variant("tokenise", move || set_of(&articles).len())
            .variant("find_links", move || links_of(&set).links.len()),
    ]
}

fn set_of(articles: &[Article]) -> ArticleSet {
    ArticleSet::new(articles, TextScheme::default()).expect("ids are unique")
}

fn links_of(set: &ArticleSet) -> Links {
    find_links(set, &LinkConfig::default()).expect("the default configuration is valid")
}

/// Nearly all planted copies are linked, and what is called a copy was planted. Furniture and phrases make other links.
fn assert_linked(links: &Links) {
    let linked: HashSet<(usize, usize)> = links.links.iter().map(|link| (link.a, link.b)).collect();
    let truth = planted(ARTICLES);
    let (mut found, mut all) = (0, 0);
    // Texts of equal tokens are linked through the first of them alone.
    for pair in truth.iter().filter(|pair| pair.jaccard < 1.0 && pair.containment >= 0.8) {
        all += 1;
        found += usize::from(linked.contains(&(pair.a, pair.b)));
    }
    assert!(all > 50 && found * 100 >= all * 98, "{found} of {all} copies are linked");
    let planted: HashSet<(usize, usize)> = truth.iter().map(|pair| (pair.a, pair.b)).collect();
    let copies: Vec<_> = links.links.iter().filter(|link| link.kind.makes_dispatches()).collect();
    let strange: Vec<_> =
        copies.iter().filter(|link| !planted.contains(&(link.a, link.b))).collect();
    assert!(strange.len() * 100 <= copies.len(), "not planted: {strange:?}");
}
