//! The head of a document: what its lines without labels are, by where they stand.

use super::Export;
use super::marks::{Label, is_length, is_notice, is_number, is_rights, is_strip, strip_name};
use crate::page::byline::byline;
use crate::page::credit_line::is_credit_line;
use crate::page::date::dates;
use crate::page::fold::{count_words, fold_line};
use crate::page::furniture::ends_with_stop;
use crate::page::layout::plan::{Part, Plan, Role};

const OUTLET_WORDS: usize = 8;

pub(super) struct Head<'a> {
    export: &'a Export<'a>,
    from: usize,
    body: usize,
    /// Lines of no label, ascending.
    plain: Vec<usize>,
    dates: Vec<usize>,
    lengths: Vec<usize>,
    titled: bool,
    dated: bool,
    named: bool,
    signed: bool,
}

impl<'a> Head<'a> {
    pub(super) fn new(export: &'a Export<'a>, from: usize, body: usize) -> Head<'a> {
        Head {
            export,
            // What the base says above its first document is no head.
            from: (from..body)
                .rev()
                .find(|&at| {
                    let line = export.line(at);
                    is_notice(line) || line.ends_with("-None-")
                })
                .filter(|_| !export.coded)
                .map_or(from, |notice| notice + 1),
            body,
            plain: Vec::new(),
            dates: Vec::new(),
            lengths: Vec::new(),
            titled: false,
            dated: false,
            named: false,
            signed: false,
        }
    }

    /// The role of a line above the text.
    pub(super) fn role(
        &mut self,
        at: usize,
        label: Option<Label>,
        open: &mut Option<Label>,
    ) -> Role {
        let line = self.export.line(at);
        if let Some(label) = label {
            *open = Some(label);
            let part = if label.load { Part::Header } else { label.part };
            let below = at < self.from && part != Part::Outlet;
            let part = if below || part == Part::Body { Part::Header } else { part };
            if !label.alone {
                self.saw(part);
            }
            return Role::behind(self.export.indent(at) + label.value, part);
        }
        // A value below its label.
        if let Some(above) = open.filter(|open| open.alone || open.code || open.list) {
            let title_goes_on = above.part == Part::Title;
            if !self.export.coded && (above.alone || !above.list) {
                *open = None;
            }
            let seen = self.has(above.part);
            let part = if above.load { Part::Header } else { above.part };
            if !seen || title_goes_on {
                self.saw(part);
                return Role::of(part);
            }
            return Role::of(Part::Header);
        }
        if at < self.from || is_number(line) || is_notice(line) || is_page(line) {
            return Role::of(Part::Header);
        }
        if is_strip(line) {
            let name = strip_name(line).filter(|_| !self.named);
            let Some(end) = name else { return Role::of(Part::Header) };
            self.saw(Part::Outlet);
            return Role::of(Part::Outlet).then(self.export.indent(at) + end, Part::Header);
        }
        if is_rights(line) {
            return Role::of(Part::Rights);
        }
        let dated = is_date(line);
        if is_length(line) {
            self.lengths.push(at);
            if dated {
                self.dates.push(at);
            }
            return Role::of(if dated { Part::Date } else { Part::Header });
        }
        if dated {
            self.dates.push(at);
            return Role::of(Part::Date);
        }
        if is_credit_line(line) {
            return Role::of(Part::Credit);
        }
        if byline(line) == Some(true) && !line.starts_with('(') {
            self.signed = true;
            return Role::of(Part::Byline);
        }
        self.plain.push(at);
        Role::of(Part::Header)
    }

    fn has(&self, part: Part) -> bool {
        match part {
            Part::Title => self.titled,
            Part::Date => self.dated,
            Part::Outlet => self.named,
            Part::Byline => self.signed,
            _ => false,
        }
    }

    fn saw(&mut self, part: Part) {
        match part {
            Part::Title => self.titled = true,
            Part::Date => self.dated = true,
            Part::Outlet => self.named = true,
            Part::Byline => self.signed = true,
            _ => {}
        }
    }

    /// Says of the lines without labels which is the title, the outlet, the writer; a date of loading dates the text where
    /// nothing else does.
    pub(super) fn settle(mut self, plan: &mut Plan, end: usize, until: usize) {
        let title = if self.titled { None } else { self.title() };
        if let Some(title) = title {
            plan.set(title, Role::of(Part::Title));
            // A wrapped title goes on right below.
            let mut last = title;
            while self.plain.binary_search(&(last + 1)).is_ok() && self.goes_on(last) {
                last += 1;
                plan.set(last, Role::of(Part::Title));
            }
            self.plain.retain(|at| !(title..=last).contains(at));
        }
        if !self.named
            && let Some(outlet) = self.outlet(title)
        {
            plan.set(outlet, Role::of(Part::Outlet));
            self.plain.retain(|&at| at != outlet);
        }
        let names = |at: &&usize| {
            title.is_none_or(|title| **at > title) && byline(self.export.line(**at)) == Some(false)
        };
        if !self.signed
            && let Some(&writer) = self.plain.iter().rfind(names)
        {
            plan.set(writer, Role::of(Part::Byline));
        }
        if self.dates.is_empty() && !self.dated {
            for at in end..until {
                let date = self.export.label(at).filter(|label| label.part == Part::Date);
                if let Some(date) = date {
                    let label = self.export.indent(at) + date.value;
                    plan.set(at, Role::behind(label, Part::Date));
                }
            }
        }
    }

    /// Factiva prints the title above the length; the others right below or right above outlet and date.
    fn title(&self) -> Option<usize> {
        let line = |at: usize| self.export.line(at);
        let words = |at: &usize| count_words(line(*at));
        let longest = |lines: &[usize]| {
            let most = lines.iter().map(words).max()?;
            lines.iter().copied().find(|at| words(at) == most)
        };
        let Some(&date) = self.dates.first() else { return longest(&self.plain) };
        let at = self.plain.partition_point(|&at| at < date);
        let (above, below) = self.plain.split_at(at);
        let factiva = self.lengths.first().is_some_and(|&length| length < date);
        if factiva && !above.is_empty() {
            return longest(above);
        }
        let candidates: Vec<usize> =
            below.iter().copied().filter(|&at| !is_edition(line(at))).collect();
        let named = |at: &&usize| byline(line(**at)) != Some(false) && words(at) >= 2;
        candidates
            .iter()
            .find(named)
            .or(candidates.first().filter(|_| above.len() < 2))
            .or(if self.named { above.last() } else { above.first() })
            .copied()
    }

    /// Whether a title goes on below: it fills its line.
    fn goes_on(&self, at: usize) -> bool {
        const FULL_BYTES: usize = 45;
        let (line, below) = (self.export.line(at), self.export.line(at + 1));
        line.len() >= FULL_BYTES && byline(below).is_none() && !ends_with_stop(line)
    }

    fn outlet(&self, title: Option<usize>) -> Option<usize> {
        let fits = |at: &usize| {
            let line = self.export.line(*at);
            count_words(line) <= OUTLET_WORDS && is_name(line) && !is_edition(line)
        };
        let factiva = self
            .lengths
            .first()
            .zip(self.dates.first())
            .is_some_and(|(length, date)| length < date);
        let date = self.dates.first().copied().unwrap_or(self.body);
        if factiva {
            return self.plain.iter().copied().find(|at| *at > date && fits(at));
        }
        // Right above the date: below the title, or above it.
        let above = self.plain.iter().copied().filter(|&at| at < date);
        let near = |at: &usize| title.is_none_or(|title| *at > title || title > date);
        above.clone().rfind(|at| fits(at) && near(at)).or_else(|| {
            self.plain.iter().copied().find(|at| fits(at) && title.is_none_or(|title| *at < title))
        })
    }
}

/// "Late Edition - Final", "Ausgabe Nord".
fn is_edition(line: &str) -> bool {
    let folded = fold_line(line);
    folded.split(' ').any(|word| matches!(word, "edition" | "edicion" | "ausgabe" | "edizione"))
        || folded.split(' ').next_back() == Some("final")
}

/// "Une, p. 1", "Politik, S. 4": a section and its page.
fn is_page(line: &str) -> bool {
    const PAGE_WORDS: usize = 6;
    const SIGNS: [&str; 8] = ["p.", "pp.", "S.", "page", "pág.", "pag.", "Pg.", "Seite"];
    let mut words = line.split_whitespace().rev();
    let number = words
        .next()
        .is_some_and(|last| last.len() <= 5 && last.contains(|c: char| c.is_ascii_digit()));
    let sign = words.next().is_some_and(|sign| SIGNS.contains(&sign));
    number && sign && count_words(line) <= PAGE_WORDS && !is_strip(line)
}

/// Not a code or a page number.
fn is_name(line: &str) -> bool {
    line.contains(char::is_alphabetic)
        && !line.contains(['·', '•'])
        && !line.starts_with(|c: char| c.is_ascii_digit())
}

/// Half of the line is a date, or a date with its year stands beside a page.
fn is_date(line: &str) -> bool {
    const DATE_BYTES: usize = 120;
    const PAGES: [&str; 8] =
        [" p. ", " pg. ", " S. ", " Nr. ", " pág. ", "ページ", " page ", " Seite "];
    if line.len() > DATE_BYTES {
        return false;
    }
    let found = dates(line, 0);
    found.iter().any(|date| date.day.is_some() && 2 * date.span.len() >= line.len())
        || (found.iter().any(|date| date.day.is_some() && date.year.is_some())
            && PAGES.iter().any(|page| line.contains(page)))
}

/// A line that ends as a sentence does, with more than a name in it.
pub(super) fn is_sentence(line: &str) -> bool {
    const SENTENCE_WORDS: usize = 4;
    count_words(line) >= SENTENCE_WORDS && ends_with_stop(line) && !is_rights(line)
}
