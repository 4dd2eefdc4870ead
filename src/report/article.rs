//! An article in the report.

use super::Names;
use crate::article::{Article, Role};
use crate::page::{Agency, CreditRole};
use crate::span::Span;
use crate::stories::Granularity;
use crate::text::LengthClass;
use crate::timestamp::{DateEvidence, Published, Timestamp};

/// An article: what is known of it, and where it went.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedArticle {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// The outlet that published it.
    pub outlet: Option<String>,
    /// The family of publishers that the outlet belongs to.
    pub family: Option<String>,
    /// Publisher's text or the agency's own feed.
    pub role: Role,
    /// ISO 639-1 code of its language, the one that links and stories went by; `null` where no text told it.
    pub language: Option<String>,
    /// What the language is known from: `caller`, `text` (its own or, of one too short to tell, that of the set), `nothing`.
    #[cfg_attr(feature = "serde", serde(default))]
    pub language_read_from: String,
    /// When it was published.
    pub published: ReportedPublished,
    /// Number of tokens of the body.
    pub tokens: usize,
    /// Which policy its length puts it under.
    pub length_class: LengthClass,
    /// The spans of its body in the original text, ascending.
    pub body: Vec<Span>,
    /// The agencies it names, and in which sense.
    pub credits: Vec<ReportedCredit>,
    /// Key of its story, at the granularity that was asked for; `null` only when stories were not formed.
    pub story: Option<String>,
    /// Keys of the groups it is in at all three granularities.
    pub hierarchy: ReportedHierarchy,
    /// Anchors of the dispatches it belongs to, by ascending id.
    pub dispatches: Vec<String>,
    /// Anchor of the dispatch that covers most of it.
    pub primary_dispatch: Option<String>,
    /// Whether it contains articles unrelated to each other, and so anchors no dispatch.
    pub compilation: bool,
}

/// The groups of an article at the three granularities, each within the next. A group is called by its smallest article id;
/// `null` only when stories were not formed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedHierarchy {
    /// One happening.
    pub event: Option<String>,
    /// The happening with its consequences.
    pub story: Option<String>,
    /// One continuing subject.
    pub topic: Option<String>,
}

impl ReportedHierarchy {
    fn of(names: &Names<'_>, article: usize) -> ReportedHierarchy {
        let hierarchy = &names.stories.hierarchy;
        let key = |granularity| names.article(hierarchy.key_of(granularity, article)?);
        ReportedHierarchy {
            event: key(Granularity::Event),
            story: key(Granularity::Story),
            topic: key(Granularity::Topic),
        }
    }
}

/// When an article was published, as far as it is known.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedPublished {
    /// Not before; `null` when unknown.
    pub earliest: Option<Timestamp>,
    /// Not after; `null` when unknown.
    pub latest: Option<Timestamp>,
    /// What the bounds were read from: `nothing`, `caller`, `publication_line`, `running_text`, `weekday` or `bounds`.
    pub read_from: String,
    /// Where the original text says so.
    pub span: Option<Span>,
}

/// One naming of an agency.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedCredit {
    /// The agency.
    pub agency: Agency,
    /// In which sense: only `text` makes it an origin.
    pub role: CreditRole,
    /// Where the original text says so.
    pub span: Span,
}

impl From<Published> for ReportedPublished {
    fn from(published: Published) -> ReportedPublished {
        let (read_from, span) = match published.evidence() {
            DateEvidence::Nothing => ("nothing", None),
            DateEvidence::Caller => ("caller", None),
            DateEvidence::PublicationLine(span) => ("publication_line", Some(span)),
            DateEvidence::RunningText(span) => ("running_text", Some(span)),
            DateEvidence::Weekday(span) => ("weekday", Some(span)),
            DateEvidence::Bounds(span) => ("bounds", Some(span)),
        };
        ReportedPublished {
            earliest: published.earliest(),
            latest: published.latest(),
            read_from: read_from.to_owned(),
            span,
        }
    }
}

pub(super) fn reported_articles(names: &Names<'_>) -> Vec<ReportedArticle> {
    let articles = names.set.articles();
    let mut compilations = vec![false; articles.len()];
    for &index in &names.dispatches.compilations {
        if let Some(compilation) = compilations.get_mut(index) {
            *compilation = true;
        }
    }
    let texts = names.set.texts();
    let languages = crate::language::of_set(names.set);
    articles
        .iter()
        .zip(texts)
        .zip(compilations)
        .zip(languages)
        .enumerate()
        .map(|(index, (((article, text), compilation), language))| ReportedArticle {
            language: language.map(|language| language.to_string()),
            language_read_from: match (article.language(), language) {
                (Some(_), _) => "caller",
                (None, Some(_)) => "text",
                (None, None) => "nothing",
            }
            .to_owned(),
            tokens: text.tokens().len(),
            length_class: text.length_class(),
            story: names.stories.of_article.get(index).and_then(|&story| names.story(story)),
            hierarchy: ReportedHierarchy::of(names, index),
            dispatches: names
                .dispatches
                .of(index)
                .filter_map(|(at, _)| names.dispatch(at))
                .collect(),
            primary_dispatch: names
                .dispatches
                .primary
                .get(index)
                .and_then(|primary| names.dispatch((*primary)?)),
            compilation,
            ..described(article)
        })
        .collect()
}

/// What the article says of itself.
fn described(article: &Article) -> ReportedArticle {
    let credits = article.credits().iter().map(|credit| ReportedCredit {
        agency: credit.agency,
        role: credit.role,
        span: credit.span,
    });
    ReportedArticle {
        id: article.id().as_str().to_owned(),
        title: article.title().map(str::to_owned),
        outlet: article.outlet().map(str::to_owned),
        family: article.family().map(str::to_owned),
        role: article.role(),
        language: None,
        language_read_from: String::new(),
        published: article.published().into(),
        tokens: 0,
        length_class: LengthClass::Empty,
        body: article.body_spans().to_vec(),
        credits: credits.collect(),
        story: None,
        hierarchy: ReportedHierarchy::default(),
        dispatches: Vec::new(),
        primary_dispatch: None,
        compilation: false,
    }
}
