//! Evidence that words were copied and not found twice.
//!
//! Length alone does not prove reuse: of pairs of French articles that share at most 12 to 24
//! tokens in a row 57 % are of the same three days, of those that share 8 to 11 only 20 %, and much
//! of it is a head of state's name and title. By this sum it is 10 % under 1, 64 % from 3 to 4 and
//! about 90 % from 6 on. So words are counted by how telling they are, names once however long, and
//! titles before names by half.

use super::words::WordsOf;
use crate::text::Token;
use std::ops::Range;

/// Weight of a name, which any text on the same matter holds, against other words.
const NAME: f64 = 0.3;
/// Weight of a title before a name ("the Valbrunese president Anna Darval").
const TITLE: f64 = 0.5;
/// Tokens before a name that may be its title.
const TITLE_TOKENS: usize = 3;
/// Weight of a token that is one character of a script written without spaces: words there have
/// about two.
const CHARACTER: f64 = 0.5;

/// The curve of [`probability`]: its height at no evidence, and its slope for each ln(1 + evidence).
/// Fitted by `examples/evaluate/fit_kinds.py --evidence` on 324 judged pairs of half 0.
const HEIGHT: f64 = -2.4210;
const SLOPE: f64 = 2.0206;

/// Probability that a pair of this evidence, which is no series and no quotation, shares reused words.
pub(crate) fn probability(evidence: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-HEIGHT - SLOPE * libm::log1p(evidence.max(0.0))))
}

/// The evidence of the tokens in `matched` (ascending ranges): the sum over words that are no stop
/// words of how telling each is. `numbers`: the words of the tokens.
pub(crate) fn evidence(
    tokens: &[Token],
    numbers: &[u32],
    words: WordsOf<'_>,
    matched: impl Iterator<Item = Range<usize>>,
) -> f64 {
    let text = Text { tokens, numbers, words };
    let mut sum = 0.0;
    for range in matched {
        let mut in_name = false;
        for at in range {
            let Some(token) = tokens.get(at) else { continue };
            let weight = text.weight(at);
            if weight == 0.0 {
                continue; // a stop word leaves a name open: "Bank of Sourlac"
            }
            if text.is_name(at) {
                sum += if in_name { 0.0 } else { NAME * weight };
                in_name = true;
            } else {
                in_name = false;
                let share = if token.shape.is_character() {
                    CHARACTER
                } else if text.is_title(at) {
                    TITLE
                } else {
                    1.0
                };
                sum += share * weight;
            }
        }
    }
    sum
}

struct Text<'t> {
    tokens: &'t [Token],
    numbers: &'t [u32],
    words: WordsOf<'t>,
}

impl Text<'_> {
    fn weight(&self, at: usize) -> f64 {
        self.numbers.get(at).map_or(0.0, |&number| self.words.weight(number))
    }

    /// A capital that does not merely start a sentence.
    fn is_name(&self, at: usize) -> bool {
        let capitalised =
            |at: usize| self.tokens.get(at).is_some_and(|token| token.shape.is_capitalised());
        self.words.capitals_tell_names()
            && capitalised(at)
            && (capitalised(at + 1)
                || self.tokens.get(at).is_some_and(|token| !token.shape.starts_sentence()))
    }

    fn is_title(&self, at: usize) -> bool {
        for next in at + 1..=at + TITLE_TOKENS {
            if self.is_name(next) {
                return true;
            }
            if self.weight(next) == 0.0 {
                return false;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::article_set::ArticleSet;
    use crate::language::Language;
    use crate::links::words::Words;

    /// The evidence of the whole text and of some of its tokens.
    fn of(language: &str, body: &str, matched: &[(usize, usize)]) -> f64 {
        let article = Article::new("a", body).unwrap();
        let article = article.with_language(Language::new(language).unwrap());
        let set = ArticleSet::new(&[article], Default::default()).unwrap();
        let words = Words::new(&set, &[0]);
        let (tokens, numbers) = (set.texts()[0].tokens(), set.vocabulary().of(0));
        evidence(tokens, numbers, words.of(0), matched.iter().map(|&(from, to)| from..to))
    }

    fn all(body: &str) -> f64 {
        of("fr", body, &[(0, 100)])
    }

    #[test]
    fn more_evidence_is_more_probable_and_nothing_is_certain() {
        let steps: Vec<f64> = (0..400).map(|step| probability(f64::from(step))).collect();
        assert!(steps.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(steps.iter().all(|p| 0.0 < *p && *p < 1.0));
        assert!(probability(4.0) > 0.5 && probability(1.0) < 0.5);
    }

    #[test]
    fn stop_words_are_no_evidence() {
        assert_eq!(all("il est dans le et sur la"), 0.0);
        assert_eq!(all("la passerelle"), all("la passerelle est dans le"));
    }

    #[test]
    fn a_name_counts_once_however_long_and_little() {
        let short = all("hier soir Darval mange");
        assert_eq!(short, all("hier soir Darval Valbrun Mireux mange"));
        assert!(short < all("hier soir passerelle mange"));
    }

    #[test]
    fn a_title_before_a_name_counts_half() {
        let titled = all("passerelle Darval");
        let apart = all("passerelle et Darval");
        assert!(titled < apart, "{titled} {apart}");
    }

    #[test]
    fn a_capital_that_starts_a_sentence_is_no_name() {
        assert_eq!(all("Passerelle fermée"), all("passerelle fermée"));
    }

    #[test]
    fn rare_words_are_more_than_common_ones_and_none_is_over_one() {
        let (common, rare) = (all("ministre"), all("anguille"));
        assert!(0.0 < common && common < rare && rare <= 1.0, "{common} {rare}");
    }

    #[test]
    fn only_matched_tokens_count_and_a_gap_ends_a_name() {
        let body = "passerelle fermée Darval inonde Mireux";
        assert_eq!(of("fr", body, &[(0, 0)]), 0.0);
        let both = of("fr", body, &[(2, 3), (4, 5)]);
        assert_eq!(both, of("fr", body, &[(2, 3)]) + of("fr", body, &[(4, 5)]));
    }

    #[test]
    fn german_nouns_are_words() {
        let german = of("de", "gestern wurde Brücke gesperrt", &[(2, 3)]);
        assert!(german > 2.0 * of("fr", "gestern wurde Brücke gesperrt", &[(2, 3)]));
    }
}
