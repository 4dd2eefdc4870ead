//! What a wire terminal prints: dispatches between `ZCZC` and `NNNN`, under codes and slugs, in takes.

use super::plan::{Part, Plan, Role};
use crate::page::credit_line::is_credit_line;
use crate::page::dateline::{closing_mark, dateline, is_desk_sign_off, is_end_mark};

/// Lines of codes above a headline.
const HEAD_LINES: usize = 14;
/// A line from so many bytes on is running text.
const TEXT_BYTES: usize = 55;

/// The first line of a dispatch: "ZCZC …", "AFP0412 4 I 0312 …", "bdt0412 4 pl 180 dpa 0412", "BC-VA--Bridge,312",
/// "14:05 03Mar26 RTRS-…".
fn opens(line: &str) -> bool {
    line.starts_with("ZCZC") || is_reuters_line(line) || is_numbered(line) || is_ap_slug(line)
}

/// "14:05 03Mar26 RTRS-Bridge opens again", "RTRS-Bridge opens again".
fn is_reuters_line(line: &str) -> bool {
    line.split_once("RTRS-").is_some_and(|(stamp, _)| {
        // A clock and a day alone: share codes in a sentence are no head.
        let stamped = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
        stamp.is_empty() || stamp.ends_with(' ') && stamp.split_whitespace().all(stamped)
    })
}

/// Letters of a service, a number of four digits, and further codes.
fn is_numbered(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let Some(first) = words.next() else { return false };
    let letters = first.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = first.len() - letters;
    let rest: Vec<&str> = words.collect();
    letters == 3
        && (3..=4).contains(&digits)
        && first.bytes().skip(letters).all(|byte| byte.is_ascii_digit())
        && rest.len() >= 2
        && rest.first().is_some_and(|it| it.len() == 1 && it.bytes().all(|b| b.is_ascii_digit()))
}

/// What also opens a dispatch where others are known by surer signs: "a0413", "BC-VA--Bridge", "SLUG: VA-BRIDGE".
fn may_open(line: &str) -> bool {
    opens(line) || is_take_number(line) || is_slug_of_ap(line) || is_slug_label(line)
}

/// A letter of a circuit and four digits: "a0413".
fn is_take_number(line: &str) -> bool {
    let digits = line.strip_prefix(|c: char| c.is_ascii_lowercase());
    digits.is_some_and(|it| it.len() == 4 && it.bytes().all(|byte| byte.is_ascii_digit()))
}

/// "BC-VA--Bridge,3rd Ld-Writethru": without the number of words.
fn is_slug_of_ap(line: &str) -> bool {
    const SLUG_BYTES: usize = 70;
    let bare = line.trim_start_matches('^');
    let slug = ["BC-", "AM-", "PM-"].iter().find_map(|cycle| bare.strip_prefix(cycle));
    let name = slug.and_then(|slug| slug.split(',').next()).unwrap_or_default();
    bare.len() <= SLUG_BYTES
        && name.starts_with(char::is_uppercase)
        && !name.contains(char::is_whitespace)
}

fn is_slug_label(line: &str) -> bool {
    super::field::field(line)
        .is_some_and(|(label, _)| super::field::is_one_of(&label, "slug|slugline"))
}

/// "^BC-VA--Bridge,1st Ld-Writethru,312".
fn is_ap_slug(line: &str) -> bool {
    let bare = line.trim_start_matches('^');
    (bare.starts_with("BC-") || bare.starts_with("AM-") || bare.starts_with("PM-"))
        && bare.contains(',')
        && bare.rsplit(',').next().is_some_and(|words| words.trim().parse::<u32>().is_ok())
}

fn closes(line: &str) -> bool {
    is_end_mark(line) || matches!(line, "END" | "ENDS" | "FIN" | "###") || closes_with_stamp(line)
}

/// A line of marks, or the last of a text with one.
fn ends(line: &str) -> bool {
    closes(line) || closing_mark(line).is_some()
}

/// "AFP 031405 GMT MAR 26", "AP-WF-03-03-26 1405GMT", "031405 Mär 26", "03-MAR-26 14:05 NNN", "… RTRS [nL8N12345] {EN}ENDS".
fn closes_with_stamp(line: &str) -> bool {
    const STAMP_BYTES: usize = 80;
    if line.len() > STAMP_BYTES || !line.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let mut words = line.split_whitespace();
    let clock = |word: &str| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    let clocked = clock(first) || (clock(second) && first.chars().all(char::is_uppercase));
    let month = || {
        line.split(|c: char| !c.is_alphabetic())
            .any(|word| crate::page::date::is_calendar_word(&crate::page::fold::fold_word(word)))
    };
    clocked && month()
        || is_ap_stamp(line)
        || is_efe_stamp(line)
        || line.ends_with(" NNN")
        || line.ends_with(" NNNN")
        || line.ends_with("}ENDS")
}

/// "AP-WF-03-17-26 1405GMT": the desk in two letters, then the day.
fn is_ap_stamp(line: &str) -> bool {
    let bytes = line.as_bytes();
    line.starts_with("AP-")
        && bytes.get(3..5).is_some_and(|desk| desk.iter().all(u8::is_ascii_uppercase))
        && bytes.get(5) == Some(&b'-')
        && bytes.get(6).is_some_and(u8::is_ascii_digit)
}

/// "03/17/14-05/26" alone.
fn is_efe_stamp(line: &str) -> bool {
    let signs: Vec<char> = line.chars().filter(|c| !c.is_ascii_digit()).collect();
    line.len() == 14 && signs == ['/', '/', '-', '/']
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

/// Codes and slugs: no lower case, and a digit, slash or hyphen inside or a single word. A headline in capitals has words.
fn is_code(line: &str) -> bool {
    const HEADLINE_WORDS: usize = 4;
    let is_word = |word: &&str| word.len() >= 3 && word.chars().all(char::is_alphabetic);
    !line.contains(char::is_lowercase)
        && line.split_whitespace().filter(is_word).count() < HEADLINE_WORDS
        && (line.contains(|c: char| c.is_ascii_digit() || matches!(c, '/' | '-' | '_' | '='))
            || line.split_whitespace().count() <= 2)
}

pub(super) fn is_wire(lines: &[&str]) -> bool {
    let marks = lines.iter().filter(|line| opens(line) || **line == "NNNN").count();
    let opened = lines.iter().any(|line| opens(line));
    let more = lines.iter().filter(|line| continues(line)).count();
    let codes = lines.iter().take(HEAD_LINES).filter(|line| is_slug(line)).count();
    let signed = lines.iter().any(|line| is_desk_sign_off(line));
    let stamped = lines.iter().any(|line| closes_with_stamp(line));
    // EFE ends by what it has beside the text.
    let covered = lines
        .iter()
        .any(|line| ["(foto)", "(vídeo)", "(audio)"].iter().any(|kind| line.starts_with(kind)));
    let ended = lines.iter().filter(|line| is_end_mark(line) || closing_mark(line).is_some());
    let ended = ended.count();
    (stamped && (opened || dated(lines)))
        || (ended >= 2 && lines.iter().filter(|line| dateline(line).is_some()).count() >= 2)
        || lines.iter().any(|line| line.starts_with("ZCZC"))
        || marks >= 2
        || ((stamped || covered) && signed && dated(lines))
        || (codes >= 1 && (more >= 1 || signed) && dated(lines))
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
        // Codes may stand on several lines, and below one closing mark another.
        let mut has_words = trimmed.get(at).is_some_and(|line| has_words(line));
        let until = (at + 1..lines.len())
            .find(|&line| {
                let text = trimmed.get(line).copied().unwrap_or_default();
                let opened = may_open(text) && has_words;
                has_words |= self::has_words(text);
                opened || (trimmed.get(line - 1).is_some_and(|text| ends(text)) && !closes(text))
            })
            .unwrap_or(lines.len());
        let continued = open && !plan.starts.is_empty();
        open = dispatch(lines, at, until, continued, &mut plan);
        at = until;
    }
    plan
}

/// A headline or a text, and no code.
fn has_words(line: &str) -> bool {
    let coded = (may_open(line) && reuters_title(line).is_none())
        || is_code(line)
        || closes(line)
        || super::field::field(line).is_some_and(|(label, _)| is_label(&label));
    !coded && line.split_whitespace().count() >= 3
}

/// Sets the roles of one take; whether more follows.
fn dispatch(lines: &[&str], from: usize, until: usize, continued: bool, plan: &mut Plan) -> bool {
    let body = body_start(lines, from, until);
    let is_headline = |at: &usize| {
        lines.get(*at).is_some_and(|line| {
            let line = line.trim();
            let labelled = super::field::field(line).is_some_and(|(label, _)| is_label(&label));
            let coded = may_open(line) || is_code(line) || is_later_take(line) || is_note(line);
            let coded = coded || is_stamp(line);
            let signed = crate::page::byline::byline(line.trim_start_matches('^')) == Some(true);
            line.split_whitespace().count() >= 3 && !coded && !labelled && !signed
        })
    };
    let mut more = false;
    if !continued && body < until {
        plan.starts.push(from);
    }
    let headed = reuters_title(lines.get(from).copied().unwrap_or_default());
    // The headline is the last run of words above the text.
    let last = (from..body).rev().find(is_headline).filter(|_| !continued && headed.is_none());
    let first = last.map(|last| (from..last).rev().take_while(is_headline).last().unwrap_or(last));
    // Behind the text: notes of the desk, contacts, initials.
    let trimmed = |at: usize| lines.get(at).map_or("", |line| line.trim());
    let notes = (body..until).find(|&at| opens_notes(trimmed(at))).unwrap_or(until);
    let is_desk = |at: &usize| {
        let line = trimmed(*at);
        line.is_empty()
            || closes(line)
            || is_note(line)
            || is_stamp(line)
            || is_code(line)
            || (trimmed(at.saturating_sub(1)).is_empty() && is_remark(line))
    };
    let end = notes - (body..notes).rev().take_while(is_desk).count().min(notes - body);
    for at in from..until {
        let raw = lines.get(at).copied().unwrap_or_default();
        let line = raw.trim();
        if at == from
            && let Some(title) = headed
        {
            let indent = raw.len() - raw.trim_start().len();
            plan.set(at, Role::behind(indent + title, Part::Title));
            continue;
        }
        let caret = raw.len() - raw.trim_start().trim_start_matches('^').len();
        let title = first.zip(last).is_some_and(|(first, last)| (first..=last).contains(&at));
        let part = if line.is_empty() {
            Part::Outside
        } else if continues(line) {
            more = true;
            Part::Header
        } else if is_stamp(line) || closes_with_stamp(line) {
            Part::Date
        } else if may_open(line) || closes(line) {
            Part::Header
        } else if title {
            Part::Title
        } else if at < body {
            let signed = crate::page::byline::byline(line.trim_start_matches('^')) == Some(true);
            if signed && !line.starts_with('(') {
                Part::Byline
            } else if is_credit_line(line.trim_start_matches('^')) {
                Part::Credit
            } else {
                Part::Header
            }
        } else if at >= end && !is_desk_sign_off(line) {
            Part::Header
        } else {
            Part::Body
        };
        let marked = line.starts_with('^') && matches!(part, Part::Title | Part::Byline);
        plan.set(at, Role::behind(if marked { caret } else { 0 }, part));
    }
    more
}

/// Bytes in front of the headline on Reuters' first line ("14:05 03Mar26 RTRS-Bridge opens again").
fn reuters_title(line: &str) -> Option<usize> {
    const SIGN: &str = "RTRS-";
    let line = line.trim();
    let title = line.find(SIGN).filter(|_| is_reuters_line(line))? + SIGN.len();
    (title < line.len()).then_some(title)
}

/// "feed ends": a few words behind the text that no agency's name is among.
fn is_remark(line: &str) -> bool {
    const REMARK_WORDS: usize = 3;
    crate::page::fold::count_words(line) <= REMARK_WORDS
        && !crate::page::furniture::ends_as_sentence(line)
        && !is_desk_sign_off(line)
        && crate::page::mention::mentions(line).is_empty()
}

/// What the desk says to its customers: "(Adds quotes)", "Eds: Updates throughout", "* Toll to be decided", "(foto)".
fn is_note(line: &str) -> bool {
    let bare = line.trim_start_matches('^');
    let bracketed = line.starts_with('(') && line.ends_with(')') && dateline(line).is_none();
    bare.starts_with("Eds:")
        || line.starts_with("* ")
        || line.starts_with("((")
        || line.starts_with("Keywords:")
        || line.starts_with("___")
        || (bracketed && !crate::page::dateline::is_reporting_line(line))
}

/// "# dpa-Notizblock": behind it nothing is text.
fn opens_notes(line: &str) -> bool {
    line.starts_with('#') && line.to_lowercase().contains("notizblock")
        || line.starts_with("((")
        || line.starts_with("Keywords:")
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
        let coded = may_open(text) || is_code(text);
        !coded
            && !is_note(text)
            && !line.starts_with('^')
            && (dateline(text).is_some()
                || (lower && indented && text.len() > 30)
                || (lower && text.len() >= TEXT_BYTES && !ends_open(lines, *at)))
    };
    let near = from..until.min(from + HEAD_LINES);
    let first = near.clone().find(is_text);
    // A long headline is no text where the dateline comes below it.
    let opening = near.clone().find(|&at| {
        let line = lines.get(at).map_or("", |line| line.trim());
        !may_open(line) && !is_code(line) && !is_note(line) && dateline(line).is_some()
    });
    let headline = |at: usize| {
        !lines.get(at).is_some_and(|line| crate::page::furniture::ends_as_sentence(line.trim()))
    };
    let dated = first.zip(opening).filter(|&(first, opening)| (first..opening).all(headline));
    let first = dated.map(|(_, opening)| opening).or(first);
    first.unwrap_or_else(|| {
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
    const STAMP_BYTES: usize = 64;
    line.len() <= STAMP_BYTES
        && !line.ends_with('.')
        && crate::page::date::dates(line, 0)
            .iter()
            .any(|date| date.day.is_some() && 2 * date.span.len() >= line.len())
}
