//! Pearson's correlation of a score with a reader's scale.

use super::contingency::total;

/// Pearson's correlation coefficient of pairs of numbers, −1 to 1; `None` with fewer than two pairs, when one side does not
/// vary, or when a number is not finite.
///
/// Source: Pearson 1895. Complexity: O(pairs), two passes (means first, so that large offsets do not cancel).
///
/// ```
/// use wirecopy::eval::pearson;
/// let r = pearson(&[(1.0, 2.0), (2.0, 4.0), (3.0, 6.0)]).expect("both sides vary");
/// assert!((r - 1.0).abs() < 1e-12);
/// assert_eq!(pearson(&[(1.0, 2.0), (1.0, 4.0)]), None);
/// ```
pub fn pearson(pairs: &[(f64, f64)]) -> Option<f64> {
    pearson_of(&total(&pearson_parts(pairs)))
}

/// For each pair 1, x, y, x², y², xy, about the means of all pairs.
pub fn pearson_parts(pairs: &[(f64, f64)]) -> Vec<[f64; 6]> {
    let n = pairs.len().max(1) as f64;
    let mean_x = pairs.iter().map(|(x, _)| x).sum::<f64>() / n;
    let mean_y = pairs.iter().map(|(_, y)| y).sum::<f64>() / n;
    pairs
        .iter()
        .map(|(x, y)| {
            let (x, y) = (x - mean_x, y - mean_y);
            [1.0, x, y, x * x, y * y, x * y]
        })
        .collect()
}

/// The coefficient of a total of [`pearson_parts`].
pub fn pearson_of(&[n, x, y, xx, yy, xy]: &[f64; 6]) -> Option<f64> {
    let (vx, vy) = (xx - x * x / n, yy - y * y / n);
    let r = (xy - x * y / n) / (vx.sqrt() * vy.sqrt());
    (vx > 0.0 && vy > 0.0 && r.is_finite()).then(|| r.clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Anscombe's first quartet (1973): r = .816, published.
    #[test]
    fn a_published_example() {
        let x = [10.0, 8.0, 13.0, 9.0, 11.0, 14.0, 6.0, 4.0, 12.0, 7.0, 5.0];
        let y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
        let pairs: Vec<_> = x.into_iter().zip(y).collect();
        let r = pearson(&pairs).unwrap();
        assert!((r - 0.816_420_516).abs() < 1e-8, "{r}");
    }

    #[test]
    fn nothing_is_said_without_variation() {
        assert_eq!(pearson(&[]), None);
        assert_eq!(pearson(&[(1.0, 1.0)]), None);
        assert_eq!(pearson(&[(1.0, f64::NAN), (2.0, 3.0)]), None);
    }
}
