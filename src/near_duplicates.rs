//! The whole verification of links for strings alone.

use crate::links::{LinkConfig, LinkKind, find_links};
use crate::text::TextScheme;
use crate::{Article, ArticleSet, Containment, Result};
use minhash_lsh::Jaccard;

/// Two texts of a list that share their words.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct NearDuplicate {
    /// Place of the one in the list.
    pub first: usize,
    /// Place of the other, after the first.
    pub second: usize,
    /// What relates them.
    pub kind: LinkKind,
    /// Jaccard similarity of their shingles.
    pub resemblance: Jaccard,
    /// Share of the shorter text's words that stand in the other, in order.
    pub containment: Containment,
}

/// The pairs of texts of which one carries the other, whole, cut or edited; by ascending places.
///
/// It finds a short text inside a longer one, which [`find_duplicates`](crate::duplicates::find_duplicates) does not; that
/// one asks only which texts are alike as wholes, gives groups, and is the one for millions of texts.
///
/// For strings without titles, dates or sources; with them, [`group`](crate::group) tells far more. Pairs that share a
/// quotation, a formula or some background alone are left out.
///
/// Every candidate pair is aligned, at the cost of [`find_links`](crate::links::find_links): linear in the bytes and in the
/// pairs that are aligned, which caps bound.
///
/// ```
/// let texts = ["Le pont de Sourlac a rouvert mardi matin après deux ans de travaux."; 2];
/// let pairs = wirecopy::near_duplicates(&texts)?;
/// assert_eq!((pairs[0].first, pairs[0].second), (0, 1));
/// # Ok::<(), wirecopy::Error>(())
/// ```
///
/// # Errors
/// `is_input` when a text is longer than [`MAX_TEXT_BYTES`](crate::MAX_TEXT_BYTES).
pub fn near_duplicates<T: AsRef<str>>(texts: &[T]) -> Result<Vec<NearDuplicate>> {
    // Twenty digits hold any place, so the order of the ids is that of the list.
    let articles = texts
        .iter()
        .enumerate()
        .map(|(place, text)| Article::new(format!("{place:020}"), text.as_ref()))
        .collect::<Result<Vec<Article>>>()?;
    let set = ArticleSet::new(&articles, TextScheme::default())?;
    let links = find_links(&set, &LinkConfig::default())?;
    links
        .links
        .into_iter()
        .filter(|link| link.kind.makes_dispatches())
        .map(|link| {
            let containment = link.explanation.containment_a.max(link.explanation.containment_b);
            Ok(NearDuplicate {
                first: link.a,
                second: link.b,
                kind: link.kind,
                resemblance: Jaccard::new(link.explanation.resemblance)?,
                containment: Containment::new(containment)?,
            })
        })
        .collect()
}
