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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::links::{Attributes, Explanation, Link};
    use crate::page::credit::Credit;
    use crate::span::Span;
    use crate::text::TextScheme;

    fn credited(id: &str, agency: Agency, role: CreditRole) -> Article {
        let span = Span::new(0, 3).unwrap();
        Article::new(id, "AFP").unwrap().with_credits(vec![Credit { agency, role, span }])
    }

    fn origins(
        articles: &[Article],
        copies: &[(usize, usize)],
        primary: &[Option<usize>],
    ) -> Origins {
        let set = ArticleSet::new(articles, TextScheme::default()).unwrap();
        let links = copies.iter().map(|&(a, b)| Link {
            a,
            b,
            kind: LinkKind::Copy,
            attributes: Attributes::default(),
            passages: Vec::new(),
            explanation: Explanation {
                resemblance: 1.0,
                containment_a: 1.0,
                containment_b: 1.0,
                date_distance: None,
                missing_details: Vec::new(),
                rule: "test",
            },
        });
        let links = Links { links: links.collect(), ..Links::default() };
        let dispatches = Dispatches { primary: primary.to_vec(), ..Dispatches::default() };
        let members: Vec<usize> = (0..articles.len()).collect();
        OriginRules::new(&set, &links, &dispatches).of(&members)
    }

    #[test]
    fn text_credits_unite_and_photo_credits_and_attributions_do_not() {
        for (role, min) in
            [(CreditRole::Text, 1), (CreditRole::Photo, 2), (CreditRole::Attribution, 2)]
        {
            let articles = ["a", "b"].map(|id| credited(id, Agency::Afp, role));
            assert_eq!(origins(&articles, &[], &[]), Origins { min, max: 2 }, "{role:?}");
        }
        let two = [
            credited("a", Agency::Afp, CreditRole::Text),
            credited("b", Agency::Ap, CreditRole::Text),
        ];
        assert_eq!(origins(&two, &[], &[]), Origins { min: 2, max: 2 });
    }

    #[test]
    fn families_and_dispatches_unite_the_least_and_copies_both() {
        let article = |id: &str| Article::new(id, "texte").unwrap();
        let family = [article("a").with_family("f"), article("b").with_family("f"), article("c")];
        assert_eq!(origins(&family, &[], &[]), Origins { min: 2, max: 3 });
        let plain = ["a", "b", "c", "d"].map(article);
        assert_eq!(
            origins(&plain, &[], &[Some(4), None, Some(4), None]),
            Origins { min: 3, max: 4 }
        );
        assert_eq!(origins(&plain, &[(0, 1), (1, 3)], &[]), Origins { min: 2, max: 2 });
    }
}
