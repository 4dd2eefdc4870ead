//! Plain tf-idf, the yardstick of story clustering.

use super::clustering::{Period, Relation};
use super::vectors::Vectors;

/// The cosine of the words alone, over all pairs.
pub(super) struct PlainTfIdf {
    vectors: Vectors,
    others: Vec<Vec<u32>>,
}

impl PlainTfIdf {
    pub(super) fn new(vectors: Vectors) -> PlainTfIdf {
        let count = vectors.article_count() as u32;
        let others = |article| (0..count).filter(|&other| other != article).collect();
        PlainTfIdf { others: (0..count).map(others).collect(), vectors }
    }
}

impl Relation for PlainTfIdf {
    fn similarity(&self, a: u32, b: u32) -> f64 {
        match (self.vectors.article(a), self.vectors.article(b)) {
            (Some(a), Some(b)) => Vectors::cosine(a.words(), b.words()),
            _ => 0.0,
        }
    }

    fn candidates(&self, a: u32) -> &[u32] {
        self.others.get(a as usize).map_or(&[], Vec::as_slice)
    }

    fn period(&self, _: u32) -> Option<Period> {
        None
    }
}
