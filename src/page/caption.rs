//! Lines that describe or credit a picture.

use super::credit::closing_signature;
use super::credit_line::names_a_person;
use super::fold::{fold_word, is_blank, is_spaceless, words};
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
    if is_stock_picture(block, count) || is_spaceless_caption(block) {
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

/// "File photo", "Archivbild", "صورة أرشيفية": nothing but words for a picture that shows something else.
fn is_stock_picture(block: &str, count: usize) -> bool {
    const STOCK_WORDS: usize = 4;
    const KINDS: [&str; 24] = [
        "file",
        "stock",
        "illustrative",
        "illustration",
        "archive",
        "archives",
        "archivio",
        "archivo",
        "arquivo",
        "archief",
        "d",
        "de",
        "pretexte",
        "ilustrativa",
        "referencial",
        "illustrativa",
        "ilustracion",
        "repertorio",
        "أرشيفية",
        "ارشيفية",
        "توضيحية",
        "تعبيرية",
        "من",
        "الأرشيف",
    ];
    const WHOLE: [&str; 6] =
        ["archivbild", "archivfoto", "symbolbild", "symbolfoto", "themenbild", "archieffoto"];
    if count > STOCK_WORDS {
        return false;
    }
    let folded: Vec<String> =
        words(block).map(|(a, b)| fold_word(block.get(a..b).unwrap_or_default())).collect();
    let photos = folded.iter().filter(|word| is_photo_word(word)).count();
    match folded.as_slice() {
        [one] => WHOLE.contains(&one.as_str()),
        _ => {
            photos == 1
                && folded.iter().all(|word| is_photo_word(word) || KINDS.contains(&word.as_str()))
        }
    }
}

/// "大橋＝3日、霧浜市（共同）", "資料写真", "写真はイメージ".
fn is_spaceless_caption(block: &str) -> bool {
    const MOST: usize = 60;
    const NOTE: usize = 20;
    const NOTE_ALONE: usize = 12;
    // The first byte of what is written without spaces in China and Japan.
    const LEAST: u8 = 0xE3;
    let long = block.len() > 4 * MOST || block.bytes().all(|byte| byte < LEAST);
    if long
        || block.chars().count() > MOST
        || block.ends_with('。')
        || !block.chars().any(is_spaceless)
    {
        return false;
    }
    let bare = block.trim_matches(['（', '）', '(', ')', '[', ']', '【', '】', '＝', '=']);
    if [
        "写真はイメージ",
        "写真はイメージです",
        "イメージ写真",
        "資料写真",
        "資料图片",
        "资料图片",
        "资料照片",
        "資料照片",
    ]
    .contains(&bare)
    {
        return true;
    }
    if [
        "写真：",
        "写真＝",
        "写真／",
        "写真・",
        "写真:",
        "撮影：",
        "撮影＝",
        "提供：",
        "提供＝",
        "图片：",
        "摄影：",
        "图：",
    ]
    .iter()
    .any(|cue| bare.starts_with(cue))
        && (bare.chars().count() <= NOTE_ALONE || !mentions(bare).is_empty())
    {
        return true;
    }
    // A note of when and by whom the picture was taken.
    let Some((_, note)) = block.rsplit_once('＝') else { return false };
    let is_day = note.contains("曜")
        || note.split_once('日').is_some_and(|(day, _)| day.ends_with(char::is_numeric));
    note.chars().count() <= NOTE
        && (is_day
            || bare.ends_with("撮影")
            || bare.ends_with("提供")
            || (note.ends_with('）') && !mentions(note).is_empty()))
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
    // "The bridge on Tuesday. Ana Lorne/Reuters"
    if let Some(stop) = tail.rfind(". ")
        && let Some(name) = tail.get(stop + 2..)
        && name.contains('/')
        && words(name).count() <= 5
        && !mentions(name).is_empty()
        && names_a_person(name)
    {
        return Some(from + stop + 2);
    }
    by_word(tail).map(|at| from + at)
}

/// "Photograph by Ana Lorne", "Credit: Ana Lorne" behind a sentence or alone.
fn by_word(tail: &str) -> Option<usize> {
    const MOST: usize = 6;
    const WITH_COLON: [&str; 5] =
        ["Photo credit", "Image credit", "Photo source", "Image source", "Credit"];
    const WITH_WORD: [&str; 4] = ["Photograph", "Picture", "Photo", "Image"];
    let last = |sign: &str, heads: &[&str]| {
        let at = tail.rfind(sign)?;
        let behind = tail.get(at + sign.len()..)?;
        let head = heads.iter().find_map(|head| tail.get(..at)?.strip_suffix(head))?;
        let before = head.trim_end_matches(is_blank);
        let apart = before.is_empty() || before.ends_with(['.', '|', '-', '–', '—', '/', '·', '•']);
        (apart && words(behind).count() <= MOST).then_some(head.len())
    };
    last(": ", &WITH_COLON)
        .or_else(|| last(" by ", &WITH_WORD))
        .or_else(|| last(" courtesy of ", &WITH_WORD))
}
