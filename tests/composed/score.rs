//! Figures of composed pages: articles, start lines, credits, dates, each with its interval.

use super::compose::{Composed, Gold};
use std::collections::{BTreeMap, BTreeSet};
use wirecopy::eval::{Bootstrap, Score, ScoreEstimate};
use wirecopy::page::{Agency, CreditRole, Page, PageArticle};
use wirecopy::{DateEvidence, Timestamp};

/// Right, predicted, gold of one page.
type Counts = [f64; 3];

/// The counts of all pages, by variation.
#[derive(Default)]
pub(crate) struct Tally {
    parts: BTreeMap<(String, &'static str), Vec<Counts>>,
}

pub(crate) const MEASURES: [&str; 7] =
    ["articles", "starts", "exact", "agency", "photo_credit", "attributed", "published"];

impl Tally {
    pub(crate) fn add(&mut self, composed: &Composed, page: &Page) {
        let counts = counts(composed, page);
        let mut names = composed.style.variations();
        names.push(format!("language: {}", composed.lang));
        for name in names {
            for (measure, of_page) in MEASURES.into_iter().zip(counts) {
                self.parts.entry((name.clone(), measure)).or_default().push(of_page);
            }
        }
    }

    pub(crate) fn estimate(&self, name: &str, measure: &'static str) -> Option<ScoreEstimate> {
        let parts = self.parts.get(&(name.to_owned(), measure))?;
        Some(ScoreEstimate::of_parts(parts, Score::of_counts, &Bootstrap::default()))
    }

    pub(crate) fn f1(&self, name: &str, measure: &'static str) -> f64 {
        self.estimate(name, measure).map_or(0.0, |estimate| estimate.score.f1)
    }

    /// One line a variation.
    pub(crate) fn print(&self, title: &str) {
        println!("{title}");
        let names: BTreeSet<&String> = self.parts.keys().map(|(name, _)| name).collect();
        for name in names {
            let show = |measure: &'static str| {
                let Some(it) = self.estimate(name, measure) else { return String::new() };
                let interval = it.f1_interval;
                let score = it.score;
                format!(
                    "{:.3} [{:.3}, {:.3}] (P {:.3} R {:.3})",
                    score.f1, interval.low, interval.high, score.precision, score.recall
                )
            };
            let pages = self.parts.get(&(name.clone(), "articles")).map_or(0, Vec::len);
            println!(
                "  {name:26} {pages:5} pages | articles {} | starts {}",
                show("articles"),
                show("starts")
            );
        }
        for measure in &MEASURES[2..] {
            let parts = self.parts.get(&("all".to_owned(), *measure));
            if parts.is_none_or(|parts| parts.iter().flatten().sum::<f64>() == 0.0) {
                continue; // nothing planted that could be told from the articles' own
            }
            if let Some(it) = self.estimate("all", measure) {
                let interval = it.f1_interval;
                println!(
                    "  {measure:14} P {:.3} R {:.3} F1 {:.3} [{:.3}, {:.3}]",
                    it.score.precision, it.score.recall, it.score.f1, interval.low, interval.high
                );
            }
        }
    }
}

pub(crate) fn iou(a: (usize, usize), b: (usize, usize)) -> f64 {
    let shared = (a.1.min(b.1) + 1).saturating_sub(a.0.max(b.0));
    let whole = a.1.max(b.1) + 1 - a.0.min(b.0);
    shared as f64 / whole as f64
}

fn lines_of(article: &PageArticle) -> (usize, usize) {
    (article.first_line, article.last_line)
}

fn counts(composed: &Composed, page: &Page) -> [Counts; 7] {
    let found = page.articles();
    let share = |hits: usize| [hits as f64, found.len() as f64, composed.gold.len() as f64];
    let hits = |test: &dyn Fn((usize, usize), (usize, usize)) -> bool| {
        let is_hit = |gold: &&Gold| found.iter().any(|it| test(gold.lines, lines_of(it)));
        composed.gold.iter().filter(is_hit).count()
    };
    let mut roles = [[0.0; 3]; 3];
    let mut published = [0.0; 3];
    for gold in &composed.gold {
        let Some(article) = found.iter().find(|it| iou(gold.lines, lines_of(it)) >= 0.8) else {
            continue;
        };
        if gold.unsigned {
            let senses = [
                (CreditRole::Text, &gold.text),
                (CreditRole::Photo, &gold.photo),
                (CreditRole::Attribution, &gold.attributed),
            ];
            for (counts, (role, right)) in roles.iter_mut().zip(senses) {
                let named: BTreeSet<Agency> = article
                    .credits
                    .iter()
                    .filter(|credit| credit.role == role)
                    .map(|credit| credit.agency)
                    .collect();
                counts[0] += named.intersection(right).count() as f64;
                counts[1] += named.len() as f64;
                counts[2] += right.len() as f64;
            }
        }
        let told = matches!(article.published.evidence(), DateEvidence::PublicationLine(_));
        let day = Timestamp::parse("2026-03-03T00:00:00Z").unwrap().unix_seconds();
        let clock = article.published.printed_clock().map(|clock| clock.unix_seconds() - day);
        let right = gold.dated && clock.is_some_and(|clock| (0..86_400).contains(&clock));
        published[0] += f64::from(u8::from(right));
        published[1] += f64::from(u8::from(told));
        published[2] += f64::from(u8::from(gold.dated));
    }
    [
        share(hits(&|gold, it| iou(gold, it) >= 0.8)),
        share(hits(&|gold, it| gold.0 == it.0)),
        share(hits(&|gold, it| gold == it)),
        roles[0],
        roles[1],
        roles[2],
        published,
    ]
}
