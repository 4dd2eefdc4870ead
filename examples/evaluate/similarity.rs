//! `similarity`: pairs of texts with a reader's scale → Pearson's correlation of the story similarity with it.
//!
//! Rows have `text1, text2, overall` (1 one story, 4 another), and where known `lang1, lang2, split`. Pairs of two languages are
//! left out: translations are invisible to a score of shared words.

use crate::rows::{self, Row};
use crate::{Failure, figures};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use wirecopy::dispatches::Dispatches;
use wirecopy::eval::{Bootstrap, pearson_of, pearson_parts};
use wirecopy::language::Language;
use wirecopy::links::{LinkConfig, find_links};
use wirecopy::stories::similarities;
use wirecopy::{Article, ArticleSet};

/// Languages with fewer pairs are in no mean: their figures are noise.
const FEWEST_PAIRS: usize = 50;

pub(crate) fn evaluate(path: &Path) -> Result<Value, Failure> {
    let rows = rows::read(path)?;
    let mut by_split: BTreeMap<&str, BTreeMap<&str, Vec<&Row>>> = BTreeMap::new();
    for row in &rows {
        let languages = (row.text("lang1").unwrap_or(""), row.text("lang2").unwrap_or(""));
        if languages.0 == languages.1 {
            let split = by_split.entry(row.text("split").unwrap_or("all")).or_default();
            split.entry(languages.0).or_default().push(row);
        }
    }
    let mut object = Map::new();
    for (split, by_language) in by_split {
        let mut scores = Map::new();
        let mut pooled = Vec::new();
        for (language, rows) in by_language {
            let pairs = score(&rows, language)?;
            if rows.len() >= FEWEST_PAIRS {
                pooled.extend(&pairs);
            }
            scores.insert(language.to_owned(), correlation(&pairs));
        }
        scores.insert("all".to_owned(), correlation(&pooled));
        object.insert(split.to_owned(), Value::Object(scores));
    }
    let value = Value::Object(object);
    figures::print(&format!("similarity of {}", path.display()), &value);
    Ok(value)
}

/// The similarity of each pair beside the reader's, the larger the more alike.
fn score(rows: &[&Row], language: &str) -> Result<Vec<(f64, f64)>, Failure> {
    let mut articles = Vec::with_capacity(2 * rows.len());
    for (number, row) in rows.iter().enumerate() {
        for field in ["text1", "text2"] {
            let article = Article::new(format!("{number:06} {field}"), row.required(field)?)?;
            articles.push(match Language::new(language) {
                Some(language) => article.with_language(language),
                None => article,
            });
        }
    }
    let set = ArticleSet::new(&articles, Default::default())?;
    let links = find_links(&set, &LinkConfig::new())?;
    let pairs: Vec<(usize, usize)> = (0..rows.len()).map(|at| (2 * at, 2 * at + 1)).collect();
    let ours = similarities(&set, &links, &Dispatches::default(), &pairs)?;
    let theirs = rows.iter().map(|row| row.number("overall"));
    ours.iter().zip(theirs).map(|(ours, theirs)| Ok((ours.get(), -theirs?))).collect()
}

fn correlation(pairs: &[(f64, f64)]) -> Value {
    let mut object = Map::new();
    object.insert("pairs".to_owned(), json!(pairs.len()));
    let parts = pearson_parts(pairs);
    let whole = wirecopy::eval::pearson(pairs);
    if let (Some(r), Some(interval)) = (whole, Bootstrap::default().interval(&parts, pearson_of)) {
        figures::put(&mut object, "pearson", r, interval);
    }
    Value::Object(object)
}
