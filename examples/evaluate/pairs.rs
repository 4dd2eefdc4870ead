//! `pairs`: judged pairs of articles → is a copy found, is reuse found, is the kind right.

use crate::engine::{Answer, kind_name};
use crate::rows::{self, Row};
use crate::{Failure, figures};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use wirecopy::Granularity;
use wirecopy::eval::{Confusion, Score};

/// A pair, its gold kind as it is counted, and the predicted kind.
struct Judged {
    gold: String,
    predicted: &'static str,
    group: usize,
}

pub(crate) fn evaluate(pairs: &Path, documents: &[&Path]) -> Result<Value, Failure> {
    let rows = rows::read(pairs)?;
    let mut articles = Vec::new();
    for path in documents {
        articles.extend(rows::articles(&rows::read(path)?)?);
    }
    let answer = Answer::of(&articles, Granularity::Story)?;
    let value = score(&rows, &answer)?;
    figures::print(&format!("pairs of {}", pairs.display()), &value);
    Ok(value)
}

fn score(rows: &[Row], answer: &Answer) -> Result<Value, Failure> {
    let mut confusion: Confusion<String> = Confusion::new();
    let mut judged = Vec::new();
    for (row, group) in rows.iter().zip(groups(rows)?) {
        let (a, b) = (row.required("a")?, row.required("b")?);
        for id in [a, b] {
            answer
                .index(id)
                .ok_or_else(|| format!("{id} is judged, but in none of the documents"))?;
        }
        let (kind, also) = accepted(row)?;
        let predicted = answer.link(a, b).map_or("none", |link| kind_name(link.kind));
        let gold = confusion.add(kind.clone(), &also, predicted.to_owned());
        if gold != predicted {
            let rule = answer.link(a, b).map_or("", |link| link.explanation.rule);
            say!("  {a} {b}: {predicted} {rule} (judged {kind})");
        }
        judged.push(Judged { gold, predicted, group });
    }
    let copy = |kind: &str| matches!(kind, "copy" | "update");
    let reuse = |kind: &str| matches!(kind, "copy" | "update" | "partial");
    let right: Vec<[f64; 2]> = by_group(&judged, |it| [flag(it.gold == it.predicted), 1.0]);
    let mut kinds = Map::new();
    figures::put_share(&mut kinds, "accuracy", &right);
    let mut matrix: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (gold, predicted, count) in confusion.iter() {
        matrix.entry(gold).or_default().insert(predicted, count);
    }
    kinds.insert("confusion".to_owned(), json!(matrix));
    let mut by_kind = Map::new();
    for kind in confusion.kinds() {
        let of_kind = |it: &str| it == kind;
        by_kind.insert(kind.clone(), figures::score(&counts(&judged, of_kind), Score::of_counts));
    }
    kinds.insert("by_kind".to_owned(), Value::Object(by_kind));
    Ok(json!({
        "pairs": judged.len(),
        "copy": figures::score(&counts(&judged, copy), Score::of_counts),
        "reuse": figures::score(&counts(&judged, reuse), Score::of_counts),
        "kinds": kinds,
    }))
}

/// The judged kind and the others that count as right. `minor` is background or quotation.
fn accepted(row: &Row) -> Result<(String, Vec<String>), Failure> {
    let kind = row.text("kind").map_or_else(|| row.required("label"), Ok)?;
    let mut also: Vec<String> = row.list("also").into_iter().map(str::to_owned).collect();
    if also.iter().any(|kind| kind == "minor") || kind == "minor" {
        also.extend(["background", "quotation"].map(str::to_owned));
    }
    Ok((if kind == "minor" { "background" } else { kind }.to_owned(), also))
}

/// For each group: right, predicted and gold pairs of a class of kinds.
fn counts(judged: &[Judged], class: impl Fn(&str) -> bool) -> Vec<[f64; 3]> {
    by_group(judged, |it| {
        let (gold, predicted) = (class(&it.gold), class(it.predicted));
        [flag(gold && predicted), flag(predicted), flag(gold)]
    })
}

fn flag(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

fn by_group<const N: usize>(judged: &[Judged], of: impl Fn(&Judged) -> [f64; N]) -> Vec<[f64; N]> {
    let mut sums: BTreeMap<usize, [f64; N]> = BTreeMap::new();
    for it in judged {
        let sum = sums.entry(it.group).or_insert([0.0; N]);
        sum.iter_mut().zip(of(it)).for_each(|(sum, value)| *sum += value);
    }
    sums.into_values().collect()
}

/// A group for each pair: pairs that share an article, directly or through others, are not independent.
fn groups(rows: &[Row]) -> Result<Vec<usize>, Failure> {
    let mut of_article: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, row) in rows.iter().enumerate() {
        let pair = [row.required("a")?, row.required("b")?];
        let joined: BTreeSet<usize> =
            pair.iter().filter_map(|id| of_article.get(id).copied()).collect();
        let group = joined.first().copied().unwrap_or(number);
        of_article.values_mut().filter(|old| joined.contains(old)).for_each(|old| *old = group);
        of_article.extend(pair.map(|id| (id, group)));
    }
    rows.iter().map(|row| Ok(of_article[row.required("a")?])).collect()
}
