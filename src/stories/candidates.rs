//! Which pairs of articles are compared: those that share one of their heaviest terms, never all.

use super::clustering::{Period, Relation};
use super::similarity::{MOST_DAYS, Similarity};
use super::vectors::Vector;
use crate::parallel;
use crate::timestamp::DAY;
use std::cmp::Ordering;
use std::ops::Range;

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
    /// How alike each article and its candidates of greater number are: the same values as
    /// [`Similarity::of`], which the clustering asks for two to four times.
    alike: Vec<Vec<f64>>,
}

impl<'s> Candidates<'s> {
    /// Every two articles that share one of their [`TERMS_INDEXED`] heaviest words and are not
    /// surely too far apart in time are candidates, as long as each has fewer than
    /// [`MOST_CANDIDATES`] better ones and the word is among the heaviest of no more than
    /// [`LONGEST_LIST`] articles. Linked articles are candidates whatever their words.
    ///
    /// Cost: O(articles · terms · list length), bounded by the caps; of a list only the articles of
    /// the days around are read.
    pub(super) fn of_all(similarity: &'s Similarity) -> Candidates<'s> {
        let index = Index::of(similarity);
        let count = similarity.vectors.articles.len();
        let best = parallel::map_with(
            count,
            || Scores::new(count),
            |scores, article| index.best(article as u32, similarity, scores),
        );
        let mut lists: Vec<Vec<u32>> = vec![Vec::new(); count];
        let found = best.iter().enumerate();
        let found = found
            .flat_map(|(article, others)| others.iter().map(move |&other| (article as u32, other)))
            .chain(similarity.reuse.keys().copied());
        for (a, b) in found {
            for (article, other) in [(a, b), (b, a)] {
                if let Some(list) = lists.get_mut(article as usize) {
                    list.push(other);
                }
            }
        }
        for list in &mut lists {
            list.sort_unstable();
            list.dedup();
        }
        Candidates::compared(similarity, lists)
    }

    /// Every two articles, to compare with.
    #[cfg(test)]
    pub(super) fn all_pairs(similarity: &'s Similarity) -> Candidates<'s> {
        let count = similarity.vectors.articles.len() as u32;
        let others = |article| (0..count).filter(|&other| other != article).collect();
        Candidates::compared(similarity, (0..count).map(others).collect())
    }

    fn compared(similarity: &'s Similarity, lists: Vec<Vec<u32>>) -> Candidates<'s> {
        let alike = parallel::map_ordered(lists.len(), |article| {
            let article = article as u32;
            let others = lists.get(article as usize).into_iter().flatten();
            let greater = others.filter(|&&other| other > article);
            greater.map(|&other| similarity.of(article, other)).collect()
        });
        Candidates { similarity, lists, alike }
    }

    /// The candidates of an article, ascending.
    pub(super) fn of(&self, article: u32) -> &[u32] {
        self.lists.get(article as usize).map_or(&[], Vec::as_slice)
    }

    /// The similarities they are compared by.
    pub(super) fn similarity(&self) -> &'s Similarity {
        self.similarity
    }

    /// As [`Similarity::of`].
    pub(super) fn alike(&self, a: u32, b: u32) -> f64 {
        self.known(a, b).unwrap_or_else(|| self.similarity.of(a, b))
    }

    fn known(&self, a: u32, b: u32) -> Option<f64> {
        let (a, b) = (a.min(b), a.max(b));
        let (list, alike) = (self.of(a), self.alike.get(a as usize)?);
        let greater = list.get(list.len().checked_sub(alike.len())?..)?;
        alike.get(greater.binary_search(&b).ok()?).copied()
    }
}

impl Relation for Candidates<'_> {
    fn similarity(&self, a: u32, b: u32) -> f64 {
        self.alike(a, b)
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

/// The articles of each term in the order of time, with the term's weight there.
struct Index {
    order: TimeOrder,
    /// The heaviest terms of each article.
    heaviest: Vec<Vec<(u32, f32)>>,
    /// Where the list of each term starts in `entries`, and where the last ends.
    starts: Vec<usize>,
    /// Rank in `order`, and weight.
    entries: Vec<(u32, f32)>,
}

/// Candidates by shared terms alone that are weighed by time first; the worst of the best
/// [`MOST_CANDIDATES`] of them spares most others the weighing.
const WEIGHED_FIRST: usize = 8 * MOST_CANDIDATES;

impl Index {
    fn of(similarity: &Similarity) -> Index {
        let articles = &similarity.vectors.articles;
        let heaviest = parallel::map_items(articles, |vectors| heaviest(&vectors.words));
        let order = TimeOrder::of(similarity);
        let mut starts = vec![0; similarity.vectors.term_count() + 1];
        for &(term, _) in heaviest.iter().flatten() {
            if let Some(count) = starts.get_mut(term as usize + 1) {
                *count += 1;
            }
        }
        let mut end = 0;
        for start in &mut starts {
            end += *start;
            *start = end;
        }
        let mut entries = vec![(0, 0.0); end];
        let mut next = starts.clone();
        for (rank, &article) in (0u32..).zip(&order.articles) {
            for &(term, weight) in heaviest.get(article as usize).into_iter().flatten() {
                let Some(place) = next.get_mut(term as usize) else { continue };
                if let Some(entry) = entries.get_mut(*place) {
                    *entry = (rank, weight);
                }
                *place += 1;
            }
        }
        Index { order, heaviest, starts, entries }
    }

    /// The list of a term, ascending; empty where it is over the cap.
    fn list(&self, term: u32) -> &[(u32, f32)] {
        let term = term as usize;
        let (Some(&start), Some(&end)) = (self.starts.get(term), self.starts.get(term + 1)) else {
            return &[];
        };
        let list = self.entries.get(start..end).unwrap_or(&[]);
        if list.len() <= LONGEST_LIST { list } else { &[] }
    }

    /// The best candidates of an article, in whatever order; ties go to the smaller number.
    fn best(&self, article: u32, similarity: &Similarity, scores: &mut Scores) -> Vec<u32> {
        let windows = self.order.around(similarity, article);
        let own = self.order.articles.len() as u32; // no rank is as great
        let own = self.order.ranks.get(article as usize).copied().unwrap_or(own);
        for &(term, weight) in self.heaviest.get(article as usize).into_iter().flatten() {
            let list = self.list(term);
            for window in &windows {
                let place = |rank: u32| list.partition_point(|entry| entry.0 < rank);
                let near = list.get(place(window.start)..place(window.end)).unwrap_or(&[]);
                for &(other, other_weight) in near.iter().filter(|entry| entry.0 != own) {
                    scores.add(other, weight * other_weight);
                }
            }
        }
        let mut touched: Vec<(u32, f64)> = scores
            .take()
            .filter_map(|(rank, score)| {
                let article = *self.order.articles.get(rank as usize)?;
                Some((article, f64::from(score)))
            })
            .collect();
        let better = |a: &(u32, f64), b: &(u32, f64)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        let rest = touched.len().min(WEIGHED_FIRST);
        if rest < touched.len() {
            touched.select_nth_unstable_by(rest, better);
        }
        let (first, rest) = touched.split_at(rest);
        let weighed = |&(other, score): &(u32, f64)| {
            let score = score * similarity.nearness(article, other).0;
            (score > 0.0).then_some((other, score))
        };
        let mut found: Vec<(u32, f64)> = first.iter().filter_map(weighed).collect();
        keep_first(&mut found, MOST_CANDIDATES, better);
        if found.len() == MOST_CANDIDATES {
            // Time only lessens a score.
            let least = found.iter().map(|found| found.1).fold(f64::INFINITY, f64::min);
            found.extend(rest.iter().filter(|other| other.1 >= least).filter_map(weighed));
        } else {
            found.extend(rest.iter().filter_map(weighed));
        }
        keep_first(&mut found, MOST_CANDIDATES, better);
        found.into_iter().map(|(other, _)| other).collect()
    }
}

/// The articles in the order of their publication, so that those of some days are a range.
struct TimeOrder {
    /// By earliest publication where it is known to the day, then the others.
    articles: Vec<u32>,
    /// The place of each article.
    ranks: Vec<u32>,
    /// The earliest publications of the former.
    earliest: Vec<i64>,
}

impl TimeOrder {
    fn of(similarity: &Similarity) -> TimeOrder {
        let count = similarity.vectors.articles.len();
        let known = |article: u32| -> Option<i64> {
            let time = similarity.times.get(article as usize)?;
            let (from, to) = (time.earliest()?.unix_seconds(), time.latest()?.unix_seconds());
            (to.saturating_sub(from) <= DAY).then_some(from)
        };
        let mut articles: Vec<u32> = (0..count as u32).collect();
        articles.sort_by_cached_key(|&article| {
            let from = known(article);
            (from.is_none(), from, article)
        });
        let mut ranks = vec![0; count];
        for (rank, &article) in (0u32..).zip(&articles) {
            if let Some(place) = ranks.get_mut(article as usize) {
                *place = rank;
            }
        }
        let earliest = articles.iter().map_while(|&article| known(article)).collect();
        TimeOrder { articles, ranks, earliest }
    }

    /// Two ranges of ranks that hold every article whose [`Similarity::nearness`] is not 0.
    fn around(&self, similarity: &Similarity, article: u32) -> [Range<u32>; 2] {
        let time = similarity.times.get(article as usize);
        let place = |seconds: i64| self.earliest.partition_point(|&from| from < seconds) as u32;
        let first = time.and_then(|time| time.earliest()).map_or(0, |from| {
            // What is known to the day ends a day after its earliest at most.
            place(from.unix_seconds().saturating_sub(MOST_SECONDS + DAY))
        });
        let dated = self.earliest.len() as u32;
        let last = time
            .and_then(|time| time.latest())
            .map_or(dated, |to| place(to.unix_seconds().saturating_add(MOST_SECONDS + 1)));
        [first..last, dated..self.articles.len() as u32]
    }
}

/// Seconds beyond which articles have no similarity.
const MOST_SECONDS: i64 = MOST_DAYS as i64 * DAY;

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
