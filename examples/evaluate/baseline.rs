//! The baseline of stories: average link on plain TF-IDF.
//!
//! Words of title and text, folded and stemmed, (1 + ln tf) · background idf, cosine; clusters are merged in the order of their
//! mean similarity down to a threshold. It knows no dates, names or reuse.
//!
//! Like the method it is a yardstick for, it has one threshold for all sets, [`DEFAULT`]. Beside that it is scored at the
//! threshold that is best on the very set: no fair rival, but who beats that beats it for certain.

use crate::Failure;
use std::collections::BTreeMap;
use wirecopy::eval::{Partition, bcubed};
use wirecopy::language::{Language, Weigher, of_set};
use wirecopy::{Article, ArticleSet};

/// More documents than this would need more than 300 MB of similarities.
const MOST: usize = 6_000;

/// The middle of what scores best on ECB+ (.23), a week (.25) and a day (.29) of French items.
const DEFAULT: f64 = 0.25;

/// A partition and the threshold that it was cut at.
pub(crate) type Cut = (Partition, f64);

/// The baseline at its one threshold and at the best for this set; `None` for too many articles. `gold` is a label for each
/// article, `None` for those that are not scored.
pub(crate) fn baseline(
    articles: &[Article],
    gold: &[Option<&str>],
) -> Result<Option<(Cut, Cut)>, Failure> {
    if articles.len() > MOST || articles.is_empty() {
        return Ok(None);
    }
    let merges = merges(similarities(&vectors(articles)?));
    let thresholds: Vec<f64> = (1..=50).map(|step| f64::from(step) / 100.0).collect();
    let curve = scored(articles.len(), &merges, gold, &thresholds)?;
    let best = curve.iter().copied().reduce(|best, next| if next.1 > best.1 { next } else { best });
    let at = |threshold: f64| (cut(articles.len(), &merges, threshold), threshold);
    Ok(best.map(|(threshold, _)| (at(DEFAULT), at(threshold))))
}

/// The BCubed F1 of the baseline at each threshold; `None` for too many articles.
pub(crate) fn curve(
    articles: &[Article],
    gold: &[Option<&str>],
    thresholds: &[f64],
) -> Result<Option<Vec<(f64, f64)>>, Failure> {
    if articles.len() > MOST || articles.is_empty() {
        return Ok(None);
    }
    let merges = merges(similarities(&vectors(articles)?));
    scored(articles.len(), &merges, gold, thresholds).map(Some)
}

/// The BCubed F1 of the merges cut at each threshold.
fn scored(
    items: usize,
    merges: &[(usize, usize, f64)],
    gold: &[Option<&str>],
    thresholds: &[f64],
) -> Result<Vec<(f64, f64)>, Failure> {
    let keep = |item: usize| gold.get(item).is_some_and(Option::is_some);
    let labels = Partition::from_labels(gold).retain(keep);
    let at = |&threshold: &f64| {
        let partition = cut(items, merges, threshold).retain(keep);
        Ok((threshold, bcubed(&labels, &partition)?.f1))
    };
    thresholds.iter().map(at).collect()
}

/// Unit vectors of terms, by ascending term.
fn vectors(articles: &[Article]) -> Result<Vec<Vec<(u64, f64)>>, Failure> {
    let whole = articles.iter().map(|article| {
        let text: Vec<&str> = article.title().into_iter().chain(article.body()).collect();
        let whole = Article::new(article.id().as_str(), text.join("\n"))?;
        Ok(match article.language() {
            Some(language) => whole.with_language(language),
            None => whole,
        })
    });
    let whole = whole.collect::<Result<Vec<Article>, wirecopy::Error>>()?;
    let set = ArticleSet::new(&whole, Default::default())?;
    let mut weighers: BTreeMap<Option<Language>, Weigher> = BTreeMap::new();
    let mut by_id = BTreeMap::new();
    let languages = of_set(&set);
    for ((article, text), language) in set.articles().iter().zip(set.texts()).zip(languages) {
        let weigher = weighers.entry(language).or_insert_with(|| Weigher::new(language));
        let mut counts: BTreeMap<u64, (f64, f64)> = BTreeMap::new();
        for weight in weigher.weigh(article, text).into_iter().filter(|weight| !weight.stop) {
            let count = counts.entry(weight.term.hash()).or_default();
            *count = (count.0 + 1.0, f64::from(weight.idf));
        }
        let mut vector: Vec<(u64, f64)> = counts
            .into_iter()
            .map(|(term, (count, idf))| (term, (1.0 + count.ln()) * idf))
            .collect();
        let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
        vector.iter_mut().for_each(|(_, weight)| *weight /= length.max(f64::MIN_POSITIVE));
        by_id.insert(article.id().as_str(), vector);
    }
    let in_order = articles.iter().map(|article| by_id.remove(article.id().as_str()));
    Ok(in_order.map(Option::unwrap_or_default).collect())
}

/// All cosines, through an inverted index.
fn similarities(vectors: &[Vec<(u64, f64)>]) -> Vec<Vec<f64>> {
    let mut postings: BTreeMap<u64, Vec<(usize, f64)>> = BTreeMap::new();
    let mut all = vec![vec![0.0; vectors.len()]; vectors.len()];
    for (index, vector) in vectors.iter().enumerate() {
        for &(term, weight) in vector {
            let holders = postings.entry(term).or_default();
            for &(other, other_weight) in holders.iter() {
                all[index][other] += weight * other_weight;
            }
            holders.push((index, weight));
        }
        let (earlier, row) = all.split_at_mut(index);
        for (mirrored, value) in earlier.iter_mut().zip(row.iter().flatten()) {
            mirrored[index] = *value;
        }
    }
    all
}

/// The merges of average link, as pairs of items with the mean similarity of their clusters, by nearest-neighbour chains
/// (O(items²)); any order of merges above a threshold gives the same clusters.
fn merges(mut similarity: Vec<Vec<f64>>) -> Vec<(usize, usize, f64)> {
    let items = similarity.len();
    let mut size = vec![1.0; items];
    let mut alive: Vec<usize> = (0..items).collect();
    let mut chain: Vec<usize> = Vec::new();
    let mut merges = Vec::with_capacity(items);
    while alive.len() > 1 {
        let top = *chain.last().unwrap_or(&alive[0]);
        if chain.is_empty() {
            chain.push(top);
        }
        let previous = chain.len().checked_sub(2).map(|at| chain[at]);
        // Ties go to the one before in the chain, so that the chain ends.
        let mut nearest = previous;
        for &other in alive.iter().filter(|&&other| other != top) {
            if nearest.is_none_or(|nearest| similarity[top][other] > similarity[top][nearest]) {
                nearest = Some(other);
            }
        }
        match nearest {
            Some(other) if Some(other) == previous => {
                merges.push((top, other, similarity[top][other]));
                chain.truncate(chain.len() - 2);
                let (from, into) = (top.max(other), top.min(other));
                alive.retain(|&item| item != from);
                let (m, n) = (size[from], size[into]);
                for &item in alive.iter().filter(|&&item| item != into) {
                    let mean = (m * similarity[from][item] + n * similarity[into][item]) / (m + n);
                    similarity[into][item] = mean;
                    similarity[item][into] = mean;
                }
                size[into] = m + n;
            }
            Some(other) => chain.push(other),
            None => break,
        }
    }
    merges
}

/// The clusters of the merges at or above a threshold.
fn cut(items: usize, merges: &[(usize, usize, f64)], threshold: f64) -> Partition {
    let mut parent: Vec<usize> = (0..items).collect();
    fn root(parent: &mut [usize], mut item: usize) -> usize {
        while parent[item] != item {
            parent[item] = parent[parent[item]];
            item = parent[item];
        }
        item
    }
    for &(a, b, _) in merges.iter().filter(|merge| merge.2 >= threshold) {
        let (a, b) = (root(&mut parent, a), root(&mut parent, b));
        parent[a.max(b)] = a.min(b);
    }
    let labels: Vec<usize> = (0..items).map(|item| root(&mut parent, item)).collect();
    Partition::from_labels(labels)
}
