//! Texts to signatures, without keeping what is between.

use super::DuplicateConfig;
use crate::MAX_TEXT_BYTES;
use crate::error::{Error, Result};
use crate::parallel::fill_rows;
use crate::text::LengthClass;
use minhash_lsh::SignatureMatrix;

/// The signatures of texts, a row each, and the policy that their lengths put them under.
pub(super) struct Signatures {
    pub(super) matrix: SignatureMatrix,
    pub(super) classes: Vec<LengthClass>,
}

/// Sketches each text straight into its row. The shingles of a text are overwritten by those of the next, so they stay
/// in the cache that they are sketched from, and nothing is allocated per text.
///
/// # Errors
/// `is_input` for a text that is too long, naming its place.
pub(super) fn sketch_texts<T: AsRef<str> + Sync>(
    texts: &[T],
    config: &DuplicateConfig,
) -> Result<Signatures> {
    if let Some((at, text)) =
        texts.iter().enumerate().find(|(_, text)| text.as_ref().len() > MAX_TEXT_BYTES)
    {
        return Err(Error::input(format!(
            "text {at} has {} bytes, more than the limit of {MAX_TEXT_BYTES}; split it",
            text.as_ref().len()
        )));
    }
    let sketcher = config.sketcher();
    let mut lanes = vec![0u32; texts.len() * sketcher.k()];
    let mut classes = vec![LengthClass::Empty; texts.len()];
    fill_rows(
        &mut lanes,
        sketcher.k(),
        &mut classes,
        || config.shingler(),
        |shingler, at, row, class| {
            let text = texts.get(at).map_or("", AsRef::as_ref);
            // The row is as long as the sketcher's k, which is all that it could refuse.
            let sketched = sketcher.sketch_into(shingler.shingles_of(text), row);
            debug_assert!(sketched.is_ok());
            *class = shingler.length_class();
        },
    );
    let matrix = SignatureMatrix::from_lanes(config.scheme(), lanes)?;
    Ok(Signatures { matrix, classes })
}
