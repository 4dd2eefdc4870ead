//! The report for people.

use super::wording::because;
use super::{
    EarliestSeen, Report, ReportedArticle, ReportedDispatch, ReportedLink, ReportedPassage,
    ReportedPublisher, ReportedSide, ReportedStory,
};
use crate::article::ArticleId;
use crate::dispatches::{Publisher, VersionOrder};
use crate::links::{Direction, LinkKind};
use crate::page::credit::CreditRole;
use crate::timestamp::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Longest list that is written out; the JSON form holds all.
const LISTED: usize = 20;
/// Most passages quoted of one link.
const QUOTED: usize = 3;
/// Longest quotation, in characters.
const QUOTATION: usize = 160;

/// A summary: each story of several articles with its articles, its dispatches, who was seen first, and what its articles
/// share with a quotation and the reason (of the links inside a dispatch those to its anchor); then what articles of different stories share, the lone articles, what could not be
/// read, and the notices. Long lists are cut and say so.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let summary = Summary::of(self);
        summary.counts(f)?;
        for story in self.stories.iter().filter(|story| story.articles.len() > 1) {
            summary.story(f, story)?;
        }
        summary.across_stories(f)?;
        summary.lone_articles(f)?;
        summary.failures(f)?;
        summary.notices(f)
    }
}

struct Summary<'a> {
    report: &'a Report,
    /// By anchor.
    dispatches: BTreeMap<&'a str, &'a ReportedDispatch>,
    /// Links inside a story by its key; links across stories under `None`.
    links: BTreeMap<Option<&'a str>, Vec<&'a ReportedLink>>,
}

impl<'a> Summary<'a> {
    fn of(report: &'a Report) -> Summary<'a> {
        let dispatches = report.dispatches.iter().map(|it| (it.anchor.as_str(), it)).collect();
        let story = |id: &str| report.article(id).and_then(|article| article.story.as_deref());
        let mut links: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for link in &report.links {
            let (a, b) = (story(&link.a), story(&link.b));
            let shared = if a == b { a } else { None };
            links.entry(shared).or_default().push(link);
        }
        Summary { report, dispatches, links }
    }

    fn counts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = &self.report.statistics;
        let links = &counts.links;
        let kinds = [
            (links.copy, "copy", "copies"),
            (links.update, "update", "updates"),
            (links.partial, "partial reuse", "partial reuses"),
            (links.background, "shared background", "shared backgrounds"),
            (links.series, "series", "series"),
            (links.quotation, "shared quotation", "shared quotations"),
        ];
        let kinds: Vec<String> =
            kinds.iter().filter(|it| it.0 > 0).map(|it| counted(it.0, it.1, it.2)).collect();
        write!(
            f,
            "{} in {} ({} of several articles), {}",
            counted(counts.articles, "article", "articles"),
            counted(counts.stories, "story", "stories"),
            counts.stories_of_several,
            counted(counts.dispatches, "dispatch", "dispatches"),
        )?;
        if !kinds.is_empty() {
            write!(f, "; shared text: {}", kinds.join(", "))?;
        }
        if counts.failures > 0 {
            write!(f, "; {} not read", counts.failures)?;
        }
        writeln!(f)?;
        let of_stories = self.report.stories.iter().filter(|story| story.articles.len() > 1);
        let of_dispatches = self.report.dispatches.iter().map(|it| &it.earliest_seen);
        let mut seen = of_stories.map(|it| &it.earliest_seen).chain(of_dispatches);
        if seen.any(|seen| !seen.certain && !seen.articles.is_empty()) {
            writeln!(
                f,
                "“earliest seen: may be …”: the dates do not tell which of these was first"
            )?;
        }
        let told = |it: &ReportedArticle| it.published.earliest.zip(it.published.latest);
        if self
            .report
            .articles
            .iter()
            .filter_map(told)
            .any(|(from, to)| moment(from, to).contains('±'))
        {
            writeln!(
                f,
                "“(±13 h)”: so far off the time may be, where a page prints no clock or no zone"
            )?;
        }
        Ok(())
    }

    fn story(&self, f: &mut fmt::Formatter<'_>, story: &ReportedStory) -> fmt::Result {
        let title = story.title.as_deref().unwrap_or("(untitled)");
        let origins = match (story.origins.min, story.origins.max) {
            (min, max) if min == max => counted(min, "origin", "origins"),
            (min, max) => format!("{min} to {max} origins"),
        };
        writeln!(f, "\nSTORY  {}", trimmed(title, QUOTATION))?;
        writeln!(
            f,
            "  {}, {}, {origins}; {}",
            counted(story.articles.len(), "article", "articles"),
            counted(story.dispatches.len(), "dispatch", "dispatches"),
            first_seen(&story.earliest_seen),
        )?;
        for id in story.articles.iter().take(LISTED) {
            self.article(f, id)?;
        }
        and_more(f, story.articles.len(), "article", "articles")?;
        for anchor in &story.dispatches {
            if let Some(dispatch) = self.dispatches.get(anchor.as_str()) {
                self.dispatch(f, Some(story), dispatch)?;
            }
        }
        let links = self.links.get(&Some(story.key.as_str())).map_or(&[][..], Vec::as_slice);
        let (told, follow): (Vec<_>, Vec<_>) =
            links.iter().copied().partition(|link| !self.follows_from_anchor(link));
        self.links(f, &told)?;
        if !follow.is_empty() {
            let count = counted(follow.len(), "more link", "more links");
            writeln!(f, "    {count} between texts that are linked to their anchor")?;
        }
        same_story(f, story, links)
    }

    /// Whether both ends carry one dispatch and neither is its anchor: eight copies have 28 links, of which the seven to
    /// the anchor tell all a reader needs.
    fn follows_from_anchor(&self, link: &ReportedLink) -> bool {
        let dispatches_of = |id: &str| {
            self.report.article(id).map_or(&[][..], |article| article.dispatches.as_slice())
        };
        let of_b = dispatches_of(&link.b);
        let shared = dispatches_of(&link.a).iter().find(|anchor| of_b.contains(*anchor));
        link.kind.makes_dispatches()
            && shared.is_some_and(|anchor| *anchor != link.a && *anchor != link.b)
    }

    fn article(&self, f: &mut fmt::Formatter<'_>, id: &str) -> fmt::Result {
        let Some(article) = self.report.article(id) else { return Ok(()) };
        let title = trimmed(article.title.as_deref().unwrap_or("(untitled)"), 90);
        writeln!(f, "  - {}: {title}{}", shown(id), of_article(article))
    }

    fn dispatch(
        &self,
        f: &mut fmt::Formatter<'_>,
        story: Option<&ReportedStory>,
        dispatch: &ReportedDispatch,
    ) -> fmt::Result {
        writeln!(
            f,
            "  DISPATCH of {} in {}",
            counted(dispatch.members.len(), "text", "texts"),
            counted(dispatch.versions.len(), "version", "versions"),
        )?;
        // What the story above says already is not said again.
        if story.is_none_or(|story| dispatch.earliest_seen != story.earliest_seen) {
            writeln!(f, "    {}", first_seen(&dispatch.earliest_seen))?;
        }
        for member in dispatch.members.iter().take(LISTED) {
            let anchor = if member.article == dispatch.anchor { ", anchor" } else { "" };
            let mut remarks = String::new();
            if let Some(share) = member.truncated {
                remarks.push_str(&format!("; breaks off after {:.0} % of the text", share * 100.0));
            }
            if let Some(twin) = &member.twin_of {
                remarks.push_str(&format!("; another edition of {}", shown(twin)));
            }
            if member.decided {
                remarks.push_str("; in by decision");
            }
            let host = if member.primary { "" } else { "; carries more of another dispatch" };
            writeln!(
                f,
                "    - {}: {:.0} % of its words{anchor}, version {}{host}{remarks}",
                shown(&member.article),
                member.coverage * 100.0,
                member.version + 1,
            )?;
        }
        and_more(f, dispatch.members.len(), "text", "texts")?;
        if let Some(source) = &dispatch.source {
            writeln!(f, "    source, from the agency's own feed: {}", shown(source))?;
        }
        let others = dispatch.wires.iter().filter(|id| Some(*id) != dispatch.source.as_ref());
        let others: Vec<&str> = others.map(ArticleId::as_str).collect();
        if !others.is_empty() {
            writeln!(f, "    over the wire: {}", shown(&others.join(", ")))?;
        }
        let ahead = dispatch.versions.iter().flat_map(|version| &version.ahead_of_source);
        let ahead: Vec<&str> = ahead.map(ArticleId::as_str).collect();
        if !ahead.is_empty() {
            let ids = shown(&ahead.join(", "));
            writeln!(f, "    dated before the wire, by embargo or mistake: {ids}")?;
        }
        if dispatch.common_source_missing {
            writeln!(f, "    common source not in the collection")?;
        }
        versions(f, dispatch)?;
        pick_up(f, dispatch)
    }

    fn links(&self, f: &mut fmt::Formatter<'_>, links: &[&ReportedLink]) -> fmt::Result {
        for link in links.iter().take(LISTED) {
            self.link(f, link)?;
        }
        and_more(f, links.len(), "link", "links")
    }

    fn link(&self, f: &mut fmt::Formatter<'_>, link: &ReportedLink) -> fmt::Result {
        let words: usize = link.passages.iter().map(|passage| passage.matched_tokens).sum();
        let why = &link.explanation;
        write!(
            f,
            "  {} {} ~ {}: {} in {}; {:.0} % of the first, {:.0} % of the second",
            kind(link.kind),
            shown(&link.a),
            shown(&link.b),
            counted(words, "word", "words"),
            counted(link.passages.len(), "passage", "passages"),
            why.containment_a * 100.0,
            why.containment_b * 100.0,
        )?;
        for (holds, remark) in [
            (link.truncated, "one breaks off"),
            (link.withdraws.is_some(), "one declares the other void"),
            (link.direction == Direction::AToB, "the first is the earlier"),
            (link.direction == Direction::BToA, "the second is the earlier"),
            (!link.conflicts.is_empty(), "details differ:"),
        ] {
            if holds {
                write!(f, "; {remark}")?;
            }
        }
        for conflict in link.conflicts.iter().take(QUOTED) {
            if let (Some(a), Some(b)) = (&conflict.a.text, &conflict.b.text) {
                write!(f, " {} / {}", trimmed(a, 40), trimmed(b, 40))?;
            }
        }
        writeln!(f)?;
        writeln!(f, "      because: {}", because(why))?;
        // The longest passages say most.
        let mut passages: Vec<&ReportedPassage> = link.passages.iter().collect();
        passages.sort_by_key(|passage| std::cmp::Reverse(passage.matched_tokens));
        for passage in passages.into_iter().take(QUOTED) {
            let manner = if passage.verbatim { "verbatim" } else { "edited" };
            writeln!(f, "      {manner}: {}", quotation(&passage.a))?;
        }
        Ok(())
    }

    /// The dispatches that no story above has shown, and the links.
    fn across_stories(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(links) = self.links.get(&None) else { return Ok(()) };
        writeln!(f, "\nSHARED TEXT ACROSS STORIES")?;
        let shown = self.report.stories.iter().filter(|story| story.articles.len() > 1);
        let shown: BTreeSet<&str> =
            shown.flat_map(|story| &story.dispatches).map(ArticleId::as_str).collect();
        let others: Vec<_> =
            self.dispatches.iter().filter(|(anchor, _)| !shown.contains(*anchor)).collect();
        for (_, dispatch) in others.iter().take(LISTED) {
            self.dispatch(f, None, dispatch)?;
        }
        and_more(f, others.len(), "dispatch", "dispatches")?;
        self.links(f, links)
    }

    fn lone_articles(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lone: Vec<&ReportedStory> =
            self.report.stories.iter().filter(|story| story.articles.len() == 1).collect();
        if !lone.is_empty() {
            writeln!(f, "\nSTORIES OF ONE ARTICLE: {}", lone.len())?;
        }
        for story in lone.iter().take(LISTED) {
            self.article(f, &story.key)?;
        }
        and_more(f, lone.len(), "article", "articles")
    }

    fn failures(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.report.failures.is_empty() {
            writeln!(f, "\nNOT READ")?;
        }
        for failure in self.report.failures.iter().take(LISTED) {
            writeln!(f, "  - {}", shown(&failure.to_string()))?;
        }
        and_more(f, self.report.failures.len(), "failure", "failures")
    }

    fn notices(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.report.notices.is_empty() {
            writeln!(f, "\nTO KNOW")?;
        }
        for notice in &self.report.notices {
            write!(f, "  - ")?;
            if !notice.articles.is_empty() {
                write!(f, "{}: ", counted(notice.articles.len(), "article", "articles"))?;
            }
            writeln!(f, "{}", notice.message)?;
        }
        Ok(())
    }
}

/// Why the articles are in a story that share no text with another of it.
fn same_story(
    f: &mut fmt::Formatter<'_>,
    story: &ReportedStory,
    links: &[&ReportedLink],
) -> fmt::Result {
    let linked: BTreeSet<&str> =
        links.iter().flat_map(|link| [link.a.as_str(), link.b.as_str()]).collect();
    let mut told = BTreeSet::new();
    let unlinked = story.evidence.iter().filter(|it| !linked.contains(it.article.as_str()));
    // Of two that are nearest to each other the second says nothing new.
    let reasons: Vec<_> = unlinked
        .filter(|it| {
            told.insert((it.article.as_str(), it.nearest.as_str()));
            !told.contains(&(it.nearest.as_str(), it.article.as_str()))
        })
        .collect();
    for it in reasons.iter().take(LISTED) {
        writeln!(
            f,
            "  SAME STORY {} ~ {}: similar by {:.0} %, mostly in {}",
            shown(&it.article),
            shown(&it.nearest),
            it.similarity * 100.0,
            shown(&it.words.join(", ")),
        )?;
    }
    and_more(f, reasons.len(), "article", "articles")
}

/// The versions after the first, each with what it changed and whether it surely came later.
fn versions(f: &mut fmt::Formatter<'_>, dispatch: &ReportedDispatch) -> fmt::Result {
    let listed = dispatch.versions.iter().enumerate().skip(1);
    for (index, version) in listed.clone().take(LISTED) {
        let Some(change) = &version.change else { continue };
        let order = match change.order {
            VersionOrder::Dates => "later by the dates",
            VersionOrder::Withdrawal => "later: it withdraws the one before",
            VersionOrder::EditsCarriedOn => "later: it carries on the edits of the one before",
            _ => "order not known",
        };
        let changed = match (change.added.len(), change.removed.len()) {
            (0, 0) => "nothing added or removed".to_owned(),
            (added, removed) => format!(
                "{} added, {} removed",
                counted(added, "passage", "passages"),
                counted(removed, "passage", "passages"),
            ),
        };
        writeln!(f, "    version {} ({} words): {changed}; {order}", index + 1, version.tokens,)?;
    }
    and_more(f, listed.count(), "version", "versions")
}

/// Who carried it, where a publisher is known.
fn pick_up(f: &mut fmt::Formatter<'_>, dispatch: &ReportedDispatch) -> fmt::Result {
    let known = |it: &&ReportedPublisher| !matches!(it.publisher, Publisher::Unknown(_));
    let publishers = dispatch.pick_up.publishers.iter().filter(known);
    if publishers.clone().next().is_none() {
        return Ok(());
    }
    let agency = dispatch.pick_up.agency.map_or(String::new(), |agency| format!(" ({agency})"));
    writeln!(
        f,
        "    picked up{agency} by {}",
        counted(publishers.clone().count(), "publisher", "publishers")
    )?;
    for it in publishers.clone().take(LISTED) {
        let manner = match it.edited {
            Some(true) => ", edited",
            Some(false) => ", verbatim",
            None => "",
        };
        writeln!(
            f,
            "      {}: {}, {:.0} % of the text{manner}, {}",
            shown(&it.publisher.to_string()),
            counted(it.counted, "article", "articles"),
            it.carries * 100.0,
            it.credit,
        )?;
    }
    and_more(f, publishers.count(), "publisher", "publishers")?;
    let unknown = dispatch.pick_up.publishers.iter().filter(|it| !known(it));
    match unknown.map(|it| it.counted).sum() {
        0 => Ok(()),
        unknown => {
            writeln!(f, "      of no known publisher: {}", counted(unknown, "article", "articles"))
        }
    }
}

/// Outlet, date and agencies.
fn of_article(article: &ReportedArticle) -> String {
    let mut text = String::new();
    if let Some(outlet) = &article.outlet {
        text.push_str(&format!(", {}", shown(outlet)));
    }
    text.push_str(&match (article.published.earliest, article.published.latest) {
        (Some(from), Some(to)) => format!(", {}", moment(from, to)),
        (Some(from), None) => format!(", not before {}", day(from)),
        (None, Some(to)) => format!(", not after {}", day(to)),
        (None, None) => ", undated".to_owned(),
    });
    let credits = article.credits.iter().filter(|credit| credit.role == CreditRole::Text);
    let mut agencies: Vec<_> = credits.map(|credit| credit.agency).collect();
    agencies.sort();
    agencies.dedup();
    for agency in agencies {
        text.push_str(&format!(", {agency}"));
    }
    text
}

/// An instant to the minute; a short interval as the day in its middle with its reach; a longer one by its two days.
fn moment(from: Timestamp, to: Timestamp) -> String {
    let reach = (to.unix_seconds() - from.unix_seconds()) / 2;
    let middle = from.plus_seconds(reach);
    match reach {
        0 => format!("{} UTC", middle.to_string().get(..16).unwrap_or_default().replace('T', " ")),
        1..=172_800 => format!("{} (±{} h)", day(middle), (reach + 1_800) / 3_600),
        _ => format!("{} to {}", day(from), day(to)),
    }
}

fn day(instant: Timestamp) -> String {
    instant.to_string().chars().take_while(|&c| c != 'T').collect()
}

/// Never "original": whoever wrote the text may not be in the collection.
fn first_seen(seen: &EarliestSeen) -> String {
    let mut names = seen.articles.iter().take(3).map(|id| shown(id)).collect::<Vec<_>>().join(", ");
    if seen.articles.len() > 3 {
        names.push_str(&format!(" or {}", counted(seen.articles.len() - 3, "other", "others")));
    }
    if seen.certain {
        format!("earliest seen: {names}")
    } else if seen.articles.is_empty() {
        "earliest seen: unknown".to_owned()
    } else {
        format!("earliest seen: may be {names}")
    }
}

fn kind(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Copy => "COPY",
        LinkKind::Update => "UPDATE",
        LinkKind::Partial => "PARTIAL REUSE",
        LinkKind::Background => "BACKGROUND",
        LinkKind::Series => "SERIES",
        LinkKind::Quotation => "QUOTATION",
    }
}

/// The words of a passage, or where they stand when the report holds none.
fn quotation(side: &ReportedSide) -> String {
    match &side.texts {
        Some(texts) => format!("“{}”", trimmed(&texts.join(" "), QUOTATION)),
        None => format!("bytes {:?}, {}", side.span, counted(side.tokens, "word", "words")),
    }
}

/// `text` with its control characters and direction overrides written out (`\u{1b}`): titles, names and ids come from pages
/// and file names, and must neither command a terminal nor reorder or break the lines around them.
fn shown(text: &str) -> String {
    let harmless = |c: char| {
        !c.is_control()
            && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
    };
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if harmless(c) { line.push(c) } else { line.extend(c.escape_unicode()) }
    }
    line
}

/// One line of at most `limit` characters, cut between words where that costs little.
fn trimmed(text: &str, limit: usize) -> String {
    let line = shown(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    match line.char_indices().nth(limit) {
        None => line,
        Some((end, _)) => {
            let head = &line[..end];
            let cut = head.rfind(' ').filter(|&cut| cut > end / 2).unwrap_or(end);
            format!("{} …", head[..cut].trim_end())
        }
    }
}

fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

fn and_more(f: &mut fmt::Formatter<'_>, count: usize, one: &str, several: &str) -> fmt::Result {
    match count.checked_sub(LISTED) {
        Some(more) if more > 0 => {
            writeln!(f, "    … and {more} more {}", if more == 1 { one } else { several })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_as_precise_as_they_are_known() {
        let at = |text: &str| Timestamp::parse(text).unwrap();
        let (noon, night) = (at("2026-03-03T12:00:00Z"), at("2026-03-03T23:59:59Z"));
        assert_eq!(moment(noon, noon), "2026-03-03 12:00 UTC");
        assert_eq!(moment(at("2026-03-03T00:00:00Z"), night), "2026-03-03 (±12 h)");
        assert_eq!(moment(at("2026-02-03T00:00:00Z"), night), "2026-02-03 to 2026-03-03");
    }

    #[test]
    fn what_would_command_a_terminal_or_break_a_line_is_written_out() {
        assert_eq!(shown("a\u{1b}[31m\nb\u{202e}c"), "a\\u{1b}[31m\\u{a}b\\u{202e}c");
        assert_eq!(trimmed("x\u{7}\ny", 20), "x\\u{7} y");
        assert_eq!(shown("été, n° 1 – «\u{a0}ok\u{a0}» 👍"), "été, n° 1 – «\u{a0}ok\u{a0}» 👍");
    }

    #[test]
    fn a_quotation_is_one_line_and_cut_between_words() {
        assert_eq!(trimmed("un  deux\ntrois", 20), "un deux trois");
        assert_eq!(trimmed("un deux trois quatre", 12), "un deux …");
        assert_eq!(trimmed("éééééééééé", 4), "éééé …");
    }
}
