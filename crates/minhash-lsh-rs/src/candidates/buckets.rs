//! Rows of equal hash and equal lanes, found in one column at a time.

/// Rows of a partition, about: its entries and its table then fit the first-level cache. More
/// partitions would cost more in spreading the rows than they save.
const PARTITION_ROWS: usize = 1024;
/// At 2,048 partitions, each with an open cache line, spreading begins to slow down.
const MOST_PARTITIONS_LOG2: u32 = 11;

/// A row that joins a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Join {
    /// The member of the bucket before `row`.
    pub(super) previous: u32,
    pub(super) row: u32,
    /// Members of the bucket before `row`: at least one.
    pub(super) rank: u32,
}

/// Finds the rows of equal hash by spreading them over partitions by the high bits of their hash,
/// and then filling one small open-addressing table for each partition.
///
/// A table for all rows costs a cache miss a row: 227 ns a row and band with a std map at 1 million
/// rows, 32–38 with 32-bit tags and prefetching (on a slower machine). Spreading is sequential
/// but for the open line of each partition, and the tables stay in the cache.
#[derive(Default)]
pub(super) struct Partitions {
    /// Hash in the high half, row in the low one; by partition, then by row.
    entries: Vec<u64>,
    /// Where each partition starts, then the end of the last one.
    starts: Vec<u32>,
    buckets: Buckets,
}

/// An unused place of the table.
const UNUSED: u32 = u32::MAX;

impl Partitions {
    /// Spreads the rows that represent themselves.
    pub(super) fn spread(&mut self, hashes: &[u32], representatives: &[u32]) {
        let bits = partitions_log2(hashes.len());
        // One partition more for rows that take no part: they are written, but never read.
        let aside = 1_usize << bits;
        let partition_of = |hash: u32, representative: u32, row: u32| {
            let partition = ((u64::from(hash) << bits) >> 32) as usize;
            if representative == row { partition } else { aside }
        };
        let with_rows = || hashes.iter().zip(representatives).zip(0_u32..);
        self.starts.clear();
        self.starts.resize(aside + 2, 0);
        for ((&hash, &representative), row) in with_rows() {
            self.starts[partition_of(hash, representative, row) + 1] += 1;
        }
        let mut total = 0;
        for start in &mut self.starts {
            total += *start;
            *start = total;
        }
        let mut next = self.starts.clone();
        self.entries.resize(hashes.len(), 0);
        for ((&hash, &representative), row) in with_rows() {
            let place = &mut next[partition_of(hash, representative, row)];
            self.entries[*place as usize] = (u64::from(hash) << 32) | u64::from(row);
            *place += 1;
        }
    }

    /// Calls `joined` for every row but the first of each bucket: a set of rows of equal hash of
    /// which `same` tells that they are equal. Members of a bucket come in ascending order.
    pub(super) fn group(&mut self, same: impl Fn(u32, u32) -> bool, mut joined: impl FnMut(Join)) {
        let partitions = self.starts.len().saturating_sub(2);
        for bounds in self.starts.windows(2).take(partitions) {
            let &[start, end] = bounds else { continue };
            let entries = &self.entries[start as usize..end as usize];
            // Comparing the lanes of a row costs two cache misses. One after the other, between the
            // probes of the table, they took a third of the time; in a loop of their own the
            // processor overlaps them.
            self.buckets.fill(entries, |_, _| true);
            if !self.buckets.joins.iter().all(|join| same(join.previous, join.row)) {
                // Unequal lanes of equal hash, once in 2³² pairs.
                self.buckets.fill(entries, &same);
            }
            self.buckets.joins.drain(..).for_each(&mut joined);
        }
    }
}

/// The buckets of one partition.
#[derive(Default)]
struct Buckets {
    /// Open addressing: the entry that is the last member of a bucket, by the low bits of its hash.
    table: Vec<u32>,
    /// How many members of its bucket precede each entry.
    ranks: Vec<u32>,
    /// In the order of their rows.
    joins: Vec<Join>,
}

impl Buckets {
    /// Finds the buckets of `entries`, rows of equal hash and `same`.
    fn fill(&mut self, entries: &[u64], same: impl Fn(u32, u32) -> bool) {
        // A partition of many more entries holds many of one bucket, which take one place.
        let mut places = (2 * entries.len().min(4 * PARTITION_ROWS)).next_power_of_two();
        while !self.fill_table(places, entries, &same) {
            places *= 2;
        }
    }

    /// Tells whether the table is large enough for the buckets of `entries`.
    fn fill_table(
        &mut self,
        places: usize,
        entries: &[u64],
        same: &impl Fn(u32, u32) -> bool,
    ) -> bool {
        self.joins.clear();
        self.ranks.clear();
        self.table.clear();
        self.table.resize(places, UNUSED);
        let mask = places - 1;
        let mut free = places / 2;
        for (number, &entry) in entries.iter().enumerate() {
            let (hash, row) = ((entry >> 32) as u32, entry as u32);
            let mut place = hash as usize & mask;
            let rank = loop {
                let last = self.table[place];
                if last == UNUSED {
                    if free == 0 {
                        return false;
                    }
                    free -= 1;
                    break 0;
                }
                let other = entries[last as usize];
                if (other >> 32) as u32 == hash && same(other as u32, row) {
                    let rank = self.ranks[last as usize] + 1;
                    self.joins.push(Join { previous: other as u32, row, rank });
                    break rank;
                }
                place = (place + 1) & mask;
            };
            self.table[place] = number as u32;
            self.ranks.push(rank);
        }
        true
    }
}

fn partitions_log2(rows: usize) -> u32 {
    (rows / PARTITION_ROWS).max(1).ilog2().min(MOST_PARTITIONS_LOG2)
}
