//! What is counted of articles, block by block.

use super::blocks::{Blocks, Span};
use super::features::{ArticleTerm, Word};
use super::mentioned_dates::MentionedDates;
use super::verbatim::ShingleSample;
use crate::language::Term;

/// What is counted of an article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Features<'f> {
    /// All words that are no stop words and no bare numbers; of scripts written without spaces the
    /// pairs of neighbouring characters, and the Han characters one by one too. In the order of first
    /// mention.
    pub(super) words: &'f [Word],
    /// Capitalised words, one by one, and names of several words as a whole; how often each stands
    /// there, in the order of first mention.
    pub(super) names: &'f [(ArticleTerm, u32)],
    /// The terms that are more than one word or character, each once.
    pub(super) compounds: &'f [Term],
    /// The dates it mentions.
    pub(super) dates: &'f MentionedDates,
    /// A sample of the shingles of the body.
    pub(super) shingles: ShingleSample<'f>,
    /// Hash of the folded tokens of title and body: equal texts have one.
    pub(super) text: u64,
    /// Tokens of title and body.
    pub(super) tokens: usize,
    /// Tokens that are single characters of a script written without spaces.
    pub(super) characters: usize,
}

/// What is counted of the articles of a block. Lists of one kind stand one behind the other.
#[derive(Clone, Debug, Default)]
pub(super) struct FeatureBlock {
    pub(super) articles: Vec<Record>,
    pub(super) words: Vec<Word>,
    pub(super) names: Vec<(ArticleTerm, u32)>,
    pub(super) compounds: Vec<Term>,
    pub(super) shingles: Vec<u64>,
}

/// What is no list of an article, and where its lists are.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    pub(super) words: Span,
    pub(super) names: Span,
    pub(super) compounds: Span,
    pub(super) shingles: Span,
    pub(super) has_more_shingles: bool,
    pub(super) dates: MentionedDates,
    pub(super) text: u64,
    pub(super) tokens: usize,
    pub(super) characters: usize,
}

impl FeatureBlock {
    /// No features, in the memory of these.
    pub(super) fn clear(&mut self) {
        let FeatureBlock { articles, words, names, compounds, shingles } = self;
        articles.clear();
        words.clear();
        names.clear();
        compounds.clear();
        shingles.clear();
    }

    fn features<'f>(&'f self, own: &'f Record) -> Features<'f> {
        Features {
            words: own.words.of(&self.words),
            names: own.names.of(&self.names),
            compounds: own.compounds.of(&self.compounds),
            dates: &own.dates,
            shingles: ShingleSample {
                hashes: own.shingles.of(&self.shingles),
                is_part: own.has_more_shingles,
            },
            text: own.text,
            tokens: own.tokens,
            characters: own.characters,
        }
    }

    /// What is counted of each of its articles.
    pub(super) fn articles(&self) -> impl Iterator<Item = Features<'_>> + Clone {
        self.articles.iter().map(|own| self.features(own))
    }
}

impl Blocks<FeatureBlock> {
    /// What is counted of an article; `None` for one that the set does not have.
    pub(super) fn article(&self, article: usize) -> Option<Features<'_>> {
        let (block, place) = self.get(article)?;
        Some(block.features(block.articles.get(place)?))
    }

    /// What is counted of each article.
    pub(super) fn articles(&self) -> impl Iterator<Item = Features<'_>> {
        self.blocks().iter().flat_map(FeatureBlock::articles)
    }

    /// Of articles of these words and nothing else.
    #[cfg(test)]
    pub(super) fn of_words(articles: &[Vec<Word>]) -> Blocks<FeatureBlock> {
        use super::blocks::{articles_of, block_count};
        let block = |number| {
            let mut block = FeatureBlock::default();
            for words in &articles[articles_of(number, articles.len())] {
                let before = block.words.len();
                block.words.extend(words);
                let own = Span::added(before, &block.words);
                block.articles.push(Record {
                    words: own,
                    tokens: words.len(),
                    ..Record::default()
                });
            }
            block
        };
        Blocks::new((0..block_count(articles.len())).map(block).collect(), articles.len())
    }
}

/// How many entries the lists of a block have before those of an article.
#[derive(Clone, Copy)]
pub(super) struct First {
    pub(super) word: usize,
    pub(super) name: usize,
    pub(super) compound: usize,
    pub(super) shingle: usize,
}

impl First {
    pub(super) fn of(block: &FeatureBlock) -> First {
        First {
            word: block.words.len(),
            name: block.names.len(),
            compound: block.compounds.len(),
            shingle: block.shingles.len(),
        }
    }
}
