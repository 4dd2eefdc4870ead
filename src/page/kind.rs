//! What a block is by its own words and shape, before its neighbours are looked at.

use super::date::{Cue, dates};
use super::dateline::{dateline, is_desk_sign_off, is_reporting_line};
use super::fold::{fold_word, is_blank, words};
use super::furniture::{Furniture, ends_as_sentence, ends_with_stop, furniture, time_ago};
use super::mention::{has_photo_word, is_photo_word, mentions};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Furniture(Furniture),
    /// A relative time; the outlet printed before it ends at the given byte of the block.
    TimeAgo(usize),
    /// A line that is mostly a date, or a date after "published".
    Publication,
    Bullet,
    /// A line that names an agency and perhaps the editor ("Avec AFP", "Ana Lorne, The Associated Press").
    Credit,
    /// A line that names a person; `true` when a word says so ("Par Ana Lorne").
    Byline(bool),
    /// Initials of a desk, or who reported and edited.
    SignOff,
    /// A dateline that stands alone.
    Dateline,
    /// A line that describes or credits a picture.
    Caption,
    Paragraph,
    /// A whole sentence, too short for a paragraph to build on.
    Sentence,
    /// `- Between dashes -`, the agencies' subheading.
    Subheading,
    Short,
}

impl Kind {
    /// Text of an article as a reader would say.
    pub(crate) fn is_prose(self) -> bool {
        matches!(self, Kind::Paragraph | Kind::Sentence | Kind::Dateline)
    }
}

/// A block that ends with a full stop is a paragraph from so many words on …
const STOP_WORDS: usize = 8;
/// … one that ends with a question or exclamation mark (as headlines do) from so many …
const SENTENCE_WORDS: usize = 20;
/// … a teaser that is cut off with dots from so many …
const CUT_WORDS: usize = 14;
/// … one that ends with a colon, comma, bracket or quotation mark from so many …
const OPEN_WORDS: usize = 25;
/// … and any block from so many.
const ANY_WORDS: usize = 45;
const LINE_WORDS: usize = 25;
const CAPTION_WORDS: usize = 80;
/// Lines longer than this are paragraphs and nothing else is asked of them.
const LINE_BYTES: usize = 1_000;

/// The kind of one block of `count` words.
pub(crate) fn kind_of(block: &str, count: usize) -> Kind {
    if count == 0 {
        return Kind::Furniture(Furniture::Menu);
    }
    if block.len() > LINE_BYTES {
        return Kind::Paragraph;
    }
    if is_desk_sign_off(block) || is_reporting_line(block) {
        return Kind::SignOff;
    }
    if is_credit_line(block) {
        return Kind::Credit;
    }
    if is_caption(block, count) {
        return Kind::Caption;
    }
    if count <= LINE_WORDS && is_publication_line(block, count) {
        return Kind::Publication;
    }
    if let Some(kind) = furniture(block) {
        return Kind::Furniture(kind);
    }
    if let Some(outlet) = time_ago(block) {
        return Kind::TimeAgo(outlet);
    }
    if block.starts_with(['•', '*', '·', '▪', '►', '●', '■', '‣', '◆']) {
        return Kind::Bullet;
    }
    if count <= 20 && dateline(block) == Some(block.len()) {
        return Kind::Dateline;
    }
    if is_paragraph(block, count) {
        return Kind::Paragraph;
    }
    if let Some(explicit) = byline(block) {
        return Kind::Byline(explicit);
    }
    let dashed = |c: char| matches!(c, '-' | '–' | '—');
    if block.starts_with(dashed) && block.trim_end_matches(['"', '»']).ends_with(dashed) {
        return Kind::Subheading;
    }
    if block.starts_with("- ") || block.starts_with("– ") {
        return Kind::Bullet;
    }
    if count >= 3 && ends_with_stop(block) { Kind::Sentence } else { Kind::Short }
}

fn is_paragraph(block: &str, count: usize) -> bool {
    count >= ANY_WORDS
        || (count >= OPEN_WORDS
            && block.ends_with([':', ';', ',', '»', '"', ')', '”', '」', '：', '）']))
        || (count >= CUT_WORDS && block.trim_end_matches([']', ')']).ends_with('…'))
        || (count >= CUT_WORDS && block.trim_end_matches([']', ')']).ends_with("..."))
        || (count >= SENTENCE_WORDS && ends_as_sentence(block))
        || (count >= STOP_WORDS && ends_with_stop(block))
}

/// A date that fills half of a short line, or follows a word such as "published".
fn is_publication_line(block: &str, count: usize) -> bool {
    let found = dates(block, 0);
    let covered: usize =
        found.iter().filter(|date| date.day.is_some()).map(|date| date.span.len()).sum();
    if covered == 0 {
        return false;
    }
    let cue = words(block)
        .take(6)
        .any(|(a, b)| Cue::of(&fold_word(block.get(a..b).unwrap_or_default())).is_some())
        || Cue::of_asian(block).is_some();
    let mostly = 2 * covered >= block.len();
    mostly || (cue && (!ends_with_stop(block) || count <= 12))
}

/// Small words around the names of a credit line.
fn is_connector(folded: &str) -> bool {
    const WORDS: &str = "avec with mit con com met source sources fuente fuentes fonte fonti quelle quellen bron par by von por da di \
        de la le les l d et and und y e en the a agence agences agency agencies agentur agenturen agencia agencias agenzie agenzia \
        redaction redaktion redaccion redazione redacao newsroom staff wire desk via files from report reports reporting texte text \
        material copyright c contributed contributing writer ag agenturmaterial depeche depeches i an to";
    WORDS.split_whitespace().any(|word| word == folded)
}

/// "Avec AFP", "(AFP)", "Ana Lorne avec AFP", "Ana Lorne, The Associated Press", "AFP/Reuters", "J. A. (avec AFP)".
fn is_credit_line(block: &str) -> bool {
    const CREDIT_WORDS: usize = 14;
    const CREDIT_BYTES: usize = 200;
    let signed = block.trim_start_matches('©');
    if block.len() > CREDIT_BYTES || words(block).count() > CREDIT_WORDS || has_photo_word(signed) {
        return false;
    }
    if is_permission(block) {
        return true;
    }
    let named = mentions(block);
    // Whole-line names in lower case ("afp") are credits too.
    let (Some(first), Some(last)) = (named.first(), named.last()) else {
        return matches!(
            fold_word(block.trim_matches(|c: char| !c.is_alphanumeric())).as_str(),
            "afp" | "avec afp" | "mit dpa"
        );
    };
    let mut plain = true;
    let mut names = 0;
    let mut lower = false;
    for (start, end) in words(block) {
        if named.iter().any(|mention| mention.start <= start && end <= mention.end) {
            continue;
        }
        let word = block.get(start..end).unwrap_or_default();
        if is_connector(&fold_word(word)) {
            continue;
        }
        // "© 2026 AFP", "dpa-infocom, dpa:260319-930-41807/1"
        if word.starts_with(|c: char| c.is_ascii_digit()) || word == "infocom" {
            continue;
        }
        plain = false;
        names += 1;
        // "Kim Ost-hyun": the second part of a name may be in lower case.
        let joined =
            block.get(..start).is_some_and(|before| before.ends_with(['-', '‑', '’', '\'']));
        lower |= !word.starts_with(char::is_uppercase) && word.chars().count() > 3 && !joined;
    }
    if plain {
        return true;
    }
    if signed.len() < block.len() {
        return false;
    }
    let after = block.get(last.end..).unwrap_or_default();
    let at_end = !after.chars().any(char::is_alphanumeric);
    let before = block.get(..first.start).unwrap_or_default();
    let sign =
        before.trim_end_matches(is_blank).ends_with([',', '/', '(', '-', '–', '—', '|', '·', '[']);
    let word_before = words(before).last().is_some_and(|(a, b)| {
        let word = fold_word(before.get(a..b).unwrap_or_default());
        word != "l" && word != "de" && word != "la" && is_connector(&word)
    });
    // "The desk of the town hall, with AFP": only the word "with" makes credits of words in lower case.
    let with = words(before).last().is_some_and(|(a, b)| {
        matches!(
            fold_word(before.get(a..b).unwrap_or_default()).as_str(),
            "avec" | "with" | "mit" | "con" | "com" | "met"
        )
    });
    at_end && if lower { with && names <= 4 } else { names <= 6 && (sign || word_before) }
}

/// "Reproduced with permission of Agence France-Presse."
fn is_permission(block: &str) -> bool {
    let cue = |word: &str| {
        matches!(
            word,
            "autorisation"
                | "permission"
                | "genehmigung"
                | "autorizacion"
                | "autorizacao"
                | "autorizzazione"
                | "toestemming"
        )
    };
    !mentions(block).is_empty()
        && words(block).any(|(a, b)| cue(&fold_word(block.get(a..b).unwrap_or_default())))
}

/// Whether a credit line names a person beside the agency.
pub(crate) fn names_a_person(block: &str) -> bool {
    let named = mentions(block);
    words(block)
        .filter(|&(start, end)| {
            !named.iter().any(|mention| mention.start <= start && end <= mention.end)
        })
        .map(|(start, end)| block.get(start..end).unwrap_or_default())
        .any(|word| word.starts_with(char::is_uppercase) && !is_connector(&fold_word(word)))
}

/// Whether a block describes or credits a picture by its own words.
fn is_caption(block: &str, count: usize) -> bool {
    if count > CAPTION_WORDS {
        return false;
    }
    if block.starts_with('©') || block.starts_with("(c)") || block.starts_with("(C)") {
        return true;
    }
    let first =
        words(block).next().map(|(a, b)| (b, fold_word(block.get(a..b).unwrap_or_default())));
    if let Some((end, word)) = first
        && is_photo_word(&word)
        && word != "pool"
    {
        let after = block.get(end..).unwrap_or_default().trim_start_matches(is_blank);
        let next = words(after).next().map(|(a, b)| fold_word(after.get(a..b).unwrap_or_default()));
        let by = next.as_deref().is_some_and(|word| {
            matches!(
                word,
                "by" | "par"
                    | "d"
                    | "von"
                    | "de"
                    | "di"
                    | "distribuee"
                    | "fournie"
                    | "prise"
                    | "released"
                    | "taken"
                    | "provided"
                    | "afp"
                    | "credit"
            )
        });
        if after.starts_with([':', '(', '/', '：', '©', '|', '-', '–']) || by {
            return true;
        }
    }
    picture_credit(block).is_some()
}

/// The picture credit at the end of a block ("(Photo by A. Lorne / POOL / AFP)", "© AFP", "REUTERS/A. Lorne").
fn picture_credit(block: &str) -> Option<usize> {
    const TAIL_BYTES: usize = 160;
    let trimmed = block.trim_end_matches(|c: char| is_blank(c) || c == '.');
    let mut from = trimmed.len().saturating_sub(TAIL_BYTES);
    while !trimmed.is_char_boundary(from) {
        from += 1;
    }
    let tail = trimmed.get(from..)?;
    if let Some(sign) = tail.rfind('©') {
        return Some(from + sign);
    }
    if tail.ends_with([')', ']', '）']) {
        let open = tail.rfind(['(', '[', '（'])?;
        let inside = tail.get(open..)?;
        // "(REUTERS/A. Lorne)" credits a picture, "(AFP/Reuters)" and "(ats/mod)" sign a text.
        let slashed =
            inside.contains('/') && !mentions(inside).is_empty() && names_a_person(inside);
        return (has_photo_word(inside) || slashed).then_some(from + open);
    }
    if let Some(colon) = tail.rfind(':')
        && let Some((start, end)) = words(tail.get(..colon)?).last()
        && is_photo_word(&fold_word(tail.get(start..end)?))
        && words(tail.get(colon..)?).count() <= 6
    {
        return Some(from + start);
    }
    for sign in ["REUTERS/", "AFP/", "AP Photo/", " / AFP", "Getty Images"] {
        if let Some(at) = tail.rfind(sign)
            && words(tail.get(at..)?).count() <= 5
        {
            return Some(from + at);
        }
    }
    None
}

/// A desk in brackets or after a dash ("（社会部・…）", "— Staff and wire reports"), or the contact of a press release.
fn is_signature(block: &str) -> bool {
    const SIGNATURE_WORDS: usize = 20;
    let count = words(block).count();
    if count > SIGNATURE_WORDS {
        return false;
    }
    let bracketed = (block.starts_with('（') && block.ends_with('）'))
        || (block.starts_with('(') && block.ends_with(')') && count <= 6);
    let closed = block.ends_with(|c: char| !c.is_alphanumeric());
    let dashed = block.starts_with(['–', '—']) && !closed && count <= 5;
    let contact = block.split_whitespace().any(|word| {
        word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
    });
    bracketed || dashed || contact
}

/// A person's line: `Some(true)` when a word says so, `Some(false)` when it is only two to four names.
fn byline(block: &str) -> Option<bool> {
    const BYLINE_BYTES: usize = 120;
    if is_signature(block) {
        return Some(true);
    }
    if block.len() > BYLINE_BYTES
        || ends_as_sentence(block)
        || block.contains(['?', '!', ':', '«', '"', '(', ';'])
    {
        return None;
    }
    let line = block.trim_start_matches(|c: char| is_blank(c) || matches!(c, '-' | '–' | '—'));
    let dashed = line.len() < block.len();
    let mut names = 0;
    let mut explicit = false;
    for (index, (start, end)) in words(line).enumerate() {
        let word = line.get(start..end)?;
        let folded = fold_word(word);
        if index == 0
            && matches!(
                folded.as_str(),
                "par" | "by" | "von" | "por" | "di" | "texte" | "door" | "بقلم"
            )
        {
            explicit = true;
            continue;
        }
        let first = word.chars().next()?;
        if first.is_uppercase() {
            names += 1;
        } else if !matches!(
            folded.as_str(),
            "de" | "du"
                | "van"
                | "von"
                | "der"
                | "den"
                | "el"
                | "al"
                | "da"
                | "la"
                | "le"
                | "et"
                | "and"
                | "und"
                | "y"
                | "e"
                | "bin"
                | "ben"
        ) {
            return None;
        }
        if first.is_ascii_digit() {
            return None;
        }
    }
    let limit = if explicit { 1..=8 } else { 2..=4 };
    limit.contains(&names).then_some(explicit || dashed)
}

#[cfg(test)]
mod tests {
    use super::super::fold::count_words;
    use super::*;

    fn kind(block: &str) -> Kind {
        kind_of(block, count_words(block))
    }

    #[test]
    fn credit_lines_name_an_agency_and_nothing_else_but_people() {
        for text in [
            "Avec AFP",
            "(AFP)",
            "AFP",
            "Ana Lorne avec AFP",
            "Ana Lorne, The Associated Press",
            "AFP/Reuters",
            "J. A. (avec AFP)",
            "Mit Material von dpa",
            "(avec AFP)",
            "Keystone-ATS",
            "Por Ana Lorne, EFE",
            "La rédaction avec Belga",
        ] {
            assert_eq!(kind(text), Kind::Credit, "{text}");
        }
        for text in [
            "L'AFP ouvre un bureau à Sourlac",
            "Selon Yonhap, Sourlac proteste",
            "Le Sourlac contre l'AP",
        ] {
            assert_ne!(kind(text), Kind::Credit, "{text}");
        }
    }

    #[test]
    fn captions_are_known_by_their_credit() {
        for text in [
            "Le pont de Sourlac. (Photo by Ana LORNE / POOL / AFP)",
            "Photo : le maire de Sourlac",
            "Le maire de Sourlac © AFP",
            "Der Turm von Ostrel (Foto: Ana Lorne/dpa)",
            "The bridge of Sourlac. REUTERS/Ana Lorne",
        ] {
            assert_eq!(kind(text), Kind::Caption, "{text}");
        }
    }

    #[test]
    fn publication_lines_are_mostly_a_date() {
        for text in [
            "Publié le mercredi 11 février 2026",
            "4 mars 2026 13:05 (GMT+1)",
            "Published: June 19, 2024 2:05 PM GMT",
            "Communiqué - Publié le mardi 10 mars 2026",
            "Publié le mercredi 4 mars 2026 à 07h10, par la rédaction, avec AFP et Reuters",
            "2026年3月3日 14時05分 配信",
        ] {
            assert_eq!(kind(text), Kind::Publication, "{text}");
        }
        assert_eq!(kind("Ce que l'on sait du 3 mars 2026 à Sourlac et de ses suites"), Kind::Short);
    }

    #[test]
    fn titles_names_and_sentences_are_told_apart() {
        assert_eq!(kind("Sourlac retrouve son pont"), Kind::Short);
        assert_eq!(kind("– Ana Lorne"), Kind::Byline(true));
        assert_eq!(kind("Par Ana Lorne"), Kind::Byline(true));
        assert_eq!(kind("Nadia EL LORNE"), Kind::Byline(false));
        assert_eq!(kind("- Colère des riverains -"), Kind::Subheading);
        assert_eq!(kind("Aucun blessé n'est signalé."), Kind::Sentence);
        assert_eq!(
            kind("首相は火曜日に新しい橋の開通式に出席し、住民に感謝の言葉を述べた。"),
            Kind::Paragraph
        );
    }
}
