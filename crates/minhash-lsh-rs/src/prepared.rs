//! Sets made ready to be compared exactly with many others.

use std::fmt;
use std::hint::select_unpredictable;

use crate::Jaccard;

/// Marks a free slot; elements are numbered below it.
const FREE: u32 = u32::MAX;
/// Slots for each element, at least; at most twice as many. With four to eight, one element in
/// eight to sixteen finds its slot taken.
const SLOTS_AN_ELEMENT: usize = 4;
/// 2⁶⁴ / φ: spreads consecutive integers over the slots (Knuth, *The Art of Computer Programming*,
/// section 6.4).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// A set of hashes prepared for exact comparison with others: repeats removed, and a table in which
/// an element is found.
///
/// Preparing costs O(n) and comparing two prepared sets O(n) in expectation, O(n log n) at worst.
/// At 650 elements that is about 1.5 µs and, for sets that are alike, under 1 µs, where sorting and
/// merging two sets ([`Jaccard::between`] before this type existed) took 10 µs: random hashes make
/// every comparison of a sort a branch that cannot be predicted. Here the elements keep their order.
/// If both sets come from texts in reading order, the element after a match is nearly always the
/// next match, and the table is asked only where the texts differ.
///
/// Memory: 32 to 48 bytes an element. [`prepare`](Self::prepare) uses it again for the next set.
///
/// ```
/// use minhash_lsh::{Jaccard, PreparedSet};
///
/// let a = PreparedSet::of(&[1, 2, 3, 3]);
/// let mut b = PreparedSet::of(&[2, 3, 4]);
/// assert_eq!(a.jaccard(&b).get(), 0.5);
/// assert_eq!(a.jaccard_at_least(&b, Jaccard::new(0.6)?), None);
///
/// b.prepare(&[3, 2, 1]);
/// assert_eq!(a.jaccard(&b), Jaccard::ONE);
/// # Ok::<(), minhash_lsh::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct PreparedSet {
    /// The elements without repeats, in the order in which they first appear; beyond `len`, room.
    elements: Vec<u64>,
    len: usize,
    /// For each value of the highest bits of a spread hash, the number of the first element with
    /// it, or [`FREE`].
    slots: Vec<u32>,
    /// 64 less the binary logarithm of the number of slots.
    shift: u32,
    /// The elements whose slot was taken, ascending.
    homeless: Vec<u64>,
}

impl PreparedSet {
    /// Prepares the set of `hashes`, in any order and with any repeats.
    #[must_use]
    pub fn of(hashes: &[u64]) -> Self {
        let mut set = Self::default();
        set.prepare(hashes);
        set
    }

    /// Makes this the set of `hashes` instead, without allocating where an earlier set was as large.
    pub fn prepare(&mut self, hashes: &[u64]) {
        if hashes.len() >= FREE as usize {
            return self.sort_all(hashes);
        }
        self.fill(hashes);
        let without_slot = self.homeless.len();
        self.homeless.dedup();
        if self.homeless.len() < without_slot {
            // An element without a slot was repeated, which `fill` does not see. That is rare, so
            // everything is done again without its repeats.
            let mut seen = vec![false; self.homeless.len()];
            let is_first = |hash: &u64| match self.homeless.binary_search(hash) {
                Ok(place) => !std::mem::replace(&mut seen[place], true),
                Err(_) => true,
            };
            let distinct: Vec<u64> = self.elements().iter().copied().filter(is_first).collect();
            self.fill(&distinct);
        }
    }

    /// Gives each element that appears first a slot, and collects those that find it taken.
    ///
    /// Without a branch on the data: half of the elements of a text have appeared in no earlier
    /// one, so a predictor learns nothing.
    fn fill(&mut self, hashes: &[u64]) {
        let count = slots_for(hashes.len());
        self.shift = 64 - count.trailing_zeros();
        self.slots.clear();
        self.slots.resize(count, FREE);
        // One place more than there are elements: each writes before it is known to count.
        if self.elements.len() <= hashes.len() {
            self.elements.resize(hashes.len() + 1, 0);
        }
        self.homeless.clear();
        self.homeless.resize(hashes.len() + 1, 0);
        // Slices of fixed length let the compiler see that the numbers below stay inside.
        let elements = &mut self.elements[..=hashes.len()];
        let homeless = &mut self.homeless[..=hashes.len()];
        let (mut len, mut without_slot) = (0, 0);
        for &hash in hashes {
            // Below 2^(64 - shift), the number of slots.
            let slot = &mut self.slots[(hash.wrapping_mul(SPREAD) >> self.shift) as usize];
            let is_free = *slot == FREE;
            // A taken slot holds a number below `len`; a free one is compared with any element.
            let is_repeat =
                !is_free & (elements[select_unpredictable(is_free, 0, *slot as usize)] == hash);
            elements[len] = hash;
            homeless[without_slot] = hash;
            *slot = select_unpredictable(is_free, len as u32, *slot);
            len += usize::from(!is_repeat);
            without_slot += usize::from(!is_repeat & !is_free);
        }
        self.len = len;
        self.homeless.truncate(without_slot);
        self.homeless.sort_unstable();
    }

    /// Bytes that the set of so many hashes takes, at most; memory that an earlier set took is not
    /// counted.
    #[must_use]
    pub fn bytes_for(hashes: usize) -> usize {
        let room = hashes.saturating_add(1).saturating_mul(2 * size_of::<u64>());
        room.saturating_add(slots_for(hashes).saturating_mul(size_of::<u32>()))
    }

    /// For more elements than 32 bits number: no slots, only order.
    fn sort_all(&mut self, hashes: &[u64]) {
        self.slots.clear();
        self.elements = hashes.to_vec();
        self.elements.sort_unstable();
        self.elements.dedup();
        self.len = self.elements.len();
        self.homeless.clone_from(&self.elements);
    }

    /// How many different elements there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The different elements, in the order in which they first appear.
    #[must_use]
    pub fn elements(&self) -> &[u64] {
        self.elements.get(..self.len).unwrap_or(&[])
    }

    /// Whether `hash` is an element. O(1) in expectation, O(log n) at worst.
    #[must_use]
    pub fn contains(&self, hash: u64) -> bool {
        match self.slot(hash) {
            Some(FREE) => false,
            Some(number) if self.elements().get(number as usize) == Some(&hash) => true,
            _ => self.homeless.binary_search(&hash).is_ok(),
        }
    }

    /// How many elements both sets have.
    #[must_use]
    pub fn shared(&self, other: &Self) -> usize {
        self.shared_missing(other, usize::MAX).unwrap_or(0)
    }

    /// The exact Jaccard similarity. As of [`Jaccard::between`], that of two empty sets is 0.
    #[must_use]
    pub fn jaccard(&self, other: &Self) -> Jaccard {
        let shared = self.shared(other);
        Jaccard::from_ratio(shared, self.len + other.len - shared)
    }

    /// The exact Jaccard similarity if it is at least `threshold`.
    ///
    /// For candidates that may be false: it gives up as soon as so many elements are missing that
    /// the threshold is out of reach, at once where the sizes alone say so.
    #[must_use]
    pub fn jaccard_at_least(&self, other: &Self, threshold: Jaccard) -> Option<Jaccard> {
        let reached = |shared: usize| {
            let jaccard = Jaccard::from_ratio(shared, self.len + other.len - shared);
            (jaccard >= threshold).then_some(jaccard)
        };
        // With all of the smaller set shared the similarity is the highest there can be. Each
        // element fewer lowers it, so the most that may be missing is found by bisection, by the
        // same rounded quotients that decide in the end.
        let smaller = self.len.min(other.len);
        reached(smaller)?;
        let (mut fits, mut too_many) = (0, smaller + 1);
        while too_many - fits > 1 {
            let middle = fits + (too_many - fits) / 2;
            if reached(smaller - middle).is_some() { fits = middle } else { too_many = middle }
        }
        self.shared_missing(other, fits).and_then(reached)
    }

    /// How many elements both have; `None` once more than `may_miss` of the smaller are not in the
    /// larger.
    fn shared_missing(&self, other: &Self, may_miss: usize) -> Option<usize> {
        let (smaller, larger) = if self.len <= other.len { (self, other) } else { (other, self) };
        let elements = larger.elements();
        let mut expected = 0;
        let mut missing = 0;
        for &hash in smaller.elements() {
            if elements.get(expected) == Some(&hash) {
                expected += 1;
                continue;
            }
            match larger.slot(hash) {
                Some(number) if elements.get(number as usize) == Some(&hash) => {
                    expected = number as usize + 1;
                    continue;
                }
                Some(FREE) => {}
                _ if larger.homeless.binary_search(&hash).is_ok() => continue,
                _ => {}
            }
            missing += 1;
            if missing > may_miss {
                return None;
            }
        }
        Some(smaller.len - missing)
    }

    /// What stands in the slot of `hash`; `None` where there are no slots.
    fn slot(&self, hash: u64) -> Option<u32> {
        // A shift by 64 bits, which the default set has no slots for, finds nothing either.
        let slot = hash.wrapping_mul(SPREAD).checked_shr(self.shift)?;
        self.slots.get(slot as usize).copied()
    }
}

/// A power of two, at least 2.
fn slots_for(hashes: usize) -> usize {
    let least = hashes.saturating_mul(SLOTS_AN_ELEMENT).max(2);
    least.checked_next_power_of_two().unwrap_or(usize::MAX)
}

/// The elements, in the order in which they first appear.
impl fmt::Debug for PreparedSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.elements()).finish()
    }
}

impl PartialEq for PreparedSet {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.shared(other) == self.len
    }
}

impl Eq for PreparedSet {}

impl FromIterator<u64> for PreparedSet {
    fn from_iter<I: IntoIterator<Item = u64>>(hashes: I) -> Self {
        let hashes: Vec<u64> = hashes.into_iter().collect();
        Self::of(&hashes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Hashes of which many share a slot: few high bits after spreading, many repeats.
    fn crowded() -> impl Strategy<Value = Vec<u64>> {
        // The inverse of SPREAD modulo 2⁶⁴, so that the spread hash is the number itself.
        let inverse = 0xf1de_83e1_9937_733d_u64;
        assert_eq!(SPREAD.wrapping_mul(inverse), 1);
        let hash = prop_oneof![
            0u64..40,
            (0u64..40).prop_map(move |n| n.wrapping_mul(inverse)),
            Just(u64::MAX)
        ];
        prop::collection::vec(hash, 0..120)
    }

    fn oracle(a: &[u64], b: &[u64]) -> f64 {
        let (a, b): (BTreeSet<_>, BTreeSet<_>) = (a.iter().collect(), b.iter().collect());
        let union = a.union(&b).count();
        if union == 0 { 0.0 } else { a.intersection(&b).count() as f64 / union as f64 }
    }

    proptest! {
        #[test]
        fn similarity_is_that_of_sets(a in crowded(), b in crowded(), threshold in 0.0..=1.0f64) {
            let (x, y) = (PreparedSet::of(&a), PreparedSet::of(&b));
            let expected = oracle(&a, &b);
            prop_assert_eq!(x.jaccard(&y).get(), expected);
            prop_assert_eq!(y.jaccard(&x).get(), expected);
            prop_assert_eq!(Jaccard::between(&a, &b).get(), expected);
            let threshold = Jaccard::new(threshold).unwrap();
            let reached = (expected >= threshold.get()).then_some(expected);
            prop_assert_eq!(x.jaccard_at_least(&y, threshold).map(Jaccard::get), reached);
            prop_assert_eq!(x.jaccard_at_least(&y, x.jaccard(&y)), Some(x.jaccard(&y)));
        }

        #[test]
        fn elements_are_those_given_each_once_in_their_first_order(a in crowded()) {
            let set = PreparedSet::of(&a);
            let mut seen = BTreeSet::new();
            let expected: Vec<u64> = a.iter().copied().filter(|hash| seen.insert(*hash)).collect();
            prop_assert_eq!(set.elements(), expected);
            prop_assert!(a.iter().all(|&hash| set.contains(hash)));
            prop_assert!((0..100).all(|hash| set.contains(hash) == a.contains(&hash)));
        }

        #[test]
        fn an_earlier_set_leaves_no_trace(a in crowded(), b in crowded()) {
            let mut again = PreparedSet::of(&a);
            again.prepare(&b);
            let fresh = PreparedSet::of(&b);
            prop_assert_eq!(again.elements(), fresh.elements());
            prop_assert!((0..100).all(|hash| again.contains(hash) == b.contains(&hash)));
        }
    }

    #[test]
    fn sets_without_slots_compare_alike() {
        let hashes = [5, 3, 5, 1];
        let mut sorted = PreparedSet::of(&[9, 9]);
        sorted.sort_all(&hashes);
        assert_eq!(sorted.elements(), [1, 3, 5]);
        assert_eq!(sorted, PreparedSet::of(&hashes));
        assert_eq!(sorted.jaccard(&PreparedSet::of(&[1, 3, 7])).get(), 0.5);
    }

    #[test]
    fn the_default_set_is_empty_and_like_nothing() {
        let empty = PreparedSet::default();
        assert!(empty.is_empty() && !empty.contains(0));
        assert_eq!(empty.jaccard(&PreparedSet::of(&[])), Jaccard::ZERO);
        assert_eq!(empty.jaccard(&PreparedSet::of(&[1])), Jaccard::ZERO);
        assert_eq!(empty.jaccard_at_least(&empty, Jaccard::ONE), None);
    }

    #[test]
    fn a_hundred_thousand_elements_of_one_slot_end() {
        let inverse = 0xf1de_83e1_9937_733d_u64;
        let hashes: Vec<u64> = (0..100_000u64).map(|n| n.wrapping_mul(inverse)).collect();
        let set = PreparedSet::of(&hashes);
        assert_eq!(set.len(), hashes.len());
        assert_eq!(set.jaccard(&PreparedSet::of(&hashes[50_000..])).get(), 0.5);
    }
}
