//! Decisions on the articles of one set: who is in one class, and which classes are apart.

use super::cover::{Group, Part, by_date};
use super::graph::Graph;
use super::token_set::TokenSet;
use crate::article_set::ArticleSet;
use crate::decisions::Decisions;
use ahash::AHashSet;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What decisions ask of a set.
///
/// A named article is a text of its own, even beside identical ones: a decision is about it and not about its twins.
#[derive(Debug, Default)]
pub(crate) struct Constraints {
    /// The class of each named article.
    class_of: BTreeMap<usize, usize>,
    /// Pairs of classes that share no dispatch, ascending.
    apart: AHashSet<[usize; 2]>,
    /// Articles that must be together, at least two of the set, ascending; by smallest id of the class.
    together: Vec<Vec<usize>>,
    /// Named ids that the set does not have, ascending.
    unknown: Vec<String>,
}

impl Constraints {
    /// O(decisions × log articles).
    pub(crate) fn new(set: &ArticleSet, decisions: &Decisions) -> Constraints {
        let classes = decisions.classes();
        let mut constraints = Constraints::default();
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (&id, &class) in &classes {
            match set.articles().binary_search_by(|article| article.id().as_str().cmp(id)) {
                Ok(article) => {
                    constraints.class_of.insert(article, class);
                    members.entry(class).or_default().push(article);
                }
                Err(_) => constraints.unknown.push(id.to_owned()),
            }
        }
        constraints.together = members.into_values().filter(|class| class.len() > 1).collect();
        let class = |id: &str| classes.get(id).copied().unwrap_or_default();
        constraints.apart =
            decisions.cannot_links().map(|(a, b)| ascending(class(a), class(b))).collect();
        constraints
    }

    /// The class of an article that a decision names.
    pub(crate) fn class_of(&self, article: usize) -> Option<usize> {
        self.class_of.get(&article).copied()
    }

    /// Whether two classes share no dispatch.
    pub(crate) fn are_apart(&self, a: Option<usize>, b: Option<usize>) -> bool {
        matches!((a, b), (Some(a), Some(b)) if self.apart.contains(&ascending(a, b)))
    }

    /// Named ids that the set does not have, ascending.
    pub(crate) fn into_unknown(self) -> Vec<String> {
        self.unknown
    }

    /// Brings together who must be.
    ///
    /// The dispatch that holds most of a class takes in the others of it (ties: the larger, then the smaller anchor); a class
    /// that no dispatch holds makes one of its own. Its anchor is from the agency's feed, else no compilation, else the
    /// longest, the earliest, the smallest. A member that nothing verifies is in with its whole text: the caller
    /// says that it is one. No two classes that are apart meet: a dispatch that holds one of a class has let in nobody
    /// whom the class must not meet.
    ///
    /// Cost: O(memberships of named articles + named articles × log members).
    pub(crate) fn join(
        &self,
        set: &ArticleSet,
        graph: &Graph,
        groups: &mut Vec<Group>,
        compilations: &[Option<[usize; 2]>],
    ) {
        let held = self.groups_of_classes(graph, groups);
        for class in &self.together {
            let texts: Vec<usize> = class.iter().map(|&article| graph.text_of[article]).collect();
            let known = class.first().and_then(|article| held.get(self.class_of.get(article)?));
            let size = |at: usize| groups[at].members.len();
            let ranked = known.into_iter().flatten();
            let most = ranked.max_by_key(|&(&at, &count)| (count, size(at), Reverse(at)));
            let target = match most {
                Some((&at, _)) => at,
                None => {
                    groups.push(new_group(set, graph, &texts, compilations));
                    groups.len() - 1
                }
            };
            texts.iter().for_each(|&text| groups[target].take_in(graph, text));
        }
        groups.sort_unstable_by_key(|group| group.anchor);
    }

    /// For each class the groups that hold some of it, and how many.
    fn groups_of_classes(
        &self,
        graph: &Graph,
        groups: &[Group],
    ) -> BTreeMap<usize, BTreeMap<usize, usize>> {
        let mut held: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
        for (at, group) in groups.iter().enumerate() {
            for class in group.members.iter().filter_map(|part| graph.texts[part.text].class) {
                *held.entry(class).or_default().entry(at).or_default() += 1;
            }
        }
        held
    }
}

fn new_group(
    set: &ArticleSet,
    graph: &Graph,
    texts: &[usize],
    compilations: &[Option<[usize; 2]>],
) -> Group {
    let article = |text: usize| graph.texts[text].articles.first().copied().unwrap_or_default();
    let rank = |text: usize| {
        let known = &graph.texts[text];
        let date = by_date(set.articles()[article(text)].published().earliest());
        (!known.wire, compilations[text].is_some(), Reverse(known.tokens), date, text)
    };
    let text = texts.iter().copied().min_by_key(|&text| rank(text)).unwrap_or_default();
    let whole = TokenSet::whole(graph.texts[text].tokens);
    let part = Part { text, tokens: whole, edge: None, decided: true };
    Group { anchor: article(text), text, members: vec![part] }
}

impl Group {
    /// Takes in a text by decision: with what it shares with the anchor, or whole where nothing verifies it.
    fn take_in(&mut self, graph: &Graph, text: usize) {
        let Err(place) = self.members.binary_search_by_key(&text, |part| part.text) else { return };
        let end = graph.edge_between(self.text, text);
        let tokens = match end {
            Some(end) => graph.spans_of_other(end).clone(),
            None => TokenSet::whole(graph.texts[text].tokens),
        };
        let edge = end.map(|end| end.edge);
        self.members.insert(place, Part { text, tokens, edge, decided: true });
        if let (Some(end), Ok(anchor)) =
            (end, self.members.binary_search_by_key(&self.text, |part| part.text))
        {
            self.members[anchor].tokens.insert(graph.spans(end));
        }
    }
}

fn ascending(a: usize, b: usize) -> [usize; 2] {
    [a.min(b), a.max(b)]
}
