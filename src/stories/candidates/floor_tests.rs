//! What is left out because its heaviest words share too little, against comparing all that share any.

use super::super::bonds::Bonds;
use super::super::linkage::Linkage;
use super::super::subjects::{self, of_one_subject};
use super::super::weighing::MOST_CHARACTER_TERMS;
use super::super::{StoryConfig, hierarchy_of, vectors_of};
use super::*;
use crate::article::Article;
use crate::article_set::ArticleSet;
use crate::language::{Language, of_set};
use std::collections::BTreeSet;

/// The state of xorshift64 (Marsaglia 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % count
    }

    /// Of many numbers the first ones most often, as of words.
    fn zipf(&mut self, count: usize) -> usize {
        let share = self.below(1 << 20) as f64 / f64::from(1 << 20);
        (libm::pow(count as f64, share) as usize).min(count) - 1
    }
}

/// An invented word of a number; few begin like another.
fn word(number: usize) -> String {
    let mixed = (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (0..8).map(|at| char::from(b'a' + (mixed >> (64 - 5 * (at + 1))) as u8 % 26)).collect()
}

const STORIES: usize = 30;
const ARTICLES: usize = 8;
const COMMON_WORDS: usize = 3_000;

/// Articles of 20 to 200 words, of which a twentieth to a half are of the 40 words of the article's
/// story: those of story 0, then those of story 1, ….
fn similarity(seed: u64) -> Similarity {
    let mut random = Random(seed);
    let articles: Vec<Article> = (0..STORIES * ARTICLES)
        .map(|at| {
            let (length, of_story) = (20 + random.below(181), 5 + random.below(46));
            let words: Vec<String> = (0..length)
                .map(|_| match random.below(100) < of_story {
                    true => word(COMMON_WORDS + 40 * (at / ARTICLES) + random.zipf(40)),
                    false => word(random.zipf(COMMON_WORDS)),
                })
                .collect();
            // A language without stop words and background.
            let language = Language::new("fi").unwrap();
            Article::new(format!("{at:03}"), words.join(" ")).unwrap().with_language(language)
        })
        .collect();
    let set = ArticleSet::new(&articles, Default::default()).unwrap();
    Similarity {
        vectors: vectors_of(&set, &of_set(&set)),
        times: articles.iter().map(Article::published).collect(),
        ..Similarity::default()
    }
}

/// The pairs of articles whose heaviest words share at least so much.
fn sharing(similarity: &Similarity, least: f32) -> BTreeSet<(u32, u32)> {
    let order = TimeOrder::of(similarity);
    let index = index(similarity, &order);
    let count = similarity.vectors.article_count();
    let mut scores = Scores::new(count);
    let mut pairs = BTreeSet::new();
    for article in 0..count as u32 {
        let windows = order.around(similarity, article);
        for (rank, _) in index.sharing(order.rank(article), &windows, least, &mut scores) {
            let other = order.articles[rank as usize];
            pairs.insert((article.min(other), article.max(other)));
        }
    }
    pairs
}

/// How alike the texts are of the most alike pair that a floor leaves out.
fn most_alike_left_out(similarity: &Similarity, least: f32) -> f64 {
    let (all, kept) = (sharing(similarity, f32::MIN_POSITIVE), sharing(similarity, least));
    let left_out = all.difference(&kept).map(|&(a, b)| similarity.text_of_pair(a, b));
    left_out.fold(0.0, f64::max)
}

/// Groups are merged by the mean over their pairs, so what is under the threshold merges nothing.
#[test]
fn articles_that_are_not_compared_could_not_merge_and_under_a_higher_floor_could() {
    let merges = Linkage::of(Granularity::Story).threshold;
    let seeds = [11, 12, 13, 14].map(similarity);
    let most = |least: f32| {
        seeds.iter().map(|similarity| most_alike_left_out(similarity, least)).fold(0.0, f64::max)
    };
    let found = [1.0, 2.0, 4.0, 8.0].map(|times: f32| most(times * LEAST_SHARED));
    assert!(found[0] < merges, "{found:?}");
    assert!(found[2] >= merges, "the test cannot fail: {found:?}");
}

#[test]
fn events_and_stories_are_those_of_all_pairs() {
    for seed in [11, 12, 13, 14] {
        let similarity = similarity(seed);
        let of = |candidates: &Candidates<'_>| {
            hierarchy_of(candidates, &StoryConfig::default(), &Bonds::default()).0
        };
        let (found, all) =
            (of(&Candidates::of_all(&similarity)), of(&Candidates::all_pairs(&similarity)));
        for granularity in [Granularity::Event, Granularity::Story] {
            assert_eq!(found.groups(granularity), all.groups(granularity), "{seed}");
        }
        assert!(found.groups(Granularity::Story).len() < STORIES * ARTICLES * 4 / 5);
    }
}

#[test]
fn the_halves_of_a_story_are_compared_with_each_other() {
    for seed in [11, 12] {
        let similarity = similarity(seed);
        let half = (ARTICLES / 2) as u32;
        let groups: Vec<Vec<u32>> =
            (0..2 * STORIES as u32).map(|at| (at * half..(at + 1) * half).collect()).collect();
        let found = of_one_subject(&groups, &similarity);
        for story in 0..STORIES as u32 {
            let (first, second) = (2 * story, 2 * story + 1);
            assert!(found[first as usize].contains(&second), "{story}");
            assert!(found[second as usize].contains(&first), "{story}");
        }
    }
}

/// The heaviest of as many words as an article keeps at most are a sixteenth of it where all weigh the
/// same, and more where they do not.
#[test]
fn texts_of_the_same_words_find_each_other_however_many_they_have() {
    for count in [1, 2, 24, 25, 128, MOST_CHARACTER_TERMS as u32] {
        let weight = 1.0 / (count as f32).sqrt();
        let words = heaviest((0..count).map(|term| (term, weight)));
        let index = Index::of(vec![words.clone(), words], count as usize);
        let mut scores = Scores::new(2);
        for least in [LEAST_SHARED, subjects::LEAST_SHARED] {
            let both = 0..2;
            let found = index.sharing(0, std::slice::from_ref(&both), least, &mut scores);
            assert_eq!(found.map(|found| found.0).collect::<Vec<_>>(), [1], "{count} words");
        }
    }
}
