//! Alerts and newsletters that bring several articles, each with a title, where it comes from, some text, and a link.
//!
//! An item begins with a number, a bullet or a line apart; what makes it one is what stands around its text: the outlet or
//! the day right below the title, or the link to the whole article. Titles with links and no text are a list and no items.

use super::field::{field, is_one_of};
use super::plan::{Part, Plan, Role};
use crate::page::byline::byline;
use crate::page::date::{Cue, dates};
use crate::page::fold::{count_words, fold_word, is_blank, words};
use crate::page::furniture::{ends_with_stop, furniture, time_ago};
use crate::page::segment::MIN_BODY_WORDS;
use std::ops::Range;

const TITLE_WORDS: std::ops::RangeInclusive<usize> = 2..=30;
/// A line of so many words is text.
const TEXT_WORDS: usize = 8;
/// Most words of a line that tells outlet and day.
const SOURCE_WORDS: usize = 14;
const OUTLET_WORDS: usize = 6;
/// Most words of a line that leads to the whole article.
const LINK_WORDS: usize = 6;
/// Lines between a title and its text.
const HEAD_LINES: usize = 4;

/// What introduces an item.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mark {
    Number(usize),
    Bullet(char),
}

/// The mark that a line begins with, and the bytes up to the title.
fn mark(line: &str) -> Option<(Mark, usize)> {
    const BULLETS: &str = "•*-–▪►■◆・●▸»";
    let first = line.chars().next()?;
    let behind = |at: usize| {
        let rest = line.get(at..)?;
        let blanks = rest.len() - rest.trim_start_matches(is_blank).len();
        Some((at + blanks, blanks > 0))
    };
    if BULLETS.contains(first) {
        let (at, parted) = behind(first.len_utf8())?;
        return (parted || !first.is_ascii()).then_some((Mark::Bullet(first), at));
    }
    let open = usize::from(matches!(first, '(' | '[' | '#'));
    let digits = line.get(open..)?.bytes().take_while(u8::is_ascii_digit).count();
    let number = line.get(open..open + digits)?.parse().ok().filter(|_| digits <= 2)?;
    let sign = line.get(open + digits..)?.chars().next()?;
    let closes = match (first, sign) {
        ('(', sign) => sign == ')',
        ('[', sign) => sign == ']',
        ('#', sign) => is_blank(sign),
        (_, sign) => matches!(sign, '.' | ')' | '/' | '-' | '．' | '、'),
    };
    let (at, parted) = behind(open + digits + sign.len_utf8())?;
    (closes && (parted || first == '#' || !sign.is_ascii())).then_some((Mark::Number(number), at))
}

/// An address alone or behind a few words, or the words alone ("Lire la suite").
fn is_link(line: &str) -> bool {
    const TITLE_WORDS: usize = 3;
    let label = address_behind(line).and_then(|at| line.get(..at)).map(str::trim_end);
    let titled = label.is_some_and(|label| {
        count_words(label) >= TITLE_WORDS
            && furniture(label).is_none()
            && !label.ends_with([':', '：'])
    });
    if titled {
        return false;
    }
    let bare = line.trim_matches(['<', '>', '[', ']', '(', ')', '→', '»', ' ']);
    match bare.find("https://").or_else(|| bare.find("http://")) {
        Some(at) => {
            let (label, address) = bare.split_at(at);
            !address.contains(char::is_whitespace) && count_words(label) <= LINK_WORDS
        }
        None => count_words(line) <= LINK_WORDS && furniture(line).is_some(),
    }
}

/// Where the address begins that stands behind a title ("Bridge opens again <https://…>").
fn address_behind(title: &str) -> Option<usize> {
    let at = title.find("<http").or_else(|| title.find("(http"))?;
    (at > 0 && title.ends_with(['>', ')'])).then_some(at)
}

fn is_title(title: &str) -> bool {
    let bare =
        title.get(..address_behind(title).unwrap_or(title.len())).unwrap_or(title).trim_end();
    TITLE_WORDS.contains(&count_words(bare))
        && !ends_with_stop(bare)
        && !bare.ends_with([',', ':', ';', '：', '،', '='])
        && !bare.contains("://")
        && bare.starts_with(|c: char| c.is_alphanumeric() || "«\"“„‘'¿¡「『".contains(c))
}

fn is_text(line: &str) -> bool {
    count_words(line) >= TEXT_WORDS && !is_link(line)
}

/// The words of a line that is text, else 0.
fn text_words(line: &str) -> usize {
    let line = line.trim_matches(is_blank);
    if is_text(line) && source(line).is_none() { count_words(line) } else { 0 }
}

/// "Küstenzeitung, 03.03.2026", "3 mars 2026 | La Gazette", "Ostrel Herald - 2 hours ago": the roles of its halves.
fn source(line: &str) -> Option<Role> {
    if count_words(line) > SOURCE_WORDS || ends_with_stop(line) && count_words(line) >= TEXT_WORDS {
        return None;
    }
    let label = field(line).filter(|(label, _)| {
        is_one_of(label, "source|quelle|fuente|fonte|bron|المصدر|出典|via|publie par|datum|date")
    });
    let from = label.map_or(0, |(_, at)| at);
    let signs = |c: char| !c.is_alphanumeric();
    let named = |text: &str| {
        let cue = words(text)
            .next()
            .and_then(|(start, end)| Cue::of(&fold_word(text.get(start..end).unwrap_or_default())));
        (1..=OUTLET_WORDS).contains(&count_words(text)) && cue.is_none()
    };
    let value = line.get(from..)?;
    let opening = value.len() - value.trim_start_matches(signs).len();
    if let Some(date) = dates(value, 0).into_iter().find(|date| date.day.is_some()) {
        let before = without_preposition(value.get(..date.span.start())?.trim_end_matches(signs));
        let after = value.get(date.span.end()..)?.trim_matches(signs);
        if named(before.trim_matches(signs)) {
            return Some(
                Role::behind(from + opening, Part::Outlet).then(from + before.len(), Part::Date),
            );
        }
        let whole = Role::behind(from, Part::Date);
        return Some(match named(after) && before.trim_matches(signs).is_empty() {
            true => whole.then(from + date.span.end(), Part::Outlet),
            false => whole,
        });
    }
    let ago = time_ago(value)?;
    let before = value.get(..ago)?.trim_end_matches(signs);
    Some(if named(before.trim_matches(signs)) {
        Role::behind(from + opening, Part::Outlet).then(from + before.len(), Part::Header)
    } else {
        Role::of(Part::Header)
    })
}

/// "Gazette vom 3. März": without the word that joins the day.
fn without_preposition(name: &str) -> &str {
    const JOINING: [&str; 12] =
        ["vom", "am", "du", "le", "de", "del", "dal", "do", "of", "from", "on", "van"];
    let bare = name.trim_end_matches(|c: char| !c.is_alphanumeric());
    match bare.rsplit_once(is_blank) {
        Some((head, last)) if JOINING.contains(&last) => {
            head.trim_end_matches(|c: char| !c.is_alphanumeric())
        }
        _ => name,
    }
}

/// A name alone, where an outlet stands.
fn is_name(line: &str) -> bool {
    (1..=OUTLET_WORDS).contains(&count_words(line))
        && line.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
        && !line.ends_with(['.', ':', ',', '?', '!', ';'])
}

/// An item: its lines, and the bytes of its mark.
struct Item {
    lines: Range<usize>,
    label: usize,
}

/// The items of a body, which hold most of its text.
pub(super) struct Digest<'a> {
    lines: &'a [&'a str],
    body: Range<usize>,
    /// Words of each line of the body that is text, 0 for others: asked for many times, and dates are slow to look for.
    text_words: Vec<usize>,
    items: Vec<Item>,
}

impl<'a> Digest<'a> {
    /// `None` where there are fewer than two items, or where more text stands beside them than in them: an article with a
    /// list or links in it is no digest.
    pub(super) fn of(lines: &'a [&'a str], body: Range<usize>) -> Option<Digest<'a>> {
        let text_words = body.clone().map(|at| lines.get(at).map_or(0, |line| text_words(line)));
        let text_words = text_words.collect();
        let mut digest = Digest { lines, body, text_words, items: Vec::new() };
        digest.items = digest.heads().into_iter().find_map(|heads| digest.items_at(&heads))?;
        Some(digest)
    }

    /// The lines above the first item, where they are a text of their own.
    pub(super) fn lead(&self) -> Option<Range<usize>> {
        let lead = self.body.start..self.items.first()?.lines.start;
        (self.text_words(lead.clone()) >= MIN_BODY_WORDS).then_some(lead)
    }

    /// Sets the roles of the items, and adds where they start.
    pub(super) fn set_items(&self, plan: &mut Plan) {
        for item in &self.items {
            plan.starts.push(item.lines.start);
            self.set_roles(item, plan);
        }
    }

    fn line(&self, at: usize) -> &str {
        self.lines.get(at).map_or("", |line| line.trim_matches(is_blank))
    }

    fn indent(&self, at: usize) -> usize {
        let raw = self.lines.get(at).copied().unwrap_or_default();
        raw.len() - raw.trim_start_matches(is_blank).len()
    }

    fn is_text(&self, at: usize) -> bool {
        self.text_words(at..at + 1) > 0
    }

    /// Words of the lines that are text.
    fn text_words(&self, lines: Range<usize>) -> usize {
        let index = |at: usize| at.checked_sub(self.body.start);
        lines.filter_map(|at| self.text_words.get(index(at)?)).sum()
    }

    /// Where items may begin, with the bytes of the mark: by numbers, by bullets, by lines that stand apart.
    fn heads(&self) -> [Vec<(usize, usize)>; 3] {
        let marked: Vec<(usize, Mark, usize)> = self
            .body
            .clone()
            .filter_map(|at| mark(self.line(at)).map(|(mark, label)| (at, mark, label)))
            .collect();
        let mut next = 1;
        let mut numbered = Vec::new();
        for &(at, mark, label) in &marked {
            if mark == Mark::Number(next) {
                next += 1;
                numbered.push((at, label));
            }
        }
        let bullet = marked.iter().find_map(|&(_, mark, _)| match mark {
            Mark::Bullet(sign) => Some(sign),
            Mark::Number(_) => None,
        });
        let of_bullet = |sign: char| {
            let same = marked.iter().filter(move |(_, mark, _)| *mark == Mark::Bullet(sign));
            same.map(|&(at, _, label)| (at, label)).collect::<Vec<_>>()
        };
        let bulleted = bullet.map(of_bullet).unwrap_or_default();
        let apart = self.body.clone().filter(|&at| self.stands_apart(at)).map(|at| (at, 0));
        [numbered, bulleted, apart.collect()]
    }

    /// The items that begin at `heads`; what begins with no title is a part of the item above.
    fn items_at(&self, heads: &[(usize, usize)]) -> Option<Vec<Item>> {
        let by_mark = heads.iter().any(|&(_, label)| label > 0);
        let ends = heads.iter().skip(1).map(|&(at, _)| at).chain([self.body.end]);
        let mut items: Vec<Item> = Vec::new();
        let mut sure = 0;
        for (&(at, label), end) in heads.iter().zip(ends) {
            let item = Item { lines: at..end, label };
            let title = self.line(at).get(label..).unwrap_or_default();
            if is_title(title) && (at + 1..end).any(|at| self.is_text(at)) {
                sure += usize::from(self.is_sourced(&item, by_mark));
                items.push(item);
            } else if let Some(above) = items.last_mut() {
                above.lines.end = end;
            }
        }
        let inside: usize = items.iter().map(|item| self.text_words(self.up_to_link(item))).sum();
        let all = self.text_words(self.body.clone());
        (sure >= 2 && 2 * sure >= items.len() && 2 * inside >= all).then_some(items)
    }

    /// A title below a blank line or a link, with its text near.
    fn stands_apart(&self, at: usize) -> bool {
        let above = at.checked_sub(1).filter(|above| self.body.contains(above));
        let apart =
            above.is_none_or(|above| self.line(above).is_empty() || is_link(self.line(above)));
        let line = self.line(at);
        if !apart || !is_title(line) || is_link(line) || source(line).is_some() {
            return false;
        }
        let below = (at + 1..self.body.end).filter(|&below| !self.line(below).is_empty());
        let mut named = false;
        for below in below.take(HEAD_LINES) {
            if self.is_text(below) {
                return true;
            }
            let line = self.line(below);
            let head = is_link(line) || source(line).is_some() || byline(line) == Some(true);
            // One name at most: two lines of a few words are a heading and a title.
            if !head && (named || !is_name(line)) {
                return false;
            }
            named |= !head;
        }
        false
    }

    /// Whether an outlet, day or link stands beside an item's text.
    fn is_sourced(&self, item: &Item, by_mark: bool) -> bool {
        let title = self.line(item.lines.start).get(item.label..).unwrap_or_default();
        let mut rest = item.lines.start + 1..item.lines.end;
        address_behind(title).is_some()
            || by_mark && rest.clone().take(HEAD_LINES).any(|at| source(self.line(at)).is_some())
            || rest.any(|at| !self.line(at).is_empty() && is_link(self.line(at)))
    }

    /// The lines of an item up to the link behind its text.
    fn up_to_link(&self, item: &Item) -> Range<usize> {
        let mut has_text = false;
        let end = (item.lines.start + 1..item.lines.end).find(|&at| {
            has_text |= self.is_text(at);
            has_text && !self.line(at).is_empty() && is_link(self.line(at))
        });
        item.lines.start..end.unwrap_or(item.lines.end)
    }

    /// The last line of an item at which a whole paragraph is still to come: behind a link above it the item goes on.
    fn goes_on_until(&self, item: &Item) -> usize {
        const PARAGRAPH_WORDS: usize = 20;
        let mut words = 0;
        let found = item.lines.clone().rev().find(|&at| {
            words += self.text_words(at..at + 1);
            words >= PARAGRAPH_WORDS
        });
        found.unwrap_or(item.lines.start)
    }

    fn set_roles(&self, item: &Item, plan: &mut Plan) {
        let start = item.lines.start;
        let title = self.line(start).get(item.label..).unwrap_or_default();
        let role = Role::behind(self.indent(start) + item.label, Part::Title);
        plan.set(
            start,
            match address_behind(title) {
                Some(at) => role.then(self.indent(start) + item.label + at, Part::Header),
                None => role,
            },
        );
        let goes_on_until = self.goes_on_until(item);
        let mut has_text = false;
        let mut named = false;
        for at in start + 1..item.lines.end {
            let line = self.line(at);
            if line.is_empty() {
                continue;
            }
            let indented = |role: Role| Role {
                label: role.label + self.indent(at),
                second: role.second.map(|(end, part)| (end + self.indent(at), part)),
                ..role
            };
            if is_link(line) {
                plan.set(at, Role::of(Part::Header));
                if has_text && at >= goes_on_until {
                    // Behind the link no line or two are the item's.
                    break;
                }
            } else if let Some(role) = source(line).filter(|_| !has_text) {
                named |= role.part == Part::Outlet;
                plan.set(at, indented(role));
            } else if !has_text && byline(line) == Some(true) {
                plan.set(at, indented(Role::of(Part::Byline)));
            } else if !has_text && !named && is_name(line) && !is_text(line) {
                named = true;
                plan.set(at, indented(Role::of(Part::Outlet)));
            } else if super::email::opens_foot(line) {
                break;
            } else if line.ends_with([':', '：']) && is_link(self.line(at + 1)) {
                plan.set(at, Role::of(Part::Header));
            } else {
                has_text = true;
                plan.set(at, Role::of(Part::Body));
            }
        }
    }
}
