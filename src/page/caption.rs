//! Lines that describe or credit a picture.

use super::credit::closing_signature;
use super::credit_line::names_a_person;
use super::fold::{fold_word, is_blank, words};
use super::mention::{has_photo_word, is_photo_word, mentions};

const CAPTION_WORDS: usize = 80;

/// Whether a block describes or credits a picture by its own words.
pub(crate) fn is_caption(block: &str, count: usize) -> bool {
    if count > CAPTION_WORDS {
        return false;
    }
    if block.starts_with('©') || block.starts_with("(c)") || block.starts_with("(C)") {
        return true;
    }
    let first =
        words(block).next().map(|(a, b)| (b, fold_word(block.get(a..b).unwrap_or_default())));
    if let Some((end, word)) = first
        && is_photo_word(&word)
        && word != "pool"
    {
        let after = block.get(end..).unwrap_or_default().trim_start_matches(is_blank);
        let next = words(after).next().map(|(a, b)| fold_word(after.get(a..b).unwrap_or_default()));
        let by = next.as_deref().is_some_and(|word| {
            matches!(
                word,
                "by" | "par"
                    | "d"
                    | "von"
                    | "de"
                    | "di"
                    | "distribuee"
                    | "fournie"
                    | "prise"
                    | "released"
                    | "taken"
                    | "provided"
                    | "afp"
                    | "credit"
            )
        });
        if after.starts_with([':', '(', '/', '：', '©', '|', '-', '–']) || by {
            return true;
        }
    }
    // A sign of rights behind the last sentence is the text's.
    picture_credit(block).is_some() && !(block.contains('©') && closing_signature(block).is_some())
}

/// The picture credit at the end of a block ("(Photo by A. Lorne / POOL / AFP)", "© AFP", "REUTERS/A. Lorne").
fn picture_credit(block: &str) -> Option<usize> {
    const TAIL_BYTES: usize = 160;
    let trimmed = block.trim_end_matches(|c: char| is_blank(c) || c == '.');
    let mut from = trimmed.len().saturating_sub(TAIL_BYTES);
    while !trimmed.is_char_boundary(from) {
        from += 1;
    }
    let tail = trimmed.get(from..)?;
    if let Some(sign) = tail.rfind('©') {
        return Some(from + sign);
    }
    if tail.ends_with([')', ']', '）']) {
        let open = tail.rfind(['(', '[', '（'])?;
        let inside = tail.get(open..)?;
        // "(REUTERS/A. Lorne)" credits a picture, "(AFP/Reuters)" and "(ats/mod)" sign a text.
        let slashed =
            inside.contains('/') && !mentions(inside).is_empty() && names_a_person(inside);
        return (has_photo_word(inside) || slashed).then_some(from + open);
    }
    if let Some(colon) = tail.rfind(':')
        && let Some((start, end)) = words(tail.get(..colon)?).last()
        && is_photo_word(&fold_word(tail.get(start..end)?))
        && words(tail.get(colon..)?).count() <= 6
    {
        return Some(from + start);
    }
    for sign in ["REUTERS/", "AFP/", "AP Photo/", " / AFP", "Getty Images"] {
        if let Some(at) = tail.rfind(sign)
            && words(tail.get(at..)?).count() <= 5
        {
            return Some(from + at);
        }
    }
    None
}
