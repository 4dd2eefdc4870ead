//! Texts that are the same on every machine: invented words, drawn by SplitMix64.

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = self.0;
        let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn hashes(&mut self, count: usize) -> Vec<u64> {
        (0..count).map(|_| self.next()).collect()
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    fn one_of(&mut self, choices: &[&'static str]) -> &'static str {
        let place = self.below(choices.len());
        choices.get(place).copied().unwrap_or_default()
    }
}

/// Syllables of French spelling: every twelfth has an accent, as one byte in twelve of French news is not ASCII.
const LATIN: [&str; 24] = [
    "ba", "con", "de", "dre", "en", "fi", "ga", "ju", "la", "le", "men", "mo", "né", "on", "pa",
    "que", "ri", "so", "ta", "tion", "va", "veau", "çu", "zo",
];

/// Syllables of scripts with and without spaces, right to left, and with marks that compose.
const MIXED: [&str; 16] = [
    "ба", "же", "ко", "ши", "γα", "δρο", "νός", "مر", "نو", "سا", "港", "口", "議", "e\u{301}",
    "ばん", "te",
];

/// Sentences of `words` words with capitals, commas, apostrophes and now and then a figure.
fn sentences(random: &mut Random, syllables: &[&'static str], words: usize) -> String {
    let mut text = String::new();
    for word in 0..words {
        if word % 17 == 16 {
            text.push_str(&random.below(10_000).to_string());
        } else {
            if random.below(12) == 0 {
                text.push_str("l’");
            }
            if word % 13 == 0 {
                text.push('V');
            }
            for _ in 0..1 + random.below(3) {
                text.push_str(random.one_of(syllables));
            }
        }
        text.push_str(match word {
            _ if word % 60 == 59 => ".\n\n",
            _ if word % 13 == 12 => ". ",
            _ if word % 7 == 6 => ", ",
            _ => " ",
        });
    }
    text
}

/// An article in French spelling.
pub(crate) fn latin(seed: u64, words: usize) -> String {
    sentences(&mut Random(seed), &LATIN, words)
}

/// An article in many scripts.
pub(crate) fn mixed(seed: u64, words: usize) -> String {
    sentences(&mut Random(seed), &MIXED, words)
}

/// The article with a paragraph cut, one added and a word in the middle changed.
pub(crate) fn edited(article: &str, seed: u64) -> String {
    let mut paragraphs: Vec<String> = article.split("\n\n").map(str::to_owned).collect();
    if paragraphs.len() > 4 {
        paragraphs.remove(3);
    }
    if let Some(paragraph) = paragraphs.get_mut(1) {
        *paragraph = paragraph.replacen(" de", " Sourlac", 1);
    }
    paragraphs.push(latin(seed, 60));
    paragraphs.join("\n\n")
}
