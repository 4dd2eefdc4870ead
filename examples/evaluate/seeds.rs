//! `seeds`: a corpus with an `expected.json` (its form is in `seeds/README.md`) → everything at once.

use crate::engine::{Answer, claims_reuse, kind_name};
use crate::page_fields::{Fields, Labelled, agency};
use crate::{Failure, figures, pages, rows, stories};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use wirecopy::eval::{ArticleLines, Confusion, Partition, wilson};
use wirecopy::page::{Reading, read_dir};
use wirecopy::{Granularity, Published};

pub(crate) fn evaluate(directory: &Path) -> Result<Value, Failure> {
    let expected = own_ids(rows::read_json(&directory.join("expected.json"))?);
    // Only its own pages: a second corpus may lie in the directory.
    let reading = read_dir(directory.join("pages"))?;
    for failure in &reading.failures {
        say!("  not read: {failure}");
    }
    let mut object = Map::new();
    let gold = gold_lines(&expected)?;
    let found: Vec<ArticleLines> =
        pages::found_articles(&reading)?.into_iter().map(|(_, lines)| lines).collect();
    pages::segmentation_figures(&gold, &found, &mut object)?;
    page_fields(&expected, &reading).figures(&mut object);
    let answer = Answer::of(&reading.articles, Granularity::Story)?;
    object.insert("links".to_owned(), links(&expected, &answer));
    object.insert("dispatches".to_owned(), dispatches(&expected, &answer));
    object.insert("passages".to_owned(), passages(&expected, &answer));
    object.insert("stories".to_owned(), story_scores(&expected, &answer)?);
    let value = Value::Object(object);
    figures::print(&format!("expected.json of {}", directory.display()), &value);
    Ok(value)
}

/// With ids relative to the folder of the pages: `pages/a.txt#1` is there `a.txt#1`.
fn own_ids(expected: Value) -> Value {
    match expected {
        Value::String(text) => Value::String(text.strip_prefix("pages/").unwrap_or(&text).into()),
        Value::Array(values) => values.into_iter().map(own_ids).collect(),
        Value::Object(fields) => {
            fields.into_iter().map(|(name, value)| (name, own_ids(value))).collect()
        }
        other => other,
    }
}

/// Credits and days, article by article.
fn page_fields(expected: &Value, reading: &Reading) -> Fields {
    let mut fields = Fields::default();
    for it in list(expected, "articles") {
        let id = it.get("id").and_then(Value::as_str).unwrap_or_default();
        let found = reading.articles.iter().find(|article| article.id().as_str() == id);
        let agencies = |name: &str| Some(texts(it, name).filter_map(agency).collect());
        let time = |name: &str| {
            let printed = it.get("published")?.get(name)?.as_str()?;
            wirecopy::Timestamp::parse(printed).ok()
        };
        let published = match time("instant") {
            Some(instant) => Published::at(instant),
            None => Published::between(time("earliest"), time("latest")).unwrap_or_default(),
        };
        let labelled = Labelled {
            agency: agencies("agency"),
            photo_credit: agencies("photo_credit"),
            attributed: agencies("attributed"),
            told: published.is_bounded(),
            published,
        };
        let page = id.rsplit_once('#').map_or(id, |(page, _)| page);
        fields.add(page, &labelled, found);
    }
    fields
}

/// The elements of a list of `expected.json`.
fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn texts<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a str> {
    list(value, name).filter_map(Value::as_str)
}

/// A pair of ids, the smaller first: fields `a` and `b`, or the first two of a list.
fn pair(value: &Value) -> Option<(&str, &str)> {
    let get = |name: &str, at: usize| value.get(name).or_else(|| value.get(at))?.as_str();
    let (a, b) = (get("a", 0)?, get("b", 1)?);
    Some(if a <= b { (a, b) } else { (b, a) })
}

fn gold_lines(expected: &Value) -> Result<Vec<ArticleLines>, Failure> {
    let article = |value: &Value| -> Result<ArticleLines, Failure> {
        let id = value.get("id").and_then(Value::as_str).ok_or("an expected article without id")?;
        let line = |name: &str| value.get(name).and_then(Value::as_u64);
        let lines = line("start_line").zip(line("end_line"));
        let (first, last) = lines.ok_or_else(|| format!("{id}: no start_line or end_line"))?;
        let (file, _) = id.rsplit_once('#').ok_or_else(|| format!("{id}: no #ordinal"))?;
        Ok(ArticleLines::new(file, first as usize..last as usize + 1)?)
    };
    list(expected, "articles").map(article).collect()
}

/// Kinds of the expected links, and claims of reuse where there must be none.
fn links(expected: &Value, answer: &Answer) -> Value {
    let mut confusion: Confusion<String> = Confusion::new();
    let mut known = BTreeSet::new();
    for it in list(expected, "links") {
        let Some((a, b)) = pair(it) else { continue };
        let kind = it.get("kind").and_then(Value::as_str).unwrap_or("none").to_owned();
        let also: Vec<String> = texts(it, "also").map(str::to_owned).collect();
        let link = answer.link(a, b);
        let predicted = link.map_or("none", |link| kind_name(link.kind)).to_owned();
        if confusion.add(kind.clone(), &also, predicted.clone()) != predicted {
            let rule = link.map_or("", |link| link.explanation.rule);
            say!("  {a} {b}: {predicted} {rule} (expected {kind})");
        }
        known.insert((a, b));
    }
    known.extend(list(expected, "optional").filter_map(pair));
    let set = answer.grouping.set().articles();
    let mut wrong = 0;
    for link in answer.links().iter().filter(|link| claims_reuse(link.kind)) {
        let (Some(a), Some(b)) = (set.get(link.a), set.get(link.b)) else { continue };
        let (a, b) = (a.id().as_str(), b.id().as_str());
        if !known.contains(&(a, b)) {
            wrong += 1;
            say!("  {a} {b}: {} {} (expected none)", kind_name(link.kind), link.explanation.rule);
        }
    }
    let mut object = share("accuracy", confusion.right(), confusion.items());
    object["unexpected"] = json!(wrong);
    object
}

fn share(name: &str, right: usize, all: usize) -> Value {
    let mut object = Map::new();
    object.insert("expected".to_owned(), json!(all));
    if let Some(interval) = wilson(right, all) {
        figures::put(&mut object, name, right as f64 / all as f64, interval);
    }
    Value::Object(object)
}

/// An expected dispatch is right when one dispatch holds all its members and hosts, and nobody else but the optional ones;
/// one of a single article when no dispatch takes that article in beside others.
fn dispatches(expected: &Value, answer: &Answer) -> Value {
    let set = answer.grouping.set().articles();
    let found: Vec<BTreeSet<&str>> = answer
        .grouping
        .dispatches()
        .dispatches
        .iter()
        .map(|dispatch| {
            let members = dispatch.members.iter().filter_map(|member| set.get(member.article));
            members.map(|article| article.id().as_str()).collect()
        })
        .collect();
    let (mut right, mut all) = (0, 0);
    for it in list(expected, "dispatches") {
        let must: BTreeSet<&str> = texts(it, "members").chain(texts(it, "hosts")).collect();
        let may: BTreeSet<&str> = texts(it, "optional").chain(must.iter().copied()).collect();
        all += 1;
        let fits = |found: &BTreeSet<&str>| must.is_subset(found) && found.is_subset(&may);
        let alone = must.len() == 1 && found.iter().all(|found| found.is_disjoint(&must));
        if alone || found.iter().any(fits) {
            right += 1;
        } else {
            let best = found.iter().max_by_key(|found| found.intersection(&must).count());
            say!("  dispatch {}: expected {must:?}, nearest {best:?}", it["name"]);
        }
    }
    share("recall", right, all)
}

/// A passage is found when at least half of its bytes on both sides stand in passages of its pair.
fn passages(expected: &Value, answer: &Answer) -> Value {
    let (mut right, mut all) = (0, 0);
    for it in list(expected, "passages").filter(|it| it["must"] == json!(true)) {
        let Some((a, b)) = pair(it) else { continue };
        let bytes = |name: &str| {
            let bound = |at: usize| it.get(name)?.get(at)?.as_u64();
            bound(0).zip(bound(1)).map(|(start, end)| start as usize..end as usize)
        };
        let (Some(a_bytes), Some(b_bytes)) = (bytes("a_bytes"), bytes("b_bytes")) else { continue };
        let covered = |bytes: &std::ops::Range<usize>, spans: Vec<wirecopy::Span>| {
            let inside =
                |at: &usize| spans.iter().any(|span| span.start() <= *at && *at < span.end());
            2 * bytes.clone().filter(inside).count() >= bytes.len()
        };
        let passages = answer.link(a, b).map_or(&[][..], |link| &link.passages);
        let found = covered(&a_bytes, passages.iter().map(|it| it.a.span).collect())
            && covered(&b_bytes, passages.iter().map(|it| it.b.span).collect());
        all += 1;
        right += usize::from(found);
        if !found {
            say!("  passage not found: {a} {a_bytes:?}, {b} {b_bytes:?}");
        }
    }
    share("recall", right, all)
}

/// Scores over the articles that are in no optional pair: those count neither way.
fn story_scores(expected: &Value, answer: &Answer) -> Result<Value, Failure> {
    let ids: Vec<&str> =
        list(expected, "articles").filter_map(|it| it.get("id")?.as_str()).collect();
    let mut story_of: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, it) in list(expected, "stories").enumerate() {
        story_of.extend(texts(it, "members").map(|id| (id, number)));
    }
    let optional: BTreeSet<&str> =
        list(expected, "stories_optional").flat_map(|it| texts(it, "members")).collect();
    let keep = |item: usize| ids.get(item).is_some_and(|id| !optional.contains(id));
    let gold = Partition::from_labels(ids.iter().map(|id| story_of.get(id).ok_or(id))).retain(keep);
    let found =
        Partition::from_labels(ids.iter().map(|id| answer.story(id).ok_or(id))).retain(keep);
    for it in list(expected, "stories") {
        let found: BTreeSet<_> = texts(it, "members")
            .filter(|id| !optional.contains(id))
            .map(|id| answer.story(id))
            .collect();
        if found.len() > 1 {
            say!("  story {} is in {} pieces", it["name"], found.len());
        }
    }
    stories::scores(&gold, &found)
}
