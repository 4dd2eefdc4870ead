//! All links of a set: candidates, alignment, verification.

use super::align::{Aligner, Alignment, canonical_order};
use super::compact::CompactTexts;
use super::identical::IdenticalGroups;
use super::reading::Readings;
use super::seeds::SeedIndex;
use super::verify::Verifier;
use super::words::Words;
use super::{Link, LinkConfig, LinkStatistics, Links, containment, resemblance};
use crate::article_set::ArticleSet;
use crate::error::Result;
use crate::parallel::{map_ordered, map_with};
use crate::text::{Token, TokenisedText, prefetch};
use minhash_lsh::PreparedSet;
use std::sync::OnceLock;

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
/// bound the number of pairs. Memory beside the set and the links: 4 bytes a lane of the signatures
/// (512 a text), about 8 bytes a token while fingerprints are compared (two windows in five are kept,
/// at 8 and 12 bytes, and at 16 those that may be shared), and 4 bytes a token of the texts that are compared while they are. The set
/// keeps the numbers of its words, 4 bytes a token, for the stages after this one.
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
    let Candidates { partners, formula, holds_formula, mut statistics } =
        candidates(set, &distinct, &texts, config)?;
    let words = Words::new(set, &distinct);
    let readings = Readings::new(set, &words);
    let verifier = Verifier {
        set,
        words: &words,
        readings: &readings,
        formula: &formula,
        holds_formula: groups.of_articles(&holds_formula, set.len()),
        formula_places: (0..set.len()).map(|_| OnceLock::new()).collect(),
        roles: (0..set.len()).map(|_| OnceLock::new()).collect(),
        config,
    };
    let owned = owned_by_longer(&texts, &partners);
    let numbers = distinct.iter().map(|&article| set.vocabulary().of(article)).collect();
    let compact = CompactTexts::new(numbers, is_compared(&owned));
    let finder =
        Finder { groups: &groups, texts: &texts, compact: &compact, verifier: &verifier, config };
    let identical = map_ordered(texts.len(), |group| {
        let mut part = Part::default();
        finder.link_identical(group, &mut part);
        part
    });
    let tasks = tasks(&owned);
    let between = map_with(tasks.len(), Workspace::default, |space, task| {
        tasks.get(task).map_or_else(Part::default, |task| finder.links_between(task, space))
    });
    statistics.identical_collapsed = groups.collapsed();
    let parts = [identical, between];
    let mut links = Vec::with_capacity(parts.iter().flatten().map(|part| part.links.len()).sum());
    for part in parts.into_iter().flatten() {
        links.extend(part.links);
        statistics.pairs_aligned += part.aligned;
        statistics.pairs_not_verified += part.not_verified;
        statistics.identical_pairs_left_out += part.left_out;
    }
    links.sort_unstable_by_key(|link| (link.a, link.b));
    Ok(Links { links, statistics })
}

/// What is compared, and what all texts have in common.
struct Candidates {
    /// For each distinct text the later ones to compare it with, by either way.
    partners: Vec<Vec<u32>>,
    formula: ahash::AHashSet<u64>,
    /// Whether each distinct text holds formula.
    holds_formula: Vec<bool>,
    statistics: LinkStatistics,
}

fn candidates(
    set: &ArticleSet,
    distinct: &[usize],
    texts: &[&[Token]],
    config: &LinkConfig,
) -> Result<Candidates> {
    let tokenised: Vec<&TokenisedText> =
        distinct.iter().filter_map(|&article| set.texts().get(article)).collect();
    let alike = resemblance::candidates(&tokenised, set.scheme(), config)?;
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
    let (formula, holds_formula) = (found.formula, found.holds_formula);
    Ok(Candidates { partners, formula, holds_formula, statistics })
}

/// For each text the texts it is compared with whose seeds are looked up in it: the shorter ones, of
/// equally long ones the later.
///
/// A host that holds three hundred short texts is indexed once. The other way round each of them
/// would ask all of its words: 300 texts × 20 hosts hashed each host 300 times.
fn owned_by_longer(texts: &[&[Token]], partners: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let tokens = |text: u32| texts.get(text as usize).map_or(0, |tokens| tokens.len());
    let mut owned: Vec<Vec<u32>> = vec![Vec::new(); texts.len()];
    for (text, later) in (0u32..).zip(partners) {
        for &other in later {
            let (owner, partner) =
                if tokens(text) >= tokens(other) { (text, other) } else { (other, text) };
            if let Some(owned) = owned.get_mut(owner as usize) {
                owned.push(partner);
            }
        }
    }
    owned
}

/// Whether a text is compared with any.
fn is_compared(owned: &[Vec<u32>]) -> impl Fn(usize) -> bool {
    let mut compared: Vec<bool> = owned.iter().map(|partners| !partners.is_empty()).collect();
    for &partner in owned.iter().flatten() {
        if let Some(compared) = compared.get_mut(partner as usize) {
            *compared = true;
        }
    }
    move |text| compared.get(text) == Some(&true)
}

/// Partners of one text that a task aligns at most. A text that thousands share words with is many
/// tasks, each of which indexes it anew: the cost of one to two of its alignments.
const PARTNERS_A_TASK: usize = 64;

/// One text and some of those that are aligned with it.
struct Task<'p> {
    owner: usize,
    partners: &'p [u32],
}

fn tasks(owned: &[Vec<u32>]) -> Vec<Task<'_>> {
    owned
        .iter()
        .enumerate()
        .flat_map(|(owner, partners)| {
            partners.chunks(PARTNERS_A_TASK).map(move |partners| Task { owner, partners })
        })
        .collect()
}

/// What a thread works in from task to task.
#[derive(Default)]
struct Workspace<'t> {
    index: SeedIndex<'t>,
    aligner: Aligner,
    sets: PairSets,
}

/// The shingle sets of a pair, prepared when a link of it is first verified, and the one of the
/// owner once for all its pairs of a task.
#[derive(Default)]
struct PairSets {
    owner: PreparedSet,
    /// The text that `owner` is of.
    prepared: Option<usize>,
    partner: PreparedSet,
    shingles: Vec<u64>,
}

struct Finder<'f> {
    groups: &'f IdenticalGroups,
    texts: &'f [&'f [Token]],
    compact: &'f CompactTexts<'f>,
    verifier: &'f Verifier<'f>,
    config: &'f LinkConfig,
}

/// What one task found.
#[derive(Default)]
struct Part {
    links: Vec<Link>,
    aligned: u64,
    not_verified: u64,
    left_out: u64,
}

impl<'f> Finder<'f> {
    fn links_between(&self, task: &Task<'_>, space: &mut Workspace<'f>) -> Part {
        let mut part = Part::default();
        let Some(text) = self.texts.get(task.owner) else { return part };
        let Workspace { index, aligner, sets } = space;
        index.read(self.compact.of(task.owner));
        for (number, &partner) in task.partners.iter().enumerate() {
            // Partners are anywhere in the set: the next one is on its way while this one is aligned.
            if let Some(&next) = task.partners.get(number + 1) {
                prefetch(self.compact.of(next as usize).seeds);
            }
            let Some(other) = self.texts.get(partner as usize) else { continue };
            part.aligned += 1;
            let order = canonical_order(text, other);
            let other = self.compact.of(partner as usize);
            let stretches = aligner.align(index, other, order, self.config);
            let before = part.links.len();
            if !stretches.is_empty() {
                self.link_groups(task.owner, partner as usize, &stretches, sets, &mut part);
            }
            part.not_verified += u64::from(part.links.len() == before);
        }
        part
    }

    /// The exact resemblance of the texts of two groups.
    fn resemblance(&self, owner: usize, partner: usize, sets: &mut PairSets) -> f64 {
        let PairSets { owner: of_owner, prepared, partner: of_partner, shingles } = sets;
        let mut prepare = |group: usize, set: &mut PreparedSet| {
            let first = self.members(group).first();
            let text = first.and_then(|&article| self.verifier.set.texts().get(article));
            shingles.clear();
            text.into_iter().for_each(|text| text.read_shingles(shingles));
            set.prepare(shingles);
        };
        if *prepared != Some(owner) {
            prepare(owner, of_owner);
            *prepared = Some(owner);
        }
        prepare(partner, of_partner);
        of_owner.jaccard(of_partner).get()
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
            part.links.extend(self.verifier.link(a, b, &whole, true, || 1.0));
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

    /// Links the articles of two different texts, which align in `stretches` seen from `a`.
    fn link_groups(
        &self,
        a: usize,
        b: usize,
        stretches: &[Alignment],
        sets: &mut PairSets,
        part: &mut Part,
    ) {
        let mut known = None;
        let mut resemblance = || *known.get_or_insert_with(|| self.resemblance(a, b, sets));
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
                    self.verifier.link(x, y, stretches, false, &mut resemblance)
                } else {
                    self.verifier.link(y, x, &mirrored, false, &mut resemblance)
                });
            }
        }
    }
}
