//! Tables for BENCHMARKS.md: wirecopy and every peer in interleaved rounds of one process, once for
//! each kernel that the CPU runs.
//!
//! `cargo bench --manifest-path benches/peers/Cargo.toml --bench ratios [-- sketch|whole_job|lsh …]`
//!
//! | variable | default | |
//! |---|---|---|
//! | `PEERS_ROUNDS` | 7 | rounds |
//! | `PEERS_TEXTS` | 8000 | texts of the whole job |
//! | `PEERS_SIGNATURES` | 100000 | signatures of the LSH stage |
//! | `PEERS_ONLY` | all | ids, by commas, of those to compare wirecopy with |
//! | `WIRECOPY_KERNEL` | each in turn | one kernel alone |

use std::process::Command;

use minhash_lsh::Kernel;
use wirecopy_bench_corpus::paired::significant;
use wirecopy_peers::measure::{Contender, Rounds, interleave, timed};
use wirecopy_peers::peer::{Found, Peer};
use wirecopy_peers::truth::Score;
use wirecopy_peers::{WANTED, answers, input, peers, setting, truth};

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    if std::env::var_os(Kernel::VARIABLE).is_none() {
        return each_kernel(&wanted);
    }
    let kernel = Kernel::detect();
    let best = kernel == *Kernel::available().last().expect("scalar is always there");
    let chosen = std::env::var("PEERS_ONLY").ok();
    let mut contenders = peers::all();
    contenders.extend(peers::variants());
    contenders.retain(|peer| match (peer.id(), &chosen) {
        ("wirecopy", _) => true,
        (id, Some(chosen)) => chosen.split(',').any(|name| name == id),
        // The goals of the lesser kernels are stated against gaoya alone.
        (id, None) => best || id == "gaoya",
    });
    let asked = |table: &str| wanted.is_empty() || wanted.iter().any(|name| name == table);
    println!("\n## Kernel `{kernel}`");
    if asked("sketch") {
        sketch(&contenders);
    }
    if asked("whole_job") {
        whole_job(&contenders);
    }
    if asked("lsh") {
        lsh(&contenders);
    }
}

/// A process a kernel, because the texts are read with the kernel of the process.
fn each_kernel(wanted: &[String]) {
    let program = std::env::current_exe().expect("this program has a path");
    for kernel in Kernel::available().iter().rev() {
        let status = Command::new(&program)
            .args(wanted)
            .env(Kernel::VARIABLE, kernel.name())
            .env("RAYON_NUM_THREADS", "1")
            .status()
            .expect("this program can be started");
        assert!(status.success(), "the tables of kernel {kernel} failed");
    }
}

fn rounds() -> usize {
    setting("PEERS_ROUNDS", 7)
}

fn sketch(peers: &[Box<dyn Peer>]) {
    println!("\n### Sketches of 128 lanes from 64-bit hashes\n");
    println!("| peer | recall J ≥ .8 | precision J ≥ .7 | error ÷ MinHash's |");
    println!("|---|---|---|---|");
    let mut able = Vec::new();
    for peer in peers {
        match answers::sketch(&**peer) {
            Some(answer) => {
                let score = answer.score;
                println!(
                    "| {} | {:.4} | {:.4} | {:.2} |",
                    peer.id(),
                    score.recall,
                    score.precision,
                    answer.error
                );
                able.push(peer);
            }
            None => println!("| {} | has none | | |", peer.id()),
        }
    }
    for size in [20, 100, 650, 2000] {
        let count = (60_000 / size).max(40);
        let (sets, _) = input::paired_sets(count / 2, size, 7);
        let mut contenders: Vec<Contender<'_>> = able
            .iter()
            .map(|peer| {
                let run = || timed(peer.sketch(&sets).expect("it has the stage"));
                Box::new(run) as Contender<'_>
            })
            .collect();
        let measured = interleave(rounds(), &mut contenders);
        let title = format!("{size} hashes a set");
        let ids: Vec<&str> = able.iter().map(|peer| peer.id()).collect();
        table(&title, "ns/set", 1e9 / sets.len() as f64, &ids, &measured);
    }
}

fn whole_job(peers: &[Box<dyn Peer>]) {
    let input = input::Texts::new(setting("PEERS_TEXTS", 8_000));
    let texts = input.borrowed();
    let wanted = input.truth.iter().filter(|similar| similar.jaccard >= WANTED).count();
    println!(
        "\n### {} texts, {:.1} MB, to similar pairs\n",
        texts.len(),
        input.bytes() as f64 / 1e6
    );
    println!("{wanted} pairs have J ≥ .8 and {} have J ≥ .7.\n", input.truth.len());
    println!("| peer | pairs found | recall J ≥ .8 | precision J ≥ .7 | |");
    println!("|---|---|---|---|---|");
    let mut able = Vec::new();
    for peer in peers {
        match answers::whole_job(&**peer, &texts, &input.truth) {
            Some(Score { recall, precision, found }) => {
                let (id, remark) = (peer.id(), peer.remark());
                println!("| {id} | {found} | {recall:.4} | {precision:.4} | {remark} |");
                able.push(peer);
            }
            None => println!("| {} | has none | | | |", peer.id()),
        }
    }
    let mut contenders: Vec<Contender<'_>> = able
        .iter()
        .map(|peer| {
            let run = || timed::<Found>(peer.whole_job(&texts).expect("it has the stage"));
            Box::new(run) as Contender<'_>
        })
        .collect();
    let measured = interleave(rounds(), &mut contenders);
    let ids: Vec<&str> = able.iter().map(|peer| peer.id()).collect();
    table("texts to pairs", "µs/text", 1e6 / texts.len() as f64, &ids, &measured);
    println!("\n| throughput | MB/s |\n|---|---|");
    for (place, id) in ids.iter().enumerate() {
        let rate = input.bytes() as f64 / 1e6 / measured.seconds(place).median;
        println!("| {id} | {} |", significant(rate));
    }
}

fn lsh(peers: &[Box<dyn Peer>]) {
    let count = setting("PEERS_SIGNATURES", 100_000);
    let rows = input::signatures(count, 5);
    let expected = truth::band_pairs(&rows);
    println!("\n### {count} signatures of 128 lanes to the pairs that share one of 16 bands\n");
    println!("All of them find the same {} pairs.", expected.len());
    let mut able = Vec::new();
    for peer in peers {
        match answers::lsh(&**peer, &rows, &expected) {
            Some(_) => able.push(peer),
            None => println!("{} has none.", peer.id()),
        }
    }
    let mut contenders: Vec<Contender<'_>> = able
        .iter()
        .map(|peer| {
            let run = || timed::<Found>(peer.lsh(&rows).expect("it has the stage"));
            Box::new(run) as Contender<'_>
        })
        .collect();
    let measured = interleave(rounds(), &mut contenders);
    let ids: Vec<&str> = able.iter().map(|peer| peer.id()).collect();
    table("build and all pairs", "ms", 1e3, &ids, &measured);
}

/// A row a contender; the first is wirecopy.
fn table(title: &str, unit: &str, scale: f64, ids: &[&str], measured: &Rounds) {
    println!("\n| {title} | {unit}, median (quartiles) | × wirecopy's time (quartiles) |");
    println!("|---|---|---|");
    for (place, id) in ids.iter().enumerate() {
        let time = measured.seconds(place);
        let [lower, median, upper] =
            [time.lower, time.median, time.upper].map(|seconds| significant(seconds * scale));
        println!("| {id} | {median} ({lower}–{upper}) | {} |", measured.ratio(place, 0));
    }
}
