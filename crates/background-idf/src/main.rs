//! `background-idf DATA_DIRECTORY TABLES_DIRECTORY`: computes the document frequencies that
//! wirecopy ships.
//!
//! DATA_DIRECTORY holds the collections named in [`tables`]; TABLES_DIRECTORY is
//! `src/language/background`. What comes out are hashes of stems and numbers, no text. The README
//! there says which documents are counted, and why not others.

mod count;
mod tables;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [data, tables] = arguments.as_slice() else {
        eprintln!("usage: background-idf DATA_DIRECTORY TABLES_DIRECTORY");
        return ExitCode::FAILURE;
    };
    match tables::write_all(Path::new(data), Path::new(tables)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("background-idf: {error}");
            ExitCode::FAILURE
        }
    }
}
