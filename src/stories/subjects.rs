//! Which stories may be of one subject: those whose heaviest words meet, whatever their dates.

use super::similarity::Similarity;
use super::term_index::{Index, Scores, heaviest, keep_first};
use crate::parallel;

/// Stories that a story is compared with, the best by the terms they share.
const MOST_SUBJECTS: usize = 32;

/// What the heaviest words of two stories must have in common, as part of a cosine, for them to be
/// compared: twice as much as of articles, because in a large set every story finds thousands that
/// share a little with it. No figure of a labelled set moves between 0.03 and 0.08.
pub(super) const LEAST_SHARED: f32 = 0.06;

/// Members that stand for a large story.
const MOST_MEMBERS: usize = 24;

/// For each group the groups that share its heaviest words.
///
/// Articles are candidates of each other within days; a subject goes on for years. The words of a
/// group are the sum of its members', so what many of them say is what it is found by. O(groups ·
/// terms · list length), bounded by the caps of the index.
pub(super) fn of_one_subject(groups: &[Vec<u32>], similarity: &Similarity) -> Vec<Vec<u32>> {
    let heaviest = parallel::map_items(groups, |members| heaviest(sum(members, similarity)));
    let index = Index::of(heaviest, similarity.vectors.term_count());
    let all = 0..groups.len() as u32;
    parallel::map_with(
        groups.len(),
        || Scores::new(groups.len()),
        |scores, group| {
            let found =
                index.sharing(group as u32, std::slice::from_ref(&all), LEAST_SHARED, scores);
            let mut found: Vec<(u32, f32)> = found.collect();
            keep_first(&mut found, MOST_SUBJECTS, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            let mut found: Vec<u32> = found.into_iter().map(|(other, _)| other).collect();
            found.sort_unstable();
            found
        },
    )
}

/// The mean of the members' words as a vector of unit length.
fn sum(members: &[u32], similarity: &Similarity) -> Vec<(u32, f32)> {
    let step = members.len().div_ceil(MOST_MEMBERS).max(1);
    let sample = members.iter().step_by(step);
    let sample = || sample.clone().filter_map(|&it| similarity.vectors.article(it));
    let terms = sample().map(|article| article.words().terms().len()).sum();
    let mut summed: Vec<(u32, f32)> = Vec::with_capacity(terms);
    summed.extend(sample().flat_map(|article| article.words().entries()));
    summed.sort_by_key(|entry| entry.0);
    summed.dedup_by(|next, kept| {
        if next.0 == kept.0 {
            kept.1 += next.1;
        }
        next.0 == kept.0
    });
    let length = summed.iter().map(|entry| entry.1 * entry.1).sum::<f32>().sqrt();
    summed.iter_mut().for_each(|entry| entry.1 /= length.max(f32::MIN_POSITIVE));
    summed
}
