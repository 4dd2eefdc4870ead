//! txtfp: canonical texts, xxh3 double hashing, an index of hash tables.

use std::borrow::Cow;

use txtfp::tokenize::TokenStream;
use txtfp::{
    CanonicalizerBuilder, CaseFold, Fingerprinter, LshIndex, LshIndexBuilder, MinHashFingerprinter,
    MinHashSig, Normalization, ShingleTokenizer, Tokenizer, WordTokenizer,
};

use super::lshdedup::as_text;
use crate::peer::{Found, Job, Pair, Peer, Rows, Signatures};
use crate::{BANDS, K, REPORTED, ROWS, SHINGLE_WORDS};

/// txtfp 0.3.2.
pub(super) struct Txtfp;

/// The elements of [`as_text`], without the Unicode rules that its own tokenisers apply.
struct Spaces;

impl Tokenizer for Spaces {
    fn tokens<'a>(&'a self, input: &'a str) -> TokenStream<'a> {
        TokenStream::Borrowed(Box::new(input.split_ascii_whitespace()))
    }

    fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed("ascii-white-space")
    }

    fn for_each_token(&self, input: &str, visit: &mut dyn FnMut(&str)) {
        input.split_ascii_whitespace().for_each(visit);
    }
}

impl Signatures for Vec<MinHashSig<K>> {
    fn lanes(&self, set: usize) -> [u64; K] {
        self[set].hashes
    }
}

fn index() -> LshIndex<K> {
    LshIndexBuilder::new(BANDS, ROWS).build()
}

/// Asks before it inserts: the index never finds the text itself and each pair comes once.
fn pairs(
    index: &mut LshIndex<K>,
    signatures: impl Iterator<Item = MinHashSig<K>>,
    ask: impl Fn(&LshIndex<K>, &MinHashSig<K>) -> Vec<u64>,
) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (id, signature) in (0_u32..).zip(signatures) {
        pairs.extend(ask(index, &signature).into_iter().map(|earlier| (earlier as u32, id)));
        index.insert(u64::from(id), signature);
    }
    pairs
}

impl Peer for Txtfp {
    fn id(&self) -> &'static str {
        "txtfp"
    }

    fn sketch<'a>(&self, sets: &'a [Vec<u64>]) -> Option<Job<'a, Box<dyn Signatures>>> {
        let texts: Vec<String> = sets.iter().map(|set| as_text(set)).collect();
        let canonicalizer = CanonicalizerBuilder {
            normalization: Normalization::None,
            case_fold: CaseFold::None,
            strip_bidi: false,
            strip_format: false,
            apply_confusable: false,
        }
        .build();
        let sketcher = MinHashFingerprinter::<_, K>::new(canonicalizer, Spaces);
        Some(Box::new(move || {
            let signatures: Vec<MinHashSig<K>> = texts
                .iter()
                .map(|text| sketcher.fingerprint(text).expect("no text is empty"))
                .collect();
            Box::new(signatures)
        }))
    }

    fn lsh<'a>(&self, rows: &'a Rows) -> Option<Job<'a, Found>> {
        let signatures: Vec<MinHashSig<K>> = rows
            .iter()
            .map(|row| MinHashSig { hashes: row.map(u64::from), ..MinHashSig::empty() })
            .collect();
        Some(Box::new(move || {
            let mut index = index();
            let pairs = pairs(&mut index, signatures.into_iter(), LshIndex::query);
            Found::new(pairs, index)
        }))
    }

    fn whole_job<'a>(&self, texts: &'a [&'a str]) -> Option<Job<'a, Found>> {
        Some(Box::new(move || {
            let tokenizer = ShingleTokenizer { k: SHINGLE_WORDS, inner: WordTokenizer };
            let sketcher = MinHashFingerprinter::<_, K>::new(
                CanonicalizerBuilder::default().build(),
                tokenizer,
            );
            let mut index = index();
            let signatures =
                texts.iter().map(|text| sketcher.fingerprint(text).expect("no text is empty"));
            let pairs = pairs(&mut index, signatures, |index, signature| {
                index.query_with_threshold(signature, REPORTED as f32)
            });
            Found::new(pairs, index)
        }))
    }

    fn remark(&self) -> &'static str {
        "its own words (UAX #29) and folding (NFKC); verifies on signatures"
    }
}
