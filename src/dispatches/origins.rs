//! How many independent origins a set of articles has, as an interval.

use super::dispatch::{Dispatches, Origins};
use crate::article::Article;
use crate::article_set::ArticleSet;
use crate::disjoint_sets::DisjointSets;
use crate::page::{Agency, CreditRole};
use ahash::AHashMap;
use std::collections::BTreeSet;

impl Origins {
    /// The origins of some articles: a story, or any other choice.
    ///
    /// `max` counts the versions of their primary dispatches, and each article without a dispatch for itself: only
    /// verified copies are united.
    ///
    /// `min` also takes each dispatch for one, then unites dispatches and lone articles that are credited to one
    /// agency, and those credited to none that share a publisher family, or an outlet where no family is given. Only a
    /// text credit counts: neither the agency of a picture nor an agency quoted as a source is an origin. An article
    /// credited to several agencies is a host: it does not unite them, and is counted under the agency of its
    /// dispatch or, failing that, under the first.
    ///
    /// An index that is no article is passed over; a repeated one counts once.
    ///
    /// Cost: O(articles log articles + their credits).
    ///
    /// ```
    /// use wirecopy::dispatches::{Dispatches, Origins};
    /// use wirecopy::{Article, ArticleSet, text::TextScheme};
    /// let articles = [
    ///     Article::new("a", "Le bac de Vireuil reprend lundi.")?.with_family("Groupe Amont"),
    ///     Article::new("b", "Lundi, les voitures passeront de nouveau.")?.with_family("Groupe Amont"),
    ///     Article::new("c", "La rivière reste haute.")?.with_family("Presse du Val"),
    /// ];
    /// let set = ArticleSet::new(&articles, TextScheme::default())?;
    /// let origins = Origins::of(&set, &Dispatches::default(), &[0, 1, 2]);
    /// assert_eq!((origins.min, origins.max), (2, 3));
    /// # Ok::<(), wirecopy::Error>(())
    /// ```
    pub fn of(set: &ArticleSet, dispatches: &Dispatches, articles: &[usize]) -> Origins {
        let articles: BTreeSet<usize> =
            articles.iter().copied().filter(|&article| article < set.len()).collect();
        let units = units(set, dispatches, &articles);
        Origins { min: united(&units), max: copies(dispatches, &articles) }
    }
}

/// Articles that are one origin at the least: the members of a dispatch, or a lone article.
#[derive(Default)]
struct Unit<'a> {
    credited_alone: BTreeSet<Agency>,
    credited_among_others: BTreeSet<Agency>,
    publishers: BTreeSet<(bool, &'a str)>,
}

fn units<'a>(
    set: &'a ArticleSet,
    dispatches: &Dispatches,
    articles: &BTreeSet<usize>,
) -> Vec<Unit<'a>> {
    let mut units: Vec<Unit<'a>> = Vec::new();
    let mut of_dispatch: AHashMap<usize, usize> = AHashMap::new();
    for &article in articles {
        let unit = match dispatches.primary.get(article).copied().flatten() {
            Some(dispatch) => *of_dispatch.entry(dispatch).or_insert(units.len()),
            None => units.len(),
        };
        if unit == units.len() {
            units.push(Unit::default());
        }
        units[unit].take(&set.articles()[article]);
    }
    units
}

impl<'a> Unit<'a> {
    fn take(&mut self, article: &'a Article) {
        let credits = article.credits().iter();
        let agencies: BTreeSet<Agency> = credits
            .filter(|credit| credit.role == CreditRole::Text)
            .map(|credit| credit.agency)
            .collect();
        let list = match agencies.len() {
            0 | 1 => &mut self.credited_alone,
            _ => &mut self.credited_among_others,
        };
        list.extend(agencies);
        self.publishers.extend(article.publisher());
    }

    fn agencies(&self) -> impl Iterator<Item = Agency> {
        let first = self.credited_among_others.iter().filter(|_| self.credited_alone.is_empty());
        self.credited_alone.iter().chain(first.take(1)).copied()
    }
}

/// Number of groups when units are united by agency, those without an agency by publisher.
fn united(units: &[Unit<'_>]) -> usize {
    let mut sets = DisjointSets::new(units.len());
    let mut by_agency: AHashMap<Agency, usize> = AHashMap::new();
    let mut by_publisher: AHashMap<(bool, &str), usize> = AHashMap::new();
    for (index, unit) in units.iter().enumerate() {
        let mut credited = false;
        for agency in unit.agencies() {
            credited = true;
            sets.unite(index, *by_agency.entry(agency).or_insert(index));
        }
        for publisher in unit.publishers.iter().filter(|_| !credited) {
            sets.unite(index, *by_publisher.entry(*publisher).or_insert(index));
        }
    }
    sets.count()
}

/// Number of groups of verified copies.
fn copies(dispatches: &Dispatches, articles: &BTreeSet<usize>) -> usize {
    let mut versions: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut alone = 0;
    for &article in articles {
        let primary = dispatches.primary.get(article).copied().flatten();
        let member = primary.and_then(|dispatch| {
            Some((dispatch, dispatches.dispatches.get(dispatch)?.member(article)?.version))
        });
        match member {
            Some(version) => {
                versions.insert(version);
            }
            None => alone += 1,
        }
    }
    versions.len() + alone
}
