//! What a wire terminal prints: dispatches between `ZCZC` and `NNNN`, under codes and slugs, in takes.

use super::plan::{Part, Plan, Role};
use crate::page::dateline::{dateline, is_desk_sign_off};

/// Lines of codes above a headline.
const HEAD_LINES: usize = 14;
/// A line from so many bytes on is running text.
const TEXT_BYTES: usize = 55;

fn opens(line: &str) -> bool {
    line.starts_with("ZCZC")
}

fn closes(line: &str) -> bool {
    matches!(line, "NNNN" | "ENDIT" | "-30-" | "-0-" | "END" | "###")
}

/// "(MORE)", "STORY CONTINUES": the dispatch goes on in the next take.
fn continues(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    matches!(
        bare.as_str(),
        "more"
            | "story continues"
            | "à suivre"
            | "a suivre"
            | "suite"
            | "folgt"
            | "mehr folgt"
            | "sigue"
            | "segue"
            | "continúa"
    ) || bare.starts_with("more follows")
        || bare.starts_with("to be continued")
}

/// "TAKE 2", "2ND TAKE", "=2", "PAGE 2".
fn is_later_take(line: &str) -> bool {
    let upper = line.to_uppercase();
    let numbered = upper.split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>();
    numbered.windows(2).any(|pair| {
        matches!(pair, ["TAKE" | "PAGE" | "PART", number] if number.parse::<u32>().is_ok_and(|n| n > 1))
            || matches!(pair, [number, "TAKE"] if number.starts_with(|c: char| ('2'..='9').contains(&c)))
    }) || (line.starts_with('=') && line.get(1..).is_some_and(|rest| rest.trim().parse::<u32>().is_ok_and(|n| n > 1)))
}

/// Codes and slugs: no lower case, and a digit, slash or hyphen inside or a single word.
fn is_code(line: &str) -> bool {
    !line.contains(char::is_lowercase)
        && (line.contains(|c: char| c.is_ascii_digit() || matches!(c, '/' | '-' | '_' | '='))
            || line.split_whitespace().count() <= 2)
}

pub(super) fn is_wire(lines: &[&str]) -> bool {
    let marks = lines.iter().filter(|line| opens(line) || **line == "NNNN").count();
    let opened = lines.iter().any(|line| opens(line));
    let more = lines.iter().filter(|line| continues(line)).count();
    let codes = lines.iter().take(HEAD_LINES).filter(|line| is_slug(line)).count();
    let signed = lines.iter().any(|line| is_desk_sign_off(line));
    (opened && marks >= 1) || marks >= 2 || (codes >= 1 && (more >= 1 || signed) && dated(lines))
}

/// "FRANCE-BRIDGE-REPAIRS", "SOURLAC/PONT (LEAD 2)": capitals joined by hyphens or slashes.
fn is_slug(line: &str) -> bool {
    let head = line.split(" (").next().unwrap_or_default();
    !line.contains(char::is_lowercase)
        && (1..=4).contains(&head.split_whitespace().count())
        && head.split(['-', '/']).filter(|part| part.trim().chars().count() >= 2).count() >= 2
        && head.chars().filter(|c| c.is_uppercase()).count() >= 6
}

fn dated(lines: &[&str]) -> bool {
    lines.iter().any(|line| dateline(line).is_some())
}

pub(super) fn plan(lines: &[&str]) -> Plan {
    let mut plan = Plan::new(lines.len());
    let trimmed: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    let mut at = 0;
    let mut open = false; // the take above said that more follows
    while at < lines.len() {
        if trimmed.get(at).is_none_or(|line| line.is_empty()) {
            at += 1;
            continue;
        }
        let until = (at + 1..lines.len())
            .find(|&line| {
                trimmed.get(line).is_some_and(|text| opens(text))
                    || trimmed.get(line - 1).is_some_and(|text| closes(text))
            })
            .unwrap_or(lines.len());
        let continued = open && !plan.starts.is_empty();
        open = dispatch(lines, at, until, continued, &mut plan);
        at = until;
    }
    plan
}

/// Sets the roles of one take; whether more follows.
fn dispatch(lines: &[&str], from: usize, until: usize, continued: bool, plan: &mut Plan) -> bool {
    let body = body_start(lines, from, until);
    let is_headline = |at: &usize| {
        lines.get(*at).is_some_and(|line| {
            let line = line.trim();
            let labelled = super::field::field(line).is_some_and(|(label, _)| is_label(&label));
            let coded = opens(line) || is_code(line) || is_later_take(line);
            line.split_whitespace().count() >= 3 && !coded && !labelled
        })
    };
    let mut more = false;
    if !continued && body < until {
        plan.starts.push(from);
    }
    // The headline is the last run of words above the text.
    let last = (from..body).rev().find(is_headline).filter(|_| !continued);
    let first = last.map(|last| (from..last).rev().take_while(is_headline).last().unwrap_or(last));
    for at in from..until {
        let line = lines.get(at).copied().unwrap_or_default().trim();
        let title = first.zip(last).is_some_and(|(first, last)| (first..=last).contains(&at));
        let part = if line.is_empty() {
            Part::Outside
        } else if continues(line) {
            more = true;
            Part::Header
        } else if opens(line) || closes(line) {
            Part::Header
        } else if at < body {
            if title { Part::Title } else { Part::Header }
        } else if is_stamp(line) {
            Part::Date
        } else {
            Part::Body
        };
        plan.set(at, Role::of(part));
    }
    more
}

fn is_label(label: &str) -> bool {
    super::field::is_one_of(
        label,
        "slug|slugline|priority|urgency|keyword|keywords|category|categories|service|topic|topics|desk|ref|take|embargo|words",
    )
}

/// The first line of running text: a dateline, an indented line, or a long one.
fn body_start(lines: &[&str], from: usize, until: usize) -> usize {
    let is_text = |at: &usize| {
        let line = lines.get(*at).copied().unwrap_or_default();
        let text = line.trim();
        let indented = line.starts_with("  ") || line.starts_with('\t');
        let lower = text.contains(char::is_lowercase) || !text.is_ascii();
        let coded = opens(text) || is_code(text);
        !coded
            && (dateline(text).is_some()
                || (lower && indented && text.len() > 30)
                || (lower && text.len() >= TEXT_BYTES && !ends_open(lines, *at)))
    };
    (from..until.min(from + HEAD_LINES)).find(is_text).unwrap_or_else(|| {
        // A take of codes and one headline: what has words is its text.
        (from..until)
            .find(|at| lines.get(*at).is_some_and(|line| line.contains(char::is_lowercase)))
            .unwrap_or(until)
    })
}

/// A long line with a blank one below it and no full stop is a headline.
fn ends_open(lines: &[&str], at: usize) -> bool {
    let line = lines.get(at).copied().unwrap_or_default().trim();
    let below = lines.get(at + 1).is_none_or(|line| {
        line.trim().is_empty() || line.starts_with("  ") || dateline(line.trim()).is_some()
    });
    below && !line.ends_with(['.', '"', '»', '…'])
}

/// "AFP 031405 GMT MAR 26", "03/03/2026 14:05".
fn is_stamp(line: &str) -> bool {
    const STAMP_BYTES: usize = 48;
    line.len() <= STAMP_BYTES
        && !line.ends_with('.')
        && crate::page::date::dates(line, 0)
            .iter()
            .any(|date| date.day.is_some() && 2 * date.span.len() >= line.len())
}
