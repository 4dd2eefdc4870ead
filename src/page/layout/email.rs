//! E-mail alerts: headers, text, signature, quoted lines.

use super::digest::Digest;
use super::field::{field, is_one_of};
use super::plan::{Part, Plan, Role};
use crate::page::fold::{count_words, fold_line};
use crate::span::Span;
use std::ops::Range;

const FROM: &str =
    "from|de|von|da|van|sender|expediteur|absender|remitente|من|差出人|送信者|发件人";
const SUBJECT: &str =
    "subject|objet|sujet|betreff|asunto|oggetto|assunto|onderwerp|الموضوع|件名|主题";
const DATE: &str = "date|sent|envoye|envoye le|gesendet am|enviado el|date d envoi|datum|gesendet|fecha|enviado|data|inviato|التاريخ|日時|送信日時|日期";
const OTHER: &str = "to|a|an|para|aan|cc|bcc|cci|reply to|repondre a|list unsubscribe|message id|return path|received|\
    mime version|content type|content transfer encoding|x mailer|importance|priority|الى|إلى|宛先|收件人";
/// Headers stand at most so far down for a text to be a mail.
const TOP_LINES: usize = 12;
/// Lines of one block of headers.
const HEADER_LINES: usize = 30;

fn header(line: &str) -> Option<(Part, usize)> {
    let (label, at) = field(line)?;
    let part = if is_one_of(&label, SUBJECT) {
        Part::Title
    } else if is_one_of(&label, DATE) {
        Part::Date
    } else if is_one_of(&label, FROM) || is_one_of(&label, OTHER) {
        Part::Header
    } else {
        return None;
    };
    Some((part, at))
}

/// Whether a block of headers begins at this line: who and what within a few lines, and no other text between.
fn begins(lines: &[&str], at: usize) -> bool {
    let mut who = false;
    let mut what = false;
    for (offset, line) in lines.iter().skip(at).take(6).enumerate() {
        match header(line.trim()) {
            Some((Part::Title, _)) => what = true,
            Some((_, _)) => {
                who |= field(line.trim()).is_some_and(|(label, _)| is_one_of(&label, FROM));
            }
            None if offset == 0 || line.trim().is_empty() => break,
            // A long header goes on indented, and others stand between.
            None if line.starts_with([' ', '\t']) => {}
            None if field(line.trim()).is_some() => {}
            None => break,
        }
    }
    who && what
}

pub(super) fn is_email(lines: &[&str]) -> bool {
    (0..lines.len().min(TOP_LINES)).any(|at| begins(lines, at))
}

pub(super) fn plan(lines: &[&str]) -> Plan {
    let mut plan = Plan::new(lines.len());
    let mut at = 0;
    while at < lines.len() {
        if !begins(lines, at) {
            at += 1;
            continue;
        }
        let body = headers(lines, at, &mut plan);
        let until = (body..lines.len()).find(|&line| begins(lines, line)).unwrap_or(lines.len());
        let of_mail = |at: usize| lines.get(at).is_some_and(|line| opens_foot(line.trim()));
        let foot = foot(lines, body..until, of_mail).min(signature(lines, body..until));
        let digest = Digest::of(lines, body..foot);
        let own = digest.as_ref().map_or(Some(body..until), Digest::lead);
        if let Some(own) = own {
            plan.starts.push(at);
            text(lines, own, &mut plan);
        }
        if let Some(digest) = digest {
            digest.set_items(&mut plan);
        }
        at = until.max(at + 1);
    }
    plan
}

/// Sets the roles of a block of headers; the line behind it.
fn headers(lines: &[&str], start: usize, plan: &mut Plan) -> usize {
    let mut above = Part::Header;
    for at in start..lines.len().min(start + HEADER_LINES) {
        let line = lines.get(at).copied().unwrap_or_default();
        let indent = line.len() - line.trim_start().len();
        if line.trim().is_empty() {
            return at;
        }
        match header(line.trim()) {
            Some((part, label)) => {
                let label = indent + label;
                let prefix = reply_prefix(line.get(label..).unwrap_or_default());
                let label = label + if part == Part::Title { prefix } else { 0 };
                plan.set(at, Role::behind(label, part));
                above = part;
            }
            None if indent > 0 => plan.set(at, Role::of(above)),
            None if field(line).is_some() => plan.set(at, Role::of(Part::Header)),
            None => return at,
        }
    }
    lines.len().min(start + HEADER_LINES)
}

/// "Re: ", "TR : ", "Fwd: " in front of a subject.
fn reply_prefix(subject: &str) -> usize {
    let mut at = 0;
    while let Some((label, end)) = field(subject.get(at..).unwrap_or_default())
        && is_one_of(&label, "re|tr|fw|fwd|wg|aw|rv|ref")
    {
        at += end;
    }
    at
}

fn text(lines: &[&str], body: Range<usize>, plan: &mut Plan) {
    let content = |at: &usize| lines.get(*at).is_some_and(|line| !line.trim().is_empty());
    let is_quoted =
        |at: &usize| lines.get(*at).is_some_and(|line| line.trim_start().starts_with('>'));
    let total = body.clone().filter(content).count();
    let quoted = body.clone().filter(is_quoted).count();
    let forwarded = 2 * quoted >= total;
    let signature = signature(lines, body.clone());
    let footer = foot(lines, body.clone(), |at| {
        lines.get(at).is_some_and(|line| is_unsubscribing(line.trim()))
    });
    for at in body {
        let line = lines.get(at).copied().unwrap_or_default();
        let short = count_words(line) <= FOOTER_WORDS;
        let part = if at >= signature || (short && (at >= footer || is_link(line.trim()))) {
            Part::Header
        } else if is_quoted(&at) && !forwarded {
            Part::Quoted
        } else if forwarded && !is_quoted(&at) && quoted > 0 {
            Part::Header
        } else {
            Part::Body
        };
        plan.set(at, Role::of(part));
    }
}

/// The first line with a mark and less text below it than above: above a letter may stand how to unsubscribe too.
fn foot(lines: &[&str], body: Range<usize>, is_mark: impl Fn(usize) -> bool) -> usize {
    const FOOT_WORDS: usize = 100;
    let words = |at: usize| match lines.get(at) {
        Some(line) if !line.trim_start().starts_with('>') => count_words(line),
        _ => 0,
    };
    let mut above = 0;
    let mut below: usize = body.clone().map(words).sum();
    let found = body.clone().find(|&at| {
        let found = below <= above.max(FOOT_WORDS) && is_mark(at);
        above += words(at);
        below -= words(at);
        found
    });
    found.unwrap_or(body.end)
}

/// The line at which the signature begins: at the last dashes, those above part the sections of a letter.
fn signature(lines: &[&str], body: Range<usize>) -> usize {
    let is_mark = |at: &usize| lines.get(*at).is_some_and(|line| is_signature_mark(line));
    let last = body.clone().rfind(is_mark);
    foot(lines, body, |at| Some(at) == last)
}

/// "-- " opens a signature (RFC 3676, 4.3).
fn is_signature_mark(line: &str) -> bool {
    matches!(line.trim_end_matches(['\r', '\n']), "-- " | "--" | "—")
}

/// "Unsubscribe", "You are receiving this mail because …": what stands below speaks of the mail.
pub(super) fn opens_foot(line: &str) -> bool {
    const STARTS: [&str; 16] = [
        "you are receiving this",
        "you received this",
        "you have received this",
        "this email was sent",
        "this alert was sent",
        "vous recevez ce",
        "vous avez recu ce",
        "ce message vous",
        "sie erhalten dies",
        "diese e mail wurde",
        "recibe este",
        "recibes este",
        "has recibido este",
        "ha recibido este",
        "ricevi questa",
        "recebe este",
    ];
    const ELSEWHERE: [&str; 4] =
        ["このメールは", "تلقيت هذه الرسالة", "تصلك هذه الرسالة", "您收到此"];
    if is_unsubscribing(line) {
        return true;
    }
    let folded = fold_line(line.get(..line.len().min(FOOT_BYTES)).unwrap_or(line));
    STARTS.iter().any(|start| folded.starts_with(start))
        || ELSEWHERE.iter().any(|start| line.starts_with(start))
}

/// A foot shows in so many bytes of its first line.
const FOOT_BYTES: usize = 200;

/// Most words of a line of a mail's foot.
const FOOTER_WORDS: usize = 14;

/// "Unsubscribe", "Se désabonner": what stands below speaks of the mail.
fn is_unsubscribing(line: &str) -> bool {
    const STEMS: [&str; 13] = [
        "unsubscrib",
        "desabonn",
        "desinscri",
        "abbestell",
        "abmelden",
        "darse de baja",
        "cancelar la suscripcion",
        "cancelar a subscricao",
        "disiscriv",
        "afmelden",
        "отписаться",
        "配信停止",
        "退订",
    ];
    const ARABIC: &str = "إلغاء الاشتراك";
    if line.len() > 300 || count_words(line) > FOOTER_WORDS {
        return false;
    }
    let folded = fold_line(line);
    STEMS.iter().any(|stem| folded.contains(stem)) || line.contains(ARABIC)
}

/// An address alone, or behind a few words: "Lire la suite : https://…".
fn is_link(line: &str) -> bool {
    const LABEL_WORDS: usize = 6;
    let bare = line.trim_matches(['<', '>', '[', ']', '(', ')']);
    let Some(at) = bare.find("https://").or_else(|| bare.find("http://")) else { return false };
    let (label, address) = bare.split_at(at);
    !address.contains(char::is_whitespace) && count_words(label) <= LABEL_WORDS
}

/// A body without the marks of quoted lines.
pub(super) fn without_marks(text: &str, span: Span) -> (Vec<Span>, Vec<Span>) {
    let slice = span.slice(text).unwrap_or_default();
    let mut marks = Vec::new();
    let mut at = 0;
    for line in slice.split_inclusive('\n') {
        let rest = line.trim_start();
        if rest.starts_with('>') {
            let body = rest.trim_start_matches(['>', ' ']);
            let from = span.start() + at + (line.len() - rest.len());
            marks.push((from, from + (rest.len() - body.len())));
        }
        at += line.len();
    }
    super::cut(text, span, &marks)
}
