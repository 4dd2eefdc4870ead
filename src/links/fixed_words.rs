//! The words that the rules look for in every text, by their numbers in the set's vocabulary.

use super::quotation::is_survey_word;
use super::truncated::may_invite;
use super::withdraws::may_withdraw;
use crate::article_set::ArticleSet;

/// Which words of a set are of how polls are made, which begin the invitation of a paywall and which the
/// notice of a withdrawal: most texts hold none, which is told without a look at a hash. 1 byte a different word.
pub(crate) struct FixedWords {
    of_word: Vec<u8>,
}

const SURVEY: u8 = 1;
const INVITES: u8 = 2;
const WITHDRAWS: u8 = 4;

impl FixedWords {
    /// Looks each word of a set up once.
    pub(crate) fn new(set: &ArticleSet) -> FixedWords {
        let vocabulary = set.vocabulary();
        let flag = |holds: bool, flag: u8| if holds { flag } else { 0 };
        let of_word = (0..vocabulary.len() as u32).map(|word| {
            vocabulary.hash(word).map_or(0, |hash| {
                flag(is_survey_word(hash), SURVEY)
                    | flag(may_invite(hash), INVITES)
                    | flag(may_withdraw(hash), WITHDRAWS)
            })
        });
        FixedWords { of_word: of_word.collect() }
    }

    /// The places of the words of how polls are made among `words`, ascending.
    pub(crate) fn survey_places(&self, words: &[u32]) -> Vec<u32> {
        let places = (0u32..).zip(words).filter(|(_, word)| self.holds(**word, SURVEY));
        places.map(|(place, _)| place).collect()
    }

    /// The places of the words among `words` that an invitation may begin with, ascending.
    pub(crate) fn invitations(&self, words: &[u32]) -> impl DoubleEndedIterator<Item = usize> {
        let places = words.iter().enumerate().filter(|(_, word)| self.holds(**word, INVITES));
        places.map(|(place, _)| place)
    }

    /// Whether a word stands in `words` that the notice of a withdrawal may begin with.
    pub(crate) fn may_withdraw(&self, words: &[u32]) -> bool {
        words.iter().any(|&word| self.holds(word, WITHDRAWS))
    }

    fn holds(&self, word: u32, flag: u8) -> bool {
        self.of_word.get(word as usize).is_some_and(|flags| flags & flag != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    #[test]
    fn words_of_polls_and_paywalls_are_found_in_titles_and_bodies() {
        let article =
            Article::new("a", "Sondage : la marge est de 3 points. Lire la suite").unwrap();
        let set = ArticleSet::new(&[article.with_title("QUOTAS")], Default::default()).unwrap();
        let (fixed, vocabulary) = (FixedWords::new(&set), set.vocabulary());
        assert_eq!(fixed.survey_places(vocabulary.of(0)), [0, 2]);
        assert_eq!(fixed.survey_places(vocabulary.of_title(0)), [0]);
        let invitations = |words: &[u32]| fixed.invitations(words).collect::<Vec<_>>();
        assert_eq!(invitations(vocabulary.of(0)), [1, 7, 8]);
        assert!(invitations(vocabulary.of_title(0)).is_empty());
    }
}
