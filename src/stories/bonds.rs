//! What decisions ask of stories: who is in one group from the start, and which groups never merge.

use super::clustering::{Period, Relation};
use super::similarity::Compared;
use crate::article_set::ArticleSet;
use crate::decisions::Decisions;
use ahash::AHashSet;
use std::collections::BTreeMap;

/// Decisions on the articles of one set. A class is a number for all articles that must be together.
#[derive(Debug, Default)]
pub(super) struct Bonds {
    class_of: BTreeMap<u32, u32>,
    /// Pairs of classes that cannot be together, each ascending.
    apart: AHashSet<(u32, u32)>,
    /// The articles that must be together, at least two, ascending; by smallest member.
    together: Vec<Vec<u32>>,
}

impl Bonds {
    /// Ids that the set does not have bind whom they stand between and nobody else.
    /// O(decisions · log articles).
    pub(super) fn new(set: &ArticleSet, decisions: &Decisions) -> Bonds {
        let classes = decisions.classes();
        let mut bonds = Bonds::default();
        let mut members: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for (&id, &class) in &classes {
            let found = set.articles().binary_search_by(|article| article.id().as_str().cmp(id));
            if let Ok(article) = found {
                bonds.class_of.insert(article as u32, class as u32);
                members.entry(class).or_default().push(article as u32);
            }
        }
        bonds.together = members.into_values().filter(|class| class.len() > 1).collect();
        bonds.together.iter_mut().for_each(|class| class.sort_unstable());
        bonds.together.sort_unstable();
        let class = |id: &str| classes.get(id).map(|&class| class as u32);
        let apart = decisions.cannot_links().filter_map(|(a, b)| {
            let (a, b) = (class(a)?, class(b)?);
            Some((a.min(b), a.max(b)))
        });
        bonds.apart = apart.collect();
        bonds
    }

    /// Whether something was decided about an article.
    pub(super) fn bind(&self, article: u32) -> bool {
        self.class_of.contains_key(&article)
    }

    /// The articles that must be together, each class ascending, by smallest member.
    pub(super) fn together(&self) -> &[Vec<u32>] {
        &self.together
    }

    /// The classes of `members` that something is apart from, ascending; empty for most groups.
    pub(super) fn classes(&self, members: &[u32]) -> Vec<u32> {
        if self.apart.is_empty() {
            return Vec::new();
        }
        let mut classes: Vec<u32> =
            members.iter().filter_map(|article| self.class_of.get(article).copied()).collect();
        classes.sort_unstable();
        classes.dedup();
        classes
    }

    /// Whether a class of one group cannot be with one of the other. O(product of both).
    pub(super) fn are_apart(&self, a: &[u32], b: &[u32]) -> bool {
        a.iter().any(|&x| b.iter().any(|&y| self.apart.contains(&(x.min(y), x.max(y)))))
    }
}

/// A relation whose groups keep to decisions.
#[derive(Clone, Copy)]
pub(super) struct Bound<'b, R> {
    pub(super) relation: R,
    pub(super) bonds: &'b Bonds,
}

impl<R: Relation> Relation for Bound<'_, R> {
    fn similarity(&self, a: u32, b: u32) -> f64 {
        self.relation.similarity(a, b)
    }

    fn similarities(&self, a: u32, others: &[u32], kept: &mut Compared, values: &mut Vec<f64>) {
        self.relation.similarities(a, others, kept, values);
    }

    fn candidates(&self, a: u32) -> &[u32] {
        self.relation.candidates(a)
    }

    fn period(&self, a: u32) -> Option<Period> {
        self.relation.period(a)
    }

    fn bonds(&self) -> Option<&Bonds> {
        Some(self.bonds)
    }
}
