//! minhash-rs: xorshift permutations, sorted band tables.

use std::hash::Hash;

use minhash_rs::index::{LshIndex, NoStore};
use minhash_rs::prelude::*;

use crate::caller::Shingler;
use crate::peer::{Found, Job, Pair, Peer, Rows, Signatures};
use crate::truth;
use crate::{BANDS, K, REPORTED};

/// minhash-rs 0.6.0.
pub(super) struct MinhashRs;

/// The faster word: 64 bits at the baseline of x86-64 (1.15× on 650 hashes), 32 bits where the
/// compiler may use AVX2 (1.6×).
#[cfg(not(target_feature = "avx2"))]
type Word = u64;
#[cfg(target_feature = "avx2")]
type Word = u32;

/// Of hashes; FNV is the cheaper of its two ways to hash them again, which it always does.
type Sketch = MinHash<Word, K, Fnv, Word>;

#[allow(clippy::unnecessary_cast, reason = "the word has 32 bits in the other build")]
impl Signatures for Vec<Sketch> {
    fn lanes(&self, set: usize) -> [u64; K] {
        self[set].as_words().map(|word| word as u64)
    }
}

/// All pairs of equal band hashes, by one pass over the sorted tables that the index is made of.
/// The crate's own way, a query for each signature, searches each table by bisection.
fn pairs<S: MinHasher<K, Word: Hash> + Copy>(signatures: &[S]) -> Vec<Pair> {
    let index: LshIndex<S, K, BANDS, NoStore> =
        LshIndex::from_signatures(signatures.iter().copied());
    let tables = index.into_repr();
    let mut pairs = Vec::new();
    for band in tables.band_entries.chunks(signatures.len().max(1)) {
        for bucket in band.chunk_by(|a, b| a.band_hash == b.band_hash) {
            for (place, a) in bucket.iter().enumerate() {
                let later = &bucket[place + 1..];
                pairs
                    .extend(later.iter().map(|b| (a.sig_id.min(b.sig_id), a.sig_id.max(b.sig_id))));
            }
        }
    }
    truth::sorted(pairs)
}

impl Peer for MinhashRs {
    fn id(&self) -> &'static str {
        "minhash-rs"
    }

    fn sketch<'a>(&self, sets: &'a [Vec<u64>]) -> Option<Job<'a, Box<dyn Signatures>>> {
        Some(Box::new(move || {
            let signatures: Vec<Sketch> =
                sets.iter().map(|set| set.iter().copied().collect()).collect();
            Box::new(signatures)
        }))
    }

    fn lsh<'a>(&self, rows: &'a Rows) -> Option<Job<'a, Found>> {
        // 32 bits are all that the rows have, and less to hash.
        let signatures: Vec<MinHash<u32, K, Fnv, u32>> =
            rows.iter().map(|&row| MinHash::from_words(row)).collect();
        Some(Box::new(move || Found::new(pairs(&signatures), signatures)))
    }

    fn whole_job<'a>(&self, texts: &'a [&'a str]) -> Option<Job<'a, Found>> {
        Some(Box::new(move || {
            let mut shingler = Shingler::default();
            let signatures: Vec<Sketch> =
                texts.iter().map(|text| shingler.shingles(text).into_iter().collect()).collect();
            let mut pairs = pairs(&signatures);
            pairs.retain(|&(a, b)| {
                let (a, b) = (&signatures[a as usize], &signatures[b as usize]);
                a.estimate_jaccard_index(b) >= REPORTED
            });
            Found::new(pairs, signatures)
        }))
    }

    fn remark(&self) -> &'static str {
        "verified on signatures"
    }
}

/// minhash-rs as its README has it: an index of everything, and a question for each signature.
pub(super) struct AsDocumented;

impl Peer for AsDocumented {
    fn id(&self) -> &'static str {
        "minhash-rs-as-documented"
    }

    fn lsh<'a>(&self, rows: &'a Rows) -> Option<Job<'a, Found>> {
        type Row = MinHash<u32, K, Fnv, u32>;
        let signatures: Vec<Row> = rows.iter().map(|&row| MinHash::from_words(row)).collect();
        Some(Box::new(move || {
            let index: LshIndex<Row, K, BANDS, NoStore> =
                LshIndex::from_signatures(signatures.iter().copied());
            let (mut state, mut pairs) = (QueryState::new(), Vec::new());
            for (id, signature) in (0..).zip(&signatures) {
                let found = index.candidates(signature, &mut state).iter();
                let earlier = found.filter(|candidate| candidate.id < id);
                pairs.extend(earlier.map(|candidate| (candidate.id, id)));
            }
            Found::new(pairs, (index.into_repr(), signatures))
        }))
    }
}
