//! Ledes: the first sentences, which say what is new.

use super::Passage;
use super::reading::Reading;
use std::ops::Range;

/// Tokens of a lede: the first sentence or two.
pub(crate) const LEDE_TOKENS: usize = 40;

/// Share of the lede's tokens that are matched; 0 for an empty text. `matched`: disjoint ranges of
/// the body's `tokens` tokens.
pub(crate) fn lede_found(tokens: usize, matched: &[Range<u32>]) -> f64 {
    let lede = LEDE_TOKENS.min(tokens);
    if lede == 0 {
        return 0.0;
    }
    let end = |at: u32| (at as usize).min(lede);
    let found: usize = matched.iter().map(|run| end(run.end) - end(run.start)).sum();
    found as f64 / lede as f64
}

/// How far title and lede of two articles say the same, in whatever order and form of sentence: the
/// weight of the words that both have, of the weight of those of the side with less. 0 where one
/// has none.
pub(crate) fn lede_agreement(a: &Reading<'_>, b: &Reading<'_>) -> f64 {
    overlap(&a.lede_words, &b.lede_words)
}

/// The same of the titles alone.
pub(crate) fn title_agreement(a: &Reading<'_>, b: &Reading<'_>) -> f64 {
    overlap(&a.title_words, &b.title_words)
}

/// How much of the title and lede of `of` is said anywhere in `other`'s title or body, by weight; 0
/// where there is nothing to say.
pub(crate) fn lede_told(of: &Reading<'_>, other: &Reading<'_>) -> f64 {
    of.lede_words.told_in(other)
}

/// The same of the title alone.
pub(crate) fn title_told(of: &Reading<'_>, other: &Reading<'_>) -> f64 {
    of.title_words.told_in(other)
}

/// Words that one side has and the other not, at one place inside the aligned ledes: the most at
/// any place, stop words counted where another word stands with them.
///
/// A cut or an addition before or after the shared text is no edit of the lede; only gaps inside a
/// passage are.
pub(crate) fn lede_edit(a: &Reading<'_>, b: &Reading<'_>, passages: &[Passage]) -> usize {
    let gaps = passages.iter().flat_map(Passage::gaps);
    gaps.filter(|(in_a, in_b)| in_a.start < LEDE_TOKENS && in_b.start < LEDE_TOKENS)
        .map(|(in_a, in_b)| words_in(a, in_a).max(words_in(b, in_b)))
        .max()
        .unwrap_or(0)
}

fn words_in(text: &Reading<'_>, range: Range<usize>) -> usize {
    let words = text.numbers.get(range).unwrap_or(&[]);
    let telling = words.iter().any(|&word| text.words.weight(word) > 0.0);
    if telling { words.len() } else { 0 }
}

impl Passage {
    /// What stands between its runs of equal tokens: the tokens in `a` and in `b`, either of them
    /// possibly none.
    pub(crate) fn gaps(&self) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
        self.matches.windows(2).filter_map(|pair| {
            let [x, y] = pair else { return None };
            let between = |end: u32, start: u32| end as usize..start.max(end) as usize;
            Some((between(x.a + x.tokens, y.a), between(x.b + x.tokens, y.b)))
        })
    }
}

/// The words of a title, or of title and lede.
#[derive(Default)]
pub(crate) struct LedeWords {
    /// Hash and weight of the different words that are no stop words, by hash.
    words: Vec<(u64, f64)>,
    /// The sum of their weights.
    weight: f64,
}

impl LedeWords {
    /// Whether there is no telling word.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The share of their weight that stands anywhere in `other`'s title or body; 0 for no words.
    fn told_in(&self, other: &Reading<'_>) -> f64 {
        let told = self.words.iter().filter(|(hash, _)| other.holds(*hash));
        let told = told.fold(0.0, |sum, (_, weight)| sum + weight);
        if self.weight > 0.0 { told / self.weight } else { 0.0 }
    }

    /// The words of the title and the first `tokens` of the body.
    pub(crate) fn of(text: &Reading<'_>, tokens: usize) -> LedeWords {
        let tokens = text.title.iter().chain(text.tokens.iter().take(tokens));
        let numbers = text.title_numbers.iter().chain(text.numbers);
        let mut words: Vec<(u64, f64)> = tokens
            .zip(numbers)
            .map(|(token, &number)| (token.hash, text.words.weight(number)))
            .filter(|(_, weight)| *weight > 0.0)
            .collect();
        words.sort_unstable_by_key(|(hash, _)| *hash);
        words.dedup_by_key(|(hash, _)| *hash);
        words.shrink_to_fit();
        let weight = words.iter().fold(0.0, |sum, (_, weight)| sum + weight);
        LedeWords { words, weight }
    }
}

/// O(words of the side with fewer × log of those of the other).
fn overlap(a: &LedeWords, b: &LedeWords) -> f64 {
    let (fewer, more) =
        if a.words.len() <= b.words.len() { (&a.words, &b.words) } else { (&b.words, &a.words) };
    // A fixed order of summation whichever text comes first: both lists are by hash.
    let mut common = 0.0;
    let mut more = more.iter().peekable();
    for (hash, weight) in fewer {
        while more.next_if(|(other, _)| other < hash).is_some() {}
        if let Some((_, other)) = more.next_if(|(other, _)| other == hash) {
            // A word weighs alike on both sides unless the languages differ.
            common += weight.min(*other);
        }
    }
    let lesser = a.weight.min(b.weight);
    if lesser > 0.0 { (common / lesser).min(1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::super::reading::tests::read;
    use super::super::{Match, PassageSide};
    use super::*;
    use crate::span::Span;

    fn passage(matches: Vec<Match>) -> Passage {
        let side = PassageSide { tokens: 0..0, span: Span::default() };
        Passage { a: side.clone(), b: side, matches, evidence: 9.0 }
    }

    #[test]
    fn a_lede_is_found_as_far_as_it_is_matched() {
        let found = |tokens: usize, run: Range<u32>| lede_found(tokens, &[run]);
        assert_eq!(lede_found(0, &[]), 0.0);
        assert_eq!(found(2, 0..1), 0.5);
        assert_eq!(found(540, 0..LEDE_TOKENS as u32), 1.0);
        assert_eq!(found(540, 30..300), 0.25);
        assert_eq!(found(540, 300..301), 0.0);
        assert_eq!(lede_found(540, &[0..10, 20..30]), 0.5);
    }

    #[test]
    fn ledes_of_the_same_words_agree_in_any_order() {
        let a = "Le pont de Sourlac a rouvert mardi.";
        let b = "Rouvert mardi, le pont enjambe Sourlac.";
        let c = "La foire aux anguilles de Mireux commence.";
        let agreement = |x: &str, y: &str| read(x, |x| read(y, |y| lede_agreement(x, y)));
        assert_eq!(agreement(a, a), 1.0);
        assert!(agreement(a, b) > 0.9);
        assert_eq!(agreement(a, c), 0.0);
        assert_eq!(agreement(a, b), agreement(b, a));
        assert_eq!(agreement("", ""), 0.0);
    }

    #[test]
    fn only_words_between_matches_edit_a_lede() {
        let a = "Le pont a rouvert mardi soir aux camions.";
        let b = "Le pont a fermé lundi matin aux camions.";
        let edit = |matches: Vec<Match>| {
            read(a, |a| read(b, |b| lede_edit(a, b, &[passage(matches.clone())])))
        };
        let [first, last] = [Match { a: 0, b: 0, tokens: 3 }, Match { a: 6, b: 6, tokens: 2 }];
        assert_eq!(edit(vec![first, last]), 3);
        assert_eq!(edit(vec![last]), 0);
    }
}
