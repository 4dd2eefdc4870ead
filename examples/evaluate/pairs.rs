//! `pairs`: judged pairs of articles → is a copy found, is reuse found, is the kind right.

use crate::engine::{Answer, kind_name};
use crate::rows::{self, Row};
use crate::{Failure, figures};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use wirecopy::eval::{self, Confusion, Score};
use wirecopy::links::{Link, Links};
use wirecopy::{ArticleSet, Granularity};

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
    let all: Vec<&Row> = rows.iter().collect();
    list_wrong(&all, &answer)?;
    let mut value = score(&all, &answer)?;
    for half in [0, 1] {
        let of_half =
            |row: &&Row| Ok(eval::half(&[row.required("a")?, row.required("b")?]) == half);
        let kept: Result<Vec<bool>, Failure> = all.iter().map(of_half).collect();
        let rows: Vec<&Row> =
            all.iter().zip(kept?).filter(|(_, keep)| *keep).map(|(row, _)| *row).collect();
        value[format!("half_{half}")] = score(&rows, &answer)?;
    }
    figures::print(&format!("pairs of {}", pairs.display()), &value);
    Ok(value)
}

/// The wrong pairs of half 0, to learn from; those of half 1 stay unseen, so that it can be reported on.
fn list_wrong(rows: &[&Row], answer: &Answer) -> Result<(), Failure> {
    for row in rows {
        let (a, b) = (row.required("a")?, row.required("b")?);
        let (kind, also) = accepted(row)?;
        let link = answer.link(a, b);
        let predicted = link.map_or("none", |link| kind_name(link.kind));
        let right = kind == predicted || also.iter().any(|kind| kind == predicted);
        if !right && eval::half(&[a, b]) == 0 {
            let rule = link.map_or("", |link| link.explanation.rule);
            say!("  {a} {b}: {predicted} {rule} (judged {kind})");
        }
    }
    Ok(())
}

fn is_copy(kind: &str) -> bool {
    matches!(kind, "copy" | "update")
}

fn is_reuse(kind: &str) -> bool {
    matches!(kind, "copy" | "update" | "partial")
}

/// The judged pairs with the predictions of links that are found by `link_of`.
fn judge<'l>(
    rows: &[&Row],
    link_of: impl Fn(&str, &str) -> Option<&'l Link>,
    confusion: &mut Confusion<String>,
) -> Result<Vec<Judged>, Failure> {
    let mut judged = Vec::new();
    for (row, group) in rows.iter().zip(groups(rows)?) {
        let (a, b) = (row.required("a")?, row.required("b")?);
        let (kind, also) = accepted(row)?;
        let predicted = link_of(a, b).map_or("none", |link| kind_name(link.kind));
        let gold = confusion.add(kind, &also, predicted.to_owned());
        judged.push(Judged { gold, predicted, group });
    }
    Ok(judged)
}

/// Copy and reuse F1 and the accuracy of kinds of other links of the same set.
pub(crate) fn figures_of(
    rows: &[Row],
    set: &ArticleSet,
    links: &Links,
) -> Result<[(&'static str, f64); 3], Failure> {
    let place: BTreeMap<&str, usize> = set
        .articles()
        .iter()
        .enumerate()
        .map(|(at, article)| (article.id().as_str(), at))
        .collect();
    let link_of = |a: &str, b: &str| {
        let (a, b) = (*place.get(a)?, *place.get(b)?);
        let pair = (a.min(b), a.max(b));
        let at = links.links.binary_search_by_key(&pair, |link| (link.a, link.b)).ok()?;
        links.links.get(at)
    };
    let rows: Vec<&Row> = rows.iter().collect();
    let judged = judge(&rows, link_of, &mut Confusion::new())?;
    let f1 = |class: fn(&str) -> bool| {
        let sum = counts(&judged, class).iter().fold([0.0; 3], |mut sum, part| {
            sum.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
            sum
        });
        Score::of_counts(&sum).f1
    };
    let right = judged.iter().filter(|it| it.gold == it.predicted).count();
    let accuracy = right as f64 / judged.len().max(1) as f64;
    Ok([("copy or update F1", f1(is_copy)), ("reuse F1", f1(is_reuse)), ("kinds right", accuracy)])
}

fn score(rows: &[&Row], answer: &Answer) -> Result<Value, Failure> {
    for row in rows {
        for id in [row.required("a")?, row.required("b")?] {
            answer
                .index(id)
                .ok_or_else(|| format!("{id} is judged, but in none of the documents"))?;
        }
    }
    let mut confusion: Confusion<String> = Confusion::new();
    let judged = judge(rows, |a, b| answer.link(a, b), &mut confusion)?;
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
        "copy": figures::score(&counts(&judged, is_copy), Score::of_counts),
        "reuse": figures::score(&counts(&judged, is_reuse), Score::of_counts),
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
fn groups(rows: &[&Row]) -> Result<Vec<usize>, Failure> {
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
