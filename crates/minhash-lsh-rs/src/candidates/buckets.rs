//! Rows that agree: in all lanes, or in those of one band.

use ahash::HashMap;

use super::BucketCap;
use crate::SignatureMatrix;
use crate::signature::is_empty;

/// No representative and no bucket: the row is empty or stands behind its representative. Row
/// numbers stay below it.
pub(super) const NONE: u32 = u32::MAX;

/// The first row of each kind.
pub(super) struct Representatives {
    pub(super) of_row: Vec<u32>,
}

impl Representatives {
    pub(super) fn of(matrix: &SignatureMatrix) -> Self {
        let mut first: HashMap<&[u32], u32> = HashMap::default();
        let mut representative = |(row, lanes)| {
            if is_empty(lanes) { NONE } else { *first.entry(lanes).or_insert(row) }
        };
        let rows = matrix.lanes().chunks_exact(matrix.scheme().k());
        Self { of_row: (0..).zip(rows).map(&mut representative).collect() }
    }

    /// The earlier rows that `row` is to be compared with, ascending.
    pub(super) fn partners(&self, row: u32, buckets: &[Buckets]) -> Vec<u32> {
        match self.of_row.get(row as usize) {
            None | Some(&NONE) => Vec::new(),
            Some(&representative) if representative != row => vec![representative],
            Some(_) => {
                let mut partners = Vec::new();
                for band in buckets {
                    let anchors = band.anchors_of(row);
                    partners.extend(anchors.iter().take_while(|&&anchor| anchor < row));
                }
                partners.sort_unstable();
                partners.dedup();
                partners
            }
        }
    }
}

/// The buckets of one band: rows with equal lanes in it.
pub(super) struct Buckets {
    /// The bucket of each row. Buckets are numbered by their first member.
    of_row: Vec<u32>,
    /// Members of each bucket.
    pub(super) sizes: Vec<u32>,
    /// Where each bucket's anchors start in `anchors`, and one more for the end.
    starts: Vec<usize>,
    /// The first members of each bucket, up to the cap, ascending.
    anchors: Vec<u32>,
}

impl Buckets {
    pub(super) fn of(
        matrix: &SignatureMatrix,
        representatives: &Representatives,
        start: usize,
        length: usize,
        cap: BucketCap,
    ) -> Self {
        let mut numbers: HashMap<&[u32], u32> = HashMap::default();
        let mut sizes: Vec<u32> = Vec::new();
        let mut of_row = vec![NONE; matrix.len()];
        let rows = matrix.lanes().chunks_exact(matrix.scheme().k());
        let with_rows = of_row.iter_mut().zip(&representatives.of_row).zip(rows);
        for (row, ((bucket, &representative), lanes)) in (0..).zip(with_rows) {
            if representative == row {
                // `require_lanes` has checked that the bands lie within the lanes.
                let band = &lanes[start..start + length];
                let number = *numbers.entry(band).or_insert(sizes.len() as u32);
                match sizes.get_mut(number as usize) {
                    Some(size) => *size += 1,
                    None => sizes.push(1),
                }
                *bucket = number;
            }
        }
        drop(numbers);
        let (starts, anchors) = first_members(&of_row, &sizes, cap);
        Self { of_row, sizes, starts, anchors }
    }

    fn anchors_of(&self, row: u32) -> &[u32] {
        let bucket = self.of_row.get(row as usize).map_or(usize::MAX, |&bucket| bucket as usize);
        match (self.starts.get(bucket), self.starts.get(bucket.saturating_add(1))) {
            (Some(&start), Some(&end)) => self.anchors.get(start..end).unwrap_or(&[]),
            _ => &[],
        }
    }
}

/// The first members of each bucket one after the other, and where each bucket starts.
fn first_members(of_row: &[u32], sizes: &[u32], cap: BucketCap) -> (Vec<usize>, Vec<u32>) {
    let mut starts = Vec::with_capacity(sizes.len() + 1);
    let mut total = 0;
    for &size in sizes {
        starts.push(total);
        total += size.min(cap.anchors()) as usize;
    }
    starts.push(total);
    let mut anchors = vec![NONE; total];
    let mut free = starts.clone();
    for (row, &bucket) in (0..).zip(of_row) {
        if bucket == NONE {
            continue;
        }
        // Buckets were numbered below `sizes.len()`, so both indices exist.
        let bucket = bucket as usize;
        if free[bucket] < starts[bucket + 1] {
            anchors[free[bucket]] = row;
            free[bucket] += 1;
        }
    }
    (starts, anchors)
}
