//! Text → shingle hashes, with and without the offsets of the tokens, beside the naive way.

use std::rc::Rc;

use wirecopy::text::{TextScheme, TokenisedText};
use wirecopy_bench_corpus::naive::NaiveShingler;

use super::{Amount, Task};
use crate::fixture::{Texts, shinglers};

pub(crate) fn tasks() -> Vec<Task> {
    [Texts::french(1_000), Texts::mixed(1_000), Texts::unspaced(8_000), Texts::flashes(8_000)]
        .map(task)
        .into()
}

fn task(texts: Texts) -> Task {
    let shingles = assert_equal(&texts);
    let amount = Amount { elements: shingles, unit: "shingles", bytes: texts.bytes() };
    let naive = NaiveShingler::default();
    let texts = Rc::new(texts);
    let input = texts.name;
    let read = texts.clone();
    let mut task = Task::new(input, amount).yardstick("naive", move || {
        read.texts.iter().map(|text| naive.shingles(text).len()).sum::<usize>()
    });
    let read = texts.clone();
    task = task.variant("with_offsets", move || {
        read.texts.iter().map(|text| tokenised(text).shingles().len()).sum::<usize>()
    });
    for (kernel, mut shingler) in shinglers() {
        let read = texts.clone();
        task = task.variant(format!("hashes_{kernel}"), move || {
            read.texts.iter().map(|text| shingler.shingles_of(text).len()).sum::<usize>()
        });
    }
    task
}

fn tokenised(text: &str) -> TokenisedText {
    TokenisedText::of_text(text, &TextScheme::default()).expect("shorter than the limit")
}

/// Every kernel gives the shingles that are read with offsets; of text with spaces the naive way finds nearly as many
/// (it does not take characters without spaces for words). Returns how many there are.
fn assert_equal(texts: &Texts) -> u64 {
    let naive = NaiveShingler::default();
    let (mut all, mut naively) = (0, 0);
    let mut shinglers = shinglers();
    for text in &texts.texts {
        let whole = tokenised(text);
        for (kernel, shingler) in &mut shinglers {
            assert_eq!(shingler.shingles_of(text), whole.shingles(), "{kernel}");
        }
        all += whole.shingles().len();
        naively += naive.shingles(text).len();
    }
    if texts.name == "french" || texts.name == "flashes" {
        let ratio = naively as f64 / all as f64;
        assert!((0.97..1.03).contains(&ratio), "{naively} shingles naively, {all} here");
    }
    all as u64
}
