//! The peers, a file each. What was chosen for each, and why, is in the README.

mod datasketch;
mod gaoya;
mod lshdedup;
mod minhash_rs;
mod superminhash;
mod txtfp;
mod wirecopy;

pub use self::wirecopy::Wirecopy;

use crate::peer::Peer;

/// Ours first, then the others.
pub fn all() -> Vec<Box<dyn Peer>> {
    vec![
        Box::new(Wirecopy::default()),
        Box::new(gaoya::Gaoya),
        Box::new(minhash_rs::MinhashRs),
        Box::new(datasketch::Datasketch::new()),
        Box::new(superminhash::SuperMinHash),
        Box::new(lshdedup::Lshdedup),
        Box::new(txtfp::Txtfp),
    ]
}

/// Other uses of the same libraries, which the README explains.
pub fn variants() -> Vec<Box<dyn Peer>> {
    vec![Box::new(gaoya::AsDocumented), Box::new(minhash_rs::AsDocumented)]
}
