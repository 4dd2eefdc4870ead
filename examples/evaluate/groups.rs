//! `groups`: groups of duplicates → share of their pairs that are linked as copy or update, by kind of group, and the largest
//! dispatches for a reader to look at.

use crate::engine::Answer;
use crate::rows;
use crate::{Failure, figures};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use wirecopy::Granularity;
use wirecopy::links::Link;

pub(crate) fn evaluate(groups: &Path, documents: &Path) -> Result<Value, Failure> {
    let articles = rows::articles(&rows::read(documents)?)?;
    let answer = Answer::of(&articles, Granularity::Story)?;
    // For each kind of group and each group: pairs linked as copy or update, pairs linked at all, pairs.
    let mut kinds: BTreeMap<String, Vec<[f64; 3]>> = BTreeMap::new();
    for row in rows::read(groups)? {
        let kind = row.required("kind")?;
        let ids = row.list("ids");
        let mut sums = [0.0; 3];
        for (at, a) in ids.iter().enumerate() {
            for b in &ids[..at] {
                let link = answer.link(a, b);
                let copied = link.is_some_and(|link| link.kind.makes_dispatches());
                if kind != "same_title_or_heading_only" && kind != "partly_shared" && !copied {
                    say!("  {a} {b} ({kind}): {}", missed(&answer, a, b, link));
                }
                let values = [copied, link.is_some(), true].map(|it| f64::from(u8::from(it)));
                sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
            }
        }
        kinds.entry(kind.to_owned()).or_default().push(sums);
    }
    let mut by_kind = Map::new();
    for (kind, parts) in kinds {
        let mut object = Map::new();
        let pairs: f64 = parts.iter().map(|[_, _, pairs]| pairs).sum();
        object.insert("pairs".to_owned(), json!(pairs as usize));
        let copied: Vec<[f64; 2]> =
            parts.iter().map(|[copied, _, pairs]| [*copied, *pairs]).collect();
        let linked: Vec<[f64; 2]> =
            parts.iter().map(|[_, linked, pairs]| [*linked, *pairs]).collect();
        figures::put_share(&mut object, "copy_or_update", &copied);
        figures::put_share(&mut object, "linked", &linked);
        by_kind.insert(kind, Value::Object(object));
    }
    let value = json!({"groups": by_kind, "largest_dispatches": largest(&answer)});
    figures::print(&format!("groups of {}", groups.display()), &value);
    Ok(value)
}

fn missed(answer: &Answer, a: &str, b: &str, link: Option<&Link>) -> String {
    match link {
        Some(link) => format!("{:?}, rule {}", link.kind, link.explanation.rule),
        None if answer.index(a).is_none() || answer.index(b).is_none() => {
            "not in the documents".to_owned()
        }
        None => "not linked".to_owned(),
    }
}

/// Anchor, members and coverage of the ten dispatches with the most members.
fn largest(answer: &Answer) -> Vec<Value> {
    let articles = answer.grouping.set().articles();
    let name = |index: usize| articles.get(index).map(|article| article.id().as_str());
    let mut dispatches: Vec<_> = answer.grouping.dispatches().dispatches.iter().collect();
    dispatches.sort_by_key(|dispatch| (std::cmp::Reverse(dispatch.members.len()), dispatch.anchor));
    let ten = dispatches.into_iter().take(10).map(|dispatch| {
        let members: Vec<_> =
            dispatch.members.iter().take(12).map(|member| name(member.article)).collect();
        json!({"anchor": name(dispatch.anchor), "size": dispatch.members.len(), "members": members})
    });
    ten.collect()
}
