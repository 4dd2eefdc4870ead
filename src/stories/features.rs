//! What is counted of an article: its words and where they stand, its names, its dates.

use super::mentioned_dates::MentionedDates;
use super::verbatim::ShingleSample;
use super::word_terms::WordTerms;
use crate::article_set::ArticleSet;
use crate::language::{Language, Term, TermWeight, name_runs};
use crate::text::{TextScheme, Token, fold_into};
use ahash::AHashMap;

/// How far the beginning of an article reaches, title included, in half words (a character of a
/// script written without spaces is half a word): news says first what is new. On ECB+ train and
/// half a week of RSS items 40 words give 0.01 BCubed F1 more than 120.
const LEAD: u32 = 2 * 40;

/// What stands for the headline of an article without a title, in half words.
const HEADLINE: u32 = 2 * 14;

/// A title in which at least this share of the telling words is capitalised is in title case: its
/// capitals name nobody.
const TITLE_CASE: f64 = 0.7;

/// A term of one article.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ArticleTerm {
    /// That of a word, by its number among the [`WordTerms`] of the set.
    Word(u32),
    /// A name of several words or a pair of characters, by its place among the article's compounds.
    Compound(u32),
}

/// What is counted of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Features {
    /// All words that are no stop words and no bare numbers; of scripts written without spaces the
    /// pairs of neighbouring characters, and the Han characters one by one too. In the order of first
    /// mention.
    pub(super) words: Vec<Word>,
    /// Capitalised words, one by one, and names of several words as a whole; how often each stands
    /// there, in the order of first mention.
    pub(super) names: Vec<(ArticleTerm, u32)>,
    /// The terms that are more than one word or character, each once.
    pub(super) compounds: Vec<Term>,
    /// The dates it mentions.
    pub(super) dates: MentionedDates,
    /// A sample of the shingles of the body.
    pub(super) shingles: ShingleSample,
    /// Hash of the folded tokens of title and body: equal texts have one.
    pub(super) text: u64,
    /// Tokens of title and body.
    pub(super) tokens: usize,
    /// Tokens that are single characters of a script written without spaces.
    pub(super) characters: usize,
}

impl Features {
    /// No features, in the memory of these.
    fn emptied(mut self) -> Features {
        self.words.clear();
        self.names.clear();
        self.compounds.clear();
        let Features { words, names, compounds, .. } = self;
        Features { words, names, compounds, ..Features::default() }
    }
}

/// One word of an article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Word {
    pub(super) term: ArticleTerm,
    /// How often it stands in title and body.
    pub(super) count: u32,
    /// How often in the headline: the title, or the first words of an article without one.
    pub(super) in_headline: u32,
    /// How often in title and beginning.
    pub(super) in_lead: u32,
    /// Whether it is part of a name there.
    pub(super) is_lead_name: bool,
    /// Where it stands first, in half words from the beginning of the title.
    pub(super) first: u32,
    /// What its first letters are; 0 where it is too short or no word of a script with letters.
    pub(super) beginning: u32,
}

#[cfg(test)]
impl Word {
    /// One word of a headline.
    pub(super) fn once(term: ArticleTerm) -> Word {
        Word {
            term,
            count: 1,
            in_headline: 1,
            in_lead: 1,
            is_lead_name: false,
            first: 0,
            beginning: 0,
        }
    }
}

/// Reads the features of one article of a set after the other.
pub(super) struct FeatureReader<'s> {
    set: &'s ArticleSet,
    terms: &'s WordTerms,
    words: PlacesOfTerms,
    names: PlacesOfTerms,
    compounds: AHashMap<Term, u32>,
    weights: Vec<TermWeight>,
    is_name: Vec<bool>,
    shingles: Vec<u64>,
    /// What was counted last, for the memory of its lists.
    counted: Features,
}

impl<'s> FeatureReader<'s> {
    pub(super) fn new(set: &'s ArticleSet, terms: &'s WordTerms) -> FeatureReader<'s> {
        FeatureReader {
            set,
            terms,
            words: PlacesOfTerms::default(),
            names: PlacesOfTerms::default(),
            compounds: AHashMap::new(),
            weights: Vec::new(),
            is_name: Vec::new(),
            shingles: Vec::new(),
            counted: Features::default(),
        }
    }

    /// Counts the title and the body of an article. O(tokens).
    pub(super) fn features(&mut self, article: usize, language: Option<Language>) -> Features {
        let set = self.set;
        let (Some(written), Some(text)) = (set.articles().get(article), set.texts().get(article))
        else {
            return Features::default();
        };
        let (vocabulary, known) = (set.vocabulary(), set.known_words().of(language));
        let numbers = self.terms.of_language(language);
        let mut counter = Counter {
            features: std::mem::take(&mut self.counted),
            words: &mut self.words,
            names: &mut self.names,
            compounds: &mut self.compounds,
            is_name: &mut self.is_name,
            position: 0,
            headline: u32::MAX,
        };
        // A title is a text of its own: its tokens are read like those of a body.
        let (title, words) = (written.title().unwrap_or_default(), vocabulary.of_title(article));
        read_weights(words, known, &mut self.weights);
        let title = Weighed {
            original: title,
            tokens: vocabulary.title(article),
            weights: &self.weights,
            words,
            numbers,
        };
        let named = !is_title_case(title.tokens, title.weights);
        counter.add(&title, named);
        if written.title().is_some() {
            // A word more in the title and one less in the body are another text.
            counter.add_to_text(0);
        }
        counter.headline = if counter.position > 0 { counter.position } else { HEADLINE };
        let words = vocabulary.of(article);
        read_weights(words, known, &mut self.weights);
        let (original, tokens) = (written.original(), text.tokens());
        counter.add(&Weighed { original, tokens, weights: &self.weights, words, numbers }, true);
        text.read_shingles(&mut self.shingles);
        let features = counter.finish();
        // Lists grow in memory that is kept, and what is returned has no room to spare.
        let shingles = ShingleSample::of(&mut self.shingles);
        let exact = Features { shingles, ..features.clone() };
        self.counted = features.emptied();
        exact
    }
}

/// What is known of each token's word.
fn read_weights(words: &[u32], known: &[TermWeight], weights: &mut Vec<TermWeight>) {
    weights.clear();
    weights.extend(words.iter().filter_map(|&word| known.get(word as usize).copied()));
}

/// The words behind `wanted` as the article has them, folded, in the order of `wanted`; a term it
/// does not have as a word is left out. O(tokens).
pub(super) fn spelled(
    set: &ArticleSet,
    article: usize,
    language: Option<Language>,
    wanted: &[Term],
) -> Vec<String> {
    let (Some(written), Some(text)) = (set.articles().get(article), set.texts().get(article))
    else {
        return Vec::new();
    };
    let (vocabulary, known) = (set.vocabulary(), set.known_words().of(language));
    let title = written.title().unwrap_or_default();
    let mut found: Vec<Option<String>> = vec![None; wanted.len()];
    let texts = [
        (title, vocabulary.title(article), vocabulary.of_title(article)),
        (written.original(), text.tokens(), vocabulary.of(article)),
    ];
    let (mut weights, mut missing) = (Vec::new(), wanted.len());
    for (original, tokens, words) in texts {
        read_weights(words, known, &mut weights);
        for at in 0..tokens.len() {
            if missing == 0 {
                break;
            }
            let counted = word_at(tokens, &weights, at, original);
            let Some(term) = counted.and_then(|counted| counted.term(&weights)) else { continue };
            let place = wanted.iter().position(|wanted| *wanted == term);
            if let Some(word) = place.and_then(|place| found.get_mut(place))
                && word.is_none()
            {
                *word = spelled_at(tokens, at, original);
                missing -= usize::from(word.is_some());
            }
        }
    }
    found.into_iter().flatten().collect()
}

fn spelled_at(tokens: &[Token], at: usize, original: &str) -> Option<String> {
    let (first, last) =
        (tokens.get(at)?, tokens.get(at + usize::from(is_pair(original, tokens, at)))?);
    let mut folded = String::new();
    fold_into(
        original.get(first.start as usize..last.end as usize)?,
        &TextScheme::default(),
        &mut folded,
    );
    // Two characters of a script without spaces are one word.
    folded.retain(|c| c != ' ');
    Some(folded)
}

fn is_title_case(tokens: &[Token], weights: &[TermWeight]) -> bool {
    let telling = || tokens.iter().zip(weights).filter(|(_, weight)| !weight.stop);
    let capitalised = telling().filter(|(token, _)| token.shape.is_capitalised()).count();
    let all = telling().count();
    all > 3 && capitalised as f64 >= TITLE_CASE * all as f64
}

/// The tokens of a text, each with its word.
struct Weighed<'t> {
    original: &'t str,
    tokens: &'t [Token],
    weights: &'t [TermWeight],
    /// The numbers of the words in the vocabulary.
    words: &'t [u32],
    /// The numbers of the terms of all words.
    numbers: &'t [u32],
}

impl Weighed<'_> {
    /// The term of the word of a token.
    fn word(&self, at: usize) -> Option<ArticleTerm> {
        let word = *self.words.get(at)?;
        self.numbers.get(word as usize).map(|&number| ArticleTerm::Word(number))
    }
}

/// Where the terms of an article that were met before stand in a list, one more.
#[derive(Default)]
struct PlacesOfTerms {
    of_word: Vec<u32>,
    of_compound: Vec<u32>,
}

impl PlacesOfTerms {
    /// The place of a term, 0 for a new one.
    fn get_mut(&mut self, term: ArticleTerm) -> &mut u32 {
        let (places, at) = match term {
            ArticleTerm::Word(number) => (&mut self.of_word, number as usize),
            ArticleTerm::Compound(number) => (&mut self.of_compound, number as usize),
        };
        if at >= places.len() {
            places.resize(at + 1, 0);
        }
        &mut places[at]
    }
}

/// Counts the terms of an article.
struct Counter<'r> {
    features: Features,
    words: &'r mut PlacesOfTerms,
    names: &'r mut PlacesOfTerms,
    compounds: &'r mut AHashMap<Term, u32>,
    is_name: &'r mut Vec<bool>,
    /// In half words from the beginning of the title.
    position: u32,
    /// Where the headline ends.
    headline: u32,
}

impl Counter<'_> {
    fn add(&mut self, text: &Weighed<'_>, named: bool) {
        let &Weighed { original, tokens, weights, .. } = text;
        self.is_name.clear();
        self.is_name.resize(tokens.len(), false);
        if named {
            self.add_names(text);
        }
        self.features.dates.read(original, tokens, self.features.tokens);
        for at in 0..tokens.len().min(weights.len()) {
            let is_character = tokens.get(at).is_some_and(|token| token.shape.is_character());
            if let Some(counted) = word_at(tokens, weights, at, original) {
                let term = match counted {
                    Counted::Word(at) => text.word(at),
                    Counted::Pair(at) => counted_pair(weights, at).map(|it| self.compound(it)),
                };
                let character = character_at(tokens, weights, at, original);
                let character = character.and_then(|()| text.word(at));
                let beginning = weights.get(at).map_or(0, |weight| weight.beginning);
                let beginning = if is_character { 0 } else { beginning };
                for term in term.into_iter().chain(character) {
                    self.add_word(term, at, beginning);
                }
            }
            self.add_to_text(tokens.get(at).map_or(0, |token| token.hash));
            self.features.tokens += 1;
            self.features.characters += usize::from(is_character);
            self.position = self.position.saturating_add(if is_character { 1 } else { 2 });
        }
    }

    /// Multiplied by an odd number and turned, so that the order counts.
    fn add_to_text(&mut self, token: u64) {
        let text = self.features.text.rotate_left(23) ^ token;
        self.features.text = text.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn add_word(&mut self, term: ArticleTerm, at: usize, beginning: u32) {
        let place = self.words.get_mut(term);
        if *place == 0 {
            let new = Word {
                term,
                count: 0,
                in_headline: 0,
                in_lead: 0,
                is_lead_name: false,
                first: self.position,
                beginning,
            };
            self.features.words.push(new);
            *place = self.features.words.len() as u32;
        }
        let Some(word) = self.features.words.get_mut(*place as usize - 1) else { return };
        let in_lead = self.position < LEAD;
        word.count += 1;
        word.in_headline += u32::from(self.position < self.headline);
        word.in_lead += u32::from(in_lead);
        word.is_lead_name |= in_lead && self.is_name.get(at).copied().unwrap_or_default();
    }

    fn add_names(&mut self, text: &Weighed<'_>) {
        let mut terms: Vec<Term> = Vec::new();
        for name in name_runs(text.original, text.tokens, text.weights) {
            if let Some(is_name) = self.is_name.get_mut(name.clone()) {
                is_name.fill(true);
            }
            terms.clear();
            for at in name {
                let weight = text.weights.get(at).filter(|weight| !weight.stop);
                if let (Some(weight), Some(word)) = (weight, text.word(at)) {
                    terms.push(weight.term);
                    self.add_name(word);
                }
            }
            if terms.len() > 1 {
                let whole = self.compound(Term::of_name(terms.iter().copied()));
                self.add_name(whole);
            }
        }
    }

    fn add_name(&mut self, name: ArticleTerm) {
        let place = self.names.get_mut(name);
        if *place == 0 {
            self.features.names.push((name, 0));
            *place = self.features.names.len() as u32;
        }
        if let Some((_, count)) = self.features.names.get_mut(*place as usize - 1) {
            *count += 1;
        }
    }

    fn compound(&mut self, term: Term) -> ArticleTerm {
        let compounds = &mut self.features.compounds;
        ArticleTerm::Compound(*self.compounds.entry(term).or_insert_with(|| {
            compounds.push(term);
            compounds.len() as u32 - 1
        }))
    }

    fn finish(mut self) -> Features {
        self.features.dates.finish();
        // What was met is forgotten.
        self.features.words.iter().for_each(|word| *self.words.get_mut(word.term) = 0);
        self.features.names.iter().for_each(|name| *self.names.get_mut(name.0) = 0);
        self.compounds.clear();
        self.features
    }
}

/// What a token is counted as.
#[derive(Clone, Copy)]
enum Counted {
    /// The word of this token.
    Word(usize),
    /// The characters of this token and the next.
    Pair(usize),
}

impl Counted {
    fn term(self, weights: &[TermWeight]) -> Option<Term> {
        match self {
            Counted::Word(at) => weights.get(at).map(|weight| weight.term),
            Counted::Pair(at) => counted_pair(weights, at),
        }
    }
}

fn counted_pair(weights: &[TermWeight], at: usize) -> Option<Term> {
    Some(Term::of_name([weights.get(at)?.term, weights.get(at + 1)?.term]))
}

/// What token `at` is counted as. In scripts written without spaces one character means
/// little, so two in a row are one term.
fn word_at(tokens: &[Token], weights: &[TermWeight], at: usize, original: &str) -> Option<Counted> {
    let (token, weight) = (tokens.get(at)?, weights.get(at)?);
    if weight.stop {
        return None;
    }
    if !token.shape.is_character() {
        let is_number = || {
            let word = original.get(token.start as usize..token.end as usize);
            word.is_none_or(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
        };
        return (!(token.shape.has_digit() && is_number())).then_some(Counted::Word(at));
    }
    if is_hiragana(original, token) {
        return None;
    }
    if is_pair(original, tokens, at) {
        return Some(Counted::Pair(at));
    }
    Some(Counted::Word(at))
}

/// The Han character at `at`, where [`word_at`] makes a pair of it. A Han character means something
/// alone: pairs and characters together find more than pairs (Nie, Gao, Zhang and Zhou, "On the use
/// of words and n-grams for Chinese information retrieval", IRAL 2000), above all where one text
/// abbreviates the compounds of the other. A kana or Thai sign is a sound.
fn character_at(tokens: &[Token], weights: &[TermWeight], at: usize, original: &str) -> Option<()> {
    let (token, weight) = (tokens.get(at)?, weights.get(at)?);
    let counts = !weight.stop && is_pair(original, tokens, at) && is_han(original, token);
    counts.then_some(())
}

/// Whether token `at` and the next are neighbours in a script written without spaces and make one
/// term.
fn is_pair(original: &str, tokens: &[Token], at: usize) -> bool {
    match (tokens.get(at), tokens.get(at + 1)) {
        (Some(token), Some(next)) => {
            token.shape.is_character()
                && next.shape.is_character()
                && token.end == next.start
                && !is_hiragana(original, next)
        }
        _ => false,
    }
}

/// Japanese writes its endings and particles in hiragana: they are its stop words.
fn is_hiragana(original: &str, token: &Token) -> bool {
    first_char(original, token).is_some_and(|c| ('\u{3041}'..='\u{309f}').contains(&c))
}

/// The blocks of CJK unified and compatibility ideographs, and the two planes kept for them.
fn is_han(original: &str, token: &Token) -> bool {
    first_char(original, token).is_some_and(|c| {
        matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}')
    })
}

fn first_char(original: &str, token: &Token) -> Option<char> {
    original.get(token.start as usize..)?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::language::of_set;

    fn words(body: &str) -> Vec<String> {
        let set =
            ArticleSet::new(&[Article::new("a", body).unwrap()], TextScheme::default()).unwrap();
        let languages = of_set(&set);
        let terms = WordTerms::new(&set, &languages);
        let features = FeatureReader::new(&set, &terms).features(0, languages[0]);
        let character = |term: &Term| {
            let alone = body.chars().map(String::from).find(|c| Term::of(c) == *term);
            alone.unwrap_or_else(|| {
                let chars: Vec<char> = body.chars().collect();
                let pair = chars.windows(2).find(|pair| {
                    let of = |c: char| Term::of(c.encode_utf8(&mut [0; 4]));
                    Term::of_name(pair.iter().map(|&c| of(c))) == *term
                });
                pair.unwrap().iter().collect()
            })
        };
        let term = |word: &Word| match word.term {
            ArticleTerm::Word(number) => terms.terms()[number as usize],
            ArticleTerm::Compound(place) => features.compounds[place as usize],
        };
        let mut words: Vec<String> =
            features.words.iter().map(|word| character(&term(word))).collect();
        words.sort();
        words
    }

    #[test]
    fn han_counts_by_pairs_and_by_characters() {
        assert_eq!(words("酒蔵火災"), ["火", "火災", "災", "蔵", "蔵火", "酒", "酒蔵"]);
    }

    #[test]
    fn hiragana_is_left_out_and_a_kana_or_thai_sign_is_no_word_of_its_own() {
        assert_eq!(words("酒の蔵"), ["蔵", "酒"]);
        assert_eq!(words("カモメ"), ["カモ", "メ", "モメ"]);
        assert_eq!(words("ขขค"), ["ขข", "ขค", "ค"]);
    }
}
