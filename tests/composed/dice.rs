//! A small generator with a fixed seed: the composed pages are the same everywhere.

/// In place of a half, for lists of which nothing is held out: all items.
pub(crate) const WIDE: usize = 2;

/// SplitMix64.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// One of the items of a half: those at even places, or those at odd ones; of [`WIDE`] any.
    pub(crate) fn pick_half<'a, T>(&mut self, items: &'a [T], half: usize) -> &'a T {
        if half == WIDE {
            return self.pick(items);
        }
        let count = (items.len() + 1 - half) / 2;
        &items[(2 * self.below(count) + half).min(items.len() - 1)]
    }
}
