//! Signatures and ids of an index, in numbered slots.

use std::borrow::Cow;

/// Lanes of a page, about: 1 MiB. A page is allocated at once, so growing never copies signatures
/// and at most one page is unused.
const PAGE_LANES: usize = 1 << 18;

/// Stands in the first lane of a free slot. No signature has it: the highest round is 128.
const FREE_LANE: u32 = u32::MAX - 1;

/// Of lanes that stay where they are, at least so many eighths become pages.
const LEAST_EIGHTHS: usize = 7;

/// Rows of `k` lanes, each with its id. Numbers of removed sets are given again.
#[derive(Debug, Clone)]
pub(super) struct Slots<Id> {
    k: usize,
    /// A page has 2^`page_bits` slots.
    page_bits: u32,
    /// All full but the last.
    pages: Vec<Page<Id>>,
    /// The lanes of a page, or of many.
    blocks: Vec<Vec<u32>>,
    free: Vec<u32>,
}

#[derive(Debug, Clone)]
struct Page<Id> {
    ids: Vec<Id>,
    /// Where its lanes are: in this block,
    block: usize,
    /// from this one on.
    start: usize,
}

impl<Id: Copy> Slots<Id> {
    pub(super) fn new(k: usize) -> Self {
        Self::of_pages(k, (PAGE_LANES / k).max(1).ilog2())
    }

    fn of_pages(k: usize, page_bits: u32) -> Self {
        Self { k, page_bits, pages: Vec::new(), blocks: Vec::new(), free: Vec::new() }
    }

    /// How many sets there are.
    pub(super) fn len(&self) -> usize {
        self.slots() - self.free.len()
    }

    fn slots(&self) -> usize {
        let last = self.pages.last().map_or(0, |page| page.ids.len());
        (self.pages.len().saturating_sub(1) << self.page_bits) + last
    }

    /// The number that the next insert gives.
    pub(super) fn next(&self) -> usize {
        self.free.last().map_or(self.slots(), |&slot| slot as usize)
    }

    /// Puts a set of `k` lanes into slot [`next`](Self::next).
    pub(super) fn insert(&mut self, id: Id, lanes: &[u32]) {
        if let Some(slot) = self.free.pop() {
            let (page, row) = self.page_and_row(slot);
            if let Some(page) = self.pages.get_mut(page) {
                page.ids[row] = id;
                let start = page.start + row * self.k;
                self.blocks[page.block][start..start + self.k].copy_from_slice(lanes);
            }
            return;
        }
        let rows = self.page_rows();
        if self.pages.last().is_none_or(|page| page.ids.len() == rows) {
            // The first page grows as it is filled, so that a small index stays small.
            let capacity = if self.pages.is_empty() { 0 } else { rows };
            let (ids, block) = (Vec::with_capacity(capacity), self.blocks.len());
            self.pages.push(Page { ids, block, start: 0 });
            self.blocks.push(Vec::with_capacity(capacity * self.k));
        }
        if let Some(page) = self.pages.last_mut() {
            page.ids.push(id);
            self.blocks[page.block].extend_from_slice(lanes);
        }
    }

    /// Puts all rows of `lanes` into slots; returns their numbers, and where the lanes are now.
    ///
    /// Lanes that are given away stay where they are, if that leaves little memory unused. It saves
    /// no copying that would count, but the fresh memory for the copy: a third of all time, where
    /// the system gives it page by page.
    pub(super) fn insert_all<'a>(
        &mut self,
        ids: &[Id],
        lanes: Cow<'a, [u32]>,
    ) -> (Vec<u32>, Whereabouts<'a>) {
        let page_rows = self.page_rows();
        let room = self.pages.last().map_or(0, |page| page_rows - page.ids.len());
        let before = ids.len().min(self.free.len() + room);
        let kept = (ids.len() - before) / page_rows * page_rows;
        match lanes {
            Cow::Owned(lanes) if kept > 0 && 8 * kept >= LEAST_EIGHTHS * ids.len() => {
                let (numbers, block) = self.adopt(ids, lanes, before, kept);
                (numbers, Whereabouts::Block(block))
            }
            lanes => (self.copy_all(ids, &lanes), Whereabouts::Outside(lanes)),
        }
    }

    fn copy_all(&mut self, ids: &[Id], lanes: &[u32]) -> Vec<u32> {
        let rows = ids.iter().zip(lanes.chunks_exact(self.k));
        let copy = |(&id, lanes): (&Id, &[u32])| {
            let slot = self.next() as u32;
            self.insert(id, lanes);
            slot
        };
        rows.map(copy).collect()
    }

    /// Makes pages of the `kept` rows after the first `before`, which fill the pages that there are,
    /// and copies the rest.
    fn adopt(
        &mut self,
        ids: &[Id],
        mut lanes: Vec<u32>,
        before: usize,
        kept: usize,
    ) -> (Vec<u32>, usize) {
        let (k, page_rows) = (self.k, self.page_rows());
        let (head, ids) = ids.split_at(before);
        let (ids, tail) = ids.split_at(kept);
        let mut numbers = self.copy_all(head, &lanes[..before * k]);
        let tail_lanes = lanes[(before + kept) * k..].to_vec();
        let (first, block) = (self.slots() as u32, self.blocks.len());
        lanes.shrink_to_fit();
        self.blocks.push(lanes);
        for (number, ids) in ids.chunks(page_rows).enumerate() {
            let start = (before + number * page_rows) * k;
            self.pages.push(Page { ids: ids.to_vec(), block, start });
        }
        numbers.extend(first..first + kept as u32);
        numbers.extend(self.copy_all(tail, &tail_lanes));
        (numbers, block)
    }

    /// The lanes that [`insert_all`](Self::insert_all) was given.
    pub(super) fn all_lanes<'a>(&'a self, lanes: &'a Whereabouts<'_>) -> &'a [u32] {
        match lanes {
            Whereabouts::Block(block) => self.blocks.get(*block).map_or(&[], Vec::as_slice),
            Whereabouts::Outside(lanes) => lanes,
        }
    }

    /// Frees a slot that holds a set.
    pub(super) fn remove(&mut self, slot: u32) {
        let (page, row) = self.page_and_row(slot);
        let Some(page) = self.pages.get(page) else { return };
        let block = self.blocks.get_mut(page.block);
        if let Some(lane) = block.and_then(|block| block.get_mut(page.start + row * self.k)) {
            *lane = FREE_LANE;
            self.free.push(slot);
        }
    }

    fn page_rows(&self) -> usize {
        1 << self.page_bits
    }

    pub(super) fn id(&self, slot: u32) -> Option<Id> {
        let (page, row) = self.page_and_row(slot);
        self.pages.get(page)?.ids.get(row).copied()
    }

    pub(super) fn lanes(&self, slot: u32) -> Option<&[u32]> {
        self.lanes_from(slot, 0, self.k)
    }

    /// `length` lanes of a slot from lane `start`.
    pub(super) fn lanes_from(&self, slot: u32, start: usize, length: usize) -> Option<&[u32]> {
        let (page, row) = self.page_and_row(slot);
        let page = self.pages.get(page)?;
        let start = page.start + row * self.k + start;
        self.blocks.get(page.block)?.get(start..start + length)
    }

    /// The ids of all sets, by slot.
    pub(super) fn ids(&self) -> impl Iterator<Item = Id> {
        self.pages.iter().flat_map(|page| {
            let lanes = self.blocks.get(page.block).and_then(|block| block.get(page.start..));
            let rows = page.ids.iter().zip(lanes.unwrap_or(&[]).chunks_exact(self.k));
            rows.filter(|(_, lanes)| lanes.first() != Some(&FREE_LANE)).map(|(id, _)| *id)
        })
    }

    fn page_and_row(&self, slot: u32) -> (usize, usize) {
        let slot = slot as usize;
        (slot >> self.page_bits, slot & ((1 << self.page_bits) - 1))
    }

    /// Bytes of the signatures on the heap.
    pub(super) fn signature_memory(&self) -> usize {
        self.blocks.iter().map(|block| block.capacity() * size_of::<u32>()).sum()
    }

    /// Bytes of the rest on the heap.
    pub(super) fn id_memory(&self) -> usize {
        let ids: usize = self.pages.iter().map(|page| page.ids.capacity() * size_of::<Id>()).sum();
        ids + self.pages.capacity() * size_of::<Page<Id>>()
            + self.blocks.capacity() * size_of::<Vec<u32>>()
            + self.free.capacity() * size_of::<u32>()
    }
}

/// Where the lanes of inserted sets can be read, one row after the other.
pub(super) enum Whereabouts<'a> {
    /// In this block of the slots.
    Block(usize),
    /// Beside the slots, which have a copy.
    Outside(Cow<'a, [u32]>),
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    const K: usize = 8;

    /// Lanes of a set, none like another's.
    fn lanes(of: u32) -> impl Iterator<Item = u32> {
        (0..K as u32).map(move |lane| 100 * of + lane)
    }

    proptest! {
        #[test]
        fn slots_hold_what_was_put_into_them_however_it_came(
            steps in vec((0_u8..5, 0_usize..90, any::<prop::sample::Index>()), 0..60),
            page_bits in 0_u32..4,
        ) {
            let mut slots = Slots::of_pages(K, page_bits);
            let (mut model, mut adopted) = (BTreeMap::new(), 0);
            for (next, (kind, count, chosen)) in (0_u32..).step_by(100).zip(steps) {
                let ids: Vec<u32> = (next..next + count as u32).collect();
                let all: Vec<u32> = ids.iter().flat_map(|&id| lanes(id)).collect();
                let (numbers, held) = match kind {
                    0 => {
                        let members: Vec<u32> = model.keys().copied().collect();
                        for &slot in members.iter().skip(chosen.index(members.len().max(1))).take(count) {
                            slots.remove(slot);
                            model.remove(&slot);
                        }
                        continue;
                    }
                    1 | 2 => slots.insert_all(&ids, Cow::Borrowed(&all)),
                    _ => slots.insert_all(&ids, Cow::Owned(all.clone())),
                };
                prop_assert_eq!(slots.all_lanes(&held), &all[..]);
                adopted += usize::from(matches!(held, Whereabouts::Block(_)));
                for (slot, id) in numbers.into_iter().zip(ids) {
                    prop_assert!(model.insert(slot, id).is_none(), "slot {slot} was taken");
                }
            }
            prop_assert_eq!(slots.len(), model.len());
            for (&slot, &id) in &model {
                prop_assert_eq!(slots.id(slot), Some(id));
                prop_assert!(slots.lanes(slot).unwrap().iter().copied().eq(lanes(id)));
            }
            let (held, free) = (slots.ids().collect::<Vec<_>>(), slots.free.len());
            prop_assert_eq!(held, model.values().copied().collect::<Vec<_>>());
            let lanes: usize = slots.blocks.iter().map(Vec::len).sum();
            let members = 8 * K * (model.len() + free);
            prop_assert!(LEAST_EIGHTHS * lanes <= members, "{lanes} lanes, {adopted} adopted");
        }
    }

    #[test]
    fn many_rows_that_are_given_away_stay_where_they_are() {
        let mut slots = Slots::of_pages(K, 2);
        let (numbers, held) = slots.insert_all(&[1_u32, 2, 3], Cow::Owned(vec![0; 3 * K]));
        assert!(matches!(held, Whereabouts::Outside(_)) && numbers == [0, 1, 2], "too few");
        let ids: Vec<u32> = (10..110).collect();
        let all: Vec<u32> = ids.iter().flat_map(|&id| lanes(id)).collect();
        let place = all.as_ptr();
        let (numbers, held) = slots.insert_all(&ids, Cow::Owned(all));
        assert_eq!(slots.all_lanes(&held).as_ptr(), place);
        assert!(numbers.iter().copied().eq(3..103));
        slots.remove(50);
        assert_eq!(slots.insert_all(&[7], Cow::Owned(vec![9; K])).0, [50]);
        assert_eq!(slots.lanes(50), Some(&[9; K][..]));
    }
}
