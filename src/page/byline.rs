//! Lines that name the writer.

use super::fold::{fold_line, fold_word, is_blank, is_spaceless, words};
use super::furniture::ends_as_sentence;

const BYLINE_BYTES: usize = 120;
/// What a byline begins with, folded.
const CUES: &[&str] = &[
    // French
    "par",
    "texte et photos",
    "propos recueillis par",
    "recueilli par",
    "entretien realise par",
    "redige par",
    "ecrit par",
    "publie par",
    "article de",
    "reportage de",
    "un reportage de",
    "une enquete de",
    "un recit de",
    "de notre correspondante",
    "de notre correspondant",
    "de notre envoyee speciale",
    "de notre envoye special",
    "par notre correspondante",
    "par notre correspondant",
    "par notre envoyee speciale",
    "par notre envoye special",
    "notre correspondante",
    "notre correspondant",
    "notre envoyee speciale",
    "notre envoye special",
    // English
    "by",
    "written by",
    "reported by",
    "reporting by",
    "story by",
    "words by",
    "posted by",
    "published by",
    "text by",
    "interview by",
    "from our correspondent",
    "our correspondent",
    // German
    "von",
    "text von",
    "ein bericht von",
    "eine reportage von",
    "eine analyse von",
    "aufgezeichnet von",
    "von unserem korrespondenten",
    "von unserer korrespondentin",
    "von unserem redakteur",
    "von unserer redakteurin",
    "von unserem mitarbeiter",
    "von unserer mitarbeiterin",
    "von unserem reporter",
    "von unserer reporterin",
    "das gesprach fuhrte",
    "das gesprach fuhrten",
    "das interview fuhrte",
    "das interview fuhrten",
    "die fragen stellte",
    // Spanish, Portuguese, Italian, Dutch
    "por",
    "texto de",
    "escrito por",
    "reportaje de",
    "un reportaje de",
    "cronica de",
    "una cronica de",
    "entrevista de",
    "de nuestra corresponsal",
    "de nuestro corresponsal",
    "de nuestra enviada especial",
    "de nuestro enviado especial",
    "reportagem de",
    "da nossa correspondente",
    "do nosso correspondente",
    "di",
    "a cura di",
    "intervista di",
    "scritto da",
    "dal nostro inviato",
    "dalla nostra inviata",
    "dal nostro corrispondente",
    "dalla nostra corrispondente",
    "door",
    "geschreven door",
    "van onze correspondent",
    "van onze verslaggever",
    "van onze verslaggeefster",
    // Arabic
    "بقلم",
    "كتب",
    "كتبت",
    "تقرير",
    "إعداد",
    "أجرى الحوار",
    "أجرت الحوار",
    "مراسلنا",
    "مراسلتنا",
    "من مراسلنا",
    "من مراسلتنا",
];
/// The ones that are words of headlines too: a colon must follow.
const CUES_WITH_COLON: &[&str] = &[
    "texte",
    "text",
    "texto",
    "testo",
    "tekst",
    "words",
    "auteur",
    "auteure",
    "autrice",
    "author",
    "autor",
    "autorin",
    "autora",
    "autore",
    "interview",
    "entretien",
    "entrevista",
    "intervista",
    "redaccion",
    "redaktion",
    "redazione",
    "redacao",
    "firma",
    "enviado especial",
    "enviada especial",
    "автор",
    "текст",
    "حوار",
    "تحرير",
    "الكاتب",
    "الكاتبة",
    "المراسل",
    "المراسلة",
];
/// Whole lines that name a desk in the writer's place, folded.
const DESKS: &[&str] = &[
    "la redaction",
    "par la redaction",
    "redaccion",
    "la redaccion",
    "por redaccion",
    "por la redaccion",
    "redaktion",
    "von der redaktion",
    "redazione",
    "la redazione",
    "da redacao",
    "by staff and agencies",
    "by agencies",
    "by our staff",
    "by our foreign staff",
    "staff and agencies",
    "with agencies",
    "avec agences",
    "avec les agences",
    "mit agenturen",
    "con agencias",
    "con agenzie",
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
    if is_spaceless_byline(block) || is_desk(block) {
        return Some(true);
    }
    let (block, shared) = without_agencies(block);
    let dashed = block.trim_start_matches(|c: char| is_blank(c) || matches!(c, '-' | '–' | '—'));
    if is_report(dashed) {
        return Some(true);
    }
    let (rest, cued) = without_cue(dashed);
    if rest.contains(['?', '!', ':', '«', '"', '(', ';']) {
        return None;
    }
    let (names, role) = without_role(rest);
    let role = role || shared;
    let count = names_in(names, cued || role)?;
    let explicit = cued || role;
    let limit = if explicit { 1..=8 } else { 2..=4 };
    limit.contains(&count).then_some(explicit || dashed.len() < block.len())
}

fn is_desk(line: &str) -> bool {
    const MOST: usize = 4;
    words(line).nth(MOST).is_none() && DESKS.contains(&fold_line(line).as_str())
}

/// "Ana Lorne reports from Ostrel", "Aus Ostrel berichtet Ana Lorne".
fn is_report(line: &str) -> bool {
    const SAYS: [&str; 5] = [
        " reports from ",
        " reporting from ",
        " berichtet aus ",
        " berichten aus ",
        " informe desde ",
    ];
    let of_names = |part: &str| {
        !part.contains([':', '?', '!', '«', '"', '(', ';'])
            && names_in(part, false).is_some_and(|count| (1..=6).contains(&count))
    };
    let told = SAYS.iter().find_map(|says| line.split_once(says));
    let from = line.strip_prefix("Aus ").and_then(|rest| rest.split_once(" berichtet "));
    line.strip_suffix(" reports").is_some_and(of_names)
        || told.or(from).is_some_and(|(one, two)| of_names(one) && of_names(two))
}

/// The names before "and agencies", and whether it was there.
fn without_agencies(line: &str) -> (&str, bool) {
    const AGENCIES: [&str; 12] = [
        " and agencies",
        " with agencies",
        " et agences",
        " et les agences",
        " avec agences",
        " avec les agences",
        " und agenturen",
        " mit agenturen",
        " y agencias",
        " con agencias",
        " e agenzie",
        " con agenzie",
    ];
    let mut cut = AGENCIES.iter().filter_map(|agencies| {
        let at = line.len().checked_sub(agencies.len())?;
        let (names, end) = (line.get(..at)?, line.get(at..)?);
        (!names.is_empty() && end.eq_ignore_ascii_case(agencies)).then_some(names)
    });
    cut.next().map_or((line, false), |names| (names, true))
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
        let rest = line.get(end..).unwrap_or_default().trim_start_matches(is_blank);
        let coloned = rest.trim_start_matches([':', '：', '/']);
        let with_colon = coloned.len() < rest.len() && CUES_WITH_COLON.contains(&head.as_str());
        if with_colon || CUES.contains(&head.as_str()) {
            return (coloned, true);
        }
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

/// "文・中瀬花子", "中瀬花子記者", "特派員　中瀬花子": short, and with a word that says so.
fn is_spaceless_byline(block: &str) -> bool {
    const MOST: usize = 16;
    const ROLES: [&str; 9] =
        ["記者", "记者", "编辑", "編集委員", "論説委員", "特派員", "支局長", "通信員", "通讯员"];
    const CUES: [&str; 16] = [
        "文",
        "取材・文",
        "取材",
        "執筆",
        "聞き手",
        "文責",
        "署名",
        "作者",
        "采访",
        "撰文",
        "記者",
        "记者",
        "本报记者",
        "特派員",
        "編集委員",
        "論説委員",
    ];
    let is_sign = |c: char| {
        is_blank(c) || matches!(c, '・' | '＝' | '=' | '／' | '/' | '：' | ':' | '|' | '｜')
    };
    let cued = |cue: &str| {
        block.strip_prefix(cue).is_some_and(|name| {
            name.starts_with(is_sign)
                && name.trim_start_matches(is_sign).chars().all(|c| is_spaceless(c) || is_blank(c))
        })
    };
    block.chars().next().is_some_and(is_spaceless)
        && block.chars().count() <= MOST
        && (ROLES.iter().any(|role| block.ends_with(role))
            || block.starts_with("记者")
            || ["支局　", "支局 ", "総局　", "総局 "].iter().any(|desk| block.contains(desk))
            || CUES.iter().any(|cue| cued(cue)))
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
