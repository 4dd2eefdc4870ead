//! wirecopy and its sketching crate `minhash-lsh-rs`.

use ahash::AHashMap;
use minhash_lsh::{Banding, Jaccard, Kernel, Scheme, SignatureMatrix, Sketcher};
use wirecopy::duplicates::{DuplicateConfig, DuplicatePair, Duplicates, find_duplicates};

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

/// The pairs of all texts. Those of the answer name one text for all of the same shingles, which
/// has a pair of similarity 1 with each of them.
fn all_pairs(found: &Duplicates) -> Vec<Pair> {
    let (same, similar): (Vec<DuplicatePair>, Vec<DuplicatePair>) =
        found.pairs().iter().copied().partition(|pair| pair.resemblance == Jaccard::ONE);
    let mut first_of = AHashMap::<u32, u32>::new();
    for pair in &same {
        // A star: the later ends of one hub meet in what the hub was given first.
        let known = first_of.get(&pair.first).or(first_of.get(&pair.second));
        let first = known.copied().unwrap_or(pair.first);
        first_of.insert(pair.first, first);
        first_of.insert(pair.second, first);
    }
    let mut alike = AHashMap::<u32, Vec<u32>>::new();
    for (&text, &first) in &first_of {
        alike.entry(first).or_default().push(text);
    }
    let class = |text: u32| {
        let first = first_of.get(&text).and_then(|first| alike.get(first));
        first.cloned().unwrap_or_else(|| vec![text])
    };
    let mut pairs = Vec::with_capacity(found.pairs().len());
    let mut add = |a: u32, b: u32| pairs.push((a.min(b), a.max(b)));
    for texts in alike.values() {
        for (place, &a) in texts.iter().enumerate() {
            texts[place + 1..].iter().for_each(|&b| add(a, b));
        }
    }
    for pair in similar {
        let others = class(pair.second);
        for a in class(pair.first) {
            others.iter().for_each(|&b| add(a, b));
        }
    }
    pairs
}
