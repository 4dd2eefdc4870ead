//! Random numbers that are the same on every machine: integers only, one stream for each thing generated.

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

/// What a stream is for, so that two things of one number never share a stream.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    Vocabulary = 1,
    Furniture = 2,
    Block = 3,
    Story = 4,
    Article = 5,
    Edit = 6,
}

impl Random {
    /// The stream of thing number `number` of its purpose.
    pub(crate) fn new(seed: u64, purpose: Purpose, number: u64) -> Random {
        Random(mix(mix(seed ^ mix(purpose as u64)).wrapping_add(number)))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// 0 to `bound - 1`; 0 for a bound of 0. Biased by less than `bound / 2^64`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    pub(crate) fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most + 1 - least)
    }

    /// True `times` in `of` draws.
    pub(crate) fn chance(&mut self, times: usize, of: usize) -> bool {
        self.below(of) < times
    }

    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// One of the letter groups of a language.
    pub(crate) fn letters(&mut self, of: &[&'static str]) -> &'static str {
        of[self.below(of.len())]
    }

    /// A place in a list of weights, as often as its weight says.
    pub(crate) fn weighted(&mut self, weights: &[usize]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (place, &weight) in weights.iter().enumerate() {
            if left < weight {
                return place;
            }
            left -= weight;
        }
        0
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
