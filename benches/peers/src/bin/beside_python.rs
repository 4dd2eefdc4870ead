//! wirecopy's side of `benches/python`: writes the inputs that both sides read, and times itself
//! when it is told to, so that neither the start of a process nor the reading of a file counts.
//!
//! `beside_python write DIR SIGNATURES TEXTS` writes the inputs. `beside_python serve DIR` then reads
//! a command a line and answers with a line of JSON:
//!
//! | command | does | answer |
//! |---|---|---|
//! | `sketch SIZE REPEATS` | signatures of the sets of SIZE hashes | `{"seconds": s}`, of one run |
//! | `lsh` | signatures to pairs that share a band | the same |
//! | `whole_job` | texts to verified pairs | the same |
//! | `lanes SIZE FILE`, `lsh_flags FILE`, `whole_job_flags FILE` | writes the answer | `{}` |

use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use minhash_lsh::{Banding, Scheme, SignatureMatrix, Sketcher};
use wirecopy_peers::measure::timed;
use wirecopy_peers::peer::{Pair, Peer};
use wirecopy_peers::peers::Wirecopy;
use wirecopy_peers::truth::Similar;
use wirecopy_peers::{BANDS, K, ROWS, input};

/// Hashes a set, as in the table of rensa's figures.
const SIZES: [usize; 4] = [20, 100, 650, 2000];
/// Hashes of the sets whose signatures the LSH stage gets: few, because a million sets are kept.
const LSH_SIZE: usize = 32;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["write", directory, signatures, texts] => {
            write(Path::new(directory), signatures.parse()?, texts.parse()?)
        }
        ["serve", directory] => serve(Path::new(directory)),
        _ => Err("usage: beside_python write DIR SIGNATURES TEXTS | serve DIR".into()),
    }
}

/// The directory of all inputs: `NAME.hashes` and `NAME.offsets`, little-endian u64 one after the
/// other, the texts parted by NUL, and `NAME.truth` with a line "a b jaccard" a similar pair.
fn write(directory: &Path, signatures: usize, texts: usize) -> Outcome<()> {
    for size in SIZES {
        let (sets, truth) = input::paired_sets((100_000 / size).max(400), size, 7);
        write_sets(directory, &size.to_string(), &sets, &truth)?;
    }
    let (sets, truth) = input::scattered_sets(signatures, LSH_SIZE, 5);
    write_sets(directory, "lsh", &sets, &truth)?;
    let input = input::Texts::new(texts);
    fs::write(directory.join("texts"), input.texts.join("\0"))?;
    write_truth(directory, "texts", &input.truth)
}

fn write_sets(directory: &Path, name: &str, sets: &[Vec<u64>], truth: &[Similar]) -> Outcome<()> {
    let mut offsets = vec![0_u64];
    offsets.extend(sets.iter().scan(0, |end, set| {
        *end += set.len() as u64;
        Some(*end)
    }));
    let bytes = |numbers: &mut dyn Iterator<Item = u64>| -> Vec<u8> {
        numbers.flat_map(u64::to_le_bytes).collect()
    };
    let hashes = bytes(&mut sets.iter().flatten().copied());
    fs::write(directory.join(format!("{name}.hashes")), hashes)?;
    fs::write(directory.join(format!("{name}.offsets")), bytes(&mut offsets.into_iter()))?;
    write_truth(directory, name, truth)
}

fn write_truth(directory: &Path, name: &str, truth: &[Similar]) -> Outcome<()> {
    let mut lines = String::new();
    for Similar { pair: (a, b), jaccard } in truth {
        writeln!(lines, "{a} {b} {jaccard}")?;
    }
    Ok(fs::write(directory.join(format!("{name}.truth")), lines)?)
}

fn read_numbers(path: PathBuf) -> Outcome<Vec<u64>> {
    let bytes = fs::read(path)?;
    Ok(bytes.as_chunks().0.iter().map(|&chunk| u64::from_le_bytes(chunk)).collect())
}

fn read_sets(directory: &Path, name: &str) -> Outcome<Vec<Vec<u64>>> {
    let hashes = read_numbers(directory.join(format!("{name}.hashes")))?;
    let offsets = read_numbers(directory.join(format!("{name}.offsets")))?;
    let set = |ends: &[u64]| hashes[ends[0] as usize..ends[1] as usize].to_vec();
    Ok(offsets.windows(2).map(set).collect())
}

/// What the commands work on.
struct Inputs {
    sets: Vec<(usize, Vec<Vec<u64>>)>,
    signatures: SignatureMatrix,
    texts: String,
    sketcher: Sketcher,
    banding: Banding,
}

fn serve(directory: &Path) -> Outcome<()> {
    let sketcher = Sketcher::new(Scheme::new(K)?);
    let sets = SIZES
        .iter()
        .map(|&size| Ok((size, read_sets(directory, &size.to_string())?)))
        .collect::<Outcome<Vec<_>>>()?;
    let signatures = sketcher.sketch_all(&read_sets(directory, "lsh")?);
    let texts = fs::read_to_string(directory.join("texts"))?;
    let banding = Banding::new(BANDS, ROWS)?;
    let inputs = Inputs { sets, signatures, texts, sketcher, banding };
    let texts: Vec<&str> = inputs.texts.split('\0').collect();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let words: Vec<&str> = line.split(' ').collect();
        let seconds = inputs.answer(&words, &texts)?;
        match seconds {
            Some(seconds) => println!("{{\"seconds\": {:e}}}", seconds.as_secs_f64()),
            None => println!("{{}}"),
        }
        io::stdout().flush()?;
    }
    Ok(())
}

impl Inputs {
    fn answer(&self, command: &[&str], texts: &[&str]) -> Outcome<Option<Duration>> {
        match *command {
            ["sketch", size, repeats] => {
                let (sets, repeats) = (self.sets(size)?, repeats.parse::<u32>()?.max(1));
                let total: Duration =
                    (0..repeats).map(|_| timed(|| self.sketcher.sketch_all(sets))).sum();
                Ok(Some(total / repeats))
            }
            ["lsh"] => Ok(Some(timed(|| self.banding.candidate_pairs(&self.signatures)))),
            ["whole_job"] => {
                let job = Wirecopy::default().whole_job(texts).ok_or("no whole job")?;
                Ok(Some(timed(job)))
            }
            ["lanes", size, file] => {
                let matrix = self.sketcher.sketch_all(self.sets(size)?);
                let bytes = matrix.lanes().iter().flat_map(|lane| lane.to_le_bytes());
                fs::write(file, bytes.collect::<Vec<u8>>())?;
                Ok(None)
            }
            ["lsh_flags", file] => {
                let found = self.banding.candidate_pairs(&self.signatures)?;
                write_flags(file, self.signatures.len(), found.pairs())
            }
            ["whole_job_flags", file] => {
                let job = Wirecopy::default().whole_job(texts).ok_or("no whole job")?;
                write_flags(file, texts.len(), &job().pairs)
            }
            _ => Err(format!("no command: {}", command.join(" ")).into()),
        }
    }

    fn sets(&self, size: &str) -> Outcome<&[Vec<u64>]> {
        let size: usize = size.parse()?;
        let found = self.sets.iter().find(|(other, _)| *other == size);
        Ok(&found.ok_or("no sets of that size")?.1)
    }
}

/// A byte a row: 1 where it is in a pair, which is all that the Python libraries tell.
fn write_flags(file: &str, rows: usize, pairs: &[Pair]) -> Outcome<Option<Duration>> {
    let mut flags = vec![0_u8; rows];
    for &(a, b) in pairs {
        flags[a as usize] = 1;
        flags[b as usize] = 1;
    }
    fs::write(file, flags)?;
    Ok(None)
}
