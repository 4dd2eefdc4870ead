//! Lines that many pages carry are furniture: a pure function of the set of pages.
//!
//! Counting pages alone would take the title of a dispatch that five sites reprint for a menu. So a line counts only with
//! its surroundings: the nearest long paragraphs above and below must differ from page to page, as they do around a menu
//! and do not around the sentences of one dispatch (passim calls such lines series; its rule has no neighbours).

use super::fold::count_words;
use super::kind::{Kind, kind_of};
use super::line::{blocks, split};
use super::page::LEARNED_WORDS;
use std::collections::{BTreeMap, BTreeSet};

/// Pages of one site that must carry a line.
const SITE_PAGES: usize = 3;
/// Pages that must carry it when their site is not known.
const UNKNOWN_SITE_PAGES: usize = 5;

/// What was seen of one line: at most `needed` different neighbours are kept on either side.
#[derive(Default)]
struct Sightings {
    pages: usize,
    above: BTreeSet<u64>,
    below: BTreeSet<u64>,
    without_above: usize,
    without_below: usize,
}

/// The keys of the lines that are furniture on the pages of one site (`known_site`), or of unknown sites.
///
/// O(bytes · log lines). The order of the texts does not matter.
pub(crate) fn learn<'a>(texts: impl Iterator<Item = &'a str>, known_site: bool) -> BTreeSet<u64> {
    let needed = if known_site { SITE_PAGES } else { UNKNOWN_SITE_PAGES };
    let mut seen: BTreeMap<u64, Sightings> = BTreeMap::new();
    for text in texts {
        for (key, above, below) in lines_of(text) {
            let sightings = seen.entry(key).or_default();
            sightings.pages += 1;
            match above {
                // The smallest are kept, so that the order of the pages does not matter.
                Some(key) => keep(&mut sightings.above, key, needed),
                None => sightings.without_above += 1,
            }
            match below {
                Some(key) => keep(&mut sightings.below, key, needed),
                None => sightings.without_below += 1,
            }
        }
    }
    seen.into_iter()
        .filter(|(_, line)| {
            line.pages >= needed
                && line.above.len() + line.without_above >= needed
                && line.below.len() + line.without_below >= needed
                && line.above.len().max(line.below.len()) >= needed
        })
        .map(|(key, _)| key)
        .collect()
}

fn keep(set: &mut BTreeSet<u64>, key: u64, most: usize) {
    set.insert(key);
    if set.len() > most {
        set.pop_last();
    }
}

/// The short lines of a page, each once, with the nearest long paragraphs above and below its first place.
fn lines_of(text: &str) -> Vec<(u64, Option<u64>, Option<u64>)> {
    let blocks = blocks(text, &split(text));
    let long: Vec<Option<u64>> =
        blocks.iter().map(|block| (block.words >= LEARNED_WORDS).then_some(block.key)).collect();
    let mut below = vec![None; blocks.len()];
    let mut next = None;
    for (slot, own) in below.iter_mut().zip(&long).rev() {
        *slot = next;
        next = own.or(next);
    }
    let mut found: BTreeMap<u64, (Option<u64>, Option<u64>)> = BTreeMap::new();
    let mut above = None;
    for ((block, own), below) in blocks.iter().zip(&long).zip(below) {
        if block.key != 0 && own.is_none() {
            let content = block.span.slice(text).unwrap_or_default();
            // A sentence between two paragraphs is text, however many pages print it; at the foot it may be the imprint.
            let prose = kind_of(content, count_words(content)) == Kind::Paragraph;
            if !prose || above.is_none() || below.is_none() {
                found.entry(block.key).or_insert((above, below));
            }
        }
        above = own.or(above);
    }
    found.into_iter().map(|(key, (above, below))| (key, above, below)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fold::line_key;
    use super::*;

    fn page(number: usize, line: &str) -> String {
        let filler = |word: &str| format!("{} {number}.", [word; 30].join(" "));
        format!(
            "Monde Sport Météo\n\n{}\n\n{line}\n\n{}\n\nContactez la rédaction\n",
            filler("pont"),
            filler("tour")
        )
    }

    #[test]
    fn a_line_among_different_texts_is_furniture() {
        let pages: Vec<String> =
            (0..5).map(|number| page(number, "Abonnement découverte")).collect();
        let learned = learn(pages.iter().map(String::as_str), false);
        for line in ["Monde Sport Météo", "Abonnement découverte", "Contactez la rédaction"] {
            assert!(learned.contains(&line_key(line)), "{line}");
        }
        assert!(learn(pages.iter().take(4).map(String::as_str), false).is_empty());
        assert!(!learn(pages.iter().take(3).map(String::as_str), true).is_empty());
    }

    #[test]
    fn the_title_of_a_reprinted_dispatch_is_not() {
        let dispatch = format!("Sourlac retrouve son pont\n\n{}\n", ["pont"; 40].join(" "));
        let pages: Vec<String> =
            (0..9).map(|number| format!("Page {number}\n\n{dispatch}")).collect();
        assert!(learn(pages.iter().map(String::as_str), true).is_empty());
    }
}
