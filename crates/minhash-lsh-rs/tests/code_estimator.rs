//! How good codes are: bias and error of the estimate beside theory and full lanes, recall of plans,
//! and how often unlike sets become candidates.
//!
//! 10,000 independent pairs a cell in the bounded run, 100,000 in the whole one. To see the figures:
//! `cargo test --release -p minhash-lsh-rs --test code_estimator -- --nocapture [--ignored]`.

#![expect(clippy::unwrap_used, reason = "a test that fails panics, in its helpers too")]

mod common;

use common::SplitMix;
use minhash_lsh::{Banding, CodeBanding, CodeBits, CodesView, Jaccard, Scheme, Sketcher};

const K: usize = 128;
/// Set sizes: a flash, a short article, a usual one.
const SIZES: [usize; 3] = [20, 200, 650];
const SIMILARITIES: [f64; 3] = [0.2, 0.5, 0.8];
const RECALL: f64 = 0.99;

/// Sums of the errors of one kind of estimate.
#[derive(Clone, Copy, Default)]
struct Errors {
    sum: f64,
    squares: f64,
    pairs: f64,
}

impl Errors {
    fn add(&mut self, error: f64) {
        self.sum += error;
        self.squares += error * error;
        self.pairs += 1.0;
    }

    fn bias(&self) -> f64 {
        self.sum / self.pairs
    }

    fn mean_square(&self) -> f64 {
        self.squares / self.pairs
    }
}

/// What one width came to over the pairs of a cell.
struct OfWidth {
    plan: CodeBanding,
    errors: Errors,
    candidates: f64,
}

/// Pairs of sets of equal size and similarity.
struct Cell {
    k: usize,
    jaccard: Jaccard,
    full: Errors,
    full_plan: Option<Banding>,
    full_candidates: f64,
    widths: Vec<OfWidth>,
}

fn share_a_band(plan: &CodeBanding, a: CodesView<'_>, b: CodesView<'_>) -> bool {
    let agree = |lane| a.code(lane) == b.code(lane);
    let band = |band: usize| (band * plan.rows()..(band + 1) * plan.rows()).all(agree);
    (0..plan.bands()).any(band)
}

impl Cell {
    /// `planned`: the similarity at which the plans reach their recall.
    fn measure(k: usize, size: usize, similarity: f64, planned: f64, pairs: usize) -> Self {
        let shared = (2.0 * size as f64 * similarity / (1.0 + similarity)).round() as usize;
        let jaccard = Jaccard::new(shared as f64 / (2 * size - shared) as f64).unwrap();
        let planned = Jaccard::new(planned).unwrap();
        let sketcher = Sketcher::new(Scheme::new(k).unwrap());
        let full_plan = Banding::for_recall(planned, RECALL, k).ok();
        let plan = |bits| OfWidth {
            plan: CodeBanding::for_recall(planned, RECALL, k, bits).unwrap(),
            errors: Errors::default(),
            candidates: 0.0,
        };
        let mut cell = Self {
            k,
            jaccard,
            full: Errors::default(),
            full_plan,
            full_candidates: 0.0,
            widths: CodeBits::ALL.map(plan).into(),
        };
        let mut random = SplitMix((size * 1_000 + shared) as u64);
        for _ in 0..pairs {
            let union = random.take(2 * size - shared);
            let a = sketcher.sketch(&union[..size]);
            let b = sketcher.sketch(&union[size - shared..]);
            cell.full.add(a.estimate(&b).unwrap().jaccard().get() - jaccard.get());
            let banded = full_plan.is_some_and(|plan| {
                let bands = |lanes| <[u32]>::chunks_exact(lanes, plan.rows()).take(plan.bands());
                bands(a.lanes()).zip(bands(b.lanes())).any(|(a, b)| a == b)
            });
            cell.full_candidates += f64::from(u8::from(banded)) / pairs as f64;
            for width in &mut cell.widths {
                let (a, b) = (a.codes(width.plan.bits()), b.codes(width.plan.bits()));
                width.errors.add(a.estimate(&b).unwrap().unclamped() - jaccard.get());
                let candidate = share_a_band(&width.plan, a.view(), b.view());
                width.candidates += f64::from(u8::from(candidate)) / pairs as f64;
            }
        }
        cell
    }

    /// The mean square error that `docs/sketch.md` states, from that of full lanes.
    fn expected_mean_square(&self, bits: CodeBits) -> f64 {
        let price = (1.0 - self.jaccard.get()) / (f64::from(1_u32 << bits.get()) - 1.0);
        self.full.mean_square() + price / self.k as f64
    }

    /// Prints the cell and lists what is outside its limits.
    fn check(&self, name: &str) -> Vec<String> {
        let mut outside = Vec::new();
        for width in &self.widths {
            let bits = width.plan.bits();
            let (errors, pairs) = (&width.errors, width.errors.pairs);
            let rmse = errors.mean_square().sqrt();
            let against_theory = errors.mean_square() / self.expected_mean_square(bits);
            let against_stated = rmse / bits.standard_error(self.jaccard, self.k);
            let expected = width.plan.probability(self.jaccard);
            let line = format!(
                "k = {}  {name}  J = {:.3}  {bits}: bias {:+.5}  RMSE {rmse:.4}  ÷ stated {against_stated:.3}  \
                 MSE ÷ theory {against_theory:.3}  {}: {:.4} ({:+.4})",
                self.k,
                self.jaccard,
                errors.bias(),
                width.plan,
                width.candidates,
                width.candidates - expected
            );
            println!("{line}");
            // The square error of normal errors has the relative standard error √(2/pairs); the
            // denominator is measured too, on the same pairs.
            let noise = 4.0 * (2.0 / pairs).sqrt();
            let sigma = (expected * (1.0 - expected) / pairs).sqrt();
            let off = width.candidates - expected;
            if errors.bias().abs() > 4.0 * rmse / pairs.sqrt()
                || (against_theory - 1.0).abs() > noise
                || against_stated > 1.0 + noise
                || off.abs() > 0.02_f64.max(4.0 * sigma)
                || (expected >= 0.9 && off < -3.0 * sigma - 1e-9)
            {
                outside.push(line);
            }
        }
        outside
    }
}

/// `pairs` for k = 64 and 128, and an eighth of them for the widest signatures.
fn check(pairs: usize) {
    let mut outside = Vec::new();
    for (k, pairs) in [(K, pairs), (64, pairs), (Scheme::MAX_K, pairs / 8)] {
        for size in SIZES {
            for similarity in SIMILARITIES {
                let cell = Cell::measure(k, size, similarity, 0.5, pairs);
                outside.extend(cell.check(&format!("n = {size:3}")));
            }
        }
    }
    assert!(outside.is_empty(), "outside the limits:\n{}", outside.join("\n"));
}

#[test]
fn estimates_are_unbiased_and_err_as_stated() {
    check(10_000);
}

#[test]
#[ignore = "takes half a minute: ten times the pairs"]
fn estimates_are_unbiased_and_err_as_stated_whole() {
    check(100_000);
}

#[test]
fn unlike_sets_become_candidates_as_rarely_as_the_plan_says() {
    let pairs = 40_000;
    let cell = Cell::measure(K, 100, 0.0, 0.8, pairs);
    for width in &cell.widths {
        let expected = width.plan.probability(Jaccard::ZERO);
        let sigma = (expected * (1.0 - expected) / pairs as f64).sqrt();
        let found = width.candidates;
        println!("{}: {found:.5} of unlike pairs, expected {expected:.3e}", width.plan);
        assert!((found - expected).abs() <= 4.0 * sigma + 1e-9, "{}: {found}", width.plan);
        let bias = width.errors.bias();
        let limit = 4.0 * width.errors.mean_square().sqrt() / (pairs as f64).sqrt();
        assert!(bias.abs() <= limit, "{}: bias {bias}", width.plan);
    }
}

/// The table of BENCHMARKS.md.
#[test]
#[ignore = "prints a table; takes half a minute"]
fn table_of_memory_error_and_recall() {
    let pairs = 50_000;
    let [half, high] = [0.5, 0.8].map(|j| Cell::measure(K, 650, j, j, pairs));
    let ratio =
        |errors: &Errors, cell: &Cell| (errors.mean_square() / cell.full.mean_square()).sqrt();
    println!("k = {K}, n = 650, {pairs} pairs; plans for recall {RECALL}\n");
    println!(
        "| bits | bytes a set | RMSE J = .5 | ÷ full | RMSE J = .8 | ÷ full | plan at .5 | recall | \
         unlike pairs | plan at .8 | recall | unlike pairs |\n|{}",
        "---|".repeat(12)
    );
    let row = |bytes: usize, name: String, halves: [String; 2], errors: [&Errors; 2]| {
        println!(
            "| {name} | {bytes} | {:.4} | {:.2} | {:.4} | {:.2} | {} | {} |",
            errors[0].mean_square().sqrt(),
            ratio(errors[0], &half),
            errors[1].mean_square().sqrt(),
            ratio(errors[1], &high),
            halves[0],
            halves[1]
        );
    };
    for (place, width) in half.widths.iter().enumerate() {
        let bits = width.plan.bits();
        let of = |cell: &Cell| {
            let OfWidth { plan, candidates, .. } = &cell.widths[place];
            let unlike = plan.probability(Jaccard::ZERO);
            format!("{} × {} | {candidates:.4} | {unlike:.1e}", plan.bands(), plan.rows())
        };
        let errors = [&half.widths[place].errors, &high.widths[place].errors];
        row(bits.bytes(K), bits.get().to_string(), [of(&half), of(&high)], errors);
    }
    let of = |cell: &Cell| {
        let plan = cell.full_plan.unwrap();
        format!("{} × {} | {:.4} | 0", plan.bands(), plan.rows(), cell.full_candidates)
    };
    row(4 * K, "32 (lanes)".to_owned(), [of(&half), of(&high)], [&half.full, &high.full]);
}

/// The second table of BENCHMARKS.md: what to do with 128 bytes a set.
#[test]
#[ignore = "prints a table; takes half a minute"]
fn table_of_widths_for_equal_memory() {
    let (bytes, pairs) = (K, 10_000);
    println!("{bytes} bytes a set, n = 650, {pairs} pairs; plans for recall {RECALL}\n");
    println!(
        "| bits | k | RMSE J = .5 | RMSE J = .8 | plan at .8 | recall | unlike pairs |\n|{}",
        "---|".repeat(7)
    );
    for (place, bits) in CodeBits::ALL.into_iter().enumerate() {
        let k = 8 * bytes / usize::from(bits.get());
        let [half, high] = [0.5, 0.8].map(|j| Cell::measure(k, 650, j, j, pairs));
        let OfWidth { plan, candidates, errors } = &high.widths[place];
        println!(
            "| {} | {k} | {:.4} | {:.4} | {} × {} | {candidates:.4} | {:.1e} |",
            bits.get(),
            half.widths[place].errors.mean_square().sqrt(),
            errors.mean_square().sqrt(),
            plan.bands(),
            plan.rows(),
            plan.probability(Jaccard::ZERO)
        );
        assert!(candidates + 0.01 >= RECALL, "{plan}: {candidates}");
    }
}
