//! Items of a feed: labelled lines or tags.

use super::field::{field, is_one_of};
use super::plan::{Part, Plan, Role};
use crate::span::Span;

const TITLE: &str = "title|titre|titel|titulo|titolo";
const DATE: &str = "pubdate|pub date|published|updated|dc date|date";
const TEXT: &str = "description|summary|content|content encoded|resume|beschreibung|descripcion";
const OTHER: &str = "link|guid|id|category|categories|author|dc creator|creator|source|enclosure|comments|media content|item";
const BYLINE: &str = "author|dc creator|creator";
const OUTLET: &str = "source|feed|channel";

/// The name of the tag that a line begins with ("<title>", "</item>").
fn tag(line: &str) -> Option<(&str, usize)> {
    let inner = line.strip_prefix('<')?;
    let end = inner.find('>')?;
    let name = inner.get(..end)?;
    let name = name.split([' ', '\t']).next()?;
    name.chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '/' | '_' | '-' | '?' | '!'))
        .then_some((name, end + 2))
}

fn label(line: &str) -> Option<(String, usize)> {
    match tag(line) {
        Some((name, at)) => {
            Some((name.trim_start_matches('/').to_ascii_lowercase().replace(':', " "), at))
        }
        None => field(line),
    }
}

pub(super) fn is_feed(lines: &[&str]) -> bool {
    let mut seen = [false; 3];
    for line in lines {
        if matches!(tag(line), Some(("item" | "entry" | "rss" | "feed", _))) {
            return true;
        }
        let Some((label, _)) = label(line) else { continue };
        for (seen, list) in seen.iter_mut().zip([TITLE, "pubdate|pub date|link|guid", TEXT]) {
            *seen |= is_one_of(&label, list);
        }
    }
    seen == [true; 3]
}

pub(super) fn plan(lines: &[&str]) -> Plan {
    let mut plan = Plan::new(lines.len());
    let tagged = lines.iter().any(|line| matches!(tag(line.trim()), Some(("item" | "entry", _))));
    let mut inside = !tagged;
    let mut open = Part::Outside;
    let mut seen: Vec<String> = Vec::new();
    for (at, raw) in lines.iter().enumerate() {
        let line = raw.trim();
        let indent = raw.len() - raw.trim_start().len();
        let Some((label, value)) = label(line) else {
            // The text of a field goes on.
            let part = if line.is_empty() { Part::Outside } else { open };
            plan.set(at, Role::of(part));
            if open == Part::Body && closes_text(line) {
                open = Part::Header;
            }
            continue;
        };
        if matches!(label.as_str(), "item" | "entry") {
            inside = !line.starts_with("</");
            open = Part::Outside;
            if inside {
                plan.starts.push(at);
            }
            plan.set(at, Role::of(if inside { Part::Header } else { Part::Outside }));
            seen.clear();
            continue;
        }
        let part = if is_one_of(&label, TITLE) {
            Part::Title
        } else if is_one_of(&label, DATE) {
            Part::Date
        } else if is_one_of(&label, BYLINE) {
            Part::Byline
        } else if is_one_of(&label, OUTLET) {
            Part::Outlet
        } else if is_one_of(&label, TEXT) {
            Part::Body
        } else if is_one_of(&label, OTHER) || (tag(line).is_some() && open != Part::Body) {
            Part::Header
        } else {
            plan.set(at, Role::of(open));
            if open == Part::Body && closes_text(line) {
                open = Part::Header;
            }
            continue;
        };
        if !inside {
            continue;
        }
        // Without tags an item begins where a label comes again, or with the first one.
        if !tagged && (plan.starts.is_empty() || (part == Part::Title && seen.contains(&label))) {
            plan.starts.push(at);
            seen.clear();
        }
        seen.push(label);
        let closed = line.contains("</");
        open = if closed || part != Part::Body {
            if part == Part::Body && !closed { part } else { Part::Header }
        } else {
            part
        };
        plan.set(at, Role { label: indent + value, part });
    }
    plan
}

/// "]]></description>", "… mardi.</p></content:encoded>".
fn closes_text(line: &str) -> bool {
    let closing = line.rfind("</").and_then(|at| line.get(at..)).and_then(label);
    closing.is_some_and(|(name, _)| is_one_of(&name, TEXT))
}

/// A body without tags and without references to characters that are no letters.
pub(super) fn without_tags(text: &str, span: Span) -> (Vec<Span>, Vec<Span>) {
    const REFERENCE_BYTES: usize = 10;
    let slice = span.slice(text).unwrap_or_default();
    let last_close = slice.rfind('>');
    let mut marks = Vec::new();
    let mut at = 0;
    while let Some(found) = slice.get(at..).and_then(|rest| rest.find(['<', '&'])) {
        let from = at + found;
        let rest = slice.get(from..).unwrap_or_default();
        let len = if rest.starts_with("<![CDATA[") {
            Some("<![CDATA[".len())
        } else if rest.starts_with('<') {
            let named = rest
                .chars()
                .nth(1)
                .is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
            // Behind the last ">" nothing is looked for, else many "<" would cost a scan each.
            let closed = named && last_close.is_some_and(|last| last > from);
            closed.then(|| rest.find('>').map(|end| end + 1)).flatten()
        } else {
            let name = rest.get(1..).unwrap_or_default();
            let end = name.bytes().take(REFERENCE_BYTES).position(|b| b == b';');
            end.and_then(|end| name.get(..end))
                .filter(|name| is_reference(name) && !is_letter(name))
                .map(|name| name.len() + 2)
        };
        let len = len.unwrap_or(0);
        if len > 0 {
            marks.push((span.start() + from, span.start() + from + len));
        }
        at = from + len.max(1);
    }
    // "]]>" closes a section of characters.
    for (from, close) in slice.match_indices("]]>") {
        marks.push((span.start() + from, span.start() + from + close.len()));
    }
    marks.sort_unstable();
    super::cut(text, span, &marks)
}

/// "amp", "#8217": "Rossi & fils; …" is none.
fn is_reference(name: &str) -> bool {
    let name = name.strip_prefix('#').unwrap_or(name);
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Whether a reference stands for a letter ("eacute", "#233"): then it stays in the text as it is written.
fn is_letter(name: &str) -> bool {
    let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    });
    if name.starts_with('#') {
        return number.and_then(char::from_u32).is_none_or(char::is_alphanumeric);
    }
    ["acute", "grave", "circ", "uml", "cedil", "tilde", "ring", "slash", "lig", "caron"]
        .iter()
        .any(|end| name.ends_with(end))
}
