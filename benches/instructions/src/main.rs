//! Runs one hot kernel on fixed input, for `benches/instructions/check.py` to count its instructions with callgrind.
//!
//! Wall time on a shared machine varies by more than a regression that matters; the number of instructions of one
//! kernel, compiler and input hardly varies at all.
//!
//! ```sh
//! instructions list              # the names of the cases, one a line
//! instructions kernel            # the kernel in use, which WIRECOPY_KERNEL overrides
//! instructions sketch_of_650     # one case
//! ```

mod cases;
mod text;

use std::process::ExitCode;

/// The function whose instructions are counted, those of what it calls included: `--toggle-collect='*measured_section*'`.
///
/// Never inlined, not generic and without a closure of its own, so that exactly one symbol bears the name.
#[inline(never)]
fn measured_section(work: &mut dyn FnMut() -> u64) -> u64 {
    work()
}

fn run(name: &str) -> Result<(), Box<dyn std::error::Error>> {
    let Some((_, prepare)) = cases::CASES.iter().find(|(other, _)| *other == name) else {
        return Err(format!("no case is called {name}; `instructions list` prints them").into());
    };
    let mut case = prepare()?;
    // The first run allocates, asks the CPU what it can do and fills tables: that happens once a process.
    let first = (case.work)();
    let answer = measured_section(&mut case.work);
    if first != case.expected || answer != case.expected {
        let expected = case.expected;
        return Err(format!("{name} gave {first} and {answer}, not {expected}").into());
    }
    println!("{name}: {answer}");
    Ok(())
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["list"] => cases::CASES.iter().for_each(|(name, _)| println!("{name}")),
        ["kernel"] => println!("{}", minhash_lsh::Kernel::detect()),
        [name] => {
            if let Err(error) = run(name) {
                eprintln!("{error}");
                return ExitCode::FAILURE;
            }
        }
        _ => {
            eprintln!("usage: instructions list | kernel | CASE");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
