//! The laws of tokenisation on any text, cut and put together in any place.

use minhash_lsh::Kernel;
use wirecopy::text::{
    MAX_SHINGLE_WORDS, Shingler, TextScheme, Token, TokenShape, TokenisedText, fold_into,
    for_each_token,
};
use wirecopy::{Article, Span};

/// The first two bytes choose the scheme and where the text is cut in two; the rest is the text.
pub fn run(data: &[u8]) {
    let (header, rest) = data.split_at(data.len().min(2));
    let choice = usize::from(header.first().copied().unwrap_or(4));
    let cut = usize::from(header.get(1).copied().unwrap_or_default());
    let scheme = TextScheme::default()
        .with_shingle_words(1 + choice % MAX_SHINGLE_WORDS)
        .expect("1 to 32")
        .keep_accents(choice >= 128);
    let text = String::from_utf8_lossy(rest);
    let whole = read(&text, &scheme);
    kernels(&text, &whole, &scheme);
    offsets(&text, &whole);
    shingles(&whole, &scheme);
    folding(&text, &whole, &scheme);
    invisible(&text, &whole, &scheme);
    let cut =
        (0..=text.len() * cut / 255).rev().find(|&at| text.is_char_boundary(at)).expect("0 is one");
    let (a, b) = text.split_at(cut);
    concatenation(a, b, &scheme);
    pieces(a, b, &scheme);
}

fn read(text: &str, scheme: &TextScheme) -> TokenisedText {
    TokenisedText::of_text(text, scheme).expect("fuzzers do not write four gigabytes")
}

fn hashes(text: &TokenisedText) -> Vec<u64> {
    text.tokens().iter().map(|t| t.hash).collect()
}

fn shapes(text: &TokenisedText) -> Vec<(u64, TokenShape)> {
    text.tokens().iter().map(|t| (t.hash, t.shape)).collect()
}

/// Every kernel gives what the reference does, which reads one character after the other.
fn kernels(text: &str, whole: &TokenisedText, scheme: &TextScheme) {
    let mut reference: Vec<Token> = Vec::new();
    for_each_token(text, scheme, |_, token| reference.push(token)).expect("short enough");
    for &kernel in Kernel::available() {
        let read = TokenisedText::of_text_on(text, scheme, kernel).expect("available");
        assert_eq!(read.tokens(), reference, "{kernel}");
        assert_eq!(read.shingles(), whole.shingles(), "{kernel}");
        let mut shingler = Shingler::new(*scheme).with_kernel(kernel).expect("available");
        assert_eq!(shingler.shingles_of(text), whole.shingles(), "{kernel}");
        assert_eq!(shingler.token_hashes(), hashes(whole), "{kernel}");
    }
}

fn offsets(text: &str, read_whole: &TokenisedText) {
    let mut end = 0;
    for token in read_whole.tokens() {
        assert!(token.start >= end && token.end > token.start, "ascending and disjoint");
        let piece = token.span().slice(text).expect("on character boundaries");
        assert_eq!(
            hashes(&read(piece, read_whole.scheme())),
            [token.hash],
            "a token read alone is that token"
        );
        end = token.end;
    }
    for (at, byte) in text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_alphanumeric()) {
        let covered = read_whole.tokens().binary_search_by(|t| {
            if (t.end as usize) <= at {
                std::cmp::Ordering::Less
            } else if (t.start as usize) > at {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Equal
            }
        });
        assert!(covered.is_ok(), "byte {byte:#x} at {at} is in no token");
    }
}

fn shingles(text: &TokenisedText, scheme: &TextScheme) {
    let (tokens, width) = (text.tokens().len(), scheme.shingle_words());
    let expected = if tokens == 0 { 0 } else { (tokens + 1).saturating_sub(width).max(1) };
    assert_eq!(text.shingles().len(), expected);
    for (i, shingle) in text.shingles().iter().enumerate() {
        let range = text.shingle_tokens(i).expect("every shingle has tokens");
        let same = text.tokens()[range.clone()].iter().map(|t| t.hash);
        let first = text.tokens()[..width.min(tokens)].iter().map(|t| t.hash);
        if same.eq(first) {
            assert_eq!(*shingle, text.shingles()[0], "equal tokens, equal shingle");
        }
        assert!(text.span(range).is_some());
    }
}

fn folding(text: &str, whole: &TokenisedText, scheme: &TextScheme) {
    let (mut once, mut twice) = (String::new(), String::new());
    fold_into(text, scheme, &mut once);
    fold_into(&once, scheme, &mut twice);
    assert_eq!(once, twice, "folding twice is folding once");
    assert_eq!(hashes(&read(&once, scheme)), hashes(whole));
}

/// The same tokens by another way through the kernel: an invisible character ends every run of
/// ASCII.
fn invisible(text: &str, whole: &TokenisedText, scheme: &TextScheme) {
    let strewn: String = text.chars().flat_map(|c| [c, '\u{ad}']).collect();
    assert_eq!(shapes(&read(&strewn, scheme)), shapes(whole));
}

fn concatenation(a: &str, b: &str, scheme: &TextScheme) {
    let both = read(&format!("{a} {b}"), scheme);
    let (left, right) = (read(a, scheme), read(b, scheme));
    let (first, rest) = both.tokens().split_at(left.tokens().len());
    assert_eq!(first, left.tokens());
    assert_eq!(rest.len(), right.tokens().len());
    let shift = a.len() as u32 + 1;
    for (at, (token, alone)) in rest.iter().zip(right.tokens()).enumerate() {
        let mut expected = Token { start: alone.start + shift, end: alone.end + shift, ..*alone };
        if at == 0 {
            assert!(alone.shape.starts_sentence());
            expected.shape = token.shape;
        }
        assert_eq!(*token, expected);
    }
}

fn pieces(a: &str, b: &str, scheme: &TextScheme) {
    let original = format!("{a}|{b}");
    let spans = [(0, a.len()), (a.len() + 1, original.len())]
        .map(|(from, to)| Span::new(from, to).expect("forward"));
    let article = Article::from_spans("a", original, spans.to_vec()).expect("ascending spans");
    let read_both = TokenisedText::of_article(&article, scheme);
    let expected: Vec<u64> = [a, b].iter().flat_map(|piece| hashes(&read(piece, scheme))).collect();
    assert_eq!(hashes(&read_both), expected);
}
