//! Pages that are less orderly than a site's: for fitting, so that the weights do not learn one generator's habits.
//!
//! Each article may be printed in a style of its own, bodies and titles are cut, up to eight articles follow each other,
//! any share of the furniture is missing or cut short, and lines stand alone above and below that are a menu's or an imprint's elsewhere.

use super::compose::{Composed, compose_with};
use super::dice::Dice;
use super::material::Source;
use super::phrases::{self, Phrases};
use super::style::{Body, Foot, Style, Title};

/// A text and the lines of its articles, from 1.
pub(crate) struct Wild {
    pub(crate) text: String,
    pub(crate) gold: Vec<(usize, usize)>,
}

pub(crate) fn compose_wild(lang: &str, sources: &[Source], half: usize, dice: &mut Dice) -> Wild {
    let of_lang: Vec<&Source> = sources.iter().filter(|source| source.lang == lang).collect();
    let count = (*dice.pick(&[1, 1, 2, 2, 3, 4, 6, 8])).min(of_lang.len());
    let brief = dice.chance(30);
    let start = dice.below(of_lang.len());
    let step = 1 + dice.below(3);
    let mut cut: Vec<Source> = Vec::new();
    for number in 0..of_lang.len().min(12) {
        let source = of_lang[(start + number * step) % of_lang.len()];
        if cut.iter().all(|other| other.title != source.title) {
            cut.push(shortened(source, brief, dice));
        }
    }
    let count = count.min(cut.len());
    let (mut lines, mut gold): (Vec<String>, Vec<(usize, usize)>) = (Vec::new(), Vec::new());
    if dice.chance(65) {
        let style = Style { articles: count, ..style(dice) };
        append(compose_with(style, lang, &cut, half, dice), &mut lines, &mut gold);
    } else {
        for (number, source) in cut.iter().enumerate().take(count) {
            let mut style = Style { articles: 1, ..style(dice) };
            if number > 0 {
                (style.menu, style.cookies) = (false, false);
                lines.extend(std::iter::repeat_n(String::new(), *dice.pick(&[1, 1, 1, 2, 3])));
            }
            if number + 1 < count {
                (style.end, style.imprint) = (Foot::None, false);
            }
            let own = std::slice::from_ref(source);
            append(compose_with(style, lang, own, half, dice), &mut lines, &mut gold);
        }
    }
    let missing = *dice.pick(&[0, 0, 0, 30, 60, 100]);
    let (mut lines, mut gold) = without(lines, gold, missing, dice);
    let words = phrases::of(lang, half);
    sign(&mut lines, &mut gold, words, half, dice);
    if dice.chance(35) {
        let mut above = vec![(*dice.pick_half(words.site, half)).to_owned()];
        if dice.chance(40) {
            let list = *dice.pick(&[words.sections, words.dates, words.imprint, words.kickers]);
            let more = *dice.pick_half(list, half);
            match dice.chance(60) {
                true => {
                    above[0] =
                        format!("{}{}{more}", above[0], dice.pick(&[" - ", " | ", ", ", ": "]));
                }
                false => above.push(more.to_owned()),
            }
        }
        above.push(String::new());
        for (from, to) in &mut gold {
            *from += above.len();
            *to += above.len();
        }
        above.extend(lines);
        lines = above;
    }
    if dice.chance(50) {
        lines.push(String::new());
        for _ in 0..1 + dice.below(2) {
            let newsletter: Vec<&str> = dice.pick_half(words.newsletter, half).split('|').collect();
            let site = *dice.pick_half(words.site, half);
            let line = match dice.below(7) {
                0 => site.to_owned(),
                1 => format!("{site} - {}", dice.pick_half(words.imprint, half)),
                2 => (*dice.pick(&newsletter)).to_owned(),
                3 => (*dice.pick_half(words.comment_texts, half)).to_owned(),
                4 => (*dice.pick_half(words.related, half)).to_owned(),
                5 => format!(
                    "{}: {}@{}.example",
                    dice.pick_half(words.imprint, half),
                    "desk",
                    "sourlac"
                ),
                _ => (*dice.pick_half(words.imprint, half)).to_owned(),
            };
            lines.push(line);
        }
    }
    Wild { text: lines.join("\n"), gold }
}

/// Names, days and agencies without another word, below titles and at the end of articles.
fn sign(
    lines: &mut Vec<String>,
    gold: &mut [(usize, usize)],
    words: &Phrases,
    half: usize,
    dice: &mut Dice,
) {
    let below_title = dice.chance(12);
    let at_end = dice.chance(30);
    let list = *dice.pick(&[words.people, words.people, words.people, words.dates]);
    for index in 0..gold.len() {
        let (from, to) = gold[index];
        let at = match (below_title, at_end) {
            (true, _) => from,
            (false, true) => to,
            _ => return,
        };
        let mut line = (*dice.pick_half(list, half)).to_owned();
        if dice.chance(20) {
            line = dice.pick_half(words.credits, half).0.to_owned();
        }
        let blank = lines.get(from).is_some_and(String::is_empty);
        let added = if blank { vec![String::new(), line] } else { vec![line] };
        let count = added.len();
        lines.splice(at..at, added);
        gold[index].1 += count;
        for later in &mut gold[index + 1..] {
            *later = (later.0 + count, later.1 + count);
        }
    }
}

/// A style in which articles of few words and pages without furniture are more frequent.
fn style(dice: &mut Dice) -> Style {
    let mut style = Style::draw(dice);
    if dice.chance(40) {
        (style.menu, style.cookies, style.imprint) = (false, false, false);
        style.end = Foot::None;
    }
    if dice.chance(30) {
        style.foot = Foot::None;
    }
    if style.title == Title::None && dice.chance(50) {
        style.title = Title::Plain;
    }
    if style.body == Body::Brief && dice.chance(50) {
        style.body = Body::Whole;
    }
    style
}

fn shortened(source: &Source, brief: bool, dice: &mut Dice) -> Source {
    let mut source = source.clone();
    let most = source.paragraphs.len();
    if brief || dice.chance(20) {
        let kept = (1 + dice.below(5)).min(most);
        source.paragraphs.truncate(kept);
        // Too short for an article: take all.
        let words: usize = source.paragraphs.iter().map(|it| it.chars().count()).sum();
        if words < 280 {
            source.paragraphs = vec![source.paragraphs.join(" "), source.title.clone() + "."];
            source.paragraphs.truncate(1);
        }
    }
    if dice.chance(20) {
        let words: Vec<&str> = source.title.split_whitespace().collect();
        if words.len() > 4 {
            source.title = words[..(3 + dice.below(4)).min(words.len())].join(" ");
        }
    }
    source
}

fn append(page: Composed, lines: &mut Vec<String>, gold: &mut Vec<(usize, usize)>) {
    let offset = lines.len();
    lines.extend(page.text.split('\n').map(str::to_owned));
    gold.extend(page.gold.iter().map(|it| (it.lines.0 + offset, it.lines.1 + offset)));
}

/// The page with so many of a hundred of its stretches of furniture cut short or gone.
fn without(
    lines: Vec<String>,
    gold: Vec<(usize, usize)>,
    percent: usize,
    dice: &mut Dice,
) -> (Vec<String>, Vec<(usize, usize)>) {
    let mut kept: Vec<String> = Vec::new();
    let mut place = vec![0; lines.len() + 2];
    let mut left = None;
    let mut was_inside = true;
    for (number, line) in (1..).zip(lines) {
        let inside = gold.iter().any(|&(from, to)| (from..=to).contains(&number));
        if inside {
            left = None;
        } else if was_inside && dice.chance(percent) {
            left = Some(*dice.pick(&[0, 0, 1, 2, 3]));
        }
        was_inside = inside;
        let is_blank = line.trim().is_empty();
        match &mut left {
            Some(0) if !is_blank => continue,
            Some(0) if kept.last().is_none_or(String::is_empty) => continue,
            Some(count) if !is_blank => *count -= 1,
            _ => {}
        }
        kept.push(line);
        place[number] = kept.len();
    }
    let gold = gold.iter().map(|&(from, to)| (place[from], place[to])).collect();
    (kept, gold)
}
