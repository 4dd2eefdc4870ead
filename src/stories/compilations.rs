//! Compilations: of one subject (a live page, the host of two agencies' dispatches) or of several
//! (a digest).

use super::similarity::{LONG_TEXTS, Similarity};
use crate::dispatches::Dispatches;
use crate::links::{Link, Links};
use std::collections::BTreeMap;

/// Mean similarity of the texts in a compilation, as a share of the threshold of stories, from
/// which on it is of one subject. Digests and double reports written for the seed corpus are at
/// 0.03 and 0.17 of the threshold, a live page that takes in five dispatches on one earthquake at
/// 0.64, hosts of two agencies' dispatches at 0.7 and more.
const OF_ONE_SUBJECT: f64 = 1.0 / 3.0;

/// Share of a text that stands in the compilation from which on it is in there whole.
const WHOLE: f64 = 0.8;

/// Texts of a compilation that are compared with each other at most.
const MOST_COMPARED: usize = 24;

/// What the compilations of a set say of stories.
#[derive(Debug, Default)]
pub(super) struct Compilations {
    /// Those of several subjects, ascending: of the story of none of their texts.
    pub(super) scattered: Vec<usize>,
    /// Pairs of texts that stand whole in one compilation of one subject: whoever put them together
    /// tells one story.
    pub(super) put_together: Vec<(usize, usize)>,
}

impl Compilations {
    /// Judges each compilation by how alike its texts are; `text` tells by text and time alone.
    /// O(compilations · `MOST_COMPARED`²) similarities.
    pub(super) fn of(links: &Links, dispatches: &Dispatches, text: &Similarity) -> Compilations {
        let mut held: BTreeMap<usize, Vec<(usize, f64)>> =
            dispatches.compilations.iter().map(|&article| (article, Vec::new())).collect();
        for link in links.links.iter().filter(|link| link.kind.makes_dispatches()) {
            for (host, other, share) in ends(link) {
                if let Some(texts) = held.get_mut(&host).filter(|t| t.len() < MOST_COMPARED) {
                    texts.push((other, share));
                }
            }
        }
        let mut compilations = Compilations::default();
        for (host, texts) in held {
            if is_of_one_subject(&texts, dispatches, text) {
                let whole: Vec<usize> =
                    texts.iter().filter(|t| t.1 >= WHOLE).map(|t| t.0).collect();
                compilations.put_together.extend(pairs(&whole));
            } else {
                compilations.scattered.push(host);
            }
        }
        compilations
    }
}

/// Each end of a link as the host, with the other end and how much of that the link covers.
fn ends(link: &Link) -> [(usize, usize, f64); 2] {
    let explanation = &link.explanation;
    [(link.a, link.b, explanation.containment_b), (link.b, link.a, explanation.containment_a)]
}

fn is_of_one_subject(texts: &[(usize, f64)], dispatches: &Dispatches, text: &Similarity) -> bool {
    let texts: Vec<usize> = texts.iter().map(|text| text.0).collect();
    let dispatch = |article: usize| dispatches.primary.get(article).copied().flatten();
    // Two copies of one dispatch are no two subjects, nor proof of one.
    let told = |&(a, b): &(usize, usize)| dispatch(a).is_none() || dispatch(a) != dispatch(b);
    let (sum, count) = pairs(&texts)
        .into_iter()
        .filter(told)
        .fold((0.0, 0_u32), |(sum, count), (a, b)| (sum + text.of(a as u32, b as u32), count + 1));
    sum >= OF_ONE_SUBJECT * LONG_TEXTS * f64::from(count)
}

fn pairs(articles: &[usize]) -> Vec<(usize, usize)> {
    let after = |at: usize| articles.iter().copied().skip(at + 1);
    articles.iter().enumerate().flat_map(|(at, &a)| after(at).map(move |b| (a, b))).collect()
}
