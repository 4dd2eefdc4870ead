//! wirecopy and its sketching crate `minhash-lsh-rs`.

use minhash_lsh::{Banding, Jaccard, Kernel, Scheme, SignatureMatrix, Sketcher};
use wirecopy::duplicates::{DuplicateConfig, Duplicates, find_duplicates};

use crate::peer::{Found, Job, Pair, Peer, Rows, Signatures};
use crate::{BANDS, K, REPORTED, ROWS};

/// Ours, on a kernel.
pub struct Wirecopy {
    kernel: Kernel,
}

impl Default for Wirecopy {
    fn default() -> Self {
        Self { kernel: Kernel::detect() }
    }
}

impl Wirecopy {
    /// On a kernel that the CPU runs. Only the sketch obeys; the texts are read with
    /// [`Kernel::detect`], which the environment variable sets.
    pub fn with_kernel(kernel: Kernel) -> Self {
        Self { kernel }
    }
}

fn scheme() -> Scheme {
    Scheme::new(K).expect("128 lanes are in range")
}

fn banding() -> Banding {
    Banding::new(BANDS, ROWS).expect("16 × 8 lanes are in range")
}

impl Signatures for SignatureMatrix {
    fn lanes(&self, set: usize) -> [u64; K] {
        let row = self.row(set).expect("the set was sketched");
        std::array::from_fn(|lane| row.lanes()[lane].into())
    }
}

impl Peer for Wirecopy {
    fn id(&self) -> &'static str {
        "wirecopy"
    }

    fn sketch<'a>(&self, sets: &'a [Vec<u64>]) -> Option<Job<'a, Box<dyn Signatures>>> {
        let sketcher = Sketcher::new(scheme()).with_kernel(self.kernel).expect("the CPU has it");
        Some(Box::new(move || Box::new(sketcher.sketch_all(sets))))
    }

    fn lsh<'a>(&self, rows: &'a Rows) -> Option<Job<'a, Found>> {
        let matrix = SignatureMatrix::from_lanes(scheme(), rows.lanes.clone())
            .expect("whole rows of valid lanes");
        Some(Box::new(move || {
            let found = banding().candidate_pairs(&matrix).expect("the bands fit the lanes");
            Found::new(found.into_pairs(), matrix)
        }))
    }

    fn whole_job<'a>(&self, texts: &'a [&'a str]) -> Option<Job<'a, Found>> {
        let config = DuplicateConfig::new()
            .with_banding(banding())
            .and_then(|config| config.with_threshold(Jaccard::new(REPORTED)?))
            .expect("16 × 8 lanes are in range");
        Some(Box::new(move || {
            let found = find_duplicates(texts, &config).expect("no text is over-long");
            Found::new(all_pairs(&found), found)
        }))
    }

    fn remark(&self) -> &'static str {
        "verifies exactly, on the shingles; groups with anchors besides"
    }
}

/// The pairs of all texts: those of the answer name one text for all of the same shingles.
fn all_pairs(found: &Duplicates) -> Vec<Pair> {
    let mut alike = ahash::AHashMap::<u32, Vec<u32>>::new();
    for pair in found.pairs().iter().filter(|pair| pair.resemblance == Jaccard::ONE) {
        alike.entry(pair.first).or_insert_with(|| vec![pair.first]).push(pair.second);
    }
    let mut pairs = Vec::with_capacity(found.pairs().len());
    for texts in alike.values() {
        for (place, &a) in texts.iter().enumerate() {
            pairs.extend(texts[place + 1..].iter().map(|&b| (a, b)));
        }
    }
    let class = |text: &u32| alike.get(text).cloned().unwrap_or_else(|| vec![*text]);
    for pair in found.pairs().iter().filter(|pair| pair.resemblance != Jaccard::ONE) {
        let (first, second) = (class(&pair.first), class(&pair.second));
        for &a in &first {
            pairs.extend(second.iter().map(|&b| (a.min(b), a.max(b))));
        }
    }
    pairs
}
