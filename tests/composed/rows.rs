//! What the reader measures of the blocks of composed pages, with the states they are in: rows of numbers, no text, which
//! `fit.py` fits the weights of `src/page/boundaries` to. Articles are of half 0, furniture is of the wide lists.

use super::dice::{Dice, WIDE};
use super::material::{Source, press, read_expected, seeds};
use super::remix::{compose_remix, parts};
use super::wild::{Wild, compose_wild};
use super::{compose, labelled_lines};
use serde_json::Value;
use std::io::{Result, Write};
use wirecopy::page::{Layout, MeasuredBlock, measure_names, measured_blocks, read_dir};

const HALF: usize = 0;
/// Of a hundred lines so many are not known from the lexicon, page by page: other sites have other phrases.
const FORGOTTEN: [u64; 8] = [0, 0, 0, 0, 20, 30, 50, 0];

/// Writes the names of the measures, then the pages of each set: its number, and for either pass the count of blocks and
/// for each its state and the columns with their values, all little-endian.
pub(crate) fn write_rows(
    out: &mut dyn Write,
    pages: usize,
    rows: &dyn Fn(&str) -> Vec<Value>,
) -> Result<()> {
    let names = measure_names().join("\n");
    out.write_all(&(names.len() as u32).to_le_bytes())?;
    out.write_all(names.as_bytes())?;
    let files = ["orangesum_fr.jsonl.gz", "gilets_jaunes_fr.jsonl.gz", "rpm2_fr.jsonl.gz"];
    let languages = ["fr", "fr", "en", "de", "es", "ar", "ja"];
    write_composed(out, 0, &seeds(HALF), &languages, 2 * pages)?;
    for (set, file) in (1..).zip(files) {
        write_composed(out, set, &press(&rows(file), HALF), &["fr"], pages)?;
    }
    let parts = parts(HALF);
    let mut dice = Dice(0xABCD);
    let all: Vec<&String> = parts.keys().collect();
    for number in 0..2 * pages {
        let lang = if dice.chance(40) { "fr" } else { dice.pick(&all).as_str() };
        let page = compose_remix(&parts[lang], &mut dice);
        write_page(out, 15, &page, number)?;
    }
    let (root, expected) = read_expected();
    for page in read_dir(root.join("pages")).unwrap().pages {
        if page.layout() == Layout::WebPage {
            let gold = labelled_lines(&expected, page.name());
            write_page(out, 20, &Wild { text: page.text().to_owned(), gold }, 0)?;
        }
    }
    Ok(())
}

/// One page by the style of a site, the next one wild.
fn write_composed(
    out: &mut dyn Write,
    set: u8,
    sources: &[Source],
    languages: &[&str],
    pages: usize,
) -> Result<()> {
    let mut dice = Dice(0xF17 + u64::from(set) * 977);
    for number in 0..pages {
        let lang = *dice.pick(languages);
        if number % 2 == 0 {
            let page = compose::compose_in(lang, sources, WIDE, &mut dice);
            let gold = page.gold.iter().map(|gold| gold.lines).collect();
            write_page(out, set, &Wild { text: page.text, gold }, number)?;
        } else {
            write_page(out, set + 10, &compose_wild(lang, sources, WIDE, &mut dice), number)?;
        }
    }
    Ok(())
}

fn write_page(out: &mut dyn Write, set: u8, page: &Wild, number: usize) -> Result<()> {
    let forgotten = FORGOTTEN[number / 2 % FORGOTTEN.len()];
    let seed = (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xCBF2_9CE4_8422_2325;
    let is_known = |line: &str| {
        let mix =
            |state: u64, byte: u8| (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        (line.bytes().fold(seed, mix) >> 33) % 100 >= forgotten
    };
    let blocks = measured_blocks(&page.text, &is_known);
    let Some(states) = states(&blocks, &page.gold) else { return Ok(()) };
    for pass in 0..2 {
        out.write_all(&[set, pass])?;
        out.write_all(&(blocks.len() as u32).to_le_bytes())?;
        for (block, &state) in blocks.iter().zip(&states) {
            let measures = if pass == 0 { &block.measures } else { &block.again };
            out.write_all(&[state])?;
            out.write_all(&(measures.len() as u16).to_le_bytes())?;
            for (column, value) in measures {
                out.write_all(&column.to_le_bytes())?;
                out.write_all(&value.to_le_bytes())?;
            }
        }
    }
    Ok(())
}

/// 0 outside, 1 start, 2 head, 3 text; `None` when an article begins or ends inside a block.
fn states(blocks: &[MeasuredBlock], gold: &[(usize, usize)]) -> Option<Vec<u8>> {
    let mut states = vec![0; blocks.len()];
    for &(first, last) in gold {
        let start = blocks.iter().position(|block| block.lines.0 == first)?;
        let end = blocks.iter().position(|block| block.lines.1 == last)?;
        let prose = (start..=end).find(|&at| blocks[at].prose).unwrap_or(end + 1);
        for (at, state) in states.iter_mut().enumerate().take(end + 1).skip(start) {
            *state = match at {
                _ if at == start => 1,
                _ if at < prose => 2,
                _ => 3,
            };
        }
    }
    Some(states)
}
