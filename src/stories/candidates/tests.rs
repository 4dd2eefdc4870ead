//! The index against looking at every pair.

use super::super::blocks::Blocks;
use super::super::features::{ArticleTerm, Word};
use super::super::vectors::Vectors;
use super::super::word_terms::WordTerms;
use super::*;
use crate::language::Term;
use crate::timestamp::{Published, Timestamp};
use proptest::prelude::*;

const WORDS: [&str; 12] = [
    "pont", "vaire", "sourlac", "maire", "crue", "digue", "concert", "halle", "mireux", "greve",
    "gare", "train",
];

fn similarity(articles: &[(Vec<usize>, Option<i8>)]) -> Similarity {
    let all = WordTerms::of_terms(WORDS.map(Term::of).to_vec());
    let number = |word: usize| all.terms().binary_search(&Term::of(WORDS[word])).unwrap() as u32;
    let words = articles.iter().map(|(words, _)| {
        let mut words: Vec<u32> = words.iter().map(|&word| number(word)).collect();
        words.sort_unstable();
        words.dedup();
        words.into_iter().map(|word| Word::once(ArticleTerm::word(word))).collect()
    });
    let features = Blocks::of_words(&words.collect::<Vec<Vec<Word>>>());
    let times = articles.iter().map(|(_, day)| {
        let instant = day.and_then(|day| Timestamp::midnight(2026, 3, day));
        instant.map_or(Published::UNKNOWN, Published::at)
    });
    Similarity {
        vectors: Vectors::of(features, &[], &all),
        times: times.collect(),
        ..Similarity::default()
    }
}

fn sets() -> impl Strategy<Value = Vec<(Vec<usize>, Option<i8>)>> {
    let words = prop::collection::vec(0..WORDS.len(), 0..6);
    prop::collection::vec((words, prop::option::of(1_i8..31)), 0..30)
}

proptest! {
    #[test]
    fn every_pair_that_shares_a_word_and_a_time_is_a_candidate(articles in sets()) {
        let similarity = similarity(&articles);
        let found = Candidates::of_all(&similarity);
        let alike = |a: u32, b: u32| {
            let shares = articles[a as usize].0.iter().any(|w| articles[b as usize].0.contains(w));
            a != b && shares && similarity.nearness(a, b).0 > 0.0
        };
        for a in 0..articles.len() as u32 {
            let others: Vec<u32> =
                (0..articles.len() as u32).filter(|&b| alike(a, b)).collect();
            prop_assert_eq!(found.of(a), others.as_slice());
        }
    }

    #[test]
    fn a_row_of_similarities_is_each_of_them_however_often_it_is_asked(
        articles in sets(),
        order in prop::collection::vec(0_u32..30, 0..40),
    ) {
        let similarity = similarity(&articles);
        let found = Candidates::of_all(&similarity);
        let story = found.at(Granularity::Story);
        let count = articles.len() as u32;
        let others: Vec<u32> = order.iter().copied().filter(|&b| b < count).collect();
        let (mut compared, mut values) = (Compared::default(), Vec::new());
        for a in (0..count).chain(0..count) {
            story.similarities(a, &others, &mut compared, &mut values);
            let each: Vec<f64> = others.iter().map(|&b| story.alike(a, b)).collect();
            prop_assert_eq!(&values, &each);
        }
    }

    #[test]
    fn what_is_no_candidate_has_no_similarity(articles in sets()) {
        let similarity = similarity(&articles);
        let (found, all) = (Candidates::of_all(&similarity), Candidates::all_pairs(&similarity));
        for a in 0..articles.len() as u32 {
            for &b in all.of(a) {
                if found.of(a).binary_search(&b).is_err() {
                    prop_assert_eq!(similarity.of(a, b), 0.0);
                }
            }
        }
    }
}

#[test]
fn a_linked_pair_is_a_candidate_without_a_word_in_common() {
    let mut similarity = similarity(&[(vec![0], None), (vec![1], None)]);
    assert!(Candidates::of_all(&similarity).of(0).is_empty());
    similarity.reuse.insert((0, 1), super::super::similarity::Reuse::Carried(1.0));
    let found = Candidates::of_all(&similarity);
    assert_eq!((found.of(0), found.of(1)), ([1].as_slice(), [0].as_slice()));
}

#[test]
fn an_article_keeps_its_best_candidates_when_there_are_too_many() {
    // All share one word; ten share a second one with the first article.
    let articles: Vec<(Vec<usize>, Option<i8>)> =
        (0..200).map(|a| (if a < 11 { vec![0, 1] } else { vec![0, 2 + a % 9] }, None)).collect();
    let similarity = similarity(&articles);
    let order = TimeOrder::of(&similarity);
    let index = index(&similarity, &order);
    let mut best = best(&index, &order, 0, &similarity, &mut Scores::new(articles.len()));
    best.sort_unstable();
    // The ten, and of the others, which are all alike, those with the smallest ids.
    assert_eq!(best, (1..=MOST_CANDIDATES as u32).collect::<Vec<_>>());
}
