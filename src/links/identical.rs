//! Identical texts collapsed to one before anything is compared.

use super::run_hash::run_hash;
use crate::text::TokenisedText;
use ahash::AHashMap;

/// The articles of a set grouped by equal token sequences.
///
/// Empty texts are in no group: empty never equals empty.
pub(crate) struct IdenticalGroups {
    /// Groups by ascending first member, members ascending. The first stands for the group.
    groups: Vec<Vec<usize>>,
}

impl IdenticalGroups {
    /// Groups by hash and then by the tokens themselves, so that no collision joins two texts.
    /// Cost: O(tokens).
    pub(crate) fn new(texts: &[TokenisedText]) -> IdenticalGroups {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut by_hash: AHashMap<u64, Vec<usize>> = AHashMap::new();
        for (article, text) in texts.iter().enumerate() {
            if text.tokens().is_empty() {
                continue;
            }
            let found = by_hash.entry(sequence_hash(text)).or_default();
            let same = found.iter().copied().find(|&group| {
                let first = groups.get(group).and_then(|members| members.first());
                first.and_then(|&first| texts.get(first)).is_some_and(|first| equal(first, text))
            });
            match same.and_then(|group| groups.get_mut(group)) {
                Some(members) => members.push(article),
                None => {
                    found.push(groups.len());
                    groups.push(vec![article]);
                }
            }
        }
        IdenticalGroups { groups }
    }

    /// The groups, by ascending first member.
    pub(crate) fn groups(&self) -> &[Vec<usize>] {
        &self.groups
    }

    /// For each of so many articles what holds of its group; `false` for one in no group.
    pub(crate) fn of_articles(&self, holds: &[bool], articles: usize) -> Vec<bool> {
        let mut of_article = vec![false; articles];
        let members = self.groups.iter().zip(holds).filter(|(_, holds)| **holds);
        for &article in members.flat_map(|(members, _)| members) {
            if let Some(holds) = of_article.get_mut(article) {
                *holds = true;
            }
        }
        of_article
    }

    /// Groups of more than one article.
    pub(crate) fn collapsed(&self) -> u64 {
        self.groups.iter().filter(|members| members.len() > 1).count() as u64
    }
}

fn sequence_hash(text: &TokenisedText) -> u64 {
    run_hash(text.tokens().len() as u64, text.tokens())
}

fn equal(a: &TokenisedText, b: &TokenisedText) -> bool {
    a.tokens().len() == b.tokens().len()
        && a.tokens().iter().zip(b.tokens()).all(|(x, y)| x.hash == y.hash)
}
