//! `stories`: documents with a gold story each → BCubed, ARI, V-measure and pairwise scores at one granularity, beside
//! those of a baseline, and what the BCubed F1 gains over it: `gain` over the baseline at its one threshold,
//! `gain_at_its_best` over the one that suits this very set best. Their intervals draw the same gold stories of both.
//!
//! The parts of a set (`train` and `dev` where its rows say so, else `half_0` and `half_1`) have figures of their own: all
//! articles are grouped, those of the part are scored. What joins an article of the part with one outside it counts against it.

use crate::engine::Answer;
use crate::rows::{self, Row};
use crate::{Failure, baseline, figures};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use wirecopy::Granularity;
use wirecopy::eval::{
    Bootstrap, Contingency, Partition, bcubed_of, bcubed_parts, clustering, half, pairwise_of,
    pairwise_parts,
};

pub(crate) fn evaluate(path: &Path, granularity: Granularity) -> Result<Value, Failure> {
    let rows = rows::read(path)?;
    let gold = gold(&rows, granularity);
    if gold.iter().all(Option::is_none) {
        return Err(format!("{}: no row has a gold story", path.display()).into());
    }
    let articles = rows::articles(&rows)?;
    let answer = Answer::of(&articles, granularity)?;
    // Rows without a sure label are grouped like all others, and left out of the score.
    let keep = |item: usize| gold.get(item).is_some_and(Option::is_some);
    let labels = Partition::from_labels(&gold).retain(keep);
    let found = articles.iter().map(|article| answer.story(article.id().as_str()));
    let found = Partition::from_labels(found).retain(keep);
    let parts: Vec<String> = parts(&rows, &gold).into_iter().flatten().collect();
    let names: BTreeSet<&String> = parts.iter().collect();

    let mut object = Map::new();
    object.insert("documents".to_owned(), json!(labels.len()));
    object.insert("granularity".to_owned(), json!(granularity.to_string()));
    object.insert("stories".to_owned(), scores(&labels, &found)?);
    let mut of_parts = BTreeMap::new();
    for &name in names.iter().filter(|_| names.len() > 1) {
        let items = (0..labels.len()).filter(|&item| parts.get(item) == Some(name));
        let part = Part { clusters: items.map(|item| labels.cluster_of()[item]).collect() };
        of_parts.insert(name, (part.scores(&labels, &found)?, part));
    }
    match baseline::baseline(&articles, &gold)? {
        Some((default, best)) => {
            for (name, (partition, threshold)) in
                [("baseline", default), ("baseline_at_its_best", best)]
            {
                let rival = partition.retain(keep);
                let mut value = scores(&labels, &rival)?;
                value["threshold"] = json!(threshold);
                object.insert(name.to_owned(), value);
                let name = name.replace("baseline", "gain");
                put_gain(&mut object, &name, [&labels, &rival, &found], &Part::default())?;
                for (object, part) in of_parts.values_mut() {
                    put_gain(object, &name, [&labels, &rival, &found], part)?;
                }
            }
        }
        None => say!("too many documents for the baseline"),
    }
    let of_parts = of_parts.into_iter();
    object.extend(of_parts.map(|(name, (figures, _))| (name.clone(), Value::Object(figures))));
    let value = Value::Object(object);
    figures::print(&format!("stories of {}", path.display()), &value);
    Ok(value)
}

/// Gold clusters of a set; all of them where none is named.
#[derive(Default)]
struct Part {
    clusters: BTreeSet<usize>,
}

impl Part {
    /// Of sums by gold cluster those of the part.
    fn of<const N: usize>(&self, sums: Vec<[f64; N]>) -> Vec<[f64; N]> {
        let all = self.clusters.is_empty();
        let sums = sums.into_iter().enumerate();
        sums.filter(|(at, _)| all || self.clusters.contains(at)).map(|(_, sum)| sum).collect()
    }

    fn scores(&self, gold: &Partition, found: &Partition) -> Result<Map<String, Value>, Failure> {
        let table = Contingency::new(gold, found)?;
        let documents = gold.cluster_of().iter().filter(|&it| self.clusters.contains(it)).count();
        let mut stories = Map::new();
        let bcubed = figures::score(&self.of(bcubed_parts(&table)), bcubed_of);
        stories.insert("bcubed".to_owned(), bcubed);
        let pairwise = figures::score(&self.of(pairwise_parts(&table)), pairwise_of);
        stories.insert("pairwise".to_owned(), pairwise);
        stories.insert("gold".to_owned(), json!(self.clusters.len()));
        let mut object = Map::new();
        object.insert("documents".to_owned(), json!(documents));
        object.insert("stories".to_owned(), Value::Object(stories));
        Ok(object)
    }
}

/// What the BCubed F1 of the last partition is above that of the one before, on a part of the first.
fn put_gain(
    object: &mut Map<String, Value>,
    name: &str,
    [gold, rival, found]: [&Partition; 3],
    part: &Part,
) -> Result<(), Failure> {
    let parts = |of: &Partition| -> Result<Vec<[f64; 3]>, Failure> {
        Ok(part.of(bcubed_parts(&Contingency::new(gold, of)?)))
    };
    let f1 = |sum: &[f64; 3]| Some(bcubed_of(sum).f1);
    let (rival, found) = (parts(rival)?, parts(found)?);
    if let Some(interval) = Bootstrap::default().gain(&rival, &found, f1)? {
        let whole = |parts: &[[f64; 3]]| {
            let sum =
                parts.iter().fold([0.0; 3], |sum, part| [0, 1, 2].map(|at| sum[at] + part[at]));
            bcubed_of(&sum).f1
        };
        figures::put(object, name, whole(&found) - whole(&rival), interval);
    }
    Ok(())
}

/// The part of the set that each row with a sure label belongs to: its split, where there are several, else the half of its
/// topic, so that events, stories and topics of one are in one half, or of its gold story.
fn parts(rows: &[Row], gold: &[Option<&str>]) -> Vec<Option<String>> {
    let splits: BTreeSet<&str> = rows.iter().filter_map(|row| row.text("split")).collect();
    let part = |row: &Row, gold: &str| match row.text("split") {
        Some(split) if splits.len() > 1 => split.to_owned(),
        _ => format!("half_{}", half(&[row.text("topic").unwrap_or(gold)])),
    };
    rows.iter().zip(gold).map(|(row, gold)| gold.map(|gold| part(row, gold))).collect()
}

/// The field of the granularity's name where a row has it, else `story`; `None` for rows marked `unsure`.
pub(crate) fn gold(rows: &[Row], granularity: Granularity) -> Vec<Option<&str>> {
    rows.iter().map(|row| gold_of(row, granularity)).collect()
}

/// The same of one row.
pub(crate) fn gold_of(row: &Row, granularity: Granularity) -> Option<&str> {
    let field = match granularity {
        Granularity::Event => "event",
        Granularity::Topic => "topic",
        _ => "story",
    };
    row.text(field).or_else(|| row.text("story")).filter(|_| !row.is_true("unsure"))
}

/// All scores; the pairwise ones without the two largest stories too, which may hold most of the pairs.
pub(crate) fn scores(gold: &Partition, found: &Partition) -> Result<Value, Failure> {
    let mut value = figures::clustering(&clustering(gold, found, &Bootstrap::default())?);
    let largest = gold.largest(2);
    let keep = |item: usize| !largest.contains(&gold.cluster_of()[item]);
    let rest = Contingency::new(&gold.retain(keep), &found.retain(keep))?;
    value["pairwise_without_two_largest"] = figures::score(&pairwise_parts(&rest), pairwise_of);
    Ok(value)
}
