//! What one line of an export is by itself: a label, a count, a line of rights, the end of a document.

use crate::page::fold::{count_words, fold_line};
use crate::page::layout::field::{field, is_one_of};
use crate::page::layout::plan::Part;

const TITLE: &str =
    "headline|title|titre|titel|titulo|hd|hl|schlagzeile|titular|uberschrift|タイトル";
const DATE: &str = "date|pd|publication date|date de publication|datum|fecha|load date|erscheinungsdatum|発行日|掲載日";
const OUTLET: &str =
    "source|sn|publication|journal|quelle|fuente|source name|nom de la source|medio|zeitung|媒体";
const BYLINE: &str = "byline|by|auteur|auteurs|author|authors|autor|autoren|autores";
const CREDIT: &str = "cr|credit|credits";
const CAPTION: &str = "art|graphic|graphique|grafik";
const TEXT: &str = "body|lp|td|text|texte|full text|texto|volltext|lead|cuerpo";
/// Fields that may run over several lines.
const LISTS: &str = "subject|organization|organisation|geographic|person|company|industry|country|state|city|ticker|co|in|ns|re|ipd|\
    ipc|graphic|art|ct|rf|classification|url|note|highlight";
const OTHER: &str = "length|section|dateline|language|publication type|journal code|copyright|wc|et|sc|la|cy|pub|an|se|pg|ed|vol|\
    pub type|clm|load date|acc no|page|pages|edition|type|longueur|langue|rubrique|lange|ressort|sprache|longitud|idioma|seccion|\
    document type|numero|aa|update|correction|correction date|series|type de source|periodicite|couverture geographique|\
    provenance|client matter|search terms|search type|narrowed by|job number|user name|date and time|issn|dokumentnummer|\
    dauerhafte adresse des dokuments|alle rechte vorbehalten|body type|pagina|paginas|seite|distribution";
/// Factiva's codes, in its order.
const CODES: &str =
    "SE|HD|CR|BY|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|ART|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN|CLM";
/// Those that a single blank shows even below a text, because no sentence begins with them.
const FOOT_CODES: &str = "ART|CT|CO|NS|IPC|IPD|PUB|AN";
/// Labels that Europresse and Lexis print on lines of their own, with the value below.
const ALONE: &str = "body|graphic|classification|nom de la source|type de source|periodicite|couverture geographique|provenance|\
    quelle|ressort|dauerhafte adresse des dokuments";

/// Numbers, lengths and identifiers stand on short lines.
const FIELD_BYTES: usize = 80;

/// A labelled line, or a label with its value below.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Label {
    pub(super) part: Part,
    /// Bytes up to the value; the whole line where the value stands below.
    pub(super) value: usize,
    /// The date at which the base took the document in: it dates the text only where nothing else does.
    pub(super) load: bool,
    /// The value stands on the lines below.
    pub(super) alone: bool,
    /// The value may go on below.
    pub(super) list: bool,
    /// A code of Factiva.
    pub(super) code: bool,
}

/// The label that `line` begins with. `coded`: the text has Factiva's codes.
pub(super) fn label(line: &str, coded: bool) -> Option<Label> {
    let code = code(line).filter(|_| coded);
    let is_code = code.is_some();
    let (name, value) = match code {
        Some(found) => found,
        None => match alone(line) {
            Some(name) => (name, line.len()),
            None => field(line)?,
        },
    };
    let part = if is_one_of(&name, TITLE) {
        Part::Title
    } else if is_one_of(&name, DATE) {
        Part::Date
    } else if is_one_of(&name, OUTLET) {
        Part::Outlet
    } else if is_one_of(&name, BYLINE) {
        Part::Byline
    } else if is_one_of(&name, TEXT) {
        Part::Body
    } else if is_one_of(&name, CREDIT) && is_code {
        Part::Credit
    } else if is_one_of(&name, CAPTION) {
        Part::Caption
    } else if is_one_of(&name, OTHER) || is_one_of(&name, LISTS) {
        Part::Header
    } else {
        return None;
    };
    Some(Label {
        part,
        value,
        load: name == "load date",
        alone: value >= line.len(),
        list: is_one_of(&name, LISTS),
        code: is_code,
    })
}

/// "HD  Title of the text", "HD": capitals, and blanks where the value stands beside them.
fn code(line: &str) -> Option<(String, usize)> {
    let end = line.find([' ', '\t', '\u{a0}']).unwrap_or(line.len());
    let name = line.get(..end)?;
    let rest = line.get(end..)?;
    let value = rest.trim_start_matches(crate::page::fold::is_blank);
    let blanks = rest.len() - value.len();
    let wide = blanks != 1 || rest.starts_with('\t');
    // "IN the end": in front of running text one blank is no sign.
    let shown = wide
        || is_one_of(name, FOOT_CODES)
        || is_one_of(name, "HD|BY|WC|PD|ET|SN|SC|LA|CY|LP|TD")
        || value.contains(" : ");
    (is_one_of(name, CODES) && shown).then(|| (name.to_ascii_lowercase(), end + blanks))
}

/// How many different codes of Factiva the lines begin with.
pub(super) fn codes(lines: &[&str]) -> usize {
    let mut seen = std::collections::BTreeSet::new();
    seen.extend(lines.iter().filter_map(|line| code(line)).map(|(name, _)| name));
    if seen.contains("hd") { seen.len() } else { 0 }
}

fn alone(line: &str) -> Option<String> {
    const LABEL_BYTES: usize = 48;
    if line.len() > LABEL_BYTES || line.ends_with('.') {
        return None;
    }
    let name = fold_line(line);
    (is_one_of(&name, ALONE) && line.starts_with(char::is_uppercase)).then_some(name)
}

/// "3 of 12 DOCUMENTS", "Document 3 of 12", "Document 3 sur 12".
pub(super) fn is_number(line: &str) -> bool {
    if line.len() > FIELD_BYTES || !line.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    matches!(
        fold_line(line).as_str(),
        "# of # documents"
            | "document # of #"
            | "document # sur #"
            | "# sur # documents"
            | "dokument # von #"
            | "documento # de #"
            | "# von # dokumenten"
            | "# de # documentos"
    )
}

/// "Document GAZSOU0020260303em33000jp", "End of Document".
pub(super) fn is_end(line: &str) -> bool {
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
    let bare = line.strip_prefix("AN").map_or(line, str::trim_start);
    bare.strip_prefix("Document ")
        .or_else(|| bare.strip_prefix("Dokument "))
        .or_else(|| bare.strip_prefix("Documento "))
        .is_some_and(|id| {
            id.len() >= IDENTIFIER_BYTES
                && id.chars().all(|c| c.is_ascii_alphanumeric())
                && id.contains(|c: char| c.is_ascii_digit())
                && id.starts_with(|c: char| c.is_ascii_uppercase())
        })
}

/// "512 words", "512 mots", "LENGTH: 512 words", "412文字".
pub(super) fn is_length(line: &str) -> bool {
    const JAPANESE_BYTES: usize = 200;
    if line.len() <= JAPANESE_BYTES && line.contains("文字") && line.contains("ページ") {
        return true;
    }
    if line.len() > FIELD_BYTES || !line.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let folded = fold_line(line);
    let folded = folded
        .strip_prefix("length ")
        .or_else(|| folded.strip_prefix("longueur "))
        .unwrap_or(&folded);
    let unit = folded.strip_prefix("# # ").or_else(|| folded.strip_prefix("# "));
    unit.is_some_and(|unit| {
        let unit = unit.split(' ').next().unwrap_or_default();
        let page = folded.ends_with(unit) || folded.contains(" p #");
        page && is_one_of(unit, "words|mots|worter|palabras|parole|woorden|palavras|كلمة|كلمات")
    })
}

/// "La Gazette • p. 4 • 512 mots": outlet, page and length on one line.
pub(super) fn is_strip(line: &str) -> bool {
    let mut parts = line.split(['•', '·']);
    line.len() <= FIELD_BYTES * 2
        && line.contains(|c: char| c.is_ascii_digit())
        && parts.next_back().is_some_and(|part| is_length(part.trim()) || part.contains(" p."))
        && parts.next().is_some()
}

/// Where the name of the outlet ends that a strip begins with; `None` where a number or a page stands first.
pub(super) fn strip_name(line: &str) -> Option<usize> {
    const NAME_WORDS: usize = 8;
    let name = line.get(..line.find(['•', '·'])?)?.trim_end();
    let named = name.starts_with(char::is_alphabetic)
        && !is_length(name)
        && !name.starts_with("p. ")
        && (1..=NAME_WORDS).contains(&count_words(name));
    named.then_some(name.len())
}

/// "© 2026 La Gazette. Tous droits réservés.", "Copyright 2026 …", "All Rights Reserved".
pub(super) fn is_rights(line: &str) -> bool {
    const RIGHTS_WORDS: usize = 45;
    const RIGHTS_BYTES: usize = 500;
    if line.len() > RIGHTS_BYTES {
        return false;
    }
    let line = line.trim_start_matches(['(', '[']).trim_end_matches([')', ']']);
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
    .any(|phrase| folded.contains(phrase))
        || ["الحقوق محفوظة", "無断転載", "無断複製", "版权所有"]
            .iter()
            .any(|phrase| line.contains(phrase));
    let signed = line.starts_with(['©', '®'])
        || folded.starts_with("copyright")
        || line.starts_with("c)")
        || line.starts_with("C)");
    (reserved || signed) && count_words(line) <= RIGHTS_WORDS
}

/// What the base itself says around its documents: the law, the certificate, the search, its own name.
pub(super) fn is_notice(line: &str) -> bool {
    const NOTICE_BYTES: usize = 600;
    const STARTS: [&str; 22] = [
        "le present document est protege",
        "the present document",
        "this document is protected",
        "certificat emis le",
        "certificate issued",
        "documents sauvegardes",
        "saved documents",
        "tous droits reserves le present document",
        "search summary",
        "results found",
        "resultats trouves",
        "client matter",
        "search terms",
        "search type",
        "narrowed by",
        "content type narrowed by",
        "job number",
        "user name",
        "date and time",
        "dauerhafte adresse des dokuments",
        "gbi genios",
        "retour au sommaire",
    ];
    if line.len() > NOTICE_BYTES {
        return false;
    }
    let folded = fold_line(line);
    STARTS.iter().any(|start| folded.starts_with(start))
        || is_identifier(line)
        || line.ends_with("-None-")
        || is_count(&folded)
        || folded.contains(" factiva inc ")
        || folded.ends_with(" factiva inc")
        || is_one_of(
            &folded,
            "factiva|europresse|sommaire|documents #|lexisnexis|nexis uni|table of contents",
        )
}

/// "Export of 2 April 2026 - 12 documents".
fn is_count(folded: &str) -> bool {
    const COUNT_WORDS: usize = 9;
    (folded.ends_with(" # documents") || folded.ends_with(" # dokumente"))
        && folded.split(' ').count() <= COUNT_WORDS
}

/// "news·20260303·GS·0412": Europresse's name for a document.
fn is_identifier(line: &str) -> bool {
    line.len() <= FIELD_BYTES
        && line.split('·').count() >= 3
        && line
            .split('·')
            .nth(1)
            .is_some_and(|day| day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a line opens what a search prints behind its documents.
pub(super) fn is_closing_notice(line: &str) -> bool {
    matches!(fold_line(line).as_str(), "search summary" | "resume de la recherche")
}
