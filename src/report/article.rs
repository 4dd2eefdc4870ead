//! An article in the report.

use super::Names;
use crate::article::{Article, ArticleId, Role};
use crate::language::Language;
use crate::page::{Agency, CreditRole};
use crate::span::Span;
use crate::stories::Granularity;
use crate::text::LengthClass;
use crate::timestamp::{DateEvidence, Published, Timestamp};
use std::borrow::Cow;
use std::sync::Arc;

/// An article: what is known of it, and where it went.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReportedArticle {
    /// Its id.
    pub id: ArticleId,
    /// Its title.
    pub title: Option<Arc<str>>,
    /// The outlet that published it.
    pub outlet: Option<Arc<str>>,
    /// The family of publishers that the outlet belongs to.
    pub family: Option<Arc<str>>,
    /// Publisher's text or the agency's own feed.
    pub role: Role,
    /// ISO 639-1 code of its language, the one that links and stories went by; `null` where no text told it.
    pub language: Option<Language>,
    /// What the language is known from: `caller`, `text` (its own or, of one too short to tell, that of the set), `nothing`.
    #[cfg_attr(feature = "serde", serde(default))]
    pub language_read_from: Cow<'static, str>,
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
    pub story: Option<ArticleId>,
    /// Keys of the groups it is in at all three granularities.
    pub hierarchy: ReportedHierarchy,
    /// Anchors of the dispatches it belongs to, by ascending id.
    pub dispatches: Vec<ArticleId>,
    /// Anchor of the dispatch that covers most of it.
    pub primary_dispatch: Option<ArticleId>,
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
    pub event: Option<ArticleId>,
    /// The happening with its consequences.
    pub story: Option<ArticleId>,
    /// One continuing subject.
    pub topic: Option<ArticleId>,
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
    pub read_from: Cow<'static, str>,
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
            read_from: Cow::Borrowed(read_from),
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
            id: article.id().clone(),
            title: article.title_shared().cloned(),
            outlet: article.outlet_shared().cloned(),
            family: article.family_shared().cloned(),
            role: article.role(),
            language,
            language_read_from: Cow::Borrowed(match (article.language(), language) {
                (Some(_), _) => "caller",
                (None, Some(_)) => "text",
                (None, None) => "nothing",
            }),
            published: article.published().into(),
            tokens: text.tokens().len(),
            length_class: text.length_class(),
            body: article.body_spans().to_vec(),
            credits: credits(article),
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
        })
        .collect()
}

fn credits(article: &Article) -> Vec<ReportedCredit> {
    let credits = article.credits().iter().map(|credit| ReportedCredit {
        agency: credit.agency,
        role: credit.role,
        span: credit.span,
    });
    credits.collect()
}
