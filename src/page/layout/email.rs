//! E-mail alerts: headers, text, signature, quoted lines.

use super::digest::Digest;
use super::field::{field, is_one_of};
use super::plan::{Part, Plan, Role};
use crate::page::fold::{count_words, fold_line};
use crate::page::segment::MIN_BODY_WORDS;
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
    /// Below a line of so many words a mail is quoted by an article.
    const PARAGRAPH_WORDS: usize = 20;
    let top = lines.get(..lines.len().min(TOP_LINES)).unwrap_or(lines);
    let above =
        top.iter().take_while(|line| field(line).is_some() || count_words(line) < PARAGRAPH_WORDS);
    let above = above.count();
    (0..above).any(|at| begins(lines, at))
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
        if until < lines.len() && is_covering_note(lines, at..body, body..until) {
            (at..until).for_each(|line| plan.set(line, Role::of(Part::Outside)));
            at = until;
            continue;
        }
        let of_mail = |at: usize| lines.get(at).is_some_and(|line| opens_foot(line.trim()));
        let foot = foot(lines, body..until, of_mail).min(signature(lines, body..until));
        let digest = Digest::of(lines, body..foot);
        let own = digest.as_ref().map_or(Some(body..until), Digest::lead);
        match own {
            Some(own) => {
                plan.starts.push(at);
                text(lines, own, &mut plan);
            }
            // The headers are no part of the mail above.
            None => (at..body).for_each(|line| plan.set(line, Role::of(Part::Outside))),
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

/// A few words above the headers of a mail that is passed on or answered: no article of their own.
fn is_covering_note(lines: &[&str], headers: Range<usize>, body: Range<usize>) -> bool {
    let line = |at: usize| lines.get(at).map_or("", |line| line.trim());
    let passed_on = headers.into_iter().any(|at| {
        let subject = field(line(at)).filter(|(label, _)| is_one_of(label, SUBJECT));
        let value = subject.and_then(|(_, value)| field(line(at).get(value..)?));
        value.is_some_and(|(label, _)| is_one_of(&label, "fw|fwd|tr|wg|rv|enc|doorst"))
    });
    let words: usize = body.clone().map(|at| count_words(line(at))).sum();
    words < MIN_BODY_WORDS && (passed_on || body.into_iter().any(|at| opens_mail(line(at))))
}

/// "---------- Forwarded message ---------", "-----Original Message-----", "Begin forwarded message:".
fn opens_mail(line: &str) -> bool {
    const MARK_BYTES: usize = 80;
    const STEMS: [&str; 14] = [
        "forwarded",
        "original",
        "transfere",
        "reexpedi",
        "d origine",
        "weitergeleitet",
        "ursprunglich",
        "reenviad",
        "inoltrat",
        "encaminhad",
        "doorgestuurd",
        "oorspronkelijk",
        "转发",
        "転送",
    ];
    let ruled = line.starts_with("--") && line.ends_with("--");
    if line.len() > MARK_BYTES || !(ruled || line.ends_with([':', '：'])) {
        return false;
    }
    let folded = fold_line(line);
    let mail = [
        "message",
        "nachricht",
        "mensaj",
        "messaggi",
        "mensagem",
        "bericht",
        "mail",
        "邮件",
        "メール",
    ];
    STEMS.iter().any(|stem| folded.contains(stem)) && mail.iter().any(|it| folded.contains(it))
}

/// "On Tue, 14 Apr 2026, Ana Lorne wrote:" right above what is quoted.
fn says_who_wrote(lines: &[&str], at: usize) -> bool {
    const BELOW_LINES: usize = 3;
    let line = |at: usize| lines.get(at).map_or("", |line| line.trim());
    let mut below = (at + 1..=at + BELOW_LINES).map(line).filter(|line| !line.is_empty());
    let first = below.next().unwrap_or_default();
    let ends = |line: &str| {
        const VERBS: [&str; 7] =
            ["wrote", "ecrit", "schrieb", "escribio", "escreveu", "scritto", "schreef"];
        let verb = || fold_line(line).split(' ').any(|word| VERBS.contains(&word));
        line.ends_with([':', '：']) && (line.contains('@') || verb())
    };
    // A long name and its address are wrapped.
    ends(line(at)) && first.starts_with('>')
        || line(at).ends_with('>')
            && ends(first)
            && below.next().is_some_and(|it| it.starts_with('>'))
}

fn text(lines: &[&str], body: Range<usize>, plan: &mut Plan) {
    let is_quoted =
        |at: &usize| lines.get(*at).is_some_and(|line| line.trim_start().starts_with('>'));
    let words = |at: usize| lines.get(at).map_or(0, |line| count_words(line));
    let quoted: usize = body.clone().filter(is_quoted).map(words).sum();
    let own: usize = body.clone().filter(|at| !is_quoted(at)).map(words).sum();
    let forwarded = quoted >= 2 * own;
    let signature = signature(lines, body.clone());
    let footer = foot(lines, body.clone(), |at| {
        lines.get(at).is_some_and(|line| is_unsubscribing(line.trim()))
    });
    for at in body {
        let line = lines.get(at).copied().unwrap_or_default();
        let short = count_words(line) <= FOOTER_WORDS;
        let of_mail = at >= footer || is_link(line.trim()) || opens_mail(line.trim());
        let part = if at >= signature || (short && of_mail) {
            Part::Header
        } else if says_who_wrote(lines, at) || is_quoted(&at) && !forwarded {
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
