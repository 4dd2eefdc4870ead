//! Which language a text is in: its script, then votes of its stop words and of the letters only
//! some languages write, and where these do not tell, its trigrams.

use super::Language;
use super::word_votes::{StopIn, begins_telling, stop_in, telling, written_by};
use crate::article_set::ArticleSet;
use crate::parallel::map_ordered;
use crate::text::{TextScheme, Token, for_each_token};
use std::sync::LazyLock;

/// Words read of a text: the language of a news text shows in its first paragraph.
const WORDS_READ: usize = 300;

/// Fewest votes that decide, in halves, and how often the winner must have the runner-up's, in tenths.
/// A word that several languages have in common is shared between them.
const LEAST_VOTES: u64 = 3;
const LEAST_LEAD: u64 = 13;

/// What a vote counts, so that it is shared without a rest between as many languages as one word may
/// be a stop word of: sums are exact in whatever order words are read.
const VOTE: u64 = 360_360;

/// Of texts whose words do not tell, the trigrams do from this confidence on. Of 5,494 articles in
/// seven languages (SemEval-2022, ECB+, a week and a day of French items) cut to their first words:
///
/// | words | by words alone: right, wrong | with trigrams: right, wrong | trigrams alone: right, wrong |
/// |---|---|---|---|
/// | 6 | 2,510, 26 | 3,672, 52 | 3,418, 1,074 |
/// | 12 | 4,657, 30 | 5,171, 42 | 5,150, 331 |
/// | 25 | 5,388, 9 | 5,465, 10 | 5,450, 44 |
/// | 300 | 5,459, 5 | 5,480, 6 | 5,484, 10 |
///
/// Trigrams alone cost six times as much on whole articles.
const TRIGRAM_CONFIDENCE: f64 = 0.5;

/// Bytes of a text that trigrams are counted in; where they are asked, the text is short or strange.
const TRIGRAM_BYTES: usize = 1000;

/// The language of a text, `None` when neither its words nor its trigrams tell.
///
/// The first 300 words vote. O(length). Every language with a list of stop words can
/// be told (by trigrams with the crate `whatlang`, where too few stop words stand in the text), and those that have a script to themselves (Japanese, Chinese, Korean, Greek, Hebrew,
/// Thai, Hindi) by the script; Ukrainian and Persian by their letters. Few headlines hold enough
/// words; [`of_set`] lends them the language of their collection.
///
/// ```
/// use wirecopy::language::{Language, detect};
/// assert_eq!(detect("Le pont de Sourlac a été rouvert après trois mois de travaux."), Some(Language::FRENCH));
/// assert_eq!(detect("The bridge was closed for months and is open again."), Some(Language::ENGLISH));
/// assert_eq!(detect("橋は三か月ぶりに再び開通した。").map(|l| l.to_string()), Some("ja".into()));
/// assert_eq!(detect("Sourlac 2026"), None);
/// ```
pub fn detect(text: &str) -> Option<Language> {
    let mut votes = Votes::default();
    // A text over 4 GiB is as good as none.
    let _ = for_each_token(text, &TextScheme::default(), |folded, token| {
        votes.add(text, &token, || stop_in(folded));
    });
    votes.language(|| vec![text])
}

/// The language of each article of a set: the caller's, else the detected one, else that of most of
/// the others.
///
/// An article too short to tell takes the language that at least two thirds of the articles with a
/// known one have: a pure function of the set.
pub fn of_set(set: &ArticleSet) -> Vec<Option<Language>> {
    set.languages(read_all).to_vec()
}

fn read_all(set: &ArticleSet) -> Vec<Option<Language>> {
    let stop_in = set.stop_in();
    let known: Vec<Option<Language>> = map_ordered(set.len(), |at| {
        let article = set.articles().get(at)?;
        article.language().or_else(|| detect_in_set(set, at, stop_in))
    });
    let common = common_language(&known);
    known
        .into_iter()
        .zip(set.articles())
        .map(|(language, article)| {
            let first = || article.body().chain(article.title()).flat_map(str::chars);
            // A headline in another script is surely not in the language of the others.
            language.or_else(|| {
                common.filter(|language| {
                    first().find(|c| c.is_alphabetic()).is_none_or(|c| script_fits(*language, c))
                })
            })
        })
        .collect()
}

fn common_language(known: &[Option<Language>]) -> Option<Language> {
    let mut sorted: Vec<Language> = known.iter().flatten().copied().collect();
    sorted.sort_unstable();
    // If a language has two thirds, it is the median.
    let median = *sorted.get(sorted.len() / 2)?;
    let share = sorted.iter().filter(|&&language| language == median).count();
    (3 * share >= 2 * sorted.len()).then_some(median)
}

fn script_fits(language: Language, c: char) -> bool {
    match language.code() {
        "ja" | "zh" => matches!(Script::of(c), Some(Script::Han | Script::Kana)),
        "ko" => matches!(Script::of(c), Some(Script::Hangul)),
        "ru" | "uk" => Script::of(c) == Some(Script::Cyrillic),
        "ar" | "fa" => Script::of(c) == Some(Script::Arabic),
        "el" => Script::of(c) == Some(Script::Greek),
        "he" => Script::of(c) == Some(Script::Hebrew),
        "th" => Script::of(c) == Some(Script::Thai),
        "hi" => Script::of(c) == Some(Script::Devanagari),
        _ => Script::of(c) == Some(Script::Latin),
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Script {
    Latin,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    Devanagari,
    Thai,
    Kana,
    Han,
    Hangul,
}

impl Script {
    pub(super) const COUNT: usize = Script::Hangul as usize + 1;

    pub(super) fn of(c: char) -> Option<Script> {
        Some(match c {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
            '\u{400}'..='\u{52f}' => Script::Cyrillic,
            '\u{590}'..='\u{5ff}' => Script::Hebrew,
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => Script::Arabic,
            '\u{900}'..='\u{97f}' => Script::Devanagari,
            '\u{e00}'..='\u{e7f}' => Script::Thai,
            '\u{3040}'..='\u{30ff}' => Script::Kana,
            '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' => Script::Han,
            '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}' => Script::Hangul,
            _ => return None,
        })
    }
}

/// The language that title and body of an article tell.
fn detect_in_set(set: &ArticleSet, at: usize, stop_in: &StopIn) -> Option<Language> {
    let (article, text) = (set.articles().get(at)?, set.texts().get(at)?);
    let vocabulary = set.vocabulary();
    let mut votes = Votes::default();
    votes.add_all(
        [
            (article.title().unwrap_or_default(), vocabulary.title(at), vocabulary.of_title(at)),
            (article.original(), text.tokens(), vocabulary.of(at)),
        ],
        stop_in,
    );
    votes.language(|| article.title().into_iter().chain(article.body()).collect())
}

/// What the words of a text say of its language.
#[derive(Default)]
struct Votes {
    words: usize,
    /// Words by the script of their first letter; each character of a script without spaces is one.
    words_in: [usize; Script::COUNT],
    ballot: Ballot,
}

impl Votes {
    /// Adds a word of `text`, whose stop word it is known to be in some languages, while words are
    /// read.
    fn add(&mut self, text: &str, token: &Token, stop_in: impl FnOnce() -> &'static [Language]) {
        if self.words >= WORDS_READ {
            return;
        }
        self.words += 1;
        let word = text.get(token.start as usize..token.end as usize).unwrap_or_default();
        self.add_script(word.as_bytes().first().copied().unwrap_or(0), || word.chars().next());
        let letters = if word.is_ascii() { "" } else { word };
        if let Some(language) = written_by(letters) {
            self.ballot.add(language, VOTE);
        }
        self.ballot.share(stop_in(), 1);
    }

    /// Adds the words of texts by their numbers, while words are read: what [`add`](Votes::add) says of
    /// each, by passes over all of them in which no branch hangs on a word.
    fn add_all<const N: usize>(&mut self, texts: [(&str, &[Token], &[u32]); N], stop_in: &StopIn) {
        let mut only_latin = true;
        let read = texts.map(|(text, tokens, words)| {
            let count = tokens.len().min(WORDS_READ.saturating_sub(self.words));
            let tokens = tokens.get(..count).unwrap_or(&[]);
            self.words += count;
            only_latin &= self.add_letters(text, tokens);
            for (languages, times) in stop_in.count(words.get(..count).unwrap_or(&[])) {
                self.ballot.share(languages, times);
            }
            (text, tokens)
        });
        for (text, token) in
            read.iter().flat_map(|(text, tokens)| tokens.iter().map(move |token| (text, token)))
        {
            let first = text.as_bytes().get(token.start as usize).copied().unwrap_or(0);
            self.add_script(first, || text.get(token.start as usize..)?.chars().next());
            // Whether there is a word of its only script is all that is asked of such a text.
            if only_latin && self.words_in[Script::Latin as usize] > 0 {
                break;
            }
        }
    }

    /// Adds a word by the script of its first letter, which begins with the byte `first`.
    fn add_script(&mut self, first: u8, letter: impl FnOnce() -> Option<char>) {
        if first.is_ascii() {
            self.words_in[Script::Latin as usize] += usize::from(first.is_ascii_alphabetic());
        } else if let Some(script) = letter().and_then(Script::of) {
            self.words_in[script as usize] += 1;
        }
    }

    /// Adds the first letter of each word that one language alone writes, and tells whether all letters
    /// are surely Latin. None that tells is ASCII, so that a text is read eight bytes at a time, and of each
    /// eight only the characters of more bytes, which are told by their first two.
    fn add_letters(&mut self, text: &str, tokens: &[Token]) -> bool {
        const NOT_ASCII: u64 = 0x8080_8080_8080_8080;
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return true };
        let (start, end) = (first.start as usize, last.end as usize);
        let bytes = text.as_bytes().get(start..end).unwrap_or(&[]);
        let mut tokens = tokens.iter().peekable();
        let mut only_latin = true;
        let (eights, rest) = bytes.as_chunks::<8>();
        let mut last = [0; 8];
        last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        for (eight, from) in eights.iter().chain([&last]).zip((0..).step_by(8)) {
            let eight = u64::from_le_bytes(*eight);
            // Bytes of which the two upper bits are set begin a character.
            let mut begins = eight & eight << 1 & NOT_ASCII;
            while begins != 0 {
                let bit = begins.trailing_zeros() & !7;
                begins &= begins - 1;
                let (first, at) = ((eight >> bit) as u8, from + bit as usize / 8);
                only_latin &= is_latin_or_no_letter(first);
                if !begins_telling(first, bytes.get(at + 1).copied().unwrap_or(0)) {
                    continue;
                }
                let at = start + at;
                let letter = text.get(at..).and_then(|rest| rest.chars().next());
                let Some(language) = letter.and_then(telling) else { continue };
                while tokens.next_if(|token| token.end as usize <= at).is_some() {}
                if tokens.next_if(|token| token.start as usize <= at).is_some() {
                    self.ballot.add(language, VOTE);
                }
            }
        }
        only_latin
    }

    /// The language that scripts, words or trigrams tell; `None` for text without a letter.
    fn language<'t>(self, pieces: impl Fn() -> Vec<&'t str>) -> Option<Language> {
        let of = |script: Script| self.words_in[script as usize];
        let alone = [
            (Script::Greek, "el"),
            (Script::Hebrew, "he"),
            (Script::Devanagari, "hi"),
            (Script::Thai, "th"),
            (Script::Hangul, "ko"),
        ];
        let total: usize = self.words_in.iter().sum();
        if total == 0 {
            return None;
        }
        if let Some(&(_, code)) = alone.iter().find(|(script, _)| 2 * of(*script) > total) {
            return Language::new(code);
        }
        // Japanese mixes Han with Kana, Chinese has none but in foreign names.
        let ideographs = of(Script::Han) + of(Script::Kana);
        if 2 * ideographs > total {
            return Language::new(if 10 * of(Script::Kana) > ideographs { "ja" } else { "zh" });
        }
        self.ballot.winner().or_else(|| by_trigrams(&pieces()))
    }
}

/// Whether no character of UTF-8 in which this byte stands, or that it begins if there is such a byte, is
/// of a [`Script`] but Latin: ASCII, later bytes, those up to U+024F, general punctuation to symbols,
/// forms of presentation.
fn is_latin_or_no_letter(byte: u8) -> bool {
    const OTHERS: u64 = !(0x3ff | 1 << (0xe2 - 0xc0) | 1 << (0xef - 0xc0));
    byte < 0xc0 || OTHERS >> (byte & 63) & 1 == 0
}

/// By the trigrams of the beginning, among the languages that words are known of.
fn by_trigrams(pieces: &[&str]) -> Option<Language> {
    static DETECTOR: LazyLock<whatlang::Detector> = LazyLock::new(|| {
        whatlang::Detector::with_allowlist(TRIGRAM_LANGUAGES.iter().map(|pair| pair.0).collect())
    });
    let mut beginning = String::new();
    for piece in pieces {
        let room = TRIGRAM_BYTES.saturating_sub(beginning.len());
        beginning.extend(piece.char_indices().take_while(|(at, _)| *at < room).map(|(_, c)| c));
        beginning.push(' ');
    }
    let info = DETECTOR.detect(&beginning)?;
    let sure = info.confidence() >= TRIGRAM_CONFIDENCE;
    let known = TRIGRAM_LANGUAGES.iter().find(|pair| pair.0 == info.lang());
    known.filter(|_| sure).and_then(|pair| Language::new(pair.1))
}

/// The languages whose trigrams are compared: those of Latin, Cyrillic and Arabic letters that the
/// votes can name.
const TRIGRAM_LANGUAGES: [(whatlang::Lang, &str); 13] = {
    use whatlang::Lang;
    [
        (Lang::Ara, "ar"),
        (Lang::Deu, "de"),
        (Lang::Eng, "en"),
        (Lang::Fra, "fr"),
        (Lang::Ita, "it"),
        (Lang::Nld, "nl"),
        (Lang::Pes, "fa"),
        (Lang::Pol, "pl"),
        (Lang::Por, "pt"),
        (Lang::Rus, "ru"),
        (Lang::Spa, "es"),
        (Lang::Tur, "tr"),
        (Lang::Ukr, "uk"),
    ]
};

/// Votes by language.
#[derive(Default)]
struct Ballot {
    votes: Vec<(Language, u64)>,
}

impl Ballot {
    fn add(&mut self, language: Language, votes: u64) {
        match self.votes.iter_mut().find(|(other, _)| *other == language) {
            Some((_, known)) => *known += votes,
            None => self.votes.push((language, votes)),
        }
    }

    /// Adds a vote that some languages share, so many times.
    fn share(&mut self, languages: &[Language], times: u64) {
        let vote = times * (VOTE / languages.len().max(1) as u64);
        languages.iter().for_each(|language| self.add(*language, vote));
    }

    fn winner(mut self) -> Option<Language> {
        self.votes.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let (language, most) = *self.votes.first()?;
        let second = self.votes.get(1).map_or(0, |(_, votes)| *votes);
        (2 * most >= LEAST_VOTES * VOTE && 10 * most >= LEAST_LEAD * second).then_some(language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::text::TextScheme;
    use proptest::prelude::*;

    fn code(text: &str) -> Option<String> {
        detect(text).map(|language| language.to_string())
    }

    #[test]
    fn sentences_are_told_apart() {
        for (text, language) in [
            ("La maire de Sourlac a annoncé que les écoles seront fermées jeudi.", "fr"),
            ("The mayor of Sourlac said that schools will be closed on Thursday.", "en"),
            (
                "Die Bürgermeisterin von Sourlach sagte, dass die Schulen am Donnerstag geschlossen sind.",
                "de",
            ),
            ("La alcaldesa de Surlac dijo que las escuelas estarán cerradas el jueves.", "es"),
            ("La sindaca di Surlaco ha detto che le scuole saranno chiuse giovedì.", "it"),
            ("A prefeita de Surlaque disse que as escolas não vão abrir na quinta.", "pt"),
            ("De burgemeester van Surlak zei dat de scholen donderdag niet open zijn.", "nl"),
            ("Burmistrz Surlaku powiedział, że szkoły nie będą w czwartek otwarte.", "pl"),
            ("Surlak belediye başkanı okulların perşembe günü kapalı olacağını söyledi.", "tr"),
            ("Мэр Сурлака сообщила, что школы в четверг будут закрыты.", "ru"),
            ("قالت رئيسة بلدية سورلاك إن المدارس ستغلق يوم الخميس في المدينة.", "ar"),
            ("ソルラク市長は学校を閉鎖すると発表した。", "ja"),
            ("索尔拉克市长宣布学校将关闭。", "zh"),
            ("소를라크 시장은 학교를 닫는다고 말했다.", "ko"),
            ("Η δήμαρχος είπε ότι τα σχολεία θα κλείσουν.", "el"),
        ] {
            assert_eq!(code(text).as_deref(), Some(language), "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_words_of_a_set_vote_as_words_alone_do(
            title in "(( |[éèêß]|la|et)[ eœñw]{0,3}){0,6}",
            body in "(( | |«|', |[éèêœßñãłęğşıыієپ橋はق]|la|les|die|in|de|me|2)[ a-cèêñ]{0,4}){0,400}",
        ) {
            let article = Article::new("a", body.as_str()).unwrap().with_title(title.as_str());
            let set = ArticleSet::new(&[article], TextScheme::default()).unwrap();
            let vocabulary = set.vocabulary();
            let (mut by_word, mut at_once) = (Votes::default(), Votes::default());
            let texts = [
                (title.as_str(), vocabulary.title(0), vocabulary.of_title(0)),
                (body.as_str(), set.texts()[0].tokens(), vocabulary.of(0)),
            ];
            at_once.add_all(texts, set.stop_in());
            for (text, tokens, words) in texts {
                for (token, &word) in tokens.iter().zip(words) {
                    by_word.add(text, token, || set.stop_in().of(word));
                }
            }
            prop_assert_eq!(by_word.words, at_once.words);
            let others = |votes: &Votes| votes.words_in.iter().skip(1).sum::<usize>();
            prop_assert_eq!(others(&by_word), others(&at_once));
            if others(&by_word) > 0 {
                prop_assert_eq!(by_word.words_in, at_once.words_in);
            } else {
                prop_assert_eq!(by_word.words_in[0] > 0, at_once.words_in[0] > 0);
            }
            by_word.ballot.votes.sort_unstable();
            at_once.ballot.votes.sort_unstable();
            prop_assert_eq!(by_word.ballot.votes, at_once.ballot.votes);
        }
    }

    #[test]
    fn what_may_be_another_script_begins_with_another_byte() {
        let of = |c: char| c.encode_utf8(&mut [0; 4]).as_bytes()[0];
        for c in
            ('\u{80}'..=char::MAX).filter(|c| Script::of(*c).is_some_and(|s| s != Script::Latin))
        {
            assert!(!is_latin_or_no_letter(of(c)), "{c}");
        }
    }

    #[test]
    fn a_vote_is_shared_without_a_rest() {
        assert!((1..=15).all(|languages| VOTE.is_multiple_of(languages)));
        assert!(crate::language::stop_words::CODES.len() <= 15);
    }

    #[test]
    fn what_does_not_tell_is_left_open() {
        for text in ["", " ", "2026", "Sourlac", "€ 12,50", "\u{0}\u{fffd}"] {
            assert_eq!(detect(text), None, "{text:?}");
        }
    }

    #[test]
    fn short_articles_take_the_language_of_the_collection_and_the_callers_word_outranks_all() {
        let long = "La maire de Sourlac a annoncé que les écoles seront fermées jeudi.";
        let articles = [
            Article::new("a", long).unwrap(),
            Article::new("b", "Sourlac inondée").unwrap(),
            Article::new("c", long).unwrap().with_language(Language::ENGLISH),
            Article::new("d", long).unwrap(),
            Article::new("e", "Сурлак").unwrap(),
        ];
        let set = ArticleSet::new(&articles, TextScheme::default()).unwrap();
        let french = Some(Language::FRENCH);
        assert_eq!(of_set(&set), [french, french, Some(Language::ENGLISH), french, None]);
    }
}
