//! Alignment against brute force and its laws.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod timing;

use proptest::prelude::*;
use std::time::Duration;
use timing::timed;
use wirecopy::links::{Alignment, LinkConfig, align};
use wirecopy::text::{TextScheme, TokenisedText};

/// A word of three syllables for each number.
fn word(number: usize) -> String {
    let syllable = |n: usize| {
        ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z"][n % 14].to_owned()
            + ["a", "e", "i", "o", "u"][n / 14 % 5]
    };
    syllable(number) + &syllable(number / 70) + &syllable(number / 4900 + 7)
}

fn text(words: &[usize]) -> TokenisedText {
    let text: Vec<String> = words.iter().map(|&n| word(n)).collect();
    TokenisedText::of_text(&text.join(" "), &TextScheme::default()).unwrap()
}

/// Different words, from `first` on.
fn fresh(first: usize, count: usize) -> Vec<usize> {
    (first..first + count).collect()
}

fn found(a: &[usize], b: &[usize]) -> Vec<Alignment> {
    align(&text(a), &text(b), &LinkConfig::default())
}

/// All maximal common runs of at least `least` words, by comparing every pair of places.
fn common_runs(a: &[usize], b: &[usize], least: usize) -> Vec<(usize, usize, usize)> {
    let mut runs = Vec::new();
    for i in 0..a.len() {
        for j in 0..b.len() {
            if i > 0 && j > 0 && a[i - 1] == b[j - 1] {
                continue;
            }
            let length = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
            if length >= least {
                runs.push((i, j, length));
            }
        }
    }
    runs
}

fn assert_sound(a: &[usize], b: &[usize], stretches: &[Alignment]) {
    let mut taken = (vec![false; a.len()], vec![false; b.len()]);
    for stretch in stretches {
        let (mut end_a, mut end_b) = (0, 0);
        for (at, run) in stretch.matches().iter().enumerate() {
            let (i, j, n) = (run.a as usize, run.b as usize, run.tokens as usize);
            assert!(n > 0 && a[i..i + n] == b[j..j + n], "a match is equal words");
            assert!(i >= end_a && j >= end_b, "matches ascend on both sides");
            assert!(at == 0 || i > end_a || j > end_b, "touching matches are one");
            (end_a, end_b) = (i + n, j + n);
        }
        for (side, range) in
            [(&mut taken.0, stretch.tokens_a()), (&mut taken.1, stretch.tokens_b())]
        {
            for place in range {
                assert!(!std::mem::replace(&mut side[place as usize], true), "{place} taken twice");
            }
        }
        assert!(stretch.density() >= 0.5 && (stretch.matched_tokens() >= 5 || a == b));
    }
    assert!(stretches.is_sorted());
}

fn mirrored(stretches: &[Alignment]) -> Vec<Alignment> {
    let mut mirrored: Vec<Alignment> = stretches.iter().map(Alignment::mirrored).collect();
    mirrored.sort();
    mirrored
}

/// Two texts composed of own words and of shared blocks in any order, some edited.
fn composed() -> impl Strategy<Value = (Vec<usize>, Vec<usize>)> {
    let block = (0usize..4, 4usize..40, prop::option::of((0usize..40, 0usize..3)));
    let side = prop::collection::vec((block, 0usize..30), 0..6);
    (side.clone(), side).prop_map(|(left, right)| (compose(&left, 10_000), compose(&right, 20_000)))
}

type Block = ((usize, usize, Option<(usize, usize)>), usize);

fn compose(blocks: &[Block], own: usize) -> Vec<usize> {
    let mut words = Vec::new();
    for (at, ((block, length, edit), between)) in blocks.iter().enumerate() {
        let mut shared = fresh(1000 * block, *length);
        if let Some((place, kind)) = edit.filter(|(place, _)| place < length) {
            match kind {
                0 => drop(shared.remove(place)),
                1 => shared.insert(place, own + 9000 + at),
                _ => shared[place] = own + 9000 + at,
            }
        }
        words.extend(shared);
        words.extend(fresh(own + 100 * at, *between));
    }
    words
}

proptest! {
    #[test]
    fn stretches_are_equal_words_in_order_and_no_word_is_in_two((a, b) in composed()) {
        assert_sound(&a, &b, &found(&a, &b));
    }

    #[test]
    fn stretches_of_a_tiny_vocabulary_are_sound_too(
        a in prop::collection::vec(0usize..4, 0..120),
        b in prop::collection::vec(0usize..4, 0..120),
    ) {
        assert_sound(&a, &b, &found(&a, &b));
    }

    #[test]
    fn exchanging_the_texts_mirrors_the_stretches((a, b) in composed()) {
        prop_assert_eq!(found(&b, &a), mirrored(&found(&a, &b)));
    }

    #[test]
    fn exchanging_texts_of_a_tiny_vocabulary_mirrors_too(
        a in prop::collection::vec(0usize..3, 0..90),
        b in prop::collection::vec(0usize..3, 0..90),
    ) {
        prop_assert_eq!(found(&b, &a), mirrored(&found(&a, &b)));
    }

    /// The guarantee: brute force finds the runs, and of none ten words are left that no stretch holds on either side.
    #[test]
    fn every_common_run_of_ten_words_is_covered((a, b) in composed()) {
        let stretches = found(&a, &b);
        for (i, j, length) in common_runs(&a, &b, 10) {
            let on_diagonal = |place: usize| {
                stretches.iter().flat_map(Alignment::matches).any(|m| {
                    let inside = (m.a..m.a + m.tokens).contains(&((i + place) as u32));
                    inside && i64::from(m.a) - i64::from(m.b) == i as i64 - j as i64
                })
            };
            let taken = |place: usize| {
                stretches.iter().any(|s| {
                    s.tokens_a().contains(&((i + place) as u32))
                        || s.tokens_b().contains(&((j + place) as u32))
                })
            };
            let places: Vec<usize> = (0..length).collect();
            let free = |place: &usize| !on_diagonal(*place) && !taken(*place);
            let longest_free = places
                .chunk_by(|x, y| free(x) == free(y))
                .filter(|group| free(&group[0]))
                .map(<[usize]>::len)
                .max();
            prop_assert!(
                longest_free.unwrap_or(0) < 10,
                "run {i} {j} {length}: {longest_free:?} free in {stretches:?}"
            );
        }
    }
}

#[test]
fn a_text_inside_a_host_of_500_words_is_one_verbatim_stretch() {
    let dispatch = fresh(0, 80);
    let host = [fresh(1000, 250), dispatch.clone(), fresh(2000, 250)].concat();
    let stretches = found(&dispatch, &host);
    assert_eq!(stretches.len(), 1);
    assert_eq!(stretches[0].tokens_a(), 0..80);
    assert_eq!(stretches[0].tokens_b(), 250..330);
    assert_eq!(stretches[0].matches().len(), 1);
}

#[test]
fn swapped_paragraphs_are_two_stretches() {
    let (first, second) = (fresh(0, 60), fresh(500, 60));
    let a = [first.clone(), second.clone()].concat();
    let b = [second, first].concat();
    let stretches = found(&a, &b);
    let places: Vec<_> = stretches.iter().map(|s| (s.tokens_a(), s.tokens_b())).collect();
    assert_eq!(places, [(0..60, 60..120), (60..120, 0..60)]);
}

#[test]
fn small_edits_stay_inside_one_stretch() {
    let a = fresh(0, 60);
    let mut b = a.clone();
    b[20] = 9000; // a word replaced
    b.remove(30); // one left out
    b.splice(40..40, [9001, 9002, 9003]); // three put in
    let stretches = found(&a, &b);
    assert_eq!(stretches.len(), 1);
    assert_eq!((stretches[0].tokens_a(), stretches[0].tokens_b()), (0..60, 0..62));
    assert_eq!(stretches[0].matched_tokens(), 58);
    assert_eq!(stretches[0].matches().len(), 4);
}

#[test]
fn runs_of_three_words_beyond_an_edit_are_reached_at_both_ends() {
    let a = fresh(0, 60);
    let mut b = a.clone();
    (b[3], b[56]) = (9000, 9001);
    assert_eq!(found(&a, &b)[0].tokens_b(), 0..60);
}

#[test]
fn a_run_is_not_lost_in_a_thin_chain() {
    let (mut a, mut b) = (fresh(0, 12), fresh(0, 12));
    for scrap in 0..12 {
        a.extend(fresh(1000 + 50 * scrap, 14));
        b.extend(fresh(5000 + 50 * scrap, 3));
        a.extend(fresh(100 + 4 * scrap, 4));
        b.extend(fresh(100 + 4 * scrap, 4));
    }
    let stretches = found(&a, &b);
    assert_eq!(stretches.len(), 1);
    assert_eq!((stretches[0].tokens_a(), stretches[0].tokens_b()), (0..12, 0..12));
}

#[test]
fn a_passage_that_one_text_repeats_is_taken_once() {
    let standfirst = fresh(0, 25);
    let a = [fresh(5000, 60), standfirst.clone()].concat();
    let b = [standfirst.clone(), fresh(1000, 60), standfirst, fresh(2000, 20)].concat();
    assert_eq!(found(&a, &b).len(), 1);
}

#[test]
fn short_texts_need_a_fifth_and_at_least_five_words() {
    let brief = |shared: usize| {
        found(
            &[fresh(0, shared), fresh(1000, 30 - shared)].concat(),
            &[fresh(0, shared), fresh(2000, 30 - shared)].concat(),
        )
    };
    assert!(brief(5).is_empty());
    assert_eq!(brief(6).len(), 1);
    let ordinary = |shared: usize| {
        found(
            &[fresh(0, shared), fresh(1000, 60 - shared)].concat(),
            &[fresh(0, shared), fresh(2000, 60 - shared)].concat(),
        )
    };
    assert!(ordinary(9).is_empty());
    assert_eq!(ordinary(10).len(), 1);
}

#[test]
fn empty_texts_equal_nothing() {
    assert!(found(&[], &[]).is_empty());
    assert!(found(&[], &fresh(0, 100)).is_empty());
}

/// Quadratic work on these would be 10^10 steps, minutes at best.
#[test]
fn repetitive_texts_take_linear_time() {
    let n = 100_000;
    let one_word = vec![0; n];
    let cases = [
        (one_word.clone(), one_word[1..].to_vec()),
        (one_word.clone(), one_word[..n / 2].to_vec()),
        ((0..n).map(|i| i % 7).collect(), (0..n - 3).map(|i| (i + 3) % 7).collect()),
        ((0..n).map(|i| i % 1000).collect(), (0..n).map(|i| (i / 3) % 1000).collect()),
        (
            (0..n).map(|i| if i % 50 == 0 { i } else { 1 }).collect(),
            (0..n).map(|i| if i % 51 == 0 { i } else { 1 }).collect(),
        ),
        // Runs of growing length, so that nearly every pair of runs has a diagonal of its own.
        (growing_runs(n, 400), growing_runs(n, 401)),
        (
            [[0, 1], [0, 2], [0, 3], [1, 2]].concat().repeat(n / 8),
            (0..n).map(|i| i * i % 11 % 4).collect(),
        ),
    ];
    for (case, (a, b)) in cases.iter().enumerate() {
        let (x, y) = (text(a), text(b));
        let (stretches, took) = timed(|| align(&x, &y, &LinkConfig::default()));
        println!("case {case}: {took:?}, {} stretches", stretches.len());
        assert!(took < Duration::from_secs(5), "case {case} took {took:?}");
        assert_sound(a, b, &stretches);
    }
    let (x, y) = (text(&one_word), text(&one_word[1..]));
    let whole = align(&x, &y, &LinkConfig::default());
    assert_eq!(whole.len(), 1);
    assert_eq!(whole[0].matched_tokens(), n - 1);
}

fn growing_runs(n: usize, modulus: usize) -> Vec<usize> {
    let mut words = Vec::new();
    let mut length = 1;
    while words.len() < n {
        words.extend(std::iter::repeat_n(1, length % modulus));
        words.push(2);
        length += 1;
    }
    words.truncate(n);
    words
}
