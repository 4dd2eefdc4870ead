//! How long articles are.

use crate::random::Random;

/// Share of articles, in thousandths, that are at most so many words long.
///
/// Aimed at two collections of French press articles: medians 286 and 477 words, quarters 201–404 and 280–719, 5 % under
/// 110 and 88, 5 % over 661 and 1,340, 1 % over 829 and 2,319. A table rather than a log-normal function, because
/// logarithms round differently from machine to machine.
pub const LENGTH_QUANTILES: [(usize, usize); 11] = [
    (0, 40),
    (10, 50),
    (50, 100),
    (100, 145),
    (250, 250),
    (500, 420),
    (750, 680),
    (900, 1_020),
    (950, 1_350),
    (990, 2_300),
    (1_000, 3_000),
];

/// A length in words, 40 to 3,000.
pub(crate) fn draw(random: &mut Random) -> usize {
    let at = random.below(1_000_000);
    for pair in LENGTH_QUANTILES.windows(2) {
        let ((from, shortest), (to, longest)) = (pair[0], pair[1]);
        if at < to * 1_000 {
            return shortest + (longest - shortest) * (at - from * 1_000) / ((to - from) * 1_000);
        }
    }
    3_000
}
