//! What weights are fitted to: the phrases of half 0 and many more of each sort, a file for each language beside this one.
//!
//! With one to four phrases of a sort a cue that parts them by chance is weighed as sure. A phrase that half 1 has too, in
//! any of its lists and with whatever case, accents and signs, is left out, so that half 1 remains held out.

use super::phrases::{self, Phrases};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// A line `[sort]` above the phrases of the sort, one a line; behind a tab the agency that a credit or dateline names.
const FILES: [(&str, &str); 6] = [
    ("fr", include_str!("fit_phrases/fr.txt")),
    ("en", include_str!("fit_phrases/en.txt")),
    ("de", include_str!("fit_phrases/de.txt")),
    ("es", include_str!("fit_phrases/es.txt")),
    ("ar", include_str!("fit_phrases/ar.txt")),
    ("ja", include_str!("fit_phrases/ja.txt")),
];

type List = &'static [&'static str];
type Signed = &'static [(&'static str, &'static str)];

static WIDE: LazyLock<Vec<Phrases>> =
    LazyLock::new(|| FILES.iter().map(|(lang, file)| widened(lang, file)).collect());

/// The lists of a language.
pub(crate) fn of(lang: &str) -> &'static Phrases {
    WIDE.iter().find(|phrases| phrases.lang == lang).unwrap_or(&WIDE[0])
}

struct More {
    by_sort: BTreeMap<&'static str, Vec<&'static str>>,
}

impl More {
    fn list(&self, sort: &str, own: List) -> List {
        let more = self.by_sort.get(sort).into_iter().flatten().copied();
        let all = own.iter().step_by(2).copied().chain(more);
        all.filter(|phrase| lines(phrase).all(|line| !held().contains(&line)))
            .collect::<Vec<_>>()
            .leak()
    }

    fn signed(&self, sort: &str, own: Signed) -> Signed {
        let more = self.by_sort.get(sort).into_iter().flatten();
        let pairs = more.map(|line| line.split_once('\t').expect("a phrase, a tab and an agency"));
        let all = own.iter().step_by(2).copied().chain(pairs);
        all.filter(|(phrase, _)| !held().contains(&bare(phrase))).collect::<Vec<_>>().leak()
    }
}

/// The lines of a phrase, [`bare`].
pub(crate) fn lines(phrase: &str) -> impl Iterator<Item = String> {
    phrase.split('|').map(bare)
}

/// A line without case, accents and signs; one of signs alone as it is.
pub(crate) fn bare(line: &str) -> String {
    let bare: String =
        line.nfd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if bare.is_empty() { line.trim().to_owned() } else { bare }
}

fn widened(lang: &'static str, file: &'static str) -> Phrases {
    let own = phrases::of(lang, 0);
    let more = More { by_sort: by_sort(file) };
    Phrases {
        lang,
        headlines: more.list("headlines", own.headlines),
        sections: more.list("sections", own.sections),
        site: more.list("site", own.site),
        kickers: more.list("kickers", own.kickers),
        people: more.list("people", own.people),
        by: more.list("by", own.by),
        dates: more.list("dates", own.dates),
        advert: more.list("advert", own.advert),
        read_also: more.list("read_also", own.read_also),
        newsletter: more.list("newsletter", own.newsletter),
        share: more.list("share", own.share),
        comments: more.list("comments", own.comments),
        comment_texts: more.list("comment_texts", own.comment_texts),
        related: more.list("related", own.related),
        cookies: more.list("cookies", own.cookies),
        imprint: more.list("imprint", own.imprint),
        media: more.list("media", own.media),
        tools: more.list("tools", own.tools),
        ago: more.list("ago", own.ago),
        captions: more.list("captions", own.captions),
        photo_credits: more.list("photo_credits", own.photo_credits),
        credits: more.signed("credits", own.credits),
        datelines: more.signed("datelines", own.datelines),
        attributions: more.signed("attributions", own.attributions),
        subheads: more.list("subheads", own.subheads),
        standfirsts: more.list("standfirsts", own.standfirsts),
        quotes: more.list("quotes", own.quotes),
        bullets: more.list("bullets", own.bullets),
    }
}

fn by_sort(file: &'static str) -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut sort = "";
    for line in file.lines() {
        let name = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        match name {
            Some(name) if name.bytes().all(|it| it.is_ascii_lowercase() || it == b'_') => {
                sort = name
            }
            _ => found.entry(sort).or_default().push(line),
        }
    }
    found
}

/// What pages of half 1 print in any language, [`bare`].
pub(crate) fn held() -> &'static BTreeSet<String> {
    static HELD: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let mut held = BTreeSet::new();
        for own in &phrases::ALL {
            let odd = |list: List| list.iter().skip(1).step_by(2).flat_map(|phrase| lines(phrase));
            held.extend(plain(own).into_iter().flat_map(odd));
            for list in [own.credits, own.datelines, own.attributions] {
                held.extend(list.iter().skip(1).step_by(2).map(|(phrase, _)| bare(phrase)));
            }
            // Menus are of both halves.
            held.extend(own.sections.iter().map(|section| bare(section)));
        }
        held
    });
    &HELD
}

/// The lists of phrases that name no agency.
pub(crate) fn plain(of: &Phrases) -> [List; 25] {
    [
        of.headlines,
        of.sections,
        of.site,
        of.kickers,
        of.people,
        of.by,
        of.dates,
        of.advert,
        of.read_also,
        of.newsletter,
        of.share,
        of.comments,
        of.comment_texts,
        of.related,
        of.cookies,
        of.imprint,
        of.media,
        of.tools,
        of.ago,
        of.captions,
        of.photo_credits,
        of.subheads,
        of.standfirsts,
        of.quotes,
        of.bullets,
    ]
}
