//! A stretch of text, read by a block kernel: where its tokens stand and their folded bytes.

use super::lookup::{Lookup, second_letter};
use super::vectors::{BLOCK, Classes, Vectors, WINDOW};

/// Bytes of text a chunk. The buffers of one (14 KB) and what is made of it stay in the first-level
/// cache; places fit 16 bits.
const CHUNK: usize = 1024;
/// Longest chunk of a text's end, with room for a whole block behind it.
const ROOM: usize = CHUNK + 2 * BLOCK;
/// A power of two, so that every place in it can be made certain by a mask.
const FOLDED_ROOM: usize = ROOM.next_power_of_two();

/// The tokens of a stretch of text.
pub(super) struct Chunk {
    /// Begin and end of each token in the original, one after the other.
    edges: [u32; ROOM],
    /// The same in `folded`.
    folded_edges: [u16; ROOM],
    folded: [u8; FOLDED_ROOM + 16],
    start_marks: [u8; ROOM],
    end_marks: [u8; ROOM],
    /// Tokens before which there is more than spaces, commas and the like, in order.
    after_pauses: [u16; ROOM],
    pauses: usize,
    tokens: usize,
}

/// Why a kernel stopped reading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stop {
    /// The chunk is full.
    Full,
    /// The text is at its end.
    End,
    /// The next character, or the token it belongs to, is for the scalar reader.
    Slow,
}

/// What one block leaves for the next: bits 0 and up are what falls out at the top of a mask.
#[derive(Default)]
struct Carries {
    /// Continuation bytes of characters that began in the block before.
    covered: u64,
    /// The last byte is in a token, or its character goes on in one.
    word: u64,
    /// The rest of a two-byte letter.
    letter: u64,
    /// The rest of a two-byte letter that folds to one.
    dropped: u64,
    /// The second letter of a folded form, 0 for none.
    second: u8,
    /// Sums that run through tokens and gaps.
    digit: bool,
    lower: bool,
    upper: bool,
    second_upper: bool,
    newline: bool,
    pause: bool,
}

impl Chunk {
    pub(super) const fn new() -> Chunk {
        Chunk {
            edges: [0; ROOM],
            folded_edges: [0; ROOM],
            folded: [0; FOLDED_ROOM + 16],
            start_marks: [0; ROOM],
            end_marks: [0; ROOM],
            after_pauses: [0; ROOM],
            pauses: 0,
            tokens: 0,
        }
    }

    /// Reads tokens from the start of `text`, which no token straddles and which begins at `first` of
    /// the original, and returns how many bytes
    /// were read and why no more. What was read ends behind a token or between two.
    ///
    /// The bit tricks are those of simdjson (Langdale, Lemire 2019): a character class is a mask of
    /// 64 bits, tokens begin and end where the mask of word characters changes, and adding a mask to
    /// the mask of tokens carries "one of these is in the token" to the token's end.
    #[inline(always)]
    pub(super) fn read<V: Vectors, const OFFSETS: bool, const SHAPES: bool>(
        &mut self,
        vectors: V,
        text: &[u8],
        first: usize,
        lookup: &'static Lookup,
    ) -> (usize, Stop) {
        let mut carries = Carries { pause: true, ..Carries::default() };
        let (mut edges, mut folded_at, mut open_at) = (0, 0, 0);
        let mut begun = 0;
        self.pauses = 0;
        let mut at = 0;
        let (read, stop) = loop {
            let rest = text.get(at..).unwrap_or_default();
            if at >= CHUNK && rest.len() >= BLOCK {
                break (at + carries.covered.count_ones() as usize, Stop::Full);
            }
            let mut padded = [0; WINDOW];
            let window = match rest.first_chunk::<WINDOW>() {
                Some(window) => window,
                None => {
                    for (to, from) in padded.iter_mut().zip(rest) {
                        *to = *from;
                    }
                    &padded
                }
            };
            let (classes, folded) = vectors.classify::<SHAPES>(window, lookup);
            let Classes { two_bytes, three_bytes, .. } = classes;
            let letters = classes.word & two_bytes;
            let single = letters & !classes.two_letters;
            let word = classes.word | letters << 1 | carries.letter;
            let keep = !(single << 1 | carries.dropped);
            let first_bytes = two_bytes | three_bytes;
            let covered = first_bytes << 1 | three_bytes << 2 | carries.covered;
            let slow = classes.slow | classes.non_ascii & !(first_bytes | covered);
            let known = if slow == 0 { u64::MAX } else { (1 << slow.trailing_zeros()) - 1 };

            let before = word << 1 | carries.word;
            let starts = word & !before & known;
            let ends = !word & before & known;
            if let Some(out) = self.folded.get_mut(folded_at..).and_then(|o| o.first_chunk_mut()) {
                vectors.compress(folded, keep, out);
            }
            if (classes.two_letters | u64::from(carries.second)) != 0 {
                self.write_second_letters(folded_at, keep, classes.two_letters, &mut carries);
            }
            let all = starts | ends;
            if OFFSETS
                && let Some(out) = self.edges.get_mut(edges..).and_then(|o| o.first_chunk_mut())
            {
                vectors.wide_places(all, (first + at) as u32, out);
            }
            if let Some(out) = self.folded_edges.get_mut(edges..).and_then(|o| o.first_chunk_mut())
            {
                vectors.places(vectors.extract(all, keep), folded_at as u16, out);
            }
            let edges_before = edges;
            edges += all.count_ones() as usize;
            folded_at += keep.count_ones() as usize;

            if SHAPES {
                let digit = carry_through(word, classes.digit, &mut carries.digit) & ends;
                let lower = carry_through(word, classes.lower, &mut carries.lower) & ends;
                let later_upper =
                    carry_through(word, classes.upper, &mut carries.upper) & classes.upper;
                let uppers = carry_through(word, later_upper, &mut carries.second_upper) & ends;
                let begins = [vectors.extract(classes.upper, starts) as u32, 0, 0];
                if let Some(out) =
                    self.start_marks.get_mut(begun..).and_then(|o| o.first_chunk_mut())
                {
                    vectors.spread(begins, out);
                }
                let ended = edges_before - begun;
                if let Some(out) = self.end_marks.get_mut(ended..).and_then(|o| o.first_chunk_mut())
                {
                    let finishes = match (uppers & !lower) | digit {
                        0 => [0; 3],
                        _ => [
                            0,
                            vectors.extract(uppers & !lower, ends) as u32,
                            vectors.extract(digit, ends) as u32,
                        ],
                    };
                    vectors.spread(finishes, out);
                }
                let more_newlines = carry_through(!word, classes.newline, &mut carries.newline);
                let pauses = classes.pause | (more_newlines & classes.newline);
                let gap_starts = carry_through(!word, pauses, &mut carries.pause) & starts;
                self.note_pauses(begun, starts, gap_starts);
                begun += starts.count_ones() as usize;
            }
            if starts != 0 {
                open_at = at + 63 - starts.leading_zeros() as usize;
            }
            if slow != 0 {
                break (at + slow.trailing_zeros() as usize, Stop::Slow);
            }
            if rest.len() < BLOCK {
                break (text.len(), Stop::End);
            }
            carries.covered = first_bytes >> 63 | three_bytes >> 62;
            carries.letter = letters >> 63;
            carries.dropped = single >> 63;
            carries.word = word >> 63;
            at += BLOCK;
        };
        self.tokens = edges / 2;
        if SHAPES {
            let begun = self.start_marks.get_mut(..self.tokens).unwrap_or_default();
            for (mark, end) in begun.iter_mut().zip(&self.end_marks) {
                *mark |= *end;
            }
        }
        if edges % 2 == 0 {
            return (read, stop);
        }
        // The last token may go on in what is not read: it is left to the next chunk, or when it
        // fills this one, to the scalar reader.
        if self.after_pauses().last().is_some_and(|&last| usize::from(last) >= self.tokens) {
            self.pauses -= 1;
        }
        (open_at, if open_at == 0 { Stop::Slow } else { stop })
    }

    /// Puts the second letters of "æ", "œ", "ß", "ĳ" where their second bytes are. Rare, also
    /// in French.
    #[cold]
    fn write_second_letters(
        &mut self,
        folded_at: usize,
        keep: u64,
        mut two_letters: u64,
        carries: &mut Carries,
    ) {
        if carries.second != 0 {
            if let Some(byte) = self.folded.get_mut(folded_at) {
                *byte = carries.second;
            }
            carries.second = 0;
        }
        while two_letters != 0 {
            let below = (two_letters & two_letters.wrapping_neg()) - 1;
            let first_at = folded_at + (keep & below).count_ones() as usize;
            let second = second_letter(self.folded.get(first_at).copied().unwrap_or_default());
            if below == u64::MAX >> 1 {
                carries.second = second;
            } else if let Some(byte) = self.folded.get_mut(first_at + 1) {
                *byte = second;
            }
            two_letters &= two_letters - 1;
        }
    }

    /// Notes the tokens at the bits of `gap_starts`, of the tokens that begin at the bits of
    /// `starts`.
    #[inline(always)]
    fn note_pauses(&mut self, begun: usize, starts: u64, mut gap_starts: u64) {
        while gap_starts != 0 {
            let below = (gap_starts & gap_starts.wrapping_neg()) - 1;
            if let Some(noted) = self.after_pauses.get_mut(self.pauses) {
                *noted = (begun + (starts & below).count_ones() as usize) as u16;
            }
            self.pauses += 1;
            gap_starts &= gap_starts - 1;
        }
    }

    /// Begin and end of the tokens in the original; only when it was read for offsets.
    #[inline(always)]
    pub(super) fn edges(&self) -> &[[u32; 2]] {
        self.edges.as_chunks::<2>().0.get(..self.tokens).unwrap_or_default()
    }

    /// Begin and end of the tokens in the folded bytes.
    #[inline(always)]
    pub(super) fn folded_edges(&self) -> &[[u16; 2]] {
        self.folded_edges.as_chunks::<2>().0.get(..self.tokens).unwrap_or_default()
    }

    /// Sixteen folded bytes, the first in the lowest bits.
    #[inline(always)]
    pub(super) fn folded_pair(&self, begin: u16) -> u128 {
        let begin = usize::from(begin) % FOLDED_ROOM;
        let pair = self.folded[begin..begin + 16].first_chunk();
        pair.map_or(0, |pair| u128::from_le_bytes(*pair))
    }

    /// The folded bytes of a token.
    pub(super) fn folded(&self, begin: u16, end: u16) -> &[u8] {
        self.folded.get(usize::from(begin)..usize::from(end)).unwrap_or_default()
    }

    /// What is marked of each token, as [`TokenShape`](crate::text::TokenShape) counts: 1 for a
    /// capital at its begin, 2 for uppercase, 4 for a digit.
    #[inline(always)]
    pub(super) fn marks(&self) -> &[u8] {
        self.start_marks.get(..self.tokens).unwrap_or_default()
    }

    /// The tokens that may start a sentence: all others do not.
    #[inline]
    pub(super) fn after_pauses(&self) -> &[u16] {
        self.after_pauses.get(..self.pauses).unwrap_or_default()
    }
}

/// `runs + bits` with the carry from and to the neighbouring blocks: for a subset `bits` of `runs`,
/// the bit behind each run is set when the run holds one of `bits`; inside, those of `bits` are set
/// that are not the first of their run.
#[inline(always)]
fn carry_through(runs: u64, bits: u64, carry: &mut bool) -> u64 {
    let (sum, over) = runs.overflowing_add(bits & runs);
    let (sum, over_again) = sum.overflowing_add(u64::from(*carry));
    *carry = over | over_again;
    sum
}
