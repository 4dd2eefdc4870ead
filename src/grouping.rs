//! The whole way at once: articles in, links, dispatches and stories out.

use crate::dispatches::{self, Dispatch, Dispatches};
use crate::links::{Link, Links, find_links};
use crate::report::{Report, ReportContext};
use crate::stories::{self, Hierarchy, Stories, Story};
use crate::{Article, ArticleSet, Config, Result};

/// Groups articles with the default configuration.
///
/// ```
/// use wirecopy::Article;
/// let dispatch = "Le pont de Sourlac, fermé depuis deux ans, a rouvert mardi matin à la circulation après \
///     trois reports, a annoncé la mairie, qui attend douze mille voitures par jour.";
/// let articles = [
///     Article::new("gazette", dispatch)?.with_title("Sourlac retrouve son pont"),
///     Article::new("courrier", format!("{dispatch} Le quai Nord reste fermé."))?.with_title("Le pont est ouvert"),
/// ];
/// let grouping = wirecopy::group(&articles)?;
/// for story in grouping.stories() {
///     println!("{}: {} articles, {} dispatches", story.title(), story.len(), story.dispatches().count());
/// }
/// assert_eq!(grouping.stories().count(), 1);
/// assert_eq!(grouping.dispatches().dispatches.len(), 1);
/// # Ok::<(), wirecopy::Error>(())
/// ```
///
/// # Errors
/// As [`group_with`].
pub fn group(articles: &[Article]) -> Result<Grouping> {
    group_with(articles, &Config::default())
}

/// Groups articles: tokenises each once, finds and verifies links, forms dispatches around anchors, clusters stories.
///
/// The same articles and configuration give the same answer, whatever their order and the number of threads. With the
/// feature `rayon` the work runs in the caller's pool.
///
/// Cost: linear in the bytes and in the links found; over-full buckets are capped and counted
/// ([`LinkStatistics`](crate::links::LinkStatistics)).
///
/// # Errors
/// `is_duplicate` when two articles carry one id; `is_config` when the configuration asks for what cannot be, such as a
/// recall that no band plan reaches.
pub fn group_with(articles: &[Article], config: &Config) -> Result<Grouping> {
    let set = ArticleSet::new(&config.families().fill_in(articles), *config.text())?;
    let links = find_links(&set, config.links())?;
    let dispatches = dispatches::form_with(&set, &links, config.dispatches(), config.decisions())?;
    let stories =
        stories::cluster_with(&set, &links, &dispatches, config.stories(), config.decisions())?;
    Ok(Grouping { set, links, dispatches, stories, config: config.clone() })
}

/// The answer of [`group`]: the articles in canonical order, and every stage's result over them.
#[derive(Clone, Debug)]
pub struct Grouping {
    set: ArticleSet,
    links: Links,
    dispatches: Dispatches,
    stories: Stories,
    config: Config,
}

impl Grouping {
    /// The articles, by ascending id; the indices of every stage are places in it.
    pub fn set(&self) -> &ArticleSet {
        &self.set
    }

    /// The verified links with their reasons.
    pub fn links(&self) -> &Links {
        &self.links
    }

    /// The dispatches.
    pub fn dispatches(&self) -> &Dispatches {
        &self.dispatches
    }

    /// The stories, by ascending smallest id.
    pub fn stories(&self) -> impl ExactSizeIterator<Item = StoryView<'_>> {
        self.stories.stories.iter().map(|story| StoryView { grouping: self, story })
    }

    /// The stories as the clustering stage gives them: by indices.
    pub fn story_partition(&self) -> &Stories {
        &self.stories
    }

    /// The articles in events, stories and topics, each within one of the next, whatever granularity was asked for.
    pub fn hierarchy(&self) -> &Hierarchy {
        &self.stories.hierarchy
    }

    /// The whole answer by ids, for people (`Display`) and for programs (feature `serde`).
    pub fn report(&self) -> Report {
        self.report_with(ReportContext::new())
    }

    /// The same beside what the caller knows: pages that could not be read, settings of its own; or without the texts.
    pub fn report_with(&self, context: ReportContext) -> Report {
        let context = self.config.describe(context);
        Report::new(&self.set, &self.links, &self.dispatches, &self.stories, &context)
    }
}

/// One story of a grouping, with its articles and dispatches at hand.
#[derive(Clone, Copy, Debug)]
pub struct StoryView<'a> {
    grouping: &'a Grouping,
    story: &'a Story,
}

impl<'a> StoryView<'a> {
    /// The title of the most central article; its id where it has none.
    pub fn title(self) -> &'a str {
        let central = self.grouping.set.articles().get(self.story.central);
        central.map_or("", |article| article.title().unwrap_or(article.id().as_str()))
    }

    /// Number of articles, at least 1.
    #[expect(clippy::len_without_is_empty, reason = "a story holds at least one article")]
    pub fn len(self) -> usize {
        self.story.articles.len()
    }

    /// The articles, by ascending id.
    pub fn articles(self) -> impl Iterator<Item = &'a Article> {
        let articles = self.grouping.set.articles();
        self.story.articles.iter().filter_map(move |&index| articles.get(index))
    }

    /// The dispatches that its articles primarily carry.
    pub fn dispatches(self) -> impl Iterator<Item = &'a Dispatch> {
        let dispatches = &self.grouping.dispatches.dispatches;
        self.story.dispatches.iter().filter_map(move |&index| dispatches.get(index))
    }

    /// The links between two of its articles.
    pub fn links(self) -> impl Iterator<Item = &'a Link> {
        let of_article = &self.grouping.stories.of_article;
        let here = self.story.articles.first().and_then(|&index| of_article.get(index)).copied();
        self.grouping.links.links.iter().filter(move |link| {
            here.is_some()
                && of_article.get(link.a).copied() == here
                && of_article.get(link.b).copied() == here
        })
    }

    /// The story itself, by indices.
    pub fn story(self) -> &'a Story {
        self.story
    }
}
