//! Which pairs of articles are compared: those that share one of their heaviest terms, never all.

use super::Granularity;
use super::clustering::{Period, Relation};
use super::linkage::Closeness;
use super::period::days_apart;
use super::similarity::{Compared, MOST_DAYS, Similarity};
use super::term_index::{Index, Scores, heaviest, keep_first};
use crate::parallel;
use crate::timestamp::DAY;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Candidates kept of an article, the best by the terms they share.
pub(super) const MOST_CANDIDATES: usize = 64;

/// What the heaviest terms of two articles must have in common, as part of a cosine, for one to find
/// the other. Three quarters of the candidate pairs of generated articles were under it, and two
/// fifths of those of the RSS week, of which 1 in 600 has texts as alike as 0.3, half of what merges.
/// No figure of a labelled set moves, nor does one at 0.04.
const LEAST_SHARED: f32 = 0.03;

/// The pairs of a set that are compared.
pub(super) struct Candidates<'s> {
    similarity: &'s Similarity,
    lists: Vec<Vec<u32>>,
    /// How alike the texts of each article and its candidates are: the same values as
    /// [`Similarity::text_of_pair`], which the clustering asks for two to four times.
    texts: Vec<Vec<f64>>,
    /// The same of others that each article was compared with while groups were merged: half of what
    /// one granularity asks the one before has asked.
    met: Vec<Mutex<Vec<(u32, f64)>>>,
    /// Terms that too many articles have.
    pub(super) long_lists: usize,
}

impl<'s> Candidates<'s> {
    /// Every two articles that share enough of their [`TERMS_INDEXED`](super::term_index::TERMS_INDEXED)
    /// heaviest words ([`LEAST_SHARED`]) and are not surely too far apart in time are candidates, as long
    /// as each has fewer than [`MOST_CANDIDATES`] better ones; of a word that too many articles have, those
    /// nearest in time are looked at. Linked articles are candidates whatever their words. Articles of
    /// one text and one event have those of the one that stands for them.
    ///
    /// Cost: O(articles · terms · list length), bounded by the caps; of a list only the articles of
    /// the days around are read.
    pub(super) fn of_all(similarity: &'s Similarity) -> Candidates<'s> {
        let order = TimeOrder::of(similarity);
        let index = index(similarity, &order);
        let count = similarity.vectors.article_count();
        let best = parallel::map_with(
            count,
            || Scores::new(count),
            |scores, article| match article as u32 {
                article if similarity.identical.is_stood_for(article) => Vec::new(),
                article => best(&index, &order, article, similarity, scores),
            },
        );
        let found = || {
            let found = best.iter().enumerate();
            found
                .flat_map(|(article, others)| others.iter().map(move |&it| (article as u32, it)))
                .chain(similarity.reuse.keys().copied())
        };
        // Counted first: lists that grow were moved three times each.
        let mut counts = vec![0_usize; count];
        for article in found().flat_map(|(a, b)| [a, b]) {
            if let Some(count) = counts.get_mut(article as usize) {
                *count += 1;
            }
        }
        let mut lists: Vec<Vec<u32>> = counts.into_iter().map(Vec::with_capacity).collect();
        for (a, b) in found() {
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
        Candidates { long_lists: index.long_lists(), ..Candidates::compared(similarity, lists) }
    }

    /// Every two articles, to compare with.
    #[cfg(test)]
    pub(super) fn all_pairs(similarity: &'s Similarity) -> Candidates<'s> {
        let count = similarity.vectors.article_count() as u32;
        let others = |article| (0..count).filter(|&other| other != article).collect();
        Candidates::compared(similarity, (0..count).map(others).collect())
    }

    fn compared(similarity: &'s Similarity, lists: Vec<Vec<u32>>) -> Candidates<'s> {
        let greater = parallel::map_with(lists.len(), Compared::default, |compared, article| {
            let others = lists.get(article).map_or(&[][..], Vec::as_slice);
            let first = others.partition_point(|&other| other as usize <= article);
            let greater = others.get(first..).unwrap_or_default();
            let mut texts = Vec::with_capacity(greater.len());
            similarity.texts_beside(article as u32, greater, compared, |_, text| texts.push(text));
            texts
        });
        let mut texts: Vec<Vec<f64>> =
            lists.iter().map(|list| Vec::with_capacity(list.len())).collect();
        for (article, greater) in greater.into_iter().enumerate() {
            // Those of smaller number, which ascend, have put theirs here before.
            let list = lists.get(article).map_or(&[][..], Vec::as_slice);
            let first = list.len().saturating_sub(greater.len());
            for (&other, &text) in list.iter().skip(first).zip(&greater) {
                if let Some(texts) = texts.get_mut(other as usize) {
                    texts.push(text);
                }
            }
            if let Some(texts) = texts.get_mut(article) {
                texts.extend(greater);
            }
        }
        let met = lists.iter().map(|_| Mutex::default()).collect();
        Candidates { similarity, lists, texts, met, long_lists: 0 }
    }

    /// The candidates of an article, ascending.
    pub(super) fn of(&self, article: u32) -> &[u32] {
        self.lists.get(article as usize).map_or(&[], Vec::as_slice)
    }

    /// The similarities they are compared by.
    pub(super) fn similarity(&self) -> &'s Similarity {
        self.similarity
    }

    /// The candidates as a granularity sees them.
    pub(super) fn at(&self, granularity: Granularity) -> CandidatesAt<'_> {
        CandidatesAt { candidates: self, closeness: Closeness::of(granularity) }
    }

    /// How alike two texts are, with what links say of them and without time.
    fn text(&self, a: u32, b: u32) -> f64 {
        self.known(a, b).unwrap_or_else(|| self.similarity.text_of_pair(a, b))
    }

    fn known(&self, a: u32, b: u32) -> Option<f64> {
        let place = self.of(a).binary_search(&b).ok()?;
        self.texts_of(a).get(place).copied()
    }

    /// Parallel to the candidates of an article.
    fn texts_of(&self, article: u32) -> &[f64] {
        self.texts.get(article as usize).map_or(&[], Vec::as_slice)
    }

    /// How alike the texts of an article and each of `others` are, over `texts`.
    fn texts_beside(
        &self,
        article: u32,
        others: &[u32],
        compared: &mut Compared,
        texts: &mut Vec<f64>,
    ) {
        let (list, known) = (self.of(article), self.texts_of(article));
        // Held while texts are compared, by this thread alone: no work is spread in here, and no other
        // lock is taken. What a thread that panicked has left in it is true.
        let mut unshared = Vec::new();
        let lock = self.met.get(article as usize).map(Mutex::lock);
        let mut guard = lock.map(|met| met.unwrap_or_else(PoisonError::into_inner));
        let met = guard.as_deref_mut().unwrap_or(&mut unshared);
        // A table of those met before is worth it for many.
        let has_met_many = others.len() * met.len() > WORTH_A_TABLE;
        if has_met_many {
            compared.known.hold(met.iter().map(|met| met.0));
        }
        let (mut unknown, mut places) = (Vec::new(), Vec::new());
        texts.clear();
        for (place, &other) in others.iter().enumerate() {
            let candidate = list.binary_search(&other).ok().and_then(|at| known.get(at)).copied();
            let text = candidate.or_else(|| {
                let at = match has_met_many {
                    true => compared.known.get(other),
                    false => met.iter().position(|met| met.0 == other),
                };
                met.get(at?).map(|met| met.1)
            });
            if text.is_none() {
                unknown.push(other);
                places.push(place);
            }
            texts.push(text.unwrap_or_default());
        }
        let mut places = places.into_iter();
        self.similarity.texts_beside(article, &unknown, compared, |other, text| {
            if let Some(place) = places.next().and_then(|place| texts.get_mut(place)) {
                *place = text;
            }
            if met.len() < MOST_MET {
                met.push((other, text));
            }
        });
    }
}

/// Comparisons of numbers that take as long as to fill a table.
const WORTH_A_TABLE: usize = 256;

/// Articles that are no candidates of an article and are remembered to have been compared with it.
const MOST_MET: usize = 2 * MOST_CANDIDATES;

/// Candidates, and how alike they are at one granularity.
#[derive(Clone, Copy)]
pub(super) struct CandidatesAt<'c> {
    candidates: &'c Candidates<'c>,
    closeness: Closeness,
}

impl CandidatesAt<'_> {
    /// The candidates of an article, ascending.
    pub(super) fn of(&self, article: u32) -> &[u32] {
        self.candidates.of(article)
    }

    /// What the texts are compared by.
    pub(super) fn similarity(&self) -> &Similarity {
        self.candidates.similarity
    }

    /// Similarity of two articles: that of the texts, less what the distance in time takes away.
    pub(super) fn alike(&self, a: u32, b: u32) -> f64 {
        self.in_time(a, b, self.candidates.text(a, b))
    }

    fn in_time(&self, a: u32, b: u32, text: f64) -> f64 {
        if text <= 0.0 {
            return 0.0;
        }
        let similarity = self.candidates.similarity;
        let time = |article: u32| similarity.times.get(article as usize).copied();
        match time(a).zip(time(b)).and_then(|(a, b)| days_apart(a, b)) {
            Some(days) => text * self.closeness.at(days),
            None => self.closeness.by_numbers(text, similarity.agreement_of_numbers(a, b)),
        }
    }
}

impl Relation for CandidatesAt<'_> {
    fn similarity(&self, a: u32, b: u32) -> f64 {
        self.alike(a, b)
    }

    fn similarities(&self, a: u32, others: &[u32], kept: &mut Compared, values: &mut Vec<f64>) {
        self.candidates.texts_beside(a, others, kept, values);
        for (&b, value) in others.iter().zip(values) {
            *value = self.in_time(a, b, *value);
        }
    }

    fn candidates(&self, a: u32) -> &[u32] {
        self.of(a)
    }

    fn period(&self, a: u32) -> Option<Period> {
        Period::of(*self.candidates.similarity.times.get(a as usize)?)
    }
}

/// The heaviest words of the articles, in the order of time.
fn index(similarity: &Similarity, order: &TimeOrder) -> Index {
    let heaviest = parallel::map_items(&order.articles, |&article| {
        if similarity.identical.is_stood_for(article) {
            return Vec::new();
        }
        let article = similarity.vectors.article(article);
        article.map_or_else(Vec::new, |article| heaviest(article.words().entries()))
    });
    Index::of(heaviest, similarity.vectors.term_count())
}

/// Candidates by shared terms alone that are weighed by time first; the worst of the best
/// [`MOST_CANDIDATES`] of them spares most others the weighing.
const WEIGHED_FIRST: usize = 8 * MOST_CANDIDATES;

/// The best candidates of an article, in whatever order; ties go to the smaller number.
fn best(
    index: &Index,
    order: &TimeOrder,
    article: u32,
    similarity: &Similarity,
    scores: &mut Scores,
) -> Vec<u32> {
    let windows = order.around(similarity, article);
    let rank = order.rank(article);
    let mut touched: Vec<(u32, f64)> = index
        .sharing(rank, &windows, LEAST_SHARED, scores)
        .filter_map(|(rank, score)| Some((*order.articles.get(rank as usize)?, f64::from(score))))
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
        let count = similarity.vectors.article_count();
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

    /// The place of an article; for one that has none a rank that nobody has.
    fn rank(&self, article: u32) -> u32 {
        self.ranks.get(article as usize).copied().unwrap_or(self.articles.len() as u32)
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

#[cfg(test)]
mod floor_tests;
#[cfg(test)]
mod tests;
