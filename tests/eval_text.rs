//! Scores of passages and of segmentation against their definitions, token by token and pair by pair.

use proptest::prelude::*;
use std::collections::BTreeSet;
use wirecopy::eval::{
    ArticleLines, Claim, LabelledPassage, PassageLabel, ReportedPassage, Score, TextRange,
    passages, segmentation,
};

type Lines = (usize, usize);
type Ranges = ((usize, usize), (usize, usize), u8);

/// Passages of documents "x" and "y": (start, length) on both sides and a number for the label.
fn some_passages() -> impl Strategy<Value = Vec<Ranges>> {
    prop::collection::vec(((0usize..60, 1usize..30), (0usize..60, 1usize..30), 0u8..3), 0..6)
}

fn tokens((start, length): (usize, usize)) -> BTreeSet<usize> {
    (start..start + length).collect()
}

fn meets(x: &Ranges, y: &Ranges) -> bool {
    !tokens(x.0).is_disjoint(&tokens(y.0)) && !tokens(x.1).is_disjoint(&tokens(y.1))
}

fn half_in(it: &Ranges, others: &[&Ranges]) -> bool {
    let near: Vec<_> = others.iter().filter(|other| meets(it, other)).collect();
    let side = |side: fn(&Ranges) -> (usize, usize)| {
        let covered: BTreeSet<usize> = near.iter().flat_map(|other| tokens(side(other))).collect();
        2 * tokens(side(it)).intersection(&covered).count() >= tokens(side(it)).len()
    };
    side(|it| it.0) && side(|it| it.1)
}

fn label(number: u8) -> PassageLabel {
    [PassageLabel::Must, PassageLabel::Optional, PassageLabel::Trap][usize::from(number)]
}

fn range(document: &str, (start, length): (usize, usize)) -> TextRange {
    TextRange::new(document, start..start + length).expect("lengths are at least 1")
}

proptest! {
    #[test]
    fn passages_equal_their_definition(gold in some_passages(), reported in some_passages()) {
        let labelled: Vec<_> = gold
            .iter()
            .map(|it| LabelledPassage { a: range("x", it.0), b: range("y", it.1), label: label(it.2) })
            .collect();
        let claims: Vec<_> = reported
            .iter()
            .map(|it| ReportedPassage {
                a: range("x", it.0),
                b: range("y", it.1),
                claim: if it.2 == 0 { Claim::Shared } else { Claim::Reuse },
            })
            .collect();
        let scores = passages(&labelled, &claims);

        let with = |wanted: &[u8]| -> Vec<&Ranges> {
            gold.iter().filter(|it| wanted.contains(&it.2)).collect()
        };
        let all: Vec<&Ranges> = reported.iter().collect();
        let covered: Vec<bool> = gold.iter().map(|it| half_in(it, &all)).collect();
        prop_assert_eq!(&scores.covered, &covered);

        let (mut right, mut wrong, mut trapped, mut counted) = (vec![], vec![], vec![], vec![]);
        for (index, it) in reported.iter().enumerate() {
            let excused = with(&[1]).iter().any(|other| meets(it, other))
                || (it.2 == 0 && with(&[2]).iter().any(|other| meets(it, other)));
            if half_in(it, &with(&[0])) {
                right.push(index);
            } else if excused && half_in(it, &with(&[0, 1, 2])) {
                continue;
            } else {
                wrong.push(index);
                if half_in(it, &with(&[2])) {
                    trapped.push(index);
                }
            }
            counted.push(it);
        }
        prop_assert_eq!(&scores.right, &right);
        prop_assert_eq!(&scores.wrong, &wrong);
        prop_assert_eq!(&scores.trapped, &trapped);

        let mut counts = [0.0; 3];
        for side in [|it: &Ranges| it.0, |it: &Ranges| it.1] {
            let must: BTreeSet<usize> = with(&[0]).into_iter().flat_map(|it| tokens(side(it))).collect();
            let optional: BTreeSet<usize> =
                with(&[1]).into_iter().flat_map(|it| tokens(side(it))).collect();
            let said: BTreeSet<usize> = counted.iter().flat_map(|it| tokens(side(it))).collect();
            counts[0] += said.intersection(&must).count() as f64;
            counts[1] +=
                said.iter().filter(|at| must.contains(at) || !optional.contains(at)).count() as f64;
            counts[2] += must.len() as f64;
        }
        prop_assert_eq!(scores.tokens, Score::of_counts(&counts));
    }

    #[test]
    fn sides_of_a_passage_may_be_exchanged(gold in some_passages(), reported in some_passages()) {
        let labelled = |turn: bool| -> Vec<_> {
            gold.iter()
                .map(|it| {
                    let (a, b) = (range("x", it.0), range("y", it.1));
                    let (a, b) = if turn { (b, a) } else { (a, b) };
                    LabelledPassage { a, b, label: label(it.2) }
                })
                .collect()
        };
        let claims: Vec<_> = reported
            .iter()
            .map(|it| ReportedPassage { a: range("x", it.0), b: range("y", it.1), claim: Claim::Reuse })
            .collect();
        prop_assert_eq!(passages(&labelled(false), &claims), passages(&labelled(true), &claims));
    }

    #[test]
    fn segmentation_equals_its_definition(
        gold in prop::collection::vec((0usize..4, 1usize..12), 0..6),
        found in prop::collection::vec((0usize..4, 1usize..12), 0..6),
    ) {
        // Gaps and lengths make disjoint articles.
        let place = |articles: &[(usize, usize)]| -> Vec<(usize, usize)> {
            let mut at = 0;
            articles
                .iter()
                .map(|(gap, length)| {
                    let start = at + gap;
                    at = start + length;
                    (start, at)
                })
                .collect()
        };
        let (gold, found) = (place(&gold), place(&found));
        let lines = |articles: &[(usize, usize)]| -> Vec<ArticleLines> {
            articles.iter().map(|(s, e)| ArticleLines::new("page", *s..*e).expect("not empty")).collect()
        };
        let scores = segmentation(&lines(&gold), &lines(&found)).expect("they are disjoint");
        let count = |right: &dyn Fn(&Lines, &Lines) -> bool| {
            let matched = gold.iter().filter(|g| found.iter().any(|f| right(g, f))).count();
            Score::of_counts(&[matched as f64, found.len() as f64, gold.len() as f64])
        };
        let overlap = |g: &(usize, usize), f: &(usize, usize)| {
            let g: BTreeSet<usize> = (g.0..g.1).collect();
            let f: BTreeSet<usize> = (f.0..f.1).collect();
            g.intersection(&f).count() as f64 >= 0.8 * g.union(&f).count() as f64
        };
        prop_assert_eq!(scores.articles, count(&overlap));
        prop_assert_eq!(scores.starts, count(&|g, f| g.0 == f.0));
        prop_assert_eq!(scores.exact, count(&|g, f| g == f));
    }
}
