//! `sweep`: figures against thresholds, for each labelled set of a directory, as a table and as a plot.
//!
//! What it shows is how much hangs on a threshold, and how far the default is from the best of each set. It is for looking, not for
//! choosing: a threshold taken from the top of such a curve is fitted to the set that it is scored on.

use crate::chart::{Curve, Panel, draw};
use crate::rows::{self, Row};
use crate::{Failure, baseline, pairs, stories};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use wirecopy::eval::{Partition, bcubed};
use wirecopy::links::{LinkConfig, find_links};
use wirecopy::stories::{StoryConfig, cluster};
use wirecopy::{Article, ArticleSet, Config, Granularity};

/// Sets of stories: file, field of the granularity.
const STORIES: [(&str, Granularity); 6] = [
    ("ecbplus_en.jsonl.gz", Granularity::Story),
    ("rss_day_fr.jsonl.gz", Granularity::Story),
    ("rss_week_fr.jsonl.gz", Granularity::Event),
    ("rss_week_fr.jsonl.gz", Granularity::Story),
    ("rss_week_fr.jsonl.gz", Granularity::Topic),
    ("rpm2_fr.jsonl.gz", Granularity::Topic),
];

/// Sets of judged pairs: pairs, documents.
const PAIRS: [(&str, &[&str]); 2] = [
    (
        "pairs.jsonl",
        &["gilets_jaunes_fr.jsonl.gz", "orangesum_fr.jsonl.gz", "reuters21578.jsonl.gz"],
    ),
    ("gilets_jaunes_fr.pairs.jsonl", &["gilets_jaunes_fr.jsonl.gz"]),
];

/// Evidence from which a link is made.
const EVIDENCE: [f64; 8] = [1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 20.0];

/// Sweeps the sets that are in `directory`; the plot is written to `plot`.
pub(crate) fn evaluate(directory: &Path, plot: &Path) -> Result<Value, Failure> {
    let mut panels = Vec::new();
    for (file, granularity) in STORIES {
        let path = directory.join(file);
        if path.exists() {
            panels.push(stories_panel(&path, file, granularity)?);
        }
    }
    for (file, documents) in PAIRS {
        let here = |file: &&str| directory.join(file).exists();
        if here(&file) && documents.iter().all(here) {
            let documents: Vec<_> = documents.iter().map(|file| directory.join(file)).collect();
            let documents: Vec<&Path> = documents.iter().map(AsRef::as_ref).collect();
            panels.push(pairs_panel(&directory.join(file), file, &documents)?);
        }
    }
    if panels.is_empty() {
        return Err(format!("{} holds no set that can be swept", directory.display()).into());
    }
    for panel in &panels {
        table(panel);
    }
    draw(plot, &panels)?;
    say!("\nplot: {}", plot.display());
    Ok(panels
        .iter()
        .map(|panel| (panel.title.clone(), json_of(panel)))
        .collect::<Map<_, _>>()
        .into())
}

fn stories_panel(path: &Path, file: &str, granularity: Granularity) -> Result<Panel, Failure> {
    let rows = rows::read(path)?;
    let gold = stories::gold(&rows, granularity);
    let keep = |item: usize| gold.get(item).is_some_and(Option::is_some);
    let labels = Partition::from_labels(&gold).retain(keep);
    let articles = rows::articles(&rows)?;
    let grouping = wirecopy::group(&articles)?;
    let (set, config) = (grouping.set(), StoryConfig::new().with_granularity(granularity));
    let place: BTreeMap<&str, usize> = set
        .articles()
        .iter()
        .enumerate()
        .map(|(at, article)| (article.id().as_str(), at))
        .collect();
    let f1_at = |threshold: f64| -> Result<f64, Failure> {
        let config = config.with_threshold(threshold)?;
        let found = cluster(set, grouping.links(), grouping.dispatches(), &config)?;
        let story = |article: &Article| found.of_article.get(*place.get(article.id().as_str())?);
        Ok(bcubed(&labels, &Partition::from_labels(articles.iter().map(story)).retain(keep))?.f1)
    };
    let thresholds: Vec<f64> = (1..=32).map(|step| f64::from(step) / 40.0).collect();
    let ours = thresholds.iter().map(|&at| Ok((at, f1_at(at)?))).collect::<Result<_, Failure>>()?;
    let mut curves = vec![Curve { name: "wirecopy".to_owned(), points: ours }];
    if let Some(points) = baseline::curve(&articles, &gold, &thresholds)? {
        curves.push(Curve { name: "tf-idf, average link".to_owned(), points });
    }
    Ok(Panel {
        title: format!("{} {granularity}", file.trim_end_matches(".jsonl.gz")),
        figure: "BCubed F1".to_owned(),
        threshold: "mean similarity".to_owned(),
        default: config.threshold(),
        curves,
    })
}

fn pairs_panel(path: &Path, file: &str, documents: &[&Path]) -> Result<Panel, Failure> {
    let rows: Vec<Row> = rows::read(path)?;
    let mut articles = Vec::new();
    for document in documents {
        articles.extend(rows::articles(&rows::read(document)?)?);
    }
    let set = ArticleSet::new(&articles, *Config::new().text())?;
    let mut curves: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    for evidence in EVIDENCE {
        let links = find_links(&set, &LinkConfig::new().with_min_evidence(evidence)?)?;
        for (name, figure) in pairs::figures_of(&rows, &set, &links)? {
            curves.entry(name).or_default().push((evidence, figure));
        }
    }
    Ok(Panel {
        title: file.trim_end_matches(".jsonl").to_owned(),
        figure: "share".to_owned(),
        threshold: "evidence of a link".to_owned(),
        default: LinkConfig::new().min_evidence(),
        curves: curves
            .into_iter()
            .map(|(name, points)| Curve { name: name.to_owned(), points })
            .collect(),
    })
}

fn table(panel: &Panel) {
    say!(
        "\n{} ({} against {}; default {})",
        panel.title,
        panel.figure,
        panel.threshold,
        panel.default
    );
    let names: Vec<String> =
        panel.curves.iter().map(|curve| format!("{:>22}", curve.name)).collect();
    say!("{:>9} {}", "threshold", names.join(" "));
    let first = panel.curves.first().map_or(&[][..], |curve| &curve.points);
    for (row, (threshold, _)) in first.iter().enumerate() {
        let cells = panel.curves.iter().map(|curve| {
            curve.points.get(row).map_or(String::new(), |(_, figure)| format!("{figure:>22.3}"))
        });
        say!("{threshold:>9} {}", cells.collect::<Vec<_>>().join(" "));
    }
}

fn json_of(panel: &Panel) -> Value {
    let curves = panel.curves.iter().map(|curve| (curve.name.clone(), json!(curve.points)));
    json!({
        "figure": panel.figure,
        "threshold": panel.threshold,
        "default": panel.default,
        "curves": curves.collect::<Map<_, _>>(),
    })
}
