//! Exact verification of candidate pairs on shingle sets that were not kept.

use super::DuplicateConfig;
use crate::disjoint_sets::DisjointSets;
use crate::parallel::map_with;
use crate::text::Shingler;
use minhash_lsh::{Jaccard, PreparedSet};

/// Pairs that a block holds at least, unless they are all. A block is one task and has its sets in memory at once: a few
/// fit the second-level cache with their tables.
const BLOCK_PAIRS: usize = 8;
/// Pairs from which a component is worked on in tiles.
const TILED_PAIRS: usize = 512;
/// Bytes of different texts that a block of one component holds at most, about 240 texts of ordinary length; their sets
/// take seven times as much. A text that more resemble is read again for the next block.
const MAX_BLOCK_BYTES: usize = 1 << 20;

/// What became of candidate pairs.
#[derive(Default)]
pub(super) struct Verified {
    /// Those at or over the threshold with their similarity, by ascending numbers.
    pub(super) pairs: Vec<(u32, u32, Jaccard)>,
    /// Most bytes that the sets of one block took.
    pub(super) set_bytes: u64,
}

/// Compares the shingle sets of each pair.
///
/// Shingles are made again rather than kept since the texts were sketched: keeping takes 8 bytes a shingle of every text
/// (5,200 bytes for 650, where the signature takes 512) and the time to write and read them, making them again takes time
/// for texts with candidates alone. Pairs are worked on in blocks of texts that resemble each other, so that each text is
/// read once unless hundreds resemble it. (The connected components serve as blocks of work here, never as an answer.)
pub(super) fn verify<'t>(
    text: impl Fn(u32) -> &'t str + Sync + Send,
    texts: usize,
    pairs: &[(u32, u32)],
    config: &DuplicateConfig,
) -> Verified {
    let bytes_of = |number| text(number).len();
    let ordered = by_component(texts, pairs, bytes_of);
    let blocks = blocks(texts, &ordered, bytes_of);
    let parts = map_with(
        blocks.len(),
        || Verifier { shingler: config.shingler(), texts: Vec::new(), sets: Vec::new() },
        |verifier, block| {
            let range = blocks.get(block).cloned().unwrap_or_default();
            verifier.verify(ordered.get(range).unwrap_or(&[]), &text, config.threshold())
        },
    );
    let mut verified = Verified::default();
    for part in parts {
        verified.pairs.extend(part.pairs);
        verified.set_bytes = verified.set_bytes.max(part.set_bytes);
    }
    verified.pairs.sort_unstable_by_key(|&(first, second, _)| (first, second));
    verified
}

/// A candidate pair in the order of the work: by connected component, then by tiles of its earlier texts, then by its
/// later text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    component: u32,
    tile: u32,
    second: u32,
    first: u32,
}

fn by_component(
    texts: usize,
    pairs: &[(u32, u32)],
    bytes_of: impl Fn(u32) -> usize,
) -> Vec<Candidate> {
    let mut components = DisjointSets::new(texts);
    for &(first, second) in pairs {
        components.unite(first as usize, second as usize);
    }
    let mut ordered: Vec<Candidate> = pairs
        .iter()
        .map(|&(first, second)| {
            let component = components.smallest(first as usize) as u32;
            Candidate { component, tile: 0, second, first }
        })
        .collect();
    drop(components);
    ordered.sort_unstable();
    for component in ordered.chunk_by_mut(|x, y| x.component == y.component) {
        if component.len() > TILED_PAIRS {
            tile(component, &bytes_of);
        }
    }
    ordered
}

/// Orders the pairs of a large component so that a block holds some of the earlier texts and as many later ones: where
/// thousands of texts resemble a hundred, each is read again for a block in thirty pairs, not for each pair.
fn tile(component: &mut [Candidate], bytes_of: impl Fn(u32) -> usize) {
    component.sort_unstable_by_key(|candidate| (candidate.first, candidate.second));
    let mut number = 0;
    let mut bytes = 0;
    for of_first in component.chunk_by_mut(|x, y| x.first == y.first) {
        if bytes > MAX_BLOCK_BYTES / 2 {
            (number, bytes) = (number + 1, 0);
        }
        bytes += of_first.first().map_or(0, |candidate| bytes_of(candidate.first));
        of_first.iter_mut().for_each(|candidate| candidate.tile = number);
    }
    component.sort_unstable();
}

/// Whole components until a block has enough pairs; a component of too many bytes is cut.
fn blocks(
    texts: usize,
    ordered: &[Candidate],
    bytes_of: impl Fn(u32) -> usize,
) -> Vec<std::ops::Range<usize>> {
    let mut blocks = Vec::new();
    let mut start = 0;
    let mut bytes = 0;
    // For each text the last block that it was counted for, by the number of blocks then.
    let mut counted = vec![u32::MAX; texts];
    for (at, candidate) in ordered.iter().enumerate() {
        let follows =
            at > start && ordered.get(at - 1).is_some_and(|c| c.component == candidate.component);
        if (!follows && at - start >= BLOCK_PAIRS) || bytes > MAX_BLOCK_BYTES {
            blocks.push(start..at);
            (start, bytes) = (at, 0);
        }
        for text in [candidate.first, candidate.second] {
            if let Some(counted) = counted.get_mut(text as usize)
                && *counted != blocks.len() as u32
            {
                *counted = blocks.len() as u32;
                bytes += bytes_of(text);
            }
        }
    }
    if start < ordered.len() {
        blocks.push(start..ordered.len());
    }
    blocks
}

/// What a thread keeps from block to block.
struct Verifier {
    shingler: Shingler,
    /// The texts of the block, ascending.
    texts: Vec<u32>,
    /// Their sets; beyond the texts, room.
    sets: Vec<PreparedSet>,
}

impl Verifier {
    fn verify<'t>(
        &mut self,
        block: &[Candidate],
        text: &impl Fn(u32) -> &'t str,
        threshold: Jaccard,
    ) -> Verified {
        self.texts.clear();
        self.texts.extend(block.iter().flat_map(|candidate| [candidate.first, candidate.second]));
        self.texts.sort_unstable();
        self.texts.dedup();
        if self.sets.len() < self.texts.len() {
            self.sets.resize_with(self.texts.len(), PreparedSet::default);
        }
        let mut verified = Verified::default();
        for (&number, set) in self.texts.iter().zip(&mut self.sets) {
            let shingles = self.shingler.shingles_of(text(number));
            set.prepare(shingles);
            verified.set_bytes += PreparedSet::bytes_for(shingles.len()) as u64;
        }
        let set = |number| self.sets.get(self.texts.binary_search(&number).ok()?);
        verified.pairs.extend(block.iter().filter_map(|&Candidate { first, second, .. }| {
            let resemblance = set(first)?.jaccard_at_least(set(second)?, threshold)?;
            Some((first, second, resemblance))
        }));
        verified
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn every_pair_is_in_one_block_and_blocks_stay_under_their_bytes(
            pairs in prop::collection::btree_set((0u32..60, 0u32..60), 0..1200),
            bytes in prop::collection::vec(0usize..MAX_BLOCK_BYTES / 4, 60),
        ) {
            let pairs: BTreeSet<(u32, u32)> =
                pairs.into_iter().filter(|(x, y)| x != y).map(|(x, y)| (x.min(y), x.max(y))).collect();
            let pairs: Vec<(u32, u32)> = pairs.into_iter().collect();
            let bytes_of = |text: u32| bytes[text as usize];
            let ordered = by_component(60, &pairs, bytes_of);
            let mut again: Vec<_> = ordered.iter().map(|c| (c.first, c.second)).collect();
            again.sort_unstable();
            prop_assert_eq!(&again, &pairs);
            let blocks = blocks(60, &ordered, bytes_of);
            prop_assert_eq!(blocks.iter().flat_map(Clone::clone).collect::<Vec<_>>(), (0..pairs.len()).collect::<Vec<_>>());
            for block in blocks {
                let texts: BTreeSet<u32> =
                    ordered[block].iter().flat_map(|c| [c.first, c.second]).collect();
                // The pair that passes the limit is the last.
                prop_assert!(texts.into_iter().map(bytes_of).sum::<usize>() <= 3 * MAX_BLOCK_BYTES / 2);
            }
        }
    }

    #[test]
    fn a_component_of_many_pairs_is_read_in_tiles() {
        // A hundred texts that two thousand others resemble, all of the length of an article.
        let pairs: Vec<(u32, u32)> =
            (0..100).flat_map(|first| (100..2100).map(move |second| (first, second))).collect();
        let bytes_of = |_: u32| 16_000;
        let ordered = by_component(2100, &pairs, bytes_of);
        let blocks = blocks(2100, &ordered, bytes_of);
        let read: usize = blocks
            .into_iter()
            .map(|block| {
                ordered[block]
                    .iter()
                    .flat_map(|c| [c.first, c.second])
                    .collect::<BTreeSet<_>>()
                    .len()
            })
            .sum();
        assert!(read * 12 < pairs.len(), "{read} texts read for {} pairs", pairs.len());
    }
}
