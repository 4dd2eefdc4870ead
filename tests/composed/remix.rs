//! Pages put together from the seed pages themselves: their articles as they are printed there, between the furniture
//! that stands above, between and below the articles of other seed pages of the language.

use super::dice::Dice;
use super::material::read_expected;
use super::wild::Wild;
use std::collections::BTreeMap;

/// What the seed pages of one language are made of.
#[derive(Default)]
pub(crate) struct Parts {
    above: Vec<Vec<String>>,
    between: Vec<Vec<String>>,
    below: Vec<Vec<String>>,
    articles: Vec<Vec<String>>,
}

/// The parts by language: the furniture of all seed pages, the articles of one half.
pub(crate) fn parts(half: usize) -> BTreeMap<String, Parts> {
    let (root, expected) = read_expected();
    let mut pages: BTreeMap<String, Vec<(usize, usize, bool)>> = BTreeMap::new();
    let mut languages: BTreeMap<String, String> = BTreeMap::new();
    let mut by_language: BTreeMap<String, usize> = BTreeMap::new();
    for article in expected["articles"].as_array().unwrap() {
        let file = article["id"].as_str().unwrap().rsplit_once('#').unwrap().0;
        let line = |name: &str| article[name].as_u64().unwrap() as usize;
        let lang = article["language"].as_str().unwrap();
        let count = by_language.entry(lang.to_owned()).or_default();
        *count += 1;
        let of_half = *count % 2 == half;
        languages.insert(file.to_owned(), lang.to_owned());
        let lines = (line("start_line"), line("end_line"), of_half);
        pages.entry(file.to_owned()).or_default().push(lines);
    }
    let mut found: BTreeMap<String, Parts> = BTreeMap::new();
    for (file, mut articles) in pages {
        articles.sort_unstable();
        let text = std::fs::read_to_string(root.join(&file)).unwrap();
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let parts = found.entry(languages[&file].clone()).or_default();
        let mut above = 0;
        for (index, &(from, to, of_half)) in articles.iter().enumerate() {
            let gap = lines[above..from - 1].to_vec();
            if index == 0 {
                parts.above.push(gap)
            } else {
                parts.between.push(gap)
            }
            above = to;
            if of_half {
                parts.articles.push(lines[from - 1..to].to_vec());
            }
        }
        parts.below.push(lines[above..].to_vec());
    }
    found
}

/// A page of one to six of the articles.
pub(crate) fn compose_remix(parts: &Parts, dice: &mut Dice) -> Wild {
    let mut lines: Vec<String> = Vec::new();
    let mut gold = Vec::new();
    if dice.chance(80) {
        lines.extend(dice.pick(&parts.above).iter().cloned());
    }
    let count = (*dice.pick(&[1, 2, 2, 3, 3, 4, 6])).min(parts.articles.len());
    let (start, step) = (dice.below(parts.articles.len()), 1 + dice.below(3));
    let one_gap = dice.chance(60).then(|| dice.below(parts.between.len().max(1)));
    let mut used = Vec::new();
    for number in 0..count {
        let choice = (start + number * step) % parts.articles.len();
        if used.contains(&choice) {
            continue;
        }
        used.push(choice);
        if number > 0 {
            let gap = one_gap.unwrap_or_else(|| dice.below(parts.between.len().max(1)));
            match parts.between.get(gap) {
                Some(gap) => lines.extend(gap.iter().cloned()),
                None => lines.push(String::new()),
            }
        }
        let from = lines.len() + 1;
        lines.extend(parts.articles[choice].iter().cloned());
        gold.push((from, lines.len()));
    }
    if dice.chance(80) {
        lines.extend(dice.pick(&parts.below).iter().cloned());
    }
    Wild { text: lines.join("\n"), gold }
}
