//! Counts in how many documents a term stands.

use std::collections::{BTreeMap, BTreeSet};
use wirecopy::language::{Language, Term, Weigher, name_runs};
use wirecopy::{Article, Error, text::TextScheme, text::TokenisedText};

/// Document frequencies of one collection.
#[derive(Default)]
pub(crate) struct Count {
    pub(crate) documents: u32,
    pub(crate) frequencies: BTreeMap<Term, u32>,
}

impl Count {
    /// Counts one document: each of its stems, and each of its names of several words, once.
    pub(crate) fn add(&mut self, weigher: &mut Weigher, text: &str) -> Result<(), Error> {
        let article = Article::new("document", text)?;
        let tokens = TokenisedText::of_article(&article, &TextScheme::default());
        let weights = weigher.weigh(&article, &tokens);
        let mut terms: BTreeSet<Term> =
            weights.iter().filter(|w| !w.stop).map(|w| w.term).collect();
        let names = name_runs(text, tokens.tokens(), &weights);
        terms.extend(names.iter().filter_map(|name| name_term(&weights[name.clone()])));
        self.documents += 1;
        for term in terms {
            *self.frequencies.entry(term).or_default() += 1;
        }
        Ok(())
    }
}

fn name_term(weights: &[wirecopy::language::TermWeight]) -> Option<Term> {
    let words: Vec<Term> = weights.iter().filter(|w| !w.stop).map(|w| w.term).collect();
    (words.len() > 1).then(|| Term::of_name(words))
}

/// A weigher for the language of a table.
pub(crate) fn weigher(code: &str) -> Weigher {
    Weigher::new(Language::new(code))
}
