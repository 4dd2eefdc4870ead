//! Raw texts in, verified groups of duplicates out: the fast way, by resemblance alone.
//!
//! ```sh
//! cargo run --release --example duplicates            # the articles of the seed corpus
//! cargo run --release --example duplicates -- FILE    # your own texts, one a line
//! ```
//!
//! Two texts are duplicates here if their shingles have a Jaccard similarity of 0.8 or more. That is the question of
//! whoever cleans a corpus. A copy inside a longer text is none: `near_duplicates` and `group_wire_copies` find those.

use std::error::Error;
use wirecopy::duplicates::{DuplicateConfig, find_duplicates};

fn main() -> Result<(), Box<dyn Error>> {
    let texts = match std::env::args_os().nth(1) {
        Some(file) => std::fs::read_to_string(file)?.lines().map(str::to_owned).collect(),
        None => seed_articles()?,
    };

    // What counts as a duplicate, and how surely a pair at that threshold is found. The banding follows from both.
    let config = DuplicateConfig::new();
    println!("Similarity {} and more, {}:", config.threshold(), config.banding());

    // Candidates come from signatures; each was then compared exactly, on the shingles themselves.
    let found = find_duplicates(&texts, &config)?;

    // Each member of a group resembles its anchor, not merely another member.
    for group in found.groups() {
        println!("\n{} texts, each compared with text {}:", group.members.len(), group.anchor);
        for &member in &group.members {
            let text = texts.get(member as usize).map_or("", String::as_str);
            println!("{member:>6}: {}", beginning(text));
        }
    }

    // What was refused, left out, too short, and what it took.
    println!("\n{}", found.statistics());
    Ok(())
}

/// The bodies of the articles on the project's saved pages.
fn seed_articles() -> wirecopy::Result<Vec<String>> {
    let reading = wirecopy::page::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/pages"))?;
    let bodies = reading.articles.iter().map(|article| article.body().collect::<Vec<_>>());
    Ok(bodies.map(|pieces| pieces.join("\n")).collect())
}

/// The first characters of a text, on one line.
fn beginning(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(80).collect()
}
