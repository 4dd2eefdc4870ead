//! How a page is printed: one drawing of every variation.

use super::dice::Dice;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Blanks {
    /// A blank line between all blocks.
    Every,
    /// None at all.
    Never,
    /// Between paragraphs; furniture stands tight.
    Prose,
    /// Some, by chance.
    Some,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Title {
    Plain,
    /// Twice in a row.
    Doubled,
    /// Again below what stands between it and the text.
    Repeated,
    Capitals,
    None,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    Nowhere,
    AboveTitle,
    BelowTitle,
    AtEnd,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Body {
    Whole,
    /// One sentence a paragraph.
    Sentences,
    /// The whole text on one line.
    OneLine,
    /// Under sixty words.
    Brief,
    /// Lines of dialogue between the paragraphs.
    Dialogue,
    /// A list in the middle.
    List,
    /// Headings between the paragraphs.
    Subheads,
    /// Wrapped at 72 columns.
    Wrapped,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Pictures {
    None,
    Top,
    TopTwice,
    Between,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Foot {
    None,
    Share,
    Comments,
    Related,
    Rail,
    Newsletter,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Signature {
    None,
    Dateline,
    Line,
    Bracket,
}

#[derive(Clone, Debug)]
pub(crate) struct Style {
    pub(crate) articles: usize,
    pub(crate) blanks: Blanks,
    /// Blank lines between articles, or a line of signs.
    pub(crate) gap: usize,
    pub(crate) rule: bool,
    pub(crate) title: Title,
    pub(crate) kicker: bool,
    pub(crate) byline: Place,
    pub(crate) date: Place,
    pub(crate) standfirst: bool,
    pub(crate) pictures: Pictures,
    pub(crate) body: Body,
    pub(crate) adverts: bool,
    pub(crate) read_also: bool,
    pub(crate) inner_box: bool,
    pub(crate) signature: Signature,
    /// After each article.
    pub(crate) foot: Foot,
    /// Above the first article.
    pub(crate) menu: bool,
    pub(crate) cookies: bool,
    pub(crate) tools: bool,
    /// Below the last one.
    pub(crate) end: Foot,
    pub(crate) imprint: bool,
}

impl Style {
    pub(crate) fn draw(dice: &mut Dice) -> Style {
        use {Blanks::*, Body::*, Place::*};
        Style {
            articles: *dice.pick(&[1, 1, 2, 2, 3, 4]),
            blanks: *dice.pick(&[Every, Every, Every, Never, Prose, Some]),
            gap: *dice.pick(&[1, 1, 2, 3]),
            rule: dice.chance(10),
            title: *dice.pick(&[
                Title::Plain,
                Title::Plain,
                Title::Plain,
                Title::Plain,
                Title::Doubled,
                Title::Repeated,
                Title::Capitals,
                Title::None,
            ]),
            kicker: dice.chance(25),
            byline: *dice.pick(&[Nowhere, Nowhere, AboveTitle, BelowTitle, BelowTitle, AtEnd]),
            date: *dice.pick(&[Nowhere, Nowhere, AboveTitle, BelowTitle, BelowTitle, BelowTitle]),
            standfirst: dice.chance(25),
            pictures: *dice.pick(&[
                Pictures::None,
                Pictures::None,
                Pictures::Top,
                Pictures::TopTwice,
                Pictures::Between,
            ]),
            body: *dice.pick(&[
                Whole, Whole, Whole, Whole, Sentences, OneLine, Brief, Dialogue, List, Subheads,
                Subheads, Wrapped,
            ]),
            adverts: dice.chance(30),
            read_also: dice.chance(30),
            inner_box: dice.chance(15),
            signature: *dice.pick(&[
                Signature::None,
                Signature::None,
                Signature::Dateline,
                Signature::Line,
                Signature::Bracket,
            ]),
            foot: *dice.pick(&[
                Foot::None,
                Foot::None,
                Foot::None,
                Foot::Share,
                Foot::Comments,
                Foot::Related,
                Foot::Newsletter,
            ]),
            menu: dice.chance(50),
            cookies: dice.chance(15),
            tools: dice.chance(30),
            end: *dice.pick(&[
                Foot::None,
                Foot::None,
                Foot::Share,
                Foot::Comments,
                Foot::Related,
                Foot::Rail,
                Foot::Rail,
            ]),
            imprint: dice.chance(40),
        }
    }

    /// The names of its variations, for the figures.
    pub(crate) fn variations(&self) -> Vec<String> {
        let mut names = vec![
            "all".to_owned(),
            format!("articles: {}", self.articles),
            format!("blanks: {:?}", self.blanks),
            format!("title: {:?}", self.title),
            format!("byline: {:?}", self.byline),
            format!("date: {:?}", self.date),
            format!("body: {:?}", self.body),
            format!("pictures: {:?}", self.pictures),
            format!("signature: {:?}", self.signature),
            format!("foot: {:?}", self.foot),
            format!("end: {:?}", self.end),
        ];
        for (name, holds) in [
            ("kicker", self.kicker),
            ("standfirst", self.standfirst),
            ("adverts", self.adverts),
            ("read also", self.read_also),
            ("box inside the body", self.inner_box),
            ("menu", self.menu),
            ("cookie wall", self.cookies),
            ("tools", self.tools),
            ("imprint", self.imprint),
            ("rule between articles", self.rule),
            ("wide gap", self.gap > 1),
        ] {
            if holds {
                names.push(format!("with {name}"));
            }
        }
        names
    }
}
