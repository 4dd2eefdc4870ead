//! Rows of equal hash and equal lanes, found in one column at a time.

use std::ops::Range;

/// Rows of a partition, about: its entries and its tables then fit the first-level cache. At
/// 1 million rows, 512 cost as much and 2,048 or 4,096 up to a tenth more.
const PARTITION_ROWS: usize = 1024;
/// Each of the 2,048 partitions has an open cache line while rows are spread: 128 KiB.
const MOST_PARTITIONS_LOG2: u32 = 11;

/// Joins that are compared in one loop, about: 32 KiB.
const JOINS_AT_A_TIME: usize = 2048;
/// How many joins ahead the lanes of rows begin to load.
const JOINS_AHEAD: usize = 16;
/// Bytes for telling repeated hashes from others: with 16 an entry, one in 16 passes by chance.
const SEEN_PLACES_AN_ENTRY: usize = 16;
/// 64 KiB stay in the second-level cache where partitions are large.
const MOST_SEEN_PLACES: usize = 1 << 16;

/// A partition of more than so many times the usual rows holds a bucket of many members.
const MOST_TIMES_USUAL: usize = 4;

/// A row that joins a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Join {
    hash: u32,
    /// The member of the bucket before `row`.
    pub(crate) previous: u32,
    pub(crate) row: u32,
    /// Members of the bucket before `row`: at least one.
    pub(crate) rank: u32,
}

/// Finds the rows of equal hash by spreading them over partitions by the high bits of their hash,
/// and then filling one small open-addressing table for each partition.
///
/// A table for all rows costs cache misses for each row: a hash map took 227 ns a row and band at
/// 1 million rows, and this way takes 14, the search for pairs included. Spreading is sequential but
/// for the open line of each partition, and the tables stay in the cache.
#[derive(Default)]
pub(crate) struct Partitions {
    /// Hash in the high half, row in the low one; by partition, then by row.
    entries: Vec<u64>,
    /// Where each partition starts, then the end of the last one.
    starts: Vec<u32>,
    repeated: Repeated,
    buckets: Buckets,
    /// Found by hash alone, to be compared.
    joins: Vec<Join>,
    /// Hashes of joins that proved unequal.
    unequal: Vec<u32>,
}

/// An unused place of the table.
const UNUSED: u32 = u32::MAX;

impl Partitions {
    /// Spreads the rows that represent themselves.
    pub(crate) fn spread(&mut self, hashes: &[u32], representatives: &[u32]) {
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

    /// The rows that were spread, hash in the high half, by ascending high bits of it.
    pub(crate) fn spread_rows(&self) -> &[u64] {
        let end = self.starts.len().checked_sub(2).and_then(|last| self.starts.get(last));
        let end = end.map_or(0, |&end| end as usize);
        self.entries.get(..end).unwrap_or(&[])
    }

    /// At most how many different hashes the rows have: of a partition that holds many times its share
    /// most rows have one.
    pub(crate) fn different_hashes(&self) -> usize {
        let partitions = self.starts.len().saturating_sub(2);
        let most = MOST_TIMES_USUAL * self.usual();
        (0..partitions).map(|partition| self.bounds(partition).len().min(most)).sum()
    }

    /// Rows of a partition where no bucket is large.
    fn usual(&self) -> usize {
        let partitions = self.starts.len().saturating_sub(2);
        (self.entries.len() / partitions.max(1)).max(PARTITION_ROWS)
    }

    /// Calls `joined` for every row but the first of each bucket: a set of rows of equal hash of
    /// which `rows` tells that they are equal. Members of a bucket come in ascending order.
    pub(crate) fn group(&mut self, rows: &impl Compare, mut joined: impl FnMut(Join)) {
        let partitions = self.starts.len().saturating_sub(2);
        let usual = self.usual();
        for partition in 0..partitions {
            let entries = &self.entries[self.bounds(partition)];
            if entries.len() <= MOST_TIMES_USUAL * usual {
                self.repeated.select(entries);
                let same_hash = |_, _| true;
                self.buckets.fill(&self.repeated.entries, same_hash, |join| self.joins.push(join));
            } else {
                // Most of these rows are of one bucket; a list of them would be as long.
                self.compare_joins(rows, &mut joined);
                let entries = &self.entries[self.bounds(partition)];
                self.buckets.fill(entries, |a, b| rows.same(a, b), &mut joined);
            }
            if self.joins.len() >= JOINS_AT_A_TIME {
                self.compare_joins(rows, &mut joined);
            }
        }
        self.compare_joins(rows, &mut joined);
    }

    fn bounds(&self, partition: usize) -> Range<usize> {
        self.starts[partition] as usize..self.starts[partition + 1] as usize
    }

    /// Compares the rows of the joins found by hash alone, and passes the joins on.
    ///
    /// The lanes of a row cost a cache miss or two. One after the other, between the probes of the
    /// table, these took a fifth of all time; prefetched in a loop of their own, they overlap.
    fn compare_joins(&mut self, rows: &impl Compare, joined: &mut impl FnMut(Join)) {
        self.unequal.clear();
        for (number, join) in self.joins.iter().enumerate() {
            if let Some(ahead) = self.joins.get(number + JOINS_AHEAD) {
                rows.prefetch(ahead.previous);
                rows.prefetch(ahead.row);
            }
            if !rows.same(join.previous, join.row) {
                self.unequal.push(join.hash);
            }
        }
        if self.unequal.is_empty() {
            self.joins.drain(..).for_each(joined);
            return;
        }
        // Unequal rows of equal hash, once in 2³² pairs: a hundred in a band of 1 million rows.
        self.unequal.sort_unstable();
        let doubtful = |join: &mut Join| self.unequal.binary_search(&join.hash).is_ok();
        let mut joins: Vec<Join> = self.joins.extract_if(.., doubtful).collect();
        self.joins.drain(..).for_each(&mut *joined);
        joins.sort_by_key(|join| join.hash);
        joins.chunk_by(|a, b| a.hash == b.hash).for_each(|chain| divide(chain, rows, joined));
    }
}

/// Divides rows of equal hash, joined one to the other, into those that are equal.
fn divide(chain: &[Join], rows: &impl Compare, joined: &mut impl FnMut(Join)) {
    let mut buckets: Vec<Join> = Vec::new();
    let first = chain.first().map(|join| Join { row: join.previous, rank: 0, ..*join });
    for join in first.iter().chain(chain) {
        let bucket = buckets.iter_mut().find(|last| rows.same(last.row, join.row));
        match bucket {
            Some(last) => {
                *last = Join { previous: last.row, rank: last.rank + 1, ..*join };
                joined(*last);
            }
            None => buckets.push(Join { rank: 0, ..*join }),
        }
    }
}

/// Rows that can be compared.
pub(crate) trait Compare {
    /// Whether two rows are equal in what their hashes were made of.
    fn same(&self, a: u32, b: u32) -> bool;
    /// Begins to load what `row` is compared by.
    fn prefetch(&self, row: u32);
}

/// The entries of a partition without most of those whose hash no other one has.
///
/// Nine rows in ten share a bucket with none. Two passes without branches over a table of bytes drop
/// them; with the rest in the table, that is 2.3 ns a row and not 6.
#[derive(Default)]
struct Repeated {
    /// By the low bits of the hash: 0 for no entry, 1 for one, more for several.
    seen: Vec<u8>,
    entries: Vec<u64>,
}

impl Repeated {
    fn select(&mut self, entries: &[u64]) {
        let places = (SEEN_PLACES_AN_ENTRY * entries.len()).next_power_of_two();
        let places = places.min(MOST_SEEN_PLACES);
        self.seen.clear();
        self.seen.resize(places, 0);
        let seen = &mut self.seen[..];
        let place_of = |entry: u64| (entry >> 32) as usize & (places - 1);
        for &entry in entries {
            let seen = &mut seen[place_of(entry)];
            *seen = (*seen << 1) | 1;
        }
        self.entries.resize(entries.len(), 0);
        let mut selected = 0;
        for &entry in entries {
            self.entries[selected] = entry;
            selected += usize::from(seen[place_of(entry)] > 1);
        }
        self.entries.truncate(selected);
    }
}

/// The buckets of one partition.
#[derive(Default)]
struct Buckets {
    /// Open addressing by the low bits of the hash. Ranks stand here and not beside the entries: a
    /// list as long as the entries is four bytes a row where all rows share one bucket.
    table: Vec<Bucket>,
}

/// A bucket, by its last member.
#[derive(Clone, Copy)]
struct Bucket {
    /// Which of the entries that is, or [`UNUSED`].
    last: u32,
    /// How many members precede it.
    rank: u32,
}

impl Bucket {
    const NONE: Self = Self { last: UNUSED, rank: 0 };
}

impl Buckets {
    /// Finds the buckets of `entries`, rows of equal hash and `same`.
    fn fill(
        &mut self,
        entries: &[u64],
        same: impl Fn(u32, u32) -> bool,
        mut joined: impl FnMut(Join),
    ) {
        let places = (2 * entries.len().min(2 * PARTITION_ROWS)).next_power_of_two();
        self.table.clear();
        self.table.resize(places, Bucket::NONE);
        let mut buckets = 0;
        for (number, &entry) in entries.iter().enumerate() {
            // Half of the places stay unused, so that a search ends.
            if 2 * buckets >= self.table.len() {
                self.double(entries);
            }
            let (hash, row) = ((entry >> 32) as u32, entry as u32);
            let mut place = hash as usize & (self.table.len() - 1);
            let rank = loop {
                let Bucket { last, rank } = self.table[place];
                if last == UNUSED {
                    buckets += 1;
                    break 0;
                }
                let other = entries[last as usize];
                if (other >> 32) as u32 == hash && same(other as u32, row) {
                    joined(Join { hash, previous: other as u32, row, rank: rank + 1 });
                    break rank + 1;
                }
                place = (place + 1) & (self.table.len() - 1);
            };
            self.table[place] = Bucket { last: number as u32, rank };
        }
    }

    #[cold]
    fn double(&mut self, entries: &[u64]) {
        let places = 2 * self.table.len();
        let buckets = std::mem::replace(&mut self.table, vec![Bucket::NONE; places]);
        for bucket in buckets.into_iter().filter(|bucket| bucket.last != UNUSED) {
            let mut place = (entries[bucket.last as usize] >> 32) as usize & (places - 1);
            while self.table[place].last != UNUSED {
                place = (place + 1) & (places - 1);
            }
            self.table[place] = bucket;
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

    struct Keys<'a>(&'a [(u32, u8)]);

    impl Compare for Keys<'_> {
        fn same(&self, a: u32, b: u32) -> bool {
            self.0[a as usize] == self.0[b as usize]
        }

        fn prefetch(&self, row: u32) {
            assert!((row as usize) < self.0.len());
        }
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
            partitions.group(&Keys(&rows), |join| {
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
