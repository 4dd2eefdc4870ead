//! Inputs that broke other tools: an answer or a clear error, in linear time, never a panic.

mod common;

use std::time::{Duration, Instant};
use wirecopy::links::LinkKind;
use wirecopy::text::LengthClass;
use wirecopy::{Article, Grouping};

fn article(id: &str, body: impl Into<std::sync::Arc<str>>) -> Article {
    Article::new(id, body).expect("a valid article")
}

fn group(articles: &[Article]) -> Grouping {
    wirecopy::group(articles).expect("these articles group")
}

fn length_class(grouping: &Grouping, index: usize) -> LengthClass {
    grouping.set().texts()[index].length_class()
}

#[test]
fn no_articles_give_an_empty_answer() {
    let grouping = group(&[]);
    assert_eq!(grouping.stories().count(), 0);
    assert!(grouping.links().links.is_empty());
}

#[test]
fn empty_texts_equal_nothing_and_are_named() {
    let grouping =
        group(&[article("a", ""), article("b", ""), article("c", " \u{a0}\r\n\u{feff}")]);
    assert!(grouping.links().links.is_empty());
    assert_eq!(grouping.stories().count(), 3);
    assert!((0..3).all(|index| length_class(&grouping, index) == LengthClass::Empty));
}

#[test]
fn one_token_texts_are_read_and_never_called_copies_of_a_longer_text() {
    let long =
        "Sourlac rouvre son pont mardi matin après deux ans de travaux et trois reports successifs";
    let grouping = group(&[article("a", "Sourlac"), article("b", "Sourlac"), article("c", long)]);
    assert!(grouping.links().links.iter().all(|link| (link.a, link.b) == (0, 1)));
    assert_eq!(length_class(&grouping, 0), LengthClass::BelowShingle);
}

#[test]
fn words_joined_otherwise_are_other_words() {
    let tail = "le maire de Sourlac annonce la réouverture du pont pour mardi matin après deux ans";
    let a = article("a", format!("ab c {tail}"));
    let b = article("b", format!("a bc {tail}"));
    let set = wirecopy::ArticleSet::new(&[a, b], Default::default()).expect("two articles");
    let first = |index: usize| set.texts()[index].shingles().first().copied();
    assert_ne!(first(0), first(1));
}

#[test]
fn a_byte_order_mark_and_line_ends_change_nothing() {
    let lines =
        ["Le pont de Sourlac a rouvert mardi matin.", "Il était fermé depuis deux ans.", "FIN"];
    let set = wirecopy::ArticleSet::new(
        &[
            article("a", lines.join("\n")),
            article("b", format!("\u{feff}{}", lines.join("\r\n"))),
            article("c", lines.join("\u{2028}")),
        ],
        Default::default(),
    )
    .expect("three articles");
    assert_eq!(set.texts()[0].shingles(), set.texts()[1].shingles());
    assert_eq!(set.texts()[0].shingles(), set.texts()[2].shingles());
}

#[test]
fn the_letters_of_a_lone_surrogate_escape_are_text() {
    let grouping =
        group(&[article("a", r"Un titre \ud800 et \udfff encore"), article("b", "\u{fffd}")]);
    assert_eq!(grouping.stories().count(), 2);
}

#[test]
fn two_articles_of_one_name_are_an_error_that_names_it() {
    let error = wirecopy::group(&[article("twin", "un"), article("twin", "deux")]).unwrap_err();
    assert!(error.is_duplicate());
    assert!(error.to_string().contains("twin"));
}

#[test]
fn twenty_thousand_identical_texts_are_one_dispatch_in_linear_time() {
    assert_one_dispatch(20_000);
}

#[test]
#[ignore = "a minute: five times the articles; tests/links.rs bears a hundred thousand in every run"]
fn a_hundred_thousand_identical_texts_are_one_dispatch_in_linear_time() {
    assert_one_dispatch(100_000);
}

/// So many identical texts: one dispatch, one story, links linear in their number, in seconds.
fn assert_one_dispatch(count: usize) {
    let body: std::sync::Arc<str> = common::body(&mut common::Generator::new(1), 120, 3).into();
    let articles: Vec<Article> =
        (0..count).map(|number| article(&format!("{number:06}"), body.clone())).collect();
    let start = Instant::now();
    let grouping = group(&articles);
    assert!(start.elapsed() < Duration::from_secs(120), "took {:?}", start.elapsed());
    assert_eq!(grouping.dispatches().dispatches.len(), 1);
    assert_eq!(grouping.dispatches().dispatches[0].members.len(), count);
    assert_eq!(grouping.stories().count(), 1);
    assert!(grouping.links().links.len() < 10 * count, "{}", grouping.links().links.len());
}

/// Every text shares one long formula: all fall into the same buckets and lists, none is a copy.
#[test]
fn ten_thousand_texts_in_one_bucket_are_not_chained() {
    let mut generator = common::Generator::new(2);
    let formula = common::body(&mut generator, 60, 0);
    let articles: Vec<Article> = (0..10_000)
        .map(|number| {
            let own = common::body(&mut generator, 150, number);
            article(&format!("{number:06}"), format!("{own}\n\n{formula}"))
        })
        .collect();
    let start = Instant::now();
    let grouping = group(&articles);
    assert!(start.elapsed() < Duration::from_secs(120), "took {:?}", start.elapsed());
    let largest = grouping.dispatches().dispatches.iter().map(|d| d.members.len()).max();
    assert!(largest.unwrap_or(0) <= 2, "a formula made a dispatch of {largest:?}");
    assert!(
        grouping.links().links.iter().filter(|link| link.kind == LinkKind::Copy).count() < 100,
        "a formula made copies"
    );
}

/// Cost grows with the length of the text, not with its square: one line of 50 MB, one word over and over, and a word
/// without end.
#[test]
fn enormous_texts_take_linear_time() {
    let line = common::body(&mut common::Generator::new(3), 4_000, 1).replace('\n', " ");
    let long = line.repeat(50_000_000 / line.len());
    let mono = "pont ".repeat(2_000_000);
    let endless = "a".repeat(10_000_000);
    let articles = [
        article("long", long.clone()),
        article("long-again", long),
        article("mono", mono.clone()),
        article("mono-again", format!("{mono}Sourlac")),
        article("endless", endless),
    ];
    let start = Instant::now();
    let grouping = group(&articles);
    assert!(start.elapsed() < Duration::from_secs(120), "took {:?}", start.elapsed());
    assert_eq!(grouping.set().len(), 5);
    let pair = grouping.links().links.iter().find(|link| (link.a, link.b) == (1, 2));
    assert!(pair.is_some_and(|link| link.kind == LinkKind::Copy), "the twin of 50 MB is found");
}

/// To open a named pipe would wait for a writer for ever.
#[cfg(unix)]
#[test]
fn a_pipe_among_the_pages_is_a_failure_and_not_a_wait() {
    let directory = std::env::temp_dir().join(format!("wirecopy-pipe-{}", std::process::id()));
    std::fs::create_dir_all(&directory).expect("a temporary directory");
    let pipe = directory.join("pipe.txt");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
    assert!(made.success());
    std::os::unix::fs::symlink(&pipe, directory.join("to-pipe.txt")).expect("a link");
    std::os::unix::fs::symlink("nowhere", directory.join("to-nothing.txt")).expect("a link");
    let reading = wirecopy::page::read_dir(&directory).expect("the directory can be read");
    std::fs::remove_dir_all(&directory).expect("the directory is ours");
    let failed: Vec<&str> = reading.failures.iter().map(|failure| failure.file.as_str()).collect();
    assert_eq!(failed, ["pipe.txt", "to-nothing.txt", "to-pipe.txt"]);
    assert!(reading.failures[0].reason.contains("pipe"), "{}", reading.failures[0]);
}

#[test]
fn a_page_that_is_not_utf_8_is_a_failure_that_names_file_and_place() {
    let directory =
        std::env::temp_dir().join(format!("wirecopy-adversarial-{}", std::process::id()));
    std::fs::create_dir_all(&directory).expect("a temporary directory");
    std::fs::write(directory.join("bad.txt"), b"Titre\n\nUn texte \xff\xfe coup\xe9")
        .expect("a file");
    let good = format!("Le pont rouvre\n\n{}", common::body(&mut common::Generator::new(4), 80, 1));
    std::fs::write(directory.join("good.txt"), good).expect("a file");
    std::fs::write(directory.join("empty.txt"), "").expect("a file");
    let reading = wirecopy::page::read_dir(&directory).expect("the directory can be read");
    std::fs::remove_dir_all(&directory).expect("the directory is ours");
    assert_eq!(reading.articles.len(), 1, "the rest goes on");
    let message = reading.failures.iter().map(|failure| failure.to_string()).collect::<String>();
    assert!(message.contains("bad.txt") && message.contains("16"), "{message}");
}
