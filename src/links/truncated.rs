//! Teasers: a text that breaks off where the other goes on.

use super::phrases::Phrases;
use super::reading::Reading;
use super::{Passage, Truncation};
use crate::span::Span;
use crate::text::Token;
use std::sync::LazyLock;

/// Tokens that may follow the shared text of a teaser: an invitation to subscribe.
const MAX_TAIL_TOKENS: usize = 40;
/// Tokens by which the whole text goes on.
const MIN_REST_TOKENS: usize = 20;

/// What a paywall says in place of the rest.
const PAYWALL: &[&str] = &[
    "lire la suite",
    "la suite est réservée",
    "article réservé aux abonnés",
    "réservé à nos abonnés",
    "pour lire la suite",
    "il vous reste",
    "continue reading",
    "read more",
    "subscribe to read",
    "to continue reading",
    "subscribers only",
    "weiterlesen",
    "jetzt weiterlesen",
    "seguir leyendo",
    "continua a leggere",
    "اقرأ المزيد",
    "للاشتراك",
    "続きを読む",
    "会員限定",
];

/// Where `teaser` breaks off inside text that `whole` has, and what that goes on with. `mirrored`: the teaser is the
/// passages' side `b`.
///
/// The last passage ends at the end of the teaser, but for dots or a paywall's invitation, and not
/// at the end of a sentence: either three dots stand there, or an invitation follows, or the
/// other's sentence goes on and the teaser has no mark. The other goes on for at least 20 tokens.
pub(crate) fn breaks_off(
    teaser: &Reading<'_>,
    whole: &Reading<'_>,
    passages: &[Passage],
    mirrored: bool,
) -> Option<(Span, Span)> {
    let ends = passages.iter().filter_map(|passage| {
        let run = passage.matches.last()?;
        let (own, other) = if mirrored { (run.b, run.a) } else { (run.a, run.b) };
        Some(((own + run.tokens) as usize, (other + run.tokens) as usize))
    });
    let (end, end_in_whole) = ends.max()?;
    if teaser.tokens.len() - end.min(teaser.tokens.len()) > MAX_TAIL_TOKENS
        || whole.tokens.len() < end_in_whole + MIN_REST_TOKENS
    {
        return None;
    }
    let spans = || Some((breaking(teaser, end)?, whole.span(&(end_in_whole..whole.tokens.len()))?));
    let tail = after(teaser, end);
    let has_dots = |tail: &str| {
        let tail = tail.trim_start_matches([' ', '[', '(', '\u{a0}', '\u{202f}', '\n']);
        tail.starts_with("...") || tail.starts_with('…') || tail.starts_with("‥")
    };
    if has_dots(tail) && !has_dots(after(whole, end_in_whole)) {
        return spans();
    }
    let invites_from =
        |text: &Reading<'_>, from: usize| text.last_invitation.is_some_and(|last| last >= from);
    let invites = invites_from(teaser, end);
    let invites_too = invites_from(whole, end_in_whole);
    let is_last = end == teaser.tokens.len();
    let sentence_goes_on = whole.tokens.get(end_in_whole).is_some_and(|token| {
        !token.shape.starts_sentence() && !whole.gap(end_in_whole).contains('\n')
    });
    let breaks =
        (invites && !invites_too) || (is_last && sentence_goes_on && tail.trim().is_empty());
    if breaks { spans() } else { None }
}

/// What a teaser has in place of the rest: its words after the shared text, else the marks after the
/// last one, else nothing, at its end.
fn breaking(teaser: &Reading<'_>, end: usize) -> Option<Span> {
    let start = teaser.tokens.get(end.checked_sub(1)?)?.end as usize;
    let last = teaser.tokens.last()?.end as usize;
    let marks = teaser.original.get(last..)?.lines().next().unwrap_or_default().trim_end();
    Span::new(start, last + marks.len())
}

/// Whether an invitation may begin with the word of this hash.
pub(crate) fn may_invite(hash: u64) -> bool {
    PAYWALL_PHRASES.may_start(hash)
}

/// The token at which the last invitation of a paywall starts. `places`: where the words stand that one
/// may begin with, ascending. O(places).
pub(crate) fn last_invitation(
    tokens: &[Token],
    places: impl DoubleEndedIterator<Item = usize>,
) -> Option<usize> {
    PAYWALL_PHRASES.find_last(tokens, places).map(|phrase| phrase.start)
}

/// What follows the token before `at`: to the next token, or to the end of the line, because what a
/// page holds below its last word is no part of the text.
fn after<'t>(text: &Reading<'t>, at: usize) -> &'t str {
    let last = at.checked_sub(1).and_then(|at| text.tokens.get(at));
    let from = last.map_or(0, |token| token.end as usize);
    match text.tokens.get(at) {
        Some(next) => text.original.get(from..next.start as usize).unwrap_or_default(),
        None => text.original.get(from..).and_then(|rest| rest.lines().next()).unwrap_or_default(),
    }
}

/// Which side breaks off and where, if just one does.
pub(crate) fn truncated(
    a: &Reading<'_>,
    b: &Reading<'_>,
    passages: &[Passage],
) -> Option<Truncation> {
    match (breaks_off(a, b, passages, false), breaks_off(b, a, passages, true)) {
        (Some((teaser, rest)), None) => Some(Truncation { in_a: true, teaser, rest }),
        (None, Some((teaser, rest))) => Some(Truncation { in_a: false, teaser, rest }),
        _ => None,
    }
}

static PAYWALL_PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(PAYWALL));

#[cfg(test)]
mod tests {
    use super::super::reading::tests::read;
    use super::super::{Match, PassageSide};
    use super::*;

    const WHOLE: &str = "Le canal de la Vaire fut creusé par vingt mille hommes venus de Mireux et de Sourlac. Ils y \
        laissèrent leur jeunesse et leurs bottes. On en trouve encore dans la vase, à chaque vidange de l'écluse, et \
        le musée du village en possède quarante-deux paires qui sèchent au grenier depuis la guerre.";

    /// Whether a text of the first `tokens` words of the whole, with `tail` after them, breaks off.
    fn is_teaser(tokens: u32, tail: &str) -> bool {
        let end = read(WHOLE, |whole| whole.tokens[tokens as usize - 1].end as usize);
        let teaser = format!("{}{tail}", &WHOLE[..end]);
        let side = PassageSide { tokens: 0..tokens, span: Default::default() };
        let matches = vec![Match { a: 0, b: 0, tokens }];
        let passage = [Passage { a: side.clone(), b: side, matches, evidence: 9.0 }];
        read(&teaser, |teaser| {
            read(WHOLE, |whole| {
                let found = truncated(teaser, whole, &passage);
                let mirrored = found.map(|it| Truncation { in_a: !it.in_a, ..it });
                assert_eq!(truncated(whole, teaser, &passage), mirrored);
                if let Some(found) = found {
                    let said = found.teaser.slice(teaser.original).unwrap();
                    assert_eq!(said, tail.trim_end(), "what stands for the rest");
                    let rest = found.rest.slice(whole.original).unwrap();
                    assert!(rest.ends_with("la guerre") && WHOLE.contains(rest), "{rest}");
                }
                found.is_some_and(|found| found.in_a)
            })
        })
    }

    #[test]
    fn dots_an_invitation_or_half_a_sentence_make_a_teaser() {
        assert!(is_teaser(12, "..."));
        assert!(is_teaser(12, "…"));
        assert!(is_teaser(12, " [...]"));
        assert!(is_teaser(12, ""));
        assert!(is_teaser(17, ". Lire la suite"));
    }

    #[test]
    fn a_cut_after_a_sentence_is_no_teaser() {
        assert!(!is_teaser(17, "."));
        assert!(!is_teaser(17, ". Avec les agences"));
        assert!(!is_teaser(50, ""), "nothing much follows");
    }
}
