//! Texts that are laid out by a machine and not by a site: wire dumps, e-mail alerts, exports of press databases, feeds.
//!
//! Such a text says by labels and codes what each line is, so nothing has to be weighed: a layout gives every line a
//! [`Role`] and says at which lines articles begin. The lines of the bodies then go the way that all pages go (paragraphs,
//! datelines, credits, dates).

mod database;
mod digest;
mod email;
mod feed;
mod field;
mod live;
mod plan;
mod wire;

pub use live::LiveEntry;
pub(crate) use live::{entries, is_live};
pub(crate) use plan::{Part, Plan};

use crate::span::Span;

/// How a text is laid out.
///
/// [`Layout::Detect`] asks the text itself, in the order of the variants: only unmistakable signs count, and what has none
/// is a web page. The layout that was used is [`Page::layout`](super::Page::layout).
///
/// ```
/// use wirecopy::page::{Layout, PageReader, read_str};
/// let text = "title: Le pont de Sourlac rouvre\npubDate: Tue, 3 Mar 2026 14:05:00 +0100\ndescription: Onze mois de travaux s'achèvent.\n";
/// assert_eq!(read_str("a", text).layout(), Layout::FeedItems);
/// assert_eq!(PageReader::new().layout(Layout::WebPage).read_str("a", text).layout(), Layout::WebPage);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Layout {
    /// Asks the text; never the layout of a page that was read.
    #[default]
    Detect,
    /// Messages with `From:`, `Subject:` and `Date:`. One article a message, titled by its subject, unless one message brings
    /// several articles, as newsletters and alerts do (each with a title and its day, or with a title, some text and a link to
    /// the rest): then these, and what stands above them if that is a text of its own. A few words above a message that is
    /// passed on are no article. Signatures are left out; quoted lines are left out, unless two thirds of a message's words
    /// are quoted: then they are its text, without the marks. An article that quotes a mail is none.
    EmailAlert,
    /// Items of a feed, as tags (`<item>`, `<title>`) or labelled lines (`title:`, `pubDate:`, `description:`). One article
    /// an item; tags and character references other than letters are cut out of the bodies.
    FeedItems,
    /// What a wire terminal prints: `ZCZC` … `NNNN`, codes, slugs. One article a dispatch; takes are joined.
    WireDump,
    /// Documents of a press database, numbered, closed, or with labelled heads (Europresse, Factiva, GENIOS, LexisNexis, Nikkei
    /// Telecom). One article a document.
    PressDatabase,
    /// Entries under times of the day. One article for them all, with its entries, and one for each text above or below them
    /// that has a title and a day of its own: a host of many dispatches is found
    /// by its passages, and a cut after each entry would make articles of a line or two.
    LiveBlog,
    /// A saved page of a site, with furniture; also plain text, one paragraph a line or wrapped.
    WebPage,
}

impl Layout {
    /// The layout that is meant, asking the text if none is.
    pub(crate) fn of(self, text: &str, lines: &[Span]) -> Layout {
        const HEAD_LINES: usize = 4_000;
        if self != Layout::Detect {
            return self;
        }
        let head: Vec<&str> = lines
            .iter()
            .take(HEAD_LINES)
            .filter_map(|line| line.slice(text))
            .map(|line| line.trim_matches(super::fold::is_blank))
            .collect();
        if email::is_email(&head) {
            Layout::EmailAlert
        } else if feed::is_feed(&head) {
            Layout::FeedItems
        } else if wire::is_wire(&head) {
            Layout::WireDump
        } else if database::is_export(&head) {
            Layout::PressDatabase
        } else if is_live(&head) {
            Layout::LiveBlog
        } else {
            Layout::WebPage
        }
    }

    /// The lines that roles are given to: those of the text, but the tags of a feed may stand many in a line.
    pub(crate) fn lines(self, text: &str, lines: &[Span]) -> Vec<Span> {
        match self {
            Layout::FeedItems => feed::split(text, lines),
            _ => lines.to_vec(),
        }
    }

    /// The roles of the lines; `None` where the layout says nothing about them.
    pub(crate) fn plan(self, text: &str, lines: &[Span]) -> Option<Plan> {
        let slices = || -> Vec<&str> {
            lines.iter().map(|line| line.slice(text).unwrap_or_default()).collect()
        };
        let plan = match self {
            Layout::EmailAlert => email::plan(&slices()),
            Layout::FeedItems => feed::plan(&slices()),
            Layout::WireDump => wire::plan(&slices()),
            Layout::PressDatabase => database::plan(&slices()),
            Layout::Detect | Layout::LiveBlog | Layout::WebPage => return None,
        };
        (!plan.starts.is_empty()).then_some(plan)
    }

    /// The parts of a body span that a reader sees, and the marks between them.
    pub(crate) fn visible(self, text: &str, span: Span) -> (Vec<Span>, Vec<Span>) {
        match self {
            Layout::EmailAlert => email::without_marks(text, span),
            Layout::FeedItems => feed::without_tags(text, span),
            _ => (vec![span], Vec::new()),
        }
    }
}

/// `span` cut at the given ranges (offsets in `text`, ascending): what stays, and what is cut, disjoint.
fn cut(text: &str, span: Span, marks: &[(usize, usize)]) -> (Vec<Span>, Vec<Span>) {
    let (mut kept, mut cuts) = (Vec::new(), Vec::new());
    let mut at = span.start();
    let mut keep = |from: usize, to: usize| {
        let piece = Span::new(from, to).map(|piece| super::line::trim(text, piece));
        kept.extend(piece.filter(|piece| !piece.is_empty()));
    };
    for &(from, to) in marks {
        // A mark inside another is cut with it.
        let from = from.max(at);
        if from >= to {
            continue;
        }
        keep(at, from);
        cuts.extend(Span::new(from, to));
        at = to;
    }
    keep(at, span.end());
    (kept, cuts)
}
