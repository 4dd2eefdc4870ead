//! What a word says of its text's language: a letter that only one language writes, the languages
//! that it is a stop word of.

use super::stop_words;
use super::{Language, Lexicon};
use crate::article_set::ArticleSet;
use crate::parallel::map_with;
use crate::text::{TextScheme, TokenisedText, fold_into};
use ahash::AHashMap;
use std::sync::LazyLock;

/// The languages that each word of a set is a stop word of, by the word's number.
#[derive(Clone, Debug, Default)]
pub(crate) struct StopIn {
    lists: Vec<&'static [Language]>,
    /// The list of each word: few of them, so that the numbers of all words stay in the cache.
    of_word: Vec<u8>,
}

impl StopIn {
    /// Looks up each word of a set's vocabulary.
    pub(crate) fn new(set: &ArticleSet) -> StopIn {
        let vocabulary = set.vocabulary();
        // Tokens are hashed as the lists are folded, unless accents are kept.
        let by_hash = !set.scheme().keeps_accents();
        let found = map_with(vocabulary.len(), String::new, |folded, word| {
            if by_hash {
                return vocabulary.hash(word as u32).map_or(&[][..], stop_in_by_hash);
            }
            folded.clear();
            let spelled = vocabulary.spelled(word as u32);
            fold_into(spelled, &TextScheme::default(), folded);
            stop_in(folded)
        });
        let mut lists: Vec<&[Language]> = found.clone();
        lists.sort_unstable();
        lists.dedup();
        let of_word = found.iter().map(|list| lists.binary_search(list).unwrap_or(0) as u8);
        StopIn { of_word: of_word.collect(), lists }
    }

    /// The languages that a word is a stop word of, ascending.
    pub(super) fn of(&self, word: u32) -> &'static [Language] {
        let list = self.of_word.get(word as usize).copied().unwrap_or(0);
        self.lists.get(usize::from(list)).copied().unwrap_or(&[])
    }

    /// How often words that are stop words of the same languages stand among `words`, for each such list
    /// of languages.
    pub(super) fn count(
        &self,
        words: &[u32],
    ) -> impl Iterator<Item = (&'static [Language], u64)> + use<'_> {
        let mut counts = [0u32; 256];
        for &word in words {
            let list = self.of_word.get(word as usize).copied().unwrap_or(0);
            counts[usize::from(list)] += 1;
        }
        let lists = self.lists.iter().copied().zip(counts);
        lists.filter(|(_, count)| *count > 0).map(|(list, count)| (list, u64::from(count)))
    }
}

/// The language that alone writes a letter of the word.
pub(super) fn written_by(word: &str) -> Option<Language> {
    word.chars().find_map(telling)
}

/// The language of a letter that only one of the known languages of its script writes, or hardly any
/// other.
pub(super) fn telling(letter: char) -> Option<Language> {
    let code = match letter {
        'è' | 'È' | 'ê' | 'Ê' | 'œ' | 'Œ' => "fr",
        'ß' | 'ẞ' => "de",
        'ñ' | 'Ñ' => "es",
        'ã' | 'Ã' | 'õ' | 'Õ' => "pt",
        'ł' | 'Ł' | 'ę' | 'Ę' | 'ą' | 'Ą' => "pl",
        'ğ' | 'Ğ' | 'ş' | 'Ş' | 'ı' => "tr",
        'ы' | 'Ы' => "ru",
        'і' | 'І' | 'ї' | 'Ї' | 'є' | 'Є' => "uk",
        'پ' | 'چ' | 'گ' | 'ی' => "fa",
        _ => return None,
    };
    Language::new(code)
}

/// Whether a character of UTF-8 that begins with these two bytes may be a letter of [`telling`].
#[inline]
pub(super) fn begins_telling(first: u8, second: u8) -> bool {
    const SECONDS: [u64; 32] = {
        let mut seconds = [0; 32];
        let mut at = 0;
        while at < TELLING.len() {
            let [first, second, ..] = TELLING[at];
            seconds[(first & 31) as usize] |= 1 << (second & 63);
            at += 1;
        }
        seconds
    };
    // The first bytes of characters of two and of three; few others share the lower bits of one.
    first >= 0xc0 && SECONDS[usize::from(first & 31)] >> (second & 63) & 1 == 1
}

/// The first bytes of the letters of [`telling`].
const TELLING: [[u8; 2]; 37] = {
    const fn bytes(letter: char) -> [u8; 2] {
        let mut bytes = [0; 4];
        letter.encode_utf8(&mut bytes);
        [bytes[0], bytes[1]]
    }
    let letters = [
        'è', 'È', 'ê', 'Ê', 'œ', 'Œ', 'ß', 'ẞ', 'ñ', 'Ñ', 'ã', 'Ã', 'õ', 'Õ', 'ł', 'Ł', 'ę', 'Ę',
        'ą', 'Ą', 'ğ', 'Ğ', 'ş', 'Ş', 'ı', 'ы', 'Ы', 'і', 'І', 'ї', 'Ї', 'є', 'Є', 'پ', 'چ', 'گ',
        'ی',
    ];
    let mut first = [[0; 2]; 37];
    let mut at = 0;
    while at < letters.len() {
        first[at] = bytes(letters[at]);
        at += 1;
    }
    first
};

/// The languages of each stop word.
static VOTERS: LazyLock<AHashMap<&'static str, Vec<Language>>> = LazyLock::new(|| {
    let mut voters: AHashMap<&'static str, Vec<Language>> = AHashMap::new();
    for language in stop_words::CODES.iter().filter_map(|code| Language::new(code)) {
        for word in Lexicon::of(Some(language)).stop_words() {
            voters.entry(word.as_str()).or_default().push(language);
        }
    }
    voters.values_mut().for_each(|languages| languages.sort_unstable());
    voters
});

/// The languages that a folded word is a stop word of, ascending: a hash and no search, because most
/// words are in no list.
pub(super) fn stop_in(folded: &str) -> &'static [Language] {
    VOTERS.get(folded).map_or(&[][..], Vec::as_slice)
}

/// The same by the hash of its token, of a text whose accents are folded: the word itself is not read.
fn stop_in_by_hash(hash: u64) -> &'static [Language] {
    static BY_HASH: LazyLock<AHashMap<u64, &'static [Language]>> = LazyLock::new(|| {
        let of_word = |(word, languages): (&&'static str, &'static Vec<Language>)| {
            let read = TokenisedText::of_text(word, &TextScheme::default()).ok()?;
            // What is several tokens is no token of a text.
            let &[token] = read.tokens() else { return None };
            Some((token.hash, languages.as_slice()))
        };
        VOTERS.iter().filter_map(of_word).collect()
    });
    BY_HASH.get(&hash).copied().unwrap_or(&[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    #[test]
    fn the_stop_words_of_a_set_are_those_of_its_words() {
        let bodies = ["Le pont de la Vaire est fermé", "The bridge is on the river", "Мост и река"];
        let article = |at: usize| Article::new(at.to_string(), bodies[at]).unwrap();
        let set =
            ArticleSet::new(&[article(0), article(1), article(2)], Default::default()).unwrap();
        let of_set = StopIn::new(&set);
        for (at, body) in bodies.iter().enumerate() {
            let mut numbers = set.vocabulary().of(at).iter();
            crate::text::for_each_token(body, set.scheme(), |folded, _| {
                assert_eq!(of_set.of(*numbers.next().unwrap()), stop_in(folded), "{folded}");
            })
            .unwrap();
        }
        assert!(of_set.of(u32::MAX).is_empty());
    }

    #[test]
    fn the_hash_of_a_token_tells_what_the_word_tells() {
        let accents_kept = TextScheme::default().keep_accents(true);
        let mut told = 0;
        for word in VOTERS.keys().copied().chain(["pont", "Été", "ÊTRE", "2026", "橋"]) {
            for scheme in [TextScheme::default(), accents_kept] {
                let article = Article::new("a", word).unwrap();
                let set = ArticleSet::new(&[article], scheme).unwrap();
                let of_set = StopIn::new(&set);
                for number in 0..set.vocabulary().len() as u32 {
                    let mut folded = String::new();
                    fold_into(
                        set.vocabulary().spelled(number),
                        &TextScheme::default(),
                        &mut folded,
                    );
                    assert_eq!(of_set.of(number), stop_in(&folded), "{word}");
                    told += usize::from(!of_set.of(number).is_empty());
                }
            }
        }
        assert!(told > 2 * 1_500, "{told}");
    }

    #[test]
    fn the_lists_of_stop_words_fit_into_a_byte() {
        let mut lists: Vec<&[Language]> = Vec::new();
        for language in stop_words::CODES.iter().filter_map(|code| Language::new(code)) {
            let words = Lexicon::of(Some(language)).stop_words();
            assert!(words.iter().all(|word| stop_in(word).contains(&language)));
            lists.extend(words.iter().map(|word| stop_in(word)));
        }
        lists.sort_unstable();
        lists.dedup();
        assert!(lists.len() < 255, "{}", lists.len());
    }

    #[test]
    fn letters_tell_the_languages_that_alone_write_them() {
        let writes = |word: &str| written_by(word).map(|language| language.to_string());
        assert_eq!(writes("ÊTRE").as_deref(), Some("fr"));
        assert_eq!(writes("mañana").as_deref(), Some("es"));
        assert_eq!(writes("été"), None);
        for c in ('\0'..=char::MAX).filter(|c| telling(*c).is_some()) {
            let mut other_case = c.to_lowercase().chain(c.to_uppercase());
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes);
            assert!(begins_telling(bytes[0], bytes[1]), "{c}");
            // "SS" and "I" are those of ß and ı, and of other letters.
            assert!(
                other_case.all(|other| telling(other) == telling(c) || other.is_ascii()),
                "{c}"
            );
        }
    }
}
