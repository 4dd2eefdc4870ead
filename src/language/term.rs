//! Terms: what the lexicon counts.

/// A word stem (or several, for a name of several words) by its frozen hash: FNV-1a, 64 bits, over
/// the UTF-8 of the stem.
///
/// Source: Fowler, Noll and Vo, RFC 9923. The function is frozen because the shipped background
/// tables are keyed by it. It is not that of [`Token`](crate::text::Token): a table outlives a
/// change of the tokens' hash.
///
/// ```
/// use wirecopy::language::Term;
/// assert_eq!(Term::of("foobar").hash(), 0x85944171f73967e8); // vector of the RFC
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Term(u64);

impl Term {
    /// The term of a stem.
    pub fn of(stem: &str) -> Term {
        Term::START.extended(stem.as_bytes())
    }

    /// The term of a name of several words, from their terms in order. One word alone is the word's
    /// own term.
    ///
    /// ```
    /// use wirecopy::language::Term;
    /// let (port, vaire) = (Term::of("port"), Term::of("vair"));
    /// assert_eq!(Term::of_name([port]), port);
    /// assert_ne!(Term::of_name([port, vaire]), Term::of_name([vaire, port]));
    /// ```
    pub fn of_name(words: impl IntoIterator<Item = Term>) -> Term {
        let mut words = words.into_iter();
        let first = words.next().unwrap_or(Term::START);
        // The bytes of the next word's hash go on where the name so far ended.
        words.fold(first, |name, word| name.extended(&word.0.to_le_bytes()))
    }

    /// The hash.
    pub fn hash(self) -> u64 {
        self.0
    }

    /// The 32 bits that the background tables store: both halves folded together, as the RFC
    /// advises.
    pub(super) fn folded(self) -> u32 {
        (self.0 >> 32) as u32 ^ self.0 as u32
    }

    /// The term of no word.
    pub(super) const NONE: Term = Term::START;
    const START: Term = Term(0xcbf2_9ce4_8422_2325);
    const PRIME: u64 = 0x0000_0100_0000_01b3;

    fn extended(self, bytes: &[u8]) -> Term {
        Term(
            bytes
                .iter()
                .fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(Term::PRIME)),
        )
    }
}
