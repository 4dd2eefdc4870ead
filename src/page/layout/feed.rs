//! Items of a feed: labelled lines or tags.

use super::field::{field, is_one_of};
use super::plan::{Part, Plan, Role};
use crate::page::fold::count_words;
use crate::page::segment::MIN_BODY_WORDS;
use crate::span::Span;

const TITLE: &str = "title|titre|titel|titulo|titolo";
const DATE: &str = "pubdate|pub date|published|updated|dc date|date";
const TEXT: &str = "description|summary|content|content encoded|resume|beschreibung|descripcion";
const OTHER: &str = "link|lien|enlace|url|guid|id|category|categories|author|dc creator|creator|source|enclosure|comments|media content|item";
const BYLINE: &str = "author|dc creator|creator|name";
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

/// The lines of a feed, those that hold several tags cut before each that opens a field, an item or a paragraph.
pub(super) fn split(text: &str, lines: &[Span]) -> Vec<Span> {
    const FIELDS: &str = "item|entry|title|link|guid|id|pubdate|published|updated|dc date|description|summary|content|\
        content encoded|author|name|dc creator|category|source|enclosure|comments|channel|rss|feed|language|image|generator|\
        copyright|lastbuilddate|p|br";
    let mut found = Vec::with_capacity(lines.len());
    let mut quoted = false; // in a section of characters, where only paragraphs are cut
    for &line in lines {
        let slice = line.slice(text).unwrap_or_default();
        let mut from = 0;
        for (at, _) in slice.match_indices(['<', ']', '&']) {
            let rest = slice.get(at..).unwrap_or_default();
            if rest.starts_with("<![CDATA[") {
                quoted = true;
            } else if rest.starts_with("]]>") {
                quoted = false;
            }
            let name = rest.strip_prefix('<').or_else(|| rest.strip_prefix("&lt;"));
            let Some(name) = name else { continue };
            let closing = name.strip_prefix('/');
            let end = |name: &str| {
                name.bytes()
                    .take(20)
                    .take_while(|b| b.is_ascii_alphanumeric() || *b == b':')
                    .count()
            };
            let named = closing.unwrap_or(name);
            let label = named.get(..end(named)).unwrap_or_default().to_ascii_lowercase();
            let label = label.replace(':', " ");
            let cuts = match closing {
                Some(_) => !quoted && matches!(label.as_str(), "item" | "entry" | "channel"),
                None if quoted || rest.starts_with('&') => matches!(label.as_str(), "p" | "br"),
                None => is_one_of(&label, FIELDS),
            };
            if cuts && slice.get(from..at).is_some_and(|above| !above.trim().is_empty()) {
                found.extend(Span::new(line.start() + from, line.start() + at));
                from = at;
            }
        }
        found.extend(Span::new(line.start() + from, line.end()));
    }
    found
}

/// Bytes of tags, sections and blanks in front of the words of a value ("<![CDATA[<p>The bridge").
fn leading_markup(value: &str) -> usize {
    let mut rest = value;
    loop {
        let bare = rest.trim_start();
        let shorter = bare.strip_prefix("<![CDATA[").or_else(|| {
            let (open, close) = if bare.starts_with('<') { ("<", ">") } else { ("&lt;", "&gt;") };
            let tag = bare.strip_prefix(open)?;
            let name = tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
            let end = tag.bytes().take(TAG_BYTES).position(|b| b == close.as_bytes()[0])?;
            let close = tag.get(end..)?.strip_prefix(close)?;
            name.then_some(close)
        });
        match shorter {
            Some(shorter) => rest = shorter,
            None => return value.len() - bare.len(),
        }
    }
}

/// Longest tag of a text that is looked at.
const TAG_BYTES: usize = 400;

pub(super) fn is_feed(lines: &[&str]) -> bool {
    let mut seen = [false; 3];
    let mut words_above = 0;
    for line in lines {
        if matches!(tag(line), Some(("rss" | "feed", _))) {
            return true;
        }
        if ["<item>", "<item ", "<entry>", "<entry "].iter().any(|tag| line.contains(tag)) {
            return words_above < MIN_BODY_WORDS;
        }
        let Some((label, _)) = label(line) else {
            words_above += if seen == [false; 3] { count_words(line) } else { 0 };
            continue;
        };
        for (seen, list) in
            seen.iter_mut().zip([TITLE, "pubdate|pub date|link|lien|enlace|guid", TEXT])
        {
            *seen |= is_one_of(&label, list);
        }
    }
    // Below a text such labels are a box of an article, and such tags an example.
    seen == [true; 3] && words_above < MIN_BODY_WORDS
}

pub(super) fn plan(lines: &[&str]) -> Plan {
    let mut plan = Plan::new(lines.len());
    let tagged = lines.iter().any(|line| matches!(tag(line.trim()), Some(("item" | "entry", _))));
    let mut inside = !tagged;
    let mut open = Part::Outside;
    let mut named = false;
    let mut seen: Vec<String> = Vec::new();
    for (at, raw) in lines.iter().enumerate() {
        let line = raw.trim();
        let indent = raw.len() - raw.trim_start().len();
        let Some((label, value)) = label(line) else {
            // The text of a field goes on.
            let part = if line.is_empty() { Part::Outside } else { open };
            plan.set(at, continued(part, raw));
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
            plan.set(at, continued(open, raw));
            if open == Part::Body && closes_text(line) {
                open = Part::Header;
            }
            continue;
        };
        if !inside {
            // Above the items the title is the feed's own: who publishes it.
            if part == Part::Title && plan.starts.is_empty() && !named {
                named = true;
                let markup = leading_markup(line.get(value..).unwrap_or_default());
                plan.set(at, Role::behind(indent + value + markup, Part::Outlet));
            }
            continue;
        }
        // Without tags an item begins where a label comes again, or with the first one.
        let again = part == Part::Title && seen.contains(&label);
        if again && !tagged && !heads_item(lines, at) {
            // "Title: …" in a text.
            plan.set(at, continued(open, raw));
            continue;
        }
        if !tagged && (plan.starts.is_empty() || again) {
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
        let markup = leading_markup(line.get(value..).unwrap_or_default());
        plan.set(at, Role::behind(indent + value + markup, part));
    }
    plan
}

/// Whether further labels follow a title, as they do in each item.
fn heads_item(lines: &[&str], title: usize) -> bool {
    const NEAR_LINES: usize = 3;
    let below = lines.iter().skip(title + 1).map(|line| line.trim());
    let labels = below.filter(|line| !line.is_empty()).take(NEAR_LINES).map(label);
    let labels = labels.flatten().map(|(label, _)| label);
    let mut labels = labels.take_while(|label| !is_one_of(label, TITLE));
    labels.any(|label| [DATE, TEXT, OTHER, BYLINE].iter().any(|list| is_one_of(&label, list)))
}

/// A line of a field that goes on, behind the tags that it begins with.
fn continued(part: Part, raw: &str) -> Role {
    let label = if part == Part::Body { leading_markup(raw) } else { 0 };
    let markup = raw.get(..label).is_some_and(|head| head.contains(['<', '&']));
    Role::behind(if markup { label } else { 0 }, part)
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
            // "&lt;p&gt;": a tag that was escaped.
            let escaped = rest.starts_with("&lt;").then(|| leading_markup_of_one(rest)).flatten();
            let name = rest.get(1..).unwrap_or_default();
            let end = name.bytes().take(REFERENCE_BYTES).position(|b| b == b';');
            end.and_then(|end| name.get(..end))
                .filter(|name| is_reference(name) && !is_letter(name))
                .map(|name| name.len() + 2)
                .map(|len| escaped.unwrap_or(len))
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

/// Bytes of one escaped tag ("&lt;p class=…&gt;").
fn leading_markup_of_one(text: &str) -> Option<usize> {
    let name = text.strip_prefix("&lt;")?;
    let named = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
    let head = name.bytes().take(TAG_BYTES).position(|byte| byte == b'&')?;
    let ends = name.get(head..)?.starts_with("&gt;");
    (named && ends).then_some("&lt;".len() + head + "&gt;".len())
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
