//! The few calls by which everything here uses the library.

use crate::Failure;
use std::collections::BTreeMap;
use std::time::Instant;
use wirecopy::links::{Link, LinkKind};
use wirecopy::{Article, Config, Granularity, Grouping};

/// A grouping with the places of its articles by id.
pub(crate) struct Answer {
    pub(crate) grouping: Grouping,
    by_id: BTreeMap<String, usize>,
}

impl Answer {
    /// Groups the articles and says how long it took.
    pub(crate) fn of(articles: &[Article], granularity: Granularity) -> Result<Answer, Failure> {
        let start = Instant::now();
        let config = Config::new().granularity(granularity);
        let grouping = wirecopy::group_with(articles, &config)?;
        say!("{} articles grouped in {:.1} s", articles.len(), start.elapsed().as_secs_f64());
        let ids = grouping.set().articles().iter().enumerate();
        let by_id = ids.map(|(index, article)| (article.id().to_string(), index)).collect();
        Ok(Answer { grouping, by_id })
    }

    pub(crate) fn index(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The story of an article.
    pub(crate) fn story(&self, id: &str) -> Option<usize> {
        self.grouping.story_partition().of_article.get(self.index(id)?).copied()
    }

    pub(crate) fn links(&self) -> &[Link] {
        &self.grouping.links().links
    }

    /// The link of two articles, whichever is named first. Links come by ascending `(a, b)`.
    pub(crate) fn link(&self, x: &str, y: &str) -> Option<&Link> {
        let (x, y) = (self.index(x)?, self.index(y)?);
        let pair = (x.min(y), x.max(y));
        let at = self.links().binary_search_by_key(&pair, |link| (link.a, link.b)).ok()?;
        self.links().get(at)
    }
}

/// Whether a link of this kind claims that text was taken over.
pub(crate) fn claims_reuse(kind: LinkKind) -> bool {
    matches!(kind, LinkKind::Copy | LinkKind::Update | LinkKind::Partial)
}

/// The name of a kind in the labelled sets.
pub(crate) fn kind_name(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Copy => "copy",
        LinkKind::Update => "update",
        LinkKind::Partial => "partial",
        LinkKind::Background => "background",
        LinkKind::Series => "series",
        LinkKind::Quotation => "quotation",
        _ => "unknown",
    }
}
