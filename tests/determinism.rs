//! Rule 1: same articles and configuration, same bytes, whatever the input order and the number of threads.

mod common;

use common::Generator;
use wirecopy::{Article, Published, Timestamp};

fn report_bytes(articles: &[Article]) -> Vec<u8> {
    let grouping = wirecopy::group(articles).expect("generated articles group");
    serde_json::to_vec(&grouping.report()).expect("a report serialises")
}

fn in_pool<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .expect("a pool of a few threads")
        .install(work)
}

/// Fifty input orders, each with 1, 2 and 8 threads in turn, of articles with tied dates and scores.
#[test]
fn fifty_shuffles_and_any_thread_count_give_the_same_bytes() {
    assert_same_bytes(articles(400, 11), 50);
}

/// So many articles that lists are cut at their caps, topics are joined by samples of their members and work is
/// handed to threads in parts. What the orders alone can change shows in the fifty shuffles above.
#[test]
fn five_thousand_articles_shuffled_on_two_and_on_eight_threads_give_the_same_bytes() {
    assert_same_bytes(articles(5_000, 11), 2);
}

/// The report of `articles` on one thread, and of `rounds` shuffles on 2, 8, 1, 2 … threads.
fn assert_same_bytes(mut articles: Vec<Article>, rounds: usize) {
    let expected = in_pool(1, || report_bytes(&articles));
    assert!(expected.len() > 200 * articles.len(), "an answer worth comparing");
    let mut generator = Generator::new(12);
    for round in 0..rounds {
        shuffle(&mut generator, &mut articles);
        let threads = [2, 8, 1][round % 3];
        let bytes = in_pool(threads, || report_bytes(&articles));
        assert!(
            bytes == expected,
            "shuffle {round} with {threads} threads differs from byte {:?}",
            bytes.iter().zip(&expected).position(|(a, b)| a != b)
        );
    }
}

fn shuffle<T>(generator: &mut Generator, items: &mut [T]) {
    for last in (1..items.len()).rev() {
        items.swap(last, generator.below(last + 1));
    }
}

/// `count` articles: four in ten are copies of others, whole, cut, inside a host or with words changed; publication days
/// are few, so dates and scores are tied throughout.
fn articles(count: usize, seed: u64) -> Vec<Article> {
    let mut generator = Generator::new(seed);
    let start = Timestamp::parse("2026-03-02T00:00:00Z").expect("a valid instant");
    let mut bodies: Vec<String> = Vec::with_capacity(count);
    for number in 0..count {
        let topic = generator.below(count / 6 + 1);
        let length = 40 + generator.below(160);
        let fresh = common::body(&mut generator, length, topic);
        let text = if bodies.is_empty() || generator.below(10) >= 4 {
            fresh
        } else {
            let original = &bodies[generator.below(number)];
            match generator.below(4) {
                0 => original.clone(),
                1 => original.split_inclusive(". ").skip(1).collect(),
                2 => format!("{fresh}\n\n{original}"),
                _ => original.replace(" ro ", " vel ").replace(" sou ", " "),
            }
        };
        bodies.push(text);
    }
    bodies
        .into_iter()
        .enumerate()
        .map(|(number, text)| {
            let day = generator.below(3) as i64;
            let published = match generator.below(5) {
                0 => Published::UNKNOWN,
                _ => Published::at(start.plus_seconds(day * wirecopy::DAY)),
            };
            Article::new(format!("article-{number:06}"), text)
                .expect("a generated article is valid")
                .with_title(format!("Titre {}", number % 17))
                .with_outlet(format!("Outlet {}", number % 23))
                .with_published(published)
        })
        .collect()
}
