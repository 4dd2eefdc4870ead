//! Halves of a labelled set: one to choose on, one to report on.

/// The half, 0 or 1, that an item belongs to: thresholds are chosen on half 0 and reported on half 1.
///
/// `ids` names the item, one id for a document or a story, both for a pair of documents, in any order. The half depends on
/// the ids alone, so it is the same for everyone and stays when the set grows.
///
/// Source: bit 40 of FNV-1a (RFC 9923, 64 bits) over the ids, ascending, with a space between. O(bytes of the ids).
///
/// ```
/// use wirecopy::eval::half;
/// assert_eq!(half(&["a", "b"]), half(&["b", "a"]));
/// assert!((0..20).map(|n| half(&[&n.to_string()])).sum::<usize>() > 4);
/// ```
pub fn half(ids: &[&str]) -> usize {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    let hash = ids.join(" ").bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (hash >> 40) as usize & 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_about_equal() {
        let ones = (0..10_000).filter(|n| half(&[&format!("article {n}")]) == 1).count();
        assert!((4_800..5_200).contains(&ones), "{ones}");
    }

    #[test]
    fn the_half_of_an_item_does_not_change() {
        let halves: Vec<usize> =
            ["a", "b", "c", "d", "e", "f", "g", "h"].iter().map(|id| half(&[id])).collect();
        assert_eq!(halves, [0, 1, 0, 1, 0, 1, 0, 1]);
        assert_eq!(half(&["os838", "os34211"]), 0);
        assert_eq!(half(&["gj01046", "gj01432"]), 1);
    }
}
