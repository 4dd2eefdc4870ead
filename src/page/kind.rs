//! What a block is by its own words and shape, before its neighbours are looked at.

use super::byline::byline;
use super::caption::is_caption;
use super::credit::closing_signature;
use super::credit_line::is_credit_line;
use super::date::{Cue, PrintedDate, dates};
use super::dateline::{dateline, is_desk_sign_off, is_end_mark, is_reporting_line};
use super::fold::{fold_word, is_blank, words};
use super::furniture::{Furniture, ends_as_sentence, ends_with_stop, furniture, time_ago};

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
    /// A field, code or count of a layout that labels its lines.
    Header,
    /// The name of the outlet, where a layout says so.
    Outlet,
    /// A message that another message quotes.
    Quoted,
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
/// Lines longer than this are paragraphs and nothing else is asked of them.
const LINE_BYTES: usize = 1_000;

/// Words for the time that an article takes to read, folded.
const READING: [&str; 7] =
    ["read", "lecture", "lesezeit", "lectura", "lettura", "leitura", "leestijd"];
const READING_WORDS: usize = 10;

/// The kind of one block of `count` words.
pub(crate) fn kind_of(block: &str, count: usize) -> Kind {
    kind_with(block, count, true)
}

/// The same; without the `lexicon`, lines of furniture are classed by their shape alone.
pub(crate) fn kind_with(block: &str, count: usize, lexicon: bool) -> Kind {
    if count == 0 {
        return Kind::Furniture(Furniture::Menu);
    }
    if block.len() > LINE_BYTES {
        return Kind::Paragraph;
    }
    if is_desk_sign_off(block) || is_reporting_line(block) || is_end_mark(block) {
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
    if lexicon && let Some(kind) = furniture(block) {
        return Kind::Furniture(kind);
    }
    if let Some(outlet) = time_ago(block) {
        return Kind::TimeAgo(outlet);
    }
    if block.starts_with(['•', '*', '·', '▪', '►', '●', '■', '‣', '◆', '・', '○', '◇'])
    {
        return Kind::Bullet;
    }
    if count <= 20 && dateline(block) == Some(block.len()) {
        return Kind::Dateline;
    }
    // A signature at its end hides the full stop of a closing sentence.
    let signed = closing_signature(block).and_then(|open| block.get(..open));
    let sentence = signed.map_or(block, |text| text.trim_end_matches(is_blank));
    if is_paragraph(sentence, count) {
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
    if count >= 3 && ends_with_stop(sentence) { Kind::Sentence } else { Kind::Short }
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
        return is_relative_day(block, count);
    }
    let cue = words(block)
        .take(6)
        .any(|(a, b)| Cue::of(&fold_word(block.get(a..b).unwrap_or_default())).is_some())
        || Cue::of_asian(block).is_some();
    let mostly = 2 * covered >= block.len();
    // "March 3, 2026 · 4 min read"
    let reading_time = |date: &PrintedDate| {
        let after = block.get(date.span.end()..).unwrap_or_default();
        let mut words = words(after).map(|(a, b)| fold_word(after.get(a..b).unwrap_or_default()));
        date.span.start() == 0
            && count <= READING_WORDS
            && words.any(|word| READING.contains(&word.as_str()))
    };
    mostly || found.iter().any(reading_time) || (cue && (!ends_with_stop(block) || count <= 12))
}

/// "Published yesterday at 6.30pm", "Heute, 14:05 Uhr": nothing but words for a day seen from the day of printing, or for
/// publishing, and a clock.
fn is_relative_day(block: &str, count: usize) -> bool {
    const MOST_WORDS: usize = 9;
    const DAYS: &str = "today yesterday hier aujourd hui heute gestern hoy ayer hoje ontem oggi ieri vandaag gisteren اليوم أمس";
    const BETWEEN: &str = "a at um uhr las h am pm ore alle om le on the de et and und y";
    if count > MOST_WORDS || !block.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let is_in = |list: &str, word: &str| list.split(' ').any(|it| it == word);
    let (mut said, mut figures) = (false, 0);
    for (start, end) in words(block) {
        let word = fold_word(block.get(start..end).unwrap_or_default());
        let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.len() < word.len() {
            let minutes =
                rest.trim_start_matches('h').trim_start_matches(|c: char| c.is_ascii_digit());
            if !matches!(minutes, "" | "am" | "pm") {
                return false;
            }
            figures += 1 + usize::from(rest.len() > 1 && minutes.is_empty());
        } else if is_in(DAYS, &word) || Cue::of(&word).is_some() {
            said = true;
        } else if !is_in(BETWEEN, &word) {
            return false;
        }
    }
    said && figures >= 2
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
        for text in
            ["Publié hier à 18h30", "Heute, 14:05 Uhr", "Updated today at 6.30pm", "اليوم 14:05"]
        {
            assert_eq!(kind(text), Kind::Publication, "{text}");
        }
        for text in ["Hier à Sourlac", "Ostrel 2 - Livane 1", "Today 3 dead"] {
            assert_ne!(kind(text), Kind::Publication, "{text}");
        }
    }

    #[test]
    fn captions_of_other_languages_are_known_by_their_words() {
        for text in [
            "File photo",
            "Archivbild",
            "Foto de archivo",
            "Illustrative image",
            "صورة أرشيفية",
            "資料写真",
            "左岸の水門＝5日、砂原市（共同）",
            "水門を開く職員＝砂原市提供",
            "The lock at Ostrel. Photograph by Vera Holm",
            "The lock at Ostrel. Vera Holm/Reuters",
            "Credit: Vera Holm",
        ] {
            assert_eq!(kind(text), Kind::Caption, "{text}");
        }
        for text in [
            "Stock exchange opens",
            "Credit: why Ostrel borrows again from its neighbours this year",
            "大橋が再開＝砂原市",
            "新しい水門、来月に完成へ",
        ] {
            assert_ne!(kind(text), Kind::Caption, "{text}");
        }
    }

    #[test]
    fn bylines_of_other_languages_are_known_by_their_words() {
        for text in [
            "Par notre correspondante à Ostrel, Vera Holm",
            "Rédigé par Vera Holm",
            "Auteur : Vera Holm",
            "From our correspondent in Ostrel",
            "Vera Holm reports from Ostrel",
            "By staff and agencies",
            "Von unserer Korrespondentin Vera Holm",
            "Das Gespräch führte Vera Holm",
            "Aus Ostrel berichtet Vera Holm",
            "Autorin: Vera Holm",
            "De nuestra corresponsal Vera Holm",
            "Escrito por Vera Holm",
            "Dal nostro inviato Karl Brück",
            "Van onze verslaggever Karl Brück",
            "مراسلنا سامي العلمي",
            "حوار: سامي العلمي",
            "聞き手・砂原恵",
            "特派員　砂原恵",
            "砂原支局　恵",
        ] {
            assert_eq!(kind(text), Kind::Byline(true), "{text}");
        }
        for text in [
            "Author of the Ostrel fire named",
            "حوار جديد بين البلدين",
            "Aus Ostrel wird eine Hafenstadt",
            "Notre correspondante raconte la nuit des crues",
            "取材の自由を守る集会に五百人",
        ] {
            assert_ne!(kind(text), Kind::Byline(true), "{text}");
        }
    }

    #[test]
    fn days_are_known_behind_more_words_and_before_the_time_to_read() {
        for text in [
            "Letzte Aktualisierung: 07.05.2026",
            "Última actualización: 7 de mayo de 2026",
            "تاريخ النشر: 07/05/2026",
            "تم التحديث في 7 مايو 2026",
            "May 7, 2026 · 3 min read",
            "7 mai 2026 · 3 min de lecture",
        ] {
            assert_eq!(kind(text), Kind::Publication, "{text}");
        }
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
