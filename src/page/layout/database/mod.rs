//! Exports of press databases: documents with a head of fields, a text, and a foot of rights and identifiers.
//!
//! LexisNexis numbers its documents and labels its fields (`LENGTH: 512 words`, `LOAD-DATE: …`), in later editions it
//! closes them with `End of Document`. Factiva closes each with `Document` and an identifier, and writes codes (`HD`, `LP`)
//! before its fields, beside or above the value, or none. Europresse closes with a line of rights and its own identifier,
//! and may open with labels above their values. GENIOS has its fields below the text. What a base says of itself (the law,
//! the search) belongs to no document.

mod head;
mod marks;

use self::marks::{Label, is_end, is_length, is_notice, is_number, is_rights};
use super::plan::{Part, Plan, Role};
use crate::page::byline::byline;
use crate::page::fold::{count_words, fold_line, is_blank};
use crate::page::kind::{Kind, kind_of};

/// So many different codes of Factiva, its headline's among them, are no chance.
const CODES: usize = 4;

pub(super) fn is_export(lines: &[&str]) -> bool {
    let count = |test: &dyn Fn(&str) -> bool| lines.iter().filter(|line| test(line)).count();
    let numbered = count(&is_number);
    let closed = count(&is_end);
    let lengths = count(&is_length);
    let labels = |line: &str| marks::label(line, false);
    let loaded = count(&|line| labels(line).is_some_and(|label| label.load));
    let rights = count(&is_rights);
    let coded = marks::codes(lines);
    let sources = count(&|line| fold_line(line).starts_with("nom de la source"));
    let laws = count(&|line| fold_line(line).contains("present document est protege"));
    let numbers = count(&|line| fold_line(line).starts_with("dokumentnummer"));
    numbered > 0 && lengths + loaded + rights > 0
        || closed > 0 && (lengths + rights > 0 || coded > 0)
        || loaded > 0 && lengths > 0
        || lengths > 0 && rights > 0
        || sources > 0 && (sources > 1 || rights > 0)
        || laws > 0
        || numbers > 0 && rights > 0
        || coded >= CODES
}

/// The trimmed lines of an export, and what each is.
struct Export<'a> {
    raw: &'a [&'a str],
    lines: Vec<&'a str>,
    labels: Vec<Option<Label>>,
    numbered: bool,
    closed: bool,
    coded: bool,
}

pub(super) fn plan(raw: &[&str]) -> Plan {
    let lines: Vec<&str> = raw.iter().map(|line| line.trim_matches(is_blank)).collect();
    let coded = marks::codes(&lines) >= CODES;
    let export = Export {
        raw,
        labels: lines.iter().map(|line| marks::label(line, coded)).collect(),
        numbered: lines.iter().any(|line| is_number(line)),
        closed: lines.iter().any(|line| is_end(line)),
        coded,
        lines,
    };
    let mut plan = Plan::new(raw.len());
    for (from, until) in export.documents() {
        export.document(from, until, &mut plan);
    }
    plan
}

impl Export<'_> {
    fn line(&self, at: usize) -> &str {
        self.lines.get(at).copied().unwrap_or_default()
    }

    fn label(&self, at: usize) -> Option<Label> {
        self.labels.get(at).copied().flatten()
    }

    /// Bytes of blanks that a line begins with.
    fn indent(&self, at: usize) -> usize {
        let raw = self.raw.get(at).copied().unwrap_or_default();
        raw.len() - raw.trim_start_matches(is_blank).len()
    }

    /// Blank, or what the base says of itself: neither begins a document.
    fn is_between(&self, at: usize) -> bool {
        let line = self.line(at);
        line.is_empty() || is_notice(line) || is_rights(line) || is_end(line)
    }

    /// Whether a label stands right above the line, whose value it is.
    fn is_value(&self, at: usize) -> bool {
        let above = at.checked_sub(1).and_then(|above| self.label(above));
        above.is_some_and(|label| label.alone && label.part != Part::Body)
    }

    fn is_text(&self, at: usize) -> bool {
        let line = self.line(at);
        !is_rights(line)
            && !is_notice(line)
            && self.label(at).is_none()
            && kind_of(line, count_words(line)) == Kind::Paragraph
    }

    /// The lines of each document, behind the one above.
    fn documents(&self) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut from = 0;
        let mut has = Seen::default();
        for at in 0..self.lines.len() {
            if at > from && self.opens(at, &has) {
                found.push((from, at));
                from = at;
                has = Seen::default();
            }
            let line = self.line(at);
            if marks::is_closing_notice(line) && has.closed {
                found.push((from, at));
                return found;
            }
            let label = self.label(at);
            has.title |= label.is_some_and(|label| label.code && label.part == Part::Title);
            has.text |= self.is_text(at)
                || label.is_some_and(|label| label.part == Part::Body && label.code);
            has.ended |= is_end(line);
            has.closed |= has.ended || (has.text && !self.closed && is_rights(line));
        }
        found.push((from, self.lines.len()));
        found
    }

    /// Whether a document begins at a line, after what was seen of the one above.
    fn opens(&self, at: usize, has: &Seen) -> bool {
        let line = self.line(at);
        let label = self.label(at);
        if is_number(line) {
            return true;
        }
        let named = label.is_some_and(|label| label.part == Part::Title && label.code);
        if (named && has.title) || (has.text && fold_line(line).starts_with("nom de la source")) {
            return true;
        }
        if self.numbered || !has.closed || self.is_between(at) {
            return false;
        }
        // Behind a line of rights fields of the same document may stand, behind its end only the next document.
        let begins = label
            .is_none_or(|label| label.code || matches!(label.part, Part::Title | Part::Outlet));
        has.ended || (begins && !self.is_value(at))
    }

    fn document(&self, from: usize, until: usize, plan: &mut Plan) {
        let body = self.body(from, until);
        let end = self.foot(from, body, until);
        if body >= end {
            return;
        }
        plan.starts.push(from);
        let mut head = head::Head::new(self, from, body);
        let mut open: Option<Label> = None;
        for at in from..until {
            let line = self.line(at);
            let label = self.label(at);
            if line.is_empty() {
                if !self.coded && open.is_some_and(|open| open.part != Part::Body && at < body) {
                    open = None;
                }
                continue;
            }
            let role = if at >= end {
                self.foot_role(at, &mut open)
            } else if at >= body {
                self.body_role(at, body, end, label, &mut open)
            } else {
                head.role(at, label, &mut open)
            };
            plan.set(at, role);
        }
        head.settle(plan, end, until);
    }

    /// The first line of the text.
    fn body(&self, from: usize, until: usize) -> usize {
        const HEAD_LINES: usize = 60;
        let labelled =
            (from..until).find(|&at| self.label(at).is_some_and(|label| label.part == Part::Body));
        if let Some(labelled) = labelled {
            return labelled;
        }
        let near = from..until.min(from + HEAD_LINES);
        near.clone()
            .find(|&at| self.is_text(at))
            // A text of short lines begins below the head's last blank line.
            .or_else(|| {
                near.clone()
                    .rev()
                    .find(|&at| self.label(at).is_none() && head::is_sentence(self.line(at)))
            })
            .unwrap_or(until)
    }

    fn body_role(
        &self,
        at: usize,
        body: usize,
        end: usize,
        label: Option<Label>,
        open: &mut Option<Label>,
    ) -> Role {
        let labelled = self.label(body).is_some_and(|label| label.part == Part::Body);
        match label {
            Some(label) if label.part == Part::Body && (labelled || label.code) => {
                *open = Some(label);
                Role::behind(self.indent(at) + label.value, Part::Body)
            }
            // A code always ends the text; other labels may be words of it.
            Some(label) if label.code || (label.part == Part::Caption && label.alone) => {
                *open = Some(label);
                Role::behind(self.indent(at) + label.value, label.part)
            }
            _ => {
                let part = match *open {
                    Some(open) if open.code || open.part == Part::Caption => open.part,
                    _ => Part::Body,
                };
                let edge = at + 1 == end || at == body;
                let signed = edge && byline(self.line(at)) == Some(false) && body + 1 < end;
                Role::of(if part == Part::Body && signed { Part::Byline } else { part })
            }
        }
    }

    fn foot_role(&self, at: usize, open: &mut Option<Label>) -> Role {
        let line = self.line(at);
        if let Some(label) = self.label(at) {
            *open = Some(label);
            let part = match label.part {
                Part::Caption | Part::Credit => label.part,
                _ => Part::Header,
            };
            return Role::behind(self.indent(at) + label.value, part);
        }
        if is_rights(line) {
            *open = None;
            return Role::of(Part::Rights);
        }
        let caption = open.is_some_and(|open| open.part == Part::Caption);
        let caption = caption && !is_notice(line) && !is_end(line);
        Role::of(if caption { Part::Caption } else { Part::Header })
    }

    /// The line behind the last of the text: what follows are fields, rights and identifiers.
    fn foot(&self, from: usize, body: usize, until: usize) -> usize {
        let holder = (from..until).map(|at| self.line(at)).find(|line| is_rights(line));
        let mut end = until;
        let mut below_foot = false;
        for at in (body..until).rev() {
            if at > body && self.is_foot(at, holder, below_foot) {
                below_foot |= !self.line(at).is_empty();
                end = at;
                continue;
            }
            // The value of a label that stands above it, or of a field that goes on.
            match self.continued(body, at) {
                Some(_) => end = at,
                None => break,
            }
        }
        end
    }

    fn is_foot(&self, at: usize, holder: Option<&str>, below_foot: bool) -> bool {
        const HOLDER_WORDS: usize = 6;
        let line = self.line(at);
        let label = self.label(at);
        line.is_empty()
            || is_rights(line)
            || is_notice(line)
            || is_end(line)
            || is_number(line)
            || is_length(line)
            || label.is_some_and(|label| label.part != Part::Body)
            // The publisher once more, as in the line of rights above.
            || (below_foot
                && count_words(line) <= HOLDER_WORDS
                && holder.is_some_and(|holder| fold_line(holder).contains(&fold_line(line))))
    }

    /// The label above that a line is the value of: right above, or above lines that go on.
    fn continued(&self, body: usize, at: usize) -> Option<usize> {
        const VALUE_LINES: usize = 6;
        let mut blanks = 0;
        for above in (body..at).rev().take(VALUE_LINES) {
            if self.line(above).is_empty() {
                blanks += 1;
                continue;
            }
            match self.label(above) {
                Some(label) if label.part == Part::Body => return None,
                Some(label) if label.alone && blanks <= 1 => return Some(above),
                Some(label) if (label.list || label.code) && blanks == 0 => return Some(above),
                Some(_) => return None,
                None if blanks > 0 || self.is_text(above) => return None,
                None => {}
            }
        }
        None
    }
}

/// What was seen of a document so far.
#[derive(Clone, Copy, Default)]
struct Seen {
    title: bool,
    text: bool,
    closed: bool,
    /// Closed by its own end, and not by a line of rights alone.
    ended: bool,
}
