//! How much of two texts is word for word the same.

use super::places::Places;
use super::spread_keys;

/// Shingles kept of a text, those of the smallest hashes: a sample of the text that is the same
/// wherever the same words stand (Broder, "On the resemblance and containment of documents", 1997).
/// The estimate of a containment of ½ has a standard error of 0.05.
const MOST_SHINGLES: usize = 96;

/// Memory for the sampling of one text after the other.
#[derive(Default)]
pub(super) struct SamplingSpace {
    smallest: Vec<u64>,
    sorting: Vec<u64>,
    kept: Vec<u64>,
}

/// A sample of a text's shingles, ascending.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct ShingleSample<'h> {
    /// The hashes kept, ascending.
    pub(super) hashes: &'h [u64],
    /// Whether the text has more.
    pub(super) is_part: bool,
}

impl<'h> ShingleSample<'h> {
    /// `space` is overwritten, and holds the sample. O(shingles).
    pub(super) fn of(hashes: &[u64], space: &'h mut SamplingSpace) -> ShingleSample<'h> {
        let SamplingSpace { smallest, sorting, kept } = space;
        // Hashes are spread evenly: those under a bound that half as many again as are kept should
        // be under, four standard deviations more. Where they are fewer, all are looked at.
        let expected = 3 * MOST_SHINGLES as u64 / 2;
        let bound = (u64::MAX / (hashes.len() as u64).max(expected)).saturating_mul(expected);
        // What stood there is written over; to fill it first took as long as to read the hashes.
        if smallest.len() < hashes.len() {
            smallest.resize(hashes.len(), 0);
        }
        let mut count = 0;
        for &hash in hashes {
            // A sum and no branch: what is under the bound cannot be foretold.
            if let Some(place) = smallest.get_mut(count) {
                *place = hash;
            }
            count += usize::from(hash < bound);
        }
        let under_bound = smallest.get_mut(..count).unwrap_or_default();
        if keep_smallest(under_bound, sorting, kept) {
            return ShingleSample { hashes: kept, is_part: true };
        }
        let smallest = smallest.get_mut(..hashes.len()).unwrap_or_default();
        smallest.copy_from_slice(hashes);
        let is_part = keep_smallest(smallest, sorting, kept);
        ShingleSample { hashes: kept, is_part }
    }

    /// The share of the shingles of the one with fewer that the other has too, 0 to 1, estimated on
    /// the range of hashes that both samples know whole; 0 where one has none. Symmetric. `places`
    /// holds the hashes of this one. O([`MOST_SHINGLES`]).
    pub(super) fn containment(self, other: ShingleSample<'_>, places: &mut Places<u64>) -> f64 {
        // What both have is in the range that both know.
        let mut shared = 0_u32;
        places.meet(other.hashes, |_, _| shared += 1);
        if shared == 0 {
            return 0.0;
        }
        let known_to = self.known_to().min(other.known_to());
        let known = |sample: ShingleSample<'_>| sample.hashes.partition_point(|&h| h <= known_to);
        let (ours, theirs) = (known(self), known(other));
        f64::from(shared) / ours.min(theirs).max(1) as f64
    }

    fn known_to(self) -> u64 {
        self.hashes.last().copied().filter(|_| self.is_part).unwrap_or(u64::MAX)
    }
}

/// Keeps the smallest [`MOST_SHINGLES`] of the hashes, each once and ascending; whether there are more.
/// All but the hashes is overwritten.
fn keep_smallest(hashes: &mut [u64], sorting: &mut Vec<u64>, kept: &mut Vec<u64>) -> bool {
    spread_keys::sort(hashes, sorting);
    kept.clear();
    for &hash in &*hashes {
        if kept.last() == Some(&hash) {
            continue;
        }
        if kept.len() == MOST_SHINGLES {
            return true;
        }
        kept.push(hash);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// A sample with its hashes.
    #[derive(Debug, PartialEq)]
    struct Sampled {
        hashes: Vec<u64>,
        is_part: bool,
    }

    impl Sampled {
        fn sample(&self) -> ShingleSample<'_> {
            ShingleSample { hashes: &self.hashes, is_part: self.is_part }
        }
    }

    fn sampled(hashes: &[u64]) -> Sampled {
        let mut space =
            SamplingSpace { smallest: vec![7; 3], sorting: vec![9; 5], kept: vec![8; 2] };
        let ShingleSample { hashes, is_part } = ShingleSample::of(hashes, &mut space);
        Sampled { hashes: hashes.to_vec(), is_part }
    }

    fn containment(a: &Sampled, b: &Sampled) -> f64 {
        let mut places = Places::default();
        places.hold(a.hashes.iter().copied());
        a.sample().containment(b.sample(), &mut places)
    }

    proptest! {
        #[test]
        fn small_texts_are_compared_exactly(
            a in prop::collection::vec(0_u64..60, 0..90),
            b in prop::collection::vec(0_u64..60, 0..90),
        ) {
            let (one, other) = (sampled(&a), sampled(&b));
            let a: BTreeSet<u64> = a.into_iter().collect();
            let b: BTreeSet<u64> = b.into_iter().collect();
            let fewer = a.len().min(b.len());
            let exact =
                if fewer == 0 { 0.0 } else { a.intersection(&b).count() as f64 / fewer as f64 };
            prop_assert_eq!(containment(&one, &other), exact);
            prop_assert_eq!(containment(&other, &one), exact);
        }

        #[test]
        fn a_sample_is_the_smallest_whatever_repeats(
            hashes in prop::collection::vec(any::<u64>(), 0..700),
            repeated in prop::collection::vec(0_usize..700, 0..700),
            folded in prop::bool::ANY,
        ) {
            let repeated = repeated.iter().filter_map(|&at| hashes.get(at));
            let all: Vec<u64> = hashes.iter().chain(repeated)
                .map(|&hash| if folded { hash % 300 } else { hash }).collect();
            let mut kept = Vec::new();
            let is_part = keep_smallest(&mut all.clone(), &mut Vec::new(), &mut kept);
            prop_assert_eq!(sampled(&all), Sampled { hashes: kept, is_part });
        }

        #[test]
        fn samples_of_long_texts_estimate_it(seed in any::<u64>()) {
            let mixed = |n: u64| (n ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31)
                .wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let text = |from: u64| (from..from + 2_000).map(mixed).collect::<Vec<u64>>();
            let [a, b] = [0, 1_000].map(|from| sampled(&text(from)));
            prop_assert!((containment(&a, &b) - 0.5).abs() < 0.3);
            prop_assert_eq!(containment(&a, &a), 1.0);
        }
    }
}
