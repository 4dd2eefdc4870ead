//! Tokens: what a word looks like to the rest of the crate.

/// One token: the frozen hash of its folded form and where it stands in the original text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
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

/// What folding takes away from a token and later stages need: capitals, digits, place in the sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TokenShape(u8);

impl TokenShape {
    const CAPITALISED: u8 = 1;
    const UPPERCASE: u8 = 2;
    const DIGIT: u8 = 4;
    const STARTS_SENTENCE: u8 = 8;
    const CHARACTER: u8 = 16;

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

    /// The first letter is upper case.
    pub fn is_capitalised(self) -> bool {
        self.0 & Self::CAPITALISED != 0
    }

    /// There are at least two letters and all are upper case.
    pub fn is_uppercase(self) -> bool {
        self.0 & Self::UPPERCASE != 0
    }

    /// It holds a digit.
    pub fn has_digit(self) -> bool {
        self.0 & Self::DIGIT != 0
    }

    /// It is the first of its sentence, line or quotation, so its capital says nothing.
    pub fn starts_sentence(self) -> bool {
        self.0 & Self::STARTS_SENTENCE != 0
    }

    /// It was cut out of a script written without spaces.
    pub fn is_character(self) -> bool {
        self.0 & Self::CHARACTER != 0
    }
}
