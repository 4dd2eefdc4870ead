//! Sorting of keys that are spread evenly, as hashes and the ranks of hashes are.

/// Keys under which, and over which, the sort of the standard library is used.
const FEWEST: usize = 24;
const MOST: usize = 1 << 10;

const BUCKETS: usize = 256;

/// Keys of one bucket up to which it is left to the insertion sort: of evenly spread keys, four to a
/// bucket at most, none has so many.
const MOST_IN_ONE: u16 = 24;

/// Sorts keys; `space` is overwritten.
///
/// Each goes to one of 256 buckets by its leading bits, where it is all but in its place: 150 keys
/// take a third of the instructions of `sort_unstable`. Keys that are not spread, as an adversary's may
/// be, are sorted by that. O(keys) for spread ones, else O(keys · log keys).
pub(super) fn sort(keys: &mut [u64], space: &mut Vec<u64>) {
    let greatest = keys.iter().fold(0, |greatest, &key| greatest.max(key));
    let shift = (u64::BITS - greatest.leading_zeros()).saturating_sub(BUCKETS.ilog2());
    let bucket = |key: u64| (key >> shift) as usize % BUCKETS;
    let mut places = [0_u16; BUCKETS];
    let are_few = (FEWEST..=MOST).contains(&keys.len());
    if are_few {
        keys.iter().for_each(|&key| places[bucket(key)] += 1);
    }
    if !are_few || places.iter().fold(0, |most, &count| most.max(count)) > MOST_IN_ONE {
        keys.sort_unstable();
        return;
    }
    let mut start = 0;
    for place in &mut places {
        start += std::mem::replace(place, start);
    }
    space.clear();
    space.resize(keys.len(), 0);
    for &key in &*keys {
        let place = &mut places[bucket(key)];
        if let Some(kept) = space.get_mut(usize::from(*place)) {
            *kept = key;
        }
        *place += 1;
    }
    for (at, &key) in space.iter().enumerate() {
        let mut to = at;
        while let Some(before) = to.checked_sub(1)
            && keys[before] > key
        {
            keys[to] = keys[before];
            to = before;
        }
        keys[to] = key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn keys_are_sorted_however_they_are_spread(
            keys in prop::collection::vec(any::<u64>(), 0..1_200),
            shift in 0_u32..64,
            modulus in prop::sample::select(vec![1_u64, 2, 40, 300, u64::MAX]),
        ) {
            let mut keys: Vec<u64> = keys.iter().map(|key| (key >> shift) % modulus).collect();
            let mut sorted = keys.clone();
            sorted.sort_unstable();
            sort(&mut keys, &mut vec![7; 3]);
            prop_assert_eq!(keys, sorted);
        }
    }
}
