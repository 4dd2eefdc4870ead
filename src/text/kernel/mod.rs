//! Text → folded tokens, in as many implementations as there are instruction sets; all give the
//! scalar one's output.
//!
//! | file | what it is |
//! |---|---|
//! | `scalar`, `ascii` | the reference: one character after the other, any script |
//! | `runs` | the same tokens in longer strides, of the scripts that the block kernels do not know |
//! | `letters` | words of two-byte letters, such as Cyrillic and Arabic |
//! | `blocks` | reads in blocks where it can, and hands over to the reference where it cannot |
//! | `chunk` | the bit tricks that find tokens and their shapes in blocks |
//! | `lookup`, `non_ascii` | what the block kernels know of a character |
//! | `vectors` | what they need of the instruction set: `avx512`, `avx2`, `swar` (portable) |
//! | `collect` | what becomes of the tokens: all of them, their places and hashes, or hashes alone |
//! | `shingles` | token hashes → shingle hashes |
//! | `windows` | token hashes → hashes of the windows that links are looked for by |
//! | `prefetch` | a hint to the cache, for the stages that compare texts |
#![expect(unsafe_code, reason = "vector instructions; every block says why it is sound")]

mod ascii;
#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod blocks;
mod chunk;
mod collect;
mod letters;
mod lookup;
mod non_ascii;
mod prefetch;
mod runs;
mod scalar;
mod shingles;
mod swar;
mod vectors;
mod windows;

use chunk::Chunk;
use collect::Collector;
pub(super) use collect::{SpansAndHashes, TokensAndHashes};
pub(crate) use prefetch::prefetch;
pub(super) use scalar::for_each_token;
pub(super) use shingles::shingles;
pub(crate) use windows::{WINDOW_TOKENS, window_hashes};

use std::cell::RefCell;

use minhash_lsh::Kernel;

use super::class::Accents;
use super::token::Token;

/// A text to read: its place in the original is added to the offsets.
#[derive(Clone, Copy)]
pub(super) struct Stretch<'a> {
    pub(super) text: &'a str,
    pub(super) first: usize,
    pub(super) accents: Accents,
}

thread_local! {
    /// The buffers of the block kernels: clearing memory for each text (14 KB) would take a good part of
    /// the time that a flash of a hundred words does.
    static CHUNK: RefCell<Chunk> = const { RefCell::new(Chunk::new()) };
}

/// Hands every token of `stretch` to `out`, in order: the same with every kernel.
///
/// A kernel that the CPU does not run is replaced by the portable one.
fn read<C: Collector>(kernel: Kernel, stretch: Stretch<'_>, out: &mut C) {
    CHUNK.with_borrow_mut(|chunk| {
        #[cfg(target_arch = "x86_64")]
        match kernel {
            Kernel::Avx512 => {
                if let Some(vectors) = avx512::Avx512::detect() {
                    return vectors.read(stretch, chunk, out);
                }
            }
            Kernel::Avx2 => {
                if let Some(vectors) = avx2::Avx2::detect() {
                    return vectors.read(stretch, chunk, out);
                }
            }
            _ => {}
        }
        #[cfg(not(target_arch = "x86_64"))]
        let _ = kernel;
        swar::Swar.read(stretch, chunk, out);
    });
}

/// Appends the tokens of `stretch`, and their hashes once more.
pub(super) fn tokens(kernel: Kernel, stretch: Stretch<'_>, out: &mut TokensAndHashes) {
    read(kernel, stretch, out);
}

/// Appends where the tokens of `stretch` stand in the original, and their hashes.
pub(super) fn spans(kernel: Kernel, stretch: Stretch<'_>, mut out: SpansAndHashes<'_>) {
    read(kernel, stretch, &mut out);
}

/// Appends the hashes of the tokens of `stretch`.
pub(super) fn token_hashes(kernel: Kernel, stretch: Stretch<'_>, out: &mut Vec<u64>) {
    read(kernel, stretch, out);
}

/// The folded form of a token, as the kernel has it at hand.
#[derive(Clone, Copy, Debug)]
pub(super) enum Folded<'a> {
    /// Its letters as they stand in the text: ASCII letters and digits, folded by lowering them.
    Ascii(&'a str),
    /// Folded.
    Done(&'a str),
}

impl Folded<'_> {
    /// Appends the folded form.
    pub(super) fn push_to(self, out: &mut String) {
        match self {
            Folded::Done(folded) => out.push_str(folded),
            Folded::Ascii(raw) => push_lowered(raw, out),
        }
    }
}

/// Appends ASCII letters and digits in lower case.
fn push_lowered(raw: &str, out: &mut String) {
    let from = out.len();
    out.push_str(raw);
    if let Some(tail) = out.get_mut(from..) {
        tail.make_ascii_lowercase();
    }
}

/// What the scalar reader hands each token to.
pub(super) trait TokenSink {
    fn token(&mut self, folded: Folded<'_>, token: Token);
}

impl<F: FnMut(Folded<'_>, Token)> TokenSink for F {
    fn token(&mut self, folded: Folded<'_>, token: Token) {
        self(folded, token);
    }
}
