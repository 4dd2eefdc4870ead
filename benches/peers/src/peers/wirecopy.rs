//! wirecopy and its sketching crate `minhash-lsh-rs`.

use minhash_lsh::{Banding, Jaccard, Kernel, Scheme, SignatureMatrix, Sketcher};

use crate::peer::{Found, Job, Peer, Rows, Signatures};
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
        let sketcher = Sketcher::new(scheme());
        Some(Box::new(move || {
            let scheme = wirecopy::text::TextScheme::default();
            let sets: Vec<Vec<u64>> = texts
                .iter()
                .map(|text| {
                    let text = wirecopy::text::TokenisedText::of_text(text, &scheme)
                        .expect("no text is over-long");
                    text.shingles().to_vec()
                })
                .collect();
            let matrix = sketcher.sketch_all(&sets);
            let candidates = banding().candidate_pairs(&matrix).expect("the bands fit the lanes");
            let mut pairs = candidates.into_pairs();
            pairs.retain(|&(a, b)| {
                Jaccard::between(&sets[a as usize], &sets[b as usize]).get() >= REPORTED
            });
            Found::new(pairs, (sets, matrix))
        }))
    }
}
