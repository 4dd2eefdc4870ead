//! Stories: which articles tell of the same happening, in whatever words.
//!
//! The method, stage by stage: an article becomes two sparse vectors, its words and its names, weighed
//! by how rare their stems are in the language's news and in the set; of each word it is known where
//! it stands and how it begins. Pairs that share heavy terms are scored: what one has of the other's
//! headline and opening, dates, distance in time, reuse of text. A strict single pass and
//! merging of the most similar make the groups: articles become events, events stories, stories
//! topics, so each [`Granularity`] lies within the next by construction. Nothing is learned from the
//! set and nothing is random, so the same set gives the same stories.
//!
//! ```
//! use wirecopy::dispatches::Dispatches;
//! use wirecopy::links::Links;
//! use wirecopy::stories::{StoryConfig, cluster};
//! use wirecopy::{Article, ArticleSet};
//!
//! let articles = [
//!     Article::new("a", "Le pont de Sourlac a rouvert mardi après trois mois de travaux sur la Vaire.")?,
//!     Article::new("b", "Les automobilistes de Sourlac franchissent de nouveau la Vaire : le pont est rouvert.")?,
//!     Article::new("c", "La chorale de Mireux fête ses cent ans par un concert à la halle.")?,
//! ];
//! let set = ArticleSet::new(&articles, Default::default())?;
//! let stories = cluster(&set, &Links::default(), &Dispatches::default(), &StoryConfig::new())?;
//! assert_eq!(stories.of_article, [0, 0, 1]);
//! assert!(stories.stories[0].evidence[0].words.contains(&"sourlac".to_owned()));
//! # Ok::<(), wirecopy::Error>(())
//! ```
//!
//! # What was chosen on what
//! The thresholds and times of the three granularities on half of a week and of a day of French RSS
//! items and on the train split of ECB+. `QUALITY.md` has the figures of the other halves ("Asked and
//! reached") and the gains ("Granularities").
//!
//! # Limits
//! - Two happenings with the same people at the same place, undated, are told apart only by their
//!   numbers and other words, and under 150 tokens, where the names are rare and many, these do not weigh
//!   enough. Give dates where they are known.
//! - A consequence days later that shares a paragraph of background and few words with the first
//!   reports is a story of its own.
//! - Dispatches on one happening that share neither words nor names (a rescue hours after an
//!   earthquake) meet only through a compilation of that one subject that carries both.
//! - Articles in different languages share at most names, so a story is in practice a story of one
//!   language.
//! - Where the crate has no background frequencies (every language but French and English), the
//!   set's own decide, and small sets know little.

mod baseline;
mod beginnings;
mod blocks;
mod bonds;
mod candidates;
mod clustering;
mod coefficients;
mod compilations;
mod config;
mod evidence;
mod feature_block;
mod features;
mod group;
mod hierarchy;
mod identical;
mod linkage;
mod mentioned_dates;
mod mentioned_numbers;
mod merging;
mod period;
mod places;
mod rarity;
mod read_text;
mod reuse;
mod score;
mod similarity;
mod spelled;
mod spread_keys;
mod story;
mod subjects;
mod term_index;
mod vectors;
mod verbatim;
mod weighing;
mod word_terms;

pub use config::StoryConfig;
pub use hierarchy::Hierarchy;
pub use score::PairFeatures;
pub use story::{Granularity, Stories, Story, StoryEvidence, StoryStatistics};

use crate::article_set::ArticleSet;
use crate::decisions::Decisions;
use crate::dispatches::{Dispatches, Origins};
use crate::error::{Error, Result};
use crate::language::{Language, of_set};
use crate::links::Links;
use crate::measures::StorySimilarity;
use crate::parallel;
use blocks::{Blocks, articles_of, block_count};
use bonds::{Bonds, Bound};
use candidates::Candidates;
use clustering::{groups, merged};
use features::FeatureReader;
use identical::Identical;
use linkage::Linkage;
use period::Period;
use score::Question;
use similarity::{LEAST_WORDS, Similarity};
use std::collections::BTreeMap;
use subjects::of_one_subject;
use vectors::Vectors;
use word_terms::WordTerms;

/// Mean similarity to a group at which an article joins it at once, in the single pass. With no pass
/// at all the results are within 0.005 BCubed F1 on every collection; the pass spares the merging
/// its work.
const SINGLE_PASS: f64 = 0.9;

/// The stories of a set: each article is in exactly one, alone or with others.
///
/// `links` and `dispatches` are those of the same set; either may be empty, then text and time
/// alone decide. An article with fewer than two telling words (the short-text policy of this stage)
/// is a story of its own, even a copy of another: that "Loading" equals "Loading" is no news. Articles with one text, to the folded token of title
/// and body, are one event however many they are, as far as its 48 hours let them. Depends on the set
/// of articles, never on their order or on the number of threads.
///
/// All three granularities are made, whichever is asked for ([`Stories::hierarchy`]): events of
/// articles, stories of events, topics of stories.
///
/// Cost: linear in the articles' tokens and in the candidate pairs, of which an article has at most
/// about 128 and a story 64 more; O(pairs · log pairs) to merge them. What the caps left out is
/// counted ([`Stories::statistics`]).
///
/// # Errors
/// `is_config` when links or dispatches name an article the set does not have.
pub fn cluster(
    set: &ArticleSet,
    links: &Links,
    dispatches: &Dispatches,
    config: &StoryConfig,
) -> Result<Stories> {
    cluster_with(set, links, dispatches, config, &Decisions::default())
}

/// The stories of a set under decisions, which outrank texts and times.
///
/// Articles that must be together are in one event, and so in one story and one topic, however far
/// apart they are and whatever they tell. Articles that cannot be together, and whoever must be with
/// either, are in different events and different stories; a topic may hold both. Ids that the set does
/// not have are passed over, but whom they stand between stay bound.
///
/// ```
/// use wirecopy::dispatches::Dispatches;
/// use wirecopy::links::Links;
/// use wirecopy::stories::{StoryConfig, cluster_with};
/// use wirecopy::{Article, ArticleSet, Decisions};
///
/// let bridge = "Le pont de Sourlac a rouvert mardi après trois mois de travaux sur la Vaire.";
/// let articles = [
///     Article::new("a", bridge)?,
///     Article::new("b", bridge)?,
///     Article::new("c", "La chorale de Mireux fête ses cent ans par un concert à la halle.")?,
/// ];
/// let set = ArticleSet::new(&articles, Default::default())?;
/// let decisions = Decisions::new().cannot_link("a", "b").must_link("a", "c");
/// let (links, dispatches, config) = (Links::default(), Dispatches::default(), StoryConfig::new());
/// let stories = cluster_with(&set, &links, &dispatches, &config, &decisions)?;
/// assert_eq!(stories.of_article, [0, 1, 0]);
/// # Ok::<(), wirecopy::Error>(())
/// ```
///
/// Cost: as [`cluster`].
///
/// # Errors
/// As [`cluster`] and [`Decisions::check`].
pub fn cluster_with(
    set: &ArticleSet,
    links: &Links,
    dispatches: &Dispatches,
    config: &StoryConfig,
    decisions: &Decisions,
) -> Result<Stories> {
    check_indices(set, links, dispatches)?;
    decisions.check()?;
    let bonds = Bonds::new(set, decisions);
    let languages = of_set(set);
    let similarity = similarity_of(set, &languages, links, dispatches, &bonds);
    let candidates = Candidates::of_all(&similarity);
    let (hierarchy, dropped_pairs) = hierarchy_of(&candidates, config, &bonds);
    let relation = candidates.at(config.granularity());
    let groups = hierarchy.groups(config.granularity());
    let stories = parallel::map_ordered(groups.len(), |number| {
        let members = groups.get(number).cloned().unwrap_or_default();
        let (central, evidence) = evidence::evidence(&members, relation, set, &languages);
        Story {
            central,
            evidence,
            dispatches: dispatches_of(&members, dispatches),
            origins: Origins::of(set, dispatches, &members),
            articles: members,
        }
    });
    let of_article = hierarchy.of_article(config.granularity()).to_vec();
    let statistics = StoryStatistics { long_lists: candidates.long_lists, dropped_pairs };
    Ok(Stories { stories, of_article, hierarchy, statistics })
}

/// The three granularities, and the pairs that merging dropped: each starts from the groups of the
/// one before, so that it can only widen them.
fn hierarchy_of(
    candidates: &Candidates<'_>,
    config: &StoryConfig,
    bonds: &Bonds,
) -> (Hierarchy, usize) {
    let similarity = candidates.similarity();
    let linkage = |granularity| config.linkage(granularity);
    let event = linkage(Granularity::Event);
    let single_pass = SINGLE_PASS.max(event.threshold);
    let order = canonical_order(similarity);
    let bound = |granularity| Bound { relation: candidates.at(granularity), bonds };
    let identical: Vec<&[u32]> = similarity.identical.groups().collect();
    let events = groups(&bound(Granularity::Event), &order, &identical, single_pass, event);
    let linkage_of_story = linkage(Granularity::Story);
    let again = similarity.identical.neighbours(&events.groups);
    let events_of_story = events.groups.clone();
    let stories = merged(&bound(Granularity::Story), events_of_story, &again, linkage_of_story);
    let neighbours = of_one_subject(&stories.groups, similarity);
    let topics = merged(
        &candidates.at(Granularity::Topic),
        stories.groups.clone(),
        &neighbours,
        linkage(Granularity::Topic),
    );
    let hierarchy =
        Hierarchy::new(similarity.times.len(), &events.groups, &stories.groups, &topics.groups);
    (hierarchy, events.dropped + stories.dropped + topics.dropped)
}

/// The events, stories and topics of a set, without what [`cluster`] says of each beside its
/// articles.
///
/// Cost and errors: as [`cluster`].
pub fn hierarchy(
    set: &ArticleSet,
    links: &Links,
    dispatches: &Dispatches,
    config: &StoryConfig,
) -> Result<Hierarchy> {
    check_indices(set, links, dispatches)?;
    let bonds = Bonds::default();
    let similarity = similarity_of(set, &of_set(set), links, dispatches, &bonds);
    Ok(hierarchy_of(&Candidates::of_all(&similarity), config, &bonds).0)
}

/// How alike the stories of the given pairs of articles are, by their texts, links and dates: what a
/// reader would say who is shown the two.
///
/// That is not what is grouped. [`cluster`] asks whether two articles are one story, so its thresholds
/// and the similarities of its evidence are of another scale: two earthquakes are alike, and two
/// stories.
///
/// # Errors
/// `is_config` when a pair, a link or a dispatch names an article the set does not have.
pub fn similarities(
    set: &ArticleSet,
    links: &Links,
    dispatches: &Dispatches,
    pairs: &[(usize, usize)],
) -> Result<Vec<StorySimilarity>> {
    check_indices(set, links, dispatches)?;
    check_pairs(set, pairs)?;
    let similarity = Similarity {
        question: Question::Alike,
        ..similarity_of(set, &of_set(set), links, dispatches, &Bonds::default())
    };
    pairs.iter().map(|&(a, b)| StorySimilarity::new(similarity.of(a as u32, b as u32))).collect()
}

/// What the texts of the given pairs share: what [`similarities`] weighs, before time and links come
/// in. For whoever fits the weights to judgements of their own.
///
/// Cost: linear in the tokens of the set and in the pairs.
///
/// ```
/// use wirecopy::stories::pair_features;
/// use wirecopy::{Article, ArticleSet};
///
/// let articles = [
///     Article::new("a", "Le pont de Sourlac a rouvert mardi après trois mois de travaux.")?,
///     Article::new("b", "Le pont de Sourlac est rouvert depuis mardi.")?,
/// ];
/// let set = ArticleSet::new(&articles, Default::default())?;
/// let features = pair_features(&set, &[(0, 1)])?;
/// assert!(features[0].words > 0.2 && features[0].weekdays > 0.2);
/// # Ok::<(), wirecopy::Error>(())
/// ```
///
/// # Errors
/// `is_config` when a pair names an article the set does not have.
pub fn pair_features(set: &ArticleSet, pairs: &[(usize, usize)]) -> Result<Vec<PairFeatures>> {
    check_pairs(set, pairs)?;
    let similarity = Similarity {
        vectors: vectors_of(set, &of_set(set)),
        times: set.articles().iter().map(|article| article.published()).collect(),
        ..Similarity::default()
    };
    Ok(pairs.iter().map(|&(a, b)| similarity.features(a as u32, b as u32)).collect())
}

/// The yardstick that [`cluster`] is measured against: average link over all pairs on the plain
/// tf-idf cosine of the words, with the same background and without time, names, lead or reuse.
/// Each group ascends; groups by smallest member.
///
/// O(articles²) memory and similarities: for evaluation.
pub fn baseline(set: &ArticleSet, threshold: StorySimilarity) -> Vec<Vec<usize>> {
    let languages = of_set(set);
    let vectors = vectors_of(set, &languages);
    let plain = baseline::PlainTfIdf::new(vectors);
    let order: Vec<u32> = (0..set.len() as u32).collect();
    let found = groups(&plain, &order, &[], f64::INFINITY, Linkage::average(threshold.get()));
    found.groups.into_iter().map(|group| group.into_iter().map(|a| a as usize).collect()).collect()
}

fn similarity_of(
    set: &ArticleSet,
    languages: &[Option<Language>],
    links: &Links,
    dispatches: &Dispatches,
    bonds: &Bonds,
) -> Similarity {
    let mut similarity = Similarity {
        vectors: vectors_of(set, languages),
        times: reuse::news_times(set, dispatches),
        outlets: outlets_of(set),
        ..Similarity::default()
    };
    let reused = reuse::reuse(links, dispatches, &similarity);
    (similarity.reuse, similarity.text_of) = (reused.pairs, reused.text_of);
    similarity.identical = identical_of(&similarity, bonds);
    similarity
}

/// The articles that are one event because they have one text of enough words. Those that something
/// was decided about are compared like others.
fn identical_of(similarity: &Similarity, bonds: &Bonds) -> Identical {
    let vectors = &similarity.vectors;
    let words = |article: u32| vectors.article(article).map_or(0, |it| it.words().terms().len());
    let tells = |article: &u32| words(*article) >= LEAST_WORDS && !bonds.bind(*article);
    let texts = vectors.same_texts.iter().map(|text| text.iter().copied().filter(tells).collect());
    let texts: Vec<Vec<u32>> = texts.filter(|text: &Vec<u32>| text.len() > 1).collect();
    let period = |article: u32| Period::of(*similarity.times.get(article as usize)?);
    let event = Linkage::of(Granularity::Event);
    Identical::of(&texts, similarity.times.len(), period, &event)
}

/// A number for the outlet of each article, where it is known.
fn outlets_of(set: &ArticleSet) -> Vec<Option<u32>> {
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    let outlets = set.articles().iter().map(|article| {
        let outlet = article.outlet()?;
        let next = numbers.len() as u32;
        Some(*numbers.entry(outlet).or_insert(next))
    });
    outlets.collect()
}

fn vectors_of(set: &ArticleSet, languages: &[Option<Language>]) -> Vectors {
    let terms = WordTerms::new(set, languages);
    let reader = || FeatureReader::new(set, &terms);
    let features = parallel::map_with(block_count(set.len()), reader, |reader, number| {
        reader.block(articles_of(number, set.len()), languages)
    });
    Vectors::of(Blocks::new(features, set.len()), languages, &terms)
}

/// By earliest publication, then by id; the undated last.
fn canonical_order(similarity: &Similarity) -> Vec<u32> {
    let mut order: Vec<u32> = (0..similarity.times.len() as u32).collect();
    order.sort_by_key(|&article| {
        let earliest = similarity.times.get(article as usize).and_then(|time| time.earliest());
        (earliest.is_none(), earliest, article)
    });
    order
}

fn dispatches_of(members: &[usize], dispatches: &Dispatches) -> Vec<usize> {
    let primary = members.iter().filter_map(|&m| dispatches.primary.get(m).copied().flatten());
    let mut carried: Vec<usize> = primary.collect();
    carried.sort_unstable();
    carried.dedup();
    carried
}

fn check_indices(set: &ArticleSet, links: &Links, dispatches: &Dispatches) -> Result<()> {
    let outside = |article: &&usize| **article >= set.len();
    let linked = links.links.iter().flat_map(|link| [&link.a, &link.b]);
    if let Some(article) = linked.into_iter().find(outside) {
        return Err(unknown_article("a link", *article, set));
    }
    let members = dispatches.dispatches.iter().flat_map(|dispatch| &dispatch.members);
    if let Some(article) = members.map(|member| &member.article).find(outside) {
        return Err(unknown_article("a dispatch", *article, set));
    }
    Ok(())
}

fn check_pairs(set: &ArticleSet, pairs: &[(usize, usize)]) -> Result<()> {
    match pairs.iter().find(|(a, b)| *a.max(b) >= set.len()) {
        Some(pair) => Err(unknown_article("a pair", *(&pair.0).max(&pair.1), set)),
        None => Ok(()),
    }
}

fn unknown_article(what: &str, article: usize, set: &ArticleSet) -> Error {
    Error::config(format!(
        "{what} names article {article}, but the set has {}; pass those of the same set",
        set.len()
    ))
}
