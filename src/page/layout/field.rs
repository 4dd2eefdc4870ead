//! Labelled lines: `Subject: …`, `LOAD-DATE: …`.

use super::super::fold::{fold_line, is_blank};

/// The folded label of a line and the bytes up to its value; `None` for a line that does not begin with a short label.
pub(super) fn field(line: &str) -> Option<(String, usize)> {
    const LABEL_BYTES: usize = 40;
    const LABEL_WORDS: usize = 4;
    let (at, sign) = line
        .char_indices()
        .take_while(|(at, _)| *at <= LABEL_BYTES)
        .find(|(_, c)| matches!(c, ':' | '：'))?;
    let label = fold_line(line.get(..at)?);
    let words = label.split(' ').count();
    if label.is_empty() || words > LABEL_WORDS {
        return None;
    }
    let rest = line.get(at + sign.len_utf8()..)?;
    let blanks = rest.len() - rest.trim_start_matches(is_blank).len();
    Some((label, at + sign.len_utf8() + blanks))
}

/// Whether a folded label is one of the list.
pub(super) fn is_one_of(label: &str, list: &str) -> bool {
    list.split('|').any(|name| name == label)
}
