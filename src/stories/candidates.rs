//! Which pairs of articles are compared: those that share one of their heaviest terms, never all.

use super::clustering::{Period, Relation};
use super::similarity::Similarity;
use super::vectors::Vector;
use crate::parallel;
use std::cmp::Ordering;

/// Heaviest terms by which an article is found.
pub(super) const TERMS_INDEXED: usize = 24;

/// Candidates kept of an article, the best by the terms they share.
pub(super) const MOST_CANDIDATES: usize = 64;

/// Articles that are looked at of one term. The term of a longer list says little: it is in its
/// language's or the collection's everyday words.
const LONGEST_LIST: usize = 4_000;

/// The pairs of a set that are compared.
pub(super) struct Candidates<'s> {
    similarity: &'s Similarity,
    lists: Vec<Vec<u32>>,
}

impl<'s> Candidates<'s> {
    /// Every two articles that share one of their [`TERMS_INDEXED`] heaviest words and are not
    /// surely too far apart in time are candidates, as long as each has fewer than
    /// [`MOST_CANDIDATES`] better ones and the word is among the heaviest of no more than
    /// [`LONGEST_LIST`] articles. Linked articles are candidates whatever their words.
    ///
    /// Cost: O(articles · terms · list length), bounded by the caps.
    pub(super) fn of_all(similarity: &'s Similarity) -> Candidates<'s> {
        let index = Index::of(similarity);
        let count = similarity.vectors.articles.len();
        let best = parallel::map_with(
            count,
            || Scores::new(count),
            |scores, article| index.best(article as u32, similarity, scores),
        );
        let found = best.iter().enumerate();
        let mut pairs: Vec<(u32, u32)> = found
            .flat_map(|(article, others)| others.iter().map(move |&other| (article as u32, other)))
            .chain(similarity.reuse.keys().copied())
            .flat_map(|(a, b)| [(a, b), (b, a)])
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let mut lists = vec![Vec::new(); count];
        for (article, other) in pairs {
            if let Some(list) = lists.get_mut(article as usize) {
                list.push(other);
            }
        }
        Candidates { similarity, lists }
    }

    /// Every two articles, to compare with.
    #[cfg(test)]
    pub(super) fn all_pairs(similarity: &'s Similarity) -> Candidates<'s> {
        let count = similarity.vectors.articles.len() as u32;
        let others = |article| (0..count).filter(|&other| other != article).collect();
        Candidates { similarity, lists: (0..count).map(others).collect() }
    }

    /// The candidates of an article, ascending.
    pub(super) fn of(&self, article: u32) -> &[u32] {
        self.lists.get(article as usize).map_or(&[], Vec::as_slice)
    }

    /// The similarities they are compared by.
    pub(super) fn similarity(&self) -> &'s Similarity {
        self.similarity
    }
}

impl Relation for Candidates<'_> {
    fn similarity(&self, a: u32, b: u32) -> f64 {
        self.similarity.of(a, b)
    }

    fn candidates(&self, a: u32) -> &[u32] {
        self.of(a)
    }

    fn period(&self, a: u32) -> Option<Period> {
        let published = self.similarity.times.get(a as usize)?;
        let (from, to) = (published.earliest()?, published.latest()?);
        Some(Period { from: from.unix_seconds(), to: to.unix_seconds() })
    }
}

/// The articles of each term, ascending, with the term's weight there.
struct Index {
    lists: Vec<Vec<(u32, f32)>>,
}

impl Index {
    fn of(similarity: &Similarity) -> Index {
        let mut lists = vec![Vec::new(); similarity.vectors.term_count()];
        for (article, vectors) in similarity.vectors.articles.iter().enumerate() {
            for (term, weight) in heaviest(&vectors.words) {
                if let Some(list) = lists.get_mut(term as usize) {
                    list.push((article as u32, weight));
                }
            }
        }
        Index { lists }
    }

    /// The best candidates of an article, in whatever order; ties go to the smaller number.
    fn best(&self, article: u32, similarity: &Similarity, scores: &mut Scores) -> Vec<u32> {
        let Some(vectors) = similarity.vectors.articles.get(article as usize) else {
            return Vec::new();
        };
        for (term, weight) in heaviest(&vectors.words) {
            let list = self.lists.get(term as usize).filter(|list| list.len() <= LONGEST_LIST);
            for &(other, other_weight) in list.into_iter().flatten().filter(|o| o.0 != article) {
                scores.add(other, weight * other_weight);
            }
        }
        let mut found: Vec<(u32, f64)> = scores
            .take()
            .map(|(other, score)| (other, f64::from(score) * similarity.nearness(article, other).0))
            .filter(|&(_, score)| score > 0.0)
            .collect();
        keep_first(&mut found, MOST_CANDIDATES, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.into_iter().map(|(other, _)| other).collect()
    }
}

/// The heaviest terms of a vector, heaviest first.
pub(super) fn heaviest(vector: &Vector) -> Vec<(u32, f32)> {
    let heavier = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    let mut entries = vector.entries().to_vec();
    keep_first(&mut entries, TERMS_INDEXED, heavier);
    entries.sort_unstable_by(heavier);
    entries
}

/// Keeps the first `count` in the order of `compare`, in whatever order. O(items), where a sort of
/// thousands of candidates of which 64 stay was a seventh of the stage.
fn keep_first<T>(items: &mut Vec<T>, count: usize, compare: impl Fn(&T, &T) -> Ordering) {
    if items.len() > count {
        items.select_nth_unstable_by(count, compare);
        items.truncate(count);
    }
}

/// Sums by article, in one array that is cleared by what was touched.
struct Scores {
    sums: Vec<f32>,
    touched: Vec<u32>,
}

impl Scores {
    fn new(articles: usize) -> Scores {
        Scores { sums: vec![0.0; articles], touched: Vec::new() }
    }

    fn add(&mut self, article: u32, score: f32) {
        if let Some(sum) = self.sums.get_mut(article as usize) {
            if *sum == 0.0 {
                self.touched.push(article);
            }
            *sum += score;
        }
    }

    fn take(&mut self) -> impl Iterator<Item = (u32, f32)> + '_ {
        let sums = &mut self.sums;
        self.touched.drain(..).map(move |article| {
            (article, sums.get_mut(article as usize).map_or(0.0, std::mem::take))
        })
    }
}

#[cfg(test)]
mod tests;
