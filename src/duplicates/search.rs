//! The whole way from texts to groups.

use super::cover::{Texts, cover};
use super::{DuplicateConfig, DuplicateMemory, DuplicatePair, DuplicateStatistics, Duplicates};
use crate::error::{Error, Result};
use crate::parallel::map_ordered;
use crate::text::{LengthClass, TokenisedText};
use minhash_lsh::{Jaccard, Sketcher};
use std::cmp::Ordering;

/// Finds the texts that are the same but for a few words.
///
/// Two texts are duplicates when the Jaccard similarity of their shingle sets is at least the configured threshold. Every
/// pair of the answer was verified exactly; that a pair at the threshold is looked at has the configured recall. Places in
/// the answer are those in `texts`.
///
/// With the feature `rayon` texts and pairs are worked on in parallel, in the caller's pool.
///
/// Cost: linear in the bytes, the candidate pairs and their shingles. Memory beside the texts: the signatures (4 bytes a
/// lane: 512 a text) and what [`DuplicateMemory`] itemises.
///
/// # Errors
/// `is_input` for a text longer than [`MAX_TEXT_BYTES`](crate::MAX_TEXT_BYTES), naming its place; `is_config` for more
/// than 2³² − 1 texts.
///
/// ```
/// use wirecopy::duplicates::{DuplicateConfig, find_duplicates};
///
/// let body = "Le pont suspendu de Sourlac restera fermé aux camions jusqu'à la fin du printemps, a annoncé vendredi la \
///     préfecture, après la découverte de fissures dans deux haubans lors d'une inspection.";
/// let texts = [body, "La foire aux anguilles de Mireux a réuni trois mille visiteurs.", &body.to_uppercase()];
/// let found = find_duplicates(&texts, &DuplicateConfig::new())?;
/// assert_eq!(found.groups().len(), 1);
/// assert_eq!(found.groups()[0].members, [0, 2]);
/// assert_eq!(found.pairs()[0].resemblance.get(), 1.0);
/// # Ok::<(), wirecopy::Error>(())
/// ```
pub fn find_duplicates<T: AsRef<str> + Sync>(
    texts: &[T],
    config: &DuplicateConfig,
) -> Result<Duplicates> {
    let read = map_ordered(texts.len(), |at| {
        let text = texts.get(at).map_or("", AsRef::as_ref);
        TokenisedText::of_text(text, config.text())
            .map_err(|error| Error::input(format!("text {at}: {error}")))
    });
    let read = read.into_iter().collect::<Result<Vec<TokenisedText>>>()?;
    let sets: Vec<&[u64]> = read.iter().map(TokenisedText::shingles).collect();
    let matrix = Sketcher::new(config.scheme()).sketch_all(&sets);
    let found = config.banding().candidate_pairs_capped(&matrix, config.bucket_cap())?;
    let verified = map_ordered(found.pairs().len(), |at| {
        let &(first, second) = found.pairs().get(at)?;
        let (a, b) = (sets.get(first as usize)?, sets.get(second as usize)?);
        let resemblance = Jaccard::between(a, b);
        (resemblance >= config.threshold()).then_some(DuplicatePair { first, second, resemblance })
    });
    let pairs: Vec<DuplicatePair> = verified.into_iter().flatten().collect();
    let mut first_of_kind: Vec<u32> = (0..texts.len() as u32).collect();
    for pair in &pairs {
        if pair.resemblance == Jaccard::ONE && found.representative(pair.second) == Some(pair.first)
        {
            first_of_kind[pair.second as usize] = pair.first;
        }
    }
    let mut order: Vec<u32> = (0..texts.len() as u32).collect();
    order.sort_by(|&x, &y| tie_order(texts, x, y));
    let mut rank = vec![0; texts.len()];
    for (place, &text) in (0u32..).zip(&order) {
        rank[text as usize] = place;
    }
    let covered = cover(&Texts { first_of_kind: &first_of_kind, rank: &rank }, &pairs);
    let class = |class| read.iter().filter(|text| text.length_class() == class).count() as u64;
    let across = pairs
        .iter()
        .filter(|p| covered.group_of[p.first as usize] != covered.group_of[p.second as usize])
        .count();
    let statistics = DuplicateStatistics {
        texts: texts.len() as u64,
        text_bytes: texts.iter().map(|text| text.as_ref().len() as u64).sum(),
        empty_texts: class(LengthClass::Empty),
        texts_below_shingle: class(LengthClass::BelowShingle),
        short_texts: class(LengthClass::Short),
        identical_texts: (0u32..).zip(&first_of_kind).filter(|(at, first)| at != *first).count()
            as u64,
        candidate_pairs: found.pairs().len() as u64,
        verified_pairs: pairs.len() as u64,
        refused_pairs: (found.pairs().len() - pairs.len()) as u64,
        groups: covered.groups.len() as u64,
        grouped_texts: covered.groups.iter().map(|group| group.members.len() as u64).sum(),
        pairs_across_groups: across as u64,
        candidates: *found.statistics(),
        memory: DuplicateMemory {
            texts: texts.len() as u64,
            signatures: 4 * matrix.lanes().len() as u64,
            ..DuplicateMemory::default()
        },
    };
    Ok(Duplicates { pairs, groups: covered.groups, group_of: covered.group_of, statistics })
}

/// The longer text first, then by the bytes, then by place: an order that depends on nothing but the texts, up to those
/// that are equal.
fn tie_order<T: AsRef<str>>(texts: &[T], x: u32, y: u32) -> Ordering {
    let text = |at: u32| texts.get(at as usize).map_or("", AsRef::as_ref);
    let (a, b) = (text(x), text(y));
    b.len().cmp(&a.len()).then_with(|| a.cmp(b)).then(x.cmp(&y))
}
