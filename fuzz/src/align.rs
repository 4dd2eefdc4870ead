//! Alignment and links of texts made of few words, so that everything repeats, or of any bytes.

use std::ops::Range;

use wirecopy::links::{Alignment, Link, LinkConfig, align, find_links};
use wirecopy::text::{TextScheme, TokenisedText};
use wirecopy::{Article, ArticleSet};

use crate::input::Input;

pub fn run(data: &[u8]) {
    let mut input = Input::new(data);
    let texts = if input.byte() % 4 == 0 { any_texts(data) } else { composed(&mut input) };
    let scheme = TextScheme::default();
    let read = |text: &String| TokenisedText::of_text(text, &scheme).expect("short enough");
    let tokenised: Vec<TokenisedText> = texts.iter().map(read).collect();
    for a in &tokenised {
        for b in &tokenised {
            aligned(a, b);
        }
    }
    linked(&texts);
}

/// The data cut at zero bytes, as text.
fn any_texts(data: &[u8]) -> Vec<String> {
    let pieces = data.split(|&byte| byte == 0).take(4);
    pieces.map(|piece| String::from_utf8_lossy(piece).into_owned()).collect()
}

/// Up to four texts of words of a small vocabulary, with stretches copied out of the texts before.
fn composed(input: &mut Input<'_>) -> Vec<String> {
    let vocabulary = 1 + u16::from(input.byte() % 64);
    let mut texts: Vec<Vec<u16>> = vec![Vec::new(); 1 + usize::from(input.byte() % 4)];
    while !input.is_empty() && texts.iter().all(|text| text.len() < 2_000) {
        let to = usize::from(input.byte()) % texts.len();
        let step = input.byte();
        let added = if step % 2 == 0 {
            vec![u16::from(input.byte()) % vocabulary]
        } else {
            let from = &texts[usize::from(step >> 1) % texts.len()];
            let start = usize::from(input.byte()).min(from.len());
            let end = (start + usize::from(input.byte())).min(from.len());
            from[start..end].to_vec()
        };
        texts[to].extend(added);
    }
    let said =
        |text: &Vec<u16>| text.iter().map(|word| format!("w{word}")).collect::<Vec<_>>().join(" ");
    texts.iter().map(said).collect()
}

fn aligned(a: &TokenisedText, b: &TokenisedText) {
    let config = LinkConfig::default();
    let stretches = align(a, b, &config);
    let mut taken_a = vec![false; a.tokens().len()];
    let mut taken_b = vec![false; b.tokens().len()];
    for stretch in &stretches {
        let (mut end_a, mut end_b) = (stretch.tokens_a().start, stretch.tokens_b().start);
        for (at, run) in stretch.matches().iter().enumerate() {
            let hashes = |text: &TokenisedText, start: u32| -> Vec<u64> {
                let range = start as usize..(start + run.tokens) as usize;
                text.tokens()[range].iter().map(|token| token.hash).collect()
            };
            assert!(run.tokens > 0 && hashes(a, run.a) == hashes(b, run.b), "equal words");
            assert!(run.a >= end_a && run.b >= end_b, "ascending on both sides");
            assert!(at == 0 || run.a > end_a || run.b > end_b, "touching runs are one");
            (end_a, end_b) = (run.a + run.tokens, run.b + run.tokens);
        }
        assert!(stretch.density() >= config.min_density());
        take(&mut taken_a, stretch.tokens_a());
        take(&mut taken_b, stretch.tokens_b());
    }
    let mut mirrored: Vec<Alignment> =
        align(b, a, &config).iter().map(Alignment::mirrored).collect();
    mirrored.sort();
    assert_eq!(stretches, mirrored);
}

fn take(taken: &mut [bool], range: Range<u32>) {
    for place in range {
        assert!(!std::mem::replace(&mut taken[place as usize], true), "in one stretch only");
    }
}

fn linked(texts: &[String]) {
    let article = |(at, text): (usize, &String)| {
        Article::new(format!("{at}"), text.as_str()).expect("short enough")
    };
    let mut articles: Vec<Article> = texts.iter().enumerate().map(article).collect();
    let set = ArticleSet::new(&articles, TextScheme::default()).expect("ids differ");
    let found = find_links(&set, &LinkConfig::default()).expect("valid configuration");
    assert!(found.links.windows(2).all(|pair| (pair[0].a, pair[0].b) < (pair[1].a, pair[1].b)));
    for link in &found.links {
        verified(&set, link);
    }
    articles.reverse();
    let again = ArticleSet::new(&articles, TextScheme::default()).expect("ids differ");
    assert_eq!(found, find_links(&again, &LinkConfig::default()).expect("valid configuration"));
}

fn verified(set: &ArticleSet, link: &Link) {
    assert!(link.a < link.b && !link.passages.is_empty());
    let explained = &link.explanation;
    for share in [explained.resemblance, explained.containment_a, explained.containment_b] {
        assert!((0.0..=1.0).contains(&share));
    }
    for passage in &link.passages {
        assert!(passage.evidence.is_finite() && passage.evidence >= 0.0);
        for (article, side) in [(link.a, &passage.a), (link.b, &passage.b)] {
            let range = side.tokens.start as usize..side.tokens.end as usize;
            assert_eq!(set.texts()[article].span(range), Some(side.span));
            assert!(side.span.slice(set.articles()[article].original()).is_some());
        }
    }
}
