//! How good the estimates are: bias, error and recall of banding, for set sizes from 5 to 5,000.
//!
//! A cell is a set size and a similarity; its figures come from 20,000 independent pairs in the
//! bounded run and 200,000 in the whole one. To see them:
//! `cargo test --release --test estimator -- --nocapture [--ignored]`.

#![expect(clippy::unwrap_used, reason = "a test that fails panics, in its helpers too")]

mod common;

use common::SplitMix;
use minhash_lsh::{Banding, Jaccard, Scheme, Sketcher};

const SIZES: [usize; 6] = [5, 20, 50, 200, 600, 5_000];
const SIMILARITIES: [f64; 4] = [0.2, 0.5, 0.8, 0.9];
const BANDINGS: [(usize, usize); 4] = [(16, 8), (16, 6), (25, 5), (42, 3)];

/// Two sets that share the first `shared` elements of the second.
#[derive(Clone, Copy, PartialEq)]
struct Cell {
    first: usize,
    second: usize,
    shared: usize,
}

/// Sums over the pairs of a cell.
struct Figures {
    pairs: usize,
    bias: f64,
    /// Root mean square error ÷ √(J(1 − J)/k).
    relative_rmse: f64,
    /// Share of pairs that are candidates, for each banding.
    candidates: Vec<f64>,
}

impl Cell {
    /// The cell whose similarity is next to `similarity`: sets of equal size, or a set and a part
    /// of it where equal sizes come no closer than 0.05, as at five elements and 0.8.
    fn next_to(size: usize, similarity: f64) -> Self {
        let shared = (2.0 * size as f64 * similarity / (1.0 + similarity)).round() as usize;
        let equal = Self { first: size, second: size, shared: shared.clamp(1, size - 1) };
        if (equal.jaccard() - similarity).abs() < 0.05 + 1e-9 {
            return equal;
        }
        let part = ((size as f64 * similarity).round() as usize).clamp(1, size - 1);
        let part = Self { first: size, second: part, shared: part };
        let distance = |cell: &Self| (cell.jaccard() - similarity).abs();
        if distance(&part) < distance(&equal) { part } else { equal }
    }

    /// All cells of a set size, each once: small sets do not reach every similarity.
    fn of_size(size: usize) -> Vec<Self> {
        let mut cells: Vec<_> = SIMILARITIES.map(|j| Self::next_to(size, j)).into();
        cells.dedup();
        cells
    }

    fn union(&self) -> usize {
        self.first + self.second - self.shared
    }

    fn jaccard(&self) -> f64 {
        self.shared as f64 / self.union() as f64
    }

    fn measure(&self, sketcher: &Sketcher, bandings: &[Banding], pairs: usize) -> Figures {
        let k = sketcher.k();
        let jaccard = self.jaccard();
        let mut random = SplitMix((self.first * 31 + self.shared) as u64);
        let (mut a, mut b) = (vec![0; k], vec![0; k]);
        let (mut error, mut squared) = (0.0, 0.0);
        let mut candidates = vec![0_usize; bandings.len()];
        for _ in 0..pairs {
            let union = random.take(self.union());
            sketcher.sketch_into(&union[..self.first], &mut a).unwrap();
            sketcher.sketch_into(&union[self.first - self.shared..], &mut b).unwrap();
            let agree = a.iter().zip(&b).filter(|(x, y)| x == y).count();
            let difference = agree as f64 / k as f64 - jaccard;
            error += difference;
            squared += difference * difference;
            for (count, banding) in candidates.iter_mut().zip(bandings) {
                let bands = a.chunks_exact(banding.rows()).zip(b.chunks_exact(banding.rows()));
                *count += usize::from(bands.take(banding.bands()).any(|(x, y)| x == y));
            }
        }
        let n = pairs as f64;
        Figures {
            pairs,
            bias: error / n,
            relative_rmse: (squared / n / (jaccard * (1.0 - jaccard) / k as f64)).sqrt(),
            candidates: candidates.iter().map(|&count| count as f64 / n).collect(),
        }
    }
}

/// Measures all cells for `k` lanes and lists what is outside its limits.
fn check(k: usize, pairs: usize) -> Vec<String> {
    let sketcher = Sketcher::new(Scheme::new(k).unwrap().with_seed(k as u64));
    let bandings: Vec<_> = BANDINGS
        .iter()
        .filter(|(bands, rows)| bands * rows <= k)
        .map(|&(bands, rows)| Banding::new(bands, rows).unwrap())
        .collect();
    let mut outside = Vec::new();
    println!("k = {k}, {pairs} pairs a cell");
    for size in SIZES {
        for cell in Cell::of_size(size) {
            let figures = cell.measure(&sketcher, &bandings, pairs);
            let mut report = format!(
                "n = {size:4}  J = {:.3}  bias {:+.5}  RMSE ÷ theory {:.3}",
                cell.jaccard(),
                figures.bias,
                figures.relative_rmse
            );
            // Lanes repel each other while they are about as many as elements, so for another k
            // the limit moves along with it.
            let limit = if size * 128 <= 600 * k { 0.95 } else { 1.02 };
            let mut wrong = figures.bias.abs() > 0.002 || figures.relative_rmse > limit;
            for (banding, found) in bandings.iter().zip(&figures.candidates) {
                let expected = banding.probability(Jaccard::new(cell.jaccard()).unwrap());
                report += &format!("  {banding}: {found:.4} ({:+.4})", found - expected);
                wrong |= is_off(expected, *found, figures.pairs);
            }
            println!("{report}{}", if wrong { "  <<<" } else { "" });
            if wrong {
                outside.push(report);
            }
        }
    }
    outside
}

/// The candidate probability is within 0.02 of the formula, and not under it where recall is
/// promised.
fn is_off(expected: f64, found: f64, pairs: usize) -> bool {
    let sigma = (expected * (1.0 - expected) / pairs as f64).sqrt();
    (found - expected).abs() > 0.02 || (expected >= 0.9 && found < expected - 3.0 * sigma)
}

#[test]
fn estimates_are_unbiased_and_better_than_independent_lanes() {
    let outside = check(128, 20_000);
    assert!(outside.is_empty(), "outside the limits:\n{}", outside.join("\n"));
}

#[test]
#[ignore = "takes a minute: ten times the pairs, and four values of k"]
fn estimates_are_unbiased_and_better_than_independent_lanes_whole() {
    let outside: Vec<_> = [64, 128, 256, 1024]
        .into_iter()
        .flat_map(|k| check(k, if k == 128 { 200_000 } else { 20_000 }))
        .collect();
    assert!(outside.is_empty(), "outside the limits:\n{}", outside.join("\n"));
}

/// Consecutive numbers are the worst input a caller could mistake for hashes.
#[test]
fn consecutive_integers_are_estimated_without_bias() {
    let (size, shared, pairs) = (300_u64, 200_u64, 4_000_u64);
    let jaccard = shared as f64 / (2 * size - shared) as f64;
    let error = |pair: u64| {
        let sketcher = Sketcher::new(Scheme::new(128).unwrap().with_seed(pair));
        let start = pair * 1_000;
        let a: Vec<u64> = (start..start + size).collect();
        let b: Vec<u64> = (start + size - shared..start + 2 * size - shared).collect();
        let estimate = sketcher.sketch(&a).estimate(&sketcher.sketch(&b)).unwrap();
        estimate.jaccard().get() - jaccard
    };
    let errors: Vec<f64> = (0..pairs).map(error).collect();
    let bias = errors.iter().sum::<f64>() / pairs as f64;
    let squared = errors.iter().map(|e| e * e).sum::<f64>() / pairs as f64;
    let relative_rmse = (squared / (jaccard * (1.0 - jaccard) / 128.0)).sqrt();
    // Four standard errors of the mean, which is about 0.04 / √4000.
    assert!(bias.abs() < 0.0025, "bias {bias}");
    assert!(relative_rmse < 0.95, "RMSE ÷ theory {relative_rmse}");
}
