//! The tokens of an article as weighed terms.

use super::{Language, Lexicon, Term};
use crate::article::Article;
use crate::text::{TextScheme, Token, TokenisedText, fold_into};
use ahash::AHashMap;

/// What the lexicon knows of one token.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct TermWeight {
    /// Its stem.
    pub term: Term,
    /// How rare the stem is in the language's news, 0 to 1; 1 where nothing is known.
    pub idf: f32,
    /// Whether the token is a stop word.
    pub stop: bool,
    /// What the first four letters of the stem are; 0 of shorter ones. Stems that begin alike are
    /// often forms or compounds of one word.
    pub beginning: u32,
}

/// Looks up the tokens of articles of one language, remembering the words it has seen.
///
/// ```
/// use wirecopy::language::{Language, Weigher};
/// use wirecopy::{Article, ArticleSet};
/// let article = Article::new("a", "Le pont de Sourlac a rouvert.")?;
/// let set = ArticleSet::new(&[article], Default::default())?;
/// let mut weigher = Weigher::new(Some(Language::FRENCH));
/// let weights = weigher.weigh(&set.articles()[0], &set.texts()[0]);
/// assert_eq!(weights.len(), set.texts()[0].tokens().len());
/// assert!(weights[0].stop && !weights[1].stop); // le, pont
/// assert!(weights[1].idf < weights[3].idf); // pont, sourlac
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Debug)]
pub struct Weigher {
    lexicon: &'static Lexicon,
    /// By the token's own hash. Cleared when full, so that memory is bounded whatever the
    /// collection.
    seen: AHashMap<u64, TermWeight>,
    folded: String,
    stem: String,
}

/// A newspaper's year has about so many different words.
const MOST_REMEMBERED: usize = 1 << 17;

impl Weigher {
    /// For articles of this language.
    pub fn new(language: Option<Language>) -> Weigher {
        Weigher {
            lexicon: Lexicon::of(language),
            seen: AHashMap::new(),
            folded: String::new(),
            stem: String::new(),
        }
    }

    /// The lexicon it looks in.
    pub fn lexicon(&self) -> &'static Lexicon {
        self.lexicon
    }

    /// The weight of each token of an article's body, in order. O(tokens).
    pub fn weigh(&mut self, article: &Article, text: &TokenisedText) -> Vec<TermWeight> {
        text.tokens().iter().map(|token| self.weigh_token(article.original(), token)).collect()
    }

    /// The weight of one token of `original`; a token that does not lie in it is a stop word.
    pub fn weigh_token(&mut self, original: &str, token: &Token) -> TermWeight {
        if let Some(weight) = self.seen.get(&token.hash) {
            return *weight;
        }
        let word = original.get(token.start as usize..token.end as usize).unwrap_or_default();
        let weight = self.weigh_word(word);
        if self.seen.len() >= MOST_REMEMBERED {
            self.seen.clear();
        }
        self.seen.insert(token.hash, weight);
        weight
    }

    fn weigh_word(&mut self, word: &str) -> TermWeight {
        self.weigh_listed(word, Lexicon::is_stop)
    }

    /// The weight of a word that is asked for once, with whether a folded word is a stop word.
    pub(super) fn weigh_listed(
        &mut self,
        word: &str,
        is_stop: impl FnOnce(&Lexicon, &str) -> bool,
    ) -> TermWeight {
        self.folded.clear();
        fold_into(word, &TextScheme::default(), &mut self.folded);
        self.lexicon.stem_into(&self.folded, &mut self.stem);
        let term = Term::of(&self.stem);
        TermWeight {
            term,
            idf: self.lexicon.idf(term) as f32,
            stop: self.folded.is_empty() || is_stop(self.lexicon, &self.folded),
            beginning: beginning(&self.stem),
        }
    }
}

/// Letters of a stem that tell what word it is a form of. With three or five the correlation with
/// human judgement is within 0.002 (SemEval-2022 train, by folds).
const BEGINNING: usize = 4;

fn beginning(stem: &str) -> u32 {
    match stem.char_indices().nth(BEGINNING - 1) {
        Some((at, last)) => {
            let letters = stem.get(..at + last.len_utf8()).unwrap_or_default();
            Term::of(letters).folded().max(1)
        }
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article_set::ArticleSet;
    use crate::text::TextScheme;

    #[test]
    fn beginnings_are_of_four_letters_in_any_script() {
        assert_eq!(beginning("wahl"), beginning("wahlkampf"));
        assert_ne!(beginning("wahl"), beginning("wald"));
        assert_eq!(beginning("выбор"), beginning("выборн"));
        for short in ["", "pon", "été", "橋"] {
            assert_eq!(beginning(short), 0, "{short}");
        }
    }

    #[test]
    fn what_is_remembered_is_what_is_looked_up() {
        let body = "Les écoles de Sourlac, l'École normale et les ÉCOLES du Valbrun: 12 écoles.";
        let set =
            ArticleSet::new(&[Article::new("a", body).unwrap()], TextScheme::default()).unwrap();
        let (article, text) = (&set.articles()[0], &set.texts()[0]);
        let mut weigher = Weigher::new(Some(Language::FRENCH));
        let once = weigher.weigh(article, text);
        assert_eq!(once, weigher.weigh(article, text));
        let fresh: Vec<TermWeight> = text
            .tokens()
            .iter()
            .map(|token| Weigher::new(Some(Language::FRENCH)).weigh_token(body, token))
            .collect();
        assert_eq!(once, fresh);
    }
}
