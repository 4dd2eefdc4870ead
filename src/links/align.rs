//! Seed-and-extend alignment of two texts: which runs of tokens stand in both, in which order.

use super::chain::Chains;
use super::compact::{CompactText, CompactTexts};
use super::extend::{extend, push_joined};
use super::seeds::{SeedIndex, SeedSpace, maximal_matches};
use super::{LinkConfig, Match};
use crate::text::{SHORT_TEXT_TOKENS, Token, TokenisedText};
use ahash::AHashMap;
use std::cmp::Ordering;
use std::ops::Range;

/// The least a short text needs, unless it is itself shorter and wholly matched: the tokens of a
/// shingle.
const MIN_SHORT_MATCH: usize = 5;

/// Gaps that a chain too thin as a whole is cut at are longer than this; between seeds of four
/// tokens shorter ones keep half of the tokens matched.
const THIN_GAP: u32 = 4;

/// One aligned stretch of two token sequences: matches ascending on both sides, with short gaps.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Alignment {
    matches: Vec<Match>,
}

impl Alignment {
    /// The runs of equal tokens; never empty, ascending on both sides, no two touching on both.
    pub fn matches(&self) -> &[Match] {
        &self.matches
    }

    /// The tokens of `a` from the first to the last matched.
    pub fn tokens_a(&self) -> Range<u32> {
        let start = self.matches.first().map_or(0, |run| run.a);
        start..self.matches.last().map_or(start, |run| run.a + run.tokens)
    }

    /// The tokens of `b` from the first to the last matched.
    pub fn tokens_b(&self) -> Range<u32> {
        let start = self.matches.first().map_or(0, |run| run.b);
        start..self.matches.last().map_or(start, |run| run.b + run.tokens)
    }

    /// Tokens that stand on both sides.
    pub fn matched_tokens(&self) -> usize {
        self.matches.iter().map(|run| run.tokens as usize).sum()
    }

    /// Matched tokens as a share of the longer side, 0 to 1.
    pub fn density(&self) -> f64 {
        density(&self.matches)
    }

    /// The same stretch with the sides exchanged.
    #[must_use]
    pub fn mirrored(&self) -> Alignment {
        let matches = self.matches.iter();
        Alignment { matches: matches.map(|m| Match { a: m.b, b: m.a, tokens: m.tokens }).collect() }
    }

    fn mirror(&mut self) {
        for run in &mut self.matches {
            (run.a, run.b) = (run.b, run.a);
        }
    }

    /// The alignment of two equal sequences of `tokens` tokens; `None` for empty ones, which equal
    /// nothing.
    pub(crate) fn whole(tokens: usize) -> Option<Alignment> {
        (tokens > 0)
            .then(|| Alignment { matches: vec![Match { a: 0, b: 0, tokens: tokens as u32 }] })
    }
}

/// Aligns two texts: exact seeds of four tokens, grown to maximal matches, chained while both sides
/// go forward over gaps of at most 9 tokens (18 on one side), extended over small edits. Stretches
/// are by ascending place in `a`, and no token of either side stands in two of them: where a text
/// repeats a passage (a caption, a standfirst), the best alignment takes it. A stretch is kept when
/// it matches [`LinkConfig::min_matched_tokens`] tokens (texts under 50 tokens: a fifth of the
/// shorter, at least 5) with [`LinkConfig::min_density`].
///
/// Exchanging the texts gives the mirrored stretches.
///
/// Guarantee: a run of equal tokens that meets the minimum is covered where better-scoring
/// stretches leave that much of it free on both sides, unless each of its seeds stands so often in
/// both texts (over 16 pairs of places) that places are paired by their order.
///
/// Cost: O(tokens) for any input.
///
/// ```
/// use wirecopy::links::{LinkConfig, align};
/// use wirecopy::text::{TextScheme, TokenisedText};
/// use wirecopy::Article;
/// let read = |id: &str, body: &str| {
///     Article::new(id, body).map(|a| TokenisedText::of_article(&a, &TextScheme::default()))
/// };
/// let a = read("a", "Selon la mairie, le pont de Sourlac restera fermé aux camions jusqu'à la fin du mois.")?;
/// let b = read("b", "On le sait : le pont de Sourlac restera fermé aux camions jusqu'à la fin du printemps.")?;
/// let found = align(&a, &b, &LinkConfig::default());
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].matched_tokens(), 13); // from "le pont" to "fin du"
/// # Ok::<(), wirecopy::Error>(())
/// ```
pub fn align(a: &TokenisedText, b: &TokenisedText, config: &LinkConfig) -> Vec<Alignment> {
    let mut numbers = AHashMap::new();
    let [words_a, words_b] = [a, b].map(|text| -> Vec<u32> {
        let number = |token: &Token| {
            let next = numbers.len() as u32;
            *numbers.entry(token.hash).or_insert(next)
        };
        text.tokens().iter().map(number).collect()
    });
    let texts = CompactTexts::new(vec![&words_a, &words_b], |_| true);
    let mut index = SeedIndex::default();
    index.read(texts.of(0));
    let order = canonical_order(a.tokens(), b.tokens());
    Aligner::default().align(&index, texts.of(1), order, config)
}

fn density(matches: &[Match]) -> f64 {
    let (Some(first), Some(last)) = (matches.first(), matches.last()) else { return 0.0 };
    let longer = (last.a + last.tokens - first.a).max(last.b + last.tokens - first.b);
    if longer == 0 { 0.0 } else { matched_tokens(matches) as f64 / f64::from(longer) }
}

fn matched_tokens(matches: &[Match]) -> usize {
    matches.iter().map(|run| run.tokens as usize).sum()
}

/// What pairs are aligned in, kept from one to the next: a pair that has no stretch, as most have
/// that share a site's furniture, allocates nothing.
#[derive(Default)]
pub(crate) struct Aligner {
    seeds: SeedSpace,
    matches: Vec<Match>,
    chains: Chains,
    stretches: Stretches,
}

impl Aligner {
    /// [`align`] with the seeds of the first text indexed already, and the [`canonical_order`] of the two.
    pub(crate) fn align(
        &mut self,
        a: &SeedIndex<'_>,
        b: CompactText<'_>,
        order: Ordering,
        config: &LinkConfig,
    ) -> Vec<Alignment> {
        let Aligner { seeds, matches, chains, stretches } = self;
        let (a, b, pairs) = (a.words(), b.words, a.pairs(b, seeds));
        // One fixed orientation for both orders of the arguments is what makes the result symmetric:
        // every tie below is broken the same way.
        match order {
            Ordering::Equal => Alignment::whole(b.len()).into_iter().collect(),
            Ordering::Less => {
                maximal_matches(a, b, pairs, matches);
                chains.read(matches);
                stretches.of(a, b, chains, config)
            }
            Ordering::Greater => {
                for pair in pairs.iter_mut() {
                    *pair = (pair.1, pair.0);
                }
                maximal_matches(b, a, pairs, matches);
                chains.read(matches);
                let mut stretches = stretches.of(b, a, chains, config);
                stretches.iter_mut().for_each(Alignment::mirror);
                stretches.sort();
                stretches
            }
        }
    }
}

/// The order in which two texts are aligned, whichever is asked for first.
pub(crate) fn canonical_order(a: &[Token], b: &[Token]) -> Ordering {
    a.len()
        .cmp(&b.len())
        .then_with(|| a.iter().map(|token| token.hash).cmp(b.iter().map(|token| token.hash)))
}

/// The stretches of a pair as they are found, and what they are found in.
#[derive(Default)]
struct Stretches {
    free: Free,
    extended: Vec<Match>,
    thin: Vec<Vec<Match>>,
}

impl Stretches {
    /// The stretches that the chains make, from the best chain on.
    fn of(&mut self, a: &[u32], b: &[u32], chains: &Chains, config: &LinkConfig) -> Vec<Alignment> {
        self.free.clear();
        let mut stretches = Vec::new();
        let texts = Texts { a, b, config };
        for chain in chains.iter() {
            if self.free.holds_whole(chain) {
                self.try_part(chain, &texts, &mut stretches);
            } else {
                for part in self.free.parts(chain) {
                    self.try_part(&part, &texts, &mut stretches);
                }
            }
        }
        stretches.sort();
        stretches
    }

    /// Tries a free part of a chain as one stretch, or in pieces where it is too thin as a whole.
    fn try_part(&mut self, part: &[Match], texts: &Texts<'_>, found: &mut Vec<Alignment>) {
        let Stretches { free, extended, thin } = self;
        free.extended(texts, part, extended);
        if texts.is_dense(extended) {
            free.try_stretch(texts, extended, found);
            return;
        }
        // All are extended before one is taken.
        let mut pieces = 0;
        for (piece, number) in part.chunk_by(near).zip(0..) {
            if thin.len() == number {
                thin.push(Vec::new());
            }
            if let Some(extended) = thin.get_mut(number) {
                free.extended(texts, piece, extended);
            }
            pieces = number + 1;
        }
        for stretch in thin.iter().take(pieces) {
            free.try_stretch(texts, stretch, found);
        }
    }
}

/// Two texts, and what is asked of their stretches.
struct Texts<'t> {
    a: &'t [u32],
    b: &'t [u32],
    config: &'t LinkConfig,
}

impl Texts<'_> {
    fn is_dense(&self, stretch: &[Match]) -> bool {
        density(stretch) >= self.config.min_density()
    }

    fn is_enough(&self, stretch: &[Match]) -> bool {
        let minimum = matched_minimum(self.a.len().min(self.b.len()), self.config);
        matched_tokens(stretch) >= minimum && self.is_dense(stretch)
    }
}

/// Whether at most [`THIN_GAP`] tokens are missing between two runs on either side. A chain that is
/// too thin as a whole is cut where more are, so that its dense parts are not lost with it.
fn near(x: &Match, y: &Match) -> bool {
    y.a.saturating_sub(x.a + x.tokens).max(y.b.saturating_sub(x.b + x.tokens)) <= THIN_GAP
}

/// Matched tokens that a stretch of a text of `shorter` tokens needs.
fn matched_minimum(shorter: usize, config: &LinkConfig) -> usize {
    if shorter < SHORT_TEXT_TOKENS {
        (shorter.div_ceil(5))
            .clamp(MIN_SHORT_MATCH, config.min_matched_tokens().max(MIN_SHORT_MATCH))
    } else {
        config.min_matched_tokens()
    }
}

/// The tokens of both sides that no stretch has taken, told by those that have: the stretches of a
/// pair are few, and a short text is aligned with a long one without a look at all of it.
#[derive(Default)]
struct Free {
    taken_a: TakenRanges,
    taken_b: TakenRanges,
}

impl Free {
    fn clear(&mut self) {
        self.taken_a.ranges.clear();
        self.taken_b.ranges.clear();
    }

    /// The parts of `matches` that are free on both sides, each without a taken token inside.
    fn parts(&self, matches: &[Match]) -> Vec<Vec<Match>> {
        let mut parts: Vec<Vec<Match>> = Vec::new();
        for piece in matches.iter().flat_map(|run| self.pieces(*run)) {
            let follows = |last: &Match| {
                self.taken_a.spare(last.a + last.tokens..piece.a)
                    && self.taken_b.spare(last.b + last.tokens..piece.b)
            };
            match parts.last_mut() {
                Some(part) if part.last().is_some_and(follows) => part.push(piece),
                _ => parts.push(vec![piece]),
            }
        }
        parts
    }

    /// Writes a free part, extended over small edits as far as the tokens are free, over `out`.
    fn extended(&self, texts: &Texts<'_>, part: &[Match], out: &mut Vec<Match>) {
        extend(texts.a, texts.b, part, out);
        if self.holds_whole(out) {
            return;
        }
        let core = part.first().map_or(0, |run| run.a);
        let holds_core =
            |part: &Vec<Match>| part.iter().any(|run| (run.a..run.a + run.tokens).contains(&core));
        let kept = self.parts(out).into_iter().find(holds_core).unwrap_or_default();
        out.clear();
        kept.into_iter().for_each(|run| push_joined(out, run));
    }

    /// Takes a stretch that is long and dense enough and free.
    fn try_stretch(&mut self, texts: &Texts<'_>, stretch: &[Match], found: &mut Vec<Alignment>) {
        if texts.is_enough(stretch) && self.holds_whole(stretch) {
            let stretch = Alignment { matches: stretch.to_vec() };
            self.take(&stretch);
            found.push(stretch);
        }
    }

    /// Whether no token from the first of the matches to the last is taken: the usual case, which
    /// is worth no list for each match.
    fn holds_whole(&self, matches: &[Match]) -> bool {
        let (Some(first), Some(last)) = (matches.first(), matches.last()) else { return false };
        self.taken_a.spare(first.a..last.a + last.tokens)
            && self.taken_b.spare(first.b..last.b + last.tokens)
    }

    fn pieces(&self, run: Match) -> Vec<Match> {
        let (in_a, in_b) = (run.a..run.a + run.tokens, run.b..run.b + run.tokens);
        if self.taken_a.spare(in_a) && self.taken_b.spare(in_b) {
            return vec![run];
        }
        let mut pieces: Vec<Match> = Vec::new();
        for step in 0..run.tokens {
            let (a, b) = (run.a + step, run.b + step);
            if !(self.taken_a.spare(a..a + 1) && self.taken_b.spare(b..b + 1)) {
                continue;
            }
            match pieces.last_mut() {
                Some(last) if last.a + last.tokens == a => last.tokens += 1,
                _ => pieces.push(Match { a, b, tokens: 1 }),
            }
        }
        pieces
    }

    fn take(&mut self, stretch: &Alignment) {
        self.taken_a.add(stretch.tokens_a());
        self.taken_b.add(stretch.tokens_b());
    }
}

/// Disjoint ranges, ascending.
#[derive(Default)]
struct TakenRanges {
    ranges: Vec<Range<u32>>,
}

impl TakenRanges {
    /// Whether no token of `range` is taken; none is in an empty range.
    fn spare(&self, range: Range<u32>) -> bool {
        // Of the ranges that end after its start, the first starts first.
        let next = self.ranges.partition_point(|taken| taken.end <= range.start);
        range.is_empty() || self.ranges.get(next).is_none_or(|taken| taken.start >= range.end)
    }

    /// Takes a range that was spare.
    fn add(&mut self, range: Range<u32>) {
        let place = self.ranges.partition_point(|taken| taken.end <= range.start);
        self.ranges.insert(place, range);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ranges_are_spare_when_no_token_of_them_is_taken(
            asked in prop::collection::vec((0u32..40, 0u32..12), 0..40),
        ) {
            let mut taken = TakenRanges::default();
            let mut tokens = [false; 64];
            for (start, length) in asked {
                let range = start..start + length;
                let spare = range.clone().all(|token| !tokens[token as usize]);
                prop_assert_eq!(taken.spare(range.clone()), spare);
                if spare && length > 0 {
                    range.clone().for_each(|token| tokens[token as usize] = true);
                    taken.add(range);
                }
            }
        }
    }
}
