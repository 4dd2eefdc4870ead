//! Tokens: what a word looks like to the rest of the crate.

use std::fmt;

use crate::span::Span;

/// One token: the frozen hash of its folded form and where it stands in the original text.
///
/// Its bytes run from its first letter, digit or mark to the last that belongs to it; both ends lie
/// on character boundaries. Invisible characters inside, such as soft hyphens, are covered; before
/// and after it they are not.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Token {
    /// Frozen 64-bit hash of the folded form.
    pub hash: u64,
    /// First byte in the original.
    pub start: u32,
    /// One past the last byte in the original.
    pub end: u32,
    /// What folding took away.
    pub shape: TokenShape,
}

impl Token {
    /// Its bytes in the original.
    ///
    /// ```
    /// use wirecopy::text::{TextScheme, TokenisedText};
    ///
    /// let text = "Le gou\u{ad}ver\u{ad}neur, hier";
    /// let tokens = TokenisedText::of_text(text, &TextScheme::default())?;
    /// let words: Vec<_> = tokens.tokens().iter().map(|t| t.span().slice(text)).collect();
    /// assert_eq!(words, [Some("Le"), Some("gou\u{ad}ver\u{ad}neur"), Some("hier")]);
    /// # Ok::<(), wirecopy::Error>(())
    /// ```
    pub fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize).unwrap_or_default()
    }
}

/// What folding takes away from a token and later stages need: capitals, digits, place in the
/// sentence.
///
/// Of all this only [`starts_sentence`](TokenShape::starts_sentence) depends on the text around the
/// token.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct TokenShape(u8);

impl TokenShape {
    const CAPITALISED: u8 = 1;
    const UPPERCASE: u8 = 2;
    const DIGIT: u8 = 4;
    const STARTS_SENTENCE: u8 = 8;
    const CHARACTER: u8 = 16;

    /// Of one character of a script written without spaces, inside a sentence.
    pub(super) const CHARACTER_ALONE: TokenShape = TokenShape(TokenShape::CHARACTER);

    pub(crate) fn new(
        capitalised: bool,
        uppercase: bool,
        digit: bool,
        starts_sentence: bool,
        character: bool,
    ) -> TokenShape {
        let bit = |set: bool, flag: u8| if set { flag } else { 0 };
        TokenShape(
            bit(capitalised, Self::CAPITALISED)
                | bit(uppercase, Self::UPPERCASE)
                | bit(digit, Self::DIGIT)
                | bit(starts_sentence, Self::STARTS_SENTENCE)
                | bit(character, Self::CHARACTER),
        )
    }

    /// From the marks of a block kernel: 1 capitalised, 2 uppercase, 4 a digit.
    #[inline]
    pub(super) fn of_marks(marks: u8) -> TokenShape {
        TokenShape(marks)
    }

    #[inline]
    pub(super) fn starting_a_sentence(self, starts: bool) -> TokenShape {
        TokenShape(self.0 | (u8::from(starts) * Self::STARTS_SENTENCE))
    }

    /// The first character is an upper- or title-case letter: "Velmare", "G7", not "3D".
    pub fn is_capitalised(self) -> bool {
        self.0 & Self::CAPITALISED != 0
    }

    /// There are at least two upper-case letters and no lower-case one: "ONU", "COVID19", not "G7".
    pub fn is_uppercase(self) -> bool {
        self.0 & Self::UPPERCASE != 0
    }

    /// It holds a digit, in whatever script or form: "2026", "m²", "٣".
    pub fn has_digit(self) -> bool {
        self.0 & Self::DIGIT != 0
    }

    /// It is the first of its sentence, paragraph or quotation, so its capital says nothing.
    ///
    /// True of the first token of a text or body span; after a blank line (a single line break is
    /// only white space, because saved pages are hard-wrapped); after `.`, `!`, `?`, `:`, `…`
    /// and the like and white space, but not after the dot of an initial ("J. Ormel"); after
    /// full-width stops, opening quotation marks and bullets.
    pub fn starts_sentence(self) -> bool {
        self.0 & Self::STARTS_SENTENCE != 0
    }

    /// It is one character (with its marks) of a script written without spaces: Han, kana, Thai,
    /// Khmer, …
    pub fn is_character(self) -> bool {
        self.0 & Self::CHARACTER != 0
    }
}

impl fmt::Debug for TokenShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut set = f.debug_set();
        for (holds, name) in [
            (self.is_capitalised(), "capitalised"),
            (self.is_uppercase(), "uppercase"),
            (self.has_digit(), "digit"),
            (self.starts_sentence(), "starts_sentence"),
            (self.is_character(), "character"),
        ] {
            if holds {
                set.entry(&format_args!("{name}"));
            }
        }
        set.finish()
    }
}
