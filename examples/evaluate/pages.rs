//! `pages`: saved pages with labelled articles, reused passages and stories → is each of them found.

use crate::engine::{Answer, claims_reuse};
use crate::label_words::{Word, words};
use crate::page_fields::{Fields, Labelled};
use crate::{Failure, figures, page_fields, rows, stories};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use wirecopy::eval::{
    ArticleLines, Claim, LabelledPassage, Partition, PassageCounts, PassageLabel, ReportedPassage,
    Score, TextRange, passages, segmentation,
};
use wirecopy::links::PassageSide;
use wirecopy::page::{Agency, Reading, read_dir};
use wirecopy::{Article, Granularity};

/// An article of the labels.
struct Gold<'a> {
    id: &'a str,
    file: &'a str,
    lines: ArticleLines,
    first_line: usize,
    date: Option<&'a str>,
    /// Whether the page itself tells the day.
    date_on_page: bool,
    agency: Option<&'a str>,
    story: &'a str,
}

pub(crate) fn evaluate(
    pages: &Path,
    labels: &Path,
    hand_over_dates: bool,
) -> Result<Value, Failure> {
    let file = rows::read_json(labels)?;
    let gold = gold_articles(&file).map_err(|error| format!("{}: {error}", labels.display()))?;
    let reading = read_dir(pages)?;
    for failure in &reading.failures {
        say!("  not read: {failure}");
    }
    let found = found_articles(&reading)?;
    let mut object = Map::new();
    let matched = score_segmentation(&gold, &found, &mut object)?;
    score_fields(&gold, &matched, &reading, &mut object);
    let articles = match hand_over_dates {
        true => dated(&reading.articles, &gold, &matched),
        false => reading.articles.clone(),
    };
    let answer = Answer::of(&articles, Granularity::Story)?;
    object.insert("passages".to_owned(), score_passages(&file, &gold, &reading, &answer)?);
    let labels_of = Partition::from_labels(gold.iter().map(|article| article.story));
    // An article that was not found is alone.
    let found_in = gold.iter().zip(&matched).map(|(article, found)| {
        let story = found.as_deref().and_then(|id| answer.story(id));
        story.ok_or(article.id)
    });
    let found_in = Partition::from_labels(found_in);
    object.insert("stories".to_owned(), stories::scores(&labels_of, &found_in)?);
    let value = Value::Object(object);
    figures::print(&format!("pages of {}", pages.display()), &value);
    Ok(value)
}

fn gold_articles(file: &Value) -> Result<Vec<Gold<'_>>, Failure> {
    let list = file.get("articles").and_then(Value::as_array).ok_or("no list `articles`")?;
    list.iter().enumerate().map(|(at, value)| gold_article(value, at)).collect()
}

fn gold_article(value: &Value, at: usize) -> Result<Gold<'_>, Failure> {
    let text = |field: &str| value.get(field).and_then(Value::as_str);
    let required =
        |field: &str| text(field).ok_or_else(|| format!("articles[{at}] has no `{field}`"));
    let line = |field: &str| {
        let line = value.get(field).and_then(Value::as_u64).filter(|line| *line > 0);
        line.ok_or_else(|| format!("articles[{at}]: `{field}` is no line counted from 1"))
    };
    let (first, last) = (line("start_line")? as usize, line("end_line")? as usize);
    let file = required("file")?;
    Ok(Gold {
        id: required("id")?,
        file,
        lines: ArticleLines::new(file, first..last + 1)?,
        first_line: first,
        date: text("date"),
        date_on_page: value.get("date_on_page") == Some(&Value::Bool(true)),
        agency: text("agency"),
        story: required("story")?,
    })
}

/// The lines of the articles read, by id.
pub(crate) fn found_articles(reading: &Reading) -> Result<Vec<(String, ArticleLines)>, Failure> {
    let mut found = Vec::new();
    for page in &reading.pages {
        for (at, article) in page.articles().iter().enumerate() {
            let lines = ArticleLines::new(page.name(), article.first_line..article.last_line + 1)?;
            found.push((format!("{}#{}", page.name(), at + 1), lines));
        }
    }
    Ok(found)
}

/// Scores articles and starts page by page; for each gold article the id of the one found.
fn score_segmentation(
    gold: &[Gold<'_>],
    found: &[(String, ArticleLines)],
    object: &mut Map<String, Value>,
) -> Result<Vec<Option<String>>, Failure> {
    let gold_lines: Vec<_> = gold.iter().map(|article| article.lines.clone()).collect();
    let found_lines: Vec<_> = found.iter().map(|(_, lines)| lines.clone()).collect();
    segmentation_figures(&gold_lines, &found_lines, object)?;
    let scores = segmentation(&gold_lines, &found_lines)?;
    for (article, by) in gold.iter().zip(&scores.found_by) {
        if by.is_none() {
            say!("  article {} of {} was not found", article.id, article.file);
        }
    }
    // For dates and stories the article that overlaps most will do.
    let best = |article: &Gold<'_>| {
        let overlaps = found.iter().map(|(id, lines)| (article.lines.overlap(lines), id));
        let best =
            overlaps.filter(|(overlap, _)| *overlap > 0.0).max_by(|x, y| x.0.total_cmp(&y.0));
        best.map(|(_, id)| id.clone())
    };
    Ok(gold.iter().map(best).collect())
}

/// Adds the scores of agency, picture credit and day.
fn score_fields(
    gold: &[Gold<'_>],
    matched: &[Option<String>],
    reading: &Reading,
    object: &mut Map<String, Value>,
) {
    let mut fields = Fields::default();
    for (article, id) in gold.iter().zip(matched) {
        let found = id
            .as_deref()
            .and_then(|id| reading.articles.iter().find(|article| article.id().as_str() == id));
        let (agency, photo_credit) = match article.agency {
            Some(label) => labelled_agencies(label),
            None => (None, None),
        };
        let published = article.date.and_then(rows::published).unwrap_or_default();
        let labelled = Labelled {
            agency,
            photo_credit,
            published,
            told: article.date_on_page,
            ..Labelled::default()
        };
        fields.add(article.file, &labelled, found);
    }
    fields.figures(object);
}

type Agencies = Option<BTreeSet<Agency>>;

/// "AFP (photo AP)" as an agency of the text and one of a picture; nothing of what the label itself doubts ("AFP?").
fn labelled_agencies(label: &str) -> (Agencies, Agencies) {
    let (text, aside) = label.split_once('(').unwrap_or((label, ""));
    let named = |part: &str| -> BTreeSet<Agency> {
        part.split(|c: char| !c.is_alphanumeric()).filter_map(page_fields::agency).collect()
    };
    let picture = ["photo", "caption"].iter().any(|word| aside.contains(word));
    ((!text.contains('?')).then(|| named(text)), picture.then(|| named(aside)))
}

/// Adds the scores of articles, starts and exact spans, with intervals by page.
pub(crate) fn segmentation_figures(
    gold: &[ArticleLines],
    found: &[ArticleLines],
    object: &mut Map<String, Value>,
) -> Result<(), Failure> {
    let pages: BTreeSet<&str> = gold.iter().chain(found).map(ArticleLines::document).collect();
    let mut parts: [Vec<[f64; 3]>; 3] = Default::default();
    for page in pages {
        let of_page = |side: &[ArticleLines]| -> Vec<ArticleLines> {
            side.iter().filter(|lines| lines.document() == page).cloned().collect()
        };
        let (gold, found) = (of_page(gold), of_page(found));
        let scores = segmentation(&gold, &found)?;
        for (parts, score) in parts.iter_mut().zip([scores.articles, scores.starts, scores.exact]) {
            let right = (score.recall * gold.len() as f64).round();
            parts.push([right.min(found.len() as f64), found.len() as f64, gold.len() as f64]);
        }
    }
    for (name, parts) in ["articles", "starts", "exact"].into_iter().zip(parts) {
        object.insert(name.to_owned(), figures::score(&parts, Score::of_counts));
    }
    Ok(())
}

/// The articles with the labelled days instead of what the pages tell.
fn dated(articles: &[Article], gold: &[Gold<'_>], matched: &[Option<String>]) -> Vec<Article> {
    let days: BTreeMap<&str, _> = gold
        .iter()
        .zip(matched)
        .filter_map(|(gold, id)| Some((id.as_deref()?, rows::published(gold.date?)?)))
        .collect();
    let with_day = |article: &Article| match days.get(article.id().as_str()) {
        Some(day) => article.clone().with_published(*day),
        None => article.clone(),
    };
    articles.iter().map(with_day).collect()
}

fn score_passages(
    file: &Value,
    gold: &[Gold<'_>],
    reading: &Reading,
    answer: &Answer,
) -> Result<Value, Failure> {
    let pages: BTreeMap<&str, (&str, Vec<Word>)> =
        reading.pages.iter().map(|page| (page.name(), (page.text(), words(page.text())))).collect();
    let empty = Vec::new();
    let rows = file.get("reuse").and_then(Value::as_array).unwrap_or(&empty);
    let labelled: Vec<LabelledPassage> =
        rows.iter().map(|row| labelled(row, gold, &pages)).collect::<Result<_, _>>()?;
    let (reported, of_link) = reported(answer, &pages)?;
    let scores = passages(&labelled, &reported);

    // The unit that is resampled is a pair of pages.
    let mut spans = Vec::new();
    let mut tokens = Vec::new();
    let place = |a: &TextRange, b: &TextRange| {
        let (a, b) = (a.document().to_owned(), b.document().to_owned());
        if a <= b { (a, b) } else { (b, a) }
    };
    let pairs: BTreeSet<(String, String)> = labelled
        .iter()
        .map(|it| place(&it.a, &it.b))
        .chain(reported.iter().map(|it| place(&it.a, &it.b)))
        .collect();
    for pair in pairs {
        let labelled: Vec<_> =
            labelled.iter().filter(|it| place(&it.a, &it.b) == pair).cloned().collect();
        let reported: Vec<_> =
            reported.iter().filter(|it| place(&it.a, &it.b) == pair).cloned().collect();
        let counts = passages(&labelled, &reported).counts;
        spans.push(counts.span_part());
        tokens.push(counts.token_part());
    }
    let mut value = figures::score(&spans, PassageCounts::spans_of);
    let of_tokens = figures::score(&tokens, Score::of_counts);
    for (name, inner) in of_tokens.as_object().into_iter().flatten() {
        value[format!("token_{name}")] = inner.clone();
    }
    let trapped: BTreeSet<usize> =
        scores.trapped.iter().filter_map(|&at| of_link.get(at).copied()).collect();
    value["incidental"] = json!(trapped.len());
    for (row, _) in rows
        .iter()
        .zip(labelled.iter().zip(&scores.covered))
        .filter(|(_, (it, covered))| it.label == PassageLabel::Must && !**covered)
    {
        say!("  passage not found: {} {} line {}", row["a"], row["b"], row["a_line"]);
    }
    for &at in &scores.wrong {
        let link = of_link.get(at).and_then(|&link| answer.links().get(link));
        let ids = link.map(|link| {
            let id = |index: usize| answer.grouping.set().articles()[index].id().to_string();
            format!("{} {} {:?}", id(link.a), id(link.b), link.kind)
        });
        say!("  passage not labelled: {} {:?}", ids.unwrap_or_default(), reported[at]);
    }
    Ok(value)
}

type Pages<'a> = BTreeMap<&'a str, (&'a str, Vec<Word>)>;

/// A labelled passage in words of its pages.
fn labelled(row: &Value, gold: &[Gold<'_>], pages: &Pages<'_>) -> Result<LabelledPassage, Failure> {
    let side = |name: &str| -> Result<TextRange, Failure> {
        let id = row.get(name).and_then(Value::as_str).ok_or("a passage without article")?;
        let article = gold
            .iter()
            .find(|it| it.id == id)
            .ok_or_else(|| format!("no article is called {id}"))?;
        let (text, words) =
            pages.get(article.file).ok_or_else(|| format!("{} was not read", article.file))?;
        // Labels count from the first word of the article's first line.
        let line = text.split_inclusive('\n').take(article.first_line - 1).map(str::len).sum();
        let first = words.partition_point(|word| word.start < line);
        let bound = |at: usize| {
            let bound = row.get(format!("{name}_tokens")).and_then(|bounds| bounds.get(at));
            bound.and_then(Value::as_u64).ok_or_else(|| format!("a passage of {id} without tokens"))
        };
        let (start, end) = (first + bound(0)? as usize, first + bound(1)? as usize);
        let found = words.get(start..end).unwrap_or_default();
        let found: Vec<&str> = found.iter().map(|word| word.folded.as_str()).collect();
        let stated = row.get(format!("{name}_text")).and_then(Value::as_str);
        if stated.is_some_and(|stated| stated != found.join(" ")) {
            return Err(format!(
                "a passage of {id} is not where its label says; was the page changed?"
            )
            .into());
        }
        Ok(TextRange::new(article.file, start..end)?)
    };
    let label = match row.get("kind").and_then(Value::as_str) {
        Some("reuse") => PassageLabel::Must,
        Some("optional") => PassageLabel::Optional,
        Some("incidental") => PassageLabel::Trap,
        other => {
            return Err(format!(
                "a passage of kind {other:?}; expected reuse, optional or incidental"
            )
            .into());
        }
    };
    Ok(LabelledPassage { a: side("a")?, b: side("b")?, label })
}

/// The reported passages in words of their pages, and the link of each.
fn reported(
    answer: &Answer,
    pages: &Pages<'_>,
) -> Result<(Vec<ReportedPassage>, Vec<usize>), Failure> {
    let side = |index: usize, side: &PassageSide| -> Result<Option<TextRange>, Failure> {
        let article = &answer.grouping.set().articles()[index];
        let page = page_of(article.id().as_str());
        let Some((_, words)) = pages.get(page) else { return Ok(None) };
        let start = words.partition_point(|word| word.end <= side.span.start());
        let end = words.partition_point(|word| word.start < side.span.end());
        // Words of another script are none for the labels.
        Ok(if start < end { Some(TextRange::new(page, start..end)?) } else { None })
    };
    let (mut reported, mut of_link) = (Vec::new(), Vec::new());
    for (at, link) in answer.links().iter().enumerate() {
        let claim = if claims_reuse(link.kind) { Claim::Reuse } else { Claim::Shared };
        for passage in &link.passages {
            if let (Some(a), Some(b)) = (side(link.a, &passage.a)?, side(link.b, &passage.b)?) {
                reported.push(ReportedPassage { a, b, claim });
                of_link.push(at);
            }
        }
    }
    Ok((reported, of_link))
}

/// The page that an article's id names.
fn page_of(id: &str) -> &str {
    id.rsplit_once('#').map_or(id, |(page, _)| page)
}
