//! `presets`: what chooses the thresholds of events, stories and topics.
//!
//! Each granularity is scored at each threshold on what its threshold may be chosen on: half 0 of the week's topics (all
//! three), half 0 of the day's stories and ECB+ train (stories), the latter as it is and with story sizes drawn from a
//! geometric distribution, because its stories are equally large and the world's are not. Chosen is the middle of the
//! thresholds whose mean is within [`NEARLY_BEST`] of the best: the top of such a curve is noise. A preset that is among them is
//! left as it is. What the figures are reported on is scored at the chosen threshold and at the preset alone. Events are merged
//! before stories, so a threshold of stories above the preset of events changes nothing.

use crate::rows::{self, Row};
use crate::{Failure, stories};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use wirecopy::eval::{Contingency, Partition, bcubed_of, bcubed_parts, half};
use wirecopy::stories::{StoryConfig, hierarchy};
use wirecopy::{Granularity, Grouping};

/// A difference under this is none, on sets of this size.
const NEARLY_BEST: f64 = 0.005;

/// Between two thresholds that are tried.
const STEP: f64 = 0.01;

/// Draws with geometric story sizes.
const DRAWS: u64 = 10;

/// The chance that a drawn story has no further article.
const LAST_ARTICLE: f64 = 0.3;

/// The set that is drawn from too, and its split that thresholds are chosen on.
const DRAWN: (&str, &str) = ("ecbplus_en.jsonl.gz", "train");

/// Sets: file and the granularities it has a say in.
const SETS: [(&str, &[Granularity]); 4] = [
    ("rss_week_fr.jsonl.gz", &Granularity::ALL),
    ("rss_day_fr.jsonl.gz", &[Granularity::Story]),
    (DRAWN.0, &[Granularity::Story]),
    ("rpm2_fr.jsonl.gz", &[Granularity::Topic]),
];

pub(crate) fn evaluate(directory: &Path) -> Result<Value, Failure> {
    let mut object = Map::new();
    for granularity in Granularity::ALL {
        let mut samples = Vec::new();
        for (file, granularities) in SETS {
            let path = directory.join(file);
            if granularities.contains(&granularity) && path.exists() {
                samples.extend(samples_of(&path, file, granularity)?);
            }
        }
        if !samples.is_empty() {
            object.insert(granularity.to_string(), swept(granularity, &samples)?);
        }
    }
    if object.is_empty() {
        return Err(format!("{} holds no set that chooses a preset", directory.display()).into());
    }
    Ok(object.into())
}

/// Sets of articles grouped each by itself, whose scores are averaged.
struct Sample {
    name: String,
    is_chosen_on: bool,
    sets: Vec<Set>,
}

/// Articles grouped together, and which of their gold stories are scored.
struct Set {
    grouping: Grouping,
    /// For each article whether its label is sure.
    sure: Vec<bool>,
    /// Of the articles with sure labels.
    gold: Partition,
    /// The clusters of `gold` that are scored.
    scored: BTreeSet<usize>,
}

fn samples_of(path: &Path, file: &str, granularity: Granularity) -> Result<Vec<Sample>, Failure> {
    let rows = rows::read(path)?;
    let splits: BTreeSet<&str> = rows.iter().filter_map(|row| row.text("split")).collect();
    let name = file.trim_end_matches(".jsonl.gz");
    let sample = |name: String, is_chosen_on: bool, sets| Sample { name, is_chosen_on, sets };
    let all: Vec<&Row> = rows.iter().collect();
    if file == DRAWN.0 {
        let mut samples = Vec::new();
        for split in splits {
            let rows: Vec<&Row> =
                all.iter().filter(|row| row.text("split") == Some(split)).copied().collect();
            let chosen_on = split == DRAWN.1;
            let set = Set::of(&rows, granularity, |_| true)?;
            samples.push(sample(format!("{name} {split}"), chosen_on, vec![set]));
            let draws = (0..DRAWS).map(|n| Set::of(&drawn(&rows, n), granularity, |_| true));
            let draws = draws.collect::<Result<_, Failure>>()?;
            samples.push(sample(format!("{name} {split}, drawn"), chosen_on, draws));
        }
        return Ok(samples);
    }
    if rows.iter().all(|row| row.text("date").is_none()) {
        let set = Set::of(&all, granularity, |_| true)?;
        return Ok(vec![sample(name.to_owned(), false, vec![set])]);
    }
    let halves = [0, 1].map(|side| {
        let set = Set::of(&all, granularity, |label| half(&[label]) == side)?;
        Ok(sample(format!("{name} half {side}"), side == 0, vec![set]))
    });
    halves.into_iter().collect()
}

impl Set {
    /// `scores` tells of the topic, where there is one, else of the story, whether it is scored.
    fn of(
        rows: &[&Row],
        granularity: Granularity,
        scores: impl Fn(&str) -> bool,
    ) -> Result<Set, Failure> {
        let articles = rows.iter().map(|row| row.article()).collect::<Result<Vec<_>, Failure>>()?;
        let grouping = wirecopy::group(&articles)?;
        let by_id: BTreeMap<&str, &Row> =
            rows.iter().filter_map(|row| Some((row.text("id")?, *row))).collect();
        let in_order = grouping.set().articles().iter();
        let in_order: Vec<Option<&Row>> =
            in_order.map(|article| by_id.get(article.id().as_str()).copied()).collect();
        let label = |row: &Option<&'_ Row>| -> Option<(String, String)> {
            let row = (*row)?;
            let gold = stories::gold_of(row, granularity)?;
            Some((gold.to_owned(), row.text("topic").unwrap_or(gold).to_owned()))
        };
        let labels: Vec<Option<(String, String)>> = in_order.iter().map(label).collect();
        let known: Vec<&(String, String)> = labels.iter().flatten().collect();
        let gold = Partition::from_labels(known.iter().map(|label| &label.0));
        let clusters = gold.cluster_of().iter().zip(&known);
        let scored = clusters.filter(|(_, label)| scores(&label.1)).map(|it| *it.0).collect();
        Ok(Set { sure: labels.iter().map(Option::is_some).collect(), gold, scored, grouping })
    }

    fn f1(&self, config: &StoryConfig, granularity: Granularity) -> Result<f64, Failure> {
        let (set, links) = (self.grouping.set(), self.grouping.links());
        let found = hierarchy(set, links, self.grouping.dispatches(), config)?;
        let sure = |item: usize| self.sure.get(item) == Some(&true);
        let found = Partition::from_labels(found.of_article(granularity)).retain(sure);
        let parts = bcubed_parts(&Contingency::new(&self.gold, &found)?);
        let parts = parts.iter().enumerate().filter(|(at, _)| self.scored.contains(at));
        let sum = parts.fold([0.0; 3], |sum, (_, part)| {
            [sum[0] + part[0], sum[1] + part[1], sum[2] + part[2]]
        });
        Ok(bcubed_of(&sum).f1)
    }
}

impl Sample {
    fn f1(&self, config: &StoryConfig, granularity: Granularity) -> Result<f64, Failure> {
        let f1 = self.sets.iter().map(|set| set.f1(config, granularity));
        Ok(f1.sum::<Result<f64, Failure>>()? / self.sets.len().max(1) as f64)
    }
}

fn swept(granularity: Granularity, samples: &[Sample]) -> Result<Value, Failure> {
    let config = StoryConfig::new().with_granularity(granularity);
    let chosen_on: Vec<&Sample> = samples.iter().filter(|sample| sample.is_chosen_on).collect();
    let names = |samples: &[&Sample]| -> String {
        samples.iter().map(|sample| format!("{:>30}", sample.name)).collect()
    };
    let cells = |figures: &[f64]| -> String {
        figures.iter().map(|figure| format!("{figure:>30.3}")).collect()
    };
    say!(
        "\n{granularity}: chosen on (BCubed F1)\n{:>9}{}{:>8}",
        "threshold",
        names(&chosen_on),
        "mean"
    );
    let mut curve = Vec::new();
    for step in 30..=72 {
        let threshold = f64::from(step) * STEP;
        let at = config.with_threshold(threshold)?;
        let figures = chosen_on.iter().map(|sample| sample.f1(&at, granularity));
        let figures = figures.collect::<Result<Vec<f64>, Failure>>()?;
        let mean = figures.iter().sum::<f64>() / figures.len().max(1) as f64;
        say!("{threshold:>9.2}{}{mean:>8.3}", cells(&figures));
        curve.push((threshold, mean));
    }
    let chosen = middle_of_the_best(&curve);
    let reported_on: Vec<&Sample> = samples.iter().filter(|sample| !sample.is_chosen_on).collect();
    say!("reported on\n{:>9}{}", "threshold", names(&reported_on));
    for threshold in [chosen, config.threshold()] {
        let at = config.with_threshold(threshold)?;
        let figures = reported_on.iter().map(|sample| sample.f1(&at, granularity));
        say!("{threshold:>9.2}{}", cells(&figures.collect::<Result<Vec<f64>, Failure>>()?));
    }
    let nearly = is_nearly_the_best(&curve, config.threshold());
    let verdict = if nearly { "no worse than the best" } else { "worse than the best" };
    say!("chosen {chosen:.2}, preset {:.2}: {verdict}", config.threshold());
    Ok(json!({"chosen": chosen, "preset": config.threshold(), "curve": curve}))
}

/// The middle of the thresholds whose mean is nearly the best, by their number; the curve has gaps where it is noisy.
fn middle_of_the_best(curve: &[(f64, f64)]) -> f64 {
    let thresholds = curve.iter().map(|point| point.0);
    let nearly: Vec<f64> = thresholds.filter(|&at| is_nearly_the_best(curve, at)).collect();
    nearly.get(nearly.len() / 2).copied().unwrap_or_default()
}

/// Whether the point of the curve next to a threshold is within [`NEARLY_BEST`] of the best.
fn is_nearly_the_best(curve: &[(f64, f64)], threshold: f64) -> bool {
    let best = curve.iter().map(|point| point.1).fold(0.0, f64::max);
    let at = curve.iter().find(|point| (point.0 - threshold).abs() < STEP / 2.0);
    at.is_some_and(|point| point.1 >= best - NEARLY_BEST)
}

/// Of each story as many articles as a geometric number says, those of the smallest hashes.
fn drawn<'r>(rows: &[&'r Row], draw: u64) -> Vec<&'r Row> {
    let mut by_story: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        by_story.entry(row.text("story").unwrap_or_default()).or_default().push(row);
    }
    let mut drawn = Vec::new();
    for (story, mut members) in by_story {
        members.sort_by_key(|row| hashed(row.text("id").unwrap_or_default(), draw));
        let share = (hashed(story, draw) >> 11) as f64 / (1_u64 << 53) as f64;
        let more = ((1.0 - share).ln() / (1.0 - LAST_ARTICLE).ln()) as usize;
        drawn.extend(members.into_iter().take(1 + more));
    }
    drawn
}

/// FNV-1a of a text after a number, its bits spread by a multiplication.
fn hashed(text: &str, number: u64) -> u64 {
    let bytes = number.to_le_bytes().into_iter().chain(text.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (hash ^ (hash >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
