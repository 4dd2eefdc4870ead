//! The memory that is stated against the memory that is allocated.
//!
//! One test, because the allocator counts for the whole process.

#![expect(clippy::unwrap_used, reason = "a test that fails panics, in its helpers too")]

mod common;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use common::SplitMix;
use minhash_lsh::{Banding, LshIndex, Scheme, SetId, SignatureMatrix};

static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

/// The system's allocator, counting the bytes asked for.
struct Counting;

#[expect(unsafe_code, reason = "an allocator can be written in no other way")]
// SAFETY: every call goes to the system's allocator with the same arguments.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let live = LIVE.fetch_add(layout.size(), SeqCst) + layout.size();
        PEAK.fetch_max(live, SeqCst);
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), SeqCst);
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let live = LIVE.fetch_add(size, SeqCst) + size;
        LIVE.fetch_sub(layout.size(), SeqCst);
        PEAK.fetch_max(live - layout.size(), SeqCst);
        // SAFETY: the caller keeps the contract of `realloc`.
        unsafe { System.realloc(block, layout, size) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// Rows of which one in ten shares bands with the row before it.
fn matrix(rows: usize) -> SignatureMatrix {
    let mut random = SplitMix(5);
    let mut lanes: Vec<u32> = Vec::with_capacity(rows * 128);
    for row in 0..rows {
        let copied = if row > 0 && row % 10 == 0 { 100 } else { 0 };
        let start = lanes.len().saturating_sub(128);
        lanes.extend_from_within(start..start + copied);
        lanes.extend(random.take(128 - copied).iter().map(|word| (word >> 40) as u32));
    }
    SignatureMatrix::from_lanes(Scheme::new(128).unwrap(), lanes).unwrap()
}

/// Different rows that agree in the first lanes of every band but the last one.
fn alike(rows: usize) -> SignatureMatrix {
    let row = |row: usize| (0..128).map(move |lane| if lane == 127 { row as u32 } else { 9 });
    let lanes = (0..rows).flat_map(row).collect();
    SignatureMatrix::from_lanes(Scheme::new(128).unwrap(), lanes).unwrap()
}

fn index_states_what_it_takes<Id: SetId>(matrix: &SignatureMatrix, id: impl Fn(usize) -> Id) {
    let banding = Banding::new(16, 8).unwrap();
    let before = LIVE.load(SeqCst);
    let mut index = LshIndex::new(*matrix.scheme(), banding).unwrap();
    let allocated = || LIVE.load(SeqCst) - before;
    let mut worst = 0.0_f64;
    for (number, row) in matrix.rows().enumerate() {
        index.insert(id(number), row).unwrap();
        if number % 997 == 0 {
            assert_eq!(index.memory_usage().total(), allocated(), "{number} sets");
        }
        if number >= 20_000 && number % 97 == 0 {
            worst = worst.max(index.memory_usage().beside_signatures() as f64 / number as f64);
        }
    }
    assert!(worst <= 160.0, "{worst} bytes a set beside the signatures");
    let memory = index.memory_usage();
    assert!(memory.signatures <= (matrix.len() + 2_048) * 512, "{memory}");
    for number in (0..matrix.len()).step_by(3) {
        assert!(index.remove(id(number)));
    }
    assert_eq!(index.memory_usage().total(), allocated(), "after removals");
    let copy = index.clone();
    assert!(copy.memory_usage().total() <= memory.total());
    drop((index, copy));
    assert_eq!(LIVE.load(SeqCst), before);
}

/// In portions, because a table that has just doubled takes most.
fn portions_take_no_more_than_singles<Id: SetId>(
    matrix: &SignatureMatrix,
    id: impl Fn(usize) -> Id,
) {
    let banding = Banding::new(16, 8).unwrap();
    let ids: Vec<Id> = (0..matrix.len()).map(id).collect();
    // The list of ids is there before and after.
    let before = LIVE.load(SeqCst);
    let mut index = LshIndex::new(*matrix.scheme(), banding).unwrap();
    for (ids, lanes) in ids.chunks(9_973).zip(matrix.lanes().chunks(9_973 * 128)) {
        let rows = SignatureMatrix::from_lanes(*matrix.scheme(), lanes.to_vec()).unwrap();
        index.insert_all(ids, &rows).unwrap();
        drop(rows);
        let memory = index.memory_usage();
        assert_eq!(memory.total(), LIVE.load(SeqCst) - before, "{} sets", index.len());
        if index.len() >= 20_000 {
            assert!(memory.beside_signatures() <= 160 * index.len(), "{memory}");
        }
    }
    drop(index);
    assert_eq!(LIVE.load(SeqCst), before);
}

fn a_matrix_that_is_given_away_is_counted(matrix: &SignatureMatrix) {
    let before = LIVE.load(SeqCst);
    let given = matrix.clone();
    let ids: Vec<u32> = (0..matrix.len() as u32).collect();
    let mut index = LshIndex::new(*matrix.scheme(), Banding::new(16, 8).unwrap()).unwrap();
    let held = LIVE.load(SeqCst);
    PEAK.store(held, SeqCst);
    index.insert_all(&ids, given).unwrap();
    drop(ids);
    let memory = index.memory_usage();
    assert_eq!(memory.total(), LIVE.load(SeqCst) - before);
    assert!(memory.beside_signatures() <= 160 * index.len(), "{memory}");
    // It was never there twice.
    let most = held + memory.beside_signatures() + 120 * index.len() + (2 << 20);
    assert!(PEAK.load(SeqCst) <= most, "{} of {most}", PEAK.load(SeqCst));
    drop(index);
    assert_eq!(LIVE.load(SeqCst), before);
}

fn search_takes_no_more_than_stated(matrix: &SignatureMatrix) {
    let banding = Banding::new(16, 8).unwrap();
    let stated = banding.search_memory(matrix.len());
    let before = LIVE.load(SeqCst);
    PEAK.store(before, SeqCst);
    let found = banding.candidate_pairs(matrix).unwrap();
    let pairs = 2 * size_of_val(found.pairs());
    let peak = PEAK.load(SeqCst) - before;
    assert!(peak <= stated.total() + 2 * pairs, "{peak} bytes, stated: {stated}");
    // The statement is not idle: it is reached but for what only hostile rows take.
    assert!(peak + stated.fixed >= stated.columns + stated.representatives, "{peak}: {stated}");
}

fn in_pool_of(threads: usize, work: impl FnOnce() + Send) {
    #[cfg(feature = "rayon")]
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work);
    #[cfg(not(feature = "rayon"))]
    if threads == 1 {
        work();
    }
}

#[test]
fn stated_memory_is_what_is_allocated() {
    let ordinary = matrix(140_000);
    let hostile = alike(30_000);
    index_states_what_it_takes(&ordinary, |number| {
        (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    });
    index_states_what_it_takes(&ordinary, |number| number as u32);
    index_states_what_it_takes(&hostile, |number| u64::MAX - number as u64);
    // In a pool, which else would be made while its bytes are counted.
    in_pool_of(1, || {
        portions_take_no_more_than_singles(&ordinary, |number| number as u64);
        portions_take_no_more_than_singles(&hostile, |number| number as u32);
        a_matrix_that_is_given_away_is_counted(&ordinary);
    });
    let banding = Banding::new(16, 8).unwrap();
    for threads in [1, 2, 3, 8, 32] {
        in_pool_of(threads, || {
            search_takes_no_more_than_stated(&ordinary);
            search_takes_no_more_than_stated(&hostile);
            let stated = banding.search_memory(1_000_000);
            assert!(stated.total() <= 160 * stated.rows, "{stated}");
        });
    }
    in_pool_of(1, || assert!(banding.search_memory(1_000_000).total() <= 86_000_000));
}
