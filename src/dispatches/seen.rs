//! Who may have been the first seen.

use crate::article::Role;
use crate::article_set::ArticleSet;

/// What the dates of a dispatch say of its beginning.
#[derive(Default)]
pub(crate) struct Seen {
    /// Members that may have been the first, ascending.
    pub(crate) earliest: Vec<usize>,
    /// Members without an earliest possible time, ascending.
    pub(crate) undated: Vec<usize>,
    /// Members from the agency's own feed, ascending.
    pub(crate) wires: Vec<usize>,
}

/// A member may have been the first unless another's latest possible time is surely before its earliest.
///
/// No member's earliest time is after its own latest, so one look at the smallest latest time of all decides. O(members).
pub(crate) fn first_seen(set: &ArticleSet, members: impl Iterator<Item = usize> + Clone) -> Seen {
    let published = |article: usize| set.articles()[article].published();
    let first_surely_out = members.clone().filter_map(|article| published(article).latest()).min();
    let mut seen = Seen::default();
    for article in members {
        let earliest = published(article).earliest();
        let surely_later = matches!((first_surely_out, earliest), (Some(out), Some(e)) if out < e);
        if !surely_later {
            seen.earliest.push(article);
        }
        if earliest.is_none() {
            seen.undated.push(article);
        }
        if set.articles()[article].role() == Role::Wire {
            seen.wires.push(article);
        }
    }
    seen
}
