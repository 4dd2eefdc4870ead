//! Exports of press databases: documents with a head of fields, a text, and a foot of rights and identifiers.
//!
//! LexisNexis numbers its documents and labels its fields (`LENGTH: 512 words`, `LOAD-DATE: …`), Factiva closes each with
//! `Document` and an identifier, Europresse with a line of rights. In a head without labels the title is the line of most
//! words, and the source the first other one.

use super::field::{field, is_one_of};
use super::plan::{Part, Plan, Role};
use crate::page::byline::byline;
use crate::page::date::dates;
use crate::page::fold::{count_words, fold_line};
use crate::page::kind::{Kind, kind_of};

const TITLE: &str = "headline|title|titre|titel|titulo|hd|hl|schlagzeile|titular";
const DATE: &str =
    "date|pd|publication date|date de publication|datum|fecha|load date|erscheinungsdatum";
const OUTLET: &str =
    "source|sn|publication|journal|quelle|fuente|source name|nom de la source|medio";
const BYLINE: &str = "byline|by|auteur|author|autor|autoren";
const TEXT: &str = "body|lp|td|text|texte|full text|texto|volltext|lead";
const OTHER: &str = "length|section|dateline|language|publication type|journal code|copyright|wc|sc|la|cy|pub|an|se|pg|ed|co|in|ns|re|\
    ipc|ipd|subject|organization|geographic|person|company|country|state|city|load date|acc no|graphic|page|pages|edition|type|\
    longueur|langue|rubrique|lange|ressort|sprache|longitud|idioma|seccion|highlight|document type|numero|aa|update|correction|note";

/// Lines of a head at most.
const HEAD_LINES: usize = 40;
const OUTLET_WORDS: usize = 8;
/// Numbers, lengths and identifiers stand on short lines.
const FIELD_BYTES: usize = 80;

/// "3 of 12 DOCUMENTS", "Document 3 of 12", "Document 3 sur 12".
fn is_number(line: &str) -> bool {
    if line.len() > FIELD_BYTES || !line.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let folded = fold_line(line);
    matches!(
        folded.as_str(),
        "# of # documents"
            | "document # of #"
            | "document # sur #"
            | "# sur # documents"
            | "dokument # von #"
            | "documento # de #"
            | "# von # dokumenten"
            | "# de # documentos"
            | "document #"
    )
}

/// "Document GAZSOU0020260303em33000jp", "End of Document".
fn is_end(line: &str) -> bool {
    const IDENTIFIER_BYTES: usize = 14;
    if line.len() > FIELD_BYTES {
        return false;
    }
    if matches!(
        fold_line(line).as_str(),
        "end of document" | "fin du document" | "ende des dokuments" | "fin del documento"
    ) {
        return true;
    }
    line.strip_prefix("Document ")
        .or_else(|| line.strip_prefix("Dokument "))
        .or_else(|| line.strip_prefix("Documento "))
        .is_some_and(|id| {
            id.len() >= IDENTIFIER_BYTES
                && id.chars().all(|c| c.is_ascii_alphanumeric())
                && id.contains(|c: char| c.is_ascii_digit())
                && id.starts_with(|c: char| c.is_ascii_uppercase())
        })
}

/// "512 words", "512 mots", "LENGTH: 512 words".
fn is_length(line: &str) -> bool {
    if line.len() > FIELD_BYTES || !line.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let folded = fold_line(line);
    let folded = folded
        .strip_prefix("length ")
        .or_else(|| folded.strip_prefix("longueur "))
        .unwrap_or(&folded);
    matches!(
        folded.strip_prefix("# "),
        Some("words" | "mots" | "worter" | "palabras" | "parole" | "woorden" | "palavras")
    ) || matches!(folded.strip_prefix("# # "), Some("words" | "mots" | "worter"))
}

/// "© 2026 La Gazette. Tous droits réservés.", "Copyright 2026 …", "All Rights Reserved".
fn is_rights(line: &str) -> bool {
    const RIGHTS_WORDS: usize = 40;
    const RIGHTS_BYTES: usize = 400;
    if line.len() > RIGHTS_BYTES {
        return false;
    }
    let folded = fold_line(line);
    let reserved = [
        "droits reserves",
        "rights reserved",
        "rechte vorbehalten",
        "derechos reservados",
        "diritti riservati",
        "direitos reservados",
    ]
    .iter()
    .any(|phrase| folded.contains(phrase));
    let signed =
        line.starts_with(['©', '®']) || folded.starts_with("copyright") || line.starts_with("(c)");
    (reserved || signed) && count_words(line) <= RIGHTS_WORDS
}

/// A label of two capitals as Factiva's codes are, or one written out.
fn known(line: &str) -> Option<(Part, usize, bool)> {
    let (label, at) = match code(line) {
        Some(found) => found,
        None => field(line)?,
    };
    let part = if is_one_of(&label, TITLE) {
        Part::Title
    } else if is_one_of(&label, DATE) {
        Part::Date
    } else if is_one_of(&label, OUTLET) {
        Part::Outlet
    } else if is_one_of(&label, BYLINE) {
        Part::Byline
    } else if is_one_of(&label, TEXT) {
        Part::Body
    } else if is_one_of(&label, OTHER) {
        Part::Header
    } else {
        return None;
    };
    Some((part, at, label == "load date"))
}

/// "HD Title of the text": two capitals and blanks.
fn code(line: &str) -> Option<(String, usize)> {
    const CODES: &str = "HD|BY|WC|PD|SN|SC|LA|CY|LP|TD|PUB|AN|SE|PG|ED|CO|IN|NS|RE|IPC";
    let end = line.find([' ', '\t']).unwrap_or(line.len());
    let name = line.get(..end)?;
    let rest = line.get(end..)?;
    let blanks = rest.len() - rest.trim_start().len();
    is_one_of(name, CODES).then(|| (name.to_ascii_lowercase(), end + blanks))
}

pub(super) fn is_export(lines: &[&str]) -> bool {
    let any = |test: &dyn Fn(&str) -> bool| lines.iter().filter(|line| test(line)).count();
    let numbered = any(&|line| is_number(line) && fold_line(line) != "document #");
    let closed = any(&is_end);
    let lengths = any(&is_length);
    let loaded = any(&|line| known(line).is_some_and(|(_, _, load)| load));
    let rights = any(&is_rights);
    let coded = any(&|line| code(line).is_some());
    numbered > 0 && (lengths + loaded + rights > 0)
        || closed > 0 && (lengths + rights + coded > 0)
        || loaded > 0 && lengths > 0
        || lengths > 0 && rights > 0
        || coded >= 4 && lines.iter().any(|line| line.starts_with("HD"))
}

pub(super) fn plan(lines: &[&str]) -> Plan {
    let trimmed: Vec<&str> =
        lines.iter().map(|line| line.trim_matches(crate::page::fold::is_blank)).collect();
    let mut plan = Plan::new(lines.len());
    let numbered = trimmed.iter().any(|line| is_number(line));
    let closed = trimmed.iter().any(|line| is_end(line));
    let mut from = 0;
    while from < lines.len() {
        if trimmed.get(from).is_none_or(|line| line.is_empty()) {
            from += 1;
            continue;
        }
        let mut text = false;
        let until = (from + 1..lines.len())
            .find(|&at| {
                let line = trimmed.get(at).copied().unwrap_or_default();
                let above = trimmed.get(at - 1).copied().unwrap_or_default();
                text |= is_text(above);
                if numbered {
                    is_number(line)
                } else if closed {
                    is_end(above)
                } else {
                    text && ends_by_rights(&trimmed, from, at)
                }
            })
            .unwrap_or(lines.len());
        document(lines, &trimmed, from, until, &mut plan);
        from = until;
    }
    plan
}

/// Whether a document that has a text by now was closed by a line of rights and the lines glued to it.
fn ends_by_rights(lines: &[&str], from: usize, at: usize) -> bool {
    const GLUED: usize = 6;
    let blank = |at: usize| lines.get(at).is_none_or(|line| line.is_empty());
    if blank(at) || !blank(at - 1) {
        return false;
    }
    let mut rights = false;
    for above in (at.saturating_sub(GLUED).max(from)..at).rev() {
        let line = lines.get(above).copied().unwrap_or_default();
        rights |= is_rights(line);
        if rights || kind_of(line, count_words(line)) == Kind::Paragraph {
            break;
        }
    }
    rights
}

fn is_text(line: &str) -> bool {
    !is_rights(line) && known(line).is_none() && kind_of(line, count_words(line)) == Kind::Paragraph
}

fn document(lines: &[&str], trimmed: &[&str], from: usize, until: usize, plan: &mut Plan) {
    let line = |at: usize| trimmed.get(at).copied().unwrap_or_default();
    let labelled =
        (from..until).find(|&at| known(line(at)).is_some_and(|(part, _, _)| part == Part::Body));
    let body = labelled
        .or_else(|| (from..until.min(from + HEAD_LINES)).find(|&at| is_text(line(at))))
        .unwrap_or(until);
    let end = foot(trimmed, body, until);
    if body >= end {
        return;
    }
    plan.starts.push(from);
    let mut plain: Vec<usize> = Vec::new();
    let mut fields = [false; 3];
    for at in from..until {
        let indent = indent(lines, at);
        let text = line(at);
        let role = if text.is_empty() {
            Role::of(Part::Outside)
        } else if at >= end {
            // A date of loading dates the text only where nothing else does.
            Role::of(Part::Header)
        } else if at > body || (at == body && labelled.is_none()) {
            match known(text) {
                Some((Part::Body, value, _)) if labelled.is_some() => {
                    Role { label: indent + value, part: Part::Body }
                }
                _ => Role::of(Part::Body),
            }
        } else if let Some((part, value, load)) = known(text) {
            let seen = match part {
                Part::Title => fields.first_mut(),
                Part::Date if !load => fields.get_mut(1),
                Part::Outlet => fields.get_mut(2),
                _ => None,
            };
            if let Some(seen) = seen {
                *seen = true;
            }
            Role { label: indent + value, part }
        } else if is_number(text) || is_length(text) || is_rights(text) {
            Role::of(Part::Header)
        } else if is_date(text) {
            if let Some(seen) = fields.get_mut(1) {
                *seen = true;
            }
            Role::of(Part::Date)
        } else if byline(text) == Some(true) {
            Role::of(Part::Byline)
        } else {
            plain.push(at);
            Role::of(Part::Header)
        };
        plan.set(at, role);
    }
    let words = |at: &usize| count_words(line(*at));
    if !fields[0]
        && let Some(most) = plain.iter().map(words).max()
        && let Some(&title) = plain.iter().find(|at| words(at) == most)
    {
        plan.set(title, Role::of(Part::Title));
        plain.retain(|&at| at != title);
    }
    if !fields[2]
        && let Some(&outlet) =
            plain.iter().find(|at| words(at) <= OUTLET_WORDS && is_name(line(**at)))
    {
        plan.set(outlet, Role::of(Part::Outlet));
    }
    if !fields[1] {
        for at in end..until {
            if let Some((Part::Date, value, _)) = known(line(at)) {
                plan.set(at, Role { label: indent(lines, at) + value, part: Part::Date });
            }
        }
    } else {
        for at in from..until {
            if known(line(at)).is_some_and(|(_, _, load)| load) {
                plan.set(at, Role::of(Part::Header));
            }
        }
    }
}

/// Bytes of blanks that a line begins with.
fn indent(lines: &[&str], at: usize) -> usize {
    let raw = lines.get(at).copied().unwrap_or_default();
    raw.len() - raw.trim_start_matches(crate::page::fold::is_blank).len()
}

/// Not a code or a page number.
fn is_name(line: &str) -> bool {
    line.contains(char::is_alphabetic)
        && !line.contains('·')
        && !line.starts_with(|c: char| c.is_ascii_digit())
}

fn is_date(line: &str) -> bool {
    const DATE_BYTES: usize = 80;
    line.len() <= DATE_BYTES
        && dates(line, 0).iter().any(|date| date.day.is_some() && 2 * date.span.len() >= line.len())
}

/// The line behind the last of the text: what follows are fields, rights and identifiers.
fn foot(lines: &[&str], body: usize, until: usize) -> usize {
    let is_foot = |at: usize| {
        let line = lines.get(at).copied().unwrap_or_default();
        line.is_empty()
            || is_rights(line)
            || is_end(line)
            || known(line).is_some_and(|(part, _, _)| part != Part::Body)
            || line.contains('·') && line.contains(|c: char| c.is_ascii_digit())
            || is_length(line)
    };
    let last = (body..until).rev().find(|&at| !is_foot(at));
    last.map_or(body, |last| last + 1)
}
