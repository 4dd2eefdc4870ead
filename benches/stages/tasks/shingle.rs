//! Text → shingle hashes, alone, with offsets, and with all that is known of each token, beside the naive way.

use std::rc::Rc;

use minhash_lsh::Kernel;
use wirecopy::text::{LocatedShingles, Shingler, TextScheme, TokenisedText};
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
    for &kernel in Kernel::available() {
        let read = texts.clone();
        task = task.variant(format!("{kernel}_tokenised"), move || {
            read.texts.iter().map(|text| tokenised(text, kernel).shingles().len()).sum::<usize>()
        });
    }
    for (kernel, mut shingler) in shinglers() {
        let read = texts.clone();
        task = task.variant(format!("{kernel}_with_offsets"), move || {
            read.texts.iter().map(|text| located(&mut shingler, text).hashes().len()).sum::<usize>()
        });
    }
    for (kernel, mut shingler) in shinglers() {
        let read = texts.clone();
        task = task.variant(kernel.name(), move || {
            read.texts.iter().map(|text| shingler.shingles_of(text).len()).sum::<usize>()
        });
    }
    task
}

fn located<'s>(shingler: &'s mut Shingler, text: &str) -> LocatedShingles<'s> {
    shingler.located_shingles_of(text).expect("the text is shorter than the limit")
}

fn tokenised(text: &str, kernel: Kernel) -> TokenisedText {
    let read = TokenisedText::of_text_on(text, &TextScheme::default(), kernel);
    read.expect("it is available, and the text shorter than the limit")
}

/// Every kernel gives what the scalar one gives, with offsets and without; of text with spaces the naive way finds nearly
/// as many shingles (it does not take characters without spaces for words). Returns how many there are.
fn assert_equal(texts: &Texts) -> u64 {
    let naive = NaiveShingler::default();
    let (mut all, mut naively) = (0, 0);
    let mut shinglers = shinglers();
    for text in &texts.texts {
        let whole = tokenised(text, Kernel::Scalar);
        for (kernel, shingler) in &mut shinglers {
            assert_eq!(tokenised(text, *kernel), whole, "{kernel}");
            assert_eq!(shingler.shingles_of(text), whole.shingles(), "{kernel}");
            let located = located(shingler, text);
            assert_eq!(located.hashes(), whole.shingles(), "{kernel}");
            let spans = whole.tokens().iter().map(|token| [token.start, token.end]);
            assert!(located.token_spans().iter().copied().eq(spans), "{kernel}");
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
