//! Names: runs of capitalised words.

use super::TermWeight;
use crate::text::Token;
use std::ops::Range;

/// Lower-case words that stand inside names ("Bois de Valbrun", "Anna van der Sourlac"), folded.
const PARTICLES: &[&str] = &[
    "al", "bin", "d", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos",
    "du", "el", "la", "le", "of", "van", "von", "zu",
];

/// Most particles between two words of a name.
const MOST_PARTICLES: usize = 2;

/// The names of a text as ranges of tokens, ascending and disjoint; particles inside a name belong
/// to its range.
///
/// A name is a maximal run of capitalised words with nothing but a space, hyphen, apostrophe or
/// particles between them. Stop words are in no name. A capital that starts a sentence says
/// nothing, so a run may start with such a word only when another capitalised word follows it.
/// Words of scripts without capitals are in no name. O(tokens).
///
/// `tokens` are those of `original`, `weights` what [`Weigher::weigh`](super::Weigher::weigh) says
/// of them.
///
/// ```
/// use wirecopy::language::{Language, Weigher, name_runs};
/// use wirecopy::{Article, ArticleSet};
/// let article = Article::new("a", "Hier, le préfet Jean Darval a rouvert le Pont de Sourlac.")?;
/// let set = ArticleSet::new(&[article], Default::default())?;
/// let (article, text) = (&set.articles()[0], &set.texts()[0]);
/// let weights = Weigher::new(Some(Language::FRENCH)).weigh(article, text);
/// let names = name_runs(article.original(), text.tokens(), &weights);
/// assert_eq!(names, [3..5, 8..11]);
/// # Ok::<(), wirecopy::Error>(())
/// ```
pub fn name_runs(original: &str, tokens: &[Token], weights: &[TermWeight]) -> Vec<Range<usize>> {
    let mut names = Vec::new();
    let is_stop = |at: usize| weights.get(at).map(|weight| weight.stop);
    for_each_name(original, tokens, is_stop, |name| names.push(name));
    names
}

/// Calls `found` with each of the [`name_runs`] in turn. `is_stop`: whether a token is a stop word;
/// one of which nothing is known is in no name.
pub(crate) fn for_each_name(
    original: &str,
    tokens: &[Token],
    is_stop: impl Fn(usize) -> Option<bool>,
    mut found: impl FnMut(Range<usize>),
) {
    let text = Named { original, tokens, is_stop };
    let mut at = 0;
    while at < tokens.len() {
        let Some(end) = text.name_from(at) else {
            at += 1;
            continue;
        };
        found(at..end);
        at = end;
    }
}

struct Named<'t, S> {
    original: &'t str,
    tokens: &'t [Token],
    is_stop: S,
}

impl<S: Fn(usize) -> Option<bool>> Named<'_, S> {
    /// One past the last token of the name that starts at `first`.
    fn name_from(&self, first: usize) -> Option<usize> {
        if !self.is_capitalised(first) {
            return None;
        }
        let mut end = first + 1;
        while let Some(next) = self.next_word(end) {
            end = next + 1;
        }
        let shape = self.tokens.get(first)?.shape;
        (end > first + 1 || !shape.starts_sentence() || shape.is_uppercase()).then_some(end)
    }

    /// The capitalised word that goes on with the name which reaches up to `end`.
    fn next_word(&self, end: usize) -> Option<usize> {
        for at in end..=end + MOST_PARTICLES {
            if !self.is_joined(at) || self.tokens.get(at)?.shape.starts_sentence() {
                return None;
            }
            if self.is_capitalised(at) {
                return Some(at);
            }
            if !self.is_particle(at) {
                return None;
            }
        }
        None
    }

    fn is_capitalised(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            token.shape.is_capitalised()
                && !token.shape.is_character()
                && (self.is_stop)(at) == Some(false)
        })
    }

    fn is_particle(&self, at: usize) -> bool {
        PARTICLES.contains(&self.word(at))
    }

    fn word(&self, at: usize) -> &str {
        let token = self.tokens.get(at);
        token
            .and_then(|token| self.original.get(token.start as usize..token.end as usize))
            .unwrap_or_default()
    }

    /// Whether nothing but a space, hyphen or apostrophe stands between token `at` and the one
    /// before it.
    fn is_joined(&self, at: usize) -> bool {
        let (Some(before), Some(token)) =
            (self.tokens.get(at.wrapping_sub(1)), self.tokens.get(at))
        else {
            return false;
        };
        let gap = self.original.get(before.end as usize..token.start as usize).unwrap_or("\n");
        let mut between = gap.chars();
        match (between.next(), between.next()) {
            (None, _) => true,
            (Some(c), None) => matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '-' | '‑' | '\'' | '’'),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Language, Weigher};
    use super::*;
    use crate::article::Article;
    use crate::article_set::ArticleSet;
    use crate::text::TextScheme;

    fn names(body: &str) -> Vec<String> {
        let set =
            ArticleSet::new(&[Article::new("a", body).unwrap()], TextScheme::default()).unwrap();
        let (article, text) = (&set.articles()[0], &set.texts()[0]);
        let weights = Weigher::new(Some(Language::FRENCH)).weigh(article, text);
        name_runs(body, text.tokens(), &weights)
            .into_iter()
            .map(|range| text.span(range).unwrap().slice(body).unwrap().to_owned())
            .collect()
    }

    #[test]
    fn a_sentence_initial_capital_is_no_name_unless_the_name_goes_on() {
        assert_eq!(names("Pompiers et voisins ont fui."), Vec::<String>::new());
        assert_eq!(names("Anna Darval a fui. Pompiers en alerte."), ["Anna Darval"]);
        assert_eq!(names("Selon Darval, tout va bien."), ["Darval"]);
    }

    #[test]
    fn names_end_at_punctuation_and_at_the_sentence() {
        assert_eq!(names("Il vit à Sourlac, Valbrun et Mireux."), ["Sourlac", "Valbrun", "Mireux"]);
        assert_eq!(names("Il aime Sourlac. Darval aussi."), ["Sourlac"]);
    }

    #[test]
    fn hyphens_and_particles_join() {
        assert_eq!(
            names("à Bourg-Mireux et au Bois de Valbrun"),
            ["Bourg-Mireux", "Bois de Valbrun"]
        );
        assert_eq!(names("le parc de la Vaire de"), ["Vaire"]);
    }
}
