//! One band of an index: which sets have which lanes in it.

use super::large::{LargeBucket, SortedIds};
use super::slots::Slots;
use super::table::Table;
use crate::candidates::buckets::Partitions;
use crate::kernel::prefetch;

/// Members of a bucket that the table holds singly. One more, and they become a [`LargeBucket`]:
/// many references of one hash would make chains that every insert has to walk.
const MOST_SINGLE_MEMBERS: usize = 8;

/// How many rows ahead lines of the table begin to load where many rows are inserted.
const ROWS_AHEAD: usize = 32;

/// The buckets of one band.
#[derive(Debug, Clone)]
pub(super) struct Band<Id> {
    /// The lanes of the band: from this one,
    start: usize,
    /// so many.
    length: usize,
    table: Table,
    large: Vec<Option<LargeBucket<Id>>>,
    /// Numbers of `large` that are free.
    free: Vec<u32>,
}

/// What a reference in the table names.
enum Member {
    /// A set by its slot.
    Single(u32),
    /// All members of a bucket by its number.
    Large(u32),
}

impl Member {
    fn reference(self) -> u32 {
        match self {
            Self::Single(slot) => slot << 1,
            Self::Large(number) => (number << 1) | 1,
        }
    }

    fn of(reference: u32) -> Self {
        let number = reference >> 1;
        if reference & 1 == 0 { Self::Single(number) } else { Self::Large(number) }
    }
}

impl<Id: Copy + Ord> Band<Id> {
    pub(super) fn new(start: usize, length: usize, sets: usize) -> Self {
        let table = Table::with_capacity(sets);
        Self { start, length, table, large: Vec::new(), free: Vec::new() }
    }

    /// Begins to load what `hash` is looked up in.
    #[inline]
    pub(super) fn prefetch(&self, hash: u32) {
        self.table.prefetch(hash);
    }

    /// Begins to load what that goes on in.
    #[inline]
    pub(super) fn prefetch_overflow(&self, hash: u32) {
        self.table.prefetch_overflow(hash);
    }

    /// Adds the set in `slot`, of which `lanes` are those of this band.
    pub(super) fn insert(&mut self, hash: u32, lanes: &[u32], slot: u32, slots: &Slots<Id>) {
        // Most bands are unlike all others.
        if self.table.insert_first(hash, Member::Single(slot).reference()) {
            return;
        }
        let mut singles = 0;
        for member in self.table.proposed(hash).map(Member::of) {
            match member {
                Member::Single(_) => singles += 1,
                Member::Large(number) => {
                    if let (Some(bucket), Some(id)) =
                        (bucket_of(&mut self.large, number, lanes), slots.id(slot))
                    {
                        bucket.ids.insert(id);
                        return;
                    }
                }
            }
        }
        if singles < MOST_SINGLE_MEMBERS || !self.gather(hash, lanes, slot, slots) {
            self.table.insert(hash, Member::Single(slot).reference());
        }
    }

    /// Adds the sets in the slots `of_row`, of which `lanes` has `k` a row; their hashes are in
    /// `hashed`, by the high bits, so that the table is visited in order.
    pub(super) fn insert_all(
        &mut self,
        hashed: &Partitions,
        (lanes, k): (&[u32], usize),
        of_row: &[u32],
        slots: &Slots<Id>,
    ) {
        self.table.reserve(hashed.different_hashes());
        let rows = hashed.spread_rows();
        for (number, &entry) in rows.iter().enumerate() {
            if let Some(ahead) = rows.get(number + ROWS_AHEAD) {
                self.table.prefetch((ahead >> 32) as u32);
                prefetch(of_row, *ahead as u32 as usize);
            }
            let row = entry as u32 as usize;
            let start = row * k + self.start;
            let lanes = lanes.get(start..start + self.length);
            if let (Some(&slot), Some(lanes)) = (of_row.get(row), lanes) {
                self.insert((entry >> 32) as u32, lanes, slot, slots);
            }
        }
    }

    /// Makes a large bucket of `slot` and the members that the table holds singly, if there are
    /// enough of them, and tells whether it did.
    fn gather(&mut self, hash: u32, lanes: &[u32], slot: u32, slots: &Slots<Id>) -> bool {
        let mut members = self.singles(hash, lanes, slots);
        if members.len() < MOST_SINGLE_MEMBERS {
            return false;
        }
        for &member in &members {
            self.table.remove(hash, Member::Single(member).reference());
        }
        members.push(slot);
        let ids = members.iter().filter_map(|&slot| slots.id(slot)).collect();
        let bucket = LargeBucket { lanes: lanes.into(), ids: SortedIds::new(ids) };
        let number = self.free.pop().unwrap_or(self.large.len() as u32);
        match self.large.get_mut(number as usize) {
            Some(place) => *place = Some(bucket),
            None => self.large.push(Some(bucket)),
        }
        self.table.insert(hash, Member::Large(number).reference());
        true
    }

    /// Members that the table holds singly.
    fn singles(&self, hash: u32, lanes: &[u32], slots: &Slots<Id>) -> Vec<u32> {
        let proposed = self.table.proposed(hash).map(Member::of);
        let agreeing = proposed.filter_map(|member| match member {
            Member::Single(slot) => Some(slot).filter(|&slot| self.agrees(slot, lanes, slots)),
            Member::Large(_) => None,
        });
        agreeing.collect()
    }

    fn agrees(&self, slot: u32, lanes: &[u32], slots: &Slots<Id>) -> bool {
        slots.lanes_from(slot, self.start, self.length) == Some(lanes)
    }

    /// Removes the set `id` in `slot`, of which `lanes` are those of this band.
    pub(super) fn remove(&mut self, hash: u32, lanes: &[u32], slot: u32, id: Id) {
        if self.table.remove(hash, Member::Single(slot).reference()) {
            return;
        }
        for number in self.table.proposed(hash).filter_map(large_number).collect::<Vec<_>>() {
            let Some(bucket) = bucket_of(&mut self.large, number, lanes) else { continue };
            bucket.ids.remove(id);
            if bucket.ids.is_empty() {
                self.table.remove(hash, Member::Large(number).reference());
                self.large[number as usize] = None;
                self.free.push(number);
            }
            return;
        }
    }

    /// Adds up to `most` of the smallest ids that agree in `lanes` to `found`, in any order, and
    /// tells whether there are more.
    pub(super) fn find(
        &self,
        hash: u32,
        lanes: &[u32],
        most: usize,
        slots: &Slots<Id>,
        found: &mut Vec<Id>,
    ) -> bool {
        let start = found.len();
        for member in self.table.proposed(hash).map(Member::of) {
            match member {
                Member::Single(slot) => {
                    if self.agrees(slot, lanes, slots) {
                        found.extend(slots.id(slot));
                    }
                }
                Member::Large(number) => {
                    let bucket = self.large.get(number as usize).and_then(Option::as_ref);
                    if let Some(bucket) = bucket.filter(|bucket| *bucket.lanes == *lanes) {
                        found.extend(bucket.ids.iter().take(most));
                        return bucket.ids.len() > most;
                    }
                }
            }
        }
        let more = found.len() - start > most;
        if more {
            // At most as many as the table holds singly, and what fell to the same tag.
            found[start..].sort_unstable();
            found.truncate(start + most);
        }
        more
    }

    /// Bytes of the table on the heap.
    pub(super) fn table_memory(&self) -> usize {
        self.table.memory()
    }

    /// Bytes of the large buckets on the heap.
    pub(super) fn large_memory(&self) -> usize {
        let buckets = self.large.iter().flatten().map(LargeBucket::memory).sum::<usize>();
        buckets
            + self.large.capacity() * size_of::<Option<LargeBucket<Id>>>()
            + self.free.capacity() * size_of::<u32>()
    }
}

fn large_number(reference: u32) -> Option<u32> {
    match Member::of(reference) {
        Member::Single(_) => None,
        Member::Large(number) => Some(number),
    }
}

/// The large bucket `number`, if its members agree in `lanes`.
fn bucket_of<'a, Id>(
    large: &'a mut [Option<LargeBucket<Id>>],
    number: u32,
    lanes: &[u32],
) -> Option<&'a mut LargeBucket<Id>> {
    let bucket = large.get_mut(number as usize)?.as_mut();
    bucket.filter(|bucket| *bucket.lanes == *lanes)
}
