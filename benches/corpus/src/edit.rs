//! What becomes of a text when others publish it.

use crate::compose::{self, Body, Sentence, Style};
use crate::lexicon::{Lexicon, Word};
use crate::random::Random;

/// How a planted copy differs from its text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Edit {
    /// No copy: the text as it was written.
    Written,
    /// Word for word.
    Exact,
    /// Another title and another first sentence.
    Retitled,
    /// A paragraph less, or a sentence less where there is but one paragraph.
    Dropped,
    /// A paragraph more.
    Inserted,
    /// 0.5 to 8 % of the words changed.
    Reworded,
    /// A word or a line added in front, which moves every later word: the case on which samplers by position fail.
    Prepended,
    /// A site's furniture added in front and behind.
    Framed,
    /// Cut after 50 to 90 % of the words.
    Truncated,
    /// A paragraph less, furniture behind, and 1 % of the words changed.
    Mixed,
}

/// The copies, as often as they are made.
const COPIES: [(Edit, usize); 9] = [
    (Edit::Exact, 20),
    (Edit::Retitled, 12),
    (Edit::Dropped, 12),
    (Edit::Inserted, 12),
    (Edit::Reworded, 14),
    (Edit::Prepended, 10),
    (Edit::Framed, 8),
    (Edit::Truncated, 6),
    (Edit::Mixed, 6),
];

/// Per mille of words changed, for [`Edit::Reworded`].
const REWORDING: [usize; 5] = [5, 10, 20, 40, 80];

impl Edit {
    pub(crate) fn draw(random: &mut Random) -> Edit {
        COPIES[random.weighted(&COPIES.map(|(_, weight)| weight))].0
    }

    /// Makes the copy.
    pub(crate) fn apply(
        self,
        body: &mut Body,
        lexicon: &Lexicon,
        topic: &[Word],
        random: &mut Random,
    ) {
        match self {
            Edit::Written | Edit::Exact => {}
            Edit::Retitled => rewrite_first_sentence(body, lexicon, topic, random),
            Edit::Dropped => drop_part(body, random),
            Edit::Inserted => insert_paragraph(body, lexicon, topic, random),
            Edit::Reworded => {
                let rate = *random.pick(&REWORDING);
                reword(body, rate, lexicon, topic, random);
            }
            Edit::Prepended => prepend(body, lexicon, random),
            Edit::Framed => {
                body.insert(0, lexicon.furniture(random).clone());
                body.push(lexicon.furniture(random).clone());
            }
            Edit::Truncated => {
                let keep = compose::length(body) * random.between(50, 90) / 100;
                truncate(body, keep);
            }
            Edit::Mixed => {
                drop_part(body, random);
                body.push(lexicon.furniture(random).clone());
                reword(body, 10, lexicon, topic, random);
            }
        }
    }
}

fn rewrite_first_sentence(body: &mut Body, lexicon: &Lexicon, topic: &[Word], random: &mut Random) {
    if let Some(first) = body.first_mut().and_then(|paragraph| paragraph.first_mut()) {
        *first = compose::sentence(lexicon, topic, first.words.len(), random);
    }
}

fn drop_part(body: &mut Body, random: &mut Random) {
    if body.len() > 1 {
        body.remove(random.below(body.len()));
    } else if let Some(only) = body.first_mut().filter(|paragraph| paragraph.len() > 1) {
        only.remove(random.below(only.len()));
    }
}

fn insert_paragraph(body: &mut Body, lexicon: &Lexicon, topic: &[Word], random: &mut Random) {
    let most = (compose::length(body) / 3).clamp(8, 90);
    let words = random.between(8, most);
    let paragraph = compose::paragraph(lexicon, topic, words, random);
    body.insert(random.below(body.len() + 1), paragraph);
}

fn reword(
    body: &mut Body,
    per_mille: usize,
    lexicon: &Lexicon,
    topic: &[Word],
    random: &mut Random,
) {
    for word in body.iter_mut().flatten().flat_map(|sentence| &mut sentence.words) {
        if random.chance(per_mille, 1_000) {
            *word = lexicon.word(topic, random);
        }
    }
}

fn prepend(body: &mut Body, lexicon: &Lexicon, random: &mut Random) {
    let length = if random.chance(1, 2) { 1 } else { random.between(3, 10) };
    let words = (0..length).map(|_| lexicon.word(&[], random)).collect();
    body.insert(0, vec![Sentence { words, style: Style::Statement }]);
}

/// Keeps the first `keep` words.
fn truncate(body: &mut Body, keep: usize) {
    let mut left = keep;
    for sentence in body.iter_mut().flatten() {
        sentence.words.truncate(left);
        left -= sentence.words.len();
    }
    for paragraph in body.iter_mut() {
        paragraph.retain(|sentence| !sentence.words.is_empty());
    }
    body.retain(|paragraph| !paragraph.is_empty());
}
