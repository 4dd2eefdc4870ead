//! A text as the later stages read it: tokens and the hashes of their runs.

use std::ops::Range;
use std::sync::OnceLock;

use minhash_lsh::Kernel;

use super::fold::check_length;
use super::kernel::{self as reader, Stretch, TokensAndHashes};
use super::{TextScheme, Token};
use crate::article::Article;
use crate::error::Result;
use crate::span::Span;

/// Texts of fewer tokens than this are [`LengthClass::Short`].
pub const SHORT_TEXT_TOKENS: usize = 50;

/// Which policy the length of a text puts it under; stated in the answer, never silent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum LengthClass {
    /// No token: no shingle; matches nothing, not even another empty text.
    Empty,
    /// Fewer tokens than a shingle: one shingle of all its tokens, so it equals only a text of the
    /// same tokens.
    BelowShingle,
    /// At least one whole shingle but fewer than [`SHORT_TEXT_TOKENS`] tokens: every window is
    /// indexed, because winnowing would leave too few.
    Short,
    /// The ordinary case.
    Ordinary,
}

impl LengthClass {
    /// The class of a text of `tokens` tokens.
    ///
    /// ```
    /// use wirecopy::text::{LengthClass, TextScheme};
    ///
    /// let scheme = TextScheme::default();
    /// assert_eq!(LengthClass::of(0, &scheme), LengthClass::Empty);
    /// assert_eq!(LengthClass::of(4, &scheme), LengthClass::BelowShingle);
    /// assert_eq!(LengthClass::of(49, &scheme), LengthClass::Short);
    /// assert_eq!(LengthClass::of(50, &scheme), LengthClass::Ordinary);
    /// ```
    pub fn of(tokens: usize, scheme: &TextScheme) -> LengthClass {
        match tokens {
            0 => LengthClass::Empty,
            n if n < scheme.shingle_words() => LengthClass::BelowShingle,
            n if n < SHORT_TEXT_TOKENS => LengthClass::Short,
            _ => LengthClass::Ordinary,
        }
    }
}

/// The tokens of a text and their shingles, in reading order.
///
/// Memory: 24 bytes a token and 8 a shingle.
#[derive(Clone, Debug, Default)]
pub struct TokenisedText {
    tokens: Vec<Token>,
    /// Made when they are first asked for: they are a quarter of the memory of a set, and most stages
    /// need them of a few texts at a time.
    shingles: OnceLock<Vec<u64>>,
    scheme: TextScheme,
}

impl PartialEq for TokenisedText {
    fn eq(&self, other: &TokenisedText) -> bool {
        self.scheme == other.scheme
            && self.tokens == other.tokens
            && self.shingles() == other.shingles()
    }
}

impl Eq for TokenisedText {}

/// What texts are read in, kept from one to the next, so that each is left with tokens of exactly
/// their number.
#[derive(Default)]
pub(crate) struct ReadingSpace {
    read: TokensAndHashes,
}

impl TokenisedText {
    /// Tokenises the body of an article; offsets point into its original.
    ///
    /// Each body span is read alone, so what stands between two of them (a caption, a sidebar)
    /// neither joins nor splits a token, and shingles run on across it. O(length) time.
    ///
    /// ```
    /// use wirecopy::text::{TextScheme, TokenisedText};
    ///
    /// let article = wirecopy::Article::new("a", "Le pont de Velmare rouvre")?;
    /// let text = TokenisedText::of_article(&article, &TextScheme::default());
    /// let span = text.span(2..4).expect("there are five tokens");
    /// assert_eq!(span.slice(article.original()), Some("de Velmare"));
    /// # Ok::<(), wirecopy::Error>(())
    /// ```
    pub fn of_article(article: &Article, scheme: &TextScheme) -> TokenisedText {
        TokenisedText::of_article_in(article, scheme, &mut ReadingSpace::default())
    }

    /// [`of_article`](TokenisedText::of_article), read in a space of the caller's.
    pub(crate) fn of_article_in(
        article: &Article,
        scheme: &TextScheme,
        space: &mut ReadingSpace,
    ) -> TokenisedText {
        let pieces = article
            .body_spans()
            .iter()
            .filter_map(|span| Some((span.start(), span.slice(article.original())?)));
        TokenisedText::of_pieces(pieces, scheme, Kernel::detect(), space)
    }

    /// Tokenises a text; offsets point into it. O(length) time.
    ///
    /// # Errors
    /// `is_input` when the text is longer than [`MAX_TEXT_BYTES`](crate::MAX_TEXT_BYTES).
    ///
    /// ```
    /// use wirecopy::text::{TextScheme, TokenisedText};
    ///
    /// let text = TokenisedText::of_text("昨日、港で", &TextScheme::default())?;
    /// assert_eq!(text.tokens().len(), 4); // one a character: the script has no spaces
    /// # Ok::<(), wirecopy::Error>(())
    /// ```
    pub fn of_text(text: &str, scheme: &TextScheme) -> Result<TokenisedText> {
        check_length(text)?;
        Ok(TokenisedText::of_whole(text, scheme, Kernel::detect()))
    }

    /// Tokenises a text on one kernel, to measure or to test it: the answer is that of
    /// [`of_text`](TokenisedText::of_text), which takes the best. O(length) time.
    ///
    /// # Errors
    /// `is_input` as for `of_text`; `is_config` when this CPU does not run `kernel`.
    ///
    /// ```
    /// use wirecopy::text::{Kernel, TextScheme, TokenisedText};
    ///
    /// let (text, scheme) = ("Le pont de Velmare rouvre", TextScheme::default());
    /// for &kernel in Kernel::available() {
    ///     let read = TokenisedText::of_text_on(text, &scheme, kernel)?;
    ///     assert_eq!(read, TokenisedText::of_text(text, &scheme)?);
    /// }
    /// # Ok::<(), wirecopy::Error>(())
    /// ```
    pub fn of_text_on(text: &str, scheme: &TextScheme, kernel: Kernel) -> Result<TokenisedText> {
        check_length(text)?;
        let kernel = kernel.require()?;
        let read = TokenisedText::of_whole(text, scheme, kernel);
        // By the same kernel as the tokens.
        let mut shingles = Vec::new();
        read.make_shingles(kernel, &mut shingles);
        Ok(TokenisedText { shingles: shingles.into(), ..read })
    }

    fn of_whole(text: &str, scheme: &TextScheme, kernel: Kernel) -> TokenisedText {
        let pieces = std::iter::once((0, text));
        TokenisedText::of_pieces(pieces, scheme, kernel, &mut ReadingSpace::default())
    }

    fn of_pieces<'a>(
        pieces: impl Iterator<Item = (usize, &'a str)>,
        scheme: &TextScheme,
        kernel: Kernel,
        space: &mut ReadingSpace,
    ) -> TokenisedText {
        let ReadingSpace { read } = space;
        read.tokens.clear();
        read.hashes.clear();
        for (start, piece) in pieces {
            // News has about six bytes a token; where that is far off, the vectors grow once.
            read.tokens.reserve(piece.len() / 5);
            read.hashes.reserve(piece.len() / 5);
            let stretch = Stretch { text: piece, first: start, accents: scheme.accents() };
            reader::tokens(kernel, stretch, read);
        }
        TokenisedText { tokens: read.tokens.to_vec(), shingles: OnceLock::new(), scheme: *scheme }
    }

    /// Writes the shingles over `out`, for a stage that needs those of one text after the other.
    pub(crate) fn read_shingles(&self, out: &mut Vec<u64>) {
        match self.shingles.get() {
            Some(known) => known.clone_into(out),
            None => self.make_shingles(Kernel::detect(), out),
        }
    }

    fn make_shingles(&self, kernel: Kernel, out: &mut Vec<u64>) {
        out.clear();
        out.extend(self.tokens.iter().map(|token| token.hash));
        reader::shingles(kernel, out, self.scheme.shingle_words());
    }

    /// The tokens.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The shingle hashes by position: shingle `i` covers tokens `i..i + shingle_words`.
    ///
    /// A text with fewer tokens than that has exactly one shingle, over all of them, that differs
    /// from the shingle of any other number of tokens. A text without tokens has none.
    pub fn shingles(&self) -> &[u64] {
        self.shingles.get_or_init(|| {
            let mut shingles = Vec::with_capacity(self.tokens.len());
            self.make_shingles(Kernel::detect(), &mut shingles);
            shingles.shrink_to_fit();
            shingles
        })
    }

    /// The tokens that shingle `i` covers; `None` when there is no such shingle.
    ///
    /// ```
    /// use wirecopy::text::{TextScheme, TokenisedText};
    ///
    /// let text = TokenisedText::of_text("Trois mots seulement", &TextScheme::default())?;
    /// assert_eq!(text.shingle_tokens(0), Some(0..3));
    /// assert_eq!(text.shingle_tokens(1), None);
    /// # Ok::<(), wirecopy::Error>(())
    /// ```
    pub fn shingle_tokens(&self, i: usize) -> Option<Range<usize>> {
        let width = self.scheme.shingle_words().min(self.tokens.len());
        (i < self.shingles().len()).then(|| i..i + width)
    }

    /// The bytes from the first to the last of the tokens in `range`; `None` when the range is
    /// empty or outside.
    pub fn span(&self, range: Range<usize>) -> Option<Span> {
        let tokens = self.tokens.get(range)?;
        Span::new(tokens.first()?.start as usize, tokens.last()?.end as usize)
    }

    /// The policy its length puts it under.
    pub fn length_class(&self) -> LengthClass {
        LengthClass::of(self.tokens.len(), &self.scheme)
    }

    /// The scheme it was read under.
    pub fn scheme(&self) -> &TextScheme {
        &self.scheme
    }
}
