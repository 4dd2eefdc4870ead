//! Sparse vectors of a set: tf-idf with the background of the language and the frequencies of the
//! set.

use super::features::Features;
use crate::language::{Language, Lexicon, Term};
use crate::parallel;
use ahash::AHashMap;

/// Terms kept of a vector, the heaviest: on ECB+ train 128 are as good as 256, and 64 lose 0.01
/// BCubed F1.
const MOST_TERMS: usize = 128;

/// The same for scripts written without spaces: a word of two characters makes three terms, the
/// characters and their pair.
const MOST_CHARACTER_TERMS: usize = 3 * MOST_TERMS;

/// Articles that a set is thought to be larger by where no background is known: in a set of three,
/// a word that all three hold is not known to be common.
const UNSEEN_ARTICLES: f64 = 200.0;

/// A vector of unit length: terms by ascending number, with their weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Vector {
    entries: Vec<(u32, f32)>,
    /// Length after damping.
    damped: f64,
}

/// The three vectors of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ArticleVectors {
    pub(super) words: Vector,
    pub(super) names: Vector,
    pub(super) lead: Vector,
    pub(super) tokens: usize,
}

/// The vectors of a set, and what its terms are.
#[derive(Clone, Debug, Default)]
pub(super) struct Vectors {
    pub(super) articles: Vec<ArticleVectors>,
    /// The terms by number, ascending.
    terms: Vec<Term>,
    /// For each term 1 − the share of the set's articles that hold it too.
    damping: Vec<f32>,
}

impl Vectors {
    /// Weighs the features of all articles; `languages` parallel to them.
    ///
    /// The set's document frequencies are a pure function of it: they change with every article
    /// that comes or goes.
    pub(super) fn of(features: &[Features], languages: &[Option<Language>]) -> Vectors {
        let mut held: Vec<Term> = Vec::new();
        for article in features {
            let mut own: Vec<Term> =
                article.words.iter().chain(&article.names).map(|(term, _)| *term).collect();
            own.sort_unstable();
            own.dedup();
            held.extend(own);
        }
        parallel::sort(&mut held);
        let runs = held.chunk_by(|a, b| a == b);
        let (terms, frequencies): (Vec<Term>, Vec<u32>) =
            runs.filter_map(|run| run.first().map(|&term| (term, run.len() as u32))).unzip();
        let articles = features.len() as f64;
        let damping = frequencies
            .iter()
            .map(|&df| (1.0 - f64::from(df.saturating_sub(1)) / articles) as f32)
            .collect();
        // A binary search of millions of terms missed the cache twenty times.
        let numbers: AHashMap<Term, u32> = terms.iter().copied().zip(0u32..).collect();
        let mut vectors = Vectors { articles: Vec::new(), terms, damping };
        vectors.articles = parallel::map_ordered(features.len(), |article| {
            let Some(features) = features.get(article) else { return ArticleVectors::default() };
            let language = languages.get(article).copied().flatten();
            let most = most_terms(features);
            let weigh = |counts: &[(Term, u32)]| {
                let lexicon = Lexicon::of(language);
                vectors.weigh(counts, lexicon, &numbers, &frequencies, articles, most)
            };
            ArticleVectors {
                words: weigh(&features.words),
                names: weigh(&features.names),
                lead: weigh(&features.lead),
                tokens: features.tokens,
            }
        });
        vectors
    }

    fn weigh(
        &self,
        counts: &[(Term, u32)],
        lexicon: &Lexicon,
        numbers: &AHashMap<Term, u32>,
        frequencies: &[u32],
        articles: f64,
        most: usize,
    ) -> Vector {
        let mut entries: Vec<(u32, f32)> = counts
            .iter()
            .filter_map(|&(term, count)| {
                let number = *numbers.get(&term)?;
                let frequency = f64::from(*frequencies.get(number as usize)?);
                let idf = combined_idf(lexicon, term, frequency, articles);
                let weight = (1.0 + libm::log(f64::from(count))) * idf;
                Some((number, weight as f32))
            })
            .collect();
        if entries.len() > most {
            entries.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            entries.truncate(most);
            entries.sort_unstable_by_key(|entry| entry.0);
        }
        let length = entries.iter().map(|&(_, w)| square(w)).sum::<f64>().sqrt();
        if length > 0.0 {
            for entry in &mut entries {
                entry.1 = (f64::from(entry.1) / length) as f32;
            }
        }
        let damped =
            entries.iter().map(|&(t, w)| square(w * self.damping_of(t))).sum::<f64>().sqrt();
        Vector { entries, damped }
    }

    fn damping_of(&self, term: u32) -> f32 {
        self.damping.get(term as usize).copied().unwrap_or(1.0)
    }

    /// The term of a number.
    pub(super) fn term(&self, number: u32) -> Option<Term> {
        self.terms.get(number as usize).copied()
    }

    /// Number of different terms.
    pub(super) fn term_count(&self) -> usize {
        self.terms.len()
    }

    /// Cosine of two vectors, 0 to 1. With `damped`, terms that many articles of the set hold weigh
    /// less.
    pub(super) fn cosine(&self, a: &Vector, b: &Vector, damped: bool) -> f64 {
        if !damped {
            return shared(a, b).map(|(_, product)| product).sum::<f64>().min(1.0);
        }
        let lengths = a.damped * b.damped;
        if lengths <= 0.0 {
            return 0.0;
        }
        let dot: f64 =
            shared(a, b).map(|(term, product)| product * square(self.damping_of(term))).sum();
        (dot / lengths).min(1.0)
    }

    /// Cosine of the words that stand in no name of either article, 0 to 1; 0 where one has none.
    /// O(terms of both).
    pub(super) fn cosine_beside_names(a: &ArticleVectors, b: &ArticleVectors) -> f64 {
        let beside = |term: u32| !a.names.holds(term) && !b.names.holds(term);
        let squared_length = |words: &Vector| -> f64 {
            let entries = words.entries.iter().filter(|entry| beside(entry.0));
            entries.map(|&(_, weight)| square(weight)).sum()
        };
        let lengths = (squared_length(&a.words) * squared_length(&b.words)).sqrt();
        if lengths <= 0.0 {
            return 0.0;
        }
        let dot: f64 = shared(&a.words, &b.words)
            .filter(|(term, _)| beside(*term))
            .map(|(_, product)| product)
            .sum();
        (dot / lengths).min(1.0)
    }
}

impl Vector {
    pub(super) fn entries(&self) -> &[(u32, f32)] {
        &self.entries
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn holds(&self, term: u32) -> bool {
        self.entries.binary_search_by_key(&term, |entry| entry.0).is_ok()
    }
}

/// The terms that both hold, ascending, with the product of their weights.
pub(super) fn shared<'v>(a: &'v Vector, b: &'v Vector) -> impl Iterator<Item = (u32, f64)> + 'v {
    let (left, right) = (a.entries.as_slice(), b.entries.as_slice());
    let (mut at, mut other) = (0, 0);
    std::iter::from_fn(move || {
        loop {
            let (&(s, v), &(t, w)) = (left.get(at)?, right.get(other)?);
            // Steps are sums and no branches: which side is behind cannot be foretold.
            at += usize::from(s <= t);
            other += usize::from(t <= s);
            if s == t {
                return Some((s, f64::from(v) * f64::from(w)));
            }
        }
    })
}

/// By what most of an article's tokens are.
fn most_terms(features: &Features) -> usize {
    if 2 * features.characters > features.tokens { MOST_CHARACTER_TERMS } else { MOST_TERMS }
}

/// Inverse document frequency over the background and the set together, in nats.
fn combined_idf(lexicon: &Lexicon, term: Term, df: f64, articles: f64) -> f64 {
    let background = f64::from(lexicon.background_articles());
    if background == 0.0 {
        return libm::log((articles + UNSEEN_ARTICLES + 1.0) / (df + 0.5)).max(0.0);
    }
    let all = libm::log((background + 1.0) / 0.5);
    let background_df = ((background + 1.0) * libm::exp(-lexicon.idf(term) * all) - 0.5).max(0.0);
    libm::log((background + articles + 1.0) / (background_df + df + 0.5)).max(0.0)
}

fn square(x: f32) -> f64 {
    f64::from(x) * f64::from(x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn terms() -> impl Strategy<Value = BTreeMap<u32, f32>> {
        prop::collection::btree_map(0_u32..40, 0.1_f32..1.0, 0..30)
    }

    proptest! {
        #[test]
        fn shared_terms_are_those_of_both_in_order(a in terms(), b in terms()) {
            let vector = |terms: &BTreeMap<u32, f32>| Vector {
                entries: terms.iter().map(|(term, weight)| (*term, *weight)).collect(),
                damped: 1.0,
            };
            let in_both = a.iter().filter_map(|(term, weight)| {
                b.get(term).map(|other| (*term, f64::from(*weight) * f64::from(*other)))
            });
            let found: Vec<(u32, f64)> = shared(&vector(&a), &vector(&b)).collect();
            prop_assert_eq!(found, in_both.collect::<Vec<_>>());
        }
    }
}
