//! Pages composed of the seed corpus: the reader finds the articles, their credits and their dates again.
//!
//! `cargo test --release --test page_composed -- --ignored --nocapture` prints the figures by variation.

mod composed;

use composed::{Composed, Dice, Tally, compose, material};
use wirecopy::page::read_str;

fn tally(
    half: usize,
    pages: usize,
    mut see: impl FnMut(&Composed, &wirecopy::page::Page),
) -> Tally {
    let sources = material::seeds(half);
    let mut dice = Dice(0x5EED + half as u64);
    let mut tally = Tally::default();
    for _ in 0..pages {
        let lang = *dice.pick(&["fr", "fr", "en", "de", "es", "ar", "ja"]);
        let composed = compose::compose_in(lang, &sources, half, &mut dice);
        let page = read_str("composed", composed.text.as_str());
        see(&composed, &page);
        tally.add(&composed, &page);
    }
    tally
}

#[test]
#[ignore = "prints figures; see the head of the file"]
fn figures_by_variation() {
    let show: usize = std::env::var("WIRECOPY_SHOW").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    for half in [0, 1] {
        let mut shown = 0;
        let tally = tally(half, 2_000, |composed, page| {
            let found: Vec<(usize, usize)> =
                page.articles().iter().map(|it| (it.first_line, it.last_line)).collect();
            let gold: Vec<(usize, usize)> = composed.gold.iter().map(|it| it.lines).collect();
            if half == 0 && show > 0 {
                let lines: Vec<&str> = composed.text.split('\n').collect();
                let line = |n: usize| lines.get(n - 1).copied().unwrap_or_default();
                for f in &found {
                    match gold.iter().find(|g| g.0 == f.0) {
                        None => println!("FALSE START {:?} | {}", composed.style.foot, line(f.0)),
                        Some(g) if f.1 > g.1 => {
                            let over = (g.1 + 1..=f.1).find(|&n| !line(n).is_empty()).unwrap();
                            println!("OVERRUN from {} | to {}", line(over), line(f.1));
                        }
                        Some(g) if f.1 < g.1 => {
                            println!("SHORT end {} | missed {}", line(f.1), line(g.1))
                        }
                        _ => {}
                    }
                }
                for g in gold.iter().filter(|g| !found.iter().any(|f| f.0 == g.0)) {
                    println!(
                        "MISSED START {:?} {:?} | {}",
                        composed.style.title,
                        composed.style.body,
                        line(g.0)
                    );
                }
            }
            if half == 0 && shown < show && found != gold {
                shown += 1;
                println!("--- gold {gold:?} found {found:?} {:?}", composed.style);
                for (number, line) in composed.text.split('\n').enumerate() {
                    let line: String = line.chars().take(110).collect();
                    println!("{:3} {line}", number + 1);
                }
            }
        });
        tally.print(if half == 0 { "chosen on" } else { "held out" });
    }
}
