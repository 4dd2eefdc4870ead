//! Shared by the integration tests: a generator, and the specification written down again.

#![expect(dead_code, reason = "each test file uses a part")]

/// SplitMix64: hashes for sets, independent of the crate.
pub(crate) struct SplitMix(pub(crate) u64);

impl SplitMix {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = self.0;
        let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn take(&mut self, count: usize) -> Vec<u64> {
        (0..count).map(|_| self.next()).collect()
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

/// `docs/sketch.md` line by line: no early stop, no blocks, 128-bit arithmetic.
pub(crate) fn naive_lanes(elements: &[u64], k: u32, seed: u64) -> Vec<u32> {
    let rounds = k / 8;
    let keys = SplitMix(seed).take((rounds + k) as usize);
    let lanes = (0..k).map(|lane| {
        let reaching = elements.iter().flat_map(|x| {
            (0..rounds).filter_map({
                let keys = &keys;
                move |r| {
                    let m = naive_mix(x ^ keys[r as usize]);
                    let hit = ((m & 0xffff_ffff) * u128::from(k)) >> 32 == u128::from(lane);
                    hit.then_some((r << 24) | naive_value(m))
                }
            })
        });
        let own =
            |x: &u64| (rounds << 24) | naive_value(naive_mix(x ^ keys[(rounds + lane) as usize]));
        reaching.min().or_else(|| elements.iter().map(own).min()).unwrap_or(u32::MAX)
    });
    lanes.collect()
}

fn naive_mix(z: u64) -> u128 {
    fn fold(z: u128, c: u128) -> u128 {
        let (low, high) = (z % (1 << 32), z / (1 << 32));
        c * (low ^ high) + high
    }
    let y = fold(u128::from(z), 0xaed6_9c99);
    fold(y ^ (y >> 9), 0xb253_6991)
}

fn naive_value(m: u128) -> u32 {
    ((m >> 32) % (1 << 24)) as u32
}
