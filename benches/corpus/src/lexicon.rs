//! The words, phrases and furniture of one language.

use std::collections::HashSet;

use crate::compose::{self, Paragraph};
use crate::language::{Language, Letters, Spelling};
use crate::random::{Purpose, Random};
use crate::zipf::Zipf;

/// Words that are not grammatical, in each language.
const CONTENT_WORDS: usize = 40_000;

/// Phrases that unrelated texts share, of three to eight words.
const PHRASES: usize = 8_000;

/// Paragraphs that sites put around their texts, whatever those tell.
const FURNITURE: usize = 60;

/// A word, by its place in the lexicon.
pub(crate) type Word = u32;

/// A language ready to write.
#[derive(Debug)]
pub(crate) struct Lexicon {
    spelling: &'static Spelling,
    words: Vec<String>,
    grammatical: Zipf,
    content: Zipf,
    phrases: Vec<Vec<Word>>,
    furniture: Vec<Paragraph>,
}

impl Lexicon {
    pub(crate) fn new(seed: u64, language: Language) -> Lexicon {
        let spelling = language.spelling();
        let mut random = Random::new(seed, Purpose::Vocabulary, language as u64);
        let mut lexicon = Lexicon {
            spelling,
            words: words(spelling, &mut random),
            grammatical: Zipf::new(spelling.grammatical.len()),
            content: Zipf::new(CONTENT_WORDS),
            phrases: Vec::new(),
            furniture: Vec::new(),
        };
        for _ in 0..PHRASES {
            let length = random.between(3, 8);
            let phrase = (0..length).map(|_| lexicon.word(&[], &mut random)).collect();
            lexicon.phrases.push(phrase);
        }
        let mut random = Random::new(seed, Purpose::Furniture, language as u64);
        for _ in 0..FURNITURE {
            let words = random.between(8, 40);
            let paragraph = compose::paragraph(&lexicon, &[], words, &mut random);
            lexicon.furniture.push(paragraph);
        }
        lexicon
    }

    /// A word of running text; one in eight is of the topic, when there is one.
    pub(crate) fn word(&self, topic: &[Word], random: &mut Random) -> Word {
        if random.chance(self.spelling.grammatical_share, 100) {
            self.grammatical.draw(random) as Word
        } else if !topic.is_empty() && random.chance(1, 4) {
            *random.pick(topic)
        } else {
            self.content_word(random)
        }
    }

    fn content_word(&self, random: &mut Random) -> Word {
        (self.spelling.grammatical.len() + self.content.draw(random)) as Word
    }

    /// The words that the texts of one story have in common.
    pub(crate) fn topic(&self, random: &mut Random) -> Vec<Word> {
        let common = self.spelling.grammatical.len() + 300;
        (0..30).map(|_| random.between(common, self.words.len() - 1) as Word).collect()
    }

    /// A phrase; the first are drawn far more often than the last.
    pub(crate) fn phrase(&self, random: &mut Random) -> &[Word] {
        let within = random.between(1, PHRASES);
        let within = random.between(1, within);
        &self.phrases[random.below(within)]
    }

    /// A paragraph of a site's furniture.
    pub(crate) fn furniture(&self, random: &mut Random) -> &Paragraph {
        random.pick(&self.furniture)
    }

    pub(crate) fn spelled(&self, word: Word) -> &str {
        &self.words[word as usize]
    }

    pub(crate) fn spelling(&self) -> &'static Spelling {
        self.spelling
    }
}

/// Every word of the language, grammatical words first, then the others from the frequent to the rare.
fn words(spelling: &Spelling, random: &mut Random) -> Vec<String> {
    let mut words: Vec<String> = spelling.grammatical.iter().map(ToString::to_string).collect();
    let mut known: HashSet<String> = words.iter().cloned().collect();
    while words.len() < spelling.grammatical.len() + CONTENT_WORDS {
        let rank = words.len() - spelling.grammatical.len();
        let word = content_word(spelling, rank, random);
        if known.insert(word.clone()) {
            words.push(word);
        }
    }
    words
}

/// One word in thirty is a number; frequent words are shorter than rare ones.
fn content_word(spelling: &Spelling, rank: usize, random: &mut Random) -> String {
    if random.chance(1, 30) {
        return number(spelling, random);
    }
    let word = match &spelling.letters {
        Letters::Syllables { onsets, nuclei, endings } => {
            let syllables = match rank {
                0..500 => random.between(1, 2),
                500..5_000 => random.between(1, 3),
                _ => random.between(2, 4),
            };
            let mut word = String::new();
            for _ in 0..syllables {
                word.push_str(random.letters(onsets));
                word.push_str(random.letters(nuclei));
            }
            word + random.letters(endings)
        }
        Letters::Characters { frequent, block, endings } => {
            let frequent: Vec<char> = frequent.chars().collect();
            let mut word = String::new();
            for _ in 0..random.between(1, 3) {
                word.push(if random.chance(3, 4) {
                    *random.pick(&frequent)
                } else {
                    from_block(*block, random)
                });
            }
            word + random.letters(endings)
        }
    };
    let word =
        if random.chance(spelling.capitals, 100) { compose::capitalised(&word) } else { word };
    elided(spelling, word, random)
}

fn from_block((first, length): (u32, u32), random: &mut Random) -> char {
    let point = first + random.below(length as usize) as u32;
    char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn number(spelling: &Spelling, random: &mut Random) -> String {
    // Languages that elide group their thousands with a no-break space.
    let group = if spelling.elisions.is_empty() { "," } else { "\u{202f}" };
    match random.below(4) {
        0 => format!("{}", random.between(2, 99)),
        1 => format!("{}", random.between(1_900, 2_030)),
        2 => format!("{},{}", random.between(1, 99), random.between(1, 9)),
        _ => format!("{}{group}{:03}", random.between(1, 999), random.below(1_000)),
    }
}

/// The elision belongs to the word, so that a word is written alike wherever it is repeated.
fn elided(spelling: &Spelling, word: String, random: &mut Random) -> String {
    let vowel =
        word.chars().next().is_some_and(|first| "aeiouyéèêâîôœAEIOUÉÈÊÂÎÔŒ".contains(first));
    if vowel && !spelling.elisions.is_empty() && random.chance(3, 4) {
        return random.letters(spelling.elisions).to_owned() + &word;
    }
    word
}
