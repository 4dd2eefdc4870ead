//! Measures story clustering on labelled collections and prints the figures; no thresholds are
//! asserted here.
//!
//! `WIRECOPY_DATA` names the directory of the collections; without it every test passes at once:
//!
//!     WIRECOPY_DATA=... cargo test --release --test measure_stories -- --ignored --nocapture --test-threads 1
//!
//! Constants of the stage were chosen on ECB+ `train`, on half 0 of the RSS collections and on SemEval
//! `train`, halves by [`wirecopy::eval::half`] of the day's story and the week's topic; the rest is
//! held out.

#![expect(clippy::unwrap_used, reason = "a test stops at the first thing that is not as expected")]

mod labelled;

use labelled::{data, rows};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::time::Instant;
use wirecopy::dispatches::Dispatches;
use wirecopy::eval;
use wirecopy::language::Language;
use wirecopy::links::Links;
use wirecopy::stories::{
    Granularity, PairFeatures, StoryConfig, baseline, cluster, pair_features, similarities,
};
use wirecopy::text::TextScheme;
use wirecopy::{Article, ArticleSet, Published, Span, StorySimilarity, Timestamp};

/// Ids are shuffled with each of these, so that their order has nothing to do with the labels.
const SALTS: [u64; 3] = [0, 1, 2];

fn day(text: &str) -> Option<Published> {
    let mut parts = text.get(..10)?.split('-');
    let year = parts.next()?.parse().ok()?;
    let (month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let midnight = Timestamp::midnight(year, month, day)?;
    Published::between(Some(midnight), Some(midnight.plus_seconds(86_399))).ok()
}

fn article(id: &str, row: &Value, dated: bool) -> Article {
    let mut article = Article::new(id, row["text"].as_str().unwrap()).unwrap();
    if let Some(title) = row["title"].as_str() {
        article = article.with_title(title);
    }
    if let Some(published) = row["date"].as_str().and_then(day).filter(|_| dated) {
        article = article.with_published(published);
    }
    article
}

struct Score {
    precision: f64,
    recall: f64,
    predicted: usize,
    gold: usize,
}

impl Score {
    fn f1(&self) -> f64 {
        2.0 * self.precision * self.recall / (self.precision + self.recall)
    }
}

/// `scored`: of which items; what joins one with any other counts.
fn bcubed(pairs: &[(usize, String)], scored: &[bool]) -> Score {
    let (mut precision, mut recall) = (0.0, 0.0);
    let items = || pairs.iter().zip(scored).filter(|item| *item.1).map(|item| item.0);
    for (p, g) in items() {
        let both = pairs.iter().filter(|(q, h)| q == p && h == g).count() as f64;
        precision += both / pairs.iter().filter(|(q, _)| q == p).count() as f64;
        recall += both / pairs.iter().filter(|(_, h)| h == g).count() as f64;
    }
    let n = items().count() as f64;
    Score {
        precision: precision / n,
        recall: recall / n,
        predicted: items().map(|pair| pair.0).collect::<BTreeSet<_>>().len(),
        gold: items().map(|pair| &pair.1).collect::<BTreeSet<_>>().len(),
    }
}

fn set_of(articles: &[Article]) -> ArticleSet {
    ArticleSet::new(articles, TextScheme::default()).unwrap()
}

fn stories(set: &ArticleSet) -> Vec<Vec<usize>> {
    at(Granularity::Story, set)
}

fn at(granularity: Granularity, set: &ArticleSet) -> Vec<Vec<usize>> {
    let (links, dispatches) = (Links::default(), Dispatches::default());
    let config = StoryConfig::new().with_granularity(granularity);
    let found = cluster(set, &links, &dispatches, &config).unwrap();
    found.stories.into_iter().map(|story| story.articles).collect()
}

fn shuffled_id(id: &str, salt: u64) -> String {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325 ^ salt, |h, byte| {
        (h ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{:016x}", hash ^ (hash >> 29))
}

/// Groups all rows and scores those that are to be.
fn measured(
    rows: &[Value],
    gold: &str,
    dated: bool,
    scored: impl Fn(&Value) -> bool,
    groups: impl Fn(&ArticleSet) -> Vec<Vec<usize>>,
) -> Vec<Score> {
    let scores = SALTS.map(|salt| {
        let id = |row: &Value| shuffled_id(row["id"].as_str().unwrap(), salt);
        let articles: Vec<Article> = rows.iter().map(|r| article(&id(r), r, dated)).collect();
        let set = set_of(&articles);
        let mut group_of = BTreeMap::new();
        for (number, members) in groups(&set).into_iter().enumerate() {
            for member in members {
                group_of.insert(set.articles()[member].id().to_string(), number);
            }
        }
        let judged = || rows.iter().filter(|row| row["unsure"].as_bool() != Some(true));
        let pairs: Vec<(usize, String)> = judged()
            .map(|row| (group_of[&id(row)], row[gold].as_str().unwrap().to_owned()))
            .collect();
        bcubed(&pairs, &judged().map(&scored).collect::<Vec<bool>>())
    });
    scores.into()
}

fn print(name: &str, rows: &[Value], gold: &str, dated: bool) {
    print_scored(name, rows, gold, dated, |_| true);
}

/// The whole, and its halves by the label that names them.
fn print_halves(name: &str, rows: &[Value], gold: &str, label: &str) {
    print(name, rows, gold, true);
    for side in [0, 1] {
        let name = format!("{name}, half {side}");
        print_scored(&name, rows, gold, true, |row| half(row, label) == side);
    }
}

fn print_scored(
    name: &str,
    rows: &[Value],
    gold: &str,
    dated: bool,
    scored: impl Fn(&Value) -> bool,
) {
    let granularity = match gold {
        "event" => Granularity::Event,
        "topic" => Granularity::Topic,
        _ => Granularity::Story,
    };
    let scores = measured(rows, gold, dated, &scored, |set| at(granularity, set));
    let mean = |of: fn(&Score) -> f64| scores.iter().map(of).sum::<f64>() / scores.len() as f64;
    let plain = |threshold: f64| {
        let threshold = StorySimilarity::new(threshold).unwrap();
        let scores = measured(rows, gold, dated, &scored, |set| baseline(set, threshold));
        scores.iter().map(Score::f1).sum::<f64>() / scores.len() as f64
    };
    println!(
        "{name:32} {:5} BCubed F1 {:.4} P {:.4} R {:.4}, {} stories of {}; tf-idf at .15 .20 .25: {:.3} {:.3} {:.3}",
        rows.len(),
        mean(Score::f1),
        mean(|score| score.precision),
        mean(|score| score.recall),
        scores[0].predicted,
        scores[0].gold,
        plain(0.15),
        plain(0.2),
        plain(0.25),
    );
}

/// The half of a row by one of its labels.
fn half(row: &Value, label: &str) -> usize {
    eval::half(&[row[label].as_str().unwrap()])
}

/// The rows of half 0, which constants may be chosen on.
fn chosen_on(rows: &[Value], label: &str) -> Vec<Value> {
    rows.iter().filter(|row| half(row, label) == 0).cloned().collect()
}

#[test]
#[ignore = "needs the labelled collections"]
fn collections() {
    if data().is_none() {
        return;
    }
    let ecb = rows("ecbplus_en.jsonl.gz");
    let split = |name: &str| -> Vec<Value> {
        ecb.iter().filter(|row| row["split"] == name).cloned().collect()
    };
    print("ECB+ train (chosen on)", &split("train"), "story", false);
    print("ECB+ dev", &split("dev"), "story", false);
    print("ECB+ train + dev", &ecb, "story", false);
    let day = rows("rss_day_fr.jsonl.gz");
    print_halves("RSS day", &day, "story", "story");
    print("RSS day, undated", &day, "story", false);
    let week = rows("rss_week_fr.jsonl.gz");
    for granularity in ["event", "story", "topic"] {
        print_halves(&format!("RSS week, {granularity}"), &week, granularity, "topic");
    }
    let themes = rows("rpm2_fr.jsonl.gz");
    print("RPM2, themes", &themes, "story", true);
    print("RPM2, themes by date", &themes, "substory", true);
}

#[test]
#[ignore = "needs the labelled collections"]
fn human_similarity() {
    if data().is_none() {
        return;
    }
    let rows = rows("semeval22_pairs.jsonl.gz");
    for split in ["train", "test"] {
        let mut large = Vec::new();
        for (language, rows) in by_language(&rows, split) {
            let (set, pairs) = human_pairs(language, &rows);
            let (links, dispatches) = (Links::default(), Dispatches::default());
            let ours = similarities(&set, &links, &dispatches, &pairs).unwrap();
            let ours: Vec<f64> = ours.into_iter().map(StorySimilarity::get).collect();
            let theirs: Vec<f64> = rows.iter().map(|r| -r["overall"].as_f64().unwrap()).collect();
            let pearson = pearson(&ours, &theirs);
            if rows.len() >= 50 {
                large.push(pearson);
            }
            println!("SemEval {split} {language} {:4} Pearson {pearson:.3}", rows.len());
        }
        let mean = large.iter().sum::<f64>() / large.len() as f64;
        println!("SemEval {split}, mean of the {} languages of 50 pairs: {mean:.3}", large.len());
    }
}

fn by_language<'r>(rows: &'r [Value], split: &str) -> BTreeMap<&'r str, Vec<&'r Value>> {
    let mut by_language: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for row in rows.iter().filter(|r| r["split"] == split && r["lang1"] == r["lang2"]) {
        by_language.entry(row["lang1"].as_str().unwrap()).or_default().push(row);
    }
    by_language
}

/// The articles of judged pairs, each pair two neighbours.
fn human_pairs(language: &str, rows: &[&Value]) -> (ArticleSet, Vec<(usize, usize)>) {
    let articles: Vec<Article> = rows
        .iter()
        .enumerate()
        .flat_map(|(number, row)| {
            ["text1", "text2"].map(|field| {
                Article::new(format!("{number:05} {field}"), row[field].as_str().unwrap())
                    .unwrap()
                    .with_language(Language::new(language).unwrap())
            })
        })
        .collect();
    (set_of(&articles), (0..rows.len()).map(|pair| (2 * pair, 2 * pair + 1)).collect())
}

fn pearson(x: &[f64], y: &[f64]) -> f64 {
    let n = x.len() as f64;
    let (mx, my) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
    let covariance: f64 = x.iter().zip(y).map(|(a, b)| (a - mx) * (b - my)).sum();
    let variance =
        |values: &[f64], mean: f64| values.iter().map(|v| (v - mean).powi(2)).sum::<f64>();
    covariance / (variance(x, mx) * variance(y, my)).sqrt()
}

#[test]
#[ignore = "needs the labelled collections"]
fn founding_pages() {
    let Some(data) = data() else { return };
    let labels = std::fs::read_to_string(data.join("seeds_labels.json")).unwrap();
    let labels: Value = serde_json::from_str(&labels).unwrap();
    for dates in ["all", "of the pages", "none"] {
        let articles: Vec<Article> = labels["articles"]
            .as_array()
            .unwrap()
            .iter()
            .map(|label| founding_article(&data, &labels, label, dates))
            .collect();
        let gold = labels["articles"].as_array().unwrap();
        let story = |id: &str| {
            let label = gold.iter().find(|label| label["id"] == id).unwrap();
            label["story"].as_str().unwrap().to_owned()
        };
        let set = set_of(&articles);
        let found = stories(&set);
        let ids: Vec<Vec<&str>> = found
            .iter()
            .map(|s| s.iter().map(|&m| set.articles()[m].id().as_str()).collect())
            .collect();
        let labelled = ids
            .iter()
            .enumerate()
            .flat_map(|(number, members)| members.iter().map(move |id| (number, story(id))));
        let labelled: Vec<(usize, String)> = labelled.collect();
        let score = bcubed(&labelled, &vec![true; labelled.len()]);
        println!("founding pages, dates {dates}: BCubed F1 {:.3}; {ids:?}", score.f1());
        let pairs: Vec<(usize, usize)> =
            (0..set.len()).flat_map(|a| (a + 1..set.len()).map(move |b| (a, b))).collect();
        let (links, dispatches) = (Links::default(), Dispatches::default());
        let values = similarities(&set, &links, &dispatches, &pairs).unwrap();
        let of = |same: bool| {
            let id = |index: usize| set.articles()[index].id().as_str();
            let judged = pairs.iter().zip(&values);
            let mut of: Vec<(f64, String)> = judged
                .filter(|((a, b), _)| (story(id(*a)) == story(id(*b))) == same)
                .map(|((a, b), value)| {
                    ((value.get() * 1e3).round() / 1e3, format!("{}-{}", id(*a), id(*b)))
                })
                .collect();
            of.sort_by(|a, b| a.0.total_cmp(&b.0));
            of
        };
        println!("  same: {:?}", of(true));
        println!("  best of different: {:?}", of(false).iter().rev().take(8).collect::<Vec<_>>());
    }
}

fn founding_article(data: &std::path::Path, labels: &Value, label: &Value, dates: &str) -> Article {
    let file = label["file"].as_str().unwrap();
    let page = std::fs::read_to_string(data.join("seeds").join(file)).unwrap();
    let furniture: BTreeSet<u64> = labels["furniture"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| f["file"] == file)
        .flat_map(|f| f["lines"].as_array().unwrap().iter().map(|line| line.as_u64().unwrap()))
        .collect();
    let number = |name: &str| label[name].as_u64().unwrap();
    let mut spans = Vec::new();
    let mut start = 0;
    for (line, text) in page.split_inclusive('\n').enumerate() {
        let line = line as u64 + 1;
        let inside = (number("start_line")..=number("end_line")).contains(&line);
        let is_title = text.trim() == label["title"].as_str().unwrap();
        if inside && !is_title && !furniture.contains(&line) {
            spans.extend(Span::new(start, start + text.len()));
        }
        start += text.len();
    }
    let article = Article::from_spans(label["id"].as_str().unwrap(), page, spans)
        .unwrap()
        .with_title(label["title"].as_str().unwrap());
    let known = match dates {
        "all" => true,
        "of the pages" => label["date_on_page"] == true,
        _ => false,
    };
    match label["date"].as_str().and_then(day).filter(|_| known) {
        Some(published) => article.with_published(published),
        None => article,
    }
}

#[test]
#[ignore = "needs the labelled collections"]
fn speed() {
    if data().is_none() {
        return;
    }
    let rows = rows("orangesum_fr.jsonl.gz");
    let articles: Vec<Article> =
        rows.iter().map(|row| article(row["id"].as_str().unwrap(), row, true)).collect();
    let start = Instant::now();
    let set = set_of(&articles);
    println!("{} articles tokenised in {:?}", set.len(), start.elapsed());
    let start = Instant::now();
    let mut found = stories(&set);
    println!("{} stories in {:?}", found.len(), start.elapsed());
    found.sort_by_key(|story| std::cmp::Reverse(story.len()));
    for story in found.iter().take(10) {
        let title = set.articles()[story[0]].title().unwrap_or_default();
        println!("  {} articles, first: {title}", story.len());
    }
}

/// ECB+ has stories of about a dozen articles each, which methods can exploit. Its stories drawn down
/// to geometric sizes, mean three and a third, as those of a day of news.
#[test]
#[ignore = "needs the labelled collections"]
fn resampled() {
    if data().is_none() {
        return;
    }
    let ecb = rows("ecbplus_en.jsonl.gz");
    for split in ["train", "dev"] {
        let rows: Vec<Value> = ecb.iter().filter(|row| row["split"] == split).cloned().collect();
        let draws: Vec<Vec<Value>> = (0..DRAWS).map(|draw| drawn(&rows, draw)).collect();
        let scores = |groups: &dyn Fn(&ArticleSet) -> Vec<Vec<usize>>| -> Vec<f64> {
            let of = |rows: &Vec<Value>| {
                let scores = measured(rows, "story", false, |_| true, groups);
                scores.iter().map(Score::f1).sum::<f64>() / scores.len() as f64
            };
            draws.iter().map(of).collect()
        };
        let ours = scores(&stories);
        for threshold in [0.2, 0.22, 0.25] {
            let theirs =
                scores(&|set: &ArticleSet| baseline(set, StorySimilarity::new(threshold).unwrap()));
            let gains: Vec<f64> = ours.iter().zip(&theirs).map(|(a, b)| a - b).collect();
            println!(
                "ECB+ {split}, {DRAWS} draws: BCubed F1 {}; tf-idf at {threshold} {}, gain {}",
                spread(&ours),
                spread(&theirs),
                spread(&gains)
            );
        }
    }
}

const DRAWS: u64 = 20;

/// Of each story as many articles as a geometric number with success 0.3 says, those of the smallest
/// hashes.
fn drawn(rows: &[Value], draw: u64) -> Vec<Value> {
    let hash = |text: &str| {
        u64::from_str_radix(&shuffled_id(text, 1_000 + draw), 16)
            .unwrap()
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
    };
    let mut by_story: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for row in rows {
        by_story.entry(row["story"].as_str().unwrap()).or_default().push(row);
    }
    let mut drawn = Vec::new();
    for (story, mut members) in by_story {
        members.sort_by_key(|row| hash(row["id"].as_str().unwrap()));
        let share = (hash(story) >> 11) as f64 / (1_u64 << 53) as f64;
        let size = 1 + ((1.0 - share).ln() / (0.7_f64).ln()) as usize;
        drawn.extend(members.into_iter().take(size).cloned());
    }
    drawn
}

/// Mean, and the range of the middle 95 % of the draws.
fn spread(values: &[f64]) -> String {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let cut = values.len() / 40;
    format!("{mean:.3} [{:.3}, {:.3}]", sorted[cut], sorted[values.len() - 1 - cut])
}

/// Writes the features and judgements that `tests/story_score/fit.py` reads, one pair a line, to the
/// file that `WIRECOPY_ROWS` names: numbers alone, not a word of the texts.
#[test]
#[ignore = "needs the labelled collections"]
fn feature_rows() {
    let (Some(_), Some(path)) = (data(), std::env::var_os("WIRECOPY_ROWS")) else {
        println!("WIRECOPY_DATA or WIRECOPY_ROWS is not set: nothing written");
        return;
    };
    let mut out = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    writeln!(out, "set\ta\tb\tsame\tdays_apart\t{}", PairFeatures::NAMES.join("\t")).unwrap();
    let ecb = rows("ecbplus_en.jsonl.gz");
    let train: Vec<Value> = ecb.into_iter().filter(|row| row["split"] == "train").collect();
    write_set(&mut out, "ecb", &train, "story");
    let day = rows("rss_day_fr.jsonl.gz");
    write_set(&mut out, "day", &chosen_on(&day, "story"), "story");
    let week = rows("rss_week_fr.jsonl.gz");
    write_set(&mut out, "week", &chosen_on(&week, "topic"), "story");
    write_human(&mut out);
}

/// All pairs of a set that share something or a story, of articles with sure labels.
fn write_set(out: &mut impl Write, name: &str, rows: &[Value], label: &str) {
    let rows: Vec<&Value> =
        rows.iter().filter(|row| row["unsure"].as_bool() != Some(true)).collect();
    let articles: Vec<Article> = rows
        .iter()
        .enumerate()
        .map(|(number, row)| article(&format!("{number:06}"), row, true))
        .collect();
    let set = set_of(&articles);
    let day_of = |at: usize| rows[at]["date"].as_str().and_then(day);
    let pairs: Vec<(usize, usize)> =
        (0..set.len()).flat_map(|a| (a + 1..set.len()).map(move |b| (a, b))).collect();
    for (&(a, b), features) in pairs.iter().zip(pair_features(&set, &pairs).unwrap()) {
        let same = rows[a][label] == rows[b][label];
        if !same && features.words.max(features.opening) < LEAST_SHARED {
            continue;
        }
        let apart = match (day_of(a), day_of(b)) {
            (Some(a), Some(b)) => {
                let seconds = |day: Published| day.earliest().unwrap().unix_seconds();
                (seconds(a) - seconds(b)).abs() / 86_400
            }
            _ => 0,
        };
        write_row(out, name, (a, b), f64::from(u8::from(same)), apart, &features);
    }
}

/// Pairs of different stories that share less are not what a score is tried by.
const LEAST_SHARED: f64 = 0.03;

/// The judged pairs of one language each: 1 is "the same story", 4 another.
fn write_human(out: &mut impl Write) {
    let rows = rows("semeval22_pairs.jsonl.gz");
    for (language, rows) in by_language(&rows, "train") {
        let (set, pairs) = human_pairs(language, &rows);
        for ((&(a, b), row), features) in
            pairs.iter().zip(&rows).zip(pair_features(&set, &pairs).unwrap())
        {
            let same = ((4.0 - row["overall"].as_f64().unwrap()) / 3.0).clamp(0.0, 1.0);
            write_row(out, &format!("human-{language}"), (a, b), same, 0, &features);
        }
    }
}

fn write_row(
    out: &mut impl Write,
    set: &str,
    pair: (usize, usize),
    same: f64,
    days_apart: i64,
    features: &PairFeatures,
) {
    let values = features.values().map(|value| format!("{value:.6}")).join("\t");
    writeln!(out, "{set}\t{}\t{}\t{same:.4}\t{days_apart}\t{values}", pair.0, pair.1).unwrap();
}
