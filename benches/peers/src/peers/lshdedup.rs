//! lshdedup-core: texts in, an index of one hash table; it takes neither hashes nor signatures.

use lshdedup_core::{Config, Index, ShingleUnit};

use crate::peer::{Found, Job, Peer, Signatures};
use crate::{BANDS, K, REPORTED, SHINGLE_WORDS};

/// lshdedup-core 0.1.1.
pub(super) struct Lshdedup;

fn index(shingle_size: usize) -> Index {
    let config = Config {
        num_hashes: K,
        bands: BANDS,
        shingle_size,
        shingle_unit: ShingleUnit::Word,
        seed: 3,
    };
    Index::new(config).expect("16 bands divide 128 hashes")
}

/// A text of one short word an element, for peers that take nothing but texts. Making it is not
/// timed.
pub(super) fn as_text(set: &[u64]) -> String {
    const DIGITS: &[u8; 64] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
    let mut text = String::with_capacity(set.len() * 12);
    for &element in set {
        let digit = |place: u32| char::from(DIGITS[(element >> (6 * place) & 63) as usize]);
        text.extend((0..11).map(digit));
        text.push(' ');
    }
    text
}

impl Peer for Lshdedup {
    fn id(&self) -> &'static str {
        "lshdedup-core"
    }

    fn sketch<'a>(&self, sets: &'a [Vec<u64>]) -> Option<Job<'a, Box<dyn Signatures>>> {
        let texts: Vec<String> = sets.iter().map(|set| as_text(set)).collect();
        let index = index(1);
        Some(Box::new(move || {
            let signatures: Vec<Vec<u32>> =
                texts.iter().map(|text| index.signature(text)).collect();
            Box::new(signatures)
        }))
    }

    fn whole_job<'a>(&self, texts: &'a [&'a str]) -> Option<Job<'a, Found>> {
        Some(Box::new(move || {
            let mut index = index(SHINGLE_WORDS);
            let mut pairs = Vec::new();
            for (place, text) in (0_u32..).zip(texts) {
                for hit in index.near_duplicates(text, REPORTED) {
                    pairs.push((hit.id.parse().expect("the ids are places"), place));
                }
                index.insert(place.to_string(), text).expect("insertion cannot fail");
            }
            Found::new(pairs, index)
        }))
    }

    fn remark(&self) -> &'static str {
        "splits at white space, keeps case; sketches each text twice, for the query and the insertion"
    }
}
