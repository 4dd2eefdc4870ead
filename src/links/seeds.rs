//! Exact seeds: where four tokens in a row stand in both texts, grown to maximal matches.

use super::Match;
use super::run_hash::run_hash;
use crate::text::Token;
use ahash::AHashMap;

/// Tokens of a seed. On five labelled pages five lose one passage of 14; three find the same as
/// four, take longer, and make 10 % more copies out of the templates of an English wire.
pub(crate) const SEED_TOKENS: usize = 4;

/// Occurrences in `a` times occurrences in `b` up to which a seed proposes every pair of places.
/// Above it the first occurrence is paired with the first, the second with the second, and the same
/// from the end, so that the number of pairs stays linear in a text of one repeated word.
const MAX_SEED_PAIRS: usize = 16;

/// Tokens compared while growing seeds, for each token of the two texts: the bound that makes the
/// cost linear whatever the input. A seed that is grown is swallowed by its run, so that ordinary
/// texts stay far below.
const COMPARISONS_PER_TOKEN: usize = 64;

/// Every seed of one text by its hash, built once and asked for each text that it is compared with.
/// One index serves text after text: a map and a list for each of 100,000 texts cost more than the
/// seeds, because the allocator seeks them among the millions of small pieces that links are kept in.
///
/// Cost: O(tokens) to build, O(tokens of the other + pairs, with a sort of them) to ask.
#[derive(Default)]
pub(crate) struct SeedIndex<'t> {
    tokens: &'t [Token],
    /// For each seed hash its first place.
    first: AHashMap<u64, u32>,
    /// For each place the next one with the same seed hash, where there is one.
    next: Vec<u32>,
}

/// A map that held a text of so many seeds more than this one is made anew: to clear it costs its
/// size.
const SPARE_SEEDS: usize = 1 << 14;

impl<'t> SeedIndex<'t> {
    pub(crate) fn new(tokens: &'t [Token]) -> SeedIndex<'t> {
        let mut index = SeedIndex::default();
        index.read(tokens);
        index
    }

    /// Indexes a text instead of the one before.
    pub(crate) fn read(&mut self, tokens: &'t [Token]) {
        self.tokens = tokens;
        self.first.clear();
        if self.first.capacity() > 2 * tokens.len() + SPARE_SEEDS {
            self.first = AHashMap::new();
        }
        self.next.clear();
        self.next.resize(tokens.len(), u32::MAX);
        // From the end, so that the places of a seed ascend.
        for place in (0..(tokens.len() + 1).saturating_sub(SEED_TOKENS)).rev() {
            let Some(seed) = tokens.get(place..place + SEED_TOKENS) else { continue };
            let place = place as u32;
            let after = self.first.insert(run_hash(0, seed), place);
            if let (Some(next), Some(after)) = (self.next.get_mut(place as usize), after) {
                *next = after;
            }
        }
    }

    pub(crate) fn tokens(&self) -> &'t [Token] {
        self.tokens
    }

    /// Writes the pairs of places (here, in `other`) with the same seed hash, in whatever order. The
    /// set of pairs does not depend on which of the two texts is the indexed one.
    pub(crate) fn pairs<'s>(
        &self,
        other: &[Token],
        space: &'s mut SeedSpace,
    ) -> &'s mut Vec<(u32, u32)> {
        let SeedSpace { hits, places, pairs } = space;
        hits.clear();
        hits.extend(
            seed_hashes(other)
                .zip(0u32..)
                .filter_map(|(hash, place)| self.first.get(&hash).map(|&first| (first, place))),
        );
        hits.sort_unstable();
        pairs.clear();
        for group in hits.chunk_by(|x, y| x.0 == y.0) {
            let Some(&(first, _)) = group.first() else { continue };
            places.clear();
            let next = |&place: &u32| {
                self.next.get(place as usize).copied().filter(|&next| next != u32::MAX)
            };
            places.extend(std::iter::successors(Some(first), next));
            pair_places(places, group, pairs);
        }
        pairs
    }
}

/// What [`SeedIndex::pairs`] works in, kept from one text to the next.
#[derive(Default)]
pub(crate) struct SeedSpace {
    /// First place here, and place there.
    hits: Vec<(u32, u32)>,
    places: Vec<u32>,
    pairs: Vec<(u32, u32)>,
}

fn pair_places(here: &[u32], there: &[(u32, u32)], pairs: &mut Vec<(u32, u32)>) {
    if here.len().saturating_mul(there.len()) <= MAX_SEED_PAIRS {
        for &i in here {
            pairs.extend(there.iter().map(|&(_, j)| (i, j)));
        }
    } else {
        let places = there.iter().map(|&(_, j)| j);
        pairs.extend(here.iter().copied().zip(places.clone()));
        pairs.extend(here.iter().copied().rev().zip(places.rev()));
    }
}

/// The hash of the seed at each place. Two seeds of one hash are compared token by token before
/// they count.
fn seed_hashes(tokens: &[Token]) -> impl Iterator<Item = u64> {
    tokens.windows(SEED_TOKENS).map(|seed| run_hash(0, seed))
}

/// Grows seed pairs to maximal runs of equal tokens: every run is reported once, by ascending place
/// in `a`, then `b`.
///
/// Tokens are equal when their frozen 64-bit hashes are: two different words of one hash are
/// expected once in 2³² words of vocabulary, and would have to stand in the same place of two
/// otherwise equal runs to be seen. `matches` is written over; `pairs` are left in another order.
pub(crate) fn maximal_matches(
    a: &[Token],
    b: &[Token],
    pairs: &mut [(u32, u32)],
    matches: &mut Vec<Match>,
) {
    // By diagonal, so that a run swallows the other seeds it holds.
    pairs.sort_unstable_by_key(|&(i, j)| (i64::from(i) - i64::from(j), i));
    let mut budget = COMPARISONS_PER_TOKEN * (a.len() + b.len());
    matches.clear();
    for &mut (i, j) in pairs {
        let swallowed = matches.last().is_some_and(|last| {
            i64::from(last.a) - i64::from(last.b) == i64::from(i) - i64::from(j)
                && i < last.a + last.tokens
        });
        if swallowed {
            continue;
        }
        let (i, j) = (i as usize, j as usize);
        let (Some(tail_a), Some(tail_b)) = (a.get(i..), b.get(j..)) else { continue };
        let forward = equal_tokens(tail_a.iter(), tail_b.iter());
        if forward < SEED_TOKENS {
            continue; // two seeds of one hash that are not the same words
        }
        let (Some(head_a), Some(head_b)) = (a.get(..i), b.get(..j)) else { continue };
        let backward = equal_tokens(head_a.iter().rev(), head_b.iter().rev());
        matches.push(Match {
            a: (i - backward) as u32,
            b: (j - backward) as u32,
            tokens: (forward + backward) as u32,
        });
        budget = budget.saturating_sub(forward + backward);
        if budget == 0 {
            break;
        }
    }
    matches.sort_unstable();
}

/// How many tokens two readings share before the first difference.
pub(crate) fn equal_tokens<'t>(
    a: impl Iterator<Item = &'t Token>,
    b: impl Iterator<Item = &'t Token>,
) -> usize {
    a.zip(b).take_while(|(x, y)| x.hash == y.hash).count()
}
