//! Bodies of invented words: stop words, nouns, verbs with endings, names and numbers, in sentences
//! and paragraphs.

use crate::common::Generator;
use std::ops::Range;

/// Where a word comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Origin {
    /// The host's own.
    Own,
    /// A dispatch.
    Dispatch(usize),
    /// Put between two paragraphs of a dispatch: neither asked for nor forbidden in its passage.
    Between,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Class {
    Stop,
    Noun,
    Verb,
    Name,
    Number,
}

#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub(crate) class: Class,
    pub(crate) text: String,
    /// A quotation begins before it, or ends behind it.
    pub(crate) opens: bool,
    pub(crate) closes: bool,
    /// A comma or full stop, or nothing.
    pub(crate) mark: &'static str,
    pub(crate) origin: Origin,
}

/// Paragraphs of words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Body(pub(crate) Vec<Vec<Word>>);

/// How a body is set.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub(crate) quotes: (&'static str, &'static str),
    /// What may stand for a space.
    pub(crate) spaces: &'static [&'static str],
    /// Lines of 72 columns, words broken with this.
    pub(crate) line_hyphen: Option<&'static str>,
    /// A soft hyphen within every fourth long word.
    pub(crate) soft_hyphens: bool,
}

impl Default for Layout {
    fn default() -> Layout {
        Layout { quotes: ("\"", "\""), spaces: &[" "], line_hyphen: None, soft_hyphens: false }
    }
}

/// A body as text, with the bytes of every word.
pub(crate) struct Written {
    pub(crate) text: String,
    words: Vec<(Range<usize>, Origin)>,
}

impl Written {
    /// Where the word that holds a byte comes from.
    pub(crate) fn origin(&self, byte: usize) -> Origin {
        let at = self.words.partition_point(|(range, _)| range.end <= byte);
        let (range, origin) = &self.words[at];
        assert!(range.contains(&byte), "every token is of a word");
        *origin
    }
}

const COLUMNS: usize = 72;

impl Body {
    pub(crate) fn extend(&mut self, other: Body) {
        self.0.extend(other.0);
    }

    /// The words of all paragraphs.
    pub(crate) fn words_mut(&mut self) -> impl Iterator<Item = &mut Word> {
        self.0.iter_mut().flatten()
    }

    pub(crate) fn written(&self, layout: &Layout, generator: &mut Generator) -> Written {
        let mut written = Written { text: String::new(), words: Vec::new() };
        for paragraph in &self.0 {
            let mut column = 0;
            for (at, word) in paragraph.iter().enumerate() {
                if at > 0 {
                    written.text.push_str(layout.spaces[generator.below(layout.spaces.len())]);
                    column += 1;
                }
                column = written.push(word, column, layout, generator);
            }
            written.text.push_str("\n\n");
        }
        written
    }
}

impl Written {
    /// Appends a word and says the column behind it.
    fn push(
        &mut self,
        word: &Word,
        column: usize,
        layout: &Layout,
        generator: &mut Generator,
    ) -> usize {
        let opening = if word.opens { layout.quotes.0 } else { "" };
        let closing = if word.closes { layout.quotes.1 } else { "" };
        let letters: Vec<char> = word.text.chars().collect();
        let mut text = word.text.clone();
        let mut end = column + letters.len();
        if let Some(hyphen) = layout.line_hyphen.filter(|_| end > COLUMNS) {
            let room = COLUMNS.saturating_sub(column + 1);
            let is_broken = letters.len() >= 6 && room >= 2 && word.class != Class::Number;
            let kept = if is_broken { room.min(letters.len() - 2) } else { 0 };
            let (head, tail) = (&letters[..kept], &letters[kept..]);
            let hyphen = if is_broken { hyphen } else { "" };
            text = format!("{}{hyphen}\n{}", String::from_iter(head), String::from_iter(tail));
            end = tail.len();
        } else if layout.soft_hyphens && letters.len() >= 6 && generator.below(4) == 0 {
            let at = 2 + generator.below(letters.len() - 3);
            text = [&letters[..at], &['\u{ad}'], &letters[at..]].concat().iter().collect();
        }
        self.text.push_str(opening);
        let start = self.text.len();
        self.text.push_str(&text);
        self.words.push((start..self.text.len(), word.origin));
        self.text.push_str(closing);
        self.text.push_str(word.mark);
        end + opening.chars().count() + closing.chars().count() + word.mark.len()
    }
}

const STOP_WORDS: [&str; 24] = [
    "le", "la", "les", "de", "des", "du", "et", "à", "en", "un", "une", "dans", "pour", "sur",
    "par", "qui", "que", "au", "a", "est", "avec", "plus", "ce", "il",
];
const SYLLABLES: [&str; 24] = [
    "ba", "ro", "vel", "tin", "mar", "sou", "lac", "dri", "pon", "que", "fal", "mer", "gi", "nou",
    "thé", "lis", "cor", "val", "ber", "dan", "frê", "gou", "çal", "œu",
];
pub(crate) const ENDINGS: [&str; 6] = ["e", "ent", "ait", "era", "é", "aient"];

/// A word of three syllables for each number under 13,824.
fn stem(number: usize) -> String {
    let syllable = |n: usize| SYLLABLES[n % SYLLABLES.len()];
    [syllable(number), syllable(number / 24), syllable(number / 576)].concat()
}

/// A name for each number: nouns and names never meet.
pub(crate) fn name(number: usize) -> String {
    let stem = stem(number);
    let mut letters = stem.chars();
    let first = letters.next().map_or(String::new(), |letter| letter.to_uppercase().to_string());
    first + letters.as_str() + "ac"
}

pub(crate) fn number(generator: &mut Generator) -> String {
    match generator.below(3) {
        0 => format!("{}", 2 + generator.below(97)),
        1 => format!("{},{}", generator.below(100), 1 + generator.below(9)),
        _ => format!("{}.{:03}", 1 + generator.below(90), generator.below(1000)),
    }
}

/// A word of a subject: stop words and some common words are everybody's, the others its own.
fn word(generator: &mut Generator, subject: usize, origin: Origin) -> Word {
    let own = |generator: &mut Generator, of: usize| 1_000 + 300 * subject + generator.below(of);
    let (class, text) = match generator.below(100) {
        0..45 => (Class::Stop, STOP_WORDS[generator.below(STOP_WORDS.len())].to_owned()),
        45..60 => (Class::Noun, stem(generator.below(400))),
        60..83 => (Class::Noun, stem(own(generator, 300))),
        83..90 => {
            (Class::Verb, stem(own(generator, 300)) + ENDINGS[generator.below(ENDINGS.len())])
        }
        90..96 => (Class::Name, name(own(generator, 30))),
        _ => (Class::Number, number(generator)),
    };
    Word { class, text, opens: false, closes: false, mark: "", origin }
}

fn sentence(generator: &mut Generator, subject: usize, origin: Origin) -> Vec<Word> {
    let count = 8 + generator.below(20);
    let mut words: Vec<Word> = (0..count).map(|_| word(generator, subject, origin)).collect();
    if generator.below(3) == 0 {
        let from = generator.below(count - 4);
        let to = from + 3 + generator.below(count - from - 3);
        words[from].opens = true;
        words[to].closes = true;
    }
    if count > 14 {
        words[count / 2].mark = ",";
    }
    words[count - 1].mark = ".";
    words
}

fn paragraph(generator: &mut Generator, subject: usize, origin: Origin) -> Vec<Word> {
    let sentences = 2 + generator.below(3);
    (0..sentences).flat_map(|_| sentence(generator, subject, origin)).collect()
}

/// One to three paragraphs about a subject.
pub(crate) fn body(generator: &mut Generator, origin: Origin, subject: usize) -> Body {
    // Twelve subjects, of which the dispatches have the first two.
    let subject = if subject < 2 { subject } else { 2 + subject % 10 };
    let paragraphs = 1 + generator.below(3);
    Body((0..paragraphs).map(|_| paragraph(generator, subject, origin)).collect())
}

/// A dispatch of two to five paragraphs, 60 words or more.
pub(crate) fn dispatch(generator: &mut Generator, number: usize) -> Body {
    let origin = Origin::Dispatch(number);
    let paragraphs = 2 + generator.below(4);
    let mut body: Body =
        Body((0..paragraphs).map(|_| paragraph(generator, number, origin)).collect());
    while body.0.iter().flatten().count() < 60 {
        body.0.push(paragraph(generator, number, origin));
    }
    body
}

/// A line under a picture: 6 to 12 words without a full stop.
pub(crate) fn caption(generator: &mut Generator) -> Vec<Word> {
    (0..6 + generator.below(7)).map(|_| word(generator, 11, Origin::Between)).collect()
}
