//! The bodies of the fuzz targets: each asserts, and runs on stable.

pub mod input;
pub mod lsh;
pub mod sketch;

/// Every target: its name (as in `fuzz_targets/` and `corpus/`) and its body.
pub const TARGETS: &[(&str, fn(&[u8]))] = &[("lsh", lsh::run), ("sketch", sketch::run)];
