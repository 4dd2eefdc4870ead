//! How the agencies are written, and where a text names one.

use super::agency::Agency;
use super::fold::{fold_word, words};

/// One naming of an agency, before its sense is known. Offsets are bytes of the text searched.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Mention {
    pub(crate) agency: Agency,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Letters that also mean other things (AP, ATS, EFE, "belga"): in running text they need a word that shows an agency.
    pub(crate) ambiguous: bool,
}

/// The agency that a word stands for. Case matters: "Lusa" is an agency, "lusa" is not. `true`: the letters also mean other
/// things, and running text needs more evidence.
fn by_name(word: &str) -> Option<(Agency, bool)> {
    Some(match word {
        "AFP" | "Afp" => (Agency::Afp, false),
        "AP" => (Agency::Ap, true),
        "Reuters" | "REUTERS" | "Reuter" | "رويترز" | "Рейтер" => {
            (Agency::Reuters, false)
        }
        "dpa" => (Agency::Dpa, false),
        "DPA" => (Agency::Dpa, true),
        "EFE" | "Efe" => (Agency::Efe, true),
        "ANSA" => (Agency::Ansa, false),
        "Ansa" => (Agency::Ansa, true),
        "LUSA" => (Agency::Lusa, false),
        "Lusa" => (Agency::Lusa, true),
        "Belga" | "BELGA" => (Agency::Belga, false),
        "ATS" | "SDA" => (Agency::Ats, true),
        "Xinhua" | "XINHUA" | "Xinhuanet" | "شينخوا" => (Agency::Xinhua, false),
        "TASS" | "Tass" | "ТАСС" | "تاس" => (Agency::Tass, false),
        "Yonhap" | "YONHAP" | "يونهاب" => (Agency::Yonhap, false),
        "KCNA" => (Agency::Kcna, false),
        "Kyodo" | "KYODO" => (Agency::Kyodo, false),
        _ => return None,
    })
}

/// Spellings in lower case, as sites print them between brackets ("(afp)", "(ats/mod)").
fn by_lower_name(word: &str) -> Option<Agency> {
    Some(match word {
        "afp" => Agency::Afp,
        "ap" => Agency::Ap,
        "ats" | "sda" | "Keystone" | "KEYSTONE" => Agency::Ats,
        "belga" => Agency::Belga,
        "reuters" => Agency::Reuters,
        "efe" => Agency::Efe,
        "ansa" => Agency::Ansa,
        "lusa" => Agency::Lusa,
        _ => return None,
    })
}

/// Names of several words, by their words in order.
const PHRASES: [(&[&str], Agency); 8] = [
    (&["Associated", "Press"], Agency::Ap),
    (&["ASSOCIATED", "PRESS"], Agency::Ap),
    (&["Agence", "France", "Presse"], Agency::Afp),
    (&["Deutsche", "Presse", "Agentur"], Agency::Dpa),
    (&["Chine", "nouvelle"], Agency::Xinhua),
    (&["فرانس", "برس"], Agency::Afp),
    (&["أ", "ف", "ب"], Agency::Afp),
    (&["أسوشيتد", "برس"], Agency::Ap),
];

/// Names in scripts without spaces, found anywhere in a run of letters.
const EMBEDDED: [(&str, Agency); 22] = [
    ("新华社", Agency::Xinhua),
    ("新華社", Agency::Xinhua),
    ("新华网", Agency::Xinhua),
    ("法新社", Agency::Afp),
    ("AFP通信", Agency::Afp),
    ("AFP時事", Agency::Afp),
    ("AFP=時事", Agency::Afp),
    ("路透社", Agency::Reuters),
    ("路透", Agency::Reuters),
    ("ロイター", Agency::Reuters),
    ("美联社", Agency::Ap),
    ("美聯社", Agency::Ap),
    ("AP通信", Agency::Ap),
    ("塔斯社", Agency::Tass),
    ("タス通信", Agency::Tass),
    ("韩联社", Agency::Yonhap),
    ("聯合ニュース", Agency::Yonhap),
    ("연합뉴스", Agency::Yonhap),
    ("朝鮮中央通信", Agency::Kcna),
    ("朝中社", Agency::Kcna),
    ("조선중앙통신", Agency::Kcna),
    ("共同通信", Agency::Kyodo),
];

/// Signatures that are words of their own elsewhere ("共同" is "joint"): names only right before a closing bracket.
const EMBEDDED_BEFORE_BRACKET: [(&str, Agency); 1] = [("共同", Agency::Kyodo)];
const CLOSING_BRACKETS: [char; 3] = ['】', '）', ')'];

/// Every naming of an agency in `text`, in order, not overlapping. O(bytes).
pub(crate) fn mentions(text: &str) -> Vec<Mention> {
    let mut found = by_words(text);
    if !text.is_ascii() {
        for (name, agency) in EMBEDDED {
            for (start, _) in text.match_indices(name) {
                found.push(Mention { agency, start, end: start + name.len(), ambiguous: false });
            }
        }
        for (name, agency) in EMBEDDED_BEFORE_BRACKET {
            for (start, _) in text.match_indices(name) {
                let end = start + name.len();
                if text.get(end..).is_some_and(|rest| rest.starts_with(CLOSING_BRACKETS)) {
                    found.push(Mention { agency, start, end, ambiguous: false });
                }
            }
        }
    }
    // The longest naming from the left wins ("AFP通信" over "AFP", "新华社" once).
    found.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
    let mut end = 0;
    found.retain(|mention| {
        let free = mention.start >= end;
        if free {
            end = mention.end;
        }
        free
    });
    found
}

fn by_words(text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    // The last words, so that a phrase is seen when its last word comes.
    let mut recent: [(usize, usize); 3] = [(0, 0); 3];
    for (start, end) in words(text) {
        recent.rotate_left(1);
        recent[2] = (start, end);
        let word = text.get(start..end).unwrap_or_default();
        if word.len() > 24 {
            continue;
        }
        if let Some((agency, shared)) = by_name(word) {
            let keystone = is_keystone(text, start);
            let start = if keystone { start - "Keystone-".len() } else { start };
            found.push(Mention { agency, start, end, ambiguous: shared && !keystone });
        } else if let Some(agency) = by_lower_name(word)
            && between_brackets(text, start, end)
        {
            found.push(Mention { agency, start, end, ambiguous: false });
        }
        if !matches!(word, "Press" | "PRESS" | "Presse" | "Agentur" | "nouvelle" | "برس" | "ب")
        {
            continue; // the last words of the phrases
        }
        for (phrase, agency) in PHRASES {
            let tail = recent.len().saturating_sub(phrase.len());
            let matches = recent
                .iter()
                .skip(tail)
                .zip(phrase)
                .all(|(&(a, b), &part)| text.get(a..b) == Some(part));
            if matches && let Some(&(first, _)) = recent.get(tail) {
                found.push(Mention { agency, start: first, end, ambiguous: false });
            }
        }
    }
    found
}

fn is_keystone(text: &str, start: usize) -> bool {
    text.get(..start).is_some_and(|before| {
        before.len() >= 9
            && before
                .get(before.len() - 9..)
                .is_some_and(|name| name.eq_ignore_ascii_case("keystone-"))
    })
}

/// Whether a bracket, slash or equals sign touches the word on both sides, at most one of them a space or an initial away.
fn between_brackets(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).unwrap_or_default().chars().next_back();
    let after = text.get(end..).unwrap_or_default().chars().next();
    let opens = before.is_some_and(|c| matches!(c, '(' | '[' | '/' | '（' | '【' | '='));
    let closes = after.is_some_and(|c| matches!(c, ')' | ']' | '/' | '）' | '】' | ',' | '='));
    opens && closes
}

/// Words that show a picture credit.
pub(crate) fn is_photo_word(folded: &str) -> bool {
    matches!(
        folded,
        "photo"
            | "photos"
            | "foto"
            | "fotos"
            | "image"
            | "images"
            | "imagen"
            | "bild"
            | "bilder"
            | "picture"
            | "pictures"
            | "photographe"
            | "photographer"
            | "getty"
            | "handout"
            | "fotografia"
            | "imago"
            | "epa"
            | "photopqr"
            | "maxppp"
            | "pool"
            | "archivfoto"
            | "archivbild"
            | "symbolfoto"
            | "symbolbild"
            | "photograph"
            | "archieffoto"
            | "immagine"
            | "imagem"
            | "legende"
            | "صورة"
            | "الصورة"
            | "تصوير"
            | "фото"
    )
}

/// Whether a short text holds a word or sign of a picture credit.
pub(crate) fn has_photo_word(text: &str) -> bool {
    text.contains('©')
        || words(text)
            .any(|(start, end)| is_photo_word(&fold_word(text.get(start..end).unwrap_or_default())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agencies(text: &str) -> Vec<(Agency, &str)> {
        mentions(text).iter().map(|m| (m.agency, &text[m.start..m.end])).collect()
    }

    #[test]
    fn each_agency_is_known_by_its_names() {
        assert_eq!(agencies("a déclaré à l'AFP"), [(Agency::Afp, "AFP")]);
        assert_eq!(agencies("The Associated Press"), [(Agency::Ap, "Associated Press")]);
        assert_eq!(agencies("SOURLAC (Reuters) - x"), [(Agency::Reuters, "Reuters")]);
        assert_eq!(agencies("Ostrel (dpa/lno) - x"), [(Agency::Dpa, "dpa")]);
        assert_eq!(agencies("Madrid, 3 mar (EFE).- x"), [(Agency::Efe, "EFE")]);
        assert_eq!(agencies("(ANSA) - x"), [(Agency::Ansa, "ANSA")]);
        assert_eq!(agencies("3 mar 2026 (Lusa) – x"), [(Agency::Lusa, "Lusa")]);
        assert_eq!(agencies("(Belga)"), [(Agency::Belga, "Belga")]);
        assert_eq!(agencies("Keystone-ATS"), [(Agency::Ats, "Keystone-ATS")]);
        assert_eq!(agencies("(ats/mod)"), [(Agency::Ats, "ats")]);
        assert_eq!(agencies("新华社北京3月3日电"), [(Agency::Xinhua, "新华社")]);
        assert_eq!(agencies("MOSCOW. /TASS/."), [(Agency::Tass, "TASS")]);
        assert_eq!(agencies("(Yonhap) --"), [(Agency::Yonhap, "Yonhap")]);
        assert_eq!(agencies("朝鮮中央通信によると"), [(Agency::Kcna, "朝鮮中央通信")]);
        assert_eq!(agencies("【霧浜共同】火災"), [(Agency::Kyodo, "共同")]);
        assert_eq!(agencies("共同で開発した"), []);
        assert_eq!(agencies("باريس (أ ف ب) -"), [(Agency::Afp, "أ ف ب")]);
        assert_eq!(agencies("ロイター通信"), [(Agency::Reuters, "ロイター")]);
    }

    #[test]
    fn other_words_of_the_same_letters_are_not_agencies() {
        assert_eq!(agencies("la cerveza belga, les ats, an ap, lusa"), []);
        assert_eq!(agencies("CAFPA et APB"), []);
    }
}
