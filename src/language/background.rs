//! Background document frequencies: how common a term is in the news of a language at large.
//!
//! A few articles cannot tell a rare word from a common one; a large collection of others can. On
//! the five pages the project was founded on, the worst pair of one story and the best pair of two
//! scored 0.10 and 0.07 with the frequencies of the pages alone, 0.31 and 0.11 with a background.

use super::term::Term;
use crate::error::{Error, Result};

/// Document frequencies of a language's terms, as shipped.
///
/// Layout, little-endian: `b"WCDF"`, format `1u32`, articles `u32`, terms `u32`; then for each
/// term, ascending, the 32 folded bits of its hash; then for each a byte: idf × 255, rounded. Terms
/// under the table's floor are left out and count as unknown, so no name that only a few articles
/// hold is in it.
#[derive(Clone, Debug)]
pub(super) struct Background {
    articles: u32,
    terms: Vec<u32>,
    idf: Vec<u8>,
}

const MAGIC: &[u8; 4] = b"WCDF";
const FORMAT: u32 = 1;
const HEADER: usize = 16;

impl Background {
    /// Reads a table.
    pub(super) fn decode(bytes: &[u8]) -> Result<Background> {
        let field = |at: usize| {
            let bytes = bytes.get(at..at + 4).and_then(|b| <[u8; 4]>::try_from(b).ok());
            bytes.map(u32::from_le_bytes).ok_or_else(|| cut_short(at))
        };
        if bytes.get(..4) != Some(MAGIC.as_slice()) {
            return Err(Error::input("a background table does not start with WCDF"));
        }
        let (format, articles, count) = (field(4)?, field(8)?, field(12)?);
        if format != FORMAT {
            return Err(Error::input(format!(
                "a background table has format {format}; this release reads {FORMAT}"
            )));
        }
        let codes_at = HEADER + 4 * count as usize;
        let codes = bytes.get(codes_at..).unwrap_or_default();
        if codes.len() != count as usize {
            return Err(cut_short(bytes.len()));
        }
        let terms =
            (0..count as usize).map(|i| field(HEADER + 4 * i)).collect::<Result<Vec<_>>>()?;
        if !terms.is_sorted_by(|a, b| a < b) {
            return Err(Error::input("the terms of a background table are not ascending"));
        }
        Ok(Background { articles, terms, idf: codes.to_vec() })
    }

    /// Writes a table of `(term, documents that hold it)` over `articles` documents. Of two terms
    /// with the same folded bits the more frequent stays.
    pub(super) fn encode(articles: u32, frequencies: &[(Term, f64)]) -> Vec<u8> {
        let mut rows: Vec<(u32, u8)> = frequencies
            .iter()
            .map(|&(term, df)| (term.folded(), quantised(idf(f64::from(articles), df))))
            .collect();
        rows.sort_unstable();
        rows.dedup_by_key(|row| row.0);
        let mut bytes = MAGIC.to_vec();
        for field in [FORMAT, articles, rows.len() as u32] {
            bytes.extend(field.to_le_bytes());
        }
        bytes.extend(rows.iter().flat_map(|row| row.0.to_le_bytes()));
        bytes.extend(rows.iter().map(|row| row.1));
        bytes
    }

    /// Number of articles it was counted over.
    pub(super) fn articles(&self) -> u32 {
        self.articles
    }

    /// Inverse document frequency, 0 (in every article) to 1 (in none).
    pub(super) fn idf(&self, term: Term) -> f64 {
        match self.terms.binary_search(&term.folded()) {
            Ok(at) => self.idf.get(at).map_or(1.0, |&code| f64::from(code) / 255.0),
            Err(_) => 1.0,
        }
    }
}

/// ln((N + 1) / (df + ½)), scaled so that a term no article holds has 1.
pub(super) fn idf(articles: f64, df: f64) -> f64 {
    let most = libm::log((articles + 1.0) / 0.5);
    (libm::log((articles + 1.0) / (df + 0.5)) / most).clamp(0.0, 1.0)
}

fn quantised(idf: f64) -> u8 {
    (idf * 255.0 + 0.5) as u8
}

fn cut_short(at: usize) -> Error {
    Error::input(format!("a background table is cut short or too long near byte {at}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Vec<u8> {
        Background::encode(1000, &[(Term::of("pont"), 400.0), (Term::of("sourlac"), 5.0)])
    }

    #[test]
    fn what_is_encoded_is_read_back_to_a_quantum() {
        let background = Background::decode(&table()).unwrap();
        assert_eq!(background.articles(), 1000);
        for (word, df) in [("pont", 400.0), ("sourlac", 5.0)] {
            let exact = idf(1000.0, df);
            assert!((background.idf(Term::of(word)) - exact).abs() <= 0.5 / 255.0, "{word}");
        }
        assert_eq!(background.idf(Term::of("unheard")), 1.0);
    }

    #[test]
    fn a_damaged_table_is_an_error_and_no_panic() {
        let whole = table();
        for end in 0..whole.len() {
            assert!(Background::decode(&whole[..end]).unwrap_err().is_input(), "{end}");
        }
        let mut longer = whole.clone();
        longer.push(0);
        assert!(Background::decode(&longer).is_err());
        let mut other_format = whole.clone();
        other_format[4] = 9;
        assert!(Background::decode(&other_format).is_err());
        let mut unsorted = whole.clone();
        unsorted[16..20].copy_from_slice(&[255; 4]);
        assert!(Background::decode(&unsorted).is_err());
    }

    #[test]
    fn idf_falls_from_one_to_nought_as_the_term_gets_common() {
        let values: Vec<f64> = (0..=1000).map(|df| idf(1000.0, f64::from(df))).collect();
        assert_eq!(values[0], 1.0);
        assert!(values.is_sorted_by(|a, b| a > b));
        assert!(values[1000] < 0.001);
    }
}
