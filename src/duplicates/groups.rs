//! The answer: verified pairs, and groups around anchors.

use super::DuplicateStatistics;
use minhash_lsh::Jaccard;

/// Two texts whose shingle sets are at least as similar as the threshold.
#[derive(Clone, Copy, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct DuplicatePair {
    /// Place of the one in the list of texts.
    pub first: u32,
    /// Place of the other, after the first.
    pub second: u32,
    /// The exact Jaccard similarity of their shingle sets.
    pub resemblance: Jaccard,
}

/// Texts that are duplicates of one of them, the anchor. At least two.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct DuplicateGroup {
    /// The text that each other member was verified against.
    ///
    /// It is the text of which the most others are duplicates; of equals the longest. It need not be the first published
    /// or the best: which copy to keep is the caller's choice.
    pub anchor: u32,
    /// Places of all members, ascending, the anchor among them.
    pub members: Vec<u32>,
}

/// What [`find_duplicates`](super::find_duplicates) found.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Duplicates {
    pub(super) pairs: Vec<DuplicatePair>,
    pub(super) groups: Vec<DuplicateGroup>,
    pub(super) group_of: Vec<u32>,
    pub(super) statistics: DuplicateStatistics,
}

/// In no group. There are fewer groups than texts, and fewer texts than this.
pub(super) const NO_GROUP: u32 = u32::MAX;

impl Duplicates {
    /// The verified pairs, by ascending places.
    ///
    /// Texts of one shingle set are paired with the first of their kind only, which stands for them in the other pairs:
    /// 100,000 copies of one text are 99,999 pairs.
    #[must_use]
    pub fn pairs(&self) -> &[DuplicatePair] {
        &self.pairs
    }

    /// The groups, by ascending first member. No text is in two of them.
    #[must_use]
    pub fn groups(&self) -> &[DuplicateGroup] {
        &self.groups
    }

    /// The group of a text, as a place in [`groups`](Duplicates::groups); `None` for a text without duplicates, one that
    /// no anchor took, and one beyond the list.
    #[must_use]
    pub fn group_of(&self, text: usize) -> Option<usize> {
        let group = self.group_of.get(text).copied().filter(|&group| group != NO_GROUP)?;
        Some(group as usize)
    }

    /// What was counted, refused and left out.
    #[must_use]
    pub fn statistics(&self) -> &DuplicateStatistics {
        &self.statistics
    }
}
