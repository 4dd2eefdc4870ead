//! `stories`: documents with a gold story each → BCubed, ARI, V-measure and pairwise scores at one granularity, beside
//! those of a baseline, and what the BCubed F1 gains over it: `gain` over the baseline at its one threshold,
//! `gain_at_its_best` over the one that suits this very set best. Their intervals draw the same gold stories of both.

use crate::engine::Answer;
use crate::rows::{self, Row};
use crate::{Failure, baseline, figures};
use serde_json::{Map, Value, json};
use std::path::Path;
use wirecopy::Granularity;
use wirecopy::eval::{
    Bootstrap, Contingency, Interval, Partition, bcubed, bcubed_of, bcubed_parts, clustering,
    pairwise_of, pairwise_parts,
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

    let mut object = Map::new();
    object.insert("documents".to_owned(), json!(labels.len()));
    object.insert("granularity".to_owned(), json!(granularity.to_string()));
    object.insert("stories".to_owned(), scores(&labels, &found)?);
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
                if let Some((gain, interval)) = gain(&labels, &rival, &found)? {
                    figures::put(&mut object, &name, gain, interval);
                }
            }
        }
        None => say!("too many documents for the baseline"),
    }
    let value = Value::Object(object);
    figures::print(&format!("stories of {}", path.display()), &value);
    Ok(value)
}

/// What the BCubed F1 of `found` is above that of `rival`.
fn gain(
    gold: &Partition,
    rival: &Partition,
    found: &Partition,
) -> Result<Option<(f64, Interval)>, Failure> {
    let parts = |of: &Partition| -> Result<Vec<[f64; 3]>, Failure> {
        Ok(bcubed_parts(&Contingency::new(gold, of)?))
    };
    let f1 = |sum: &[f64; 3]| Some(bcubed_of(sum).f1);
    let interval = Bootstrap::default().gain(&parts(rival)?, &parts(found)?, f1)?;
    let gain = bcubed(gold, found)?.f1 - bcubed(gold, rival)?.f1;
    Ok(interval.map(|interval| (gain, interval)))
}

/// The field of the granularity's name where a row has it, else `story`; `None` for rows marked `unsure`.
pub(crate) fn gold(rows: &[Row], granularity: Granularity) -> Vec<Option<&str>> {
    let field = match granularity {
        Granularity::Event => "event",
        Granularity::Topic => "topic",
        _ => "story",
    };
    rows.iter()
        .map(|row| row.text(field).or_else(|| row.text("story")).filter(|_| !row.is_true("unsure")))
        .collect()
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
