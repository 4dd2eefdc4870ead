//! What becomes of the tokens that a kernel reads.

use super::TokenSink;
use super::chunk::Chunk;
use super::lookup::Lookup;
use crate::text::gap::{Gap, GapState};
use crate::text::hash::{PairHasher, token_hash};
use crate::text::token::{Token, TokenShape};

/// Takes tokens in, one by one from the scalar reader and a chunk at a time from the block kernels.
pub(super) trait Collector: TokenSink {
    /// Whether offsets are asked for, and not only hashes.
    const OFFSETS: bool;
    /// Whether shapes are asked for too.
    const SHAPES: bool;

    /// Takes in one token; its shape is only looked at when shapes are asked for.
    fn take(&mut self, token: Token);

    /// Takes in `characters` of three bytes each, side by side from `start` of the original on, as
    /// a token each; the first has the shape `first`, and the others start no sentence.
    fn characters(
        &mut self,
        characters: &[[u8; 3]],
        start: usize,
        first: TokenShape,
        hash: impl Fn([u8; 3]) -> u64,
    );

    /// Takes in the tokens of a chunk, which begins with `text` and at `first` of the original, of
    /// which `read` bytes were read; `gap` is what stood before it. Returns what stands behind it.
    fn chunk(
        &mut self,
        chunk: &Chunk,
        text: &[u8],
        first: usize,
        read: usize,
        gap: GapState,
        lookup: &Lookup,
    ) -> GapState;
}

/// The bytes of a pair of lanes that a token of each length has.
pub(super) const LANES: [[u64; 2]; 17] = {
    let mut lanes = [[0; 2]; 17];
    let mut length = 1;
    while length <= 16 {
        let all = u128::MAX >> (128 - 8 * length);
        lanes[length] = [all as u64, (all >> 64) as u64];
        length += 1;
    }
    lanes
};

/// The hash of a token of a chunk; of up to sixteen folded bytes without a branch on their number.
#[inline(always)]
fn hash(chunk: &Chunk, begin: u16, end: u16) -> u64 {
    let length = usize::from(end.wrapping_sub(begin));
    match LANES.get(length) {
        Some([low, high]) => {
            let pair = chunk.folded_pair(begin);
            let mut hasher = PairHasher::new();
            hasher.pair(pair as u64 & low, (pair >> 64) as u64 & high);
            hasher.finish(length)
        }
        None => token_hash(chunk.folded(begin, end)),
    }
}

impl TokenSink for Vec<u64> {
    fn token(&mut self, _: super::Folded<'_>, token: Token) {
        self.take(token);
    }
}

/// The hashes alone.
impl Collector for Vec<u64> {
    const OFFSETS: bool = false;
    const SHAPES: bool = false;

    #[inline(always)]
    fn take(&mut self, token: Token) {
        self.push(token.hash);
    }

    #[inline(always)]
    fn characters(
        &mut self,
        characters: &[[u8; 3]],
        _: usize,
        _: TokenShape,
        hash: impl Fn([u8; 3]) -> u64,
    ) {
        self.extend(characters.iter().map(|bytes| hash(*bytes)));
    }

    #[inline(always)]
    fn chunk(
        &mut self,
        chunk: &Chunk,
        _: &[u8],
        _: usize,
        _: usize,
        gap: GapState,
        _: &Lookup,
    ) -> GapState {
        let edges = chunk.folded_edges();
        self.reserve(edges.len());
        let mut written = 0;
        for (slot, &[begin, end]) in self.spare_capacity_mut().iter_mut().zip(edges) {
            slot.write(hash(chunk, begin, end));
            written += 1;
        }
        // SAFETY: the first `written` places behind the length lie in the capacity, being those of
        // `spare_capacity_mut`, and were written just now.
        unsafe { self.set_len(self.len() + written) };
        gap
    }
}

/// Begin and end of each token in the original, and their hashes.
pub(in crate::text) struct SpansAndHashes<'s> {
    pub(in crate::text) spans: &'s mut Vec<[u32; 2]>,
    pub(in crate::text) hashes: &'s mut Vec<u64>,
}

impl TokenSink for SpansAndHashes<'_> {
    fn token(&mut self, _: super::Folded<'_>, token: Token) {
        self.take(token);
    }
}

impl Collector for SpansAndHashes<'_> {
    const OFFSETS: bool = true;
    const SHAPES: bool = false;

    #[inline(always)]
    fn take(&mut self, token: Token) {
        self.spans.push([token.start, token.end]);
        self.hashes.push(token.hash);
    }

    #[inline(always)]
    fn characters(
        &mut self,
        characters: &[[u8; 3]],
        start: usize,
        first: TokenShape,
        hash: impl Fn([u8; 3]) -> u64,
    ) {
        let starts = (start as u32..).step_by(3);
        self.spans.extend(characters.iter().zip(starts).map(|(_, start)| [start, start + 3]));
        self.hashes.characters(characters, start, first, hash);
    }

    #[inline(always)]
    fn chunk(
        &mut self,
        chunk: &Chunk,
        text: &[u8],
        first: usize,
        read: usize,
        gap: GapState,
        lookup: &Lookup,
    ) -> GapState {
        self.spans.extend_from_slice(chunk.edges());
        self.hashes.chunk(chunk, text, first, read, gap, lookup)
    }
}

/// Tokens, and their hashes once more: shingles are made of them in place.
#[derive(Default)]
pub(in crate::text) struct TokensAndHashes {
    pub(in crate::text) tokens: Vec<Token>,
    pub(in crate::text) hashes: Vec<u64>,
}

impl TokenSink for TokensAndHashes {
    fn token(&mut self, _: super::Folded<'_>, token: Token) {
        self.take(token);
    }
}

impl Collector for TokensAndHashes {
    const OFFSETS: bool = true;
    const SHAPES: bool = true;

    #[inline(always)]
    fn take(&mut self, token: Token) {
        self.tokens.push(token);
        self.hashes.push(token.hash);
    }

    #[inline(always)]
    fn characters(
        &mut self,
        characters: &[[u8; 3]],
        start: usize,
        first: TokenShape,
        hash: impl Fn([u8; 3]) -> u64,
    ) {
        let before = self.tokens.len();
        let starts = (start as u32..).step_by(3);
        self.tokens.extend(characters.iter().zip(starts).map(|(bytes, start)| Token {
            hash: hash(*bytes),
            start,
            end: start + 3,
            shape: TokenShape::CHARACTER_ALONE,
        }));
        let tokens = self.tokens.get_mut(before..).unwrap_or_default();
        self.hashes.extend(tokens.iter().map(|token| token.hash));
        if let [token, ..] = tokens {
            token.shape = first;
        }
    }

    #[inline(always)]
    fn chunk(
        &mut self,
        chunk: &Chunk,
        text: &[u8],
        first: usize,
        read: usize,
        gap: GapState,
        lookup: &Lookup,
    ) -> GapState {
        let before = self.tokens.len();
        let count = chunk.folded_edges().len();
        self.tokens.reserve(count);
        Collector::chunk(&mut self.hashes, chunk, text, first, read, gap, lookup);
        let hashes = self.hashes.get(before..).unwrap_or_default();
        let parts = hashes.iter().zip(chunk.edges()).zip(chunk.marks());
        let mut written = 0;
        for (slot, ((&hash, &[start, end]), &marks)) in
            self.tokens.spare_capacity_mut().iter_mut().zip(parts)
        {
            slot.write(Token { hash, start, end, shape: TokenShape::of_marks(marks) });
            written += 1;
        }
        // SAFETY: the first `written` places behind the length lie in the capacity, being those of
        // `spare_capacity_mut`, and were written just now.
        unsafe { self.tokens.set_len(before + written) };
        let tokens = self.tokens.get_mut(before..).unwrap_or_default();
        for &at in chunk.after_pauses() {
            let (done, rest) = tokens.split_at_mut(usize::from(at).min(tokens.len()));
            if let [token, ..] = rest {
                let gap = gap_to(token.start as usize - first, done, text, first, gap, lookup);
                token.shape = token.shape.starting_a_sentence(gap.starts_sentence());
            }
        }
        gap_to(read, tokens, text, first, gap, lookup)
    }
}

/// What stands before the byte `to` of `text`, behind the last of `tokens` or, when there is none,
/// behind `gap`.
#[inline(always)]
fn gap_to(
    to: usize,
    tokens: &[Token],
    text: &[u8],
    first: usize,
    gap: GapState,
    lookup: &Lookup,
) -> GapState {
    let (gap, from) = match tokens {
        [.., last] => {
            let start = last.start as usize - first;
            let end = last.end as usize - first;
            // One letter: a byte of ASCII, or the two of any other that the kernels read.
            let ascii = text.get(start).is_some_and(u8::is_ascii);
            let one = end - start == 2 - usize::from(ascii);
            (Gap::after_token(one && last.shape.is_capitalised()).state(), end)
        }
        [] => (gap, 0),
    };
    lookup.see(gap, text.get(from..to).unwrap_or_default())
}
