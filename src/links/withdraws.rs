//! Withdrawals: a text that declares an earlier one void.

use super::phrases::{Phrases, hashes_of_words};
use super::reading::Reading;
use crate::span::Span;
use crate::text::Token;
use ahash::AHashSet;
use std::sync::LazyLock;

/// Tokens of the body in which an agency says so: the first lines.
pub(crate) const NOTICE_TOKENS: usize = 60;

/// What agencies write, wherever in the title or the first lines.
const NOTICES: &[&str] = &[
    "annule et remplace",
    "annulent et remplacent",
    "dépêche annulée",
    "prière d'annuler",
    "merci d'annuler notre dépêche",
    "corrects and replaces",
    "correct and replace",
    "kills and replaces",
    "mandatory kill",
    "kill mandatory",
    "bulletin kill",
    "please kill",
    "story withdrawn",
    "this story has been withdrawn",
    "story has been withdrawn",
    "is withdrawn and replaced",
    "please disregard",
    "replaces an earlier story",
    "replaces an earlier version",
    "earlier story, which should not be used",
    "ersetzt und annulliert",
    "annulliert und ersetzt",
    "zieht die meldung zurück",
    "meldung wird zurückgezogen",
    "bitte nicht verwenden",
    "ersetzt vorherige meldung",
    "anula y sustituye",
    "anula y reemplaza",
    "annulla e sostituisce",
    "anula e substitui",
    "vervangt eerder bericht",
    "annuleert en vervangt",
    "يلغي ويحل محل",
    "تلغي وتحل محل",
    "يلغى ويستبدل",
    "記事を取り消",
    "差し替えます",
    "取り消して差し替え",
];

/// Slugs that say so alone, in capitals, as the first word of the title or text, with a mark after
/// it.
const SLUGS: &[&str] = &[
    "annule",
    "annulé",
    "annulée",
    "annulation",
    "kill",
    "withdrawn",
    "withdrawal",
    "storno",
    "annulliert",
    "anulada",
    "anulado",
    "annullata",
    "取消",
    "إلغاء",
];

/// Slugs of a corrected text, which takes the place of the one before it, as the first word of the
/// title or text before a colon; with a capital, as German and headlines have it, or in capitals.
const CORRECTIONS: &[&str] = &[
    "berichtigung",
    "korrektur",
    "corrects",
    "corrected",
    "correction",
    "rectificatif",
    "corrección",
    "rectificación",
    "rettifica",
    "errata",
    "rectificatie",
    "تصحيح",
];

/// Where the article says that it withdraws another: in its body's first lines, else in its title.
///
/// For a title that does not stand in the original text the span is empty, at the start of the
/// body.
pub(crate) fn withdrawal(text: &Reading<'_>) -> Option<Span> {
    let first = text.tokens.get(..NOTICE_TOKENS.min(text.tokens.len())).unwrap_or(&[]);
    let start = text.tokens.first().map_or(0, |token| token.start as usize);
    let notice = |tokens: &[Token]| if text.may_hold_notice { PHRASES.find(tokens) } else { None };
    if let Some(range) = notice(first) {
        return text.span(&range);
    }
    let slug = |token: Option<&Token>, rest: &str| {
        token.is_some_and(|token| {
            let mark = rest.trim_start().chars().next();
            let corrects = mark == Some(':') && CORRECTION_WORDS.contains(&token.hash);
            let withdraws = SLUG_WORDS.contains(&token.hash)
                && (token.shape.is_uppercase()
                    || !token.shape.is_capitalised() && token.shape.is_character())
                && mark.is_some_and(|c| matches!(c, '-' | '–' | '—' | ':' | '/' | '|' | ')'));
            corrects || withdraws
        })
    };
    let body = text.tokens.first();
    let rest = body.and_then(|token| text.original.get(token.end as usize..));
    if slug(body, rest.unwrap_or_default()) {
        return text.span(&(0..1));
    }
    let title = text.title;
    let rest = title.first().and_then(|token| text.title_text.get(token.end as usize..));
    let in_title =
        notice(title).or_else(|| slug(title.first(), rest.unwrap_or_default()).then_some(0..1))?;
    let said = title.get(in_title)?;
    let span = Span::new(said.first()?.start as usize, said.last()?.end as usize)?;
    let at = text.original.find(text.title_text);
    at.map_or(Span::new(start, start), |at| Span::new(at + span.start(), at + span.end()))
}

/// Whether a notice may begin with the word of this hash.
pub(crate) fn may_withdraw(hash: u64) -> bool {
    PHRASES.may_start(hash)
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(NOTICES));
static SLUG_WORDS: LazyLock<AHashSet<u64>> = LazyLock::new(|| hashes_of_words(SLUGS));
static CORRECTION_WORDS: LazyLock<AHashSet<u64>> = LazyLock::new(|| hashes_of_words(CORRECTIONS));

#[cfg(test)]
mod tests {
    use super::super::fixed_words::FixedWords;
    use super::super::words::Words;
    use super::*;
    use crate::article::Article;
    use crate::article_set::ArticleSet;

    fn notice(title: &str, body: &str) -> Option<String> {
        let article = Article::new("a", body).unwrap().with_title(title);
        let set = ArticleSet::new(&[article], Default::default()).unwrap();
        let words = Words::new(&set, &[0]);
        let reading = Reading::new(&set, 0, words.of(0), &FixedWords::new(&set)).unwrap();
        withdrawal(&reading).map(|span| span.slice(body).unwrap().to_owned())
    }

    #[test]
    fn notices_in_several_languages_are_found_where_they_stand() {
        for (body, said) in [
            ("Cette dépêche annule et remplace la précédente.", "annule et remplace"),
            ("(Corrects and replaces the story sent at noon.)", "Corrects and replaces"),
            ("Diese Meldung annulliert und ersetzt unsere von heute.", "annulliert und ersetzt"),
            ("Esta nota anula y sustituye la anterior.", "anula y sustituye"),
            ("MANDATORY KILL: the story from Sourlac is wrong.", "MANDATORY KILL"),
            ("先に配信した記事を取り消します。", "記事を取り消"),
            ("ANNULE - Le pont de Sourlac", "ANNULE"),
            ("(Berichtigung: Die Brücke ist 212 Meter lang.)", "Berichtigung"),
            ("Eds: This version replaces an earlier story.", "replaces an earlier story"),
        ] {
            assert_eq!(notice("Titre", body).as_deref(), Some(said), "{body}");
        }
    }

    #[test]
    fn a_notice_in_a_title_that_is_no_part_of_the_text_has_an_empty_span() {
        assert_eq!(
            notice("ANNULE ET REMPLACE - Sourlac", "Le pont a rouvert.").as_deref(),
            Some("")
        );
        assert_eq!(notice("KILL: Sourlac bridge", "The bridge is open.").as_deref(), Some(""));
    }

    #[test]
    fn a_cancelled_match_withdraws_nothing() {
        for (title, body) in [
            ("Sourlac annule son festival", "Le maire annule la fête et remplace le podium."),
            ("Une correction pour Sourlac", "Correction faite, le pont tient."),
            ("Annulé, le concert", "Troops were withdrawn from Sourlac."),
            ("KILL BILL IN SOURLAC", "Kill the lights."),
            ("", ""),
        ] {
            assert_eq!(notice(title, body), None, "{title} {body}");
        }
        let late = format!("{} Annule et remplace.", "Le pont tient bon. ".repeat(30));
        assert_eq!(notice("Titre", &late), None);
    }
}
