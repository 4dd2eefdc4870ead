//! The articles that pages are composed of.

use super::spanish;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// An article without furniture, credits and datelines of its own, as far as its source lets us know.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) lang: String,
    pub(crate) title: String,
    pub(crate) paragraphs: Vec<String>,
    /// Nothing in it names an agency: what the reader finds was planted.
    pub(crate) unsigned: bool,
}

/// The articles of one half of the seed corpus, and of the Spanish ones.
pub(crate) fn seeds(half: usize) -> Vec<Source> {
    let (root, expected) = read_expected();
    let mut furniture: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for page in expected["furniture"].as_array().unwrap() {
        let lines = furniture.entry(page["file"].as_str().unwrap()).or_default();
        for range in page["lines"].as_array().unwrap() {
            lines.extend(range[0].as_u64().unwrap()..=range[1].as_u64().unwrap());
        }
    }
    let mut found: Vec<Source> = Vec::new();
    let mut by_language: BTreeMap<String, usize> = BTreeMap::new();
    for article in expected["articles"].as_array().unwrap() {
        let id = article["id"].as_str().unwrap();
        let file = id.rsplit_once('#').unwrap().0;
        // Hard-wrapped, live, made of dispatches, of one line: no body to join with others.
        let odd = ["bulletin-batelier", "direct-seisme", "revue-des-depeches", "une-ligne"];
        if odd.iter().any(|name| file.contains(name)) {
            continue;
        }
        let text = std::fs::read_to_string(root.join(file)).unwrap();
        let (start, end) =
            (article["start_line"].as_u64().unwrap(), article["end_line"].as_u64().unwrap());
        let title = article["title"].as_str().unwrap_or_default().to_owned();
        let own = furniture.get(file);
        let paragraphs: Vec<String> = text
            .split('\n')
            .zip(1_u64..)
            .filter(|(_, number)| {
                (start + 1..=end).contains(number)
                    && !own.is_some_and(|lines| lines.contains(number))
            })
            .map(|(line, _)| line.trim().to_owned())
            .filter(|line| is_sentence(line) && *line != title)
            .collect();
        let none = |field: &str| article[field].as_array().is_none_or(Vec::is_empty);
        let unsigned = none("agency") && none("photo_credit") && none("attributed");
        let lang = article["language"].as_str().unwrap().to_owned();
        if title.is_empty() || paragraphs.len() < 2 {
            continue;
        }
        let count = by_language.entry(lang.clone()).or_default();
        *count += 1;
        if *count % 2 == half {
            found.push(Source { lang, title, paragraphs, unsigned });
        }
    }
    found.extend(spanish::ARTICLES.iter().enumerate().filter(|(at, _)| at % 2 == half).map(
        |(_, article)| Source {
            lang: "es".to_owned(),
            title: article[0].to_owned(),
            paragraphs: article[1..].iter().map(|line| (*line).to_owned()).collect(),
            unsigned: true,
        },
    ));
    found
}

/// The folder of the seed corpus and what is expected of it.
pub(crate) fn read_expected() -> (PathBuf, Value) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let bytes = std::fs::read(root.join("expected.json")).unwrap();
    let expected = serde_json::from_slice(&bytes).unwrap();
    (root, expected)
}

fn is_sentence(line: &str) -> bool {
    line.chars().count() >= 40
        && !line.starts_with(['•', '-', '–', '©', '（', '('])
        && line
            .trim_end_matches(['"', '»', '」', '“', ' '])
            .ends_with(['.', '!', '?', '。', '…', ':'])
}

/// The articles of one half of a file of labelled press, one JSON object a line.
pub(crate) fn press(rows: &[Value], half: usize) -> Vec<Source> {
    let mut found = Vec::new();
    for (number, row) in rows.iter().enumerate().filter(|(number, _)| number % 2 == half) {
        let title = row["title"].as_str().unwrap_or_default().trim().to_owned();
        let mut paragraphs: Vec<String> =
            row["heading"].as_str().into_iter().map(str::to_owned).collect();
        let body = row["text"].as_str().unwrap_or_default();
        let pieces: Vec<&str> =
            body.split('\n').map(str::trim).filter(|piece| !piece.is_empty()).collect();
        let words = body.split_whitespace().count();
        if pieces.len() == 1 {
            // A body saved as one line is cut into paragraphs of three sentences for half of the articles.
            if number % 4 < 2 {
                let sentences: Vec<&str> = body.split_inclusive(". ").collect();
                paragraphs
                    .extend(sentences.chunks(3).map(|chunk| chunk.concat().trim().to_owned()));
            } else {
                paragraphs.push(body.trim().to_owned());
            }
        } else {
            paragraphs.extend(
                pieces.iter().filter(|piece| **piece != title).map(|piece| (*piece).to_owned()),
            );
        }
        paragraphs.retain(|piece| !piece.is_empty());
        let title_words = title.split_whitespace().count();
        if (120..=900).contains(&words)
            && (5..=25).contains(&title_words)
            && !title.contains('\n')
            && !paragraphs.is_empty()
        {
            let lang = row["lang"].as_str().unwrap_or("fr").to_owned();
            found.push(Source { lang, title, paragraphs, unsigned: false });
        }
    }
    found
}
