//! Wilson's interval of a proportion.

use super::Interval;

/// The two-sided 95 % quantile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// The 95 % score interval of `successes` out of `trials`: unlike the normal one it stays inside 0 to 1 and says something
/// when all or none succeed.
///
/// Source: Wilson, "Probable inference, the law of succession, and statistical inference", 1927. `None` without a trial or
/// with more successes than trials.
///
/// ```
/// let interval = wirecopy::eval::wilson(17, 17).expect("there are trials");
/// assert!((interval.low - 0.816).abs() < 1e-3);
/// assert_eq!(interval.high, 1.0);
/// ```
pub fn wilson(successes: usize, trials: usize) -> Option<Interval> {
    if trials == 0 || successes > trials {
        return None;
    }
    let n = trials as f64;
    let share = successes as f64 / n;
    let centre = share + Z * Z / (2.0 * n);
    let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    // At the ends the bound is exactly 0 or 1, and rounding must not say otherwise.
    let low = if successes == 0 { 0.0 } else { (centre - half) / scale };
    let high = if successes == trials { 1.0 } else { (centre + half) / scale };
    Some(Interval { low, high })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Newcombe 1998, table I: 81/263 → .2553 to .3662; 15/148 → .0624 to .1605; 0/20 → 0 to .1611.
    #[test]
    fn published_examples() {
        for (successes, trials, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)]
        {
            let interval = wilson(successes, trials).unwrap();
            assert!((interval.low - low).abs() < 5e-5, "{successes}/{trials}: {interval:?}");
            assert!((interval.high - high).abs() < 5e-5, "{successes}/{trials}: {interval:?}");
        }
    }

    #[test]
    fn nonsense_has_no_interval() {
        assert_eq!(wilson(0, 0), None);
        assert_eq!(wilson(3, 2), None);
    }
}
