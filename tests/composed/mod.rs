//! Composed pages: articles and site furniture joined at random, with the lines of each article known.
//!
//! A [`Style`](style::Style) is drawn for each page: every way of printing a page that the drawing knows is a *variation*, and
//! figures are told apart by variation. Everything is split in two halves: articles by their number, furniture phrases
//! by their place in the lists, pages by seed. Rules of the reader are chosen on half 0 and reported on half 1.

#![allow(dead_code, reason = "each target uses a part")]
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

pub(crate) mod compose;
pub(crate) mod dice;
pub(crate) mod fit_phrases;
pub(crate) mod material;
pub(crate) mod phrases;
pub(crate) mod remix;
pub(crate) mod rows;
pub(crate) mod score;
pub(crate) mod spanish;
pub(crate) mod style;
pub(crate) mod wild;

pub(crate) use compose::compose;
pub(crate) use dice::Dice;

pub(crate) use score::Tally;

/// The lines of the labelled articles of one page of a seed corpus.
pub(crate) fn labelled_lines(expected: &serde_json::Value, page: &str) -> Vec<(usize, usize)> {
    let of_page = |article: &&serde_json::Value| {
        let file = article["id"].as_str().and_then(|id| id.rsplit_once('#')).unwrap().0;
        file.trim_start_matches("pages/") == page
    };
    let line = |article: &serde_json::Value, name: &str| article[name].as_u64().unwrap() as usize;
    let articles = expected["articles"].as_array().unwrap().iter().filter(of_page);
    articles.map(|article| (line(article, "start_line"), line(article, "end_line"))).collect()
}
