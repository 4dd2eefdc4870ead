//! Where the keys of one list stand, to meet it with many others.

/// A key that is spread evenly over small numbers by its last bits.
pub(super) trait Key: Copy + Eq {
    /// Its last bits.
    fn last_bits(self) -> usize;
}

/// A term's number: a place in the order of hashes.
impl Key for u32 {
    fn last_bits(self) -> usize {
        self as usize
    }
}

/// A hash.
impl Key for u64 {
    fn last_bits(self) -> usize {
        self as usize
    }
}

/// Slots of the table: 8 KB, which stay in the nearest cache. Of 128 keys and 128 others that have
/// nothing in common four meet in a slot.
const SLOTS: usize = 1 << 12;

const NONE: u16 = u16::MAX;

/// A table of the places of one list's keys.
///
/// Two lists of 128 ascending keys are merged in 200 steps, each of which waits for the one before.
/// Looking up one list's keys in a table of the other's places takes 128 steps that wait for nothing,
/// and reads nothing but the keys in one stretch: 300 ns instead of 1,000 for lists that lie in
/// memory, 170 when they are fetched ahead, 90 instead of 580 for lists in the cache.
pub(super) struct Places<K> {
    slots: Box<[u16; SLOTS]>,
    keys: Vec<K>,
    /// For each place the next whose key has the same slot.
    next: Vec<u16>,
}

impl<K: Key> Default for Places<K> {
    fn default() -> Places<K> {
        Places { slots: Box::new([NONE; SLOTS]), keys: Vec::new(), next: Vec::new() }
    }
}

impl<K: Key> Places<K> {
    /// Holds these keys instead of those before, of which at most 65,535 count; where a key stands
    /// twice, both places are met. O(keys).
    pub(super) fn hold(&mut self, keys: impl IntoIterator<Item = K>) {
        for key in self.keys.drain(..) {
            self.slots[slot(key)] = NONE;
        }
        self.next.clear();
        for (at, key) in (0..NONE).zip(keys) {
            self.keys.push(key);
            self.next.push(std::mem::replace(&mut self.slots[slot(key)], at));
        }
    }

    /// What is held.
    pub(super) fn keys(&self) -> &[K] {
        &self.keys
    }

    /// The place of a key.
    pub(super) fn get(&self, key: K) -> Option<usize> {
        let mut at = usize::from(self.slots[slot(key)]);
        while *self.keys.get(at)? != key {
            at = usize::from(*self.next.get(at)?);
        }
        Some(at)
    }

    /// Calls `found` with the place here and the place there of each key that `theirs` has too, in
    /// the order of theirs. O(theirs).
    pub(super) fn meet(&self, theirs: &[K], mut found: impl FnMut(usize, usize)) {
        for (block, keys) in theirs.chunks(BLOCK).enumerate() {
            // Bits and no branch: which keys meet cannot be foretold. Eight at a time, that each has its
            // bit by its place and not by a count.
            let mut maybe = 0_u64;
            let (eights, rest) = keys.as_chunks::<8>();
            for (eight, keys) in eights.iter().enumerate() {
                let mut bits = 0;
                for (at, &key) in keys.iter().enumerate() {
                    bits |= u64::from(self.slots[slot(key)] != NONE) << at;
                }
                maybe |= bits << (8 * eight);
            }
            for (at, &key) in (keys.len() - rest.len()..).zip(rest) {
                maybe |= u64::from(self.slots[slot(key)] != NONE) << at;
            }
            while maybe != 0 {
                let at = maybe.trailing_zeros() as usize;
                maybe &= maybe - 1;
                let Some(key) = keys.get(at) else { break };
                let mut ours = usize::from(self.slots[slot(*key)]);
                while let Some(held) = self.keys.get(ours) {
                    if held == key {
                        found(ours, block * BLOCK + at);
                    }
                    ours = self.next.get(ours).map_or(usize::MAX, |&next| usize::from(next));
                }
            }
        }
    }
}

/// Keys that are looked for at once: one for each bit.
const BLOCK: usize = 64;

fn slot(key: impl Key) -> usize {
    key.last_bits() % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn what_meets_is_what_both_hold_whatever_was_held_before(
            // Many keys of one slot.
            lists in prop::collection::vec(prop::collection::btree_set(0_u32..300, 0..200), 1..6),
            spread in prop::sample::select(vec![1_u32, 512, 1 << 12]),
        ) {
            let list = |set: &BTreeSet<u32>| set.iter().map(|key| key * spread).collect::<Vec<_>>();
            let mut places = Places::default();
            for a in &lists {
                let ours = list(a);
                places.hold(ours.iter().copied());
                for key in 0..300 {
                    let place = ours.binary_search(&(key * spread)).ok();
                    prop_assert_eq!(places.get(key * spread), place);
                }
                for b in &lists {
                    let theirs = list(b);
                    let mut met = Vec::new();
                    places.meet(&theirs, |at, beside| {
                        assert_eq!(ours[at], theirs[beside]);
                        met.push(theirs[beside] / spread);
                    });
                    prop_assert_eq!(met, a.intersection(b).copied().collect::<Vec<u32>>());
                }
            }
        }
    }
}
