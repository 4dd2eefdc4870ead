//! The corpus is the same everywhere, looks as it says, and its truth is the truth.

use std::collections::{HashMap, HashSet};

use wirecopy_bench_corpus::{
    BLOCK, Corpus, Edit, LENGTH_QUANTILES, Language, five_grams, similarity, words,
};

fn fnv(state: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(state, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3))
}

/// Figures of BENCHMARKS.md are comparable only while this holds.
#[test]
fn the_first_thousand_articles_are_the_published_ones() {
    let corpus = Corpus::new(1);
    let digest = corpus.articles(1_000).fold(0xcbf2_9ce4_8422_2325, |digest, article| {
        let digest = fnv(digest, article.title.as_bytes());
        let digest = fnv(digest, article.text.as_bytes());
        fnv(digest, &article.published.to_le_bytes())
    });
    assert_eq!(digest, 0x359c_25a8_233d_ea3a, "{digest:#x}");
}

#[test]
fn an_article_is_the_same_alone_and_in_any_stream() {
    let corpus = Corpus::new(9);
    let long: Vec<_> = corpus.articles(2_500).collect();
    assert_eq!(long.len(), 2_500);
    assert!(corpus.articles(1_234).eq(long[..1_234].iter().cloned()));
    for place in [0, 999, 1_000, 2_499] {
        assert_eq!(corpus.article(place), long[place]);
    }
}

#[test]
fn another_seed_gives_another_corpus() {
    let texts = |seed| Corpus::new(seed).articles(50).map(|a| a.text).collect::<HashSet<_>>();
    assert!(texts(1).is_disjoint(&texts(2)));
}

#[test]
fn lengths_are_those_of_news() {
    let corpus = Corpus::new(1);
    // One text a group, and no script that counts characters as words.
    let mut lengths: Vec<usize> = corpus
        .articles(8_000)
        .filter(|article| article.edit == Edit::Written)
        .filter(|article| !matches!(article.language, Language::Chinese | Language::Japanese))
        .map(|article| article.text.split(' ').count())
        .collect();
    lengths.sort_unstable();
    for (per_mille, words) in &LENGTH_QUANTILES[1..10] {
        let found = lengths[(lengths.len() - 1) * per_mille / 1_000] as f64;
        let ratio = found / *words as f64;
        assert!((0.85..1.15).contains(&ratio), "{per_mille} ‰: {found} words for {words}");
    }
}

#[test]
fn scripts_have_their_shares() {
    let corpus = Corpus::new(1);
    let mut counts: HashMap<Language, usize> = HashMap::new();
    for article in corpus.articles(20_000) {
        *counts.entry(article.language).or_default() += 1;
    }
    for (language, share) in Language::ALL.into_iter().zip(Language::SHARES) {
        let found = counts[&language] as f64 / 200.0;
        let share = share as f64;
        assert!((found - share).abs() < 0.6 + share / 10.0, "{language:?}: {found} %");
    }
}

#[test]
fn french_has_the_bytes_of_french() {
    let corpus = Corpus::new(1);
    let (mut all, mut beyond, mut tokens) = (0, 0, 0);
    for article in corpus.articles(2_000).filter(|a| a.language == Language::French) {
        all += article.text.len();
        beyond += article.text.bytes().filter(|byte| !byte.is_ascii()).count();
        tokens += article.text.split_whitespace().count();
    }
    let share = beyond as f64 / all as f64;
    let bytes = all as f64 / tokens as f64;
    // 0.082 and 6.54 in 2,580 articles of the French press.
    assert!((0.072..0.092).contains(&share), "{share:.3} of the bytes are not ASCII");
    assert!((6.0..7.1).contains(&bytes), "{bytes:.2} bytes a word");
}

#[test]
fn a_fifth_stands_in_groups_and_every_edit_occurs() {
    let corpus = Corpus::new(1);
    let articles: Vec<_> = corpus.articles(5 * BLOCK).collect();
    let mut groups: HashMap<u64, Vec<usize>> = HashMap::new();
    for article in &articles {
        groups.entry(article.group).or_default().push(article.place);
    }
    let grouped: usize = groups.values().map(Vec::len).filter(|&size| size > 1).sum();
    assert!((990..=1_000).contains(&grouped), "{grouped} in groups");
    let edits: HashSet<Edit> = articles.iter().map(|article| article.edit).collect();
    assert_eq!(edits.len(), 10);
    let pairs: Vec<_> = corpus.planted_pairs(articles.len()).collect();
    let expected: usize = groups.values().map(|group| group.len() * (group.len() - 1) / 2).sum();
    assert_eq!(pairs.len(), expected);
    let high = pairs.iter().filter(|pair| pair.jaccard >= 0.8).count();
    assert!(high * 2 > pairs.len(), "{high} of {} pairs at 0.8 and above", pairs.len());
    assert!(pairs.iter().any(|pair| (0.3..0.6).contains(&pair.jaccard)));
}

#[test]
fn copies_are_as_similar_as_their_edit_says() {
    let corpus = Corpus::new(1);
    let mut seen = HashSet::new();
    for pair in corpus.planted_pairs(3_000) {
        let [Edit::Written, edit] = sorted(pair.edits) else { continue };
        seen.insert(edit);
        match edit {
            Edit::Exact => assert_eq!(pair.jaccard, 1.0),
            Edit::Prepended | Edit::Framed | Edit::Truncated => {
                assert!(pair.containment > 0.85, "{pair:?}");
            }
            Edit::Retitled | Edit::Inserted | Edit::Mixed => assert!(pair.jaccard < 1.0),
            // Of a short text nothing may have been left to drop or change.
            _ => assert!(pair.jaccard > 0.1, "{pair:?}"),
        }
    }
    assert_eq!(seen.len(), 9);
}

fn sorted(mut edits: [Edit; 2]) -> [Edit; 2] {
    edits.sort();
    edits
}

/// What makes the planted pairs the whole truth above one half.
#[test]
fn articles_of_two_groups_never_share_half_their_shingles() {
    let corpus = Corpus::new(1);
    let articles: Vec<_> = corpus.articles(2_000).collect();
    let words: Vec<Vec<String>> = articles.iter().map(|article| words(&article.text)).collect();
    let sets: Vec<HashSet<&[String]>> = words.iter().map(|words| five_grams(words)).collect();
    let mut holders: HashMap<&[String], Vec<usize>> = HashMap::new();
    for (place, set) in sets.iter().enumerate() {
        for gram in set {
            holders.entry(gram).or_default().push(place);
        }
    }
    let mut shared: HashSet<(usize, usize)> = HashSet::new();
    for holders in holders.values() {
        for (at, &b) in holders.iter().enumerate() {
            shared.extend(holders[..at].iter().map(|&a| (a, b)));
        }
    }
    shared.retain(|&(a, b)| articles[a].group != articles[b].group);
    let worst = shared.iter().map(|&(a, b)| similarity(&sets[a], &sets[b]).0).fold(0.0, f64::max);
    assert!(shared.len() > 1_000 && worst < 0.4, "{} pairs, at most {worst}", shared.len());
}
