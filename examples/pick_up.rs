//! Who carried a wire feed's dispatches: when, how much of each, and was the agency credited?
//!
//! The seed corpus has four pages of an agency feed, `fil-info-….txt`, among thirty of newspapers. The page reader cannot
//! know which is which; the caller does, and says so: `Role::Wire` for the feed, an outlet for each page, a family for
//! outlets that belong together.
//!
//! ```sh
//! cargo run --release --example pick_up
//! ```

use std::path::PathBuf;
use wirecopy::dispatches::PickUp;
use wirecopy::{Article, ArticleSet, Config, PublisherFamilies, Result, Role, Timestamp};

fn main() -> Result<()> {
    let seeds = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("seeds/pages");
    let reading = wirecopy::page::read_dir(seeds)?;
    for failure in &reading.failures {
        eprintln!("{failure}");
    }
    let articles: Vec<Article> = reading.articles.into_iter().map(known).collect();

    // Two pages of one house: in a pick-up report it counts once.
    let families = PublisherFamilies::new()
        .with("telegramme-ostrel-abonnes", "Télégramme d'Ostrel")?
        .with("telegramme-ostrel-culture", "Télégramme d'Ostrel")?;
    let grouping = wirecopy::group_with(&articles, &Config::new().with_families(families))?;

    // Only what came over the wire: of these dispatches the source is known.
    let dispatches = grouping.dispatches().dispatches.iter();
    for dispatch in dispatches.filter(|dispatch| dispatch.source.is_some()) {
        print(grouping.set(), &dispatch.pick_up(grouping.set()));
    }
    Ok(())
}

/// What the caller knows of an article: the outlet is the page's name, and the feed is the agency's own.
fn known(article: Article) -> Article {
    let page = article.id().as_str().split('#').next().unwrap_or_default();
    let outlet = page.trim_end_matches(".txt").to_owned();
    let role = if outlet.starts_with("fil-info") { Role::Wire } else { Role::Publisher };
    article.with_outlet(outlet).with_role(role)
}

fn print(set: &ArticleSet, pick_up: &PickUp) {
    let source = &set.articles()[pick_up.reference];
    let agency = pick_up.agency.map_or("agency unknown".to_owned(), |agency| agency.to_string());
    println!(
        "{} ({agency}, sent {})",
        source.title().unwrap_or("(untitled)"),
        clock(pick_up.since.earliest)
    );
    if pick_up.publishers.is_empty() {
        println!("    several versions in the feed, and nobody carries them");
    }
    for it in &pick_up.publishers {
        let manner = match it.edited {
            Some(true) => "edited",
            Some(false) => "verbatim",
            None => "not compared",
        };
        println!(
            "    {:<26} {:>16}  {:>3.0} % of the text, {:>3.0} % of the article, {manner}, {}",
            it.publisher.to_string(),
            delay(it.delay.at_least, it.delay.at_most),
            100.0 * it.carries,
            100.0 * it.coverage,
            it.credit,
        );
    }
}

fn clock(instant: Option<Timestamp>) -> String {
    instant.map_or("at an unknown time".to_owned(), |instant| instant.to_string())
}

/// Pages print days more often than hours, so a delay is an interval. Below 0: out before the agency sent it.
fn delay(at_least: Option<i64>, at_most: Option<i64>) -> String {
    let hours = |seconds: i64| format!("{:+.1}", seconds as f64 / 3600.0);
    match (at_least, at_most) {
        (Some(least), Some(most)) if least == most => format!("{} h", hours(least)),
        (Some(least), Some(most)) => format!("{} … {} h", hours(least), hours(most)),
        _ => "undated".to_owned(),
    }
}
