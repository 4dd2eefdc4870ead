//! An order of texts that depends on nothing but the texts.

use std::cmp::Ordering;

/// The longer text first, then by the bytes; texts of equal bytes, which nothing else can tell apart, by place.
pub(super) fn canonical<T: AsRef<str>>(texts: &[T], x: u32, y: u32) -> Ordering {
    let text = |place: u32| texts.get(place as usize).map_or("", AsRef::as_ref);
    let (a, b) = (text(x), text(y));
    b.len().cmp(&a.len()).then_with(|| a.cmp(b)).then(x.cmp(&y))
}

/// The places of all texts in that order.
pub(super) fn canonical_places<T: AsRef<str>>(texts: &[T]) -> Vec<u32> {
    let mut places: Vec<u32> = (0..texts.len() as u32).collect();
    places.sort_unstable_by(|&x, &y| canonical(texts, x, y));
    places
}
