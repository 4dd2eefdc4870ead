//! The name of the site that a page is of.

use super::fold::{fold_line, is_spaceless};
use super::kind::Kind;
use super::line::{self, Block};
use super::segment::Stretch;
use crate::span::Span;

/// The name of the site: a short first line above the first article, or what a layout says above it.
pub(crate) fn masthead(
    text: &str,
    blocks: &[Block],
    kinds: &[Kind],
    first: Option<&Stretch>,
) -> Option<Span> {
    const NAME_WORDS: usize = 6;
    /// Of a script without spaces, where two characters count as a word.
    const SPACELESS_WORDS: usize = 10;
    let first = first?;
    let told = kinds.iter().take(first.first).position(|kind| *kind == Kind::Outlet);
    if let Some(told) = told.and_then(|at| blocks.get(at)) {
        return Some(name_of(text, told.span));
    }
    let (block, kind) = blocks.first().zip(kinds.first())?;
    let named = matches!(kind, Kind::Short | Kind::Byline(false));
    let spaceless = block.span.slice(text)?.chars().next().is_some_and(is_spaceless);
    let most = if spaceless { SPACELESS_WORDS } else { NAME_WORDS };
    (first.first > 0 && named && (1..=most).contains(&block.words))
        .then(|| name_of(text, block.span))
}

/// The name in front of a section or motto: "The Sourlac Messenger - Live", "Gazette | World".
fn name_of(text: &str, line: Span) -> Span {
    const SIGNS: [&str; 5] = [" - ", " – ", " — ", " | ", " · "];
    let slice = line.slice(text).unwrap_or_default();
    let end = SIGNS.iter().filter_map(|sign| slice.find(sign)).min().unwrap_or(slice.len());
    Span::new(line.start(), line.start() + end)
        .map(|name| line::trim(text, name))
        .filter(|name| !name.is_empty())
        .unwrap_or(line)
}

/// A first article that opens with the name of its site begins below it: the line of rights says whose name it is. The title
/// is the next line that may be one; bullets that a page prints instead are no title.
pub(crate) fn below_own_name(text: &str, blocks: &[Block], kinds: &[Kind], first: &mut Stretch) {
    const NAME_WORDS: usize = 6;
    const RIGHTS_BYTES: usize = 300;
    const TITLE_WORDS: std::ops::RangeInclusive<usize> = 3..=40;
    let slice = |index: usize| blocks.get(index).and_then(|block| block.span.slice(text));
    let (Some(block), Some(0)) = (blocks.first(), first.title) else { return };
    if !(1..=NAME_WORDS).contains(&block.words) || first.last == 0 {
        return;
    }
    let name = format!("{} ", fold_line(slice(0).unwrap_or_default()));
    let owns = |line: &str| {
        let line = line.trim_start_matches(['(', ' ']);
        let signed = line.starts_with('©')
            || line.get(.."copyright".len()).is_some_and(|it| it.eq_ignore_ascii_case("copyright"));
        signed && line.len() <= RIGHTS_BYTES && format!("{} ", owner(line)).starts_with(&name)
    };
    if !(1..blocks.len()).any(|index| slice(index).is_some_and(owns)) {
        return;
    }
    first.first = 1;
    let head =
        (1..=first.last).take_while(|&index| !kinds.get(index).is_some_and(|it| it.is_prose()));
    first.title = head.into_iter().find(|&index| {
        kinds.get(index) == Some(&Kind::Short)
            && blocks.get(index).is_some_and(|block| TITLE_WORDS.contains(&block.words))
    });
}

/// Who holds the rights, folded, and what stands behind: "© 2026 Gazette de Sourlac. Tous droits réservés."
fn owner(line: &str) -> String {
    let folded = fold_line(line);
    let before = |word: &&str| matches!(*word, "copyright" | "c" | "by" | "#");
    let owner: Vec<&str> = folded.split(' ').skip_while(before).collect();
    owner.join(" ")
}
