//! Articles → links → dispatches → stories → report, stage by stage.

use wirecopy::dispatches::{self, DispatchConfig};
use wirecopy::links::{LinkConfig, Links, find_links};
use wirecopy::report::{Report, ReportContext};
use wirecopy::stories::{self, StoryConfig};
use wirecopy::text::TextScheme;
use wirecopy::{Article, ArticleSet, Published, Result, Timestamp};
use wirecopy_bench_corpus::Corpus;

use crate::measure::{Figures, Memory, seconds, seconds_with};

/// Articles of about 600 words, as long as those of the press.
pub(crate) fn measure(articles: usize) -> Result<Figures> {
    let corpus = Corpus::new(1);
    let read = corpus.articles(articles).map(generated).collect::<Result<Vec<_>>>()?;
    measure_read(&read)
}

/// Words of an article that what is aimed at is stated for.
const WORDS: usize = 400;

/// Articles cut to 400 words.
pub(crate) fn measure_of_one_length(articles: usize) -> Result<Figures> {
    let corpus = Corpus::new(1);
    let read = corpus.articles_of(WORDS).take(articles).map(generated);
    measure_read(&read.collect::<Result<Vec<_>>>()?)
}

fn measure_read(read: &[Article]) -> Result<Figures> {
    let articles = read.len();
    let bytes: usize = read.iter().map(|article| article.original().len()).sum();
    let before = Memory::read();
    let (tokenising, set) = seconds(|| ArticleSet::new(read, TextScheme::default()));
    let mut made = Some(set?);
    let tokenised = Memory::read();
    // The set keeps its words' numbers and its languages for the stages after links.
    let anew = || made.take().map_or_else(|| ArticleSet::new(read, TextScheme::default()), Ok);
    let (linking, (set, links)) = seconds_with(anew, |set| match set {
        Ok(set) => find_links(set, &LinkConfig::default()),
        Err(_) => Ok(Links::default()),
    });
    let (set, links) = (set?, links?);
    let linked = Memory::read();
    let dispatch_config = DispatchConfig::default();
    let (forming, dispatches) = seconds(|| dispatches::form(&set, &links, &dispatch_config));
    let story_config = StoryConfig::default();
    let (clustering, stories) =
        seconds(|| stories::cluster(&set, &links, &dispatches, &story_config));
    let stories = stories?;
    let peak = Memory::read().peak;
    let context = ReportContext::new();
    let (reporting, report) =
        seconds(|| Report::new(&set, &links, &dispatches, &stories, &context).links.len());
    let n = articles as f64;
    assert_eq!(report, links.links.len());
    let stages = [tokenising, linking, forming, clustering, reporting];
    let whole: f64 = stages.iter().map(|stage| stage.cpu).sum();
    let wall = stages.iter().map(|stage| stage.wall).sum();
    Ok(vec![
        ("articles → report, s", whole),
        ("the same on the wall, s", wall),
        ("tokenise, s", tokenising.cpu),
        ("links, s", linking.cpu),
        ("dispatches, s", forming.cpu),
        ("stories, s", clustering.cpu),
        ("report, s", reporting.cpu),
        ("articles/s", n / whole),
        ("peak MB", peak / 1e6),
        ("text B/article", bytes as f64 / n),
        ("beside it B/article", (peak - before.now) / n),
        ("of it tokens", (tokenised.now - before.now) / n),
        ("of it links found", (linked.now - tokenised.now) / n),
        ("at most while linking", (linked.peak - before.now) / n),
        ("pairs aligned/article", links.statistics.pairs_aligned as f64 / n),
        ("links/article", links.links.len() as f64 / n),
        ("stories/1000", stories.stories.len() as f64 * 1e3 / n),
    ])
}

/// An article of the generated corpus as the library knows articles; the ids ascend with the places.
pub(crate) fn generated(article: wirecopy_bench_corpus::Article) -> Result<Article> {
    Ok(Article::new(format!("{:08}", article.place), article.text)?
        .with_title(article.title)
        .with_outlet(format!("outlet {}", article.outlet))
        .with_published(Published::at(Timestamp::from_unix_seconds(article.published)?)))
}
