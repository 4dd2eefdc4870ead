//! A set of 64-bit keys, asked often and kept small.

/// Different keys, ascending, found by their upper bits.
///
/// The keys are hashes, so that their upper bits spread them evenly: a look goes to one bucket of two
/// keys or so, where a binary search of 400 keys waits for nine loads one after the other. Keys that
/// are not spread cost more, and are found all the same. Memory: 8 bytes a key and 2 to 4 for its
/// bucket.
#[derive(Default)]
pub(crate) struct KeySet {
    keys: Vec<u64>,
    /// Where each bucket starts, and where the last ends.
    starts: Vec<u32>,
    /// Bits by which a key is shifted to the number of its bucket.
    shift: u32,
}

impl KeySet {
    /// The different ones of some keys. O(keys) where they are spread.
    pub(crate) fn new(keys: &[u64]) -> KeySet {
        let buckets = (keys.len() / 2).next_power_of_two().max(2);
        let shift = u64::BITS - buckets.trailing_zeros();
        let mut starts = vec![0u32; buckets + 1];
        for key in keys {
            if let Some(count) = starts.get_mut((key >> shift) as usize) {
                *count += 1;
            }
        }
        let mut start = 0;
        for count in &mut starts {
            start += std::mem::replace(count, start);
        }
        // Each start goes on to the end of its bucket.
        let mut sorted = vec![0; keys.len()];
        for &key in keys {
            let Some(place) = starts.get_mut((key >> shift) as usize) else { continue };
            if let Some(slot) = sorted.get_mut(*place as usize) {
                *slot = key;
            }
            *place += 1;
        }
        // Sorted within the buckets, and each key once, in front of where it was.
        let (mut from, mut different) = (0, 0usize);
        for start in &mut starts {
            let end = std::mem::replace(start, different as u32) as usize;
            sorted.get_mut(from..end).unwrap_or_default().sort_unstable();
            for at in from..end {
                let Some(&key) = sorted.get(at) else { break };
                let last = different.checked_sub(1).and_then(|last| sorted.get(last));
                if last != Some(&key) {
                    if let Some(slot) = sorted.get_mut(different) {
                        *slot = key;
                    }
                    different += 1;
                }
            }
            from = end;
        }
        sorted.truncate(different);
        sorted.shrink_to_fit();
        KeySet { keys: sorted, starts, shift }
    }

    /// Number of different keys.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether a key is one of them.
    pub(crate) fn holds(&self, key: u64) -> bool {
        let bucket = key.checked_shr(self.shift).unwrap_or(0) as usize;
        let (Some(&start), Some(&end)) = (self.starts.get(bucket), self.starts.get(bucket + 1))
        else {
            return false;
        };
        let bucket = self.keys.get(start as usize..end as usize).unwrap_or(&[]);
        if bucket.len() <= FEW { bucket.contains(&key) } else { bucket.binary_search(&key).is_ok() }
    }

    /// How many keys two sets share. O(keys of the one with fewer).
    pub(crate) fn shared(&self, other: &KeySet) -> usize {
        let (fewer, more) = if self.len() <= other.len() { (self, other) } else { (other, self) };
        if more.len() / MUCH_LARGER > fewer.len() {
            return fewer.keys.iter().map(|&key| usize::from(more.holds(key))).sum();
        }
        let (fewer, more) = (&fewer.keys, &more.keys);
        let (mut at, mut beside, mut shared) = (0, 0, 0);
        // Nothing hangs on a branch: which of two keys is the lesser is as good as random.
        while let (Some(x), Some(y)) = (fewer.get(at), more.get(beside)) {
            shared += usize::from(x == y);
            at += usize::from(x <= y);
            beside += usize::from(y <= x);
        }
        shared
    }
}

/// Sets of which one has so many times the keys of the other are not walked through side by side: a
/// step takes about an eighth of a look.
const MUCH_LARGER: usize = 8;

/// Keys of a bucket up to which it is read from end to end.
const FEW: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn keys() -> impl Strategy<Value = Vec<u64>> {
        // Spread ones, and some whose upper bits are all the same.
        let key = prop_oneof![any::<u64>(), 0u64..60, Just(u64::MAX)];
        let few = (0u64..80).prop_map(|key| key.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        prop::collection::vec(prop_oneof![key, few], 0..200)
    }

    proptest! {
        #[test]
        fn a_key_set_is_a_set(a in keys(), b in keys()) {
            let oracle = |keys: &[u64]| keys.iter().copied().collect::<BTreeSet<u64>>();
            let (set_a, set_b) = (KeySet::new(&a), KeySet::new(&b));
            prop_assert_eq!(set_a.len(), oracle(&a).len());
            for &key in a.iter().chain(&b) {
                prop_assert_eq!(set_a.holds(key), a.contains(&key));
            }
            let shared = oracle(&a).intersection(&oracle(&b)).count();
            prop_assert_eq!((set_a.shared(&set_b), set_b.shared(&set_a)), (shared, shared));
        }
    }

    #[test]
    fn the_set_that_was_never_filled_is_empty() {
        assert!(!KeySet::default().holds(0) && !KeySet::new(&[]).holds(u64::MAX));
    }
}
