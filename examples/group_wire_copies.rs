//! The main job: a directory of saved news pages in, and out: which articles are in them, which carry one dispatch,
//! which passages were reused and where, and which articles tell the same story.
//!
//! ```sh
//! cargo run --release --example group_wire_copies                  # the seed corpus of the project
//! cargo run --release --example group_wire_copies -- DIRECTORY     # your own saved pages (*.txt)
//! cargo run --release --example group_wire_copies -- --json        # the whole report, for programs
//! ```

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use wirecopy::report::ReportContext;

struct Arguments {
    directory: PathBuf,
    json: bool,
}

fn arguments() -> Result<Arguments, String> {
    let mut arguments = Arguments { directory: default_directory(), json: false };
    for argument in std::env::args_os().skip(1) {
        match argument.to_str() {
            Some("--json") => arguments.json = true,
            Some(option) if option.starts_with("--") => {
                return Err(format!("unknown option {option}; expected [DIRECTORY] [--json]"));
            }
            _ => arguments.directory = argument.into(),
        }
    }
    Ok(arguments)
}

/// The seed corpus, wherever the command is run from.
fn default_directory() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("seeds/pages")
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn std::error::Error>> {
    // Pages to articles. A page that cannot be read is a failure that names it; the others go on.
    let reading = wirecopy::page::read_dir(&arguments.directory)?;

    // Articles to links, dispatches and stories.
    let grouping = wirecopy::group(&reading.articles)?;

    // The answer, for people or for programs.
    let context = ReportContext::new().with_failures(reading.failures);
    let report = grouping.report_with(context);
    let mut out = io::stdout().lock();
    if arguments.json {
        serde_json::to_writer_pretty(&mut out, &report)?;
        writeln!(out)?;
    } else {
        write!(out, "{report}")?;
    }
    Ok(())
}

fn main() -> ExitCode {
    match arguments().map_err(Into::into).and_then(|arguments| run(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        // A reader that has seen enough (`| head`) closes the pipe; that is no failure.
        Err(error) if is_broken_pipe(error.as_ref()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn is_broken_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    let io_kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
    let json_kind =
        error.downcast_ref::<serde_json::Error>().and_then(|error| error.io_error_kind());
    io_kind.or(json_kind) == Some(io::ErrorKind::BrokenPipe)
}
