//! Shingle hashes, alone or with their places, of many texts one after the other.

use super::fold::check_length;
use super::kernel::{self, SpansAndHashes, Stretch};
use super::{LengthClass, TextScheme};
use crate::article::Article;
use crate::error::Result;
use crate::span::Span;
use minhash_lsh::Kernel;

/// Reads texts into shingle hashes, with or without their places, in memory that is used again.
///
/// For the stages that need no tokens: whoever sketches a million texts makes one `Shingler` a
/// thread. The hashes are those of [`TokenisedText`](super::TokenisedText), so the two can be
/// mixed. After the longest text has been seen nothing is allocated any more; memory: 16 bytes a
/// token of the longest text, 24 with places.
///
/// ```
/// use wirecopy::text::{Shingler, TextScheme, TokenisedText};
///
/// let scheme = TextScheme::default();
/// let mut shingler = Shingler::new(scheme);
/// for text in ["Le pont de Velmare rouvre lundi matin", "Trois mots seulement", "…"] {
///     assert_eq!(shingler.shingles_of(text), TokenisedText::of_text(text, &scheme)?.shingles());
/// }
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Shingler {
    scheme: TextScheme,
    kernel: Kernel,
    spans: Vec<[u32; 2]>,
    tokens: Vec<u64>,
    shingles: Vec<u64>,
}

impl Shingler {
    /// A reader for texts under `scheme`; allocates nothing yet.
    pub fn new(scheme: TextScheme) -> Shingler {
        Shingler {
            scheme,
            kernel: Kernel::detect(),
            spans: Vec::new(),
            tokens: Vec::new(),
            shingles: Vec::new(),
        }
    }

    /// The same reader on another kernel: the same hashes, at another speed.
    ///
    /// ```
    /// use wirecopy::text::{Kernel, Shingler, TextScheme};
    ///
    /// let text = "Le pont de Velmare rouvre lundi matin";
    /// let mut portable = Shingler::new(TextScheme::default()).with_kernel(Kernel::Scalar)?;
    /// assert_eq!(portable.shingles_of(text), Shingler::new(TextScheme::default()).shingles_of(text));
    /// # Ok::<(), wirecopy::Error>(())
    /// ```
    ///
    /// # Errors
    /// `is_config` when this CPU does not run `kernel`.
    pub fn with_kernel(self, kernel: Kernel) -> Result<Shingler> {
        Ok(Shingler { kernel: kernel.require()?, ..self })
    }

    /// The kernel that texts are read with.
    #[must_use]
    pub fn kernel(&self) -> Kernel {
        self.kernel
    }

    /// The shingle hashes of a text by position, until the next text is read.
    ///
    /// Those of [`TokenisedText::shingles`](super::TokenisedText::shingles): a text of fewer tokens
    /// than a shingle has one over all of them, a text without tokens has none. O(length) time.
    pub fn shingles_of(&mut self, text: &str) -> &[u64] {
        self.shingles_of_pieces(std::iter::once(text))
    }

    /// The shingle hashes of the body of an article, until the next text is read.
    ///
    /// Its body spans are read one by one and shingles run on across the joints, as in
    /// [`TokenisedText::of_article`](super::TokenisedText::of_article).
    ///
    /// ```
    /// use wirecopy::text::{Shingler, TextScheme};
    ///
    /// let article = wirecopy::Article::new("a", "Le pont de Velmare rouvre lundi")?;
    /// assert_eq!(Shingler::new(TextScheme::default()).shingles_of_article(&article).len(), 2);
    /// # Ok::<(), wirecopy::Error>(())
    /// ```
    pub fn shingles_of_article(&mut self, article: &Article) -> &[u64] {
        let original = article.original();
        self.shingles_of_pieces(article.body_spans().iter().filter_map(|s| s.slice(original)))
    }

    /// The shingle hashes of a text and where each stands in it, until the next text is read.
    ///
    /// Hashes and places are those of [`TokenisedText`](super::TokenisedText), which also knows the
    /// shapes of tokens and takes half as long again. O(length) time.
    ///
    /// ```
    /// use wirecopy::text::{Shingler, TextScheme};
    ///
    /// let text = "Le pont de Velmare, hier, a rouvert";
    /// let mut shingler = Shingler::new(TextScheme::default());
    /// let shingles = shingler.located_shingles_of(text)?;
    /// let last = shingles.span(shingles.hashes().len() - 1).expect("there is one");
    /// assert_eq!(last.slice(text), Some("de Velmare, hier, a rouvert"));
    /// # Ok::<(), wirecopy::Error>(())
    /// ```
    ///
    /// # Errors
    /// `is_input` when the text is longer than [`MAX_TEXT_BYTES`](crate::MAX_TEXT_BYTES).
    pub fn located_shingles_of(&mut self, text: &str) -> Result<LocatedShingles<'_>> {
        check_length(text)?;
        self.spans.clear();
        self.tokens.clear();
        let stretch = Stretch { text, first: 0, accents: self.scheme.accents() };
        let out = SpansAndHashes { spans: &mut self.spans, hashes: &mut self.tokens };
        kernel::spans(self.kernel, stretch, out);
        self.combine();
        let width = self.scheme.shingle_words().min(self.tokens.len());
        Ok(LocatedShingles { hashes: &self.shingles, token_spans: &self.spans, width })
    }

    fn shingles_of_pieces<'a>(&mut self, pieces: impl Iterator<Item = &'a str>) -> &[u64] {
        self.tokens.clear();
        for piece in pieces {
            let stretch = Stretch { text: piece, first: 0, accents: self.scheme.accents() };
            kernel::token_hashes(self.kernel, stretch, &mut self.tokens);
        }
        self.combine();
        &self.shingles
    }

    /// Tokens to shingles.
    fn combine(&mut self) {
        self.shingles.clear();
        self.shingles.extend_from_slice(&self.tokens);
        kernel::shingles(self.kernel, &mut self.shingles, self.scheme.shingle_words());
    }

    /// The hashes of the tokens of the text read last, by position.
    pub fn token_hashes(&self) -> &[u64] {
        &self.tokens
    }

    /// The policy that the length of the text read last puts it under; empty before the first.
    ///
    /// ```
    /// use wirecopy::text::{LengthClass, Shingler, TextScheme};
    ///
    /// let mut shingler = Shingler::new(TextScheme::default());
    /// shingler.shingles_of("Trois mots seulement");
    /// assert_eq!(shingler.length_class(), LengthClass::BelowShingle);
    /// ```
    pub fn length_class(&self) -> LengthClass {
        LengthClass::of(self.tokens.len(), &self.scheme)
    }

    /// The scheme it reads under.
    pub fn scheme(&self) -> &TextScheme {
        &self.scheme
    }
}

/// Shingle hashes and their places, as long as the [`Shingler`] reads no other text.
#[derive(Clone, Copy, Debug)]
pub struct LocatedShingles<'s> {
    hashes: &'s [u64],
    token_spans: &'s [[u32; 2]],
    /// Tokens of a shingle.
    width: usize,
}

impl<'s> LocatedShingles<'s> {
    /// The shingle hashes, by position.
    pub fn hashes(&self) -> &'s [u64] {
        self.hashes
    }

    /// The first byte of each token in the text, and one past its last.
    pub fn token_spans(&self) -> &'s [[u32; 2]] {
        self.token_spans
    }

    /// The bytes of shingle `i`, from its first token to its last; `None` when there is no such
    /// shingle.
    pub fn span(&self, i: usize) -> Option<Span> {
        let tokens = self.token_spans.get(i..i.checked_add(self.width)?)?;
        Span::new(tokens.first()?[0] as usize, tokens.last()?[1] as usize)
    }
}
