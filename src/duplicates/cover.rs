//! Groups around anchors: a greedy cover, never connected components.

use super::DuplicateGroup;
use super::groups::NO_GROUP;
use minhash_lsh::Jaccard;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// The groups by ascending first member, and the group of each text.
pub(super) struct Cover {
    pub(super) groups: Vec<DuplicateGroup>,
    pub(super) group_of: Vec<u32>,
}

/// Covers the texts by anchors: again and again the text of which the most uncovered texts are duplicates takes them.
/// Ties go to the first in `order`. Texts of one set go together and count each.
///
/// `representative` names for each text the one that stands for its set; `pairs` are the verified pairs of those that
/// represent themselves, each once.
///
/// This is the greedy set cover; no member is further from its anchor than the threshold, which connected components
/// cannot say. O((texts + pairs) log texts).
pub(super) fn cover(
    representative: &[u32],
    pairs: &[(u32, u32, Jaccard)],
    order: impl Fn(u32, u32) -> Ordering,
) -> Cover {
    let graph = Graph::new(representative, pairs);
    let mut anchor_of = vec![NO_GROUP; representative.len()];
    let mut gain = graph.gains();
    let mut by_rank: Vec<u32> =
        (0u32..).zip(&gain).filter(|&(_, &gain)| gain > 1).map(|(text, _)| text).collect();
    by_rank.sort_unstable_by(|&x, &y| order(x, y));
    let ranked = (0u32..).zip(&by_rank);
    let mut queue: BinaryHeap<(u32, Reverse<u32>, u32)> =
        ranked.map(|(rank, &text)| (at(&gain, text), Reverse(rank), text)).collect();
    while let Some((expected, rank, text)) = queue.pop() {
        let now = at(&gain, text);
        if at(&anchor_of, text) != NO_GROUP || now < 2 {
            continue;
        }
        if now < expected {
            queue.push((now, rank, text)); // others have taken what it would have covered
            continue;
        }
        for covered in std::iter::once(text).chain(graph.neighbours(text).iter().copied()) {
            if at(&anchor_of, covered) != NO_GROUP {
                continue;
            }
            set(&mut anchor_of, covered, text);
            for &other in graph.neighbours(covered) {
                let left = at(&gain, other).saturating_sub(at(&graph.weight, covered));
                set(&mut gain, other, left);
            }
        }
    }
    collect(representative, &anchor_of)
}

/// The verified pairs between texts of different sets, both ways.
struct Graph {
    /// Where the neighbours of each text start, and one more for the end.
    starts: Vec<usize>,
    neighbours: Vec<u32>,
    /// Texts of the set of each text that represents one; 0 for the others.
    weight: Vec<u32>,
}

impl Graph {
    fn new(representative: &[u32], pairs: &[(u32, u32, Jaccard)]) -> Graph {
        let count = representative.len();
        let mut weight = vec![0u32; count];
        for &first in representative {
            let counted = at(&weight, first) + 1;
            set(&mut weight, first, counted);
        }
        let between =
            || pairs.iter().flat_map(|&(first, second, _)| [(first, second), (second, first)]);
        let mut starts = vec![0usize; count + 1];
        for (from, _) in between() {
            if let Some(counted) = starts.get_mut(from as usize + 1) {
                *counted += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut neighbours = vec![0u32; sum];
        for (from, to) in between() {
            let Some(place) = next.get_mut(from as usize) else { continue };
            if let Some(neighbour) = neighbours.get_mut(*place) {
                *neighbour = to;
                *place += 1;
            }
        }
        Graph { starts, neighbours, weight }
    }

    fn neighbours(&self, text: u32) -> &[u32] {
        match self.starts.get(text as usize..) {
            Some(&[start, end, ..]) => self.neighbours.get(start..end).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// How many texts each would cover, its own set included.
    fn gains(&self) -> Vec<u32> {
        let gain = |(text, &own): (u32, &u32)| {
            own + self.neighbours(text).iter().map(|&other| at(&self.weight, other)).sum::<u32>()
        };
        (0u32..).zip(&self.weight).map(gain).collect()
    }
}

fn collect(representative: &[u32], anchor_of: &[u32]) -> Cover {
    let mut number_of_anchor = vec![NO_GROUP; anchor_of.len()];
    let mut groups: Vec<DuplicateGroup> = Vec::new();
    let mut group_of = vec![NO_GROUP; anchor_of.len()];
    for (text, &first) in (0u32..).zip(representative) {
        let anchor = at(anchor_of, first);
        if anchor == NO_GROUP {
            continue;
        }
        let mut number = at(&number_of_anchor, anchor);
        if number == NO_GROUP {
            number = groups.len() as u32;
            set(&mut number_of_anchor, anchor, number);
            groups.push(DuplicateGroup { anchor, members: Vec::new() });
        }
        if let Some(group) = groups.get_mut(number as usize) {
            group.members.push(text);
        }
        set(&mut group_of, text, number);
    }
    Cover { groups, group_of }
}

fn at(values: &[u32], place: u32) -> u32 {
    values.get(place as usize).copied().unwrap_or(0)
}

fn set(values: &mut [u32], place: u32, value: u32) {
    if let Some(kept) = values.get_mut(place as usize) {
        *kept = value;
    }
}
