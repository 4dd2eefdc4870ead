//! Groups around anchors: a greedy cover, never connected components.

use super::groups::NO_GROUP;
use super::{DuplicateGroup, DuplicatePair};
use std::collections::BinaryHeap;

/// The texts that take part, as the cover sees them.
pub(super) struct Texts<'t> {
    /// For each text the first with its shingle set; itself where it is the first or has none.
    pub(super) first_of_kind: &'t [u32],
    /// For each text its place in the order that breaks ties. It depends on nothing but the texts.
    pub(super) rank: &'t [u32],
}

/// The groups by ascending first member, and the group of each text.
pub(super) struct Cover {
    pub(super) groups: Vec<DuplicateGroup>,
    pub(super) group_of: Vec<u32>,
}

/// Covers the texts by anchors: again and again the text of which the most uncovered texts are duplicates takes them.
/// Ties go to the smaller rank. Texts of one set go together and count each.
///
/// This is the greedy set cover; no member is further from its anchor than the threshold, which connected components
/// cannot say. O((texts + pairs) log texts).
pub(super) fn cover(texts: &Texts<'_>, pairs: &[DuplicatePair]) -> Cover {
    let graph = Graph::new(texts, pairs);
    let mut anchor_of = vec![NO_GROUP; texts.first_of_kind.len()];
    let mut gain = graph.gains();
    let mut queue: BinaryHeap<(u32, u32, u32)> = BinaryHeap::new();
    for (text, &gain) in (0u32..).zip(&gain) {
        if gain > 1 {
            queue.push((gain, u32::MAX - rank(texts, text), text));
        }
    }
    while let Some((expected, order, text)) = queue.pop() {
        let now = at(&gain, text);
        if at(&anchor_of, text) != NO_GROUP || now < 2 {
            continue;
        }
        if now < expected {
            queue.push((now, order, text)); // others have taken what it would have covered
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
    collect(texts, &anchor_of)
}

/// The verified pairs between texts of different sets, both ways.
struct Graph {
    /// Where the neighbours of each text start, and one more for the end.
    starts: Vec<usize>,
    neighbours: Vec<u32>,
    /// Texts of the set of each text that is the first of its kind; 0 for the others.
    weight: Vec<u32>,
}

impl Graph {
    fn new(texts: &Texts<'_>, pairs: &[DuplicatePair]) -> Graph {
        let count = texts.first_of_kind.len();
        let mut weight = vec![0u32; count];
        for &first in texts.first_of_kind {
            let counted = at(&weight, first) + 1;
            set(&mut weight, first, counted);
        }
        let between = || {
            let first_of_kind = |text: u32| at(texts.first_of_kind, text) == text;
            let firsts =
                pairs.iter().filter(move |p| first_of_kind(p.first) && first_of_kind(p.second));
            firsts.flat_map(|pair| [(pair.first, pair.second), (pair.second, pair.first)])
        };
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

fn collect(texts: &Texts<'_>, anchor_of: &[u32]) -> Cover {
    let mut number_of_anchor = vec![NO_GROUP; anchor_of.len()];
    let mut groups: Vec<DuplicateGroup> = Vec::new();
    let mut group_of = vec![NO_GROUP; anchor_of.len()];
    for (text, &first) in (0u32..).zip(texts.first_of_kind) {
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

fn rank(texts: &Texts<'_>, text: u32) -> u32 {
    at(texts.rank, text)
}

fn at(values: &[u32], place: u32) -> u32 {
    values.get(place as usize).copied().unwrap_or(0)
}

fn set(values: &mut [u32], place: u32, value: u32) {
    if let Some(kept) = values.get_mut(place as usize) {
        *kept = value;
    }
}
