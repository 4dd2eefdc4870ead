//! Passages under the edits that newsrooms make: what of a dispatch stands edited in a host is found
//! on both sides, and nothing else is claimed. Invented texts, of which every word knows where it
//! comes from, so that coverage is counted against the truth and not against another alignment.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

#[expect(dead_code, reason = "of the shared corpus only the generator of numbers is needed")]
mod common;
mod edited;

use common::Generator;
use edited::edits::{self, Edit};
use edited::text::{Body, Layout, Origin, Written, body, dispatch};
use wirecopy::links::{Link, LinkConfig, find_links};
use wirecopy::text::TokenisedText;
use wirecopy::{Article, ArticleSet, Span};

/// Cases of a law.
const CASES: u64 = 1000;
/// Share of the reused tokens that must be covered, on either side.
const COVERED: f64 = 0.9;
/// The same of the worst case where not every case holds.
const LEAST: f64 = 0.75;
/// Tokens that are not reused and may be claimed, for each passage: words that happen to follow on
/// both sides.
const SLACK: usize = 2;

/// What the links of one case come to.
struct Outcome {
    /// Share of the reused tokens that passages cover, the lesser of the sides, the least of the
    /// dispatches.
    covered: f64,
    /// Tokens in passages that are not of the dispatch, over what the passages are allowed.
    over_claimed: bool,
}

/// A host and the dispatches that stand in it, each as its own article.
struct Case {
    dispatches: Vec<Written>,
    host: Written,
}

impl Case {
    fn outcome(&self) -> Outcome {
        let mut articles: Vec<Article> = (self.dispatches.iter().enumerate())
            .map(|(at, it)| Article::new(format!("dispatch {at}"), it.text.as_str()).unwrap())
            .collect();
        articles.push(Article::new("host", self.host.text.as_str()).unwrap());
        let set = ArticleSet::new(&articles, Default::default()).unwrap();
        let links = find_links(&set, &LinkConfig::default()).unwrap().links;
        let host = articles.len() - 1;
        for link in &links {
            assert_sound(link, &set);
            assert_eq!(link.b, host, "dispatches of different vocabularies are linked");
        }
        let mut outcome = Outcome { covered: 1.0, over_claimed: false };
        for (at, dispatch) in self.dispatches.iter().enumerate() {
            let link = links.iter().find(|link| link.a == at);
            let spans = |side: fn(&wirecopy::links::Passage) -> Span| -> Vec<Span> {
                link.map_or(Vec::new(), |link| link.passages.iter().map(side).collect())
            };
            for (text, written, spans) in [
                (&set.texts()[at], dispatch, spans(|passage| passage.a.span)),
                (&set.texts()[host], &self.host, spans(|passage| passage.b.span)),
            ] {
                let (covered, foreign) = counted(text, written, &spans, Origin::Dispatch(at));
                outcome.covered = outcome.covered.min(covered);
                outcome.over_claimed |= foreign > SLACK * spans.len();
            }
        }
        outcome
    }
}

/// Share of the tokens of `origin` in the spans, and how many there are of another origin. What
/// stands between two paragraphs of the dispatch may be in its passage.
fn counted(
    text: &TokenisedText,
    written: &Written,
    spans: &[Span],
    origin: Origin,
) -> (f64, usize) {
    let (mut of, mut covered, mut foreign) = (0usize, 0usize, 0);
    for token in text.tokens() {
        let inside = spans.iter().any(|span| span.contains(token.span()));
        let from = written.origin(token.span().start());
        of += usize::from(from == origin);
        covered += usize::from(inside && from == origin);
        foreign += usize::from(inside && from != origin && from != Origin::Between);
    }
    assert!(of > 0, "a case without a dispatch proves nothing");
    (covered as f64 / of as f64, foreign)
}

/// Spans lie on character boundaries, begin and end with the tokens they name, do not overlap, and
/// the matches of the two sides are the same words.
fn assert_sound(link: &Link, set: &ArticleSet) {
    for (article, side) in [(link.a, 0), (link.b, 1)] {
        let (text, original) = (&set.texts()[article], set.articles()[article].original());
        let mut sides: Vec<_> =
            link.passages.iter().map(|it| if side == 0 { &it.a } else { &it.b }).collect();
        sides.sort_by_key(|it| it.tokens.start);
        assert!(sides.windows(2).all(|two| two[0].tokens.end <= two[1].tokens.start));
        for side in sides {
            let tokens = &text.tokens()[side.tokens.start as usize..side.tokens.end as usize];
            let (first, last) = (tokens.first().unwrap(), tokens.last().unwrap());
            assert!(side.span.slice(original).is_some(), "{:?} cuts a character", side.span);
            assert_eq!(side.span.start(), first.span().start());
            assert_eq!(side.span.end(), last.span().end());
        }
    }
    let hashes = |article: usize, from: u32, tokens: u32| -> Vec<u64> {
        let tokens = &set.texts()[article].tokens()[from as usize..(from + tokens) as usize];
        tokens.iter().map(|token| token.hash).collect()
    };
    for run in link.passages.iter().flat_map(|passage| &passage.matches) {
        assert_eq!(hashes(link.a, run.a, run.tokens), hashes(link.b, run.b, run.tokens));
    }
}

/// A dispatch, edited, in a host with text of its own before and behind.
fn hosted(generator: &mut Generator, edit: Edit) -> Case {
    let source = dispatch(generator, 0);
    let mut layout = Layout::default();
    let edited = edit(&source, generator, &mut layout);
    let mut host: Body = body(generator, Origin::Own, 900);
    let behind: Body = body(generator, Origin::Own, 900);
    host.extend(edited);
    host.extend(behind);
    let host = host.written(&layout, generator);
    Case { dispatches: vec![source.written(&Layout::default(), generator)], host }
}

/// What the cases of a law come to.
struct Tally {
    /// Cases of which 90 % is covered on both sides.
    held: u64,
    /// The share covered in the worst.
    least: f64,
    /// Cases of which nothing was found.
    lost: usize,
}

/// Counts the cases of a law, none of which may claim too much.
fn tally(law: &str, case: impl Fn(&mut Generator) -> Case) -> Tally {
    let outcomes: Vec<Outcome> =
        (0..CASES).map(|seed| case(&mut Generator::new(seed)).outcome()).collect();
    let least = outcomes.iter().map(|it| it.covered).fold(1.0, f64::min);
    let lost = outcomes.iter().filter(|it| it.covered == 0.0).count();
    let held = outcomes.iter().filter(|it| it.covered >= COVERED).count() as u64;
    let over = outcomes.iter().filter(|it| it.over_claimed).count();
    println!("{law}: {held} of {CASES} held, least {least:.2}, {lost} lost, {over} over-claimed");
    assert_eq!(over, 0, "{law}: passages claim what is not reused");
    Tally { held, least, lost }
}

fn assert_always(law: &str, edit: Edit) {
    assert_eq!(tally(law, |generator| hosted(generator, edit)).held, CASES, "{law}");
}

/// Where edits of words crowd, no three equal words are left between them, and a stretch that ends so
/// stays uncovered: those laws hold for a share of the texts, which is stated with each.
fn assert_mostly(law: &str, edit: Edit, share: f64) {
    let Tally { held, least, .. } = tally(law, |generator| hosted(generator, edit));
    assert!(held as f64 >= share * CASES as f64, "{law}: {held} of {CASES}");
    assert!(least >= LEAST, "{law}: {least:.2} covered of the worst");
}

#[test]
fn an_unedited_run_is_found_in_a_host() {
    assert_always("unedited", edits::nothing);
}

/// 4,991 of 5,000 texts, the worst .82: a number is one or two tokens, and tables of them are left.
#[test]
fn every_number_may_change() {
    assert_mostly("numbers", edits::numbers, 0.99);
}

/// 4,995 of 5,000 texts, the worst .85.
#[test]
fn every_name_may_change() {
    assert_mostly("names", edits::names, 0.99);
}

/// 4,997 of 5,000 texts, the worst .86.
#[test]
fn every_ending_of_a_verb_may_change() {
    assert_mostly("endings", edits::endings, 0.99);
}

#[test]
fn quotation_marks_of_any_style_are_the_same() {
    assert_always("quotation marks", edits::quotation_marks);
}

#[test]
fn words_may_be_hyphenated_across_hard_wrapped_lines() {
    assert_always("hyphens at line ends", edits::hyphens_at_line_ends);
}

#[test]
fn words_may_be_broken_by_soft_hyphens_across_hard_wrapped_lines() {
    assert_always("soft hyphens at line ends", edits::soft_hyphens_at_line_ends);
}

#[test]
fn soft_hyphens_inside_lines_are_nothing() {
    assert_always("soft hyphens", edits::soft_hyphens);
}

#[test]
fn spaces_may_be_no_break_spaces() {
    assert_always("no-break spaces", edits::no_break_spaces);
}

#[test]
fn paragraphs_may_be_split_or_joined() {
    assert_always("paragraphs split or joined", edits::paragraphs_split_or_joined);
}

#[test]
fn a_caption_may_stand_between_paragraphs() {
    assert_always("captions", edits::captions);
}

#[test]
fn paragraphs_may_be_swapped() {
    assert_always("paragraphs swapped", edits::paragraphs_swapped);
}

#[test]
fn all_edits_of_characters_may_come_together() {
    assert_always("characters", edits::all_of_characters);
}

/// 4,957 of 5,000 texts, the worst .78.
#[test]
fn numbers_names_and_endings_may_change_together() {
    assert_mostly("words", edits::all_of_words, 0.98);
}

/// Edits of words and of characters, captions and swapped paragraphs at once, about one word in seven
/// changed or broken: 4,575 of 5,000 texts, one of them not found at all. What is missed is a run of
/// few words between two edits at the end of a stretch: extension stops before a gap of five words,
/// and no chain is sought again from where it stops.
#[test]
fn everything_may_come_together() {
    let all = tally("everything", |generator| hosted(generator, edits::everything));
    assert!(all.held as f64 >= 0.88 * CASES as f64, "{} of {CASES}", all.held);
    assert!(all.lost <= 1, "{} lost", all.lost);
}

#[test]
fn two_dispatches_by_turns_in_one_host_pair_with_their_own_source() {
    let merged = |generator: &mut Generator| {
        let sources = [dispatch(generator, 0), dispatch(generator, 1)];
        let mut host = body(generator, Origin::Own, 900);
        host.extend(edits::by_turns(&sources[0], &sources[1]));
        host.extend(body(generator, Origin::Own, 900));
        let layout = Layout::default();
        let host = host.written(&layout, generator);
        let dispatches = sources.iter().map(|it| it.written(&layout, generator)).collect();
        Case { dispatches, host }
    };
    assert_eq!(tally("merged", merged).held, CASES);
}
