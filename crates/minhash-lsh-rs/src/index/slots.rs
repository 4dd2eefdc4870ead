//! Signatures and ids of an index, in numbered slots.

/// Lanes of a page, about: 1 MiB. A page is allocated at once, so growing never copies signatures
/// and at most one page is unused.
const PAGE_LANES: usize = 1 << 18;

/// Stands in the first lane of a free slot. No signature has it: the highest round is 128.
const FREE_LANE: u32 = u32::MAX - 1;

/// Rows of `k` lanes, each with its id. Numbers of removed sets are given again.
#[derive(Debug, Clone)]
pub(super) struct Slots<Id> {
    k: usize,
    /// A page has 2^`page_bits` slots.
    page_bits: u32,
    pages: Vec<Page<Id>>,
    free: Vec<u32>,
}

#[derive(Debug, Clone)]
struct Page<Id> {
    ids: Vec<Id>,
    lanes: Vec<u32>,
}

impl<Id: Copy> Slots<Id> {
    pub(super) fn new(k: usize) -> Self {
        let page_bits = (PAGE_LANES / k).max(1).ilog2();
        Self { k, page_bits, pages: Vec::new(), free: Vec::new() }
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
                page.lanes[row * self.k..(row + 1) * self.k].copy_from_slice(lanes);
            }
            return;
        }
        let rows = 1 << self.page_bits;
        if self.pages.last().is_none_or(|page| page.ids.len() == rows) {
            // The first page grows as it is filled, so that a small index stays small.
            let capacity = if self.pages.is_empty() { 0 } else { rows };
            self.pages.push(Page {
                ids: Vec::with_capacity(capacity),
                lanes: Vec::with_capacity(capacity * self.k),
            });
        }
        if let Some(page) = self.pages.last_mut() {
            page.ids.push(id);
            page.lanes.extend_from_slice(lanes);
        }
    }

    /// Frees a slot that holds a set.
    pub(super) fn remove(&mut self, slot: u32) {
        let (page, row) = self.page_and_row(slot);
        let lane = self.pages.get_mut(page).and_then(|page| page.lanes.get_mut(row * self.k));
        if let Some(lane) = lane {
            *lane = FREE_LANE;
            self.free.push(slot);
        }
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
        let start = row * self.k + start;
        self.pages.get(page)?.lanes.get(start..start + length)
    }

    /// The ids of all sets, by slot.
    pub(super) fn ids(&self) -> impl Iterator<Item = Id> {
        self.pages.iter().flat_map(|page| {
            let rows = page.ids.iter().zip(page.lanes.chunks_exact(self.k));
            rows.filter(|(_, lanes)| lanes.first() != Some(&FREE_LANE)).map(|(id, _)| *id)
        })
    }

    fn page_and_row(&self, slot: u32) -> (usize, usize) {
        let slot = slot as usize;
        (slot >> self.page_bits, slot & ((1 << self.page_bits) - 1))
    }

    /// Bytes of the signatures on the heap.
    pub(super) fn signature_memory(&self) -> usize {
        self.pages.iter().map(|page| page.lanes.capacity() * size_of::<u32>()).sum()
    }

    /// Bytes of the rest on the heap.
    pub(super) fn id_memory(&self) -> usize {
        let ids: usize = self.pages.iter().map(|page| page.ids.capacity() * size_of::<Id>()).sum();
        ids + self.pages.capacity() * size_of::<Page<Id>>()
            + self.free.capacity() * size_of::<u32>()
    }
}
