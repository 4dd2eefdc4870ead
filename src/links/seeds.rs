//! Exact seeds: where four tokens in a row stand in both texts, grown to maximal matches.

use super::Match;
use super::compact::CompactText;
use super::seed_filter::SeedFilter;

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
/// One index serves text after text: a table and a list for each of 100,000 texts cost more than the
/// seeds, because the allocator seeks them among the millions of small pieces that links are kept in.
///
/// Cost: O(tokens) to build, O(tokens of the other + pairs) to ask. Memory: about 20 bytes a token.
#[derive(Default)]
pub(crate) struct SeedIndex<'t> {
    text: CompactText<'t>,
    filter: SeedFilter,
    /// Open addressing by the lower bits of the hash: the first place of a seed.
    slots: Vec<u32>,
    /// For each place the next one with the same seed hash, where there is one.
    next: Vec<u32>,
    /// For each first place how many there are of its seed.
    counts: Vec<u32>,
}

/// No place.
const NONE: u32 = u32::MAX;

impl<'t> SeedIndex<'t> {
    /// Indexes a text instead of the one before.
    pub(crate) fn read(&mut self, text: CompactText<'t>) {
        let SeedIndex { filter, slots, next, counts, .. } = self;
        let seeds = text.seeds;
        filter.read(seeds);
        slots.clear();
        slots.resize((2 * seeds.len()).next_power_of_two().max(2), NONE);
        next.clear();
        next.resize(seeds.len(), NONE);
        counts.clear();
        counts.resize(seeds.len(), 1);
        // From the end, so that the places of a seed ascend.
        for (place, &seed) in seeds.iter().enumerate().rev() {
            let slot = slot_of(slots, seeds, seed);
            let Some(entry) = slots.get_mut(slot) else { continue };
            let known = counts.get(*entry as usize).copied();
            if let (Some(known), Some(next), Some(count)) =
                (known, next.get_mut(place), counts.get_mut(place))
            {
                (*next, *count) = (*entry, known + 1);
            }
            *entry = place as u32;
        }
        self.text = text;
    }

    /// The words of the indexed text.
    pub(crate) fn words(&self) -> &'t [u32] {
        self.text.words
    }

    /// The first place of a seed.
    fn first(&self, seed: u32) -> Option<u32> {
        self.slots
            .get(slot_of(&self.slots, self.text.seeds, seed))
            .copied()
            .filter(|&place| place != NONE)
    }

    /// The places of the seed that stands first at `first`, ascending.
    fn places(&self, first: u32) -> impl Iterator<Item = u32> {
        let next =
            |&place: &u32| self.next.get(place as usize).copied().filter(|&next| next != NONE);
        std::iter::successors(Some(first), next)
    }

    /// Writes the pairs of places (here, in `other`) with the same four tokens, in whatever order,
    /// but for some of those that follow another pair by one token on both sides and are swallowed by
    /// its run. The runs do not depend on which of the two texts is the indexed one.
    pub(crate) fn pairs<'s>(
        &self,
        other: CompactText<'_>,
        space: &'s mut SeedSpace,
    ) -> &'s mut Vec<(u32, u32)> {
        let SeedSpace { possible, hits, crowded, there, here, places, pairs } = space;
        hits.clear();
        crowded.clear();
        pairs.clear();
        there.resize(there.len().max(self.text.seeds.len()), 0);
        for &j in self.possible(other.seeds, possible) {
            let first = other.seeds.get(j as usize).and_then(|&seed| self.first(seed));
            if let Some(first) = first
                && let Some(count) = there.get_mut(first as usize)
            {
                *count += 1;
                hits.push((first, j));
            }
        }
        // The places here that were paired with the place before there, and with this one.
        let [before, paired] = here;
        before.clear();
        let mut last = NONE;
        for &(first, j) in hits.iter() {
            if last.wrapping_add(1) != j {
                before.clear();
            }
            last = j;
            paired.clear();
            let count = |counts: &[u32]| counts.get(first as usize).copied().unwrap_or(0) as usize;
            if count(&self.counts).saturating_mul(count(there)) > MAX_SEED_PAIRS {
                crowded.push((first, j));
            } else {
                let seed = other.seed(j);
                for i in self.places(first).filter(|&i| self.text.seed(i) == seed) {
                    paired.push(i);
                    let follows = i.checked_sub(1).is_some_and(|i| before.contains(&i));
                    if !follows {
                        pairs.push((i, j));
                    }
                }
            }
            std::mem::swap(before, paired);
        }
        for &(first, _) in hits.iter() {
            if let Some(count) = there.get_mut(first as usize) {
                *count = 0;
            }
        }
        crowded.sort_unstable();
        for group in crowded.chunk_by(|x, y| x.0 == y.0) {
            let Some(&(first, _)) = group.first() else { continue };
            places.clear();
            places.extend(self.places(first));
            pair_places(places, group, pairs);
        }
        pairs
    }

    /// The places of `other` whose seeds may be in the text. Eight are asked at once, and mostly all or
    /// none of them may be: no branch has to be foretold for each.
    fn possible<'s>(&self, other: &[u32], places: &'s mut Vec<u32>) -> &'s [u32] {
        places.clear();
        let (eights, rest) = other.as_chunks::<8>();
        for (seeds, first) in eights.iter().zip((0u32..).step_by(8)) {
            let mut may_hold = 0u32;
            for (bit, &seed) in seeds.iter().enumerate() {
                may_hold |= u32::from(self.filter.may_hold(seed)) << bit;
            }
            while may_hold != 0 {
                places.push(first + may_hold.trailing_zeros());
                may_hold &= may_hold - 1;
            }
        }
        let first = (other.len() - rest.len()) as u32;
        places.extend(
            (first..).zip(rest).filter(|(_, seed)| self.filter.may_hold(**seed)).map(|it| it.0),
        );
        places
    }
}

/// The slot that holds the seed, or the empty one where it belongs: at most half of them are taken.
fn slot_of(slots: &[u32], seeds: &[u32], seed: u32) -> usize {
    let mask = slots.len().wrapping_sub(1);
    let mut slot = seed as usize & mask;
    let is_other = |place: u32| place != NONE && seeds.get(place as usize) != Some(&seed);
    while slots.get(slot).is_some_and(|&place| is_other(place)) {
        slot = (slot + 1) & mask;
    }
    slot
}

/// What [`SeedIndex::pairs`] works in, kept from one text to the next.
#[derive(Default)]
pub(crate) struct SeedSpace {
    possible: Vec<u32>,
    /// First place here, and place there.
    hits: Vec<(u32, u32)>,
    /// Those of seeds that stand in too many places.
    crowded: Vec<(u32, u32)>,
    /// Places there for each first place here; all 0 between two texts.
    there: Vec<u32>,
    here: [Vec<u32>; 2],
    places: Vec<u32>,
    pairs: Vec<(u32, u32)>,
}

fn pair_places(here: &[u32], there: &[(u32, u32)], pairs: &mut Vec<(u32, u32)>) {
    let places = there.iter().map(|&(_, j)| j);
    pairs.extend(here.iter().copied().zip(places.clone()));
    pairs.extend(here.iter().copied().rev().zip(places.rev()));
}

/// Grows seed pairs to maximal runs of equal tokens: every run is reported once, by ascending place
/// in `a`, then `b`.
///
/// Texts are numbers of words ([`super::compact`]), equal where the tokens' frozen 64-bit hashes are: two different words of one hash are
/// expected once in 2³² words of vocabulary, and would have to stand in the same place of two
/// otherwise equal runs to be seen. `matches` is written over; `pairs` are left in another order.
pub(crate) fn maximal_matches(
    a: &[u32],
    b: &[u32],
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
        let forward = equal_at_start(tail_a, tail_b);
        if forward < SEED_TOKENS {
            continue; // two seeds of one hash that are not the same words
        }
        let (Some(head_a), Some(head_b)) = (a.get(..i), b.get(..j)) else { continue };
        let backward = equal_at_end(head_a, head_b);
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

/// How many words two texts share before the first difference.
pub(crate) fn equal_at_start(a: &[u32], b: &[u32]) -> usize {
    a.iter().zip(b).take_while(|(x, y)| x == y).count()
}

/// How many words two texts share after the last difference.
pub(crate) fn equal_at_end(a: &[u32], b: &[u32]) -> usize {
    a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count()
}
