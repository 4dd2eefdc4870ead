//! The roles of the lines of a text whose layout says them, and the blocks that follow from them.

use super::super::kind::{Kind, kind_of};
use super::super::line::{Block, blocks_where, trim};
use super::super::mention::mentions;
use super::super::segment::Stretch;
use crate::span::Span;

/// What one line is, behind its label.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    /// Of no article.
    Outside,
    /// A code, count or other field.
    Header,
    Title,
    /// A date of publication.
    Date,
    Byline,
    Outlet,
    Body,
    /// Who the text is from.
    Credit,
    /// Who holds the rights: a credit where it is an agency.
    Rights,
    /// The text under a picture.
    Caption,
    /// A text that is not the article's: a quoted message.
    Quoted,
}

/// The role of one line: so many bytes of label, what stands behind it, and a second value in the same line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Role {
    pub(crate) label: usize,
    pub(crate) part: Part,
    /// The byte of the line at which the first value ends, and the role of the second.
    pub(crate) second: Option<(usize, Part)>,
}

impl Role {
    pub(crate) fn of(part: Part) -> Role {
        Role::behind(0, part)
    }

    /// Behind `label` bytes.
    pub(crate) fn behind(label: usize, part: Part) -> Role {
        Role { label, part, second: None }
    }

    /// The first value ends at byte `at` of the line; what stands behind it is a `second` one.
    pub(crate) fn then(self, at: usize, second: Part) -> Role {
        Role { second: Some((at, second)), ..self }
    }
}

/// A role for each line, and the lines at which articles begin, ascending.
pub(crate) struct Plan {
    pub(crate) roles: Vec<Role>,
    pub(crate) starts: Vec<usize>,
}

impl Plan {
    /// Every line outside.
    pub(crate) fn new(lines: usize) -> Plan {
        Plan { roles: vec![Role::of(Part::Outside); lines], starts: Vec::new() }
    }

    pub(crate) fn set(&mut self, line: usize, role: Role) {
        if let Some(slot) = self.roles.get_mut(line) {
            *slot = role;
        }
    }

    pub(crate) fn part(&self, line: usize) -> Part {
        self.roles.get(line).map_or(Part::Outside, |role| role.part)
    }

    /// Blocks with their kinds, and the articles.
    pub(crate) fn blocks(
        &self,
        text: &str,
        lines: &[Span],
    ) -> (Vec<Block>, Vec<Kind>, Vec<Stretch>) {
        let whole = |line: usize| {
            self.part(line) == Part::Body
                && self.roles.get(line).is_some_and(|role| role.label == 0)
        };
        let mut blocks = Vec::new();
        let mut kinds = Vec::new();
        for block in self.joined_titles(blocks_where(text, lines, &whole), text, lines) {
            let role = self.roles.get(block.first).copied().unwrap_or(Role::of(Part::Outside));
            // The label has a block of its own, so that the value's span is the value.
            let one = block.first == block.last || role.part == Part::Title;
            let label = if one { role.label } else { 0 };
            let line_start = lines.get(block.first).map_or(block.span.start(), |line| line.start());
            let middle = (line_start + label).clamp(block.span.start(), block.span.end());
            let bare = matches!(role.part, Part::Title | Part::Date | Part::Byline | Part::Outlet);
            let second = role.second.filter(|_| one);
            let end = second.map_or(block.span.end(), |(at, _)| line_start + at);
            let end = end.clamp(middle, block.span.end());
            let value = Span::new(middle, end).unwrap_or(block.span);
            let kept = if bare { without_mark(text, trim(text, value)) } else { value };
            let behind = Span::new(value.end(), block.span.end());
            let (sign, rest) = match behind.zip(second) {
                Some((behind, _)) => split_sign(text, behind),
                None => (None, None),
            };
            let parts = [
                (Span::new(block.span.start(), middle), Part::Header),
                (Some(kept), role.part),
                (Span::new(kept.end(), value.end()), Part::Header),
                (sign, Part::Header),
                (rest, second.map_or(Part::Header, |(_, part)| part)),
            ];
            for (part, role) in parts {
                let Some(span) = part.map(|span| trim(text, span)).filter(|span| !span.is_empty())
                else {
                    continue;
                };
                let piece = Block::of(text, block.first, block.last, span, block.blanks);
                kinds.push(kind_as(text, &piece, role));
                blocks.push(piece);
            }
        }
        let stretches = self.stretches(&blocks, &mut kinds);
        (blocks, kinds, stretches)
    }

    /// A title on several lines is one block.
    fn joined_titles(&self, blocks: Vec<Block>, text: &str, lines: &[Span]) -> Vec<Block> {
        let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
        let title = |line: usize| self.part(line) == Part::Title;
        for block in blocks {
            let unlabelled = |line: usize| self.roles.get(line).is_some_and(|role| role.label == 0);
            // A long field of a mail goes on indented.
            let raw = lines.get(block.first).and_then(|line| line.slice(text)).unwrap_or_default();
            let indented = raw.starts_with([' ', '\t']);
            match joined.last_mut() {
                Some(above)
                    if title(block.first)
                        && title(above.first)
                        && unlabelled(block.first)
                        && block.blanks == 0
                        && if unlabelled(above.first) {
                            goes_on(text, above.span, block.span)
                        } else {
                            indented
                        } =>
                {
                    above.span = above.span.hull(block.span);
                    above.last = block.last;
                }
                _ => joined.push(block),
            }
        }
        // Words and key once a title: at each of its lines they would cost the square of a long one.
        for block in &mut joined {
            if title(block.first) && block.last > block.first {
                *block = Block::of(text, block.first, block.last, block.span, block.blanks);
            }
        }
        joined
    }

    fn stretches(&self, blocks: &[Block], kinds: &mut [Kind]) -> Vec<Stretch> {
        let mut found = Vec::new();
        for (number, &start) in self.starts.iter().enumerate() {
            let until = self.starts.get(number + 1).copied().unwrap_or(usize::MAX);
            let inside: Vec<usize> = (0..blocks.len())
                .skip(blocks.partition_point(|block| block.first < start))
                .take_while(|&index| blocks.get(index).is_some_and(|block| block.first < until))
                .filter(|&index| {
                    blocks.get(index).is_some_and(|block| self.part(block.first) != Part::Outside)
                })
                .collect();
            let (Some(&first), Some(&last)) = (inside.first(), inside.last()) else { continue };
            let is = |index: &usize, part: Part| {
                blocks.get(*index).is_some_and(|block| self.part(block.first) == part)
                    && kinds.get(*index) != Some(&Kind::Header)
            };
            let title = inside.iter().copied().find(|index| is(index, Part::Title));
            let has_body = inside.iter().any(|index| is(index, Part::Body));
            if !has_body && let Some(slot) = title.and_then(|title| kinds.get_mut(title)) {
                // A title alone is the text, as a flash is.
                *slot = Kind::Sentence;
            }
            found.push(Stretch { first, last, title: title.filter(|_| has_body) });
        }
        found
    }
}

/// A value without what closes it: the sign of a terminal ("Bridge opens again ="), the tag of a feed ("… again</title>").
fn without_mark(text: &str, span: Span) -> Span {
    let Some(value) = span.slice(text) else { return span };
    let mut kept = value.trim_end_matches(['=', ' ']);
    loop {
        let cut = kept.strip_suffix("]]>").or_else(|| {
            let tag = kept.rfind("</").filter(|_| kept.ends_with('>'))?;
            let name = kept.get(tag + 2..kept.len() - 1)?;
            name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b':').then(|| kept.get(..tag))?
        });
        match cut {
            Some(shorter) => kept = shorter.trim_end(),
            None => break,
        }
    }
    Span::new(span.start(), span.start() + kept.len())
        .filter(|span| !span.is_empty())
        .unwrap_or(span)
}

/// The sign that parts two values of a line (" • ", ", "), and the second value.
fn split_sign(text: &str, behind: Span) -> (Option<Span>, Option<Span>) {
    let slice = behind.slice(text).unwrap_or_default();
    let at = slice.find(char::is_alphanumeric).unwrap_or(slice.len());
    let middle = behind.start() + at;
    (Span::new(behind.start(), middle), Span::new(middle, behind.end()))
}

/// Whether a title goes on in the line below it: it fills its line, or the next begins in lower case.
fn goes_on(text: &str, above: Span, below: Span) -> bool {
    const FULL_BYTES: usize = 45;
    above.len() >= FULL_BYTES
        || below.slice(text).is_some_and(|line| line.starts_with(char::is_lowercase))
}

fn kind_as(text: &str, block: &Block, part: Part) -> Kind {
    match part {
        Part::Outside | Part::Header => Kind::Header,
        Part::Title => Kind::Short,
        Part::Date => Kind::Publication,
        Part::Byline => Kind::Byline(true),
        Part::Outlet => Kind::Outlet,
        Part::Quoted => Kind::Quoted,
        Part::Caption => Kind::Caption,
        Part::Credit => Kind::Credit,
        Part::Rights => match block.span.slice(text).map(mentions) {
            Some(named) if !named.is_empty() => Kind::Credit,
            _ => Kind::Header,
        },
        // Where bodies are marked, a short line in one is text.
        Part::Body => match kind_of(block.span.slice(text).unwrap_or_default(), block.words) {
            Kind::Short | Kind::Bullet | Kind::Byline(false) | Kind::TimeAgo(_) => Kind::Sentence,
            kind => kind,
        },
    }
}
