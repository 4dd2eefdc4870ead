//! A deterministic corpus of invented news, shared by the integration tests.

use std::fmt::Write;

/// SplitMix64 (Steele, Lea, Flood 2014): small, seedable, the same everywhere.
pub(crate) struct Generator(u64);

impl Generator {
    pub(crate) fn new(seed: u64) -> Generator {
        Generator(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Uniform in `0..bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}

const SYLLABLES: [&str; 32] = [
    "ba", "ro", "vel", "tin", "mar", "sou", "lac", "dri", "pon", "que", "fal", "mer", "gi", "nou",
    "the", "lis", "cor", "val", "ber", "dan", "eau", "fré", "gou", "hal", "jon", "ker", "lom",
    "mis", "nar", "oli", "pre", "sta",
];

/// A made-up word; small numbers give the common ones.
fn word(number: usize) -> String {
    let mut word = String::new();
    let mut rest = number + 1;
    while rest > 0 {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    word
}

/// A sentence of `words` words: Zipf-like, with a capital, a few names and a number.
fn sentence(generator: &mut Generator, words: usize, topic: usize) -> String {
    let mut text = String::new();
    for place in 0..words {
        if place > 0 {
            text.push(' ');
        }
        let number = match generator.below(10) {
            0..5 => generator.below(40),
            5..8 => generator.below(2_000),
            _ => 5_000 + topic * 37 + generator.below(60),
        };
        let mut word = word(number);
        if place == 0 || generator.below(12) == 0 {
            let first = word.remove(0).to_uppercase().to_string();
            word.insert_str(0, &first);
        }
        text.push_str(&word);
    }
    if generator.below(3) == 0 {
        write!(text, " {}", generator.below(900)).expect("writing to a string cannot fail");
    }
    text.push_str(". ");
    text
}

/// A body of at least `words` words on a topic.
pub(crate) fn body(generator: &mut Generator, words: usize, topic: usize) -> String {
    let mut text = String::new();
    let mut written = 0;
    while written < words {
        let length = 8 + generator.below(18);
        text.push_str(&sentence(generator, length, topic));
        written += length;
        if generator.below(4) == 0 {
            text.push_str("\n\n");
        }
    }
    text
}
