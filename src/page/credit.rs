//! Credits: which agency a text says it comes from, and in which sense.

use super::agency::Agency;
use super::credit_line::without_sign;
use super::dateline::{closing_mark, dateline, is_desk_sign_off};
use super::fold::{fold_word, is_blank, words};
use super::kind::{Kind, kind_of};
use super::line::{blocks, split};
use super::mention::{Mention, has_photo_word, mentions};
use crate::span::Span;

/// In which sense a text names an agency.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum CreditRole {
    /// The text, or part of it, is the agency's: signature, byline, dateline, desk sign-off.
    Text,
    /// A picture is the agency's.
    Photo,
    /// The text quotes the agency as a source ("selon Yonhap"): no origin.
    Attribution,
}

/// One naming of an agency in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Credit {
    /// The agency.
    pub agency: Agency,
    /// The sense.
    pub role: CreditRole,
    /// Where the original text says so.
    pub span: Span,
}

/// The credits in `spans` of `text`, by place: for callers who have bodies and no page.
///
/// Each span is read as lines of an article. A naming is a **text** credit in a dateline, a signature line, a byline or
/// at the very end in brackets; a **photo** credit in a caption; else an **attribution**. Names that are also other words
/// (AP, ATS, EFE …) count in running text only beside a word such as "agence", "told" or "l'". A desk sign-off
/// (`bur-roc/jnd`) is AFP's when no other agency signs. Spans that do not lie on character boundaries are passed over.
/// O(bytes).
///
/// ```
/// use wirecopy::Span;
/// use wirecopy::page::credit::find;
/// use wirecopy::page::{Agency, CreditRole};
/// let text = "SOURLAC (Reuters) - Le pont a rouvert, a dit le maire à l'AFP.";
/// let found = find(text, &[Span::new(0, text.len()).unwrap()]);
/// assert_eq!((found[0].agency, found[0].role), (Agency::Reuters, CreditRole::Text));
/// assert_eq!((found[1].agency, found[1].role), (Agency::Afp, CreditRole::Attribution));
/// ```
pub fn find(text: &str, spans: &[Span]) -> Vec<Credit> {
    let mut pieces: Vec<(Span, Kind)> = Vec::new();
    for span in spans {
        let Some(slice) = span.slice(text) else { continue };
        for block in blocks(slice, &split(slice)) {
            let content = block.span.slice(slice).unwrap_or_default();
            let place =
                Span::new(span.start() + block.span.start(), span.start() + block.span.end());
            pieces.extend(place.map(|place| (place, kind_of(content, block.words))));
        }
    }
    let last = pieces.iter().rposition(|(_, kind)| kind.is_prose());
    let mut credits = Vec::new();
    for (index, &(place, kind)) in pieces.iter().enumerate() {
        let sense = match kind {
            Kind::Credit | Kind::Byline(_) | Kind::Publication | Kind::SignOff | Kind::Dateline => {
                Sense::Signature
            }
            Kind::Caption => Sense::Picture,
            _ => Sense::Prose { last: Some(index) >= last },
        };
        read(text, place, sense, &mut credits);
    }
    settle(text, &mut credits);
    credits
}

/// What the block is that an agency is named in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sense {
    Signature,
    Picture,
    Prose { last: bool },
}

/// The credits of one block, pushed to `out`.
pub(crate) fn read(text: &str, place: Span, sense: Sense, out: &mut Vec<Credit>) {
    let Some(block) = place.slice(text) else { return };
    if sense == Sense::Signature && is_desk_sign_off(block) {
        out.push(Credit { agency: Agency::Afp, role: CreditRole::Text, span: place });
        return;
    }
    if sense == Sense::Signature && super::dateline::is_reporting_line(block) {
        out.push(Credit { agency: Agency::Reuters, role: CreditRole::Text, span: place });
        return;
    }
    let opening = dateline(block).unwrap_or(0);
    let closing = closing_signature(block);
    let photo =
        sense == Sense::Signature && block.len() < 400 && has_photo_word(without_sign(block));
    for mention in mentions(block) {
        let role = match sense {
            Sense::Picture => Some(CreditRole::Photo),
            Sense::Signature if photo => Some(CreditRole::Photo),
            Sense::Signature => Some(CreditRole::Text),
            Sense::Prose { .. } if mention.end <= opening => Some(CreditRole::Text),
            Sense::Prose { last } => role_in_prose(block, mention, closing.filter(|_| last)),
        };
        let span = Span::new(place.start() + mention.start, place.start() + mention.end);
        if let (Some(role), Some(span)) = (role, span) {
            out.push(Credit { agency: mention.agency, role, span });
        }
    }
}

/// Puts credits in order. A desk sign-off names no agency: it is AFP's manner, unless another agency signs the text.
pub(crate) fn settle(text: &str, credits: &mut Vec<Credit>) {
    let other = credits
        .iter()
        .any(|credit| credit.role == CreditRole::Text && credit.agency != Agency::Afp);
    credits.retain(|credit| !(other && credit.span.slice(text).is_some_and(is_desk_sign_off)));
    credits.sort_by_key(|credit| (credit.span, credit.agency, credit.role));
    credits.dedup();
}

/// Where a bracket with nothing but a signature begins at the end of a paragraph: "… de la ville. (AFP)".
pub(crate) fn closing_credit(block: &str) -> Option<usize> {
    const BRACKET_BYTES: usize = 60;
    let end = block.trim_end_matches(|c: char| is_blank(c) || c == '.');
    if !end.ends_with([')', ']', '）']) {
        return None;
    }
    let open = end.rfind(['(', '[', '（'])?;
    let inside = end.get(open..)?;
    if inside.len() > BRACKET_BYTES || mentions(inside).is_empty() || has_photo_word(inside) {
        return None;
    }
    let named = mentions(inside);
    let only = words(inside).all(|(a, b)| {
        let word = inside.get(a..b).unwrap_or_default();
        named.iter().any(|mention| mention.start <= a && b <= mention.end)
            || word.chars().count() <= 4
            || matches!(
                fold_word(word).as_str(),
                "avec"
                    | "with"
                    | "source"
                    | "quelle"
                    | "fuente"
                    | "fonte"
                    | "agences"
                    | "agencies"
                    | "agenturen"
            )
    });
    (only && open > 0).then_some(open)
}

/// Where the signature begins that closes a text: in brackets, behind the sign of rights, or a name alone.
pub(crate) fn closing_signature(block: &str) -> Option<usize> {
    let end = block.trim_end_matches(|c: char| is_blank(c) || c == '.');
    closing_credit(block)
        .or_else(|| reserved(end))
        .or_else(|| bare_signature(end))
        .or_else(|| closing_mark(end))
}

/// Where "Riproduzione riservata © Copyright ANSA" begins behind the last sentence.
fn reserved(block: &str) -> Option<usize> {
    const PHRASES: [&str; 5] = [
        "Riproduzione riservata",
        "RIPRODUZIONE RISERVATA",
        "Tous droits réservés",
        "All rights reserved",
        "Alle Rechte vorbehalten",
    ];
    const TAIL_BYTES: usize = 80;
    let at = PHRASES.iter().filter_map(|phrase| block.rfind(phrase)).max()?;
    let signed = block.get(..at)?.trim_end_matches(is_blank).ends_with(['.', '!', '?', '»', '"']);
    let rest = block.get(at..)?;
    (signed && rest.len() <= TAIL_BYTES && !mentions(rest).is_empty()).then_some(at)
}

/// Where an agency's name begins that stands alone behind the last sentence: "… dos empresas. EFE".
fn bare_signature(block: &str) -> Option<usize> {
    const NAME_BYTES: usize = 20;
    let mut from = block.len().saturating_sub(NAME_BYTES);
    while !block.is_char_boundary(from) {
        from += 1;
    }
    let tail = block.get(from..)?;
    let name = mentions(tail).last().copied().filter(|name| name.end == tail.len())?;
    let before = tail.get(..name.start)?;
    let sentence = before.trim_end_matches(is_blank);
    let parted = sentence.len() < before.len();
    (parted && sentence.ends_with(['.', '!', '?', '»', '"', '”'])).then_some(from + name.start)
}

fn role_in_prose(block: &str, mention: Mention, closing: Option<usize>) -> Option<CreditRole> {
    if closing.is_some_and(|open| mention.start >= open) || in_dateline(block, mention) {
        return Some(CreditRole::Text);
    }
    if follows_source(block, mention) {
        return Some(CreditRole::Text);
    }
    if in_photo_bracket(block, mention) {
        return Some(CreditRole::Photo);
    }
    if mention.ambiguous && !has_agency_cue(block, mention) {
        return None;
    }
    Some(CreditRole::Attribution)
}

/// "[14h05] The bridge. SOURLAC (AFP) - …": below the stamp of a live blog a dateline opens no paragraph.
fn in_dateline(block: &str, mention: Mention) -> bool {
    const PLACE_LETTERS: usize = 3;
    let before = block.get(..mention.start).unwrap_or_default();
    let after = block.get(mention.end..).unwrap_or_default();
    let Some(place) = before.strip_suffix('(') else { return false };
    let place = words(tail(place.trim_end_matches(is_blank), 40)).last();
    let capitals = place.is_some_and(|(start, end)| {
        let from = before.trim_end_matches('(').trim_end_matches(is_blank);
        let word = tail(from, 40).get(start..end).unwrap_or_default();
        word.chars().count() >= PLACE_LETTERS && word.chars().all(char::is_uppercase)
    });
    let dashed = after.strip_prefix(')').map(|rest| rest.trim_start_matches(is_blank));
    capitals && dashed.is_some_and(|rest| rest.starts_with(['-', '–', '—']))
}

/// "Source: AFP. …" at the head of a block.
fn follows_source(block: &str, mention: Mention) -> bool {
    const SOURCE_BYTES: usize = 20;
    let before = block.get(..mention.start).unwrap_or_default();
    before.len() <= SOURCE_BYTES
        && before.contains([':', '：'])
        && words(before).next().is_some_and(|(a, b)| {
            let word = fold_word(before.get(a..b).unwrap_or_default());
            matches!(
                word.as_str(),
                "source"
                    | "sources"
                    | "quelle"
                    | "quellen"
                    | "fuente"
                    | "fonte"
                    | "bron"
                    | "المصدر"
            )
        })
}

/// "(photo AFP)" or "© AFP" in running text.
fn in_photo_bracket(block: &str, mention: Mention) -> bool {
    let before = tail(block.get(..mention.start).unwrap_or_default(), 80);
    if before.trim_end_matches(is_blank).ends_with('©') {
        return true;
    }
    before.rfind(['(', '[']).is_some_and(|open| {
        let inside = before.get(open..).unwrap_or_default();
        !inside.contains([')', ']']) && has_photo_word(inside)
    })
}

fn has_agency_cue(block: &str, mention: Mention) -> bool {
    const BEFORE: &str = "l the agence agency agencia agenzia agentur nachrichtenagentur presseagentur told selon according \
        lo alla all dell dall la by via per nach laut según segun secondo agenciana";
    let before = tail(block.get(..mention.start).unwrap_or_default(), 60);
    let near: Vec<String> =
        words(before).map(|(a, b)| fold_word(before.get(a..b).unwrap_or_default())).collect();
    let article = near.last().is_some_and(|word| BEFORE.split_whitespace().any(|cue| cue == word));
    let noun = near
        .iter()
        .rev()
        .take(4)
        .any(|word| word.starts_with("agen") || word.starts_with("nachrichtenag"));
    article || noun
}

fn tail(text: &str, bytes: usize) -> &str {
    let mut from = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text.get(from..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use CreditRole::{Attribution, Photo, Text};

    fn roles(text: &str) -> Vec<(Agency, CreditRole)> {
        let found = find(text, &[Span::new(0, text.len()).unwrap()]);
        for credit in &found {
            assert!(credit.span.slice(text).is_some(), "{credit:?}");
        }
        found.iter().map(|credit| (credit.agency, credit.role)).collect()
    }

    #[test]
    fn signatures_are_text_credits() {
        for (text, agency) in [
            ("Avec AFP", Agency::Afp),
            ("Ana Lorne avec AFP", Agency::Afp),
            ("Ana Lorne, The Associated Press", Agency::Ap),
            (
                "SOURLAC (AFP) — Le pont a été rouvert mardi à la circulation par le maire.",
                Agency::Afp,
            ),
            (
                "OSTREL (dpa) - Die Brücke ist am Dienstag wieder geöffnet worden, sagte der Bürgermeister.",
                Agency::Dpa,
            ),
            ("新华社北京3月3日电 市长星期二宣布大桥重新开放。", Agency::Xinhua),
            (
                "SOURLAC, March 3 (Yonhap) -- The bridge was opened again on Tuesday, the mayor said.",
                Agency::Yonhap,
            ),
            (
                "Le pont a été rouvert mardi à la circulation par le maire de la ville. (Belga)",
                Agency::Belga,
            ),
            ("Source : AFP. Le reste est de la rédaction.", Agency::Afp),
            ("bur-roc/jnd", Agency::Afp),
            ("(© AFP)", Agency::Afp),
            (
                "El puente de Sourlac volvió a abrirse el martes al tráfico tras once meses de obras. EFE",
                Agency::Efe,
            ),
            (
                "Il ponte ha riaperto martedì al traffico dopo mesi. Riproduzione riservata © Copyright ANSA",
                Agency::Ansa,
            ),
            (
                "[14h05] Le pont ouvre. SOURLAC (AFP) - Le pont a été rouvert mardi à la circulation.",
                Agency::Afp,
            ),
            ("Copyright © AFP. Tous droits réservés.", Agency::Afp),
            ("© Copyright ANSA - Riproduzione riservata", Agency::Ansa),
            ("(Reporting by Ana Lorne; Editing by Karl Ost)", Agency::Reuters),
            ("SOURLAC, March 3. /TASS/. The bridge was opened again on Tuesday.", Agency::Tass),
        ] {
            assert_eq!(roles(text), [(agency, Text)], "{text}");
        }
    }

    #[test]
    fn a_desk_sign_off_is_afp_s_only_where_no_other_agency_signs() {
        let text = "OSTREL (Belga) - Le pont a été rouvert mardi à la circulation.\n\nabc/def";
        assert_eq!(roles(text), [(Agency::Belga, Text)]);
    }

    #[test]
    fn captions_are_photo_credits() {
        for (text, agency) in [
            ("Le pont de Sourlac. (Photo by Ana LORNE / POOL / AFP)", Agency::Afp),
            ("The bridge of Sourlac. REUTERS/Ana Lorne", Agency::Reuters),
            ("Le maire de Sourlac à l'inauguration du pont, mardi. Getty Images/AFP", Agency::Afp),
            ("Der Turm von Ostrel (Foto: Ana Lorne/dpa)", Agency::Dpa),
        ] {
            assert_eq!(roles(text), [(agency, Photo)], "{text}");
        }
    }

    #[test]
    fn sources_quoted_are_attributions() {
        for (text, agency) in [
            (
                "Le pont a cédé à l'aube, selon Yonhap, et personne ne sait encore pourquoi.",
                Agency::Yonhap,
            ),
            (
                "« Le pont tiendra », a déclaré à l'AFP le maire de la ville de Sourlac.",
                Agency::Afp,
            ),
            (
                "Le ministre, cité par Tass, a promis un nouveau pont avant la fin de l'année.",
                Agency::Tass,
            ),
            (
                "L'agence russe d'État Tass a annoncé que le pont serait rouvert dans un mois.",
                Agency::Tass,
            ),
            (
                "The mayor told Reuters that the bridge would be opened again within a month.",
                Agency::Reuters,
            ),
            ("朝鮮中央通信によると、橋は火曜日に再開した。", Agency::Kcna),
            (
                "Le maire a dit à l'AP que le pont serait rouvert dans un mois au plus tard.",
                Agency::Ap,
            ),
        ] {
            assert_eq!(roles(text), [(agency, Attribution)], "{text}");
        }
    }

    #[test]
    fn letters_that_mean_other_things_are_no_credit() {
        assert_eq!(
            roles("Le service AP du lycée et le club ATS de Sourlac organisent une fête samedi."),
            []
        );
        assert_eq!(roles(""), []);
    }
}
