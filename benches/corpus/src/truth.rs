//! The true similarity of planted copies, by the definition and nothing else.

use std::collections::{BTreeMap, HashSet};

use crate::layout::BLOCK;
use crate::{Article, Corpus, Edit};

/// Two articles that go back to one text.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PlantedPair {
    /// Place of the one in the corpus.
    pub a: usize,
    /// Place of the other, after the first.
    pub b: usize,
    /// Jaccard similarity of their sets of five words in a row.
    pub jaccard: f64,
    /// Share of the smaller of the two sets that is in the other.
    pub containment: f64,
    /// What was done to the text of `a` and of `b`.
    pub edits: [Edit; 2],
}

impl Corpus {
    /// All pairs of copies among the first `n` articles, block by block.
    ///
    /// Unrelated articles share phrases and furniture, yet none comes near half of another's shingles.
    pub fn planted_pairs(&self, n: usize) -> impl Iterator<Item = PlantedPair> + '_ {
        (0..n).step_by(BLOCK).flat_map(move |first| self.planted_pairs_of_block(first, n))
    }

    fn planted_pairs_of_block(&self, first: usize, n: usize) -> Vec<PlantedPair> {
        let mut groups: BTreeMap<u64, Vec<Article>> = BTreeMap::new();
        let slots = self.slots(first / BLOCK);
        let mut sizes: BTreeMap<u64, usize> = BTreeMap::new();
        for slot in slots.iter().take(n - first) {
            *sizes.entry(slot.group).or_default() += 1;
        }
        for (place, &slot) in slots.iter().enumerate().take(n - first) {
            if sizes[&slot.group] > 1 {
                groups.entry(slot.group).or_default().push(self.make(first + place, slot));
            }
        }
        groups.values().flat_map(|group| pairs(group)).collect()
    }
}

fn pairs(group: &[Article]) -> Vec<PlantedPair> {
    let words: Vec<Vec<String>> = group.iter().map(|article| words(&article.text)).collect();
    let sets: Vec<HashSet<&[String]>> = words.iter().map(|words| five_grams(words)).collect();
    let mut pairs = Vec::new();
    for b in 0..group.len() {
        for a in 0..b {
            let (jaccard, containment) = similarity(&sets[a], &sets[b]);
            let (a, b) = (&group[a], &group[b]);
            let edits = [a.edit, b.edit];
            pairs.push(PlantedPair { a: a.place, b: b.place, jaccard, containment, edits });
        }
    }
    pairs
}

/// How much of the truth an answer holds.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Answer {
    /// Planted pairs at or above the threshold.
    pub planted: usize,
    /// Those of them that were found.
    pub found: usize,
    /// Pairs found.
    pub all: usize,
}

impl Answer {
    /// Compares the pairs that were found, each with the smaller place first, with the truth.
    ///
    /// No pair of articles of two groups comes near one half, so for thresholds from there on the planted pairs are
    /// the whole truth.
    pub fn of(found: &HashSet<(usize, usize)>, truth: &[PlantedPair], threshold: f64) -> Answer {
        let mut answer = Answer { planted: 0, found: 0, all: found.len() };
        for pair in truth.iter().filter(|pair| pair.jaccard >= threshold) {
            answer.planted += 1;
            answer.found += usize::from(found.contains(&(pair.a, pair.b)));
        }
        answer
    }

    /// Share of the planted pairs that were found.
    pub fn recall(&self) -> f64 {
        self.found as f64 / self.planted as f64
    }

    /// Share of the pairs found that are at or above the threshold.
    pub fn precision(&self) -> f64 {
        self.found as f64 / self.all as f64
    }
}

/// The words of a text in lower case: runs of letters and digits, and each Han or kana character alone.
///
/// ```
/// use wirecopy_bench_corpus::words;
///
/// assert_eq!(words("L’orvane a 1,5 km"), ["l", "orvane", "a", "1", "5", "km"]);
/// assert_eq!(words("港で2人"), ["港", "で", "2", "人"]);
/// ```
pub fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in text.chars() {
        if matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}') {
            words.extend([c.to_string(), String::new()]);
        } else if c.is_alphanumeric() {
            let last = words.len() - 1;
            words[last].extend(c.to_lowercase());
        } else {
            words.push(String::new());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The set of five words in a row; of a shorter text, the whole.
pub fn five_grams(words: &[String]) -> HashSet<&[String]> {
    words.windows(5.min(words.len()).max(1)).collect()
}

/// Jaccard similarity, and the share of the smaller set that is in the other; 0 for empty sets.
pub fn similarity<T: Eq + std::hash::Hash>(a: &HashSet<T>, b: &HashSet<T>) -> (f64, f64) {
    let shared = a.intersection(b).count() as f64;
    if shared == 0.0 {
        return (0.0, 0.0);
    }
    let smaller = a.len().min(b.len()) as f64;
    (shared / (a.len() as f64 + b.len() as f64 - shared), shared / smaller)
}
