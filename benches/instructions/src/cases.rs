//! What is counted: each stage of the hashing path, and the verification after it.

use std::error::Error;

use minhash_lsh::{
    Banding, CodeBits, Jaccard, Kernel, LshIndex, PreparedSet, Scheme, SignatureMatrix, Sketcher,
};
use wirecopy::duplicates::{DuplicateConfig, find_duplicates};
use wirecopy::links::{LinkConfig, align};
use wirecopy::text::{Shingler, TextScheme, TokenisedText};

use crate::text::{Random, edited, latin, mixed};

/// Lanes of a signature, as everywhere in wirecopy.
const K: usize = 128;
/// Words of a usual article: the median of news is near it.
const WORDS: usize = 650;

/// Something to run, and what it must answer.
pub(crate) struct Case {
    pub(crate) work: Box<dyn FnMut() -> u64>,
    pub(crate) expected: u64,
}

type Prepared = Result<Case, Box<dyn Error>>;
type Prepare = fn() -> Prepared;

/// Every case by its name.
pub(crate) const CASES: [(&str, Prepare); 16] = [
    ("shingle_latin_article", || shingle(&latin(1, WORDS))),
    ("shingle_mixed_article", || shingle(&mixed(1, WORDS))),
    ("tokenise_latin_article", || tokenise(&latin(1, WORDS))),
    ("sketch_of_20", || sketch(20)),
    ("sketch_of_650", || sketch(650)),
    ("estimate_1000_pairs", estimate),
    ("codes_of_1000_signatures", make_codes),
    ("estimate_1000_pairs_of_1_bit", || estimate_codes(1)),
    ("estimate_1000_pairs_of_8_bits", || estimate_codes(8)),
    ("candidates_of_10000_rows", candidates),
    ("index_1000_rows", index),
    ("index_1000_rows_at_once", index_at_once),
    ("prepare_set_of_650", prepare_set),
    ("verify_1000_pairs_of_650", verify),
    ("align_pair_of_650_words", align_pair),
    ("duplicates_of_200_texts", duplicates),
];

/// A value of all of `numbers` in their order.
fn digest(numbers: impl IntoIterator<Item = u64>) -> u64 {
    numbers
        .into_iter()
        .fold(0, |digest, number| (digest ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

fn shingle(text: &str) -> Prepared {
    let scheme = TextScheme::default();
    let expected = digest(TokenisedText::of_text(text, &scheme)?.shingles().iter().copied());
    let (mut shingler, text) = (Shingler::new(scheme), text.to_owned());
    let work = move || digest(shingler.shingles_of(&text).iter().copied());
    Ok(Case { work: Box::new(work), expected })
}

fn tokenise(text: &str) -> Prepared {
    let scheme = TextScheme::default();
    let expected = Shingler::new(scheme).shingles_of(text).len() as u64;
    let text = text.to_owned();
    let work = move || match TokenisedText::of_text(&text, &scheme) {
        Ok(read) => read.shingles().len() as u64,
        Err(_) => 0,
    };
    Ok(Case { work: Box::new(work), expected })
}

fn sketch(elements: usize) -> Prepared {
    let set = Random(2).hashes(elements);
    let sketcher = Sketcher::new(Scheme::new(K)?);
    let reference = sketcher.clone().with_kernel(Kernel::Scalar)?.sketch(&set);
    let expected = digest(reference.lanes().iter().map(|&lane| u64::from(lane)));
    let mut lanes = vec![0; K];
    let work = move || match sketcher.sketch_into(&set, &mut lanes) {
        Ok(()) => digest(lanes.iter().map(|&lane| u64::from(lane))),
        Err(_) => 0,
    };
    Ok(Case { work: Box::new(work), expected })
}

/// Signatures of `rows` sets of 40 elements, each with half of the elements of the one before.
fn chain(rows: usize) -> Result<SignatureMatrix, minhash_lsh::Error> {
    let hashes = Random(3).hashes(20 * (rows + 1));
    let sets: Vec<&[u64]> = hashes.windows(40).step_by(20).collect();
    Ok(Sketcher::new(Scheme::new(K)?).sketch_all(&sets))
}

fn estimate() -> Prepared {
    let matrix = chain(1_001)?;
    let agree = |a: &[u32], b: &[u32]| a.iter().zip(b).filter(|(a, b)| a == b).count() as u64;
    let rows: Vec<_> = matrix.rows().map(|row| row.lanes()).collect();
    let expected = rows.windows(2).map(|pair| agree(pair[0], pair[1])).sum();
    let work = move || {
        let matches = |row| matrix.estimate(row, row + 1).map_or(0, |found| found.matches());
        (0..matrix.len() - 1).map(|row| u64::from(matches(row))).sum()
    };
    Ok(Case { work: Box::new(work), expected })
}

fn make_codes() -> Prepared {
    let matrix = chain(1_000)?;
    let bits = CodeBits::new(8)?;
    let expected = (matrix.len() * bits.bytes(K)) as u64;
    Ok(Case { work: Box::new(move || matrix.codes(bits).packed().len() as u64), expected })
}

fn estimate_codes(bits: u8) -> Prepared {
    let codes = chain(1_001)?.codes(CodeBits::new(bits)?);
    let rows: Vec<_> = codes.rows().collect();
    let agree = |pair: &[minhash_lsh::CodesView<'_>]| {
        (0..K).filter(|&lane| pair[0].code(lane) == pair[1].code(lane)).count() as u64
    };
    let expected = rows.windows(2).map(agree).sum();
    let work = move || {
        let matches = |row| codes.estimate(row, row + 1).map_or(0, |found| found.matches());
        (0..codes.len() - 1).map(|row| u64::from(matches(row))).sum()
    };
    Ok(Case { work: Box::new(work), expected })
}

/// Every tenth row repeats the one before it, every other tenth has the same bands but the last.
fn candidates() -> Prepared {
    let (banding, rows) = (Banding::new(16, 8)?, 10_000);
    let mut random = Random(4);
    let mut lanes: Vec<u32> = Vec::with_capacity(rows * K);
    let mut expected = 0;
    for row in 0..rows {
        let before = lanes.len().saturating_sub(K);
        match row % 10 {
            3 => lanes.extend_from_within(before..),
            7 => {
                lanes.extend_from_within(before..);
                if let Some(last) = lanes.last_mut() {
                    *last ^= 1;
                }
            }
            _ => lanes.extend((0..K).map(|_| random.next() as u32 % (1 << 24))),
        }
        expected += u64::from(matches!(row % 10, 3 | 7));
    }
    let matrix = SignatureMatrix::from_lanes(Scheme::new(K)?, lanes)?;
    let work =
        move || banding.candidate_pairs(&matrix).map_or(0, |found| found.pairs().len() as u64);
    Ok(Case { work: Box::new(work), expected })
}

fn index() -> Prepared {
    let matrix = chain(1_000)?;
    let banding = Banding::new(16, 8)?;
    let insert_and_query = move || -> Result<u64, minhash_lsh::Error> {
        let mut index = LshIndex::new(*matrix.scheme(), banding)?;
        let mut found_themselves = 0;
        for (id, row) in (0_u64..).zip(matrix.rows()) {
            index.insert(id, row)?;
            found_themselves += u64::from(index.candidates(row)?.contains(&id));
        }
        Ok(found_themselves)
    };
    Ok(Case { work: Box::new(move || insert_and_query().unwrap_or(0)), expected: 1_000 })
}

fn index_at_once() -> Prepared {
    let matrix = chain(1_000)?;
    let banding = Banding::new(16, 8)?;
    let ids: Vec<u64> = (0..1_000).collect();
    let insert = move || -> Result<u64, minhash_lsh::Error> {
        let mut index = LshIndex::new(*matrix.scheme(), banding)?;
        index.insert_all(&ids, &matrix)?;
        Ok(index.len() as u64)
    };
    Ok(Case { work: Box::new(move || insert().unwrap_or(0)), expected: 1_000 })
}

fn prepare_set() -> Prepared {
    let hashes = Random(5).hashes(650);
    let mut set = PreparedSet::default();
    let work = move || {
        set.prepare(&hashes);
        set.len() as u64
    };
    Ok(Case { work: Box::new(work), expected: 650 })
}

/// Pairs that share 450 of 650 elements, all above the threshold.
fn verify() -> Prepared {
    let hashes = Random(5).hashes(850);
    let of = |hashes: Option<&[u64]>| PreparedSet::of(hashes.unwrap_or(&[]));
    let (a, b) = (of(hashes.get(..650)), of(hashes.get(200..)));
    let threshold = Jaccard::new(0.5)?;
    let work = move || {
        let verified = (0..1_000).filter_map(|_| a.jaccard_at_least(&b, threshold));
        verified.map(|found| (found.get() * 850.0).round() as u64).sum()
    };
    Ok(Case { work: Box::new(work), expected: 450 * 1_000 })
}

fn align_pair() -> Prepared {
    let article = latin(6, WORDS);
    let (scheme, config) = (TextScheme::default(), LinkConfig::default());
    let a = TokenisedText::of_text(&article, &scheme)?;
    let b = TokenisedText::of_text(&edited(&article, 7), &scheme)?;
    // The paragraph that was cut parts what is left into two passages.
    let work = move || align(&a, &b, &config).len() as u64;
    Ok(Case { work: Box::new(work), expected: 2 })
}

fn duplicates() -> Prepared {
    // Every other text is a copy of the one before with a paragraph cut, added and changed.
    let mut texts = Vec::new();
    for number in 0..100 {
        let article = latin(1_000 + number, 200 + 9 * number as usize);
        texts.push(edited(&article, 2_000 + number));
        texts.push(article);
    }
    let config = DuplicateConfig::new().with_threshold(Jaccard::new(0.5)?)?;
    let work =
        move || find_duplicates(&texts, &config).map_or(0, |found| found.groups().len() as u64);
    Ok(Case { work: Box::new(work), expected: 100 })
}
