//! gaoya: classic MinHash of 32 bits, an index of hash tables.

use std::hash::{BuildHasherDefault, Hasher};

use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher32, SmallVecContainer};
use gaoya::text::{shingle_tokens, whitespace_split};

use crate::caller::Shingler;
use crate::peer::{Found, Job, Pair, Peer, Rows, Signatures};
use crate::{BANDS, K, REPORTED, ROWS, SHINGLE_WORDS};

/// gaoya 0.2.2.
pub(super) struct Gaoya;

/// Passes a 64-bit hash through: gaoya hashes every element again, which a caller who has hashes
/// can spare it.
#[derive(Default)]
struct PassThrough(u64);

impl Hasher for PassThrough {
    fn write(&mut self, _: &[u8]) {
        unreachable!("elements are u64")
    }
    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
    fn finish(&self) -> u64 {
        self.0
    }
}

type Hashing = BuildHasherDefault<PassThrough>;
/// Four ids in place: most buckets hold one.
type Index = MinHashIndex<u32, u32, SmallVecContainer<u32, 4>>;

fn hasher() -> MinHasher32<Hashing> {
    MinHasher32::new_with_hasher(K, Hashing::default())
}

fn index(capacity: usize, threshold: f64) -> Index {
    // Nothing is expected to be similar, so no table grows.
    Index::new_with_capacity(BANDS, ROWS, threshold, capacity, 0.0)
}

/// Asks before it inserts: the index never finds the text itself and each pair comes once.
fn pairs(index: &mut Index, signatures: impl Iterator<Item = Vec<u32>>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (id, signature) in (0..).zip(signatures) {
        pairs.extend(index.query(&signature).into_iter().map(|&earlier| (earlier, id)));
        index.insert(id, signature);
    }
    pairs
}

impl Peer for Gaoya {
    fn id(&self) -> &'static str {
        "gaoya"
    }

    fn sketch<'a>(&self, sets: &'a [Vec<u64>]) -> Option<Job<'a, Box<dyn Signatures>>> {
        let hasher = hasher();
        Some(Box::new(move || {
            let signatures: Vec<Vec<u32>> =
                sets.iter().map(|set| hasher.create_signature(set.iter())).collect();
            Box::new(signatures)
        }))
    }

    fn lsh<'a>(&self, rows: &'a Rows) -> Option<Job<'a, Found>> {
        // The index takes the signatures; copying them is not its fault.
        let signatures: Vec<Vec<u32>> = rows.iter().map(|row| row.to_vec()).collect();
        Some(Box::new(move || {
            let mut index = index(signatures.len(), 0.0); // 0: all candidates
            let pairs = pairs(&mut index, signatures.into_iter());
            Found::new(pairs, index)
        }))
    }

    fn whole_job<'a>(&self, texts: &'a [&'a str]) -> Option<Job<'a, Found>> {
        Some(Box::new(move || {
            let (hasher, mut shingler) = (hasher(), Shingler::default());
            let mut index = index(texts.len(), REPORTED);
            let signatures =
                texts.iter().map(|text| hasher.create_signature(shingler.shingles(text).iter()));
            let pairs = pairs(&mut index, signatures);
            Found::new(pairs, index)
        }))
    }

    fn remark(&self) -> &'static str {
        "verifies on signatures"
    }
}

/// gaoya as its README has it: insert everything, then ask for everything.
pub(super) struct AsDocumented;

impl Peer for AsDocumented {
    fn id(&self) -> &'static str {
        "gaoya-as-documented"
    }

    fn lsh<'a>(&self, rows: &'a Rows) -> Option<Job<'a, Found>> {
        let signatures: Vec<Vec<u32>> = rows.iter().map(|row| row.to_vec()).collect();
        let count = signatures.len() as u32;
        Some(Box::new(move || {
            let mut index = MinHashIndex::new(BANDS, ROWS, 0.0);
            for (id, signature) in (0_u32..).zip(signatures) {
                index.insert(id, signature);
            }
            Found::new(all_pairs(&index, count), index)
        }))
    }

    fn whole_job<'a>(&self, texts: &'a [&'a str]) -> Option<Job<'a, Found>> {
        Some(Box::new(move || {
            let hasher = MinHasher32::new(K);
            let mut index = MinHashIndex::new(BANDS, ROWS, REPORTED);
            for (id, text) in (0_u32..).zip(texts) {
                let text = text.to_lowercase();
                let words: Vec<&str> = whitespace_split(&text).collect();
                let signature = match words.len() {
                    0..SHINGLE_WORDS => hasher.create_signature(words.iter()),
                    _ => hasher.create_signature(shingle_tokens(&words, SHINGLE_WORDS)),
                };
                index.insert(id, signature);
            }
            Found::new(all_pairs(&index, texts.len() as u32), index)
        }))
    }

    fn remark(&self) -> &'static str {
        "its own words (ASCII punctuation) and joined shingles; verifies on signatures"
    }
}

fn all_pairs(index: &MinHashIndex<u32, u32>, count: u32) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for id in 0..count {
        let earlier = index.query_by_id(&id).into_iter().filter(|&&other| other < id);
        pairs.extend(earlier.map(|&other| (other, id)));
    }
    pairs
}
