//! The bodies of the fuzz targets: each asserts, and runs on stable.

pub mod align;
pub mod codes;
pub mod input;
pub mod lsh;
pub mod page;
pub mod sketch;
pub mod sketch_kernels;
pub mod text;

/// A target: its name (as in `fuzz_targets/` and `corpus/`) and its body.
pub type Target = (&'static str, fn(&[u8]));

/// Every target, by name.
pub const TARGETS: &[Target] = &[
    ("align", align::run),
    ("codes", codes::run),
    ("lsh", lsh::run),
    ("page", page::run),
    ("sketch", sketch::run),
    ("sketch_kernels", sketch_kernels::run),
    ("text", text::run),
];
