//! What a story shows of itself: its central member, and why each member is in it.

use super::candidates::CandidatesAt;
use super::similarity::Similarity;
use super::spelled::spelled;
use super::story::StoryEvidence;
use crate::article_set::ArticleSet;
use crate::language::{Language, Term};

/// Members that a member is compared with: all of a story up to this size, else these many evenly
/// spaced and its candidates, so that the cost is linear in the members.
const MOST_COMPARED: usize = 64;

/// Words shown of a member.
const MOST_WORDS: usize = 8;

/// The member with the greatest sum of similarities to the others, and for each member its nearest;
/// ties go to the smaller article. `members` ascend. A story of one has no evidence.
pub(super) fn evidence(
    members: &[usize],
    candidates: CandidatesAt<'_>,
    set: &ArticleSet,
    languages: &[Option<Language>],
) -> (usize, Vec<StoryEvidence>) {
    let similarity = candidates.similarity();
    let mut central: Option<(usize, f64)> = None;
    let mut evidence = Vec::new();
    for &member in members.iter().filter(|_| members.len() > 1) {
        let compared = compared_with(member, members, candidates);
        let similarities: Vec<(usize, f64)> = compared
            .into_iter()
            .map(|other| (other, candidates.alike(member as u32, other as u32)))
            .collect();
        let mean =
            similarities.iter().map(|(_, s)| s).sum::<f64>() / similarities.len().max(1) as f64;
        if central.is_none_or(|(_, most)| mean > most) {
            central = Some((member, mean));
        }
        let nearest = similarities.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a });
        if let Some((nearest, value)) = nearest {
            let words = words(member, nearest, similarity, set, languages);
            evidence.push(StoryEvidence { article: member, nearest, similarity: value, words });
        }
    }
    let first = members.first().copied().unwrap_or_default();
    (central.map_or(first, |(member, _)| member), evidence)
}

fn compared_with(member: usize, members: &[usize], candidates: CandidatesAt<'_>) -> Vec<usize> {
    let step = members.len().div_ceil(MOST_COMPARED).max(1);
    let mut compared: Vec<usize> = members.iter().copied().step_by(step).collect();
    if step > 1 {
        let own = candidates.of(member as u32).iter().map(|&other| other as usize);
        compared.extend(own.filter(|other| members.binary_search(other).is_ok()));
        compared.sort_unstable();
        compared.dedup();
    }
    compared.retain(|&other| other != member);
    compared
}

fn words(
    member: usize,
    nearest: usize,
    similarity: &Similarity,
    set: &ArticleSet,
    languages: &[Option<Language>],
) -> Vec<String> {
    let numbers = similarity.telling_terms(member as u32, nearest as u32, MOST_WORDS);
    let terms: Vec<Term> =
        numbers.into_iter().filter_map(|number| similarity.vectors.term(number)).collect();
    spelled(set, member, languages.get(member).copied().flatten(), &terms)
}
