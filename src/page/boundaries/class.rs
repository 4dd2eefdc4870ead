//! The classes of blocks that are told apart where articles begin and end.

use super::super::byline::byline;
use super::super::furniture::Furniture;
use super::super::kind::Kind;
use super::super::segment::Outline;
use super::super::title::{is_quotation, is_unlike_a_title};

/// What a block is, a little finer than its [`Kind`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum Class {
    /// Above the first block, or below the last one.
    Nothing,
    /// A line of signs.
    Rule,
    Inline,
    Share,
    Tail,
    Comments,
    Menu,
    TimeAgo,
    Publication,
    Bullet,
    Credit,
    /// "© Agency".
    Sign,
    Byline,
    Names,
    SignOff,
    Dateline,
    Caption,
    LongParagraph,
    Paragraph,
    Sentence,
    Subheading,
    Word,
    TwoWords,
    FewWords,
    Line,
    LongLine,
    UnlikeTitle,
    Quotation,
    /// In a script without capitals a name cannot be told from a heading.
    CaselessName,
    CaselessShort,
    CaselessLine,
    Other,
}

/// How weights name the classes, in their order.
pub(super) const CLASSES: [&str; 32] = [
    "nothing",
    "rule",
    "advert or link",
    "share button",
    "tail heading",
    "comments heading",
    "menu",
    "time ago",
    "publication line",
    "bullet",
    "credit",
    "credit with ©",
    "byline",
    "names",
    "sign-off",
    "dateline",
    "caption",
    "long paragraph",
    "paragraph",
    "sentence",
    "subheading",
    "short 1",
    "short 2",
    "short 3-5",
    "short 6-12",
    "short 13+",
    "unlike a title",
    "quotation",
    "short 1-2, no case",
    "short 3-5, no case",
    "short 6+, no case",
    "other",
];

/// Classes joined, for what is asked of two neighbours at once; the names stand in [`GROUPS`].
pub(super) const GROUPS: [&str; 9] =
    ["none", "rule", "inline", "furniture", "head", "list", "prose", "short", "line"];

/// A paragraph of so many words is a long one.
const LONG_WORDS: usize = 20;

impl Class {
    pub(super) fn of(outline: &Outline<'_>, index: usize) -> Class {
        let (Some(kind), Some(block)) = (outline.kind(index), outline.blocks.get(index)) else {
            return Class::Nothing;
        };
        let text = outline.text_of(index);
        match kind {
            Kind::Furniture(_) if block.words == 0 => Class::Rule,
            Kind::Furniture(Furniture::Inline) => Class::Inline,
            Kind::Furniture(Furniture::Share) => Class::Share,
            Kind::Furniture(Furniture::Tail) => Class::Tail,
            Kind::Furniture(Furniture::Comments) => Class::Comments,
            Kind::Furniture(Furniture::Menu) if is_byline_with_place(text) => Class::Byline,
            Kind::Furniture(Furniture::Menu) => Class::Menu,
            Kind::TimeAgo(_) => Class::TimeAgo,
            Kind::Publication => Class::Publication,
            Kind::Bullet => Class::Bullet,
            Kind::Credit if text.starts_with('©') => Class::Sign,
            Kind::Credit => Class::Credit,
            Kind::Byline(true) => Class::Byline,
            Kind::Byline(false) => Class::Names,
            Kind::SignOff => Class::SignOff,
            Kind::Dateline => Class::Dateline,
            Kind::Caption => Class::Caption,
            // Printed twice in a row it is a caption, however long.
            Kind::Paragraph if !outline.is_solid(index) => Class::Caption,
            Kind::Paragraph if block.words >= LONG_WORDS => Class::LongParagraph,
            Kind::Paragraph => Class::Paragraph,
            Kind::Sentence => Class::Sentence,
            Kind::Subheading => Class::Subheading,
            Kind::Short => Class::of_short(text, block.words),
            Kind::Header | Kind::Outlet | Kind::Quoted => Class::Other,
        }
    }

    fn of_short(text: &str, words: usize) -> Class {
        let has_case = || text.chars().any(|c| c.is_lowercase() || c.is_uppercase());
        match words {
            _ if is_unlike_a_title(text) => Class::UnlikeTitle,
            _ if is_quotation(text) => Class::Quotation,
            0..=2 if !has_case() => Class::CaselessName,
            3..=5 if !has_case() => Class::CaselessShort,
            _ if !has_case() => Class::CaselessLine,
            0 | 1 => Class::Word,
            2 => Class::TwoWords,
            3..=5 => Class::FewWords,
            6..=12 => Class::Line,
            _ => Class::LongLine,
        }
    }

    /// The place in [`GROUPS`].
    pub(super) fn group(self) -> usize {
        use Class::*;
        match self {
            Nothing => 0,
            Rule => 1,
            Inline => 2,
            Share | Tail | Comments | Menu => 3,
            Publication | Credit | Sign | Byline | SignOff | Dateline | Caption => 4,
            TimeAgo | Bullet => 5,
            LongParagraph | Paragraph => 6,
            TwoWords | FewWords | Line | LongLine => 7,
            CaselessName | CaselessShort | CaselessLine => 7,
            Names | Sentence | Subheading | Word | UnlikeTitle | Quotation | Other => 8,
        }
    }

    /// A short line of no other kind; alone it may be anything.
    pub(super) fn is_line(self) -> bool {
        self.is_candidate() || self == Class::Word
    }

    /// The site's own words and signs.
    pub(super) fn is_furniture(self) -> bool {
        use Class::*;
        matches!(self, Rule | Inline | Share | Tail | Comments | Menu)
    }

    /// A line that may be a title.
    pub(super) fn is_candidate(self) -> bool {
        use Class::*;
        matches!(
            self,
            Names
                | TwoWords
                | FewWords
                | Line
                | LongLine
                | UnlikeTitle
                | Quotation
                | CaselessName
                | CaselessShort
                | CaselessLine
        )
    }

    /// Whether two blocks are printed alike: titles are long and short.
    pub(super) fn is_like(self, other: Class) -> bool {
        self == other || (self.is_line() && other.is_line())
    }
}

/// "Ana Lorne | Sourlac".
fn is_byline_with_place(text: &str) -> bool {
    let mut parts = text.split('|').map(str::trim);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(person), Some(_), None) => byline(person).is_some(),
        _ => false,
    }
}
