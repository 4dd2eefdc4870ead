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
/// Fitted by `examples/evaluate/fit_kinds.py --evidence` on 325 judged pairs of half 0.
const HEIGHT: f64 = -2.0591;
const SLOPE: f64 = 1.8379;

/// Probability that a pair of this evidence, which is no series and no quotation, shares reused words.
pub(crate) fn probability(evidence: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-HEIGHT - SLOPE * libm::log1p(evidence.max(0.0))))
}

/// What a token is in the evidence of its text: a stop word, a name, a title before one, one character
/// of a script without spaces, or any other word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Stop,
    Name,
    Title,
    Character,
    Word,
}

impl Role {
    /// What its word counts.
    fn share(self) -> f64 {
        const SHARES: [f64; 5] = [0.0, NAME, TITLE, CHARACTER, 1.0];
        SHARES[self as usize]
    }
}

/// The roles of the tokens of a text: read once for all its links, of which each then sums the words
/// of its own passages. Memory: a byte a token.
pub(crate) struct Roles(Vec<Role>);

impl Roles {
    /// Reads a text; `numbers`: the words of the tokens. O(tokens).
    pub(crate) fn new(tokens: &[Token], numbers: &[u32], words: WordsOf<'_>) -> Roles {
        let mut roles = vec![Role::Stop; tokens.len()];
        // From the end, so that what follows a token is known.
        let mut next_is_capitalised = false;
        let mut to_name = usize::MAX;
        for ((role, token), &number) in roles.iter_mut().zip(tokens).zip(numbers).rev() {
            let is_capitalised = token.shape.is_capitalised();
            // A capital that does not merely start a sentence.
            let is_name = words.capitals_tell_names()
                && is_capitalised
                && (next_is_capitalised || !token.shape.starts_sentence());
            let is_stop = words.weight(number) == 0.0;
            *role = if is_stop {
                Role::Stop
            } else if is_name {
                Role::Name
            } else if token.shape.is_character() {
                Role::Character
            } else if to_name <= TITLE_TOKENS {
                Role::Title
            } else {
                Role::Word
            };
            // Tokens from the one before this one to a name with no stop word between.
            to_name = match (is_name, is_stop) {
                (true, _) => 1,
                (false, true) => usize::MAX,
                (false, false) => to_name.saturating_add(1),
            };
            next_is_capitalised = is_capitalised;
        }
        Roles(roles)
    }

    /// The evidence of the tokens in `matched` (ascending ranges): the sum over words that are no stop
    /// words of how telling each is.
    pub(crate) fn evidence(
        &self,
        numbers: &[u32],
        words: WordsOf<'_>,
        matched: impl Iterator<Item = Range<usize>>,
    ) -> f64 {
        let mut sum = 0.0;
        for range in matched {
            let range = range.start..range.end.min(self.0.len());
            let (roles, numbers) = (self.0.get(range.clone()), numbers.get(range));
            // Nothing hangs on a branch: which words are stop words is as good as random.
            let mut in_name = false;
            for (&role, &number) in roles.into_iter().flatten().zip(numbers.into_iter().flatten()) {
                let is_name = role == Role::Name;
                let counts = if is_name & in_name { 0.0 } else { role.share() };
                sum += counts * words.weight(number);
                // A stop word leaves a name open: "Bank of Sourlac".
                in_name = is_name | (in_name & (role == Role::Stop));
            }
        }
        sum
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
        let matched = matched.iter().map(|&(from, to)| from..to);
        Roles::new(tokens, numbers, words.of(0)).evidence(numbers, words.of(0), matched)
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
