//! What is counted of an article: its words and where they stand, its names, its dates.

use super::mentioned_dates::MentionedDates;
use super::verbatim::ShingleSample;
use crate::article::Article;
use crate::language::{Term, TermWeight, Weigher, name_runs};
use crate::text::{TextScheme, Token, TokenisedText, fold_into};

/// How far the beginning of an article reaches, title included, in half words (a character of a
/// script written without spaces is half a word): news says first what is new. On ECB+ train and
/// half a week of RSS items 40 words give 0.01 BCubed F1 more than 120.
const LEAD: u32 = 2 * 40;

/// What stands for the headline of an article without a title, in half words.
const HEADLINE: u32 = 2 * 14;

/// A title in which at least this share of the telling words is capitalised is in title case: its
/// capitals name nobody.
const TITLE_CASE: f64 = 0.7;

/// What is counted of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Features {
    /// All words that are no stop words and no bare numbers; of scripts written without spaces the
    /// pairs of neighbouring characters, and the Han characters one by one too. By ascending term.
    pub(super) words: Vec<Word>,
    /// Capitalised words, one by one, and names of several words as a whole; how often each stands
    /// there, by ascending term.
    pub(super) names: Vec<(Term, u32)>,
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

/// One word of an article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Word {
    pub(super) term: Term,
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
}

#[cfg(test)]
impl Word {
    /// One word of a headline.
    pub(super) fn once(term: Term) -> Word {
        Word { term, count: 1, in_headline: 1, in_lead: 1, is_lead_name: false, first: 0 }
    }
}

impl Features {
    /// Counts the title and the body. O(tokens · log tokens).
    pub(super) fn of(article: &Article, text: &TokenisedText, weigher: &mut Weigher) -> Features {
        let mut counter = Counter::default();
        // A title is a text of its own: its tokens are read like those of a body.
        let title = article.title().and_then(|title| Article::new("title", title).ok());
        if let Some(title) = &title {
            let tokens = TokenisedText::of_article(title, text.scheme());
            let weights = weigher.weigh(title, &tokens);
            let named = !is_title_case(tokens.tokens(), &weights);
            counter.add(title.original(), tokens.tokens(), &weights, named);
            counter.headline = Some(counter.position);
            // A word more in the title and one less in the body are another text.
            counter.add_to_text(0);
        }
        let weights = weigher.weigh(article, text);
        counter.add(article.original(), text.tokens(), &weights, true);
        let mut shingles = Vec::new();
        text.read_shingles(&mut shingles);
        counter.finish(ShingleSample::of(shingles))
    }
}

/// The words behind `wanted` as the article has them, folded, in the order of `wanted`; a term it
/// does not have as a word is left out. O(tokens).
pub(super) fn spelled(
    article: &Article,
    text: &TokenisedText,
    weigher: &mut Weigher,
    wanted: &[Term],
) -> Vec<String> {
    let title = article.title().and_then(|title| Article::new("title", title).ok());
    let title = title.map(|title| (TokenisedText::of_article(&title, text.scheme()), title));
    let mut found: Vec<Option<String>> = vec![None; wanted.len()];
    let texts = title.iter().map(|(tokens, title)| (title, tokens)).chain([(article, text)]);
    for (article, text) in texts {
        let (original, tokens) = (article.original(), text.tokens());
        let weights = weigher.weigh(article, text);
        for at in 0..tokens.len() {
            let term = word_at(tokens, &weights, at, original);
            let place = wanted.iter().position(|wanted| Some(*wanted) == term);
            if let Some(word) = place.and_then(|place| found.get_mut(place))
                && word.is_none()
            {
                *word = spelled_at(tokens, at, original);
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

/// A word where it stands.
#[derive(Clone, Copy)]
struct Occurrence {
    term: Term,
    /// In half words from the beginning of the title.
    position: u32,
    is_name: bool,
}

#[derive(Default)]
struct Counter {
    words: Vec<Occurrence>,
    names: Vec<Term>,
    dates: MentionedDates,
    text: u64,
    tokens: usize,
    characters: usize,
    /// In half words.
    position: u32,
    /// Where the title ends, if there is one.
    headline: Option<u32>,
    is_name: Vec<bool>,
}

impl Counter {
    fn add(&mut self, original: &str, tokens: &[Token], weights: &[TermWeight], named: bool) {
        self.is_name.clear();
        self.is_name.resize(tokens.len(), false);
        if named {
            self.add_names(original, tokens, weights);
        }
        self.dates.read(original, tokens, self.tokens);
        for at in 0..tokens.len().min(weights.len()) {
            let is_name = self.is_name.get(at).copied().unwrap_or_default();
            let word = word_at(tokens, weights, at, original);
            for term in word.into_iter().chain(character_at(tokens, weights, at, original)) {
                self.words.push(Occurrence { term, position: self.position, is_name });
            }
            self.add_to_text(tokens.get(at).map_or(0, |token| token.hash));
            let is_character = tokens.get(at).is_some_and(|token| token.shape.is_character());
            self.tokens += 1;
            self.characters += usize::from(is_character);
            self.position = self.position.saturating_add(if is_character { 1 } else { 2 });
        }
    }

    /// Multiplied by an odd number and turned, so that the order counts.
    fn add_to_text(&mut self, token: u64) {
        self.text = (self.text.rotate_left(23) ^ token).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn add_names(&mut self, original: &str, tokens: &[Token], weights: &[TermWeight]) {
        for name in name_runs(original, tokens, weights) {
            if let Some(is_name) = self.is_name.get_mut(name.clone()) {
                is_name.fill(true);
            }
            let words = weights.get(name).unwrap_or_default().iter().filter(|w| !w.stop);
            let before = self.names.len();
            self.names.extend(words.map(|weight| weight.term));
            let words = self.names.get(before..).unwrap_or_default();
            if words.len() > 1 {
                self.names.push(Term::of_name(words.iter().copied()));
            }
        }
    }

    fn finish(mut self, shingles: ShingleSample) -> Features {
        self.dates.finish();
        let headline = self.headline.filter(|&end| end > 0).unwrap_or(HEADLINE);
        self.words.sort_unstable_by_key(|word| (word.term, word.position));
        let words = self.words.chunk_by(|a, b| a.term == b.term).filter_map(|occurrences| {
            let first = occurrences.first()?;
            let before = |end: u32| occurrences.iter().take_while(move |o| o.position < end);
            Some(Word {
                term: first.term,
                count: occurrences.len() as u32,
                in_headline: before(headline).count() as u32,
                in_lead: before(LEAD).count() as u32,
                is_lead_name: before(LEAD).any(|occurrence| occurrence.is_name),
                first: first.position,
            })
        });
        Features {
            words: words.collect(),
            names: counted(self.names),
            dates: self.dates,
            shingles,
            text: self.text,
            tokens: self.tokens,
            characters: self.characters,
        }
    }
}

/// The term that token `at` is counted as. In scripts written without spaces one character means
/// little, so two in a row are one term.
fn word_at(tokens: &[Token], weights: &[TermWeight], at: usize, original: &str) -> Option<Term> {
    let (token, weight) = (tokens.get(at)?, weights.get(at)?);
    if weight.stop {
        return None;
    }
    if !token.shape.is_character() {
        let word = original.get(token.start as usize..token.end as usize)?;
        return (!word.bytes().all(|byte| byte.is_ascii_digit())).then_some(weight.term);
    }
    if is_hiragana(original, token) {
        return None;
    }
    if is_pair(original, tokens, at) {
        return Some(Term::of_name([weight.term, weights.get(at + 1)?.term]));
    }
    Some(weight.term)
}

/// The Han character at `at`, where [`word_at`] makes a pair of it. A Han character means something
/// alone: pairs and characters together find more than pairs (Nie, Gao, Zhang and Zhou, "On the use
/// of words and n-grams for Chinese information retrieval", IRAL 2000), above all where one text
/// abbreviates the compounds of the other. A kana or Thai sign is a sound.
fn character_at(
    tokens: &[Token],
    weights: &[TermWeight],
    at: usize,
    original: &str,
) -> Option<Term> {
    let (token, weight) = (tokens.get(at)?, weights.get(at)?);
    let counts = !weight.stop && is_pair(original, tokens, at) && is_han(original, token);
    counts.then_some(weight.term)
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

fn counted(mut terms: Vec<Term>) -> Vec<(Term, u32)> {
    terms.sort_unstable();
    let runs = terms.chunk_by(|a, b| a == b);
    runs.filter_map(|run| run.first().map(|&term| (term, run.len() as u32))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article_set::ArticleSet;

    fn words(body: &str) -> Vec<String> {
        let set =
            ArticleSet::new(&[Article::new("a", body).unwrap()], TextScheme::default()).unwrap();
        let (article, text) = (&set.articles()[0], &set.texts()[0]);
        let mut weigher = Weigher::new(None);
        let features = Features::of(article, text, &mut weigher);
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
        let mut words: Vec<String> =
            features.words.iter().map(|word| character(&word.term)).collect();
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
