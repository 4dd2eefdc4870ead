//! The library against an independent plain-Python reading of docs/tokenisation.md.
//!
//! The committed goldens are compared everywhere; the scripts themselves run where `python3` has
//! the Unicode version of the specification, and say so where it has not.

#![expect(clippy::unwrap_used, reason = "a golden that cannot be read has to fail its test")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use wirecopy::text::{TextScheme, TokenShape, TokenisedText, for_each_token};

fn oracle() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/tokenisation")
}

/// Runs a script of the oracle; `None` when there is no suitable Python.
fn python(script: &str, arguments: &[&str]) -> Option<String> {
    let version = "import unicodedata; print(unicodedata.unidata_version)";
    let found = Command::new("python3").args(["-c", version]).output().ok()?;
    if String::from_utf8_lossy(&found.stdout).trim() != "14.0.0" {
        eprintln!("skipped: python3 has not Unicode 14.0.0");
        return None;
    }
    let output =
        Command::new("python3").arg(oracle().join(script)).args(arguments).output().ok()?;
    assert!(output.status.success(), "{script}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).expect("the oracle prints ASCII"))
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' => write!(out, "\\u{{5c}}").unwrap(),
            ' '..='~' => out.push(c),
            _ => write!(out, "\\u{{{:x}}}", u32::from(c)).unwrap(),
        }
    }
    out
}

fn unescaped(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\\u{") {
        let (number, tail) = after.split_once('}').expect("an escape is closed");
        out.push_str(before);
        out.push(char::from_u32(u32::from_str_radix(number, 16).unwrap()).unwrap());
        rest = tail;
    }
    out + rest
}

fn letters(shape: TokenShape) -> String {
    let all = [
        ('C', shape.is_capitalised()),
        ('U', shape.is_uppercase()),
        ('D', shape.has_digit()),
        ('S', shape.starts_sentence()),
        ('H', shape.is_character()),
    ];
    let set: String = all.iter().filter(|(_, holds)| *holds).map(|(letter, _)| letter).collect();
    if set.is_empty() { "-".to_owned() } else { set }
}

/// The library's answer in the form of a golden.
fn golden(text: &str, scheme: &TextScheme) -> String {
    let kept = if scheme.keeps_accents() { "kept" } else { "dropped" };
    let mut out = format!("text {}\nscheme {} {kept}\n", escaped(text), scheme.shingle_words());
    let tokenised = TokenisedText::of_text(text, scheme).unwrap();
    let mut tokens = tokenised.tokens().iter();
    for_each_token(text, scheme, |folded, t| {
        assert_eq!(Some(&t), tokens.next(), "both ways to read a text agree");
        let (shape, folded) = (letters(t.shape), escaped(folded));
        writeln!(out, "token {:016x} {} {} {shape} {folded}", t.hash, t.start, t.end).unwrap();
    })
    .unwrap();
    assert_eq!(tokens.next(), None);
    for shingle in tokenised.shingles() {
        writeln!(out, "shingle {shingle:016x}").unwrap();
    }
    out
}

/// Compares every text of a file of goldens; returns how many there were.
fn assert_goldens(goldens: &str) -> usize {
    let mut count = 0;
    for expected in format!("\n{}", goldens.trim_end()).split("\ntext ").skip(1) {
        let mut lines = expected.lines();
        let text = unescaped(lines.next().unwrap());
        let mut words = lines.next().unwrap().split(' ').skip(1);
        let width = words.next().unwrap().parse().unwrap();
        let keep = words.next() == Some("kept");
        let scheme = TextScheme::default().with_shingle_words(width).unwrap().keep_accents(keep);
        assert_eq!(golden(&text, &scheme), format!("text {expected}\n"));
        count += 1;
    }
    count
}

#[test]
fn the_samples_read_as_the_independent_reading_reads_them() {
    let goldens = std::fs::read_to_string(oracle().join("goldens.txt")).unwrap();
    assert!(assert_goldens(&goldens) >= 60);
}

#[test]
fn the_goldens_are_what_the_reading_prints() {
    if let Some(printed) = python("reading.py", &["--goldens"]) {
        let goldens = std::fs::read_to_string(oracle().join("goldens.txt")).unwrap();
        assert_eq!(printed, goldens);
    }
}

#[test]
fn random_texts_read_as_the_independent_reading_reads_them() {
    for seed in ["1", "2"] {
        if let Some(goldens) = python("reading.py", &["--random", seed, "4000"]) {
            assert_eq!(assert_goldens(&goldens), 4000);
        }
    }
}

/// All composites and all marks of the Unicode version of the specification, which no crate has.
#[test]
fn canonically_equivalent_texts_have_equal_tokens() {
    let Some(lines) = python("reading.py", &["--equivalents"]) else { return };
    assert!(lines.lines().count() > 6000);
    for scheme in [TextScheme::default(), TextScheme::default().keep_accents(true)] {
        for line in lines.lines() {
            let read = |text: &str| -> Vec<_> {
                let read = TokenisedText::of_text(&unescaped(text), &scheme).unwrap();
                read.tokens().iter().map(|t| (t.hash, t.shape)).collect()
            };
            let mut texts = line.split('\t').map(read);
            let first = texts.next().unwrap();
            assert!(texts.all(|other| other == first), "{line}");
        }
    }
}

#[test]
fn the_tables_are_what_the_generator_writes() {
    python("generate_tables.py", &["--check"]);
}

#[test]
fn the_digest_of_a_scheme_is_the_documented_construction() {
    for scheme in [TextScheme::default(), TextScheme::default().keep_accents(true)] {
        let digest: String = scheme.digest().iter().map(|byte| format!("{byte:02x}")).collect();
        if let Some(printed) = python("reading.py", &["--digest", &scheme.to_string()]) {
            assert_eq!(printed.trim(), digest, "{scheme}");
        }
    }
}

/// Every known answer of docs/tokenisation.md, §4, read from the page itself.
#[test]
fn the_known_answers_of_the_specification_hold() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tokenisation.md");
    let page = std::fs::read_to_string(page).unwrap();
    let mut seen = 0;
    for line in page.lines().filter_map(|line| line.strip_prefix("| `")) {
        let mut cells = line.split('`');
        let text = unescaped(cells.next().unwrap());
        let answer = cells.nth(1).unwrap();
        let tokenised = TokenisedText::of_text(&text, &TextScheme::default()).unwrap();
        let hash = match tokenised.tokens() {
            [token] if !line.contains("shingle") => token.hash,
            _ => tokenised.shingles()[0],
        };
        assert_eq!(format!("{hash:016x}"), answer, "{text}");
        seen += 1;
    }
    assert_eq!(seen, 9);
    let scheme = TextScheme::default();
    assert!(page.contains(&format!("    {scheme}\n")), "the page lacks {scheme}");
    let digest: String = scheme.digest().iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(page.contains(&digest), "the page lacks {digest}");
}
