//! Every peer's time and, printed beside it, how much of the truth it finds.
//!
//! `cargo bench --manifest-path benches/peers/Cargo.toml --bench peers`. For ratios, which a shared
//! machine disturbs less, see the bench `ratios`.

use std::time::Duration;

use criterion::{
    BatchSize, BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main,
};
use criterion::{SamplingMode, measurement::WallTime};
use wirecopy_peers::peer::{Job, Peer};
use wirecopy_peers::{answers, input, peers, setting, truth};

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Ten flat samples: some peers take a second a run.
fn group<'a>(criterion: &'a mut Criterion, name: &str) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    group
}

/// Times running the job, not making it.
fn time<'a, T>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    peer: &'a dyn Peer,
    job: impl Fn(&'a dyn Peer) -> Option<Job<'a, T>>,
) {
    group.bench_function(peer.id(), |bencher| {
        let setup = || job(peer).expect("the stage answered before");
        bencher.iter_batched(setup, |run| run(), BatchSize::PerIteration);
    });
}

fn none(group: &str, peer: &dyn Peer) {
    println!("{group}/{}: has none", peer.id());
}

fn peers_sketch(criterion: &mut Criterion) {
    let (sets, _) = input::paired_sets(50, 650, 7);
    let peers = peers::all();
    let mut group = group(criterion, "peers_sketch");
    group.throughput(Throughput::Elements(sets.iter().map(|set| set.len() as u64).sum()));
    for peer in &peers {
        let Some(answer) = answers::sketch(&**peer) else {
            none("peers_sketch", &**peer);
            continue;
        };
        println!(
            "peers_sketch/{}: recall {:.4}, precision {:.4}, error {:.2} × MinHash's",
            peer.id(),
            answer.score.recall,
            answer.score.precision,
            answer.error
        );
        time(&mut group, &**peer, |peer| peer.sketch(&sets));
    }
}

fn peers_whole_job(criterion: &mut Criterion) {
    let input = input::Texts::new(setting("PEERS_TEXTS", 2_000));
    let texts = input.borrowed();
    let peers = peers::all();
    let mut group = group(criterion, "peers_whole_job");
    group.throughput(Throughput::Bytes(input.bytes() as u64));
    for peer in &peers {
        let Some(score) = answers::whole_job(&**peer, &texts, &input.truth) else {
            none("peers_whole_job", &**peer);
            continue;
        };
        println!(
            "peers_whole_job/{}: recall {:.4}, precision {:.4}, {} pairs; {}",
            peer.id(),
            score.recall,
            score.precision,
            score.found,
            peer.remark()
        );
        time(&mut group, &**peer, |peer| peer.whole_job(&texts));
    }
}

fn peers_lsh(criterion: &mut Criterion) {
    let rows = input::signatures(setting("PEERS_SIGNATURES", 100_000), 5);
    let expected = truth::band_pairs(&rows);
    let peers = peers::all();
    let mut group = group(criterion, "peers_lsh");
    group.throughput(Throughput::Elements(rows.len() as u64));
    for peer in &peers {
        let Some(found) = answers::lsh(&**peer, &rows, &expected) else {
            none("peers_lsh", &**peer);
            continue;
        };
        println!("peers_lsh/{}: recall 1, precision 1, {found} pairs", peer.id());
        time(&mut group, &**peer, |peer| peer.lsh(&rows));
    }
}

criterion_group!(groups, peers_sketch, peers_whole_job, peers_lsh);
criterion_main!(groups);
