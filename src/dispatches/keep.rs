//! Which copy to keep: a policy beside the grouping, never part of it.

use super::cover::by_date;
use super::dispatch::{Dispatch, Dispatches};
use crate::article::{Article, Role};
use crate::article_set::ArticleSet;
use crate::measures::Containment;
use std::cmp::{Ordering, Reverse};
use std::fmt;

/// The rule of [`KeepPolicy::ByRule`]: the lesser article is the one to keep.
pub type KeepRule = dyn Fn(&Article, &Article) -> Ordering + Send + Sync;

/// Which member of a dispatch stands for the others. Every tie goes to the smaller id.
#[non_exhaustive]
pub enum KeepPolicy {
    /// The earliest possible publication; unknown dates come last, and at one time the agency's own feed comes first.
    EarliestSeen,
    /// The most body tokens.
    Longest,
    /// The caller's order, say by how credible the source is.
    ByRule(Box<KeepRule>),
}

impl fmt::Debug for KeepPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            KeepPolicy::EarliestSeen => "EarliestSeen",
            KeepPolicy::Longest => "Longest",
            KeepPolicy::ByRule(_) => "ByRule(..)",
        })
    }
}

impl KeepPolicy {
    /// The policy of a rule.
    ///
    /// ```
    /// use wirecopy::dispatches::KeepPolicy;
    /// // Keep the outlet that comes first in the alphabet.
    /// let policy = KeepPolicy::by_rule(|a, b| a.outlet().cmp(&b.outlet()));
    /// assert_eq!(format!("{policy:?}"), "ByRule(..)");
    /// ```
    pub fn by_rule(
        rule: impl Fn(&Article, &Article) -> Ordering + Send + Sync + 'static,
    ) -> KeepPolicy {
        KeepPolicy::ByRule(Box::new(rule))
    }

    /// The member of a dispatch to keep; `None` only for a dispatch of another set, whose articles this one lacks.
    ///
    /// Cost: O(members).
    pub fn choose(&self, set: &ArticleSet, dispatch: &Dispatch) -> Option<usize> {
        self.choose_from(set, dispatch.members.iter().map(|member| member.article))
    }

    fn choose_from(
        &self,
        set: &ArticleSet,
        articles: impl Iterator<Item = usize>,
    ) -> Option<usize> {
        let known = articles.filter(|&article| article < set.len());
        known.min_by(|&a, &b| self.compare(set, a, b).then(a.cmp(&b)))
    }

    fn compare(&self, set: &ArticleSet, a: usize, b: usize) -> Ordering {
        let article = |index: usize| &set.articles()[index];
        let seen = |index| {
            let one = article(index);
            (by_date(one.published().earliest()), one.role() != Role::Wire)
        };
        let tokens = |index: usize| Reverse(set.texts()[index].tokens().len());
        match self {
            KeepPolicy::EarliestSeen => seen(a).cmp(&seen(b)),
            KeepPolicy::Longest => tokens(a).cmp(&tokens(b)),
            KeepPolicy::ByRule(rule) => rule(article(a), article(b)),
        }
    }
}

impl Dispatches {
    /// The articles left when copies are taken out, ascending.
    ///
    /// An article may go if its primary dispatch covers at least `min_coverage` of it; of all those of one dispatch one
    /// stays, chosen by `policy`. So no dispatch loses its last copy, and a host with more text of its own than
    /// `1 - min_coverage` is never taken for a mere copy.
    ///
    /// Cost: O(memberships).
    ///
    /// ```
    /// use wirecopy::dispatches::{Dispatches, KeepPolicy};
    /// use wirecopy::{Article, ArticleSet, Containment, text::TextScheme};
    /// let articles = [Article::new("a", "Le lac est gelé.")?, Article::new("b", "La route est libre.")?];
    /// let set = ArticleSet::new(&articles, TextScheme::default())?;
    /// let none = Dispatches::default();
    /// assert_eq!(none.kept(&set, &KeepPolicy::Longest, Containment::new(0.9)?), [0, 1]);
    /// # Ok::<(), wirecopy::Error>(())
    /// ```
    pub fn kept(
        &self,
        set: &ArticleSet,
        policy: &KeepPolicy,
        min_coverage: Containment,
    ) -> Vec<usize> {
        let mut keep = vec![true; set.len()];
        for dispatch in &self.dispatches {
            let copies = dispatch
                .members
                .iter()
                .filter(|member| member.primary && member.coverage >= min_coverage.get())
                .map(|member| member.article)
                .filter(|&article| article < set.len());
            let chosen = policy.choose_from(set, copies.clone());
            for article in copies {
                keep[article] = Some(article) == chosen;
            }
        }
        (0..set.len()).filter(|&article| keep[article]).collect()
    }
}
