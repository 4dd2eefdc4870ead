//! Which words of a member belong to a dispatch, or may: those that can tell whether its source is missing.

use super::cover::{Group, Part};
use super::graph::Graph;
use super::token_set::TokenSet;
use std::borrow::Cow;

/// For each text the words that are in none of its dispatches, and the one dispatch they are counted with.
///
/// The tokens of a member are what it shares with the anchor. A paragraph that the anchor lacks is in nobody's tokens,
/// and is the very thing that shows a missing source; so words in no dispatch count too, in the primary one. Those of a
/// compilation do not: it is known to hold other texts.
#[derive(Debug)]
pub(crate) struct Scopes {
    primary: Vec<Option<usize>>,
    free: Vec<TokenSet>,
}

impl Scopes {
    /// O(ranges of all members, sorted).
    pub(crate) fn new(
        graph: &Graph,
        groups: &[Group],
        groups_of: &[Vec<usize>],
        compilations: &[Option<[usize; 2]>],
    ) -> Scopes {
        let mut scopes = Scopes {
            primary: vec![None; graph.texts.len()],
            free: vec![TokenSet::default(); graph.texts.len()],
        };
        let hosts = compilations.iter().map(Option::is_some);
        for (text, _) in hosts.enumerate().filter(|(_, is_host)| !is_host) {
            let mut taken = Vec::new();
            let mut most = 0;
            for &group in &groups_of[text] {
                let Some(part) = groups[group].part(text) else { continue };
                if part.tokens.len() > most {
                    (scopes.primary[text], most) = (Some(group), part.tokens.len());
                }
                taken.extend(part.tokens.ranges().iter().cloned());
            }
            let taken = TokenSet::from_ranges(taken.into_iter());
            scopes.free[text] = taken.complement(graph.texts[text].tokens);
        }
        scopes
    }

    /// The words of a member that count in a dispatch.
    pub(crate) fn of<'p>(&self, group: usize, part: &'p Part) -> Cow<'p, TokenSet> {
        if self.primary[part.text] != Some(group) || self.free[part.text].is_empty() {
            return Cow::Borrowed(&part.tokens);
        }
        let mut tokens = part.tokens.clone();
        tokens.insert(&self.free[part.text]);
        Cow::Owned(tokens)
    }
}
