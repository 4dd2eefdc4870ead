//! probminhash: SuperMinHash. It has sketches, no index and no texts.

use std::hash::BuildHasherDefault;

use probminhash::superminhasher::{NoHashHasher, SuperMinHash as Sketcher};

use crate::K;
use crate::peer::{Job, Peer, Signatures};

/// SuperMinHash of probminhash 0.1.12.
pub(super) struct SuperMinHash;

impl Signatures for Vec<Vec<f64>> {
    fn lanes(&self, set: usize) -> [u64; K] {
        std::array::from_fn(|lane| self[set][lane].to_bits())
    }
}

impl Peer for SuperMinHash {
    fn id(&self) -> &'static str {
        "superminhash"
    }

    fn sketch<'a>(&self, sets: &'a [Vec<u64>]) -> Option<Job<'a, Box<dyn Signatures>>> {
        let hashing = BuildHasherDefault::<NoHashHasher>::default();
        let mut sketcher: Sketcher<f64, u64, NoHashHasher> = Sketcher::new(K, hashing);
        Some(Box::new(move || {
            let signatures: Vec<Vec<f64>> = sets
                .iter()
                .map(|set| {
                    sketcher.reinit();
                    sketcher.sketch_slice(set).expect("no set is empty");
                    sketcher.get_hsketch().clone()
                })
                .collect();
            Box::new(signatures)
        }))
    }
}
