//! From printed dates to a publication instant, interval or bound.

use super::printed::PrintedDate;
use super::scan::dates;
use crate::page::fold::{fold_word, words};
use crate::span::Span;
use crate::timestamp::{DAY, DateEvidence, Published, Timestamp};

const HOUR: i64 = 3_600;
/// The first place of the world to see a day or an hour (UTC+14) and the last (UTC−12): the width that an unknown zone adds.
const EARLIEST_ZONE: i64 = 14 * HOUR;
const LATEST_ZONE: i64 = 12 * HOUR;
/// A weekday, a day and a month come back after 5, 6 or 11 years; 28 years hold every combination, 40 also over 1900.
const WEEKDAY_YEARS: i16 = 40;

/// A line of the page that tells when the article was published, and its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DateLine<'a> {
    pub(crate) text: &'a str,
    pub(crate) base: usize,
}

/// What the words of a line say of the dates in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Cue {
    Published,
    Updated,
}

const PUBLISHED: &str = "publie publiee published posted veroffentlicht erschienen publicado publicada pubblicato gepubliceerd \
    geplaatst issued released paru diffuse ajoute ajoutee added cree created date publiziert النشر التاريخ نشر نشرت خبر";
const UPDATED: &str = "modification modifiee mis maj mise updated modified modifie actualise aktualisiert stand actualizado atualizado aggiornato \
    modificado bijgewerkt revised aktualisierung actualizacion atualizacao aggiornamento update التحديث تحديث آخر";

impl Cue {
    /// The cue that a folded word gives.
    pub(crate) fn of(word: &str) -> Option<Cue> {
        if PUBLISHED.split_whitespace().any(|cue| cue == word) {
            Some(Cue::Published)
        } else if UPDATED.split_whitespace().any(|cue| cue == word) {
            Some(Cue::Updated)
        } else {
            None
        }
    }

    /// The cue of a line in a script without spaces.
    pub(crate) fn of_asian(line: &str) -> Option<Cue> {
        if ["公開", "配信", "掲載", "发布", "發布", "发表", "入力", "입력", "登録"]
            .iter()
            .any(|cue| line.contains(cue))
        {
            Some(Cue::Published)
        } else if ["更新", "수정"].iter().any(|cue| line.contains(cue)) {
            Some(Cue::Updated)
        } else {
            None
        }
    }
}

/// The instants that a printed date may mean, and its clock time read as UTC.
fn interval(date: &PrintedDate) -> Option<(Timestamp, Timestamp, Timestamp)> {
    let year = date.year?;
    let Some(day) = date.day else {
        let first = Timestamp::midnight(year, date.month, 1)?;
        let (next_year, next) =
            if date.month == 12 { (year + 1, 1) } else { (year, date.month + 1) };
        let end = Timestamp::midnight(next_year, next, 1)?;
        return Some((
            first.plus_seconds(-EARLIEST_ZONE),
            end.plus_seconds(LATEST_ZONE - 1),
            first,
        ));
    };
    let midnight = Timestamp::midnight(year, date.month, day)?;
    if let Some(time) = date.time {
        let clock = midnight.plus_seconds(time);
        return Some(match date.offset {
            Some(offset) => {
                let instant = clock.plus_seconds(-offset);
                (instant, instant, clock)
            }
            None => (clock.plus_seconds(-EARLIEST_ZONE), clock.plus_seconds(LATEST_ZONE), clock),
        });
    }
    let mut last = midnight;
    let mut first = midnight;
    if date.either_order
        && let Some(other) = Timestamp::midnight(year, day, date.month)
    {
        first = first.min(other);
        last = last.max(other);
    }
    Some((first.plus_seconds(-EARLIEST_ZONE), last.plus_seconds(DAY - 1 + LATEST_ZONE), midnight))
}

/// The date with the latest year in which its weekday fits and that has begun by `reference`.
fn with_year(date: PrintedDate, reference: Option<Timestamp>) -> Option<PrintedDate> {
    let (weekday, day, reference) = (date.weekday?, date.day?, reference?);
    let last = jiff::Timestamp::from_second(reference.unix_seconds())
        .ok()?
        .to_zoned(jiff::tz::TimeZone::UTC)
        .year();
    for year in (last.saturating_sub(WEEKDAY_YEARS)..=last).rev() {
        let Ok(civil) = jiff::civil::Date::new(year, date.month, day) else { continue };
        let begins = Timestamp::midnight(year, date.month, day)?;
        if civil.weekday().to_monday_zero_offset() == weekday && begins <= reference {
            return Some(PrintedDate { year: Some(year), ..date });
        }
    }
    None
}

fn known(date: &PrintedDate, evidence: DateEvidence) -> Option<Published> {
    let (earliest, latest, clock) = interval(date)?;
    let published = Published::between(Some(earliest), Some(latest)).ok()?;
    Some(published.read_from(evidence).with_printed_clock(clock))
}

/// What a page tells of one article's publication.
///
/// In this order: a publication line with a whole date; one whose year the weekday fixes; a dateline with a whole date;
/// "this Friday 15 September" in the text; at last bounds from dates that the text speaks of. `reference` is a moment
/// that is surely not before the article: without it no year is guessed.
pub(crate) fn decide(
    lines: &[DateLine<'_>],
    dateline: Option<DateLine<'_>>,
    running: &[DateLine<'_>],
    reference: Option<Timestamp>,
) -> Published {
    let mut by_weekday = None;
    let mut updated = None;
    for line in lines {
        for (date, cue) in dates_with_cues(line) {
            let whole = known(&date, DateEvidence::PublicationLine(date.span))
                .filter(|_| date.day.is_some());
            match (whole, cue) {
                (Some(found), Cue::Published) => return found,
                (Some(found), Cue::Updated) => updated = updated.or(Some(found)),
                (None, _) if by_weekday.is_none() => {
                    by_weekday = with_year(date, reference)
                        .and_then(|date| known(&date, DateEvidence::Weekday(date.span)));
                }
                (None, _) => {}
            }
        }
    }
    if let Some(found) = updated.or(by_weekday) {
        return found;
    }
    if let Some(line) = dateline {
        for date in dates(line.text, line.base) {
            if let Some(found) =
                known(&date, DateEvidence::RunningText(date.span)).filter(|_| date.day.is_some())
            {
                return found;
            }
            if let Some(date) = with_year(date, reference)
                && let Some(found) = known(&date, DateEvidence::Weekday(date.span))
            {
                return found;
            }
        }
    }
    this_weekday(running, reference).unwrap_or_else(|| bounds(running))
}

/// Each date of a line with the cue that stands before it; a date without one is a publication.
fn dates_with_cues(line: &DateLine<'_>) -> Vec<(PrintedDate, Cue)> {
    let mut from = 0;
    let mut cue = Cue::Published;
    dates(line.text, line.base)
        .into_iter()
        .map(|date| {
            let start = date.span.start() - line.base;
            let between = line.text.get(from..start).unwrap_or_default();
            let last = words(between)
                .filter_map(|(a, b)| Cue::of(&fold_word(between.get(a..b).unwrap_or_default())))
                .last();
            cue = last.or_else(|| Cue::of_asian(between)).unwrap_or(cue);
            from = date.span.end() - line.base;
            (date, cue)
        })
        .collect()
}

const TODAY: &str = "ce cet this today diesen diesem dieser heute este esta hoy hoje questo questa oggi deze vandaag هذا اليوم";

/// "Ce vendredi 15 septembre": the day of writing.
fn this_weekday(running: &[DateLine<'_>], reference: Option<Timestamp>) -> Option<Published> {
    for line in running {
        for date in dates(line.text, line.base).into_iter().filter(|date| date.weekday.is_some()) {
            let before = line.text.get(..date.span.start() - line.base).unwrap_or_default();
            let tail = last_words(before, 2);
            if !tail.iter().any(|word| TODAY.split(' ').any(|cue| cue == word)) {
                continue;
            }
            let dated = if date.year.is_some() { Some(date) } else { with_year(date, reference) };
            if let Some(found) =
                dated.and_then(|date| known(&date, DateEvidence::Weekday(date.span)))
            {
                return Some(found);
            }
        }
    }
    None
}

fn last_words(text: &str, count: usize) -> Vec<String> {
    // A bounded look back: cues stand next to their date.
    let mut from = text.len().saturating_sub(64);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let tail = text.get(from..).unwrap_or_default();
    let found: Vec<String> =
        words(tail).map(|(a, b)| fold_word(tail.get(a..b).unwrap_or_default())).collect();
    found.into_iter().rev().take(count).collect()
}

/// Words that make the dates of their sentence no evidence of the past.
const FUTURE: &str = "jusqu jusque ici fin prevu prevue prevus prevues attendu attendue attendus attendues avant sera seront \
    aura auront devra devront doit doivent partir horizon echeance terme prochain prochaine \
    until till by will shall before scheduled expected due planned deadline next upcoming would \
    bis spatestens wird werden soll sollen geplant vor ab kunftig nachsten \
    hasta sera seran prevista previsto antes proximo proxima partir entro fino sara saranno prossimo ate antes sera serao \
    tot zal zullen voor gepland حتى سوف المقبل القادم قبل";

fn speaks_of_the_future(sentence: &str) -> bool {
    words(sentence).any(|(start, end)| {
        let word = fold_word(sentence.get(start..end).unwrap_or_default());
        FUTURE.split_whitespace().any(|cue| cue == word)
            // French and Italian futures; the few nouns of that form only make the reader more careful.
            || (word.len() > 4 && (word.ends_with("era") || word.ends_with("eront") || word.ends_with("iront") || word.ends_with("ira")))
    }) || ["まで", "予定", "将于", "将在", "까지"].iter().any(|cue| sentence.contains(cue))
}

/// The sentence around `span`, at most some hundreds of bytes to either side.
fn sentence_around(text: &str, span: (usize, usize)) -> &str {
    const REACH: usize = 400;
    let mut from = span.0.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut to = (span.1 + REACH).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let is_end = |c: char| matches!(c, '.' | '!' | '?' | '。' | '！' | '？' | '؟' | ';');
    let before = text.get(from..span.0).unwrap_or_default();
    let start = before
        .char_indices()
        .rev()
        .find(|&(at, c)| {
            let after = before.get(at + c.len_utf8()..).unwrap_or_default();
            is_end(c)
                && (after.is_empty() || after.starts_with(char::is_whitespace) || !c.is_ascii())
        })
        .map_or(from, |(at, c)| from + at + c.len_utf8());
    let after = text.get(span.1..to).unwrap_or_default();
    let end = after
        .char_indices()
        .find(|&(at, c)| {
            let rest = after.get(at + c.len_utf8()..).unwrap_or_default();
            is_end(c) && (rest.is_empty() || rest.starts_with(char::is_whitespace) || !c.is_ascii())
        })
        .map_or(to, |(at, _)| span.1 + at);
    text.get(start..end).unwrap_or_default()
}

/// The latest whole date that the text speaks of as past: the article is not older.
fn bounds(running: &[DateLine<'_>]) -> Published {
    let mut best: Option<(Timestamp, Span)> = None;
    for (date, interval) in past_dates(running) {
        if best.is_none_or(|(earliest, _)| interval.0 > earliest) {
            best = Some((interval.0, date.span));
        }
    }
    best.and_then(|(earliest, span)| {
        Some(Published::between(Some(earliest), None).ok()?.read_from(DateEvidence::Bounds(span)))
    })
    .unwrap_or(Published::UNKNOWN)
}

fn past_dates(running: &[DateLine<'_>]) -> Vec<(PrintedDate, (Timestamp, Timestamp, Timestamp))> {
    let mut found = Vec::new();
    for line in running {
        for date in dates(line.text, line.base) {
            let Some(interval) = interval(&date) else { continue };
            let span = (date.span.start() - line.base, date.span.end() - line.base);
            if !speaks_of_the_future(sentence_around(line.text, span)) {
                found.push((date, interval));
            }
        }
    }
    found
}

/// A moment that the page was surely not written before: the latest date it is published at or speaks of as past.
pub(crate) fn reference_of(published: &[Published], running: &[DateLine<'_>]) -> Option<Timestamp> {
    let printed = published
        .iter()
        .filter(|found| {
            matches!(
                found.evidence(),
                DateEvidence::PublicationLine(_) | DateEvidence::RunningText(_)
            )
        })
        .filter_map(|found| found.latest());
    printed.chain(past_dates(running).into_iter().map(|(_, interval)| interval.1)).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> DateLine<'_> {
        DateLine { text, base: 0 }
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn a_day_in_an_unknown_zone_is_the_widest_interval_of_that_day() {
        let found = decide(&[line("Publié le mardi 3 mars 2026")], None, &[], None);
        assert_eq!(found.earliest(), Some(at("2026-03-02T10:00:00Z")));
        assert_eq!(found.latest(), Some(at("2026-03-04T11:59:59Z")));
        assert!(matches!(found.evidence(), DateEvidence::PublicationLine(_)));
        assert_eq!(found.printed_clock(), Some(at("2026-03-03T00:00:00Z")));
    }

    #[test]
    fn a_zone_makes_an_instant() {
        let found = decide(&[line("Published: March 3, 2026 2:05 PM GMT")], None, &[], None);
        assert_eq!(found.earliest(), Some(at("2026-03-03T14:05:00Z")));
        assert_eq!(found.latest(), found.earliest());
        let east = decide(&[line("4 mars 2026 13:05 (GMT+1)")], None, &[], None);
        assert_eq!(east.earliest(), Some(at("2026-03-04T12:05:00Z")));
    }

    #[test]
    fn the_publication_outranks_the_update() {
        let both = decide(
            &[line("Mis à jour le 5 mars 2026 à 9h00 GMT, publié le 3 mars 2026 à 8h00 GMT")],
            None,
            &[],
            None,
        );
        assert_eq!(both.earliest(), Some(at("2026-03-03T08:00:00Z")));
        let alone = decide(&[line("Updated March 5, 2026, 9:00 AM UTC")], None, &[], None);
        assert_eq!(alone.earliest(), Some(at("2026-03-05T09:00:00Z")));
    }

    #[test]
    fn a_weekday_fixes_the_year_only_under_a_reference() {
        let text = [line("Ce vendredi 15 septembre, le pont de Sourlac a rouvert.")];
        assert_eq!(decide(&[], None, &text, None), Published::UNKNOWN);
        let found = decide(&[], None, &text, Some(at("2024-06-19T00:00:00Z")));
        assert_eq!(found.printed_clock(), Some(at("2023-09-15T00:00:00Z")));
        assert!(matches!(found.evidence(), DateEvidence::Weekday(_)));
        let earlier = decide(&[], None, &text, Some(at("2023-09-14T00:00:00Z")));
        assert_eq!(earlier.printed_clock(), Some(at("2017-09-15T00:00:00Z")));
    }

    #[test]
    fn past_dates_bound_from_below_and_announced_ones_do_not() {
        let past = decide(&[], None, &[line("Le pont avait cédé le 3 mars 2026. On rit.")], None);
        assert_eq!(past.earliest(), Some(at("2026-03-02T10:00:00Z")));
        assert_eq!(past.latest(), None);
        for text in [
            "Le mandat court jusqu'au 31 décembre 2030.",
            "Le pont rouvrira le 3 mars 2030.",
            "The bridge will open on March 3, 2030.",
            "Die Brücke soll bis 3. März 2030 fertig sein.",
        ] {
            assert_eq!(decide(&[], None, &[line(text)], None), Published::UNKNOWN, "{text}");
        }
    }

    #[test]
    fn a_relative_time_alone_is_unknown() {
        assert_eq!(decide(&[line("2 days ago")], None, &[], None), Published::UNKNOWN);
    }

    #[test]
    fn a_date_that_may_be_read_two_ways_spans_both() {
        let found = decide(&[line("Published 3/4/2026")], None, &[], None);
        assert_eq!(found.earliest(), Some(at("2026-03-03T10:00:00Z")));
        assert_eq!(found.latest(), Some(at("2026-04-04T11:59:59Z")));
    }
}
