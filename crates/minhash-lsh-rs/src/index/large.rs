//! Buckets of many members.

/// Ids in a run, at most: inserting moves up to 2 KiB.
const RUN: usize = 256;

/// The sets that share one band, where they are too many for the table.
#[derive(Debug, Clone)]
pub(super) struct LargeBucket<Id> {
    /// What the members agree in.
    pub(super) lanes: Box<[u32]>,
    pub(super) ids: SortedIds<Id>,
}

impl<Id> LargeBucket<Id> {
    /// Bytes on the heap.
    pub(super) fn memory(&self) -> usize {
        let runs = self.ids.runs.iter().map(|run| run.capacity() * size_of::<Id>());
        let outer = self.ids.runs.capacity() * size_of::<Vec<Id>>();
        size_of_val::<[u32]>(&self.lanes) + outer + runs.sum::<usize>()
    }
}

/// Ids in ascending order, so that "the first members" do not depend on the order of inserts.
///
/// In runs of up to 256, none of them empty: inserting or removing costs a binary search and the
/// moving of a run, and 100,000 members cost no more than a few hundred would. Two neighbouring runs
/// have more than 128, so that members that come and go leave no memory behind. Half the memory of a
/// `BTreeSet`, and all of it can be counted.
#[derive(Debug, Clone)]
pub(super) struct SortedIds<Id> {
    runs: Vec<Vec<Id>>,
    /// Kept, because every capped query asks for it: summing the runs made the queries of 1 million
    /// equal sets quadratic.
    len: usize,
}

impl<Id: Copy + Ord> SortedIds<Id> {
    pub(super) fn new(mut ids: Vec<Id>) -> Self {
        ids.sort_unstable();
        Self { len: ids.len(), runs: ids.chunks(RUN).map(<[Id]>::to_vec).collect() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Id> {
        self.runs.iter().flatten().copied()
    }

    /// Adds an id that is not there yet.
    pub(super) fn insert(&mut self, id: Id) {
        self.len += 1;
        let number = self.run_of(id).min(self.runs.len().saturating_sub(1));
        let Some(run) = self.runs.get_mut(number) else {
            self.runs.push(vec![id]);
            return;
        };
        let place = run.partition_point(|&other| other < id);
        if run.len() < RUN {
            run.insert(place, id);
        } else if place == RUN {
            // Beyond all of a full run, hence of the last one: ascending ids leave full runs.
            self.runs.push(vec![id]);
        } else {
            let mut upper = run.split_off(RUN / 2);
            let half = if place < RUN / 2 { &mut *run } else { &mut upper };
            half.insert(place % (RUN / 2), id);
            run.shrink_to(RUN / 2 + 1);
            self.runs.insert(number + 1, upper);
        }
    }

    /// Removes an id and tells whether it was there.
    pub(super) fn remove(&mut self, id: Id) -> bool {
        let number = self.run_of(id);
        let Some(run) = self.runs.get_mut(number) else { return false };
        let Ok(place) = run.binary_search(&id) else { return false };
        run.remove(place);
        self.len -= 1;
        if run.is_empty() {
            self.runs.remove(number);
        }
        self.unite_with_next(number);
        if let Some(before) = number.checked_sub(1) {
            self.unite_with_next(before);
        }
        true
    }

    /// Makes one run of two that are together at most half as long as a run may be.
    fn unite_with_next(&mut self, number: usize) {
        if let Some([run, next]) = self.runs.get_mut(number..).and_then(|r| r.first_chunk_mut())
            && run.len() + next.len() <= RUN / 2
        {
            run.append(next);
            self.runs.remove(number + 1);
        }
    }

    /// The first run that ends at `id` or after it.
    fn run_of(&self, id: Id) -> usize {
        self.runs.partition_point(|run| run.last().is_some_and(|&last| last < id))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sorted_ids_are_a_set(steps in vec((0_u32..900, 0_u8..3), 0..4_000)) {
            let mut ids = SortedIds::new(Vec::new());
            let mut model = BTreeSet::new();
            for (id, kind) in steps {
                if kind == 0 {
                    prop_assert_eq!(ids.remove(id), model.remove(&id));
                } else if model.insert(id) {
                    ids.insert(id);
                }
            }
            prop_assert_eq!(ids.is_empty(), model.is_empty());
            prop_assert_eq!(ids.len(), model.len());
            prop_assert!(ids.iter().eq(model.iter().copied()));
            prop_assert!(ids.runs.iter().all(|run| (1..=RUN).contains(&run.len())));
            prop_assert!(ids.runs.windows(2).all(|two| two[0].len() + two[1].len() > RUN / 2));
        }
    }

    /// A feed whose old members go, all but a few.
    #[test]
    fn members_that_come_and_go_leave_no_memory_behind() {
        let mut ids = SortedIds::new(Vec::new());
        for id in 0_u32..200_000 {
            ids.insert(id);
            if let Some(old) = id.checked_sub(1_000).filter(|old| old % RUN as u32 != 0) {
                assert!(ids.remove(old));
            }
        }
        let room: usize = ids.runs.iter().map(Vec::capacity).sum();
        assert!(room <= 4 * ids.len() + 2 * RUN, "room for {room}, members {}", ids.len());
    }

    #[test]
    fn any_order_of_inserts_gives_sorted_runs() {
        let n = 3_000_u32;
        let orders: [Vec<u32>; 3] =
            [(0..n).collect(), (0..n).rev().collect(), (0..n).map(|i| i * 1_237 % n).collect()];
        for order in orders {
            let mut ids = SortedIds::new(Vec::new());
            order.iter().for_each(|&id| ids.insert(id));
            assert!(ids.iter().eq(0..n));
            assert!(order.iter().all(|&id| ids.remove(id)) && ids.is_empty());
        }
    }
}
