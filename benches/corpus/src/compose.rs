//! Texts as paragraphs of sentences of words, and how they are written out.

use crate::lexicon::{Lexicon, Word};
use crate::random::Random;

/// How a sentence ends and what stands around it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Style {
    Statement,
    Question,
    Quotation,
}

#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    pub(crate) words: Vec<Word>,
    pub(crate) style: Style,
}

pub(crate) type Paragraph = Vec<Sentence>;

/// The paragraphs of a text.
pub(crate) type Body = Vec<Paragraph>;

/// A text of exactly `words` words.
pub(crate) fn body(lexicon: &Lexicon, topic: &[Word], words: usize, random: &mut Random) -> Body {
    let mut body = Body::new();
    let mut left = words;
    while left > 0 {
        let length = random.between(30, 90);
        let length = if left < length + 20 { left } else { length };
        body.push(paragraph(lexicon, topic, length, random));
        left -= length;
    }
    body
}

/// A paragraph of exactly `words` words.
pub(crate) fn paragraph(
    lexicon: &Lexicon,
    topic: &[Word],
    words: usize,
    random: &mut Random,
) -> Paragraph {
    let mut paragraph = Paragraph::new();
    let mut left = words;
    while left > 0 {
        let length = random.between(8, 30);
        let length = if left < length + 8 { left } else { length };
        paragraph.push(sentence(lexicon, topic, length, random));
        left -= length;
    }
    paragraph
}

/// A sentence of exactly `length` words.
pub(crate) fn sentence(
    lexicon: &Lexicon,
    topic: &[Word],
    length: usize,
    random: &mut Random,
) -> Sentence {
    let mut words = Vec::with_capacity(length + 8);
    while words.len() < length {
        if random.chance(1, 40) {
            words.extend_from_slice(lexicon.phrase(random));
        } else {
            words.push(lexicon.word(topic, random));
        }
    }
    words.truncate(length);
    let style = match random.below(40) {
        0 => Style::Question,
        1..6 => Style::Quotation,
        _ => Style::Statement,
    };
    Sentence { words, style }
}

/// Words of a text.
pub(crate) fn length(body: &[Paragraph]) -> usize {
    body.iter().flatten().map(|sentence| sentence.words.len()).sum()
}

/// Paragraphs parted by an empty line.
pub(crate) fn write_body(lexicon: &Lexicon, body: &[Paragraph]) -> String {
    let mut text = String::with_capacity(length(body) * 8);
    for (place, paragraph) in body.iter().enumerate() {
        if place > 0 {
            text.push_str("\n\n");
        }
        write_paragraph(lexicon, paragraph, &mut text);
    }
    text
}

fn write_paragraph(lexicon: &Lexicon, paragraph: &[Sentence], text: &mut String) {
    let spelling = lexicon.spelling();
    for (place, sentence) in paragraph.iter().enumerate() {
        if place > 0 {
            text.push_str(spelling.space);
        }
        let quoted = sentence.style == Style::Quotation;
        if quoted {
            text.push_str(spelling.quotes.0);
        }
        write_words(lexicon, &sentence.words, text);
        if quoted {
            text.push_str(spelling.quotes.1);
        }
        let question = sentence.style == Style::Question;
        text.push_str(if question { spelling.question } else { spelling.stop });
    }
}

/// The words of a sentence, the first with a capital, without what ends it.
pub(crate) fn write_words(lexicon: &Lexicon, words: &[Word], text: &mut String) {
    let spelling = lexicon.spelling();
    for (place, &word) in words.iter().enumerate() {
        let spelled = lexicon.spelled(word);
        if place == 0 {
            push_capitalised(spelled, text);
        } else {
            text.push_str(spelling.space);
            text.push_str(spelled);
        }
        // The comma belongs to the word, so that an edit moves no comma elsewhere.
        if word % 13 == 5 && place + 1 < words.len() {
            text.push_str(spelling.comma);
        }
    }
}

fn push_capitalised(word: &str, text: &mut String) {
    let mut letters = word.chars();
    text.extend(letters.next().into_iter().flat_map(char::to_uppercase));
    text.push_str(letters.as_str());
}

pub(crate) fn capitalised(word: &str) -> String {
    let mut text = String::with_capacity(word.len());
    push_capitalised(word, &mut text);
    text
}
