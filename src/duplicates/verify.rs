//! Exact verification of candidate pairs on shingle sets that were not kept.

use crate::disjoint_sets::DisjointSets;
use crate::parallel::map_with;
use crate::text::{Shingler, TextScheme};
use minhash_lsh::{Jaccard, PreparedSet};

/// Pairs that a block holds at least, unless they are all. A block is one task and has its sets in memory at once: a few
/// fit the second-level cache with their tables.
const BLOCK_PAIRS: usize = 8;
/// Pairs that a block holds at most: texts that many others resemble are read again for each block.
const MAX_BLOCK_PAIRS: usize = 256;

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
    scheme: &TextScheme,
    texts: usize,
    pairs: &[(u32, u32)],
    threshold: Jaccard,
) -> Verified {
    let ordered = by_component(texts, pairs);
    let blocks = blocks(&ordered);
    let parts = map_with(
        blocks.len(),
        || Verifier { shingler: Shingler::new(*scheme), texts: Vec::new(), sets: Vec::new() },
        |verifier, block| {
            let range = blocks.get(block).cloned().unwrap_or_default();
            verifier.verify(ordered.get(range).unwrap_or(&[]), &text, threshold)
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

/// A candidate pair in the order of the work: by connected component, then by its later text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    component: u32,
    second: u32,
    first: u32,
}

fn by_component(texts: usize, pairs: &[(u32, u32)]) -> Vec<Candidate> {
    let mut components = DisjointSets::new(texts);
    for &(first, second) in pairs {
        components.unite(first as usize, second as usize);
    }
    let mut ordered: Vec<Candidate> = pairs
        .iter()
        .map(|&(first, second)| {
            let component = components.smallest(first as usize) as u32;
            Candidate { component, second, first }
        })
        .collect();
    ordered.sort_unstable();
    ordered
}

/// Whole components until a block has enough pairs; a component of too many is cut.
fn blocks(ordered: &[Candidate]) -> Vec<std::ops::Range<usize>> {
    let mut blocks = Vec::new();
    let mut start = 0;
    let mut end = 0;
    for component in ordered.chunk_by(|x, y| x.component == y.component) {
        end += component.len();
        while end - start > MAX_BLOCK_PAIRS {
            blocks.push(start..start + MAX_BLOCK_PAIRS);
            start += MAX_BLOCK_PAIRS;
        }
        if end - start >= BLOCK_PAIRS {
            blocks.push(start..end);
            start = end;
        }
    }
    if start < end {
        blocks.push(start..end);
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
