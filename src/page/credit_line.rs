//! Lines that sign a text: an agency's name, and perhaps the editor's.

use super::fold::{fold_word, is_blank, words};
use super::mention::{has_photo_word, mentions};

/// Small words around the names of a credit line.
fn is_connector(folded: &str) -> bool {
    const WORDS: &str = "avec with mit con com met source sources fuente fuentes fonte fonti quelle quellen bron par by von por da di \
        de la le les l d et and und y e en the a agence agences agency agencies agentur agenturen agencia agencias agenzie agenzia \
        redaction redaktion redaccion redazione redacao newsroom staff wire desk via files from report reports reporting texte text informacion informaciones information informations infos \
        tous droits reserves all rights reserved alle rechte vorbehalten todos los derechos reservados reservado tutti diritti riservati \
        riservata riproduzione reproduction interdite \
        material copyright c contributed contributing this writer ag agenturmaterial depeche depeches i an to المصدر وكالة وكالات";
    WORDS.split_whitespace().any(|word| word == folded)
}

/// "Avec AFP", "(AFP)", "Ana Lorne avec AFP", "Ana Lorne, The Associated Press", "AFP/Reuters", "J. A. (avec AFP)".
pub(crate) fn is_credit_line(block: &str) -> bool {
    const CREDIT_WORDS: usize = 14;
    const CREDIT_BYTES: usize = 200;
    let signed = without_sign(block);
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

/// The line behind the sign of rights that it begins with ("© AFP", "(Copyright © AFP)"): in front of a name it credits a
/// text, behind one a picture.
pub(crate) fn without_sign(line: &str) -> &str {
    let bare = line.trim_start_matches(['(', '[', ' ']);
    let named = bare.get(.."copyright".len()).filter(|it| it.eq_ignore_ascii_case("copyright"));
    if named.is_none() && !bare.starts_with('©') {
        return line;
    }
    let rest = bare.get(named.map_or(0, str::len)..).unwrap_or_default();
    rest.trim_start_matches(['©', ':']).trim_start_matches(is_blank).trim_start_matches('©')
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
