//! The number of each word by its hash, while a vocabulary is made.

use crate::text::{Token, prefetch};
use ahash::RandomState;

/// No word.
const NONE: u32 = u32::MAX;

/// Tokens that are looked up at once: the places of all are known, and on their way from memory, before
/// the first is read.
const AT_ONCE: usize = 64;

/// Numbers 0, 1, 2, … by the frozen hash of a word, in the order of first mention.
///
/// Open addressing in one list, by the upper bits of the hash times a number that is another in every
/// process, so that no text can be written whose words all meet. A look is one product and mostly one
/// load. Memory: 16 bytes an entry, of which five sixteenths to five eighths are taken.
#[derive(Default)]
pub(super) struct Numbers {
    /// Hash and number; [`NONE`] where there is none. None or a power of two of them.
    slots: Vec<(u64, u32)>,
    taken: usize,
    factor: u64,
    /// Bits by which a product is shifted to a slot.
    shift: u32,
}

impl Numbers {
    /// Appends the numbers of `tokens` to `numbers`, and calls `met` with each that is the first of its
    /// word.
    pub(super) fn read(
        &mut self,
        tokens: &[Token],
        numbers: &mut Vec<u32>,
        mut met: impl FnMut(&Token),
    ) {
        for tokens in tokens.chunks(AT_ONCE) {
            while 5 * self.slots.len() < 8 * (self.taken + tokens.len()) {
                self.grow();
            }
            for token in tokens {
                let slot = self.start(token.hash);
                prefetch(self.slots.get(slot..=slot).unwrap_or(&[]));
            }
            for token in tokens {
                let (number, is_new) = self.number(token.hash);
                numbers.push(number);
                if is_new {
                    met(token);
                }
            }
        }
    }

    /// The number of a hash, and whether it is met for the first time. There is room for it.
    fn number(&mut self, hash: u64) -> (u32, bool) {
        let mut at = self.start(hash);
        loop {
            let Some(slot) = self.slots.get_mut(at) else { return (NONE, false) };
            if slot.1 == NONE {
                *slot = (hash, self.taken as u32);
                self.taken += 1;
                return (slot.1, true);
            }
            if slot.0 == hash {
                return (slot.1, false);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    fn start(&self, hash: u64) -> usize {
        (hash.wrapping_mul(self.factor) >> self.shift) as usize
    }

    fn grow(&mut self) {
        let slots = (2 * self.slots.len()).max(1 << 12);
        if self.factor == 0 {
            self.factor = RandomState::new().hash_one(0u64) | 1;
        }
        self.shift = u64::BITS - slots.trailing_zeros();
        for (hash, number) in std::mem::replace(&mut self.slots, vec![(0, NONE); slots]) {
            if number == NONE {
                continue;
            }
            let mut at = self.start(hash);
            while self.slots.get(at).is_some_and(|slot| slot.1 != NONE) {
                at = (at + 1) & (slots - 1);
            }
            if let Some(slot) = self.slots.get_mut(at) {
                *slot = (hash, number);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TokenShape;
    use std::collections::HashMap;

    #[test]
    fn each_hash_keeps_its_number_however_many_there_are() {
        // Spread ones, close ones, and ones that differ in their upper bits alone.
        let hashes = (0..30_000u64).flat_map(|i| {
            [i.wrapping_mul(0xd6e8_feb8_6659_fd93), i % 977, (i % 5_000) << 50, u64::MAX - i]
        });
        let token = |hash| Token { hash, start: 0, end: 0, shape: TokenShape::default() };
        let tokens: Vec<Token> = hashes.map(token).collect();
        let (mut numbers, mut read, mut met) = (Numbers::default(), Vec::new(), Vec::new());
        for tokens in tokens.chunks(1_234) {
            numbers.read(tokens, &mut read, |token| met.push(token.hash));
        }
        let mut expected: HashMap<u64, u32> = HashMap::new();
        for (token, number) in tokens.iter().zip(read) {
            let next = expected.len() as u32;
            assert_eq!(*expected.entry(token.hash).or_insert(next), number);
        }
        assert_eq!(met.len(), expected.len());
        assert!((0u32..).zip(met).all(|(number, hash)| expected[&hash] == number));
    }
}
