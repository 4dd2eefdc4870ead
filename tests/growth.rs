//! How the work grows with the number of articles: counted where it can be, and in processor time where not.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use cpu_time::ProcessTime;
use wirecopy::links::{LinkConfig, LinkStatistics, find_links};
use wirecopy::text::TextScheme;
use wirecopy::{Article, ArticleSet};

/// Hosts that hold every short article.
const HOSTS: usize = 20;

/// A short article of 60 words that no other has.
fn short(number: usize) -> String {
    let words: Vec<String> = (0..60).map(|word| format!("mot{number}x{word}")).collect();
    words.join(" ")
}

/// The short articles, and hosts that hold all of them, each from another on.
fn hosted(shorts: usize) -> ArticleSet {
    let texts: Vec<String> = (0..shorts).map(short).collect();
    let hosts = (0..HOSTS).map(|host| {
        let mut order = texts.clone();
        order.rotate_left(host * shorts / HOSTS);
        Article::new(format!("host {host:02}"), order.join("\n\n")).unwrap()
    });
    let short =
        |(at, text): (usize, &String)| Article::new(format!("short {at:04}"), text.as_str());
    let articles: Vec<Article> =
        hosts.chain(texts.iter().enumerate().map(|at| short(at).unwrap())).collect();
    ArticleSet::new(&articles, TextScheme::default()).unwrap()
}

/// Least processor time of three runs on one thread, and what was counted.
fn measured(set: &ArticleSet) -> (f64, usize, LinkStatistics) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    pool.install(|| {
        let runs = (0..3).map(|_| {
            let start = ProcessTime::now();
            let found = find_links(set, &LinkConfig::default()).unwrap();
            (start.elapsed().as_secs_f64(), found.links.len(), found.statistics)
        });
        runs.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap()
    })
}

#[test]
fn twice_as_many_articles_in_each_of_twenty_hosts_are_twice_the_work() {
    let (few, many) = (hosted(150), hosted(300));
    let (few_seconds, few_links, few) = measured(&few);
    let (many_seconds, many_links, many) = measured(&many);
    // Every short article in every host, and the hosts with each other; nothing else is aligned.
    let between_hosts = (HOSTS * (HOSTS - 1) / 2) as u64;
    assert_eq!(few.pairs_aligned, (150 * HOSTS) as u64 + between_hosts);
    assert_eq!(many.pairs_aligned, (300 * HOSTS) as u64 + between_hosts);
    assert_eq!(few_links as u64, few.pairs_aligned);
    assert_eq!(many_links as u64, many.pairs_aligned);
    // A host that is read for each of its articles is four times the work.
    let ratio = many_seconds / few_seconds;
    assert!(ratio < 3.2, "{few_seconds:.3} s, then {many_seconds:.3} s: {ratio:.2} times as long");
}
