//! All links of a set: candidates, alignment, verification.

use super::align::{Alignment, align_indexed};
use super::identical::IdenticalGroups;
use super::reading::Readings;
use super::seeds::SeedIndex;
use super::verify::Verifier;
use super::words::Words;
use super::{Link, LinkConfig, LinkStatistics, Links, containment, resemblance};
use crate::article_set::ArticleSet;
use crate::error::Result;
use crate::parallel::map_ordered;
use crate::text::Token;

/// Finds every link of an article set.
///
/// Identical texts are collapsed to one. Candidate pairs come from resemblance (MinHash banding)
/// and containment (winnowed fingerprints); each is aligned, weighed, and reported only when that
/// verifies it. Links are by ascending `(a, b)`; the result depends on nothing but the set and the
/// configuration.
///
/// A group of identical articles is linked in all pairs up to [`LinkConfig::identical_pairs_cap`]
/// members; a larger one as a star around its smallest id, so that 100,000 copies give 99,999
/// links. Two groups of identical texts are linked in all pairs when both are under the cap, else
/// each member with the other group's smallest id.
///
/// Cost: linear in the tokens, plus the tokens of both texts for each pair that is aligned; the caps
/// bound the number of pairs. Memory beside the set and the links: about 10 bytes a token while the fingerprints are sorted (two windows in five are kept,
/// at 8 and 16 bytes).
///
/// # Errors
/// `is_config` when the configured recall cannot be planned, which a validated [`LinkConfig`]
/// excludes.
///
/// ```
/// use wirecopy::links::{LinkConfig, LinkKind, find_links};
/// use wirecopy::{Article, ArticleSet};
/// let dispatch = "Le pont suspendu de Sourlac restera fermé aux camions jusqu'à la fin du printemps, a annoncé \
///     vendredi la préfecture, après la découverte de fissures dans deux haubans lors d'une inspection.";
/// let articles = [
///     Article::new("gazette", dispatch)?,
///     Article::new("courrier", format!("Mauvaise nouvelle pour les transporteurs. {dispatch}"))?,
///     Article::new("rien", "La foire aux anguilles de Mireux a réuni trois mille visiteurs sous la pluie dimanche.")?,
/// ];
/// let set = ArticleSet::new(&articles, Default::default())?;
/// let links = find_links(&set, &LinkConfig::default())?.links;
/// assert_eq!(links.len(), 1);
/// assert_eq!(links[0].kind, LinkKind::Copy);
/// let passage = &links[0].passages[0];
/// let gazette = &set.articles()[links[0].b];
/// assert!(passage.b.span.slice(gazette.original()).unwrap().starts_with("Le pont suspendu"));
/// # Ok::<(), wirecopy::Error>(())
/// ```
pub fn find_links(set: &ArticleSet, config: &LinkConfig) -> Result<Links> {
    let groups = IdenticalGroups::new(set.texts());
    let distinct: Vec<usize> =
        groups.groups().iter().filter_map(|members| members.first().copied()).collect();
    let texts: Vec<&[Token]> = distinct
        .iter()
        .map(|&article| set.texts().get(article).map_or(&[][..], |text| text.tokens()))
        .collect();
    let (partners, formula, mut statistics) = candidates(set, &distinct, &texts, config)?;
    let words = Words::new(set, &distinct);
    let readings = Readings::new(set, &words);
    let verifier = Verifier { set, words: &words, readings: &readings, formula: &formula, config };
    let finder = Finder { groups: &groups, texts: &texts, verifier: &verifier, config };
    let found = map_ordered(texts.len(), |group| {
        finder.links_of(group, partners.get(group).map_or(&[], Vec::as_slice))
    });
    statistics.identical_collapsed = groups.collapsed();
    let mut links = Vec::with_capacity(found.iter().map(|part| part.links.len()).sum());
    for part in found {
        links.extend(part.links);
        statistics.pairs_aligned += part.aligned;
        statistics.pairs_not_verified += part.not_verified;
        statistics.identical_pairs_left_out += part.left_out;
    }
    links.sort_unstable_by_key(|link| (link.a, link.b));
    Ok(Links { links, statistics })
}

type Formula = ahash::AHashSet<u64>;

/// For each distinct text the later ones to compare it with, by either way.
fn candidates(
    set: &ArticleSet,
    distinct: &[usize],
    texts: &[&[Token]],
    config: &LinkConfig,
) -> Result<(Vec<Vec<u32>>, Formula, LinkStatistics)> {
    let shingles: Vec<&[u64]> = distinct
        .iter()
        .map(|&article| set.texts().get(article).map_or(&[][..], |text| text.shingles()))
        .collect();
    let alike = resemblance::candidates(&shingles, set.scheme(), config)?;
    let found = containment::candidates(texts, config);
    let mut statistics = LinkStatistics {
        candidates_by_resemblance: alike.pairs.len() as u64,
        candidates_by_containment: found.partners.iter().map(|later| later.len() as u64).sum(),
        pairs_over_cap: alike.pairs_over_cap + found.pairs_over_cap,
        formula_fingerprints: found.formula.len() as u64,
        ..LinkStatistics::default()
    };
    statistics.unselective_fingerprints = found.unselective;
    let mut partners = found.partners;
    for (a, b) in alike.pairs {
        if let Some(later) = partners.get_mut(a as usize) {
            later.push(b);
        }
    }
    for later in &mut partners {
        later.sort_unstable();
        later.dedup();
    }
    Ok((partners, found.formula, statistics))
}

struct Finder<'f> {
    groups: &'f IdenticalGroups,
    texts: &'f [&'f [Token]],
    verifier: &'f Verifier<'f>,
    config: &'f LinkConfig,
}

/// The links of one distinct text to itself and to later ones.
#[derive(Default)]
struct Part {
    links: Vec<Link>,
    aligned: u64,
    not_verified: u64,
    left_out: u64,
}

impl Finder<'_> {
    fn links_of(&self, group: usize, partners: &[u32]) -> Part {
        let mut part = Part::default();
        self.link_identical(group, &mut part);
        let Some(&text) = self.texts.get(group) else { return part };
        if partners.is_empty() {
            return part;
        }
        let index = SeedIndex::new(text);
        for &partner in partners {
            let Some(&other) = self.texts.get(partner as usize) else { continue };
            part.aligned += 1;
            let stretches = align_indexed(&index, other, self.config);
            let before = part.links.len();
            if !stretches.is_empty() {
                self.link_groups(group, partner as usize, &stretches, &mut part);
            }
            part.not_verified += u64::from(part.links.len() == before);
        }
        part
    }

    fn members(&self, group: usize) -> &[usize] {
        self.groups.groups().get(group).map_or(&[], Vec::as_slice)
    }

    /// Links the articles of one text.
    fn link_identical(&self, group: usize, part: &mut Part) {
        let members = self.members(group);
        let [first, others @ ..] = members else { return };
        let Some(whole) = self.texts.get(group).and_then(|text| Alignment::whole(text.len()))
        else {
            return;
        };
        let whole = [whole];
        let mut link = |a: usize, b: usize| {
            part.links.extend(self.verifier.link(a, b, &whole, true));
        };
        if members.len() <= self.config.identical_pairs_cap() {
            for (at, &a) in members.iter().enumerate() {
                members.iter().skip(at + 1).for_each(|&b| link(a, b));
            }
        } else {
            others.iter().for_each(|&b| link(*first, b));
            let others = others.len() as u64;
            part.left_out += others * (others - 1) / 2;
        }
    }

    /// Links the articles of two different texts.
    fn link_groups(&self, a: usize, b: usize, stretches: &[Alignment], part: &mut Part) {
        let (of_a, of_b) = (self.members(a), self.members(b));
        let mirrored: Vec<Alignment> = {
            let mut mirrored: Vec<Alignment> = stretches.iter().map(Alignment::mirrored).collect();
            mirrored.sort();
            mirrored
        };
        let cap = self.config.identical_pairs_cap();
        let all = of_a.len().max(of_b.len()) <= cap;
        for (at_a, &x) in of_a.iter().enumerate() {
            for (at_b, &y) in of_b.iter().enumerate() {
                if !all && at_a > 0 && at_b > 0 {
                    part.left_out += (of_b.len() - at_b) as u64;
                    break;
                }
                part.links.extend(if x < y {
                    self.verifier.link(x, y, stretches, false)
                } else {
                    self.verifier.link(y, x, &mirrored, false)
                });
            }
        }
    }
}
