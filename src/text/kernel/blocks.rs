//! The reader in blocks, for whatever vectors there are.

use super::Stretch;
use super::chunk::{Chunk, Stop};
use super::collect::Collector;
use super::lookup::Lookup;
use super::scalar::Reader;
use super::vectors::{BLOCK, Vectors};

/// Longest stretch that the scalar reader keeps to itself, in bytes.
const LONGEST_STAY: usize = 1024;

/// Hands every token of the stretch to `out`, in order.
///
/// Chunk by chunk: the block kernel reads until a character that is not in its tables, the scalar
/// reader from the token it belongs to until it is outside of tokens and before an ASCII or Latin
/// letter again. When that happens every few bytes, as in Vietnamese or in decomposed text, the
/// scalar reader stays for longer, so that blocks are not begun in vain.
#[inline(always)]
pub(super) fn read<V: Vectors, C: Collector>(
    vectors: V,
    stretch: Stretch<'_>,
    chunk: &mut Chunk,
    out: &mut C,
) {
    let Stretch { text, first, accents, .. } = stretch;
    let lookup = Lookup::get(accents);
    let mut reader = Reader::new(text, first, accents, out);
    let (mut at, mut stay) = (0, 0);
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let (bytes, place, gap) = (rest.as_bytes(), first + at, reader.gap.state());
        let (read, stop) = match (C::OFFSETS, C::SHAPES) {
            (_, true) => chunk.read::<V, true, true>(vectors, bytes, place, lookup),
            (true, false) => chunk.read::<V, true, false>(vectors, bytes, place, lookup),
            (false, false) => chunk.read::<V, false, false>(vectors, bytes, place, lookup),
        };
        reader.gap = reader.sink.chunk(chunk, bytes, place, read, gap, lookup).gap();
        at += read;
        match stop {
            Stop::Full => {}
            Stop::End => break,
            Stop::Slow => {
                stay = if read < BLOCK { (2 * stay + 16).min(LONGEST_STAY) } else { 0 };
                at = reader.read_run(at, stay);
                if at >= text.len() {
                    break;
                }
            }
        }
    }
}
