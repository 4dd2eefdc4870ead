//! Text → tokens with byte offsets → shingles: the one tokenisation specification of the crate.

mod scheme;
mod shingle;
mod token;

pub use scheme::TextScheme;
pub use shingle::{LengthClass, TokenisedText};
pub use token::{Token, TokenShape};
