//! Halves of a labelled set: one to choose on, one to report on.

/// The half, 0 or 1, that an item belongs to: thresholds are chosen on half 0 and reported on half 1.
///
/// `ids` names the item, one id for a document or a story, both for a pair of documents, in any order. The half depends on
/// the ids alone, so it is the same for everyone and stays when the set grows.
///
/// Source: bit 40 of FNV-1a (RFC 9923, 64 bits) over the ids, ascending, with a space between; a space inside an id counts
/// as the byte 255, which no text has, so that `["a b"]` is another item than `["a", "b"]`. O(bytes of the ids).
///
/// ```
/// use wirecopy::eval::half;
/// assert_eq!(half(&["a", "b"]), half(&["b", "a"]));
/// assert!((0..20).map(|n| half(&[&n.to_string()])).sum::<usize>() > 4);
/// ```
pub fn half(ids: &[&str]) -> usize {
    (fnv1a(&named(ids)) >> 40) as usize & 1
}

/// The bytes that name an item: different for different lists of ids.
fn named(ids: &[&str]) -> Vec<u8> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    let bytes_of = |id: &&str| -> Vec<u8> {
        id.bytes().map(|byte| if byte == b' ' { NO_TEXT } else { byte }).collect()
    };
    ids.iter().map(bytes_of).collect::<Vec<_>>().join(&b' ')
}

/// A byte that UTF-8 never has.
const NO_TEXT: u8 = 0xff;

fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn other_ids_are_other_items(
            a in prop::collection::vec("[ab ]{0,3}", 1..4),
            b in prop::collection::vec("[ab ]{0,3}", 1..4),
        ) {
            let sorted = |ids: &[String]| {
                let mut ids = ids.to_vec();
                ids.sort_unstable();
                ids
            };
            let named_by = |ids: &[String]| named(&ids.iter().map(String::as_str).collect::<Vec<_>>());
            prop_assert_eq!(named_by(&a) == named_by(&b), sorted(&a) == sorted(&b));
        }

        #[test]
        fn ids_without_spaces_are_hashed_as_they_are(ids in prop::collection::vec("[^ ]{0,5}", 1..4)) {
            let mut sorted: Vec<&str> = ids.iter().map(String::as_str).collect();
            sorted.sort_unstable();
            prop_assert_eq!(named(&sorted), sorted.join(" ").into_bytes());
        }
    }

    #[test]
    fn a_space_inside_an_id_is_none_between_ids() {
        let differ = |n: usize| half(&[&format!("a {n}")]) != half(&["a", &n.to_string()]);
        let count = (0..1_000).filter(|&n| differ(n)).count();
        assert!((400..600).contains(&count), "{count}");
    }

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
