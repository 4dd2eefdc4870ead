//! Which seeds a text surely has not.

/// Words of 64 bits of the filter: 8 kB, which stay in the nearest cache.
const WORDS: usize = 1 << 10;

/// A bit for each seed of a text by the upper half of its hash: what is not in the text is mostly told by a
/// look into a cache line that is at hand.
///
/// Of seeds that are not in a text of 400 tokens one in 160 may be by the filter, in one of 4,000 one in
/// 16. Of one size, so that a look needs no check of a length.
pub(crate) struct SeedFilter(Box<[u64; WORDS]>);

impl Default for SeedFilter {
    fn default() -> SeedFilter {
        SeedFilter(Box::new([0; WORDS]))
    }
}

impl SeedFilter {
    /// Takes the seeds of a text instead of those of the one before.
    pub(crate) fn read(&mut self, seeds: &[u32]) {
        self.0.fill(0);
        for &seed in seeds {
            let (word, bit) = place(seed);
            self.0[word] |= bit;
        }
    }

    /// Whether a seed may be in the text.
    #[inline]
    pub(crate) fn may_hold(&self, seed: u32) -> bool {
        let (word, bit) = place(seed);
        self.0[word] & bit != 0
    }
}

/// By bits that slots of most texts are not found by, so that a seed that passes by chance finds an empty
/// slot. The word is one of all the ten bits can tell.
#[inline]
fn place(seed: u32) -> (usize, u64) {
    ((seed >> 22) as usize % WORDS, 1 << (seed >> 16 & 63))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_seed_of_the_last_text_may_be_held(
            before in prop::collection::vec(any::<u32>(), 0..90),
            seeds in prop::collection::vec(any::<u32>(), 0..90),
        ) {
            let mut filter = SeedFilter::default();
            filter.read(&before);
            filter.read(&seeds);
            prop_assert!(seeds.iter().all(|&seed| filter.may_hold(seed)));
            let upper: Vec<u32> = seeds.iter().map(|seed| seed >> 16).collect();
            for other in before {
                prop_assert_eq!(filter.may_hold(other), upper.contains(&(other >> 16)));
            }
        }
    }
}
