//! How many independent origins a story has.

use crate::article::Article;
use crate::article_set::ArticleSet;
use crate::dispatches::{Dispatches, Origins};
use crate::links::{LinkKind, Links};
use crate::page::credit::{Agency, CreditRole};
use std::collections::BTreeMap;

/// What unites the articles of any story, looked up once for all stories.
pub(super) struct OriginRules<'s> {
    set: &'s ArticleSet,
    dispatches: &'s Dispatches,
    /// For each article the articles with a larger index that are copies of it.
    copies: BTreeMap<usize, Vec<usize>>,
}

impl<'s> OriginRules<'s> {
    pub(super) fn new(set: &'s ArticleSet, links: &Links, dispatches: &'s Dispatches) -> Self {
        let mut copies: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for link in links.links.iter().filter(|link| link.kind == LinkKind::Copy) {
            copies.entry(link.a).or_default().push(link.b);
        }
        OriginRules { set, dispatches, copies }
    }

    /// The origins of the story of these articles (ascending). O(members · log members + their links).
    ///
    /// The least unites members by what agency their text is credited to, by their primary dispatch and by the
    /// publisher's family; the most unites verified copies alone. A photo credit or an attribution unites nothing.
    pub(super) fn of(&self, members: &[usize]) -> Origins {
        let mut copied = Partition::new(members.len());
        let mut united = Partition::new(members.len());
        let mut first_with: BTreeMap<Mark<'_>, usize> = BTreeMap::new();
        for (place, &article) in members.iter().enumerate() {
            for other in self.copies.get(&article).into_iter().flatten() {
                if let Ok(other) = members.binary_search(other) {
                    copied.unite(place, other);
                    united.unite(place, other);
                }
            }
            for mark in self.marks(article) {
                let first = *first_with.entry(mark).or_insert(place);
                united.unite(first, place);
            }
        }
        Origins { min: united.parts(), max: copied.parts() }
    }

    fn marks(&self, article: usize) -> Vec<Mark<'_>> {
        let known = self.set.articles().get(article);
        let agencies = known.into_iter().flat_map(Article::credits);
        let mut marks: Vec<Mark<'_>> = agencies
            .filter(|credit| credit.role == CreditRole::Text)
            .map(|credit| Mark::Agency(credit.agency))
            .collect();
        marks.extend(known.and_then(Article::family).map(Mark::Family));
        let dispatch = self.dispatches.primary.get(article).copied().flatten();
        marks.extend(dispatch.map(Mark::Dispatch));
        marks
    }
}

/// What members of one origin may have in common.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark<'s> {
    Agency(Agency),
    Family(&'s str),
    Dispatch(usize),
}

/// Disjoint sets of the numbers below a count.
struct Partition {
    parent: Vec<usize>,
}

impl Partition {
    fn new(count: usize) -> Partition {
        Partition { parent: (0..count).collect() }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while let Some(&parent) = self.parent.get(at).filter(|&&parent| parent != at) {
            let grandparent = self.parent.get(parent).copied().unwrap_or(parent);
            if let Some(slot) = self.parent.get_mut(at) {
                *slot = grandparent;
            }
            at = grandparent;
        }
        at
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(parent) = self.parent.get_mut(a.max(b)) {
            *parent = a.min(b);
        }
    }

    fn parts(&self) -> usize {
        self.parent.iter().enumerate().filter(|&(at, &parent)| at == parent).count()
    }
}
