//! Tokens of a member as bytes of its original text.

use super::token_set::TokenSet;
use crate::article_set::ArticleSet;
use crate::span::Span;

/// The bytes of some tokens, without what stands between the spans of the body.
pub(crate) fn body_spans(set: &ArticleSet, article: usize, tokens: &TokenSet) -> Vec<Span> {
    let body = set.articles()[article].body_spans();
    let text = &set.texts()[article];
    let mut spans = Vec::new();
    for range in tokens.ranges() {
        let Some(hull) = text.span(range.start as usize..range.end as usize) else { continue };
        let first = body.partition_point(|piece| piece.end() <= hull.start());
        let pieces = body[first..].iter().take_while(|piece| piece.start() < hull.end());
        spans.extend(pieces.filter_map(|piece| piece.intersection(hull)));
    }
    spans
}
