//! What a line of furniture looks like: the phrases of `lexicon/furniture.txt`, menus, addresses, relative times.

use super::fold::{fold_line, fold_word, words};
use super::site_speech::is_site_speech;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Where furniture may stand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Furniture {
    /// Between paragraphs of an article: an advert, a link to another article.
    Inline,
    /// At the foot of an article: share buttons.
    Share,
    /// What follows is no article: related headlines, imprint.
    Tail,
    /// What follows is written by readers.
    Comments,
    /// A row of links or buttons, an address, a bare separator.
    Menu,
}

/// Longest line, in words, that a phrase ending in `*` may begin.
const PREFIX_WORDS: usize = 30;
/// … and longest whole sentence.
const PREFIX_SENTENCE_WORDS: usize = 12;
/// Longest line, in bytes, that is looked up at all: furniture is short.
const LOOKUP_BYTES: usize = 400;

struct Lexicon {
    /// Words that lead to another article when a colon or bar follows.
    links: BTreeSet<String>,
    whole: BTreeMap<String, Furniture>,
    prefixes: BTreeMap<String, Furniture>,
}

static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| parse_lexicon(include_str!("lexicon/furniture.txt")));

fn parse_lexicon(source: &str) -> Lexicon {
    let mut lexicon =
        Lexicon { links: BTreeSet::new(), whole: BTreeMap::new(), prefixes: BTreeMap::new() };
    for line in source.lines() {
        let Some((kind, phrase)) = line.split_once(':') else { continue };
        if kind.trim() == "link" {
            let folded: Vec<String> = phrase.split_whitespace().map(fold_word).collect();
            lexicon.links.insert(folded.join(" "));
            continue;
        }
        let kind = match kind.trim() {
            "inline" => Furniture::Inline,
            "share" => Furniture::Share,
            "tail" => Furniture::Tail,
            "comments" => Furniture::Comments,
            _ => continue, // a comment
        };
        let phrase = phrase.trim();
        // `#` stands for digits and is no letter, so phrases are folded word by word.
        let folded: Vec<String> =
            phrase.trim_end_matches('*').split_whitespace().map(fold_word).collect();
        let target = match phrase.ends_with('*') {
            true => &mut lexicon.prefixes,
            false => &mut lexicon.whole,
        };
        target.insert(folded.join(" "), kind);
    }
    lexicon
}

/// The kind of furniture a line is by its words and its shape alone; `None` for anything else.
pub(crate) fn furniture(line: &str) -> Option<Furniture> {
    if line.len() > LOOKUP_BYTES {
        return None;
    }
    if is_address(line) {
        return Some(Furniture::Menu);
    }
    let folded = fold_line(line);
    let count = folded.split(' ').count();
    if count > PREFIX_WORDS {
        return None;
    }
    if let Some(&kind) = LEXICON.whole.get(&folded) {
        return Some(kind);
    }
    // Prefixes of the line that end with a word: a few look-ups however long the list grows.
    let ends = folded.match_indices(' ').map(|(at, _)| at).chain([folded.len()]);
    if !ends_as_sentence(line) || count <= PREFIX_SENTENCE_WORDS {
        for end in ends {
            if let Some(&kind) = folded.get(..end).and_then(|head| LEXICON.prefixes.get(head)) {
                return Some(kind);
            }
        }
    }
    if is_linked_headline(line) || is_site_speech(line) {
        return Some(Furniture::Inline);
    }
    is_menu(line).then_some(Furniture::Menu)
}

/// "Read: A headline", "→ A headline", "【関連】見出し": a phrase of furniture before a colon or bar, or an arrow, leads to
/// another article.
fn is_linked_headline(line: &str) -> bool {
    const CUE_WORDS: usize = 6;
    if ends_with_stop(line) {
        return false;
    }
    if line.starts_with(['→', '➔', '➜', '▶', '»', '⇒', '>', '›', '➡', '👉']) {
        return true;
    }
    let bare = line.trim_start_matches(['[', '【', '(', '*', ' ']);
    let Some(at) = bare.find([':', '：', '|', '>', '»', '】', '–', '—']) else {
        return false;
    };
    let head = bare.get(..at).unwrap_or_default();
    words(head).count() <= CUE_WORDS && {
        let folded = fold_line(head);
        !folded.is_empty()
            && (LEXICON.links.contains(&folded)
                || matches!(
                    LEXICON.whole.get(&folded),
                    Some(Furniture::Inline | Furniture::Tail | Furniture::Share)
                ))
    }
}

fn is_address(line: &str) -> bool {
    let line = line.trim();
    !line.contains(char::is_whitespace)
        && (line.starts_with("http://")
            || line.starts_with("https://")
            || line.starts_with("www.")
            || (line.contains('@') && line.contains('.')))
}

/// Items between bars, dots or wide gaps, none of them longer than five words, at least two of them.
fn is_menu(line: &str) -> bool {
    const ITEM_WORDS: usize = 5;
    if ends_as_sentence(line) {
        return false;
    }
    let short = |items: &[&str]| items.iter().all(|item| words(item).count() <= ITEM_WORDS);
    for separator in ["|", " · ", " • ", " › ", " > ", " / ", "   ", "\t"] {
        let items: Vec<&str> =
            line.split(separator).map(str::trim).filter(|item| !item.is_empty()).collect();
        // Two items are a menu only between wide gaps or bars; "Paris / Londres" is a heading.
        let enough = if matches!(separator, "|" | "   " | "\t") { 2 } else { 3 };
        if items.len() >= enough && short(&items) {
            return true;
        }
    }
    // Dashes separate the links of a footer: "Imprint - Contact - Privacy" (a headline has one dash, and verbs).
    let items: Vec<&str> = line.split(" - ").collect();
    items.len() >= 3
        && items.iter().all(|item| words(item).count() <= ITEM_WORDS && !item.is_empty())
        && !line.starts_with(['-', '–'])
}

/// Whether the line ends as a sentence does: full stop, ellipsis, exclamation or question mark, also before closing quotes.
pub(crate) fn ends_as_sentence(line: &str) -> bool {
    let end = line.trim_end_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '"' | '»' | '”' | '’' | '\'' | ')' | '」' | '』' | '）' | ']' | '“')
    });
    // An abbreviation at the end of a short line ("J. A.") is not told apart here; the callers ask for length as well.
    end.ends_with(['.', '…', '!', '?', '。', '！', '？', '؟', '۔', '।', '｡'])
}

/// Whether it ends with a full stop: what headlines do not.
pub(crate) fn ends_with_stop(line: &str) -> bool {
    let end = line.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '»' | '”' | '’' | '\'' | ')' | '」' | '』' | '）')
    });
    end.ends_with(['.', '。', '۔', '।', '｡']) && !end.ends_with("...")
}

/// A time relative to a moment that the page does not tell ("31 minutes ago"), and the bytes before it.
///
/// Aggregators print the outlet before it, with or without a space ("La Gazette2 days ago").
pub(crate) fn time_ago(line: &str) -> Option<usize> {
    const LINE_BYTES: usize = 120;
    const SIGNS: [&str; 12] = [
        "ago", "il y a", "vor ", "hace ", "há ", "ha ", "fa", "geleden", "atrás", "منذ", "前", "전",
    ];
    if line.len() > LINE_BYTES || ends_with_stop(line) {
        return None;
    }
    // Most lines end here, before any word is folded.
    let folded = line.to_lowercase();
    if !SIGNS.iter().any(|sign| folded.contains(sign)) {
        return None;
    }
    let tokens: Vec<(usize, String)> = words(line)
        .flat_map(|(start, end)| split_digits(line, start, end))
        .map(|(start, end)| (start, fold_word(line.get(start..end).unwrap_or_default())))
        .collect();
    let word = |index: usize| tokens.get(index).map_or("", |token| token.1.as_str());
    let place = |index: usize| tokens.get(index).map(|token| token.0);
    let n = tokens.len();
    if (2..=10).contains(&n) {
        let is_unit = |index: usize| UNITS.contains(word(index));
        // "… 2 days ago", "… uur geleden", "… ore fa", "…2 hours": number, unit, word after.
        if matches!(word(n - 1), "ago" | "geleden" | "fa" | "atras") && n >= 3 && is_unit(n - 2) {
            return place(n - 3).map(|start| glued_article(line, start));
        }
        // "il y a 2 heures", "vor 2 Stunden", "hace 2 horas", "ha 2 horas", "منذ 2 …".
        if is_unit(n - 1) && n >= 3 && is_count(word(n - 2)) {
            if n >= 5 && word(n - 5) == "il" && word(n - 4) == "y" && word(n - 3) == "a" {
                return place(n - 5);
            }
            if matches!(word(n - 3), "vor" | "hace" | "ha" | "منذ") {
                return place(n - 3);
            }
        }
        if n <= 4 && word(0) == "منذ" {
            return Some(0);
        }
    }
    let bare: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let asian = [
        "分前",
        "秒前",
        "時間前",
        "日前",
        "分钟前",
        "小时前",
        "小時前",
        "天前",
        "분전",
        "시간전",
        "일전",
    ];
    (bare.chars().count() <= 16
        && bare.contains(|c: char| c.is_numeric())
        && asian.iter().any(|end| bare.ends_with(end)))
    .then(|| line.find(|c: char| c.is_numeric()).unwrap_or(0))
}

/// "timean hour ago": the icon's name and the article are glued; the outlet before them is what is left.
fn glued_article(line: &str, start: usize) -> usize {
    let head = line.get(..start).unwrap_or_default();
    head.strip_suffix("time").map_or(start, str::len)
}

fn split_digits(line: &str, start: usize, end: usize) -> Vec<(usize, usize)> {
    let word = line.get(start..end).unwrap_or_default();
    match word.find(|c: char| c.is_ascii_digit()) {
        Some(at) if at > 0 => vec![(start, start + at), (start + at, end)],
        _ => vec![(start, end)],
    }
}

fn is_count(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        || matches!(
            word,
            "a" | "an"
                | "one"
                | "un"
                | "une"
                | "ein"
                | "eine"
                | "einem"
                | "einer"
                | "una"
                | "uma"
                | "um"
                | "een"
                | "quelques"
        )
}

static UNITS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    "second seconds sec minute minutes min mins hour hours hr hrs h day days week weeks month months year years \
     seconde secondes heure heures jour jours semaine semaines mois an ans \
     sekunde sekunden minuten stunde stunden tag tagen woche wochen monat monaten jahr jahren \
     segundo segundos minuto minutos hora horas dia dias semana semanas mes meses ano anos \
     minuti ora ore giorno giorni settimana settimane mese mesi anno anni \
     uur dag dagen week weken maand maanden jaar دقيقة دقائق ساعة ساعات يوم أيام"
        .split_whitespace()
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_in_any_case_accent_and_number() {
        assert_eq!(furniture("PUBLICITÉ"), Some(Furniture::Inline));
        assert_eq!(furniture("27 commentaires"), Some(Furniture::Comments));
        assert_eq!(furniture("Lesen Sie auch: Der Turm von Ostrel"), Some(Furniture::Inline));
        assert_eq!(furniture("関連記事"), Some(Furniture::Tail));
        assert_eq!(furniture("Le maire de Sourlac démissionne"), None);
    }

    #[test]
    fn rows_of_links_are_menus_and_headlines_are_not() {
        assert_eq!(furniture("Monde | Sport | Météo"), Some(Furniture::Menu));
        assert_eq!(furniture("BOUTIQUE   JEUX   ABONNEMENT"), Some(Furniture::Menu));
        assert_eq!(furniture("https://example.org/a"), Some(Furniture::Menu));
        assert_eq!(furniture("Sourlac - Ostrel: match nul"), None);
    }

    #[test]
    fn relative_times_are_told_from_sentences_about_time() {
        assert_eq!(time_ago("31 minutes ago"), Some(0));
        assert_eq!(time_ago("La Gazette2 days ago"), Some("La Gazette".len()));
        assert_eq!(time_ago("timean hour ago"), Some(0));
        assert_eq!(time_ago("il y a 3 heures"), Some(0));
        assert_eq!(time_ago("vor 2 Stunden"), Some(0));
        assert_eq!(time_ago("3時間前"), Some(0));
        assert_eq!(time_ago("Le pont s'est effondré il y a un an."), None);
        assert_eq!(time_ago("Ten years after the fire"), None);
    }
}
