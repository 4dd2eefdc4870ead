//! Links → dispatches → stories, the whole of `group`, and texts → report.

use std::collections::HashMap;
use std::rc::Rc;

use wirecopy::dispatches::{self, DispatchConfig, Dispatches};
use wirecopy::links::{LinkConfig, Links, find_links};
use wirecopy::stories::{self, Stories, StoryConfig};
use wirecopy::text::TextScheme;
use wirecopy::{ArticleSet, group};

use super::{Amount, Task};
use crate::fixture::{CORPUS, Told, articles, told_in};

const ARTICLES: usize = 1_000;
/// Texts to report: what is aimed at is stated for articles of 400 words.
const WORDS: usize = 400;
const REPORTED: usize = 2_000;

pub(crate) fn tasks() -> Vec<Task> {
    let articles = articles(ARTICLES);
    let bytes = articles.iter().map(|article| article.original().len() as u64).sum();
    let amount = Amount { elements: ARTICLES as u64, unit: "articles", bytes };
    let set = ArticleSet::new(&articles, TextScheme::default()).expect("ids are unique");
    let links = find_links(&set, &LinkConfig::default()).expect("a valid configuration");
    let form =
        |set: &ArticleSet, links: &Links| dispatches::form(set, links, &DispatchConfig::default());
    let dispatches = form(&set, &links);
    let cluster = |set: &ArticleSet, links: &Links, dispatches: &Dispatches| {
        stories::cluster(set, links, dispatches, &StoryConfig::default()).expect("one set")
    };
    let truth: Vec<u64> = CORPUS.articles(ARTICLES).map(|article| article.story).collect();
    assert_clustered(&truth, &cluster(&set, &links, &dispatches));
    let found = Rc::new((set, links, dispatches));
    let (one, two) = (found.clone(), found);
    vec![
        Task::new(format!("{ARTICLES}_articles"), amount)
            .variant("dispatches", move || form(&one.0, &one.1).dispatches.len())
            .variant("stories", move || cluster(&two.0, &two.1, &two.2).stories.len())
            .variant("group", move || group(&articles).expect("unique ids").stories().len()),
        text_to_report(),
    ]
}

/// All that a caller does: articles in memory → the report of links, dispatches and stories.
fn text_to_report() -> Task {
    let Told { articles, stories } = told_in(WORDS, REPORTED);
    let bytes = articles.iter().map(|article| article.original().len() as u64).sum();
    let amount = Amount { elements: REPORTED as u64, unit: "articles", bytes };
    let grouping = group(&articles).expect("unique ids");
    assert_clustered(&stories, grouping.story_partition());
    let report = grouping.report();
    assert_eq!(report.articles.len(), REPORTED);
    assert_eq!(report.stories.iter().map(|story| story.articles.len()).sum::<usize>(), REPORTED);
    Task::new(format!("{REPORTED}_articles_of_{WORDS}_words"), amount).variant(
        "text_to_report",
        move || {
            let report = group(&articles).expect("unique ids").report();
            (report.links.len(), report.stories.len())
        },
    )
}

/// BCubed F1 against the planted stories, by the definition: the words of a story are drawn from a topic, which is the
/// easy case, so that an answer below is a defect.
fn assert_clustered(truth: &[u64], stories: &Stories) {
    let found = &stories.of_article;
    let mut of_truth: HashMap<u64, f64> = HashMap::new();
    let mut of_found: HashMap<usize, f64> = HashMap::new();
    let mut of_both: HashMap<(u64, usize), f64> = HashMap::new();
    for (&t, &f) in truth.iter().zip(found) {
        *of_truth.entry(t).or_default() += 1.0;
        *of_found.entry(f).or_default() += 1.0;
        *of_both.entry((t, f)).or_default() += 1.0;
    }
    let items = || truth.iter().copied().zip(found.iter().copied());
    let mean = |share: &dyn Fn(u64, usize) -> f64| {
        items().map(|(t, f)| share(t, f)).sum::<f64>() / truth.len() as f64
    };
    let precision = mean(&|t, f| of_both[&(t, f)] / of_found[&f]);
    let recall = mean(&|t, f| of_both[&(t, f)] / of_truth[&t]);
    let f1 = 2.0 * precision * recall / (precision + recall);
    let scores = format!("BCubed F1 {f1:.3}: precision {precision:.3}, recall {recall:.3}");
    assert!(precision > 0.97 && recall > 0.7, "{scores}");
}
