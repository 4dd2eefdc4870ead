//! The sets that share one band.

use std::collections::BTreeSet;

/// Ids in ascending order. Most buckets hold one id for good, which then costs no allocation.
#[derive(Debug, Clone)]
pub(super) enum Bucket<Id> {
    One(Id),
    // Ordered, so that "the first members" do not depend on the order of inserts; a tree, so that
    // a bucket of 100,000 members is filled and emptied in O(log) a member.
    Many(BTreeSet<Id>),
}

impl<Id: Copy + Ord> Bucket<Id> {
    pub(super) fn insert(&mut self, id: Id) {
        match self {
            Self::One(first) => *self = Self::Many(BTreeSet::from([*first, id])),
            Self::Many(ids) => {
                ids.insert(id);
            }
        }
    }

    /// Removes `id` and tells whether the bucket is empty now.
    pub(super) fn remove(&mut self, id: Id) -> bool {
        match self {
            Self::One(only) => *only == id,
            Self::Many(ids) => {
                ids.remove(&id);
                ids.is_empty()
            }
        }
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = Id> {
        let (one, many) = match self {
            Self::One(id) => (Some(*id), None),
            Self::Many(ids) => (None, Some(ids)),
        };
        one.into_iter().chain(many.into_iter().flatten().copied())
    }
}
