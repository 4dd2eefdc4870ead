//! Conflicts: numbers and names that differ where the texts around them agree.

use super::details::{Detail, DetailClass};
use super::numbers::Value;
use super::reading::Reading;
use super::{Conflict, Passage};
use ahash::{AHashMap, AHashSet};
use std::ops::Range;

/// Longest gap, in tokens, in which details of both sides are set against each other: a rewritten
/// sentence has other details and contradicts nothing.
const MAX_GAP_TOKENS: usize = 6;

/// Tokens before and after a number that must agree where nothing else does.
const CONTEXT_TOKENS: usize = 2;

/// What contradicts.
#[derive(Default)]
pub(crate) struct Conflicts {
    /// The conflicts, by ascending place in `a`.
    pub(crate) found: Vec<Conflict>,
    /// How many of them are of numbers; the others are of names.
    pub(crate) numbers: usize,
}

/// The conflicts of two articles.
///
/// Inside the passages: between two runs of equal tokens the numbers that only one side has are set
/// against the numbers that only the other has, in order; names likewise. Where the gap is a
/// rewritten clause, only numbers before the same word ("118 jobs", "108 jobs"). Outside them:
/// numbers between the same two words before and two after. A number written otherwise is no other
/// number ([`Value`]).
///
/// O(tokens of the passages + numbers of the text with fewer).
pub(crate) fn conflicts(a: &Reading<'_>, b: &Reading<'_>, passages: &[Passage]) -> Conflicts {
    let mut found = Vec::new();
    for (in_a, in_b) in passages.iter().flat_map(Passage::gaps) {
        let (in_a, in_b) = (a.whole_numbers(in_a), b.whole_numbers(in_b));
        let rewritten = in_a.len().max(in_b.len()) > MAX_GAP_TOKENS;
        let (details_a, details_b) = (figures_of(a, in_a), figures_of(b, in_b));
        for class in [DetailClass::Number, DetailClass::Name] {
            let (only_a, only_b) =
                (only(class, &details_a, &details_b), only(class, &details_b, &details_a));
            if !rewritten {
                found.extend(only_a.iter().zip(&only_b).filter_map(|(x, y)| conflict(a, b, x, y)));
            } else if class == DetailClass::Number {
                let counted = |x: &&Detail, y: &&Detail| counted_word(a, x) == counted_word(b, y);
                let pairs =
                    only_a.iter().filter(|x| counted_word(a, x).is_some()).filter_map(|x| {
                        only_b.iter().find(|y| counted(x, y)).and_then(|y| conflict(a, b, x, y))
                    });
                found.extend(pairs);
            }
        }
    }
    found.extend(in_the_same_context(a, b));
    let mut found = each_once(found);
    found.sort_unstable_by_key(|(conflict, _)| (conflict.a, conflict.b));
    let numbers = found.iter().filter(|(_, class)| *class == DetailClass::Number).count();
    Conflicts { found: found.into_iter().map(|(conflict, _)| conflict).collect(), numbers }
}

/// Of conflicts that share a detail the one nearest to the beginning of both texts: the same
/// whichever text is called `a`.
fn each_once(mut found: Vec<(Conflict, DetailClass)>) -> Vec<(Conflict, DetailClass)> {
    found.sort_unstable_by_key(|(conflict, _)| {
        let (a, b) = (conflict.a.start(), conflict.b.start());
        // To the end: those of equal contexts come in the order of a map.
        (a + b, a.min(b), a, conflict.a.end(), conflict.b.end())
    });
    let (mut in_a, mut in_b) = (AHashSet::new(), AHashSet::new());
    found.retain(|(conflict, _)| {
        let is_new = !in_a.contains(&conflict.a) && !in_b.contains(&conflict.b);
        if is_new {
            in_a.insert(conflict.a);
            in_b.insert(conflict.b);
        }
        is_new
    });
    found
}

fn conflict(
    a: &Reading<'_>,
    b: &Reading<'_>,
    x: &Detail,
    y: &Detail,
) -> Option<(Conflict, DetailClass)> {
    Some((Conflict { a: a.span(&x.tokens)?, b: b.span(&y.tokens)? }, x.class))
}

/// The details of a class that the other side has not.
fn only<'d>(class: DetailClass, these: &'d [Said], those: &[Said]) -> Vec<&'d Detail> {
    let own = these.iter().filter(|it| it.detail.class == class);
    own.filter(|it| !those.iter().any(|other| other.value.agrees(it.value)))
        .map(|it| &it.detail)
        .collect()
}

/// The word after a number, when it is no stop word.
fn counted_word(text: &Reading<'_>, number: &Detail) -> Option<u64> {
    let after = number.tokens.end;
    let hash = text.tokens.get(after)?.hash;
    (text.weight(after) > 0.0).then_some(hash)
}

/// Different numbers between the same words, where each text has its number once in that place and
/// nowhere the other's.
fn in_the_same_context(a: &Reading<'_>, b: &Reading<'_>) -> Vec<(Conflict, DetailClass)> {
    // A host of all of a day's numbers is asked for those of the short text, not the other way.
    let a_has_fewer = a.numbers_by_context.len() <= b.numbers_by_context.len();
    let fewer = if a_has_fewer { &a.numbers_by_context } else { &b.numbers_by_context };
    let both = fewer.keys().filter_map(|context| {
        let number = |text: &Reading<'_>| text.numbers_by_context.get(context).cloned().flatten();
        Some((number(a)?, number(b)?))
    });
    both.filter(|(x, y)| !b.holds(x.key) && !a.holds(y.key))
        .filter(|(x, y)| !value_of(a, x).agrees(value_of(b, y)))
        .filter_map(|(x, y)| conflict(a, b, &x, &y))
        .collect()
}

type Context = [u64; 2 * CONTEXT_TOKENS];

/// Numbers in digits by the words around them; `None` for words that stand around several.
pub(crate) type NumbersByContext = AHashMap<Context, Option<Detail>>;

/// Of all `details` of a text the numbers, by context. O(details).
pub(crate) fn numbers_by_context(text: &Reading<'_>, details: &[Detail]) -> NumbersByContext {
    let mut numbers = AHashMap::new();
    for detail in details {
        if detail.class != DetailClass::Number {
            continue;
        }
        let before =
            detail.tokens.start.checked_sub(CONTEXT_TOKENS).map(|at| at..detail.tokens.start);
        let after = detail.tokens.end..detail.tokens.end + CONTEXT_TOKENS;
        let (Some(before), Some(after)) =
            (before.and_then(|range| text.tokens.get(range)), text.tokens.get(after))
        else {
            continue;
        };
        let mut context = Context::default();
        let mut telling = 0;
        let places = detail.tokens.start - CONTEXT_TOKENS..detail.tokens.start;
        let places = places.chain(detail.tokens.end..);
        for ((slot, token), at) in context.iter_mut().zip(before.iter().chain(after)).zip(places) {
            *slot = token.hash;
            telling += usize::from(text.weight(at) > 0.0 && !token.shape.has_digit());
        }
        if telling > 0 {
            numbers
                .entry(context)
                .and_modify(|known| *known = None)
                .or_insert_with(|| Some(detail.clone()));
        }
    }
    numbers
}

/// A detail that may contradict another, by what it says.
struct Said {
    detail: Detail,
    value: Value,
}

/// The details of a gap, and its number words.
fn figures_of(text: &Reading<'_>, range: Range<usize>) -> Vec<Said> {
    let mut details = text.details(range.clone());
    // A word of a rare kind in a script without capitals may be anything; only names and numbers
    // contradict.
    let capitalised = |detail: &Detail| {
        let tokens = text.tokens.get(detail.tokens.clone()).unwrap_or(&[]);
        tokens.iter().all(|token| token.shape.is_capitalised())
    };
    details.retain(|detail| detail.class == DetailClass::Number || capitalised(detail));
    let mut said: Vec<Said> =
        details.into_iter().map(|detail| Said { value: value_of(text, &detail), detail }).collect();
    for at in range {
        if let Some(value) = text.tokens.get(at).and_then(|token| Value::of_word(token.hash)) {
            said.retain(|it| it.detail.tokens != (at..at + 1));
            let detail = Detail { key: 0, class: DetailClass::Number, tokens: at..at + 1 };
            said.push(Said { detail, value });
        }
    }
    said.sort_unstable_by_key(|it| it.detail.tokens.start);
    said
}

fn value_of(text: &Reading<'_>, detail: &Detail) -> Value {
    let written = text.span(&detail.tokens).and_then(|span| span.slice(text.original));
    match detail.class {
        DetailClass::Number => Value::of(written.unwrap_or_default(), detail.key),
        DetailClass::Name => Value::Other(detail.key),
    }
}

#[cfg(test)]
mod tests {
    use super::super::reading::tests::read;
    use super::super::{LinkConfig, PassageSide, align};
    use super::*;
    use crate::text::{TextScheme, TokenisedText};

    fn said(a: &str, b: &str) -> Vec<(String, String)> {
        let text = |text: &str| TokenisedText::of_text(text, &TextScheme::default()).unwrap();
        let (text_a, text_b) = (text(a), text(b));
        let passages: Vec<Passage> = align(&text_a, &text_b, &LinkConfig::default())
            .iter()
            .map(|stretch| {
                let side = |tokens: Range<u32>| PassageSide { tokens, span: Default::default() };
                Passage {
                    a: side(stretch.tokens_a()),
                    b: side(stretch.tokens_b()),
                    matches: stretch.matches().to_vec(),
                    evidence: 9.0,
                }
            })
            .collect();
        let found = read(a, |x| read(b, |y| conflicts(x, y, &passages).found));
        let slice = |found: &Conflict| {
            (found.a.slice(a).unwrap().to_owned(), found.b.slice(b).unwrap().to_owned())
        };
        found.iter().map(slice).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn numbers_and_names_in_equal_words_conflict() {
        assert_eq!(
            said(
                "L'incendie du marché de Sourlac a fait 3 morts mardi soir, a indiqué le préfet Anna Darval lors d'un point de presse.",
                "L'incendie du marché de Sourlac a fait 30 morts mardi soir, a indiqué le préfet Ilse Darval lors d'un point de presse.",
            ),
            pairs(&[("3", "30"), ("Anna", "Ilse")])
        );
    }

    #[test]
    fn a_number_in_words_is_the_same_number() {
        let text = |number: &str| {
            format!(
                "L'incendie du marché de Sourlac a fait {number} morts mardi soir, a indiqué le préfet."
            )
        };
        assert_eq!(said(&text("trois"), &text("3")), []);
        assert_eq!(said(&text("trois"), &text("trente")), pairs(&[("trois", "trente")]));
        assert_eq!(said(&text("douze"), &text("13")), pairs(&[("douze", "13")]));
    }

    #[test]
    fn a_number_written_otherwise_is_the_same_number() {
        let text = |number: &str, hour: &str| {
            format!(
                "La halle de Sourlac a reçu {number} visiteurs samedi, avant de fermer ses portes vers {hour} à \
                 cause de la pluie, a indiqué le maire."
            )
        };
        assert_eq!(said(&text("8 000", "16H00"), &text("8000", "16h")), []);
        assert_eq!(
            said(&text("8 000", "16H00"), &text("8.500", "16h")),
            pairs(&[("8 000", "8.500")])
        );
    }

    #[test]
    fn numbers_of_one_thing_in_a_rewritten_clause_conflict() {
        let (a, b) = (
            "La tuilerie de Mireux ferme ses portes à la fin du mois de juin, ce qui entraîne hélas la perte \
             de 118 emplois dans la vallée de la Vaire, selon le maire du village de Mireux.",
            "La tuilerie de Mireux ferme ses portes à la fin du mois de juin, une décision amère qui coûtera \
             leurs 108 emplois dans la vallée de la Vaire, selon le maire du village de Mireux.",
        );
        assert_eq!(said(a, b), pairs(&[("118", "108")]));
    }

    #[test]
    fn numbers_outside_passages_conflict_in_the_same_context_only() {
        let (a, b) = (
            "Hier, la couronne perdait 0,6% contre le florin.",
            "La couronne perdait 0,9% contre le florin du Nord.",
        );
        assert_eq!(said(a, b), pairs(&[("0,6", "0,9")]));
        assert_eq!(said(a, "Le franc a gagné 0,9% sur la livre."), []);
        // Where both have both numbers nothing is contradicted.
        assert_eq!(
            said("La couronne perdait 4 points puis 5.", "La couronne perdait 5 points puis 4."),
            []
        );
    }
}
