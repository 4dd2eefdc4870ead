//! Text → folded tokens, in as many implementations as there are instruction sets; all give the
//! scalar one's output.

mod ascii;
mod scalar;

pub(super) use scalar::for_each_token;

use super::token::Token;

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

/// What the kernels hand each token to.
pub(super) trait TokenSink: FnMut(Folded<'_>, Token) {}

impl<F: FnMut(Folded<'_>, Token)> TokenSink for F {}
