//! Datelines: the place, day and agency that open a dispatch ("SOURLAC, 3 mars (AFP) - ").

use super::date::dates;
use super::fold::{fold_word, is_blank, is_spaceless, words};
use super::mention::{has_photo_word, mentions};

/// A dateline is looked for in so many bytes at the head of a paragraph.
const HEAD_BYTES: usize = 240;
const PLACE_WORDS: usize = 10;
const BRACKET_WORDS: usize = 8;
/// Capitals that open a paragraph and are no place.
const TAGS: [&str; 12] = [
    "urgent",
    "alerte",
    "flash",
    "breaking",
    "eilmeldung",
    "eil",
    "urgente",
    "exclusif",
    "exclusive",
    "video",
    "direct",
    "update",
];

/// Bytes of the dateline at the head of `paragraph`, with the sign and the space after it; `None` when there is none.
pub(crate) fn dateline(paragraph: &str) -> Option<usize> {
    let mut limit = paragraph.len().min(HEAD_BYTES);
    while !paragraph.is_char_boundary(limit) {
        limit -= 1;
    }
    let head = paragraph.get(..limit)?;
    bracketed(head)
        .or_else(|| chinese(head))
        .or_else(|| capitals(head, 0))
        .or_else(|| dated(head))
        .or_else(|| arabic(paragraph))
}

/// "SOURLAC, March 3 (Yonhap) --", "(ANSA) - ROMA, 03 MAR -", "MOSCOW, March 3. /TASS/.", "【ソウル聯合ニュース】".
fn bracketed(head: &str) -> Option<usize> {
    let open = head.find(['(', '/', '[', '（', '【', '［'])?;
    let opener = head.get(open..)?.chars().next()?;
    let inside_at = open + opener.len_utf8();
    let closer = match opener {
        '(' => ')',
        '[' => ']',
        '（' => '）',
        '【' => '】',
        '［' => '］',
        _ => '/',
    };
    // "Paris/Berlin (dpa) -": a slash between places is no bracket.
    if opener == '/' && !head.get(..open)?.trim_end().ends_with(['.', ',']) && open > 0 {
        let rest = head.get(inside_at..)?;
        let next = rest.find(['(', '['])?;
        return bracketed_at(head, inside_at + next, ')');
    }
    bracketed_at(head, open, closer).or_else(|| behind_region(head, open))
}

/// "Norvale (Tellandia), 12 may (EFE).-": the first bracket tells in which region the place is, a later one the agency.
fn behind_region(head: &str, open: usize) -> Option<usize> {
    const BRACKETS: usize = 3;
    let later = head.char_indices().filter(|&(at, c)| at > open && matches!(c, '(' | '['));
    later
        .take(BRACKETS)
        .find_map(|(at, c)| bracketed_at(head, at, if c == '(' { ')' } else { ']' }))
}

fn bracketed_at(head: &str, open: usize, closer: char) -> Option<usize> {
    let place = head.get(..open)?;
    let after_open = open + head.get(open..)?.chars().next()?.len_utf8();
    let close = after_open + head.get(after_open..)?.find(closer)?;
    let inside = head.get(after_open..close)?;
    let end = close + closer.len_utf8();
    let asian = matches!(closer, '】' | '］');
    let named = !mentions(head.get(open..end)?).is_empty();
    let photo = has_photo_word(inside);
    let few = words(inside).count() <= BRACKET_WORDS;
    if !(named || (asian && open == 0)) || photo || !few || !is_place(place) {
        return None;
    }
    let signed = separator(head, end);
    if open == 0 {
        let from = signed.unwrap_or(end);
        let from = from + leading_blanks(head.get(from..)?);
        return Some(capitals(head, from).unwrap_or(from));
    }
    signed.or_else(|| {
        is_capitals(place).then(|| end + leading_blanks(head.get(end..).unwrap_or_default()))
    })
}

/// The end of a separator that begins at `at`, with blanks around it.
fn separator(head: &str, at: usize) -> Option<usize> {
    let rest = head.get(at..)?;
    let sign = rest.trim_start_matches(is_blank);
    let signs = sign.len()
        - sign.trim_start_matches(['-', '–', '—', ':', '.', '―', '−', '：', '=', '_']).len();
    if signs == 0 {
        return None;
    }
    let from = at + (rest.len() - sign.len()) + signs;
    Some(from + leading_blanks(head.get(from..)?))
}

fn leading_blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches(is_blank).len()
}

/// Whether these are a place and perhaps a day: names, numbers, months and the small words between them.
fn is_place(place: &str) -> bool {
    let mut count = 0;
    for (start, end) in words(place) {
        let word = place.get(start..end).unwrap_or_default();
        count += 1;
        let first = word.chars().next().unwrap_or(' ');
        // A letter without case (Arabic, Hebrew, Han) may be a name.
        if !first.is_lowercase() {
            continue;
        }
        let folded = fold_word(word);
        let small = "le la les l de du d des da do di del della sur en sous am an den der el y et und and pres bei near s st";
        if !small.split(' ').any(|name| name == folded) && !super::date::is_calendar_word(&folded) {
            return false;
        }
    }
    count <= PLACE_WORDS
}

/// All letters upper case, at least three of them.
fn is_capitals(place: &str) -> bool {
    let place = place.split(',').next().unwrap_or_default();
    let mut upper = 0;
    for c in place.chars() {
        if c.is_lowercase() {
            return false;
        }
        upper += usize::from(c.is_uppercase());
    }
    upper >= 3
}

/// "SOURLAC: ", "SOURLAC, Valdorie - ", "SOURLAC, le 3 mars 2026 — ", from byte `from` on.
fn capitals(head: &str, from: usize) -> Option<usize> {
    const PLACE_BYTES: usize = 60;
    const DETAIL_BYTES: usize = 40;
    let text = head.get(from..)?;
    // The first sign that can end a dateline: a colon and a space, or a dash between spaces.
    let (sign, width) = text
        .char_indices()
        .take_while(|(at, _)| *at <= PLACE_BYTES + DETAIL_BYTES)
        .find_map(|(at, c)| {
            let before = text.get(..at)?;
            let after = text.get(at + c.len_utf8()..)?;
            let spaced = before.ends_with(is_blank)
                && (after.is_empty() || after.starts_with(|c| is_blank(c) || c == '-'));
            let colon = c == ':' && (after.is_empty() || after.starts_with(is_blank));
            let dash = matches!(c, '-' | '–') && spaced || c == '—';
            (colon || dash).then_some((at, c.len_utf8()))
        })?;
    let place = text.get(..sign)?;
    let (name, detail) = match place.split_once([',', '(']) {
        Some((name, detail)) => (name, detail),
        None => (place, ""),
    };
    let name_words = words(name).count();
    let tag = TAGS.contains(&fold_word(name.trim()).as_str());
    let fits = (1..=5).contains(&name_words)
        && name.len() <= PLACE_BYTES
        && detail.len() <= DETAIL_BYTES
        && is_capitals(name)
        && is_place(place)
        && !name.contains(['"', '«', '?', '!'])
        && !tag;
    let end = from + sign + width;
    let end = separator(head, end).unwrap_or(end + leading_blanks(head.get(end..)?));
    // A text begins with a capital; "L'ONU - et elle seule" goes on.
    let begins = !head.get(end..)?.chars().next().is_some_and(char::is_lowercase);
    (fits && begins).then_some(end)
}

/// "Oxness, 12 may.- ", "Kestrel (Tellandia), 12 May 2026 – ": a place, a comma and a day, whatever the case of the letters.
fn dated(head: &str) -> Option<usize> {
    const PLACE_WORDS: usize = 5;
    let date = dates(head, 0).into_iter().find(|date| date.day.is_some())?;
    let (place, between) = head.get(..date.span.start())?.rsplit_once([',', '،'])?;
    let small = words(between).all(|(start, end)| {
        let word = fold_word(between.get(start..end).unwrap_or_default());
        ["le", "den", "am", "el", "the", "il", "em", "a"].contains(&word.as_str())
    });
    let named = place.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
        && (1..=PLACE_WORDS).contains(&words(place).count())
        && !place.contains(['"', '«', '?', '!', ':', ';'])
        && is_place(place);
    let rest = head.get(date.span.end()..)?;
    let sign = rest.trim_start_matches(|c: char| is_blank(c) || c == '.');
    let parted = sign.len() < rest.len();
    let dash = sign.starts_with(['—', '―']) || parted && sign.starts_with(['-', '–', '_']);
    let end = separator(head, date.span.end()).filter(|_| small && named && dash)?;
    let begins = !head.get(end..)?.chars().next().is_some_and(char::is_lowercase);
    begins.then_some(end)
}

/// "كيستريل - أبقى …": a script without capitals shows its places by the dash alone, in front of a whole sentence.
fn arabic(paragraph: &str) -> Option<usize> {
    const NAME_BYTES: usize = 40;
    const NAME_WORDS: usize = 3;
    const SENTENCE_WORDS: usize = 12;
    if !paragraph.starts_with(|c: char| matches!(c as u32, 0x620..=0x64A)) {
        return None;
    }
    let signs = [" - ", " – ", " — "];
    let (at, sign) = signs.iter().filter_map(|sign| Some((paragraph.find(sign)?, *sign))).min()?;
    let place = paragraph.get(..at)?;
    let end = at + sign.len();
    let named = place.len() <= NAME_BYTES
        && words(place).count() <= NAME_WORDS
        && place.chars().all(|c| c.is_alphabetic() || is_blank(c));
    (named && words(paragraph.get(end..)?).nth(SENTENCE_WORDS - 1).is_some()).then_some(end)
}

/// "新华社北京3月3日电（记者…）": the agency opens the paragraph and 电 closes the dateline.
fn chinese(head: &str) -> Option<usize> {
    let first = mentions(head).first().copied().filter(|mention| mention.start == 0)?;
    let rest = head.get(first.end..)?;
    if !rest.chars().next().is_some_and(is_spaceless) {
        return None;
    }
    let (at, close) = rest.char_indices().take(24).find(|(_, c)| matches!(c, '电' | '電'))?;
    let mut end = first.end + at + close.len_utf8();
    // A dateline has a day; 电 alone is also the first character of "telephone".
    if dates(head.get(..end)?, 0).is_empty() {
        return None;
    }
    let after = head.get(end..)?;
    if after.starts_with(['（', '(']) {
        let close = after.char_indices().find(|(_, c)| matches!(c, '）' | ')'))?;
        end += close.0 + close.1.len_utf8();
    }
    Some(end + leading_blanks(head.get(end..)?))
}

/// Initials of the desk that edited a dispatch: `bur-roc/jnd`, `kl-mbr/ost`, `tvh/emb/cls`.
pub(crate) fn is_desk_sign_off(line: &str) -> bool {
    const INITIALS: std::ops::RangeInclusive<usize> = 2..=4;
    let line = line.trim_matches(is_blank);
    line.len() <= 40
        && line.contains('/')
        && line.split(['/', '-']).all(|part| {
            INITIALS.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase())
        })
        && !["et/ou", "km/h", "and/or", "und/oder"].contains(&line)
}

/// What agencies print below a dispatch, in the manner of teleprinters: "NNNN", "(END)", "Enditem", "-30-", "==Kyodo".
pub(crate) fn is_end_mark(line: &str) -> bool {
    matches!(
        line,
        "NNNN"
            | "NNN"
            | "ENDIT"
            | "ENDITEM"
            | "Enditem"
            | "(END)"
            | "(End)"
            | "(ENDS)"
            | "(FIN)"
            | "-30-"
            | "-0-"
            | "==Kyodo"
            | "==KYODO"
            | "（完）"
            | "(完)"
            | "（了）"
    )
}

/// Where such a mark begins behind the last sentence of a text: "… said the mayor. Enditem".
pub(crate) fn closing_mark(block: &str) -> Option<usize> {
    let (text, mark) = block.rsplit_once(is_blank)?;
    let ended = text.trim_end_matches(is_blank).ends_with(['.', '"', '”', '!', '?', '。', '»']);
    (is_end_mark(mark) && ended).then(|| block.len() - mark.len())
}

/// Whether a bracketed line tells who reported, wrote and edited, as Reuters prints it at the end.
pub(crate) fn is_reporting_line(line: &str) -> bool {
    let line = line.trim_matches(is_blank);
    if !line.starts_with(['(', '（']) || !line.ends_with([')', '）', '.']) || line.len() > 400 {
        return false;
    }
    let folded = super::fold::fold_line(line);
    [
        "reporting by",
        "additional reporting by",
        "writing by",
        "editing by",
        "reportage ",
        "redige par",
        "edite par",
        "bericht von",
        "geschrieben von",
        "redigiert von",
        "reporte de",
        "informacion de",
        "editado por",
        "reportagem de",
        "version francaise",
    ]
    .iter()
    .any(|cue| folded.starts_with(cue))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest(text: &str) -> &str {
        &text[dateline(text).unwrap_or(0)..]
    }

    #[test]
    fn datelines_of_the_agencies_end_before_the_first_word_of_the_text() {
        for text in [
            "SOURLAC (AFP) - Le pont",
            "SOURLAC, 3 mars (AFP) — Le pont",
            "SOURLAC: Le pont",
            "SOURLAC, Valdorie (Reuters) - Le pont",
            "SOURLAC, le 10 mars 2026 - Le pont",
            "SAINT-OSTREL-LES-BAINS, March 3 (Yonhap) -- Le pont",
            "Ostrel (dpa) - Le pont",
            "Ostrel/Sourlac (dpa/lno) – Le pont",
            "Sourlac, 3 mar (EFE).- Le pont",
            "(ANSA) - SOURLAC, 03 MAR - Le pont",
            "Sourlac, 03 mar 2026 (Lusa) – Le pont",
            "Sourlac (Valdorie), 3 mar (EFE).- Le pont",
            "Sourlac [Valdorie] (dpa) – Le pont",
            "سورلاك (فالدوريا) 3-3-2026 (أ ف ب) - Le pont",
            "Ostrel, 3 mar.- Le pont",
            "Saint-Ostrel (Valdorie), le 3 mars 2026 – Le pont",
            "Ostrel, 3. März 2026 — Le pont",
            "Ostrel, March 3 -- Le pont",
            "(Belga) Le pont",
            "SOURLAC, March 3. /TASS/. Le pont",
            "سورلاك (أ ف ب) - Le pont",
            "【ソウル聯合ニュース】Le pont",
            "新华社北京3月3日电（记者 李明）Le pont",
        ] {
            assert_eq!(rest(text), "Le pont", "{text}");
        }
        assert_eq!(rest("ROCHELIEU (AFP) -"), "");
    }

    #[test]
    fn a_place_in_arabic_opens_a_whole_sentence() {
        let text = "سورلاك - أعيد الثلاثاء فتح جسر سورلاك أمام حركة المرور بعد أحد عشر شهرا من أعمال الترميم الطويلة.";
        assert!(rest(text).starts_with("أعيد"));
        assert_eq!(dateline(&text.replace(" - ", " ، ")), None);
        assert_eq!(dateline("سورلاك - أعيد فتح الجسر"), None);
    }

    #[test]
    fn ordinary_openings_are_no_datelines() {
        for text in [
            "Le maire a démissionné (AFP) - dit-on",
            "URGENT - Six mineurs remontés",
            "M. Dorvey (photo AFP) - Le pont",
            "L'ONU - et elle seule - décide",
            "Le club (SOS) a gagné",
            "",
            "- x",
            "Le conseil, réuni le 3 mars - sans public - a voté",
            "Séance du 3 mars - Le conseil vote",
            "En visite à Ostrel, le 3 mars, la ministre a promis des fonds",
            "نعم - قال",
        ] {
            assert_eq!(dateline(text), None, "{text}");
        }
    }

    #[test]
    fn desk_sign_offs_are_initials_with_a_slash() {
        assert!(is_desk_sign_off("bur-roc/jnd"));
        assert!(is_desk_sign_off("tvh/emb/cls"));
        assert!(is_desk_sign_off("dl/mbr"));
        for other in ["km/h", "bur", "a/b", "Paris/Berlin", "une-ligne", "24/24"] {
            assert!(!is_desk_sign_off(other), "{other}");
        }
        assert!(is_reporting_line("(Reporting by Ana Lorne in Sourlac; Editing by Karl Ost)"));
        assert!(!is_reporting_line("(Le maire a ri)"));
    }
}
