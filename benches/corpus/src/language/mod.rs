//! Languages that look like seven of the world's, in invented words.
//!
//! Only the grammatical words (articles, prepositions, particles) are real, because readers that tell languages apart
//! look at those; every other word is spelled from letter groups by chance.

mod arabic;
mod chinese;
mod english;
mod french;
mod german;
mod japanese;
mod russian;

use crate::random::Random;

/// The language that an article looks like.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Language {
    /// Accents, curly apostrophes, no-break spaces, guillemets: 8 % of the bytes are not ASCII.
    French,
    /// Nearly all ASCII.
    English,
    /// Umlauts and long compounds.
    German,
    /// Cyrillic.
    Russian,
    /// Right to left.
    Arabic,
    /// Written without spaces.
    Chinese,
    /// Three scripts in one, written without spaces.
    Japanese,
}

impl Language {
    /// All of them, in the order of their shares.
    pub const ALL: [Language; 7] = [
        Language::French,
        Language::English,
        Language::German,
        Language::Russian,
        Language::Arabic,
        Language::Chinese,
        Language::Japanese,
    ];

    /// Of a hundred stories, how many are in each language, in the order of [`ALL`](Self::ALL).
    pub const SHARES: [usize; 7] = [72, 10, 6, 4, 3, 3, 2];

    pub(crate) fn draw(random: &mut Random) -> Language {
        Language::ALL[random.weighted(&Language::SHARES)]
    }

    pub(crate) fn spelling(self) -> &'static Spelling {
        match self {
            Language::French => &french::SPELLING,
            Language::English => &english::SPELLING,
            Language::German => &german::SPELLING,
            Language::Russian => &russian::SPELLING,
            Language::Arabic => &arabic::SPELLING,
            Language::Chinese => &chinese::SPELLING,
            Language::Japanese => &japanese::SPELLING,
        }
    }
}

/// How a language is written. Of what stands in a list twice, twice as much is drawn.
#[derive(Debug)]
pub(crate) struct Spelling {
    /// Grammatical words, the most frequent first.
    pub(crate) grammatical: &'static [&'static str],
    /// Of a hundred words, how many are grammatical.
    pub(crate) grammatical_share: usize,
    /// How other words are made.
    pub(crate) letters: Letters,
    /// Written before words that begin with a vowel: "l’", "d’".
    pub(crate) elisions: &'static [&'static str],
    /// Of a hundred words that are not grammatical, how many are written with a capital.
    pub(crate) capitals: usize,
    /// Between two words.
    pub(crate) space: &'static str,
    /// After a clause.
    pub(crate) comma: &'static str,
    /// After a statement.
    pub(crate) stop: &'static str,
    /// After a question.
    pub(crate) question: &'static str,
    /// Around a quotation.
    pub(crate) quotes: (&'static str, &'static str),
}

/// The parts of words.
#[derive(Debug)]
pub(crate) enum Letters {
    /// Syllables of onset and nucleus, and an ending.
    Syllables {
        onsets: &'static [&'static str],
        nuclei: &'static [&'static str],
        endings: &'static [&'static str],
    },
    /// Characters that each carry a meaning: the frequent ones, and one in four from the whole block of the script.
    /// The endings are written behind, for scripts that mix.
    Characters { frequent: &'static str, block: (u32, u32), endings: &'static [&'static str] },
}
