//! Replays every file of `corpus/<target>/` on stable, where no fuzzer runs.

use std::fs;
use std::path::Path;

#[test]
fn every_corpus_file_passes_its_target() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (name, run) in wirecopy_fuzz::TARGETS {
        let directory = root.join("corpus").join(name);
        let entries = fs::read_dir(&directory)
            .unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
        let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        assert!(!files.is_empty(), "{} has no seed", directory.display());
        for file in files {
            // The name shows up in the captured output of a failing run.
            println!("{}", file.display());
            run(&fs::read(&file).unwrap());
        }
    }
}

#[test]
fn every_target_has_a_body_and_every_body_a_target() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut on_disk: Vec<_> = fs::read_dir(root.join("fuzz_targets"))
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    on_disk.sort();
    let listed: Vec<_> = wirecopy_fuzz::TARGETS.iter().map(|(name, _)| *name).collect();
    assert_eq!(on_disk, listed);
}
