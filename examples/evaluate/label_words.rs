//! The words that labels of pages count in: runs of `[a-z0-9]` of the text in NFKD, without marks, in lower case.

/// A word: its folded form and its bytes in the page.
pub(crate) struct Word {
    pub(crate) folded: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The words of a page, in order.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        if ('\u{300}'..='\u{36f}').contains(&character) {
            continue; // a combining mark neither adds to a word nor ends it
        }
        let folded = folded(character);
        if folded.is_empty() {
            open = false;
            continue;
        }
        match words.last_mut() {
            Some(word) if open => {
                word.folded.push_str(&folded);
                word.end = end;
            }
            _ => words.push(Word { folded, start: at, end }),
        }
        open = true;
    }
    words
}

/// The letters and digits that a character decomposes to. Letters without a decomposition (œ, ø, ß) separate words, as they
/// do in the labels.
fn folded(character: char) -> String {
    const DECOMPOSED: [(&str, &str); 30] = [
        ("àáâãäåāăąÀÁÂÃÄÅĀĂĄª", "a"),
        ("çćĉċčÇĆĈĊČ", "c"),
        ("ďĎ", "d"),
        ("èéêëēĕėęěÈÉÊËĒĔĖĘĚ", "e"),
        ("ĝğġģĜĞĠĢ", "g"),
        ("ĥĤ", "h"),
        ("ìíîïĩīĭįÌÍÎÏĨĪĬĮİ", "i"),
        ("ĵĴ", "j"),
        ("ķĶ", "k"),
        ("ĺļľĹĻĽ", "l"),
        ("ñńņňÑŃŅŇ", "n"),
        ("òóôõöōŏőÒÓÔÕÖŌŎŐº", "o"),
        ("ŕŗřŔŖŘ", "r"),
        ("śŝşšŚŜŞŠ", "s"),
        ("ţťŢŤ", "t"),
        ("ùúûüũūŭůűųÙÚÛÜŨŪŬŮŰŲ", "u"),
        ("ŵŴ", "w"),
        ("ýÿŷÝŸŶ", "y"),
        ("źżžŹŻŽ", "z"),
        ("¹", "1"),
        ("²", "2"),
        ("³", "3"),
        ("№", "no"),
        ("ﬀ", "ff"),
        ("ﬁ", "fi"),
        ("ﬂ", "fl"),
        ("ﬃ", "ffi"),
        ("ﬄ", "ffl"),
        ("™", "tm"),
        ("ſ", "s"),
    ];
    if character.is_ascii_alphanumeric() {
        return character.to_ascii_lowercase().to_string();
    }
    let found = DECOMPOSED.iter().find(|(characters, _)| characters.contains(character));
    found.map(|(_, folded)| (*folded).to_owned()).unwrap_or_default()
}
