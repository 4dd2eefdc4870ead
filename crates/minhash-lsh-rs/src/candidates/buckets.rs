//! Rows of equal hash and equal lanes, found in one column at a time.

/// Rows of a partition, about: its entries and its table then fit the first-level cache. More
/// partitions would cost more in spreading the rows than they save.
const PARTITION_ROWS: usize = 1024;
/// At 2,048 partitions, each with an open cache line, spreading begins to slow down.
const MOST_PARTITIONS_LOG2: u32 = 11;

/// A partition of more than so many times the usual rows holds a bucket of many members.
const MOST_TIMES_USUAL: usize = 4;

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
    joins: Vec<Join>,
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
        let usual = (self.entries.len() / partitions.max(1)).max(PARTITION_ROWS);
        for bounds in self.starts.windows(2).take(partitions) {
            let &[start, end] = bounds else { continue };
            let entries = &self.entries[start as usize..end as usize];
            if entries.len() > MOST_TIMES_USUAL * usual {
                // Most of these rows are of one bucket; a list of them would be as long.
                self.buckets.fill(entries, &same, &mut joined);
                continue;
            }
            // Comparing the lanes of a row costs two cache misses. One after the other, between the
            // probes of the table, they took a third of the time; in a loop of their own the
            // processor overlaps them.
            self.joins.clear();
            self.buckets.fill(entries, |_, _| true, |join| self.joins.push(join));
            if !self.joins.iter().all(|join| same(join.previous, join.row)) {
                // Unequal lanes of equal hash, once in 2³² pairs.
                self.joins.clear();
                self.buckets.fill(entries, &same, |join| self.joins.push(join));
            }
            self.joins.drain(..).for_each(&mut joined);
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
}

impl Buckets {
    /// Finds the buckets of `entries`, rows of equal hash and `same`.
    fn fill(
        &mut self,
        entries: &[u64],
        same: impl Fn(u32, u32) -> bool,
        mut joined: impl FnMut(Join),
    ) {
        self.ranks.clear();
        self.ranks.reserve_exact(entries.len());
        self.table.clear();
        self.table.resize((2 * entries.len().min(2 * PARTITION_ROWS)).next_power_of_two(), UNUSED);
        let mut buckets = 0;
        for (number, &entry) in entries.iter().enumerate() {
            // Half of the places stay unused, so that a search ends.
            if 2 * buckets >= self.table.len() {
                self.double(entries);
            }
            let (hash, row) = ((entry >> 32) as u32, entry as u32);
            let mut place = hash as usize & (self.table.len() - 1);
            let rank = loop {
                let last = self.table[place];
                if last == UNUSED {
                    buckets += 1;
                    break 0;
                }
                let other = entries[last as usize];
                if (other >> 32) as u32 == hash && same(other as u32, row) {
                    let rank = self.ranks[last as usize] + 1;
                    joined(Join { previous: other as u32, row, rank });
                    break rank;
                }
                place = (place + 1) & (self.table.len() - 1);
            };
            self.table[place] = number as u32;
            self.ranks.push(rank);
        }
    }

    #[cold]
    fn double(&mut self, entries: &[u64]) {
        let places = 2 * self.table.len();
        let last_members = std::mem::replace(&mut self.table, vec![UNUSED; places]);
        for last in last_members.into_iter().filter(|&last| last != UNUSED) {
            let mut place = (entries[last as usize] >> 32) as usize & (places - 1);
            while self.table[place] != UNUSED {
                place = (place + 1) & (places - 1);
            }
            self.table[place] = last;
        }
    }
}

fn partitions_log2(rows: usize) -> u32 {
    (rows / PARTITION_ROWS).max(1).ilog2().min(MOST_PARTITIONS_LOG2)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// Few hashes, so that unequal rows collide, and all of one partition, so that it overflows.
    fn rows() -> impl Strategy<Value = Vec<(u32, u8)>> {
        let hash = prop_oneof![0_u32..4, (0_u32..3).prop_map(|hash| hash << 30), any::<u32>()];
        prop_oneof![vec((hash, 0_u8..3), 0..300), vec((0_u32..5_000, 0_u8..2), 9_000..9_001)]
    }

    proptest! {
        #[test]
        fn rows_join_the_bucket_of_equal_rows_in_order(
            rows in rows(), aside in vec(any::<prop::sample::Index>(), 0..9),
        ) {
            let hashes: Vec<u32> = rows.iter().map(|&(hash, _)| hash).collect();
            let mut representatives: Vec<u32> = (0..rows.len() as u32).collect();
            for row in aside.iter().filter(|_| !rows.is_empty()) {
                representatives[row.index(rows.len())] = u32::MAX;
            }
            let mut partitions = Partitions::default();
            partitions.spread(&hashes, &representatives);
            let mut found = BTreeMap::new();
            let same = |a: u32, b: u32| rows[a as usize] == rows[b as usize];
            partitions.group(same, |join| {
                found.insert(join.row, (join.previous, join.rank));
            });
            let mut last_members: BTreeMap<_, (u32, u32)> = BTreeMap::new();
            for (&row, key) in representatives.iter().zip(&rows).filter(|(row, _)| **row != u32::MAX) {
                let rank = match last_members.get(key) {
                    Some(&(previous, rank)) => {
                        prop_assert_eq!(found.remove(&row), Some((previous, rank + 1)));
                        rank + 1
                    }
                    None => 0_u32,
                };
                last_members.insert(key, (row, rank));
            }
            prop_assert!(found.is_empty());
        }
    }
}
