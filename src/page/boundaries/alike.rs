//! How a block compares with where other articles of the page open and end: a site prints all of its articles alike.

use super::super::segment::Stretch;
use super::Row;
use super::columns::column;
use super::measurer::{ARTICLE_WORDS, HEAD_BLOCKS, Measurer};

/// Articles above and below that a block is compared with.
const NEAREST: usize = 8;

impl Measurer<'_> {
    /// Adds to `row` how a block compares with the articles found.
    pub(super) fn compare(&self, index: usize, row: &mut Row, articles: &[Stretch]) {
        let next = articles.partition_point(|article| article.first < index);
        let near = next.saturating_sub(NEAREST)..(next + NEAREST).min(articles.len());
        let near = articles.get(near).unwrap_or_default();
        let of_another = |at: &usize| self.are_apart(*at, index);
        let openings: Vec<usize> =
            near.iter().map(|article| article.first).filter(of_another).collect();
        let ends: Vec<usize> =
            near.iter().map(|article| article.last + 1).filter(of_another).collect();
        let mut add = |column: usize, value: f32| {
            if value != 0.0 {
                row.push((column as u16, value));
            }
        };
        if openings.is_empty() {
            add(column!("no other article"), 1.0);
        }
        add(column!("as others open"), self.share_alike(index, &openings, 0));
        add(column!("as others open, 1 below"), self.share_alike(index, &openings, 1));
        add(column!("as others open, 2 below"), self.share_alike(index, &openings, 2));
        add(column!("as others open, 1 above"), self.share_alike(index, &openings, -1));
        add(column!("as others open, 2 above"), self.share_alike(index, &openings, -2));
        add(column!("as others end"), self.share_alike(index, &ends, 0));
        add(column!("as others end, above"), self.share_alike(index, &ends, -1));
    }

    /// Whether two blocks are of two articles.
    fn are_apart(&self, one: usize, two: usize) -> bool {
        let (from, to) = (one.min(two), one.max(two));
        self.prose_between(from, to) >= ARTICLE_WORDS || to - from > 2 * HEAD_BLOCKS
    }

    /// The share of `places` at which the block `offset` away is of the same class as here.
    fn share_alike(&self, index: usize, places: &[usize], offset: isize) -> f32 {
        let own = self.class(index, offset);
        let alike = places.iter().filter(|&&at| self.class(at, offset).is_like(own)).count();
        alike as f32 / places.len().max(1) as f32
    }
}
