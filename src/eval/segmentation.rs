//! Segmentation: whether the articles of a page were found.

use super::Score;
use crate::error::{Error, Result};
use std::ops::Range;

/// An article's place: a document and its lines, first to one past the last.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct ArticleLines {
    document: String,
    start: usize,
    end: usize,
}

impl ArticleLines {
    /// The lines of an article in `document`.
    ///
    /// # Errors
    /// `is_input` for an empty range.
    pub fn new(document: impl Into<String>, lines: Range<usize>) -> Result<ArticleLines> {
        let document = document.into();
        if lines.is_empty() {
            return Err(Error::input(format!(
                "an article of {document} has the lines {lines:?}, which are none"
            )));
        }
        Ok(ArticleLines { document, start: lines.start, end: lines.end })
    }

    /// The document.
    pub fn document(&self) -> &str {
        &self.document
    }

    /// The lines.
    pub fn lines(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Intersection over union of two articles' lines, 0 to 1; 0 in different documents.
    pub fn overlap(&self, other: &ArticleLines) -> f64 {
        let shared = self.end.min(other.end).saturating_sub(self.start.max(other.start));
        if self.document != other.document || shared == 0 {
            return 0.0;
        }
        shared as f64 / (self.end.max(other.end) - self.start.min(other.start)) as f64
    }
}

/// How well the articles of pages were found.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct SegmentationScores {
    /// An article is right when its lines have an intersection over union of at least .8 with a gold article's.
    pub articles: Score,
    /// An article is right when its first line is a gold article's.
    pub starts: Score,
    /// An article is right when its first and last lines are a gold article's.
    pub exact: Score,
    /// For each gold article the found article that is right by the first measure.
    pub found_by: Vec<Option<usize>>,
}

/// The intersection over union from which an article counts as found.
const ENOUGH: f64 = 0.8;

/// Compares the articles found with the gold ones.
///
/// Articles of one side must be disjoint; then at most one can overlap another by more than half, and no choice of an
/// assignment is left. Complexity: O(articles · log articles). Edge cases: nothing to find and nothing found scores 1.
///
/// ```
/// use wirecopy::eval::{ArticleLines, segmentation};
/// let gold = [ArticleLines::new("page", 0..40)?, ArticleLines::new("page", 45..60)?];
/// let found = [ArticleLines::new("page", 0..38)?, ArticleLines::new("page", 45..90)?];
/// let scores = segmentation(&gold, &found)?;
/// assert_eq!(scores.articles.f1, 0.5);
/// assert_eq!(scores.starts.f1, 1.0);
/// assert_eq!(scores.exact.f1, 0.0);
/// assert_eq!(scores.found_by, [Some(0), None]);
/// # Ok::<(), wirecopy::Error>(())
/// ```
///
/// # Errors
/// `is_input` when two articles of one side overlap.
pub fn segmentation(gold: &[ArticleLines], found: &[ArticleLines]) -> Result<SegmentationScores> {
    disjoint("gold", gold)?;
    let order = disjoint("found", found)?;
    let mut matched: [Vec<Option<usize>>; 3] = Default::default();
    for article in gold {
        // Those that begin before this one ends; of these only the last few can overlap it, as they are disjoint.
        let until = order.partition_point(|&index| {
            (&found[index].document, found[index].start) < (&article.document, article.end)
        });
        let near = order[..until].iter().rev().copied().take_while(|&index| {
            found[index].document == article.document && found[index].end > article.start
        });
        let near: Vec<usize> = near.collect();
        let first = |right: &dyn Fn(&ArticleLines) -> bool| {
            near.iter().copied().find(|&index| right(&found[index]))
        };
        matched[0].push(first(&|other| article.overlap(other) >= ENOUGH));
        matched[1].push(first(&|other| article.start == other.start));
        matched[2].push(first(&|other| article == other));
    }
    let score = |matched: &[Option<usize>]| {
        let right = matched.iter().flatten().count();
        Score::of_counts(&[right as f64, found.len() as f64, gold.len() as f64])
    };
    let [articles, starts, exact] = matched.each_ref().map(|matched| score(matched));
    let [found_by, ..] = matched;
    Ok(SegmentationScores { articles, starts, exact, found_by })
}

/// The articles' order by place, if no two overlap.
fn disjoint(side: &str, articles: &[ArticleLines]) -> Result<Vec<usize>> {
    let mut order: Vec<usize> = (0..articles.len()).collect();
    order.sort_by_key(|&index| &articles[index]);
    for pair in order.windows(2) {
        let (first, second) = (&articles[pair[0]], &articles[pair[1]]);
        if first.document == second.document && second.start < first.end {
            return Err(Error::input(format!(
                "two {side} articles of {} overlap: lines {}..{} and {}..{}",
                first.document, first.start, first.end, second.start, second.end
            )));
        }
    }
    Ok(order)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(document: &str, lines: Range<usize>) -> ArticleLines {
        ArticleLines::new(document, lines).unwrap()
    }

    #[test]
    fn the_same_lines_of_another_document_are_another_article() {
        let scores = segmentation(&[lines("a", 0..9)], &[lines("b", 0..9)]).unwrap();
        assert_eq!(scores.starts.f1, 0.0);
    }

    #[test]
    fn eight_tenths_are_enough_and_less_is_not() {
        let gold = [lines("a", 0..10)];
        assert_eq!(segmentation(&gold, &[lines("a", 0..8)]).unwrap().articles.f1, 1.0);
        assert_eq!(segmentation(&gold, &[lines("a", 0..7)]).unwrap().articles.f1, 0.0);
    }

    #[test]
    fn overlapping_articles_of_one_side_are_an_error() {
        assert!(segmentation(&[lines("a", 0..9), lines("a", 8..12)], &[]).unwrap_err().is_input());
        assert!(ArticleLines::new("a", 3..3).unwrap_err().is_input());
    }

    #[test]
    fn nothing_to_find_and_nothing_found_is_perfect() {
        assert_eq!(segmentation(&[], &[]).unwrap().articles.f1, 1.0);
        assert_eq!(segmentation(&[], &[lines("a", 0..2)]).unwrap().articles.f1, 0.0);
    }
}
