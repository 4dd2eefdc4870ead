//! The edits, each of every place where it applies unless it says otherwise.

use super::text::{Body, Class, ENDINGS, Layout, Word, caption, name, number};
use crate::common::Generator;

/// Edits a dispatch, or the way it is set.
pub(crate) type Edit = fn(&Body, &mut Generator, &mut Layout) -> Body;

fn edited(body: &Body, class: Class, mut edit: impl FnMut(&mut Word)) -> Body {
    let mut body = body.clone();
    body.words_mut().filter(|word| word.class == class).for_each(&mut edit);
    body
}

pub(crate) fn nothing(body: &Body, _: &mut Generator, _: &mut Layout) -> Body {
    body.clone()
}

pub(crate) fn numbers(body: &Body, generator: &mut Generator, _: &mut Layout) -> Body {
    edited(body, Class::Number, |word| word.text = number(generator))
}

pub(crate) fn names(body: &Body, generator: &mut Generator, _: &mut Layout) -> Body {
    edited(body, Class::Name, |word| word.text = name(9_000 + generator.below(600)))
}

pub(crate) fn endings(body: &Body, generator: &mut Generator, _: &mut Layout) -> Body {
    edited(body, Class::Verb, |word| {
        let longest = ENDINGS.iter().filter(|ending| word.text.ends_with(*ending));
        let ending = longest.max_by_key(|ending| ending.len()).map_or(0, |ending| ending.len());
        word.text.truncate(word.text.len() - ending);
        word.text.push_str(ENDINGS[generator.below(ENDINGS.len())]);
    })
}

const QUOTES: [(&str, &str); 8] = [
    ("« ", " »"),
    ("«\u{a0}", "\u{a0}»"),
    ("«", "»"),
    ("“", "”"),
    ("„", "“"),
    ("‘", "’"),
    ("»", "«"),
    ("''", "''"),
];

pub(crate) fn quotation_marks(body: &Body, generator: &mut Generator, layout: &mut Layout) -> Body {
    layout.quotes = QUOTES[generator.below(QUOTES.len())];
    body.clone()
}

pub(crate) fn hyphens_at_line_ends(body: &Body, _: &mut Generator, layout: &mut Layout) -> Body {
    layout.line_hyphen = Some("-");
    body.clone()
}

pub(crate) fn soft_hyphens_at_line_ends(
    body: &Body,
    _: &mut Generator,
    layout: &mut Layout,
) -> Body {
    layout.line_hyphen = Some("\u{ad}");
    body.clone()
}

pub(crate) fn soft_hyphens(body: &Body, _: &mut Generator, layout: &mut Layout) -> Body {
    layout.soft_hyphens = true;
    body.clone()
}

pub(crate) fn no_break_spaces(body: &Body, _: &mut Generator, layout: &mut Layout) -> Body {
    layout.spaces = &[" ", "\u{a0}", "\u{202f}"];
    body.clone()
}

/// Each joint of paragraphs is left out or kept, and each sentence may begin a paragraph.
pub(crate) fn paragraphs_split_or_joined(
    body: &Body,
    generator: &mut Generator,
    _: &mut Layout,
) -> Body {
    let mut paragraphs: Vec<Vec<Word>> = vec![Vec::new()];
    for word in body.0.iter().flatten() {
        let ends = word.mark == ".";
        paragraphs.last_mut().unwrap().push(word.clone());
        if ends && generator.below(2) == 0 {
            paragraphs.push(Vec::new());
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    Body(paragraphs)
}

/// A caption after the first paragraph, and after some of the others but the last.
pub(crate) fn captions(body: &Body, generator: &mut Generator, _: &mut Layout) -> Body {
    let mut paragraphs = Vec::new();
    for (at, paragraph) in body.0.iter().enumerate() {
        if at == 1 || (at > 1 && generator.below(3) == 0) {
            paragraphs.push(caption(generator));
        }
        paragraphs.push(paragraph.clone());
    }
    Body(paragraphs)
}

/// Two paragraphs change places.
pub(crate) fn paragraphs_swapped(body: &Body, generator: &mut Generator, _: &mut Layout) -> Body {
    let mut body = body.clone();
    let first = generator.below(body.0.len() - 1);
    let second = first + 1 + generator.below(body.0.len() - first - 1);
    body.0.swap(first, second);
    body
}

pub(crate) fn all_of_characters(
    body: &Body,
    generator: &mut Generator,
    layout: &mut Layout,
) -> Body {
    layout.soft_hyphens = true;
    layout.line_hyphen = Some("-");
    no_break_spaces(body, generator, layout);
    quotation_marks(body, generator, layout)
}

/// Half of the numbers, names and endings.
pub(crate) fn all_of_words(body: &Body, generator: &mut Generator, layout: &mut Layout) -> Body {
    let mut edited = body.clone();
    for edit in [numbers, names, endings] {
        let changed = edit(&edited, generator, layout);
        for (word, changed) in edited.words_mut().zip(changed.0.into_iter().flatten()) {
            if generator.below(2) == 0 {
                *word = changed;
            }
        }
    }
    edited
}

/// Words, characters, captions, and two paragraphs that change places.
pub(crate) fn everything(body: &Body, generator: &mut Generator, layout: &mut Layout) -> Body {
    let mut body = body.clone();
    for edit in [all_of_words, all_of_characters, paragraphs_swapped, captions] {
        body = edit(&body, generator, layout);
    }
    body
}

/// The paragraphs of two dispatches by turns, what is left over at the end.
pub(crate) fn by_turns(first: &Body, second: &Body) -> Body {
    let longer = first.0.len().max(second.0.len());
    let turn = |at: usize| [first.0.get(at), second.0.get(at)].into_iter().flatten().cloned();
    Body((0..longer).flat_map(turn).collect())
}
