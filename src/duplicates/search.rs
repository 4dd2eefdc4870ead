//! The whole way from texts to groups.

use super::candidates::{Resolved, resolve};
use super::cover::{Cover, cover};
use super::order::{canonical, canonical_places};
use super::signatures::{Signatures, sketch_texts};
use super::{DuplicateConfig, DuplicateMemory, DuplicatePair, DuplicateStatistics, Duplicates};
use crate::error::{Error, Result};
use crate::text::LengthClass;
use minhash_lsh::{Jaccard, SignatureMatrix};
use std::mem::size_of;

/// Finds the texts that are the same but for a few words.
///
/// Two texts are duplicates when the Jaccard similarity of their shingle sets is at least the configured threshold. Every
/// pair of the answer was verified exactly; that a pair at the threshold is looked at has the configured recall. Places in
/// the answer are those in `texts`.
///
/// With the feature `rayon` texts and pairs are worked on in parallel, in the caller's pool.
///
/// Cost: linear in the bytes, the candidate pairs and their shingles. Memory beside the texts: the signatures (4 bytes a
/// lane: 512 a text, and as much again when a bucket is over-full), what else [`DuplicateMemory`] itemises, and while
/// candidates are searched what [`search_memory`](minhash_lsh::Banding::search_memory) of the banding says.
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
    if texts.len() >= u32::MAX as usize {
        return Err(Error::config(format!(
            "{} texts are more than 32-bit places can name; split the list",
            texts.len()
        )));
    }
    let Signatures { matrix, classes } = sketch_texts(texts, config)?;
    let mut statistics = DuplicateStatistics::of_texts(texts, &classes);
    drop(classes);
    let text = |place: u32| texts.get(place as usize).map_or("", AsRef::as_ref);
    let signature_bytes = size_of_val(matrix.lanes()) as u64;
    statistics.memory.signatures = signature_bytes;
    let (mut resolved, places) = match resolve(&matrix, text, config, false)? {
        Some(resolved) => (resolved, None),
        None => {
            // Rare, so the rows are copied into the order that every order of the texts leads to.
            statistics.memory.signatures += signature_bytes;
            let places = canonical_places(texts);
            let place = |row: u32| places.get(row as usize).copied().unwrap_or(0);
            let matrix = reordered(&matrix, &places)?;
            let resolved = resolve(&matrix, |row| text(place(row)), config, true)?;
            let Some(resolved) = resolved else {
                return Err(Error::config("the canonical order of the texts was not accepted"));
            };
            (resolved, Some(places))
        }
    };
    drop(matrix);
    if let Some(places) = places {
        resolved.representative = by_place(&resolved.representative, &places);
        rename(&mut resolved.pairs, &places);
    }
    choose_representatives(texts, &mut resolved);
    Ok(answer(texts, resolved, statistics))
}

/// The rows of `matrix` in the order of `places`.
fn reordered(matrix: &SignatureMatrix, places: &[u32]) -> Result<SignatureMatrix> {
    let mut lanes = Vec::with_capacity(matrix.lanes().len());
    for row in places.iter().filter_map(|&place| matrix.row(place as usize)) {
        lanes.extend_from_slice(row.lanes());
    }
    Ok(SignatureMatrix::from_lanes(*matrix.scheme(), lanes)?)
}

/// What a row says of a row, said of their places by the place.
fn by_place(of_row: &[u32], places: &[u32]) -> Vec<u32> {
    let mut of_place = vec![0; of_row.len()];
    for (&place, &row) in places.iter().zip(of_row) {
        let said = places.get(row as usize).copied();
        if let (Some(kept), Some(said)) = (of_place.get_mut(place as usize), said) {
            *kept = said;
        }
    }
    of_place
}

/// Pairs of numbers as pairs of their names, the smaller first.
fn rename(pairs: &mut [(u32, u32, Jaccard)], names: &[u32]) {
    let name = |number: u32| names.get(number as usize).copied().unwrap_or(number);
    for (first, second, _) in pairs {
        let (x, y) = (name(*first), name(*second));
        (*first, *second) = (x.min(y), x.max(y));
    }
}

/// Makes the first in canonical order represent the texts of one set, in place of the first in the list.
fn choose_representatives<T: AsRef<str>>(texts: &[T], resolved: &mut Resolved) {
    let mut best: Vec<u32> = (0..texts.len() as u32).collect();
    let mut changed = false;
    for (place, &first) in (0u32..).zip(&resolved.representative) {
        if place == first {
            continue;
        }
        if let Some(best) = best.get_mut(first as usize)
            && canonical(texts, place, *best).is_lt()
        {
            *best = place;
            changed = true;
        }
    }
    if changed {
        for first in &mut resolved.representative {
            *first = best.get(*first as usize).copied().unwrap_or(*first);
        }
        rename(&mut resolved.pairs, &best);
    }
}

fn answer<T: AsRef<str>>(
    texts: &[T],
    resolved: Resolved,
    mut statistics: DuplicateStatistics,
) -> Duplicates {
    let Resolved { representative, pairs, candidates, left_out, set_bytes, statistics: found } =
        resolved;
    let Cover { groups, group_of } = cover(&representative, &pairs, |x, y| canonical(texts, x, y));
    let identical = (0u32..)
        .zip(&representative)
        .filter(|&(place, &first)| place != first)
        .map(|(place, &first)| (place.min(first), place.max(first), Jaccard::ONE));
    let mut all: Vec<DuplicatePair> = Vec::with_capacity(pairs.len());
    all.extend(
        pairs.iter().copied().chain(identical).map(|(first, second, resemblance)| DuplicatePair {
            first,
            second,
            resemblance,
        }),
    );
    all.sort_unstable_by_key(|pair| (pair.first, pair.second));
    let group = |place: u32| group_of.get(place as usize);
    statistics.identical_texts = (all.len() - pairs.len()) as u64;
    statistics.candidate_pairs = candidates;
    statistics.verified_pairs = all.len() as u64;
    statistics.refused_pairs = candidates.saturating_sub(all.len() as u64);
    statistics.groups = groups.len() as u64;
    statistics.grouped_texts = groups.iter().map(|group| group.members.len() as u64).sum();
    statistics.pairs_across_groups =
        all.iter().filter(|pair| group(pair.first) != group(pair.second)).count() as u64;
    statistics.pairs_left_out = left_out;
    statistics.candidates = found;
    let memory = &mut statistics.memory;
    memory.text_records = (texts.len() * (size_of::<LengthClass>() + size_of::<u32>())) as u64;
    memory.shingle_sets = set_bytes;
    memory.pairs = candidates * size_of::<(u32, u32)>() as u64
        + (size_of_val(all.as_slice()) + size_of_val(pairs.as_slice())) as u64;
    memory.groups = size_of_val(groups.as_slice()) as u64
        + (statistics.grouped_texts + texts.len() as u64) * size_of::<u32>() as u64;
    Duplicates { pairs: all, groups, group_of, statistics }
}

impl DuplicateStatistics {
    fn of_texts<T: AsRef<str>>(texts: &[T], classes: &[LengthClass]) -> DuplicateStatistics {
        let count = |class| classes.iter().filter(|&&other| other == class).count() as u64;
        DuplicateStatistics {
            texts: texts.len() as u64,
            text_bytes: texts.iter().map(|text| text.as_ref().len() as u64).sum(),
            empty_texts: count(LengthClass::Empty),
            texts_below_shingle: count(LengthClass::BelowShingle),
            short_texts: count(LengthClass::Short),
            memory: DuplicateMemory { texts: texts.len() as u64, ..DuplicateMemory::default() },
            ..DuplicateStatistics::default()
        }
    }
}
