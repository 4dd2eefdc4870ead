//! Lines that name the writer.

use super::fold::{fold_line, fold_word, is_blank, is_spaceless, words};
use super::furniture::ends_as_sentence;

const BYLINE_BYTES: usize = 120;
/// What a byline begins with, folded; longer ones first.
const CUES: [&str; 34] = [
    "propos recueillis par",
    "de notre correspondante",
    "de notre correspondant",
    "de notre envoyee speciale",
    "de notre envoye special",
    "recueilli par",
    "texte et photos",
    "reported by",
    "written by",
    "story by",
    "words by",
    "text von",
    "ein bericht von",
    "interview",
    "entrevista de",
    "texte",
    "text",
    "texto",
    "testo",
    "tekst",
    "redaccion",
    "redaktion",
    "redazione",
    "par",
    "by",
    "von",
    "por",
    "di",
    "door",
    "بقلم",
    "كتب",
    "كتبت",
    "تقرير",
    "إعداد",
];
/// Of those the ones that are words of headlines too: a colon must follow.
const CUES_WITH_COLON: [&str; 9] = [
    "texte",
    "text",
    "texto",
    "testo",
    "tekst",
    "interview",
    "redaccion",
    "redaktion",
    "redazione",
];
/// What a writer is, after the name, folded.
const ROLES: [&str; 30] = [
    "reporter",
    "staff",
    "writer",
    "correspondent",
    "editor",
    "columnist",
    "journalist",
    "journaliste",
    "correspondant",
    "correspondante",
    "envoye",
    "envoyee",
    "redacteur",
    "redactrice",
    "chroniqueur",
    "chroniqueuse",
    "redakteur",
    "redakteurin",
    "korrespondent",
    "korrespondentin",
    "reporterin",
    "autor",
    "autorin",
    "redactor",
    "redactora",
    "corresponsal",
    "enviado",
    "enviada",
    "periodista",
    "author",
];

/// A person's line: `Some(true)` when a word says so, `Some(false)` when it is only two to four names.
pub(crate) fn byline(block: &str) -> Option<bool> {
    if is_signature(block) {
        return Some(true);
    }
    if block.len() > BYLINE_BYTES || ends_as_sentence(block) && !ends_with_initial(block) {
        return None;
    }
    if is_spaceless_byline(block) {
        return Some(true);
    }
    let dashed = block.trim_start_matches(|c: char| is_blank(c) || matches!(c, '-' | '–' | '—'));
    let (rest, cued) = without_cue(dashed);
    if rest.contains(['?', '!', ':', '«', '"', '(', ';']) {
        return None;
    }
    let (names, role) = without_role(rest);
    let count = names_in(names, cued || role)?;
    let explicit = cued || role;
    let limit = if explicit { 1..=8 } else { 2..=4 };
    limit.contains(&count).then_some(explicit || dashed.len() < block.len())
}

/// "A. L.": the points are the initials'.
fn ends_with_initial(block: &str) -> bool {
    block.ends_with('.')
        && words(block).last().is_some_and(|(start, end)| {
            block.get(start..end).is_some_and(|word| {
                word.chars().count() == 1 && word.starts_with(char::is_uppercase)
            })
        })
}

/// The line behind its cue ("Par", "Text:"), and whether there was one.
fn without_cue(line: &str) -> (&str, bool) {
    const MOST: usize = 4;
    let ends: Vec<usize> = words(line).take(MOST).map(|(_, end)| end).collect();
    for &end in ends.iter().rev() {
        let head = fold_line(line.get(..end).unwrap_or_default());
        if !CUES.contains(&head.as_str()) {
            continue;
        }
        let rest = line.get(end..).unwrap_or_default().trim_start_matches(is_blank);
        let coloned = rest.trim_start_matches([':', '：', '/']);
        if coloned.len() == rest.len() && CUES_WITH_COLON.contains(&head.as_str()) {
            continue;
        }
        return (coloned, true);
    }
    (line, false)
}

/// The names before ", staff writer" and "| Reporter", and whether there was such a role.
fn without_role(line: &str) -> (&str, bool) {
    const ROLE_WORDS: usize = 6;
    for sign in [',', '|'] {
        let Some((names, role)) = line.split_once(sign) else { continue };
        let known = words(role).take(ROLE_WORDS).any(|(start, end)| {
            ROLES.contains(&fold_word(role.get(start..end).unwrap_or_default()).as_str())
        });
        if known && words(role).count() <= ROLE_WORDS {
            return (names, true);
        }
    }
    (line, false)
}

/// How many names a line is made of; `None` when it holds anything else. Behind a cue, places may follow ("in Ostrel").
fn names_in(line: &str, cued: bool) -> Option<usize> {
    const PARTICLES: &str = "de du van von der den el al da la le et and und y e bin ben";
    const BEFORE_PLACES: &str = "a in en aus from at pour for notre our avec with mit con";
    let mut names = 0;
    for (start, end) in words(line) {
        let word = line.get(start..end)?;
        let first = word.chars().next()?;
        if first.is_ascii_digit() {
            return None;
        }
        // Letters without case are names only behind a cue.
        if first.is_uppercase() || (cued && !first.is_lowercase()) {
            names += 1;
            continue;
        }
        let folded = fold_word(word);
        let small = |list: &str| list.split(' ').any(|small| small == folded);
        if !(small(PARTICLES) || (cued && small(BEFORE_PLACES))) {
            return None;
        }
    }
    Some(names)
}

/// "文・中瀬花子", "中瀬花子記者": short, and with a word that says so.
fn is_spaceless_byline(block: &str) -> bool {
    const MOST: usize = 16;
    block.chars().next().is_some_and(is_spaceless)
        && block.chars().count() <= MOST
        && (block.ends_with("記者")
            || block.ends_with("记者")
            || block.ends_with("編集委員")
            || ["文・", "文＝", "文／", "取材・", "執筆：", "文：", "作者：", "记者"]
                .iter()
                .any(|cue| block.starts_with(cue)))
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
