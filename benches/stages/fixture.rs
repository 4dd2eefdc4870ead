//! What the benchmarks read, and how their answers are checked.

use std::collections::HashSet;
use std::sync::LazyLock;

use minhash_lsh::{Kernel, Scheme, SignatureMatrix, Sketcher};
use wirecopy::duplicates::Duplicates;
use wirecopy::text::{Shingler, TextScheme};
use wirecopy_bench_corpus::{Article, Corpus, Language, PlantedPair};

/// Lanes of a signature, in all benchmarks.
pub(crate) const K: usize = 128;
/// Bands and rows of the comparisons with other libraries.
pub(crate) const BANDS: usize = 16;
/// See [`BANDS`].
pub(crate) const ROWS: usize = 8;
/// From which Jaccard similarity on two texts count as duplicates.
pub(crate) const THRESHOLD: f64 = 0.8;

/// The corpus of all figures.
pub(crate) static CORPUS: LazyLock<Corpus> = LazyLock::new(|| Corpus::new(1));

/// Texts of one kind.
pub(crate) struct Texts {
    /// What the benchmark calls them.
    pub(crate) name: &'static str,
    pub(crate) texts: Vec<String>,
}

impl Texts {
    /// The first `n` articles, of all scripts.
    pub(crate) fn mixed(n: usize) -> Texts {
        Texts { name: "mixed", texts: CORPUS.articles(n).map(|article| article.text).collect() }
    }

    /// Those of them that look French.
    pub(crate) fn french(n: usize) -> Texts {
        Texts { name: "french", texts: texts_of(n, |article| article.language == Language::French) }
    }

    /// Those without spaces between words.
    pub(crate) fn unspaced(n: usize) -> Texts {
        let unspaced = [Language::Chinese, Language::Japanese];
        Texts { name: "unspaced", texts: texts_of(n, |a| unspaced.contains(&a.language)) }
    }

    /// The first 26 words of French articles: flashes.
    pub(crate) fn flashes(n: usize) -> Texts {
        let cut = |text: &String| text.split(' ').take(26).collect::<Vec<_>>().join(" ");
        Texts { name: "flashes", texts: Texts::french(n).texts.iter().map(cut).collect() }
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.texts.iter().map(|text| text.len() as u64).sum()
    }
}

fn texts_of(n: usize, keep: impl Fn(&Article) -> bool) -> Vec<String> {
    CORPUS.articles(n).filter(|article| keep(article)).map(|article| article.text).collect()
}

/// The shingle hashes of each text.
pub(crate) fn shingle_sets(texts: &[String]) -> Vec<Vec<u64>> {
    let mut shingler = Shingler::new(TextScheme::default());
    texts.iter().map(|text| shingler.shingles_of(text).to_vec()).collect()
}

/// The sketcher of all benchmarks.
pub(crate) fn sketcher() -> Sketcher {
    Sketcher::new(Scheme::new(K).expect("128 is a multiple of 8"))
}

/// The signatures of the first `n` articles, made without holding their texts.
pub(crate) fn signatures(n: usize) -> SignatureMatrix {
    let sketcher = sketcher();
    let mut shingler = Shingler::new(TextScheme::default());
    let mut lanes = vec![0; n * K];
    for (article, row) in CORPUS.articles(n).zip(lanes.chunks_exact_mut(K)) {
        sketcher.sketch_into(shingler.shingles_of(&article.text), row).expect("K lanes");
    }
    SignatureMatrix::from_lanes(*sketcher.scheme(), lanes).expect("they were sketched")
}

/// The pairs of copies that were planted among the first `n` articles.
pub(crate) fn planted(n: usize) -> Vec<PlantedPair> {
    CORPUS.planted_pairs(n).collect()
}

/// The pairs that an answer holds: those it names, and any two members of a group.
///
/// Both members of a pair within a group were compared with the anchor, not with one another; as the Jaccard distance is a
/// metric, 0.8 to the anchor means at least 0.6 between them.
pub(crate) fn pairs_of(answer: &Duplicates) -> HashSet<(usize, usize)> {
    let named = answer.pairs().iter().map(|pair| (pair.first as usize, pair.second as usize));
    let grouped = answer.groups().iter().flat_map(|group| {
        let members = &group.members;
        members
            .iter()
            .enumerate()
            .flat_map(|(at, &b)| members[..at].iter().map(move |&a| (a as usize, b as usize)))
    });
    named.chain(grouped).collect()
}

/// Work is done by one thread, so that figures of stages can be added and compared with libraries that have but one.
pub(crate) fn use_one_thread() {
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().expect("no pool was used before");
}

/// Whether the arguments ask for the benchmarks of `group`: those of criterion name none or a part of an id.
pub(crate) fn is_asked_for(group: &str, groups: &[&str]) -> bool {
    let filters: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let names_a_group = |filter: &String| groups.iter().any(|group| filter.starts_with(group));
    !filters.iter().any(names_a_group) || filters.iter().any(|filter| filter.starts_with(group))
}

/// A shingler for each kernel, with its name.
pub(crate) fn shinglers() -> Vec<(Kernel, Shingler)> {
    let on = |&kernel: &Kernel| {
        let shingler = Shingler::new(TextScheme::default()).with_kernel(kernel);
        (kernel, shingler.expect("it is available"))
    };
    Kernel::available().iter().map(on).collect()
}

/// The first `n` articles as the library knows articles; their ids ascend with their places.
pub(crate) fn articles(n: usize) -> Vec<wirecopy::Article> {
    CORPUS.articles(n).map(read).collect()
}

fn read(article: Article) -> wirecopy::Article {
    let published = wirecopy::Timestamp::from_unix_seconds(article.published).expect("2026");
    wirecopy::Article::new(format!("{:08}", article.place), article.text)
        .expect("shorter than the limit")
        .with_title(article.title)
        .with_outlet(format!("outlet {}", article.outlet))
        .with_published(wirecopy::Published::at(published))
}

/// Articles of one length, and the planted story of each.
pub(crate) struct Told {
    pub(crate) articles: Vec<wirecopy::Article>,
    pub(crate) stories: Vec<u64>,
}

/// The first `n` articles that have so many words, cut to them.
pub(crate) fn told_in(words: usize, n: usize) -> Told {
    let (stories, articles) =
        CORPUS.articles_of(words).take(n).map(|article| (article.story, read(article))).unzip();
    Told { articles, stories }
}
