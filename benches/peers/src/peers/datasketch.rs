//! datasketch-minhash-lsh: the Python library's MinHash and LSH in Rust.

use datasketch_minhash_lsh::{LshParams, MinHash, MinHashLsh, Weights};

use crate::caller::Shingler;
use crate::peer::{Found, Job, Pair, Peer, Rows, Signatures};
use crate::{BANDS, K, REPORTED, ROWS};

/// datasketch-minhash-lsh 0.0.1.
pub(super) struct Datasketch {
    threshold: f64,
    weights: Weights,
}

impl Datasketch {
    /// It takes no bands but chooses them by a threshold and the weights of the two errors, so
    /// those are looked for that make it choose 16 × 8.
    pub(super) fn new() -> Self {
        let choice = (50..95).flat_map(|t| (1..10).map(move |w| (t, w))).find_map(|(t, w)| {
            let threshold = f64::from(t) / 100.0;
            let positives = f64::from(w) / 10.0;
            let weights = Weights(positives, 1.0 - positives);
            let chosen = LshParams::find_optimal_params(threshold, K, &weights);
            (chosen.b == BANDS && chosen.r == ROWS).then_some(Self { threshold, weights })
        });
        choice.expect("some threshold makes it choose 16 bands of 8 rows")
    }

    fn index(&self) -> MinHashLsh<u32> {
        MinHashLsh::new(K, Some(self.weights.clone()), Some(self.threshold))
            .expect("the values were tried")
    }
}

impl Signatures for Vec<MinHash> {
    fn lanes(&self, set: usize) -> [u64; K] {
        std::array::from_fn(|lane| self[set].hash_values.0[lane])
    }
}

/// A clone of `empty` spares the permutations, which `MinHash::new` draws each time.
fn sketch(empty: &MinHash, set: &[u64]) -> MinHash {
    let mut signature = empty.clone();
    set.iter().for_each(|element| signature.update(element));
    signature
}

fn pairs(index: &mut MinHashLsh<u32>, signatures: &[MinHash]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (id, signature) in (0..).zip(signatures) {
        let earlier = index.query(signature).expect("128 lanes");
        pairs.extend(earlier.into_iter().map(|earlier| (earlier, id)));
        index.insert(id, signature).expect("128 lanes");
    }
    pairs
}

impl Peer for Datasketch {
    fn id(&self) -> &'static str {
        "datasketch-minhash-lsh"
    }

    fn sketch<'a>(&self, sets: &'a [Vec<u64>]) -> Option<Job<'a, Box<dyn Signatures>>> {
        let empty = MinHash::new(K, Some(3));
        Some(Box::new(move || {
            let signatures: Vec<MinHash> = sets.iter().map(|set| sketch(&empty, set)).collect();
            Box::new(signatures)
        }))
    }

    fn lsh<'a>(&self, rows: &'a Rows) -> Option<Job<'a, Found>> {
        let empty = MinHash::new(K, Some(3));
        let signatures: Vec<MinHash> = rows
            .iter()
            .map(|row| {
                let mut signature = empty.clone();
                signature.hash_values.0 = row.iter().map(|&lane| u64::from(lane)).collect();
                signature
            })
            .collect();
        let mut index = self.index();
        Some(Box::new(move || {
            let pairs = pairs(&mut index, &signatures);
            Found::new(pairs, (index, signatures))
        }))
    }

    fn whole_job<'a>(&self, texts: &'a [&'a str]) -> Option<Job<'a, Found>> {
        let mut index = self.index(); // choosing the bands takes seconds of integration
        Some(Box::new(move || {
            let (empty, mut shingler) = (MinHash::new(K, Some(3)), Shingler::default());
            let mut signatures: Vec<MinHash> =
                texts.iter().map(|text| sketch(&empty, &shingler.shingles(text))).collect();
            let mut pairs = pairs(&mut index, &signatures);
            pairs.retain(|&(a, b)| {
                let (before, after) = signatures.split_at_mut(b as usize);
                let estimate = before[a as usize].jaccard(&after[0]).expect("one seed");
                f64::from(estimate) >= REPORTED
            });
            Found::new(pairs, (index, signatures))
        }))
    }

    fn remark(&self) -> &'static str {
        "verified on signatures by the caller"
    }
}
