//! Words of two texts that begin alike: forms and compounds that no stemmer brings together.
//!
//! A stemmer takes endings off, and where a language inflects inside the word, compounds or derives
//! ("Wahl", "Wahlkampf"; "wyborach", "wyborczy") the stems differ. The first letters are mostly the
//! same: McNamee and Mayfield, "Character n-gram tokenization for European language text retrieval",
//! Information Retrieval 7, 2004, find truncated words as good as stems there. They are a
//! feature beside the stems and not in their place, where they cost the RSS day 0.03 of the area under
//! the curve.

use super::places::Places;
use super::weighing::MOST_CHARACTER_TERMS;

/// The other forms of two texts of which one has no words that could be any, as in scripts written
/// without spaces: the mean of the pairs that the score was fitted to.
pub(super) const UNKNOWN: f64 = 0.03;

/// Where the beginnings of one article stand, to meet them with those of many others.
#[derive(Default)]
pub(super) struct PlacesOfBeginnings {
    letters: Places<u32>,
    /// For each beginning that is held the place of its word.
    words: Vec<u16>,
}

impl PlacesOfBeginnings {
    /// Holds what the first letters of each word are, 0 where it is too short to tell, instead of those
    /// before. O(words).
    pub(super) fn hold(&mut self, letters: &[u32]) {
        let known = || letters.iter().zip(0..).filter(|(letters, _)| **letters != 0);
        self.words.clear();
        self.words.extend(known().map(|(_, at): (_, u16)| at));
        self.letters.hold(known().map(|(&letters, _): (_, u16)| letters));
    }

    /// Calls `found` with the places of each two words that begin alike, here and there, in the order
    /// of theirs. O(words and what is found).
    pub(super) fn meet(&mut self, theirs: &[u32], mut found: impl FnMut(usize, usize)) {
        let words = &self.words;
        self.letters.meet(theirs, |at, beside| {
            if let Some(&at) = words.get(at) {
                found(usize::from(at), beside);
            }
        });
    }
}

/// A set of the words of an article, by their places.
#[derive(Clone, Copy, Default)]
pub(super) struct WordSet {
    bits: [u64; WORDS / 64],
}

/// Words that an article keeps at most, rounded up.
const WORDS: usize = MOST_CHARACTER_TERMS.next_multiple_of(64);

impl WordSet {
    pub(super) fn insert(&mut self, place: usize) {
        if let Some(bits) = self.bits.get_mut(place / 64) {
            *bits |= 1 << (place % 64);
        }
    }

    pub(super) fn holds(&self, place: usize) -> bool {
        self.bits.get(place / 64).is_some_and(|bits| bits >> (place % 64) & 1 == 1)
    }

    /// The places, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.bits.iter().zip(0..).flat_map(|(&bits, word): (&u64, usize)| {
            let mut left = bits;
            std::iter::from_fn(move || {
                let place = 64 * word + left.trailing_zeros() as usize;
                let next = left & left.wrapping_sub(1);
                (std::mem::replace(&mut left, next) != 0).then_some(place)
            })
        })
    }
}

/// The words that each of two texts has in another form alone: words that the other has not and that
/// begin like one it has. `shared` are the places of the words that both have, `alike` those of words
/// that begin alike and are not the same, ours and theirs.
pub(super) fn other_forms(shared: &[(u16, u16)], alike: &[(u16, u16)]) -> [WordSet; 2] {
    let mut forms = [WordSet::default(); 2];
    if alike.is_empty() {
        return forms;
    }
    let mut both_have = [WordSet::default(); 2];
    for &(at, beside) in shared {
        both_have[0].insert(at.into());
        both_have[1].insert(beside.into());
    }
    for &(at, beside) in alike {
        for ((forms, both_have), place) in forms.iter_mut().zip(&both_have).zip([at, beside]) {
            if !both_have.holds(place.into()) {
                forms.insert(place.into());
            }
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// Terms with their letters, of which 0 are none.
    fn words() -> impl Strategy<Value = BTreeMap<u32, u32>> {
        prop::collection::btree_set(0_u32..400, 0..40)
            .prop_map(|terms| terms.into_iter().map(|term| (term, term % 7)).collect())
    }

    fn forms_of(a: &BTreeMap<u32, u32>, b: &BTreeMap<u32, u32>) -> [BTreeSet<u32>; 2] {
        let terms = |words: &BTreeMap<u32, u32>| words.keys().copied().collect::<Vec<u32>>();
        let (ours, theirs) = (terms(a), terms(b));
        let [x, y] = [a, b].map(|words| words.values().copied().collect::<Vec<u32>>());
        let mut places = PlacesOfBeginnings::default();
        // Whatever was held before.
        places.hold(&y);
        places.hold(&x);
        let mut alike = Vec::new();
        places.meet(&y, |at, beside| {
            assert_eq!(x[at], y[beside]);
            if ours[at] != theirs[beside] {
                alike.push((at as u16, beside as u16));
            }
        });
        let shared: Vec<(u16, u16)> = (0..)
            .zip(&ours)
            .filter_map(|(at, term)| Some((at, theirs.binary_search(term).ok()? as u16)))
            .collect();
        let [here, there] = other_forms(&shared, &alike);
        [
            here.iter().map(|at| ours[at]).collect(),
            there.iter().map(|beside| theirs[beside]).collect(),
        ]
    }

    proptest! {
        #[test]
        fn what_counts_is_what_only_begins_like_a_word_of_the_other(a in words(), b in words()) {
            let one_way = |a: &BTreeMap<u32, u32>, b: &BTreeMap<u32, u32>| -> BTreeSet<u32> {
                let has_form = |(&term, &letters): (&u32, &u32)| {
                    let begins = b.values().any(|&other| other == letters);
                    (letters != 0 && !b.contains_key(&term) && begins).then_some(term)
                };
                a.iter().filter_map(has_form).collect()
            };
            prop_assert_eq!(forms_of(&a, &b), [one_way(&a, &b), one_way(&b, &a)]);
            prop_assert!(forms_of(&a, &a).iter().all(BTreeSet::is_empty));
        }
    }

    #[test]
    fn a_set_of_words_has_room_for_all_that_an_article_keeps() {
        let mut words = WordSet::default();
        let places = [0, 1, 63, 64, 127, 128, 383];
        places.iter().for_each(|&place| words.insert(place));
        assert!(words.iter().eq(places));
        assert!(words.holds(383) && !words.holds(2) && !words.holds(10_000));
    }
}
