//! Folding and counting of words for the page reader alone.
//!
//! Lines are compared by what a reader sees: without case, accents and punctuation, NFC and NFD alike. This is not the
//! tokenisation specification of [`crate::text`]: nothing computed here is stored or compared across processes, and the
//! page reader must know no more of later stages than the text it is given.

/// Two characters of a script written without spaces are about one word.
///
/// Japanese newswire has 1.9 to 2.2 characters to a dictionary word, Chinese 1.6 to 1.8.
pub(crate) const CHARACTERS_PER_WORD: usize = 2;

/// A character that continues a word without being one: accents of NFD text, Arabic and Hebrew vowel signs, Indic signs.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c as u32,
        0x0300..=0x036F | 0x0591..=0x05BD | 0x05BF | 0x05C1..=0x05C7 | 0x0610..=0x061A | 0x064B..=0x065F | 0x0670
        | 0x093A..=0x094F | 0x0981..=0x0983 | 0x09BC..=0x09CD | 0x0E31 | 0x0E34..=0x0E3A | 0x0E47..=0x0E4E
        | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0x3099..=0x309A)
}

/// A letter of a script whose words are not separated by spaces.
pub(crate) fn is_spaceless(c: char) -> bool {
    matches!(c as u32,
        0x0E01..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3005..=0x3007 | 0x3041..=0x30FF | 0x31F0..=0x31FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0xFF66..=0xFF9D | 0x20000..=0x3FFFF)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c)
}

/// White space, and the invisible characters that saved pages put in its place.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c as u32, 0xFEFF | 0x200B..=0x200F | 0x2060 | 0x00AD)
}

/// The words of `text` as byte ranges: maximal runs of letters, digits and marks; a run of a script without spaces is one.
pub(crate) fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

pub(crate) struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Words<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        let rest = self.text.get(self.at..)?;
        let skip = rest.find(|c| is_word(c) && !is_mark(c))?;
        let start = self.at + skip;
        let rest = self.text.get(start..)?;
        let len = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        self.at = start + len;
        Some((start, self.at))
    }
}

/// Number of words, with [`CHARACTERS_PER_WORD`] for scripts without spaces.
pub(crate) fn count_words(text: &str) -> usize {
    let mut spaced = 0;
    let mut spaceless = 0;
    let mut inside = false;
    for c in text.chars() {
        if is_spaceless(c) {
            spaceless += usize::from(!is_mark(c));
            inside = false;
        } else if is_word(c) {
            spaced += usize::from(!inside);
            inside = true;
        } else {
            inside = false;
        }
    }
    spaced + spaceless.div_ceil(CHARACTERS_PER_WORD)
}

/// The folded form of one character, pushed to `out`: lower case, without accent, full-width and Arabic digits as ASCII.
fn fold_char(c: char, mut push: impl FnMut(char)) {
    if c.is_ascii() {
        push(c.to_ascii_lowercase());
        return;
    }
    let c = match c as u32 {
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(c),
        digit @ 0x0660..=0x0669 => char::from_u32(digit - 0x0660 + 0x30).unwrap_or(c),
        digit @ 0x06F0..=0x06F9 => char::from_u32(digit - 0x06F0 + 0x30).unwrap_or(c),
        _ => c,
    };
    for lower in c.to_lowercase() {
        match lower {
            'à'..='å' | 'ā' | 'ă' | 'ą' => push('a'),
            'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => push('c'),
            'ď' | 'đ' => push('d'),
            'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => push('e'),
            'ĝ' | 'ğ' | 'ġ' | 'ģ' => push('g'),
            'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => push('i'),
            'ł' | 'ĺ' | 'ļ' | 'ľ' => push('l'),
            'ñ' | 'ń' | 'ņ' | 'ň' => push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => push('o'),
            'ŕ' | 'ŗ' | 'ř' => push('r'),
            'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => push('s'),
            'ţ' | 'ť' | 'ț' => push('t'),
            'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => push('u'),
            'ý' | 'ÿ' => push('y'),
            'ź' | 'ż' | 'ž' => push('z'),
            'œ' => {
                push('o');
                push('e');
            }
            'æ' => {
                push('a');
                push('e');
            }
            'ß' => {
                push('s');
                push('s');
            }
            mark if is_mark(mark) => {}
            other => push(other),
        }
    }
}

/// A word in folded form.
pub(crate) fn fold_word(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        fold_char(c, |folded| out.push(folded));
    }
    out
}

/// The words of a line, folded, single spaces between, each run of digits as `#`.
pub(crate) fn fold_line(line: &str) -> String {
    let mut out = String::new();
    for (start, end) in words(line) {
        if !out.is_empty() {
            out.push(' ');
        }
        let mut digits = false;
        for c in line.get(start..end).unwrap_or_default().chars() {
            fold_char(c, |folded| {
                if folded.is_ascii_digit() {
                    if !digits {
                        out.push('#');
                    }
                    digits = true;
                } else {
                    out.push(folded);
                    digits = false;
                }
            });
        }
    }
    out
}

const FNV_OFFSET: u64 = 0xCBF2_9CE4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01B3;

fn mix(state: u64, c: char) -> u64 {
    (state ^ u64::from(u32::from(c))).wrapping_mul(FNV_PRIME)
}

/// FNV-1a of the folded characters of one word: equal for equal words of one run, and never stored.
pub(crate) fn word_key(word: &str) -> u64 {
    let mut state = FNV_OFFSET;
    for c in word.chars() {
        fold_char(c, |folded| state = mix(state, folded));
    }
    state
}

/// The same of its first letters only.
pub(crate) fn prefix_key(word: &str, letters: usize) -> u64 {
    let (mut state, mut left) = (FNV_OFFSET, letters);
    for c in word.chars() {
        fold_char(c, |folded| {
            if left > 0 {
                state = mix(state, folded);
                left -= 1;
            }
        });
        if left == 0 {
            break;
        }
    }
    state
}

/// FNV-1a of the folded words of a line; 0 for a line without a word.
pub(crate) fn line_key(line: &str) -> u64 {
    let mut state = FNV_OFFSET;
    let mut any = false;
    for (start, end) in words(line) {
        any = true;
        for c in line.get(start..end).unwrap_or_default().chars() {
            fold_char(c, |folded| state = mix(state, folded));
        }
        state = mix(state, ' ');
    }
    if any { state | 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_and_decomposed_lines_have_one_key() {
        assert_eq!(line_key("L'Écho de Hôtelvaux"), line_key("L'E\u{301}cho de Ho\u{302}telvaux"));
        assert_eq!(fold_line("  Réagir (14 commentaires) "), "reagir # commentaires");
        assert_eq!(line_key(" - * - "), 0);
    }

    #[test]
    fn words_of_scripts_without_spaces_are_counted_by_characters() {
        assert_eq!(count_words("Trois mots, l'un"), 4);
        assert_eq!(count_words("首相は火曜日に発表した"), 6);
        assert_eq!(count_words("AFP通信"), 2);
    }
}
