//! Lists of many articles in few pieces of memory.
//!
//! Of an article ten lists are made, of up to a few hundred entries. With memory of its own for each, a
//! tenth of the time of clustering went to the heap. So the articles are taken in blocks, and the
//! lists of one kind of all articles of a block stand one behind the other.

use std::ops::Range;

/// Articles of a block. With 32 their lists are too long for the room that others leave: a set took 1.04
/// × the memory.
const ARTICLES: usize = 8;

/// What is known of the articles of a set, in blocks.
#[derive(Clone, Debug, Default)]
pub(super) struct Blocks<B> {
    blocks: Vec<B>,
    articles: usize,
}

impl<B> Blocks<B> {
    /// Of this many articles; `blocks` are as many as [`block_count`] says.
    pub(super) fn new(blocks: Vec<B>, articles: usize) -> Blocks<B> {
        Blocks { blocks, articles }
    }

    /// Number of articles.
    pub(super) fn len(&self) -> usize {
        self.articles
    }

    /// The block of an article, and its place there.
    pub(super) fn get(&self, article: usize) -> Option<(&B, usize)> {
        Some((self.blocks.get(article / ARTICLES)?, article % ARTICLES))
    }

    pub(super) fn blocks(&self) -> &[B] {
        &self.blocks
    }

    pub(super) fn into_blocks(self) -> Vec<B> {
        self.blocks
    }
}

/// How many blocks these articles are parted into.
pub(super) fn block_count(articles: usize) -> usize {
    articles.div_ceil(ARTICLES)
}

/// The articles of a block, of so many.
pub(super) fn articles_of(block: usize, articles: usize) -> Range<usize> {
    let first = (block * ARTICLES).min(articles);
    first..(first + ARTICLES).min(articles)
}

/// Where a list of one article stands among those of its block.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// What was added to a list that had this many entries.
    pub(super) fn added<T>(before: usize, list: &[T]) -> Span {
        Span { start: before as u32, end: list.len() as u32 }
    }

    /// The list of the article.
    pub(super) fn of<T>(self, list: &[T]) -> &[T] {
        list.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_article_is_found_in_its_block() {
        for articles in (0..3 * ARTICLES).chain([1_000]) {
            let in_block = |block| articles_of(block, articles).collect::<Vec<usize>>();
            let parted: Vec<Vec<usize>> = (0..block_count(articles)).map(in_block).collect();
            assert!(parted.iter().all(|block| !block.is_empty()));
            let blocks = Blocks::new(parted, articles);
            let found = (0..articles).map(|article| {
                let (block, place) = blocks.get(article).unwrap();
                block[place]
            });
            assert!(found.eq(0..articles));
            assert!(blocks.get(articles).is_none_or(|(block, place)| place >= block.len()));
            assert!(articles_of(block_count(articles), articles).is_empty());
        }
    }

    #[test]
    fn a_span_is_what_was_added_and_empty_of_another_list() {
        let mut list = vec![1, 2, 3];
        let before = list.len();
        list.extend([4, 5]);
        let span = Span::added(before, &list);
        list.push(6);
        assert_eq!(span.of(&list), [4, 5]);
        assert!(span.of(&[1, 2, 3]).is_empty());
        assert!(Span::default().of(&list).is_empty());
    }
}
