//! Conflicts: numbers and names that differ where the texts around them agree.

use super::details::{Detail, DetailClass};
use super::reading::Reading;
use super::{Conflict, Passage};
use crate::text::TextScheme;
use ahash::AHashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Longest gap, in tokens, in which details of both sides are set against each other: a rewritten
/// sentence has other details and contradicts nothing.
const MAX_GAP_TOKENS: usize = 6;

/// Numbers as words, with their values; the articles "un", "ein" are no numbers.
const NUMBER_WORDS: &[(&str, u32)] = &[
    ("deux", 2),
    ("trois", 3),
    ("quatre", 4),
    ("cinq", 5),
    ("six", 6),
    ("sept", 7),
    ("huit", 8),
    ("neuf", 9),
    ("dix", 10),
    ("onze", 11),
    ("douze", 12),
    ("treize", 13),
    ("quatorze", 14),
    ("quinze", 15),
    ("seize", 16),
    ("vingt", 20),
    ("trente", 30),
    ("quarante", 40),
    ("cinquante", 50),
    ("soixante", 60),
    ("cent", 100),
    ("mille", 1000),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("hundred", 100),
    ("thousand", 1000),
    ("zwei", 2),
    ("drei", 3),
    ("vier", 4),
    ("fünf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("acht", 8),
    ("neun", 9),
    ("zehn", 10),
    ("elf", 11),
    ("zwölf", 12),
    ("zwanzig", 20),
    ("dreißig", 30),
    ("vierzig", 40),
    ("fünfzig", 50),
    ("hundert", 100),
    ("tausend", 1000),
    ("dos", 2),
    ("tres", 3),
    ("cuatro", 4),
    ("cinco", 5),
    ("seis", 6),
    ("siete", 7),
    ("ocho", 8),
    ("nueve", 9),
    ("diez", 10),
    ("veinte", 20),
    ("treinta", 30),
    ("cien", 100),
    ("mil", 1000),
];

/// Tokens before and after a number that must agree where nothing else does.
const CONTEXT_TOKENS: usize = 2;

/// The conflicts, by ascending place in `a`.
///
/// Inside the passages: between two runs of equal tokens the numbers that only one side has are set
/// against the numbers that only the other has, in order; names likewise. Where the gap is a
/// rewritten clause, only numbers before the same word ("118 jobs", "108 jobs"). Outside them:
/// numbers between the same two words before and two after.
///
/// O(tokens of the passages + numbers of the text with fewer).
pub(crate) fn conflicts(a: &Reading<'_>, b: &Reading<'_>, passages: &[Passage]) -> Vec<Conflict> {
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
    found.sort_unstable_by_key(|conflict| (conflict.a, conflict.b));
    found.dedup_by(|x, y| x.a == y.a || x.b == y.b);
    found
}

fn conflict(a: &Reading<'_>, b: &Reading<'_>, x: &Detail, y: &Detail) -> Option<Conflict> {
    Some(Conflict { a: a.span(&x.tokens)?, b: b.span(&y.tokens)? })
}

/// The details of a class that the other side has not.
fn only<'d>(class: DetailClass, these: &'d [Detail], those: &[Detail]) -> Vec<&'d Detail> {
    let own = these.iter().filter(|detail| detail.class == class);
    own.filter(|detail| !those.iter().any(|other| other.key == detail.key)).collect()
}

/// The word after a number, when it is no stop word.
fn counted_word(text: &Reading<'_>, number: &Detail) -> Option<u64> {
    let after = number.tokens.end;
    let hash = text.tokens.get(after)?.hash;
    (text.weight(after) > 0.0).then_some(hash)
}

/// Different numbers between the same words, where each text has its number once in that place and
/// nowhere the other's.
fn in_the_same_context(a: &Reading<'_>, b: &Reading<'_>) -> Vec<Conflict> {
    // A host of all of a day's numbers is asked for those of the short text, not the other way.
    let a_has_fewer = a.numbers_by_context.len() <= b.numbers_by_context.len();
    let fewer = if a_has_fewer { &a.numbers_by_context } else { &b.numbers_by_context };
    let both = fewer.keys().filter_map(|context| {
        let number = |text: &Reading<'_>| text.numbers_by_context.get(context).cloned().flatten();
        Some((number(a)?, number(b)?))
    });
    both.filter(|(x, y)| !b.holds(x.key) && !a.holds(y.key))
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

/// The details of a gap, and its number words; a number up to a thousand is the same in digits and
/// in words.
fn figures_of(text: &Reading<'_>, range: Range<usize>) -> Vec<Detail> {
    let values = &*NUMBER_VALUES;
    let mut details = text.details(range.clone());
    // A word of a rare kind in a script without capitals may be anything; only names and numbers
    // contradict.
    let capitalised = |detail: &Detail| {
        let tokens = text.tokens.get(detail.tokens.clone()).unwrap_or(&[]);
        tokens.iter().all(|token| token.shape.is_capitalised())
    };
    details.retain(|detail| detail.class == DetailClass::Number || capitalised(detail));
    for detail in &mut details {
        let word = text.span(&detail.tokens).and_then(|span| span.slice(text.original));
        if let Some(value) = word.and_then(|word| word.parse::<u32>().ok()) {
            detail.key = u64::from(value);
        }
    }
    for at in range {
        let value = text.tokens.get(at).and_then(|token| values.get(&token.hash));
        if let Some(value) = value.copied().map(u64::from) {
            details.retain(|detail| detail.tokens != (at..at + 1));
            details.push(Detail { key: value, class: DetailClass::Number, tokens: at..at + 1 });
        }
    }
    details.sort_unstable_by_key(|detail| detail.tokens.start);
    details
}

static NUMBER_VALUES: LazyLock<AHashMap<u64, u32>> = LazyLock::new(|| {
    let mut values = AHashMap::new();
    for scheme in [TextScheme::default(), TextScheme::default().keep_accents(true)] {
        for (word, value) in NUMBER_WORDS {
            let text = crate::text::TokenisedText::of_text(word, &scheme).unwrap_or_default();
            if let [token] = text.tokens() {
                values.insert(token.hash, *value);
            }
        }
    }
    values
});

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
        let found = read(a, |x| read(b, |y| conflicts(x, y, &passages)));
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
